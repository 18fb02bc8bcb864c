"""Body of the sheet Scenarios: inputs, lines and differences of options, one formula per row over all columns."""

from __future__ import annotations

from unitledger.compute.cancellation import LOST, cancelled
from unitledger.expression import (
    Factor,
    Operand,
    Reference,
    absolute,
    all_of,
    apply,
    different,
    equal,
    maximum,
    minimum,
    total,
    when,
)
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.expression.table.statistics import INDEX, MATCH, SUMPRODUCT
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL, number_format
from unitledger.workbook.sheet import Style
from unitledger.workbook.sheets.scenarios.cases import Case
from unitledger.workbook.sheets.scenarios.varying import COUNT, FIXED_COUNT, PLAIN, Varying

_CONSTANT: Style = ("constant", GENERAL)
_WORD: Style = ("constant_word", GENERAL)


def body(varying: Varying) -> None:
    """Put inputs, other names and lines, and how many cells of the base block are off Calc."""
    rows, cells, put, mapped = varying.rows, varying.cells, varying.grid.put, varying.grid.mapped
    for name in varying.study.listed:
        own, kind = cells.figures[name], unit_of(varying.entries, name)
        set_or_used = when(
            equal(rows.varied, rows.inputs.label), rows.set_to.of(kind), apply(INDEX, own.across(), rows.number)
        )
        with mapped("scenario_inputs"):
            put(rows.inputs, set_or_used, _look(varying, name, "used"), rows=[name])
    for name in varying.study.others:
        in_option = apply(INDEX, cells.figures[name].across(), rows.number)
        with mapped("scenario_others"):
            put(rows.others, in_option, _look(varying, name, "used"), rows=[name])
    placed = varying.rows.placed

    def named(leaf: Reference | Factor) -> Operand:
        if isinstance(leaf, Reference) and leaf.name in placed:
            return placed[leaf.name]
        return cells.named(leaf)

    for name in varying.study.lines:
        lowered, values = varying.entries.lines[name].lowered, varying.values[name]
        with mapped("scenario_lines"):
            put(rows.lines, lowered, _look(varying, name), rows=[name], values=values, names=named, line=name)
    for entry in (rows.inputs, rows.others, rows.lines):
        off = apply(SUMPRODUCT, 1 * different(cells.figures.across(), entry.across(varying.cases.base)))
        with mapped("off"):
            put(varying.off(entry), off, COUNT)


def _look(varying: Varying, name: str, look: str = "number") -> Style:
    """Return a style whose format suits all values of a row."""
    return look, number_format(unit_of(varying.entries, name), varying.values[name])


def break_even(varying: Varying) -> None:
    """Put the difference of the two options in each column, and in which interval its sign changes first."""
    rows, cases, put = varying.rows, varying.cases, varying.grid.put
    one, other, allowed = rows.answer, rows.answer.right(cases.to_other), varying.cells.tolerance
    apart = when(absolute(one - other) <= allowed * maximum(absolute(one), absolute(other)), 0, one - other)
    put(rows.difference, apart, PLAIN, columns=[*cases.points, *cases.steps])
    here, after = rows.difference, rows.difference.right(1)
    between = cases.points[:-1]
    changes = all_of(minimum(here, after) <= 0, maximum(here, after) >= 0, different(here, after))
    put(rows.changes, when(changes, 1, 0), COUNT, columns=between)
    flags = rows.changes.across(between)
    put(rows.found, when(total(flags) > 0, 1, 0), COUNT)
    put(rows.interval, when(equal(rows.found, 1), apply(MATCH, 1, flags), 1), COUNT)


def when_built(varying: Varying) -> None:
    """Put what the varied columns held when built, and 1 where one that evaluates the same has another answer."""
    rows, varied, put = varying.rows, varying.cases.varied, varying.grid.put
    labels = {name: entry.label for name, entry in varying.entries.inputs.items()}
    sizes = _sizes(varying)

    def number(_: None, case: Case) -> float:
        return varying.cases.base.index(varying.column(case).option) + 1.0

    # An empty text that is typed, programs take for different things.
    put(rows.built_number, number, FIXED_COUNT, columns=varied)
    put(rows.built_varied, lambda _, case: labels.get(varying.column(case).varied), _WORD, columns=varied)
    put(rows.built_set_to, lambda _, case: varying.column(case).set_to, _CONSTANT, columns=varied)
    put(rows.built_answer, lambda _, case: varying.value(varying.study.answer, case), _CONSTANT, columns=varied)
    put(rows.built_size, lambda _, case: sizes[varying.place(case)], _CONSTANT, columns=varied)
    # What a reader chose may lead to an error, which is no number; then nothing is compared.
    allowed = varying.cells.tolerance
    near = absolute(rows.set_to - rows.built_set_to) <= allowed * absolute(rows.built_set_to)
    same = near * equal(rows.number, rows.built_number) * equal(rows.varied, rows.built_varied)
    put(rows.same, when(apply(ISNUMBER, rows.set_to), same, 0), COUNT, columns=varied)
    beyond = absolute(rows.answer - rows.built_answer) > allowed * rows.built_size
    put(rows.differs, when(equal(rows.same, 1), 1 * beyond, 0), COUNT, columns=varied)


def _sizes(varying: Varying) -> list[float]:
    """Return what a distance from the answer of each column is measured by: it, or what was added up for it."""
    known, answer = varying.values, varying.study.answer
    answers = [abs(found) for found in known[answer]]
    lost = max(cancelled(varying.entries, values).get(answer, 0.0) for values in varying.results.values())
    small = LOST * max(answers)
    for place, size in enumerate(answers):
        if size < small:
            own = varying.results[varying.columns[place].option]
            column = {**own, **{name: found[place] for name, found in known.items()}}
            answers[place] = cancelled(varying.entries, column, varying.study.lines).get(answer, size)
    return [max(size, lost) for size in answers]
