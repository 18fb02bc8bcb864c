"""The one-way table of the sheet Sensitivity: answers along the range of one input, and where two options meet."""

from __future__ import annotations

from unitledger.expression import Text, absolute, equal, maximum, when
from unitledger.workbook import text
from unitledger.workbook.grid import frame
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.places import POINTS
from unitledger.workbook.sheets.sensitivity.showing import Showing

_LABEL_OF_TOTAL: Style = ("label_total", GENERAL)
_UNIT_OF_TOTAL: Style = ("unit_total", GENERAL)


def along(showing: Showing) -> None:
    """Put the values of the driver, the answers there, and where two options meet, on the line between two points."""
    rows, there, put = showing.rows, showing.there, showing.grid.put
    driver = showing.study.driver
    assert driver is not None
    label, unit = rows.value_label
    total: Style = ("total", showing.points_pattern)
    low, high = (there.ends[driver].at(end) for end in (said.LOW, said.HIGH))
    put(rows.value.label, label, _LABEL_OF_TOTAL)
    put(rows.value.unit, unit, _UNIT_OF_TOTAL)
    put(rows.value, low + (high - low) * there.step / there.step.at(POINTS[-1]), total)
    put(rows.option.label, rows.analysed, frame.LABEL)
    if rows.compared is None:
        return
    put(rows.other.label, rows.compared, frame.LABEL)
    one, other, allowed = rows.option, rows.other, showing.varying.again.cells.tolerance
    apart = when(absolute(one - other) <= allowed * maximum(absolute(one), absolute(other)), 0, one - other)
    put(rows.difference, apart, ("number", showing.pattern))
    put(rows.break_even.label, text.BREAK_EVEN, _LABEL_OF_TOTAL)
    put(rows.break_even.unit, unit, _UNIT_OF_TOTAL)
    share = there.left_difference / (there.left_difference - there.right_difference)
    met = there.left + (there.right - there.left) * share
    put(rows.break_even, when(equal(there.found, 1), met, Text(text.NONE_BETWEEN)), total)
