"""The sheet Calc: the inputs that are used, then every line; one formula per row, the same in every option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unitledger.expression import (
    TEXT,
    Expression,
    Form,
    Formed,
    Forms,
    Operand,
    Text,
    absolute,
    apply,
    equal,
    maximum,
    minimum,
    pattern,
    sentence,
    total,
    when,
    words,
)
from unitledger.expression.table.statistics import MATCH
from unitledger.model import Entries, has_axes, is_along
from unitledger.units import Unit
from unitledger.workbook import text
from unitledger.workbook.address import fixed, on
from unitledger.workbook.grid import Entry, Grid, Look, Names, frame
from unitledger.workbook.layout import (
    CALC,
    FIRST_OPTION,
    HEAD_OF_CALC,
    HEADING_ROW,
    LABEL_COLUMN,
    UNIT_COLUMN,
    Layout,
    answers,
    output_name,
)
from unitledger.workbook.ledger_cells import LedgerCells, unit_of
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.parts import shown
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.study import Results

_LABEL_WIDTH = 32
_UNIT_WIDTH = 19
_OPTION_WIDTH = 13
_GAP_WIDTH = 2
_WORDS_WIDTH = 62
_NOTE_WIDTH = 34
# Letters of a formula in words, and of a longer one how many operands are named.
_MOST_WORDS, _MOST_NAMED = 300, 3
_WORDS = ("words", GENERAL)
_STYLES_OF_LINE = (frame.LABEL, frame.UNIT, "number")
_STYLES_OF_TOTAL = (("label_total", GENERAL), ("unit_total", GENERAL), "total")


def calc_sheet(entries: Entries, layout: Layout, results: Results, cells: LedgerCells) -> Sheet:
    """Return the sheet; the cached values of its formulas are those of `results`."""
    grid = cells.grids[CALC]
    sheet = frame.entitled(grid.sheet, text.CALC_TITLE, text.CALC_HINT)
    noted = any(line.note for line in entries.lines.values())
    titles = [text.LINE, text.UNIT, *[None] * len(layout.options), "", text.IN_WORDS, *([text.NOTE] if noted else [])]
    frame.headings(sheet, titles, range(FIRST_OPTION, layout.after_options))
    with grid.mapped("options"):
        grid.put(cells.options, sentence(cells.headings, ""), frame.HEADING)
    frame.sections(sheet, layout.headings[CALC], len(titles))
    sheet.names[HEAD_OF_CALC] = _across(layout, HEADING_ROW)
    figures = {name: [results[option][name] for option in layout.options] for name in (*layout.used, *layout.lines)}
    with grid.mapped("used"):
        put_used(grid, entries, cells, figures, (cells.figures, cells.factor))
    put_lines(grid, cells, (entries, figures), cells.figures, names=cells.named, look=lambda name, _: cells.looks[name])
    said = {name: text.USED_CHOICE_WORDS.format(words=", ".join(held.words)) for name, held in entries.choices.items()}
    said |= _in_words(entries)
    for name, row in (layout.used | layout.lines).items():
        line = entries.lines.get(name)
        label, unit, _ = _STYLES_OF_TOTAL if line is not None and line.parts else _STYLES_OF_LINE
        sheet.text(row, LABEL_COLUMN, entries[name].label, label)
        sheet.text(row, UNIT_COLUMN, unit_of(entries, name).spelling, unit)
        if name in said:
            sheet.text(row, layout.in_words, said[name], _WORDS)
        if line is not None and line.note:
            sheet.text(row, layout.in_words + 1, line.note, _WORDS)
    if layout.made_of is not None:
        with grid.mapped("breakdown"):
            _, pattern = cells.looks[layout.made_of.answer.name]
            for row, how in put_parts(entries, layout, cells, results, ("number", pattern)).items():
                sheet.text(row, layout.in_words, how, _WORDS)
    for name in answers(entries):
        sheet.names[output_name(name)] = _across(layout, layout.lines[name])
    _set_widths(sheet, layout, entries.lines.values())
    return sheet


Figures = Mapping[str, list[float]]
"""What inputs and lines come to in each option, by name."""


def fetched(entries: Entries, cells: LedgerCells, name: str, factor: Entry) -> Expression:
    """Return what fetches an input for an option: from its own cell, or that of the base option where it is empty.

    A figure is multiplied by the `factor` of the unit that it is typed in; of a choice it is the place of the word.
    """
    own = cells.given.of(TEXT if name in cells.words else unit_of(entries, name))
    base = cells.given.at(entries.base)
    found = when(equal(own, Text("")), base, own) if len(entries.options) > 1 else own
    return apply(MATCH, found, cells.words[name].down()) if name in cells.words else found * factor


def put_used(grid: Grid, entries: Entries, cells: LedgerCells, figures: Figures, into: tuple[Entry, Entry]) -> None:
    """Put in rows what fetches inputs, once for all of one unit.

    `figures`: what they come to; `into`: the rows, and the factors.
    """
    there, factor = into
    alike: dict[Unit | str, list[str]] = {}
    for name in there.keys:
        if name in entries.inputs:
            alike.setdefault(name if name in cells.words else unit_of(entries, name), []).append(name)
    for names in alike.values():
        known = [figure for name in names for figure in figures[name]]
        tree = fetched(entries, cells, names[0], factor)
        grid.put(there, tree, lambda name, _: cells.looks[name], rows=names, values=known)


def put_lines(
    grid: Grid, cells: LedgerCells, of: tuple[Entries, Figures], there: Entry, *, names: Names, look: Look
) -> None:
    """Put in rows the formula of each line, of a ledger with what lines come to; `names`: the cells they refer to.

    One that looks along periods refers to the sheet of its own option.
    """
    entries, figures = of
    lines = {name: entries.lines[name] for name in there.keys if name in entries.lines}
    over = has_axes(entries)
    formulas: dict[Any, Formed] = {
        name: line.formed for name, line in lines.items() if not over or not is_along(line.lowered)
    }
    known = [figure for name in formulas for figure in figures[name]]
    grid.put(there, formulas, look, rows=formulas, values=known, names=names)
    over_time = [name for name in lines if name not in formulas]
    for place, option in enumerate(entries.options if cells.along and over_time else ()):
        assert cells.along is not None
        forms = Forms()
        seen: dict[Any, Formed] = {name: forms.of(cells.along(lines[name].lowered, option)) for name in over_time}
        here = [figures[name][place] for name in seen]
        grid.put(there, seen, look, rows=seen, columns=[option], values=here, names=names)


def _in_words(entries: Entries) -> dict[str, str]:
    """Say how each line is computed; of a formula too long to be read, what it refers to."""
    patterns: dict[Form, str] = {}
    labels = {
        name: entry.label for held in (entries.inputs, entries.constants, entries.lines) for name, entry in held.items()
    }
    found = {}
    for name, line in entries.lines.items():
        form, operands = line.formed.form, line.formed.operands
        if form not in patterns:
            patterns[form] = pattern(words(form.tree))
        said = patterns[form].format(*[labels.get(leaf.name) or entries[leaf.name].label for leaf in operands])
        found[name] = said if len(said) <= _MOST_WORDS else _named([entries[each].label for each in line.stands_on])
    return found


def _named(labels: list[str]) -> str:
    """Say what a line stands on."""
    shown, more = ", ".join(labels[:_MOST_NAMED]), len(labels) - _MOST_NAMED
    return text.LONG_FORMULA.format(shown=shown) if more <= 0 else text.LONGER_FORMULA.format(shown=shown, more=more)


def _across(layout: Layout, row: int) -> str:
    return on(CALC, f"{fixed(row, FIRST_OPTION)}:{fixed(row, layout.after_options - 1)}")


def _set_widths(sheet: Sheet, layout: Layout, lines: Any) -> None:
    found = list(lines)
    sheet.widths[LABEL_COLUMN] = frame.width((line.label for line in found), _LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.unit_width((line.unit.spelling for line in found), _UNIT_WIDTH, frame.LABEL_WIDTH)
    frame.fit_figures(sheet, layout.option_columns, frame.heading_width(layout.options, _OPTION_WIDTH))
    sheet.widths[layout.after_options] = _GAP_WIDTH
    sheet.widths[layout.in_words] = _WORDS_WIDTH
    if any(line.note for line in found):
        sheet.widths[layout.in_words + 1] = _NOTE_WIDTH


def put_parts(entries: Entries, layout: Layout, cells: LedgerCells, results: Results, style: Style) -> dict[int, str]:
    """Put a row for each part of the answer, and beneath them what they leave of it, which is to be 0.

    A total that is nothing beside its largest part has no shares. Return by row how each is computed in words.
    """
    found, grid, parts, rest = layout.made_of, cells.grids[CALC], cells.parts, cells.rest
    assert found is not None, "the block is there only where the answer is made of parts"
    line, said = entries.lines[found.answer.name], {layout.rest: text.REST_WORDS}
    nothing = None if found.is_total else _is_nothing(cells, found.total, *found.parts)
    for place, (label, part) in enumerate(shown(entries, found, results)):
        share = part if nothing is None else found.answer * when(nothing, 0, part / found.total)
        for option, seen in cells.by_option(share, entries.options):
            grid.put(parts, seen, style, rows=[place], columns=option, names=cells.named)
        row, _ = parts.place(place, entries.base)
        grid.head(row, text.PART + label, line.unit.spelling)
        plain = part if nothing is None else found.answer * (part / found.total)
        said[row] = words(plain, lambda name: entries[name].label)
    added = total(parts.down())
    left: Expression = when(_is_nothing(cells, found.answer - added, parts.down()), 0, found.answer - added)
    left = left if nothing is None else when(nothing, added, left)
    for option, seen in cells.by_option(left, entries.options):
        grid.put(rest, seen, style, columns=option, names=cells.named)
    grid.head(layout.rest, text.REST.format(answer=line.label), line.unit.spelling)
    return said


def _is_nothing(cells: LedgerCells, figure: Operand, *sizes: Operand) -> Expression:
    """Whether a figure is nothing beside the largest of others."""
    return absolute(figure) <= cells.tolerance * maximum(maximum(*sizes), -minimum(*sizes))
