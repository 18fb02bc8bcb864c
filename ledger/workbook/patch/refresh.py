"""What formulas show after some cells of a workbook were typed over: those that depend on these, and no others."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

import attrs

from unitledger.workbook.cells.book import Block, Book, Cell, Place
from unitledger.workbook.cells.formula import WIDEST, Formula
from unitledger.workbook.cells.value import Cells

Content = float | str | None
"""What is typed into a cell; None empties it."""

MOST_REFERRED, MOST_WRITTEN = 2_000_000, 1_000_000
"""When formulas look at more cells in all, or have more letters where they differ in more than addresses, what the
others show is not worked out."""


def refreshed(book: Book, typed: Mapping[Place, Content]) -> dict[Place, float | bool | str | None]:
    """Return what each formula that depends on `typed`, or has no value in the file, shows; None: that is not known.

    What array formulas and data tables show is never known, nor is what a formula shows whose precedents cannot be told
    (a volatile function, a whole column) or are too many to be looked at.
    """
    spilled = frozenset(place for block in book.spilled for place in block.places())
    return _Refresh(book, typed, spilled).run()


_UNKNOWN = object()


@attrs.frozen
class _Refresh:
    book: Book
    typed: Mapping[Place, Content]
    spilled: frozenset[Place]
    # What cells show that were typed over or depend on these.
    moved: dict[Place, Any] = attrs.field(init=False, factory=dict)
    # What blocks of them and of others hold; each is asked for once it stands still.
    held: dict[Block, Cells] = attrs.field(init=False, factory=dict)

    def run(self) -> dict[Place, float | bool | str | None]:
        formulas, unclear = self._formulas()
        self.moved.update(dict.fromkeys({*unclear, *self.spilled}, _UNKNOWN))
        self.moved.update(self.typed)
        within = _within([*self.moved, *formulas])
        # Formulas that wait for others, by what they refer to: these lie on top of them.
        waiting: dict[Place, Sequence[Place]] = {}
        left = set(formulas)
        stack = [*reversed(formulas)]
        while stack:
            place = stack[-1]
            if place not in left:
                stack.pop()
                continue
            precedents = waiting.pop(place, None)
            if precedents is None:
                precedents = _precedents(formulas[place], within)
                if not left.isdisjoint(precedents):
                    waiting[place] = precedents
                    stack += [each for each in precedents if each in left]
                    continue
            left.remove(place)
            if waiting and not waiting.keys().isdisjoint(precedents):
                # It waits for what waits for it: they go in circles.
                self.moved[place] = _UNKNOWN
            elif not self.moved.keys().isdisjoint(precedents) or self.book.cell(*place).shown is None:
                self.moved[place] = self._computed(formulas[place])
        shown = self.moved.items()
        return {place: None if found is _UNKNOWN else found for place, found in shown if place not in self.typed}

    def _formulas(self) -> tuple[dict[Place, Formula], list[Place]]:
        """Return the formulas, and where those stand of which it cannot be told what they refer to."""
        formulas: dict[Place, Formula] = {}
        unclear = []
        referred = written = 0
        shapes: set[str] = set()
        sheets = self.book.cells.keys()
        for sheet, cells in self.book.cells.items():
            for at, cell in cells.items():
                if cell.held != "formula" or (place := (sheet, *at)) in self.typed or place in self.spilled:
                    continue
                if referred > MOST_REFERRED or written > MOST_WRITTEN:
                    unclear.append(place)
                    continue
                formula = Formula.read(str(cell.content), sheet, self.book.names)
                wide = [block.size for block in formula.wide.values()]
                referred += len(formula.places) + sum([min(size, WIDEST) for size in wide])
                if formula.shape not in shapes:
                    written += len(formula.shape)
                    shapes.add(formula.shape)
                is_here = {sheet for sheet, _, _ in formula.places} <= sheets
                if is_here and max(wide, default=0) <= WIDEST and referred <= MOST_REFERRED and formula.is_steady:
                    formulas[place] = formula
                else:
                    unclear.append(place)
        return formulas, unclear

    def _computed(self, formula: Formula) -> Any:
        """Return what a formula shows, once all that it refers to is known."""
        try:
            shown = formula.value(self._shown, self.held)
        except (ArithmeticError, LookupError, ValueError, TypeError):
            # A FormulaError too: the ledger's table lacks one of its functions.
            return _UNKNOWN
        return shown if not isinstance(shown, float) or math.isfinite(shown) else _UNKNOWN

    def _shown(self, place: Place) -> Any:
        """Return what a cell shows, None for an empty one. Raises ValueError where that is not known."""
        shown = self.moved.get(place, self)
        if shown is self:
            cell = self.book.cell(*place)
            # Most show a figure.
            return cell.kept if type(cell.kept) is float else _held(cell)
        if shown is _UNKNOWN:
            raise ValueError(place)
        return shown


def _held(cell: Cell) -> Any:
    """Return what a cell shows that was not typed over. Raises ValueError where that is not known."""
    shown = cell.shown
    kind = type(shown)
    if kind is float or kind is bool or cell.held == "blank":
        return shown
    # An empty text that is typed, not computed, is an empty cell to some programs.
    if kind is str and cell.held != "error" and cell.content != "" and not shown.startswith("#"):
        return shown
    if kind is int:
        return float(shown)
    raise ValueError(cell)


def _within(moving: Iterable[Place]) -> Callable[[Block], Sequence[Place]]:
    """Return what tells, of a block, those of its cells that are among `moving`."""
    columns: dict[tuple[str, int], list[Place]] = {}
    for place in moving:
        columns.setdefault(place[::2], []).append(place)
    for places in columns.values():
        places.sort()

    @cache
    def within(block: Block) -> Sequence[Place]:
        found: list[Place] = []
        for column in block.columns:
            places = columns.get((block.sheet, column), [])
            first, end = (bisect_left(places, (block.sheet, row)) for row in (block.first_row, block.last_row + 1))
            found += places[first:end]
        return found

    return within


def _precedents(formula: Formula, within: Callable[[Block], Sequence[Place]]) -> Sequence[Place]:
    """Return the cells that a formula refers to, of wide blocks those `within` tells."""
    if not formula.wide:
        return formula.places
    return [*formula.places, *chain.from_iterable(map(within, formula.wide.values()))]
