"""The sheet Summary, on one page: the answer, key figures, alerts, what is left out, charts, and what stands behind."""

from __future__ import annotations

from typing import Any

from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.formats import shown_width
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.layout import FIRST_OPTION, HINT_ROW, SUMMARY, Layout
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.plan import Plan
from unitledger.workbook.sheets.summary.advice import put_advice, recommend
from unitledger.workbook.sheets.summary.alerts import put_alerts, put_exclusions
from unitledger.workbook.sheets.summary.answer import put_sentences
from unitledger.workbook.sheets.summary.charts import COLUMN_WIDTH, put_charts
from unitledger.workbook.sheets.summary.comparison import Comparison
from unitledger.workbook.sheets.summary.moves import put_moves, put_parts
from unitledger.workbook.sheets.summary.summing import Summing
from unitledger.workbook.sheets.summary.top import Top, put_figures
from unitledger.workbook.study import Results

_OPTION_WIDTH = 12
_GAP_WIDTH = 2.0
_ROWS_OF_CHARTS = 13


def summary_sheet(  # noqa: PLR0917 - what every sheet is made from, then what this one shows
    entries: Entries, layout: Layout, results: Results, plan: Plan | None, values: dict[str, Any], version: str
) -> Sheet:
    """Return the sheet, which shows the version id; Calc, Checks and, with a plan, Sensitivity must have been built."""
    as_of = str(entries.as_of) if entries.as_of else text.NOT_STATED
    hint = text.SUMMARY_HINT.format(as_of=as_of, version=version, base=entries.base)
    sheet = frame.begin(SUMMARY, values, entries.title, hint)
    summing = Summing.of(sheet, entries, layout, results, plan)
    grid, table = summing.grid, range(summing.last_column + 1)
    top = Top(summing)
    # With the sentences, which are put when all that they say is there.
    with grid.mapped("summary", rows=range(HINT_ROW, grid.next), columns=table):
        put_figures(summing, top)
    with grid.mapped("watched", columns=table):
        put_alerts(summing)
    put_exclusions(summing)
    charts = range(0)
    if summing.last_of_page == summing.last_column:
        grid.take()
        charts = range(grid.take(_ROWS_OF_CHARTS), grid.next)
    with grid.mapped("moves", columns=table):
        if plan is not None:
            put_moves(summing, plan.showing.rows)
    with grid.mapped("made_of", columns=table):
        parts = None if layout.made_of is None else put_parts(summing)
    with grid.mapped("compared", columns=table):
        comparison = Comparison(summing, top) if summing.compared else None
    put_sentences(summing, top, comparison)
    if entries.advice:
        with grid.mapped("advice", columns=table):
            advised = put_advice(summing, comparison)
        recommend(summing, top, advised)
    grid.write()
    _set_widths(summing, top)
    summing.set_heights(charts)
    put_charts(summing, top, parts, charts)
    sheet.fits_one_page = True
    return sheet


def figure_rows(entries: Entries, layout: Layout, plan: Plan | None) -> Entry:
    """Return the key figures on the sheet before it is made."""
    return Top(Summing.of(Sheet(SUMMARY, {}), entries, layout, {}, plan)).figures


def _set_widths(summing: Summing, top: Top) -> None:
    widths, gap = summing.grid.sheet.widths, summing.last_column + 1
    needed = [shown_width(summing.figures(name), summing.pattern(name)) + 1 for name in top.figures.keys]
    width = min(max(_OPTION_WIDTH, *needed), frame.WIDEST_FIGURE)
    widths |= dict.fromkeys(range(FIRST_OPTION, gap), width)
    widths |= {column: _GAP_WIDTH if column == gap else COLUMN_WIDTH for column in range(gap, summing.last_of_page + 1)}
