"""From the base to the compared option part by part: the steps that a chart draws, at the foot of Summary."""

from __future__ import annotations

import attrs

from unitledger.expression import TEXT, Expression, Operand, Text, absolute, apply, sentence, when
from unitledger.expression.table.statistics import INDEX
from unitledger.workbook.grid import Entry
from unitledger.workbook.sheets.fall import HEADS, Bars
from unitledger.workbook.sheets.second import Comparison
from unitledger.workbook.sheets.summary import text
from unitledger.workbook.sheets.summary.difference import Written, signed
from unitledger.workbook.sheets.summary.key_figures import Top
from unitledger.workbook.sheets.summary.summing import FOOT_TEXT, Summing

_BASE, _COMPARED = "base", "compared"


@attrs.frozen
class Waterfall:
    """The bars by step, from the base over the parts to the compared option; `labels`: what they are, and how large."""

    labels: Entry
    bars: Bars


def put_waterfall(summing: Summing, top: Top, comparison: Comparison, names: Entry, of_parts: Entry) -> Waterfall:
    """Put the steps; `names` of the options and `of_parts` as charts show them."""
    grid, put, line, parts = summing.grid, summing.grid.put, summing.line, summing.cells.parts
    after = summing.layout.after_options
    titles = (text.CHANGE, *HEADS)
    heads = grid.entry("", TEXT, grid.take(), {said: after + place for place, said in enumerate(titles)})
    put(heads.label, text.FALL, FOOT_TEXT)
    put(heads, lambda _, said: said, FOOT_TEXT)
    rows = {step: grid.take() for step in (_BASE, *parts.keys, _COMPARED)}
    change = grid.entry("", line.unit, rows, after)
    bars = Bars.begin(grid, line.unit, rows, after + 1)
    labels, style = change.label, ("foot", summing.pattern(line.name))
    figures, base, way = top.figures[line.name], summing.entries.base, summing.written(line.name)
    to = comparison.other
    ends: dict[str, tuple[Operand, Operand]] = {
        _BASE: (names.at(base), figures.at(base)),
        _COMPARED: (apply(INDEX, names.across(), to), apply(INDEX, figures.across(), to)),
    }
    for step, (name, figure) in ends.items():
        bars.put_end(step, figure, style)
        put(labels, sentence(name, "  ", way(bars.figures[step])), FOOT_TEXT, rows=[step])
    for part in parts.keys:
        put(change, apply(INDEX, parts[part].across(), to) - parts[part].at(base), style, rows=[part])
        put(labels, _label(of_parts[part], change[part], bars.figures[_BASE], way), FOOT_TEXT, rows=[part])
    bars.put_steps(_BASE, {part: change[part] for part in parts.keys}, style)
    return Waterfall(labels, bars)


def _label(name: Entry, change: Entry, answer: Entry, way: Written) -> Expression:
    """What a part is called, and by how much it changes; a dash for what is left of two figures that are equal."""
    dust = absolute(change) <= way.cells.tolerance * absolute(answer)
    return sentence(name, "  ", when(dust, Text("–"), signed(way.in_unit(change), way.decimals)))


def heading(top: Top, comparison: Comparison, base: str) -> Expression:
    """What the chart shows."""
    begun = top.heading.at(base)
    whole = sentence(text.FROM, begun, text.TO, comparison.name, text.PART_BY_PART)
    return when(comparison.base_alone, sentence(begun, text.NO_OTHER), whole) if comparison.watched else whole
