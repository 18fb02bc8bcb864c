"""Comparing the structure of a workbook with its ledger's: headings of options, labels on Inputs, names of answers."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from unitledger.errors import brief
from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.cells.read import Block
from unitledger.workbook.layout import answers, output_name
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.headings import as_in_ledger
from unitledger.workbook.returned.places import Places
from unitledger.workbook.text import OWN


def read_structure(places: Places) -> Iterator[Calculation]:
    """Yield headings of options on Calc, labels on Inputs and names of answers that are not the ledger's.

    Where Inputs has more or fewer options than the ledger, that is reported already.
    """
    book, calc, options = places.book, places.calc.figures, tuple(places.entries.options)
    if len(places.inputs.columns) == len(options):
        heads = [book.cell(calc.sheet, calc.first_row, column) for column in calc.columns]
        titles = [as_in_ledger(book, places.inputs.figures, options, calc.sheet, cell) for cell in heads]
        if titles != list(options):
            place, there = calc.place(calc.first_column), brief(", ".join(titles))
            yield Calculation("options", options, place, ", ".join(options), there)
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
    """Yield inputs that are read in another row than that which bears their name, and rows of options that are gone."""
    entries, found, sheet = places.entries, places.found, places.inputs.sheet
    for name, target in entries.inputs.items():
        named, row = places.rows.get(("input", name)), places.stated.get((name, entries.base))
        if named is None or row is None:
            continue  # that is a problem of the input itself
        if row != named:
            there, read = on(sheet, a1(named, places.inputs.label)), on(sheet, a1(row, places.inputs.label))
            now = f"label {brief(found.label(named))}"
            note = f"its label is at {read}: it is read there; the workbook computes with the row of its name"
            yield Calculation(name, tuple(entries.options), there, f"label {target.label}", now, note)
    for name, option in places.layout.own:
        if ("input", name) in places.rows and (name, option) not in places.stated:
            gone = "no row, or more than one, has this label: it was deleted, copied, or its label changed"
            label = OWN.format(label=entries.input(name).label) + option
            yield Calculation(name, (option,), sheet, f"label {label}", gone)


def _address(block: Block) -> str:
    first, last = fixed(block.first_row, block.first_column), fixed(block.last_row, block.last_column)
    return on(block.sheet, first if first == last else f"{first}:{last}")
