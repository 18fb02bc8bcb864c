"""The sheet Sensitivity: what is analysed, how far each input moves the answer, and where two options meet."""

from __future__ import annotations

from typing import Any

from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.address import on
from unitledger.workbook.chart import Place, pixels
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    CALC,
    FIRST_ROW,
    HEADING_ROW,
    LABEL_COLUMN,
    SENSITIVITY,
    UNIT_COLUMN,
    Layout,
    input_name,
)
from unitledger.workbook.plan import Plan
from unitledger.workbook.printing import span
from unitledger.workbook.sensitivity_rows import DECIMALS, NAME, ROWS_OF_CHARTS, SELECTOR
from unitledger.workbook.sheet import Sheet, Style, Validation
from unitledger.workbook.sheets.sensitivity_along import along
from unitledger.workbook.sheets.sensitivity_charts import charts
from unitledger.workbook.sheets.sensitivity_sheet import Showing
from unitledger.workbook.sheets.sensitivity_tornado import tables
from unitledger.workbook.sheets.sensitivity_words import sentences
from unitledger.workbook.study import Results

# What is typed or picked stays a text, also where it looks like a number.
_SELECTOR: Style = ("selector", "@")
_LABEL_WIDTH = 31
_FIGURE_WIDTH = 12
# Height of a row in points, so that a page holds all of them; height of a chart and the gap beside it in pixels.
_ROW = 13.0
_CHART_HEIGHT = 296
_GAP = 12
# Letters of a list that stay within the tables' width.
_LINE = 80


def sensitivity_sheet(entries: Entries, layout: Layout, results: Results, plan: Plan, values: dict[str, Any]) -> Sheet:
    """Return the sheet; Scenarios must have been built, which reads the selectors here and works everything out."""
    sheet = frame.begin(SENSITIVITY, values, text.SENSITIVITY_TITLE, text.SENSITIVITY_HINT)
    showing = Showing(entries, layout, results, plan, sheet)
    frame.sections(sheet, {FIRST_ROW: text.SELECTION}, DECIMALS + 1)
    _selectors(showing)
    tables(showing)
    if plan.scenarios.has_table:
        along(showing)
    sentences(showing)
    _apart(showing)
    labels = (entries.inputs[name].label for name in plan.study.listed)
    sheet.widths[LABEL_COLUMN] = frame.width(labels, _LABEL_WIDTH, frame.WIDEST_LABEL)
    units = (showing.unit(name).spelling for name in plan.study.listed)
    sheet.widths[UNIT_COLUMN] = frame.width((*units, showing.line.unit.spelling), frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths |= dict.fromkeys(range(SELECTOR, DECIMALS + 1), _FIGURE_WIDTH)
    names = map(input_name, plan.study.listed)
    sheet.widths[NAME] = frame.width(names, _FIGURE_WIDTH, frame.LABEL_WIDTH)
    width = (sum(map(pixels, sheet.widths.values())) - _GAP) // 2
    anchor = showing.rows.charts, LABEL_COLUMN
    places = (Place(anchor, (width, _CHART_HEIGHT), place * (width + _GAP)) for place in range(2))
    sheet.charts.extend(charts(entries, plan, places, len(plan.study.listed)))
    drawn = range(showing.rows.charts, showing.rows.charts + ROWS_OF_CHARTS)
    for row in range(FIRST_ROW, sheet.last_row + 1):
        if row not in drawn:
            sheet.heights.setdefault(row, _ROW)
    sheet.fits_one_page = True
    return sheet


def _selectors(showing: Showing) -> None:
    """Put the cells in which a reader chooses what is analysed; only what is listed is taken."""
    rows, study, layout = showing.rows, showing.study, showing.layout
    options = on(CALC, span((HEADING_ROW, HEADING_ROW), (layout.option_columns.start, layout.after_options - 1)))
    chosen = [(rows.analysed, text.ANALYSED_OPTION, study.analysed, options)]
    if showing.scenarios.compares and study.compared is not None:
        chosen.append((rows.compared, text.COMPARED_OPTION, study.compared, options))
    if study.driver is not None:
        label = showing.entries.inputs[study.driver].label
        chosen.append((rows.driver, text.DRIVER_OF_TABLE, label, showing.listed(LABEL_COLUMN)))
    for row, said, choice, listed in chosen:
        showing.sheet.text(row, LABEL_COLUMN, said, frame.LABEL)
        showing.sheet.text(row, SELECTOR, choice, _SELECTOR)
        told = {"error_title": text.REFUSED_TITLE, "error_message": text.ONE_OF_THE_LIST, "ignore_blank": False}
        rule = {"validate": "list", "source": f"={listed}", **told}
        showing.sheet.validations.append(Validation((row, row), (SELECTOR, SELECTOR), rule))


def _apart(showing: Showing) -> None:
    """Say which ranged inputs are not listed, and why."""
    study, rows = showing.study, showing.rows.apart
    for kind, names in (("weaker", study.weaker), ("broken", study.without_answer)):
        if kind in rows:
            labels = _listed([showing.entries.inputs[name].label for name in names])
            showing.sheet.text(rows[kind], LABEL_COLUMN, text.NOT_LISTED[kind].format(labels=labels), frame.TEXT)


def _listed(labels: list[str]) -> str:
    """Return as many labels as fit in a line, and how many more there are."""
    shown = 1
    while shown < len(labels) and len(", ".join(labels[: shown + 1])) <= _LINE:
        shown += 1
    more = text.AND_MORE.format(count=len(labels) - shown) if shown < len(labels) else ""
    return ", ".join(labels[:shown]) + more
