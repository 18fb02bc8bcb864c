"""Published figures as data: what a row may say, what is refused, and how a verdict comes about."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from unitledger.errors import InputsFileError, UnknownName
from unitledger.templates.published import Case, Reconciled, cases, reconcile
from unitledger.templates.published.case import read

HEADINGS = "case,option,settings,output,unit,published,rounding,note\n"


def case(published: float | None = 100, rounding: float | None = 0.05, note: str = "") -> Case:
    return Case("1.cost", "serving_cost", "h100", {}, "token_cost", "USD/Mtoken", published, rounding, note)


def test_a_row_becomes_a_case() -> None:
    row = '1.cost,h100,load=0.5 ratio; scheme=pipeline,token_cost,USD/Mtoken,0.14,0.05,"DOC: wrong, by a half"\n'

    assert list(read(HEADINGS + row, "x.csv", "serving_cost")) == [
        Case(
            "1.cost",
            "serving_cost",
            "h100",
            {"load": "0.5 ratio", "scheme": "pipeline"},
            "token_cost",
            "USD/Mtoken",
            0.14,
            0.05,
            "DOC: wrong, by a half",
        )
    ]


@pytest.mark.parametrize(
    ("given", "computed", "verdict", "explained"),
    [
        (case(100, 0.05, ""), 104.9, "agrees", True),
        (case(100, 0.05, ""), 105, "agrees", True),
        (case(100, 0.05, ""), 105.1, "differs", False),
        (case(100, 0.05, "CHAIN: of rounded figures"), 94.9, "differs", False),
        (case(100, 0.05, "DOC: an eighth too much"), 80, "differs", True),
        (case(100, 0.05, "DOC: but it is right"), 100, "agrees", False),
        (case(0, 0, ""), 0, "agrees", True),
        (case(100, 0.05, "BOUND: at most"), 3, "holds", True),
        (case(100, 0.05, "BOUND: at most"), 106, "does not hold", False),
        (case(100, 0.05, "BOUND: at least a hundred"), 300, "holds", True),
        (case(100, 0.05, "BOUND: at least a hundred"), 94, "does not hold", False),
        (case(100, 0.05, "BOUND: at least as measured, and at most 2.5 times it; a ceiling"), 250, "holds", True),
        (case(100, 0.05, "BOUND: at least as measured, and at most 2.5 times it"), 251, "does not hold", False),
        (case(100, 0.05, "BOUND: at least as measured, and at most 2.5 times it"), 94, "does not hold", False),
        (case(100, 0.05, "BOUND: close to it"), 96, "holds", True),
        (case(100, 0.05, "BOUND: close to it"), 94, "does not hold", False),
        (case(None, None, "DERIVED: ours"), 7, "not published", True),
    ],
)
def test_the_verdict_is_print_against_computation(given: Case, computed: float, verdict: str, explained: bool) -> None:
    one = Reconciled(given, computed)

    assert (one.verdict, one.explained) == (verdict, explained)


def test_differences_are_computed_less_published() -> None:
    assert Reconciled(case(), 104).difference == 4
    assert Reconciled(case(), 104).relative_difference == pytest.approx(0.04)
    assert Reconciled(case(0, 0), 2).relative_difference is None
    assert Reconciled(case(None, None), 2).difference is None


def test_the_computed_figure_comes_from_the_template_with_the_settings_of_the_case() -> None:
    found = {one.case.case: one for one in reconcile("serving_cost")}
    hour = 40000 / (3 * 8760) + (8 * 0.4 + 2) * 0.1 + 1500 / 730 / 4

    assert found["001.hour.4090_total"].computed == pytest.approx(hour)
    assert found["001.design1.capex"].computed == 12800 + 8 * 700 + 8 * 150 + 1500 * 8 / 20
    assert found["001.design1.capex_chain"].case.settings == {"switch_ports": "16 port/switch"}
    assert found["001.design1.capex_chain"].computed == 12800 + 8 * 700 + 8 * 150 + 1500 * 8 / 16


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1.cost,h100,,token_cost,USD/Mtoken", "x.csv, line 2: 5 cells under 8 headings."),
        ("1.cost,h100,,,USD/Mtoken,,,", "x.csv, line 2, output: is empty."),
        (
            "1.cost,h100,,token_cost,usd,,,",
            "x.csv, line 2, unit: Cannot read the unit 'usd': unknown unit 'usd'. Did you mean 'USD'?",
        ),
        ("1.cost,h100,,token_cost,USD,a lot,0.1,", "x.csv, line 2, published: expected a number, got 'a lot'."),
        ("1.cost,h100,,token_cost,USD,nan,0.1,", "x.csv, line 2, published: expected a number, got 'nan'."),
        (
            "1.cost,h100,,token_cost,USD,5,,",
            "x.csv, line 2, rounding: a published figure has a rounding, another has none.",
        ),
        ("1.cost,h100,,token_cost,USD,5,2,", "x.csv, line 2, rounding: expected a share from 0 to 1, got 2."),
        (
            "1.cost,h100,load,token_cost,USD,,,",
            "x.csv, line 2, settings: expected name=quantity; name=quantity, got 'load'.",
        ),
        ("1.cost,h100,a=1 x; a=2 x,token_cost,USD,,,", "x.csv, line 2, settings: 'a' is set twice."),
        ("1.cost,h100,,a,USD,,,\n1.cost,h100,,b,USD,,,", "x.csv, line 3, case: '1.cost' is there twice."),
        (
            '1.cost,h100,,a,USD,,,"open',
            "x.csv, line 2: not valid CSV: unexpected end of data.",
        ),
    ],
)
def test_a_broken_row_is_refused_with_line_and_field(row: str, message: str) -> None:
    with pytest.raises(InputsFileError) as refused:
        list(read(HEADINGS + row, "x.csv", "serving_cost"))

    assert str(refused.value) == message


def test_other_columns_are_refused() -> None:
    with pytest.raises(InputsFileError) as refused:
        list(read("case,value\n", "x.csv", "serving_cost"))

    assert str(refused.value) == (
        "x.csv, line 1: unknown column 'value'. Columns are case, option, settings, output, unit, published, "
        "rounding, note."
    )


@pytest.mark.parametrize("look_up", [cases, reconcile])
def test_an_unknown_template_is_refused(look_up: Callable[[str], object]) -> None:
    with pytest.raises(UnknownName) as refused:
        look_up("serving_kost")

    assert str(refused.value).startswith("There is no template 'serving_kost'. Did you mean 'serving_cost'")


def test_a_case_that_its_ledger_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = attrs.evolve(case(), settings={"load": "2 ratio"})
    monkeypatch.setattr("unitledger.templates.published.reconciliation.cases", lambda _: (broken,))

    with pytest.raises(InputsFileError) as refused:
        reconcile()

    assert str(refused.value) == (
        "serving_cost.csv, case 1.cost: Input 'load': 2 ratio is above the most possible 1 ratio."
    )
