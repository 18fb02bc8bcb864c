"""What formulas show after some cells of a workbook were typed over: those that depend on these, and no others."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from unitledger.errors import FormulaError
from unitledger.expression import Expression, Reference, parse
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.cell_value import Cells, cell_value
from unitledger.workbook.places import MOST_CELLS
from unitledger.workbook.read import Block, Book, Place

Content = float | str | None
"""What is typed into a cell; None empties it."""

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_ADDRESS = re.compile(rf"(?<![\w.$!]){_SHEET}{_CELL}(?::{_SHEET}{_CELL})?(?![\w.(!:])")
# What may be left of a formula without its texts and addresses: functions, numbers, operators.
_REST = re.compile(r"(?:[A-Z_][\w.]*\(|[0-9.]+(?:E[+-]?[0-9]+)?|TRUE|FALSE|[-+*/^&=<>(),%;{}\s])*")
_CALLED = re.compile(r"([A-Z_][\w.]*)\(")
# Their result does not follow from the cells that they name.
_UNSTEADY = frozenset(
    ("CELL", "GETPIVOTDATA", "INDIRECT", "INFO", "NOW", "OFFSET", "RAND", "RANDARRAY", "RANDBETWEEN", "RTD", "TODAY")
)


class _Unclear(Exception):
    """A formula whose precedents cannot be told from its text."""


def refreshed(
    book: Book,
    kept: Mapping[str, Mapping[tuple[int, int], Any]],
    typed: Mapping[Place, Content],
    spilled: Iterable[Block],
) -> dict[Place, float | bool | str | None]:
    """Return what each formula that depends on `typed`, or has no value in the file, shows; None: that is not known.

    `kept`: values that the file keeps. `spilled`: cells that array formulas and data tables fill; what these
    show is never known, nor is what a formula shows whose precedents cannot be told (a defined name, a volatile
    function).
    """
    return _Refresh(book, kept, dict(typed)).run(spilled)


@attrs.define
class _Refresh:
    book: Book
    kept: Mapping[str, Mapping[tuple[int, int], Any]]
    typed: dict[Place, Content]
    found: dict[Place, float | bool | str | None] = attrs.field(factory=dict)

    def run(self, spilled: Iterable[Block]) -> dict[Place, float | bool | str | None]:
        needs, unclear = self._precedents()
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
            self.found[place] = self._computed(place)
            for user in users.get(place, ()):
                if user in waiting:
                    count[user] -= 1
                    if not count[user]:
                        ready.append(user)
        return self.found | dict.fromkeys((place for place in waiting if count[place]), None)

    def _precedents(self) -> tuple[dict[Place, tuple[Place, ...]], list[Place]]:
        """Return the cells that each formula refers to, and the formulas of which that cannot be told."""
        needs: dict[Place, tuple[Place, ...]] = {}
        unclear = []
        for sheet, cells in self.book.cells.items():
            for at, cell in cells.items():
                place = (sheet, *at)
                if cell.held != "formula" or place in self.typed:
                    continue
                try:
                    blocks = self._blocks(str(cell.content), sheet)
                    # Each cell once, so that a formula is ready when all of them are.
                    needs[place] = tuple(dict.fromkeys(other for block in blocks for other in self._places(block)))
                except _Unclear:
                    unclear.append(place)
        return needs, unclear

    def _blocks(self, formula: str, home: str) -> list[Block]:
        text = _QUOTED.sub("", formula)
        rest = _ADDRESS.sub("", text)
        if not _REST.fullmatch(rest) or _UNSTEADY.intersection(_CALLED.findall(rest)):
            raise _Unclear
        blocks = [Block.written(written, home) for written in _ADDRESS.findall(text)]
        known = [block for block in blocks if block is not None and block.sheet in self.book.cells]
        if len(known) < len(blocks):
            raise _Unclear
        return known

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

    def _computed(self, place: Place) -> float | bool | str | None:
        """Return what a formula shows, once all that it refers to is known."""
        sheet, row, column = place

        def known(written: str) -> Any:
            block = Block.written(written, sheet)
            if block is None:
                raise ValueError(written)
            shown = tuple(map(self._shown, block.places()))
            return shown[0] if len(shown) == 1 else Cells(shown, len(block.columns))

        try:
            shown = cell_value(parse(str(self.book.cell(sheet, row, column).content), _as_written), known)
        except (FormulaError, ArithmeticError, ValueError, TypeError):
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
        kept = self._kept(place)
        if cell.held == "error" or kept is None or (isinstance(kept, str) and kept.startswith("#")):
            raise ValueError(place)
        return kept if isinstance(kept, bool | str) else float(kept)


def _as_written(written: str) -> Expression:
    return Reference(written, DIMENSIONLESS)
