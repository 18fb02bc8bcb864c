"""What sheets share: title, hint, headings, and the cells of a figure's provenance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from unitledger.model import Figure
from unitledger.workbook import text
from unitledger.workbook.layout import FIRST_ROW, HEADING_ROW, HINT_ROW, LABEL_COLUMN, TITLE_ROW, UNIT_COLUMN
from unitledger.workbook.look import measure
from unitledger.workbook.look.formats import DATE, GENERAL, shown_width
from unitledger.workbook.look.styles import STYLES
from unitledger.workbook.sheet import Sheet, Style

LABEL: Style = ("label", GENERAL)
UNIT: Style = ("unit", GENERAL)
TEXT: Style = ("text", GENERAL)
REMARK: Style = ("remark", GENERAL)
SECTION: Style = ("section", GENERAL)
NAME: Style = ("name", GENERAL)
HEADING: Style = ("heading_right", GENERAL)

LABEL_WIDTH = 28
WIDEST_LABEL = 44
UNIT_WIDTH = 16
WIDEST_FIGURE = 22
# Heights of rows in points.
ONE_LINE = 14.0
TWO_LINES = 28.0
# Of rows for which nothing is said.
_STANDARD = 15.0
_HEADINGS = {"heading_in", "heading_right", "heading_input"}
_WRAPPING = {name for name, look in STYLES.items() if look.get("text_wrap")}
# So many lines a long heading may take before its column grows.
_LINES_OF_HEADING = 4
# Characters that a column has free beside its text.
_FREE = 5 / 7


def begin(name: str, title: str, hint: str = "") -> Sheet:
    """Return a sheet with its title and, beneath the status cells, a hint."""
    return entitled(Sheet(name), title, hint)


def entitled(sheet: Sheet, title: str, hint: str = "") -> Sheet:
    """Put the title of a sheet and, beneath the status cells, a hint; return it."""
    sheet.text(TITLE_ROW, LABEL_COLUMN, title, ("title", GENERAL))
    if hint:
        # At the left stands the link to Summary.
        sheet.text(HINT_ROW, UNIT_COLUMN, hint, ("note", GENERAL))
    return sheet


def headings(sheet: Sheet, titles: Sequence[str | None], right: range = range(0)) -> None:
    """Put column headings, those of columns in `right` to the right; they stay in sight and on every printed page.

    None: a heading that is put elsewhere, by a formula.
    """
    for column, title in enumerate(titles):
        if title is None:
            continue
        style = "heading_right" if column in right else "heading_in" if column else "heading"
        if title:
            sheet.text(HEADING_ROW, column, title, (style, GENERAL))
        else:
            sheet.blank(HEADING_ROW, column, (style, GENERAL))
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
    return min(max(least, 1 + max(map(len, texts), default=0)), most)


def unit_width(units: Iterable[str], least: int, most: int) -> int:
    """Return a column width in which units stand on one line, between `least` and `most` characters."""
    return min(max((least, *(ceil(measure.width(each, "unit")) for each in set(units)))), most)


def heading_width(titles: Iterable[str], least: int) -> int:
    """Return a column width in which headings stay low, between `least` and that of the widest figures."""
    longest = max((measure.width(each, "heading_right") for each in titles), default=0)
    return min(max(least, ceil(longest / _LINES_OF_HEADING)), WIDEST_FIGURE)


def figure_width(sheet: Sheet, columns: range, least: int) -> int:
    """Return the width that the numbers in some columns of a sheet need, between `least` and that of the widest."""
    figures: dict[str, list[float]] = defaultdict(list)
    for _, column, kind, content, cached, (_, pattern) in sheet.cells:
        if pattern and column in columns:
            shown = cached if kind == "formula" else content
            if isinstance(shown, float):
                figures[pattern].append(shown)
    ends = {pattern: (min(held), max(held)) for pattern, held in figures.items()}
    return min(max([least, *(1 + shown_width(both, pattern) for pattern, both in ends.items())]), WIDEST_FIGURE)


def fit_figures(sheet: Sheet, columns: range, least: int) -> None:
    """Make columns as wide as their figures need when these are there, `least` characters at least; none narrower."""

    def fit() -> None:
        needed = figure_width(sheet, columns, least)
        sheet.widths.update({column: max(needed, sheet.widths.get(column, 0)) for column in columns})

    sheet.left.append(fit)


def fit_rows(sheet: Sheet) -> None:
    """Give rows the height that their wrapped texts need in columns whose width is set.

    On a sheet that is meant for one page, whose other rows are fitted where they are made, headings only.
    """
    fitted = _HEADINGS if sheet.fits_one_page else _WRAPPING
    merged = {(row, first) for row, first, _ in sheet.merged}
    fits: dict[tuple[str, int], int] = {}
    for row, column, kind, content, cached, (style, _) in sheet.cells:
        if style not in fitted or column not in sheet.widths:
            continue
        if (style, column) not in fits:
            fits[style, column] = measure.fits(sheet.widths[column], style, _STANDARD)
        shown = cached if kind == "formula" else content
        if isinstance(shown, str) and len(shown) > fits[style, column] and (row, column) not in merged:
            needed = measure.height(shown, sheet.widths[column], style)
            if needed > _STANDARD:
                sheet.heights[row] = max(sheet.heights.get(row, 0), needed)


def heights(sheet: Sheet, room: Mapping[int, Sequence[str]]) -> dict[int, float]:
    """Return the height in points that each row needs for its texts; `room`: more texts for the cells that are one."""
    ends = {(row, first): last for row, first, last in sheet.merged}
    filled: dict[int, float] = {}
    for row, column, kind, content, cached, (style, _) in sheet.cells:
        shown = cached if kind == "formula" else content
        last = ends.get((row, column), column)
        # What columns have free beside their text is text's in those that are one.
        across = sum(sheet.widths[each] for each in range(column, last + 1)) + _FREE * (last - column)
        texts = (shown, *room.get(row, ())) if (row, column) in ends else (shown,)
        for said in texts:
            needed = measure.height(said if isinstance(said, str) else "", across, style)
            filled[row] = max(filled.get(row, 0.0), needed)
    return filled


def provenance(
    sheet: Sheet, row: int, column: int, figure: Figure, sources: Mapping[str, tuple[str, str]] | None = None
) -> None:
    """Put source, date, owner and note of a figure from `column` on; what is missing is said to be.

    `sources`: id and cell of each source; one that is not among them is spelled out.
    """
    if sources is not None and figure.source in sources:
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
    sheet.text(row, column + 2, figure.owner or text.NOT_STATED, NAME if figure.owner else UNIT)
    if figure.note:
        sheet.text(row, column + 3, figure.note, REMARK)
