"""The block of Calc in which the answer is taken apart: its parts, and what they leave of it."""

from __future__ import annotations

from unitledger.expression import Expression, Operand, absolute, maximum, minimum, total, when, words
from unitledger.model import Entries
from unitledger.workbook import text
from unitledger.workbook.layout import CALC, Layout
from unitledger.workbook.ledger_cells import LedgerCells
from unitledger.workbook.parts import shown
from unitledger.workbook.sheet import Style
from unitledger.workbook.study import Results


def put_parts(entries: Entries, layout: Layout, cells: LedgerCells, results: Results, style: Style) -> dict[int, str]:
    """Put a row for each part of the answer, and beneath them what they leave of it, which is to be 0.

    A total that is nothing beside its largest part has no shares. Return by row how each is computed in words.
    """
    found, grid, parts, rest = layout.made_of, cells.grids[CALC], cells.parts, cells.rest
    assert found is not None, "the block is there only where the answer is made of parts"
    line, said = entries.lines[found.answer.name], {layout.rest: text.REST_WORDS}
    nothing = None if found.is_total else _is_nothing(cells, found.total, *found.parts)
    for place, (label, part) in enumerate(shown(entries, found, results)):
        share = part if nothing is None else found.answer * when(nothing, 0, part / found.total)
        for option, seen in cells.by_option(share, entries.options):
            grid.put(parts, seen, style, rows=[place], columns=option, names=cells.named)
        row, _ = parts.place(place, entries.base)
        grid.head(row, text.PART + label, line.unit.spelling)
        plain = part if nothing is None else found.answer * (part / found.total)
        said[row] = words(plain, lambda name: entries[name].label)
    added = total(parts.down())
    left: Expression = when(_is_nothing(cells, found.answer - added, parts.down()), 0, found.answer - added)
    left = left if nothing is None else when(nothing, added, left)
    for option, seen in cells.by_option(left, entries.options):
        grid.put(rest, seen, style, columns=option, names=cells.named)
    grid.head(layout.rest, text.REST.format(answer=line.label), line.unit.spelling)
    return said


def _is_nothing(cells: LedgerCells, figure: Operand, *sizes: Operand) -> Expression:
    """Whether a figure is nothing beside the largest of others."""
    return absolute(figure) <= cells.tolerance * maximum(maximum(*sizes), -minimum(*sizes))
