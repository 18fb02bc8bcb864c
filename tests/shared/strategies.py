"""Random small ledgers for property tests: several options, conversions, totals, choices, alerts."""

from __future__ import annotations

from typing import Literal

from hypothesis import strategies as st

from unitledger.expression import absolute, maximum, minimum, round_up, when
from unitledger.expression.node import Operand
from unitledger.ledger import Ledger
from unitledger.model import Figure, Line

WORDS = ("flat", "loaded", "mixed case")
_TIMES = ("h", "day", "month", "year", "s", "ms")
_RATES = ("USD/h", "USD/day", "USD/month", "USD/year", "USD/min")
_TARIFFS = ("USD/kWh", "USD/MWh")
_POWERS = ("kW", "W", "MW")


def figures() -> st.SearchStrategy[float]:
    """Figures as people write them: three digits, over six decades, above zero."""
    return st.builds(lambda digits, power: float(f"{digits}e{power}"), st.integers(1, 999), st.integers(-3, 3))


def up_to(most: float) -> st.SearchStrategy[float]:
    """Numbers from 0 to an end, but for those that a spreadsheet takes for 0."""
    return st.just(0.0) | st.floats(1e-300, most)


def quantities(units: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Texts of quantities in one of several units of one dimension."""
    return st.builds(lambda figure, unit: f"{figure!r} {unit}", figures(), st.sampled_from(units))


@st.composite
def ranged(draw: st.DrawFn, units: tuple[str, ...]) -> Figure:
    """A figure in one of several units of one dimension, with low and high around it, or with one of them, or none."""
    figure, unit = draw(figures()), draw(st.sampled_from(units))
    low, high = (draw(st.sampled_from([None, factor])) for factor in (0.5, 2.0))
    below = None if low is None else f"{figure * low!r} {unit}"
    above = None if high is None else f"{figure * high!r} {unit}"
    return Figure(f"{figure!r} {unit}", low=below, high=above)


@st.composite
def ledgers(draw: st.DrawFn, most_options: int = 3, most_lines: int = 6) -> Ledger:
    """A ledger of USD per time whose lines all have values in every option."""
    book = Ledger("Random", option="base", as_of="2024-02-29", owner=draw(st.sampled_from(["", "desk"])))
    draws = [
        book.assume(f"draw_{place}", draw(quantities(_POWERS)), minimum=0, source=draw(st.sampled_from(["", "bill"])))
        for place in range(draw(st.integers(1, 3)))
    ]
    tariff = book.assume("tariff", draw(quantities(_TARIFFS)), label="Tariff, all-in", low="0 USD/kWh")
    rents = [book.assume(f"rent_{place}", draw(ranged(_RATES))) for place in range(draw(st.integers(1, 3)))]
    share = draw(st.integers(1, 100))
    load = book.assume(
        "load", f"{share} %", low="1 %", high=f"{draw(st.integers(share, 100))} %", minimum=0, maximum="100 %"
    )
    life = book.assume("life", draw(quantities(_TIMES)))
    billing = book.choice("billing", WORDS, value=draw(st.sampled_from(WORDS)))
    spare = book.constant("spare", f"{draw(figures())!r} ratio")
    known: list[Operand] = [*rents, *(each * tariff for each in draws)]
    made: list[Line] = []
    for place in range(draw(st.integers(1, most_lines))):
        if draw(st.booleans()):
            book.section(draw(st.sampled_from(["Energy", "Rent", "Other costs"])))
        left, right = draw(st.sampled_from(known)), draw(st.sampled_from(known))
        formula = draw(
            st.sampled_from(
                [
                    left + right,
                    left - right * load,
                    left * load / (spare + load),
                    maximum(left, right),
                    minimum(left, right) * (1 - load),
                    when(left > right, left, right),
                    -left + absolute(right),
                    left * life / life,
                    left * round_up(spare + load),
                    billing.select({"flat": left, "loaded": left + right, "mixed case": right}),
                ]
            )
        )
        made.append(book.line(f"line_{place}", formula, unit=draw(st.sampled_from(_RATES))))
        known.append(made[-1])
    bill = book.total("bill", [*made, rents[0]], unit=draw(st.sampled_from(_RATES)), label="The whole bill")
    for place in range(1, draw(st.integers(1, most_options))):
        settings: dict[str, str | Figure] = {}
        choices: tuple[tuple[str, st.SearchStrategy[str | Figure]], ...] = (
            ("tariff", ranged(_TARIFFS)),
            ("rent_0", ranged(_RATES)),
            ("billing", st.sampled_from(WORDS)),
            ("load", st.sampled_from(["1 %", "37.5 %", "100 %"])),
        )
        for name, given in choices:
            if draw(st.booleans()):
                settings[name] = draw(given)
        book.option(f"option {place}", settings, source=draw(st.sampled_from(["", "offer"])))
    if draw(st.integers(0, 3)):
        better: Literal["lower", "higher"] = draw(st.sampled_from(["lower", "higher"]))
        book.headline(draw(st.sampled_from([bill, made[-1]])), better=better, beside=made[:1])
    if draw(st.booleans()):
        book.alert(made[0] > bill, "One line costs more than the bill")
    return book
