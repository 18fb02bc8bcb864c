"""Inputs as rows, of a CSV file or a data frame: one for each input and option that sets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from unitledger.files.text import Rows, csv_text, rows_of
from unitledger.model import Entries, cell_name
from unitledger.notation.entry import FIELDS, Entry, fields, held, target_of

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("name", "option", *FIELDS)


def text(template: str, ledger: Entries) -> str:
    """Return the inputs of a ledger as CSV text."""
    del template
    rows: list[Sequence[str]] = [_COLUMNS]
    for name, settings in held(ledger):
        for option, setting in settings.items():
            said = {"name": name, "option": option, **fields(target_of(ledger, name), setting)}
            rows.append([said.get(column, "") for column in _COLUMNS])
    return csv_text(rows)


def parse(content: str, file: str, ledger: Entries) -> Iterator[Entry]:
    """Yield what each row of a CSV text says. Raises InputsFileError."""
    return _entries(rows_of(content, file), ledger)


def of_frame(frame: pd.DataFrame, ledger: Entries) -> Iterator[Entry]:
    """Yield what each row of a data frame says; its index counts as columns where it has names. Raises InputsFileError.

    Numbers are in the unit beside them, else in that of the input; what is missing says nothing.
    """
    import pandas as pd

    def said(held: Any) -> str:
        day = getattr(held, "date", None)
        return "" if pd.isna(held) else str(day() if callable(day) else held)

    named = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    cells = tuple(tuple(map(said, row)) for row in named.itertuples(index=False, name=None))
    places = tuple(f"data frame, row {number}" for number in range(1, len(cells) + 1))
    return _entries(Rows(tuple(map(str, named.columns)), cells, places, "data frame"), ledger)


def _entries(rows: Rows, ledger: Entries) -> Iterator[Entry]:
    """Yield what each row says; an empty option means the base option.

    Of an input over time a row may have its figures beneath the periods as headings.
    """
    periods = ledger.time.labels if ledger.time else ()
    over = set(rows.headings).intersection(periods)
    also = f", and the periods {periods[0]} to {periods[-1]}" if periods else ""
    rows.check((*_COLUMNS, *periods), ("name", *([] if over else ["value"])), ", ".join(_COLUMNS) + also)
    for place, cells in rows:
        name, option = cells.pop("name").strip(), cells.pop("option", "").strip()
        by_period = {label: cells.pop(label) for label in periods if label in over}
        if cells.get("value", "").strip() or not any(map(str.strip, by_period.values())):
            yield Entry(name, option or ledger.base, cells, _place(place))
        for label, value in by_period.items():
            if value.strip():
                yield Entry(
                    cell_name(name, label), option or ledger.base, {**cells, "value": value}, _place(place, label)
                )


def _place(row: str, period: str = "") -> Callable[[str], str]:
    return lambda field: f"{row}, {period if period and field == 'value' else field}"
