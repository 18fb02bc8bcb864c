"""What is recommended, on Summary: in which options each advice holds, and a sentence by formula on each topic."""

from __future__ import annotations

from collections.abc import Sequence

from unitledger.compute import applies
from unitledger.expression import TEXT, Expression, Text, all_of, equal, sentence, when
from unitledger.model import Advice
from unitledger.workbook import text
from unitledger.workbook.address import a1
from unitledger.workbook.formats import GENERAL
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, SUMMARY, UNIT_COLUMN
from unitledger.workbook.sheet import Highlight, Style, cell
from unitledger.workbook.sheets.summary_alerts import put_marked
from unitledger.workbook.sheets.summary_answer import BOLD, Summing, of_best
from unitledger.workbook.sheets.summary_rows import BEST_OPTION

_EMPTY = Text("")
_MARK: Style = ("mark", GENERAL)


def recommend(summing: Summing) -> None:
    """Put the recommendations, which must have rows, and what they come to for the best option, else for the base."""
    rows, sheet = summing.rows, summing.sheet
    title = min(each.said for each in rows.advice.values()) - 1
    frame.sections(sheet, {title: text.RECOMMENDATION}, 1)
    sheet.text(title, UNIT_COLUMN, "" if rows.best is None else text.BEST_OPTION, frame.SECTION)
    for column in range(FIRST_OPTION, rows.last_column + 1):
        sheet.blank(title, column, frame.SECTION)
    for advice in summing.entries.advice:
        _put_marks(summing, advice)
    place = (title + 1, max(each.marks for each in rows.advice.values())), (UNIT_COLUMN, summing.last_column)
    sheet.highlights.append(Highlight(*place, text.RECOMMENDED, ("good", GENERAL)))
    for topic, row in rows.topics.items():
        about = [advice for advice in summing.entries.advice if advice.topic == topic]
        sheet.formula(row, LABEL_COLUMN, _sentence(summing, topic, about), ("advice", GENERAL))
        # Room for the longest advice, and for as many as hold now.
        said = [f"{text.ADVICE_BEGINS}{text.ADVICE_JOINED}{advice.text}" for advice in about]
        said.append(sheet.values[f"{SUMMARY}!{a1(row, LABEL_COLUMN)}"])
        summing.say(row, ("advice", GENERAL), said, summing.last_of_page, BOLD)


def _put_marks(summing: Summing, advice: Advice) -> None:
    """Put an advice, with a mark per option; where options are compared, also the mark of the best."""
    layout, rows, sheet = summing.layout, summing.rows, summing.sheet
    row = rows.advice[advice.name].marks
    held = [applies(advice, option, summing.results[option]) for option in layout.options]
    marks = [text.RECOMMENDED if holds else "" for holds in held]
    put_marked(summing, rows.advice[advice.name], advice.text, LABEL_COLUMN)
    tree = when(advice.condition, Text(text.RECOMMENDED), _EMPTY)
    sheet.row_of_formulas(row, FIRST_OPTION, tree, layout.on_checks, marks, _MARK)
    if rows.best is not None:
        mark = of_best(summing, row)
        if rows.plausible is not None:
            best = cell(SUMMARY, rows.best + BEST_OPTION, summing.last_column, TEXT)
            mark = when(equal(best, _EMPTY), _EMPTY, mark)
        sheet.formula(row, UNIT_COLUMN, mark, _MARK)


def _sentence(summing: Summing, topic: str, about: Sequence[Advice]) -> Expression:
    """All advice on a topic that holds, one after the other, or that there is none."""
    none = sentence(text.NO_ADVICE)
    if topic:
        before, after = text.NO_ADVICE_ON
        none = sentence(before, topic, after)
    column = FIRST_OPTION if summing.rows.best is None else UNIT_COLUMN
    absent, said = [], []
    for advice in about:
        place = summing.rows.advice[advice.name]
        absent.append(equal(cell(SUMMARY, place.marks, column, TEXT), _EMPTY))
        told = sentence(text.ADVICE_JOINED, cell(SUMMARY, place.said, LABEL_COLUMN, TEXT))
        said.append(when(absent[-1], _EMPTY, told))
    return when(all_of(*absent), none, sentence(text.ADVICE_BEGINS, *said))
