"""The block of As built about the inputs: what they held, and which hold nothing that can be used."""

from __future__ import annotations

from functools import reduce
from operator import add

import attrs

from unitledger.expression import Expression, Operand, Text, apply, different, equal, sentence, when
from unitledger.expression.table.statistics import MATCH
from unitledger.model import Assumption
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import HIGH, LOW, input_name
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.changed import changed
from unitledger.workbook.sheets.checks.checking import Checking
from unitledger.workbook.sheets.checks.ranges import ranges
from unitledger.workbook.sheets.checks.rows import DAMAGED
from unitledger.workbook.sheets.input_units import factor
from unitledger.workbook.sheets.second.again import count_where, is_whole, other_head

_EMPTY = Text("")
_ENDS = LOW, HIGH


def inputs_when_built(checking: Checking) -> None:
    """What every input held: unit, figures (empty where an option took the base option's), low and high.

    Beside them stands how much of a row is damaged, and what in it a reader is to know of. Rows of an option's own
    figure have a low and a high only.
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
    _damage(checking)
    ranges(checking)
    changed(checking)


def _damage(checking: Checking) -> None:
    """For each input, how much is wrong: labels, unit or name, on Calc too, what Calc takes, what cannot be used.

    For the row of an option's own figure 1 if it is not called so.
    """
    checks = checking.checks
    found: dict[Key, Expression] = {}
    for key in checks.built_inputs.keys:
        if checks.inputs.has(key):
            wrong = (each(checking, key) for each in (_head, _taken, _misnamed, _unusable))
            found[key] = reduce(add, wrong)
        else:
            name, option = key
            label = text.OWN.format(label=checking.entries.inputs[name].label)
            wanted = sentence(label, checking.cells.headings.at(option))
            found[key] = when(equal(checks.own_typed[key].label, wanted), 0, 1)
    checking.put_counts(checks.beside(checks.built_inputs, DAMAGED), found)


def _head(checking: Checking, name: str) -> Expression:
    """How many labels and units are not as written; a unit of a list may be another of it."""
    checks, unit = checking.checks, unit_of(checking.entries, name).spelling
    typed, built, used = checks.typed[name], checks.inputs[name], checking.cells.figures[name]
    there = different(typed.label, built.label) if unit in checking.cells.units else other_head(typed, built)
    return there + other_head(used, built, Text(unit))


def _taken(checking: Checking, name: str) -> Expression:
    """How many figures on Calc are not those of Inputs.

    An empty cell of an option counts 0, to which the figure of the base option is added. A unit that is not in its
    list has no factor, and so ends in an error.
    """
    checks, cells, base = checking.checks, checking.cells, checking.entries.base
    used, given = cells.figures[name].of(DIMENSIONLESS), cells.given[name].of(DIMENSIONLESS)
    if name in cells.words:
        return reduce(add, (different(used.at(option), _word(checking, name, option)) for option in checks.options))
    figures = given.across()
    taken: Operand = figures
    if len(checks.options) > 1:
        taken = figures + given.at(base) * equal(figures, _EMPTY)
    listed = cells.units.get(unit_of(checking.entries, name).spelling)
    return count_where(different(used.across(), taken if listed is None else taken * factor(listed, given.unit)))


def _word(checking: Checking, name: str, option: str) -> Expression:
    """The place of an option's word among those of its list."""
    own, first = (checking.cells.given[name].at(each) for each in (option, checking.entries.base))
    word = first if option == checking.entries.base else when(equal(own, _EMPTY), first, own)
    return apply(MATCH, word, checking.cells.words[name].down())


def _misnamed(checking: Checking, name: str) -> Expression:
    """How many cells of an input's defined name are not its own."""
    given = checking.cells.given[name].of(DIMENSIONLESS).across()
    return count_where(different(attrs.evolve(given, called=input_name(name)), given))


def _unusable(checking: Checking, name: str) -> Expression:
    """How many cells hold no number that can be, or no word of the list; empty may be only those of options."""
    checks, cells, target = checking.checks, checking.cells, checking.entries.inputs[name]
    given = cells.given[name]
    typed = given.across()
    missing = equal(given.at(checks.layout.options[0]), _EMPTY)
    if not isinstance(target, Assumption):
        # Words are compared and not looked up with MATCH, to which * is any word.
        listed = count_where(equal(typed, cells.words[name].down()))
        return count_where(different(typed, _EMPTY)) - listed + missing
    # Every text but the empty one comes after every number and after "".
    found = count_where(typed > _EMPTY) + missing
    if target.bounds.above:
        least = checks.bounds[name].at(LOW) if target.bounds.least else 0
        found = found + count_where(different(typed, _EMPTY) * (typed * cells.factor[name] <= least))
    if target.bounds.whole:
        # One by one, since a program that is to round many at once may not.
        found = reduce(add, (1 - is_whole(cells.figures[name].at(option)) for option in checks.options), found)
    return found
