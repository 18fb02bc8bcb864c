"""What formulas have in common that differ in their references alone, read once for all of them.

A ledger of ten thousand lines has formulas of a few forms. A form is a formula with a numbered hole in the place of
each reference. Any reader reads it as it reads a formula, and what it says holds for all once the holes are filled.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import count
from typing import Any

import attrs

from unitledger.expression.kind import Kind
from unitledger.expression.node import Along, Apply, Area, Expression, Factor, Reference
from unitledger.expression.readers.excel import MANY, excel
from unitledger.expression.readers.lower import lower
from unitledger.expression.readers.references import excess, leaves, nodes, replaced
from unitledger.expression.readers.value import value
from unitledger.expression.table.function import Function
from unitledger.units import Calendar, Unit

# Around the number of a hole where its name stands in a text; no text of a ledger holds it.
_MARK = "\1"


@attrs.frozen(eq=False, slots=False)
class Form:
    """What formulas have in common: the `first` of them, and by unit the form and the kind it is lowered to."""

    first: Expression = attrs.field(repr=False)
    lowered: dict[Unit | None, tuple[Form, Kind]] = attrs.field(factory=dict, init=False, repr=False)

    @cached_property
    def tree(self) -> Expression:
        """The formula with a hole in the place of each reference."""
        return _with_holes(self.first)

    @cached_property
    def holes(self) -> tuple[str, ...]:
        """The names of the holes, from left to right."""
        return tuple(leaf.name for leaf in leaves(self.tree) if isinstance(leaf, Reference))

    @cached_property
    def excess(self) -> str:
        """In what it is too large, empty where it is not."""
        return excess(self.first)

    @cached_property
    def looks_along(self) -> bool:
        """Whether it looks at other periods or items than its own."""
        return any(isinstance(each, Along) for each in nodes(self.first))

    @cached_property
    def subtracts(self) -> bool:
        """Whether a function that it applies loses digits where operands are alike."""
        return any(function.loss.subtracts for function in self.functions)

    @cached_property
    def functions(self) -> frozenset[Function]:
        """The functions that it applies."""
        return frozenset(each.function for each in nodes(self.first) if isinstance(each, Apply))

    @cached_property
    def has_blocks(self) -> bool:
        """Whether cells may be printed as a block, so that the text depends on where they stand."""
        return any(isinstance(each, Area) or len(getattr(each, "arguments", ())) > MANY for each in nodes(self.first))


def pattern(text: str) -> str:
    """Return what a reader made of the tree of a form, for `str.format` to put in what its holes stand for."""
    parts = text.replace("{", "{{").replace("}", "}}").split(_MARK)
    parts[1::2] = [f"{{{place}}}" for place in parts[1::2]]
    return "".join(parts)


@attrs.frozen
class Formed:
    """A formula as its form, and what it refers to from left to right."""

    form: Form
    operands: Sequence[Reference]

    @cached_property
    def node(self) -> Expression:
        """The formula itself."""
        return _filled(self.form.tree, iter(self.operands))

    def lowered(self, line: str, unit: Unit | None, calendar: Calendar) -> tuple[Formed, Kind]:
        """Return what `lower` does; the calendar is always the same."""
        known = self.form.lowered.get(unit)
        if known is None:
            found = lower(self.node, line, unit, calendar)
            known = self.form.lowered[unit] = Form(found.expression), found.kind
        form, kind = known
        # One unit may be spelled in two ways.
        return Formed(form, self.operands), kind if unit is None else unit

    def value(self, known: Callable[[str], Any]) -> Any:
        """Return what `value` does of a lowered formula."""
        return value(self.form.tree, self.over(known).__getitem__)

    def over(self, known: Callable[[str], Any]) -> dict[str, Any]:
        """Return what is known of each operand, by the name of its hole, for readers of the tree of the form."""
        return {hole: known(operand.name) for hole, operand in zip(self.form.holes, self.operands, strict=True)}


@attrs.frozen
class Printed:
    """The text of formulas in Excel; those of one form are printed once. `locate`: as of `excel`."""

    locate: Callable[[Reference | Factor], str]
    _patterns: dict[Form, str] = attrs.field(factory=dict, init=False, repr=False)

    def text(self, formed: Formed) -> str:
        """Return the text of a formula. Raises FormulaError like `excel`."""
        form, locate = formed.form, self.locate
        if form.has_blocks:
            return excel(formed.node, locate)
        if form not in self._patterns:
            found = excel(form.tree, lambda leaf: locate(leaf) if isinstance(leaf, Factor) else leaf.name)
            self._patterns[form] = pattern(found)
        return self._patterns[form].format(*map(locate, formed.operands))


class Forms:
    """The forms of formulas that were met."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Form] = {}

    def of(self, node: Expression, most: float = math.inf) -> Formed:
        """Take a formula apart; one of more parts than `most`, which has an excess, only in part."""
        # By identity, which is quick, where there is one object of each: functions, steps, the atoms of a unit. Equal
        # units may be spelled in two ways.
        signs: list[object] = []
        operands: list[Reference] = []
        waiting = [node]
        # No part has more than two signs.
        while waiting and len(signs) <= 2 * most:
            here = waiting.pop()
            if isinstance(here, Apply):
                signs += (id(here.function), len(here.arguments))
                waiting.extend(here.arguments[::-1])
            elif isinstance(here, Reference):
                kind = here.kind
                signs += (id(kind.atoms), kind.spelling) if isinstance(kind, Unit) else (kind,)
                operands.append(here)
            elif isinstance(here, Factor):
                signs.append(id(here.step))
            elif isinstance(here, Along):
                signs.append(here.span)
                waiting.append(here.inner)
            elif isinstance(here, Area):
                signs.append(len(here.cells))
                waiting.extend(here.cells[::-1])
            else:
                signs.append(here)
        if waiting:
            return Formed(Form(node), operands)
        key = tuple(signs)
        if key not in self._known:
            self._known[key] = Form(node)
        return Formed(self._known[key], operands)


def _with_holes(node: Expression) -> Expression:
    places = count()
    return replaced(node, lambda leaf: Reference(f"{_MARK}{next(places)}{_MARK}", leaf.kind))


def _filled(node: Expression, operands: Iterator[Reference]) -> Expression:
    if isinstance(node, Apply):
        return Apply(node.function, tuple([_filled(argument, operands) for argument in node.arguments]))
    return next(operands) if isinstance(node, Reference) else replaced(node, lambda _: next(operands))
