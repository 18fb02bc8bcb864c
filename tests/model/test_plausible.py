"""What is plausible of a line: constants for its ends, and alerts that name it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger import CapexAmortization, Ledger, Q, total
from unitledger.errors import LedgerError, NameRefused, QuantityError, UnitMismatch, ValueRefused

BELOW = "Cost of a token is below 0 USD/Mtoken, which is not plausible."


def priced(residual: str = "20 %") -> Ledger:
    book = Ledger("Price", option="new", as_of="2024-01-01")
    price, left = book.assume("price", "100 USD"), book.assume("residual", residual)
    made = book.assume("made", "50 Mtoken", above=0)
    book.headline(book.line("cost", price * (1 - left) / made, label="Cost of a token", minimum=0))
    book.option("used", {"price": "40 USD"})
    return book


def test_a_line_beyond_what_is_plausible_raises_an_alert_that_names_it() -> None:
    assert priced().raised() == ()
    assert priced("150 %").raised() == (BELOW,)
    assert priced().with_settings({"used": {"residual": "150 %"}}).raised("used") == (BELOW,)
    assert priced("100 %").raised() == ()


def test_an_end_that_is_not_zero_is_a_constant() -> None:
    book = priced()
    share = book.line("share", book["residual"], "%", label="Share left", minimum="10 %", maximum=90)
    constants = {name: (constant.label, str(Q(str(book.value(name))))) for name, constant in book.constants.items()}

    assert str(share.value) == "20 %"
    assert constants == {
        "share.minimum": ("Share left: least plausible", "10 %"),
        "share.maximum": ("Share left: most plausible", "90 %"),
    }
    assert [alert.line for alert in book.alerts] == ["cost", "share", "share"]
    low, high = (book.with_settings({"new": {"residual": each}}).raised() for each in ("9.99 %", "90.01 %"))
    assert low == ("Share left is below 10 %, which is not plausible.",)
    assert high == ("Share left is above 90 %, which is not plausible.",)


def test_totals_and_cost_lines_have_ends_too() -> None:
    book = priced()
    capex = book.add(CapexAmortization(price=book["price"], life="3 year"), maximum="1 USD/year")
    book.total("all", [capex, capex], "USD/year", maximum="70 USD/year")

    assert book.raised() == ("Depreciation (straight line) is above 0.000114155 USD/h, which is not plausible.",)
    assert book.with_settings({"new": {"price": "300 USD"}}).raised()[1] == (
        "All is above 70 USD/year, which is not plausible."
    )


@given(end=st.floats(-1e6, 1e6).filter(lambda end: abs(end) > 1e-6), share=st.floats(1e-6, 1))
def test_ends_of_either_sign_hold_from_both_sides(end: float, share: float) -> None:
    for kind, sign in (("minimum", -1), ("maximum", 1)):
        book = Ledger("Ends")
        given = book.assume("given", Q(end, "USD"))
        book.line("line", given, **{kind: Q(end, "USD")})  # type: ignore[arg-type]
        beyond, within = (Q(end + way * sign * share * abs(end), "USD") for way in (1, -1))

        assert book.raised() == ()
        assert book.with_settings({"base": {"given": within}}).raised() == ()
        assert len(book.with_settings({"base": {"given": beyond}}).raised()) == 1


@given(parts=st.integers(2, 40), end=st.sampled_from([1.0, 0.7, 8e10, 1e-9, 33.3]))
def test_dust_raises_nothing(parts: int, end: float) -> None:
    book = Ledger("Dust")
    part = book.assume("part", Q(end / parts, "kW"))
    whole = book.line("whole", total(*[part] * parts), minimum=Q(end, "kW"), maximum=Q(end, "kW"))
    if end < 1000:
        book.line("left", book.assume("end", Q(end, "kW")) - whole, minimum=0, maximum=0)

    assert math.isclose(book.values()["whole"], end, rel_tol=1e-12)
    assert book.raised() == ()


def test_a_billionth_of_a_share_is_dust_and_more_is_not() -> None:
    book = Ledger("Share")
    book.line("load", book.assume("given", "100.00000001 %"), "%", maximum="100 %")
    book.line("left", 1 - book["given"], "%", minimum=0)

    assert book.raised() == ()
    assert len(book.with_settings({"base": {"given": "100.0000002 %"}}).raised()) == 2


def test_what_is_plausible_comes_along() -> None:
    other = Ledger("Other")
    made = other.include(priced("150 %"), "own", label="Ours")
    reported = priced("150 %").reported_in("CNY", rate="7.1 CNY/USD", as_of="2024-01-01")

    assert other.raised() == (f"Ours: {BELOW}",)
    assert other.alerts[0].line == made["cost"].name == "own.cost"
    assert reported.raised() == (BELOW,)
    assert priced("150 %").only("used").raised() == (BELOW,)


def test_a_long_label_fits_into_an_alert() -> None:
    book = Ledger("Long", option="ä" * 60)
    book.line("cost", book.assume("price", "1 USD"), label="Größe " * 33, minimum=2)

    (told,) = book.raised()
    assert told.startswith("Größe Größe ")
    assert told.endswith("… is below 2 USD, which is not plausible.")


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        ({"minimum": "5 kW"}, UnitMismatch, "Line 'bill', minimum: expected USD, got 5 kW."),
        ({"maximum": "5"}, QuantityError, "Line 'bill', maximum: '5' has no unit."),
        ({"minimum": 6, "maximum": 5}, ValueRefused, "Line 'bill': its minimum 6 USD is above its maximum 5 USD."),
        ({"minimum": float("inf")}, ValueRefused, "Line 'bill', minimum: expected a finite number of USD, got inf."),
    ],
)
def test_ends_that_do_not_fit_are_refused_and_leave_nothing(
    more: dict[str, Any], error: type[LedgerError], message: str
) -> None:
    book = priced()
    with pytest.raises(error) as refused:
        book.line("bill", book["price"], **more)
    assert str(refused.value).startswith(message)
    with pytest.raises(error):
        book.total("bill", [book["price"]], **more)
    assert "bill" not in book
    assert (len(book.alerts), len(book.constants)) == (1, 0)


def test_a_name_that_an_end_needs_may_be_taken() -> None:
    book = priced()
    book.assume("bill.minimum", "5 USD")
    with pytest.raises(NameRefused, match=r"already a line or input named 'bill\.minimum'"):
        book.line("bill", book["price"], minimum=1)
    assert "bill" not in book
