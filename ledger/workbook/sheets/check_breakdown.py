"""The block of Checks in which the answer is taken apart, and its parts are added up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from unitledger.compute import TOLERANCE
from unitledger.expression import (
    Expression,
    Factor,
    Reference,
    absolute,
    any_of,
    kind_of,
    maximum,
    minimum,
    spelled,
    value,
    when,
)
from unitledger.workbook import text
from unitledger.workbook.check_rows import LARGEST_PART, PARTS_UNEQUAL, SIZE_OF_TOTAL, SUM_OF_PARTS
from unitledger.workbook.formats import number_format
from unitledger.workbook.layout import FIRST_OPTION
from unitledger.workbook.parts import shown
from unitledger.workbook.printing import down, symbol
from unitledger.workbook.sheet import Style, here
from unitledger.workbook.sheets.check_arithmetic import ADDED, ALLOWED, PARTS
from unitledger.workbook.sheets.check_block import COUNT, Checking

SIZE = symbol("largest part of the total")
SUM = symbol("sum of the parts of the answer")
LARGEST = symbol("largest part of the answer")


def breakdown_adds_up(checking: Checking) -> float:
    """One row per part of the answer, their sum, the largest of them, and whether they do not add up.

    Where the answer is a total times something, the largest part of that total comes first: a total that is nothing
    beside it has no shares. Return how many options fail.
    """
    entries, rows = checking.entries, checking.rows.breakdown
    found = checking.layout.made_of
    if found is None:
        return 0.0
    checking.title("breakdown", text.PARTS_OF_ANSWER, [text.DIFFERING_CELLS])
    answer = entries.lines[found.answer.name]
    spelling, style = answer.unit.spelling, ("number", checking.patterns[answer.name])
    known = [{**checking.results[option], ALLOWED.name: TOLERANCE} for option in checking.layout.options]
    block = _Block(checking, known, {ALLOWED.name: checking.tolerance})
    nothing: Expression | None = None
    if not found.is_total:
        size = maximum(maximum(*found.parts), -minimum(*found.parts))
        unit = spelled(kind_of(found.total, answer.name, entries.calendar))
        pattern = ("number", number_format(answer.unit, block.values(size)))
        block.put(rows[SIZE_OF_TOTAL], (text.LARGEST_OF_TOTAL, unit), size, pattern, SIZE.name)
        nothing = absolute(found.total) <= ALLOWED * SIZE
    places = []
    for place, (label, part) in enumerate(shown(entries, found, checking.results)):
        share = part if nothing is None else found.answer * when(nothing, 0, part / found.total)
        places.append(f"part {place} of the answer")
        block.put(rows[str(place)], (label, spelling), share, style, places[-1])
    block.gather(PARTS.name, places)
    largest = maximum(maximum(PARTS), -minimum(PARTS))
    block.put(rows[SUM_OF_PARTS], (text.SUM_OF_PARTS.format(total=answer.label), spelling), ADDED, style, SUM.name)
    block.put(
        rows[LARGEST_PART], (text.LARGEST_PART.format(total=answer.label), spelling), largest, style, LARGEST.name
    )
    equal = absolute(found.answer - SUM) <= ALLOWED * LARGEST
    flag = when(equal if nothing is None else any_of(nothing, equal), 0, 1)
    last = rows[PARTS_UNEQUAL]
    label = text.DOES_NOT_ADD_UP.format(total=answer.label)
    failed = sum(block.put(last, (label, text.ONE_IF_TRUE), flag, COUNT, "flag"))
    down(checking.sheet, checking.count_column, ADDED, {PARTS.name: checking.across}, [(last, last, failed, COUNT)])
    return failed


@attrs.frozen
class _Block:
    """Rows that stand on Calc and on one another; `known`: values by option, to which every row adds its own."""

    checking: Checking
    known: list[dict[str, Any]]
    addresses: dict[str, str]

    def values(self, tree: Expression) -> list[float]:
        """Values of a tree, one per option."""
        return [float(value(tree, known.__getitem__)) for known in self.known]

    def put(self, row: int, head: tuple[str, str], tree: Expression, style: Style, name: str) -> list[float]:
        """Put a row, with its label and unit, and call it by a name; return its values."""
        cached = self.values(tree)
        self.checking.row_head(row, *head)
        self.checking.sheet.row_of_formulas(row, FIRST_OPTION, tree, self._locate, cached, style)
        self.addresses[name] = here(row)
        for known, number in zip(self.known, cached, strict=True):
            known[name] = number
        return cached

    def gather(self, name: str, parts: Sequence[str]) -> None:
        """Call neighbouring rows by one name."""
        self.addresses[name] = f"{self.addresses[parts[0]]}:{self.addresses[parts[-1]]}"
        for known in self.known:
            known[name] = tuple(known[part] for part in parts)

    def _locate(self, leaf: Reference | Factor) -> str:
        own = self.addresses.get(leaf.name) if isinstance(leaf, Reference) else None
        return own or self.checking.locate(leaf)
