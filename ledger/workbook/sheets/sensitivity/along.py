"""The one-way table of the sheet Sensitivity: answers along the range of one input, and where two options meet."""

from __future__ import annotations

from unitledger.expression import Apply, Text, apply, equal, when
from unitledger.expression.table.statistics import INDEX
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.sensitivity.showing import PLAIN, Showing

_TOTAL: Style = ("total", GENERAL)
_LABEL_OF_TOTAL: Style = ("label_total", GENERAL)
_UNIT_OF_TOTAL: Style = ("unit_total", GENERAL)


def along(showing: Showing) -> None:
    """Put the values of the driver, the answers there, and where two options meet."""
    rows, there, cases, put = showing.rows, showing.scenarios.rows, showing.scenarios.cases, showing.grid.put
    fetched: Style = ("used", showing.pattern)

    def of_driver(column: Entry) -> Apply:
        return apply(INDEX, column.down(), there.driver)

    times = of_driver(rows.listed.times)
    put(rows.value.label, of_driver(rows.listed.label), _LABEL_OF_TOTAL)
    put(rows.value.unit, of_driver(rows.listed.unit), _UNIT_OF_TOTAL)
    put(rows.value, there.set_to * times, _TOTAL)
    put(rows.option.label, rows.selectors.analysed, frame.LABEL)
    put(rows.option, there.answer, fetched)
    if not cases.other_points:
        return
    put(rows.other.label, rows.selectors.compared, frame.LABEL)
    put(rows.other, there.answer.right(cases.to_other), fetched)
    put(rows.difference, there.difference, fetched)
    put(rows.driver_is.unit, of_driver(rows.listed.unit), frame.UNIT)
    put(rows.driver_is, apply(INDEX, there.driver_now.across(cases.base), there.analysed) * times, PLAIN)
    found, last = equal(there.found, 1), cases.steps[-1]
    put(rows.break_even.label, text.BREAK_EVEN, _LABEL_OF_TOTAL)
    put(rows.break_even.unit, of_driver(rows.listed.unit), _UNIT_OF_TOTAL)
    put(rows.break_even, when(found, there.set_to.at(last) * times, Text(text.NONE_BETWEEN)), _TOTAL)
    put(rows.remaining, when(found, there.difference.at(last), Text("")), PLAIN)
