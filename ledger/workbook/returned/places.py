"""Where a ledger's rows lie in a workbook that people have worked on: found by names and labels, not by address."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from unitledger.expression import Area, Expression, Factor, Reference
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook import text
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.read import BLANK, Block, Book
from unitledger.workbook.cells.rows import MOST_CELLS, TO_LABEL, TO_UNIT, heading, headings_beside
from unitledger.workbook.layout import HEADINGS, Layout, input_name, unit_lists

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
    inputs: Block
    calc: Block
    constants: Block
    rows: dict[Key, int]
    factors: int | None
    _leaves: dict[tuple[str, int], Reference | Factor] = attrs.field(repr=False)

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
        """Return what an address, as written, stands for: a cell like `cell`, or all cells of a range."""
        if block is None or block.size > MOST_CELLS:
            return Reference(written, DIMENSIONLESS)
        cells = tuple(
            self.cell(block.sheet, row, column, option)
            for row in range(block.first_row, block.last_row + 1)
            for column in block.columns
        )
        if len(cells) == 1:
            return cells[0]
        return Area(tuple(cell if isinstance(cell, Reference) else Reference(written, DIMENSIONLESS) for cell in cells))


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
    rows |= _rows(book, constants, _labels_of_constants(entries, layout))
    leaves = _leaves(entries, layout, rows, (inputs, calc, constants))
    return Places(entries, inputs, calc, constants, rows, headings_beside(book, inputs).get(text.FACTOR), leaves)


def _labels_of_constants(entries: Entries, layout: Layout) -> list[tuple[Key, str]]:
    labels = [(("constant", name), entries.constants[name].label) for name in layout.constants]
    labels += [(("factor", name), label) for name, label in {step.name: step.label for step in layout.factors}.items()]
    labels.append((("tolerance", _TOLERANCE), text.TOLERANCE))
    for name in layout.lists:
        choice = entries.input(name)
        assert isinstance(choice, Choice)
        for place in range(1, len(choice.words) + 1):
            labels.append((("word", f"{name} {place}"), text.WORD.format(choice=choice.label, place=place)))
    for unit, listed in unit_lists(entries).items():
        labels += [
            (("unit", f"1 {other} in {unit}"), text.UNIT_IN.format(unit=unit, other=other)) for other, _ in listed
        ]
    own = [definition.word for definition in layout.definitions]
    return [*labels, *((("definition", name), text.OWN_UNIT.format(name=name)) for name in own)]


def _rows(book: Book, head: Block, wanted: Iterable[tuple[Key, str]]) -> dict[Key, int]:
    """Find rows by their labels; where a label is there twice (an input, then a line), the order decides."""
    column = head.first_column - TO_LABEL
    found: dict[str, list[int]] = {}
    for row, place in sorted(book.cells[head.sheet]):
        # A section's title has neither unit nor figure beside it.
        beside = (book.cell(head.sheet, row, column + step) for step in (TO_LABEL - TO_UNIT, TO_LABEL))
        if place == column and row > head.first_row and any(cell != BLANK for cell in beside):
            found.setdefault(str(book.cell(head.sheet, row, column).content), []).append(row)
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
