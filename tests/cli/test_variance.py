"""`unitledger variance`: a plan workbook against a table of what came."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

Run = Callable[..., Result]
Refused = Callable[..., str]

PAID = "name,unit,actual\nload,%,80\nhardware.price,kUSD/machine,42\n"


@pytest.fixture
def plan(run: Run) -> Run:
    """Build a plan, and compare it with a table: plan("name,actual...", "--json")."""
    assert run("build", "serving_cost", "--option", "rtx4090", "--option", "h100", "-o", "plan.xlsx").exit_code == 0

    def compare(told: str, *flags: str) -> Result:
        Path("actuals.csv").write_text(told, encoding="utf-8")
        return run("variance", "plan.xlsx", "serving_cost", "actuals.csv", *flags)

    return compare


def test_it_says_what_each_effect_adds(plan: Run) -> None:
    said = plan(PAID).stdout.splitlines()
    assert said[0] == "Serving a model: plan against actual"
    # 40,000 USD over 26,280 hours; 36 million tokens an hour, of which 28.8 were sold.
    assert [line.split() for line in said[2:3] + said[4:]] == [
        ["line", "plan", "efficiency", "price", "actual", "unit"],
        ["machine_hour", "1.52207", "0", "0.0761035", "1.59817", "USD/machine/h"],
        ["sold", "36", "-7.2", "0", "28.8", "Mtoken/machine/h"],
        ["token_cost", "0.0422797", "0.0105699", "0.00264248", "0.0554921", "USD/Mtoken"],
    ]


def test_it_starts_from_the_plan_as_people_have_edited_it(run: Run, plan: Run) -> None:
    run("fill", "plan.xlsx", "serving_cost", "--set", "hardware.price=41000", "-o", "plan.xlsx", "--force")
    told = json.loads(plan(PAID, "--json").stdout)
    assert told["lines"]["machine_hour"]["plan"]["value"] == pytest.approx(41000 / 26280)
    assert told["lines"]["machine_hour"]["price"]["value"] == pytest.approx(1000 / 26280)
    assert told["effects"] == {"load": "efficiency", "hardware.price": "price"}


def test_it_compares_another_option_and_writes_a_workbook(run: Run, plan: Run) -> None:
    result = plan(PAID, "--option", "h100", "-o", "variance.xlsx")
    assert result.stdout.endswith("\nWrote variance.xlsx.\n")
    assert run("verify", "variance.xlsx").exit_code == 0


def test_what_does_not_fit_is_refused(plan: Run) -> None:
    for told, flags, message in [
        ("name,actual\nlod,80 %\n", (), "actuals.csv, line 2, name: 'Serving a model' has no line or input named"),
        (PAID, ("--effect", "load=size"), "The effect of 'load' is one of volume, efficiency, price, not 'size'."),
        (PAID, ("--effect", "load"), "--effect 'load': expected NAME=EFFECT, such as --effect load=volume."),
        (PAID, ("-o", "plan.xlsx"), "plan.xlsx"),
        (PAID, ("--period", "2026-01"), "'machine_hour' is one figure, without periods."),
    ]:
        result = plan(told, *flags)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr


def test_a_plan_that_cannot_be_read_is_refused(plan: Run) -> None:
    book = load_workbook("plan.xlsx")
    sheet = book["Inputs"]
    for row in sheet.iter_rows(min_row=5):
        if row[0].value == "Service life":
            row[2].value = "much"
    book.save("plan.xlsx")
    result = plan(PAID)
    assert result.exit_code == 2
    assert "plan.xlsx cannot be taken as it is: " in result.stderr
