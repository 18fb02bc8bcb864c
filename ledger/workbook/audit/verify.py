"""Checking a workbook on its own: every formula recalculated by another engine, every unit derived anew."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from unitledger.errors import ValueRefused, WorkbookRefused, brief, check_installed
from unitledger.expression import Apply, Expression, Reference
from unitledger.expression.table.arithmetic import ABS
from unitledger.workbook.address import a1, on
from unitledger.workbook.audit import engine
from unitledger.workbook.audit.units import Rederived, rederived, shortened
from unitledger.workbook.cells.book import Book, Place, cached_values
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.guard import allowed
from unitledger.workbook.cells.read import held_on_to, read_book
from unitledger.workbook.cells.rows import units_of
from unitledger.workbook.cells.value import Cells, Known, cell_value

# Where what a cell shows is not just the engine's word for it.
_ERRORS = {"DIV": "#DIV/0!", "NAME": "#NAME?", "NA": "#N/A"}

NO_VALUE = "no value"


@attrs.frozen
class Difference:
    """A formula whose kept value (`cached`) is not what it computes; errors are shown as a cell shows them."""

    sheet: str
    cell: str
    cached: Any
    recalculated: Any

    def __str__(self) -> str:
        return f"{on(self.sheet, self.cell)}: kept {brief(self.cached)}, computes {brief(self.recalculated)}"


@attrs.frozen
class Verification:
    """How many formulas were recalculated, and those that differ; true when none does, and no unit differs.

    `units`: the units of the rows of Calc, derived from their formulas; None where the file is no workbook of a ledger.
    `without_value`: how many formulas the file keeps no value of; they cannot be compared.
    """

    file: str
    formulas: int
    differences: tuple[Difference, ...]
    units: Rederived | None = None
    without_value: int = 0

    def __bool__(self) -> bool:
        return not self.differences and not self.without_value and (self.units is None or bool(self.units))

    def __str__(self) -> str:
        if self.without_value and not self.differences:
            return self._unkept() if self.units is None or self.units else f"{self._unkept()}\n{self.units}"
        return self._values() if self.units is None else f"{self._values()}\n{self.units}"

    def _values(self) -> str:
        count = f"{self.file}: {self.formulas:,} formulas recalculated, "
        if not self.differences:
            return f"{count}no difference."
        unkept = [self._unkept()] if self.without_value else []
        return "\n".join([f"{count}{len(self.differences):,} differ.", *shortened(self.differences), *unkept])

    def _unkept(self) -> str:
        lost = "no value" if self.without_value == self.formulas else f"no value of {self.without_value:,}"
        return (
            f"{self.file}: what saved the file kept {lost} of its {self.formulas:,} formulas; open it in a spreadsheet "
            "program, save it there, and verify it again."
        )


@held_on_to()
def verify(path: str | Path, tolerance: float = 1e-9) -> Verification:
    """Recalculate every formula with formualizer, compare with the values kept in the file, and derive units anew.

    Numbers agree within `tolerance` of the larger, or of the largest operand of a sum; a formula that gives an error
    always counts as different. Units that the workbook defines for itself are known meanwhile. Raises MissingExtra
    without formualizer, WorkbookRefused when the file is not safe, holds no formula or defines a unit otherwise than
    this process does, ValueRefused for a tolerance that is not between 0 and 1.
    """
    if not 0 <= tolerance < 1:
        raise ValueRefused(f"The tolerance is a share of the larger number, from 0 to less than 1; got {tolerance!r}.")
    source = Path(path)
    book = read_book(source)
    kept = cached_values(book)
    found = recalculated(book)
    if not found:
        raise WorkbookRefused(
            f"{source.name} holds no formula to recalculate: it is not a workbook of a ledger, or its formulas were "
            "replaced by values."
        )
    differences = []
    without_value = 0
    for (sheet, row, column), computed in found.items():
        cached = kept[sheet].get((row, column))
        # Not every program writes an empty text down.
        if cached is None and computed == "":
            continue
        if _agree(cached, computed, tolerance) or (
            _numbers(cached, computed)
            and _agree(cached, computed, tolerance, _scale(book, found, kept, (sheet, row, column)))
        ):
            continue
        if cached is None and not _is_error(computed):
            without_value += 1
        else:
            shown = NO_VALUE if cached is None else cached
            differences.append(Difference(sheet, a1(row, column), shown, computed))
    if without_value and all((row, column) not in kept[sheet] for sheet, row, column in found):
        without_value = len(found)  # formulas of empty texts too.
    with units_of(book):
        units = rederived(book)
    return Verification(source.name, len(found), tuple(differences), units, without_value)


def recalculated(book: Book) -> dict[Place, Any]:
    """Return what each formula computes, by sheet, row and column; values kept in the file are not looked at."""
    check_installed("formualizer", "verify", "Recalculating")
    places = [
        (sheet, *place)
        for sheet, cells in book.cells.items()
        for place, cell in cells.items()
        if cell.held == "formula"
    ]
    computed = _by_engine(book.path, places)
    return dict(zip(places, map(_plain, computed), strict=True))


def _by_engine(path: Path, places: list[Place]) -> list[Any]:
    """Return what formulas compute, by another process within the limits. Raises WorkbookRefused."""
    limits = allowed()
    asked = {"path": str(path), "places": places, "memory": limits.memory}
    try:
        done = subprocess.run(  # noqa: S603 - this very Python, and a file of this package
            [sys.executable, "-P", engine.__file__],
            input=json.dumps(asked),
            capture_output=True,
            encoding="ascii",
            check=True,
            timeout=limits.seconds,
        )
    except subprocess.TimeoutExpired:
        why = f"it takes more than {limits.seconds:g} seconds"
    except subprocess.CalledProcessError:
        why = f"it needs more than {limits.memory:,} bytes, or breaks formualizer"
    else:
        answer = json.loads(done.stdout)
        if "values" in answer:
            return list(answer["values"])
        why = brief(answer["failed"])
    raise WorkbookRefused(f"{path.name} cannot be recalculated: {why}.")


def _plain(computed: Any) -> Any:
    """Return an error of the engine as a cell shows it, and an empty result as empty text."""
    if isinstance(computed, dict):
        kind = str(computed.get("kind", "error")).upper()
        return _ERRORS.get(kind, f"#{kind}!")
    return "" if computed is None else computed


def _number(held: Any) -> bool:
    return isinstance(held, int | float) and not isinstance(held, bool)


def _numbers(cached: Any, computed: Any) -> bool:
    return _number(cached) and _number(computed)


def _is_error(computed: Any) -> bool:
    return isinstance(computed, str) and computed.startswith("#")


def _agree(cached: Any, computed: Any, tolerance: float, scale: float = 0.0) -> bool:
    if _is_error(computed):
        return False
    if _numbers(cached, computed):
        # A file can hold 1e999; nothing is close to that.
        return bool(abs(cached - computed) <= tolerance * max(abs(cached), abs(computed), scale) < math.inf)
    return type(cached) is type(computed) and bool(cached == computed)


def _scale(book: Book, found: dict[Place, Any], kept: dict[str, dict[tuple[int, int], Any]], place: Place) -> float:

    def shown(other: Place) -> Any:
        held: Any = found.get(other, kept[other[0]].get(other[1:]))
        return float(held) if _number(held) else held

    formula = Formula.read(str(book.cell(*place).content), place[0], book.names)
    return largest_operand(formula, formula.known(shown))


def largest_operand(formula: Formula, known: Known) -> float:
    """Return the largest operand of the sums at the top of a formula: differences cancel, their rounding does not.

    0 where the formula has no value.
    """
    try:
        return max((abs(operand) for operand in _operands(formula.counted, known)), default=0.0)
    except (ArithmeticError, LookupError, ValueError, TypeError):
        return 0.0


def _operands(tree: Expression, known: Known) -> Iterator[float]:
    """Yield the values that the sums at the top of a tree add up."""
    match tree:
        case Apply(function, (asked, *_) as arguments) if function.selects is not None:
            yield from _operands(function.selected(cell_value(asked, known), arguments), known)
        case Apply(function, arguments) if function.loss.adds or function is ABS:
            for argument in arguments:
                yield from _operands(argument, known)
        case Reference():
            held = known(tree)
            yield from (
                (each for each in held.values if _number(each)) if isinstance(held, Cells) else [float(held or 0)]
            )
        case _:
            yield float(cell_value(tree, known))
