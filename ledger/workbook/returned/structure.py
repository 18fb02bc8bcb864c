"""Comparing the structure of a workbook with its ledger's: headings of options, labels on Inputs, names of answers."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.cells.read import Block
from unitledger.workbook.layout import answers, output_name
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.inputs import headings
from unitledger.workbook.returned.places import Places
from unitledger.workbook.sheets.inputs.text import OWN


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
    column = places.labels
    for name, target in places.entries.inputs.items():
        row = places.rows.get(("input", name))
        if column is None or row is None:
            continue  # that the row is gone is reported already
        label = book.cell(inputs.sheet, row, column).content
        if label != target.label:
            now = "nothing: the cell is empty" if label is None else f"label {label}"
            where = on(inputs.sheet, a1(row, column))
            yield Calculation(name, tuple(places.entries.options), where, f"label {target.label}", now)
    for name, option in places.layout.own:
        if ("input", name) in places.rows and (name, option) not in places.stated:
            gone = "its row is not beneath the input: it was deleted or moved, or its label changed"
            yield Calculation(name, (option,), inputs.sheet, f"label {OWN.format(option=option)}", gone)


def _address(block: Block) -> str:
    first, last = fixed(block.first_row, block.first_column), fixed(block.last_row, block.last_column)
    return on(block.sheet, first if first == last else f"{first}:{last}")
