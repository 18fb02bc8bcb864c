"""Every row of the function table says what it must, and its example comes out alike in every reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import formualizer
import numpy as np
import pytest

from unitledger.expression import Apply, Area, Expression, Number, Reference, Varied, array, excel, leaves, parse, value
from unitledger.expression.table import FUNCTIONS, Function
from unitledger.expression.table.statistics import INDEX
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.cells.value import Cells, cell_value

ROWS = list(FUNCTIONS.values())
FORMS = [row for row in ROWS if row.array is not None]
COLUMNS = "ABCDE"
REQUIRED = ["name", "rule", "scalar", "array", "words", "takes", "loss", "example"]


def called(row: Function) -> tuple[Expression, dict[str, Any]]:
    """The function applied to cells that hold its example, a column each, and what these hold; settings as numbers."""
    held: dict[str, Any] = {}
    arguments: list[Expression] = []
    for place, given in enumerate(row.example):
        if place in row.literals:
            arguments.append(Number(given))
            continue
        block = given if isinstance(given, tuple) else (given,)
        cells = [Reference(f"{COLUMNS[place]}{at}", DIMENSIONLESS) for at in range(1, len(block) + 1)]
        held |= {cell.name: one for cell, one in zip(cells, block, strict=True)}
        arguments.append(Area(tuple(cells)) if isinstance(given, tuple) else cells[0])
    return Apply(row, tuple(arguments)), held


def names(tree: Expression) -> Iterator[str]:
    return (leaf.name for leaf in leaves(tree) if isinstance(leaf, Reference))


def located(leaf: Any) -> str:
    return str(leaf.name)


@pytest.mark.parametrize("property_", REQUIRED)
def test_a_row_without_a_property_is_refused(property_: str) -> None:
    said = {name: getattr(FUNCTIONS["SUM"], name) for name in REQUIRED if name != property_}

    with pytest.raises(TypeError, match=f"missing 1 required .*argument: '{property_}'"):
        Function(**said)


def test_a_second_row_of_a_name_is_refused() -> None:
    said = {name: getattr(FUNCTIONS["SUM"], name) for name in REQUIRED}

    with pytest.raises(ValueError, match=r"^The function table has a row 'SUM' already\.$"):
        Function(**said)


@pytest.mark.parametrize("row", ROWS, ids=repr)
def test_the_example_comes_out_alike_in_a_spreadsheet(row: Function) -> None:
    tree, held = called(row)
    formula = excel(tree, located)
    workbook = formualizer.Workbook()
    sheet = workbook.sheet("S")
    for address, content in held.items():
        sheet.set_value(int(address[1:]), COLUMNS.index(address[0]) + 1, content)
    sheet.set_formula(1, len(COLUMNS) + 1, formula)
    found = value(tree, held.__getitem__)

    assert workbook.evaluate_cell("S", 1, len(COLUMNS) + 1) == (
        pytest.approx(found, rel=1e-12) if type(found) is float else found
    )


@pytest.mark.parametrize("row", ROWS, ids=repr)
def test_the_printed_example_is_read_back_and_has_its_value_as_a_cell(row: Function) -> None:
    tree, held = called(row)
    formula = excel(tree, located)

    def column(address: str) -> Expression:
        block = [Reference(name, DIMENSIONLESS) for name in held if name[0] == address[0]]
        return Area(tuple(block)) if ":" in address else block[0]

    def content(leaf: Reference) -> Any:
        address = leaf.name
        block = tuple(one for name, one in held.items() if name[0] == address[0])
        return Cells(block, 1) if ":" in address else block[0]

    assert parse(formula, column) == tree
    found = parse(formula, lambda address: Reference(address, DIMENSIONLESS))
    assert cell_value(found, content) == value(tree, held.__getitem__)


@pytest.mark.parametrize("row", FORMS, ids=repr)
@pytest.mark.parametrize("varying", ["all", "first"])
def test_the_example_comes_out_alike_for_arrays(row: Function, varying: str) -> None:
    tree, held = called(row)
    varied = list(names(tree)) if varying == "all" else [next(names(tree))]
    cases = {name: np.array([held[name]] * 3) for name in varied}
    fixed = {name: one for name, one in held.items() if name not in varied}
    expected = value(tree, held.__getitem__)

    assert np.broadcast_to(array(tree, fixed | cases, np), 3).tolist() == [expected] * 3
    compiled = array(tree, fixed, np)
    assert isinstance(compiled, Varied)
    alike = [expected] * 3 if isinstance(expected, str) else pytest.approx([expected] * 3, rel=1e-12)
    assert np.broadcast_to(compiled.compute(cases), 3).tolist() == alike


@pytest.mark.parametrize("row", [row for row in FORMS if row.array and row.array.exact], ids=repr)
def test_what_is_exact_in_numpy_has_the_last_bit_of_plain_numbers(row: Function) -> None:
    tree, held = called(row)
    times = np.random.default_rng(7).uniform(0.5, 2, 200)
    cases = {name: one * times if isinstance(one, float) else np.full(200, one) for name, one in held.items()}
    if row.selects is int:
        cases["A1"] = np.tile([1.0, 2.0], 100)
    if row is INDEX:
        cases[list(names(tree))[-1]] = np.tile([1.0, 3.0], 100)
    one_by_one = [
        value(tree, {name: column[case].item() for name, column in cases.items()}.__getitem__) for case in range(200)
    ]

    assert array(tree, cases, np).tolist() == one_by_one


@pytest.mark.parametrize("row", [row for row in ROWS if not row.loss.subtracts], ids=repr)
def test_what_does_not_subtract_makes_no_negative_numbers_of_positive_ones(row: Function) -> None:
    tree, held = called(row)
    positive = {name: abs(one) if isinstance(one, float) else one for name, one in held.items()}
    found = value(tree, positive.__getitem__)

    assert isinstance(found, str) or found >= 0


def test_a_case_that_only_some_cases_choose_may_have_no_value() -> None:
    a, b, c = (Reference(name, DIMENSIONLESS) for name in "abc")
    tree = Apply(FUNCTIONS["IF"], (a > 0, b, b / c))

    fixed, cases = {"b": 1.0, "c": 0.0}, {"a": np.array([1.0, -1.0])}
    for found in (array(tree, fixed, np).compute(cases), array(tree, fixed | cases, np)):
        assert found.tolist() == [1.0, pytest.approx(np.nan, nan_ok=True)]


def test_a_case_that_there_is_not_is_refused() -> None:
    tree = Apply(FUNCTIONS["CHOOSE"], (Number(3.0), Number(1.0), Number(0.0)))

    with pytest.raises(ValueError, match=r"^CHOOSE has no case 3$"):
        value(tree, KeyError)
    with pytest.raises(ValueError, match=r"^CHOOSE has no case 3$"):
        array(tree, {}, np)
