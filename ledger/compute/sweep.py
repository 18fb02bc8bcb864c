"""A table over combinations of inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute.arrays import arrays
from unitledger.errors import EmptyLedger, UnknownName, ValueRefused
from unitledger.files.csv_text import csv_text
from unitledger.files.save import check_place, save
from unitledger.model import Choice, Entries, Figure, check_line, setting_of
from unitledger.units import Quantity, Unit, number_text, quantity

if TYPE_CHECKING:
    import pandas as pd

_ROWS_SHOWN = 60


@attrs.frozen
class Column:
    """One column: the name of an input or line, its unit (none for a choice), and one value per row.

    Values are in the unit as written, 30 for 30 %, so that `array` and `sweep` take them as they are.
    """

    name: str
    unit: Unit | None
    values: tuple[float | str, ...]

    @property
    def title(self) -> str:
        """Name and unit, such as 'token_cost [USD/Mtoken]'."""
        return self.name if self.unit is None else f"{self.name} [{self.unit.spelling}]"

    def shown(self, most: int) -> tuple[str, ...]:
        """Return the first `most` values as texts."""
        return tuple(value if isinstance(value, str) else number_text(value, self.unit) for value in self.values[:most])


@attrs.frozen
class Table:
    """The result of a sweep: the varied inputs, then the outputs; all columns have one length."""

    columns: tuple[Column, ...]

    def __getitem__(self, name: str) -> Column:
        """Return a column by name. Raises UnknownName."""
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownName(f"The table has no column {name!r}; it has {', '.join(c.name for c in self.columns)}.")

    def __len__(self) -> int:
        return len(self.rows())

    def rows(self) -> list[tuple[float | str, ...]]:
        """Return the rows, one value per column."""
        return list(zip(*(column.values for column in self.columns), strict=True))

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas data frame whose column names carry the units. Raises ImportError without pandas."""
        import pandas as pd

        return pd.DataFrame({column.title: list(column.values) for column in self.columns})

    def to_csv(self, path: str | Path) -> None:
        """Write the table as UTF-8 CSV: a heading of names with units, then a row per case.

        Words that a spreadsheet would compute get an apostrophe in front. The file appears whole or not at all.
        Raises WorkbookError when the path cannot be written.
        """
        target = Path(path)
        check_place(target)
        save(csv_text([[column.title for column in self.columns], *self.rows()]).encode(), target)

    def _repr_html_(self) -> str:
        from unitledger.views import Grid, page, paragraph

        # A notebook needs no more to see whether the table is the right one.
        first = tuple(zip(*(column.shown(_ROWS_SHOWN) for column in self.columns), strict=True))
        right = frozenset(place for place, column in enumerate(self.columns) if column.unit is not None)
        blocks = [Grid(tuple(column.title for column in self.columns), first, right).to_html()]
        if len(self) > _ROWS_SHOWN:
            rest = f"The first {_ROWS_SHOWN} of {len(self):,} rows; rows(), to_frame() and to_csv(path) give all."
            blocks.append(paragraph(rest))
        return page(*blocks)


def sweep(
    entries: Entries, values: Mapping[str, Sequence[Quantity | str | float]], outputs: Sequence[str], option: str
) -> Table:
    """Return outputs (the headline and what stands beside it where there are none) over every combination of inputs.

    `values`: for each input the quantities (or words) it takes; a bare number is in its unit as written. Raises
    UnknownName, UnitMismatch or ValueRefused for inputs, CalculationError where a case has no value.
    """
    if not outputs:
        if entries.answer is None:
            raise EmptyLedger(f"{entries.title!r} has no headline: name the outputs of the sweep.")
        outputs = (entries.answer.line, *entries.answer.beside)
    for name in outputs:
        check_line(entries, name)
    axes = {name: _axis(entries, name, column) for name, column in values.items()}
    if not axes or not all(axes.values()):
        raise ValueRefused("A sweep needs at least one input with at least one value.")
    grid = list(product(*axes.values()))
    cases = {name: [case[place] for case in grid] for place, name in enumerate(axes)}
    results = arrays(entries, outputs, cases, option)
    inputs = ((name, entries.input(name)) for name in cases)
    columns = [
        Column(name, None if isinstance(each, Choice) else each.unit, tuple(cases[name])) for name, each in inputs
    ]
    columns += [Column(name, entries.lines[name].unit, tuple(results[name].tolist())) for name in outputs]
    return Table(tuple(columns))


def _axis(entries: Entries, name: str, column: Any) -> list[float | str]:
    """Return the values of an input as a column of the table holds them."""
    if isinstance(column, str | Real | Decimal | Quantity):
        raise ValueRefused(f"Input {name!r}: a sweep takes a list of values, such as [{column!r:.60}].")
    # An array of numpy becomes a list of Python's own numbers.
    listed = column.tolist() if hasattr(column, "tolist") else column
    target = entries.input(name)
    settings = [setting_of(target, Figure.of(given), entries.calendar) for given in listed]
    if isinstance(target, Choice):
        return [setting.value for setting in settings]
    return [float(quantity(float(setting.value), target.unit).magnitude) for setting in settings]
