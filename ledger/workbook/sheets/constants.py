"""The sheet Constants: named constants, conversion factors, tolerance of checks, words of choices, units."""

from __future__ import annotations

from typing import Any

from unitledger.compute import TOLERANCE
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, Step
from unitledger.workbook import text
from unitledger.workbook.address import fixed, on
from unitledger.workbook.formats import GENERAL, SCIENTIFIC, number_format, shown_width
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    CONSTANT_COLUMN,
    CONSTANTS,
    HEAD_OF_CONSTANTS,
    HEADING_ROW,
    LABEL_COLUMN,
    UNIT_COLUMN,
    Layout,
    unit_lists,
)
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.read_me import source_links

PERCENT = 100.0
"""What a share is multiplied by where a sentence states it in percent."""

_VALUE_WIDTH = 13
_TITLES = (text.CONSTANT, text.UNIT, text.VALUE, text.SOURCE, text.AS_OF, text.OWNER, text.NOTE)
_WIDTHS = {3: 20, 4: 10, 5: 9, 6: 34}


def constants_sheet(entries: Entries, layout: Layout, values: dict[str, Any]) -> Sheet:
    """Return the sheet."""
    calendar = text.CALENDAR.format(calendar=entries.calendar.label)
    sheet = frame.begin(CONSTANTS, values, text.CONSTANTS_TITLE, calendar)
    frame.headings(sheet, _TITLES, range(CONSTANT_COLUMN, CONSTANT_COLUMN + 1))
    sheet.names[HEAD_OF_CONSTANTS] = on(CONSTANTS, fixed(HEADING_ROW, CONSTANT_COLUMN))
    frame.sections(sheet, layout.headings[CONSTANTS], len(_TITLES))
    sources = source_links(entries, layout)
    for name, row in layout.constants.items():
        constant = entries.constants[name]
        pattern = number_format(constant.unit, [constant.magnitude], exact=True)
        _row(sheet, row, constant.label, constant.unit.spelling, constant.magnitude, pattern=pattern)
        frame.provenance(sheet, row, CONSTANT_COLUMN + 1, constant.figure, sources)
    for row, step in {row: step for step, row in layout.factors.items()}.items():
        _factor_row(sheet, row, step)
    _row(sheet, layout.tolerance, text.TOLERANCE, DIMENSIONLESS.spelling, TOLERANCE, pattern=SCIENTIFIC)
    sheet.text(layout.tolerance, len(_TITLES) - 1, text.TOLERANCE_NOTE, frame.REMARK)
    _row(
        sheet,
        layout.percent,
        text.PERCENT,
        DIMENSIONLESS.spelling,
        PERCENT,
        pattern=number_format(DIMENSIONLESS, [PERCENT]),
    )
    sheet.text(layout.percent, len(_TITLES) - 1, text.PERCENT_NOTE, frame.REMARK)
    for name, first in layout.lists.items():
        choice = entries.input(name)
        assert isinstance(choice, Choice)
        for place, word in enumerate(choice.words):
            said = text.WORD.format(choice=choice.label, place=place + 1)
            sheet.text(first + place, LABEL_COLUMN, said, frame.LABEL)
            sheet.text(first + place, UNIT_COLUMN, text.CHOICE_UNIT, frame.UNIT)
            sheet.text(first + place, CONSTANT_COLUMN, word, ("constant_word", GENERAL))
    listed = unit_lists(entries)
    for spelling, rows in layout.units.items():
        for row, (other, factor) in zip(rows, listed[spelling], strict=True):
            said = text.UNIT_IN.format(unit=spelling, other=other)
            _row(sheet, row, said, other, factor, pattern=GENERAL)
    for definition, row in layout.definitions.items():
        sheet.text(row, LABEL_COLUMN, text.OWN_UNIT.format(name=definition.word), frame.LABEL)
        sheet.text(row, UNIT_COLUMN, definition.group, frame.UNIT)
        sheet.text(row, CONSTANT_COLUMN, definition.line, ("constant_word", GENERAL))
    labels = [constant.label for constant in entries.constants.values()]
    labels += [step.label for step in layout.factors]
    sheet.widths[LABEL_COLUMN] = frame.width(labels, frame.LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.width(_units(entries, layout), frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths[CONSTANT_COLUMN] = _value_width(entries, layout)
    sheet.widths |= _WIDTHS
    return sheet


def _row(sheet: Sheet, row: int, label: str, unit: str, number: float, *, pattern: str) -> None:
    sheet.text(row, LABEL_COLUMN, label, frame.LABEL)
    sheet.text(row, UNIT_COLUMN, unit, frame.UNIT)
    sheet.number(row, CONSTANT_COLUMN, number, ("constant", pattern))


def _factor_row(sheet: Sheet, row: int, step: Step) -> None:
    number = float(step.value)
    _row(sheet, row, step.label, step.unit.spelling, number, pattern=number_format(step.unit, [number], exact=True))
    dated = {"year", "quarter", "month"} & {name for name, _ in step.unit.atoms}
    sheet.text(row, CONSTANT_COLUMN + 1, text.BY_CALENDAR if dated else text.BY_DEFINITION, frame.TEXT)


def _units(entries: Entries, layout: Layout) -> list[str]:
    constants = [constant.unit.spelling for constant in entries.constants.values()]
    constants += [step.unit.spelling for step in layout.factors]
    return constants + [other for listed in unit_lists(entries).values() for other, _ in listed]


def _value_width(entries: Entries, layout: Layout) -> int:
    figures = [(constant.unit, constant.magnitude) for constant in entries.constants.values()]
    figures += [(step.unit, float(step.value)) for step in layout.factors]
    needed = [shown_width([number], number_format(unit, [number], exact=True)) for unit, number in figures]
    needed += [len(word) for name in layout.lists for word in _words(entries, name)]
    needed += [len(definition.line) for definition in layout.definitions]
    return min(max([_VALUE_WIDTH, *(each + 1 for each in needed)]), frame.WIDEST_FIGURE)


def _words(entries: Entries, name: str) -> tuple[str, ...]:
    choice = entries.input(name)
    return choice.words if isinstance(choice, Choice) else ()
