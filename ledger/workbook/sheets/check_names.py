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
    HEAD_OF_CALC,
    HEAD_OF_CONSTANTS,
    HEAD_OF_INPUTS,
    HEADING_ROW,
    INPUTS,
    answers,
    input_name,
    output_name,
)
from unitledger.workbook.printing import down, own, span, symbol, there
from unitledger.workbook.sheets.check_arithmetic import count_where
from unitledger.workbook.sheets.check_block import COUNT, Checking

NAMED = symbol("what the name stands for")
WANTED = symbol("what it is to stand for")
ELSEWHERE = count_where(different(NAMED, WANTED))


def names(checking: Checking) -> float:
    """For each defined name, how many of its cells are not those that it is to stand for."""
    layout, sheet = checking.layout, checking.sheet
    checking.title("names", text.NAMES, [text.DIFFERING_CELLS])
    title = checking.rows.titles["names"]
    options = span((title, title), (FIRST_OPTION, checking.last_option))
    for name in (HEAD_OF_INPUTS, HEAD_OF_CALC):
        _put(checking, name, options, title)
    row = checking.rows.names[HEAD_OF_CONSTANTS]
    heading = sheet.values[f"{CONSTANTS}!{a1(HEADING_ROW, CONSTANT_COLUMN)}"]
    sheet.text(row, FIRST_OPTION, heading, ("constant_word", GENERAL))
    _put(checking, HEAD_OF_CONSTANTS, own(FIRST_OPTION), row)
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
