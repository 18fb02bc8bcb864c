"""A table over combinations of inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute.many.arrays import arrays
from unitledger.compute.many.cases import Cases
from unitledger.compute.many.parquet import check_folder, write_piece
from unitledger.compute.many.pieces import Shared, done, spans
from unitledger.compute.many.table import Table, joined, table_of
from unitledger.errors import EmptyLedger, ValueRefused
from unitledger.model import Entries, Figure, check_line, setting_of
from unitledger.units import Quantity

if TYPE_CHECKING:
    from unitledger.compute.many.pieces import Workers

Swept = Mapping[str, Sequence[Quantity | str | float]]
"""By input the quantities or words that it takes; a bare number is in its unit as written."""


def sweep(
    entries: Entries,
    values: Swept,
    outputs: Sequence[str],
    options: Sequence[str],
    *,
    named: bool,
    executor: Workers | None = None,
    parquet: str | Path | None = None,
) -> Table:
    """Return outputs (the headline and what stands beside it where there are none) over every combination of inputs.

    The last input changes fastest. `named`: whether rows name their option. `executor`: who works them out; `parquet`:
    a new folder for the rows, where the table is empty. Raises UnknownName, UnitMismatch or ValueRefused for inputs,
    CalculationError where a case has no value, WorkbookError for the folder.
    """
    if not outputs:
        if entries.answer is None:
            raise EmptyLedger(f"{entries.title!r} has no headline: name the outputs of the sweep.")
        outputs = (entries.answer.line, *entries.answer.beside)
    for name in outputs:
        check_line(entries, name)
    axes = {name: _axis(entries, name, column) for name, column in values.items()}
    if not axes or not all(map(len, axes.values())):
        raise ValueRefused("A sweep needs at least one input with at least one value.")
    folder = None if parquet is None else check_folder(parquet)
    swept = _Swept(entries, axes, outputs, options, named, folder)
    count = math.prod(map(len, axes.values()))
    shared = Shared(swept)
    pieces = [_Piece(shared, place, span) for place, span in enumerate(spans(count))]
    return joined(list(done(pieces, executor, f"{count:,} combinations")), options)


@attrs.frozen
class _Swept:
    """All combinations of what inputs take, and what is asked for of them."""

    entries: Entries
    axes: Mapping[str, Cases]
    outputs: Sequence[str]
    options: Sequence[str]
    named: bool
    folder: Path | None


@attrs.frozen
class _Piece:
    """Some of the combinations: a table of them, an empty one where it was written into a folder."""

    swept: Shared[_Swept]
    place: int
    span: tuple[int, int]

    def __call__(self) -> Table:
        import numpy as np

        swept = self.swept.held
        at = np.unravel_index(np.arange(*self.span), [len(axis) for axis in swept.axes.values()])
        cases = {
            name: attrs.evolve(axis, values=axis.values[places], first=self.span[0])
            for (name, axis), places in zip(swept.axes.items(), at, strict=True)
        }
        found = {option: (cases, arrays(swept.entries, swept.outputs, cases, option)) for option in swept.options}
        table = table_of(swept.entries, found, named=swept.named)
        if swept.folder is None:
            return table
        write_piece(table, swept.folder, self.place)
        return Table(tuple(attrs.evolve(column, values=()) for column in table.columns))


def _axis(entries: Entries, name: str, column: Any) -> Cases:
    """Return the values that an input takes."""
    if isinstance(column, str | Real | Decimal | Quantity):
        raise ValueRefused(f"Input {name!r}: a sweep takes a list of values, such as [{column!r:.60}].")
    # An array of numpy becomes a list of Python's own numbers.
    listed = column.tolist() if hasattr(column, "tolist") else column
    made = Cases.of(entries, name, listed)
    for given in listed:
        setting_of(made.target, Figure.of(given), entries.calendar)
    return made
