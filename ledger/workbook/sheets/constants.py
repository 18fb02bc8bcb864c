"""The sheet Constants: named constants, conversion factors, tolerance of checks, words of choices, units."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.compute import TOLERANCE
from unitledger.expression import TEXT
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook import text
from unitledger.workbook.address import fixed, on
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
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look.formats import GENERAL, SCIENTIFIC, number_format, shown_width
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.read_me import source_links

PERCENT = 100.0
"""What a share is multiplied by where a sentence states it in percent."""

_VALUE_WIDTH = 13
_TITLES = (text.CONSTANT, text.UNIT, text.VALUE, text.SOURCE, text.AS_OF, text.OWNER, text.NOTE)
_WIDTHS = {3: 20, 4: 10, 5: 9, 6: 34}


def constants_sheet(entries: Entries, layout: Layout, cells: LedgerCells) -> Sheet:
    """Return the sheet."""
    calendar = text.CALENDAR.format(calendar=entries.calendar.label)
    grid = cells.grids[CONSTANTS]
    sheet = frame.entitled(grid.sheet, text.CONSTANTS_TITLE, calendar)
    frame.headings(sheet, _TITLES, range(CONSTANT_COLUMN, CONSTANT_COLUMN + 1))
    sheet.names[HEAD_OF_CONSTANTS] = on(CONSTANTS, fixed(HEADING_ROW, CONSTANT_COLUMN))
    frame.sections(sheet, layout.headings[CONSTANTS], len(_TITLES))
    for row, label, unit, held, style in (*_numbers(entries, layout), *_texts(entries, layout)):
        grid.head(row, label, unit)
        grid.put(grid.entry(label, TEXT if isinstance(held, str) else DIMENSIONLESS, row, CONSTANT_COLUMN), held, style)
    sources = source_links(entries, layout)
    for name, row in layout.constants.items():
        frame.provenance(sheet, row, CONSTANT_COLUMN + 1, entries.constants[name].figure, sources)
    for row, step in {row: step for step, row in layout.factors.items()}.items():
        dated = {"year", "quarter", "month"} & {name for name, _ in step.unit.atoms}
        sheet.text(row, CONSTANT_COLUMN + 1, text.BY_CALENDAR if dated else text.BY_DEFINITION, frame.TEXT)
    for row, note in ((layout.tolerance, text.TOLERANCE_NOTE), (layout.percent, text.PERCENT_NOTE)):
        sheet.text(row, len(_TITLES) - 1, note, frame.REMARK)
    listed = [row for row, title in layout.headings[CONSTANTS].items() if title == text.UNITS_TO_TYPE]
    sheet.last_printed = min(listed, default=sheet.last_row + 2) - 2
    labels = [constant.label for constant in entries.constants.values()]
    labels += [step.label for step in layout.factors]
    sheet.widths[LABEL_COLUMN] = frame.width(labels, frame.LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.unit_width(_units(entries, layout), frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths[CONSTANT_COLUMN] = _value_width(entries, layout)
    sheet.widths |= _WIDTHS
    return sheet


_Row = tuple[int, str, str, float | str, Style]
"""Row, label, unit, what it holds and how that looks."""


def _numbers(entries: Entries, layout: Layout) -> Iterator[_Row]:
    """Yield constants, factors, and what checks and sentences need."""
    for name, row in layout.constants.items():
        constant = entries.constants[name]
        yield row, constant.label, *_figure(constant.unit, constant.magnitude)
    for row, step in {row: step for step, row in layout.factors.items()}.items():
        yield row, step.label, *_figure(step.unit, float(step.value))
    yield layout.tolerance, text.TOLERANCE, DIMENSIONLESS.spelling, TOLERANCE, ("constant", SCIENTIFIC)
    yield layout.percent, text.PERCENT, *_figure(DIMENSIONLESS, PERCENT)


def _figure(unit: Unit, number: float) -> tuple[str, float, Style]:
    return unit.spelling, number, ("constant", number_format(unit, [number], exact=True))


def _texts(entries: Entries, layout: Layout) -> Iterator[_Row]:
    """Yield words of choices, units that may be typed with their factors, and definitions of units."""
    word: Style = ("constant_word", GENERAL)
    for name, first in layout.lists.items():
        for place, held in enumerate(entries.choices[name].words):
            said = text.WORD.format(choice=entries.inputs[name].label, place=place + 1)
            yield first + place, said, text.CHOICE_UNIT, held, word
    listed = unit_lists(entries)
    for spelling, rows in layout.units.items():
        for row, (other, factor) in zip(rows, listed[spelling], strict=True):
            yield row, text.UNIT_IN.format(unit=spelling, other=other), other, factor, ("constant", GENERAL)
    for definition, row in layout.definitions.items():
        yield row, text.OWN_UNIT.format(name=definition.word), definition.group, definition.line, word


def _units(entries: Entries, layout: Layout) -> list[str]:
    constants = [constant.unit.spelling for constant in entries.constants.values()]
    constants += [step.unit.spelling for step in layout.factors]
    return constants + [other for listed in unit_lists(entries).values() for other, _ in listed]


def _value_width(entries: Entries, layout: Layout) -> int:
    figures = [(constant.unit, constant.magnitude) for constant in entries.constants.values()]
    figures += [(step.unit, float(step.value)) for step in layout.factors]
    needed = [shown_width([number], number_format(unit, [number], exact=True)) for unit, number in figures]
    needed += [len(word) for choice in entries.choices.values() for word in choice.words]
    needed += [len(definition.line) for definition in layout.definitions]
    return min(max([_VALUE_WIDTH, *(each + 1 for each in needed)]), frame.WIDEST_FIGURE)
