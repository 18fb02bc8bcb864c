"""What formulas show after some cells of a workbook were typed over: those that depend on these, and no others."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from unitledger.workbook.cells.formula import MOST_CELLS, Formula
from unitledger.workbook.cells.read import Block, Book, Place

Content = float | str | None
"""What is typed into a cell; None empties it."""


def refreshed(
    book: Book,
    kept: Mapping[str, Mapping[tuple[int, int], Any]],
    typed: Mapping[Place, Content],
    spilled: Iterable[Block],
) -> dict[Place, float | bool | str | None]:
    """Return what each formula that depends on `typed`, or has no value in the file, shows; None: that is not known.

    `kept`: values that the file keeps. `spilled`: cells that array formulas and data tables fill; what these show is
    never known, nor is what a formula shows whose precedents cannot be told (a volatile function, a whole column).
    """
    return _Refresh(book, kept, dict(typed)).run(spilled)


@attrs.define
class _Refresh:
    book: Book
    kept: Mapping[str, Mapping[tuple[int, int], Any]]
    typed: dict[Place, Content]
    found: dict[Place, float | bool | str | None] = attrs.field(factory=dict)

    def run(self, spilled: Iterable[Block]) -> dict[Place, float | bool | str | None]:
        formulas, unclear = self._formulas()
        # Each cell once, so that a formula is ready when all of them are.
        needs = {
            place: tuple(dict.fromkeys(other for block in formula.blocks for other in self._places(block)))
            for place, formula in formulas.items()
        }
        unclear += [place for block in spilled for place in self._places(block)]
        self.found |= dict.fromkeys((place for place in unclear if place not in self.typed), None)
        users: dict[Place, list[Place]] = defaultdict(list)
        for place, needed in needs.items():
            for other in needed:
                users[other].append(place)
        waiting = self._waiting(users, needs)
        # First what depends on nothing that still waits; what is left at the end goes in circles.
        count = {place: sum(other in waiting for other in needs[place]) for place in waiting}
        ready = [place for place in waiting if not count[place]]
        while ready:
            place = ready.pop()
            self.found[place] = self._computed(formulas[place])
            for user in users.get(place, ()):
                if user in waiting:
                    count[user] -= 1
                    if not count[user]:
                        ready.append(user)
        return self.found | dict.fromkeys((place for place in waiting if count[place]), None)

    def _formulas(self) -> tuple[dict[Place, Formula], list[Place]]:
        """Return the formulas, and where those stand of which it cannot be told what they refer to."""
        formulas: dict[Place, Formula] = {}
        unclear = []
        for sheet, cells in self.book.cells.items():
            for at, cell in cells.items():
                place = (sheet, *at)
                if cell.held == "formula" and place not in self.typed:
                    formula = Formula.read(str(cell.content), sheet, self.book.names)
                    if formula.is_steady and all(block.sheet in self.book.cells for block in formula.blocks):
                        formulas[place] = formula
                    else:
                        unclear.append(place)
        return formulas, unclear

    def _places(self, block: Block) -> list[Place]:
        if block.size <= MOST_CELLS:
            return list(block.places())
        # A wider range is looked up among the cells that are there.
        there = {*self.book.cells[block.sheet], *(place[1:] for place in self.typed if place[0] == block.sheet)}
        return [(block.sheet, *at) for at in there if at[0] in block.rows and at[1] in block.columns]

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
        if place in self.typed:
            return self.typed[place]
        if place in self.found:
            shown = self.found[place]
            if shown is None:
                raise ValueError(place)
            return shown
        cell = self.book.cell(*place)
        if cell.held == "blank":
            return None
        shown = self._kept(place) if cell.held in {"formula", "date"} else cell.content
        # An empty text that is typed, not computed, is an empty cell to some programs.
        if (
            cell.held == "error"
            or shown is None
            or cell.content == ""
            or (isinstance(shown, str) and shown.startswith("#"))
        ):
            raise ValueError(place)
        return shown if isinstance(shown, bool | str) else float(shown)
