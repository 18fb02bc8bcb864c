"""The sheet Inputs: what can be edited, one row per input, one column per option."""

from __future__ import annotations

from typing import Any

import attrs

from unitledger.expression import references
from unitledger.model import Assumption, Choice, Entries, Figure
from unitledger.units import quantity
from unitledger.workbook import text
from unitledger.workbook.address import fixed, on
from unitledger.workbook.formats import GENERAL, number_format, shown_width
from unitledger.workbook.layout import (
    CONSTANT_COLUMN,
    CONSTANTS,
    FIRST_OPTION,
    HEAD_OF_INPUTS,
    HEADING_ROW,
    INPUTS,
    LABEL_COLUMN,
    READ_ME,
    UNIT_COLUMN,
    Layout,
    input_name,
)
from unitledger.workbook.sheet import Sheet, Validation
from unitledger.workbook.sheets import frame
from unitledger.workbook.sheets.read_me import source_links

_OPTION_WIDTH = 11
# Excel shows no longer message beside a cell.
_LONGEST_MESSAGE = 255
_LARGEST = 9.99e307
_PROVENANCE = (text.LOW, text.HIGH, text.SOURCE, text.AS_OF, text.OWNER, text.NOTE)
_PROVENANCE_WIDTHS = (8, 8, 13, 10, 9, 26)


def inputs_sheet(entries: Entries, layout: Layout, values: dict[str, Any]) -> Sheet:
    """Return the sheet: stored figures, blank where an option takes the base option's."""
    alone = len(layout.options) == 1
    hint = text.INPUTS_HINT_ALONE if alone else text.INPUTS_HINT.format(base=entries.base)
    sheet = frame.begin(INPUTS, values, text.INPUTS_TITLE, hint)
    last = layout.after_options + len(_PROVENANCE)
    titles = [text.ASSUMPTION, text.UNIT, *layout.options, *_PROVENANCE]
    frame.headings(sheet, titles, range(FIRST_OPTION, layout.after_options + 2))
    frame.sections(sheet, layout.headings[INPUTS], last)
    sheet.names[HEAD_OF_INPUTS] = _across(layout, HEADING_ROW)
    sources = source_links(entries, linked=READ_ME in layout.sheets)
    figures = stated(entries)
    widest = [_OPTION_WIDTH, *_PROVENANCE_WIDTHS[:2]]
    for name, row in layout.inputs.items():
        target = entries.input(name)
        sheet.names[input_name(name)] = _across(layout, row)
        sheet.text(row, LABEL_COLUMN, target.label, frame.LABEL)
        if isinstance(target, Choice):
            _choice_row(sheet, entries, layout, target, row)
        else:
            widest = list(map(max, widest, _number_row(sheet, entries, layout, target, row)))
        frame.provenance(sheet, row, layout.after_options + 2, figures[name], sources)
    labels = (entries.inputs[name].label for name in layout.inputs)
    sheet.widths[LABEL_COLUMN] = frame.width(labels, frame.LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.width(_units(entries), frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    widths = [*widest[:1] * len(layout.options), *widest[1:], *_PROVENANCE_WIDTHS[2:]]
    sheet.widths |= {FIRST_OPTION + place: min(each, frame.WIDEST_FIGURE) for place, each in enumerate(widths[:-4])}
    sheet.widths |= {layout.after_options + 2 + place: each for place, each in enumerate(_PROVENANCE_WIDTHS[2:])}
    if not sources:
        sheet.widths[layout.after_options + 2] = frame.SPELLED_OUT_WIDTH
    sheet.protected = False
    return sheet


def stated(entries: Entries) -> dict[str, Figure]:
    """Return the base option's figure of each input; the note says so where no line, alert or advice uses the input."""
    formulas = (*(line.lowered for line in entries.lines.values()), *entries.conditions)
    used = {name for formula in formulas for name in references(formula)}
    found = {}
    for name, entry in entries.inputs.items():
        figure = entry.setting.figure
        if name not in used:
            figure = attrs.evolve(figure, note="; ".join(filter(None, (figure.note, text.UNUSED))))
        found[name] = figure
    return found


def _units(entries: Entries) -> list[str]:
    return [entry.unit.spelling for entry in entries.inputs.values() if isinstance(entry, Assumption)]


def _across(layout: Layout, row: int) -> str:
    """Return the address of a row's option cells."""
    return on(INPUTS, f"{fixed(row, FIRST_OPTION)}:{fixed(row, layout.after_options - 1)}")


def _number_row(sheet: Sheet, entries: Entries, layout: Layout, target: Assumption, row: int) -> tuple[int, int, int]:
    """Put an assumption's figures; return the widths that its options, low and high need."""
    base = target.setting
    settings = [entries.options[option].settings.get(target.name) for option in layout.options[1:]]
    own = [None if setting is None else float(setting.value) for setting in settings]
    figures = [float(base.value), *(figure for figure in own if figure is not None)]
    ends = [end for end in (base.low, base.high) if end is not None]
    pattern = number_format(target.unit, (*figures, *ends), exact=True)
    sheet.text(row, UNIT_COLUMN, target.unit.spelling, frame.UNIT)
    sheet.number(row, FIRST_OPTION, figures[0], ("input", pattern))
    for column, figure in enumerate(own, start=FIRST_OPTION + 1):
        if figure is None:
            sheet.blank(row, column, ("input", pattern))
        else:
            sheet.number(row, column, figure, ("input", pattern))
    for column, end in enumerate((base.low, base.high), start=layout.after_options):
        if end is not None:
            sheet.number(row, column, end, ("constant", pattern))
    _validate(sheet, entries, layout, row, _number_rule(target), asked=_asked_number(target))
    low, high = (1 + shown_width([end] if end is not None else [], pattern) for end in (base.low, base.high))
    return 1 + shown_width(figures, pattern), low, high


def _choice_row(sheet: Sheet, entries: Entries, layout: Layout, target: Choice, row: int) -> None:
    sheet.text(row, UNIT_COLUMN, text.CHOICE_UNIT, frame.UNIT)
    sheet.text(row, FIRST_OPTION, str(target.setting.value), ("choice", GENERAL))
    for column, option in enumerate(layout.options[1:], start=FIRST_OPTION + 1):
        setting = entries.options[option].settings.get(target.name)
        if setting is None:
            sheet.blank(row, column, ("choice", GENERAL))
        else:
            sheet.text(row, column, str(setting.value), ("choice", GENERAL))
    first = layout.lists[target.name]
    last = first + len(target.words) - 1
    source = on(CONSTANTS, f"{fixed(first, CONSTANT_COLUMN)}:{fixed(last, CONSTANT_COLUMN)}")
    asked = text.ASKED_WORD.format(words=", ".join(target.words))
    _validate(sheet, entries, layout, row, {"validate": "list", "source": f"={source}"}, asked=asked)


def _number_rule(target: Assumption) -> dict[str, Any]:
    least = -_LARGEST if target.minimum is None else target.minimum
    most = _LARGEST if target.maximum is None else target.maximum
    return {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": most}


def _asked_number(target: Assumption) -> str:
    least, most = (None if end is None else str(quantity(end, target.unit)) for end in (target.minimum, target.maximum))
    if least is not None and most is not None:
        limits = text.RANGE_BETWEEN.format(least=least, most=most)
    elif least is not None:
        limits = text.RANGE_LEAST.format(least=least)
    else:
        limits = "" if most is None else text.RANGE_MOST.format(most=most)
    return text.ASKED_NUMBER.format(unit=target.unit.spelling, range=limits)


def _validate(sheet: Sheet, entries: Entries, layout: Layout, row: int, rule: dict[str, Any], *, asked: str) -> None:
    """Check what is typed into a row's cells; only in other options than the base may a cell be empty."""
    cells = [((FIRST_OPTION, FIRST_OPTION), asked, False)]
    if len(layout.options) > 1:
        may = asked + text.MAY_BE_EMPTY.format(base=entries.base)
        cells.append(((FIRST_OPTION + 1, layout.after_options - 1), may, True))
    for columns, message, empty in cells:
        shown = message if len(message) <= _LONGEST_MESSAGE else f"{message[: _LONGEST_MESSAGE - 1]}…"
        told = {"input_message": shown, "error_message": shown, "error_title": text.REFUSED_TITLE}
        sheet.validations.append(Validation((row, row), columns, {**rule, **told, "ignore_blank": empty}))
