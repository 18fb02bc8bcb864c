"""Blocks of Checks about the arithmetic: totals, everything worked out again, values and constants as built.

Each function puts its block and returns how many of its rows fail. What a row looks at is named cell by cell, so that
rows may be inserted anywhere, and columns anywhere but between options.
"""

from __future__ import annotations

from unitledger.compute import TOLERANCE
from unitledger.compute.cancellation import cancelled
from unitledger.expression import (
    Apply,
    Expression,
    Text,
    absolute,
    apply,
    different,
    maximum,
    minimum,
    total,
    value,
    when,
)
from unitledger.expression.table.statistics import COUNTIF, SUMPRODUCT
from unitledger.model import Choice
from unitledger.workbook import text
from unitledger.workbook.address import letters, on
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.layout import (
    CALC,
    CONSTANT_COLUMN,
    CONSTANTS,
    FIRST_OPTION,
    LABEL_COLUMN,
    SUMMARY,
    UNIT_COLUMN,
)
from unitledger.workbook.printing import at, down, own, span, symbol, there
from unitledger.workbook.sheet import Style, here, of_line
from unitledger.workbook.sheets.calc import located, used_formula
from unitledger.workbook.sheets.check_block import COUNT, Checking
from unitledger.workbook.sheets.summary.sheet import figure_rows

THERE = symbol("what is checked")
HERE = symbol("what it should be")
LABEL_THERE = symbol("label")
LABEL_HERE = symbol("label when built")
UNIT_THERE = symbol("unit")
UNIT_HERE = symbol("unit when built")
ALLOWED = symbol("tolerance")
SIZE = symbol("size")
PARTS = symbol("parts")
WORDS = symbol("words of the list")
EMPTY = Text("")


def count_where(condition: Expression) -> Apply:
    """How many of neighbouring cells a condition over ranges holds in."""
    return apply(SUMPRODUCT, 1 * condition)


DIFFERING = count_where(different(THERE, HERE))
IDENTITY = different(LABEL_THERE, LABEL_HERE) + different(UNIT_THERE, UNIT_HERE)
CHANGED = IDENTITY + DIFFERING
CHANGED_CONSTANT = IDENTITY + different(THERE, HERE)
# A row inserted into a list would move the places of the words after it.
CHANGED_LIST = CHANGED_CONSTANT + apply(COUNTIF, WORDS, EMPTY)
# Below one end or above the other: exactly one comparison holds outside, none or both inside, whatever the sign.
# Squares would be too large beyond 1e154, and 0 below 1e-162.
APART = count_where(different(HERE * (1 - ALLOWED) <= THERE, HERE * (1 + ALLOWED) >= THERE))
APART_MEASURED = count_where(different(HERE - ALLOWED * SIZE <= THERE, HERE + ALLOWED * SIZE >= THERE))
DOES_NOT_ADD_UP = when(absolute(THERE - PARTS) <= ALLOWED * SIZE, 0, 1)
ADDED = total(PARTS)


def identity(sheet: str) -> dict[str, str]:
    """Return the addresses of `IDENTITY` for a row of `sheet` that is looked at."""
    return {
        LABEL_THERE.name: there(sheet, LABEL_COLUMN),
        LABEL_HERE.name: own(LABEL_COLUMN),
        UNIT_THERE.name: there(sheet, UNIT_COLUMN),
        UNIT_HERE.name: own(UNIT_COLUMN),
    }


def totals(checking: Checking) -> float:
    """Three rows per total: the sum of its parts, the largest of them, and whether they do not add up."""
    rows = checking.rows.totals
    if not rows:
        return 0.0
    checking.title("totals", text.TOTALS_ADD_UP, [text.DIFFERING_CELLS])
    failed = {row + 2: sum(_total(checking, name, row)) for name, row in rows.items()}
    counts = ((row, row, count, COUNT) for row, count in failed.items())
    down(checking.sheet, checking.count_column, ADDED, {PARTS.name: checking.across}, counts)
    return float(sum(map(bool, failed.values())))


def _total(checking: Checking, name: str, row: int) -> list[float]:
    """Put the rows of one total; return for each option 1 where it does not add up."""
    layout, sheet = checking.layout, checking.sheet
    line = checking.entries.lines[name]
    figures = checking.figures(name)
    style = ("number", checking.patterns[name])
    # Of the lowered total, so that no conversion factor is needed that the total itself does not need.
    assert isinstance(line.lowered, Apply), "a total is a sum"
    parts = line.lowered.arguments
    size = maximum(maximum(*parts), -minimum(*parts))
    found = []
    for place, (said, tree) in enumerate(((text.SUM_OF_PARTS, total(*parts)), (text.LARGEST_PART, size)), start=row):
        cached = [float(value(tree, checking.results[option].__getitem__)) for option in layout.options]
        checking.row_head(place, said.format(total=line.label), line.unit.spelling)
        sheet.row_of_formulas(place, FIRST_OPTION, tree, checking.locate, cached, style)
        found.append(cached)
    flags = [
        float(abs(figure - added) > TOLERANCE * largest) for figure, added, largest in zip(figures, *found, strict=True)
    ]
    addresses = {
        THERE.name: on(CALC, here(layout.lines[name])),
        PARTS.name: here(row),
        SIZE.name: here(row + 1),
        ALLOWED.name: checking.tolerance,
    }
    checking.row_head(row + 2, text.DOES_NOT_ADD_UP.format(total=line.label), text.ONE_IF_TRUE)
    sheet.row_of_formulas(row + 2, FIRST_OPTION, DOES_NOT_ADD_UP, at(addresses), flags, COUNT)
    return flags


def worked_out_again(checking: Checking) -> float:
    """Each row of Calc once more, with label and unit; a formula that was typed over differs from this."""
    entries, layout, sheet, rows = checking.entries, checking.layout, checking.sheet, checking.rows.again
    checking.title("again", text.AGAIN, [text.DIFFERING_CELLS])
    checking.bands(CALC, layout.used | layout.lines, rows)
    looked_at = []
    for name, place in layout.used.items():
        row = rows[name]
        _repeat_head(checking, row, place)
        formula = used_formula(entries, layout, name, checking.factor(name))
        style = ("used", checking.patterns[name])
        sheet.row_of_formulas(row, FIRST_OPTION, formula, located, checking.figures(name), style)
        looked_at.append((row, place, 0.0, COUNT))
    for name, place in layout.lines.items():
        row = rows[name]
        _repeat_head(checking, row, place)
        style = ("number", checking.patterns[name])
        lowered = entries.lines[name].lowered
        with of_line(name):
            sheet.row_of_formulas(row, FIRST_OPTION, lowered, checking.locate, checking.figures(name), style)
        looked_at.append((row, place, 0.0, COUNT))
    addresses = identity(CALC) | {
        THERE.name: there(CALC, FIRST_OPTION, checking.last_option),
        HERE.name: checking.across,
    }
    down(sheet, checking.count_column, CHANGED, addresses, looked_at)
    return 0.0


def _repeat_head(checking: Checking, row: int, place: int) -> None:
    known = checking.sheet.values
    checking.row_head(row, known[f"{CALC}!A{place + 1}"], known[f"{CALC}!B{place + 1}"])


def values_when_built(checking: Checking) -> float:
    """The values that were worked out when the workbook was built, and how many of Calc lie further from them.

    Where sums cancel, the distance is measured by their largest operand.
    """
    layout, sheet, rows = checking.layout, checking.sheet, checking.rows.built
    sizes = {option: cancelled(checking.entries, checking.results[option]) for option in layout.options}
    lost = set().union(*sizes.values())
    more = [text.LARGEST_OPERAND.format(option=option) for option in layout.options] if lost else []
    checking.title("built", text.BUILT, [text.DIFFERING_CELLS, *more])
    checking.bands(CALC, layout.lines, rows)
    plain: list[tuple[int, int, float, Style]] = []
    measured: list[tuple[int, int, float, Style]] = []
    first_size = checking.count_column + 1
    for name, place in layout.lines.items():
        row = rows[name]
        _repeat_head(checking, row, place)
        style = ("constant", checking.patterns[name])
        figures = checking.figures(name)
        for column, figure in enumerate(figures, start=FIRST_OPTION):
            sheet.number(row, column, figure, style)
        (measured if name in lost else plain).append((row, place, 0.0, COUNT))
        if name in lost:
            for column, (option, figure) in enumerate(zip(layout.options, figures, strict=True), start=first_size):
                sheet.number(row, column, sizes[option].get(name, abs(figure)), style)
    addresses = {
        THERE.name: there(CALC, FIRST_OPTION, checking.last_option),
        HERE.name: checking.across,
        ALLOWED.name: checking.tolerance,
        SIZE.name: own(first_size, first_size + len(layout.options) - 1),
    }
    if plain:
        down(sheet, checking.count_column, APART, addresses, plain)
    if measured:
        down(sheet, checking.count_column, APART_MEASURED, addresses, measured)
    return 0.0


def shown_on_summary(checking: Checking) -> float:
    """How many of the key figures on Summary are not those of Calc."""
    if not checking.rows.shown:
        return 0.0
    layout = checking.layout
    figures = figure_rows(checking.entries, layout, checking.planned)
    checking.title("shown", text.SHOWN, [text.DIFFERING_CELLS], options=False)
    for name, row in checking.rows.shown.items():
        line = checking.entries.lines[name]
        checking.row_head(row, line.label, text.CELLS)
        addresses = {
            THERE.name: there(SUMMARY, FIRST_OPTION, checking.last_option),
            HERE.name: on(CALC, span((layout.lines[name],) * 2, (FIRST_OPTION, checking.last_option))),
        }
        looked_at = [(row, figures.place(name, layout.options[0])[0], 0.0, COUNT)]
        down(checking.sheet, checking.count_column, DIFFERING, addresses, looked_at)
    return 0.0


def constants_when_built(checking: Checking) -> float:
    """What stands on Constants, as it was written, and how many cells of each row were changed."""
    sheet = checking.sheet
    checking.title("constants", text.CONSTANTS_BUILT, options=False, more=[text.DIFFERING_CELLS])
    looked_at = []
    lists = {
        checking.layout.lists[name]: entry
        for name, entry in checking.entries.inputs.items()
        if isinstance(entry, Choice)
    }
    for place, row in checking.rows.constants.items():
        label, unit, known = (
            sheet.values[f"{CONSTANTS}!{letters(column)}{place + 1}"]
            for column in (LABEL_COLUMN, UNIT_COLUMN, CONSTANT_COLUMN)
        )
        checking.row_head(row, label, unit)
        if isinstance(known, str):
            sheet.text(row, FIRST_OPTION, known, ("constant_word", GENERAL))
        else:
            sheet.number(row, FIRST_OPTION, known, ("constant", GENERAL))
        if place not in lists:
            looked_at.append((row, place, 0.0, COUNT))
    addresses = {**identity(CONSTANTS), THERE.name: there(CONSTANTS, CONSTANT_COLUMN), HERE.name: own(FIRST_OPTION)}
    down(sheet, checking.count_column, CHANGED_CONSTANT, addresses, looked_at)
    for place, choice in lists.items():
        words = span((place, place + len(choice.words) - 1), (CONSTANT_COLUMN, CONSTANT_COLUMN))
        looked_at = [(checking.rows.constants[place], place, 0.0, COUNT)]
        down(sheet, checking.count_column, CHANGED_LIST, addresses | {WORDS.name: on(CONSTANTS, words)}, looked_at)
    return 0.0
