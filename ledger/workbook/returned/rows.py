"""The sheet Inputs of a workbook that comes back: what its options were and are called, and the row of each input.

A row states an input where its name, its label and its unit agree, or else the label tells whose it is. Sorting moves
what cells hold and leaves defined names where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

import attrs

from unitledger.errors import FormulaError, LedgerError, NameRefused, ValueRefused, brief
from unitledger.model import Assumption, Choice, Entries, labelled, told_apart
from unitledger.units import Unit, compatible_units
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.book import Block, Book, Cell, Place
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.rows import Head
from unitledger.workbook.cells.rows import labelled as by_label
from unitledger.workbook.layout import BUILT_OPTIONS, HEAD_OF_INPUTS, SPARE_OPTION, input_name
from unitledger.workbook.returned.edits import Problem, Renamed
from unitledger.workbook.sheets.second.said import AS_THE_ANSWER

# A file can fill any number of columns.
_MOST_TOLD = 20


def headings(book: Book, head: Block) -> tuple[str, ...]:
    """Return the options whose headings stand in `head`."""
    return tuple(map(_said, _cells(book, head)))


def options_in(entries: Entries, book: Book, head: Block) -> tuple[str, ...]:
    """Return what the ledger calls the option of each column under the headings `head`.

    What the workbook was built with, where the ledger has these options in this order: then other headings are new
    names. Else what the headings say.
    """
    titles, known = headings(book, head), book.names.get(BUILT_OPTIONS)
    is_known = known is not None and known.sheet in book.cells
    built = headings(book, known) if known is not None and is_known else tuple(entries.options)
    is_ours = [option for option in entries.options if option in built] == list(built)
    return built if is_ours and len(built) == len(titles) else titles


def spare_in(entries: Entries, book: Book) -> str:
    """Return the spare option that a workbook was built with, empty where it has none or the ledger took it over."""
    spare, head = (book.names.get(name) for name in (SPARE_OPTION, HEAD_OF_INPUTS))
    if spare is None or spare.sheet not in book.cells or head is None or head.sheet not in book.cells:
        return ""
    (name,) = headings(book, spare)[:1]
    return "" if name in entries.options or headings(book, head) == tuple(entries.options) else name


def read_names(entries: Entries, book: Book, head: Block) -> tuple[tuple[Renamed, ...], tuple[Problem, ...]]:
    """Return the options that are called otherwise now, and headings that cannot be names of options.

    Where there are more, fewer or other options than in the ledger, that is the only problem.
    """
    options, titles = tuple(entries.options), headings(book, head)
    if options_in(entries, book, head) != options:
        said = f"the options are {brief(', '.join(titles))}, not {', '.join(options)}. Options are changed in Python."
        return (), (Problem("options", "", head.place(head.first_column), said),)
    found = list(_named(book, head, options))
    problems = tuple(each for each in found if isinstance(each, Problem))
    return tuple(each for each in found if isinstance(each, Renamed)), problems


def _named(book: Book, head: Block, options: tuple[str, ...]) -> Iterator[Renamed | Problem]:
    taken = {told_apart(AS_THE_ANSWER): "a choice on Sensitivity"}
    for option, column, cell in zip(options, head.columns, _cells(book, head), strict=True):
        place, name = head.place(column), _said(cell)
        if cell.held == "blank":
            yield Problem("options", option, place, "its heading is empty. Type the name of the option.")
        elif cell.held not in ("text", "number"):
            said = f"its heading holds {brief(name, 60)}. Type the name of the option."
            yield Problem("options", option, place, said)
        elif (first := taken.setdefault(told_apart(name), option)) != option:
            said = f"it is called {name!r:.60}, as {first} is. Names must differ in more than case and spaces."
            yield Problem("options", option, place, said)
        elif name != option:
            try:
                yield Renamed(option, labelled(name, "an option"), place)
            except NameRefused as refused:
                yield Problem("options", option, place, str(refused))


def as_in_ledger(book: Book, head: Block, options: Sequence[str], sheet: str, cell: Cell) -> str:
    """Return what a cell on a sheet says if the headings `head` are these options: a text, or a formula over them."""
    if cell.held != "formula":
        return _said(cell)
    places = ((head.sheet, head.first_row, column) for column in head.columns)
    called: dict[Place, str] = dict(zip(places, options, strict=False))
    try:
        return str(Formula.read(cell.content, sheet, book.names).value(called.get))
    except (FormulaError, ArithmeticError, LookupError, TypeError, ValueError):
        return str(cell.content)


def beside_options(book: Book, head: Head, following: str) -> Iterator[str]:
    """Yield the first cell of each column, of a few, that holds something between the options and what follows them."""
    after = head.beside.get(following, 0)
    held: dict[int, int] = {}
    for row, column in sorted(book.cells[head.sheet]):
        if head.columns.stop <= column < after and row >= head.figures.first_row:
            held.setdefault(column, row)
    for column, row in islice(held.items(), _MOST_TOLD):
        yield on(head.sheet, a1(row, column))


def _cells(book: Book, head: Block) -> list[Cell]:
    return [book.cell(head.sheet, head.first_row, column) for column in head.columns]


def _said(cell: Cell) -> str:
    """What a heading says: a number as a spreadsheet shows it."""
    if cell.held == "number":
        return f"{cell.content:.15g}"
    return "" if cell.content is None else str(cell.content)


class RowRefused(ValueRefused):
    """A row of Inputs that cannot be read at all, and the cell or name that says why."""

    def __init__(self, cell: str, text: str) -> None:
        super().__init__(text)
        self.cell = cell


@attrs.frozen(slots=False)
class InputRows:
    """Where the inputs of a ledger stand on the sheet Inputs of a workbook, whose headings are `head`."""

    entries: Entries
    book: Book
    head: Head

    @cached_property
    def _labelled(self) -> dict[str, list[int]]:
        return by_label(self.book, self.head)

    def named(self, name: str) -> Block:
        """Return the cells that bear the name of an input. Raises RowRefused where it cannot be theirs."""
        title, head = input_name(name), self.head
        block = self.book.names.get(title.casefold())
        if block is None or block.sheet not in self.book.cells:
            state = "points nowhere" if title.casefold() in self.book.names else "is not there"
            said = f"the name {title} {state}: its row was deleted, or the name was. Bring the row back."
            raise RowRefused(title, said)
        first = block.place(block.first_column)
        if block.first_row != block.last_row:
            raise RowRefused(first, f"the name {title} means more than one row.")
        options = self.entries.options
        if len(block.columns) != len(head.columns):
            count = f"{len(block.columns)} columns for {len(options)} options ({', '.join(options)})"
            raise RowRefused(first, f"it has {count}. Options are added or removed in Python.")
        if block.sheet != head.sheet or block.columns != head.columns:
            raise RowRefused(first, f"the name {title} means cells that are not in the columns of the options.")
        return block

    def label(self, row: int) -> str:
        """Return the label of a row, "" for none."""
        return str(self.book.cell(self.head.sheet, row, self.head.label).content or "")

    def cells(self, name: str) -> Block:
        """Return the cells of an input in the options that a workbook has.

        Where its name and its label are in two rows, the label tells, unless several rows bear it. Raises RowRefused.
        """
        block, label = self.named(name), self.entries.input(name).label
        there = self.label(block.first_row)
        if there == label:
            return block
        place = on(self.head.sheet, a1(block.first_row, self.head.label))
        found = self._labelled.get(label, [])
        if len(found) == 1:
            return block._replace(first_row=found[0], last_row=found[0])
        carried = f"the label '{brief(there, 60)}'" if there else "no label"
        rows = f"{len(found)} rows bear" if found else "no row bears"
        said = f"its row has {carried}, and {rows} its own, {label!r}. Put labels and rows back as they were."
        raise RowRefused(place, said)

    def in_place(self, name: str) -> Block:
        """Return the cells of an input that formulas on Calc fetch. Raises RowRefused where it stands elsewhere."""
        block, there = self.named(name), self.cells(name)
        if there != block:
            found, place = self.label(block.first_row), on(self.head.sheet, a1(block.first_row, self.head.label))
            said = f"its row has the label '{brief(found, 60)}'; its own is in row {there.first_row + 1}."
            raise RowRefused(place, f"{said} Put the rows back in their order.")
        return block

    def unit(self, name: str) -> Unit | None:
        """Return the unit beside an input, None for a choice. Raises RowRefused."""
        target, row = self.entries.input(name), self.cells(name).first_row
        if isinstance(target, Choice):
            return None
        try:
            return _unit_beside(self.entries, self.book.cell(self.head.sheet, row, self.head.unit), target)
        except ValueRefused as refused:
            raise RowRefused(on(self.head.sheet, a1(row, self.head.unit)), str(refused)) from None


def _unit_beside(entries: Entries, cell: Cell, target: Assumption) -> Unit:
    """Return the unit that the cell beside the label of an input states.

    Raises ValueRefused for one that the workbook cannot compute with: none, unknown, of another dimension, not in the
    list of the input.
    """
    expected = target.unit.spelling
    if cell.held == "blank":
        raise ValueRefused(f"its unit is empty; expected {expected}.")
    if cell.held != "text":
        raise ValueRefused(f"its unit is {brief(repr(cell.content))}; expected {expected}.")
    if cell.content == expected:
        return target.unit
    # A spreadsheet compares texts whatever their case.
    listed = {unit.casefold(): unit for unit, _ in compatible_units(target.unit, entries.calendar)}
    spelling = listed.get(cell.content.casefold())
    if spelling is not None:
        return target.unit if spelling == expected else Unit.parse(spelling)
    try:
        unit = Unit.parse(cell.content)
    except LedgerError as unknown:
        raise ValueRefused(f"{unknown} Expected {expected}.") from None
    if unit.dimension != target.unit.dimension:
        raise ValueRefused(f"its unit is {unit.spelling}, which does not measure what {expected} does.")
    raise ValueRefused(
        f"its unit is {unit.spelling}, which is not in its list. Choose one of {', '.join(listed.values())}."
    )
