"""The sheet Formula map: one row per formula, with its words, its precedents as links, and Python's value beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from unitledger.expression import Factor, Reference, absolute, leaves, maximum, when
from unitledger.model import Entries, Line
from unitledger.workbook import text
from unitledger.workbook.address import a1, fixed, letters, on
from unitledger.workbook.formats import GENERAL, number_format, shown_width
from unitledger.workbook.grid import frame
from unitledger.workbook.layout import (
    AS_BUILT,
    CALC,
    CHANGES,
    CHECKS,
    CONSTANT_COLUMN,
    CONSTANTS,
    FACTOR,
    FIRST_OPTION,
    FIRST_ROW,
    FORMULA_MAP,
    HINT_ROW,
    INPUTS,
    INTEGRITY_ROW,
    RECONCILIATION,
    STATUS_COLUMN,
    STRIP_ROW,
    STUDY_SHEETS,
    SUMMARY,
    Layout,
)
from unitledger.workbook.printing import down, own, symbol, there
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.changes_since import EFFECT, NOW
from unitledger.workbook.sheets.check_rows import STATIC_COUNT, CheckRows, check_rows, put_freshness
from unitledger.workbook.sheets.checks.rows import UNIT_ALONE
from unitledger.workbook.sheets.reconciliation import PRINTED, VERDICT

WHERE, LINE, WORDS, UNIT, PYTHON, EXCEL, DIFFERENCE, PRECEDENTS = range(8)

HERE = symbol("what Python found")
THERE = symbol("what the workbook finds")
ALLOWED = symbol("tolerance")
FETCHED = THERE
DISTANCE = when(absolute(HERE - THERE) <= ALLOWED * maximum(absolute(HERE), absolute(THERE)), 0, HERE - THERE)

_LINK: Style = ("link", GENERAL)
_WORDS: Style = ("words", GENERAL)
_WIDTHS = {WHERE: 19, LINE: 28, WORDS: 58, UNIT: 18, DIFFERENCE: 11}
_FIGURE_WIDTH = 13
_PRECEDENT_WIDTHS = 14, 32


def formula_map_sheet(
    entries: Entries,
    layout: Layout,
    results: Mapping[str, Mapping[str, float]],
    values: dict[str, Any],
    made: Mapping[str, Sheet],
) -> Sheet:
    """Return the sheet; `made`: the others with formulas, of which Calc gives words and values."""
    sheet = frame.begin(FORMULA_MAP, values, text.FORMULA_MAP_TITLE)
    base = results[entries.base]
    first = FIRST_ROW + 1
    looked_up = _Precedents(entries, layout)
    precedents = {name: looked_up.of(line) for name, line in entries.lines.items()}
    most = max(map(len, precedents.values()))
    titles = [text.WHERE, text.LINE, text.IN_WORDS, text.UNIT]
    titles += [title.format(option=entries.base) for title in (text.PYTHON_VALUE, text.EXCEL_VALUE)]
    titles += [text.DIFFERENCE, text.STANDS_ON, *[""] * (most - 1)][: most + 1]
    frame.headings(sheet, titles, range(PYTHON, PRECEDENTS))
    frame.sections(sheet, {FIRST_ROW: text.LINES_MAPPED}, len(titles))
    sheet.freeze = (FIRST_ROW, LINE + 1)
    words_column = letters(layout.after_options + 1)
    rows = []
    for row, (name, place) in enumerate(layout.lines.items(), start=first):
        line = entries.lines[name]
        style = ("number", number_format(line.unit, (base[name],)))
        sheet.link(row, WHERE, _cells(CALC, layout, place), on(CALC, a1(place, FIRST_OPTION)), _LINK)
        sheet.text(row, LINE, line.label, frame.LABEL)
        said = values[f"{CALC}!{words_column}{place + 1}"]
        sheet.text(row, WORDS, said, _WORDS)
        sheet.text(row, UNIT, line.unit.spelling, frame.UNIT)
        sheet.number(row, PYTHON, base[name], ("constant", style[1]))
        for column, (label, target) in enumerate(precedents[name], start=PRECEDENTS):
            sheet.link(row, column, label, target, _LINK)
        rows.append((row, place, base[name], style))
    _put_comparison(sheet, layout, rows)
    put_freshness(sheet, HINT_ROW, PYTHON, entries, layout)
    last = first + len(rows) - 1
    others = [*_others(entries, layout, (first, last))]
    if SUMMARY in made:
        others += _blocks(made[SUMMARY])
    if CHANGES in layout.static:
        first_row = _first_formula(made[CHANGES])
        others.append(_linked("changes", CHANGES, (first_row, made[CHANGES].last_row), (NOW, EFFECT)))
    if RECONCILIATION in made:
        rows_there = (HINT_ROW, made[RECONCILIATION].last_row)
        others.append(_linked("reconciliation", RECONCILIATION, rows_there, (PRINTED, VERDICT)))
    for name in STUDY_SHEETS:
        if name in made:
            others += _blocks(made[name])
    _put_others(sheet, others, last + 2, len(titles))
    widest = max(shown_width([base[name] for name in layout.lines], "#,##0"), _FIGURE_WIDTH)
    sheet.widths |= _WIDTHS | {PYTHON: widest, EXCEL: widest}
    for place in range(most):
        labels = (found[place][0] for found in precedents.values() if place < len(found))
        sheet.widths[PRECEDENTS + place] = frame.width(labels, *_PRECEDENT_WIDTHS)
    return sheet


def _first_formula(sheet: Sheet) -> int:
    return min(row for row, _, kind, *_ in sheet.cells if kind == "formula")


def _cells(sheet: str, layout: Layout, row: int) -> str:
    """Address of a row's option cells."""
    return on(sheet, _range((row, row), (FIRST_OPTION, layout.after_options - 1)))


def _range(rows: tuple[int, int], columns: tuple[int, int]) -> str:
    first, last = a1(rows[0], columns[0]), a1(rows[1], columns[1])
    return first if first == last else f"{first}:{last}"


class _Precedents:
    """What formulas stand on: label and address of each name and factor, made once."""

    def __init__(self, entries: Entries, layout: Layout) -> None:
        self._entries = entries
        self._layout = layout
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, line: Line) -> list[tuple[str, str]]:
        """Label and address of everything that a line's formula refers to, each once."""
        found = {}
        for leaf in leaves(line.lowered):
            # A factor's name is no ledger name: it holds a slash.
            name = leaf.name if isinstance(leaf, Reference) else f"/{leaf.step.name}"
            if name not in self._known:
                self._known[name] = self._made(leaf)
            found[name] = self._known[name]
        return list(found.values())

    def _made(self, leaf: Reference | Factor) -> tuple[str, str]:
        layout = self._layout
        if isinstance(leaf, Factor):
            return leaf.step.label, on(CONSTANTS, a1(layout.factors[leaf.step], CONSTANT_COLUMN))
        label = self._entries[leaf.name].label
        row = layout.lines.get(leaf.name, layout.used.get(leaf.name))
        if row is None:
            return label, on(CONSTANTS, a1(layout.constants[leaf.name], CONSTANT_COLUMN))
        return label, on(CALC, a1(row, FIRST_OPTION))


def _put_comparison(sheet: Sheet, layout: Layout, rows: list[tuple[int, int, Any, Style]]) -> None:
    """Put the workbook's values and their distance from Python's."""
    down(sheet, EXCEL, FETCHED, {THERE.name: there(CALC, FIRST_OPTION)}, rows)
    addresses = {
        HERE.name: own(PYTHON),
        THERE.name: own(EXCEL),
        ALLOWED.name: on(CONSTANTS, fixed(layout.tolerance, CONSTANT_COLUMN)),
    }
    down(sheet, DIFFERENCE, DISTANCE, addresses, ((row, row, 0.0, style) for row, _, _, style in rows))


def _put_others(sheet: Sheet, others: Iterable[tuple[str, str, str]], heading: int, columns: int) -> None:
    """Put one row per kind of formula that is no line: where such formulas stand, and what they do."""
    frame.sections(sheet, {heading: text.OTHERS_MAPPED}, columns)
    for row, (kind, where, target) in enumerate(others, start=heading + 1):
        label, said = text.MAPPED[kind]
        sheet.link(row, WHERE, where, target, _LINK)
        sheet.text(row, LINE, label, frame.LABEL)
        sheet.text(row, WORDS, said, _WORDS)


def _others(entries: Entries, layout: Layout, lines: tuple[int, int]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, cells as shown, and where the link leads."""
    options = (FIRST_OPTION, layout.after_options - 1)
    status = (FIRST_OPTION, STATUS_COLUMN)
    strip = text.EVERY_SHEET.format(cells=_range((STRIP_ROW, STRIP_ROW), (0, STATUS_COLUMN)))
    yield "strip", strip, on(CHECKS, a1(INTEGRITY_ROW, STATUS_COLUMN))
    if layout.inputs:
        inputs = min(layout.inputs.values()), max(layout.inputs.values())
        yield _linked("factors", INPUTS, inputs, (layout.beside(FACTOR), layout.beside(FACTOR)))
        yield _linked("history", INPUTS, inputs, (layout.beside(AS_BUILT), layout.changed_now))
    if layout.used:
        yield _linked("used", CALC, (min(layout.used.values()), max(layout.used.values())), options)
    yield _linked("status", CHECKS, (INTEGRITY_ROW, STATIC_COUNT), status)
    rows = check_rows(entries, layout)
    for block, block_rows in _check_blocks(rows, options, layout.after_options):
        yield _linked(block, CHECKS, *block_rows)
    yield _linked("map", FORMULA_MAP, (HINT_ROW, lines[1]), (PYTHON, DIFFERENCE))


def _blocks(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Yield the same for the blocks of a sheet."""
    for kind, (rows, columns) in sheet.blocks.items():
        yield _linked(kind, sheet.name, (rows[0], rows[-1]), (columns[0], columns[-1]))


def _linked(kind: str, sheet: str, rows: tuple[int, int], columns: tuple[int, int]) -> tuple[str, str, str]:
    return kind, on(sheet, _range(rows, columns)), on(sheet, a1(rows[0], columns[0]))


def _check_blocks(
    rows: CheckRows, options: tuple[int, int], count: int
) -> Iterator[tuple[str, tuple[tuple[int, int], tuple[int, int]]]]:
    """Yield each block of Checks with the rows and columns that it takes."""
    starts = [*rows.titles.values(), rows.end + 1]
    for (block, title), following in zip(rows.titles.items(), starts[1:], strict=True):
        more = {"ranges": 1 + 2 * (options[1] - options[0] + 1), "inputs": UNIT_ALONE}
        last = count + more.get(block, 0)
        yield block, ((title + 1, following - 2), (options[0], last))
