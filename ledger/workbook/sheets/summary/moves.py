"""What moves the answer, on Summary, and what it is made of: inputs of Sensitivity, and parts of Checks."""

from __future__ import annotations

import attrs

from unitledger.expression import TEXT, sentence
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, frame
from unitledger.workbook.layout import FIRST_OPTION, UNIT_COLUMN
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.sensitivity.rows import Rows
from unitledger.workbook.sheets.summary.summing import SMALL, SMALL_ROW, Summing

MOST_MOVING = 5
"""So many inputs are named as moving the answer most."""


def put_moves(summing: Summing, there: Rows) -> None:
    """Put the inputs that move the answer most, with low and high, and the answer at each beside or beneath these."""
    grid, put, line, beneath = summing.grid, summing.grid.put, summing.line, summing.beneath
    put(summing.section(""), sentence(text.MOVES_MOST, there.analysed), frame.SECTION)
    titles = (text.AT_LOW, text.AT_HIGH) if beneath else (text.LOW, text.HIGH, text.ANSWER_LOW, text.ANSWER_HIGH)
    heads = grid.entry("", TEXT, grid.take(), dict(enumerate(range(FIRST_OPTION, FIRST_OPTION + len(titles)))))
    put(heads.label, text.ONE_AT_A_TIME, SMALL)
    put(heads, lambda _, place: titles[place], ("mark_quiet", GENERAL))

    ranked = there.ranked
    found = {"unit": ranked.unit, "low": ranked.low, "high": ranked.high}
    found |= {"at low": ranked.at_low, "at high": ranked.at_high}
    figures = attrs.evolve(ranked.low, columns={name: each.area().columns[0] for name, each in found.items()})
    rows = {place: grid.take(1 + beneath) for place in ranked.label.keys[:MOST_MOVING]}
    unit, low, high = UNIT_COLUMN, FIRST_OPTION, FIRST_OPTION + 1
    inputs = grid.entry("", DIMENSIONLESS, rows, {"unit": unit, "low": low, "high": high})
    put(inputs.label, there.link, ("link_wrapped", GENERAL))
    put(inputs.of(TEXT), figures.of(TEXT), frame.UNIT, columns=["unit"])
    put(inputs, figures, ("used", GENERAL), columns=["low", "high"])

    first = low if beneath else high + 1
    rows = {place: row + beneath for place, row in rows.items()}
    answers = grid.entry("", line.unit, rows, {"at low": first, "at high": first + 1})
    put(answers, figures.of(line.unit), ("change" if beneath else "used", summing.pattern(line.name)))
    if beneath:
        put(answers.label, line.label, SMALL)
        put(answers.unit, line.unit.spelling, SMALL)
        grid.sheet.heights |= dict.fromkeys(rows.values(), SMALL_ROW)


def put_parts(summing: Summing) -> tuple[Entry, Entry]:
    """Put what the answer is made of, as Checks takes it apart; return the title and the parts."""
    grid, line, there = summing.grid, summing.line, summing.checks.parts
    title = summing.section(text.MADE_OF.format(figure=line.label))
    heads = {part: (there.label.value(part), line.unit.spelling, line.unit) for part in there.keys}
    return title, grid.put(grid.rows(heads), there, ("number", summing.pattern(line.name)))
