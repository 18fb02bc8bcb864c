"""What COUNTIF and SUMIFS look for: a number, a text, nothing, or numbers on one side of a limit.

Then MATCH, INDEX and SUMIFS over arrays: what each cell of a block is in every case, and what is looked for in it.
Texts, and cells that are looked at and vary themselves, are left to plain numbers, case by case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from unitledger.expression.digits import added_up, canonical, canonical_array
from unitledger.expression.table import rules
from unitledger.expression.table.arithmetic import AT_LEAST, AT_MOST, EQUAL, JOIN, LESS, MORE
from unitledger.expression.table.function import KEPT, Form, Function, Takes

_LIMIT = re.compile(r"(>=|<=|>|<|=)(-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)")
_SIDES = {row.symbol: row for row in (EQUAL, LESS, AT_MOST, MORE, AT_LEAST)}
# Signs that stand for others in a text that is searched for, and those that also compare, or escape, where cells are
# counted.
WILD = frozenset("*?~")
_MEANINGFUL = WILD | frozenset("<=>\\")
# Numbers, shares, sums of money, dates and times in the ways that some program reads. What follows a month is never
# given back: letters that are months again could be divided in too many ways.
_NUMBER_LIKE = re.compile(
    r"(?:[-+\d\s.,:/%$€£¥()'’]|(?<=[\d\s.])(?:e|[ap]m?)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*+)*",
    re.IGNORECASE,
)


def _limit(compared: Function) -> Function:
    sign = compared.symbol

    def written(number: float) -> str:
        return f"{sign}{canonical(number):.15g}".upper()

    def arrays(np: Any, numbers: Any) -> Any:
        listed, which = np.unique(numbers, return_inverse=True)
        return np.array([written(number) for number in listed.tolist()])[which]

    return Function(
        f'"{sign}"&',
        rules.limit,
        written,
        Form(arrays, exact=True),
        f"{compared.words} ",
        takes=Takes.FIGURES,
        loss=KEPT,
        example=(7.25,),
        symbol=f'"{sign}"&',
        precedence=JOIN,
        sought=True,
    )


BELOW, UP_TO, ABOVE, FROM = map(_limit, (LESS, AT_MOST, MORE, AT_LEAST))
"""Figures on one side of a number, as what SUMIFS and COUNTIF look for."""


def criterion(wanted: Any) -> Callable[[Any], bool]:
    """Return whether a cell's content (None: it is empty) is what is looked for.

    Raises ValueError or TypeError, now or for a content, where programs disagree.
    """
    if wanted == "":
        return lambda held: held is None or held == ""
    limit = _LIMIT.fullmatch(wanted) if isinstance(wanted, str) else None
    if limit is not None:
        return _numbers(_SIDES[limit[1]].scalar, float(limit[2]))
    if isinstance(wanted, float):
        return _numbers(EQUAL.scalar, wanted)
    if not isinstance(wanted, str) or _MEANINGFUL & set(wanted) or _like_a_value(wanted):
        raise ValueError(f"{wanted!r} has a meaning of its own in a search")
    folded = wanted.casefold()
    return lambda held: isinstance(held, str) and held.casefold() == folded


def _numbers(holds: Callable[[float, float], bool], limit: float) -> Callable[[Any], bool]:
    def found(held: Any) -> bool:
        if isinstance(held, bool) or (isinstance(held, str) and _like_a_value(held)):
            raise TypeError(f"{held!r} is a number to some programs")
        if isinstance(held, float) and held != limit and canonical(held) == canonical(limit):
            raise ValueError(f"{held!r} is {limit!r} to some programs")
        return isinstance(held, float) and holds(held, limit)

    return found


def _like_a_value(text: str) -> bool:
    """Whether some program takes a text for a number, a date or a truth value."""
    return text.casefold() in {"true", "false"} or (
        any(sign.isdigit() for sign in text) and _NUMBER_LIKE.fullmatch(text) is not None
    )


# So many cells by cases are looked at together; those of long tables would not fit into memory.
_MOST = 10_000_000


def match(np: Any, wanted: Any, block: tuple[Any, ...]) -> Any:
    """Return the place of the first cell that is what is wanted, nan where none is."""
    found = _by_case(np, block, wanted)
    if found is None:
        return NotImplemented
    cells, wanted = (canonical_array(np, each) for each in found)
    alike = cells == wanted
    return np.where(alike.any(axis=0), alike.argmax(axis=0) + 1.0, np.nan)


def match_rising(np: Any, wanted: Any, block: tuple[Any, ...]) -> Any:
    """Return the last place that is not above what is wanted, nan before the first and where cells do not rise."""
    found = _by_case(np, block, wanted)
    if found is None:
        return NotImplemented
    cells, wanted = (canonical_array(np, each) for each in found)
    places = (cells <= wanted).sum(axis=0)
    return np.where((places > 0) & (cells[1:] >= cells[:-1]).all(axis=0), places, np.nan)


def index(np: Any, block: tuple[Any, ...], place: Any) -> Any:
    """Return the cell in a place, nan where there is none."""
    found = _by_case(np, block, place)
    if found is None:
        return NotImplemented
    cells, place = found
    there = (place >= 1) & (place < len(block) + 1)
    taken = np.take_along_axis(cells, np.where(there, place, 1).astype(int)[None] - 1, axis=0)[0]
    return np.where(there, taken, np.nan)


def sums_where(np: Any, block: tuple[Any, ...], *pairs: Any) -> Any:
    """Return the sum of the cells beside which all is what is wanted, once for all cases that want the same."""
    looked_at, wanted = pairs[::2], pairs[1::2]
    if any(isinstance(cell, np.ndarray) for cells in looked_at for cell in cells):
        return NotImplemented
    shape = np.broadcast_shapes(*(each.shape for each in (*block, *wanted) if isinstance(each, np.ndarray)))
    columns = [np.broadcast_to(each, shape).ravel() for each in wanted]
    numbers = np.stack([np.unique(column, return_inverse=True)[1].ravel() for column in columns])
    _, first, which = np.unique(numbers, axis=1, return_index=True, return_inverse=True)
    varied = [np.broadcast_to(cell, shape).ravel() if isinstance(cell, np.ndarray) else cell for cell in block]
    found = np.empty(which.size)
    for cases, case in zip(_grouped(np, which.ravel(), len(first)), first.tolist(), strict=True):
        try:
            tests = [criterion(column[case : case + 1].tolist()[0]) for column in columns]
            rows = zip(*looked_at, strict=True)
            kept = [all(test(cell) for test, cell in zip(tests, row, strict=True)) for row in rows]
        except ValueError:
            found[cases] = np.nan
            continue
        added = (cell for cell, keeps in zip(varied, kept, strict=True) if keeps)
        found[cases] = added_up(cell[cases] if isinstance(cell, np.ndarray) else cell for cell in added)
    return found.reshape(shape)


def _grouped(np: Any, which: Any, count: int) -> Iterable[Any]:
    """Return the cases of each group, given the group of each."""
    order = np.argsort(which, kind="stable")
    return np.split(order, np.cumsum(np.bincount(which, minlength=count)))[:-1]  # type: ignore[no-any-return]


def _by_case(np: Any, block: tuple[Any, ...], other: Any) -> tuple[Any, Any] | None:
    """Return an array of cells by cases, and what stands beside them by cases; None for texts, none and too many."""
    parts = [each for each in (*block, other) if isinstance(each, np.ndarray)]
    shape = np.broadcast_shapes(*(part.shape for part in parts))
    is_figures = all(part.dtype.kind == "f" for part in parts) and not any(isinstance(cell, str) for cell in block)
    if not block or not is_figures or isinstance(other, str) or len(block) * np.prod(shape) > _MOST:
        return None
    return np.stack([np.broadcast_to(cell, shape) for cell in block]), np.broadcast_to(other, shape)
