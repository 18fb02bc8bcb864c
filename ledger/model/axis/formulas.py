"""Every formula of a ledger, in an order in which all can be worked out: of each period by itself, of items at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Any, NoReturn

import attrs

from unitledger.errors import CircularLedger, ValueRefused
from unitledger.expression import Along, Apply, Expression, Reference, Span, references
from unitledger.expression.table.statistics import SUM
from unitledger.model.axis.reach import in_period, looks_at_all
from unitledger.model.entry.axis import cell_name
from unitledger.model.entry.figure import Setting
from unitledger.model.entry.inputs import Words
from unitledger.model.entry.line import Line
from unitledger.model.entry.over import AxisInput, AxisLine, Balance, OnAxis, Ruler
from unitledger.model.held.entries import Entries, has_axes


@attrs.frozen
class _OfLines(Mapping[str, Expression]):
    """The formulas of lines, made when they are asked for."""

    lines: Mapping[str, Line]

    def __getitem__(self, name: str) -> Expression:
        return self.lines[name].lowered

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


def formulas(entries: Entries) -> Mapping[str, Expression]:
    """Return lowered formulas by name, each after those that it stands on.

    Of what has periods, there is one for each figure; of what has items, one for all.

    Raises ValueRefused for a balance that was never closed.
    """
    stamp = len(entries._lines), len(entries._rows) + len(entries._columns)
    if entries._formulas[0] != stamp:
        entries._formulas = stamp, _formulas(entries), {}
    return entries._formulas[1]


def precedents(entries: Entries, name: str) -> tuple[str, ...]:
    """Return the names that a formula refers to."""
    held = formulas(entries)
    known = entries._formulas[2]
    if name not in known:
        line = None if has_axes(entries) else entries._lines.get(name)
        known[name] = references(held[name]) if line is None else line.stands_on
    return known[name]


def _formulas(entries: Entries) -> Mapping[str, Expression]:
    rows = entries.rows
    if not has_axes(entries):
        return _OfLines(dict(entries.lines))
    found = {name: in_period(line.lowered, rows, None) for name, line in entries.lines.items()}
    found |= {name: in_period(row.lowered, rows, None) for name, row in lines_of_items(entries).items()}
    for name, row in rows.items():
        if isinstance(row, Balance) and row.flows is None:
            raise ValueRefused(
                f"Balance {name!r} was opened but never closed: {name}.close(added=[...], removed=[...])."
            )
        if isinstance(row, AxisLine):
            cells = [cell_name(name, label) for label in row.axis.labels]
            added = _added(row.lowered)
            for place, cell in enumerate(cells):
                if place and added is not None:
                    before = Reference(cells[place - 1], row.unit, row.home)
                    found[cell] = Apply(SUM, (before, in_period(added, rows, place)))
                else:
                    found[cell] = in_period(row.lowered, rows, place)
    return {name: found[name] for name in _in_order(entries, found)}


def _added(row: Expression) -> Reference | None:
    """Return the row of which a running sum adds a figure to its own of the period before; None for other formulas."""
    match row:
        case Apply(function, (Along(Reference() as added, Span.SO_FAR),)) if function is SUM:
            return added
    return None


def _in_order(entries: Entries, found: Mapping[str, Expression]) -> Iterable[str]:
    """Return the names of formulas, each after those that it refers to. Raises CircularLedger.

    Rows are put in order as a whole, or figure by figure where they refer to each other in turn.
    """
    rows: dict[str, AxisLine] = {name: row for name, row in entries.rows.items() if isinstance(row, AxisLine)}
    written: dict[str, Line | AxisLine] = {**entries.lines, **lines_of_items(entries), **rows}

    def operands(name: str) -> Iterator[str]:
        formula, opening = written[name].lowered, rows[name].initial if name in rows else None
        referred = (*references(formula), *(() if opening is None else references(opening)))
        return (row for other in referred if (row := other.partition("@")[0]) in written)

    try:
        order = list(_ordered(written, operands, entries.rows))
    except CircularLedger:
        return _ordered(found, lambda name: filter(found.__contains__, references(found[name])), entries.rows)
    cells = {name: [cell_name(name, label) for label in row.axis.labels] for name, row in rows.items()}
    return chain.from_iterable(cells.get(name, (name,)) for name in order)


def _ordered(
    names: Iterable[str], operands: Callable[[str], Iterable[str]], rows: Mapping[str, OnAxis]
) -> Iterator[str]:
    """Yield names, each after its operands. Raises CircularLedger."""
    done: set[str] = set()
    for start in names:
        waiting = [] if start in done else [(start, False)]
        path: dict[str, None] = {}
        while waiting:
            name, stood_on = waiting.pop()
            if stood_on:
                del path[name]
                done.add(name)
                yield name
            elif name in path:
                _refuse(rows, [*list(path)[list(path).index(name) :], name])
            elif name not in done:
                path[name] = None
                waiting.append((name, True))
                waiting.extend((other, False) for other in reversed([*operands(name)]) if other not in done)


def _refuse(rows: Mapping[str, OnAxis], path: list[str]) -> NoReturn:
    """Raise CircularLedger for lines that lead back to the first of them."""
    lines = [each.partition("@")[0] for each in path]
    for line, other in pairwise(lines):
        row = rows.get(line)
        if isinstance(row, AxisLine) and looks_at_all(row.lowered, other):
            raise CircularLedger(f"Line {line!r} looks at all periods of {other!r}, which depends on {line!r}.")
    raise CircularLedger(
        f"Lines refer to each other in the same period: {' -> '.join(lines)}. Let one of them use before(...) or the "
        "opening of a balance."
    )


def lines_of_items(entries: Entries) -> dict[str, AxisLine]:
    """Return the lines that have a figure for each item of a table, by name."""
    return {name: row for name, row in entries.columns.items() if isinstance(row, AxisLine)}


def figures(entries: Entries, option: str) -> dict[str, Any]:
    """Return what inputs and the ruler are in each period of an option: stored magnitudes.

    A column of a table is an array, of its figures or its words.
    """
    own = entries.options[option].settings
    found = _of_items(entries, own)
    for name, row in entries.rows.items():
        cells = [cell_name(name, label) for label in row.axis.labels] if isinstance(row, AxisInput | Ruler) else []
        if isinstance(row, AxisInput):
            settings = zip(cells, row.settings, strict=True)
            found |= {cell: float(own.get(cell, setting).value) for cell, setting in settings}
        elif isinstance(row, Ruler):
            found |= zip(cells, row.magnitudes, strict=True)
    return found


def _of_items(entries: Entries, own: Mapping[str, Setting]) -> dict[str, Any]:
    """Return the columns of tables, with what an option sets of them."""
    if not entries.columns:
        return {}
    import numpy as np

    found: dict[str, Any] = {}
    for name, column in entries.columns.items():
        if isinstance(column, Words):
            found[name] = np.array(column.words, dtype=object)
        elif isinstance(column, AxisInput):
            found[name] = np.array([setting.value for setting in column.settings], dtype=float)
    for cell, setting in own.items():
        name, _, label = cell.partition("@")
        held = entries.columns.get(name) if label else None
        if held is not None:
            found[name][held.axis.place(label)] = setting.value
    return found
