"""Comparing the structure of a workbook with its ledger's: headings, labels, names of answers, formulas typed over."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.errors import FormulaError, brief
from unitledger.expression import TEXT, Apply, Expression, Reference, Text
from unitledger.expression.table.arithmetic import DIFFERENT
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.cells.book import Block, Book, Cell, Place
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.layout import FIRST_OPTION, answers, output_name
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.formulas import EMPTY
from unitledger.workbook.returned.places import Places
from unitledger.workbook.returned.rows import as_in_ledger, beside_options
from unitledger.workbook.text import OWN


def read_structure(places: Places) -> Iterator[Calculation]:
    """Yield headings, labels and names of answers that are not those of the ledger, and how many formulas are gone.

    Where Inputs has more or fewer options than the ledger, that is reported already.
    """
    book, calc, options = places.book, places.calc.figures, tuple(places.entries.options)
    yield from _told_otherwise(book)
    if len(places.inputs.columns) == len(options):
        heads = [book.cell(calc.sheet, calc.first_row, column) for column in calc.columns]
        titles = [as_in_ledger(book, places.inputs.figures, options, calc.sheet, cell) for cell in heads]
        if titles != list(options):
            place, there = calc.place(calc.first_column), brief(", ".join(titles))
            yield Calculation("options", options, place, ", ".join(options), there)
        else:
            yield from _typed_over(places)
        yield from _labels(places)
    for place in beside_options(book, places.calc, text.IN_WORDS):
        yield Calculation("options", (), place, EMPTY, "what nothing reads, beside the options")
    for name in answers(places.entries):
        row = places.rows.get(("line", name))
        if row is None:
            continue  # that the row is gone is reported already
        title, wanted = output_name(name), calc._replace(first_row=row, last_row=row)
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


def _typed_over(places: Places) -> Iterator[Calculation]:
    """Yield how many fewer formulas there are than were written, but for those of lines, which are told one by one."""
    book = places.book
    for sheet, row, column in _labelled(book, text.COUNT_OF_TYPED):
        count, written = (book.cell(sheet, row, column + FIRST_OPTION + beside) for beside in range(2))
        if count.held != "formula" or written.held != "number":
            continue  # a check that is typed over itself
        blocks = [block for block in Formula.read(str(count.content), sheet, book.names).blocks if block.sheet != sheet]
        there = sum(
            cell.held == "formula"
            for block in blocks
            for (line, beside), cell in book.cells.get(block.sheet, {}).items()
            if line in block.rows and beside in block.columns
        )
        if (gone := written.content - there - _told(places)) > 0:
            where = ", ".join(dict.fromkeys(block.sheet for block in blocks))
            place = on(sheet, a1(row, column + FIRST_OPTION))
            now = f"{gone:,.0f} fewer: typed over or emptied on one of {where}"
            yield Calculation("formulas", (), place, f"{written.content:,.0f} formulas", now)


def _told_otherwise(book: Book) -> Iterator[Calculation]:
    """Yield headings and labels that are not what the workbook compares them with."""
    for sheet, row, _ in _labelled(book, text.TOLD):
        for (line, _), cell in list(book.cells[sheet].items()):
            if line == row and cell.held == "formula":
                formula = Formula.read(str(cell.content), sheet, book.names)
                there = dict(zip(formula.written, formula.blocks, strict=True))
                for written, said in _compared(formula):
                    place = there[written].sheet, there[written].first_row, there[written].first_column
                    if (now := book.cell(*place)) != Cell("text", said):
                        shown = f"heading {brief(now.content)}" if now.content else "no heading"
                        yield Calculation("headings", (), on(place[0], a1(*place[1:])), f"heading {said}", shown)


def _compared(formula: Formula) -> Iterator[tuple[str, str]]:
    """Yield each cell that a formula compares with a text, as it is written, and the text."""

    def within(node: Expression) -> Iterator[tuple[str, str]]:
        match node:
            case Apply(function, (Reference(written), Text(said))) if function is DIFFERENT:
                yield written, said
            case Apply(_, parts):
                for part in parts:
                    yield from within(part)

    try:
        yield from within(formula.tree(lambda _, written: Reference(written, TEXT)))
    except FormulaError:
        return  # a cell is gone, which Integrity tells


def _labelled(book: Book, label: str) -> list[Place]:
    """Return where a label stands."""
    return [(sheet, *at) for sheet, cells in book.cells.items() for at, cell in cells.items() if cell.content == label]


def _told(places: Places) -> int:
    """How many cells of inputs and lines on Calc, and of factors on Inputs, hold no formula any more."""
    gone = 0
    for kind, name in places.written:
        row = places.rows.get((kind, name))
        if kind in {"used", "line"}:
            sheet, columns = places.calc.sheet, places.calc.columns
            gone += sum(row is None or not _computes(places, sheet, row, each) for each in columns)
        elif kind == "input" and row is None:
            gone += 1 + _converts(places, name)
        elif row is not None and kind == "input" and places.factors is not None and _converts(places, name):
            gone += not _computes(places, places.inputs.sheet, row, places.factors)
    return gone


def _computes(places: Places, sheet: str, row: int, column: int) -> bool:
    return places.book.cell(sheet, row, column).held == "formula"


def _converts(places: Places, name: str) -> bool:
    unit = getattr(places.entries.inputs[name], "unit", None)
    return unit is not None and unit.spelling in places.layout.units
