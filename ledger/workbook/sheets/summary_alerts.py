"""What a reader of Summary must know beside the figures: alerts by option, inputs outside their range, exclusions."""

from __future__ import annotations

from collections.abc import Callable

from unitledger.expression import Expression, Text, equal, fixed, sentence, total, when
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.address import fixed as stays
from unitledger.workbook.check_rows import UNITS_ALONE_COUNT, CheckRows, check_rows
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import ALERTS_ROW, CHECKS, FIRST_OPTION, LABEL_COLUMN, STATUS_COLUMN, UNIT_COLUMN
from unitledger.workbook.printing import at, put, symbol
from unitledger.workbook.sheet import Highlight, Style, here
from unitledger.workbook.sheets.summary_answer import Summing
from unitledger.workbook.sheets.summary_rows import Marked, watched

FLAG = symbol("alert in the option")
EMPTY = Text("")
ANY_ALERT = when(equal(FLAG, 0), sentence(text.NO_ALERT), sentence(text.ALERTS_THAT_APPLY, fixed(FLAG, 0)))
APPLIES = when(equal(FLAG, 0), EMPTY, sentence(text.APPLIES))
HOW_MANY = when(equal(FLAG, 0), EMPTY, fixed(FLAG, 0))
HOW_MANY_OF_THEM = when(equal(total(FLAG), 0), EMPTY, fixed(total(FLAG), 0))

_SAID: Style = ("alert", GENERAL)
_MARK: Style = ("mark", GENERAL)


def put_alerts(summing: Summing) -> None:
    """Put how many alerts apply, what is watched and in which options it applies, and inputs outside their range."""
    rows, sheet = summing.rows, summing.sheet
    checks = check_rows(summing.entries, summing.layout)
    alerts = on(CHECKS, stays(ALERTS_ROW, STATUS_COLUMN))
    count = sheet.values[f"{CHECKS}!{a1(ALERTS_ROW, STATUS_COLUMN)}"]
    cached = f"{text.ALERTS_THAT_APPLY}{count:,.0f}" if count else text.NO_ALERT
    summing.band(rows.counted, "")
    put(sheet, rows.counted, LABEL_COLUMN, ANY_ALERT, {FLAG.name: alerts}, cached=cached, style=frame.SECTION)
    for name, said in watched(summing.entries).items():
        put_marked(summing, rows.alerts[name], said, UNIT_COLUMN)
        _put_marks(summing, rows.alerts[name], checks.alerts[name], APPLIES, lambda flag: text.APPLIES if flag else "")
    if rows.implausible is not None:
        put_marked(summing, rows.implausible, text.IMPLAUSIBLE, UNIT_COLUMN)
        _put_implausible(summing, rows.implausible, checks)
    if rows.outside is not None:
        put_marked(summing, rows.outside, text.OUTSIDE_RANGE, UNIT_COLUMN)
        _put_marks(summing, rows.outside, checks.outside, HOW_MANY, lambda flag: f"{flag:,.0f}" if flag else "")
    if rows.units is not None:
        put_marked(summing, rows.units, text.UNITS_ALONE_LISTED, UNIT_COLUMN)
        flag = {FLAG.name: on(CHECKS, stays(UNITS_ALONE_COUNT, STATUS_COLUMN))}
        put(sheet, rows.units.marks, FIRST_OPTION, HOW_MANY, flag, cached="", style=_MARK)
    for marked in rows.alerts.values():
        place = (marked.marks, marked.marks), (FIRST_OPTION, summing.last_column)
        sheet.highlights.append(Highlight(*place, text.APPLIES, ("warn", GENERAL)))


def put_exclusions(summing: Summing) -> None:
    """Put what the figures leave out, if anything."""
    excluded = summing.rows.excluded
    if excluded:
        summing.band(min(excluded) - 1, text.EXCLUDED)
    for row, left_out in excluded.items():
        summing.sheet.text(row, LABEL_COLUMN, left_out, _SAID)
        summing.say(row, _SAID, [left_out], summing.rows.last_column)


def put_marked(summing: Summing, place: Marked, said: str, beside: int) -> None:
    """Put a text beside its marks, where it has the columns up to `beside`, or over the whole table above them."""
    summing.sheet.text(place.said, LABEL_COLUMN, said, _SAID)
    summing.say(place.said, _SAID, [said], beside if place.said == place.marks else summing.rows.last_column)


def _put_marks(summing: Summing, place: Marked, watched: int, mark: Expression, shown: Callable[[float], str]) -> None:
    """Put a mark per option; `watched`: the row of flags on Checks."""
    marks = [shown(flag) for flag in _flags(summing, watched)]
    addresses = {FLAG.name: on(CHECKS, here(watched))}
    summing.sheet.row_of_formulas(place.marks, FIRST_OPTION, mark, at(addresses), marks, _MARK)


def _put_implausible(summing: Summing, place: Marked, checks: CheckRows) -> None:
    """Put how many lines are not plausible in each option."""
    watching = [checks.alerts[alert.name] for alert in summing.entries.alerts if alert.line]
    counts = map(sum, zip(*(_flags(summing, row) for row in watching), strict=True))
    marks = [f"{count:,.0f}" if count else "" for count in counts]
    address = {FLAG.name: on(CHECKS, f"{here(min(watching))}:{here(max(watching))}")}
    summing.sheet.row_of_formulas(place.marks, FIRST_OPTION, HOW_MANY_OF_THEM, at(address), marks, _MARK)


def _flags(summing: Summing, row: int) -> list[float]:
    values = summing.sheet.values
    return [values[f"{CHECKS}!{a1(row, column)}"] for column in summing.layout.option_columns]
