"""What sheets share: title, hint, headings, and the cells of a figure's provenance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from unitledger.model import Figure
from unitledger.workbook import text
from unitledger.workbook.formats import DATE, GENERAL
from unitledger.workbook.layout import FIRST_ROW, HEADING_ROW, HINT_ROW, LABEL_COLUMN, TITLE_ROW
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.styles import SIZE, SMALL

LABEL: Style = ("label", GENERAL)
UNIT: Style = ("unit", GENERAL)
TEXT: Style = ("text", GENERAL)
REMARK: Style = ("remark", GENERAL)
SECTION: Style = ("section", GENERAL)

LABEL_WIDTH = 28
WIDEST_LABEL = 44
UNIT_WIDTH = 16
WIDEST_FIGURE = 22
SPELLED_OUT_WIDTH = 26
"""Width of a column of sources that are no ids."""

# Heights of rows in points.
ONE_LINE = 14.0
TWO_LINES = 28.0
_SMALL_LINE = 11.0
_HIGHEST = 409.0
# Widths are measured in digits; so many letters of a text stand in the place of one.
_LETTERS = 1.15
# Bold letters are wider than others.
_BOLD = 0.85
_HEADINGS = {"heading_in", "heading_right"}


def begin(name: str, values: dict[str, Any], title: str, hint: str = "") -> Sheet:
    """Return a sheet with its title and, beneath the status cells, a hint."""
    sheet = Sheet(name, values)
    sheet.text(TITLE_ROW, LABEL_COLUMN, title, ("title", GENERAL))
    if hint:
        sheet.text(HINT_ROW, LABEL_COLUMN, hint, ("note", GENERAL))
    return sheet


def headings(sheet: Sheet, titles: Sequence[str], right: range = range(0)) -> None:
    """Put column headings, those of columns in `right` to the right; they stay in sight and on every printed page."""
    for column, title in enumerate(titles):
        style = "heading_right" if column in right else "heading_in" if column else "heading"
        sheet.text(HEADING_ROW, column, title, (style, GENERAL))
    sheet.heights[HEADING_ROW] = 30
    sheet.titles = HEADING_ROW
    sheet.freeze = (FIRST_ROW, right.start)


def sections(sheet: Sheet, titles: Mapping[int, str], columns: int) -> None:
    """Put the titles of sections, as bands across `columns` columns."""
    for row, title in titles.items():
        sheet.text(row, LABEL_COLUMN, title, SECTION)
        for column in range(1, columns):
            sheet.blank(row, column, SECTION)


def width(texts: Iterable[str], least: int, most: int) -> int:
    """Return a column width that holds the texts, between `least` and `most` characters."""
    return min(max(least, *(len(shown) + 1 for shown in texts), least), most)


def height(shown: str, width: float) -> float:
    """Return the height of a row whose wrapped text has `width` characters to a line."""
    return ONE_LINE * max(len(wrap(shown, int(_LETTERS * width))), 1)


def fit_words(sheet: Sheet, row: int, shown: str, width: float) -> None:
    """Make a row high enough for a wrapped text in small print, in a column of `width` characters."""
    letters = int(_LETTERS * width * SIZE / SMALL)
    if len(shown) > letters:
        needed = _SMALL_LINE * len(wrap(shown, letters)) + ONE_LINE - _SMALL_LINE
        sheet.heights[row] = min(max(sheet.heights.get(row, 0), needed), _HIGHEST)


def fit_headings(sheet: Sheet) -> None:
    """Give rows of headings the height that the longest of them needs in its column, whose width must be set."""
    for row, column, _, content, _, (style, _) in sheet.cells:
        if content and style in _HEADINGS and column in sheet.widths:
            needed = height(content, _BOLD * sheet.widths[column])
            sheet.heights[row] = max(sheet.heights.get(row, 0), needed)


def provenance(
    sheet: Sheet,
    row: int,
    column: int,
    figure: Figure,
    sources: Mapping[str, tuple[str, str]],
    *,
    review: tuple[Style, Style] | None = None,
) -> None:
    """Put source id, date, owner and note of a figure from `column` on; what is missing is said to be.

    `sources`: id and cell of each source; one that is not among them is spelled out. With the styles of a `review`,
    who reviewed the figure and when stand before the note.
    """
    if figure.source in sources:
        shown, target = sources[figure.source]
        sheet.link(row, column, shown, target, ("link", GENERAL))
    elif figure.source:
        sheet.text(row, column, figure.source, REMARK)
    else:
        sheet.text(row, column, text.NOT_STATED, UNIT)
    if figure.as_of:
        sheet.date(row, column + 1, figure.as_of, ("date", DATE))
    else:
        sheet.text(row, column + 1, text.NOT_STATED, UNIT)
    sheet.text(row, column + 2, figure.owner or text.NOT_STATED, TEXT if figure.owner else UNIT)
    note = column + 3
    if review is not None:
        _review(sheet, row, note, figure, review)
        note += len(review)
    if figure.note:
        sheet.text(row, note, figure.note, REMARK)


def _review(sheet: Sheet, row: int, column: int, figure: Figure, styles: tuple[Style, Style]) -> None:
    if figure.reviewed_by:
        sheet.text(row, column, figure.reviewed_by, styles[0])
    else:
        sheet.blank(row, column, styles[0])
    if figure.reviewed_on:
        sheet.date(row, column + 1, figure.reviewed_on, styles[1])
    else:
        sheet.blank(row, column + 1, styles[1])
