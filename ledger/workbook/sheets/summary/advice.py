"""What is recommended, on Summary: in which options each advice holds, and a sentence by formula on each topic."""

from __future__ import annotations

from unitledger.compute import applies
from unitledger.expression import Text, all_of, equal, sentence, when
from unitledger.workbook import text
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import LABEL_COLUMN, UNIT_COLUMN
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Highlight
from unitledger.workbook.sheets.summary.comparison import Comparison
from unitledger.workbook.sheets.summary.summing import EMPTY, MARK, Marked, Summing
from unitledger.workbook.sheets.summary.top import Top


def put_advice(summing: Summing, comparison: Comparison | None) -> Marked:
    """Put each advice, with a mark per option; where options are compared, also the mark of the best; return them."""
    put, options = summing.grid.put, summing.layout.options
    title = summing.section(text.RECOMMENDATION)
    advised = summing.marked({advice.name: advice.text for advice in summing.entries.advice}, LABEL_COLUMN)
    for advice in summing.entries.advice:
        marks = advised.marks[advice.name]
        held = [applies(advice, option, summing.results[option]) for option in options]
        known = [text.RECOMMENDED if holds else "" for holds in held]
        tree = when(advice.condition, Text(text.RECOMMENDED), EMPTY)
        put(marks, tree, MARK, values=known, names=summing.cells.named)
        if comparison is not None:
            mark = comparison.of_best(marks)
            none = equal(comparison.named.at(options[-1]), EMPTY)
            put(marks.unit, when(none, EMPTY, mark) if summing.watched else mark, MARK)
    if comparison is not None:
        put(title.unit, text.BEST_OPTION, frame.SECTION)
    place = (title.area().rows[0] + 1, advised.marks.area().rows[1]), (UNIT_COLUMN, summing.layout.after_options - 1)
    summing.grid.sheet.highlights.append(Highlight(*place, text.RECOMMENDED, ("good", GENERAL)))
    return advised


def recommend(summing: Summing, top: Top, advised: Marked) -> None:
    """Put what the recommendations come to for the best option, else for the base, by topic."""
    marks = advised.marks.unit if summing.compared else advised.marks.only(summing.entries.base)
    for topic in top.topics.keys:
        about = [advice for advice in summing.entries.advice if advice.topic == topic]
        # Room for the longest advice, and for as many as hold now.
        room = [f"{text.ADVICE_BEGINS}{text.ADVICE_JOINED}{advice.text}" for advice in about]
        summing.spread(top.topics[topic], "advice", summing.last_of_page, room)
        before, after = text.NO_ADVICE_ON
        none = sentence(before, topic, after) if topic else sentence(text.NO_ADVICE)
        absent = {advice.name: equal(marks[advice.name], EMPTY) for advice in about}
        said = [
            when(is_absent, EMPTY, sentence(text.ADVICE_JOINED, advised.said[name]))
            for name, is_absent in absent.items()
        ]
        told = when(all_of(*absent.values()), none, sentence(text.ADVICE_BEGINS, *said))
        summing.grid.put(top.topics[topic], told, ("advice", GENERAL))
