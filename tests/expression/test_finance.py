"""Functions of finance and of blocks: figures worked out by hand or by numpy-financial, and in other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy_financial as npf
import pytest
import xlsxwriter
from recalculate import Cells, formualizer, libreoffice
from xlsxwriter.utility import xl_rowcol_to_cell

from unitledger import Ledger, average, declining_balance, interest, internal_rate, present_value, remainder, rounded
from unitledger.errors import ExpressionError, UnitMismatch
from unitledger.expression import Apply, Area, Expression, Number, Reference, Varied, array, excel, lower, value, words
from unitledger.expression.table import FUNCTIONS
from unitledger.expression.table.criterion import ABOVE, BELOW, FROM, UP_TO
from unitledger.expression.table.statistics import COUNTIF, MATCH_RISING, SUMIFS
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook import verify

LOAN = (-1000.0, 300.0, 420.0, 680.0)
LATE = (-1000.0, *[0.0] * 59, 2500.0)
LONG = (-5000.0, *[70.0] * 239)
LOSS = (-1000.0, 100.0, 200.0, 300.0)
GROWS = (0.0, 1000.0, 5000.0, 20000.0)

Case = tuple[str, tuple[Any, ...], float]

CASES: list[Case] = [
    *(("NPV", (rate, flows), npf.npv(rate, [0, *flows])) for rate in (0.0, 0.01, 0.1, -0.2) for flows in (LOAN, LONG)),
    ("NPV", (0.1, 110.0, 121.0), 200.0),
    *(("IRR", (flows, 0.01), npf.irr(flows)) for flows in (LOAN, LATE, LONG, LOSS)),
    *(
        ("PMT", (rate, periods, 1000.0), float(npf.pmt(rate, periods, 1000)))
        for rate in (0.0, 0.01, 0.3)
        for periods in (1.0, 36.0)
    ),
    *(
        ("IPMT", (rate, period, 36.0, 1000.0), float(npf.ipmt(rate, period, 36, 1000)))
        for rate in (0.01, 0.3)
        for period in (1.0, 2.0, 36.0)
    ),
    ("IPMT", (0.0, 2.0, 36.0, 1000.0), 0.0),
    # By hand: 40 % of what is left each year, down to the residual value.
    *zip(
        ["DDB"] * 5,
        [(1000.0, 100.0, 5.0, year, 2.0) for year in (1.0, 2.0, 3.0, 4.0, 5.0)],
        [400.0, 240.0, 144.0, 86.4, 29.6],
        strict=True,
    ),
    ("DDB", (1000.0, 900.0, 5.0, 2.0, 2.0), 0.0),
    ("DDB", (1000.0, 0.0, 1.0, 1.0, 2.0), 1000.0),
    ("DDB", (1000.0, 0.0, 2.0, 2.0, 2.0), 0.0),
    ("DDB", (1000.0, 0.0, 8.0, 2.0, 1.5), 1000 * (1 - 1.5 / 8) * 1.5 / 8),
    *(
        ("MOD", pair, rest)
        for pair, rest in [((7.0, 3.0), 1.0), ((-7.0, 3.0), 2.0), ((7.0, -3.0), -2.0), ((6.0, 3.0), 0.0)]
    ),
    ("MOD", (7.25, 0.5), 0.25),
    ("AVERAGE", ((1.0, 2.0, 6.0),), 3.0),
    ("AVERAGE", ((1.0, 2.0), 6.0), 3.0),
    *(("ROUND", pair, found) for pair, found in [((2.675, 2.0), 2.68), ((-2.5, 0.0), -3.0), ((1234.0, -2.0), 1200.0)]),
    *(
        ("MATCH in rising figures", (sought, GROWS), place)
        for sought, place in [(0.0, 1.0), (999.0, 1.0), (1000.0, 2.0), (20000.0, 4.0), (1e9, 4.0)]
    ),
    ("SUMIFS", ((5.0, 7.0, 9.0, 11.0), ("h100-us", "H100-US", "8 x h100", "4 h"), "H100-us"), 12.0),
    ("SUMIFS", ((5.0, 7.0, 9.0, 11.0), GROWS, ">=1000", GROWS, "<2E+04"), 16.0),
    ("SUMIFS", ((5.0, 7.0, 9.0, 11.0), GROWS, "<0"), 0.0),
    ("SUMPRODUCT", ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), 32.0),
]


def title(case: Case) -> str:
    return f"{case[0]}{str(case[1])[:40]}"


def called(name: str, given: tuple[Any, ...], row: int) -> tuple[Expression, dict[str, Any]]:
    """The function applied to cells of one row, and what these hold; settings as numbers."""
    function = FUNCTIONS[name]
    held: dict[str, Any] = {}
    arguments: list[Expression] = []
    for place, argument in enumerate(given):
        if place in function.literals:
            arguments.append(Number(argument))
            continue
        cells = []
        for one in argument if isinstance(argument, tuple) else (argument,):
            cells.append(Reference(xl_rowcol_to_cell(row, len(held) + 1), DIMENSIONLESS))
            held[cells[-1].name] = one
        arguments.append(Area(tuple(cells)) if isinstance(argument, tuple) else cells[0])
    return Apply(function, tuple(arguments)), held


@pytest.mark.parametrize("case", CASES, ids=title)
def test_it_has_the_value_that_was_worked_out_otherwise(case: Case) -> None:
    name, given, expected = case
    tree, held = called(name, given, 0)

    assert value(tree, held.__getitem__) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("case", [case for case in CASES if FUNCTIONS[case[0]].array], ids=title)
def test_arrays_have_it_too(case: Case) -> None:
    name, given, expected = case
    tree, held = called(name, given, 0)
    cases = {cell: np.array([one] * 2) for cell, one in held.items()}
    compiled = array(tree, {}, np)

    assert isinstance(compiled, Varied)
    assert compiled.compute(cases) == pytest.approx([expected] * 2, rel=1e-9, abs=1e-12)
    assert array(tree, cases, np) == pytest.approx([expected] * 2, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "engine", [formualizer, pytest.param(libreoffice, marks=[pytest.mark.libreoffice, pytest.mark.slow])]
)
def test_other_programs_find_it_as_well(tmp_path: Path, engine: Callable[[Path], Cells]) -> None:
    path = tmp_path / "cases.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Cases")
    expected = {}
    for row, (name, given, _) in enumerate(CASES):
        tree, held = called(name, given, row)
        for cell, one in held.items():
            sheet.write(cell, one)
        expected["Cases", f"A{row + 1}"] = value(tree, held.__getitem__)
        sheet.write_formula(row, 0, excel(tree, lambda leaf: leaf.name), None, 12345)  # type: ignore[union-attr]
    book.close()
    found = engine(path)

    assert {cell: found[cell] for cell in expected} == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("IRR", ((100.0, 200.0), 0.01), "negative and positive payments are required"),
        ("DDB", (1000.0, 100.0, 5.0, 6.0, 2.0), "no declining balance from 1000 to 100 in period 6 of 5"),
        ("DDB", (100.0, 1000.0, 5.0, 1.0, 2.0), "no declining balance from 100 to 1000 in period 1 of 5"),
        ("IPMT", (0.1, 8.0, 7.0, 1000.0), "there is no period 8 of 7"),
        ("MOD", (1.0, 0.1), "some programs divide 1 by 0.1 without a rest"),
        ("MATCH in rising figures", (-1.0, GROWS), "-1 comes before the first, 0"),
        ("MATCH in rising figures", (2.0, (3.0, 1.0)), "the figures that are searched do not rise"),
        ("SUMIFS", ((1.0,), ("4090",), "4090"), "'4090' has a meaning of its own in a search"),
        ("SUMIFS", ((1.0,), ("1 Sep 2026",), "1 Sep 2026"), "'1 Sep 2026' has a meaning of its own in a search"),
        ("SUMIFS", ((1.0,), ("true",), "true"), "'true' has a meaning of its own in a search"),
        ("SUMIFS", ((1.0,), (r"x\1",), r"x\1"), r"'x\\1' has a meaning of its own in a search"),
        (
            "SUMIFS",
            ((1.0,), (1 / 3,), "<=0.333333333333333"),
            "0.3333333333333333 is 0.333333333333333 to some programs",
        ),
    ],
)
def test_where_a_spreadsheet_has_no_value_or_another_there_is_none(
    name: str, given: tuple[Any, ...], message: str
) -> None:
    tree, held = called(name, given, 0)

    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the message is compared in full
        value(tree, held.__getitem__)
    assert str(refused.value).lower().rstrip(".") == message.lower()
    if FUNCTIONS[name].array:
        assert np.isnan(array(tree, {cell: np.array([one]) for cell, one in held.items()}, np)).all()


def test_a_limit_is_converted_to_the_unit_of_what_it_is_compared_with() -> None:
    cost = Area(tuple(Reference(f"C{row}", Unit.parse("USD")) for row in (1, 2, 3)))
    since = Area(tuple(Reference(f"D{row}", Unit.parse("month")) for row in (1, 2, 3)))
    limit = Reference("B1", Unit.parse("year"))
    known = {"C1": 5.0, "C2": 7.0, "C3": 9.0, "D1": 6.0, "D2": 12.0, "D3": 18.0, "B1": 1.0}
    sums = {}
    for sought in (BELOW, UP_TO, ABOVE, FROM):
        found = lower(Apply(SUMIFS, (cost, since, Apply(sought, (limit,)))), "due")
        sums[words(found.expression)] = value(found.expression, known.__getitem__)

    assert sums == {
        "sum where (C1 to C3, D1 to D3, < B1 × months per year)": 5.0,
        "sum where (C1 to C3, D1 to D3, ≤ B1 × months per year)": 12.0,
        "sum where (C1 to C3, D1 to D3, > B1 × months per year)": 9.0,
        "sum where (C1 to C3, D1 to D3, ≥ B1 × months per year)": 16.0,
    }
    tree = lower(Apply(COUNTIF, (since, Apply(UP_TO, (limit - limit,)))), "due").expression
    assert excel(tree, lambda leaf: getattr(leaf, "name", "K1")) == '=COUNTIF(D1:D3,"<="&(B1-B1)*K1)'


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (
            lambda of: present_value(of.month, of.usd),
            "NPV needs a plain number (ratio), but month is month.",
        ),
        (
            lambda of: present_value(of.share, of.usd, of.month),
            "cannot add USD (usd) and month (month). They measure different things: USD against time.",
        ),
        (
            lambda of: internal_rate(of.usd, of.month),
            "IRR needs a plain number (ratio), but month is month.",
        ),
        (
            lambda of: declining_balance(of.usd, of.usd, of.month, of.share, of.share),
            (
                "cannot compare month (month) and % (share). One is a rate over time and the other is not: multiply "
                "share by a duration, or divide month by one."
            ),
        ),
        (
            lambda of: interest(of.share, of.month, of.month, of.usd),
            "IPMT needs a rate per period (1/month), but share is %.",
        ),
        (
            lambda of: Apply(SUMIFS, (of.usd, of.month, of.month, of.share)),
            "SUMIFS needs what each block must be, but share is %.",
        ),
        (
            lambda of: Apply(MATCH_RISING, (of.usd, of.share)),
            "cannot compare USD (usd) and % (share). They measure different things: USD against a plain number.",
        ),
    ],
)
def test_units_that_do_not_fit_are_refused(formula: Callable[[Any], Expression], message: str) -> None:
    units = {"usd": "USD", "month": "month", "share": "%"}
    of = SimpleNamespace(**{name: Reference(name, Unit.parse(unit)) for name, unit in units.items()})

    with pytest.raises(UnitMismatch) as refused:
        lower(formula(of), "x")
    assert str(refused.value) == f"Line 'x': {message}"


def test_a_ledger_with_all_of_them_is_the_same_in_its_workbook(tmp_path: Path) -> None:
    book = Ledger("A loan and what it buys", as_of="2026-01-05")
    price = book.assume("price", "1000 USD")
    life, second = book.assume("life", "5 year"), book.assume("second", "24 month")
    residual = book.assume("residual", "100 USD")
    twice = book.assume("twice", "2 ratio")
    rate, term = book.assume("rate", "12 %/year"), book.assume("term", "36 month")
    saved = book.assume("saved", "600 USD")
    per_year = book.assume("per_year", "10 %")
    written_off = book.line("written_off", declining_balance(price, residual, life, second, twice), unit="USD/year")
    paid = book.line("paid", interest(rate, second, term, price), unit="USD/month")
    worth = book.line("worth", present_value(per_year, saved, saved) - price, unit="USD")
    mean = book.line("mean", average(price, residual, saved), unit="USD")
    shown = book.line("shown", rounded(paid, 2), unit="USD/month")
    shown_by_year = book.line("shown_by_year", rounded(paid, -1), unit="USD/year")
    left = book.line("left", remainder(price, saved), unit="USD")

    assert written_off.value.magnitude == pytest.approx(240)
    assert paid.value.magnitude == pytest.approx(-npf.ipmt(0.01, 24, 36, 1000))
    assert worth.value.magnitude == pytest.approx(600 / 1.1 + 600 / 1.21 - 1000)
    assert mean.value.magnitude == pytest.approx(1700 / 3)
    assert (shown.value.magnitude, left.value.magnitude) == (4.03, 400)
    assert shown_by_year.value.magnitude == 50
    assert verify(book.to_excel(tmp_path / "loan.xlsx"))


def test_decimals_are_a_whole_number() -> None:
    with pytest.raises(ExpressionError, match=r"^rounded\(x, decimals\) takes a whole number of decimals, not 0\.5\.$"):
        rounded(Reference("x", DIMENSIONLESS), 0.5)  # type: ignore[arg-type]


def test_the_rest_of_a_tenth_is_nothing_where_programs_differ_about_it() -> None:
    book = Ledger("Tenths", as_of="2026-01-05")
    rest = book.line("rest", remainder(book.assume("whole", "1 USD"), book.assume("tenth", "0.1 USD")), unit="USD")

    assert rest.value.magnitude == 0
