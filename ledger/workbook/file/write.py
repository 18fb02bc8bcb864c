"""From sheets to the bytes of a workbook; with `charts` and `rows` the only module that writes with xlsxwriter."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import attrs

from unitledger.errors import ValueRefused, WorkbookError
from unitledger.workbook import text
from unitledger.workbook.address import a1
from unitledger.workbook.file.charts import draw, place
from unitledger.workbook.file.rows import Rows, Texts, rows
from unitledger.workbook.look import USUAL
from unitledger.workbook.look import Style as HouseStyle
from unitledger.workbook.look.page import page
from unitledger.workbook.look.styles import BASE, SIZE, STYLES
from unitledger.workbook.sheet import Highlight, Sheet, Style

# What a reader may do on a protected sheet: look, format, insert, and trace precedents (objects).
_ALLOWED = {
    "objects": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_columns": True,
    "insert_rows": True,
    "sort": True,
    "autofilter": True,
}
_ENDINGS = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9"}
# As much as a spreadsheet program unpacks at 4 bytes each: 100 MB.
_MOST_PIXELS = 25_000_000
_MARGINS = {"left": 0.3, "right": 0.3, "top": 0.5, "bottom": 0.6}


@attrs.frozen
class Properties:
    """What the file says of itself: title, version id, the day that stands for its creation, and who wrote it."""

    title: str
    version: str
    created: date
    author: str = ""


def render(sheets: Sequence[Sheet], properties: Properties, own: HouseStyle = USUAL) -> bytes:
    """Return the bytes of a workbook; equal sheets give equal bytes; `own`: what the house has of its own.

    Raises WorkbookError for a refused cell, ValueRefused for a logo that is no picture.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.packager import Packager
    from xlsxwriter.worksheet import Worksheet

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    by_texts = type("Package", (Texts, Packager), {})
    book = type("Book", (Workbook,), {"_get_packager": lambda _: by_texts()})(buffer, options)
    created = datetime(properties.created.year, properties.created.month, properties.created.day)  # noqa: DTZ001 - a day, not a moment
    comments = f"{text.VERSION} {properties.version}"
    said = {"title": properties.title, "author": properties.author, "comments": comments, "created": created}
    book.set_properties(said)
    by_name = {sheet.name: sheet for sheet in sheets}
    formats, by_rows = _Formats(book, own), type("Sheet", (Rows, Worksheet), {})
    for sheet in sheets:
        page_of_book = book.add_worksheet(sheet.name, by_rows)
        _cells(page_of_book, sheet, formats, book.str_table)
        _frame(page_of_book, sheet, formats)
        for chart in sheet.charts:
            _done(draw(book, page_of_book, chart, by_name, own), sheet, f"the chart at {a1(*chart.place.anchor)}")
        if sheet.logo:
            _done(place(page_of_book, sheet, _image(sheet.logo)), sheet, "the logo")
        _print(page_of_book, sheet, properties.version)
        for name, address in sheet.names.items():
            _done(book.define_name(name, f"={address}"), sheet, f"the name {name}")
    book.close()
    return buffer.getvalue()


def _image(file: bytes) -> Any:
    """Return a picture as the library takes it. Raises ValueRefused for one that breaks off, has no size or is huge."""
    from xlsxwriter.exceptions import XlsxFileError
    from xlsxwriter.image import Image

    try:
        image = Image(BytesIO(file))
    except (XlsxFileError, struct.error):
        image = None
    # The library reads no further than the size.
    if image is None or not file.endswith(_ENDINGS[image.image_type.lower()]):
        raise ValueRefused("The logo cannot be read as a picture. Save it anew as a PNG file.")
    if image.width * image.height > _MOST_PIXELS:
        size = f"{image.width:,.0f} by {image.height:,.0f} pixels"
        raise ValueRefused(f"The logo has {size}; {_MOST_PIXELS:,} in all are possible. Make it smaller.")
    return image


class _Formats:
    """The writer's formats, each made once; `own`: what the house has of its own."""

    def __init__(self, book: Any, own: HouseStyle) -> None:
        self._book, self.own = book, own
        self._made: dict[tuple[Style, bool], Any] = {}

    def of(self, style: Style, *, quoted: bool = False) -> Any:
        """Return the format of a style; `quoted` marks a cell as text."""
        found = self._made.get((style, quoted))
        if found is None:
            name, pattern = style
            properties = self.own.over({**BASE, **STYLES[name]})
            if pattern:
                properties["num_format"] = pattern
            if quoted:
                properties["quote_prefix"] = True
            found = self._made[style, quoted] = self._book.add_format(properties)
        return found

    def number(self, style: Style, quoted: bool) -> int:
        """Return the number of the format of a style in the file."""
        index: int = self.of(style, quoted=quoted)._get_xf_index()  # noqa: SLF001 - see `Rows`
        return index

    def changes(self, style: Style) -> Any:
        """Return a format that holds only colours and frame of a style, and how numbers look, to lie over another."""
        name, pattern = style
        kept = ("font_color", "bg_color", "border", "border_color")
        coloured = {key: value for key, value in STYLES[name].items() if key in kept}
        return self._book.add_format(self.own.over(coloured) | ({"num_format": pattern} if pattern else {}))


def _cells(target: Any, sheet: Sheet, formats: _Formats, texts: Any) -> None:
    """Put the cells of a sheet; `texts`: the library's table of the texts of a workbook."""
    for row, first, last in sheet.merged:
        target.merge_range(row, first, row, last, "")
    target.ignore_write_string = True
    for row, column, _, content, to, _ in sheet.links:
        _done(target.write_url(row, column, f"internal:{to}", None, content), sheet, a1(row, column))
    by_row = rows(sheet.cells, formats.number, texts._get_shared_string_index)  # noqa: SLF001 - see `Rows`
    target.hold(sheet.cells, by_row, (sheet.last_row, sheet.last_column))


def _frame(target: Any, sheet: Sheet, formats: _Formats) -> None:
    """Set what belongs to the sheet as a whole: widths, panes, validation, highlights, protection."""
    target.hide_gridlines(2)
    if sheet.tab:
        target.set_tab_color(formats.own.over({"tab": sheet.tab})["tab"])
    for column, width in sheet.widths.items():
        _done(target.set_column(column, column, width), sheet, f"the width of {column}")
    for row, height in sheet.heights.items():
        _done(target.set_row(row, height), sheet, f"the height of row {row + 1}")
    if any(sheet.freeze):
        target.freeze_panes(*sheet.freeze)
    if sheet.filtered is not None:
        target.autofilter(*sheet.filtered)
    for each in sheet.validations:
        place = (each.rows[0], each.columns[0], each.rows[1], each.columns[1])
        more = [[rows[0], columns[0], rows[1], columns[1]] for rows, columns in each.others]
        _done(
            target.data_validation(*place, {**each.rule, "other_cells": more}), sheet, f"validation of {a1(*place[:2])}"
        )
    for highlight in sheet.highlights:
        place = (highlight.rows[0], highlight.columns[0], highlight.rows[1], highlight.columns[1])
        shown = _shows(highlight) | {"format": formats.changes(highlight.style)}
        if highlight.others:
            areas = (place, *((rows[0], columns[0], rows[1], columns[1]) for rows, columns in highlight.others))
            shown["multi_range"] = " ".join(f"{a1(*area[:2])}:{a1(*area[2:])}" for area in areas)
        _done(target.conditional_format(*place, shown), sheet, f"highlight of {a1(*place[:2])}")
    if sheet.protected:
        target.protect("", dict(_ALLOWED))


def _shows(highlight: Highlight) -> dict[str, Any]:
    """Return the condition of a highlight in the library's terms."""
    if isinstance(highlight.shows, str):
        return {"type": "text", "criteria": "containing", "value": highlight.shows}
    if isinstance(highlight.shows, float):
        return {"type": "cell", "criteria": "equal to", "value": highlight.shows}
    return {"type": "formula", "criteria": highlight.shows.formula}


def _print(target: Any, sheet: Sheet, version: str) -> None:
    paper, pages_wide, pages_high = page(sheet)
    target.set_landscape()
    target.set_paper(paper)
    target.set_margins(**_MARGINS)
    target.fit_to_pages(pages_wide, pages_high)
    if not sheet.on_paper:
        # An empty cell: programs print no page on which nothing stands.
        target.print_area(*(0, sheet.last_column + 2) * 2)
    elif sheet.last_printed is not None:
        target.print_area(0, 0, sheet.last_printed, max(sheet.widths))
    if sheet.titles:
        target.repeat_rows(0, sheet.titles)
    if pages_wide > 1:
        target.repeat_columns(0, max(sheet.freeze[1] - 1, 0))
    said = ("&F · &A", f"{text.PAGE} &P {text.OF} &N", f"{text.VERSION} {version}")
    footer = "".join(f"&{side}&{SIZE}{part}" for side, part in zip("LCR", said, strict=True))
    target.set_footer(footer, {"scale_with_doc": False})


def _done(code: Any, sheet: Sheet, what: str) -> None:
    """Raise when the library refused something: it says so by a negative number and nothing else."""
    if isinstance(code, int) and code < 0:
        raise WorkbookError(f"Sheet {sheet.name!r}: {what} could not be written (code {code}).")
