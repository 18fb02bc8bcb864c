"""Comparing the calculations of a workbook with those of its ledger: formulas, units, constants."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import attrs

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
    folded,
    leaves,
    lower,
    renamed,
    words,
)
from unitledger.expression.digits import canonical
from unitledger.expression.readers.excel import converted_once
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, compatible_units
from unitledger.workbook.address import a1, fixed, on
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.read import Book, Cell
from unitledger.workbook.cells.rows import TO_UNIT
from unitledger.workbook.layout import INPUTS, UNIT_COLUMN, Layout
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.places import Key, Places, on_constants, stated_unit
from unitledger.workbook.sheets.calc import used_formula
from unitledger.workbook.sheets.input_units import FACTOR, UNIT, listed

_GONE = "its row is not there: it was deleted, or its label changed"
_EMPTY = "nothing: the cell is empty"


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
            was, now = f"unit {unit.spelling}", f"unit {stated.content or 'empty'}"
            yield Calculation(name, options, on(calc.sheet, a1(row, place)), was, now)
        changed: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for position, column in enumerate(calc.columns):
            cell = self.book.cell(calc.sheet, row, column)
            now_and_note = self._difference(cell, calc.sheet, self._expected(key, position), position, key)
            if now_and_note is not None:
                changed.setdefault(now_and_note, []).append((options[position], on(calc.sheet, a1(row, column))))
        for (new, note), where in changed.items():
            shared = tuple(option for option, _ in where)
            yield Calculation(name, shared, where[0][1], self._said(self._expected(key, 0)), new, note)

    def constants(self) -> Iterator[Calculation]:
        """Compare the cells of Constants: named constants, conversion factors, the tolerance, words, units."""
        head = self.places.constants
        for key, _, wanted in on_constants(self.entries, self.layout):
            row = self.places.rows.get(key)
            if row is None:
                yield Calculation(key[1], (), head.sheet, _number(wanted), _GONE)
                continue
            cell = self.book.cell(head.sheet, row, head.first_column)
            held = canonical(float(cell.content)) if cell.held == "number" else cell.content
            if held != (canonical(wanted) if isinstance(wanted, float) else wanted):
                shown = _number(held) if cell.held in ("number", "text") else cell.content or _EMPTY
                yield Calculation(key[1], (), on(head.sheet, a1(row, head.first_column)), _number(wanted), shown)

    def _factor(self, name: str) -> Iterator[Calculation]:
        """Compare the factor on Inputs of an input's unit with the formula that looks it up on Constants."""
        places, target = self.places, self.entries.input(name)
        if isinstance(target, Choice) or places.factors is None:
            return  # without the factors every formula that uses them is reported
        own = target.unit.spelling
        others = compatible_units(target.unit, self.entries.calendar)
        if any(("unit", f"1 {other} in {own}") not in places.rows for other, _ in others):
            return  # that a row of the list is gone is reported already
        addresses = {UNIT.name: on(INPUTS, fixed(self.layout.inputs[name], UNIT_COLUMN)), **listed(self.layout, own)}
        built = renamed(FACTOR, {leaf: Reference(address, DIMENSIONLESS) for leaf, address in addresses.items()})
        expected = places.as_built(built, 0)
        sheet, row = places.inputs.sheet, places.rows["input", name]
        found = self._difference(self.book.cell(sheet, row, places.factors), sheet, expected, 0)
        if found is not None:
            now = ": ".join(filter(None, found))
            where = on(sheet, a1(row, places.factors))
            yield Calculation(name, tuple(self.entries.options), where, self._said(expected), now)

    def _difference(
        self, cell: Cell, home: str, expected: Expression, option: int, key: Key = ("", "")
    ) -> tuple[str, str] | None:
        """Return what a cell computes now in words, and what is wrong with it; None where it is what is expected."""
        if cell.held != "formula":
            return _typed(cell), ""
        try:
            tree = Formula.read(cell.content, home, self.book.names).tree(partial(self.places.leaf, option=option))
        except FormulaError as broken:
            return cell.content, str(broken)
        if _alike(tree) == _alike(expected):
            return None
        return self._said(tree), self._checked(key, tree)

    def _expected(self, key: Key, option: int) -> Expression:
        """Return what a row must compute in the column of an option, over leaves such as `Places.cell` gives."""
        kind, name = key
        if kind == "line":
            return self.entries.lines[name].lowered
        return self.places.as_built(used_formula(self.entries, self.layout, name), option)

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
        return _EMPTY
    shown = _number(float(cell.content)) if cell.held == "number" else repr(cell.content)
    return f"{shown}, typed over the formula"


def _number(value: object) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else str(value)
