"""The count of formulas that were typed over, on every sheet that shows a reader what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from unitledger.expression import LOGICAL, Expression, apply, maximum, total, when
from unitledger.expression.table.arithmetic import ISFORMULA, NOT
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, Grid, formula_text
from unitledger.workbook.grid.place import Area
from unitledger.workbook.layout import FACTOR
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Condition, Highlight, Style
from unitledger.workbook.sheets.checks.checking import COUNT
from unitledger.workbook.sheets.checks.rows import Checks

# Areas that one rule covers.
_MOST_AREAS = 100

Place = tuple[int, int]


def typed_over(
    checks: Checks, grids: Iterable[Grid], of_tables: Entry, worked_out: Iterable[tuple[Grid, Iterable[Area]]]
) -> None:
    """Put how many cells fewer than were written hold formulas; all sheets must have been said.

    What may be typed over on Inputs is left out. A program that does not know formulas from other cells finds none,
    as the count of edits shows to it. `of_tables`: how many were typed over in each column of a table; `worked_out`:
    where these hold formulas.
    """
    left: Expression = checks.checked.expression
    written = 0
    for grid in grids:
        places = list(grid.formulas())
        if grid is checks.cells.given.ground:
            places = [place for place in places if place[1] >= checks.layout.beside(FACTOR)]
        if places:
            written += len(places)
            rows, columns = ({end: end for end in (min(axis), max(axis))} for axis in zip(*places, strict=True))
            _paint(grid, areas(places))
            block = grid.entry("", DIMENSIONLESS, rows, columns).block()
            left = left - apply(SUMPRODUCT, 1 * apply(ISFORMULA, block))
    for grid, where in worked_out:
        _paint(grid, where)
    known = apply(ISFORMULA, checks.counts["edits"])
    found: Expression = when(known, maximum(0, left), 0)
    if of_tables.keys:
        found = found + total(of_tables.block())
    checks.grid.put(checks.counts, found, COUNT, rows=["typed"])
    checks.grid.put(checks.checked, float(written), ("foot", "0"), rows=["typed"])


def _paint(grid: Grid, where: Iterable[Area]) -> None:
    """Let a cell stand out that holds no formula any more."""
    stand_out(grid, where, lambda here: apply(NOT, apply(ISFORMULA, here)), ("bad", GENERAL))


def stand_out(grid: Grid, where: Iterable[Area], holds: Callable[[Entry], Expression], style: Style) -> None:
    """Give cells a style while something holds of them."""
    # Programs count from the first area, or from the first row and column of all areas: here one and the same.
    for _, group in groupby(sorted(where, key=_first_column), key=_first_column):
        alike = list(group)
        for start in range(0, len(alike), _MOST_AREAS):
            (rows, columns), *more = alike[start : start + _MOST_AREAS]
            here = grid.entry("", LOGICAL, {0: rows[0]}, {0: columns[0]})
            condition = Condition(formula_text(here, holds(here), 0, 0))
            grid.sheet.highlights.append(Highlight(rows, columns, condition, style, tuple(more)))


def _first_column(area: Area) -> int:
    return area[1][0]


def areas(places: Iterable[Place]) -> list[Area]:
    """Return blocks that hold just these cells: neighbours in a row, and rows beneath each other that are as wide."""
    runs: dict[int, list[list[int]]] = {}
    for row, column in sorted(places):
        found = runs.setdefault(row, [])
        if found and found[-1][1] == column - 1:
            found[-1][1] = column
        else:
            found.append([column, column])
    areas: dict[tuple[int, int], list[list[int]]] = {}
    for row, found in runs.items():
        for first, last in found:
            blocks = areas.setdefault((first, last), [])
            if blocks and blocks[-1][1] == row - 1:
                blocks[-1][1] = row
            else:
                blocks.append([row, row])
    return sorted(((top, bottom), ends) for ends, blocks in areas.items() for top, bottom in blocks)
