"""Comparing the inputs of a workbook with those of its ledger: what changed, and what cannot be taken over."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Any

import attrs

from unitledger.errors import LedgerError, ValueRefused, brief
from unitledger.expression.digits import canonical
from unitledger.model import Assumption, Choice, Entries, Figure, Relisted, Setting, setting_of
from unitledger.units import Quantity, Unit, quantity
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import BLANK, Block, Book, Cell
from unitledger.workbook.cells.rows import Head
from unitledger.workbook.layout import input_name
from unitledger.workbook.returned.edits import Edit, Problem
from unitledger.workbook.returned.periods.inputs import read_inputs_by_period
from unitledger.workbook.returned.periods.places import period_places
from unitledger.workbook.returned.rows import InputRows, RowRefused
from unitledger.workbook.returned.tables.items import read_items
from unitledger.workbook.returned.tables.places import TablePlaces
from unitledger.workbook.stated.given import quantity_given, row_unit, typed

# A file can name any number of cells, and fill any number of columns.
_MOST_TOLD = 20

_STRANGE = {
    "error": "it holds the error {content}. Type a number.",
    "logical": "it holds {content}, not a number.",
    "date": "it holds a date ({content}), not a number. Type the number again and format the cell as a number.",
}


def read_inputs(
    rows: InputRows, tables: TablePlaces
) -> tuple[tuple[Edit, ...], tuple[Problem, ...], tuple[Relisted, ...]]:
    """Compare every input in every option, and every item of tables.

    Changed inputs and problems come in the order of the ledger, then tables whose items are others.
    """
    changes: list[Edit] = []
    lists: list[Relisted] = []
    problems: list[Problem] = []
    entries, book = rows.entries, rows.book
    options = tuple(entries.options)
    problems += _beside_options(book, rows.head)
    for name in entries.inputs:
        target = entries.input(name)
        try:
            block, unit = rows.cells(name), rows.unit(name)
        except RowRefused as refused:
            problems.append(Problem(name, "", refused.cell, str(refused)))
            continue
        for option, column in zip(options, block.columns, strict=True):
            cell, place = book.cell(block.sheet, block.first_row, column), block.place(column)
            if option != entries.base and inherits(cell, block):
                cell = BLANK
            try:
                edit = _compared(entries, target, option, (cell, place), unit)
            except LedgerError as refused:
                # The table names the input itself.
                problems.append(Problem(name, option, place, str(refused).removeprefix(f"Input {name!r}: ")))
                continue
            if edit is not None:
                changes.append(edit)
    for found in read_inputs_by_period(period_places(entries, book), partial(_compared, entries)):
        (changes if isinstance(found, Edit) else problems).append(found)  # type: ignore[arg-type]
    for told in read_items(tables, partial(_compared, entries), held_in):
        kind: list[Any] = changes if isinstance(told, Edit) else problems if isinstance(told, Problem) else lists
        kind.append(told)
    known = {input_name(name).casefold() for name in (*entries.inputs, *entries.rows)}
    strangers = [title for title in book.names if title.startswith("in_") and title not in known]
    problems += [
        Problem(brief(title.removeprefix("in_")), "", brief(title), "the ledger has no such input.")
        for title in strangers[:_MOST_TOLD]
    ]
    return tuple(changes), tuple(problems), tuple(lists)


def _beside_options(book: Book, head: Head) -> Iterator[Problem]:
    """Yield a problem for each column between the last option and the lows that holds something."""
    low = head.beside.get(text.LOW, 0)
    held: dict[int, int] = {}
    for row, column in sorted(book.cells[head.sheet]):
        if head.columns.stop <= column < low and row >= head.figures.first_row:
            held.setdefault(column, row)
    for column, row in list(held.items())[:_MOST_TOLD]:
        said = "a column beside the options holds what nothing reads. Options are added in Python."
        yield Problem("options", "", on(head.sheet, a1(row, column)), said)


def inherits(cell: Cell, row: Block) -> bool:
    """Whether an option takes what the base option has: its cell is empty, or a reference to the first of its row."""
    if cell.held != "formula":
        return cell.held == "blank"
    return Block.written(cell.content[1:], row.sheet) == attrs.evolve(row, last_column=row.first_column)


def held_in(target: Assumption | Choice, cell: Cell, unit: Unit | None) -> Quantity | str:
    """Return what a cell that is not blank holds: a quantity in `unit`, or a word of a choice.

    Raises ValueRefused for what an input cannot hold; bounds are not looked at.
    """
    if cell.held == "formula":
        said = f"it is a formula now ({brief(cell.content, 60)}). Type its value; formulas belong to lines."
        raise ValueRefused(said)
    if cell.held == "date" and unit is not None and unit.is_date:
        return quantity(cell.shown, unit)
    if cell.held in _STRANGE:
        raise ValueRefused(_STRANGE[cell.held].format(content=brief(cell.content)))
    if isinstance(target, Choice):
        return _word(target, cell)
    assert unit is not None
    return _number(cell, unit)


def _compared(
    entries: Entries, target: Assumption | Choice, option: str, found: tuple[Cell, str], unit: Unit | None
) -> Edit | None:
    """Return how a cell (with its address) differs from the ledger, None where it does not.

    Raises LedgerError for what an input cannot hold.
    """
    cell, place = found
    is_base = option == entries.base
    own = target.setting if is_base else entries.options[option].settings.get(target.name)
    if cell.held == "blank":
        if is_base:
            raise ValueRefused("it is empty; the base option needs a value.")
        return None if own is None else Edit(target.name, option, _held(target, own), None, place)
    given = held_in(target, cell, unit)
    new = setting_of(target, Figure(given), entries.calendar).value
    note = ""
    if own is not None and new == (canonical(own.value) if isinstance(own.value, float) else own.value):
        return None
    if isinstance(target, Assumption) and unit is not None and unit != (built := row_unit(entries, target)):
        note = f"the unit beside it is now {unit.spelling}"
        if own is not None and canonical(float(cell.content)) == typed(entries, target, own, built):
            note += ", the figure itself was not changed"
    return Edit(target.name, option, None if own is None else _held(target, own), given, place, note)


def _number(cell: Cell, unit: Unit) -> Quantity:
    if cell.held == "number":
        if not math.isfinite(cell.content):
            raise ValueRefused("it holds a number that is too large for a spreadsheet. Type it again.")
        return quantity(canonical(float(cell.content)), unit)
    shown = str(cell.content)
    if _looks_like_a_number(shown):
        raise ValueRefused(f"{shown!r:.60} is a text that looks like a number. Type it again as a number.")
    wanted = "date" if unit.is_date else f"number in {unit.spelling}"
    raise ValueRefused(f"it holds the text {shown!r:.60}. Type a {wanted}.")


def _looks_like_a_number(shown: str) -> bool:
    try:
        float(shown.replace(",", ""))
    except ValueError:
        return False
    return True


def _word(target: Choice, cell: Cell) -> str:
    word = str(cell.content)
    # MATCH ignores case, so the workbook computes with such a word as well.
    folded = {each.casefold(): each for each in target.words}
    if cell.held == "text" and word.casefold() in folded:
        return folded[word.casefold()]
    raise ValueRefused(f"expected one of {', '.join(target.words)}, got {word!r:.60}.")


def _held(target: Assumption | Choice, setting: Setting) -> Quantity | str:
    return str(setting.value) if isinstance(target, Choice) else quantity_given(target, setting)
