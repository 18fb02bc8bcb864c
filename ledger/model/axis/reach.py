"""The axis of a formula, the formula of one period, and rows for what a formula looks at beside its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from unitledger.errors import ExpressionError, UnitMismatch
from unitledger.expression import Along, Apply, Area, Expression, Home, Kind, Reference, Span, nodes, references
from unitledger.model.entry.axis import Items, Timeline, cell_name
from unitledger.model.entry.over import Axis, AxisLine, OnAxis, Ruler
from unitledger.model.held.entries import Entries

_ALL = (Span.WHOLE, Span.ITEMS)


def axis_of(node: Expression, entries: Entries, line: str) -> Axis | None:
    """Return what a formula has a figure for each of: the periods or the items of what it refers to, but for all.

    None: it is one figure. Raises UnitMismatch where two meet.
    """
    found: dict[str, tuple[Axis, str]] = {}
    for name in _own(node):
        held = entries.along(name)
        if held is not None:
            called = held.axis.name if isinstance(held.axis, Items) else "timeline"
            found.setdefault(called, (held.axis, name))
    if len(found) > 1:
        said = " and ".join(f"{called} ({name})" for called, (_, name) in list(found.items())[:2])
        raise UnitMismatch(
            f"Line {line!r} has two axes: {said}. Reduce one first, with .sum(), .sum_by(...) or look_up(...)."
        )
    return next((axis for axis, _ in found.values()), None)


def has_axis(node: Expression, entries: Entries) -> bool:
    """Whether a formula has several figures: it refers to something along periods or items other than to all of it."""
    return any(entries.along(name) is not None for name in _own(node))


def _own(node: Expression) -> Iterator[str]:
    """Yield the names that a formula refers to other than to all of them."""
    return (each.name for each in nodes(node, but=_ALL) if isinstance(each, Reference))


def is_along(node: Expression) -> bool:
    """Whether a formula looks at periods or items: along a line that has them, or at one of its figures."""
    return any(isinstance(each, Along) or (isinstance(each, Reference) and "@" in each.name) for each in nodes(node))


def looked_along(node: Expression) -> Iterator[Along]:
    """Yield what looks along periods or items in a formula."""
    return (each for each in nodes(node) if isinstance(each, Along))


def looks_back(node: Expression) -> bool:
    """Whether a formula looks at what comes before its own period, or at all up to it."""
    return any(each.span not in _ALL for each in looked_along(node))


def looks_at_all(node: Expression, row: str) -> bool:
    """Whether a formula looks at all periods of a row."""
    return any(each.span is Span.WHOLE and references(each.inner) == (row,) for each in looked_along(node))


def in_figures(node: Expression, hold: Callable[[Expression], Reference], *, kept: Span | None = None) -> Expression:
    """Return a formula in which what is taken from all periods or items is a line; `hold` makes one.

    `kept`: what may be taken by the formula itself.
    """
    match node:
        case Reference(name) if "@" in name:
            return hold(node)
        case Along(inner, span) if span is kept:
            return Along(in_figures(inner, hold, kept=kept), span)
        case Apply(function, arguments):
            if any(isinstance(argument, Along) and argument.span is not kept for argument in arguments):
                return hold(node)
            return Apply(function, tuple(in_figures(argument, hold, kept=kept) for argument in arguments))
    return node


def beside_items(node: Expression, entries: Entries, line: str, hold: Callable[[Expression], Reference]) -> Expression:
    """Return a formula in which what items take from periods is a line: a table has a sheet without periods."""
    if isinstance(axis_of(node, entries, line), Items):
        return in_figures(node, hold, kept=Span.ITEMS)
    match node:
        case Along(inner, Span.ITEMS):
            return Along(in_figures(inner, hold, kept=Span.ITEMS), Span.ITEMS)
        case Apply(function, arguments):
            return Apply(function, tuple(beside_items(argument, entries, line, hold) for argument in arguments))
    return node


def of_items(node: Expression, entries: Entries, line: str) -> Expression:
    """Return a formula that says so where it looks at all items of a table, not at all periods."""
    match node:
        case Along(inner, Span.WHOLE):
            held = of_items(inner, entries, line)
            return Along(held, Span.ITEMS if isinstance(axis_of(held, entries, line), Items) else Span.WHOLE)
        case Apply(function, arguments):
            return Apply(function, tuple(of_items(argument, entries, line) for argument in arguments))
    return node


def in_rows(node: Expression, hold: Callable[[Expression], Reference]) -> Expression:
    """Return a formula in which all that is looked at along periods is a row; `hold` makes one of a compound."""
    match node:
        case Along(Reference(), _):
            return node
        case Along(inner, span):
            return Along(hold(in_rows(inner, hold)), span)
        case Apply(function, arguments):
            return Apply(function, tuple(in_rows(argument, hold) for argument in arguments))
    return node


def in_period(node: Expression, rows: Mapping[str, OnAxis], place: int | None) -> Expression:
    """Return the formula of one period, counted from 0, or of a line without periods (None); items stay together."""
    match node:
        case Reference(name, kind, home) if place is not None and name in rows:
            return _cells(name, kind, home, rows[name].axis)[place]
        case Along(Reference(name) as row, span) if name in rows:
            return _span(row, rows[name], span, place)
        case Apply(function, arguments):
            return Apply(function, tuple([in_period(argument, rows, place) for argument in arguments]))
    return node


def _span(row: Reference, held: OnAxis, span: Span, place: int | None) -> Expression:
    cells = _cells(row.name, row.kind, row.home, held.axis)
    if span is Span.WHOLE:
        return Area(cells)
    assert place is not None
    if span is Span.SO_FAR:
        return Area(cells[: place + 1])
    opening = opened(held)
    if span is Span.BEFORE:
        return cells[place - 1] if place else opening
    if not isinstance(opening, Reference):
        raise ExpressionError(f"Line {row.name!r}: its opening must be an input or a line to be looked back at.")
    return Area((opening, *cells[:place]))


@lru_cache(maxsize=1024)
def _cells(name: str, kind: Kind, home: Home | None, axis: Timeline) -> tuple[Reference, ...]:
    """Return the figures of a row by period; formulas of all its periods refer to the same ones."""
    return tuple(Reference(cell_name(name, label), kind, home) for label in axis.labels)


def opened(row: OnAxis) -> Expression:
    """Return what a row is before the first period. Raises ExpressionError where nothing says it."""
    found = row.initial if isinstance(row, AxisLine) else None
    if found is None:
        what = "Ruler" if isinstance(row, Ruler) else "Line" if isinstance(row, AxisLine) else "Input"
        raise ExpressionError(
            f"{what} {row.name!r} has no opening: what is it before {row.axis.labels[0]}? Say opening='...' where it "
            "is written."
        )
    return found
