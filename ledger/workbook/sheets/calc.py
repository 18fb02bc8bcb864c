"""The sheet Calc: the inputs that are used, then every line; one formula per row, the same in every option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from unitledger.expression import TEXT, Apply, Area, Expression, Factor, Reference, Text, words
from unitledger.expression.table.arithmetic import EQUAL, IF
from unitledger.expression.table.statistics import MATCH
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.address import fixed, letters, on
from unitledger.workbook.formats import GENERAL, number_format, shown_width
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    CALC,
    CONSTANT_COLUMN,
    CONSTANTS,
    FACTOR,
    FIRST_OPTION,
    HEAD_OF_CALC,
    HEADING_ROW,
    INPUTS,
    LABEL_COLUMN,
    UNIT_COLUMN,
    Layout,
    answers,
    output_name,
)
from unitledger.workbook.sheet import Sheet, cell, here, of_line

_LABEL_WIDTH = 32
_UNIT_WIDTH = 19
_OPTION_WIDTH = 13
_GAP_WIDTH = 2
_WORDS_WIDTH = 62
_NOTE_WIDTH = 34


def calc_sheet(
    entries: Entries, layout: Layout, results: Mapping[str, Mapping[str, float]], values: dict[str, Any]
) -> Sheet:
    """Return the sheet; the cached values of its formulas are those of `results`."""
    sheet = frame.begin(CALC, values, text.CALC_TITLE, text.CALC_HINT)
    words_column = layout.after_options + 1
    noted = any(line.note for line in entries.lines.values())
    titles = [text.LINE, text.UNIT, *layout.options, "", text.IN_WORDS, *([text.NOTE] if noted else [])]
    frame.headings(sheet, titles, range(FIRST_OPTION, layout.after_options))
    frame.sections(sheet, layout.headings[CALC], len(titles))
    sheet.names[HEAD_OF_CALC] = _across(layout, HEADING_ROW)
    columns = [results[option] for option in layout.options]
    labels = {name: entries[name].label for name in (*layout.lines, *layout.inputs, *layout.constants)}
    label = labels.__getitem__
    locate = layout.on_calc
    put = sheet.text
    widest = frame.heading_width(layout.options, _OPTION_WIDTH) - 1
    for name in layout.used:
        figures = [column[name] for column in columns]
        widest = max(widest, _used_row(sheet, entries, layout, name, figures))
    for name, row in layout.lines.items():
        line = entries.lines[name]
        figures = [column[name] for column in columns]
        pattern = number_format(line.unit, figures)
        label_style, unit_style, style = _STYLES_OF_TOTAL if line.parts else _STYLES_OF_LINE
        put(row, LABEL_COLUMN, line.label, label_style)
        put(row, UNIT_COLUMN, line.unit.spelling, unit_style)
        with of_line(name):
            sheet.row_of_formulas(row, FIRST_OPTION, line.lowered, locate, figures, (style, pattern))
        said = words(line.lowered, label)
        put(row, words_column, said, _WORDS)
        if line.note:
            put(row, words_column + 1, line.note, _WORDS)
        widest = max(widest, shown_width(figures, pattern))
    for name in answers(entries):
        sheet.names[output_name(name)] = _across(layout, layout.lines[name])
    _set_widths(sheet, layout, entries.lines.values(), min(widest + 1, frame.WIDEST_FIGURE))
    return sheet


_WORDS = ("words", GENERAL)
_STYLES_OF_LINE = (frame.LABEL, frame.UNIT, "number")
_STYLES_OF_TOTAL = (("label_total", GENERAL), ("unit_total", GENERAL), "total")


def used_formula(entries: Entries, layout: Layout, name: str, factor: str = "") -> Expression:
    """Return what fetches an input for the option of its column, over references to cells of Inputs.

    The names of the references are addresses for `Sheet.row_of_formulas` with `located` as locator: the option's own
    cell, or the base option's where that is empty, times the `factor` (its address, that on Inputs unless told) of the
    unit that figures are typed in; of a choice the place of the word.
    """
    target = entries.input(name)
    kind = TEXT if isinstance(target, Choice) else target.unit
    row = layout.inputs[name]
    own = Reference(on(INPUTS, here(row)), kind)
    base = Reference(on(INPUTS, f"${letters(FIRST_OPTION)}{row + 1}"), kind)
    found: Expression = own
    if len(layout.options) > 1:
        found = Apply(IF, (Apply(EQUAL, (own, Text(""))), base, own))
    if isinstance(target, Choice):
        first = layout.lists[name]
        rows = range(first, first + len(target.words))
        listed = Area(tuple(cell(CONSTANTS, row, CONSTANT_COLUMN, TEXT) for row in rows))
        return Apply(MATCH, (found, listed))
    return found * Reference(factor or factor_address(layout, row), DIMENSIONLESS)


def factor_address(layout: Layout, row: int) -> str:
    """Return the address on Inputs of a row's factor from the unit typed to the ledger's."""
    return on(INPUTS, f"${letters(layout.beside(FACTOR))}{row + 1}")


def located(leaf: Reference | Factor) -> str:
    """Return the address that a reference made by `used_formula` bears as its name."""
    assert isinstance(leaf, Reference), "fetching an input needs no conversion factor"
    return leaf.name


def _used_row(sheet: Sheet, entries: Entries, layout: Layout, name: str, figures: Sequence[float]) -> int:
    """Put an input's row; return the width that its figures need."""
    target = entries.input(name)
    row = layout.used[name]
    unit = DIMENSIONLESS if isinstance(target, Choice) else target.unit
    said = text.USED_WORDS_ALONE if len(layout.options) == 1 else text.USED_WORDS.format(base=entries.base)
    if isinstance(target, Choice):
        said = text.USED_CHOICE_WORDS.format(words=", ".join(target.words))
    pattern = number_format(unit, figures, exact=True)
    sheet.text(row, LABEL_COLUMN, target.label, frame.LABEL)
    sheet.text(row, UNIT_COLUMN, unit.spelling, frame.UNIT)
    formula = used_formula(entries, layout, name)
    sheet.row_of_formulas(row, FIRST_OPTION, formula, located, figures, ("used", pattern))
    sheet.text(row, layout.after_options + 1, said, _WORDS)
    return shown_width(figures, pattern)


def _across(layout: Layout, row: int) -> str:
    return on(CALC, f"{fixed(row, FIRST_OPTION)}:{fixed(row, layout.after_options - 1)}")


def _set_widths(sheet: Sheet, layout: Layout, lines: Any, option: int) -> None:
    found = list(lines)
    sheet.widths[LABEL_COLUMN] = frame.width((line.label for line in found), _LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.width((line.unit.spelling for line in found), _UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths |= dict.fromkeys(layout.option_columns, option)
    sheet.widths[layout.after_options] = _GAP_WIDTH
    sheet.widths[layout.after_options + 1] = _WORDS_WIDTH
    if any(line.note for line in found):
        sheet.widths[layout.after_options + 2] = _NOTE_WIDTH
