"""Body of the sheet Scenarios: inputs, lines and differences of options, one formula per row over all columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from unitledger.compute.cancellation import LOST, cancelled
from unitledger.compute.refine import first_change
from unitledger.expression import (
    TEXT,
    Factor,
    Reference,
    absolute,
    all_of,
    apply,
    different,
    equal,
    maximum,
    minimum,
    total,
    when,
)
from unitledger.expression.arithmetic import ISNUMBER
from unitledger.expression.statistics import INDEX, MATCH, SUMPRODUCT
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.formats import GENERAL, number_format
from unitledger.workbook.layout import CALC
from unitledger.workbook.printing import down, own, put, symbol, there
from unitledger.workbook.sheet import Style, here, of_line
from unitledger.workbook.sheets.scenario_sheet import COUNT, PLAIN, Varying, across, label_of, stays

VARIED, LABEL = Reference("input that is varied", TEXT), Reference("label", TEXT)
SET_TO = symbol("what it is set to")
USED = symbol("inputs used, by option")
NUMBER = symbol("number of the option")
THERE, HERE = symbol("what is checked"), symbol("what it should be")
ONE, OTHER = symbol("answer of the analysed option"), symbol("answer of the compared option")
NEXT = symbol("difference at the next point")
ALLOWED = symbol("tolerance")
FLAGS = symbol("changes of sign")
FOUND = symbol("a change was found")
BUILT_NUMBER, BUILT_VARIED = symbol("option when built"), Reference("varied when built", TEXT)
BUILT_SET, SIZE = symbol("set to when built"), symbol("size")
IS_SAME = symbol("evaluates the same")

IN_OPTION = apply(INDEX, USED, NUMBER)
SET_OR_USED = when(equal(VARIED, LABEL), SET_TO, IN_OPTION)
OFF = apply(SUMPRODUCT, 1 * different(THERE, HERE))
APART = when(absolute(ONE - OTHER) <= ALLOWED * maximum(absolute(ONE), absolute(OTHER)), 0, ONE - OTHER)
CHANGES = when(all_of(minimum(HERE, NEXT) <= 0, maximum(HERE, NEXT) >= 0, different(HERE, NEXT)), 1, 0)
ANY = when(total(FLAGS) > 0, 1, 0)
FIRST = when(equal(FOUND, 1), apply(MATCH, 1, FLAGS), 1)
# What a reader chose may lead to an error, which is no number; then nothing is compared.
NEAR = absolute(SET_TO - BUILT_SET) <= ALLOWED * absolute(BUILT_SET)
SAME = when(apply(ISNUMBER, SET_TO), NEAR * equal(NUMBER, BUILT_NUMBER) * equal(VARIED, BUILT_VARIED), 0)
DIFFERS = when(equal(IS_SAME, 1), 1 * (absolute(HERE - THERE) > ALLOWED * SIZE), 0)


def body(varying: Varying) -> None:
    """Put inputs, other names and lines, and how many cells of the base block are off Calc."""
    rows, heads, layout = varying.rows, varying.rows.heads, varying.layout
    everything = range(rows.columns.base.start, rows.columns.off)
    calc_rows = layout.used | layout.lines
    for name, row in rows.inputs.items():
        cells = {
            VARIED.name: here(heads.varied),
            LABEL.name: label_of(row),
            SET_TO.name: here(heads.set_to),
            USED.name: on(CALC, across(layout.used[name], rows.columns.base)),
            NUMBER.name: here(heads.number),
        }
        _row(varying, name, row)
        varying.along(row, everything, SET_OR_USED, cells, _shown(varying, name, "used"))
    for name, row in rows.others.items():
        cells = {
            USED.name: on(CALC, across(calc_rows[name], rows.columns.base)),
            NUMBER.name: here(heads.number),
        }
        _row(varying, name, row)
        varying.along(row, everything, IN_OPTION, cells, _shown(varying, name, "used"))
    locate = _locate(varying)
    for name, row in rows.lines.items():
        _row(varying, name, row)
        figures, style = _shown(varying, name)
        with of_line(name):
            lowered = varying.entries.lines[name].lowered
            varying.sheet.row_of_formulas(row, everything.start, lowered, locate, figures, style)
    addresses = {
        THERE.name: there(CALC, rows.columns.base.start, rows.columns.base.stop - 1),
        HERE.name: own(rows.columns.base.start, rows.columns.base.stop - 1),
    }
    placed = rows.inputs | rows.others | rows.lines
    down(
        varying.sheet,
        rows.columns.off,
        OFF,
        addresses,
        ((row, calc_rows[name], 0.0, COUNT) for name, row in placed.items()),
    )


def _row(varying: Varying, name: str, row: int) -> None:
    varying.head(row, varying.entries[name].label, varying.unit(name).spelling)


def _shown(varying: Varying, name: str, look: str = "number") -> tuple[Sequence[float], Style]:
    """Return the values of a row, and a style whose format suits all of them."""
    figures = varying.known.values[name]
    return figures, (look, number_format(varying.unit(name), figures))


def _locate(varying: Varying) -> Callable[[Reference | Factor], str]:
    rows = varying.rows
    places = {name: here(row) for name, row in (rows.inputs | rows.others | rows.lines).items()}

    def locate(leaf: Reference | Factor) -> str:
        found = places.get(leaf.name) if isinstance(leaf, Reference) else None
        return found or varying.layout.on_calc(leaf)

    return locate


def break_even(varying: Varying) -> None:
    """Put the difference of the two options in each column, and in which interval its sign changes first."""
    rows, columns, known = varying.rows.crossing, varying.rows.columns, varying.known
    answer = varying.rows.answer
    pattern = varying.entries.lines[varying.study.answer].unit
    varying.head(rows.difference, text.DIFFERENCE_OF_OPTIONS, pattern.spelling)
    looked_at = [*columns.points, *columns.steps]
    for column, cached in zip(looked_at, known.differences, strict=True):
        cells = {ONE.name: a1(answer, column), OTHER.name: a1(answer, column + columns.to_other)}
        cells[ALLOWED.name] = varying.tolerance
        put(varying.sheet, rows.difference, column, APART, cells, cached=cached, style=PLAIN)
    varying.head(rows.changes, text.CHANGES_SIGN, text.ONE_IF_TRUE)
    between = columns.points[:-1]
    for place, column in enumerate(between):
        pair = known.differences[place], known.differences[place + 1]
        cells = {HERE.name: a1(rows.difference, column), NEXT.name: a1(rows.difference, column + 1)}
        changes = float(first_change(pair) is not None)
        put(varying.sheet, rows.changes, column, CHANGES, cells, cached=changes, style=COUNT)
    flags = {FLAGS.name: across(rows.changes, between)}
    found = known.interval is not None
    varying.head(rows.found, text.BREAK_EVEN_FOUND, text.ONE_IF_TRUE)
    varying.one(rows.found, ANY, flags, float(found))
    varying.head(rows.interval, text.INTERVAL_OF_CHANGE, text.NUMBER)
    varying.one(rows.interval, FIRST, {**flags, FOUND.name: stays(rows.found)}, 1.0 + (known.interval or 0))


def when_built(varying: Varying) -> None:
    """Put what the varied columns held when built, and 1 where one that evaluates the same has another answer."""
    rows, heads, columns = varying.rows.built, varying.rows.heads, varying.rows.columns
    sheet, line = varying.sheet, varying.entries.lines[varying.study.answer]
    for row, label, unit in (
        (rows.number, text.OPTION_NUMBER, text.NUMBER),
        (rows.varied, text.VARIED, text.NAME_OF_INPUT),
        (rows.set_to, text.SET_TO, text.AS_THE_INPUT),
        (rows.answer, line.label, line.unit.spelling),
        (rows.size, text.LARGEST_SUMMED, line.unit.spelling),
    ):
        varying.head(row, text.SCENARIO_WHEN_BUILT.format(what=label), unit)
    varying.head(rows.same, text.SAME_AS_BUILT, text.ONE_IF_TRUE)
    varying.head(rows.differs, text.DIFFERS_FROM_BUILT, text.ONE_IF_TRUE)
    options = varying.layout.options
    start = columns.base.start
    sizes = _sizes(varying, line.name)
    for column in columns.varied:
        known = varying.known.columns[column - start]
        answer = varying.known.values[line.name][column - start]
        sheet.number(rows.number, column, options.index(known.option) + 1.0, ("constant", "0"))
        if known.varied:
            sheet.text(rows.varied, column, varying.entries.inputs[known.varied].label, ("constant_word", GENERAL))
        else:
            # Programs take an empty text that is typed for different things.
            sheet.blank(rows.varied, column, ("constant_word", GENERAL))
        sheet.number(rows.set_to, column, known.set_to, ("constant", GENERAL))
        sheet.number(rows.answer, column, answer, ("constant", GENERAL))
        sheet.number(rows.size, column, sizes[column - start], ("constant", GENERAL))
    cells = {
        NUMBER.name: here(heads.number),
        BUILT_NUMBER.name: here(rows.number),
        VARIED.name: here(heads.varied),
        BUILT_VARIED.name: here(rows.varied),
        SET_TO.name: here(heads.set_to),
        BUILT_SET.name: here(rows.set_to),
        HERE.name: here(varying.rows.answer),
        THERE.name: here(rows.answer),
        ALLOWED.name: varying.tolerance,
        SIZE.name: here(rows.size),
        IS_SAME.name: here(rows.same),
    }
    varying.along(rows.same, columns.varied, SAME, cells, ([1.0] * len(columns.varied), COUNT))
    varying.along(rows.differs, columns.varied, DIFFERS, cells, ([0.0] * len(columns.varied), COUNT))


def _sizes(varying: Varying, answer: str) -> list[float]:
    """Return what a distance from the answer of each column is measured by: it, or what was added up for it."""
    known = varying.known.values
    answers = [abs(found) for found in known[answer]]
    lost = max(cancelled(varying.entries, values).get(answer, 0.0) for values in varying.results.values())
    small = LOST * max(answers)
    for place, size in enumerate(answers):
        if size < small:
            own = varying.results[varying.known.columns[place].option]
            column = {**own, **{name: found[place] for name, found in known.items()}}
            answers[place] = cancelled(varying.entries, column, varying.study.lines).get(answer, size)
    return [max(size, lost) for size in answers]
