"""The sheet Summary, on one page: the answer and what qualifies it, key figures, charts, and the tables behind them."""

from __future__ import annotations

from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import LABEL_COLUMN, SUMMARY, TITLE_ROW, Layout
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Chart, Sheet
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.second import Comparison
from unitledger.workbook.sheets.sensitivity.rows import Showing
from unitledger.workbook.sheets.summary import charts, text
from unitledger.workbook.sheets.summary.answer import put_answer, put_rests
from unitledger.workbook.sheets.summary.key_figures import Top, described, put_against, put_built, put_figures
from unitledger.workbook.sheets.summary.notices import put_advice, put_alerts
from unitledger.workbook.sheets.summary.summing import FOOT_TEXT, Summing
from unitledger.workbook.sheets.summary.tables import described_beneath, put_moves, put_parts
from unitledger.workbook.stated.version import SOFTWARE
from unitledger.workbook.study import Results

# Side by side on a page.
_MOST_CHARTS = 3


def begin_summary(
    checks: Checks,
    layout: Layout,
    results: Results,
    *,
    showing: Showing | None,
    comparison: Comparison | None,
    version: str,
) -> tuple[Summing, Top]:
    """Return the sheet, which shows the version id, with its key figures put; Checks looks at them."""
    sheet, title = Sheet(SUMMARY), ("title_whole", GENERAL)
    sheet.text(TITLE_ROW, LABEL_COLUMN, checks.entries.title, title)
    summing = Summing.of(sheet, checks, layout, results, showing=showing, comparison=comparison)
    sheet.merge(TITLE_ROW, LABEL_COLUMN, summing.last_column, title)
    top = Top(summing, _cover(summing, version))
    with summing.grid.mapped("summary"):
        put_figures(summing, top)
    return summing, top


def summary_sheet(summing: Summing, top: Top, over_time: Chart | None) -> Sheet:
    """Return the sheet; Checks must have been said. `over_time`: a chart over periods, if there is one."""
    grid, sheet, showing = summing.grid, summing.grid.sheet, summing.showing
    row = charts.Row(summing)
    grid.take()
    first, parts = grid.next, None
    if summing.layout.made_of is not None:
        with grid.mapped("made_of"):
            parts = put_parts(summing)
    beside = summing.beside and parts is not None
    if not beside and parts is not None:
        first = grid.take() + 1
    column = LABEL_COLUMN
    if showing is not None:
        with grid.mapped("moves"):
            column = put_moves(summing, showing, first, summing.layout.after_options + 1 if beside else LABEL_COLUMN)
    beneath = described_beneath(summing, first, column)
    if beneath.keys:
        with grid.mapped("described"):
            described(summing, beneath)
    sheet.last_printed = grid.next - 1
    grid.take(2)
    grid.put(summing.texts(["foot"]), text.FOOT, FOOT_TEXT)
    with grid.mapped("options"):
        names = charts.names_of_options(summing, top)
    with grid.mapped("watched"):
        alerts = put_alerts(summing, top)
    with grid.mapped("advice"):
        put_advice(summing, top)
    with grid.mapped("summary"):
        put_answer(summing, top, alerts)
        if summing.comparison is not None:
            put_against(summing, top, summing.comparison, names)
        if showing is not None:
            put_rests(summing, top, showing)
            if top.flip.keys:
                grid.put(top.flip, showing.rows.flip, summing.spread(top.flip, "qualifies"))
    put_built(summing, top)
    with grid.mapped("drawn"):
        row.put(summing, _charts(summing, top, parts, names, over_time))
    sheet.left.append(summing.set_heights)
    sheet.fits_one_page = True
    return sheet


def _charts(
    summing: Summing, top: Top, parts: Entry | None, names: Entry, over_time: Chart | None
) -> list[charts.Drawn]:
    """Return the charts that a ledger has something to show in, from left to right, with short `names` of options."""
    found: list[charts.Drawn] = []
    of_parts = None if parts is None else charts.names_of_parts(summing, parts)
    if summing.several or parts is not None:
        found.append(charts.answer_by_option(summing, top, parts, names, of_parts))
    if summing.comparison is not None and of_parts is not None:
        found.append(charts.steps(summing, top, summing.comparison, names, of_parts))
    if summing.showing is not None:
        found.append(charts.tornado(summing, summing.showing))
    if over_time is not None and len(found) < _MOST_CHARTS:
        found.append(charts.Drawn(over_time.alt, over_time))
    return found


def _cover(summing: Summing, version: str) -> list[tuple[str, str]]:
    """Return what the sheet says first, and how it looks: purpose, decision asked for, and in a line what is stated."""
    entries = summing.entries
    facts = [said.format(getattr(entries, name)) for name, said in text.STATED.items() if getattr(entries, name)]
    built = text.BUILT_WITH if entries.built_on is None else text.BUILT_ON
    facts += [built.format(day=entries.built_on, software=SOFTWARE), text.VERSION.format(version=version)]
    decision = text.DECISION.format(decision=entries.decision) if entries.decision else ""
    said = (entries.purpose, "said"), (decision, "said_first"), (text.BETWEEN_FACTS.join(facts), "cover")
    return [(shown, style) for shown, style in said if shown]
