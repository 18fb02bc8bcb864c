"""Cases in pieces: a table over combinations of inputs, and arrays over cases that are given."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute.many.arrays import arrays, given_cases
from unitledger.compute.many.cases import Cases
from unitledger.compute.many.pieces import Shared, check_folder, done, spans, write_piece
from unitledger.compute.many.table import Table, joined, table_of
from unitledger.errors import EmptyLedger, ValueRefused
from unitledger.model import Entries, Figure, check_line, setting_of
from unitledger.units import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from unitledger.compute.many.arrays import Columns
    from unitledger.compute.many.cases import Given
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


def listed(
    entries: Entries,
    outputs: Sequence[str],
    inputs: Mapping[str, Given],
    options: Sequence[str],
    executor: Workers | None = None,
) -> dict[str, Columns]:
    """Return lines for many cases, by option, as `arrays` gives them; `executor`: who works them out."""
    import numpy as np

    cases = given_cases(entries, inputs)
    if executor is None:
        return {option: arrays(entries, outputs, cases, option) for option in options}
    without = {name: attrs.evolve(each, values=each.values[:0]) for name, each in cases.items()}
    shared, count = Shared(_Asked(entries, without, outputs, options)), len(next(iter(cases.values())))
    pieces = [
        _Listed(shared, start, {name: each.values[start:stop] for name, each in cases.items()})
        for start, stop in spans(count)
    ]
    found = list(done(pieces, executor, f"{count:,} cases"))
    return {
        option: {name: np.concatenate([piece[option][name] for piece in found]) for name in outputs}
        for option in options
    }


@attrs.frozen
class _Asked:
    """Lines that are asked for in options; `inputs`: what varies, with the values that it takes if all know them."""

    entries: Entries
    inputs: Mapping[str, Cases]
    outputs: Sequence[str]
    options: Sequence[str]

    def of(self, values: Mapping[str, NDArray[np.float64]], first: int) -> dict[str, tuple[dict[str, Cases], Columns]]:
        """Return by option some cases, from the one of number `first` on, and the lines in these."""
        cases = {name: attrs.evolve(each, values=values[name], first=first) for name, each in self.inputs.items()}
        return {option: (cases, arrays(self.entries, self.outputs, cases, option)) for option in self.options}


@attrs.frozen
class _Listed:
    """Some of the cases that are given, from one on."""

    asked: Shared[_Asked]
    first: int
    values: Mapping[str, NDArray[np.float64]]

    def __call__(self) -> dict[str, Columns]:
        return {option: found for option, (_, found) in self.asked.held.of(self.values, self.first).items()}


@attrs.frozen
class _Swept(_Asked):
    """The same over all combinations of what inputs take."""

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
        at = np.unravel_index(np.arange(*self.span), [len(axis) for axis in swept.inputs.values()])
        values = {name: axis.values[places] for (name, axis), places in zip(swept.inputs.items(), at, strict=True)}
        table = table_of(swept.entries, swept.of(values, self.span[0]), named=swept.named)
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
