"""The sheet Summary, on one page: the answer, key figures, alerts, what is left out, charts, and what stands behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unitledger.expression import equal, when
from unitledger.model import Entries, Line
from unitledger.workbook import text
from unitledger.workbook.address import a1, letters, on
from unitledger.workbook.check_rows import check_rows
from unitledger.workbook.formats import GENERAL, shown_width
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    CALC,
    CHECKS,
    FIRST_OPTION,
    HEADING_ROW,
    LABEL_COLUMN,
    SUMMARY,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.parts import shown
from unitledger.workbook.printing import at, symbol
from unitledger.workbook.sheet import Sheet, here
from unitledger.workbook.sheets.plan import Plan
from unitledger.workbook.sheets.summary_advice import recommend
from unitledger.workbook.sheets.summary_alerts import put_alerts, put_exclusions
from unitledger.workbook.sheets.summary_answer import CHANGE, LINE, SMALL_ROW, Summing, compare, lines_of, sentences
from unitledger.workbook.sheets.summary_charts import COLUMN_WIDTH, COLUMNS_BESIDE, GAP_WIDTH, put_charts
from unitledger.workbook.sheets.summary_moves import put_moves
from unitledger.workbook.sheets.summary_rows import ROWS_OF_CHARTS, summary_rows

_OPTION_WIDTH = 12
# Height of an empty row between blocks in points.
_GAP = 5.0

FIGURE = symbol("figure")
BASE = symbol("figure of the base option")
AGAINST = when(equal(BASE, 0), 0, (FIGURE - BASE) / BASE)


def summary_sheet(  # noqa: PLR0917 - what every sheet is made from, then what this one shows
    entries: Entries,
    layout: Layout,
    results: Mapping[str, Mapping[str, float]],
    plan: Plan | None,
    values: dict[str, Any],
    version: str,
) -> Sheet:
    """Return the sheet, which shows the version id; Calc, Checks and, with a plan, Sensitivity must have been built."""
    as_of = str(entries.as_of) if entries.as_of else text.NOT_STATED
    hint = text.SUMMARY_HINT.format(as_of=as_of, version=version, base=entries.base)
    sheet = frame.begin(SUMMARY, values, entries.title, hint)
    summing = Summing(entries, layout, results, plan, summary_rows(entries, layout, plan), sheet)
    _set_widths(summing)
    _put_figures(summing)
    if summing.rows.best is not None and entries.answer is not None:
        compare(summing, entries.answer, summing.rows.best)
    sentences(summing)
    if plan is not None:
        put_moves(summing, plan)
    put_alerts(summing)
    put_exclusions(summing)
    _put_parts(summing)
    if summing.rows.advice:
        recommend(summing)
    _set_heights(summing)
    put_charts(summing)
    sheet.fits_one_page = True
    return sheet


def _put_figures(summing: Summing) -> None:
    """Put the key figures per option, each with its distance from the base option and as it was built."""
    entries, layout, rows, sheet = summing.entries, summing.layout, summing.rows, summing.sheet
    sheet.text(rows.figures_title, LABEL_COLUMN, text.KEY_FIGURES, ("heading", GENERAL))
    sheet.text(rows.figures_title, UNIT_COLUMN, text.UNIT, ("heading_in", GENERAL))
    for column, option in enumerate(layout.options, start=FIRST_OPTION):
        sheet.text(rows.figures_title, column, option, ("heading_right", GENERAL))
    for column in range(layout.after_options, rows.last_column + 1):
        sheet.blank(rows.figures_title, column, ("heading", GENERAL))
    built = check_rows(entries, layout).built
    for name, row in rows.figures.items():
        line = entries.lines[name]
        first = name == next(iter(rows.figures))
        label_style, unit_style = ("label_total", "unit_total") if first else ("label", "unit")
        sheet.text(row, LABEL_COLUMN, line.label, (label_style, GENERAL))
        sheet.text(row, UNIT_COLUMN, line.unit.spelling, (unit_style, GENERAL))
        addresses = {FIGURE.name: on(CALC, here(layout.lines[name]))}
        style = ("total" if first else "number", summing.pattern(line))
        sheet.row_of_formulas(row, FIRST_OPTION, FIGURE, at(addresses), summing.figures(line), style)
        if name in rows.against:
            _put_against(summing, line)
        small = rows.built[name]
        _put_small_head(summing, small, text.WHEN_BUILT, line.unit.spelling)
        addresses = {FIGURE.name: on(CHECKS, here(built[name]))}
        style = ("change", summing.pattern(line))
        sheet.row_of_formulas(small, FIRST_OPTION, FIGURE, at(addresses), summing.figures(line), style)


def _put_against(summing: Summing, line: Line) -> None:
    figures = summing.figures(line)
    base = figures[0]
    changes = [(figure - base) / base if base else 0.0 for figure in figures]
    row, place = summing.rows.against[line.name], summing.rows.figures[line.name]
    _put_small_head(summing, row, text.AGAINST.format(base=summing.entries.base), "%")
    addresses = {FIGURE.name: here(place), BASE.name: f"${letters(FIRST_OPTION)}{place + 1}"}
    summing.sheet.row_of_formulas(row, FIRST_OPTION, AGAINST, at(addresses), changes, ("change", CHANGE))


def _put_small_head(summing: Summing, row: int, label: str, unit: str) -> None:
    summing.sheet.text(row, LABEL_COLUMN, label, ("against", GENERAL))
    summing.sheet.text(row, UNIT_COLUMN, unit, ("against", GENERAL))
    summing.sheet.heights[row] = SMALL_ROW


def _put_parts(summing: Summing) -> None:
    """Put what the answer is made of, as Checks takes it apart, if it is made of parts."""
    rows, sheet, found = summing.rows.made_of, summing.sheet, summing.layout.made_of
    if found is None:
        return
    line = summing.entries.lines[found.answer.name]
    summing.band(rows[0] - 1, text.MADE_OF.format(figure=line.label))
    checks = check_rows(summing.entries, summing.layout).breakdown
    for place, (label, _) in enumerate(shown(summing.entries, found, summing.results)):
        row, there = rows[place], checks[str(place)]
        sheet.text(row, LABEL_COLUMN, label, frame.LABEL)
        sheet.text(row, UNIT_COLUMN, line.unit.spelling, frame.UNIT)
        figures = [sheet.values[f"{CHECKS}!{a1(there, column)}"] for column in summing.layout.option_columns]
        addresses = {FIGURE.name: on(CHECKS, here(there))}
        sheet.row_of_formulas(row, FIRST_OPTION, FIGURE, at(addresses), figures, ("number", summing.pattern(line)))


def _set_widths(summing: Summing) -> None:
    entries, sheet = summing.entries, summing.sheet
    lines = [entries.lines[name] for name in summing.rows.figures]
    needed = [shown_width(summing.figures(line), summing.pattern(line)) + 1 for line in lines]
    sheet.widths[LABEL_COLUMN], sheet.widths[UNIT_COLUMN] = summing.rows.widths
    after = summing.rows.last_column + 1
    width = min(max(_OPTION_WIDTH, *needed), frame.WIDEST_FIGURE)
    sheet.widths |= dict.fromkeys(range(FIRST_OPTION, after), width)
    if summing.rows.charts is None:
        sheet.widths[after] = GAP_WIDTH
        sheet.widths |= dict.fromkeys(range(after + 1, after + 1 + COLUMNS_BESIDE), COLUMN_WIDTH)


def _set_heights(summing: Summing) -> None:
    """Give every row beneath the title the height that it needs, so that all of them stand on one page."""
    rows, sheet = summing.rows, summing.sheet
    labels = {row: shown for row, column, _, shown, _, style in sheet.cells if (column, style) == (0, frame.LABEL)}
    width = sheet.widths[LABEL_COLUMN]
    drawn = range(0) if rows.charts is None else range(rows.charts, rows.charts + ROWS_OF_CHARTS)
    filled = {row for row, *_ in sheet.cells}
    for row in range(HEADING_ROW, sheet.last_row + 1):
        if row not in sheet.heights and row not in drawn:
            sheet.heights[row] = lines_of(labels.get(row, ""), width) * LINE if row in filled else _GAP
