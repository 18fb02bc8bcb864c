"""What a user reads when units disagree: the line, both units, and the likely fix."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import ExpressionError, UnitMismatch
from unitledger.expression import (
    WORD,
    Reference,
    all_of,
    annuity,
    equal,
    fixed,
    logarithm,
    lower,
    maximum,
    power,
    round_up,
    sentence,
    square_root,
    straight_line,
    when,
)
from unitledger.expression.kind import correction, remedy
from unitledger.units import Unit


def named(name: str, unit: str) -> Reference:
    return Reference(name, Unit.parse(unit))


power_bill = named("power_bill", "USD/machine/h")
gpu_rent = named("gpu_rent", "USD/gpu/h")
rent_cny = named("rent_cny", "CNY/machine/h")
price = named("price", "USD/machine")
draw = named("draw", "W")
energy = named("energy", "kWh")
life = named("life", "year")
share = named("share", "%")
memory = named("memory", "GB")
scheme = Reference("scheme", WORD)

per_usd = named("per_usd", "Mtoken/USD")
per_cny = named("per_cny", "Mtoken/CNY")
usd_rate = named("usd_rate", "USD/CNY")
cny_rate = named("cny_rate", "CNY/USD")

CASES: list[tuple[Callable[[], Any], str | None, str]] = [
    (
        lambda: power_bill + rent_cny,
        None,
        (
            "Line 'x': cannot add USD/machine/h (power_bill) and CNY/machine/h (rent_cny). Two currencies need an "
            "exchange rate with a date: multiply rent_cny by assume('exchange_rate', '... USD/CNY', "
            "source=..., as_of=...)."
        ),
    ),
    (
        # Money below the line: the rate is the other way round.
        lambda: per_usd + per_cny,
        None,
        (
            "Line 'x': cannot add Mtoken/USD (per_usd) and Mtoken/CNY (per_cny). Two currencies need an exchange rate "
            "with a date: multiply per_cny by assume('exchange_rate', '... CNY/USD', source=..., as_of=...)."
        ),
    ),
    (
        lambda: usd_rate + cny_rate,
        None,
        (
            "Line 'x': cannot add USD/CNY (usd_rate) and CNY/USD (cny_rate). One is the inverse of the other: the "
            "division is upside down."
        ),
    ),
    (
        lambda: power_bill + gpu_rent,
        None,
        (
            "Line 'x': cannot add USD/machine/h (power_bill) and USD/gpu/h (gpu_rent). They differ by gpu/machine: "
            "a count is missing in one, or one too many in the other."
        ),
    ),
    (
        lambda: power_bill + named("hall", "USD/h"),
        None,
        (
            "Line 'x': cannot add USD/machine/h (power_bill) and USD/h (hall). They differ by machine: multiply "
            "power_bill by a count such as '1 machine', or divide hall by one, so that both are for the same thing."
        ),
    ),
    (
        lambda: energy - draw,
        None,
        (
            "Line 'x': cannot subtract kWh (energy) and W (draw). One is a rate over time and the other is not: "
            "multiply draw by a duration, or divide energy by one."
        ),
    ),
    (
        lambda: power_bill + price,
        None,
        (
            "Line 'x': cannot add USD/machine/h (power_bill) and USD/machine (price). One is a rate over time and the "
            "other is not: multiply power_bill by a duration, or divide price by one."
        ),
    ),
    (
        lambda: price / life,
        "USD/machine",
        (
            "Line 'x': the formula gives USD/machine/year, but the line is declared in USD/machine. One is a rate over "
            "time and the other is not: multiply the formula by a duration, or divide the declared unit by one."
        ),
    ),
    (
        lambda: life / price,
        "USD/machine/year",
        (
            "Line 'x': the formula gives machine·year/USD, but the line is declared in USD/machine/year. One is the "
            "inverse of the other: the division is upside down."
        ),
    ),
    (
        lambda: memory < life,
        None,
        (
            "Line 'x': cannot compare GB (memory) and year (life). They measure different things: information against "
            "time."
        ),
    ),
    (
        lambda: when(memory, life, life),
        None,
        "Line 'x': IF needs true or false, such as a comparison, but memory is GB.",
    ),
    (
        lambda: when(life > 0, price, share),
        None,
        (
            "Line 'x': cannot choose between USD/machine (price) and % (share). They measure different things: USD per "
            "machine against a plain number."
        ),
    ),
    (
        lambda: life > 0,
        "year",
        "Line 'x': the formula gives true or false, but the line is declared in year.",
    ),
    (
        lambda: (life > 0) + price,
        None,
        "Line 'x': + needs a number, but life > 0 is true or false.",
    ),
    *(
        (
            write,
            None,
            (
                f"Line 'x': {refusal}, but scheme is the word of a choice. Write scheme.select(...) for a figure by "
                "word, or scheme.is_('...') for a condition."
            ),
        )
        for write, refusal in (
            (lambda: scheme * price, "* needs a number"),
            (lambda: scheme + 1, "+ needs a number"),
            (lambda: maximum(1, scheme), "MAX needs a number"),
            (lambda: round_up(scheme), "ROUNDUP needs a number"),
            (lambda: straight_line(scheme, 0, life), "SLN needs a number"),
            (lambda: scheme > 1, "> compares figures"),
            (lambda: equal(scheme, scheme), "= compares figures"),
            (lambda: when(scheme, life, life), "IF needs true or false, such as a comparison"),
        )
    ),
    (
        lambda: power(life, share),
        None,
        "Line 'x': POWER needs a plain number (ratio), but life is year.",
    ),
    (
        lambda: logarithm(memory),
        None,
        "Line 'x': LN needs a plain number (ratio), but memory is GB.",
    ),
    (
        lambda: annuity(share, life, price),
        None,
        "Line 'x': PMT needs a rate per period (1/year), but share is %.",
    ),
    (
        lambda: sentence("costs ", price),
        None,
        "Line 'x': & joins texts; write a number out with fixed(...) first, but price is USD/machine.",
    ),
    (
        lambda: all_of(life > 0, memory),
        None,
        "Line 'x': AND needs true or false, such as a comparison, but memory is GB.",
    ),
]


@pytest.mark.parametrize(("formula", "unit", "message"), CASES)
def test_the_message_names_both_sides_and_the_fix(formula: Callable[[], Any], unit: str | None, message: str) -> None:
    with pytest.raises(UnitMismatch) as mismatch:
        lower(formula(), "x", None if unit is None else Unit.parse(unit))
    assert str(mismatch.value) == message


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (
            lambda: price * 2,
            (
                "A bare 2 in a formula has no unit and no source. Name it: assume('name', '2 ratio', source=...) or "
                "constant('name', '2 ratio', source=...)."
            ),
        ),
        (
            lambda: price + "3 USD",
            "'3 USD' (str) cannot stand in a formula. Name it first: assume('name', '3 USD', source=...).",
        ),
        (
            lambda: price if price > 0 else life,
            (
                "An expression is not true or false while it is being written. Use when(condition, a, b) to choose "
                "between two values, maximum(a, b) or minimum(a, b) for max and min, all_of(...) or any_of(...) to "
                "join conditions."
            ),
        ),
        (
            lambda: price**5,
            (
                "An operand can be raised to 2, 3 or 4, not to 5. Use power(base, exponent) with a dimensionless base "
                "and exponent, or square_root(x)."
            ),
        ),
        (sentence, "A sentence needs at least one part."),
    ],
)
def test_what_has_no_place_in_a_formula_is_refused(formula: Callable[[], Any], message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        formula()
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        (lambda: price / life, "USD/machine/year"),
        (lambda: draw * named("tariff", "USD/kWh"), "W·USD/kWh"),
        (lambda: square_root(life * life), "year"),
        (lambda: round_up(memory / named("fit", "GB/gpu")), "gpu"),
        (lambda: when(equal(life, 0), share, 1), "%"),
        (lambda: annuity(named("rate", "%/month"), life, price), "USD/machine/year"),
    ],
)
def test_units_that_follow(formula: Callable[[], Any], unit: str) -> None:
    found = lower(formula(), "x").kind
    assert found == Unit.parse(unit.replace("·", " "))


def test_a_number_written_out_is_text() -> None:
    assert str(lower(fixed(price, 2), "x").kind) == "Special.TEXT"


@given(
    st.sampled_from(["{}", "{}/h", "Mtoken/{}", "{}^2/kWh", "1/{}"]),
    st.sampled_from([("USD", "CNY"), ("EUR", "USD"), ("cent", "GBP")]),
)
def test_the_exchange_rate_that_is_suggested_makes_the_units_agree(pattern: str, currencies: tuple[str, str]) -> None:
    one, other = (Unit.parse(pattern.format(currency)) for currency in currencies)
    for said in (remedy("a", one, "b", other), correction("b", other, one)):
        rate = re.search(r"'\.\.\. ([A-Z]+/[A-Z]+)'", said)
        assert rate is not None
        times = 2 if "^2" in pattern else 1
        assert (other * Unit.parse(rate[1]) ** times).dimension == one.dimension
