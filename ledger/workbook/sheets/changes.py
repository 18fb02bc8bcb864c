"""The sheet Changes: what options set differently, and what differs from an earlier workbook."""

from __future__ import annotations

from collections.abc import Mapping

from unitledger.model import Assumption, Entries, Setting
from unitledger.workbook import text
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import CHANGES, FIRST_ROW, HEADING_ROW, HINT_ROW, LABEL_COLUMN, READ_ME, Layout
from unitledger.workbook.ledger_cells import setting_rows
from unitledger.workbook.look.formats import DATE, GENERAL, number_format, shown_width
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.changes_since import put_since
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.read_me import source_links
from unitledger.workbook.stated.since import Since

_OPTION, _UNIT, _BASE, _VALUE, _, _, _SOURCE = range(1, 8)
_FIGURE_WIDTH = 13
_WIDTHS = {_SOURCE: 8, _SOURCE + 1: 11, _SOURCE + 4: 11, _SOURCE + 5: 34}
_REVIEW: tuple[Style, Style] = (frame.NAME, ("date", DATE))


def changes_sheet(checks: Checks, layout: Layout, since: Since | None) -> Sheet:
    """Return the sheet: one row per override in the order of options, then what changed since an earlier workbook.

    It is without cells if there is neither.
    """
    entries, sheet = checks.entries, checks.cells.grids[CHANGES].sheet
    rows = setting_rows(entries)
    if not rows and since is None:
        return sheet
    title = text.CHANGES_TITLE.format(base=entries.base) if rows else text.CHANGES_SINCE_TITLE
    frame.entitled(sheet, title)
    widest = _FIGURE_WIDTH
    if rows:
        widest = max(widest, _put_overrides(sheet, entries, layout, rows))
    if since is not None:
        first = FIRST_ROW + len(rows) + 1 if rows else HEADING_ROW
        widest = max(widest, put_since(first, checks, since))
        # Each block has headings of its own.
        sheet.freeze, sheet.titles = (HEADING_ROW, _OPTION + 1), HINT_ROW
    _set_widths(sheet, layout, min(widest, frame.WIDEST_FIGURE))
    figures = [option.settings[name].figure for option in entries.options.values() for name in option.settings]
    owner, reviewer = frame.people_widths(figures)
    sheet.widths |= {_SOURCE + 2: owner, _SOURCE + 3: reviewer}
    return sheet


def _put_overrides(sheet: Sheet, entries: Entries, layout: Layout, rows: Mapping[tuple[str, str], int]) -> int:
    """Put what options set differently; return the width that the figures need."""
    titles = [text.INPUT, text.OPTION, text.UNIT, text.BASE_VALUE.format(base=entries.base), text.OPTION_VALUE]
    titles += [text.LOW, text.HIGH, text.SOURCE, text.AS_OF, text.OWNER, text.REVIEWED_BY, text.REVIEWED_ON, text.NOTE]
    frame.headings(sheet, titles, range(_BASE, _SOURCE))
    sheet.freeze = (FIRST_ROW, _OPTION + 1)
    sources = source_links(entries, layout)
    widest = 0
    for (option, name), row in rows.items():
        target, setting = entries.input(name), entries.options[option].settings[name]
        sheet.text(row, LABEL_COLUMN, target.label, frame.LABEL)
        sheet.text(row, _OPTION, option, frame.NAME)
        if isinstance(target, Assumption):
            widest = max(widest, _figures(sheet, row, target, setting))
        else:
            sheet.text(row, _UNIT, text.CHOICE_UNIT, frame.UNIT)
            sheet.text(row, _BASE, str(target.setting.value), ("constant_word", GENERAL))
            sheet.text(row, _VALUE, str(setting.value), ("constant_word", GENERAL))
        frame.provenance(sheet, row, _SOURCE, setting.figure, sources, review=_REVIEW)
    return widest


def _set_widths(sheet: Sheet, layout: Layout, figures: int) -> None:
    labels = (str(content) for row, column, _, content, *_ in sheet.cells if column == LABEL_COLUMN and row > HINT_ROW)
    short = (label for label in labels if label != text.SINCE_HINT)
    sheet.widths[LABEL_COLUMN] = frame.width(short, frame.LABEL_WIDTH, frame.WIDEST_LABEL)
    sheet.widths[_OPTION] = frame.width(layout.options, frame.UNIT_WIDTH, frame.LABEL_WIDTH)
    sheet.widths[_UNIT] = frame.UNIT_WIDTH
    sheet.widths |= dict.fromkeys(range(_BASE, _SOURCE), figures)
    sheet.widths |= _WIDTHS
    if READ_ME not in layout.sheets:
        sheet.widths[_SOURCE] = frame.SPELLED_OUT_WIDTH


def _figures(sheet: Sheet, row: int, target: Assumption, setting: Setting) -> int:
    """Put the base option's figure, the option's and its range; return the width that they need."""
    sheet.text(row, _UNIT, target.unit.spelling, frame.UNIT)
    figures = [float(target.setting.value), float(setting.value), setting.low, setting.high]
    known = [figure for figure in figures if figure is not None]
    pattern = number_format(target.unit, known, exact=True)
    for column, figure in enumerate(figures, start=_BASE):
        if figure is not None:
            sheet.number(row, column, figure, ("constant", pattern))
    return shown_width(known, pattern) + 1
