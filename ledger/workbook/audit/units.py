"""Units worked out anew from a workbook alone: from each formula of Calc and the unit column, by dimensional analysis.

Nothing is converted on the way. A formula whose conversion factor is missing gives a unit of another size than the
one that its row shows, and is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import attrs

from unitledger.errors import FormulaError, LedgerError
from unitledger.expression import (
    TEXT,
    ZERO,
    Apply,
    Area,
    Expression,
    Factor,
    Kind,
    Number,
    Reference,
    Text,
    leaves,
    parse,
    spelled,
    words,
)
from unitledger.expression.table.function import Disagreement
from unitledger.units import DIMENSIONLESS, Dimension, Unit, conversion_factor
from unitledger.workbook import text
from unitledger.workbook.address import a1, letters, on, quoted
from unitledger.workbook.cells.read import Block, Book
from unitledger.workbook.cells.rows import MOST_CELLS, TO_LABEL, TO_UNIT

_HEADINGS = ("head_calc", "head_inputs", "head_constants")

_MOST_SHOWN = 50


@attrs.frozen
class UnitDifference:
    """A row of Calc whose formula does not give the unit that the row shows: its cell, its label, and why."""

    cell: str
    label: str
    reason: str


@attrs.frozen
class Rederived:
    """How many rows of Calc had their units derived, and those that differ; true when none does."""

    rows: int
    differences: tuple[UnitDifference, ...]

    def __bool__(self) -> bool:
        return not self.differences

    def __str__(self) -> str:
        count = f"Units of {self.rows:,} rows re-derived, "
        if not self.differences:
            return f"{count}no difference."
        shown = [f"  {each.cell}, {each.label}: {each.reason}." for each in self.differences[:_MOST_SHOWN]]
        if len(self.differences) > _MOST_SHOWN:
            shown.append(f"  ... and {len(self.differences) - _MOST_SHOWN:,} more.")
        return "\n".join([f"{count}{len(self.differences):,} differ.", *shown])


def rederived(book: Book) -> Rederived | None:
    """Derive the unit of every row of Calc and compare it with the unit shown; None for no workbook of a ledger."""
    heads = [head for name in _HEADINGS if (head := book.names.get(name)) is not None and head.sheet in book.cells]
    if len(heads) < len(_HEADINGS):
        return None
    calc, inputs, _ = heads
    reader = _Reader(book, calc, inputs.sheet, {head.sheet: head for head in heads})
    return Rederived(len(reader.rows), tuple(reader.differences()))


class _Wrong(Exception):
    """What is wrong with a formula, in words."""


@attrs.frozen(slots=False)
class _Reader:
    """`heads`: the headings above the figures of Calc, Inputs and Constants, by sheet."""

    book: Book
    calc: Block
    inputs: str
    heads: dict[str, Block]

    @cached_property
    def rows(self) -> dict[int, list[int]]:
        """Rows of Calc that hold formulas beneath the headings, with their columns."""
        found: dict[int, list[int]] = {}
        for (row, column), cell in self.book.cells[self.calc.sheet].items():
            if cell.held == "formula" and row > self.calc.first_row and column in self.calc.columns:
                found.setdefault(row, []).append(column)
        return dict(sorted(found.items()))

    def differences(self) -> Iterator[UnitDifference]:
        """Yield what is wrong, once for each formula of a row."""
        for row, columns in self.rows.items():
            seen: set[str] = set()
            for column in sorted(columns):
                formula = str(self.book.cell(self.calc.sheet, row, column).content)
                # The same formula in another option, column letters aside.
                relative = re.sub(rf"(?<![A-Za-z$]){letters(column)}(?=[0-9])", "", formula)
                if relative in seen:
                    continue
                seen.add(relative)
                try:
                    self._check(row, formula)
                except (_Wrong, FormulaError) as wrong:
                    label = self.book.cell(self.calc.sheet, row, self.calc.first_column - TO_LABEL).content
                    yield UnitDifference(on(self.calc.sheet, a1(row, column)), str(label or ""), str(wrong))

    def _check(self, row: int, formula: str) -> None:
        """Compare the unit of a row with that of its formula."""
        shown = self._kind(self.calc.sheet, row)
        tree = parse(formula, self._leaf)
        sheets: dict[str, Kind] = {}
        for leaf in leaves(tree):
            assert isinstance(leaf, Reference), "what stands in a cell is no factor yet"
            sheets.setdefault(leaf.name.rpartition("!")[0], leaf.kind)
        typed = sheets.get(quoted(self.inputs))
        if typed is not None and quoted(self.calc.sheet) not in sheets:
            # Inputs are the ground: the unit in which one is typed may be another, what it measures may not.
            if _measured(typed) != _measured(shown):
                raise _Wrong(f"it shows {spelled(shown)}, but on {self.inputs} it is in {spelled(typed)}")
            return
        found = _derived(tree)
        if not _alike(found, shown):
            raise _Wrong(f"it shows {spelled(shown)}, but its formula gives {_said(found)}")

    def _leaf(self, written: str) -> Expression:
        """Return the cell or the cells that an address means, each of the kind that its row states."""
        block = Block.written(written, self.calc.sheet)
        if block is None or block.sheet not in self.heads or block.size > MOST_CELLS:
            raise _Wrong(f"it refers to {written}, which has no unit")
        cells = tuple(
            Reference(on(sheet, a1(row, column)), self._kind(sheet, row)) for sheet, row, column in block.places()
        )
        return cells[0] if len(cells) == 1 else Area(cells)

    def _kind(self, sheet: str, row: int) -> Kind:
        """Return what the unit column says of a row."""
        column = self.heads[sheet].first_column - TO_UNIT
        cell = self.book.cell(sheet, row, column)
        place = on(sheet, a1(row, column))
        if cell.held == "blank":
            raise _Wrong(f"{place} is empty, where a unit should stand")
        if cell.content == text.CHOICE_UNIT:
            return TEXT
        try:
            return Unit.parse(str(cell.content))
        except LedgerError as unknown:
            raise _Wrong(f"{place}: {unknown}") from None


def _derived(node: Expression) -> Kind:
    """Return the kind of a formula in which nothing is converted."""
    match node:
        case Reference():
            return node.kind
        case Area(cells):
            if not all(_alike(cell.kind, cells[0].kind) for cell in cells):
                raise _Wrong(f"the cells {cells[0].name} to {cells[-1].name} are in different units")
            return cells[0].kind
        case Apply(function, arguments):
            kinds = tuple(_derived(argument) for argument in arguments)
            try:
                signature = function.rule(kinds)
            except Disagreement as found:
                places = [place for place in (found.first, found.second) if place is not None]
                said = " and ".join(f"{words(arguments[place])} in {_said(kinds[place])}" for place in places)
                raise _Wrong(f"{function.name} {found.reason}: {said}") from None
            for kind, target in zip(kinds, signature.targets, strict=True):
                if target is not None and not _alike(kind, target):
                    raise _Wrong(f"{function.name} takes {_said(kind)} together with {_said(target)}, not converted")
            return signature.result
        case Number(value):
            return ZERO if value == 0 else DIMENSIONLESS
        case Text():
            return TEXT
        case Factor(step):
            return step.unit


def _alike(kind: Kind, other: Kind) -> bool:
    """Whether two kinds are one: units of one dimension and one size. A bare 0 fits any unit."""
    if isinstance(kind, Unit) and isinstance(other, Unit):
        return kind.dimension == other.dimension and conversion_factor(kind, other) == 1
    return kind == other or (kind is ZERO and isinstance(other, Unit))


def _measured(kind: Kind) -> Dimension:
    """Return the dimension of an input; the place of a word is a plain number."""
    return kind.dimension if isinstance(kind, Unit) else ()


def _said(kind: Kind) -> str:
    return spelled(kind.simplified() if isinstance(kind, Unit) else kind)
