"""How a running sum of each option compares with that of the base option: by how much at the end, and from when on."""

from __future__ import annotations

from functools import partial

from unitledger.expression import TEXT, Expression, Text, absolute, apply, equal, fixed, maximum, sentence, when
from unitledger.expression.kind import Kind
from unitledger.expression.table.statistics import INDEX, MAX, MIN, SUMPRODUCT
from unitledger.model import AxisLine, Entries
from unitledger.model.entry.axis import cell_name
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.layout import FIRST_OPTION, HEADING_ROW
from unitledger.workbook.look.formats import GENERAL, SCIENTIFIC, number_format
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.months import said
from unitledger.workbook.sheets.months.places import Months
from unitledger.workbook.study import Results

_COUNT: Style = ("number", "0")


def put_compare(entries: Entries, months: Months, line: AxisLine, grid: Grid, results: Results) -> None:
    """Put a column for each option but the base: the difference at the end, and the periods in which it is above.

    What differs by dust does not differ. Where the two change places more than once, the periods are counted.
    """
    labels, base = months.axis.labels, entries.base
    others = {option: FIRST_OPTION + place for place, option in enumerate(list(entries.options)[1:])}

    def row(label: str, unit: str = "", kind: Kind = DIMENSIONLESS) -> Entry:
        number = grid.take()
        grid.head(number, label, unit)
        return grid.entry("", kind, number, others)

    grid.section(said.COMPARE.format(label=line.label), FIRST_OPTION + len(others))
    head = row("", "", TEXT)
    for option in others:
        grid.put(head, months.cells.options.at(option), frame.HEADING, columns=[option])
    ahead = row(said.AHEAD.format(last=labels[-1]), line.unit.spelling, line.unit)
    least = row(said.LEAST_DIFFERENCE, line.unit.spelling, line.unit)
    above = row(said.ABOVE, said.PERIODS_UNIT)
    changes = row(said.CHANGES, said.TIMES)
    when_above = row(said.WHEN_ABOVE, "", TEXT)
    there = {option: months.options[option].figures[line.name] for option in entries.options}
    closing = {option: results[option][cell_name(line.name, labels[-1])] for option in entries.options}
    pattern = number_format(line.unit, [closing[option] - closing[base] for option in others])
    first = there[base]
    for option in others:
        own, put = there[option], partial(grid.put, columns=[option])
        ends = [absolute(apply(end, each.across())) for each in (own, first) for end in (MAX, MIN)]
        put(ahead, own.at(labels[-1]) - first.at(labels[-1]), ("number", pattern))
        put(least, months.cells.tolerance * maximum(*ends), ("number", SCIENTIFIC))
        put(above, apply(SUMPRODUCT, _above(own, first, least, labels)), _COUNT)
        if len(labels) > 1:
            step = _above(own, first, least, labels[1:]) - _above(own, first, least, labels[:-1])
            put(changes, apply(SUMPRODUCT, step * step), _COUNT)
        else:
            put(changes, 0.0, _COUNT)
    heads = Entry(months.timeline.grid, "", TEXT, HEADING_ROW, first.columns)
    all_of_them = apply(MAX, months.timeline.figures["timeline.index"].across())
    from_then = sentence(said.SINCE, apply(INDEX, heads.across(), all_of_them - above + 1))
    until_then = sentence(said.UNTIL, apply(INDEX, heads.across(), above))
    some = sentence(fixed(above, 0), said.OF, fixed(all_of_them, 0), said.OF_PERIODS)
    once = when(ahead > least, from_then, until_then)
    never = when(ahead > least, Text(said.THROUGHOUT), Text(said.NEVER))
    grid.put(when_above, when(equal(changes, 0), never, when(equal(changes, 1), once, some)), ("against", GENERAL))


def _above(own: Entry, first: Entry, least: Entry, periods: tuple[str, ...]) -> Expression:
    """1 for each of some periods in which the one is above the other."""
    return 1 * (own.across(periods) - first.across(periods) > least)
