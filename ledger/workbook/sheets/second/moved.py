"""Each ranged input alone at its low and at its high: the ranges that hold, the lines there, the swing and its rank."""

from __future__ import annotations

from unitledger.compute.sensitivity import ends
from unitledger.expression import (
    Expression,
    Number,
    Operand,
    Text,
    absolute,
    all_of,
    any_of,
    apply,
    equal,
    maximum,
    minimum,
    when,
)
from unitledger.expression.table.arithmetic import DUST, ISNUMBER, ROUND
from unitledger.expression.table.statistics import INDEX, SUMPRODUCT
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.layout import input_name
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import COUNT
from unitledger.workbook.sheets.second.places import ENDS
from unitledger.workbook.sheets.second.varying import Varying

_EMPTY = Text("")
_FIXED: Style = ("constant", "0")
_NAME_WIDTH = 13
_DECIMALS = Number(float(DUST))


def put_moved(varying: Varying) -> None:
    """Put the ranges of the analysed option, and what the lines are at the ends of each."""
    places, put = varying.places, varying.again.grid.put
    for name in places.listed:
        looks = ("used", varying.input_pattern(name))
        for end in ENDS:
            put(places.ends, _end(varying, name, end), looks, rows=[name], columns=[end])
        lines, fixed = places.moved[name], places.as_is.only(said.ANALYSED)
        at, option = ends(varying.again.entries, name, varying.study.analysed), varying.study.analysed
        varying.put_lines(lines, name, places.ends[name], fixed, option=option, at=at)
    put(places.name_of, lambda name, _: input_name(name), ("constant_name", GENERAL))
    _, column = places.name_of.place(places.listed[0])
    widest = frame.width(map(input_name, places.listed), _NAME_WIDTH, frame.LABEL_WIDTH)
    varying.again.grid.sheet.widths[column] = widest
    put(places.times, lambda name, _: varying.times(name), _FIXED)
    put(places.decimals, lambda name, _: varying.decimals(name), _FIXED)
    _swings(varying)
    style: Style = ("constant", varying.pattern)
    put(places.built, places.at.value, style)

    def size(name: str, end: str) -> float:
        moved = {name: places.ends.value(name, end)}
        return varying.size(places.at.value(name, end), places.moved[name], end, moved, varying.study.analysed)

    put(places.sizes, size, style)


def _end(varying: Varying, name: str, end: str) -> Operand:
    """Return what fetches one end of a range in the analysed option.

    It is that beneath the input, where something is stated of the option's own figure, as long as a figure stands in
    its cell and a low or a high beneath. All others have the range of the base option: a figure that is typed over
    another keeps its range when it is taken over.
    """
    cells, places, high = varying.again.cells, varying.places, end == said.HIGH
    figure = places.as_is[name].only(said.ANALYSED)

    def stated(end: Entry, otherwise: Entry) -> Expression:
        return when(apply(ISNUMBER, end), end * cells.factor[name], otherwise)

    def shared(otherwise: Entry) -> Expression:
        return stated((cells.high if high else cells.low)[name], otherwise)

    key = name, end
    if not places.by_option.has(key):
        return shared(figure)
    style: Style = ("used", varying.input_pattern(name))
    for option in varying.again.entries.options:
        own, tree = (name, option), shared(cells.figures[name])
        if cells.own_low.has(own):
            both = cells.own_low[own], cells.own_high[own]
            without = any_of(equal(cells.given[name], _EMPTY), all_of(*(equal(each, _EMPTY) for each in both)))
            tree = when(without, tree, stated(both[high], cells.figures[name]))
        varying.again.grid.put(places.by_option, tree, style, rows=[key], columns=[option])
    return apply(INDEX, places.by_option[key].across(), places.number.only(said.ANALYSED))


def _swings(varying: Varying) -> None:
    """Put how far the answer moves over both ends, and the rank of that.

    A swing has nine decimals of the answer. Of three that differ in their last digits, a program may call the first
    equal to the second and the second to the third, but not the first to the third; then some rank would be missing.
    """
    places, put = varying.places, varying.again.grid.put
    as_is = places.as_is[varying.study.answer].only(said.ANALYSED)
    reached: tuple[Entry | Expression, ...] = (places.at.across(), as_is)
    width = maximum(*reached) - minimum(*reached)
    size = absolute(as_is)
    rounded = apply(ROUND, width / size, _DECIMALS) * size
    put(places.swing, when(equal(as_is, 0), width, rounded), ("number", varying.pattern))
    # How many are larger, and how many equal ones come first: RANK and COUNTIF do not call the same figures equal.
    larger = apply(SUMPRODUCT, 1 * (places.swing.down() > places.swing))
    before = apply(SUMPRODUCT, 1 * equal(places.swing.down(to_own=True), places.swing))
    put(places.rank, larger + before, COUNT)
