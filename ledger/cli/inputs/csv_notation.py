"""Inputs as CSV: one row per input and option that sets it."""

from collections.abc import Callable, Iterator, Sequence

from unitledger.cli.inputs.entry import FIELDS, Entry, fields, held, target_of
from unitledger.files.csv_text import csv_text
from unitledger.files.rows import rows_of
from unitledger.ledger import Ledger
from unitledger.model import cell_name

_COLUMNS = ("name", "option", *FIELDS)


def text(template: str, ledger: Ledger) -> str:
    """Return the inputs of a ledger as CSV text."""
    del template
    rows: list[Sequence[str]] = [_COLUMNS]
    for name, settings in held(ledger):
        for option, setting in settings.items():
            said = {"name": name, "option": option, **fields(target_of(ledger, name), setting)}
            rows.append([said.get(column, "") for column in _COLUMNS])
    return csv_text(rows)


def parse(content: str, file: str, ledger: Ledger) -> Iterator[Entry]:
    """Yield what each row says; an empty option means the base option. Raises InputsFileError.

    Of an input over time a row may have its figures beneath the periods as headings.
    """
    periods = ledger.time.labels if ledger.time else ()
    rows = rows_of(content, file)
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
