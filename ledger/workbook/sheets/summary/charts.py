"""The charts of Summary, in one row over the width of the page, each under a heading in cells."""

from __future__ import annotations

from math import ceil

import attrs

from unitledger.expression import TEXT, Operand, apply, equal, maximum, minimum, sentence, when
from unitledger.expression.table.statistics import INDEX
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN
from unitledger.workbook.look.formats import dashed
from unitledger.workbook.sheet import CLEAR, Axis, Chart, ChartKind, Place, Series, pixels
from unitledger.workbook.sheets.second import Comparison
from unitledger.workbook.sheets.sensitivity.rows import Showing
from unitledger.workbook.sheets.summary import text, waterfall
from unitledger.workbook.sheets.summary.key_figures import Top
from unitledger.workbook.sheets.summary.summing import FOOT_TEXT, Summing, shortened
from unitledger.workbook.sheets.summary.tables import moving

# Points that charts take, for each option and at least, and of the highest row; pixels of a point, and between charts.
_OPTION_HIGH, _LEAST_HIGH, _HIGHEST = 27.0, 175.5, 400.0
_PER_POINT, _GAP = 4 / 3, 10
# Pixels that a chart leaves free of the line under its heading.
_BENEATH = 2
# Letters of names in charts.
_LONGEST_PART, _LONGEST_OPTION, _LONGEST_INPUT = 28, 24, 36
_ROOM = 0.5


@attrs.frozen
class Drawn:
    """A chart before it has a place: the heading, and the rest."""

    heading: Operand | str
    chart: Chart


class Row:
    """The row that charts take between the key figures and the tables, under their headings.

    No page ends within a row, so charts of more options than one can be high for take several.
    """

    def __init__(self, summing: Summing) -> None:
        self._high = max(_LEAST_HIGH, _OPTION_HIGH * (len(summing.layout.options) + 0.5))
        number = ceil(self._high / _HIGHEST)
        summing.grid.take()
        self.heading = summing.grid.take()
        self._first = summing.grid.take(number)
        summing.grid.sheet.heights |= dict.fromkeys(range(self._first, summing.grid.next), self._high / number)

    def put(self, summing: Summing, drawn: list[Drawn]) -> None:
        """Put the charts side by side."""
        grid, widths = summing.grid, summing.grid.sheet.widths
        for (first, last), each in zip(summing.spans(len(drawn)), drawn, strict=False):
            title = grid.entry("", TEXT, self.heading, first)
            with grid.mapped("summary"):
                grid.put(title, each.heading, summing.spread(title, "chart_heading", last))
            width = sum(pixels(widths[column]) for column in range(first, last + 1)) - _GAP
            size = width, round(_PER_POINT * self._high) - _GAP // 2
            place = Place((self._first, first), size, drop=_BENEATH)
            grid.sheet.charts.append(attrs.evolve(each.chart, place=place))


def names_of_options(summing: Summing, top: Top) -> Entry:
    """Return the names of options where room is scarce: those over the key figures, or shorter ones at the foot."""
    options = summing.layout.options
    if max(map(len, options)) <= _LONGEST_OPTION:
        return top.heading
    short, names = (summing.grid.row(label, "", TEXT) for label in (text.SHORT_NAMES, text.NAMES_IN_CHARTS))
    put, built = summing.grid.put, summing.checks.built_options
    cut = shortened(options, _LONGEST_OPTION)
    put(short, lambda _, option: cut[option], FOOT_TEXT)
    return put(names, when(equal(top.heading, built), short, top.heading), FOOT_TEXT)


def names_of_parts(summing: Summing, parts: Entry) -> Entry:
    """Return the names of parts for charts: those of the table, or shorter ones at the foot."""
    return _names(summing, parts.label, _LONGEST_PART)


def _names(summing: Summing, labels: Entry, most: int) -> Entry:
    said = {key: str(labels.value(key)) for key in labels.keys}
    if all(len(each) <= most for each in said.values()):
        return labels
    summing.grid.put(summing.texts(["names"]), text.NAMES_IN_CHARTS, FOOT_TEXT)
    short = shortened(said.values(), most)
    return summing.grid.put(summing.texts(said), lambda key, _: short[said[key]], FOOT_TEXT)


def answer_by_option(summing: Summing, top: Top, parts: Entry | None, names: Entry, of_parts: Entry | None) -> Drawn:
    """The answer of each option, in its parts where it has any; of one option the parts alone."""
    line, unit = summing.line, summing.line.unit.spelling
    figures, pattern = top.figures[line.name], summing.pattern(line.name)
    if parts is not None and of_parts is not None:
        heading = text.BY_PART_OF.format(figure=line.label, unit=unit)
        if not summing.several:
            alone = parts.only(summing.entries.base)
            series = Series(figures.label.area(), alone.area(), of_parts.area(), labels=dashed(pattern))
            return Drawn(heading, _bars(summing, series, text.ALT_PARTS.format(figure=line.label, unit=unit)))
        over = _with_answers(summing, top, names).area()
        stacked = tuple(Series(of_parts[key].area(), parts[key].area(), over) for key in parts.keys)
        return Drawn(heading, _chart("stacked", stacked, text.ALT_MADE_OF.format(figure=line.label, unit=unit)))
    series = Series(figures.label.area(), figures.area(), names.area(), labels=dashed(pattern))
    heading = text.UNIT_OF.format(figure=line.label, unit=unit)
    return Drawn(heading, _bars(summing, series, text.ALT_BY_OPTION.format(figure=line.label, unit=unit)))


def _bars(summing: Summing, series: Series, alt: str) -> Chart:
    """Draw bars that begin at zero, which spreadsheets leave out of an axis whose figures are much alike."""
    zero = summing.grid.row(text.ZERO, summing.line.unit.spelling, summing.line.unit, column=FIRST_OPTION)
    summing.grid.put(zero, 0, ("foot", "0"))
    return _chart("bars", (series, Series(None, zero.area(), series.over, CLEAR)), alt)


def _with_answers(summing: Summing, top: Top, names: Entry) -> Entry:
    """Put at the foot the name of each option with its answer."""
    both = summing.grid.row(text.NAME_AND_ANSWER, "", TEXT)
    answer = summing.written(summing.line.name)(top.figures[summing.line.name])
    return summing.grid.put(both, summing.checks.used(sentence(names, "  ", answer), names), FOOT_TEXT)


def steps(summing: Summing, top: Top, comparison: Comparison, names: Entry, of_parts: Entry) -> Drawn:
    """From the base to the compared option, part by part."""
    fall, line = waterfall.put_waterfall(summing, top, comparison, names, of_parts), summing.line
    series = fall.bars.series(fall.labels.area())
    alt = text.ALT_FALL.format(figure=line.label, unit=line.unit.spelling)
    return Drawn(waterfall.heading(top, comparison, summing.entries.base), _chart("stacked", series, alt))


def tornado(summing: Summing, showing: Showing) -> Drawn:
    """How far the strongest inputs move the answer."""
    grid, line, ranked = summing.grid, summing.line, showing.rows.ranked
    shown = moving(summing, showing)
    labels = _names_of_inputs(summing, showing)
    grid.put(summing.texts(["room"]), text.ROOM, FOOT_TEXT)
    pattern = summing.pattern(line.name)
    first = grid.take(len(shown))
    share = grid.entry("", DIMENSIONLESS, first, LABEL_COLUMN + 1)
    grid.put(share.label, text.ROOM_SHARE, FOOT_TEXT)
    grid.put(share, _ROOM, ("foot", "0.0"))
    ends = ranked.change_at_low, ranked.change_at_high
    changes = [end.down(shown) for end in ends]
    least, most = minimum(0, *changes), maximum(0, *changes)
    rows = {place: first + number for number, place in enumerate(shown)}
    after = summing.layout.after_options
    left, right, least_here, most_here = (grid.entry("", line.unit, rows, after + place) for place in range(4))
    grid.put(left, least - (most - least) * share, ("foot", pattern), rows=[shown[0]])
    grid.put(right, most + (most - least) * share, ("foot", pattern), rows=[shown[0]])
    for each in (left, right):
        grid.put(each, 0, ("foot", pattern), rows=shown[1:])
    # Where both ends lie on one side of zero, there is room for the figure of the farther one only.
    grid.put(least_here, minimum(0, *ends), ("foot", pattern))
    grid.put(most_here, maximum(0, *ends), ("foot", pattern))
    over, signs = labels.area(shown), f"+{pattern};-{pattern};"
    series = [Series(None, end.area(shown), over) for end in ends]
    series += [Series(None, each.area(), over, CLEAR, labels=signs) for each in (least_here, most_here)]
    series += [Series(None, each.area(), over, CLEAR) for each in (left, right)]
    heading: Operand | str = sentence(text.WHAT_MOVES, showing.rows.analysed, text.DARK_AND_LIGHT)
    alt = text.ALT_TORNADO.format(figure=line.label, unit=line.unit.spelling)
    return Drawn(heading, _chart("tornado", tuple(series), alt))


def _names_of_inputs(summing: Summing, showing: Showing) -> Entry:
    """Return the labels of the sorted inputs for charts: their own, or shorter ones at the foot."""
    ranked = showing.rows.ranked
    own = {name: summing.entries.inputs[name].label for name in showing.study.listed}
    if all(len(said) <= _LONGEST_INPUT for said in own.values()):
        return ranked.label
    summing.grid.put(summing.texts(["names"]), text.NAMES_IN_CHARTS, FOOT_TEXT)
    cut, short = shortened(own.values(), _LONGEST_INPUT), summing.texts(own)
    summing.grid.put(short, lambda key, _: cut[own[key]], FOOT_TEXT)
    assert not isinstance(short.rows, int)
    rows = dict(zip(moving(summing, showing), short.rows.values(), strict=False))
    names = summing.grid.entry("", TEXT, rows, FIRST_OPTION)
    return summing.grid.put(names, apply(INDEX, short.down(), ranked.place), FOOT_TEXT)


def _chart(kind: ChartKind, series: tuple[Series, ...], alt: str) -> Chart:
    return Chart(kind, None, series, over=Axis(), measure=None, alt=alt, place=Place((0, 0), (0, 0)))
