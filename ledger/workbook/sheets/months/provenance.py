"""Where figures by period come from, beneath them: a sentence for each run of periods whose figures say the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import attrs

from unitledger.model import AxisInput, Entries, Figure
from unitledger.model.entry.timeline import cell_name
from unitledger.workbook import text
from unitledger.workbook.grid import frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import LABEL_COLUMN
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import FIRST_PERIOD, TOTAL_COLUMN, label_of


def put_provenance(entries: Entries, sheet: Sheet, keys: tuple[Key, ...], row: int) -> None:
    """Put from `row` on what the figures of inputs say of themselves, as `Rows.figures` names their rows."""
    axis = entries.time
    assert axis is not None
    frame.sections(sheet, {row: said.PROVENANCE}, FIRST_PERIOD + len(axis))
    for key in keys:
        for first, last, figure in _runs(entries, key):
            row += 1
            when = said.SPAN.format(first=first, last=last) if first != last else first
            called = label_of(entries, key) if isinstance(key, str) else f"{label_of(entries, key[0])}, {key[1]}"
            sheet.text(row, LABEL_COLUMN, f"{called}, {when}", frame.LABEL)
            sheet.text(row, TOTAL_COLUMN, _sentence(figure), frame.TEXT)


def _runs(entries: Entries, key: Key) -> Iterator[tuple[str, str, Figure]]:
    """Yield first and last period of what says the same of itself, and a figure that does."""
    name, option = (key, entries.base) if isinstance(key, str) else key
    held, own = entries.rows[name], entries.options[option].settings
    assert isinstance(held, AxisInput)
    figures: list[tuple[str, Figure | None]] = []
    for label, setting in zip(held.axis.labels, held.settings, strict=True):
        there = setting if option == entries.base else own.get(cell_name(name, label))
        figures.append((label, None if there is None else attrs.evolve(there.figure, quantity="")))
    for figure, run in groupby(figures, lambda each: each[1]):
        labels = [label for label, _ in run]
        if figure is not None:
            yield labels[0], labels[-1], figure


def _sentence(figure: Figure) -> str:
    """Say source, date, owner, review and note of a figure."""
    parts = (
        said.FROM.format(source=figure.source or text.NOT_STATED),
        figure.as_of and said.AS_OF.format(day=figure.as_of),
        figure.owner and said.OWNER.format(owner=figure.owner),
        figure.reviewed_by and said.REVIEWED.format(who=figure.reviewed_by),
        figure.reviewed_on and said.REVIEWED_ON.format(day=figure.reviewed_on),
        figure.note and said.NOTE.format(note=figure.note),
    )
    return "; ".join(part for part in parts if part)
