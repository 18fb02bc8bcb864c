"""The sheet Summary, on one page: the answer, key figures, alerts, what is left out, charts, and what stands behind."""

from __future__ import annotations

from unitledger.workbook import text
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import FIRST_OPTION, HINT_ROW, SUMMARY, Layout
from unitledger.workbook.look.formats import shown_width
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.sensitivity.showing import Showing
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


def begin_summary(
    checks: Checks, layout: Layout, results: Results, showing: Showing | None, version: str
) -> tuple[Summing, Top]:
    """Return the sheet, which shows the version id, with its key figures put; Checks looks at them."""
    entries = checks.entries
    as_of = str(entries.as_of) if entries.as_of else text.NOT_STATED
    hint = text.SUMMARY_HINT.format(as_of=as_of, version=version, base=entries.base)
    sheet = frame.begin(SUMMARY, checks.values, entries.title, hint)
    summing = Summing.of(sheet, checks, layout, results, showing)
    top = Top(summing)
    # With the sentences, which are put when all that they say is there.
    table = range(summing.last_column + 1)
    with summing.grid.mapped("summary", rows=range(HINT_ROW, summing.grid.next), columns=table):
        put_figures(summing, top)
    return summing, top


def summary_sheet(summing: Summing, top: Top) -> Sheet:
    """Return the sheet; Checks must have been said."""
    entries, grid, sheet = summing.entries, summing.grid, summing.grid.sheet
    table = range(summing.last_column + 1)
    with grid.mapped("watched", columns=table):
        put_alerts(summing)
    put_exclusions(summing)
    charts = range(0)
    if summing.last_of_page == summing.last_column:
        grid.take()
        charts = range(grid.take(_ROWS_OF_CHARTS), grid.next)
    with grid.mapped("moves", columns=table):
        if summing.showing is not None:
            put_moves(summing, summing.showing.rows)
    with grid.mapped("made_of", columns=table):
        parts = None if summing.layout.made_of is None else put_parts(summing)
    with grid.mapped("compared", columns=table):
        comparison = Comparison(summing, top) if summing.compared else None
    put_sentences(summing, top, comparison)
    if entries.advice:
        with grid.mapped("advice", columns=table):
            advised = put_advice(summing, comparison)
        recommend(summing, top, advised)
    _set_widths(summing, top)
    sheet.left.append(lambda: summing.set_heights(charts))
    sheet.left.append(lambda: put_charts(summing, top, parts, charts))
    sheet.fits_one_page = True
    return sheet


def _set_widths(summing: Summing, top: Top) -> None:
    widths, gap = summing.grid.sheet.widths, summing.last_column + 1
    needed = [shown_width(summing.figures(name), summing.pattern(name)) + 1 for name in top.figures.keys]
    width = min(max(_OPTION_WIDTH, *needed), frame.WIDEST_FIGURE)
    widths |= dict.fromkeys(range(FIRST_OPTION, gap), width)
    widths |= {column: _GAP_WIDTH if column == gap else COLUMN_WIDTH for column in range(gap, summing.last_of_page + 1)}
