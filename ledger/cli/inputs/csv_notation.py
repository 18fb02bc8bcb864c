"""Inputs as CSV: one row per input and option that sets it."""

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

from unitledger.cli.inputs.entry import FIELDS, Entry, fields, held, target_of
from unitledger.errors import InputsFileError, brief, did_you_mean
from unitledger.files.csv_text import cell_text, csv_text
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
    reader = csv.reader(StringIO(content), strict=True)
    try:
        headings = _headings(next(reader, []), file, periods)
        end = reader.line_num
        for row in reader:
            # A quoted cell may span lines; the message names the first.
            line, end = end + 1, reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(headings):
                raise InputsFileError(f"{file}, line {line}: {len(row)} cells under {len(headings)} headings.")
            cells = dict(zip(headings, map(cell_text, row), strict=True))
            name, option = cells.pop("name").strip(), cells.pop("option", "").strip()
            place = _place(file, line)
            by_period = {label: cells.pop(label) for label in periods if label in cells}
            if cells.get("value", "").strip() or not any(map(str.strip, by_period.values())):
                yield Entry(name, option or ledger.base, cells, place)
            for label, value in by_period.items():
                if value.strip():
                    said = {**cells, "value": value}
                    yield Entry(cell_name(name, label), option or ledger.base, said, _place(file, line, label))
    except csv.Error as broken:
        raise InputsFileError(f"{file}, line {reader.line_num}: not valid CSV: {broken}.") from None


def _place(file: str, line: int, period: str = "") -> Callable[[str], str]:
    return lambda field: f"{file}, line {line}, {period if period and field == 'value' else field}"


def _headings(row: list[str], file: str, periods: Sequence[str]) -> list[str]:
    headings = [cell.strip() for cell in row]
    if len(headings) == 1 and ";" in headings[0]:
        raise InputsFileError(f"{file}, line 1: its columns are separated by semicolons. Save it with commas.")
    for heading in headings:
        if heading not in (*_COLUMNS, *periods):
            also = f", and the periods {periods[0]} to {periods[-1]}" if periods else ""
            raise InputsFileError(
                f"{file}, line 1: unknown column {brief(heading)!r}.{did_you_mean(heading, _COLUMNS)} "
                f"Columns are {', '.join(_COLUMNS)}{also}."
            )
        if headings.count(heading) > 1:
            raise InputsFileError(f"{file}, line 1: the column {heading!r} is there twice.")
    for needed in ("name", *(["value"] if set(headings).isdisjoint(periods) else [])):
        if needed not in headings:
            raise InputsFileError(f"{file}, line 1: the column {needed!r} is missing.")
    return headings
