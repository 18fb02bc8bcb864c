"""Comparing the structure of a workbook with its ledger's: headings of options, labels on Inputs, names of answers."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.cells.read import Block, Book
from unitledger.workbook.layout import answers, output_name
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.inputs import headings
from unitledger.workbook.returned.places import Places

_NOTHING = "nothing: the cell is empty"


def options_built(book: Book, head: Block) -> tuple[str, ...]:
    """Return the options that a workbook was built with: the columns beside `head`, on Inputs, of figures as built say.

    Where these are gone, the headings of the options themselves.
    """
    before, _, after = text.AS_BUILT_IN.partition("{option}")
    beside = [
        str(cell.content)
        for (row, column), cell in sorted(book.cells[head.sheet].items())
        if row == head.first_row and column > head.last_column
    ]
    built = [title for title in beside if title.startswith(before) and title.endswith(after)]
    return tuple(title.removeprefix(before).removesuffix(after) for title in built) or headings(book, head)


def read_structure(entries: Entries, places: Places, book: Book) -> Iterator[Calculation]:
    """Yield headings of options on Calc, labels on Inputs and names of answers that are not the ledger's."""
    options = tuple(entries.options)
    titles = headings(book, places.calc)
    if titles != options:
        cell = places.calc.place(places.calc.first_column)
        yield Calculation("options", options, cell, ", ".join(options), ", ".join(titles))
    yield from _labels(entries, places, book)
    for name in answers(entries):
        row = places.rows.get(("line", name))
        if row is None:
            continue  # that the row is gone is reported already
        title, calc = output_name(name), places.calc
        wanted = Block(calc.sheet, row, calc.first_column, row, calc.last_column)
        found = book.names.get(title.casefold())
        if found != wanted:
            now = f"{title}: {_address(found)}" if found else f"no name {title}"
            yield Calculation(
                name, options, on(calc.sheet, a1(row, calc.first_column)), f"{title}: {_address(wanted)}", now
            )


def _labels(entries: Entries, places: Places, book: Book) -> Iterator[Calculation]:
    inputs = places.inputs
    left = range(inputs.first_column)
    column = next((c for c in left if book.cell(inputs.sheet, inputs.first_row, c).content == text.ASSUMPTION), None)
    if column is None:
        return
    for name, target in entries.inputs.items():
        row = places.rows.get(("input", name))
        if row is None:
            continue  # that the row is gone is reported already
        label = book.cell(inputs.sheet, row, column).content
        if label != target.label:
            now = _NOTHING if label is None else f"label {label}"
            yield Calculation(
                name, tuple(entries.options), on(inputs.sheet, a1(row, column)), f"label {target.label}", now
            )


def _address(block: Block) -> str:
    first, last = fixed(block.first_row, block.first_column), fixed(block.last_row, block.last_column)
    return on(block.sheet, first if first == last else f"{first}:{last}")
