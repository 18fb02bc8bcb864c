"""The sheet Checks: three status cells, the counts behind them; and As built, the sheet on which is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import add

from unitledger.expression import (
    Expression,
    Operand,
    Text,
    all_of,
    apply,
    different,
    equal,
    fixed,
    sentence,
    total,
    when,
)
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import COUNTIF, ROWS, SUMIFS
from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.grid.place import keys
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, STATUS_COLUMN, UNIT_COLUMN
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look import measure
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Highlight, Sheet
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.checks.copies import constants_when_built, parts_on_calc, shown_on_summary
from unitledger.workbook.sheets.checks.edits import inputs_when_built
from unitledger.workbook.sheets.checks.names import names
from unitledger.workbook.sheets.checks.ranges import APPLIES, stale, warnings
from unitledger.workbook.sheets.checks.rows import (
    ALERT_COUNTS,
    CHANGED,
    CHECKED,
    DAMAGED,
    INTEGRITY_COUNTS,
    OUTSIDE,
    Checks,
)
from unitledger.workbook.sheets.second.again import count_where

_LABEL_WIDTH = 66
_UNIT_WIDTH = 16
_FIGURE_WIDTH = 13


def static_tables(checking: Checking) -> None:
    """For each static table 1 if an input was edited since it was built."""
    checks = checking.checks
    checking.put(checks.static, when(equal(checks.counts["edits"], 0), 0, 1), COUNT)


_BLOCKS: dict[str, Callable[[Checking], None]] = {
    "parts": parts_on_calc,
    "shown": shown_on_summary,
    "inputs": inputs_when_built,
    "stale": stale,
    "names": names,
    "constants": constants_when_built,
    "static": static_tables,
}


def checks_sheet(checking: Checking) -> Sheet:
    """Return the page that a reader meets: status, what is checked and how often, conditions that are watched."""
    checks, grid = checking.checks, checking.checks.grid
    sheet = grid.sheet
    with grid.mapped("status", columns=range(FIRST_OPTION, CHECKED + 1)):
        _put_status(checks)
        _put_counts(checking)
    with grid.mapped("alerts"):
        warnings(checking)
    sheet.widths |= {LABEL_COLUMN: _LABEL_WIDTH, UNIT_COLUMN: _UNIT_WIDTH}
    for entry in (checks.counts, checks.warnings):
        for name in entry.keys:
            row, column = entry.label.place(name)
            sheet.heights[row] = measure.height(str(grid.value(row, column)), _LABEL_WIDTH, frame.LABEL[0])
    if checks.warnings.keys:
        place = checks.warnings.area()
        sheet.highlights.append(Highlight(place.rows, place.columns, 1.0, ("warn", APPLIES)))
    columns = range(FIRST_OPTION, max(checks.layout.after_options, CHECKED + 1))
    sheet.widths |= dict.fromkeys(columns, frame.heading_width(checks.options, _FIGURE_WIDTH))
    sheet.fits_one_page = True
    return sheet


def as_built_sheet(checking: Checking) -> Sheet:
    """Return the working sheet on which is counted. Inputs, Constants and Calc must have been said."""
    checks, sheet = checking.checks, checking.checks.working.sheet
    frame.headings(sheet, (text.LINE, text.UNIT), range(FIRST_OPTION, FIRST_OPTION))
    checks.working.put(checks.built_options, lambda _, option: option, frame.HEADING)
    for name in checks.titles:
        with checks.block(name):
            _BLOCKS[name](checking)
    sheet.widths[LABEL_COLUMN] = frame.WIDEST_LABEL
    sheet.widths[UNIT_COLUMN] = frame.unit_width(_units(checking.entries), frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    # What stands on Constants is printed there.
    sheet.last_printed = checks.titles["constants"] - 2
    columns = range(FIRST_OPTION, checks.size[1])
    frame.fit_figures(sheet, columns, frame.heading_width(checks.options, _FIGURE_WIDTH))
    return sheet


def _units(entries: Entries) -> Iterable[str]:
    """Return the units that stand on the sheet."""
    names = (*entries.lines, *entries.inputs, *entries.constants)
    return (unit_of(entries, name).spelling for name in names)


def _put_status(checks: Checks) -> None:
    counts, put = checks.counts, checks.grid.put
    edits = counts["edits"]
    found = counts.down(INTEGRITY_COUNTS)
    # 1 divided by false is an error and so no number, as is everything that is worked out from a lost reference.
    # Those with a label, so that a row inserted among them does no harm.
    labels = counts.label.down(INTEGRITY_COUNTS)
    there = apply(ROWS, labels) - apply(COUNTIF, labels, Text(""))
    none_fails = apply(ISNUMBER, 1 / equal(apply(COUNTIF, found, 0), there))
    put(checks.integrity, when(none_fails, sentence(text.OK), sentence(text.FAIL)), ("bad", GENERAL))
    state = when(equal(edits, 0), sentence(text.AS_BUILT), sentence(f"{text.EDITED} (", fixed(edits, 0), ")"))
    put(checks.state, state, ("warn", GENERAL))
    put(checks.alerts, total(counts.down(ALERT_COUNTS)), ("warn", "0"))
    for entry, good in ((checks.integrity, text.OK), (checks.state, text.AS_BUILT), (checks.alerts, 0.0)):
        put(entry.unit, "", frame.UNIT)
        row, column = entry.place()
        checks.grid.sheet.highlights.append(Highlight((row, row), (column, column), good, ("good", GENERAL)))


def failing(cells: Operand) -> Expression:
    """Cells of a column whose count is not 0, or is an error; beside titles between rows stands nothing."""
    return _not_zero(cells, apply(ROWS, cells))


def differing(cells: Operand) -> Expression:
    """Counts of a column added up; one that is an error counts as 1."""
    return _above_zero(cells) + _errors(cells)


def _failing_of(entry: Entry) -> Expression:
    """The same of all columns of an entry."""
    every = total(*(apply(ROWS, entry.block(columns=[column])) for column in keys(entry.columns)))
    return _not_zero(entry.block(), every)


def _not_zero(cells: Operand, every: Expression) -> Expression:
    return every - apply(COUNTIF, cells, 0) - apply(COUNTIF, cells, Text(""))


def _errors(cells: Operand) -> Expression:
    return apply(ROWS, cells) - apply(COUNTIF, cells, Text(">=0")) - apply(COUNTIF, cells, Text(""))


def _above_zero(cells: Operand) -> Expression:
    """Counts added up; an error says nothing, Integrity tells it."""
    return apply(SUMIFS, cells, cells, Text(">0"))


def _holding(cells: Operand) -> Expression:
    return apply(COUNTIF, cells, 1)


def _put_counts(checking: Checking) -> None:
    checks, again = checking.checks, checking.checks.again
    as_built = equal(checks.counts["edits"], 0)
    beside, every = checks.beside, checks.built_inputs
    counted: dict[str, tuple[Entry, Callable[[Operand], Operand]]] = {
        "parts": (checks.cells.rest, lambda rest: count_where(different(rest, 0)) + total(beside(checks.parts).down())),
        "lines": (again.off, differing),
        "inputs": (beside(every, DAMAGED), differing),
        "built": (
            again.off_built,
            lambda off: when(as_built, differing(off) if again.at_once else again.off_lines(), 0),
        ),
        "shown": (beside(checks.shown), differing),
        "constants": (beside(checks.constants), differing),
        "ranges": (beside(every, OUTSIDE), _above_zero),
        "warnings": (checks.warnings, _holding),
        "static": (checks.static, total),
    }
    of_tables: dict[str, tuple[Entry, Callable[[Operand], Operand]]] = {}
    if checking.tables is not None:
        computed = checking.tables.again
        of_tables = {
            "inputs": (checking.tables.left_out, failing),
            "lines": (computed.off, failing),
            "built": (computed.off_built, lambda off: when(as_built, failing(off), 0)),
        }
    for name, (entry, count) in counted.items():
        held = count(entry.block()) if entry.keys else 0.0
        if name in of_tables and of_tables[name][0].keys:
            more, count_more = of_tables[name]
            held = held + count_more(more.block())
        # Calc and the second calculation come to the very values when built.
        known = [0.0] if name in ("lines", "built") and entry.keys else None
        checks.grid.put(checks.counts, held, COUNT, rows=[name], values=known)
    over_time = checking.damaged_over_time
    rows = [_failing_of(each) for each in over_time]
    checks.grid.put(checks.counts, sum(rows[1:], rows[0]) if rows else 0.0, COUNT, rows=["periods"])
    edited = [checks.renamed, beside(every, CHANGED), checking.edited_over_time]
    edited += [] if checking.tables is None else [checking.tables.edited]
    edits = (differing(each.block()) for each in edited if each is not None and each.keys)
    # Where Inputs is gone, nothing is known.
    there = 0 * equal(checks.cells.headings.label, Text(""))
    checks.grid.put(checks.counts, reduce(add, edits) + there, COUNT, rows=["edits"])
    for name, held in _of_varying(checking).items():
        checks.grid.put(checks.counts, held, COUNT, rows=[name])
    _put_checked(checking)


def _put_checked(checking: Checking) -> None:
    """Put beside the counts of Integrity how many rows or cells each looks at."""
    checks, options = checking.checks, len(checking.checks.options)
    varied = 0 if checking.varying is None else checking.varying.checked
    looked_at = {
        "parts": len(checks.cells.rest.keys) * options,
        "lines": len(checking.entries.lines) * (2 + options),
        "inputs": len(checks.inputs.keys) * (2 + options),
        "built": len(checking.entries.lines) * options,
        "shown": len(checks.shown.keys) * (2 + options),
        "constants": len(checks.held.keys) * 3,
        "varied_built": varied,
        "periods": sum(len(each.keys) * len(keys(each.columns)) for each in checking.damaged_over_time),
        "selectors": 0 if checking.varying is None else len(checking.varying.as_chosen),
    }
    checks.grid.put(checks.checked, lambda name, _: float(looked_at[name]), ("foot", "0"), rows=looked_at)
    row = checks.counts.area(INTEGRITY_COUNTS).rows
    checks.grid.sheet.highlights.append(Highlight(row, (STATUS_COLUMN, STATUS_COLUMN), 0.0, ("good", "0")))


def _of_varying(checking: Checking) -> dict[str, Operand | float]:
    """Answers behind Sensitivity off what they were, while it shows what it was built for; selectors of nothing."""
    varying, edits = checking.varying, checking.checks.counts["edits"]
    if varying is None:
        return {"varied_built": 0.0, "selectors": 0.0}
    chosen = varying.places.number.across()
    return {
        "varied_built": when(all_of(equal(edits, 0), *varying.as_chosen), varying.off_built, 0),
        "selectors": when(apply(ISNUMBER, total(chosen)), 0, 1),
    }
