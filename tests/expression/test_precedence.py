"""Which operation comes first, in every reader and in the parser."""

from __future__ import annotations

import formualizer
import numpy as np
import pytest

from unitledger.errors import FormulaError
from unitledger.expression import Expression, Reference, array, excel, parse, sentence, value, words
from unitledger.units import DIMENSIONLESS

KNOWN = {"a": 2.0, "b": 3.0, "c": 5.0}
a, b, c = (Reference(name, DIMENSIONLESS) for name in KNOWN)

NEGATIVE = -a
CASES = [
    (a * (1 - b), "=a*(1-b)", "a × (1 − b)", 2 * (1 - 3)),
    (a / (b / c), "=a/(b/c)", "a ÷ (b ÷ c)", 2 / (3 / 5)),
    (a / b / c, "=a/b/c", "a ÷ b ÷ c", 2 / 3 / 5),
    (a - (b - c), "=a-(b-c)", "a − (b − c)", 2 - (3 - 5)),
    (a - b - c, "=a-b-c", "a − b − c", 2 - 3 - 5),
    (a + (b + c), "=a+(b+c)", "a + (b + c)", 2 + (3 + 5)),
    (a * b + c, "=a*b+c", "a × b + c", 2 * 3 + 5),
    (a * (b * c), "=a*(b*c)", "a × (b × c)", 2 * (3 * 5)),
    (-a * b, "=-a*b", "−a × b", -2 * 3),
    (-(a * b), "=-(a*b)", "−(a × b)", -(2 * 3)),
    (a - -b, "=a-(-b)", "a − −b", 2 - -3),
    (a * -b, "=a*(-b)", "a × −b", 2 * -3),
    (-NEGATIVE, "=-(-a)", "−−a", 2),
    (-(a + b) * c, "=-(a+b)*c", "−(a + b) × c", -(2 + 3) * 5),
    (a**3, "=a*a*a", "a × a × a", 8),
    ((-a) ** 2, "=-a*(-a)", "−a × −a", 4),
    (a < b + c, "=a<b+c", "a < b + c", True),
]


@pytest.mark.parametrize(("tree", "formula", "said", "result"), CASES, ids=[formula for _, formula, *_ in CASES])
def test_every_reader_keeps_the_order(tree: Expression, formula: str, said: str, result: float) -> None:
    assert excel(tree, lambda leaf: leaf.name if isinstance(leaf, Reference) else "") == formula
    assert words(tree) == said
    assert value(tree, KNOWN.__getitem__) == result
    assert array(tree, {}, np).compute({name: np.array([number]) for name, number in KNOWN.items()}).tolist() == [
        result
    ]
    assert parse(formula, lambda cell: Reference(cell, DIMENSIONLESS)) == tree


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=-2^2", 4),
        ("=0-2^2", -4),
        ("=2^3^2", 64),
        ("=-2^-1", -0.5),
        ("=2*3^2", 18),
        ("=50%", 0.5),
        ("=-50%", -0.5),
        ("=2^50%*4", 2**0.5 * 4),
        ("=+5", 5),
        ("=1-2-3", -4),
        ("=8/4/2", 1),
        ("=--3", 3),
        ("=2+3=5", True),
        ("=1+2*-3", -5),
        ("= 1 + 2 ", 3),
        ("=1.5e3", 1500),
    ],
)
def test_formulas_typed_in_excel_mean_what_they_mean_there(formula: str, result: float) -> None:
    tree = parse(formula, lambda cell: Reference(cell, DIMENSIONLESS))
    assert value(tree, KNOWN.__getitem__) == pytest.approx(result)
    workbook = formualizer.Workbook()
    workbook.sheet("S").set_formula(1, 1, formula)
    assert workbook.evaluate_cell("S", 1, 1) == pytest.approx(result)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("12", "'12' is not a formula: it does not begin with '='."),
        ("=", "'=': expected a number, a cell or a function, found 'the end'."),
        ("=A1+", "'=A1+': expected a number, a cell or a function, found 'the end'."),
        ("=(A1", "'=(A1': expected ')', found 'the end'."),
        ("=A1 B1", "'=A1 B1': expected the end of the formula, found 'B1'."),
        ("=VLOOKUP(A1,B1,1)", "'=VLOOKUP(A1,B1,1)': the function VLOOKUP is not one that a ledger uses."),
        ("=ANNUITY(A1)", "'=ANNUITY(A1)': the function ANNUITY is not one that a ledger uses."),
        (
            "=MEDAIN(A1)",
            "'=MEDAIN(A1)': the function MEDAIN is not one that a ledger uses. Did you mean 'MEDIAN' or 'MIN'?",
        ),
        ("=ROUNDUP(A1,2)", "'=ROUNDUP(A1,2)': ROUNDUP must end in 0."),
        ("=IF(A1,B1)", "'=IF(A1,B1)': IF has 2 arguments."),
        ("=SUM(A1", "'=SUM(A1': expected ',' or ')', found 'the end'."),
        ("=TRUE", "'=TRUE': expected a number, a cell or a function, found 'TRUE'."),
        ("=#REF!+1", "'=#REF!+1': expected a number, a cell or a function, found '#REF!'."),
        ('="abc', "'=\"abc': Reached end of formula while parsing string in =\"abc"),
    ],
)
def test_what_is_no_formula_of_a_ledger_is_refused(formula: str, message: str) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(formula, lambda cell: Reference(cell, DIMENSIONLESS))
    assert str(refused.value) == message


def test_texts_keep_their_quotation_marks() -> None:
    tree = sentence('say "yes"', ", ", "then")
    formula = excel(tree, str)
    assert formula == '="say ""yes"""&", "&"then"'
    assert parse(formula, lambda cell: Reference(cell, DIMENSIONLESS)) == tree
