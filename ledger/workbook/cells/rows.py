"""Rows of figures on a sheet: beneath headings that bear a name, with a label and a unit to the left."""

from __future__ import annotations

from unitledger.errors import WorkbookRefused
from unitledger.workbook.cells.read import Block, Book
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, UNIT_COLUMN

# Labels and units stand this far left of the first figure on every sheet.
TO_LABEL = FIRST_OPTION - LABEL_COLUMN
TO_UNIT = FIRST_OPTION - UNIT_COLUMN
# A wider range in a formula is shown by its address and not taken apart.
MOST_CELLS = 10_000


def headings_beside(book: Book, head: Block) -> dict[str, int]:
    """Return the columns to the right of the options by their headings, the first of several alike."""
    found: dict[str, int] = {}
    for (row, column), cell in sorted(book.cells[head.sheet].items()):
        if row == head.first_row and column > head.last_column:
            found.setdefault(str(cell.content), column)
    return found


def heading(book: Book, name: str) -> Block:
    """Return the headings above the figures of a sheet, by their defined name. Raises WorkbookRefused."""
    block = book.names.get(name)
    if block is None or block.sheet not in book.cells:
        raise WorkbookRefused(
            f"{book.path.name} is not a workbook of a ledger: nothing is named {name}. Open a file that to_excel wrote."
        )
    return block
