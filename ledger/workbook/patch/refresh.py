"""What formulas show after some cells of a workbook were typed over: those that depend on these, and no others."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import attrs

from unitledger.workbook.cells.book import Book, Cell, Place
from unitledger.workbook.cells.formula import WIDEST, Formula

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

    def run(self) -> dict[Place, float | bool | str | None]:
        formulas, unclear = self._formulas()
        self.moved.update(dict.fromkeys({*unclear, *self.spilled}, _UNKNOWN))
        self.moved.update(self.typed)
        moving = self.moved.keys() | formulas.keys()
        # Formulas that wait for others, by what they refer to: these lie on top of them.
        waiting: dict[Place, Collection[Place]] = {}
        left = set(formulas)
        stack = [*reversed(formulas)]
        while stack:
            place = stack[-1]
            if place not in left:
                stack.pop()
                continue
            precedents = waiting.pop(place, None)
            if precedents is None:
                precedents = _precedents(formulas[place], moving)
                if first := [each for each in precedents if each in left]:
                    waiting[place] = precedents
                    stack += first
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
        for sheet, cells in self.book.cells.items():
            for at, cell in cells.items():
                if cell.held != "formula" or (place := (sheet, *at)) in self.typed or place in self.spilled:
                    continue
                if referred > MOST_REFERRED or written > MOST_WRITTEN:
                    unclear.append(place)
                    continue
                formula = Formula.read(str(cell.content), sheet, self.book.names)
                wide = [block.size for block in formula.blocks if not block.is_cell]
                referred += len(formula.blocks) + sum([min(size, WIDEST) for size in wide])
                written += 0 if formula.shape in shapes else len(formula.shape)
                shapes.add(formula.shape)
                is_here = {block.sheet for block in formula.blocks} <= self.book.cells.keys()
                if is_here and max(wide, default=0) <= WIDEST and referred <= MOST_REFERRED and formula.is_steady:
                    formulas[place] = formula
                else:
                    unclear.append(place)
        return formulas, unclear

    def _computed(self, formula: Formula) -> Any:
        """Return what a formula shows, once all that it refers to is known."""
        try:
            shown = formula.value(self._shown)
        except (ArithmeticError, LookupError, ValueError, TypeError):
            # A FormulaError too: the ledger's table lacks one of its functions.
            return _UNKNOWN
        return shown if not isinstance(shown, float) or math.isfinite(shown) else _UNKNOWN

    def _shown(self, place: Place) -> Any:
        """Return what a cell shows, None for an empty one. Raises ValueError where that is not known."""
        shown = self.moved.get(place, self)
        if shown is self:
            return _held(self.book.cell(*place))
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


def _precedents(formula: Formula, moving: AbstractSet[Place]) -> Collection[Place]:
    """Return the cells that a formula refers to, at least those among `moving`."""
    cells = [block.first for block in formula.blocks if block.is_cell]
    if len(cells) == len(formula.blocks):
        return cells
    found: set[Place] = set()
    for block in formula.blocks:
        found.update(filter(block.holds, moving) if block.size > len(moving) else block.places())
    return found & moving
