"""The answer on Summary: which option is best, by how much, and the sentences that say so, all by formulas."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from textwrap import wrap

import attrs

from unitledger.compute import disqualifying
from unitledger.expression import (
    TEXT,
    Area,
    Expression,
    Number,
    Reference,
    Text,
    absolute,
    any_of,
    apply,
    different,
    equal,
    fixed,
    maximum,
    minimum,
    sentence,
    stated,
    total,
    when,
)
from unitledger.expression.table.statistics import COUNTIF, INDEX, LARGE, SMALL
from unitledger.model import Entries, Headline, Line
from unitledger.units import DIMENSIONLESS
from unitledger.workbook import text
from unitledger.workbook.address import a1
from unitledger.workbook.check_rows import check_rows
from unitledger.workbook.formats import GENERAL, SCIENTIFIC, number_format
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    CALC,
    CHECKS,
    CONSTANT_COLUMN,
    CONSTANTS,
    FIRST_OPTION,
    LABEL_COLUMN,
    SUMMARY,
    UNIT_COLUMN,
    Layout,
)
from unitledger.workbook.sheet import Sheet, Style, block, cell
from unitledger.workbook.sheets.plan import Plan
from unitledger.workbook.sheets.summary_rows import (
    AGAINST_BASE,
    BEST_OPTION,
    BEST_VALUE,
    LETTERS,
    NEXT_AGAINST_BEST,
    NEXT_VALUE,
    SummaryRows,
)
from unitledger.workbook.styles import SIZE, STYLES

CHANGE = "+0.0%;-0.0%;0.0%"
_SENTENCE: Style = ("answer", GENERAL)
# Letters of the answer's style, and of bold letters, in the place of one of running text.
_LARGE, BOLD = 0.7, 0.85
# No row can be higher.
_HIGHEST = 409.0
LINE = 12.75
"""Height of a line of text in points."""
SMALL_ROW = 12.0
"""Height of a row that stands close under the figure that it belongs to."""
_SHARE = "%"
# A figure in a sentence keeps three digits, within what can be read.
_DIGITS = 3
_MOST_DECIMALS = 15
_NONE, _ONE = Number(0.0), Number(1.0)
# The second in rank; 2 itself would be a number hidden in the formula.
_SECOND = _ONE + 1
EMPTY = Text("")


@attrs.frozen
class Summing:
    """A sheet Summary under construction, and what it is made from."""

    entries: Entries
    layout: Layout
    results: Mapping[str, Mapping[str, float]]
    plan: Plan | None
    rows: SummaryRows
    sheet: Sheet

    def figures(self, line: Line) -> list[float]:
        """Values of a line, one per option."""
        return [self.results[option][line.name] for option in self.layout.options]

    def pattern(self, line: Line) -> str:
        """Number format of a line's row."""
        return number_format(line.unit, self.figures(line))

    @property
    def last_column(self) -> int:
        """Last column of the options."""
        return self.layout.after_options - 1

    @property
    def last_of_page(self) -> int:
        """Last column of the page: of the table, or of the charts beside it."""
        return max(self.sheet.widths)

    def band(self, row: int, title: str) -> None:
        """Put the title of a block over the table's width."""
        frame.sections(self.sheet, {row: title}, self.rows.last_column + 1)

    def say(self, row: int, style: Style, said: Iterable[str], last: int, letters: float = 1.0) -> None:
        """Let a text run from the label to column `last`, in a row high enough for each of `said`.

        `letters`: how many letters of the style stand in the place of one of running text.
        """
        self.sheet.merge(row, LABEL_COLUMN, last, style)
        across = letters * sum(self.sheet.widths[column] for column in range(LABEL_COLUMN, last + 1))
        size = STYLES[style[0]].get("font_size", SIZE) / SIZE
        self.sheet.heights[row] = min(size * LINE * max(lines_of(each, across) for each in said), _HIGHEST)


def lines_of(shown: str, width: float) -> int:
    """How many lines a text takes in cells of a width."""
    return max(len(wrap(shown, int(LETTERS * width))), 1)


def compare(summing: Summing, answer: Headline, first: int) -> None:
    """Put the rows, from `first` on, in which options are compared: the best against the base, and the next best.

    Where alerts watch the answer, a row before them holds it where it is plausible, and they look at that row alone.
    """
    line = summing.entries.lines[answer.line]
    lower = answer.better == "lower"
    columns = summing.layout.option_columns
    summing.band((first if summing.rows.plausible is None else summing.rows.plausible) - 1, text.COMPARED)
    row = _put_plausible(summing, line)
    figures = block(SUMMARY, [row], columns, line.unit)
    best, base, second = _cell(first + BEST_VALUE), _cell(row), _cell(first + NEXT_VALUE)
    style = ("number", summing.pattern(line))
    unit = line.unit.spelling

    def there(tree: Expression, *needed: Expression) -> Expression:
        """A figure, empty where one that it needs is."""
        if summing.rows.plausible is None:
            return tree
        absent, *more = (equal(each, EMPTY) for each in needed)
        return when(any_of(absent, *more) if more else absent, EMPTY, tree)

    def ranked(tree: Expression, least: Expression) -> Expression:
        """A figure among those that are plausible, empty where there are not more than `least`."""
        return tree if summing.rows.plausible is None else when(_plausible(figures) > least, tree, EMPTY)

    shown: dict[int, tuple[str, str, Style, Expression]] = {
        BEST_VALUE: (
            text.BEST_VALUE[answer.better].format(figure=line.label),
            unit,
            style,
            ranked(minimum(figures) if lower else maximum(figures), _NONE),
        ),
        AGAINST_BASE: (
            text.BEST_AGAINST_BASE.format(base=summing.entries.base),
            _SHARE,
            ("number", CHANGE),
            there(when(equal(base, 0), 0, (best - base) / base), best, base),
        ),
        NEXT_VALUE: (
            text.NEXT_VALUE.format(figure=line.label),
            unit,
            style,
            ranked(apply(SMALL if lower else LARGE, figures, _SECOND), _ONE),
        ),
        NEXT_AGAINST_BEST: (
            text.NEXT_AGAINST_BEST,
            _SHARE,
            ("number", CHANGE),
            there(when(equal(best, 0), 0, (second - best) / best), second),
        ),
    }
    for place, (label, spelled, look, tree) in shown.items():
        summing.sheet.text(first + place, LABEL_COLUMN, label, frame.LABEL)
        summing.sheet.text(first + place, UNIT_COLUMN, spelled, frame.UNIT)
        summing.sheet.formula(first + place, FIRST_OPTION, tree, look)
    _put_best(summing, first, row)


def _put_best(summing: Summing, first: int, figures: int) -> None:
    """Put a row that names, up to each option, those whose figure in a row is the best: several where they tie."""
    sheet, titles, row = summing.sheet, summing.rows.figures_title, first + BEST_OPTION
    sheet.text(row, LABEL_COLUMN, text.BEST_OPTION, frame.LABEL)
    sheet.blank(row, UNIT_COLUMN, frame.UNIT)
    best = _cell(first + BEST_VALUE)
    allowed = cell(CONSTANTS, summing.layout.tolerance, CONSTANT_COLUMN, DIMENSIONLESS)
    for column in summing.layout.option_columns:
        figure = cell(SUMMARY, figures, column, DIMENSIONLESS, moves=True)
        name = cell(SUMMARY, titles, column, TEXT, moves=True)
        before = cell(SUMMARY, row, column - 1, TEXT, moves=True)
        named = when(equal(before, EMPTY), name, sentence(before, text.TIED_JOINED, name))
        near = absolute(figure - best) <= allowed * maximum(absolute(figure), absolute(best))
        others = sentence(before, "")
        found = when(near, named, others)
        if summing.rows.plausible is not None:
            found = when(equal(figure, EMPTY), others, found)
        sheet.formula(row, column, found, ("mark_quiet", GENERAL))


def of_best(summing: Summing, row: int) -> Expression:
    """What a row of texts says of the best option, of the first where several tie; there must be one."""
    assert summing.rows.best is not None
    across = summing.layout.option_columns
    named = block(SUMMARY, [summing.rows.best + BEST_OPTION], across, TEXT)
    # Before the first of them, the row that names them is empty.
    return apply(INDEX, block(SUMMARY, [row], across, TEXT), apply(COUNTIF, named, EMPTY) + 1)


def _put_plausible(summing: Summing, line: Line) -> int:
    """Put the answer where no alert says that it is not plausible; return the row whose figures are compared."""
    rows, sheet, layout = summing.rows, summing.sheet, summing.layout
    if rows.plausible is None:
        return rows.figures[line.name]
    sheet.text(rows.plausible, LABEL_COLUMN, text.WHERE_PLAUSIBLE.format(figure=line.label), frame.LABEL)
    sheet.text(rows.plausible, UNIT_COLUMN, line.unit.spelling, frame.UNIT)
    style = ("number", summing.pattern(line))
    for column in layout.option_columns:
        figure = cell(SUMMARY, rows.figures[line.name], column, line.unit, moves=True)
        watched = equal(total(_flags(summing, column)), 0)
        sheet.formula(rows.plausible, column, when(watched, figure, EMPTY), style)
    return rows.plausible


def _flags(summing: Summing, column: int) -> Area:
    """The cells of Checks one of which is 1 where the answer of an option is not plausible."""
    rows = check_rows(summing.entries, summing.layout).alerts
    watching = [rows[alert.name] for alert in disqualifying(summing.entries)]
    return Area(tuple(cell(CHECKS, row, column, DIMENSIONLESS, moves=True) for row in watching))


def _plausible(figures: Area) -> Expression:
    """How many figures of a row there are."""
    return apply(COUNTIF, figures, Text(">=0")) + apply(COUNTIF, figures, Text("<0"))


def sentences(summing: Summing) -> None:
    """Put the answer; with a headline and several options, also how far it lies from the base or from the next."""
    layout, rows = summing.layout, summing.rows
    name = next(iter(rows.figures))
    line = summing.entries.lines[name]
    label = cell(CALC, layout.lines[name], LABEL_COLUMN, TEXT)
    unit = cell(CALC, layout.lines[name], UNIT_COLUMN, TEXT)
    base = cell(SUMMARY, rows.figures_title, FIRST_OPTION, TEXT)
    if rows.best is None or summing.entries.answer is None:
        value = _written(summing, line, _cell(rows.figures[name]))
        parts = [label, text.ANSWER_ALONE, value, " ", unit, text.ANSWER_WITH, base]
        if disqualifying(summing.entries):
            parts.append(when(equal(total(_flags(summing, FIRST_OPTION)), 0), EMPTY, Text(text.NOT_PLAUSIBLE)))
        _put_sentence(summing, rows.answer, sentence(*parts, text.ANSWER_END))
        return
    better = summing.entries.answer.better
    base_is_best = different(cell(SUMMARY, rows.best + BEST_OPTION, FIRST_OPTION, TEXT), EMPTY)
    value = _written(summing, line, _cell(rows.best + BEST_VALUE))
    best = cell(SUMMARY, rows.best + BEST_OPTION, summing.last_column, TEXT)
    tie = different(best, of_best(summing, rows.best + BEST_OPTION))
    named = sentence(text.ANSWER[better], best, when(tie, Text(text.WHICH_ARE_TIED), EMPTY))
    said = sentence(label, named, text.ANSWER_VALUE, value, " ", unit, text.ANSWER_END)
    ahead = sentence(text.BEST_IS_BASE, _percent(summing, rows.best + NEXT_AGAINST_BEST), text.BEST_IS_BASE_END[better])
    ahead = when(tie, sentence(text.NONE_BETTER, base, text.ANSWER_END), ahead)
    changed = sentence(
        text.BEST_IS_OTHER,
        _percent(summing, rows.best + AGAINST_BASE),
        text.BEST_IS_OTHER_END[better],
        base,
        text.ANSWER_END,
    )
    if rows.plausible is None:
        _put_sentence(summing, rows.answer, said)
        _put_sentence(summing, rows.answer + 1, when(base_is_best, ahead, changed))
        return
    none = equal(best, EMPTY)
    ahead = when(equal(_cell(rows.best + NEXT_VALUE), EMPTY), Text(text.NO_OTHER), ahead)
    changed = when(equal(_cell(rows.plausible), EMPTY), sentence(base, text.BASE_LEFT_OUT), changed)
    figures = block(SUMMARY, [rows.plausible], layout.option_columns, line.unit)
    left = apply(COUNTIF, figures, EMPTY)
    left_out = when(equal(left, 0), EMPTY, sentence(text.LEFT_OUT, fixed(left, 0), text.ANSWER_END))
    compared = sentence(when(base_is_best, ahead, changed), left_out)
    _put_sentence(summing, rows.answer, when(none, sentence(label, text.NONE_PLAUSIBLE), said))
    _put_sentence(summing, rows.answer + 1, when(none, Text(text.ALERTS_SAY_WHY), compared))


def _put_sentence(summing: Summing, row: int, said: Expression) -> None:
    summing.sheet.formula(row, LABEL_COLUMN, said, _SENTENCE)
    shown = summing.sheet.values[f"{SUMMARY}!{a1(row, LABEL_COLUMN)}"]
    summing.say(row, _SENTENCE, [shown], summing.last_of_page, _LARGE)


def _cell(row: int) -> Reference:
    return cell(SUMMARY, row, FIRST_OPTION, DIMENSIONLESS)


def _hundred(summing: Summing) -> Reference:
    return cell(CONSTANTS, summing.layout.percent, CONSTANT_COLUMN, DIMENSIONLESS)


def _percent(summing: Summing, row: int) -> Expression:
    return stated(absolute(_cell(row)) * _hundred(summing), 1)


def _written(summing: Summing, line: Line, figure: Reference) -> Expression:
    """A figure written out with the decimals of its row; a share as percent."""
    pattern = summing.pattern(line)
    decimals = _decimals(pattern, summing.figures(line))
    return stated(figure * _hundred(summing) if pattern.endswith("%") else figure, decimals)


def _decimals(pattern: str, figures: list[float]) -> int:
    if pattern != SCIENTIFIC:
        return len(pattern.rstrip("%").partition(".")[2])
    smallest = min(abs(figure) for figure in figures if figure)
    return min(max(_DIGITS - 1 - math.floor(math.log10(smallest)), 0), _MOST_DECIMALS)
