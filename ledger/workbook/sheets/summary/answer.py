"""The answer on Summary in a sentence, by a formula, and what it rests on most."""

from __future__ import annotations

from collections.abc import Sequence

from unitledger.compute import disqualifying
from unitledger.expression import (
    Expression,
    Operand,
    Text,
    absolute,
    all_of,
    any_of,
    apply,
    dated,
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
from unitledger.expression.table.statistics import COUNTIF, INDEX, MATCH
from unitledger.model import spare_option
from unitledger.units import DATE
from unitledger.workbook.grid import Entry
from unitledger.workbook.sheets.second import Comparison, near
from unitledger.workbook.sheets.second.again import is_whole
from unitledger.workbook.sheets.sensitivity.rows import Showing
from unitledger.workbook.sheets.summary import text
from unitledger.workbook.sheets.summary.difference import difference
from unitledger.workbook.sheets.summary.key_figures import Top
from unitledger.workbook.sheets.summary.notices import Notices
from unitledger.workbook.sheets.summary.summing import EMPTY, Summing


def put_answer(summing: Summing, top: Top, alerts: Notices | None) -> None:
    """Put the answer, and that an alert applies to the option that it names, or to one of several."""
    unused, comparison, entries = summing.checks.unused, summing.comparison, summing.entries
    options = summing.layout.options
    who: Expression = Text(text.IT)
    if comparison is not None:
        said = _compared(summing, top, comparison)
        named: list[tuple[Sequence[str], Operand | int]] = [
            (options[:1], comparison.base_is_best),
            (options[1:], comparison.others_are_best),
        ]
        spare = spare_option(entries)
        if unused is not None and options == (entries.base, spare):
            said = when(equal(unused.at(spare), 1), _alone(summing, top), said)
        first = apply(INDEX, top.heading.across(), comparison.place)
        who = when(different(comparison.names, first), Text(text.ONE_TIED), who)
    elif entries.outcome is not None:
        said, named = _came(summing, top), [(options[-1:], 1)]
    elif summing.several and not entries.alternatives:
        said, ends = _span(summing, top)
        named, who = [(options, ends)], Text(text.CASE_NAMED)
    else:
        said, named = _alone(summing, top), [(options[:1], 1)]
    if alerts is not None:
        applies = any_of(*(alerts.where(among, which) for among, which in named))
        said = sentence(said, when(applies, sentence(text.BUT_AN_ALERT, who, text.ALERT_FOLLOWS), EMPTY))
    summing.grid.put(top.answer, said, summing.spread(top.answer, "answer", room=[_longest(summing)]))


def _value(summing: Summing, figure: Operand) -> Expression:
    way = summing.written(summing.line.name)
    return sentence(way(figure), f" {way.unit}")


def _longest(summing: Summing) -> str:
    """About the longest that the answer becomes: with the longest names."""
    name, value = max(summing.layout.options, key=len), "1,234,567.89 " + summing.line.unit.spelling
    if summing.several and not summing.entries.alternatives:
        return f"{summing.line.label}{text.SPAN}{value} in {name}{text.SPAN_TO}{value} in {name}{text.CASES}"
    said = f"{summing.line.label} is lowest with {name}: {value}"
    return f"{said} (-100.0 % against {summing.entries.base})." if summing.comparison is not None else said


def _label(summing: Summing) -> str:
    return summing.line.label


def _alone(summing: Summing, top: Top) -> Expression:
    """The answer of the base option."""
    base = summing.entries.base
    parts: list[Operand | str] = [_label(summing), text.IS, _value(summing, top.figures[summing.line.name].at(base))]
    parts += [text.WITH, top.heading.at(base)]
    if disqualifying(summing.entries):
        flags = summing.checks.warnings.only(base).down(alert.name for alert in disqualifying(summing.entries))
        parts.append(when(equal(total(flags), 0), EMPTY, Text(text.NOT_PLAUSIBLE)))
    return sentence(*parts, text.END)


def _came(summing: Summing, top: Top) -> Expression:
    """What the last option comes to, which has all actual figures, and how far that is from the plan."""
    figures = top.figures[summing.line.name]
    options = summing.layout.options
    plan, actual = (figures.at(option) for option in (options[0], options[-1]))
    apart = difference(actual, plan, summing.written(summing.line.name))
    named = sentence(text.IN, top.heading.at(options[-1]), text.BRACKET)
    said = sentence(_label(summing), text.IS, _value(summing, actual), named)
    beside = sentence(when(equal(apart, Text(text.SAME)), Text(text.NOTHING), apart), text.AGAINST)
    return sentence(said, beside, top.heading.at(options[0]), text.BRACKET_END, text.END)


def _span(summing: Summing, top: Top) -> tuple[Expression, Expression]:
    """The least and the greatest answer of cases, none of which is best; what is not plausible is left out.

    Beside the sentence, of each case whether it is one of these.
    """
    figures = top.figures[summing.line.name]
    if summing.checks.flags is not None:
        line = summing.line
        row = summing.grid.row(text.WHERE_PLAUSIBLE.format(figure=line.label), line.unit.spelling, line.unit)
        there = when(equal(total(summing.checks.flags), 0), figures, EMPTY)
        with summing.grid.mapped("compared"):
            figures = summing.grid.put(row, there, ("foot", summing.pattern(line.name)))
    across = figures.across()
    least, greatest = minimum(across), maximum(across)

    def case(end: Expression) -> Expression:
        name = apply(INDEX, top.heading.across(), apply(MATCH, end, across))
        return sentence(_value(summing, end), text.IN, name)

    alike = sentence(text.IS, _value(summing, least), text.IN + text.EVERY_CASE)
    apart = sentence(text.SPAN, case(least), text.SPAN_TO, case(greatest))
    said = sentence(_label(summing), when(near(least, greatest, summing.cells), alike, apart), text.CASES)
    named = equal(across, least) + equal(across, greatest) > 0
    if not summing.watched:
        return said, named
    none = equal(apply(COUNTIF, across, Text(">=0")) + apply(COUNTIF, across, Text("<0")), 0)
    said = sentence(said, _left_out(summing, figures))
    return when(none, sentence(_label(summing), text.NONE_PLAUSIBLE), said), named


def _left_out(summing: Summing, plausible: Entry) -> Expression:
    """How many options are not plausible, where any is not."""
    left: Expression = apply(COUNTIF, plausible.across(), EMPTY)
    if summing.checks.unused is not None:
        left = left - total(summing.checks.unused.across())
    return when(equal(left, 0), EMPTY, sentence(text.LEFT_OUT, fixed(left, 0), text.END))


def _compared(summing: Summing, top: Top, rows: Comparison) -> Expression:
    """Which option is best; and how far it is from the base, or where that is the best, how far the next is."""
    answer, base = summing.entries.answer, top.heading.at(summing.entries.base)
    assert answer is not None
    tie = different(rows.names, apply(INDEX, top.heading.across(), rows.place))
    named = sentence(text.IS_BEST[answer.better], rows.names, when(tie, Text(text.WHICH_ARE_TIED), EMPTY))
    said = sentence(_label(summing), named, text.VALUE, _value(summing, rows.best))
    apart = top.against[summing.line.name]
    same = equal(apart, Text(text.SAME))
    ahead = when(same, EMPTY, sentence(text.BRACKET, rows.name, text.IS_NEXT, apart, text.BRACKET_END))
    changed = sentence(text.BRACKET, apart, text.AGAINST, base, text.BRACKET_END)
    if not summing.watched:
        return sentence(said, when(rows.base_is_best, ahead, changed), text.END)
    ahead = when(rows.base_alone, Text(text.NO_OTHER), ahead)
    base_left_out = equal(rows.figures.at(summing.entries.base), EMPTY)
    changed = when(base_left_out, sentence(text.BRACKET, base, text.BASE_LEFT_OUT), changed)
    ended = when(rows.base_is_best, ahead, changed)
    said = sentence(said, ended, text.END, _left_out(summing, rows.figures))
    return when(equal(rows.best, EMPTY), sentence(_label(summing), text.NONE_PLAUSIBLE), said)


def put_rests(summing: Summing, top: Top, showing: Showing) -> None:
    """Put the input that moves the answer most, and the answer at the end of its range that moves it more."""
    there, ranked = showing.rows, showing.rows.ranked
    first = ranked.label.keys[0]
    at_low, at_high = ranked.change_at_low[first], ranked.change_at_high[first]
    # Where both move it alike, every program is to name the same one.
    low = absolute(at_low) >= absolute(at_high) * (1 - summing.cells.tolerance)
    decimals = apply(INDEX, showing.there.decimals.down(), ranked.place[first])
    reached = when(low, ranked.low[first], ranked.high[first])
    end: Expression = stated(reached, when(is_whole(reached), 0, decimals))
    if showing.has_dates:
        day = when(low, ranked.low[first].of(DATE), ranked.high[first].of(DATE))
        end = when(equal(ranked.unit[first], Text(DATE.spelling)), dated(day), end)
    answer = _value(summing, when(low, ranked.at_low[first], ranked.at_high[first]))
    begun = sentence(text.RESTS_ON)
    if summing.several:
        begun = sentence(text.IN.lstrip().capitalize(), there.analysed, text.IN_RESTS_ON)
    what = sentence(ranked.label[first], text.BRACKET, ranked.unit[first], text.AT, end)
    said = sentence(begun, what, text.WOULD_BE, answer, text.END)
    moves_nothing = all_of(equal(at_low, 0), equal(at_high, 0))
    summing.grid.put(
        top.rests, when(moves_nothing, Text(text.NOTHING_MOVES), said), summing.spread(top.rests, "qualifies")
    )
