"""What formulas show after some cells of a workbook were typed over: those that depend on these, and no others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import attrs

from unitledger.workbook.cells.book import Book, Place
from unitledger.workbook.cells.formula import WIDEST, Formula

Content = float | str | None
"""What is typed into a cell; None empties it."""

MOST_REFERRED, MOST_WRITTEN = 2_000_000, 1_000_000
"""When formulas look at more cells in all, or have more letters where they differ in more than addresses, what the
others show is not worked out."""


def refreshed(
    book: Book, kept: Mapping[str, Mapping[tuple[int, int], Any]], typed: Mapping[Place, Content]
) -> dict[Place, float | bool | str | None]:
    """Return what each formula that depends on `typed`, or has no value in the file, shows; None: that is not known.

    `kept`: values that the file keeps. What array formulas and data tables show is never known, nor is what a formula
    shows whose precedents cannot be told (a volatile function, a whole column) or are too many to be looked at.
    """
    spilled = frozenset(place for block in book.spilled for place in block.places())
    return _Refresh(book, kept, typed, spilled).run()


@attrs.define
class _Refresh:
    book: Book
    kept: Mapping[str, Mapping[tuple[int, int], Any]]
    typed: Mapping[Place, Content]
    spilled: frozenset[Place]
    found: dict[Place, float | bool | str | None] = attrs.field(factory=dict)
    # What cells are known to show, so far as it was asked for.
    values: dict[Place, float | bool | str | None] = attrs.field(factory=dict)

    def run(self) -> dict[Place, float | bool | str | None]:
        self.values |= self.typed
        formulas, unclear = self._formulas()
        self.found |= dict.fromkeys({*unclear, *self.spilled}.difference(self.typed), None)
        moving = {*formulas, *self.typed, *self.found}
        # Each cell once, so that a formula is ready when all of them are.
        users: dict[Place, list[Place]] = defaultdict(list)
        for place, formula in formulas.items():
            for other in _precedents(formula, moving):
                users[other].append(place)
        waiting = self._waiting(users, formulas)
        # First what depends on nothing that still waits; what is left at the end goes in circles.
        count = Counter(chain.from_iterable([users[place] for place in waiting.intersection(users)]))
        ready = [place for place in waiting if place not in count]
        while ready:
            place = ready.pop()
            shown = self.found[place] = self._computed(formulas[place])
            if shown is not None:
                self.values[place] = shown
            for user in users.get(place, ()):
                count[user] -= 1
                if not count[user]:
                    ready.append(user)
        return self.found | {place: None for place in waiting if count[place]}

    def _formulas(self) -> tuple[dict[Place, Formula], list[Place]]:
        """Return the formulas, and where those stand of which it cannot be told what they refer to."""
        formulas: dict[Place, Formula] = {}
        unclear = []
        referred = written = 0
        shapes: set[str] = set()
        for sheet, cells in self.book.cells.items():
            for at, cell in cells.items():
                place = (sheet, *at)
                if cell.held != "formula" or place in self.typed or place in self.spilled:
                    continue
                if referred > MOST_REFERRED or written > MOST_WRITTEN:
                    unclear.append(place)
                    continue
                formula = Formula.read(str(cell.content), sheet, self.book.names)
                referred += sum([min(block.size, WIDEST) for block in formula.blocks])
                written += 0 if formula.shape in shapes else len(formula.shape)
                shapes.add(formula.shape)
                is_here = all(block.sheet in self.book.cells and block.size <= WIDEST for block in formula.blocks)
                if referred <= MOST_REFERRED and formula.is_steady and is_here:
                    formulas[place] = formula
                else:
                    unclear.append(place)
        return formulas, unclear

    def _waiting(self, users: Mapping[Place, list[Place]], formulas: Iterable[Place]) -> set[Place]:
        """Return the formulas without a value, and those downstream of them, of what was typed, of what is unknown."""
        waiting = {place for place in formulas if self._kept(place) is None and place not in self.found}
        reached = [*self.typed, *self.found, *waiting]
        while reached:
            for user in users.get(reached.pop(), ()):
                if user not in waiting and user not in self.found:
                    waiting.add(user)
                    reached.append(user)
        return waiting

    def _computed(self, formula: Formula) -> float | bool | str | None:
        """Return what a formula shows, once all that it refers to is known."""
        try:
            shown = formula.value(self._shown)
        except (ArithmeticError, LookupError, ValueError, TypeError):
            # A FormulaError too: the ledger's table lacks one of its functions.
            return None
        return shown if not isinstance(shown, float) or math.isfinite(shown) else None

    def _kept(self, place: Place) -> Any:
        return self.kept[place[0]].get(place[1:])

    def _shown(self, place: Place) -> float | bool | str | None:
        """Return what a cell shows, None for an empty one. Raises ValueError where that is not known."""
        try:
            return self.values[place]
        except KeyError:
            return self.values.setdefault(place, self._held(place))

    def _held(self, place: Place) -> float | bool | str | None:
        cell = self.book.cell(*place)
        shown = self._kept(place) if cell.held in {"formula", "date"} else cell.content
        if place not in self.found:
            if cell.held == "blank":
                return None
            if isinstance(shown, float | int):
                return shown if isinstance(shown, bool) else float(shown)
            # An empty text that is typed, not computed, is an empty cell to some programs.
            if isinstance(shown, str) and cell.held != "error" and cell.content != "" and not shown.startswith("#"):
                return shown
        raise ValueError(place)


def _precedents(formula: Formula, moving: set[Place]) -> set[Place]:
    """Return the cells among `moving` that a formula refers to."""
    found: set[Place] = set()
    for block in formula.blocks:
        if block.size == 1:
            found.add((block.sheet, block.first_row, block.first_column))
        elif block.size > len(moving):
            found.update(filter(block.holds, moving))
        else:
            found.update(block.places())
    return found & moving
