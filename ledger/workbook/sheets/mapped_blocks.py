"""Which blocks of formulas stand on Scenarios and Sensitivity, for the formula map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, SCENARIOS, SENSITIVITY
from unitledger.workbook.plan import Plan
from unitledger.workbook.scenario_rows import NO_ROW
from unitledger.workbook.sensitivity_rows import DECIMALS, SELECTOR

Block = tuple[str, str, tuple[int, int], tuple[int, int]]
"""Kind, sheet, first and last row, first and last column."""


def scenario_blocks(plan: Plan) -> Iterator[Block]:
    """Yield the blocks of Scenarios; together they hold each formula once."""
    rows = plan.scenarios
    columns = rows.columns
    first, last_option, last = columns.base.start, columns.base.stop - 1, columns.off - 1
    options = (first, last_option)
    selection, ranges, heads = rows.selection, rows.ranges, rows.heads
    yield "selection", SCENARIOS, (selection.analysed_is, selection.unnamed), options
    for kind, held in (("low", ranges.low), ("high", ranges.high), ("taken", ranges.taken)):
        if held:
            yield kind, SCENARIOS, _ends(held.values()), options
    if rows.has_table:
        yield (
            "driver",
            SCENARIOS,
            _ends((ranges.driver_low, ranges.driver_high, ranges.driver_is, ranges.driver_taken, ranges.together)),
            options,
        )
    yield "columns", SCENARIOS, (heads.option, heads.set_to), (first, last)
    for kind, names in (("inputs", rows.inputs), ("others", rows.others), ("lines", rows.lines)):
        if names:
            yield f"scenario_{kind}", SCENARIOS, _ends(names.values()), (first, last)
    yield "off", SCENARIOS, (min(rows.inputs.values()), rows.answer), (columns.off, columns.off)
    if rows.compares:
        yield "break_even", SCENARIOS, (rows.crossing.difference, rows.crossing.interval), (first, last)
    yield "scenarios_built", SCENARIOS, (rows.built.differs, rows.built.differs), (first, last)


def sensitivity_blocks(plan: Plan) -> Iterator[Block]:
    """Yield the blocks of Sensitivity; together they hold each formula once."""
    rows = plan.sensitivity
    yield "said", SENSITIVITY, _ends((rows.about, rows.span, rows.flip)), (LABEL_COLUMN, LABEL_COLUMN)
    yield "tornado", SENSITIVITY, (rows.ranked.start, rows.greatest), (LABEL_COLUMN, DECIMALS)
    if plan.scenarios.has_table:
        held = _ends((rows.value, rows.option, rows.remaining))
        yield "one_way", SENSITIVITY, held, (LABEL_COLUMN, max(DECIMALS, SELECTOR + rows.points - 1))
    yield "listed", SENSITIVITY, rows.listed_rows, (FIRST_OPTION, DECIMALS)
    yield "chart_words", SENSITIVITY, _ends(rows.words.values()), (SELECTOR, SELECTOR)


def _ends(rows: Iterable[int]) -> tuple[int, int]:
    there = [row for row in rows if row != NO_ROW]
    return min(there), max(there)
