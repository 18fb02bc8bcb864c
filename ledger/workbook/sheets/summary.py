"""The sheet Summary: the answer as a sentence, key figures, advice, alerts, and what is left out; on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unitledger.expression import Expression, Text, equal, fixed, sentence, when
from unitledger.model import Entries, stale_rule
from unitledger.workbook import text
from unitledger.workbook.address import a1, letters, on
from unitledger.workbook.address import fixed as stays
from unitledger.workbook.check_rows import STALE, UNITS_ALONE_COUNT, check_rows
from unitledger.workbook.formats import GENERAL, shown_width
from unitledger.workbook.layout import (
    ALERTS_ROW,
    CALC,
    CHECKS,
    FIRST_OPTION,
    LABEL_COLUMN,
    STATUS_COLUMN,
    SUMMARY,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.printing import at, put, symbol
from unitledger.workbook.sheet import Highlight, Sheet, here
from unitledger.workbook.sheets import frame
from unitledger.workbook.sheets.summary_advice import recommend
from unitledger.workbook.sheets.summary_answer import CHANGE, Summing, compare, sentences
from unitledger.workbook.sheets.summary_rows import summary_rows
from unitledger.workbook.version import version_id

_OPTION_WIDTH = 14
_UNIT_WIDTH = 19

FIGURE = symbol("figure")
BASE = symbol("figure of the base option")
FLAG = symbol("alert in the option")
EMPTY = Text("")
AGAINST = when(equal(BASE, 0), 0, (FIGURE - BASE) / BASE)
ANY_ALERT = when(equal(FLAG, 0), sentence(text.NO_ALERT), sentence(text.ALERTS_THAT_APPLY, fixed(FLAG, 0)))
APPLIES = when(equal(FLAG, 0), EMPTY, sentence(text.APPLIES))
HOW_MANY = when(equal(FLAG, 0), EMPTY, fixed(FLAG, 0))


def summary_sheet(
    entries: Entries, layout: Layout, results: Mapping[str, Mapping[str, float]], values: dict[str, Any]
) -> Sheet:
    """Return the sheet; Calc and Checks must have been built."""
    as_of = str(entries.as_of) if entries.as_of else text.NOT_STATED
    hint = text.SUMMARY_HINT.format(as_of=as_of, version=version_id(entries), base=entries.base)
    sheet = frame.begin(SUMMARY, values, entries.title, hint)
    summing = Summing(entries, layout, results, summary_rows(entries), sheet)
    _set_widths(summing)
    _put_figures(summing)
    if summing.rows.best is not None and entries.answer is not None:
        _band(summing, summing.rows.best - 1, text.COMPARED)
        compare(summing, entries.answer, summing.rows.best)
    sentences(summing)
    if summing.rows.advice:
        recommend(summing)
    _put_alerts(summing)
    if summing.rows.excluded:
        _band(summing, min(summing.rows.excluded) - 1, text.EXCLUDED)
    for row, line in summing.rows.excluded.items():
        sheet.text(row, LABEL_COLUMN, line, frame.TEXT)
    sheet.fits_one_page = True
    return sheet


def _band(summing: Summing, row: int, title: str) -> None:
    frame.sections(summing.sheet, {row: title}, summing.layout.after_options)


def _put_figures(summing: Summing) -> None:
    """Put the key figures per option, each with its distance from the base option."""
    entries, layout, rows, sheet = summing.entries, summing.layout, summing.rows, summing.sheet
    sheet.text(rows.figures_title, LABEL_COLUMN, text.KEY_FIGURES, ("heading", GENERAL))
    sheet.text(rows.figures_title, UNIT_COLUMN, text.UNIT, ("heading", GENERAL))
    sheet.heights[rows.figures_title] = frame.TWO_LINES
    for column, option in enumerate(layout.options, start=FIRST_OPTION):
        sheet.text(rows.figures_title, column, option, ("heading_right", GENERAL))
    for name, row in rows.figures.items():
        line = entries.lines[name]
        figures = summing.figures(line)
        first = name == next(iter(rows.figures))
        label_style, unit_style = ("label_total", "unit_total") if first else ("label", "unit")
        sheet.text(row, LABEL_COLUMN, line.label, (label_style, GENERAL))
        sheet.text(row, UNIT_COLUMN, line.unit.spelling, (unit_style, GENERAL))
        addresses = {FIGURE.name: on(CALC, here(layout.lines[name]))}
        style = ("total" if first else "number", summing.pattern(line))
        sheet.row_of_formulas(row, FIRST_OPTION, FIGURE, at(addresses), figures, style)
    for name, row in rows.against.items():
        figures = summing.figures(entries.lines[name])
        base = figures[0]
        changes = [(figure - base) / base if base else 0.0 for figure in figures]
        label = text.AGAINST.format(base=entries.base)
        sheet.text(row, LABEL_COLUMN, label, ("against", GENERAL))
        sheet.text(row, UNIT_COLUMN, "%", frame.UNIT)
        place = rows.figures[name]
        addresses = {FIGURE.name: here(place), BASE.name: f"${letters(FIRST_OPTION)}{place + 1}"}
        sheet.row_of_formulas(row, FIRST_OPTION, AGAINST, at(addresses), changes, ("change", CHANGE))


def _put_alerts(summing: Summing) -> None:
    """Put how many alerts apply, what is watched and in which options it applies, and inputs outside their range."""
    rows, sheet = summing.rows, summing.sheet
    checks = check_rows(summing.entries, summing.layout)
    _band(summing, rows.counted - 1, text.SUMMARY_ALERTS)
    alerts = on(CHECKS, stays(ALERTS_ROW, STATUS_COLUMN))
    count = sheet.values[f"{CHECKS}!{a1(ALERTS_ROW, STATUS_COLUMN)}"]
    cached = f"{text.ALERTS_THAT_APPLY}{count:,.0f}" if count else text.NO_ALERT
    put(sheet, rows.counted, LABEL_COLUMN, ANY_ALERT, {FLAG.name: alerts}, cached=cached, style=frame.TEXT)
    watched = {alert.name: alert.text for alert in summing.entries.alerts}
    if STALE in rows.alerts:
        watched[STALE] = text.STALE_PRICES_LISTED.format(rule=stale_rule(summing.entries))
    for name, label in watched.items():
        sheet.heights[rows.alerts[name]] = frame.height(label, sheet.widths[LABEL_COLUMN])
        marks = {0.0: "", 1.0: text.APPLIES}
        _put_alert(summing, (rows.alerts[name], checks.alerts[name]), label, APPLIES, marks)
    if rows.outside is not None:
        numbers = {flag: f"{flag:,.0f}" if flag else "" for flag in _flags(summing, checks.outside)}
        _put_alert(summing, (rows.outside, checks.outside), text.OUTSIDE_RANGE, HOW_MANY, numbers)
    if rows.units is not None:
        sheet.text(rows.units, LABEL_COLUMN, text.UNITS_ALONE_LISTED, ("alert", GENERAL))
        flag = {FLAG.name: on(CHECKS, stays(UNITS_ALONE_COUNT, STATUS_COLUMN))}
        put(sheet, rows.units, UNIT_COLUMN, HOW_MANY, flag, cached="", style=("mark", GENERAL))
    first = (rows.counted, rows.outside or rows.counted + len(rows.alerts))
    last = summing.layout.after_options - 1
    sheet.highlights.append(Highlight(first, (FIRST_OPTION, last), text.APPLIES, ("warn", GENERAL)))


def _put_alert(
    summing: Summing, places: tuple[int, int], label: str, mark: Expression, shown: Mapping[float, str]
) -> None:
    """Put what is watched, with a mark per option; `places`: its row here, and the row of its flags on Checks."""
    (row, watched), sheet = places, summing.sheet
    sheet.text(row, LABEL_COLUMN, label, ("alert", GENERAL))
    marks = [shown[flag] for flag in _flags(summing, watched)]
    addresses = {FLAG.name: on(CHECKS, here(watched))}
    sheet.row_of_formulas(row, FIRST_OPTION, mark, at(addresses), marks, ("mark", GENERAL))


def _flags(summing: Summing, row: int) -> list[float]:
    values = summing.sheet.values
    return [values[f"{CHECKS}!{a1(row, column)}"] for column in summing.layout.option_columns]


def _set_widths(summing: Summing) -> None:
    entries, layout, sheet = summing.entries, summing.layout, summing.sheet
    lines = [entries.lines[name] for name in summing.rows.figures]
    labels = [line.label for line in lines]
    labels += [text.NEXT_VALUE.format(figure=label) for label in labels[:1]]
    needed = [shown_width(summing.figures(line), summing.pattern(line)) + 1 for line in lines]
    sheet.widths[LABEL_COLUMN] = frame.width(labels, frame.LABEL_WIDTH + 8, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.width((line.unit.spelling for line in lines), _UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths |= dict.fromkeys(layout.option_columns, min(max(_OPTION_WIDTH, *needed), frame.WIDEST_FIGURE))
