"""The sheet Checks: three status cells, the counts behind them, and the blocks in which is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from unitledger.expression import Apply, Expression, Text, apply, equal, fixed, sentence, total, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import COUNTIF, ROWS, SUMIFS
from unitledger.model import Assumption, Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.address import on
from unitledger.workbook.check_rows import (
    ALERT_COUNTS,
    BUILT_COUNT,
    CONSTANTS_COUNT,
    COUNTS_ROW,
    EDITS_COUNT,
    INPUT_UNITS_COUNT,
    INPUTS_DIFFER,
    INTEGRITY_COUNTS,
    LINES_COUNT,
    NAMED_WRONG,
    NAMES_COUNT,
    PARTS_COUNT,
    PARTS_UNEQUAL,
    RANGES_COUNT,
    SCENARIOS_BUILT_COUNT,
    SCENARIOS_COUNT,
    SELECTORS_COUNT,
    SHOWN_COUNT,
    STATIC_COUNT,
    TOTALS_COUNT,
    UNIT_ALONE,
    UNITS_ALONE_COUNT,
    UNUSABLE,
    UNUSABLE_COUNT,
    WARNINGS_COUNT,
    CheckRows,
    check_rows,
)
from unitledger.workbook.formats import GENERAL, number_format
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    ALERTS_ROW,
    CHECKS,
    FIRST_OPTION,
    INTEGRITY_ROW,
    LABEL_COLUMN,
    SCENARIOS,
    STATE_ROW,
    STATUS_COLUMN,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.printing import put, span, symbol
from unitledger.workbook.sheet import Highlight, Sheet
from unitledger.workbook.sheets import check_arithmetic, check_inputs, check_names
from unitledger.workbook.sheets.check_block import COUNT, LABEL_WIDTH, Checking
from unitledger.workbook.sheets.check_breakdown import breakdown_adds_up
from unitledger.workbook.sheets.check_whole import counts_are_whole
from unitledger.workbook.sheets.freshness import static_tables
from unitledger.workbook.sheets.plan import Plan

_FIGURE_WIDTH = 13

COUNTS = symbol("counts")
EDITS = symbol("inputs edited")
NONE_FAILS = equal(apply(COUNTIF, COUNTS, 0), apply(ROWS, COUNTS))
# 1 divided by false is an error and so no number, as is everything that is worked out from a lost reference.
INTEGRITY = when(apply(ISNUMBER, 1 / NONE_FAILS), sentence(text.OK), sentence(text.FAIL))
STATE = when(equal(EDITS, 0), sentence(text.AS_BUILT), sentence(f"{text.EDITED} (", fixed(EDITS, 0), ")"))
ADDED = total(COUNTS)
# Rows whose count is not 0, or is an error; beside titles between rows stands nothing.
FAILING = apply(ROWS, COUNTS) - apply(COUNTIF, COUNTS, 0) - apply(COUNTIF, COUNTS, Text(""))
FAILING_AS_BUILT = when(equal(EDITS, 0), FAILING, 0)
ADDED_AS_BUILT = when(equal(EDITS, 0), ADDED, 0)
# The counts added up; a row that ends in an error counts as one cell.
ERRORS = apply(ROWS, COUNTS) - apply(COUNTIF, COUNTS, Text(">=0")) - apply(COUNTIF, COUNTS, Text(""))
EDITED = apply(SUMIFS, COUNTS, COUNTS, Text(">0")) + ERRORS
WARNED = apply(COUNTIF, COUNTS, 1)


def checks_sheet(
    entries: Entries,
    layout: Layout,
    results: Mapping[str, Mapping[str, float]],
    values: dict[str, Any],
    planned: Plan | None,
) -> Sheet:
    """Return the sheet; Inputs, Constants, Calc and, if `planned`, Scenarios must have been built: it compares them."""
    sheet = frame.begin(CHECKS, values, text.CHECKS_TITLE, text.CHECKS_HINT)
    frame.headings(sheet, (text.CHECK, text.UNIT, text.RESULT), range(STATUS_COLUMN, STATUS_COLUMN + 1))
    rows = check_rows(entries, layout)
    checking = Checking(entries, layout, results, rows, sheet, _patterns(entries, layout, results), planned)
    counts = {
        TOTALS_COUNT: check_arithmetic.totals(checking),
        PARTS_COUNT: breakdown_adds_up(checking),
        LINES_COUNT: check_arithmetic.worked_out_again(checking),
        BUILT_COUNT: check_arithmetic.values_when_built(checking),
        SHOWN_COUNT: check_arithmetic.shown_on_summary(checking),
        INPUT_UNITS_COUNT: 0.0,
        UNUSABLE_COUNT: 0.0,
        EDITS_COUNT: check_inputs.inputs_when_built(checking),
        RANGES_COUNT: check_inputs.ranges(checking),
        WARNINGS_COUNT: check_inputs.warnings(checking),
        UNITS_ALONE_COUNT: 0.0,
        NAMES_COUNT: check_names.names(checking),
        CONSTANTS_COUNT: check_arithmetic.constants_when_built(checking),
        STATIC_COUNT: static_tables(checking),
    }
    counts_are_whole(checking)
    check_inputs.stale(checking)
    _put_counts(checking, counts)
    _put_scenario_counts(checking)
    _put_status(checking, counts)
    sheet.widths[LABEL_COLUMN] = LABEL_WIDTH
    sheet.widths[UNIT_COLUMN] = frame.width(_units(entries), frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    columns = range(FIRST_OPTION, layout.after_options + _extra(rows, layout))
    least = frame.heading_width(layout.options, _FIGURE_WIDTH)
    sheet.widths |= dict.fromkeys(columns, frame.figure_width(sheet, columns, least))
    return sheet


def checks_size(entries: Entries, layout: Layout) -> tuple[int, int]:
    """Return how many rows and columns the sheet takes, before it is built."""
    rows = check_rows(entries, layout)
    return rows.end, layout.after_options + _extra(rows, layout)


def _extra(rows: CheckRows, layout: Layout) -> int:
    """How many columns the blocks use after the options."""
    return (
        max(2 + 2 * len(layout.options), UNIT_ALONE + 1)
        if rows.ranges
        else max(1 + len(layout.options), UNIT_ALONE + 1)
    )


def _units(entries: Entries) -> Iterator[str]:
    """Yield the units that stand on the sheet."""
    yield from (line.unit.spelling for line in entries.lines.values())
    yield from (entry.unit.spelling for entry in entries.inputs.values() if isinstance(entry, Assumption))
    yield from (constant.unit.spelling for constant in entries.constants.values())


def _patterns(entries: Entries, layout: Layout, results: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """Number formats of inputs, which show every digit, and of lines."""
    columns = [results[option] for option in layout.options]
    found = {}
    for name in layout.used:
        entry = entries.inputs[name]
        unit = entry.unit if isinstance(entry, Assumption) else DIMENSIONLESS
        found[name] = number_format(unit, [column[name] for column in columns], exact=True)
    for name in layout.lines:
        found[name] = number_format(entries.lines[name].unit, [column[name] for column in columns])
    return found


def _put_counts(checking: Checking, counts: Mapping[int, float]) -> None:
    sheet, rows = checking.sheet, checking.rows
    frame.sections(sheet, {COUNTS_ROW: text.COUNTS}, STATUS_COLUMN + 1)
    last = checking.count_column
    warned = (FIRST_OPTION, checking.last_option)
    named, usable, differ, alone = (
        (checking.layout.after_options + place,) * 2 for place in (NAMED_WRONG, UNUSABLE, INPUTS_DIFFER, UNIT_ALONE)
    )
    inputs = list(rows.inputs.values())
    unequal = [rows.breakdown[PARTS_UNEQUAL]] if rows.breakdown else []
    counted: list[tuple[int, str, Sequence[int], tuple[int, int], Expression]] = [
        (TOTALS_COUNT, text.COUNT_OF_TOTALS, [row + 2 for row in rows.totals.values()], (last, last), FAILING),
        (PARTS_COUNT, text.COUNT_OF_PARTS, unequal, (last, last), FAILING),
        (LINES_COUNT, text.COUNT_OF_LINES, list(rows.again.values()), (last, last), FAILING),
        (BUILT_COUNT, text.COUNT_OF_BUILT, list(rows.built.values()), (last, last), FAILING_AS_BUILT),
        (SHOWN_COUNT, text.COUNT_OF_SHOWN, list(rows.shown.values()), (last, last), FAILING),
        (INPUT_UNITS_COUNT, text.COUNT_OF_INPUT_UNITS, inputs, named, FAILING),
        (UNUSABLE_COUNT, text.COUNT_OF_UNUSABLE, inputs, usable, FAILING),
        (NAMES_COUNT, text.COUNT_OF_NAMES, list(rows.names.values()), (last, last), FAILING),
        (CONSTANTS_COUNT, text.COUNT_OF_CONSTANTS, list(rows.constants.values()), (last, last), FAILING),
        (EDITS_COUNT, text.COUNT_OF_EDITS, inputs, differ, EDITED),
        (RANGES_COUNT, text.COUNT_OF_RANGES, [rows.outside] if rows.ranges else [], warned, ADDED),
        (WARNINGS_COUNT, text.COUNT_OF_ALERTS, list(rows.alerts.values()), warned, WARNED),
        (UNITS_ALONE_COUNT, text.COUNT_OF_UNITS_ALONE, inputs, alone, WARNED),
        (STATIC_COUNT, text.COUNT_OF_STATIC, list(rows.static.values()), (FIRST_OPTION, FIRST_OPTION), ADDED),
    ]
    for row, label, looked_at, columns, tree in counted:
        unit = text.ROWS if row <= INTEGRITY_COUNTS[1] else text.TABLES if row == STATIC_COUNT else text.CELLS
        checking.row_head(row, label, unit)
        if looked_at:
            addresses = {COUNTS.name: span((min(looked_at), max(looked_at)), columns), EDITS.name: _count(EDITS_COUNT)}
            put(sheet, row, STATUS_COLUMN, tree, addresses, cached=counts[row], style=COUNT)
        else:
            sheet.number(row, STATUS_COLUMN, 0.0, COUNT)


def _put_scenario_counts(checking: Checking) -> None:
    """Put what is counted on Scenarios: a second computation of Calc, answers when built, selectors of nothing."""
    planned = checking.planned
    edits = {EDITS.name: _count(EDITS_COUNT)}
    looked_at = dict.fromkeys((SCENARIOS_COUNT, SCENARIOS_BUILT_COUNT, SELECTORS_COUNT), "")
    if planned is not None:
        looked_at = {
            SCENARIOS_COUNT: span(*planned.off),
            SCENARIOS_BUILT_COUNT: span(*planned.differs),
            SELECTORS_COUNT: span(*planned.unnamed),
        }
    for row, label, tree in (
        (SCENARIOS_COUNT, text.COUNT_OF_SCENARIOS, ADDED),
        (SCENARIOS_BUILT_COUNT, text.COUNT_OF_SCENARIOS_BUILT, ADDED_AS_BUILT),
        (SELECTORS_COUNT, text.COUNT_OF_SELECTORS, ADDED),
    ):
        checking.row_head(row, label, text.CELLS)
        if looked_at[row]:
            addresses = {COUNTS.name: on(SCENARIOS, looked_at[row]), **edits}
            put(checking.sheet, row, STATUS_COLUMN, tree, addresses, cached=0.0, style=COUNT)
        else:
            checking.sheet.number(row, STATUS_COLUMN, 0.0, COUNT)


def _count(row: int) -> str:
    return span((row, row), (STATUS_COLUMN, STATUS_COLUMN)).partition(":")[0]


def _put_status(checking: Checking, counts: Mapping[int, float]) -> None:
    failed = any(counts.get(row) for row in range(INTEGRITY_COUNTS[0], INTEGRITY_COUNTS[1] + 1))
    column = (STATUS_COLUMN, STATUS_COLUMN)
    status: tuple[tuple[int, str, Apply | Expression, dict[str, str], Any, str], ...] = (
        (
            INTEGRITY_ROW,
            text.INTEGRITY_LABEL,
            INTEGRITY,
            {COUNTS.name: span(INTEGRITY_COUNTS, column)},
            text.FAIL if failed else text.OK,
            "bad",
        ),
        (STATE_ROW, text.STATE_LABEL, STATE, {EDITS.name: _count(EDITS_COUNT)}, text.AS_BUILT, "warn"),
        (
            ALERTS_ROW,
            text.ALERTS_LABEL,
            ADDED,
            {COUNTS.name: span(ALERT_COUNTS, column)},
            sum(counts[row] for row in range(ALERT_COUNTS[0], ALERT_COUNTS[1] + 1)),
            "warn",
        ),
    )
    goods: dict[int, str | float] = {INTEGRITY_ROW: text.OK, STATE_ROW: text.AS_BUILT, ALERTS_ROW: 0.0}
    for row, label, tree, addresses, cached, otherwise in status:
        pattern = "0" if row == ALERTS_ROW else GENERAL
        checking.row_head(row, label, "")
        put(checking.sheet, row, STATUS_COLUMN, tree, addresses, cached=cached, style=(otherwise, pattern))
        checking.sheet.highlights.append(Highlight((row, row), column, goods[row], ("good", GENERAL)))
