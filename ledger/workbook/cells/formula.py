"""Reader of a formula as it stands in a cell: the cells that it refers to, its tree over them, and its value.

No ledger is needed. Rows are alike and parsing is slow, so formulas that differ in nothing but their addresses are
parsed once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import attrs

from unitledger.errors import FormulaError
from unitledger.expression import Expression, Reference, parse, references, renamed
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.cells.book import Block, Place, place_of, unquoted
from unitledger.workbook.cells.value import Cells, Known, compiled

MOST_CELLS = 10_000
"""A wider range is not taken apart where a formula is told in words or in units."""

WIDEST = 200_000
"""A formula that looks at more cells at once has no value here."""

Leaf = Callable[[Block | None, str], Expression]
"""What a block of cells stands for in a tree, with its address or name as written; None: it means no cells."""

# What a formula is made of. Each piece is taken whole and never tried again, so that reading takes as long as it is.
_TEXT = r'"(?:[^"]|"")*+"'
_QUOTED = r"'(?:[^']|'')*+'"
_WORD = r"[^\W\d][\w.]*+"
_SHEET = rf"(?:{_QUOTED}|{_WORD})"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
# An address, its sheet, its column and row, and the end of a block; a word; what is neither.
_REFERRING = re.compile(
    rf"((?:({_SHEET})!)?+\$?([A-Za-z]{{1,3}})\$?([0-9]{{1,7}})(:(?:{_SHEET}!)?+{_CELL})?(?![\w.(!:]))"
    rf"|({_WORD}(?![(!:]))|({_TEXT}|(?:{_QUOTED})?[\w.$!]++|{_QUOTED})"
)
_COUNTED = re.compile("\0([0-9]+)")
_CALL = r"(?<![\w.])[A-Z_][\w.]*+\("
# What a formula may be made of once its addresses are counted instead: functions, numbers, operators, texts.
_CLEAR = re.compile(
    rf"{_TEXT}|\0[0-9]++|{_CALL}|[0-9.]++(?:E[+-]?[0-9]++)?+|\b(?:TRUE|FALSE)\b|[-+*/^&=<>(),%;{{}}\s]++"
)
_CALLED = re.compile(rf"{_TEXT}|({_CALL})")
# Their result does not follow from the cells that they name.
_UNSTEADY = frozenset(
    f"{name}("
    for name in (
        *("CELL", "GETPIVOTDATA", "INDIRECT", "INFO", "NOW", "OFFSET"),
        *("RAND", "RANDARRAY", "RANDBETWEEN", "RTD", "TODAY"),
    )
)


@attrs.frozen
class Formula:
    """A formula with its equals sign, and what it refers to.

    `shape`: the same with each address and each name of cells counted instead. `places`: the cell that each of these
    means, the first one of a block; `wide`: the blocks of several cells, by their number; `written`: how they are
    written.
    """

    text: str
    shape: str
    places: tuple[Place, ...]
    wide: Mapping[int, Block]
    written: tuple[str, ...]

    @classmethod
    def read(cls, text: str, home: str, names: Mapping[str, Block | None]) -> Formula:
        """Read a formula on the sheet `home` of a workbook with these defined names (in lower case)."""
        places: list[Place] = []
        wide: dict[int, Block] = {}
        written: list[str] = []
        # What stands between pieces, and seven for each piece.
        between, *pieces = _REFERRING.split(text)
        shape = [between]
        for address, sheet, letters, digits, to, word, other, after in zip(*[iter(pieces)] * 8, strict=True):
            block = place = None
            if letters is not None and not to:
                place = place_of(home if sheet is None else unquoted(sheet), letters.upper(), digits)
            elif other is None:
                block = Block.written(address, home) if to else _named(word, home, names)
                place = None if block is None else block.first
            if place is None:
                shape += address or word or other, after
                continue
            if block is not None and not block.is_cell:
                wide[len(places)] = block
            shape += f"\0{len(places)}", after
            places.append(place)
            written.append(address or word)
        return cls(text, "".join(shape), tuple(places), wide, tuple(written))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The cells that it refers to."""
        return tuple([self._block(number) for number in range(len(self.places))])

    @property
    def is_steady(self) -> bool:
        """Whether its value follows from its blocks: nothing else is named, and nothing called that is volatile."""
        return _is_steady(self.shape)

    @property
    def counted(self) -> Expression:
        """Its tree over the places of its blocks. Raises FormulaError, in the words of `shape`."""
        return _parsed(self.shape)

    def value(self, shown: Callable[[Place], Any], held: dict[Block, Cells] | None = None) -> float | bool | str:
        """Return what it shows, by what each cell shows. Raises FormulaError, and like `cell_value`.

        `held`: what blocks of more than one cell hold; those that it lacks are added.
        """
        return _compiled(self.shape)(self.known(shown, held))

    def tree(self, leaf: Leaf) -> Expression:
        """Return its tree over what its blocks stand for. Raises FormulaError where it cannot be read."""
        try:
            counted = self.counted
        except FormulaError:
            # Once more, for a message about what is written.
            parse(self.text, _as_written)
            raise
        return renamed(counted, {name: self._stands_for(name, leaf) for name in references(counted)})

    def known(self, shown: Callable[[Place], Any], held: dict[Block, Cells] | None = None) -> Known:
        """Return what the leaves of `counted` hold, by what each cell shows, None for an empty one; `held` as above."""
        return partial(self._held, shown, {} if held is None else held)

    def _stands_for(self, name: str, leaf: Leaf) -> Expression:
        number = _number(name)
        if number is None:
            return leaf(None, _COUNTED.sub(lambda inside: self.written[int(inside[1])], name))
        return leaf(self._block(number), self.written[number])

    def _block(self, number: int) -> Block:
        place = self.places[number]
        return self.wide.get(number) or Block(*place, *place[1:])

    def _held(self, shown: Callable[[Place], Any], held: dict[Block, Cells], leaf: Reference) -> Any:
        number = _number(leaf.name)
        if number is None:
            raise ValueError(f"{leaf.name!r} means no cells")
        block = self.wide.get(number)
        if block is None:
            return shown(self.places[number])
        if block.size > WIDEST:
            raise ValueError(f"{self.written[number]} is wider than {WIDEST:,} cells")
        if block not in held:
            held[block] = Cells(tuple(map(shown, block.places())), len(block.columns))
        return held[block]


def _named(word: str, home: str, names: Mapping[str, Block | None]) -> Block | None:
    """Return what a name means on a sheet."""
    folded = word.casefold()
    return names.get(f"!{home.casefold()}!{folded}", names.get(folded))


# A ledger of ten thousand lines has a few dozen shapes of formulas.
@lru_cache(maxsize=4096)
def _is_steady(shape: str) -> bool:
    return not _CLEAR.sub("", shape) and _UNSTEADY.isdisjoint(_CALLED.findall(shape))


@lru_cache(maxsize=4096)
def _number(name: str) -> int | None:
    """Return which of a formula's blocks a counted address is; None: it means no cells."""
    found = _COUNTED.fullmatch(name)
    return None if found is None else int(found[1])


@lru_cache(maxsize=4096)
def _parsed(shape: str) -> Expression:
    return parse(shape, _as_written)


@lru_cache(maxsize=4096)
def _compiled(shape: str) -> Callable[[Known], float | bool | str]:
    return compiled(_parsed(shape))


def _as_written(address: str) -> Reference:
    return Reference(address, DIMENSIONLESS)
