"""The sheet Read me: what the workbook is, its sheets, legend and conventions, and the list of sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from unitledger.model import Assumption, AxisInput, Entries, Figure, Words
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.contents import SHEETS
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import FIRST_ROW, LABEL_COLUMN, READ_ME, Layout
from unitledger.workbook.look import measure
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheet import Sheet, Style

# The second column is there for the status cells; labels run on into it.
_TEXT_COLUMN = 2
_COLUMNS = 3
_FIRST_BLOCK = FIRST_ROW - 1
_TOP: Style = ("top", GENERAL)
_WRAPPED: Style = ("wrapped", GENERAL)
_LINK: Style = ("link", GENERAL)
_WIDTHS = {LABEL_COLUMN: 18, 1: 18, _TEXT_COLUMN: 96}


def read_me_sheet(entries: Entries, layout: Layout, version: str, *, protect: bool) -> Sheet:
    """Return the sheet, which shows the version id; `protect`: whether the sheets of the workbook are protected."""
    sheet = frame.begin(READ_ME, text.READ_ME_TITLE.format(title=entries.title))
    said = {
        "as_of": entries.as_of.isoformat() if entries.as_of else text.NOT_STATED,
        "owner": entries.owner or text.NOT_STATED,
        "version": version,
        "calendar": entries.calendar.label,
        "protection": text.PROTECTED if protect else text.UNPROTECTED,
        "reporting": _reporting(entries),
    }
    row = _FIRST_BLOCK
    for title, rows in _blocks(layout):
        frame.sections(sheet, {row: title}, _COLUMNS)
        for place, (label, explanation) in enumerate(rows, start=row + 1):
            if title == text.SHEETS_TITLE:
                sheet.link(place, LABEL_COLUMN, label, on(label, a1(0, 0)), _LINK)
            else:
                sheet.text(place, LABEL_COLUMN, label, _TOP)
            _put_text(sheet, place, explanation.format_map(said))
        row += len(rows) + 2
    frame.sections(sheet, {row: text.LEGEND}, _COLUMNS)
    for place, (style, sample, explanation) in enumerate(text.LEGEND_ROWS, start=row + 1):
        sheet.text(place, LABEL_COLUMN, sample, (style, GENERAL))
        sheet.text(place, _TEXT_COLUMN, explanation, frame.LABEL)
    row, sources = _first_source(layout), source_ids(entries)
    if sources:
        frame.sections(sheet, {row - 1: text.SOURCES}, _COLUMNS)
    for place, (source, short) in enumerate(sources.items(), start=row):
        sheet.text(place, LABEL_COLUMN, short, _TOP)
        _put_text(sheet, place, source)
    sheet.widths |= _WIDTHS
    sheet.fits_one_page = True
    return sheet


def _put_text(sheet: Sheet, row: int, explanation: str) -> None:
    sheet.text(row, _TEXT_COLUMN, explanation, _WRAPPED)
    sheet.heights[row] = measure.height(explanation, _WIDTHS[_TEXT_COLUMN], _WRAPPED[0])


def _blocks(layout: Layout) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield the blocks before the legend: title, and rows of a label and what it means. Only of what is there."""
    yield text.ABOUT, text.ABOUT_ROWS
    there = layout.sheets - {READ_ME}
    named = {name: layout.sheets_of(name) for name in SHEETS if name in there or name in layout.several}
    yield text.SHEETS_TITLE, [(each, SHEETS[name].purpose) for name, names in named.items() for each in names]
    yield text.SENDING_BACK, text.SENDING_BACK_ROWS
    yield text.CONVENTIONS, text.CONVENTION_ROWS


def _first_source(layout: Layout) -> int:
    """Return the row of the first source: beneath the blocks and the legend."""
    rows = [*(len(rows) for _, rows in _blocks(layout)), len(text.LEGEND_ROWS)]
    return _FIRST_BLOCK + sum(rows) + 2 * len(rows) + 1


def _reporting(entries: Entries) -> str:
    """Say in which currency key figures are stated as well, and of which day the exchange rates are."""
    reporting = entries.reporting
    if reporting is None:
        return ""
    if not reporting.rates:
        return text.REPORTED.format(currency=reporting.currency)
    said = []
    for name in reporting.rates:
        entry = entries[name]
        day = entry.setting.figure.as_of if isinstance(entry, Assumption) else None
        said.append(text.RATE_OF.format(rate=entry.label, as_of=day) if day else entry.label)
    return text.REPORTED_AT.format(currency=reporting.currency, rates=text.RATES_JOINED.join(said))


def source_links(entries: Entries, layout: Layout) -> dict[str, tuple[str, str]]:
    """Return for each source its id and the cell where it is spelled out; nothing where there is no such sheet."""
    if READ_ME not in layout.sheets:
        return {}
    found = enumerate(source_ids(entries).items(), start=_first_source(layout))
    return {source: (short, on(READ_ME, fixed(row, LABEL_COLUMN))) for row, (source, short) in found}


def source_ids(entries: Entries) -> dict[str, str]:
    """Return S1, S2 ... for each source, in the order of inputs, constants, and what options set differently."""
    sources = dict.fromkeys(figure.source for figure in _figures(entries) if figure.source)
    return {source: f"S{place}" for place, source in enumerate(sources, start=1)}


def _figures(entries: Entries) -> Iterator[Figure]:
    for entry in entries.inputs.values():
        yield entry.setting.figure
    for column in entries.columns.values():
        if isinstance(column, AxisInput):
            yield column.setting.figure
        elif isinstance(column, Words):
            yield column.figure
    for constant in entries.constants.values():
        yield constant.figure
    for option in entries.options.values():
        for setting in option.settings.values():
            yield setting.figure
