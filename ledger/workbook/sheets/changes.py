"""The sheet Changes: every figure that an option sets differently, with its own range and provenance."""

from __future__ import annotations

from typing import Any

from unitledger.model import Assumption, Entries, Setting
from unitledger.workbook import text
from unitledger.workbook.formats import GENERAL, number_format, shown_width
from unitledger.workbook.layout import CHANGES, FIRST_ROW, LABEL_COLUMN, Layout
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets import frame
from unitledger.workbook.sheets.read_me import source_links

_OPTION, _UNIT, _BASE, _VALUE, LOW, HIGH, _SOURCE = range(1, 8)
_FIGURE_WIDTH = 13
_WIDTHS = {_SOURCE: 13, _SOURCE + 1: 10, _SOURCE + 2: 9, _SOURCE + 3: 34}


def changes_sheet(entries: Entries, layout: Layout, values: dict[str, Any]) -> Sheet:
    """Return the sheet, one row per override in the order of options; without cells if there is none."""
    sheet = Sheet(CHANGES, values)
    rows = setting_rows(entries)
    if not rows:
        return sheet
    sheet = frame.begin(CHANGES, values, text.CHANGES_TITLE.format(base=entries.base))
    titles = [text.INPUT, text.OPTION, text.UNIT, text.BASE_VALUE.format(base=entries.base), text.OPTION_VALUE]
    titles += [text.LOW, text.HIGH, text.SOURCE, text.AS_OF, text.OWNER, text.NOTE]
    frame.headings(sheet, titles, range(_BASE, _SOURCE))
    sheet.freeze = (FIRST_ROW, _OPTION + 1)
    sources = source_links(entries)
    widest = _FIGURE_WIDTH
    for (option, name), row in rows.items():
        target, setting = entries.input(name), entries.options[option].settings[name]
        sheet.text(row, LABEL_COLUMN, target.label, frame.LABEL)
        sheet.text(row, _OPTION, option, frame.TEXT)
        if isinstance(target, Assumption):
            widest = max(widest, _figures(sheet, row, target, setting))
        else:
            sheet.text(row, _UNIT, text.CHOICE_UNIT, frame.UNIT)
            sheet.text(row, _BASE, str(target.setting.value), ("constant_word", GENERAL))
            sheet.text(row, _VALUE, str(setting.value), ("constant_word", GENERAL))
        frame.provenance(sheet, row, _SOURCE, setting.figure, sources)
    labels = (entries.input(name).label for _, name in rows)
    sheet.widths[LABEL_COLUMN] = frame.width(labels, frame.LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[_OPTION] = frame.width(layout.options, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths[_UNIT] = frame.UNIT_WIDTH
    sheet.widths |= dict.fromkeys(range(_BASE, _SOURCE), min(widest, frame.WIDEST_FIGURE))
    sheet.widths |= _WIDTHS
    return sheet


def setting_rows(entries: Entries) -> dict[tuple[str, str], int]:
    """Return the row of each figure that an option sets differently, by option and input."""
    rows = ((option.name, name) for option in entries.options.values() for name in option.settings)
    return {changed: row for row, changed in enumerate(rows, start=FIRST_ROW)}


def _figures(sheet: Sheet, row: int, target: Assumption, setting: Setting) -> int:
    """Put the base option's figure, the option's and its range; return the width that they need."""
    sheet.text(row, _UNIT, target.unit.spelling, frame.UNIT)
    figures = [float(target.setting.value), float(setting.value), setting.low, setting.high]
    known = [figure for figure in figures if figure is not None]
    pattern = number_format(target.unit, known, exact=True)
    for column, figure in enumerate(figures, start=_BASE):
        if figure is not None:
            sheet.number(row, column, figure, ("constant", pattern))
    return shown_width(known, pattern) + 1
