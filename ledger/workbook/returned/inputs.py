"""Comparing inputs of a workbook, their ranges and what stands beside them with the ledger: what changed, and how."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any

from unitledger.errors import LedgerError, ValueRefused, brief
from unitledger.expression.digits import canonical
from unitledger.model import Assumption, Choice, Entries, Figure, Relisted, Setting, setting_of, stored
from unitledger.units import Quantity, Unit, quantity
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import BLANK, Block, Cell
from unitledger.workbook.layout import Own, input_name
from unitledger.workbook.returned.edits import Edit, End, Problem, ranged
from unitledger.workbook.returned.periods import period_places, read_inputs_by_period
from unitledger.workbook.returned.places import Places
from unitledger.workbook.returned.rows import InputRows, RowRefused, beside_options
from unitledger.workbook.returned.tables import TablePlaces, read_items
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.inputs import put_stated, stated
from unitledger.workbook.sheets.inputs.text import REVIEWED_BY, REVIEWED_ON
from unitledger.workbook.stated.given import quantity_given, range_given, row_unit, typed

# A file can name any number of cells.
_MOST_TOLD = 20

_STRANGE = {
    "error": "it holds the error {content}. Type a number.",
    "logical": "it holds {content}, not a number.",
    "date": "it holds a date ({content}), not a number. Type the number again and format the cell as a number.",
}


def read_inputs(rows: InputRows, tables: TablePlaces) -> Iterator[Edit | Problem | Relisted]:
    """Yield changed inputs and problems in the order of the ledger, then tables whose items are others."""
    entries, book = rows.entries, rows.book
    compare = partial(compared, entries)
    for place in beside_options(book, rows.head, text.LOW):
        said = "a column beside the options holds what nothing reads. Options are added in Python."
        yield Problem("options", "", place, said)
    for name in entries.inputs:
        target = entries.input(name)
        try:
            block, unit = rows.cells(name), rows.unit(name)
        except RowRefused as refused:
            yield Problem(name, "", refused.cell, str(refused))
            continue
        for option, column in zip(entries.options, block.columns, strict=True):
            cell = book.cell(block.sheet, block.first_row, column)
            own = BLANK if option != entries.base and inherits(cell, block) else cell
            yield from compare(target, option, (own, block.place(column)), unit)
    yield from read_inputs_by_period(period_places(entries, book), compare)
    yield from read_items(tables, compare, held_in)
    known = {input_name(name).casefold() for name in (*entries.inputs, *entries.rows)}
    strangers = (title for title in book.names if title.startswith("in_") and title not in known)
    for title in islice(strangers, _MOST_TOLD):
        yield Problem(brief(title.removeprefix("in_")), "", brief(title), "the ledger has no such input.")


def inherits(cell: Cell, row: Block) -> bool:
    """Whether an option takes what the base option has: its cell is empty, or a reference to the first of its row."""
    if cell.held != "formula":
        return cell.held == "blank"
    return Block.written(cell.content[1:], row.sheet) == row._replace(last_column=row.first_column)


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


def compared(
    entries: Entries, target: Assumption | Choice, option: str, found: tuple[Cell, str], unit: Unit | None
) -> Iterator[Edit | Problem]:
    """Yield how a cell (with its address) differs from the ledger, or why it cannot be taken over."""
    try:
        edit = _edit(entries, target, option, found, unit)
    except LedgerError as refused:
        # The table names the input itself.
        said = str(refused).removeprefix(f"Input {target.name!r}: ")
        yield Problem(target.name, option, found[1], said)
    else:
        yield from () if edit is None else (edit,)


def _edit(
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


_LOST = "no column right of the options is headed {lost}. Write the heading back, in the row of the others."
_TITLES: dict[End, str] = {"low": text.LOW, "high": text.HIGH}


def read_ranges(places: Places) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """Compare low and high of every input, and those of options' own figures, in the order of the ledger."""
    columns = places.inputs.beside
    changes: list[Edit] = []
    problems = [
        Problem("options", "", places.inputs.figures.place(places.inputs.columns[-1]), _LOST.format(lost=title))
        for title in _TITLES.values()
        if title not in columns
    ]
    for own, row in places.stated.items():
        try:
            changes += _row(places, own, row, columns)
        except RowRefused as refused:
            problems.append(Problem(*own, refused.cell, str(refused).removeprefix(f"Input {own[0]!r}: ")))
    return tuple(changes), tuple(problems)


def _row(places: Places, own: Own, row: int, columns: Mapping[str, int]) -> list[Edit]:
    """Return how low and high in a row differ from the ledger. Raises RowRefused for what they cannot be."""
    entries, book, (name, option) = places.entries, places.book, own
    sheet = places.inputs.sheet
    options, target, setting = tuple(entries.options), entries.input(name), places.setting(own)
    try:
        block, unit = places.found.cells(name), places.found.unit(name)
    except RowRefused:
        return []  # that is reported already
    places_of = {end: columns[title] for end, title in _TITLES.items() if title in columns}
    cells = {end: (book.cell(sheet, row, at), on(sheet, a1(row, at))) for end, at in places_of.items()}
    if isinstance(target, Choice) or unit is None:
        for cell, where in cells.values():
            if cell.held != "blank":
                raise RowRefused(where, "a choice has no range. Empty the cell.")
        return []
    edits = []
    before = dict(zip(_TITLES, range_given(target, setting), strict=True))
    for end, (cell, where) in cells.items():
        was = setting.low if end == "low" else setting.high
        try:
            new = None if cell.held == "blank" else held_in(target, cell, unit)
            now = None if new is None else canonical(stored(new, target.unit, name, entries.calendar))
        except LedgerError as refused:
            raise RowRefused(where, str(refused)) from None
        if now != (None if was is None else canonical(was)):
            edits.append(Edit(name, option, before[end], new, where, end=end))
    if edits:
        figure = book.cell(block.sheet, block.first_row, block.columns[options.index(option)])
        if option != entries.base and inherits(figure, block):
            said = f"{option} has no figure of its own now; it has the range of {entries.base}."
            raise RowRefused(edits[0].cell, said)
        try:
            setting_of(target, ranged(setting.figure, edits), entries.calendar)
        except LedgerError as refused:
            raise RowRefused(edits[0].cell, str(refused)) from None
    return edits


# What is said of a review, and what where there is none.
_REVIEW = {
    REVIEWED_BY: ("{place}: {name} is now reviewed by {now}, before by {was}.", "nobody"),
    REVIEWED_ON: ("{place}: {name} is now reviewed on {now}, before on {was}.", "no day"),
}
_STATED = (text.SOURCE, text.AS_OF, text.OWNER, text.NOTE, *_REVIEW)


def read_provenance(places: Places) -> Iterator[str]:
    """Yield a sentence for each changed cell beside an input, or in the row of an option's own figure."""
    book, entries, sheet = places.book, places.entries, places.inputs.sheet
    columns = places.inputs.beside
    figures = stated(entries)
    for own, row in places.stated.items():
        name, option = own
        # The writer's own cells, on a sheet that is thrown away.
        written = Sheet("")
        put_stated(written, 0, 0, figures[name] if option == entries.base else places.setting(own).figure)
        expected: dict[int, Any] = {column: content for _, column, _, content, _, _ in written.cells}
        called = name if option == entries.base else f"{name} in {option}"
        for place, title in enumerate(_STATED):
            if title not in columns:
                continue
            was, now = expected.get(place), book.cell(sheet, row, columns[title]).content
            if _plain(now) != _plain(was):
                said = _stated_otherwise(title, called, on(sheet, a1(row, columns[title])), now, was)
                yield f"{said} It is not taken over; state it in Python."


def _stated_otherwise(title: str, name: str, place: str, now: Any, was: Any) -> str:
    if title in _REVIEW:
        said, nothing = _REVIEW[title]
        return said.format(place=place, name=name, now=_said(now, nothing), was=_said(was, nothing))
    return f"{place}: {title.lower()} of {name} is now {_said(now)}, was {_said(was)}."


def _plain(held: Any) -> Any:
    return held.date() if isinstance(held, datetime) else held


def _said(held: Any, nothing: str = "empty") -> str:
    plain = _plain(held)
    if plain is None:
        return nothing
    if isinstance(plain, float):
        return f"{plain:.15g}"
    if isinstance(plain, date):
        return plain.isoformat()
    return f"'{brief(plain)}'" if isinstance(plain, str) else brief(plain)
