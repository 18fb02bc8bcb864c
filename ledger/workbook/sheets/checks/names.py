"""Block of Checks about defined names: whether each still stands for the cells that it is to stand for.

A name that is gone or points elsewhere would only be noticed when the file comes back: no other formula uses names,
and none but these may. The headings of options, which carry names too, are compared with the options when built.
"""

from __future__ import annotations

import attrs

from unitledger.expression import TEXT, different
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import (
    CONSTANT_COLUMN,
    FIRST_OPTION,
    HEAD_OF_CALC,
    HEAD_OF_CONSTANTS,
    HEAD_OF_INPUTS,
    HEADING_ROW,
    answers,
    input_name,
    output_name,
)
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.checks.checking import COUNT, Checking, count_where


def names(checking: Checking) -> None:
    """For each defined name, how many of its cells are not those that it is to stand for."""
    checks, cells = checking.checks, checking.cells
    options = checks.grid.entry("options", TEXT, checks.titles["names"]).across()
    heads = attrs.evolve(cells.options, ground=cells.given.ground).across()
    head = Entry(cells.constants.ground, "", TEXT, HEADING_ROW, CONSTANT_COLUMN)
    written = attrs.evolve(checks.names, kind=TEXT, columns=FIRST_OPTION)
    checking.put(written, head.value(), ("constant_word", GENERAL), rows=[HEAD_OF_CONSTANTS])
    compared = {
        HEAD_OF_INPUTS: (heads, options),
        HEAD_OF_CALC: (cells.options.across(), options),
        HEAD_OF_CONSTANTS: (head.expression, written.expression),
    }
    for rows, name_of, entry in (
        (checks.layout.inputs, input_name, cells.given),
        ({name: checks.layout.lines[name] for name in answers(checking.entries)}, output_name, cells.figures),
    ):
        named = attrs.evolve(entry, kind=DIMENSIONLESS, rows={name_of(name): row for name, row in rows.items()})
        compared |= dict.fromkeys(named.keys, (named.across(), named.across()))
    for name, (there, wanted) in compared.items():
        elsewhere = count_where(different(attrs.evolve(there, called=name), wanted))
        checking.put(checks.beside(checks.names), elsewhere, COUNT, rows=[name])
