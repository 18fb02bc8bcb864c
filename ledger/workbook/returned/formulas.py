"""Formulas of a workbook beside those of its ledger: what a cell computes now, and where that is another thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import attrs

from unitledger.errors import FormulaError, UnitMismatch, brief
from unitledger.expression import (
    Along,
    Apply,
    Area,
    Expression,
    Factor,
    Function,
    Number,
    Reference,
    Text,
    folded,
    lower,
    references,
    words,
)
from unitledger.expression.readers.excel import converted_once
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import Block, Cell, Place
from unitledger.workbook.cells.formula import Formula, Leaf
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.places import Places

ROW_GONE = "its row is not there: it was deleted, or its label changed"
EMPTY = "nothing: the cell is empty"
# A formula in words names its rows by their labels.
_LONGEST_FORMULA = 2_000
# Begins what a range stands for.
_SEVERAL = object()

LeafAt = Callable[[Place, Block | None, str], Expression]
"""What a block of cells stands for in the formula of a cell, as `Leaf`."""


@attrs.frozen
class Compared:
    """How the formulas of a workbook are compared; what is equal in meaning is no difference."""

    places: Places

    def difference(self, place: Place, expected: object, leaf: Leaf, line: str = "") -> tuple[str, str] | None:
        """Return what a cell computes now in words, and what is wrong with it; None where it is what is expected.

        `expected`: as `alike` gives it. `line`: that whose formula it is, if its units are to be checked.
        """
        cell = self.places.book.cell(*place)
        if cell.held != "formula":
            return typed(cell), ""
        try:
            tree = Formula.read(cell.content, place[0], self.places.book.names).tree(leaf)
        except FormulaError as broken:
            return brief(cell.content), brief(broken)
        if alike(tree) == expected:
            return None
        return brief(self.said(tree), _LONGEST_FORMULA), self._checked(line, tree) if line else ""

    def unlike(
        self, name: str, option: str, cells: Mapping[Place, Expression], leaf: LeafAt, was: Expression | None = None
    ) -> Iterator[Calculation]:
        """Yield the first cell that does not compute what is expected, and how many more; `was`: said in its stead."""
        known = {id(tree): alike(tree) for tree in cells.values()}
        found = {place: self.difference(place, known[id(tree)], partial(leaf, place)) for place, tree in cells.items()}
        wrong = [(place, told) for place, told in found.items() if told is not None]
        if wrong:
            place, (now, note) = wrong[0]
            also = f"and so in {len(wrong) - 1} more of its cells" if len(wrong) > 1 else ""
            said = self.said(cells[place] if was is None else was)
            yield Calculation(name, (option,), address(place), said, now, "; ".join(filter(None, (note, also))))

    def unit(self, name: str, options: tuple[str, ...], place: Place, wanted: str) -> Iterator[Calculation]:
        """Yield the unit of a row or a column where it is not what is wanted."""
        stated = self.places.book.cell(*place)
        if stated != Cell("text", wanted):
            now = f"unit {brief(stated.content or 'empty')}"
            yield Calculation(name, options, address(place), f"unit {wanted}", now)

    def said(self, tree: Expression) -> str:
        """Return a formula in words, over labels."""
        return words(tree, self.places.label)

    def _checked(self, line: str, tree: Expression) -> str:
        """Return what is wrong with the units of a line's new formula, "" when nothing is, or when one is unknown."""
        entries = self.places.entries
        if any(name not in entries for name in references(tree)):
            return ""
        try:
            lower(folded(tree), line, entries.lines[line].unit, entries.calendar)
        except UnitMismatch as mismatch:
            return str(mismatch)
        return ""


def address(place: Place) -> str:
    """Return the address of a cell, with its sheet."""
    return on(place[0], a1(*place[1:]))


def alike(node: Expression) -> object:
    """Return what trees have in common that a sheet shows alike: without kinds, and which way a factor goes."""
    match node:
        case Reference(name):
            return name
        case Factor(step):
            return f"factor {step.name}"
        case Apply() if (once := converted_once(node)) is not node:
            return alike(once)
        case Apply(function, arguments):
            parts = [alike(argument) for argument in arguments]
            return function, *(_one_by_one(function, parts) if function.nests else parts)
        case Area(cells):
            return (_SEVERAL, *(cell.name for cell in cells)) if len(cells) > 1 else cells[0].name
        case Along(inner, span):
            return span, alike(inner)
        case Number() | Text():
            return node


def _one_by_one(function: Function, parts: Iterable[object]) -> Iterator[object]:
    """Yield what a function such as SUM is applied to, without ranges and groups."""
    for part in parts:
        match part:
            case (kind, *inner) if kind is _SEVERAL or kind is function:
                yield from inner
            case _:
                yield part


def typed(cell: Cell) -> str:
    """Say what stands where a formula should."""
    if cell.held == "blank":
        return EMPTY
    shown = number(float(cell.content)) if cell.held == "number" else repr(cell.content)
    return f"{brief(shown)}, typed over the formula"


def number(value: object) -> str:
    """Return a number with thousands commas, and anything else as a text."""
    return f"{value:,.15g}" if isinstance(value, float) else str(value)
