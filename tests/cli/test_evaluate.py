"""`unitledger eval`: figures worked out by hand from the small template of conftest.py."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from unitledger.units import Q

Run = Callable[..., Result]

HOUR = 40000 / (3 * 8760)  # USD/machine/h: 40000 USD over three years
SOLD = 10_000 * 3600 / 1e6  # Mtoken/machine/h: 10 ktoken/s


EXPECTED = """\
Serving a model, as of 2023-10-01

line            rtx4090      h100  unit
------------  ---------  --------  ----------------

Cost
machine_hour    1.52207   11.4155  USD/machine/h
made                 10        20  ktoken/s/machine
sold                 36        36  Mtoken/machine/h
token_cost    0.0422797  0.317098  USD/Mtoken

Recommended (rtx4090): buy it
Alert (h100): the price is above the budget
Alert (h100): Price of a machine is 300000 USD/machine, outside 30000 USD/machine to 50000 USD/machine.
Not in these figures: staff, PUE.
"""


def values(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["options"]


def test_lines_are_shown_alone(run: Run) -> None:
    named = ("--option", "h100", "--line", "token_cost", "--line", "sold")

    _, _, shown, notes = run("eval", "serving_cost", *named).stdout.split("\n\n")
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert rows == ["Cost", "token_cost 0.317098 USD/Mtoken", "sold 36 Mtoken/machine/h"]
    assert notes.startswith("Alert (h100): the price is above the budget")
    found = values(run("eval", "serving_cost", *named, "--json"))["h100"]
    assert (found["inputs"], list(found["outputs"])) == ({}, ["token_cost", "sold"])
    printed = run("eval", "serving_cost", *named, "--csv").stdout.splitlines()
    assert [row.split(",")[:2] for row in printed] == [["option", "name"], ["h100", "token_cost"], ["h100", "sold"]]

    unknown = run("eval", "serving_cost", "--line", "tokencost")
    assert unknown.exit_code == 2
    assert unknown.stderr == "Error: 'Serving a model' has no line 'tokencost'. Did you mean 'token_cost'?\n"


def test_the_table_shows_lines_by_section_options_as_columns_and_alerts_beneath(run: Run) -> None:
    result = run("eval", "serving_cost")

    assert result.exit_code == 0
    assert result.stdout == EXPECTED


def test_json_says_inputs_and_outputs_with_units_that_q_reads(run: Run) -> None:
    result = run("eval", "serving_cost", "--json")

    report = json.loads(result.stdout)
    assert report["template"] == "serving_cost"
    assert list(report["options"]) == ["rtx4090", "h100"]
    base = report["options"]["rtx4090"]
    assert base["inputs"]["load"] == {"value": 100.0, "unit": "%", "source": "assumed"}
    assert base["inputs"]["scheme"] == {"value": "pipeline", "unit": None, "source": "assumed"}
    cost = base["outputs"]["token_cost"]
    assert cost == {
        "value": pytest.approx(HOUR / SOLD, rel=1e-12),
        "unit": "USD/Mtoken",
        "formula": "machine_hour ÷ sold",
    }
    for option in report["options"].values():
        for entry in (*option["inputs"].values(), *option["outputs"].values()):
            if entry["unit"] is not None:
                assert Q(entry["value"], entry["unit"]).magnitude == entry["value"]
    assert report["options"]["h100"]["alerts"] == [
        "the price is above the budget",
        "Price of a machine is 300000 USD/machine, outside 30000 USD/machine to 50000 USD/machine.",
    ]
    assert [report["options"][option]["advice"] for option in ("rtx4090", "h100")] == [["buy it"], []]
    assert report["options"]["h100"]["inputs"]["hardware.price"]["source"] == "quote 8"


@pytest.mark.parametrize("half", ["50%", "50 %", "50", "0.5 ratio", "5e1"])
def test_set_takes_a_quantity_or_a_bare_number_in_the_inputs_unit(run: Run, half: str) -> None:
    options = values(run("eval", "serving_cost", "--set", f"load={half}", "--json"))

    assert options["rtx4090"]["inputs"]["load"] == {"value": 50.0, "unit": "%", "source": "set on the command line"}
    assert options["rtx4090"]["outputs"]["token_cost"]["value"] == pytest.approx(2 * HOUR / SOLD, rel=1e-12)


def test_set_without_option_reaches_options_that_set_the_input_themselves(run: Run) -> None:
    options = values(run("eval", "serving_cost", "--set", "hardware.price=80,000", "--set", "life=6", "--json"))

    assert [option["inputs"]["hardware.price"]["value"] for option in options.values()] == [80000.0, 80000.0]
    assert [option["outputs"]["machine_hour"]["value"] for option in options.values()] == [
        pytest.approx(HOUR, rel=1e-12),
        pytest.approx(HOUR, rel=1e-12),
    ]


def test_set_with_option_reaches_that_option_alone(run: Run) -> None:
    options = values(run("eval", "serving_cost", "--option", "h100", "--set", "life=1 year", "--json"))

    assert list(options) == ["h100"]
    assert options["h100"]["outputs"]["machine_hour"]["value"] == pytest.approx(300000 / 8760, rel=1e-12)


def test_set_in_the_base_option_and_another_keeps_a_third_as_it_was(run: Run) -> None:
    named = values(run("eval", "serving_cost", "--option", "rtx4090", "--set", "load=10%", "--json"))
    other = values(run("eval", "serving_cost", "--option", "h100", "--option", "rtx4090", "--json"))

    assert named["rtx4090"]["inputs"]["load"]["value"] == 10.0
    assert list(other) == ["h100", "rtx4090"]
    assert other["h100"]["inputs"]["load"]["value"] == 50.0


def test_a_quantity_that_lacks_only_counts_gets_the_inputs(run: Run) -> None:
    options = values(run("eval", "serving_cost", "--set", "hardware.price=$80k", "--json"))

    assert options["rtx4090"]["inputs"]["hardware.price"]["value"] == 80000.0


def test_a_choice_is_set_by_its_word(run: Run) -> None:
    options = values(run("eval", "serving_cost", "--set", "scheme=tensor", "--json"))

    assert options["rtx4090"]["outputs"]["made"]["value"] == 20.0


def test_unit_shows_an_output_in_another_unit(run: Run) -> None:
    options = values(run("eval", "serving_cost", "--unit", "token_cost=USD/ktoken", "--json"))

    assert options["rtx4090"]["outputs"]["token_cost"]["unit"] == "USD/ktoken"
    assert options["rtx4090"]["outputs"]["token_cost"]["value"] == pytest.approx(HOUR / SOLD / 1000, rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nosuch"], "There is no template 'nosuch'."),
        (["serving_cots"], "There is no template 'serving_cots'. Did you mean 'serving_cost'?"),
        (
            ["serving_cost", "--option", "H100"],
            "'Serving a model' has no option 'H100'; it has rtx4090, h100. Did you mean 'h100'?",
        ),
        (
            ["serving_cost", "--set", "lode=50%"],
            "'Serving a model' has no input named 'lode'. Did you mean 'load'?",
        ),
        (
            ["serving_cost", "--set", "token_cost=1"],
            "'token_cost' is worked out, not an input, and cannot be set.",
        ),
        (["serving_cost", "--set", "load"], "--set 'load': expected NAME=QUANTITY, such as --set load=50%."),
        (["serving_cost", "--set", "load="], "--set 'load=': expected NAME=QUANTITY, such as --set load=50%."),
        (["serving_cost", "--set", "=5"], "--set '=5': expected NAME=QUANTITY, such as --set load=50%."),
        (
            ["serving_cost", "--set", "load=5", "--set", "load=6"],
            "--set names 'load' twice: '5' and '6'. Leave one out.",
        ),
        (["serving_cost", "--set", "load=nan"], "Input 'load': Cannot read 'nan': a number must be finite."),
        (["serving_cost", "--set", "load=inf"], "Input 'load': Cannot read 'inf': a number must be finite."),
        (
            ["serving_cost", "--set", "load=1e999"],
            "Input 'load': Cannot read '1e999 %': 1e999 is beyond the largest number, 1.8e308.",
        ),
        (
            ["serving_cost", "--set", "load=1,00"],
            (
                "Input 'load': Cannot read '1,00 %': commas group three digits, as in '1,000', "
                "and the decimal sign is a point."
            ),
        ),
        (["serving_cost", "--set", "load=120%"], "Input 'load': 120 % is above the most possible 100 %."),
        (
            ["serving_cost", "--set", "scheme=tenser"],
            "Input 'scheme': expected one of pipeline, tensor, got 'tenser'. Did you mean 'tensor'?",
        ),
        (
            ["serving_cost", "--unit", "token_cots=USD/ktoken"],
            "'Serving a model' has no line or input named 'token_cots'. Did you mean 'token_cost'?",
        ),
        (["serving_cost", "--unit", "scheme=%"], "'scheme' is a choice of words and has no unit."),
        (
            ["serving_cost", "--unit", "token_cost"],
            "--unit 'token_cost': expected NAME=UNIT, such as --unit token_cost=USD/ktoken.",
        ),
        (
            ["serving_cost", "--unit", "token_cost=kW"],
            (
                "--unit token_cost=kW: 'token_cost' is in USD/Mtoken and cannot be shown in kW. "
                "Name a unit of the same kind as USD/Mtoken."
            ),
        ),
    ],
)
def test_bad_input_is_refused_in_one_message(refused: Callable[..., str], arguments: list[str], message: str) -> None:
    assert refused("eval", *arguments) == f"Error: {message}"


def test_zero_where_it_divides_names_the_line_and_the_inputs(refused: Callable[..., str]) -> None:
    message = refused("eval", "serving_cost", "--set", "load=0")

    assert message == (
        "Error: Line 'token_cost' has no value in option 'rtx4090': it divides by zero (machine_hour ÷ sold; "
        "machine_hour = 1.52207 USD/machine/h, sold = 0 Mtoken/machine/h). Check these inputs."
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("load=5 kW", "Input 'load': expected %, got 5 kW."),
        ("life=3 yaer", "Input 'life': Cannot read '3 yaer'"),
        ("hardware.price=40000 EUR/machine", "Input 'hardware.price': expected USD/machine, got 40000 EUR/machine."),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(refused: Callable[..., str], text: str, part: str) -> None:
    assert part in refused("eval", "serving_cost", "--set", text)


def test_inputs_outside_their_range_are_alerts_as_text_and_as_json(run: Run) -> None:
    told = "Share of time sold is 20 %, outside 30 % to 100 %."
    settings = ("eval", "serving_cost", "--option", "rtx4090", "--set", "load=20")

    assert f"Alert (rtx4090): {told}\n" in run(*settings).stdout
    assert values(run(*settings, "--json"))["rtx4090"]["alerts"] == [told]


def test_what_is_divided_by_is_refused_by_its_name_where_it_is_nothing(refused: Callable[..., str]) -> None:
    message = "Error: Input 'life': 0 year is not above 0 year."

    assert refused("eval", "serving_cost", "--set", "life=0 month") == message
    assert refused("eval", "serving_cost", "--set", "life=0", "--json") == message
