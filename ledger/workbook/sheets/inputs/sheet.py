"""The sheet Inputs: what can be edited, one row per input, one column per option."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from unitledger.expression import references, sentence
from unitledger.model import Assumption, Choice, Entries, Figure, Input, conditions, formulas, own_settings, precedents
from unitledger.workbook import text
from unitledger.workbook.address import fixed, on
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.layout import (
    FIRST_OPTION,
    HEAD_OF_INPUTS,
    HEADING_ROW,
    INPUTS,
    LABEL_COLUMN,
    REVIEWED_BY,
    SOURCE,
    UNIT_COLUMN,
    Layout,
    Own,
    input_name,
)
from unitledger.workbook.look.formats import AS_TEXT, DATE, GENERAL, number_format, shown_width
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.checks.rows import Checks
from unitledger.workbook.sheets.input_units import by_unit, factor
from unitledger.workbook.sheets.inputs import text as said
from unitledger.workbook.sheets.inputs.rules import input_rules
from unitledger.workbook.stated.given import Ends, range_typed, row_unit, typed

_LEAST_LABEL, _LEAST_UNIT, _WIDEST_UNIT = 24, 13, 20
_OPTION_WIDTH = 11
_RANGE_WIDTH = 8
_OWNER_WIDTHS = 9, 13
# As of, reviewed by, reviewed on, factor.
_DAY_WIDTH, _REVIEWER_WIDTH, _FACTOR_WIDTH = 10, 9, 8
# Sources and notes share what the other columns leave of a screen, in pixels; a digit takes so many. On paper they have
# a page of their own where they do not fit on the largest, in characters, beside the others.
_LEAST_TEXT, _WIDEST_TEXT, _TEXT_APART, _LARGEST_PAGE = 12, 26, 40, 252
_SCREEN, _DIGIT, _PADDING = 1400, 7, 5

_BESIDE = (text.LOW, text.HIGH, text.SOURCE, text.AS_OF, text.OWNER, text.NOTE, said.REVIEWED_BY, said.REVIEWED_ON)


def inputs_sheet(entries: Entries, layout: Layout, checks: Checks) -> Sheet:
    """Return the sheet: figures as they are typed, and that of the base option where an option has none of its own."""
    hint = said.HINT_ALONE if len(layout.options) == 1 else said.HINT
    cells, grid = checks.cells, checks.cells.grids[INPUTS]
    sheet = frame.entitled(grid.sheet, said.TITLE, hint)
    titles = [text.ASSUMPTION, text.UNIT, *[None] * len(layout.options), *_BESIDE, said.FACTOR]
    frame.headings(sheet, titles, range(FIRST_OPTION, layout.beside(SOURCE)))
    grid.put(cells.headings, lambda _, option: option, ("heading_input", AS_TEXT))
    frame.sections(sheet, layout.headings[INPUTS], len(titles))
    sheet.names[HEAD_OF_INPUTS] = _across(layout, HEADING_ROW)
    idle = unused(entries)
    figures = stated(entries)
    widest = frame.heading_width(layout.options, _OPTION_WIDTH), _RANGE_WIDTH
    for name, row in layout.inputs.items():
        target = entries.input(name)
        sheet.names[input_name(name)] = _across(layout, row)
        sheet.text(row, LABEL_COLUMN, target.label, ("label_unused" if name in idle else "label", GENERAL))
        put_stated(sheet, row, layout.beside(SOURCE), figures[name])
        needed = _number_row(checks, target) if isinstance(target, Assumption) else _choice_row(checks, target)
        widest = max(widest[0], needed[0]), max(widest[1], needed[1])
    for (name, option), row in layout.own.items():
        label = sentence(text.OWN.format(label=entries.inputs[name].label), cells.headings.at(option))
        with grid.mapped("own"):
            grid.put(cells.own_low.label, label, ("own", GENERAL), rows=[(name, option)])
        put_stated(sheet, row, layout.beside(SOURCE), entries.options[option].settings[name].figure)
    input_rules(sheet, checks)
    _put_factors(checks)
    _set_widths(sheet, checks, *widest)
    sheet.protected = False
    return sheet


def put_stated(sheet: Sheet, row: int, column: int, figure: Figure) -> None:
    """Put provenance, note and review of a figure from `column` on."""
    frame.provenance(sheet, row, column, figure)
    by = column + REVIEWED_BY - SOURCE
    if figure.reviewed_by:
        sheet.text(row, by, figure.reviewed_by, ("open_text", GENERAL))
    else:
        sheet.blank(row, by, ("open_text", GENERAL))
    if figure.reviewed_on:
        sheet.date(row, by + 1, figure.reviewed_on, ("open_text", DATE))
    else:
        sheet.blank(row, by + 1, ("open_text", DATE))


def unused(entries: Entries) -> set[str]:
    """Return the names of the inputs that no line, alert or advice uses."""
    idle = set(entries.inputs).difference(*map(references, conditions(entries)))
    for name in formulas(entries):
        if not idle:
            break
        idle.difference_update(precedents(entries, name))
    return idle


def stated(entries: Entries) -> dict[str, Figure]:
    """Return the base option's figure of each input; the note says so where no line, alert or advice uses the input."""
    idle = unused(entries)
    found = {}
    for name, entry in entries.inputs.items():
        figure = entry.setting.figure
        if name in idle:
            figure = attrs.evolve(figure, note="; ".join(filter(None, (figure.note, said.UNUSED))))
        found[name] = figure
    return found


def _across(layout: Layout, row: int) -> str:
    """Return the address of a row's option cells."""
    return on(INPUTS, f"{fixed(row, FIRST_OPTION)}:{fixed(row, layout.after_options - 1)}")


def _number_row(checks: Checks, target: Assumption) -> tuple[int, int]:
    """Put an assumption's figures and ranges; return the widths that the columns of options and of ends need."""
    entries, cells, layout, name = checks.entries, checks.cells, checks.layout, target.name
    put, unit = cells.grids[INPUTS].put, row_unit(entries, target)
    settings = own_settings(entries, name)
    figures = {option: typed(entries, target, setting, unit) for option, setting in settings.items()}
    held = range_typed(entries, target, target.setting, unit)
    rows: list[tuple[Entry, Entry, str | Own, Ends]] = [(cells.low, cells.high, name, held)]
    for option, setting in settings.items():
        if (name, option) in layout.own:
            ends = range_typed(entries, target, setting, unit) if setting.figure.has_range else (None, None)
            rows.append((cells.own_low, cells.own_high, (name, option), ends))
    known = [end for *_, ends in rows for end in ends if end is not None]
    pattern = number_format(unit, (*figures.values(), *known), exact=True)
    style = ("input_text", GENERAL) if target.unit.spelling in layout.units else frame.UNIT
    cells.grids[INPUTS].sheet.text(layout.inputs[name], UNIT_COLUMN, unit.spelling, style)
    _put_options(checks, target, figures, ("input", pattern), ("inherited", pattern))
    for low, high, key, ends in rows:
        for entry, end in zip((low, high), ends, strict=True):
            put(entry, end, ("open" if end is None else "input", pattern), rows=[key])
    return 1 + shown_width(figures.values(), pattern), 1 + shown_width(known, pattern)


def _choice_row(checks: Checks, target: Choice) -> tuple[int, int]:
    """Put the words of a choice, like `_number_row`."""
    row = checks.layout.inputs[target.name]
    checks.cells.grids[INPUTS].sheet.text(row, UNIT_COLUMN, text.CHOICE_UNIT, frame.UNIT)
    words = {option: str(setting.value) for option, setting in own_settings(checks.entries, target.name).items()}
    _put_options(checks, target, words, ("choice", AS_TEXT), ("inherited_choice", AS_TEXT))
    return 1 + max(map(len, target.words)), 0


def _put_options(checks: Checks, target: Input, own: Mapping[str, float | str], style: Style, inherited: Style) -> None:
    """Put the figures of options, and in those without one that of the base option."""
    given, grid = checks.cells.given, checks.cells.grids[INPUTS]
    grid.put(given, lambda _, option: own[option], style, rows=[target.name], columns=own)
    others = [option for option in checks.layout.options if option not in own]
    with grid.mapped("inherited"):
        grid.put(given, given.at(checks.entries.base), inherited, rows=[target.name], columns=others)


def _put_factors(checks: Checks) -> None:
    """Put what one of the unit that stands beside figures is in the ledger's own."""
    cells, given = checks.cells, checks.cells.given
    with cells.grids[INPUTS].mapped("factors"):
        for spelling, names in by_unit(checks.entries, given.keys).items():
            listed = cells.units.get(spelling)
            held = 1.0 if listed is None else factor(listed, given.unit)
            cells.grids[INPUTS].put(cells.factor, held, ("used", GENERAL), rows=names)


def _set_widths(sheet: Sheet, checks: Checks, figure: int, end: int) -> None:
    """Set the widths of columns: source and note share what is left of a screen."""
    entries, layout, units = checks.entries, checks.layout, checks.cells.given.unit
    settings = [setting for name in entries.inputs for setting in own_settings(entries, name).values()]
    labels = [entry.label for entry in entries.inputs.values()]
    labels += [text.OWN.format(label=entries.inputs[name].label) + option for name, option in layout.own]
    owners = (setting.figure.owner for setting in settings)
    option, ranged = (min(each, frame.WIDEST_FIGURE) for each in (figure, end))
    before = [
        frame.width(labels, _LEAST_LABEL, frame.LABEL_WIDTH),
        frame.unit_width(map(units.value, layout.inputs), _LEAST_UNIT, _WIDEST_UNIT),
        *[option] * len(layout.options),
        *[ranged] * 2,
    ]
    dated = [_DAY_WIDTH, frame.width(owners, *_OWNER_WIDTHS)]
    after = [_REVIEWER_WIDTH, _DAY_WIDTH, _FACTOR_WIDTH]
    others = [*before, *dated, *after]
    left = (_SCREEN - _DIGIT * sum(others) - _PADDING * (len(others) + 2)) // _DIGIT
    noted = bool(unused(entries)) or any(setting.figure.note for setting in settings)
    note = left // 2 if noted else _LEAST_TEXT
    # Where they would not fit anyway, nothing is gained by narrow texts.
    widest = _WIDEST_TEXT if sum(others) + 2 * _WIDEST_TEXT <= _LARGEST_PAGE else _TEXT_APART
    source, note = (min(each, widest) if left >= 2 * _LEAST_TEXT else widest for each in (left - note, note))
    sheet.widths |= dict(enumerate([*before, source, *dated, note, *after]))
