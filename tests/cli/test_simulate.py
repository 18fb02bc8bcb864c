"""`unitledger simulate`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from unitledger import templates, triangular, uniform

Run = Callable[..., Result]
Refused = Callable[..., str]

LOAD, RATE = "load=triangular(30 %, 70 %, 100 %)", "rate=uniform(5, 15)"
ASKED = ("simulate", "serving_cost", "--cases", "200", "--draw", LOAD, "--draw", RATE)


def test_it_says_what_python_says(run: Run) -> None:
    said = run(*ASKED, "--seed", "7", "--sampling", "random").stdout

    drawn = {"load": triangular("30 %", "70 %", "100 %"), "rate": uniform(5, 15)}
    found = templates.find("serving_cost")().simulate(200, drawn, options="all", seed=7, sampling="random")
    assert said.splitlines()[1:] == str(found).splitlines()[1:]


def test_distributions_are_typed_as_python_has_them(run: Run) -> None:
    draws = (
        "load=triangular(30%,mode=70 %,high=100 %)",
        "hardware.price=lognormal(spread=30 %)",
        "life=discrete(3: 40 %, 48 month: 60 %)",
        "budget=observed(90,000 USD/machine, 100000, 120,000 USD/machine)",
        "rate=normal(spread=1)",
        "scheme=discrete(pipeline: 30 %, tensor: 70 %)",
    )
    drawn = (part for draw in draws for part in ("--draw", draw))
    told = json.loads(run("simulate", "serving_cost", "--cases", "100", *drawn, "--json").stdout)

    assert told["inputs"] == {
        "load": "triangular(30%, 70 %, 100 %)",
        "hardware.price": "lognormal(30 %)",
        "life": "discrete(3.0: 40 %, 48 month: 60 %)",
        "budget": "observed(3 values)",
        "rate": "normal(1.0)",
        "scheme": "discrete(pipeline: 30 %, tensor: 70 %)",
    }
    assert told["options"]["rtx4090"]["outside"]["load"] == 0


def test_inputs_with_a_range_are_drawn_unless_some_are_named(run: Run) -> None:
    said = run("simulate", "serving_cost", "--cases", "100", "--option", "rtx4090").stdout

    assert said.startswith(
        "Serving a model: 100 cases, seed 1, latin. Drawn: hardware.price triangular over its range, load triangular "
        "over its range.\n"
    )


def test_json_and_csv_have_the_same_figures(run: Run) -> None:
    told = json.loads(run(*ASKED, "--line", "token_cost", "--line", "machine_hour", "--json").stdout)
    rows = list(csv.DictReader(StringIO(run(*ASKED, "--line", "token_cost", "--line", "machine_hour", "--csv").stdout)))

    assert (told["cases"], told["seed"], told["sampling"]) == (200, 1, "latin")
    assert [(row["line"], row["option"]) for row in rows] == [
        (line, option) for line in ("token_cost", "machine_hour") for option in ("rtx4090", "h100")
    ]
    for row in rows:
        figures = told["options"][row["option"]]["lines"][row["line"]]
        assert {name: figures[name]["value"] for name in figures} == {name: float(row[name]) for name in figures}
        assert {each["unit"] for each in figures.values()} == {row["unit"]}
    assert sum(held["best"] for held in told["options"].values()) == 1


def test_cases_go_to_parquet(run: Run) -> None:
    run(*ASKED, "--parquet", "cases")

    assert len(pd.read_parquet(Path("cases"))) == 400


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--draw", "load=triangel(30 %, 70 %, 100 %)"),
            (
                "--draw load: expected a distribution such as 'triangular(30 %, 70 %, 100 %)', one of uniform, "
                "triangular, pert, normal, lognormal, discrete, observed, got 'triangel(30 %, 70 %, 100 %)'. Did you "
                "mean 'triangular'?"
            ),
        ),
        (("--draw", "load=uniform(1 %, 2 %, 3 %)"), "--draw load: uniform takes low, high, got '1 %, 2 %, 3 %'."),
        (("--draw", "load=uniform(least=1 %)"), "--draw load: uniform takes low, high, got 'least=1 %'."),
        (
            ("--draw", "load=uniform(70 %, 30 %)"),
            "Input 'load', uniform in option 'rtx4090': its low 70 % is above its high 30 %.",
        ),
        (
            ("--draw", "lode=uniform(30 %, 70 %)"),
            "'Serving a model' has no input named 'lode'. Did you mean 'load'?",
        ),
    ],
)
def test_what_is_no_distribution_is_refused(refused: Refused, arguments: tuple[str, ...], message: str) -> None:
    assert refused("simulate", "serving_cost", "--cases", "200", *arguments) == f"Error: {message}"
