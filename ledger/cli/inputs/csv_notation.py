"""Inputs as CSV: one row per input and option that sets it."""

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

from unitledger.cli.inputs.entry import FIELDS, Entry, fields
from unitledger.errors import InputsFileError, brief, did_you_mean
from unitledger.files.csv_text import cell_text, csv_text
from unitledger.ledger import Ledger
from unitledger.model import own_settings

_COLUMNS = ("name", "option", *FIELDS)


def text(template: str, ledger: Ledger) -> str:
    """Return the inputs of a ledger as CSV text."""
    del template
    rows: list[Sequence[str]] = [_COLUMNS]
    for name in ledger.inputs:
        for option, setting in own_settings(ledger, name).items():
            held = {"name": name, "option": option, **fields(ledger.input(name), setting)}
            rows.append([held.get(column, "") for column in _COLUMNS])
    return csv_text(rows)


def parse(content: str, file: str, ledger: Ledger) -> Iterator[Entry]:
    """Yield what each row says; an empty option means the base option. Raises InputsFileError."""
    reader = csv.reader(StringIO(content), strict=True)
    try:
        headings = _headings(next(reader, []), file)
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
            yield Entry(name, option or ledger.base, cells, _place(file, line))
    except csv.Error as broken:
        raise InputsFileError(f"{file}, line {reader.line_num}: not valid CSV: {broken}.") from None


def _place(file: str, line: int) -> Callable[[str], str]:
    return lambda field: f"{file}, line {line}, {field}"


def _headings(row: list[str], file: str) -> list[str]:
    headings = [cell.strip() for cell in row]
    if len(headings) == 1 and ";" in headings[0]:
        raise InputsFileError(f"{file}, line 1: its columns are separated by semicolons. Save it with commas.")
    for heading in headings:
        if heading not in _COLUMNS:
            raise InputsFileError(
                f"{file}, line 1: unknown column {brief(heading)!r}.{did_you_mean(heading, _COLUMNS)} "
                f"Columns are {', '.join(_COLUMNS)}."
            )
        if headings.count(heading) > 1:
            raise InputsFileError(f"{file}, line 1: the column {heading!r} is there twice.")
    for needed in ("name", "value"):
        if needed not in headings:
            raise InputsFileError(f"{file}, line 1: the column {needed!r} is missing.")
    return headings
