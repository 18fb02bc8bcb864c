"""Where the ledger stands on the sheets: inputs, lines, constants and factors, as entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from unitledger.expression import TEXT, Expression, Factor, Kind, Operand, Reference
from unitledger.model import Choice, Entries, Words, is_along
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.layout import (
    AS_OF,
    CALC,
    CONSTANT_COLUMN,
    CONSTANTS,
    FACTOR,
    HEADING_ROW,
    HIGH,
    INPUTS,
    LOW,
    Layout,
)
from unitledger.workbook.look.formats import number_format
from unitledger.workbook.sheet import Sheet, Style
from unitledger.workbook.study import Results, figures_of


class Looks(dict[str, Style]):
    """How the figures of inputs and lines look, by name, settled when first asked; those of inputs show every digit.

    `results`: what they come to, by option, which may be worked out after this is made.
    """

    def __init__(self, entries: Entries, results: Results, currency_decimals: int | None) -> None:
        super().__init__()
        self._entries, self._results, self._currency_decimals = entries, results, currency_decimals

    def __missing__(self, name: str) -> Style:
        line, answer = self._entries.lines.get(name), self._entries.answer
        if answer is not None and name == answer.line:
            figures = figures_of(self._entries, name, self._results)
        else:
            figures = [known[name] for known in self._results.values()]
        if line is None:
            look = "used", number_format(unit_of(self._entries, name), figures, exact=True)
        else:
            money = self._currency_decimals
            look = "total" if line.parts else "number", number_format(line.unit, figures, money=money)
        self[name] = look
        return look


@attrs.frozen
class LedgerCells:
    """Entries by the names of the ledger, over its options.

    `grids`: the sheets on which the ledger stands, to be filled. `headings`: names of options as typed on Inputs, and
    `options`: as Calc and all other sheets call them, which is a text whatever is typed. `figures`: inputs used and
    lines, on Calc, `parts`: beneath them those of the answer by their place, `rest`: what they leave of it, by the
    answer; `given`: what is typed on Inputs, and `low`, `high`, `as_of`, `factor` beside it; `own_low`, `own_high`:
    beneath it, by input and option, the range of the figure of an option. On Constants `constants`, by name and by the
    step of a factor; `words`: the list of each choice; `units`: the factors of the units to type instead of one, by its
    spelling; `tolerance`, `percent`.
    `currency_decimals`: see `Style`. `looks`: how the figures of inputs and lines look.
    `along`: what a formula that looks along periods refers to in an option.
    """

    grids: Mapping[str, Grid]
    headings: Entry
    options: Entry
    figures: Entry
    parts: Entry
    rest: Entry
    given: Entry
    low: Entry
    high: Entry
    as_of: Entry
    factor: Entry
    own_low: Entry
    own_high: Entry
    constants: Entry
    words: Mapping[str, Entry]
    units: Mapping[str, Entry]
    tolerance: Entry
    percent: Entry
    currency_decimals: int | None
    looks: Looks
    along: Callable[[Expression, str], Expression] | None = None

    def where(self, name: str, option: str) -> Operand:
        """Return the cell that holds an input, line or constant in an option, wherever the formula stands."""
        return self.figures[name].at(option) if self.figures.has(name) else self.constants[name]

    def by_option(self, tree: Expression, options: Iterable[str]) -> Iterator[tuple[list[str] | None, Expression]]:
        """Yield a formula with the options it is for: one for all (None), but where it looks along periods."""
        if self.along is None or not is_along(tree):
            yield None, tree
            return
        for option in options:
            yield [option], self.along(tree, option)

    def named(self, leaf: Reference | Factor) -> Entry:
        """Return the cell that a name or a factor of the ledger stands for."""
        key = leaf.step if isinstance(leaf, Factor) else leaf.name
        return self.figures[key] if self.figures.has(key) else self.constants[key]


def unit_of(entries: Entries, name: str) -> Unit:
    """Unit of the figures of an input or line; a choice is a plain number, the place of its word."""
    found = entries[name]
    return DIMENSIONLESS if isinstance(found, Choice | Words) else found.unit


def ledger_cells(entries: Entries, layout: Layout, results: Results) -> LedgerCells:
    """Return the entries of a ledger that is laid out.

    `results`: what inputs and lines come to, by option, which may be filled later.
    """
    columns = dict(zip(layout.options, layout.option_columns, strict=True))
    grids = {name: Grid(Sheet(name), columns) for name in (CALC, INPUTS, CONSTANTS)}
    calc, inputs, constants = grids.values()
    placed = layout.used | layout.lines
    kinds: dict[Any, Kind] = {name: unit_of(entries, name) for name in placed}
    typed = {name: TEXT if isinstance(entries.inputs[name], Choice) else kinds[name] for name in layout.inputs}
    held: dict[Any, int] = {**layout.constants, **layout.factors}
    of_constants: dict[Any, Kind] = {name: entries.constants[name].unit for name in layout.constants}
    of_constants |= {step: step.unit for step in layout.factors}

    answer: Kind = DIMENSIONLESS
    rest: dict[Any, int] = {}
    if layout.made_of is not None:
        answer, rest = layout.made_of.answer.kind, {layout.made_of.answer.name: layout.rest}

    def beside(column: int, kind: Any) -> Entry:
        return Entry(inputs, "", kind, layout.inputs, layout.beside(column))

    def listed(kind: Kind, rows: range) -> Entry:
        return Entry(constants, "", kind, dict(enumerate(rows)), CONSTANT_COLUMN)

    def own(column: int) -> Entry:
        return Entry(inputs, "", {key: typed[key[0]] for key in layout.own}, layout.own, layout.beside(column))

    def constant(row: int) -> Entry:
        return Entry(constants, "", DIMENSIONLESS, row, CONSTANT_COLUMN)

    return LedgerCells(
        grids=grids,
        headings=Entry(inputs, "options", TEXT, HEADING_ROW, columns),
        options=Entry(calc, "options", TEXT, HEADING_ROW, columns),
        figures=Entry(calc, "", kinds, placed, columns),
        parts=Entry(calc, "", answer, dict(enumerate(layout.parts)), columns),
        rest=Entry(calc, "", answer, rest, columns),
        given=Entry(inputs, "", typed, layout.inputs, columns),
        low=beside(LOW, typed),
        high=beside(HIGH, typed),
        as_of=beside(AS_OF, DIMENSIONLESS),
        factor=beside(FACTOR, DIMENSIONLESS),
        own_low=own(LOW),
        own_high=own(HIGH),
        constants=Entry(constants, "", of_constants, held, CONSTANT_COLUMN),
        words={
            name: listed(TEXT, range(layout.lists[name], layout.lists[name] + len(entry.words)))
            for name, entry in entries.choices.items()
        },
        units={spelling: listed(DIMENSIONLESS, rows) for spelling, rows in layout.units.items()},
        tolerance=constant(layout.tolerance),
        percent=constant(layout.percent),
        currency_decimals=layout.currency_decimals,
        looks=Looks(entries, results, layout.currency_decimals),
    )
