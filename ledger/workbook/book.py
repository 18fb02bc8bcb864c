"""A ledger as a workbook: sheets in the order in which their values become known, then in the order of reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from unitledger.compute import evaluate
from unitledger.errors import ValueRefused
from unitledger.files.save import check_target, save
from unitledger.model import Entries, check_not_empty, has_axes, key_figures, with_spare
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.audit.legal import check, size
from unitledger.workbook.cells.read import held_on_to
from unitledger.workbook.contents import ON_PAPER, SHEETS, Kind, chosen_sheets
from unitledger.workbook.file.write import Properties, render
from unitledger.workbook.grid import Grid, frame
from unitledger.workbook.layout import (
    AS_BUILT_SHEET,
    CALC,
    CHANGES,
    CHECKS,
    CONSTANTS,
    FORMULA_MAP,
    HINT_ROW,
    INPUTS,
    LABEL_COLUMN,
    MONTHS,
    MOST_KEY_FIGURES,
    READ_ME,
    RECONCILIATION,
    SECOND,
    SENSITIVITY,
    SUMMARY,
    TABLES,
    UNCERTAINTY,
    UNIT_COLUMN,
    VARIANCE,
    Layout,
    layout,
)
from unitledger.workbook.ledger_cells import ledger_cells
from unitledger.workbook.look import GENERAL, USUAL, Style
from unitledger.workbook.look.styles import TABS
from unitledger.workbook.published import Published
from unitledger.workbook.returned.compare import read_earlier
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.calc import calc_sheet
from unitledger.workbook.sheets.changes import changes_sheet
from unitledger.workbook.sheets.checks import (
    Checking,
    Checks,
    as_built_sheet,
    checks_sheet,
    headings_changed,
    typed_over,
)
from unitledger.workbook.sheets.constants import constants_sheet
from unitledger.workbook.sheets.formula_map import formula_map_sheet
from unitledger.workbook.sheets.inputs import inputs_sheet
from unitledger.workbook.sheets.months.sheets import OverTime
from unitledger.workbook.sheets.read_me import read_me_sheet
from unitledger.workbook.sheets.second import Again, Comparison, put_again
from unitledger.workbook.sheets.sensitivity import begin_study, has_static_table, sensitivity_sheet, static_sheet
from unitledger.workbook.sheets.static.reconciliation import reconciliation_sheet
from unitledger.workbook.sheets.static.uncertainty import uncertainty_sheet
from unitledger.workbook.sheets.strip import status_strip
from unitledger.workbook.sheets.summary import begin_summary, summary_sheet
from unitledger.workbook.sheets.tables.sheets import OfTables
from unitledger.workbook.sheets.variance import begin_variance
from unitledger.workbook.stated.since import changes_since
from unitledger.workbook.stated.version import version_id
from unitledger.workbook.study import Study, study

if TYPE_CHECKING:
    from unitledger.compute.simulation.simulation import Simulation

MOST_LINKS = 65_530
"""Excel drops links after these on one sheet, and the writing library does too."""

# Stands for the day of creation where a ledger does not say of which day it is: two builds must be equal.
_UNDATED = date(2000, 1, 1)


@attrs.frozen
class Content:
    """What a workbook is to hold besides the ledger.

    `published`: figures that documents print, for the sheet Reconciliation. `since`: an earlier workbook of the ledger,
    for what changed since then on the sheet Changes. `sheets`: names of the sheets to write, or, each with a plus or
    a minus in front, of those to add or to leave out; None: all but those on request. `protect`: whether sheets but
    Inputs are protected. `style`: what the house has of its own. `what_if`: whether there is a spare option.
    `uncertainty`: a simulation of the ledger, for the sheet Uncertainty.
    """

    published: Sequence[Published] = ()
    since: Path | None = attrs.field(default=None, converter=attrs.converters.optional(Path))
    sheets: Sequence[str] | None = None
    protect: bool = True
    style: Style = USUAL
    what_if: bool = False
    uncertainty: Simulation | None = None


def write(entries: Entries, path: str | Path, content: Content = Content(), *, overwrite: bool = True) -> Path:
    """Write the workbook of a ledger and return its path; every number is a live formula with its value cached.

    The file appears whole or not at all. Raises EmptyLedger, CalculationError where a line has no finite value,
    NameRefused, UnknownName or ValueRefused for the sheets, a logo that is no picture or a simulation of other figures,
    WorkbookRefused for the earlier workbook, or WorkbookError naming the path and the fix.
    """
    target = Path(path)
    check_target(target, overwrite=overwrite)
    save(workbook_bytes(entries, content), target, overwrite=overwrite)
    return target


@held_on_to()
def workbook_bytes(entries: Entries, content: Content = Content()) -> bytes:
    """Return the workbook of a ledger as the bytes of its file. Raises like `write`, but for the path."""
    version = version_id(entries)
    entries = with_spare(entries, text.WHAT_IF) if content.what_if else entries
    sheets = workbook_sheets(entries, version, content)
    created = entries.built_on or entries.as_of or _UNDATED
    properties = Properties(entries.title, version, created, entries.author)
    file = render(sheets, properties, content.style)
    for sheet in sheets:
        # Grids and their entries refer to each other, and the search for that would go through every cell.
        sheet.cells.clear()
        sheet.values.clear()
    return file


def workbook_sheets(entries: Entries, version: str, content: Content = Content()) -> list[Sheet]:
    """Return the sheets of a ledger in the order of reading, checked; one that would be empty is left out.

    `version`: the version id that they show.
    """
    check_not_empty(entries)
    chosen = chosen_sheets(content.sheets)
    placed = layout(entries, chosen, _static(entries, content, chosen))
    placed = attrs.evolve(placed, currency_decimals=content.style.currency_decimals)
    results: dict[str, dict[str, Any]] = {}
    cells = ledger_cells(entries, placed, results)
    of_tables = OfTables.begin(entries, cells)
    over_time = OverTime.begin(entries, attrs.evolve(cells, along=of_tables.tables.seen))
    again = Again.begin(entries, placed, over_time.cells, results)
    checks = Checks(again, placed)
    # The largest sheets, before any work is done.
    size(SECOND, *again.size)
    size(AS_BUILT_SHEET, *checks.size)
    results |= {option: evaluate(entries, option) for option in entries.options}
    since = None if content.since is None else changes_since(entries, read_earlier(entries, content.since), results)
    studied = study(entries, results) if SENSITIVITY in chosen else None
    variance = begin_variance(entries, cells, over_time.months)
    left_out = _empty(placed, studied) | over_time.left_out | of_tables.left_out
    left_out |= {VARIANCE} if variance is None else set()
    several = {MONTHS: over_time.by_option, TABLES: of_tables.names}
    placed = attrs.evolve(placed, sheets=chosen - left_out, several=several)
    stands_for = {each: name for name, names in several.items() for each in names}
    with again.grid.mapped("compared"):
        comparison = Comparison.put(again, checks.flags, results)
    showing = None if studied is None else begin_study(again, results, studied, comparison)
    summing, top = begin_summary(checks, placed, results, showing=showing, comparison=comparison, version=version)
    varying = None if showing is None else showing.varying
    along = over_time.edited, over_time.damaged, of_tables.built
    checking = Checking(checks, results, top.heading, top.figures, varying, *along)
    made: dict[str, Sheet] = {}
    # The map comes after what it tells of.
    makers: dict[str, Callable[[], Sheet]] = {
        CONSTANTS: lambda: constants_sheet(entries, placed, checks.cells),
        INPUTS: lambda: inputs_sheet(entries, placed, checks),
        CALC: lambda: calc_sheet(entries, placed, results, checks.cells),
        SECOND: lambda: put_again(again, placed),
    }
    makers |= {**over_time.makers(results), **of_tables.makers(results)}
    if variance is not None:
        makers[VARIANCE] = partial(variance.sheet, results)
    makers[SENSITIVITY] = lambda: static_sheet(checks, results) if showing is None else sensitivity_sheet(showing)
    if since is not None:
        makers[CHANGES] = lambda: changes_sheet(checks, since)
    makers |= {
        UNCERTAINTY: lambda: uncertainty_sheet(checks, content.uncertainty, results),
        CHECKS: lambda: checks_sheet(checking),
        AS_BUILT_SHEET: lambda: as_built_sheet(checking),
        RECONCILIATION: lambda: reconciliation_sheet(checks, content.published),
        SUMMARY: lambda: summary_sheet(summing, top, over_time.running_sum(results)),
        FORMULA_MAP: lambda: formula_map_sheet(checks, results, made),
        READ_ME: lambda: read_me_sheet(entries, placed, version, protect=content.protect),
    }
    for name, make in makers.items():
        if name in placed.sheets or name in stands_for:
            made[name] = make()
    told = [summing.grid] if SUMMARY in made else []
    told += [variance.grid] if variance is not None and VARIANCE in made else []
    told += [] if showing is None else [showing.grid]
    static = [Grid(made[name], {}) for name in (UNCERTAINTY, CHANGES, RECONCILIATION) if name in made]
    headings_changed(checks, [checks.cells.grids[INPUTS], *over_time.by_case, *told, *static], of_tables.labels())
    shown = [*checks.cells.grids.values(), again.grid, checks.working, *over_time.counted, *told]
    typed_over(checks, shown, of_tables.built.typed, of_tables.worked_out())
    if SUMMARY in made:
        made[SUMMARY].logo = content.style.picture()
    return _finished(made, checks, placed, stands_for, protect=content.protect)


def _finished(
    made: Mapping[str, Sheet], checks: Checks, placed: Layout, stands_for: Mapping[str, str], *, protect: bool
) -> list[Sheet]:
    """Return the sheets with all their cells, in the order of reading, checked."""
    for name, sheet in made.items():
        stood_for = stands_for.get(name, name)
        kind = SHEETS[stood_for].kind
        sheet.tab, sheet.on_paper = TABS[kind], stood_for in ON_PAPER
        if kind is not Kind.WORKING and name != CHECKS:
            status_strip(sheet, checks)
        if SUMMARY in made and name != SUMMARY:
            sheet.link(HINT_ROW, LABEL_COLUMN, text.TO_SUMMARY, on(SUMMARY, a1(0, 0)), ("link", GENERAL))
    made[INPUTS].on_paper = SUMMARY not in made or bool(checks.entries.inputs)
    made[CALC].on_paper = SUMMARY not in made or not _stand_elsewhere(checks.entries)
    for sheet in made.values():
        sheet.finish()
    order = [each for name in SHEETS for each in placed.sheets_of(name)]
    sheets = [within_links(made[name]) for name in order if name in made]
    for sheet in sheets:
        frame.fit_rows(sheet)
        sheet.protected = sheet.protected and protect
    check(sheets)
    return sheets


def _stand_elsewhere(entries: Entries) -> bool:
    """Whether all lines stand by period or by item, or on Summary."""
    return has_axes(entries) and entries.lines.keys() <= set(key_figures(entries)[:MOST_KEY_FIGURES])


def _empty(placed: Layout, studied: Study | None) -> set[str]:
    """Return the names of the sheets that would hold nothing."""
    held = {*placed.static, *([] if studied is None else [SENSITIVITY])}
    return {SENSITIVITY, CHANGES, RECONCILIATION, UNCERTAINTY} - held


def _static(entries: Entries, content: Content, chosen: frozenset[str]) -> tuple[str, ...]:
    """Return the names of the sheets that will hold a static table."""
    if content.since is not None and CHANGES not in chosen:
        raise ValueRefused(
            f"What changed since {content.since.name} stands on the sheet {CHANGES}, which is left out. Name that "
            "sheet as well."
        )
    if content.uncertainty is not None and UNCERTAINTY not in chosen:
        raise ValueRefused(
            f"A simulation stands on the sheet {UNCERTAINTY}, which is left out. Name that sheet as well."
        )
    there = {
        UNCERTAINTY: content.uncertainty is not None,
        CHANGES: content.since is not None,
        SENSITIVITY: SENSITIVITY in chosen and has_static_table(entries),
        RECONCILIATION: any(figure.case.option in entries.options for figure in content.published),
        FORMULA_MAP: True,
    }
    return tuple(name for name, held in there.items() if held and name in chosen)


def within_links(sheet: Sheet) -> Sheet:
    """Return the sheet with links past what a sheet holds turned into plain text, and a line that says so."""
    dropped = len(sheet.links) - MOST_LINKS
    if dropped <= 0:
        return sheet
    cells = list(sheet.cells)
    places = [place for place, cell in enumerate(cells) if cell[2] == "link"]
    for place in places[MOST_LINKS:]:
        row, column, _, content, _, style = cells[place]
        cells[place] = (row, column, "text", content, None, ("text", style[1]))
    told = attrs.evolve(sheet, cells=cells)
    said = text.LINKS_DROPPED.format(limit=MOST_LINKS, dropped=dropped)
    told.text(HINT_ROW, UNIT_COLUMN, said, ("note", GENERAL))
    return told
