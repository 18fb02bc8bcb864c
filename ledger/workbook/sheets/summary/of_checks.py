"""Cells of Checks that Summary shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from unitledger.model import Entries, key_figures
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry
from unitledger.workbook.grid.written import Written
from unitledger.workbook.layout import ALERTS_ROW, CHECKS, STATUS_COLUMN, Layout
from unitledger.workbook.parts import count
from unitledger.workbook.sheets.check_rows import UNITS_ALONE_COUNT, check_rows


@attrs.frozen
class OfChecks:
    """Lines as `built`; `flags`: 1 where an alert applies, by its name; `outside`: inputs outside their range, counted.

    `parts`: of the answer; `count`: how many alerts apply in all; `units_alone`: units changed without their figures.
    """

    built: Entry
    flags: Entry
    outside: Entry
    parts: Entry
    count: Entry
    units_alone: Entry


def of_checks(entries: Entries, layout: Layout, values: Mapping[str, Any]) -> OfChecks:
    """Return the cells of Checks; `values`: what the cells of all sheets show."""
    rows, found = check_rows(entries, layout), layout.made_of
    checks = Written(CHECKS, values)
    columns = dict(zip(layout.options, layout.option_columns, strict=True))
    parts = {} if found is None else {place: rows.breakdown[str(place)] for place in range(count(found))}
    answer = entries.lines[key_figures(entries)[0]].unit
    return OfChecks(
        built=Entry(checks, "", {name: entries.lines[name].unit for name in rows.built}, rows.built, columns),
        flags=Entry(checks, "", DIMENSIONLESS, rows.alerts, columns),
        outside=Entry(checks, "", DIMENSIONLESS, rows.outside, columns),
        parts=Entry(checks, "", answer, parts, columns),
        count=Entry(checks, "", DIMENSIONLESS, ALERTS_ROW, STATUS_COLUMN),
        units_alone=Entry(checks, "", DIMENSIONLESS, UNITS_ALONE_COUNT, STATUS_COLUMN),
    )
