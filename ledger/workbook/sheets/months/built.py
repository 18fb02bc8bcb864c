"""The working sheet of figures by period as they were when the workbook was built, and how many differ now."""

from __future__ import annotations

from typing import Any

import attrs

from unitledger.expression import Expression, Text, apply, different, equal
from unitledger.expression.table.statistics import SUMPRODUCT
from unitledger.model import AxisInput, Entries
from unitledger.model.entry.timeline import cell_name
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import HEAD_OF_TIMELINE_AS_BUILT, LABEL_COLUMN, TIMELINE_AS_BUILT, UNIT_COLUMN
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import Months, Rows, label_of, placed_rows
from unitledger.workbook.sheets.months.timeline import begin, pattern_of

_EMPTY = Text("")


@attrs.frozen
class Built:
    """Rows like those of the inputs on Timeline; `edited`: how many figures of a row are not as they were."""

    rows: Rows

    @classmethod
    def begin(cls, entries: Entries, months: Months) -> Built:
        """Take the rows."""
        keys = {key: section for key, section in months.timeline.sections.items() if _is_input(entries, key)}
        return cls(placed_rows(entries, TIMELINE_AS_BUILT, keys, months.cells.values))

    @property
    def edited(self) -> Entry:
        """How many figures of each row are not as they were."""
        return self.rows.total.of(DIMENSIONLESS)


def _is_input(entries: Entries, key: Any) -> bool:
    return isinstance(entries.rows[key if isinstance(key, str) else key[0]], AxisInput)


def built_sheet(entries: Entries, months: Months, built: Built) -> Sheet:
    """Return the sheet."""
    rows, axis = built.rows, months.axis
    texts = said.BUILT_TITLE, said.BUILT_HINT
    sheet = begin(entries, rows, HEAD_OF_TIMELINE_AS_BUILT, texts, (said.EDITED, ""))
    for key in rows.figures.keys:
        name, option = (key, entries.base) if isinstance(key, str) else key
        held = entries.rows[name]
        assert isinstance(held, AxisInput)
        row, _ = rows.figures.place(key, axis.labels[0])
        sheet.text(row, LABEL_COLUMN, label_of(entries, key), ("label", GENERAL))
        sheet.text(row, UNIT_COLUMN, held.unit.spelling, ("unit", GENERAL))
        base = {label: float(setting.value) for label, setting in zip(axis.labels, held.settings, strict=True)}
        own = entries.options[option].settings
        cells = {label: own.get(cell_name(name, label)) for label in axis.labels}
        typed = {label: float(setting.value) for label, setting in cells.items() if setting is not None}
        figures = base if option == entries.base else typed
        look = ("constant", pattern_of(entries, name, list(figures.values()), exact=True))
        rows.grid.put(rows.figures, lambda _, label, figures=figures: figures[label], look, rows=[key], columns=figures)  # type: ignore[misc]
        with rows.grid.mapped("changed"):
            rows.grid.put(built.edited, _edited(months, rows, key), ("number", "0"), rows=[key])
    return sheet


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
