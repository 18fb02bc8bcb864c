"""Comparing what a workbook says about its inputs (range, source, date, owner, review, note) with the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from unitledger.errors import ValueRefused
from unitledger.expression.digits import canonical
from unitledger.model import Assumption, Choice, Entries
from unitledger.units import DIMENSIONLESS, Quantity, Unit, quantity
from unitledger.workbook import text
from unitledger.workbook.cells.read import Block, Book
from unitledger.workbook.cells.rows import headings_beside
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import input_name
from unitledger.workbook.returned.units import unit_beside
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.inputs import REVIEW, stated
from unitledger.workbook.stated.given import range_given, range_typed
from unitledger.workbook.stated.sources import source_ids

_RANGE = (text.LOW, text.HIGH)
# What is said of a review, and what where there is none.
_REVIEW = {
    text.REVIEWED_BY: ("{place}: {name} is now reviewed by {now}, before by {was}.", "nobody"),
    text.REVIEWED_ON: ("{place}: {name} is now reviewed on {now}, before on {was}.", "no day"),
}
_ASIDE = "It is not taken over; state it in Python."
_TITLES = (*_RANGE, text.SOURCE, text.AS_OF, text.OWNER, *_REVIEW, text.NOTE)


def read_provenance(entries: Entries, book: Book, head: Block, *, numbered_alike: bool = True) -> Iterator[str]:
    """Yield a sentence for each cell beside an input that was changed; `head` holds the options' headings.

    Low and high are compared in the unit that stands beside the figures. Sources are compared by their numbers, and
    only where workbook and ledger are `numbered_alike`.
    """
    columns = headings_beside(book, head)
    # Only their numbers count here, not where they lead.
    sources = {source: (number, "") for source, number in source_ids(entries).items()}
    figures = stated(entries)
    for name, entry in entries.inputs.items():
        block = book.names.get(input_name(name).casefold())
        if block is None or block.sheet != head.sheet:
            continue
        # The writer's own cells, on a sheet that is thrown away.
        written = Sheet("", {})
        frame.provenance(written, 0, len(_RANGE), figures[name], sources, review=REVIEW)
        expected: dict[int, Any] = {column: content for _, column, _, content, _, _ in written.cells}
        unit = _unit(entries, book, block, entry)
        if isinstance(entry, Assumption):
            expected |= dict(enumerate(range_typed(entries, entry, unit)))
        for place, title in enumerate(_TITLES):
            if title not in columns or (title == text.SOURCE and not numbered_alike):
                continue
            was, now = expected.get(place), book.cell(block.sheet, block.first_row, columns[title]).content
            if title == text.SOURCE and now == figures[name].source:
                continue  # a workbook without a list of sources spells them out
            if _plain(now) != _plain(was):
                if title in _RANGE and isinstance(entry, Assumption):
                    was, now = range_given(entry)[place], _with_unit(now, unit)
                yield f"{_told(title, name, block.place(columns[title]), now, was)} {_ASIDE}"


def _unit(entries: Entries, book: Book, block: Block, target: Assumption | Choice) -> Unit:
    """Return the unit beside an input; the ledger's where that is none of its list."""
    if not isinstance(target, Assumption):
        return DIMENSIONLESS
    try:
        return unit_beside(entries, book, block, target)
    except ValueRefused:
        return target.unit  # the unit itself is reported already


def _with_unit(now: Any, unit: Unit) -> Any:
    """Return what a cell of a range holds as a quantity where it is a number."""
    return quantity(canonical(float(now)), unit) if isinstance(now, int | float) and not isinstance(now, bool) else now


def _told(title: str, name: str, place: str, now: Any, was: Any) -> str:
    if title in _REVIEW:
        said, nothing = _REVIEW[title]
        return said.format(place=place, name=name, now=_said(now, nothing), was=_said(was, nothing))
    return f"{place}: {title.lower()} of {name} is now {_said(now)}, was {_said(was)}."


def _plain(held: Any) -> Any:
    if isinstance(held, datetime):
        return held.date()
    return canonical(held) if isinstance(held, int | float) else held


def _said(held: Any, nothing: str = "empty") -> str:
    plain = _plain(held)
    if plain is None:
        return nothing
    if isinstance(plain, float | Quantity):
        return f"{plain:.15g}"
    if isinstance(plain, date):
        return plain.isoformat()
    return repr(plain) if isinstance(plain, str) else str(plain)
