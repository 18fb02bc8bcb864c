"""The units that a workbook defines for itself, on Constants: known while it is read, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from unitledger.errors import LedgerError, WorkbookRefused
from unitledger.units import lent_units
from unitledger.workbook import text
from unitledger.workbook.cells.read import Book
from unitledger.workbook.cells.rows import find_head, rows_below
from unitledger.workbook.layout import HEAD_OF_CONSTANTS

MOST_UNITS = 200


@contextmanager
def units_of(book: Book) -> Iterator[None]:
    """Know the units that a workbook defines for itself within a block.

    Raises WorkbookRefused for a definition that `define` would refuse, such as one of a name that means something
    else in this process.
    """
    with ExitStack() as block:
        try:
            block.enter_context(lent_units(_definitions(book)))
        except LedgerError as refused:
            raise WorkbookRefused(f"{book.path.name} is not read, for a unit that it defines. {refused}") from refused
        yield


def _definitions(book: Book) -> list[tuple[str, str]]:
    """Return group and definition of each row that the writer labels so."""
    block = book.names.get(HEAD_OF_CONSTANTS)
    if block is None or block.sheet not in book.cells:
        return []
    head = find_head(book, HEAD_OF_CONSTANTS)
    found = []
    for row in rows_below(book, head).values():
        definition = row.cell(head.columns.start)
        name = str(definition.content).partition("=")[0].strip()
        if definition.held == "text" and row.label.content == text.OWN_UNIT.format(name=name):
            found.append((str(row.unit.content), str(definition.content)))
    if len(found) > MOST_UNITS:
        raise WorkbookRefused(f"It defines more than {MOST_UNITS} units.")
    return found
