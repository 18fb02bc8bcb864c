"""`unitledger sweep`, `sensitivity`, `break-even` and `units`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]


def cells(result: Result) -> list[list[str]]:
    """Return what a command prints as a table, without the rule under the headings."""
    assert result.exit_code == 0, result.stderr
    lines = [line.split() for line in result.stdout.splitlines() if line.strip()]
    return [lines[0], *lines[2:]]


def test_a_sweep_is_a_table_of_every_combination(run: Run) -> None:
    found = cells(run("sweep", "serving_cost", "--over", "load=50,100 %", "--over", "life=3,6 year"))

    # 40,000 USD over 26,280 hours of 36 million tokens.
    hour = 40_000 / 26_280
    expected = [hour / 18, hour / 2 / 18, hour / 36, hour / 2 / 36]
    assert found[0][:5] == ["option", "load", "[%]", "life", "[year]"]
    assert [row[:3] for row in found[1:]] == [
        ["rtx4090", load, life] for load, life in [("50", "3"), ("50", "6"), ("100", "3"), ("100", "6")]
    ]
    assert [float(row[3]) for row in found[1:]] == [pytest.approx(each, rel=1e-5) for each in expected]


def test_a_sweep_of_several_options_for_programs(run: Run) -> None:
    asked = ("sweep", "serving_cost", "--over", "scheme=tensor", "--option", "rtx4090", "--option", "h100")
    rows = json.loads(run(*asked, "--line", "made", "--json").stdout)

    assert rows == [
        {"option": option, "scheme": "tensor", "made [ktoken/s/machine]": 20.0} for option in ("rtx4090", "h100")
    ]
    assert len(list(csv.DictReader(StringIO(run(*asked, "--csv").stdout)))) == 2


def test_sensitivity_says_what_each_range_moves(run: Run) -> None:
    said = run("sensitivity", "serving_cost", "machine_hour").stdout
    assert said.startswith("machine_hour of rtx4090: 1.52207 USD/machine/h, 1.14155 USD/machine/h to 1.90259 ")

    told = json.loads(run("sensitivity", "serving_cost", "--option", "h100", "--json").stdout)["options"]["h100"]
    assert told["line"] == "token_cost"
    assert [swing["input"] for swing in told["swings"]] == ["hardware.price", "load"]
    (row,) = csv.DictReader(StringIO(run("sensitivity", "serving_cost", "machine_hour", "--csv").stdout))
    assert (row["input"], row["low"], row["low_unit"]) == ("hardware.price", "30000.0", "USD/machine")


def test_break_even_is_between_two_options(run: Run, refused: Refused) -> None:
    pair = ("--option", "rtx4090", "--option", "h100")
    none = run("break-even", "serving_cost", "hardware.price", *pair)
    assert none.stdout == "No figure of hardware.price in its range makes token_cost of rtx4090 and h100 equal.\n"

    # At half the tokens in the other option, where the machine costs 300,000 USD and makes twice as many.
    found = run("break-even", "serving_cost", "load", *pair, "--set", "hardware.price=100000", "--json")
    told = json.loads(found.stdout)
    assert (told["line"], told["input"]) == ("token_cost", "load")
    assert told["figure"]["unit"] == "%"
    as_csv = run("break-even", "serving_cost", "hardware.price", *pair, "--csv")
    assert as_csv.stdout.splitlines() == [
        "option,other,line,input,value,unit",
        "rtx4090,h100,token_cost,hardware.price,,",
    ]
    assert refused("break-even", "serving_cost", "load", "--option", "h100") == (
        "Error: A break-even is between two options: give --option twice. There are rtx4090, h100."
    )


def test_units_are_listed_and_converted(run: Run, refused: Refused) -> None:
    assert "\nhour" in run("units").stdout
    assert cells(run("units", "3 MW", "kWh/month", "W")) == [
        ["value", "unit"],
        ["2,190,000", "kWh/month"],
        ["3,000,000", "W"],
    ]
    assert ["1,000", "USD/MWh"] in cells(run("units", "USD/kWh"))
    listed = json.loads(run("units", "--json").stdout)
    (hour,) = [unit for unit in listed if unit["name"] == "hour"]
    assert hour["means"] == "60 * minute"
    assert "hours" in hour["also"]
    assert "year" in hour["converts_to"]
    assert ["10.7639", "W/sqm"] in cells(run("units", "W/ft2", "W/sqm"))
    assert cells(run("units", "50 %", "ratio", "%"))[1:] == [["0.5", "ratio"], ["50", "%"]]
    assert cells(run("units", "2026-01-05"))[1:] == [["2026-01-05", "date"]]
    assert refused("units", "") == "Error: Cannot read '': it is empty; write a number and a unit, such as '5 kW'."
    assert refused("units", "kwh") == "Error: Cannot read the unit 'kwh': unknown unit 'kwh'. Did you mean 'kWh'?"
    assert refused("units", "3 MW", "token").startswith("Error: Cannot convert 'MW' into 'token': ")


def test_a_sweep_over_nothing_is_refused(refused: Refused) -> None:
    assert refused("sweep", "serving_cost") == (
        "Error: A sweep needs an input and its values: --over NAME=VALUE,..., such as --over load=30%,60%."
    )
    assert refused("sweep", "serving_cost", "--over", "load=30%,5 kW") == (
        "Error: Input 'load': expected %, got 5 kW. It measures power where a plain number is asked for."
    )
