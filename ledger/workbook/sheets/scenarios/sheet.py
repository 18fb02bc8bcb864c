"""The sheet Scenarios: the lines that ranged inputs reach, worked out anew in each column."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.grid import Grid, frame
from unitledger.workbook.layout import FIRST_OPTION, FIRST_ROW, LABEL_COLUMN, SCENARIOS, UNIT_COLUMN
from unitledger.workbook.ledger_cells import LedgerCells, unit_of
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.scenarios.cases import Cases
from unitledger.workbook.sheets.scenarios.heads import heads
from unitledger.workbook.sheets.scenarios.known import evaluated, evaluations
from unitledger.workbook.sheets.scenarios.lines import body, break_even, when_built
from unitledger.workbook.sheets.scenarios.rows import Rows
from unitledger.workbook.sheets.scenarios.selection import Selectors, ranges, selection
from unitledger.workbook.sheets.scenarios.varying import Varying
from unitledger.workbook.study import Results, Study

_TITLES = {
    "low": text.LOW_NUMBER,
    "high": text.HIGH_NUMBER,
    "point": text.POINT_NUMBER,
    "step": text.REFINED_NUMBER,
    "other point": text.OTHER_POINT,
    "other step": text.OTHER_REFINED,
}
_LABEL_WIDTH = 32
_FIGURE_WIDTH = 13
# Letters of a label in the heading of a column; the row of inputs that are varied has all of it.
_LONGEST_IN_TITLE = 40


def begin_scenarios(entries: Entries, cells: LedgerCells, results: Results, study: Study) -> Varying:
    """Return the sheet with its places settled."""
    cases = Cases.of(tuple(entries.options), study)
    sheet = frame.begin(SCENARIOS, cells.values, text.SCENARIOS_TITLE, cases.hint)
    grid = Grid(sheet, cases.columns, FIRST_ROW)
    columns = evaluations(entries, study, cases.base)
    return Varying(
        entries=entries,
        cells=cells,
        results=results,
        study=study,
        columns=columns,
        values=evaluated(entries, study, results, columns),
        grid=grid,
        cases=cases,
        rows=Rows(grid, entries, study, cases),
    )


def scenarios_sheet(varying: Varying, selectors: Selectors) -> Sheet:
    """Return the sheet."""
    grid, cases, study, entries = varying.grid, varying.cases, varying.study, varying.entries
    sheet, figures = grid.sheet, range(FIRST_OPTION, cases.off + 1)
    frame.headings(sheet, [text.LINE, text.UNIT, *cases.base, *_titles(varying), text.OFF_CALC], figures)
    with grid.mapped("selection"):
        selection(varying, selectors)
    ranges(varying)
    with grid.mapped("columns"):
        heads(varying)
    body(varying)
    if cases.other_points:
        with grid.mapped("break_even", columns=figures[:-1]):
            break_even(varying)
    with grid.mapped("scenarios_built", columns=figures[:-1]):
        when_built(varying)
    names = (*study.listed, *study.others, *study.lines)
    sheet.widths[LABEL_COLUMN] = frame.width((entries[name].label for name in names), _LABEL_WIDTH, frame.WIDEST_LABEL)
    units = (unit_of(entries, name).spelling for name in names)
    sheet.widths[UNIT_COLUMN] = frame.width(units, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    frame.fit_figures(sheet, figures, frame.heading_width(cases.base, _FIGURE_WIDTH))
    return sheet


def _titles(varying: Varying) -> Iterator[str]:
    """Yield the headings of the varied columns."""
    labels: dict[str | int, tuple[str | int, str]] = {
        name: (number, shorten(varying.entries.inputs[name].label, _LONGEST_IN_TITLE, placeholder="…"))
        for number, name in enumerate(varying.study.listed, start=1)
    }
    for kind, which in varying.cases.varied:
        number, label = labels.get(which, (which, ""))
        yield _TITLES[kind].format(number=number, label=label)
