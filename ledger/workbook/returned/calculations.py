"""Comparing the calculations of a workbook with those of its ledger: formulas, units, constants."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import attrs

from unitledger.errors import FormulaError, UnitMismatch, brief
from unitledger.expression import (
    Along,
    Apply,
    Area,
    Expression,
    Factor,
    Function,
    Number,
    Reference,
    Text,
    folded,
    lower,
    references,
    spelled,
    words,
)
from unitledger.expression.digits import canonical
from unitledger.expression.readers.excel import converted_once
from unitledger.model import Choice, formulas
from unitledger.units import DIMENSIONLESS, compatible_units
from unitledger.workbook.address import a1, on
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.read import Cell, Place
from unitledger.workbook.layout import CONSTANTS
from unitledger.workbook.ledger_cells import LedgerCells, ledger_cells
from unitledger.workbook.returned.edits import Calculation
from unitledger.workbook.returned.periods.calculations import Compared, read_periods
from unitledger.workbook.returned.places import Key, Places
from unitledger.workbook.returned.tables.calculations import read_columns
from unitledger.workbook.sheets.calc import fetched
from unitledger.workbook.sheets.input_units import factor

_GONE = "its row is not there: it was deleted, or its label changed"
# A formula in words names its rows by their labels.
_LONGEST_FORMULA = 2_000
_EMPTY = "nothing: the cell is empty"


def read_calculations(places: Places) -> Iterator[Calculation]:
    """Compare every row of Calc and every figure of Constants; what is equal in meaning is not reported.

    Where a sheet has more or fewer options than the ledger, Calc is not compared row by row.
    """
    reader = _Reader(places, ledger_cells(places.entries, places.layout, {}))
    if len(places.inputs.columns) == len(places.calc.columns) == len(places.entries.options):
        for key in places.written:
            yield from reader.row(key) if key[0] in {"used", "line"} else ()
        compared = Compared(places.leaf, _typed, _alike)
        yield from read_periods(places.periods, compared)
        yield from read_columns(places.tables, compared)
    for key, written in places.written.items():
        if written.sheet == CONSTANTS:
            yield from reader.constant(key, written.content)


@attrs.frozen
class _Reader:
    places: Places
    cells: LedgerCells

    def row(self, key: Key) -> Iterator[Calculation]:
        """Compare the unit and the formulas of a row of Calc; options that share a change share an entry."""
        places, (kind, name) = self.places, key
        if kind == "used" and ("input", name) not in places.rows:
            return  # the input itself is reported already
        if kind == "used":
            yield from self._factor(name)
        options, calc = tuple(places.entries.options), places.calc
        row = places.rows.get(key)
        if row is None:
            yield Calculation(name, options, calc.sheet, self._said(self._expected(key, 0)), _GONE)
            return
        leaf, place = places.written[key].leaf, calc.unit
        assert isinstance(leaf, Reference), "a row of Calc is an entry"
        stated = places.book.cell(calc.sheet, row, place)
        if stated != Cell("text", spelled(leaf.kind)):
            was, now = f"unit {spelled(leaf.kind)}", f"unit {brief(stated.content or 'empty')}"
            yield Calculation(name, options, on(calc.sheet, a1(row, place)), was, now)
        changed: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for option, column in enumerate(calc.columns):
            found = self._difference((calc.sheet, row, column), self._expected(key, option), option, key)
            if found is not None:
                changed.setdefault(found, []).append((options[option], on(calc.sheet, a1(row, column))))
        for (new, note), where in changed.items():
            shared = tuple(option for option, _ in where)
            yield Calculation(name, shared, where[0][1], self._said(self._expected(key, 0)), new, note)

    def constant(self, key: Key, wanted: float | str) -> Iterator[Calculation]:
        """Compare a row of Constants: a named constant, a conversion factor, the tolerance, a word, a unit."""
        head, row = self.places.constants, self.places.rows.get(key)
        if row is None:
            yield Calculation(key[1], (), head.sheet, _number(wanted), _GONE)
            return
        cell = self.places.book.cell(head.sheet, row, head.columns.start)
        held = canonical(float(cell.content)) if cell.held == "number" else cell.content
        if held != (canonical(wanted) if isinstance(wanted, float) else wanted):
            shown = _number(held) if cell.held in ("number", "text") else cell.content or _EMPTY
            yield Calculation(key[1], (), on(head.sheet, a1(row, head.columns.start)), _number(wanted), brief(shown))

    def _factor(self, name: str) -> Iterator[Calculation]:
        """Compare the factor on Inputs of an input's unit with the formula that looks it up on Constants."""
        places, target = self.places, self.places.entries.input(name)
        if isinstance(target, Choice) or places.factors is None:
            return  # without the factors every formula that uses them is reported
        own = target.unit.spelling
        place = places.inputs.sheet, places.rows["input", name], places.factors
        if own not in self.cells.units:
            if places.book.cell(*place) != Cell("number", 1.0):
                options, now = tuple(places.entries.options), _typed(places.book.cell(*place))
                yield Calculation(name, options, on(place[0], a1(*place[1:])), "1", now)
            return
        others = compatible_units(target.unit, places.entries.calendar)
        if any(("unit", f"1 {other} in {own}") not in places.rows for other, _ in others):
            return  # that a row of the list is gone is reported already
        expected = places.now(factor(self.cells.units[own], self.cells.given.unit), name, 0)
        found = self._difference(place, expected, 0)
        if found is not None:
            options, now = tuple(places.entries.options), ": ".join(filter(None, found))
            yield Calculation(name, options, on(place[0], a1(*place[1:])), self._said(expected), now)

    def _difference(
        self, place: Place, expected: Expression, option: int, key: Key | None = None
    ) -> tuple[str, str] | None:
        """Return what a cell computes now in words, and what is wrong with it; None where it is what is expected."""
        cell = self.places.book.cell(*place)
        if cell.held != "formula":
            return _typed(cell), ""
        formula = Formula.read(cell.content, place[0], self.places.book.names)
        try:
            tree = formula.tree(partial(self.places.leaf, option=option))
        except FormulaError as broken:
            return brief(cell.content), brief(broken)
        if _alike(tree) == _alike(expected):
            return None
        return brief(self._said(tree), _LONGEST_FORMULA), self._checked(key[1], tree) if key and key[
            0
        ] == "line" else ""

    def _expected(self, key: Key, option: int) -> Expression:
        """Return what a row must compute in the column of an option, over leaves such as `Places.cell` gives."""
        entries, (kind, name) = self.places.entries, key
        if kind == "line":
            return formulas(entries)[name]
        return self.places.now(fetched(entries, self.cells, name, self.cells.factor), name, option)

    def _said(self, tree: Expression) -> str:
        return words(tree, self.places.label)

    def _checked(self, line: str, tree: Expression) -> str:
        """Return what is wrong with the units of a line's new formula, "" when nothing is, or when one is unknown."""
        entries = self.places.entries
        if any(name not in entries for name in references(tree)):
            return ""
        try:
            lower(folded(tree), line, entries.lines[line].unit, entries.calendar)
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
            held = tuple(Reference(cell.name, DIMENSIONLESS) for cell in cells)
            return Area(held) if len(held) > 1 else held[0]
        case Along(inner, span):
            return Along(_alike(inner), span)
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
    return f"{brief(shown)}, typed over the formula"


def _number(value: object) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else str(value)
