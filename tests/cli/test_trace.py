"""`unitledger trace`: what an answer is made of."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]


def test_trace_prints_the_base_option_as_a_tree(run: Run) -> None:
    # 40,000 USD over 26,280 h are 1.52207 USD/h; 10 ktoken/s are 36 Mtoken/h.
    tokens = "Tokens made × Share of time sold ÷ ktoken per Mtoken × seconds per hour"
    assert run("trace", "serving_cost", "token_cost").stdout.splitlines() == [
        "Serving a model, rtx4090, as of 2023-10-01",
        "Cost of a million tokens: 0.0422797 USD/Mtoken = Cost of a machine hour ÷ Tokens sold",
        "├── Cost of a machine hour: 1.52207 USD/machine/h = Price of a machine ÷ Service life ÷ hours per year",
        "│   ├── Price of a machine: 40,000 USD/machine [hardware.price; quote 7 (2023-10-01)]",
        "│   ├── Service life: 3 year [life; assumed (2023-01-31)]",
        "│   └── hours per year: 8,760 h/year [conversion]",
        f"└── Tokens sold: 36 Mtoken/machine/h = {tokens}",
        "    ├── Tokens made: 10 ktoken/s/machine = the case of (Scheme, Token rate, Token rate + Token rate)",
        "    │   ├── Scheme: pipeline [scheme; assumed (2023-10-01)]",
        "    │   └── Token rate: 10 ktoken/s/machine [rate; measured (2023-10-01)]",
        "    ├── Share of time sold: 100 % [load; assumed (2023-10-01)]",
        "    ├── ktoken per Mtoken: 1,000 ktoken/Mtoken [conversion]",
        "    └── seconds per hour: 3,600 s/h [conversion]",
    ]


def test_trace_prints_each_option_named_with_what_is_set(run: Run) -> None:
    found = run("trace", "serving_cost", "sold", "--option", "h100", "--option", "rtx4090", "--set", "load=25%")
    first, second = found.stdout.rstrip("\n").split("\n\n")

    # 20 ktoken/s are 72 Mtoken/h, 10 ktoken/s half as many; a quarter of them is sold.
    assert first.startswith("Serving a model, h100, as of 2023-10-01\nTokens sold: 18 Mtoken/machine/h = ")
    assert second.startswith("Serving a model, rtx4090, as of 2023-10-01\nTokens sold: 9 Mtoken/machine/h = ")
    assert "Share of time sold: 25 % [load; set on the command line" in second


def test_json_lists_the_parts_from_the_top_down(run: Run) -> None:
    options = ("--option", "h100", "--option", "rtx4090")
    report = json.loads(run("trace", "serving_cost", "token_cost", *options, "--json").stdout)

    assert (report["template"], report["line"], list(report["options"])) == (
        "serving_cost",
        "token_cost",
        ["h100", "rtx4090"],
    )
    parts = report["options"]["h100"]["parts"]
    assert [(part["depth"], part["name"]) for part in parts] == [
        (0, "token_cost"),
        (1, "machine_hour"),
        (2, "hardware.price"),
        (2, "life"),
        (2, None),
        (1, "sold"),
        (2, "made"),
        (3, "scheme"),
        (3, "rate"),
        (2, "load"),
        (2, None),
        (2, None),
    ]
    by_label = {part["label"]: part for part in parts}
    assert by_label["Share of time sold"] == {
        "depth": 2,
        "name": "load",
        "label": "Share of time sold",
        "value": 50.0,
        "unit": "%",
        "formula": None,
        "source": "quote 8",
        "as_of": "2023-10-01",
        "remark": None,
    }
    assert (by_label["Scheme"]["value"], by_label["Scheme"]["unit"]) == ("tensor", None)
    conversion = by_label["hours per year"]
    assert (conversion["value"], conversion["unit"], conversion["source"], conversion["as_of"]) == (
        8760.0,
        "h/year",
        "conversion",
        None,
    )
    top = by_label["Cost of a million tokens"]
    assert (top["formula"], top["source"]) == ("Cost of a machine hour ÷ Tokens sold", None)
    # 300,000 USD over 26,280 h, for 36 Mtoken an hour.
    assert top["value"] == pytest.approx(300000 / 26280 / 36, rel=1e-12)


def test_json_shows_the_base_option_unless_others_are_named(run: Run) -> None:
    report = json.loads(run("trace", "serving_cost", "load", "--currency", "CNY", "--json").stdout)

    assert list(report["options"]) == ["rtx4090"]
    assert report["reporting"]["currency"] == "CNY"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("serving_cost", "token_price"),
            "Error: 'Serving a model' has no line or input named 'token_price'. Did you mean 'token_cost'?",
        ),
        (
            ("serving_cost", "token_cost", "--option", "h200"),
            "Error: 'Serving a model' has no option 'h200'; it has rtx4090, h100. Did you mean 'h100'?",
        ),
        (
            ("serving_costs", "token_cost"),
            "Error: There is no template 'serving_costs'. Did you mean 'serving_cost'?",
        ),
    ],
)
def test_what_cannot_be_traced_is_refused(refused: Refused, arguments: tuple[str, ...], message: str) -> None:
    assert refused("trace", *arguments) == message
