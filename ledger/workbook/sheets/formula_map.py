"""The sheet Formula map: one row per formula, with its words, its precedents as links, and Python's value beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from unitledger.expression import Expression, Factor, Reference, absolute, leaves, maximum, when, words
from unitledger.model import Entries
from unitledger.units import Unit
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.grid import Grid, Link, frame
from unitledger.workbook.layout import CHECKS, FIRST_ROW, FORMULA_MAP, HINT_ROW, INTEGRITY_ROW, STATUS_COLUMN, STRIP_ROW
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.look.formats import GENERAL, number_format, shown_width
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.sheets.checks import Checks
from unitledger.workbook.sheets.strip import put_freshness
from unitledger.workbook.study import Results

WHERE, LINE, WORDS, UNIT, PYTHON, EXCEL, DIFFERENCE, PRECEDENTS = range(8)

_LINK: Style = ("link", GENERAL)
_WIDTHS = {WHERE: 19, LINE: 28, WORDS: 58, UNIT: 18, DIFFERENCE: 11}
_FIGURE_WIDTH = 13
_PRECEDENT_WIDTHS = 14, 32


def formula_map_sheet(checks: Checks, results: Results, made: Mapping[str, Sheet]) -> Sheet:
    """Return the sheet; `made`: the others with formulas, which know what kinds of them they hold."""
    entries = checks.entries
    sheet = frame.begin(FORMULA_MAP, text.FORMULA_MAP_TITLE)
    precedents = _precedents(entries, checks.cells)
    most = max(map(len, precedents.values()))
    titles = [text.WHERE, text.LINE, text.IN_WORDS, text.UNIT]
    titles += [text.PYTHON_VALUE, text.EXCEL_VALUE, text.DIFFERENCE, text.STANDS_ON, *[""] * (most - 1)][: most + 1]
    frame.headings(sheet, titles, range(PYTHON, PRECEDENTS))
    sheet.freeze = (FIRST_ROW, LINE + 1)
    grid = Grid(sheet, {})
    rows = {name: row for row, name in enumerate(entries.lines, start=FIRST_ROW + 1)}
    end = FIRST_ROW + 1 + len(rows)
    frame.sections(sheet, {FIRST_ROW: text.LINES_MAPPED, end + 1: text.OTHERS_MAPPED}, len(titles))
    with grid.mapped("map", rows=range(HINT_ROW, end), columns=range(PYTHON, DIFFERENCE + 1)):
        _put_lines(grid, checks, results[entries.base], rows)
        put_freshness(grid, PYTHON, checks)
    for name, found in precedents.items():
        for column, link in enumerate(found, start=PRECEDENTS):
            sheet.link(rows[name], column, link.shown, link.address, _LINK)
    sheet.left.append(lambda: _put_others(sheet, {**made, FORMULA_MAP: sheet}, end + 2))
    base = results[entries.base]
    widest = max(shown_width([base[name] for name in rows], "#,##0"), _FIGURE_WIDTH)
    sheet.widths |= _WIDTHS | {PYTHON: widest, EXCEL: widest}
    for place in range(most):
        labels = (found[place].shown for found in precedents.values() if place < len(found))
        sheet.widths[PRECEDENTS + place] = frame.width(labels, *_PRECEDENT_WIDTHS)
    return sheet


def _put_lines(grid: Grid, checks: Checks, base: Mapping[str, float], rows: Mapping[str, int]) -> None:
    """Put each line: where it stands, in words, and the workbook's value beside Python's, with their distance."""
    entries, figures = checks.entries, checks.cells.figures
    units = {name: entries.lines[name].unit for name in rows}
    where, label, said, unit, python, excel, difference = (
        grid.entry("", units, rows, column) for column in range(WHERE, PRECEDENTS)
    )

    def look(name: str, _: None) -> Style:
        return "number", number_format(units[name], (base[name],))

    def link(name: str, _: None) -> Link:
        area = figures[name].area()
        return Link(area.address.replace("$", ""), figures[name], entries.base)

    grid.put(where, link, _LINK)
    grid.put(label, lambda name, _: entries[name].label, frame.LABEL)
    grid.put(said, lambda name, _: words(entries.lines[name].lowered, lambda each: entries[each].label), frame.REMARK)
    grid.put(unit, lambda name, _: units[name].spelling, frame.UNIT)
    grid.put(python, lambda name, _: base[name], lambda name, _: ("constant", look(name, None)[1]))
    grid.put(excel, figures.only(entries.base), look)
    # Two dates are days apart.
    apart_in = {name: Unit.parse("day") if unit.is_date else unit for name, unit in units.items()}
    one, other = python.of(apart_in), excel.of(apart_in)
    apart, size = one - other, maximum(absolute(one), absolute(other))
    distance = when(absolute(apart) <= checks.cells.tolerance * size, 0, apart)
    own = {name: ("number", number_format(apart_in[name], (base[name],))) for name in rows}
    grid.put(difference.of(apart_in), distance, lambda name, _: own[name])


def _precedents(entries: Entries, cells: LedgerCells) -> dict[str, list[Link]]:
    """Return for each line links to everything that its formula refers to, each once."""
    known: dict[str, Link] = {}

    def link(leaf: Reference | Factor) -> tuple[str, Link]:
        # A factor's name is no ledger name: it holds a slash.
        name = leaf.name if isinstance(leaf, Reference) else f"/{leaf.step.name}"
        if name not in known:
            entry = cells.named(leaf)
            label = entries[name].label if isinstance(leaf, Reference) else leaf.step.label
            known[name] = Link(label, entry, None if isinstance(entry.columns, int) else entries.base)
        return name, known[name]

    return {name: list(dict(map(link, _held(entries, line.lowered))).values()) for name, line in entries.lines.items()}


def _held(entries: Entries, formula: Expression) -> Iterator[Reference | Factor]:
    """Yield what a formula refers to outside of the sheets of periods."""
    for leaf in leaves(formula):
        if isinstance(leaf, Factor) or leaf.name.partition("@")[0] not in (*entries.rows, *entries.columns):
            yield leaf


def _put_others(sheet: Sheet, made: Mapping[str, Sheet], first: int) -> None:
    """Put one row per kind of formulas that are no lines: where they stand, and what they do."""
    for row, (kind, where, target) in enumerate(_others(made), start=first):
        label, said = text.MAPPED[kind]
        sheet.link(row, WHERE, where, target, _LINK)
        sheet.text(row, LINE, label, frame.LABEL)
        sheet.text(row, WORDS, said, frame.REMARK)


def _others(made: Mapping[str, Sheet]) -> Iterator[tuple[str, str, str]]:
    """Yield each kind of formulas that are no lines: what they are, their cells as shown, and where the link leads."""
    strip = text.EVERY_SHEET.format(cells=f"{a1(STRIP_ROW, 0)}:{a1(STRIP_ROW, STATUS_COLUMN)}")
    yield "strip", strip, on(CHECKS, a1(INTEGRITY_ROW, STATUS_COLUMN))
    for name, sheet in made.items():
        for kind, (rows, columns) in sheet.blocks.items():
            first, last = a1(rows[0], columns[0]), a1(rows[-1], columns[-1])
            yield kind, on(name, first if first == last else f"{first}:{last}"), on(name, first)
