"""Block of Checks about defined names: whether each still stands for the cells that it is to stand for.

A name that is gone or points elsewhere would only be noticed when the file comes back: no other formula uses names,
and none but these may. The headings of options, which carry names too, must tell the options apart, and nothing may
stand between the last of them and the lows on Inputs, or the words on Calc.
"""

from __future__ import annotations

import attrs

from unitledger.expression import TEXT, Expression, Text, apply, different, equal, sentence, total
from unitledger.expression.table.statistics import COUNTA
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import (
    CONSTANT_COLUMN,
    FIRST_OPTION,
    HEAD_OF_CALC,
    HEAD_OF_CONSTANTS,
    HEAD_OF_INPUTS,
    HEADING_ROW,
    LOW,
    answers,
    output_name,
)
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.checks.checking import COUNT, Checking
from unitledger.workbook.sheets.second.again import count_where
from unitledger.workbook.sheets.second.said import AS_THE_ANSWER

_LAST, _WORDS = "last", "words"


def names(checking: Checking) -> None:
    """For each defined name, how many of its cells are not those that it is to stand for.

    In the row of the headings of Inputs also 1 for each that is empty, or what another option or selector is called; in
    that of the headings of Calc how many are not as they were built.
    """
    checks, cells, layout = checking.checks, checking.cells, checking.checks.layout
    options, alike = cells.options, checks.names.of(DIMENSIONLESS)
    taken = different(count_where(equal(options.across(), options)), 1)
    empty, reserved = (equal(options, Text(said)) for said in ("", AS_THE_ANSWER))
    checking.put(alike, taken + empty + reserved, COUNT, rows=[HEAD_OF_INPUTS])
    checking.put(checks.renamed, count_where(different(options.across(), checks.built_options.across())), COUNT)
    head = Entry(cells.constants.ground, "", TEXT, HEADING_ROW, CONSTANT_COLUMN)
    written = attrs.evolve(checks.names, kind=TEXT, columns=FIRST_OPTION)
    checking.put(written, head.value(), ("constant_word", GENERAL), rows=[HEAD_OF_CONSTANTS])
    compared = {
        HEAD_OF_INPUTS: (cells.headings.across(), cells.headings.across()),
        HEAD_OF_CALC: (options.across(), sentence(cells.headings.across(), "")),
        HEAD_OF_CONSTANTS: (head.expression, written[HEAD_OF_CONSTANTS].expression),
    }
    for name in answers(checking.entries):
        figures = cells.figures[name].of(DIMENSIONLESS).across()
        compared[output_name(name)] = figures, figures
    found: dict[Key, Expression] = {}
    for name, (there, wanted) in compared.items():
        elsewhere = count_where(different(attrs.evolve(there, called=name), wanted))
        if name == HEAD_OF_INPUTS:
            elsewhere = elsewhere + total(alike[name].across())
            if checks.typed.keys:
                elsewhere = elsewhere + _between(checks.typed, layout.options[-1], LOW)
        if name == HEAD_OF_CALC:
            rows = dict(enumerate((HEADING_ROW, layout.rest)))
            ends = {_LAST: layout.after_options - 1, _WORDS: layout.in_words}
            elsewhere = elsewhere + _between(attrs.evolve(cells.figures, rows=rows, columns=ends), _LAST, _WORDS)
        found[name] = elsewhere
    checking.put_counts(checks.beside(checks.names), found)


def _between(there: Entry, last: Key, after: Key) -> Expression:
    """How many cells hold something between two columns, which stand side by side as written."""
    cells = there.of(DIMENSIONLESS)
    every, left, right = cells.block(columns=(last, after)), cells.only(last).down(), cells.only(after).down()
    return apply(COUNTA, every) - apply(COUNTA, left) - apply(COUNTA, right)
