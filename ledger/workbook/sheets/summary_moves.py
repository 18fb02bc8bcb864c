"""What moves the answer, on Summary: sentences of the sheet Sensitivity, and its strongest inputs, each a link."""

from __future__ import annotations

from unitledger.expression import TEXT, Reference, sentence
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, letters, on
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, SENSITIVITY, SUMMARY, UNIT_COLUMN
from unitledger.workbook.printing import put, span, symbol
from unitledger.workbook.sheet import Style, cell
from unitledger.workbook.sheets.plan import (
    AT_HIGH,
    AT_LOW,
    HIGH,
    LINK,
    LOW,
    NAME,
    NAMES,
    PLACE,
    PLACED,
    TEXTS,
    Plan,
)
from unitledger.workbook.sheets.summary_answer import SMALL_ROW, Summing

THERE = symbol("figure of Sensitivity")
SPELLED, OPTION = Reference("text of Sensitivity", TEXT), Reference("analysed option", TEXT)
TITLE = sentence(text.MOVES_MOST, OPTION)

_SAID: Style = ("alert", GENERAL)
_SMALL: Style = ("against", GENERAL)
_END: Style = ("used", GENERAL)
_RIGHT: Style = ("mark_quiet", GENERAL)


def put_moves(summing: Summing, plan: Plan) -> None:
    """Put the sentences, which must stand beneath those of the answer, and the inputs that move it most."""
    sheet, rows = summing.sheet, summing.rows
    for row, there in rows.told.items():
        sheet.formula(row, LABEL_COLUMN, cell(SENSITIVITY, there, LABEL_COLUMN, TEXT), _SAID)
        shown = sheet.values[f"{SUMMARY}!{a1(row, LABEL_COLUMN)}"]
        summing.say(row, _SAID, [shown], summing.last_of_page)
    title = min(rows.moves) - 2
    summing.band(title, "")
    analysed = {OPTION.name: on(SENSITIVITY, fixed(*plan.analysed))}
    cached = f"{text.MOVES_MOST}{plan.study.analysed}"
    put(sheet, title, LABEL_COLUMN, TITLE, analysed, cached=cached, style=frame.SECTION)
    sheet.text(title + 1, LABEL_COLUMN, text.ONE_AT_A_TIME, _SMALL)
    heads = (text.AT_LOW, text.AT_HIGH) if rows.beneath else (text.LOW, text.HIGH, text.ANSWER_LOW, text.ANSWER_HIGH)
    for column, said in enumerate(heads, start=FIRST_OPTION):
        sheet.text(title + 1, column, said, _RIGHT)
    for row, there in rows.moves.items():
        _put_input(summing, plan, row, there)


def _put_input(summing: Summing, plan: Plan, row: int, there: int) -> None:
    """Put an input with its low and high, and beneath the answer at each."""
    sheet, line = summing.sheet, summing.entries.lines[plan.study.answer]
    listed = plan.listed_rows
    addresses = {
        NAMES.name: on(SENSITIVITY, span(listed, (NAME, NAME))),
        TEXTS.name: on(SENSITIVITY, span(listed, (LABEL_COLUMN, LABEL_COLUMN))),
        PLACED.name: on(SENSITIVITY, f"${letters(PLACE)}{there + 1}"),
    }
    label, unit = (sheet.values[f"{SENSITIVITY}!{a1(there, column)}"] for column in (LABEL_COLUMN, UNIT_COLUMN))
    put(sheet, row, LABEL_COLUMN, LINK, addresses, cached=label, style=("link_wrapped", GENERAL))
    spelled = {SPELLED.name: on(SENSITIVITY, a1(there, UNIT_COLUMN))}
    put(sheet, row, UNIT_COLUMN, SPELLED, spelled, cached=unit, style=frame.UNIT)
    beneath = summing.rows.beneath
    if beneath:
        sheet.text(row + beneath, LABEL_COLUMN, line.label, _SMALL)
        sheet.text(row + beneath, UNIT_COLUMN, line.unit.spelling, _SMALL)
        sheet.heights[row + beneath] = SMALL_ROW
    answer: Style = ("change" if beneath else "used", summing.pattern(line))
    columns = LOW, HIGH, AT_LOW, AT_HIGH
    for place, end in enumerate(columns):
        below, column = (beneath, place - 2) if beneath and place > 1 else (0, place)
        figure = sheet.values[f"{SENSITIVITY}!{a1(there, end)}"]
        cells = {THERE.name: on(SENSITIVITY, a1(there, end))}
        style = answer if place > 1 else _END
        put(sheet, row + below, FIRST_OPTION + column, THERE, cells, cached=figure, style=style)
