"""Other formulas planted in rows by period and in columns of tables, and whether the second calculation sees each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
from openpyxl import load_workbook

from unitledger.units import day_number

Place = tuple[str, str]
# What is worked out again comes first in the formula that does so.
_AGAIN = re.compile(r"SUMXMY2\((?:SUM\()?(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)\)?,")


@attrs.frozen
class Watched:
    """Neighbouring cells that a formula works out again.

    `check`: where that formula stands; `everywhere`: whether it does so in programs that do not know formulas too.
    """

    check: Place
    cells: tuple[Place, ...]
    everywhere: bool


def watched(path: Path) -> Iterator[Watched]:
    """Yield every row and column of a workbook that is worked out again."""
    book = load_workbook(path)
    for name in ("Timeline as built", "Tables as built"):
        for row in book[name].iter_rows() if name in book.sheetnames else ():
            for cell in row:
                found = _AGAIN.search(str(cell.value))
                if found:
                    quoted, plain, left, top, right, bottom = found.groups()
                    block = book[(quoted or plain).replace("''", "'")][f"{left}{top}:{right}{bottom}"]
                    cells = [(each.parent.title, each.coordinate) for line in block for each in line]
                    yield Watched((name, cell.coordinate), tuple(cells), "ISFORMULA" not in str(cell.value))


def other_formulas(path: Path, shown: Callable[[str, str], Any], where: float) -> dict[str, dict[str, str]]:
    """Return for one cell of each of these another formula, by sheet and cell, which moves its figure by a tenth.

    `held`: what cells show; `where`: which cell, from the first, 0, to the last, 1.
    """
    book = load_workbook(path)
    planted: dict[str, dict[str, str]] = {}
    for each in watched(path):
        sheet, address = each.cells[round(where * (len(each.cells) - 1))]
        size = max(abs(_figure(shown(*cell))) for cell in each.cells)
        planted.setdefault(sheet, {})[address] = f"{book[sheet][address].value}+{size / 10 + 1!r}"
    return planted


def _figure(held: Any) -> float:
    """Return what a cell holds as a number; an error is none."""
    if isinstance(held, date):
        return float(day_number(date(held.year, held.month, held.day)))
    return float(held) if isinstance(held, int | float) else 0.0
