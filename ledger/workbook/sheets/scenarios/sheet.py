"""The sheet Scenarios: the lines that ranged inputs reach, worked out anew in each column."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from unitledger.expression import TEXT
from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.address import a1
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.grid.written import Written
from unitledger.workbook.layout import (
    CHANGES,
    FIRST_OPTION,
    FIRST_ROW,
    LABEL_COLUMN,
    SCENARIOS,
    SENSITIVITY,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.ledger_cells import ledger_cells, unit_of
from unitledger.workbook.plan import Plan
from unitledger.workbook.sensitivity_rows import SELECTOR
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.changes import HIGH, LOW, setting_rows
from unitledger.workbook.sheets.scenarios.cases import Cases
from unitledger.workbook.sheets.scenarios.heads import heads
from unitledger.workbook.sheets.scenarios.lines import body, break_even, when_built
from unitledger.workbook.sheets.scenarios.rows import Rows
from unitledger.workbook.sheets.scenarios.selection import ranges, selection
from unitledger.workbook.sheets.scenarios.varying import Selectors, Varying
from unitledger.workbook.study import Results

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


def scenarios_sheet(entries: Entries, layout: Layout, results: Results, plan: Plan, values: dict[str, Any]) -> Sheet:
    """Return the sheet; Inputs, Constants, Calc and Changes must have been built."""
    study = plan.study
    table = study.driver is not None
    cases = Cases.of(layout.options, study.listed, table=table, both=table and study.compared is not None)
    sheet = frame.begin(SCENARIOS, values, text.SCENARIOS_TITLE, _hint(cases))
    figures = range(FIRST_OPTION, cases.off + 1)
    titles = [text.LINE, text.UNIT, *layout.options, *_titles(entries, plan, cases), text.OFF_CALC]
    frame.headings(sheet, titles, figures)
    grid = Grid(sheet, cases.columns, FIRST_ROW)
    rows = Rows(grid, entries, study, cases)
    cells = ledger_cells(entries, layout, values)
    changed = Written(CHANGES, values)
    settings = setting_rows(entries)
    kinds = {(option, name): unit_of(entries, name) for option, name in settings}
    changes = {bool(high): Entry(changed, "", kinds, settings, column) for high, column in enumerate((LOW, HIGH))}
    driver = entries.inputs[study.driver].label if study.driver is not None else None
    chosen = {
        plan.sensitivity.analysed: study.analysed,
        plan.sensitivity.compared: study.compared,
        plan.sensitivity.driver: driver,
    }
    shown = Written(SENSITIVITY, {f"{SENSITIVITY}!{a1(row, SELECTOR)}": word for row, word in chosen.items()})
    rows_of = (plan.sensitivity.analysed, plan.sensitivity.compared, plan.sensitivity.driver)
    selectors = Selectors(*(Entry(shown, "", TEXT, row, SELECTOR) for row in rows_of))
    varying = Varying(*(entries, cells, results, study, plan.values, grid, cases, rows, selectors, changes))
    selection(varying)
    ranges(varying)
    heads(varying)
    body(varying)
    if cases.other_points:
        break_even(varying)
    when_built(varying)
    grid.write()
    names = (*study.listed, *study.others, *study.lines)
    sheet.widths[LABEL_COLUMN] = frame.width((entries[name].label for name in names), _LABEL_WIDTH, frame.WIDEST_LABEL)
    units = (unit_of(entries, name).spelling for name in names)
    sheet.widths[UNIT_COLUMN] = frame.width(units, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    least = frame.heading_width(layout.options, _FIGURE_WIDTH)
    sheet.widths |= dict.fromkeys(figures, frame.figure_width(sheet, figures, least))
    return sheet


def _hint(cases: Cases) -> str:
    """Say what the columns are, from left to right."""
    refined = text.SCENARIOS_HINT_REFINED if cases.other_points else ""
    table = text.SCENARIOS_HINT_TABLE.format(refined=refined) if cases.points else ""
    return text.SCENARIOS_HINT + table + text.SCENARIOS_HINT_END


def _titles(entries: Entries, plan: Plan, cases: Cases) -> Iterator[str]:
    """Yield the headings of the varied columns."""
    labels: dict[str | int, tuple[str | int, str]] = {
        name: (number, shorten(entries.inputs[name].label, _LONGEST_IN_TITLE, placeholder="…"))
        for number, name in enumerate(plan.study.listed, start=1)
    }
    for kind, which in cases.varied:
        number, label = labels.get(which, (which, ""))
        yield _TITLES[kind].format(number=number, label=label)
