"""The block of Checks in which the answer is taken apart, and its parts are added up again."""

from __future__ import annotations

from unitledger.expression import Expression, absolute, any_of, maximum, minimum, total, when
from unitledger.workbook.grid import frame
from unitledger.workbook.look.formats import number_format
from unitledger.workbook.parts import shown
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.checks.checking import COUNT, Checking


def breakdown_adds_up(checking: Checking) -> None:
    """One row per part of the answer, their sum, the largest of them, and whether they do not add up."""
    checks, cells, put, named = checking.checks, checking.cells, checking.put, checking.cells.named
    found = checks.layout.made_of
    assert found is not None, "the block is there only where the answer is made of parts"
    answer = checking.entries.lines[found.answer.name]
    style: Style = ("number", checking.pattern(answer.name))
    nothing: Expression | None = None
    if not found.is_total:
        size = checks.size_of_total

        def look(_: None, __: str) -> Style:
            return "number", number_format(answer.unit, [size.value(None, option) for option in checks.options])

        put(size, maximum(maximum(*found.parts), -minimum(*found.parts)), look, names=named)
        nothing = absolute(found.total) <= cells.tolerance * size
    parts = shown(checking.entries, found, checking.results)
    put(checks.parts.label, lambda place, _: parts[place][0], frame.LABEL)
    for place, (_, part) in enumerate(parts):
        share = part if nothing is None else found.answer * when(nothing, 0, part / found.total)
        put(checks.parts, share, style, rows=[place], names=named)
    added = checks.parts.down()
    put(checks.sum_of_parts, total(added), style)
    put(checks.largest_part, maximum(maximum(added), -minimum(added)), style)
    equal = absolute(found.answer - checks.sum_of_parts) <= cells.tolerance * checks.largest_part
    flag = when(equal if nothing is None else any_of(nothing, equal), 0, 1)
    put(checks.parts_unequal, flag, COUNT, names=named)
    put(checks.beside(checks.parts_unequal), total(checks.parts_unequal.across()), COUNT)
