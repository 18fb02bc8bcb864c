"""The sheet Reconciliation: published figures beside the workbook's own, with a verdict on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from unitledger.expression import Apply, Reference, absolute, maximum, sentence, when
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, Unit, magnitude, quantity
from unitledger.workbook import text
from unitledger.workbook.formats import GENERAL, number_format, shown_width
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    CALC,
    CONSTANT_COLUMN,
    CONSTANTS,
    FIRST_OPTION,
    FIRST_ROW,
    HINT_ROW,
    LABEL_COLUMN,
    RECONCILIATION,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.published import Bound, Published
from unitledger.workbook.sheet import Highlight, Sheet, Style, cell
from unitledger.workbook.sheets.freshness import put_freshness

OPTION, PRINTED, COMPUTED, DIFFERENCE, ROUNDING, VERDICT, NOTE, CASE = range(2, 10)

_FIGURE_WIDTH = 13
_WIDTHS = {OPTION: 13, ROUNDING: 11, VERDICT: 14, NOTE: 60, CASE: 28}
_WORDS: Style = ("words", GENERAL)
_ROUNDED = "0.0%"


def reconciliation_sheet(
    entries: Entries, layout: Layout, published: Sequence[Published], values: dict[str, Any]
) -> Sheet:
    """Return the sheet, one row per figure, in the units of the ledger; without cells if nothing is published.

    Constants, Calc and Checks must have been built. A figure of an option that the workbook lacks is left out.
    """
    shown = [figure for figure in published if figure.option in layout.options]
    if not shown:
        return Sheet(RECONCILIATION, values)
    sheet = frame.begin(RECONCILIATION, values, text.RECONCILIATION_TITLE, text.RECONCILIATION_HINT)
    titles = [text.LINE, text.UNIT, text.OPTION, text.PUBLISHED, text.COMPUTED, text.DIFFERENCE]
    titles += [text.ROUNDING, text.VERDICT, text.NOTE, text.CASE]
    frame.headings(sheet, titles, range(PRINTED, VERDICT))
    sheet.freeze = (FIRST_ROW, OPTION + 1)
    widest = max(_put_figure(sheet, row, entries, layout, figure) for row, figure in enumerate(shown, start=FIRST_ROW))
    put_freshness(sheet, HINT_ROW, COMPUTED, entries, layout)
    rows = (FIRST_ROW, FIRST_ROW + len(shown) - 1)
    for verdict in (text.DIFFERS, text.DOES_NOT_HOLD):
        sheet.highlights.append(Highlight(rows, (VERDICT, VERDICT), verdict, ("warn", GENERAL)))
    sheet.widths |= _WIDTHS
    sheet.widths[LABEL_COLUMN] = frame.LABEL_WIDTH
    sheet.widths[UNIT_COLUMN] = frame.UNIT_WIDTH
    sheet.widths |= dict.fromkeys((PRINTED, COMPUTED, DIFFERENCE), max(_FIGURE_WIDTH, min(widest, frame.WIDEST_FIGURE)))
    return sheet


def _put_figure(sheet: Sheet, row: int, entries: Entries, layout: Layout, figure: Published) -> int:
    """Put one figure; return the width that its numbers need."""
    entry = entries[figure.name]
    assert not isinstance(entry, Choice), "a word is no published figure"
    unit, source = entry.unit, Unit.parse(figure.unit)

    def converted(stored: float) -> float:
        return magnitude(quantity(stored, source), unit, entries.calendar)

    computed = converted(figure.computed)
    printed = None if figure.published is None else converted(figure.published)
    known = [number for number in (printed, computed) if number is not None]
    pattern = number_format(unit, known)
    sheet.text(row, LABEL_COLUMN, entry.label, frame.LABEL)
    sheet.text(row, UNIT_COLUMN, unit.spelling, frame.UNIT)
    sheet.text(row, OPTION, figure.option, frame.TEXT)
    if figure.settings:
        sheet.number(row, COMPUTED, computed, ("constant", pattern))
    else:
        sheet.formula(row, COMPUTED, _there(layout, figure), ("used", pattern))
    if printed is None or figure.rounding is None:
        sheet.text(row, VERDICT, text.NOT_PUBLISHED, frame.UNIT)
    else:
        sheet.number(row, PRINTED, printed, ("constant", pattern))
        sheet.number(row, ROUNDING, figure.rounding, ("constant", _ROUNDED))
        sheet.formula(row, DIFFERENCE, _difference(layout, row), ("number", pattern))
        sheet.formula(row, VERDICT, _verdict(row, figure.bound), frame.TEXT)
    note = text.VARIANT.format(settings=figure.settings, note=figure.note) if figure.settings else figure.note
    sheet.text(row, NOTE, note, frame.REMARK)
    sheet.text(row, CASE, figure.case, _WORDS)
    return shown_width(known, pattern) + 1


def _there(layout: Layout, figure: Published) -> Reference:
    row = layout.lines.get(figure.name, layout.used.get(figure.name))
    if row is None:
        return cell(CONSTANTS, layout.constants[figure.name], CONSTANT_COLUMN, DIMENSIONLESS)
    return cell(CALC, row, FIRST_OPTION + layout.options.index(figure.option), DIMENSIONLESS)


def _own(row: int, column: int) -> Reference:
    return cell(RECONCILIATION, row, column, DIMENSIONLESS, moves=True)


def _difference(layout: Layout, row: int) -> Apply:
    printed, computed = _own(row, PRINTED), _own(row, COMPUTED)
    tolerance = cell(CONSTANTS, layout.tolerance, CONSTANT_COLUMN, DIMENSIONLESS)
    same = absolute(computed - printed) <= tolerance * maximum(absolute(computed), absolute(printed))
    return when(same, 0, computed - printed)


def _verdict(row: int, bound: Bound) -> Apply:
    """Compare the difference with the rounding of the print; a bound may be missed on one side."""
    distance = _own(row, COMPUTED) - _own(row, PRINTED)
    allowed = _own(row, ROUNDING) * absolute(_own(row, PRINTED))
    met = {"at most": distance, "at least": -distance}.get(bound, absolute(distance)) <= allowed
    yes, no = (text.HOLDS, text.DOES_NOT_HOLD) if bound else (text.AGREES, text.DIFFERS)
    return when(met, sentence(yes), sentence(no))
