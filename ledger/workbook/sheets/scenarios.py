"""The sheet Scenarios: the lines that ranged inputs reach, worked out anew in each column."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, SCENARIOS, UNIT_COLUMN, Layout
from unitledger.workbook.plan import Plan
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets import frame
from unitledger.workbook.sheets.scenario_columns import heads
from unitledger.workbook.sheets.scenario_lines import body, break_even, when_built
from unitledger.workbook.sheets.scenario_ranges import ranges, selection
from unitledger.workbook.sheets.scenario_sheet import Varying
from unitledger.workbook.study import Results

_LABEL_WIDTH = 32
_FIGURE_WIDTH = 13
# Letters of a label in the heading of a column; the row of inputs that are varied has all of it.
_LONGEST_IN_TITLE = 40


def scenarios_sheet(entries: Entries, layout: Layout, results: Results, plan: Plan, values: dict[str, Any]) -> Sheet:
    """Return the sheet; Inputs, Constants, Calc and Changes must have been built."""
    sheet = frame.begin(SCENARIOS, values, text.SCENARIOS_TITLE, _hint(plan))
    varying = Varying(entries, layout, results, plan, sheet)
    study, columns = plan.study, varying.rows.columns
    titles = [text.LINE, text.UNIT, *layout.options, *_titles(varying), text.OFF_CALC]
    frame.headings(sheet, titles, range(FIRST_OPTION, columns.off + 1))
    sections = {row: text.SCENARIO_SECTIONS[name] for name, row in varying.rows.titles.items()}
    frame.sections(sheet, sections, columns.off + 1)
    selection(varying)
    ranges(varying)
    heads(varying)
    body(varying)
    if varying.rows.compares:
        break_even(varying)
    when_built(varying)
    labels = [line.label for line in (entries[name] for name in (*study.listed, *study.others, *study.lines))]
    sheet.widths[LABEL_COLUMN] = frame.width(labels, _LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[UNIT_COLUMN] = frame.UNIT_WIDTH
    figures = range(FIRST_OPTION, columns.off + 1)
    least = frame.heading_width(layout.options, _FIGURE_WIDTH)
    sheet.widths |= dict.fromkeys(figures, frame.figure_width(sheet, figures, least))
    return sheet


def _hint(plan: Plan) -> str:
    """Say what the columns are, from left to right."""
    rows = plan.scenarios
    refined = text.SCENARIOS_HINT_REFINED if rows.compares else ""
    table = text.SCENARIOS_HINT_TABLE.format(refined=refined) if rows.has_table else ""
    return text.SCENARIOS_HINT + table + text.SCENARIOS_HINT_END


def _titles(varying: Varying) -> list[str]:
    """Headings of the varied columns, as many as there are of each kind."""
    columns = varying.rows.columns
    listed = [
        {"number": number, "label": shorten(varying.entries.inputs[name].label, _LONGEST_IN_TITLE, placeholder="…")}
        for number, name in enumerate(varying.study.listed, start=1)
    ]
    points, steps = range(len(columns.points)), range(1, len(columns.steps) + 1)
    titles = [text.LOW_NUMBER.format_map(each) for each in listed]
    titles += [text.HIGH_NUMBER.format_map(each) for each in listed]
    for blocks in ((columns.points, columns.steps), (columns.other_points, columns.other_steps)):
        if blocks[0]:
            compared = text.OF_COMPARED if blocks[0] is columns.other_points else ""
            titles += [text.POINT_NUMBER.format(number=number) + compared for number in points]
            titles += [text.REFINED_NUMBER.format(number=number) + compared for number in steps]
    return titles
