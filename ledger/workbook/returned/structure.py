"""Comparing the structure of a workbook with its ledger's: headings of options, labels on Inputs, names of answers."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.cells.read import Block, Book
from unitledger.workbook.layout import answers, output_name
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.inputs import headings
from unitledger.workbook.returned.places import Places


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


def read_structure(places: Places) -> Iterator[Calculation]:
    """Yield headings of options on Calc, labels on Inputs and names of answers that are not the ledger's."""
    book, calc, options = places.book, places.calc, tuple(places.entries.options)
    titles = headings(book, calc)
    if titles != options:
        yield Calculation("options", options, calc.place(calc.first_column), ", ".join(options), ", ".join(titles))
    yield from _labels(places)
    for name in answers(places.entries):
        row = places.rows.get(("line", name))
        if row is None:
            continue  # that the row is gone is reported already
        title, wanted = output_name(name), attrs.evolve(calc, first_row=row, last_row=row)
        found = book.names.get(title.casefold())
        if found != wanted:
            now = f"{title}: {_address(found)}" if found else f"no name {title}"
            yield Calculation(name, options, wanted.place(calc.first_column), f"{title}: {_address(wanted)}", now)


def _labels(places: Places) -> Iterator[Calculation]:
    book, inputs = places.book, places.inputs
    left = range(inputs.first_column)
    column = next((c for c in left if book.cell(inputs.sheet, inputs.first_row, c).content == text.ASSUMPTION), None)
    for name, target in places.entries.inputs.items():
        row = places.rows.get(("input", name))
        if column is None or row is None:
            continue  # that the row is gone is reported already
        label = book.cell(inputs.sheet, row, column).content
        if label != target.label:
            now = "nothing: the cell is empty" if label is None else f"label {label}"
            where = on(inputs.sheet, a1(row, column))
            yield Calculation(name, tuple(places.entries.options), where, f"label {target.label}", now)


def _address(block: Block) -> str:
    first, last = fixed(block.first_row, block.first_column), fixed(block.last_row, block.last_column)
    return on(block.sheet, first if first == last else f"{first}:{last}")
