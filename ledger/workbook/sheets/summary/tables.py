"""The tables behind the charts of Summary: what the answer is made of, and what moves it most."""

from __future__ import annotations

from functools import reduce
from operator import add

import attrs

from unitledger.compute.cancellation import TOLERANCE
from unitledger.compute.sensitivity import moved_alone, ranges, spread
from unitledger.expression import TEXT, Expression, apply, different, equal, sentence, total
from unitledger.expression.table.arithmetic import HYPERLINK
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text as shared
from unitledger.workbook.grid import Entry
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import FIRST_OPTION
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL, dashed
from unitledger.workbook.parts import shown
from unitledger.workbook.sheets.sensitivity.rows import Showing
from unitledger.workbook.sheets.sensitivity.tables import show_as_inputs
from unitledger.workbook.sheets.summary import text
from unitledger.workbook.sheets.summary.summing import COUNT, EMPTY, Summing

MOST_MOVING = 5
"""So many inputs are named as moving the answer most."""

_TITLES = text.LOW, text.HIGH, text.ANSWER_LOW, text.ANSWER_HIGH


def put_parts(summing: Summing) -> Entry:
    """Put what the answer is made of, with the sum; return the parts."""
    grid, put, line, there = summing.grid, summing.grid.put, summing.line, summing.cells.parts
    assert summing.layout.made_of is not None, "the table is there only where the answer is made of parts"
    labels = [label for label, _ in shown(summing.entries, summing.layout.made_of, summing.results)]
    heads = grid.entry("", TEXT, grid.take())
    put(heads.label, f"{line.label}{text.BY_PART}", ("band", GENERAL))
    put(heads.unit, None, ("band", GENERAL))
    put(heads, summing.cells.options, ("band_right", GENERAL))
    parts = grid.entry("", line.unit, {part: grid.take() for part in there.keys})
    pattern = dashed(summing.pattern(line.name))
    put(parts.label, lambda part, _: labels[part], ("row_label", GENERAL))
    put(parts.unit, line.unit.spelling, ("row_unit", GENERAL))
    put(parts, summing.checks.used(there, EMPTY), ("row", pattern))
    copies, beside = summing.checks.parts, summing.checks.beside(summing.checks.parts)
    named = (different(sentence(shared.PART, parts[part].label), copies[part].label) for part in parts.keys)
    units = (different(parts[part].unit, copies[part].unit) for part in parts.keys)
    with summing.checks.working.mapped("parts"):
        summing.checks.working.put(beside, reduce(add, (*named, *units)), COUNT, rows=parts.keys[:1])
    added = grid.entry("", line.unit, grid.take())
    put(added.label, text.SUM, ("label_total", GENERAL))
    put(added.unit, line.unit.spelling, ("unit_total", GENERAL))
    put(added, summing.checks.used(total(parts.down()), EMPTY), ("total", pattern))
    return parts


def put_moves(summing: Summing, showing: Showing, first: int, label: int) -> int:
    """Put from row `first` the inputs that move the answer most, each a link, with their ends and the answers there.

    `label`: first column of their labels, before the last columns of the page or beneath the options. Return the first
    column that is free.
    """
    grid, put, line, there = summing.grid, summing.grid.put, summing.line, showing.rows
    end = summing.last_column + 1 if label else FIRST_OPTION + len(_TITLES)
    figures = range(end - len(_TITLES), end)
    title = grid.entry("", TEXT, first, label)
    put(title, text.MOVES.format(figure=line.label), summing.spread(title, "band", figures.start - 1))
    heads = grid.entry("", TEXT, first, dict(zip(_TITLES, figures, strict=True)))
    put(heads, lambda _, said: said, ("band_right", GENERAL))

    ranked = there.ranked
    rows = {place: first + 1 + number for number, place in enumerate(moving(summing, showing))}
    inputs = grid.entry("", TEXT, rows, label)
    address, called = there.link.arguments
    link = apply(HYPERLINK, address, sentence(called, text.UNIT_FOLLOWS, ranked.unit))
    room = [max((summing.entries.inputs[name].label for name in showing.study.listed), key=len)]
    put(inputs, link, summing.spread(inputs, "row_link", figures.start - 1, room))
    ends = attrs.evolve(inputs, kind=DIMENSIONLESS, columns={text.LOW: figures[0], text.HIGH: figures[1]})
    found = {text.LOW: ranked.low.place(0)[1], text.HIGH: ranked.high.place(0)[1]}
    put(ends, attrs.evolve(ranked.low, columns=found), ("row_quiet", GENERAL))
    low, high = (attrs.evolve(ends, columns=figures[place]) for place in range(2))
    show_as_inputs(showing, grid.sheet, low, high, lambda name: equal(inputs, _called(summing, name)))
    answers = attrs.evolve(inputs, kind=line.unit, columns={text.LOW: figures[2], text.HIGH: figures[3]})
    found = {text.LOW: ranked.at_low.place(0)[1], text.HIGH: ranked.at_high.place(0)[1]}
    put(answers, attrs.evolve(ranked.at_low, columns=found), ("row", summing.pattern(line.name)))
    grid.next = max(grid.next, first + 1 + len(rows))
    return end + 1


def _called(summing: Summing, name: str) -> Expression:
    """What an input is called there."""
    label, unit = summing.entries.inputs[name].label, unit_of(summing.entries, name).spelling
    return sentence(label, text.UNIT_FOLLOWS, unit)


def described_beneath(summing: Summing, first: int, column: int) -> Entry:
    """Take the rows of what options are, beneath row `first`, where there is no room beside the key figures."""
    grid = summing.grid
    told = [name for name, option in summing.entries.options.items() if option.description and not summing.beside]
    rows = {name: first + 1 + place for place, name in enumerate(told)}
    grid.next = max(grid.next, *(row + 1 for row in rows.values()), 0)
    return grid.entry("", TEXT, rows, column)


def moving(summing: Summing, showing: Showing) -> tuple[Key, ...]:
    """The places of the sorted inputs that are shown: the strongest of those that move the answer as built."""
    study, results = showing.study, summing.results
    here = results[study.analysed][study.answer]
    held = ranges(summing.entries, study.answer, study.analysed)
    ends = moved_alone(summing.entries, study.answer, {study.analysed: held}, results)[study.analysed]
    many = sum(spread((*ends[name], here)) > TOLERANCE * abs(here) for name in study.listed if name in ends)
    return showing.rows.ranked.label.keys[: min(max(many, 1), MOST_MOVING)]
