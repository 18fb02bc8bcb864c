"""What people write for an input over time, as a figure for each period: one, a list, or steps from a period on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from unitledger.errors import UnknownName, ValueRefused, brief
from unitledger.model.axis.listed import listed, number, quantity_of
from unitledger.model.entry.axis import Items, Timeline, cell_name
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.over import Axis, AxisInput
from unitledger.model.entry.settle import Given
from unitledger.model.held.entries import Entries, has_axes

if TYPE_CHECKING:
    import pandas as pd

OverTime: TypeAlias = "Given | Sequence[Given] | Mapping[str, Given] | pd.Series[Any] | pd.DataFrame | Path"
"""One figure for all periods; one for each; by period, each holding from then on; or a column of a table by period."""

_PERIOD = "period"


def spread(given: Any, name: str, axis: Timeline) -> list[Given]:
    """Return a figure of an input for each period.

    Raises ValueRefused or UnknownName; of a table also InputsFileError, QuantityError or UnitMismatch.
    """
    what = f"Input {name!r}"
    if isinstance(given, Path) or hasattr(given, "itertuples"):
        return _tabled(given, name, axis)
    if isinstance(given, Mapping):
        return _stepped(given, axis, what)
    if hasattr(given, "to_dict"):
        return _labelled(((what, *cell) for cell in zip(given.index, given, strict=True)), axis, what)
    listed_: Any = given.tolist() if getattr(given, "shape", ()) else given
    if isinstance(listed_, str) or not isinstance(listed_, Sequence):
        return [listed_] * len(axis)
    given = listed_
    if len(given) != len(axis):
        raise ValueRefused(f"{what}: expected {len(axis)} figures, one for each period, got {len(given)}.")
    return list(given)


def _stepped(given: Mapping[str, Given], axis: Timeline, what: str) -> list[Given]:
    """Return what holds in each period, given from which period on."""
    steps = {_place(label, axis, what): figure for label, figure in given.items()}
    if 0 not in steps:
        first = f"its first step is {axis.labels[min(steps)]}" if steps else "it has no step"
        raise ValueRefused(
            f"{what}: {first}, the budget begins in {axis.labels[0]}. Say what holds from {axis.labels[0]}."
        )
    figures: list[Given] = []
    for place in range(len(axis)):
        figures.append(steps[place] if place in steps else figures[-1])
    return figures


def _place(label: str, axis: Timeline, what: str) -> int:
    try:
        return axis.place(label)
    except UnknownName as unknown:
        raise UnknownName(f"{what}: {unknown}") from None


def _tabled(given: Any, name: str, axis: Timeline) -> list[Given]:
    """Return the column of a table that is called as the input is, by the column `period` or by unnamed row labels."""
    if not isinstance(given, Path) and _PERIOD not in given.columns:
        given = given.rename_axis(_PERIOD)
    found = listed(given, f"Input {name!r}")
    found.checked([*found.columns], [_PERIOD, name])
    if name not in found.units:
        raise ValueRefused(f"{found.head}: the heading {name!r} says no unit. Write it behind, as in '{name} [USD]'.")
    unit = found.unit(name, found.units[name])

    def cells() -> Iterator[tuple[str, Any, Given]]:
        for row, label in enumerate(found.columns[_PERIOD]):
            what = f"{found.place(row)}, {name}"
            yield what, label, quantity_of(number(found.columns[name][row], unit, what), unit, what)

    return _labelled(cells(), axis, f"{found.head}, {name}")


def _labelled(cells: Iterable[tuple[str, Any, Given]], axis: Timeline, head: str) -> list[Given]:
    """Return figures in the order of the periods; each comes with what begins a message about it, and its label.

    Labels may be first days; every period must be there.
    """
    named: dict[str, Given] = {}
    starts = {str(start): period for start, period in zip(axis.starts, axis.labels, strict=True)}
    for what, label, figure in cells:
        period = starts.get(said := _said(label), said)
        if period not in axis:
            raise ValueRefused(f"{what}: {brief(period)} is outside the periods {axis.labels[0]} to {axis.labels[-1]}.")
        if period in named:
            raise ValueRefused(f"{what}: {period} is there twice. Leave one out.")
        named[period] = figure
    missing = [label for label in axis.labels if label not in named]
    if missing:
        raise ValueRefused(f"{head}: no figure for {missing[0]}{' and others' if len(missing) > 1 else ''}.")
    return [named[label] for label in axis.labels]


def _said(label: Any) -> str:
    """Return a label as a text: a time by its day, a period of pandas by its first."""
    first = getattr(label, "start_time", label)
    day = first.date() if hasattr(first, "date") and first == first else first  # noqa: PLR0124 - a missing day of pandas is not itself
    return str(day).strip()


def without_range(figure: Figure, name: str, axis: Axis) -> None:
    """Raise ValueRefused for a figure of many with a low or a high: nothing would move so many figures at once."""
    if figure.has_range:
        raise ValueRefused(
            f"Input {name!r} has a figure {axis.each}, and these take neither low nor high. Multiply it by an input "
            f"that does: assume('{name.replace('.', '_')}_factor', '100 %', low='90 %', high='110 %')."
        )


def by_cell(entries: Entries, settings: Mapping[str, Any]) -> dict[str, Given]:
    """Return settings in which each figure of a period stands by itself; what names no row stays as it is.

    A row is set as `people`, in one period as `people@2027-03`, in several as `people@2026-07:2026-12`, a column of a
    table as `fleet.price`, for one item as `fleet.price@h100`; what is named more closely holds.
    Several spans of a row must not overlap. Raises ValueRefused or UnknownName.
    """
    if not has_axes(entries):
        return dict(settings)
    found: dict[str, Given] = {}
    spans: dict[str, str] = {}
    # Rows first, then spans of periods, then single ones.
    for name in sorted(settings, key=lambda name: ("@" in name, "@" in name and ":" not in name)):
        row, _, _ = name.partition("@")
        held = entries.along(row)
        if not isinstance(held, AxisInput):
            found[name] = settings[name]
            continue
        cells = (_of_items if isinstance(held.axis, Items) else _of_periods)(settings[name], name, held.axis)
        for figure in cells.values():
            if isinstance(figure, Figure):
                without_range(figure, row, held.axis)
        found.update(cells)
        for cell in cells if ":" in name else ():
            if spans.setdefault(cell, name) != name:
                raise ValueRefused(f"Input {row!r}: {spans[cell]} and {name} both say what {cell} is. Say it once.")
    return found


def _of_periods(given: Any, name: str, axis: Any) -> dict[str, Given]:
    """Return what is set for periods: of one or several alike, or of all."""
    row, _, period = name.partition("@")
    first, _, last = period.partition(":")
    what = f"Input {row!r}"
    begin, end = (_place(each, axis, what) for each in (first, last or first)) if period else (0, len(axis) - 1)
    labels = axis.labels[begin : end + 1]
    if not labels:
        raise ValueRefused(f"{what}: the period {period} ends before it begins.")
    figures = [given] * len(labels) if period else spread(given, row, axis)
    return {cell_name(row, label): figure for label, figure in zip(labels, figures, strict=True)}


def _of_items(given: Any, name: str, axis: Any) -> dict[str, Given]:
    """Return what is set for items: of one, of all alike, of each in a list, or of some by what they are called."""
    _, _, label = name.partition("@")
    if label:
        axis.place(label)
        return {name: given}
    if isinstance(given, Mapping):
        by_item = {label: figure for label, figure in given.items() if axis.place(label) >= 0}
    elif isinstance(given, Sequence) and not isinstance(given, str):
        if len(given) != len(axis):
            raise ValueRefused(f"Input {name!r}: expected {len(axis)} figures, one for each item, got {len(given)}.")
        by_item = dict(zip(axis.labels, given, strict=True))
    else:
        by_item = dict.fromkeys(axis.labels, given)
    return {cell_name(name, label): figure for label, figure in by_item.items()}
