"""`unitledger eval` of a ledger with periods: --set names a row, a period, or several of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from budgets import fleet
from click.testing import CliRunner

from unitledger.cli import main

TEMPLATE = '''"""Machines by month."""

from budgets import fleet


def machines():
    """Machines by month."""
    return fleet()
'''


@pytest.mark.parametrize("name", ["need", "need@2026-07", "need@2026-05:2027-01"])
def test_figures_by_period_are_set(tmp_path: Path, name: str) -> None:
    template = tmp_path / "machines.py"
    template.write_text(TEMPLATE, encoding="utf-8")
    done = CliRunner().invoke(main, ["eval", str(template), "--set", f"{name}=15 machine", "--option", "own", "--json"])

    shown = json.loads(done.output)["options"]["own"]["outputs"]["all_cost"]["value"]
    by_hand = fleet().with_settings({"own": {name: "15 machine"}})
    assert shown == pytest.approx(by_hand.value("all_cost").magnitude)
