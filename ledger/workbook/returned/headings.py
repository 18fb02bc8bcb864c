"""The options of a workbook that comes back: what they were called when it was built, and what they are called now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unitledger.errors import FormulaError, NameRefused, brief
from unitledger.model import Entries, labelled, told_apart
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.read import Block, Book, Cell, Place
from unitledger.workbook.layout import BUILT_OPTIONS, HEAD_OF_INPUTS, SPARE_OPTION
from unitledger.workbook.returned.edits import Problem, Renamed
from unitledger.workbook.sheets.second.said import AS_THE_ANSWER


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
            yield Problem(
                "options", option, place, f"its heading holds {brief(name, 60)}. Type the name of the option."
            )
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


def _cells(book: Book, head: Block) -> list[Cell]:
    return [book.cell(head.sheet, head.first_row, column) for column in head.columns]


def _said(cell: Cell) -> str:
    """What a heading says: a number as a spreadsheet shows it."""
    if cell.held == "number":
        return f"{cell.content:.15g}"
    return "" if cell.content is None else str(cell.content)
