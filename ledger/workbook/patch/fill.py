"""Writing values into a workbook that people have worked on; only these cells and what depends on them change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from unitledger.compute.alerts import check_options
from unitledger.errors import WorkbookRefused
from unitledger.files.save import check_target, save
from unitledger.model import Choice, Entries, Given, by_cell, with_settings, with_spare
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import Block, Book, Cell, Held, Place
from unitledger.workbook.cells.guard import opened
from unitledger.workbook.cells.read import held_on_to, read_book
from unitledger.workbook.cells.rows import find_head, units_of
from unitledger.workbook.layout import HEAD_OF_CALC, HEAD_OF_INPUTS
from unitledger.workbook.patch.package import Package
from unitledger.workbook.patch.refresh import Content, refreshed
from unitledger.workbook.returned.compare import check_ours
from unitledger.workbook.returned.inputs import inherits
from unitledger.workbook.returned.periods import period_places
from unitledger.workbook.returned.rows import InputRows, RowRefused, options_in, spare_in
from unitledger.workbook.returned.tables import table_places
from unitledger.workbook.stated.given import typed

_HELD: dict[type, Held] = {float: "number", str: "text"}


@held_on_to()
def fill(
    entries: Entries,
    path: str | Path | Book,
    settings: Mapping[str, Mapping[str, Given | None]],
    output: str | Path,
    *,
    overwrite: bool = True,
) -> Path:
    """Write a copy of a workbook to `output` in which inputs are set, by option and by name; return its path.

    `path`: that of the workbook, or what was read of it.

    In another option than the base, None empties a cell, so that the option takes what the base option has. Values are
    written in the unit that stands beside the cell. Formulas that depend on them show new values, or none where
    only a spreadsheet program can tell; all else in the file stays as it is, sheets, charts and comments included.
    Raises WorkbookRefused for a file that is not safe, not a workbook of this ledger, or whose inputs cannot be found;
    UnknownName, UnitMismatch, QuantityError or ValueRefused for a setting that the ledger would not take,
    OptionRefused where it leaves an option so; WorkbookError where the output cannot be written.
    """
    source, target = path.path if isinstance(path, Book) else Path(path), Path(output)
    check_target(target, overwrite=overwrite)
    # What the ledger would not take is refused before the file is looked at.
    changed = with_settings(entries, settings)
    check_options(changed, changed.options)
    settings = {option: by_cell(entries, given) for option, given in settings.items()}
    book = path if isinstance(path, Book) else read_book(source)
    check_ours(entries, book)
    _check_live(book)
    head = find_head(book, HEAD_OF_INPUTS)
    spare = spare_in(entries, book)
    if spare:
        entries, changed = with_spare(entries, spare), with_spare(changed, spare)
    options = options_in(entries, book, head.figures)
    if options != tuple(entries.options):
        raise WorkbookRefused(
            f"{source.name} has the options {', '.join(options)}, not {', '.join(entries.options)}. Take a ledger with "
            "the same options: only(...) leaves some out."
        )
    cells: dict[Place, Content] = {}
    rows = InputRows(changed, book, head)
    # Each is looked for where a figure of it is set.
    over_time, tables = cache(lambda: period_places(changed, book)), cache(lambda: table_places(changed, book))
    with units_of(book):
        for option, name in ((option, name) for option, given in settings.items() for name in given):
            if "@" in name:
                there = tables() if name.partition("@")[0] in entries.columns else over_time()
                place, content = there.cell_of(name, option), _stored(changed, name, option)
                same = content is None and book.cell(*place).held == "formula"
            else:
                block, place, content = _content(changed, rows, name, option)
                same = content is None and inherits(book.cell(*place), block)
            if not same and (content is None or book.cell(*place) != Cell(_HELD[type(content)], content)):
                cells[place] = content
    if not cells:
        save(source.read_bytes(), target, overwrite=overwrite)
        return target
    arrays = {place for block in book.spilled if block.size > 1 for place in block.places()}
    for sheet, row, column in arrays & cells.keys():
        where = on(sheet, a1(row, column))
        raise WorkbookRefused(f"{source.name}: {where} is part of an array formula. Delete the formula there first.")
    shown = refreshed(book, cells)
    with opened(source) as gate:
        filled = Package.read(gate).patched(book, cells, shown)
    save(filled, target, overwrite=overwrite)
    return target


def _check_live(book: Book) -> None:
    """Refuse a copy in which nothing would follow what is filled in."""
    calc = find_head(book, HEAD_OF_CALC).figures.sheet
    if not any(cell.held == "formula" for cell in book.cells[calc].values()):
        raise WorkbookRefused(
            f"{book.path.name} is not filled: its formulas were replaced by values, and nothing would follow from what "
            "is set. Take the workbook with its formulas."
        )


def _stored(entries: Entries, name: str, option: str) -> Content:
    """Return what a figure of one period is in an option, in the unit of its row; None where it is inherited."""
    target = entries.input(name)
    own = target.setting if option == entries.base else entries.options[option].settings.get(name)
    return None if own is None else float(own.value)


def _content(entries: Entries, rows: InputRows, name: str, option: str) -> tuple[Block, Place, Content]:
    """Return the cells of an input, that of an option, and what stands there once it is set as the ledger has it."""
    target, options = entries.input(name), tuple(entries.options)
    try:
        block, unit = rows.in_place(name), rows.unit(name)
    except RowRefused as refused:
        raise WorkbookRefused(f"{rows.book.path.name}, {refused.cell}: input {name!r}: {refused}") from None
    place = (block.sheet, block.first_row, block.columns[options.index(option)])
    own = target.setting if option == entries.base else entries.options[option].settings.get(name)
    if own is None:
        return block, place, None
    if isinstance(target, Choice) or unit is None:
        return block, place, str(own.value)
    return block, place, typed(entries, target, own, unit)
