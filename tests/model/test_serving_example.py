"""Serving a 70B model on eight gaming cards or eight H100: the first example of the documentation."""

from __future__ import annotations

import pytest

from unitledger import CapexAmortization, Ledger, Power, RackRent
from unitledger.errors import ValueRefused


@pytest.fixture(scope="module")
def book() -> Ledger:
    book = Ledger(
        "Serving LLaMA-2-70B",
        option="8 x RTX 4090",
        as_of="2023-10-01",
        excludes=["staff", "PUE", "prefill", "cost of capital"],
    )
    capex = book.add(CapexAmortization(price="40000 USD/machine", life="3 year"))
    power = book.add(Power(draw="5 kW/machine", tariff="0.10 USD/kWh"))
    rack = book.add(RackRent(rent="1500 USD/rack/month", density="4 machine/rack"))
    hour = book.total("machine_hour", [capex, power, rack], unit="USD/machine/hour")

    batch = book.assume("batch", "330 token/step/machine", source="compute/bandwidth balance")
    step = book.assume("step_time", "27 ms/step")
    load = book.assume("load", "100 %", label="Share of time sold", low="30 %", high="100 %")
    sold = book.line("throughput_sold", batch / step * load, unit="Mtoken/machine/hour")
    cost = book.line("token_cost", hour / sold, unit="USD/Mtoken")

    book.option(
        "8 x H100",
        {
            "capex.price": "300000 USD/machine",
            "power.draw": "10 kW/machine",
            "rack.density": "2 machine/rack",
            "batch": "295 token/step/machine",
            "step_time": "5.22 ms/step",
        },
        source="document 001",
    )
    book.headline(cost, better="lower", beside=[hour, sold])
    return book


def by_hand(price: float, kilowatt: float, density: float, batch: float, step_ms: float) -> tuple[float, float, float]:
    """Machine hour [USD/h], tokens [Mtoken/h] and cost [USD/Mtoken] on plain numbers."""
    hour = price / (3 * 365 * 24) + kilowatt * 0.10 + 1500 / (365 * 24 / 12) / density
    rate = batch / (step_ms / 1000) * 3600 / 1e6
    return hour, rate, hour / rate


def test_the_cost_of_a_million_tokens(book: Ledger) -> None:
    assert round(book.value("token_cost").magnitude, 4) == 0.0576
    assert round(book.value("token_cost", "8 x H100").magnitude, 4) == 0.0661


@pytest.mark.parametrize(
    ("option", "figures"),
    [("8 x RTX 4090", (40000, 5, 4, 330, 27)), ("8 x H100", (300000, 10, 2, 295, 5.22))],
)
def test_every_line_against_plain_arithmetic(
    book: Ledger, option: str, figures: tuple[float, float, float, float, float]
) -> None:
    values = book.values(option)

    assert [values[name] for name in ("machine_hour", "throughput_sold", "token_cost")] == pytest.approx(
        by_hand(*figures), rel=1e-13
    )


def test_a_line_shows_its_value_in_the_base_option(book: Ledger) -> None:
    assert str(book["token_cost"]) == "token_cost = 0.0576311 USD/Mtoken"
    assert str(book["throughput_sold"]) == "throughput_sold = 44 Mtoken/machine/hour"


def test_the_documents_rounded_chain_gives_the_printed_tokens_per_dollar(book: Ledger) -> None:
    rate, hour = book.value("throughput_sold").magnitude, book.value("machine_hour").magnitude

    assert rate / round(hour, 1) == pytest.approx(17.6, abs=0.05)


def test_the_headline_and_what_is_shown_beside_it(book: Ledger) -> None:
    assert book.answer is not None
    assert (book.answer.line, book.answer.better, book.answer.beside) == (
        "token_cost",
        "lower",
        ("machine_hour", "throughput_sold"),
    )
    assert book.exclusions == ("staff", "PUE", "prefill", "cost of capital")


def test_figures_carry_source_and_date(book: Ledger) -> None:
    own = book.setting("batch", "8 x H100").figure
    inherited = book.setting("load", "8 x H100")

    assert (own.source, str(own.as_of)) == ("document 001", "2023-10-01")
    assert (inherited.low, inherited.high, str(inherited.figure.as_of)) == (0.3, 1.0, "2023-10-01")


def test_selling_less_of_the_time_makes_a_token_dearer_in_proportion(book: Ledger) -> None:
    half = book.with_settings({"8 x RTX 4090": {"load": "50 %"}})

    for option in book.options:
        assert half.value("token_cost", option).magnitude == pytest.approx(
            2 * book.value("token_cost", option).magnitude, rel=1e-14
        )


def test_a_load_that_is_no_share_is_refused(book: Ledger) -> None:
    with pytest.raises(ValueRefused):
        book.with_settings({"8 x RTX 4090": {"load": True}})
