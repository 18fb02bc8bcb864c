"""Block of Checks about defined names: whether each still stands for the cells that it is to stand for.

A name that is gone or points elsewhere would only be noticed when the file comes back: no other formula uses names,
and none but these may. The headings of options, which carry names too, are compared with the options when built.
"""

from __future__ import annotations

from unitledger.expression import different
from unitledger.workbook import text
from unitledger.workbook.address import a1
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import (
    CALC,
    CONSTANT_COLUMN,
    CONSTANTS,
    FIRST_OPTION,
    HEAD_OF_CONSTANTS,
    HEADING_ROW,
    HEADINGS,
    INPUTS,
    answers,
    input_name,
    output_name,
)
from unitledger.workbook.printing import down, own, symbol, there
from unitledger.workbook.sheets.check_arithmetic import count_where
from unitledger.workbook.sheets.check_block import COUNT, Checking

NAMED = symbol("what the name stands for")
WANTED = symbol("what it is to stand for")
ELSEWHERE = count_where(different(NAMED, WANTED))


def names(checking: Checking) -> float:
    """For each defined name, how many of its cells are not those that it is to stand for."""
    layout, sheet = checking.layout, checking.sheet
    checking.title("names", text.NAMES, [text.DIFFERING_CELLS])
    for name in HEADINGS:
        row = checking.rows.names[name]
        shown = layout.options
        if name == HEAD_OF_CONSTANTS:
            shown = (sheet.values[f"{CONSTANTS}!{a1(HEADING_ROW, CONSTANT_COLUMN)}"],)
        for column, heading in enumerate(shown, start=FIRST_OPTION):
            sheet.text(row, column, heading, ("constant_word", GENERAL))
        _put(checking, name, own(FIRST_OPTION, FIRST_OPTION + len(shown) - 1), row)
    for name, place in layout.inputs.items():
        _put(checking, input_name(name), there(INPUTS, FIRST_OPTION, checking.last_option), place)
    for name in answers(checking.entries):
        _put(checking, output_name(name), there(CALC, FIRST_OPTION, checking.last_option), layout.lines[name])
    return 0.0


def _put(checking: Checking, name: str, wanted: str, looked_at: int) -> None:
    row = checking.rows.names[name]
    checking.row_head(row, name, text.CELLS)
    addresses = {NAMED.name: name, WANTED.name: wanted}
    down(checking.sheet, checking.count_column, ELSEWHERE, addresses, [(row, looked_at, 0.0, COUNT)])
