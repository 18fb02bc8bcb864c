"""The sheet of a table: yellow columns that are given, and columns that are worked out, one formula each."""

from __future__ import annotations

from functools import partial
from typing import Any

from unitledger.expression import TEXT, Text, apply, equal, when
from unitledger.model import AxisInput, AxisLine, Entries, Words, cell_name
from unitledger.workbook import text
from unitledger.workbook.address import fixed, on
from unitledger.workbook.grid import frame
from unitledger.workbook.grid.place import Key, named
from unitledger.workbook.look.accepted import along
from unitledger.workbook.look.formats import GENERAL, axis_format, number_format
from unitledger.workbook.look.style import FILLS
from unitledger.workbook.sheet import Axis, Chart, Place, Series, Sheet, Style
from unitledger.workbook.sheets.tables import said
from unitledger.workbook.sheets.tables.places import (
    FIRST_ITEM,
    HEAD_ROW,
    HEADS,
    KEY_COLUMN,
    SOURCE_ROW,
    TOTAL_ROW,
    UNIT_ROW,
    Placed,
    Results,
    Tables,
    added_by,
)

_KEY_WIDTH, _WORD_WIDTH, _FIGURE_WIDTH, _WIDEST_WORD = 22, 12, 12, 40
# Headings that fill their columns stand that far apart.
_APART = 1
_HEAD_STYLES = {SOURCE_ROW: "cover", TOTAL_ROW: "label_total", UNIT_ROW: "unit"}
_EMPTY = Text("")


def table_sheet(entries: Entries, tables: Tables, placed: Placed, results: Results) -> Sheet:
    """Return the sheet."""
    sheet = frame.entitled(placed.grid.sheet, placed.title, said.HINT)
    sheet.protected = False
    last = len(placed.columns) - 1
    _put_heads(entries, tables, placed, results)
    for key in placed.columns:
        _put(entries, tables, placed, key, results)
    put_plots(entries, tables, placed, results)
    sheet.freeze, sheet.titles = (FIRST_ITEM, KEY_COLUMN + 1), HEAD_ROW
    sheet.filtered = (HEAD_ROW, KEY_COLUMN, max(placed.rows.values()), last)
    sheet.names[placed.head] = on(sheet.name, f"{fixed(HEAD_ROW, KEY_COLUMN)}:{fixed(HEAD_ROW, last)}")
    return sheet


def _put_heads(entries: Entries, tables: Tables, placed: Placed, results: Results) -> None:
    """Put above each column its source, what it comes to, its unit and its heading."""
    grid, sheet = placed.grid, placed.grid.sheet
    for row, label in HEADS.items():
        sheet.text(row, KEY_COLUMN, label, (_HEAD_STYLES[row], GENERAL))
    sheet.heights[HEAD_ROW] = frame.TWO_LINES
    for key, entry in placed.columns.items():
        name, option = named(key, entries.base)
        held = entries.columns[name]
        _, column = entry.place(next(iter(placed.rows)))
        is_words = isinstance(held, Words)
        look: Style = ("heading_in" if is_words else "heading_right", GENERAL)
        with grid.mapped("options"):
            grid.put(grid.entry("", TEXT, HEAD_ROW, column), tables.heading(key), look)
        if column == KEY_COLUMN:
            sheet.widths[column] = _word_width(held.words, _KEY_WIDTH) if isinstance(held, Words) else _KEY_WIDTH
            continue
        unit = unit_text(held)
        sheet.text(UNIT_ROW, column, unit, ("unit", GENERAL) if is_words else ("unit_right", GENERAL))
        source = _source(entries, key)
        sheet.text(SOURCE_ROW, column, source, ("cover", GENERAL))
        if isinstance(held, Words):
            sheet.widths[column] = _word_width(held.words, _WORD_WIDTH)
        else:
            least = frame.heading_width([placed.headings[key], unit], _FIGURE_WIDTH) + _APART
            frame.fit_figures(sheet, range(column, column + 1), least)
        added = added_by(held)
        if added is None or isinstance(held, Words):
            sheet.blank(TOTAL_ROW, column, ("label_total", GENERAL))
        else:
            style: Style = ("total", _pattern(held, results[option][name].tolist()))
            with grid.mapped("table_totals"):
                grid.put(placed.total(key), apply(added, entry.down()), style)


def _word_width(words: tuple[str, ...], least: int) -> int:
    return frame.width(words, least, _WIDEST_WORD)


def _source(entries: Entries, key: Key) -> str:
    """Say where a column is from; of one that is worked out, nothing."""
    name, option = named(key, entries.base)
    held = entries.columns[name]
    if isinstance(held, AxisLine):
        return ""
    figure = held.figure if isinstance(held, Words) else held.setting.figure
    if not isinstance(key, str):
        own = entries.options[option].settings
        figure = next(setting.figure for cell, setting in own.items() if cell.partition("@")[0] == name)
    source = figure.source or text.NOT_STATED
    return said.AS_OF.format(source=source, as_of=figure.as_of) if figure.as_of else source


def _pattern(held: AxisInput | AxisLine, figures: list[float]) -> str:
    """Return the format of the figures of a column and of their total."""
    return number_format(held.unit, figures or [0.0], exact=isinstance(held, AxisInput))


def _put(entries: Entries, tables: Tables, placed: Placed, key: Key, results: Results) -> None:
    """Put a column: what is given, or the formula that works it out."""
    name, option = named(key, entries.base)
    held, entry, grid = entries.columns[name], placed.columns[key], placed.grid
    labels = placed.items.labels
    spare = list(range(placed.room))
    if isinstance(held, Words):
        words = dict(zip(labels, held.words, strict=True))
        grid.put(entry, lambda label, _: words[label], ("input_text", GENERAL), rows=labels)
        grid.put(entry, None, ("input_text", GENERAL), rows=spare)
        return
    figures = results[option][name].tolist()
    pattern = _pattern(held, figures)
    is_empty = equal(placed.columns[f"{placed.items.name}.{placed.items.key}"].of(TEXT), _EMPTY)
    values = [*figures, *([""] * placed.room)]
    if isinstance(held, AxisLine):
        tree = when(is_empty, _EMPTY, tables.seen(held.lowered, option))
        with grid.mapped("items"):
            grid.put(entry, tree, ("number", pattern), values=values, names=partial(tables.named, option))
        return
    own = {} if isinstance(key, str) else entries.options[option].settings
    typed = [label for label in labels if isinstance(key, str) or cell_name(name, label) in own]
    known: dict[Any, Any] = dict(zip(labels, figures, strict=True))
    grid.put(entry, lambda label, _: known[label], ("input", pattern), rows=typed)
    if isinstance(key, str):
        grid.put(entry, None, ("input", pattern), rows=spare)
    else:
        rest = [*(label for label in labels if label not in set(typed)), *spare]
        inherited = when(is_empty, _EMPTY, placed.columns[name])
        shown = [known.get(label, "") for label in rest]
        with grid.mapped("inherited"):
            grid.put(entry, inherited, ("inherited", pattern), rows=rest, values=shown, names=tables.cells.named)
    _, column = entry.place(next(iter(placed.rows)))
    grid.sheet.validations.append(along(held, (FIRST_ITEM, max(placed.rows.values())), (column, column)))


def unit_text(held: AxisInput | AxisLine | Words) -> str:
    """Return what is said of the unit of a column."""
    return said.WORD if isinstance(held, Words) else held.unit.spelling


def style_of(held: AxisInput | Words, figures: list[float]) -> Style:
    """Return how figures or words of a column look where nobody edits them."""
    if isinstance(held, Words):
        return "constant_word", GENERAL
    return "constant", number_format(held.unit, figures or [0.0], exact=True)


_SIZE, _DROP = (800, 400), 22
# Of the row, in points: what heading and chart take.
_HEIGHT = 320.0


def put_plots(entries: Entries, tables: Tables, placed: Placed, results: Results) -> None:
    """Put the plots of a table beneath it; of more options than there are colours, none."""
    sheet, labels = placed.grid.sheet, placed.items.labels
    row = max(placed.rows.values())
    for values, over in entries.plots:
        line, along = entries.columns[values], entries.columns[over]
        assert isinstance(line, AxisLine)
        assert isinstance(along, AxisLine)
        if line.axis != placed.items or not labels or len(entries.options) > len(FILLS):
            continue
        row += 2
        series = [
            Series(
                tables.cells.options.only(option).area(),
                tables.column(values, option).area(labels),
                tables.column(over, option).area(labels),
            )
            for option in entries.options
        ]
        known = {name: [each for found in results.values() for each in found[name].tolist()] for name in (values, over)}
        heading = said.PLOT.format(
            values=line.label, unit=line.unit.spelling, over=along.label, over_unit=along.unit.spelling
        )
        sheet.text(row, KEY_COLUMN, heading, ("top", GENERAL))
        sheet.heights[row] = _HEIGHT
        across, upward = (
            Axis(placed.unit(name).area(), axis_format(held.unit, known[name]))
            for name, held in ((over, along), (values, line))
        )
        place = Place((row, KEY_COLUMN), _SIZE, drop=_DROP)
        sheet.charts.append(Chart("lines", None, tuple(series), across, upward, heading, place))
