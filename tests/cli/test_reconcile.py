"""`unitledger reconcile` on the templates that come with it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result

from unitledger.cli import main
from unitledger.templates.published import Reconciled, reconcile


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("reconcile", *arguments), prog_name="unitledger")


def test_each_figure_stands_beside_what_the_template_gives() -> None:
    result = run("serving_comparison")

    rows = [re.split(r"  +", line.strip()) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert rows[0] == [
        *("case", "option", "output", "published", "computed"),
        *("difference", "unit", "verdict", "note"),
    ]
    assert ["serving_comparison"] in rows
    assert [
        *("001.compare.fleet_power_equal", "machines", "equal_output_power", "45", "24.0559", "-46.5%"),
        *("kW/machine", "differs"),
        "DOC: 4.6 servers make up for one, at 24 kW; print takes nine without a reason",
    ] in rows
    assert rows[-1] == ["9 figures: 7 agree, 2 differ; every difference is explained."]


def test_json_has_an_object_for_each_figure() -> None:
    result = run("serving_cost", "--json")

    found = {one["case"]: one for one in json.loads(result.stdout)}
    assert found["001.design1.switch"] == {
        "case": "001.design1.switch",
        "template": "serving_cost",
        "option": "design1",
        "settings": {},
        "output": "switch_share",
        "unit": "USD/machine",
        "published": 750,
        "rounding": 0.02,
        "computed": 600,
        "difference": -150,
        "verdict": "differs",
        "note": "DOC: 8 of 20 ports of a switch of 1500 USD cost 600",
    }
    assert found["001.tokens.break_even_load"]["published"] is None


def test_a_difference_without_an_explanation_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_ = reconcile("serving_cost")
    wrong = Reconciled(attrs.evolve(first.case, note=""), first.computed * 2)
    monkeypatch.setattr("unitledger.cli.commands.compared.reconcile", lambda _: (wrong,))

    result = run("serving_cost")

    assert result.exit_code == 1
    assert result.stdout.endswith("1 figures: 1 differ; 1 without an explanation.\n")


def test_an_unknown_template_is_refused() -> None:
    result = run("serving_kost")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no template 'serving_kost'. Did you mean 'serving_cost'" in result.stderr


def test_build_adds_the_comparison_unless_an_input_is_set(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    def sheet(*arguments: str) -> list[tuple[object, ...]]:
        path = tmp_path / "book.xlsx"
        CliRunner().invoke(main, ("build", "serving_cost", *arguments, "-o", str(path), "--force"))
        book = load_workbook(path, data_only=True)
        return [*book["Reconciliation"].values] if "Reconciliation" in book.sheetnames else []

    farm = sheet("--option", "farm")
    assert farm[5][:4] == ("Depreciation", "USD/machine/h", 0.76, pytest.approx(20000 / 26280))
    assert [row[0] for row in farm[4:] if row[1] is None] == ["farm"]
    assert len(sheet()) > len(farm)
    assert sheet("--set", "load=0.5") == []
