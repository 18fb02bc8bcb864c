"""What the sheet Sensitivity says, made by formulas: what is analysed, range and break-even, titles of charts."""

from __future__ import annotations

import math
from typing import Any

from unitledger.expression import (
    TEXT,
    Apply,
    Expression,
    Reference,
    Text,
    apply,
    choose,
    equal,
    maximum,
    minimum,
    sentence,
    stated,
    when,
)
from unitledger.expression import value as evaluated
from unitledger.expression.table.statistics import INDEX
from unitledger.workbook import text
from unitledger.workbook.address import a1
from unitledger.workbook.formats import GENERAL, SCIENTIFIC
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import LABEL_COLUMN, UNIT_COLUMN
from unitledger.workbook.printing import span, symbol
from unitledger.workbook.sensitivity_rows import DECIMALS, SELECTOR
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.constants import PERCENT
from unitledger.workbook.sheets.sensitivity_sheet import Showing, stays

OPTION, OTHER = Reference("analysed option", TEXT), Reference("compared option", TEXT)
ANSWER_UNIT = Reference("unit of the answer", TEXT)
DRIVER, DRIVER_UNIT = Reference("driver", TEXT), Reference("unit of the driver", TEXT)
AS_IS, LEAST, GREATEST = symbol("answer as it is"), symbol("least answer"), symbol("greatest answer")
HUNDRED = symbol("percent in a whole")
FOUND, BREAK_EVEN = symbol("a break-even was found"), symbol("value of the break-even")
PLACES, NUMBER = symbol("decimals by input"), symbol("number of the driver")
DRIVER_IS = symbol("driver as it is")
DIFFERENCES = symbol("differences along the driver")

_SENTENCE: Style = ("text", GENERAL)
# A figure in a sentence keeps three digits, within what can be read.
_DIGITS = 3
_MOST_DECIMALS = 15


def sentences(showing: Showing) -> None:
    """Put the sentences, and the words of the charts; the tables must have been put."""
    rows, scenarios = showing.rows, showing.scenarios
    told = {rows.about: sentence(text.ANALYSED_IN, OPTION, text.SENTENCE_END), rows.span: _range(showing)}
    if scenarios.compares:
        told[rows.about] = sentence(text.ANALYSED_IN, OPTION, text.COMPARED_WITH, OTHER, text.SENTENCE_END)
        told[rows.flip] = _flip()
    addresses = _addresses(showing)
    known = _known(showing)

    def put(row: int, column: int, tree: Expression) -> None:
        showing.put((row, column), tree, addresses, evaluated(tree, known.__getitem__), _SENTENCE)

    for row, tree in told.items():
        put(row, LABEL_COLUMN, tree)
    frame.sections(showing.sheet, {min(rows.words.values()) - 1: text.WORDS_OF_CHARTS}, DECIMALS + 1)
    titles = _titles(showing)
    for kind, row in rows.words.items():
        showing.sheet.text(row, LABEL_COLUMN, text.CHART_WORDS[kind], frame.LABEL)
        put(row, SELECTOR, titles[kind])


def _addresses(showing: Showing) -> dict[str, str]:
    rows, scenarios = showing.rows, showing.scenarios
    across = rows.table_columns
    return {
        OPTION.name: stays(rows.analysed),
        OTHER.name: stays(rows.compared),
        DRIVER.name: stays(rows.driver),
        ANSWER_UNIT.name: stays(rows.as_is, UNIT_COLUMN),
        DRIVER_UNIT.name: stays(rows.value, UNIT_COLUMN),
        AS_IS.name: stays(rows.as_is),
        LEAST.name: stays(rows.least),
        GREATEST.name: stays(rows.greatest),
        HUNDRED.name: showing.percent,
        FOUND.name: showing.on_its_own(scenarios.crossing.found),
        BREAK_EVEN.name: stays(rows.break_even),
        DRIVER_IS.name: stays(rows.driver_is),
        PLACES.name: showing.listed(DECIMALS),
        NUMBER.name: showing.on_its_own(scenarios.selection.driver),
        DIFFERENCES.name: span((rows.difference, rows.difference), (across.start, across.stop - 1)),
    }


def _range(showing: Showing) -> Expression:
    as_is, least, greatest = (_written(showing, figure) for figure in (AS_IS, LEAST, GREATEST))
    said = sentence(showing.line.label, text.ANSWER_OF, OPTION, text.ANSWER_IS, as_is, " ", ANSWER_UNIT)
    return sentence(said, text.RANGE_FROM, least, text.RANGE_TO, greatest, text.RANGE_MEANS)


def _flip() -> Expression:
    pair = sentence(OPTION, text.AND, OTHER)
    meet = sentence(pair, text.MEET_AT, DRIVER, text.ANSWER_IS, _of_driver(BREAK_EVEN))
    now = sentence(text.NOW_IT_IS, _of_driver(DRIVER_IS), text.IN_OPTION, OPTION, text.SENTENCE_END)
    never = sentence(text.NO_BREAK_EVEN, DRIVER, text.NO_BREAK_EVEN_OF, pair, text.SENTENCE_END)
    always = sentence(pair, text.ALWAYS_EQUAL, DRIVER, text.ALWAYS_EQUAL_END)
    same = equal(minimum(DIFFERENCES), 0) * equal(maximum(DIFFERENCES), 0)
    return choose(1 + same + FOUND + FOUND, never, always, sentence(meet, now))


def _titles(showing: Showing) -> dict[str, Expression]:
    """Titles of the charts and of their axes."""
    label = showing.line.label
    over = sentence(text.TITLE_OVER, DRIVER)
    met = when(equal(FOUND, 1), sentence(text.TITLE_MEET, _of_driver(BREAK_EVEN)), Text(""))
    alone = sentence(label, text.ANSWER_OF, OPTION, over)
    return {
        "tornado": sentence(label, text.ANSWER_OF, OPTION, text.TITLE_TORNADO),
        "change": sentence(text.CHANGE_FROM, _written(showing, AS_IS), " ", ANSWER_UNIT),
        "lines": sentence(label, over, met) if showing.scenarios.compares else alone,
        "driver": sentence(DRIVER, text.IN_UNIT, DRIVER_UNIT),
    }


def _of_driver(figure: Reference) -> Expression:
    """A figure of the driver written out, with its unit."""
    return sentence(stated(figure, apply(INDEX, PLACES, NUMBER)), " ", DRIVER_UNIT)


def _written(showing: Showing, figure: Reference) -> Apply:
    """A figure of the answer written out with the decimals of its row; a share as percent."""
    pattern = showing.pattern
    if pattern == SCIENTIFIC:
        smallest = min((abs(each) for each in showing.answers(showing.scenarios.columns.base) if each), default=1.0)
        decimals = min(max(_DIGITS - 1 - math.floor(math.log10(smallest)), 0), _MOST_DECIMALS)
    else:
        decimals = len(pattern.rstrip("%").partition(".")[2])
    return stated(figure * HUNDRED if pattern.endswith("%") else figure, decimals)


def _known(showing: Showing) -> dict[str, Any]:
    """What the cells hold that the sentences are made of."""
    study, rows, values = showing.study, showing.rows, showing.sheet.values
    found = showing.plan.values.interval is not None
    held: dict[str, Any] = {
        OPTION.name: study.analysed,
        OTHER.name: study.compared,
        ANSWER_UNIT.name: showing.line.unit.spelling,
        HUNDRED.name: PERCENT,
        FOUND.name: float(found),
        PLACES.name: tuple(showing.decimals(name) for name in study.listed),
        DIFFERENCES.name: tuple(showing.plan.values.differences[: len(rows.table_columns)]),
    }
    held |= {
        leaf.name: values[f"{showing.sheet.name}!{a1(row, SELECTOR)}"]
        for leaf, row in ((AS_IS, rows.as_is), (LEAST, rows.least), (GREATEST, rows.greatest))
    }
    if study.driver is not None:
        held[DRIVER.name] = showing.entries.inputs[study.driver].label
        held[DRIVER_UNIT.name] = showing.unit(study.driver).spelling
        held[NUMBER.name] = study.listed.index(study.driver) + 1.0
        held[DRIVER_IS.name] = showing.results[study.analysed][study.driver] * showing.times(study.driver)
    if found:
        held[BREAK_EVEN.name] = values[f"{showing.sheet.name}!{a1(rows.break_even, SELECTOR)}"]
    return held
