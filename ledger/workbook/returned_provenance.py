"""Comparing what a workbook says about its inputs (range, source, date, owner, note) with the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from unitledger.expression.digits import canonical
from unitledger.model import Entries, anchor
from unitledger.workbook import text
from unitledger.workbook.read import Block, Book
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets import frame
from unitledger.workbook.sheets.inputs import stated
from unitledger.workbook.sheets.read_me import source_links

_RANGE = (text.LOW, text.HIGH)
_TITLES = (*_RANGE, text.SOURCE, text.AS_OF, text.OWNER, text.NOTE)


def read_provenance(entries: Entries, book: Book, head: Block, *, numbered_alike: bool = True) -> Iterator[str]:
    """Yield a sentence for each cell beside an input that was changed; `head` holds the options' headings.

    Sources are compared by their numbers, and only where workbook and ledger are `numbered_alike`.
    """
    columns = {
        str(cell.content): column
        for (row, column), cell in book.cells[head.sheet].items()
        if row == head.first_row and column > head.last_column
    }
    sources = source_links(entries)
    figures = stated(entries)
    for name, entry in entries.inputs.items():
        block = book.names.get(f"in_{anchor(name)}".casefold())
        if block is None or block.sheet != head.sheet:
            continue
        # The writer's own cells, on a sheet that is thrown away.
        written = Sheet("", {})
        frame.provenance(written, 0, len(_RANGE), figures[name], sources)
        expected: dict[int, Any] = {column: content for _, column, _, content, _, _ in written.cells}
        expected |= dict(enumerate((entry.setting.low, entry.setting.high)))
        for place, title in enumerate(_TITLES):
            if title not in columns or (title == text.SOURCE and not numbered_alike):
                continue
            held = book.cell(block.sheet, block.first_row, columns[title]).content
            if title == text.SOURCE and held == figures[name].source:
                continue  # a workbook without a list of sources spells them out
            if _plain(held) != _plain(expected.get(place)):
                now, was = _said(held), _said(expected.get(place))
                told = f"{block.place(columns[title])}: {title.lower()} of {name} is now {now}, was {was}."
                yield f"{told} It is not taken over; state it in Python."


def _plain(held: Any) -> Any:
    if isinstance(held, datetime):
        return held.date()
    return canonical(held) if isinstance(held, int | float) else held


def _said(held: Any) -> str:
    plain = _plain(held)
    if plain is None:
        return "empty"
    return (
        f"{plain:.15g}" if isinstance(plain, float) else plain.isoformat() if isinstance(plain, date) else repr(plain)
    )
