"""Comparing what a workbook says about its inputs (source, date, owner, note, review) with the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from unitledger.errors import brief
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.returned.places import Places
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.inputs import put_stated, stated
from unitledger.workbook.sheets.inputs.text import REVIEWED_BY, REVIEWED_ON

# What is said of a review, and what where there is none.
_REVIEW = {
    REVIEWED_BY: ("{place}: {name} is now reviewed by {now}, before by {was}.", "nobody"),
    REVIEWED_ON: ("{place}: {name} is now reviewed on {now}, before on {was}.", "no day"),
}
_ASIDE = "It is not taken over; state it in Python."
_TITLES = (text.SOURCE, text.AS_OF, text.OWNER, text.NOTE, *_REVIEW)


def read_provenance(places: Places) -> Iterator[str]:
    """Yield a sentence for each changed cell beside an input, or in the row of an option's own figure."""
    book, entries, sheet = places.book, places.entries, places.inputs.sheet
    columns = places.inputs.beside
    figures = stated(entries)
    for own, row in places.stated.items():
        name, option = own
        # The writer's own cells, on a sheet that is thrown away.
        written = Sheet("", {})
        put_stated(written, 0, 0, figures[name] if option == entries.base else places.setting(own).figure)
        expected: dict[int, Any] = {column: content for _, column, _, content, _, _ in written.cells}
        called = name if option == entries.base else f"{name} in {option}"
        for place, title in enumerate(_TITLES):
            if title not in columns:
                continue
            was, now = expected.get(place), book.cell(sheet, row, columns[title]).content
            if _plain(now) != _plain(was):
                yield f"{_told(title, called, on(sheet, a1(row, columns[title])), now, was)} {_ASIDE}"


def _told(title: str, name: str, place: str, now: Any, was: Any) -> str:
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
