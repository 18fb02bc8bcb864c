"""The block of Checks about the inputs as built: which were edited, and which hold nothing that can be used."""

from __future__ import annotations

import attrs

from unitledger.expression import (
    Apply,
    Expression,
    Number,
    Operand,
    Text,
    all_of,
    apply,
    different,
    equal,
    sentence,
    total,
    when,
)
from unitledger.expression.table.arithmetic import DUST, ROUND
from unitledger.expression.table.statistics import MATCH, SUMPRODUCT
from unitledger.model import Assumption
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry
from unitledger.workbook.grid.place import Key, keys
from unitledger.workbook.layout import HIGH, LOW, input_name
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.checks.ranges import ranges
from unitledger.workbook.sheets.checks.rows import DIFFERS, NAMED_WRONG, UNIT_ALONE, UNUSABLE, USED, Checks
from unitledger.workbook.sheets.input_units import by_unit, factor
from unitledger.workbook.sheets.second.again import count_where, other_head

_EMPTY = Text("")
_ENDS = LOW, HIGH
# What lies beyond is left by the factor of another unit.
_DECIMALS = Number(float(DUST))


def inputs_when_built(checking: Checking) -> None:
    """What every input held: unit, figures (empty where an option took the base option's), low and high.

    Beside them stands how many cells of a row differ; whether its unit is one of its list, and the factor of that; how
    many cells hold nothing that can be used; whether its unit was changed alone. Rows of an option's own figure have a
    low and a high only.
    """
    checks, cells, put = checking.checks, checking.cells, checking.put
    built, typed = checks.inputs, checks.typed

    def style(name: str, _: object) -> Style:
        return ("constant_word", GENERAL) if name in cells.words else ("constant", checking.pattern(name))

    options = checking.entries.options
    for name in built.keys:
        own = [option for option in checks.options if name in options[option].settings]
        held = [checking.entries.base, *own, *(end for end in _ENDS if typed.value(name, end) is not None)]
        put(built, typed.value, style, rows=[name], columns=held)
    for key in checks.own.keys:
        held = [end for end in _ENDS if checks.own_typed.value(key, end) is not None]
        put(checks.own, checks.own_typed.value, lambda key, _: style(key[0], _), rows=[key], columns=held)
    edited = figures_edited(checks), ends_edited(typed, built), ends_edited(checks.own_typed, checks.own)
    figures, ends, own_ends = (apply(SUMPRODUCT, each) for each in edited)
    put(checks.beside(built, DIFFERS), different(typed.unit, built.unit) + figures + ends, COUNT)
    put(checks.beside(checks.own, DIFFERS), own_ends, COUNT)
    put(checks.weights, lambda _, column: weight(checks, column), ("constant", "0"))
    _units(checking)
    _usable(checking)
    _used(checking)
    ranges(checking)


def figures_edited(checks: Checks) -> Expression:
    """1 for each figure of a row that is not as it was built, else 0.

    An option without a figure of its own is to have the base option's, or nothing.
    """
    now, then = checks.cells.given.across(), checks.inputs.across(checks.options)
    # An empty cell equals 0, so emptiness is compared as well.
    other = different(now, then) + equal(now, _EMPTY) > 0
    if len(checks.options) == 1:
        return 1 * other
    base = checks.cells.given.at(checks.layout.options[0])
    inherited = equal(then, _EMPTY) * different(now, base) * different(now, _EMPTY)
    return different(then, _EMPTY) * other + inherited


def ends_edited(there: Entry, here: Entry) -> Expression:
    """1 for each of low and high of a row that is not as it was built, else 0."""
    now, then = there.across(_ENDS), here.across(_ENDS)
    return 1 * (different(now, then) + different(equal(now, _EMPTY), equal(then, _EMPTY)) > 0)


def weight(checks: Checks, column: Key) -> float:
    """What a changed cell of a column counts in its row: no two sums are the same. The unit counts 1."""
    return float(2 ** (1 + keys(checks.typed.columns).index(column)))


def _units(checking: Checking) -> None:
    """For each input whether its label, unit or name is not what it can be, and whether its unit alone changed.

    A unit is changed alone where some figure of its row, or end of a range beneath it, that is neither 0 nor empty is
    still as it was built.
    """
    checks, cells, put = checking.checks, checking.cells, checking.put
    built, typed = checks.inputs, checks.typed
    for spelling, names in by_unit(checking.entries, built.keys).items():
        listed = cells.units[spelling]
        is_listed = equal(count_where(equal(listed.unit.down(), typed.unit)), 1)
        unlisted = different(typed.label, built.label) + when(is_listed, 0, 1)
        for name in names:
            put(checks.beside(built, NAMED_WRONG), unlisted + _elsewhere(checking, name), COUNT, rows=[name])
    for name in cells.words:
        wrong = other_head(typed, built) + _elsewhere(checking, name)
        put(checks.beside(built, NAMED_WRONG), wrong, COUNT, rows=[name])
    for key in checks.own.keys:
        wanted = sentence(text.OWN.format(label=checking.entries.inputs[key[0]].label), cells.headings.at(key[1]))
        wrong = when(equal(checks.own_typed.label, wanted), 0, 1)
        put(checks.beside(checks.own, NAMED_WRONG), wrong, COUNT, rows=[key])
    same = apply(SUMPRODUCT, equal(typed.across(), built.across()) * different(typed.across(), 0))
    alike: dict[tuple[Key, ...], list[str]] = {}
    for name in built.keys:
        if name not in cells.words:
            beneath = tuple(key for key in checks.own.keys if key[0] == name)
            alike.setdefault(beneath, []).append(name)
    for beneath, names in alike.items():
        left: Expression = same
        for key in beneath:
            now, then = checks.own_typed[key].across(_ENDS), checks.own[key].across(_ENDS)
            left = left + apply(SUMPRODUCT, equal(now, then) * different(now, 0))
        alone = when(all_of(different(typed.unit, built.unit), left > 0), 1, 0)
        put(checks.beside(built, UNIT_ALONE), alone, COUNT, rows=names)


def _elsewhere(checking: Checking, name: str) -> Expression:
    """How many cells of an input's defined name, by which the file is read, are not its own."""
    given = checking.cells.given[name].of(DIMENSIONLESS).across()
    return count_where(different(attrs.evolve(given, called=input_name(name)), given))


def _used(checking: Checking) -> None:
    """For each input, how many cells of its row on Calc do not hold what is fetched from Inputs, by the factor there.

    An empty cell of an option counts 0, to which the figure of the base option is added.
    """
    checks, cells, put = checking.checks, checking.cells, checking.put
    used, given = cells.figures.of(DIMENSIONLESS), cells.given.of(DIMENSIONLESS)
    column, base = checks.beside(checks.inputs, USED), checking.entries.base
    typed = given.across()
    taken = typed + given.at(base) * equal(typed, _EMPTY) if len(checks.options) > 1 else typed
    for spelling, names in by_unit(checking.entries, checks.inputs.keys).items():
        head = different(used.label, checks.inputs.label) + different(used.unit, Text(spelling))
        fetched = different(cells.factor, factor(cells.units[spelling], given.unit))
        put(column, head + fetched + count_where(different(used.across(), taken * cells.factor)), COUNT, rows=names)
    for name, words in cells.words.items():
        head = different(used.label, checks.inputs.label) + different(used.unit, Text(DIMENSIONLESS.spelling))
        for option in checks.options:
            own, first = cells.given.at(option), cells.given.at(base)
            word = first if option == base else when(equal(own, _EMPTY), first, own)
            head = head + different(used.at(option), apply(MATCH, word, words.down()))
        put(column, head, COUNT, rows=[name])


def _usable(checking: Checking) -> None:
    """For each input, how many cells hold no number, or no word of the list; empty may be only those of options."""
    checks, cells = checking.checks, checking.cells
    unusable = checks.beside(checks.inputs, UNUSABLE)
    missing = equal(cells.given.only(checks.layout.options[0]), _EMPTY)
    # Every text but the empty one comes after every number and after "".
    no_number = count_where(cells.given.across() > _EMPTY) + missing
    typed = cells.given.across()
    bounded = []
    for target in checking.entries.inputs.values():
        if not isinstance(target, Assumption):
            # Words are compared and not looked up with MATCH, to which * is any word.
            listed = count_where(equal(typed, cells.words[target.name].down()))
            not_listed = count_where(different(typed, _EMPTY)) - listed + missing
            checking.put(unusable, not_listed, COUNT, rows=[target.name])
        elif target.bounds.above or target.bounds.whole:
            checking.put(unusable, no_number + _impossible(checking, target), COUNT, rows=[target.name])
        else:
            bounded.append(target.name)
    checking.put(unusable, no_number, COUNT, rows=bounded)


def _impossible(checking: Checking, target: Assumption) -> Expression:
    """How many cells hold what an assumption cannot be above or as a count."""
    checks, cells = checking.checks, checking.cells
    found: list[Expression] = []
    if target.bounds.above:
        typed, least = cells.given.across(), checks.bounds[target.name].at(LOW) if target.bounds.least else 0
        found.append(count_where(different(typed, _EMPTY) * (typed * cells.factor <= least)))
    if target.bounds.whole:
        found.append(total(checks.whole[target.name].across()))
    return found[0] if len(found) == 1 else found[0] + found[1]


def counts_are_whole(checking: Checking) -> None:
    """For each count and option 1 where the figure used is not a whole number; as built none is."""
    checking.put(checking.checks.whole, when(is_whole(checking.cells.figures), 0, 1), COUNT)


def is_whole(figure: Operand) -> Apply:
    """True where a figure is a whole number, but for what converting units leaves."""
    return equal(apply(ROUND, figure, _DECIMALS), apply(ROUND, figure, 0))
