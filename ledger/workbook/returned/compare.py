"""A workbook that comes back: how it differs from the ledger that it was written from."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from unitledger.errors import WorkbookRefused, brief
from unitledger.model import Entries, Relisted, with_spare
from unitledger.workbook.cells.read import Book, held_on_to, read_book
from unitledger.workbook.cells.rows import heading, units_of
from unitledger.workbook.layout import BUILT_OPTIONS, HEAD_OF_INPUTS, SPARE_OPTION, input_name
from unitledger.workbook.returned.calculations import read_calculations
from unitledger.workbook.returned.edits import Edit, Edits, Problem
from unitledger.workbook.returned.headings import headings, read_names, spare_in
from unitledger.workbook.returned.inputs import read_inputs, read_provenance, read_ranges
from unitledger.workbook.returned.places import find_places
from unitledger.workbook.returned.structure import read_structure
from unitledger.workbook.sheets.checks.rows import INTEGRITY_COUNTS
from unitledger.workbook.stated.status import read_status
from unitledger.workbook.stated.version import version_id

E = TypeVar("E", bound=Entries)


@held_on_to()
def read_edits(entries: E, path: str | Path) -> Edits[E]:
    """Return what differs between a workbook and its ledger; nothing is applied.

    Inputs are found by defined name and lines by label, so that inserted rows, renamed sheets, and sheets, charts and
    comments that were added do not matter. Raises WorkbookRefused for a file that is not safe, or not a workbook of
    this ledger.
    """
    book = read_book(Path(path))
    other = _other_state(entries, book)
    spare, ledger = spare_in(entries, book), entries
    entries = with_spare(ledger, spare) if spare else ledger
    places = find_places(entries, book)
    check_ours(entries, book)
    renamed, problems = read_names(entries, book, places.inputs.figures)
    changes: tuple[Edit, ...] = ()
    lists: tuple[Relisted, ...] = ()
    with units_of(book):
        if len(places.inputs.columns) == len(entries.options):
            found = tuple(read_inputs(places.found, places.tables))
            changes = tuple(each for each in found if isinstance(each, Edit))
            lists = tuple(each for each in found if isinstance(each, Relisted))
            problems += tuple(each for each in found if isinstance(each, Problem))
        ranges, unranged = read_ranges(places)
        calculations = (*read_structure(places), *read_calculations(places))
        notes = (*other, *read_provenance(places))
    changed = changes + ranges
    counted = {label for label, _ in INTEGRITY_COUNTS.values()}
    status = read_status(book, places.inputs, edited=bool(changed or renamed or lists), counted=counted)
    problems += unranged
    read = Edits(ledger, book.path.name, changed, problems, calculations, notes, renamed, lists, status, spare)
    return read.with_refused()


def options_of(entries: Entries, path: str | Path) -> tuple[str, ...]:
    """Return the options that a workbook of a ledger was built with, also where headings were changed since.

    Raises WorkbookRefused for a file that is not safe, or not a workbook of this ledger.
    """
    book = read_book(Path(path), (HEAD_OF_INPUTS, BUILT_OPTIONS, SPARE_OPTION))
    check_ours(entries, book)
    known = book.names.get(BUILT_OPTIONS)
    built = headings(book, heading(book, HEAD_OF_INPUTS) if known is None else known)
    return tuple(option for option in built if option != spare_in(entries, book))


def check_ours(entries: Entries, book: Book) -> None:
    """Raise WorkbookRefused for the workbook of another ledger, whose inputs may bear some of the same names."""
    here, there = len(entries.inputs), sum(input_name(name).casefold() in book.names for name in entries.inputs)
    title = book.properties["title"]
    if there == 0 < here or (title != entries.title and 2 * there < here):
        raise WorkbookRefused(
            f"{book.path.name} is the workbook of another ledger{f', {brief(title)!r}' if title else ''}: "
            f"{there} of the {here} inputs of {entries.title!r} are in it."
        )


def _other_state(entries: Entries, book: Book) -> tuple[str, ...]:
    """Say so when the workbook was written from another state of the ledger: then not every difference is an edit."""
    now = version_id(entries)
    if any(now in told for told in book.properties.values()):
        return ()
    said = f"The workbook was not written from this state of the ledger (version {now}): "
    return (said + "what changed in Python since then shows as a difference too.",)
