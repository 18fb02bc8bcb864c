"""The sheet Inputs: what can be edited, one row per input, one column per option."""

from __future__ import annotations

import attrs

from unitledger.expression import references
from unitledger.model import Assumption, Choice, Entries, Figure, conditions
from unitledger.workbook import text
from unitledger.workbook.address import fixed, on
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    FIRST_OPTION,
    HEAD_OF_INPUTS,
    HEADING_ROW,
    INPUTS,
    LABEL_COLUMN,
    SOURCE,
    UNIT_COLUMN,
    Layout,
    input_name,
    unit_lists,
)
from unitledger.workbook.look.formats import AS_TEXT, DATE, GENERAL, number_format, shown_width
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.inputs.history import put_history
from unitledger.workbook.sheets.inputs.rules import input_rules
from unitledger.workbook.sheets.read_me import source_links
from unitledger.workbook.stated.given import range_typed, row_unit, typed

_OPTION_WIDTH = 11
_RANGE_WIDTH = 8
_SOURCE_WIDTH = 13
_DAY_WIDTH = 11
_PROVENANCE = (text.SOURCE, text.AS_OF, text.OWNER, text.REVIEWED_BY, text.REVIEWED_ON, text.NOTE)
_NOTE_WIDTH = 26
REVIEW: tuple[Style, Style] = (("input_text", GENERAL), ("input_text", DATE))


def inputs_sheet(entries: Entries, layout: Layout, checks: Checks) -> Sheet:
    """Return the sheet: stored figures, blank where an option takes the base option's."""
    alone = len(layout.options) == 1
    hint = text.INPUTS_HINT_ALONE if alone else text.INPUTS_HINT.format(base=entries.base)
    sheet = frame.entitled(checks.cells.grids[INPUTS].sheet, text.INPUTS_TITLE, hint)
    titles = [text.ASSUMPTION, text.UNIT, *layout.options, text.LOW, text.HIGH, *_PROVENANCE]
    frame.headings(sheet, titles, range(FIRST_OPTION, layout.beside(SOURCE)))
    frame.sections(sheet, layout.headings[INPUTS], layout.changed_now + 1)
    sheet.names[HEAD_OF_INPUTS] = _across(layout, HEADING_ROW)
    sources = source_links(entries, layout)
    figures = stated(entries)
    idle = unused(entries)
    widest = [frame.heading_width(layout.options, _OPTION_WIDTH), _RANGE_WIDTH, _RANGE_WIDTH]
    styles: dict[str, Style] = {}
    for name, row in layout.inputs.items():
        target = entries.input(name)
        sheet.names[input_name(name)] = _across(layout, row)
        sheet.text(row, LABEL_COLUMN, target.label, ("label_unused" if name in idle else "label", GENERAL))
        if isinstance(target, Choice):
            _choice_row(sheet, entries, layout, target)
            widest[0] = max(widest[0], *(len(word) + 1 for word in target.words))
            styles[name] = ("used_word", GENERAL)
        else:
            pattern, widths = _number_row(sheet, entries, layout, target)
            widest = list(map(max, widest, widths))
            styles[name] = ("used", pattern)
        frame.provenance(sheet, row, layout.beside(SOURCE), figures[name], sources, review=REVIEW)
    input_rules(sheet, checks)
    labels = (entries.inputs[name].label for name in layout.inputs)
    units = (unit for listed in unit_lists(entries).values() for unit, _ in listed)
    sheet.widths[LABEL_COLUMN] = frame.width(labels, frame.LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.width(units, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    figure_widths = [widest[0]] * len(layout.options) + widest[1:]
    owner, reviewer = frame.people_widths(figures.values())
    sheet.widths |= {FIRST_OPTION + place: min(each, frame.WIDEST_FIGURE) for place, each in enumerate(figure_widths)}
    source = _SOURCE_WIDTH if sources else frame.SPELLED_OUT_WIDTH
    provenance = (source, _DAY_WIDTH, owner, reviewer, _DAY_WIDTH, _NOTE_WIDTH)
    sheet.widths |= {layout.beside(SOURCE) + place: each for place, each in enumerate(provenance)}
    put_history(sheet, checks, styles)
    sheet.protected = False
    return sheet


def unused(entries: Entries) -> set[str]:
    """Return the names of the inputs that no line, alert or advice uses."""
    formulas = (*(line.lowered for line in entries.lines.values()), *conditions(entries))
    return set(entries.inputs) - {name for formula in formulas for name in references(formula)}


def stated(entries: Entries) -> dict[str, Figure]:
    """Return the base option's figure of each input; the note says so where no line, alert or advice uses the input."""
    idle = unused(entries)
    found = {}
    for name, entry in entries.inputs.items():
        figure = entry.setting.figure
        if name in idle:
            figure = attrs.evolve(figure, note="; ".join(filter(None, (figure.note, text.UNUSED))))
        found[name] = figure
    return found


def _across(layout: Layout, row: int) -> str:
    """Return the address of a row's option cells."""
    return on(INPUTS, f"{fixed(row, FIRST_OPTION)}:{fixed(row, layout.after_options - 1)}")


def _number_row(sheet: Sheet, entries: Entries, layout: Layout, target: Assumption) -> tuple[str, tuple[int, int, int]]:
    """Put an assumption's figures; return their number format and the widths that options, low and high need."""
    row = layout.inputs[target.name]
    base, unit = target.setting, row_unit(entries, target)
    settings = [entries.options[option].settings.get(target.name) for option in layout.options[1:]]
    own = [None if setting is None else typed(entries, target, setting, unit) for setting in settings]
    figures = [typed(entries, target, base, unit), *(figure for figure in own if figure is not None)]
    stated_ends = range_typed(entries, target, unit)
    pattern = number_format(unit, (*figures, *(each for each in stated_ends if each is not None)), exact=True)
    sheet.text(row, UNIT_COLUMN, unit.spelling, ("input_text", GENERAL))
    for column, figure in enumerate((figures[0], *own, *stated_ends), start=FIRST_OPTION):
        if figure is None:
            sheet.blank(row, column, ("input", pattern))
        else:
            sheet.number(row, column, figure, ("input", pattern))
    low, high = (1 + shown_width([each] if each is not None else [], pattern) for each in stated_ends)
    return pattern, (1 + shown_width(figures, pattern), low, high)


def _choice_row(sheet: Sheet, entries: Entries, layout: Layout, target: Choice) -> None:
    row = layout.inputs[target.name]
    sheet.text(row, UNIT_COLUMN, text.CHOICE_UNIT, frame.UNIT)
    sheet.text(row, FIRST_OPTION, str(target.setting.value), ("choice", AS_TEXT))
    for column, option in enumerate(layout.options[1:], start=FIRST_OPTION + 1):
        setting = entries.options[option].settings.get(target.name)
        if setting is None:
            sheet.blank(row, column, ("choice", AS_TEXT))
        else:
            sheet.text(row, column, str(setting.value), ("choice", AS_TEXT))
