"""Formulas that are printed once and repeated: over symbols whose addresses are given, along a row or down a column.

The values of these formulas are known to whoever puts them, so the trees are only printed here, never evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from unitledger.expression import Expression, Factor, Reference, excel
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.address import a1, letters, on
from unitledger.workbook.sheet import Sheet, Style

# Stand for the row that a formula looks at and for its own row, in a formula that is repeated down a column.
_THERE = "\1"
_OWN = "\2"


def symbol(name: str) -> Reference:
    """Return what stands for a cell or a range whose address is given when the formula is printed."""
    return Reference(name, DIMENSIONLESS)


def at(addresses: Mapping[str, str]) -> Callable[[Reference | Factor], str]:
    """Return the way from symbols to their addresses."""

    def locate(leaf: Reference | Factor) -> str:
        assert isinstance(leaf, Reference), "conversion factors on sheets are cells of Constants"
        return addresses[leaf.name]

    return locate


def own(first: int, last: int | None = None, *, moves: bool = False) -> str:
    """Return the address of a cell, or of neighbours, in the formula's own row; fixed columns unless it `moves`."""
    return _across(first, last, _OWN, "" if moves else "$")


def there(sheet: str, first: int, last: int | None = None, *, moves: bool = False) -> str:
    """Return the same in the row of `sheet` that the formula looks at."""
    return on(sheet, _across(first, last, _THERE, "" if moves else "$"))


def _across(first: int, last: int | None, row: str, mark: str) -> str:
    start = f"{mark}{letters(first)}{row}"
    return start if last is None or last == first else f"{start}:{mark}{letters(last)}{row}"


def in_rows(printed: str, row: int, looked_at: int) -> str:
    """Return a formula printed over `own` and `there` as it stands in a row and looks at another."""
    return printed.replace(_THERE, str(looked_at + 1)).replace(_OWN, str(row + 1))


def put(
    sheet: Sheet,
    row: int,
    column: int,
    tree: Expression,
    addresses: Mapping[str, str],
    *,
    cached: Any,
    style: Style,
) -> None:
    """Put one formula over symbols, with its value."""
    printed = excel(tree, at(addresses))
    sheet.printed.append(printed)
    sheet.cells.append((row, column, "formula", printed, cached, style))
    sheet.values[f"{sheet.name}!{a1(row, column)}"] = cached


def down(
    sheet: Sheet,
    column: int,
    tree: Expression,
    addresses: Mapping[str, str],
    rows: Iterable[tuple[int, int, Any, Style]],
) -> None:
    """Put one formula down a column, printed once.

    `addresses` are made by `own` and `there`; `rows`: the formula's own row, the row that it looks at, its value and
    its style.
    """
    printed = excel(tree, at(addresses))
    append = sheet.cells.append
    values = sheet.values
    letter = letters(column)
    text = printed
    for row, looked_at, cached, style in rows:
        text = in_rows(printed, row, looked_at)
        append((row, column, "formula", text, cached, style))
        values[f"{sheet.name}!{letter}{row + 1}"] = cached
    sheet.printed.append(text)
