"""The working sheet of what stood by period when the workbook was built, and what differs now or is damaged."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import Any

import attrs

from unitledger.expression import TEXT, Expression, Text, apply, different, equal
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import AxisInput, Entries
from unitledger.model.entry.axis import cell_name
from unitledger.model.entry.over import Ruler
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.grid.place import named
from unitledger.workbook.layout import (
    HEAD_OF_MONTHS,
    HEAD_OF_TIMELINE,
    HEAD_OF_TIMELINE_AS_BUILT,
    HEADING_ROW,
    LABEL_COLUMN,
    TIMELINE_AS_BUILT,
    UNIT_COLUMN,
)
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.formulas import Formulas
from unitledger.workbook.sheets.months.places import (
    FIRST_PERIOD,
    OPENING_COLUMN,
    TOTAL_COLUMN,
    Months,
    Rows,
    label_of,
    placed_rows,
    unit_of,
)
from unitledger.workbook.sheets.months.timeline import begin, pattern_of, put_label
from unitledger.workbook.sheets.second.again import COUNT, count_where, fractions, other_head

_EMPTY = Text("")


@attrs.frozen
class Built:
    """Rows like those of Timeline, and beneath them those of the options' sheets, with a column for each option.

    `edited`: how many figures of an input are not as they were; `damaged`: how much of a row is damaged; `off`: how
    much of a row on the sheet of an option is wrong: label, unit, figures and, in the first row, periods.
    """

    rows: Rows
    edited: Entry
    damaged: Entry
    off: Entry

    @classmethod
    def begin(cls, entries: Entries, months: Months) -> Built:
        """Take the rows."""
        rows = placed_rows(entries, TIMELINE_AS_BUILT, months.timeline.sections)
        keys = rows.figures.keys
        typed = {key: rows.figures.place(key, months.axis.labels[0])[0] for key in keys}
        inputs = {key: row for key, row in typed.items() if isinstance(entries.rows[named(key)[0]], AxisInput)}
        damaged = attrs.evolve(rows.opening, kind=DIMENSIONLESS)
        edited = attrs.evolve(rows.total, kind=DIMENSIONLESS, rows=inputs)
        heads = {
            (said.ON_MONTHS, key): (label_of(entries, key), unit_of(entries, key).spelling, DIMENSIONLESS)
            for key in next(iter(months.options.values())).figures.keys
        }
        rows.grid.next = max(typed.values()) + 3
        columns = {option: FIRST_PERIOD + place for place, option in enumerate(months.options)}
        return cls(rows, edited, damaged, attrs.evolve(rows.grid.rows(heads), columns=columns))


def built_sheet(entries: Entries, months: Months, built: Built) -> Sheet:
    """Return the sheet."""
    rows, axis = built.rows, months.axis
    texts = said.BUILT_TITLE, said.BUILT_HINT
    sheet = begin(entries, rows, HEAD_OF_TIMELINE_AS_BUILT, texts, (said.EDITED, said.DAMAGED))
    for key in rows.figures.keys:
        held = entries.rows[named(key)[0]]
        row, _ = rows.figures.place(key, axis.labels[0])
        put_label(entries, months, rows, key, ("label", GENERAL))
        sheet.text(row, UNIT_COLUMN, held.unit.spelling, ("unit", GENERAL))
        figures = _figures(entries, key)
        look = ("constant", pattern_of(entries, held.name, list(figures.values()), exact=True))
        rows.grid.put(rows.figures, lambda _, label, figures=figures: figures[label], look, rows=[key], columns=figures)  # type: ignore[misc]
        with rows.grid.mapped("damaged"):
            rows.grid.put(built.damaged, _damage(entries, months, built, key), COUNT, rows=[key])
    with rows.grid.mapped("changed"):
        for key in built.edited.keys:
            rows.grid.put(built.edited, _edited(months, rows, key), COUNT, rows=[key])
    _put_off(entries, months, built)
    return sheet


def _figures(entries: Entries, key: Any) -> Mapping[str, float]:
    """Return what a row of Timeline held, by period; of an option's own row only what it sets itself."""
    held = entries.rows[named(key)[0]]
    labels = held.axis.labels
    if isinstance(held, Ruler):
        return dict(zip(labels, held.magnitudes, strict=True))
    assert isinstance(held, AxisInput)
    if isinstance(key, str):
        return {label: float(setting.value) for label, setting in zip(labels, held.settings, strict=True)}
    own = entries.options[key[1]].settings
    cells = {label: own.get(cell_name(held.name, label)) for label in labels}
    return {label: float(setting.value) for label, setting in cells.items() if setting is not None}


def _edited(months: Months, rows: Rows, key: Any) -> Expression:
    """How many figures of a row are not as built; of an option, one without its own is the base option's, or empty."""
    there = months.timeline.figures
    now, then = there[key].across(), rows.figures[key].across()
    other = different(now, then)
    if isinstance(key, str):
        return apply(SUMPRODUCT, 1 * other)
    base = there[key[0]].across()
    inherited = equal(then, _EMPTY) * different(now, base) * different(now, _EMPTY)
    return apply(SUMPRODUCT, different(then, _EMPTY) * other + inherited)


def _damage(entries: Entries, months: Months, built: Built, key: Any) -> Expression:
    """How much of a row of Timeline is wrong: label, unit, a figure beside the last period, what cannot be used."""
    held, there, rows = entries.rows[named(key)[0]], months.timeline.figures, built.rows
    now = there[key].of(DIMENSIONLESS).across()
    beside = attrs.evolve(there[key], kind=TEXT, columns=FIRST_PERIOD + len(months.axis))
    found = other_head(there[key], rows.figures[key]) + different(beside, _EMPTY)
    if isinstance(held, Ruler):
        found = found + count_where(different(now, rows.figures[key].of(DIMENSIONLESS).across()))
        is_first = key == next(iter(rows.figures.keys))
        return found + _other_headings(months.timeline, rows, HEAD_OF_TIMELINE) if is_first else found
    assert isinstance(held, AxisInput)
    # Every text but the empty one comes after every number and after "".
    found = found + count_where(now > _EMPTY)
    if isinstance(key, str):
        found = found + count_where(equal(now, _EMPTY))
    if held.bounds.above and held.bounds.least == 0:
        found = found + count_where(different(now, _EMPTY) * (now <= 0))
    return found + fractions(now, built.edited[key]) if held.bounds.whole else found


def _other_headings(there: Rows, here: Rows, called: str) -> Expression:
    """How many headings of periods are not those of the sheet as built, or not what the name of the headings is of."""
    now, then = (rows.grid.entry("", TEXT, HEADING_ROW) for rows in (there, here))
    beside = {column: column for column in (TOTAL_COLUMN, OPENING_COLUMN)}
    named = attrs.evolve(now, columns=beside | dict(there.grid.columns)).across()
    found = count_where(different(now.across(), then.across()))
    return found + count_where(different(attrs.evolve(named, called=called), named))


def _put_off(entries: Entries, months: Months, built: Built) -> None:
    """Put for each row of each option's sheet how much of its head differs, and whether its figures do."""
    off, grid = built.off, built.rows.grid
    title = grid.entry("", TEXT, off.place(off.keys[0], next(iter(months.options)))[0] - 1, off.columns)
    row, column = title.place(column=next(iter(months.options)))
    grid.sheet.text(row, LABEL_COLUMN, said.ON_MONTHS, frame.SECTION)
    for number, (option, rows) in enumerate(months.options.items(), start=1):
        formulas = Formulas(entries, months, option)
        for key, of in zip(off.keys, rows.figures.keys, strict=True):
            found = reduce(add, formulas.beside(of), other_head(rows.figures[of], off[key]))
            more = formulas.off(of, built.damaged[built.damaged.keys[0]])
            if more is None:
                grid.sheet.text(off.place(key, option)[0], column + len(months.options), said.BY_CASE, frame.TEXT)
            else:
                found = found + more
            if key == off.keys[0]:
                found = found + _other_headings(rows, built.rows, f"{HEAD_OF_MONTHS}{number}")
            with grid.mapped("off"):
                grid.put(off, found, COUNT, rows=[key], columns=[option], values=[0.0], names=formulas.named)
    with grid.mapped("options"):
        grid.put(title, months.cells.options, frame.HEADING)
