"""Where the rows of a timeline stand: on Timeline, and on the sheet of each option."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from unitledger.expression import Along, Apply, Expression, Factor, Operand, Reference, Span, references
from unitledger.model import AxisInput, AxisLine, Balance, Entries
from unitledger.model.entry.axis import Timeline
from unitledger.model.entry.over import Ruler
from unitledger.units import Unit
from unitledger.workbook import text
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import FIRST_ROW, HEADING_ROW, TIMELINE
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.sheet import Sheet
from unitledger.workbook.sheets.months import said

TOTAL_COLUMN, OPENING_COLUMN, FIRST_PERIOD = 2, 3, 4
TO_PERIODS = FIRST_PERIOD - TOTAL_COLUMN
"""So far to the right of the first heading that has a name the periods begin."""
RULER_SHOWN = ("index", "start", "end", "fiscal_year")
"""What Timeline says of the periods of every ledger; the rest, and all on Months, only where a formula needs it."""
_REFUSED = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 31


@attrs.frozen
class Rows:
    """The rows of one sheet: `figures` by period, `opening` and `total` beside them.

    `headings`: titles by row, `sections`: by key. `figures` has a row for each name, and for a balance one for its
    opening and one for each of its flows.
    """

    grid: Grid
    figures: Entry
    opening: Entry
    total: Entry
    headings: Mapping[int, str]
    sections: Mapping[Key, str]


@attrs.frozen
class Months:
    """The sheets of a timeline: `timeline`, with the ruler and the inputs by period, and one for each option.

    `patterns`: number formats of rows, alike in every option, by name and whether they are exact; as far as known.
    """

    axis: Timeline
    cells: LedgerCells
    timeline: Rows
    options: Mapping[str, Rows]
    patterns: dict[tuple[str, bool], str] = attrs.field(factory=dict, init=False, repr=False)

    def seen(self, tree: Expression, option: str) -> Expression:
        """Return a formula in which what it looks at along periods, or in one of them, is cells of an option."""
        match tree:
            case Along(Reference(name)) if not self.options[option].figures.has(name):
                assert self.cells.along is not None, "what is of no period is of a table"
                return self.cells.along(tree, option)
            case Along(Reference(name), span):
                row = self.options[option].figures[name]
                if span is Span.BEFORE:
                    return row.before
                return row.across(self.axis.labels, to_own=span is Span.SO_FAR).expression
            case Reference(name) if "@" in name:
                held, _, period = name.partition("@")
                return self.options[option].figures[held].at(period)
            case Apply(function, arguments):
                return Apply(function, tuple(self.seen(argument, option) for argument in arguments))
        return tree

    def named(self, option: str, leaf: Reference | Factor) -> Operand:
        """Return the cell that a name or a factor stands for in a formula on the sheet of an option."""
        if isinstance(leaf, Factor):
            return self.cells.named(leaf)
        rows = self.options[option].figures
        return rows[leaf.name] if rows.has(leaf.name) else self.cells.where(leaf.name, option)


def months(entries: Entries, cells: LedgerCells) -> Months | None:
    """Return where the rows of a ledger's timeline stand; None where it has none."""
    if entries.time is None:
        return None
    shown, needed = _ruler_shown(entries)
    lines = {name: row for name, row in entries.rows.items() if not isinstance(row, Ruler)}
    typed: dict[Key, str] = dict.fromkeys(shown, said.PERIODS)
    kept: dict[Key, str] = dict.fromkeys(needed, said.PERIODS)
    for name, row in lines.items():
        if isinstance(row, AxisInput):
            typed[name] = row.section
            typed |= {(name, option): row.section for option in entries.options if owns(entries, name, option)}
        if isinstance(row, Balance) and row.flows is not None:
            kept[name, said.OPENING_ROW] = row.section
            kept |= {(name, flow.name): row.section for flow in (*row.flows[0], *row.flows[1])}
        kept[name] = row.section
    names = sheet_names(entries)
    options = {option: placed_rows(entries, names[option], kept) for option in entries.options}
    return Months(entries.time, cells, placed_rows(entries, TIMELINE, typed), options)


def label_of(entries: Entries, key: Key) -> str:
    """Return the label of a row, as `Rows.figures` names it."""
    if isinstance(key, str):
        return entries.rows[key].label
    name, of = key
    held = entries.rows[name]
    if of == said.OPENING_ROW:
        return said.OPENING_OF.format(label=held.label)
    if not isinstance(held, Balance):
        return f"{said.IN_OPTION}{of}"
    assert held.flows is not None
    called = said.PLUS if any(flow.name == of for flow in held.flows[0]) else said.LESS
    label = entries.rows[of].label
    return called.format(label=label[:1].lower() + label[1:])


def unit_of(entries: Entries, key: Key) -> Unit:
    """Return the unit of a row, as `Rows.figures` names it; what flows into a balance has its own."""
    if isinstance(key, str):
        return entries.rows[key].unit
    name, of = key
    held = entries.rows[name]
    return entries.rows[of].unit if isinstance(held, Balance) and of != said.OPENING_ROW else held.unit


def total_of(entries: Entries, key: Key) -> Expression | None:
    """Return what all periods of a row come to, over the ledger; None where nothing stands there."""
    row = entries.rows[key] if isinstance(key, str) else None
    if not isinstance(row, AxisLine | AxisInput):
        return None
    return row.sum() if row.total == "sum" else row.closing() if row.total == "closing" else None


def opening_of(entries: Entries, key: Key) -> Expression | None:
    """Return what stands before the first period of a row; None where nothing does."""
    row = entries.rows[key] if isinstance(key, str) else None
    return row.initial if isinstance(row, AxisLine) else None


def owns(entries: Entries, name: str, option: str) -> bool:
    """Whether an option sets an input by period otherwise than the base option, in one period at least."""
    return any(setting.partition("@")[0] == name for setting in entries.options[option].settings)


def sheet_names(entries: Entries) -> dict[str, str]:
    """Return the name of each option's sheet, legal and of its own."""
    found: dict[str, str] = {}
    for number, option in enumerate(entries.options, start=1):
        name = f"Months {_REFUSED.sub(' ', option).strip()}"[:_LONGEST].strip()
        taken = {each.casefold() for each in found.values()}
        found[option] = f"Months {number}" if name.casefold() in taken or name == "Months" else name
    return {entries.base: "Months"} if len(found) == 1 else found


def _ruler_shown(entries: Entries) -> tuple[list[str], list[str]]:
    """Return what is said of the periods, and what of that formulas need."""
    formulas = [line.lowered for line in entries.lines.values()]
    formulas += [row.lowered for row in entries.rows.values() if hasattr(row, "lowered")]
    used = {name for formula in formulas for name in references(formula)}
    wanted = {f"timeline.{name}" for name in RULER_SHOWN} | used
    rulers = [name for name, row in entries.rows.items() if isinstance(row, Ruler) and name in wanted]
    return rulers, [name for name in rulers if name in used]


def placed_rows(entries: Entries, name: str, sections: Mapping[Key, str]) -> Rows:
    """Give each key a row of a sheet, under the title of its section."""
    axis = entries.time
    assert axis is not None
    columns = {label: FIRST_PERIOD + place for place, label in enumerate(axis.labels)}
    grid = Grid(Sheet(name), columns, HEADING_ROW)
    rows, headings, current, row = {}, {}, "", FIRST_ROW
    for key, section in sections.items():
        if section != current:
            current = section
            headings[row] = section or text.LINES
            row += 1
        rows[key] = row
        row += 1
    kinds = {key: unit_of(entries, key) for key in sections}
    figures = grid.entry("", kinds, rows, columns)
    opening, total = (attrs.evolve(figures, columns=column) for column in (OPENING_COLUMN, TOTAL_COLUMN))
    return Rows(grid, figures, opening, total, headings, sections)
