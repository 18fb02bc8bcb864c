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
from unitledger.workbook.cells.book import Block, Place, unquoted
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

    `shape`: the same with each address and each name of cells counted instead. `blocks`: the cells that these mean,
    `written`: how they are written.
    """

    text: str
    shape: str
    blocks: tuple[Block, ...]
    written: tuple[str, ...]

    @classmethod
    def read(cls, text: str, home: str, names: Mapping[str, Block | None]) -> Formula:
        """Read a formula on the sheet `home` of a workbook with these defined names (in lower case)."""
        blocks: list[Block] = []
        written: list[str] = []
        # What stands between pieces, and seven for each piece.
        between, *pieces = _REFERRING.split(text)
        shape = [between]
        for address, sheet, letters, digits, to, word, other, after in zip(*[iter(pieces)] * 8, strict=True):
            said = address or word or other
            block = None
            if address is not None:
                if to:
                    block = Block.written(address, home)
                else:
                    block = Block.cell(home if sheet is None else unquoted(sheet), letters.upper(), digits)
            elif word is not None:
                folded = word.casefold()
                block = names.get(f"!{home.casefold()}!{folded}", names.get(folded))
            if block is not None:
                shape += f"\0{len(blocks)}", after
                blocks.append(block)
                written.append(said)
            else:
                shape += said, after
        return cls(text, "".join(shape), tuple(blocks), tuple(written))

    @property
    def is_steady(self) -> bool:
        """Whether its value follows from its blocks: nothing else is named, and nothing called that is volatile."""
        return _is_steady(self.shape)

    @property
    def counted(self) -> Expression:
        """Its tree over the places of its blocks. Raises FormulaError, in the words of `shape`."""
        return _parsed(self.shape)

    def value(self, shown: Callable[[Place], Any]) -> float | bool | str:
        """Return what it shows, by what each cell shows. Raises FormulaError, and like `cell_value`."""
        return _compiled(self.shape)(self.known(shown))

    def tree(self, leaf: Leaf) -> Expression:
        """Return its tree over what its blocks stand for. Raises FormulaError where it cannot be read."""
        try:
            counted = self.counted
        except FormulaError:
            # Once more, for a message about what is written.
            parse(self.text, _as_written)
            raise
        return renamed(counted, {name: self._stands_for(name, leaf) for name in references(counted)})

    def known(self, shown: Callable[[Place], Any]) -> Known:
        """Return what the leaves of `counted` hold, by what each cell shows (None: it is empty)."""
        return partial(self._held, shown)

    def _stands_for(self, name: str, leaf: Leaf) -> Expression:
        place = _place(name)
        if place is None:
            return leaf(None, _COUNTED.sub(lambda inside: self.written[int(inside[1])], name))
        return leaf(self.blocks[place], self.written[place])

    def _held(self, shown: Callable[[Place], Any], leaf: Reference) -> Any:
        place = _place(leaf.name)
        if place is None:
            raise ValueError(f"{leaf.name!r} means no cells")
        block = self.blocks[place]
        if block.is_cell:
            return shown(block.first)
        if block.size > WIDEST:
            raise ValueError(f"{self.written[place]} is wider than {WIDEST:,} cells")
        return Cells(tuple(map(shown, block.places())), len(block.columns))


# A ledger of ten thousand lines has a few dozen shapes of formulas.
@lru_cache(maxsize=4096)
def _is_steady(shape: str) -> bool:
    return not _CLEAR.sub("", shape) and _UNSTEADY.isdisjoint(_CALLED.findall(shape))


@lru_cache(maxsize=4096)
def _place(name: str) -> int | None:
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
