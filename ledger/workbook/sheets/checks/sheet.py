"""The sheet Checks: three status cells, the counts behind them, and the blocks in which is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from unitledger.expression import Expression, Operand, Text, apply, equal, fixed, sentence, total, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import COUNTIF, ROWS, SUMIFS
from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, STATUS_COLUMN, UNIT_COLUMN
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Highlight, Sheet
from unitledger.workbook.sheets.checks.arithmetic import (
    constants_when_built,
    shown_on_summary,
    totals,
    values_when_built,
    worked_out_again,
)
from unitledger.workbook.sheets.checks.breakdown import breakdown_adds_up
from unitledger.workbook.sheets.checks.checking import COUNT, Checking, Elsewhere
from unitledger.workbook.sheets.checks.edits import counts_are_whole, inputs_when_built
from unitledger.workbook.sheets.checks.names import names
from unitledger.workbook.sheets.checks.ranges import ranges, stale, warnings
from unitledger.workbook.sheets.checks.rows import (
    ALERT_COUNTS,
    DIFFERS,
    INTEGRITY_COUNTS,
    NAMED_WRONG,
    UNIT_ALONE,
    UNUSABLE,
    Checks,
)
from unitledger.workbook.sheets.scenarios.varying import Varying
from unitledger.workbook.study import Results

_LABEL_WIDTH = 44
_FIGURE_WIDTH = 13


def static_tables(checking: Checking) -> None:
    """For each static table 1 if an input was edited since it was built."""
    checks = checking.checks
    checking.put(checks.static, when(equal(checks.counts["edits"], 0), 0, 1), COUNT)


_BLOCKS: dict[str, Callable[[Checking], None]] = {
    "totals": totals,
    "breakdown": breakdown_adds_up,
    "again": worked_out_again,
    "built": values_when_built,
    "shown": shown_on_summary,
    "inputs": inputs_when_built,
    "whole": counts_are_whole,
    "ranges": ranges,
    "stale": stale,
    "alerts": warnings,
    "names": names,
    "constants": constants_when_built,
    "static": static_tables,
}


def checks_sheet(checks: Checks, results: Results, shown: Entry, scenarios: Varying | None) -> Sheet:
    """Return the sheet, which looks at the key figures `shown` on Summary, and at Scenarios if there is one.

    Inputs, Constants and Calc must have been said.
    """
    checking = Checking(checks, results, Elsewhere.of(shown, scenarios))
    sheet, layout = checks.grid.sheet, checks.layout
    with checks.grid.mapped("status", columns=range(FIRST_OPTION, STATUS_COLUMN + 1)):
        _put_status(checks)
        _put_counts(checking)
    for name in checks.titles:
        with checks.block(name):
            _BLOCKS[name](checking)
    sheet.widths[LABEL_COLUMN] = _LABEL_WIDTH
    sheet.widths[UNIT_COLUMN] = frame.width(_units(checking.entries), frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    columns = range(FIRST_OPTION, checks.size[1])
    frame.fit_figures(sheet, columns, frame.heading_width(layout.options, _FIGURE_WIDTH))
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
    none_fails = apply(ISNUMBER, 1 / equal(apply(COUNTIF, found, 0), apply(ROWS, found)))
    put(checks.integrity, when(none_fails, sentence(text.OK), sentence(text.FAIL)), ("bad", GENERAL))
    state = when(equal(edits, 0), sentence(text.AS_BUILT), sentence(f"{text.EDITED} (", fixed(edits, 0), ")"))
    put(checks.state, state, ("warn", GENERAL))
    put(checks.alerts, total(counts.down(ALERT_COUNTS)), ("warn", "0"))
    for entry, good in ((checks.integrity, text.OK), (checks.state, text.AS_BUILT), (checks.alerts, 0.0)):
        put(entry.unit, "", frame.UNIT)
        row, column = entry.place()
        checks.grid.sheet.highlights.append(Highlight((row, row), (column, column), good, ("good", GENERAL)))


def _failing(cells: Operand) -> Expression:
    """Rows whose count is not 0, or is an error; beside titles between rows stands nothing."""
    return apply(ROWS, cells) - apply(COUNTIF, cells, 0) - apply(COUNTIF, cells, Text(""))


def _edited(cells: Operand) -> Expression:
    """The counts added up; a row that ends in an error counts as one cell."""
    errors = apply(ROWS, cells) - apply(COUNTIF, cells, Text(">=0")) - apply(COUNTIF, cells, Text(""))
    return apply(SUMIFS, cells, cells, Text(">0")) + errors


def _holding(cells: Operand) -> Expression:
    return apply(COUNTIF, cells, 1)


def _put_counts(checking: Checking) -> None:
    checks, elsewhere = checking.checks, checking.elsewhere
    as_built = equal(checks.counts["edits"], 0)
    beside, inputs, every = checks.beside, checks.inputs, checks.built_inputs
    counted: dict[str, tuple[Entry, Callable[[Operand], Operand]]] = {
        "totals": (beside(checks.unequal), _failing),
        "parts": (beside(checks.parts_unequal), _failing),
        "lines": (beside(checks.again), _failing),
        "built": (beside(checks.built), lambda cells: when(as_built, _failing(cells), 0)),
        "shown": (beside(checks.shown), _failing),
        "input_units": (beside(every, NAMED_WRONG), _failing),
        "unusable": (beside(inputs, UNUSABLE), _failing),
        "names": (beside(checks.names), _failing),
        "constants": (beside(checks.constants), _failing),
        "scenarios": (elsewhere.off, total),
        "scenarios_built": (elsewhere.differs, lambda cells: when(as_built, total(cells), 0)),
        "selectors": (elsewhere.unnamed, total),
        "edits": (beside(every, DIFFERS), _edited),
        "ranges": (checks.outside, total),
        "warnings": (checks.warnings, _holding),
        "units_alone": (beside(inputs, UNIT_ALONE), _holding),
        "static": (checks.static, total),
    }
    for name, (entry, count) in counted.items():
        held = count(entry.block()) if entry.keys else 0.0
        checking.put(checks.counts, held, COUNT, rows=[name])
