"""A ledger as a workbook: sheets in the order in which their values become known, then in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from unitledger.compute import evaluate
from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import (
    CALC,
    CHANGES,
    CHECKS,
    CONSTANTS,
    FORMULA_MAP,
    HINT_ROW,
    INPUTS,
    LABEL_COLUMN,
    READ_ME,
    RECONCILIATION,
    SCENARIOS,
    SENSITIVITY,
    SUMMARY,
    layout,
)
from unitledger.workbook.legal import check
from unitledger.workbook.plan import plan
from unitledger.workbook.published import Published
from unitledger.workbook.save import check_target, save
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets import (
    calc_sheet,
    changes_sheet,
    checks_sheet,
    constants_sheet,
    formula_map_sheet,
    frame,
    inputs_sheet,
    read_me_sheet,
    reconciliation_sheet,
    scenarios_sheet,
    sensitivity_sheet,
    status_strip,
    summary_sheet,
)
from unitledger.workbook.version import version_id
from unitledger.workbook.write import Properties, render

MOST_LINKS = 65_530
"""Excel drops links after these on one sheet, and the writing library does too."""

# Stands for the day of creation where a ledger does not say of which day it is: two builds must be equal.
_UNDATED = date(2000, 1, 1)

_ORDER = (
    *(SUMMARY, INPUTS, CONSTANTS, CALC, SCENARIOS, SENSITIVITY),
    *(CHECKS, CHANGES, RECONCILIATION, FORMULA_MAP, READ_ME),
)


def write(entries: Entries, path: str | Path, *, overwrite: bool = True, published: Sequence[Published] = ()) -> Path:
    """Write the workbook of a ledger and return its path; every number is a live formula with its value cached.

    `published`: figures that documents print, for the sheet Reconciliation. The file appears whole or not at all.
    Raises EmptyLedger, CalculationError where a line has no finite value, NameRefused, or WorkbookError naming the
    path and the fix.
    """
    target = Path(path)
    check_target(target, overwrite=overwrite)
    save(workbook_bytes(entries, published), target)
    return target


def workbook_bytes(entries: Entries, published: Sequence[Published] = ()) -> bytes:
    """Return the workbook of a ledger as the bytes of its file. Raises like `write`, but for the path."""
    sheets = workbook_sheets(entries, published)
    properties = Properties(entries.title, version_id(entries), entries.as_of or _UNDATED)
    return render(sheets, properties)


def workbook_sheets(entries: Entries, published: Sequence[Published] = ()) -> list[Sheet]:
    """Return the sheets of a ledger in the order of reading, checked; one that would be empty is left out."""
    entries.check_not_empty()
    results = {option: evaluate(entries, option) for option in entries.options}
    placed = layout(entries)
    planned = plan(entries, placed, results)
    values: dict[str, Any] = {}
    # In the order in which their values become known.
    made = [
        constants_sheet(entries, placed, values),
        inputs_sheet(entries, placed, values),
        calc_sheet(entries, placed, results, values),
        changes_sheet(entries, placed, values),
    ]
    if planned is not None:
        made.append(scenarios_sheet(entries, placed, results, planned, values))
        made.append(sensitivity_sheet(entries, placed, results, planned, values))
    made += [
        checks_sheet(entries, placed, results, values, planned),
        reconciliation_sheet(entries, placed, published, values),
    ]
    made += [
        formula_map_sheet(entries, placed, results, values, last_reconciled=made[-1].last_row, planned=planned),
        summary_sheet(entries, placed, results, values),
        read_me_sheet(entries, values),
    ]
    sheets = sorted((within_links(sheet) for sheet in made if sheet.cells), key=lambda sheet: _ORDER.index(sheet.name))
    for sheet in sheets:
        status_strip(sheet)
        frame.fit_headings(sheet)
    check(sheets)
    return sheets


def within_links(sheet: Sheet) -> Sheet:
    """Return the sheet with links past what a sheet holds turned into plain text, and a line that says so."""
    places = [place for place, cell in enumerate(sheet.cells) if cell[2] == "link"]
    if len(places) <= MOST_LINKS:
        return sheet
    cells = list(sheet.cells)
    for place in places[MOST_LINKS:]:
        row, column, _, content, _, style = cells[place]
        cells[place] = (row, column, "text", content, None, ("text", style[1]))
    told = attrs.evolve(sheet, cells=cells)
    dropped = text.LINKS_DROPPED.format(limit=MOST_LINKS, dropped=len(places) - MOST_LINKS)
    told.text(HINT_ROW, LABEL_COLUMN, dropped, ("note", GENERAL))
    return told
