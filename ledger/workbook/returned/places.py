"""Where a ledger's rows lie in a workbook that people have worked on: found by names and labels, not by address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from unitledger.compute import TOLERANCE
from unitledger.expression import Area, Expression, Factor, Reference, references, renamed
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook import text
from unitledger.workbook.address import a1, letters, on
from unitledger.workbook.cells.formula import MOST_CELLS
from unitledger.workbook.cells.read import BLANK, Block, Book
from unitledger.workbook.cells.rows import heading, headings_beside, rows_below
from unitledger.workbook.layout import (
    CALC,
    CONSTANTS,
    FACTOR,
    FIRST_OPTION,
    HEADINGS,
    INPUTS,
    Layout,
    input_name,
    unit_lists,
)

# Stands for the column letters in a formula that is written along its row.
_HERE = "\0"
_TOLERANCE = "tolerance of checks"

_TOLERANCE = "tolerance of checks"

Key = tuple[str, str]


@attrs.frozen
class Places:
    """Rows, counted from 0, of what could be found.

    `inputs`, `calc`, `constants`: the headings above the figures of each sheet. `rows`: by kind and name; kinds are
    "used" and "line" on Calc; "constant", "factor", "tolerance", "word" (`name 1`), "unit" (`1 W in kW`) and
    "definition" on Constants; "input" on Inputs. `factors`: the column on Inputs of the factors of units, None where
    it is gone.
    """

    entries: Entries
    layout: Layout
    inputs: Block
    calc: Block
    constants: Block
    rows: dict[Key, int]
    factors: int | None
    _leaves: dict[tuple[str, int], Reference | Factor] = attrs.field(repr=False)
    _written: dict[tuple[str, int], Key] = attrs.field(repr=False)

    def label(self, name: str) -> str:
        """Return the label of a ledger name; what is no such name is a text already."""
        return self.entries[name].label if name in self.entries else name

    def cell(self, sheet: str, row: int, column: int, option: int) -> Reference | Factor:
        """Return what a cell stands for in a formula of Calc, in the column of an option, by its place."""
        found = self._leaves.get((sheet, row))
        options = tuple(self.entries.options)
        heads = {self.calc.sheet: self.calc, self.inputs.sheet: self.inputs, self.constants.sheet: self.constants}
        if sheet == self.inputs.sheet and column == self.factors and isinstance(found, Reference):
            return Reference(f"factor of the unit of {found.name}", DIMENSIONLESS)
        if found is None or column not in (columns := heads[sheet].columns):
            return Reference(on(sheet, a1(row, column)), DIMENSIONLESS)
        if isinstance(found, Factor) or sheet == self.constants.sheet or column == columns[option]:
            return found
        return Reference(f"{self.label(found.name)} of {options[column - columns.start]}", found.kind)

    def leaf(self, block: Block | None, written: str, option: int) -> Expression:
        """Return what an address or name, as written, stands for: a cell like `cell`, or all cells of a range."""
        # A name of several cells is told as it is.
        if block is None or block.size > MOST_CELLS or (block.size > 1 and ":" not in written):
            return Reference(written, DIMENSIONLESS)
        cells = tuple(self.cell(*place, option) for place in block.places())
        if len(cells) == 1:
            return cells[0]
        return Area(tuple(cell if isinstance(cell, Reference) else Reference(written, DIMENSIONLESS) for cell in cells))

    def as_built(self, tree: Expression, option: int) -> Expression:
        """Return what a tree over addresses in a workbook as it is written stands for in this one."""
        column = letters(FIRST_OPTION + option)
        return renamed(tree, {name: self._moved(name.replace(_HERE, column), option) for name in references(tree)})

    def _moved(self, address: str, option: int) -> Expression:
        block = Block.written(address, CALC)
        assert block is not None, "the writer names cells by their addresses"
        head = self.inputs if block.sheet == INPUTS else self.constants
        first, last = (self.rows.get(self._written[block.sheet, row], 0) for row in (block.rows[0], block.rows[-1]))
        column = head.first_column + block.first_column - FIRST_OPTION
        if block.sheet == INPUTS and block.first_column == self.layout.beside(FACTOR):
            column = self.factors if self.factors is not None else column
        return self.leaf(Block(head.sheet, min(first, last), column, max(first, last), column), ":", option)


def find_places(entries: Entries, layout: Layout, book: Book) -> Places:
    """Find sheets by defined names, rows by label. Raises WorkbookRefused when the file is no workbook of a ledger."""
    inputs, calc, constants = (heading(book, name) for name in HEADINGS)
    rows: dict[Key, int] = {}
    for name in layout.inputs:
        block = book.names.get(input_name(name).casefold())
        if block is not None and block.sheet == inputs.sheet:
            rows["input", name] = block.first_row
    used = [(("used", name), entries.inputs[name].label) for name in layout.inputs]
    lines = [(("line", name), line.label) for name, line in entries.lines.items()]
    rows |= _rows(book, calc, [*used, *lines])
    rows |= _rows(book, constants, [(key, label) for key, label, _ in on_constants(entries, layout)])
    leaves = _leaves(entries, layout, rows, (inputs, calc, constants))
    factors = headings_beside(book, inputs).get(text.FACTOR)
    return Places(entries, layout, inputs, calc, constants, rows, factors, leaves, _as_written(entries, layout))


def on_constants(entries: Entries, layout: Layout) -> Iterator[tuple[Key, str, float | str]]:
    """Yield the rows of Constants: key, label, and what stands there."""
    for name in layout.constants:
        yield ("constant", name), entries.constants[name].label, entries.constants[name].magnitude
    for step in {step.name: step for step in layout.factors}.values():
        yield ("factor", step.name), step.label, float(step.value)
    yield ("tolerance", _TOLERANCE), text.TOLERANCE, TOLERANCE
    for name in layout.lists:
        choice = entries.input(name)
        assert isinstance(choice, Choice)
        for place, word in enumerate(choice.words, start=1):
            yield ("word", f"{name} {place}"), text.WORD.format(choice=choice.label, place=place), word
    for unit, listed in unit_lists(entries).items():
        for other, factor in listed:
            yield ("unit", f"1 {other} in {unit}"), text.UNIT_IN.format(unit=unit, other=other), factor
    for definition in layout.definitions:
        yield ("definition", definition.word), text.OWN_UNIT.format(name=definition.word), definition.line


def _as_written(entries: Entries, layout: Layout) -> dict[tuple[str, int], Key]:
    """Return what stands in the rows that the writer's formulas for inputs refer to."""
    written: dict[tuple[str, int], Key] = {(INPUTS, row): ("input", name) for name, row in layout.inputs.items()}
    for name, first in layout.lists.items():
        choice = entries.input(name)
        assert isinstance(choice, Choice)
        written |= {(CONSTANTS, first + place): ("word", f"{name} {place + 1}") for place in range(len(choice.words))}
    for unit, listed in unit_lists(entries).items():
        named = zip(layout.units[unit], listed, strict=True)
        written |= {(CONSTANTS, row): ("unit", f"1 {other} in {unit}") for row, (other, _) in named}
    return written


def _rows(book: Book, head: Block, wanted: Iterable[tuple[Key, str]]) -> dict[Key, int]:
    """Find rows by their labels; where a label is there twice (an input, then a line), the order decides."""
    found: dict[str, list[int]] = {}
    for number, row in rows_below(book, head).items():
        # A section's title has neither unit nor figure beside it.
        if row.label != BLANK and (row.unit != BLANK or row.cell(head.first_column) != BLANK):
            found.setdefault(str(row.label.content), []).append(number)
    return {key: found[label].pop(0) for key, label in wanted if found.get(label)}


def _leaves(
    entries: Entries, layout: Layout, rows: dict[Key, int], heads: tuple[Block, Block, Block]
) -> dict[tuple[str, int], Reference | Factor]:
    """Return what stands in a row of a sheet, as formulas on Calc refer to it."""
    inputs, calc, constants = (head.sheet for head in heads)
    steps = {step.name: step for step in layout.factors}
    leaves: dict[tuple[str, int], Reference | Factor] = {}
    for (kind, name), row in rows.items():
        match kind:
            case "input":
                leaves[inputs, row] = Reference(f"{entries.inputs[name].label} on {inputs}", DIMENSIONLESS)
            case "used" | "line":
                found = entries[name]
                unit = found.unit if not isinstance(found, Choice) else DIMENSIONLESS
                leaves[calc, row] = Reference(name, unit)
            case "constant":
                leaves[constants, row] = Reference(name, entries.constants[name].unit)
            case "factor":
                leaves[constants, row] = Factor(steps[name])
            case _:
                leaves[constants, row] = Reference(f"{name} on {constants}", DIMENSIONLESS)
    return leaves


def stated_unit(entries: Entries, name: str) -> Unit:
    """Return the unit that the row of an input or line on Calc states."""
    found = entries[name]
    return DIMENSIONLESS if isinstance(found, Choice) else found.unit
