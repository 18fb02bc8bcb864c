"""Rows of cases: inputs and what comes of them, with units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute.many.cases import Cases
from unitledger.errors import UnknownName, check_installed
from unitledger.files.save import check_place, save
from unitledger.files.text import csv_text
from unitledger.model import Choice, Entries
from unitledger.units import Unit, number_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from unitledger.compute.many.arrays import Columns
    from unitledger.views import Grid


def new_axes() -> Axes:
    """Return axes on a figure of their own. Raises MissingExtra without matplotlib."""
    check_installed("matplotlib", "plots", "Drawing")
    from matplotlib.figure import Figure

    return Figure(layout="constrained").subplots()


OPTION = "option"
"""The column that says of which option a row is."""

_ROWS_SHOWN = 60


@attrs.frozen
class Column:
    """One column: the name of an input or line, its unit (none for a choice), and one value per row.

    Values are in the unit as written, 30 for 30 %, so that `array` and `sweep` take them as they are. `is_output`:
    whether they are worked out.
    """

    name: str
    unit: Unit | None
    values: tuple[float | str, ...]
    is_output: bool = False

    @property
    def title(self) -> str:
        """Name and unit, such as 'token_cost [USD/Mtoken]'."""
        return self.name if self.unit is None else f"{self.name} [{self.unit.spelling}]"

    def said(self, place: int) -> str:
        """Return what a row has, as the name of a curve says it: the option, or an input with its value."""
        value = self.values[place]
        text = value if isinstance(value, str) else f"{number_text(value, self.unit)} {self.unit or ''}".rstrip()
        return text if self.name == OPTION else f"{self.name} {text}"

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
        return len(self.columns[0].values)

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

    def plot(self, line: str = "", over: str = "", axes: Axes | None = None) -> Axes:
        """Draw an output over an input, the first of each unless named, with a curve for each case of the others.

        `axes`: of matplotlib, to draw on; new ones unless given. Raises UnknownName for what the table does not have,
        MissingExtra without matplotlib.
        """
        inputs = [column for column in self.columns if not column.is_output]
        across = self[over] if over else next(column for column in inputs if column.name != OPTION)
        up = self[line] if line else next(column for column in self.columns if column.is_output)
        others = [column for column in inputs if column is not across]
        curves: dict[str, list[tuple[float | str, float | str]]] = {}
        for place, point in enumerate(zip(across.values, up.values, strict=True)):
            curves.setdefault(", ".join(column.said(place) for column in others), []).append(point)
        drawn = new_axes() if axes is None else axes
        for label, points in curves.items():
            drawn.plot(*zip(*points, strict=True), marker="o", label=label)
        drawn.set(xlabel=across.title, ylabel=up.title)
        if others:
            drawn.legend()
        return drawn

    def grid(self, most: int | None = None) -> Grid:
        """Return all rows, or the first so many, as texts that can be printed."""
        from unitledger.views import Grid

        shown = len(self) if most is None else most
        rows = tuple(zip(*(column.shown(shown) for column in self.columns), strict=True))
        right = frozenset(place for place, column in enumerate(self.columns) if column.unit is not None)
        return Grid(tuple(column.title for column in self.columns), rows, right)

    def _repr_html_(self) -> str:
        from unitledger.views import page, paragraph

        # A notebook needs no more to see whether the table is the right one.
        blocks = [self.grid(_ROWS_SHOWN).to_html()]
        if len(self) > _ROWS_SHOWN:
            rest = f"The first {_ROWS_SHOWN} of {len(self):,} rows; rows(), to_frame() and to_csv(path) give all."
            blocks.append(paragraph(rest))
        return page(*blocks)


def table_of(entries: Entries, found: Mapping[str, tuple[Mapping[str, Cases], Columns]], *, named: bool) -> Table:
    """Return the cases of each option below each other: its inputs, then its outputs.

    `named`: whether the first column says of which option a row is.
    """
    columns: list[Column] = []
    if named:
        options = [option for option, (cases, _) in found.items() for _ in range(len(next(iter(cases.values()))))]
        columns.append(Column(OPTION, None, tuple(options)))
    inputs, outputs = next(iter(found.values()))
    for name in inputs:
        target = inputs[name].target
        values = _below([cases[name].listed() for cases, _ in found.values()])
        columns.append(Column(name, None if isinstance(target, Choice) else target.unit, values))
    for name in outputs:
        values = _below([results[name].tolist() for _, results in found.values()])
        columns.append(Column(name, entries.lines[name].unit, values, is_output=True))
    return Table(tuple(columns))


def joined(tables: Sequence[Table], options: Sequence[str]) -> Table:
    """Return tables of the same columns and options as one, the rows of an option below each other."""
    if len(tables) == 1:
        return tables[0]
    columns = []
    for place, column in enumerate(tables[0].columns):
        parts = []
        for turn in range(len(options)):
            for table in tables:
                many = len(table) // len(options)
                parts.append(table.columns[place].values[turn * many : (turn + 1) * many])
        columns.append(attrs.evolve(column, values=_below(parts)))
    return Table(tuple(columns))


def _below(lists: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(each for listed in lists for each in listed)
