"""Comparing the calculations of a workbook with those of its ledger: formulas, units, constants."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import attrs

from unitledger.compute import TOLERANCE
from unitledger.errors import FormulaError, UnitMismatch
from unitledger.expression import (
    Apply,
    Area,
    Expression,
    Factor,
    Function,
    Number,
    Reference,
    Text,
    excel,
    folded,
    leaves,
    lower,
    parse,
    renamed,
    words,
)
from unitledger.expression.digits import canonical
from unitledger.expression.readers.excel import converted_once
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, compatible_units
from unitledger.workbook.address import a1, fixed, letters, on
from unitledger.workbook.cells.read import Block, Book, Cell
from unitledger.workbook.cells.rows import TO_UNIT
from unitledger.workbook.layout import CONSTANT_COLUMN, CONSTANTS, FIRST_OPTION, INPUTS, Layout, unit_lists
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.places import Key, Places, stated_unit
from unitledger.workbook.sheet import here
from unitledger.workbook.sheets.calc import factor_address, used_formula
from unitledger.workbook.sheets.input_units import FACTOR, FACTORS, LISTED, UNIT

_GONE = "its row is not there: it was deleted, or its label changed"
# Stands for the column letters in a formula that is printed once and compared along its row.
_HERE = "\0"


def read_calculations(entries: Entries, layout: Layout, places: Places, book: Book) -> tuple[Calculation, ...]:
    """Compare every row of Calc and every figure of Constants; what is equal in meaning is not reported.

    Where a sheet has more or fewer options than the ledger, Calc is not compared row by row.
    """
    reader = _Reader(entries, layout, places, book)
    if not len(places.inputs.columns) == len(places.calc.columns) == len(entries.options):
        return tuple(reader.constants())
    found = [found for name in layout.inputs for found in reader.row(("used", name))]
    found += [found for name in entries.lines for found in reader.row(("line", name))]
    return (*found, *reader.constants())


@attrs.frozen
class _Reader:
    entries: Entries
    layout: Layout
    places: Places
    book: Book

    def row(self, key: Key) -> Iterator[Calculation]:
        """Compare the unit and the formulas of a row of Calc; options that share a change share an entry."""
        kind, name = key
        if kind == "used" and ("input", name) not in self.places.rows:
            return  # the input itself is reported already
        if kind == "used":
            yield from self._factor(name)
        options = tuple(self.entries.options)
        calc = self.places.calc
        row = self.places.rows.get(key)
        if row is None:
            yield Calculation(name, options, calc.sheet, self._said(self._expected(key, 0)), _GONE)
            return
        unit = stated_unit(self.entries, name)
        place = calc.first_column - TO_UNIT
        stated = self.book.cell(calc.sheet, row, place)
        if stated != Cell("text", unit.spelling):
            yield Calculation(
                name,
                options,
                on(calc.sheet, a1(row, place)),
                f"unit {unit.spelling}",
                f"unit {stated.content or 'empty'}",
            )
        printed = self._printed(key)
        changed: dict[str, list[tuple[str, str]]] = {}
        for position, column in enumerate(calc.columns):
            cell = self.book.cell(calc.sheet, row, column)
            if printed and cell.content == printed.replace(_HERE, letters(column)):
                continue
            now = self._difference(key, cell, position)
            if now is not None:
                changed.setdefault(now, []).append((options[position], on(calc.sheet, a1(row, column))))
        for now, where in changed.items():
            new, _, note = now.partition(_HERE)
            shared = tuple(option for option, _ in where)
            yield Calculation(name, shared, where[0][1], self._said(self._expected(key, 0)), new, note)

    def constants(self) -> Iterator[Calculation]:
        """Compare the cells of Constants: named constants, conversion factors, the tolerance, words, units."""
        expected: dict[Key, float | str] = {
            ("constant", name): constant.magnitude for name, constant in self.entries.constants.items()
        }
        expected |= {("factor", step.name): float(step.value) for step in self.layout.factors}
        expected["tolerance", "tolerance of checks"] = TOLERANCE
        for name in self.layout.lists:
            choice = self.entries.input(name)
            assert isinstance(choice, Choice)
            expected |= {("word", f"{name} {place}"): word for place, word in enumerate(choice.words, start=1)}
        for unit, listed in unit_lists(self.entries).items():
            expected |= {("unit", f"1 {other} in {unit}"): factor for other, factor in listed}
        expected |= {("definition", unit.word): unit.line for unit in self.layout.definitions}
        head = self.places.constants
        for key, wanted in expected.items():
            row = self.places.rows.get(key)
            if row is None:
                yield Calculation(key[1], (), head.sheet, _number(wanted), _GONE)
                continue
            cell = self.book.cell(head.sheet, row, head.first_column)
            held = canonical(float(cell.content)) if cell.held == "number" else cell.content
            if held != (canonical(wanted) if isinstance(wanted, float) else wanted):
                shown = (
                    _number(held) if cell.held in ("number", "text") else cell.content or "nothing: the cell is empty"
                )
                yield Calculation(key[1], (), on(head.sheet, a1(row, head.first_column)), _number(wanted), shown)

    def _factor(self, name: str) -> Iterator[Calculation]:
        """Compare the factor on Inputs of an input's unit with the formula that looks it up on Constants."""
        places, target = self.places, self.entries.input(name)
        if isinstance(target, Choice) or places.factors is None:
            return  # without the factors every formula that uses them is reported
        own = target.unit.spelling
        found = [
            places.rows.get(("unit", f"1 {other} in {own}"))
            for other, _ in compatible_units(target.unit, self.entries.calendar)
        ]
        rows = [row for row in found if row is not None]
        sheet, row = places.inputs.sheet, places.rows["input", name]
        unit, factor = places.inputs.first_column - TO_UNIT, places.factors
        head = places.constants
        columns = {LISTED.name: head.first_column - TO_UNIT, FACTORS.name: head.first_column}
        if len(rows) == len(found):
            names = {
                list_: places.leaf(Block(head.sheet, min(rows), column, max(rows), column), "", 0)
                for list_, column in columns.items()
            }
            names[UNIT.name] = places.cell(sheet, row, unit, 0)
            expected = renamed(FACTOR, names)
            cell = self.book.cell(sheet, row, factor)
            now = _typed(cell) if cell.held != "formula" else self._other(cell.content, expected, sheet)
            if now is not None:
                options = tuple(self.entries.options)
                yield Calculation(name, options, on(sheet, a1(row, factor)), self._said(expected), now)

    def _other(self, formula: str, expected: Expression, home: str) -> str | None:
        """Return what a formula on the sheet `home` computes in words, None where it is what is expected."""
        try:
            tree = parse(formula, lambda written: self.places.leaf(Block.written(written, home), written, 0))
        except FormulaError as broken:
            return f"{formula}: {broken}"
        return None if _alike(tree) == _alike(expected) else self._said(tree)

    def _printed(self, key: Key) -> str:
        """Return the formula as it must stand in a row of lines, "" where something that it needs was not found."""
        kind, name = key
        if kind != "line":
            return ""
        try:
            return excel(self.entries.lines[name].lowered, self._address)
        except KeyError:
            return ""

    def _address(self, leaf: Reference | Factor) -> str:
        rows = self.places.rows
        constants = self.places.constants
        if isinstance(leaf, Factor):
            return on(constants.sheet, fixed(rows["factor", leaf.step.name], constants.first_column))
        if leaf.name in self.entries.constants:
            return on(constants.sheet, fixed(rows["constant", leaf.name], constants.first_column))
        kind = "used" if leaf.name in self.entries.inputs else "line"
        return f"{_HERE}{rows[kind, leaf.name] + 1}"

    def _difference(self, key: Key, cell: Cell, option: int) -> str | None:
        """Return what a cell computes now in words, a mark, and what is wrong with it; None where nothing differs."""
        if cell.held != "formula":
            return _typed(cell)
        try:
            tree = parse(cell.content, partial(self._resolved, option=option))
        except FormulaError as broken:
            return f"{cell.content}{_HERE}{broken}"
        if _alike(tree) == _alike(self._expected(key, option)):
            return None
        return f"{self._said(tree)}{_HERE}{self._checked(key, tree)}"

    def _expected(self, key: Key, option: int) -> Expression:
        """Return what a row must compute in the column of an option, over leaves such as `Places.cell` gives."""
        kind, name = key
        if kind == "line":
            return self.entries.lines[name].lowered
        places = self.places
        inputs, row = self.layout.inputs[name], places.rows["input", name]
        columns = places.inputs.columns
        names: dict[str, Expression] = {
            on(INPUTS, here(inputs)): places.cell(places.inputs.sheet, row, columns[option], option),
            on(INPUTS, f"${letters(FIRST_OPTION)}{inputs + 1}"): places.cell(
                places.inputs.sheet, row, columns[0], option
            ),
        }
        if places.factors is not None:
            factor = places.cell(places.inputs.sheet, row, places.factors, option)
            names[factor_address(self.layout, inputs)] = factor
        for place in range(self._words(name)):
            address = on(CONSTANTS, fixed(self.layout.lists[name] + place, CONSTANT_COLUMN))
            found = places.rows.get(("word", f"{name} {place + 1}"), 0)
            names[address] = places.cell(places.constants.sheet, found, places.constants.first_column, option)
        return renamed(used_formula(self.entries, self.layout, name), names)

    def _words(self, name: str) -> int:
        target = self.entries.inputs[name]
        return len(target.words) if isinstance(target, Choice) else 0

    def _resolved(self, written: str, *, option: int) -> Expression:
        return self.places.leaf(Block.written(written, self.places.calc.sheet), written, option)

    def _said(self, tree: Expression) -> str:
        return words(tree, self.places.label)

    def _checked(self, key: Key, tree: Expression) -> str:
        """Return what is wrong with the units of a line's new formula, "" when nothing is, or when one is unknown."""
        if key[0] != "line" or any(
            isinstance(leaf, Reference) and leaf.name not in self.entries for leaf in leaves(tree)
        ):
            return ""
        try:
            lower(folded(tree), key[1], self.entries.lines[key[1]].unit, self.entries.calendar)
        except UnitMismatch as mismatch:
            return str(mismatch)
        return ""


def _alike(node: Expression) -> Expression:
    """Return a tree in which what a sheet does not show is the same everywhere: kinds, and which way a factor goes."""
    match node:
        case Reference(name):
            return Reference(name, DIMENSIONLESS)
        case Factor(step):
            return Reference(f"factor {step.name}", DIMENSIONLESS)
        case Apply() if (once := converted_once(node)) is not node:
            return _alike(once)
        case Apply(function, arguments):
            alike = tuple(_alike(argument) for argument in arguments)
            return Apply(function, _one_by_one(function, alike) if function.nests else alike)
        case Area(cells):
            return Area(tuple(Reference(cell.name, DIMENSIONLESS) for cell in cells))
        case Number() | Text():
            return node


def _one_by_one(function: Function, arguments: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Return what a function such as SUM is applied to, without ranges and groups."""
    listed: list[Expression] = []
    for argument in arguments:
        match argument:
            case Area(cells):
                listed += cells
            case Apply(inner, parts) if inner is function:
                listed += parts
            case _:
                listed.append(argument)
    return tuple(listed)


def _typed(cell: Cell) -> str:
    """Say what stands where a formula should."""
    if cell.held == "blank":
        return "nothing: the cell is empty"
    shown = _number(float(cell.content)) if cell.held == "number" else repr(cell.content)
    return f"{shown}, typed over the formula"


def _number(value: object) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else str(value)
