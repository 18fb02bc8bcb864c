"""Sound workbooks damaged at random: whatever is left of them, every verb answers or refuses, and soon."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from mutated import mutated
from outside import LEDGERS, ledger, outcomes, sound
from worked_on import packed

from unitledger.errors import LedgerError

GROUPS, OF_EACH = 2, 10


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("group", range(GROUPS))
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, group: int, ledger: str) -> None:
    path = packed(sound(ledger), tmp_path / "sent.xlsx")
    whole = path.read_bytes()
    for seed in range(group * OF_EACH, (group + 1) * OF_EACH):
        kind, damaged = mutated(whole, seed)
        path.write_bytes(damaged)
        assert len(dict(outcomes(path, ledger))) > 1, (seed, kind)


def test_damaged_actual_figures_are_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "actuals.xlsx"
    with xlsxwriter.Workbook(path) as file:
        sheet = file.add_worksheet()
        for row, cells in enumerate((["name", "unit", "actual"], ["draw", "kW", 5.5])):
            sheet.write_row(row, 0, cells)
    whole = path.read_bytes()
    for seed in range(40):
        _, damaged = mutated(whole, seed)
        path.write_bytes(damaged)
        said = "actuals.xlsx"
        try:
            ledger().against(path)
        except LedgerError as refused:
            said = str(refused)
        assert "actuals.xlsx" in said, seed
