"""Reporting a ledger in another currency: `reported_in`, as somebody in another country would use it."""

from __future__ import annotations

from datetime import date

import pytest

from unitledger.errors import MissingRate, NameRefused, UnitMismatch, UnknownName, UnknownUnit, ValueRefused
from unitledger.ledger import Ledger
from unitledger.model import Figure
from unitledger.model.derived.reporting import Rate
from unitledger.units import Q


def power_bill() -> Ledger:
    """A machine at 5 kW and 0.10 USD/kWh costs 0.5 USD an hour and makes 2 Mtoken in it."""
    book = Ledger("Power bill", option="air", as_of="2024-01-01", owner="finance")
    tariff = book.assume("tariff", "0.10 USD/kWh", source="contract")
    draw = book.assume("draw", "5 kW", source="nameplate")
    made = book.assume("made", "2 Mtoken/h", source="measured")
    hour = book.line("hour", tariff * draw, unit="USD/hour", label="An hour")
    cost = book.line("token_cost", hour / made, unit="USD/Mtoken", label="Cost of tokens")
    yields = book.line("tokens_per_usd", made / hour, unit="Mtoken/USD", label="Tokens for money")
    year = book.line("power_time", draw * book.assume("time", "8760 h"), unit="kWh", label="Energy of a year")
    book.option("water", {"draw": "4 kW"}, source="trial")
    book.headline(cost, better="lower", beside=[hour, yields, year])
    return book


def in_yuan(book: Ledger) -> Ledger:
    return book.reported_in("CNY", rate="7.1 CNY/USD", source="central bank fixing", as_of="2023-11-01")


def test_key_figures_stand_in_both_currencies() -> None:
    reported = in_yuan(power_bill())

    assert reported.value("token_cost_cny") == Q("1.775 CNY/Mtoken")
    assert reported.value("token_cost") == Q("0.25 USD/Mtoken")
    assert reported.value("token_cost_cny", "water").magnitude == pytest.approx(0.2 * 7.1)
    assert str(reported.value("hour_cny")) == "3.55 CNY/hour"
    assert reported.value("tokens_per_usd_cny").magnitude == pytest.approx(4 / 7.1)
    assert str(reported.unit("tokens_per_usd_cny")) == "Mtoken/CNY"
    assert [line.label for line in list(reported.lines.values())[-3:]] == [
        *("Cost of tokens in CNY", "An hour in CNY", "Tokens for money in CNY")
    ]
    assert "power_time_cny" not in reported


def test_the_headline_is_the_reported_one_and_the_originals_stand_beside() -> None:
    reported = in_yuan(power_bill())

    assert reported.answer is not None
    assert (reported.answer.line, reported.answer.better) == ("token_cost_cny", "lower")
    assert reported.answer.beside == (
        *("token_cost", "hour_cny", "hour", "tokens_per_usd_cny", "tokens_per_usd", "power_time"),
    )


def test_the_rate_is_an_input_with_its_source_and_day() -> None:
    reported = power_bill().reported_in(
        "CNY", rate="7.1 CNY/USD", source="fixing", as_of="2023-11-01", low="6.9 CNY/USD", high="7.3 CNY/USD"
    )

    rate = reported.input("cny_per_usd")
    figure = rate.setting.figure
    assert (rate.label, rate.section) == ("CNY per USD", "Reporting currency")
    assert (figure.source, figure.as_of, figure.owner) == ("fixing", date(2023, 11, 1), "finance")
    assert (rate.setting.low, rate.setting.value, rate.setting.high) == (6.9, 7.1, 7.3)
    assert reported.lines["hour_cny"].section == "Reporting currency"
    with pytest.raises(ValueRefused) as refused:
        reported.with_settings({"air": {"cny_per_usd": "-1 CNY/USD"}})
    assert str(refused.value) == "Input 'cny_per_usd': -1 CNY/USD is not above 0 CNY/USD."
    dearer = reported.with_settings({"air": {"cny_per_usd": "8 CNY/USD"}})
    assert str(dearer.value("hour_cny")) == "4 CNY/hour"


def test_the_ledger_itself_stays_as_it_was() -> None:
    book = power_bill()
    reported = in_yuan(book)

    assert "cny_per_usd" not in book
    assert book.answer is not None
    assert book.answer.line == "token_cost"
    assert (book.reporting, reported.reporting is None) == (None, False)
    reported.line("again", reported["hour_cny"])
    assert "again" not in book


def test_a_rate_the_other_way_round_divides() -> None:
    reported = power_bill().reported_in("CNY", rate="0.125 USD/CNY")

    assert str(reported.value("hour_cny")) == "4 CNY/hour"
    assert str(reported.value("tokens_per_usd_cny")) == "0.5 Mtoken/CNY"
    assert reported.input("usd_per_cny").setting.figure.as_of == date(2024, 1, 1)


def test_a_figure_brings_its_own_source() -> None:
    figure = Figure("7.1 CNY/USD", "bank", "2023-11-01", note="closing rate")

    reported = power_bill().reported_in("CNY", rate=figure, source="not this one")

    held = reported.input("cny_per_usd").setting.figure
    assert (held.source, held.as_of, held.note) == ("bank", date(2023, 11, 1), "closing rate")


@pytest.mark.parametrize("given", ["named", "operand", "nothing"])
def test_an_exchange_rate_of_the_ledger_serves(given: str) -> None:
    book = power_bill()
    fixing = book.assume("fixing", "8 CNY/USD", source="bank", minimum=0)
    given_as: dict[str, Rate | None] = {"named": "fixing", "operand": fixing, "nothing": None}
    rate = given_as[given]

    reported = book.reported_in("CNY", rate=rate)

    assert str(reported.value("hour_cny")) == "4 CNY/hour"
    assert list(reported.inputs) == list(book.inputs)
    assert reported.reporting is not None
    assert reported.reporting.rates == ("fixing",)


def two_currencies() -> Ledger:
    book = Ledger("Two bills", as_of="2024-01-01")
    rent = book.line("rent", book.assume("lease", "100 EUR/month"), label="Rent")
    energy = book.line("energy", book.assume("contract", "50 USD/month"), label="Energy")
    local = book.line("local", book.assume("fee", "10 CNY/month"), label="Local fee")
    book.headline(rent, beside=[energy, local])
    return book


def test_each_currency_needs_a_rate_and_amounts_in_the_reporting_currency_are_left_alone() -> None:
    reported = two_currencies().reported_in("CNY", rate=["7 CNY/USD", "8 CNY/EUR", "9 CNY/GBP"], as_of="2024-01-01")

    assert str(reported.value("rent_cny")) == "800 CNY/month"
    assert str(reported.value("energy_cny")) == "350 CNY/month"
    assert "local_cny" not in reported
    assert list(reported.inputs)[-2:] == ["cny_per_eur", "cny_per_usd"], "no figure is in GBP"


def test_a_missing_rate_names_the_line_and_both_currencies() -> None:
    with pytest.raises(MissingRate) as refused:
        two_currencies().reported_in("CNY", rate="8 CNY/EUR")

    assert str(refused.value) == (
        "Line 'energy' is in USD/month; no exchange rate from USD to CNY is given. "
        "Give one with its source and its day: rate='... CNY/USD', source='...', as_of='...'."
    )


def test_without_a_headline_the_totals_are_reported() -> None:
    book = Ledger("Two parts", as_of="2024-01-01")
    parts = [book.line(name, book.assume(f"{name}_price", "1 USD/h")) for name in ("one", "two")]
    book.total("both", parts)

    reported = book.reported_in("CNY", rate="7 CNY/USD")

    assert str(reported.value("both_cny")) == "14 CNY/h"
    assert "one_cny" not in reported
    assert reported.answer is None


def test_amounts_in_the_currency_alone_need_no_rate() -> None:
    book = Ledger("Local bill")
    book.headline(book.line("rent", book.assume("lease", "100 CNY/month"), label="Rent"))

    reported = book.reported_in("CNY")

    assert list(reported.lines) == ["rent"]
    assert reported.reporting is not None
    assert (reported.reporting.currency, reported.reporting.rates) == ("CNY", ())


def test_an_exchange_rate_among_the_key_figures_is_no_amount() -> None:
    book = Ledger("Rates", as_of="2024-01-01")
    given = book.assume("given", "7 CNY/USD")
    implied = book.line("implied", given * book.assume("spread", "1.1 ratio"), unit="CNY/USD")
    paid = book.line("paid", book.assume("invoice", "3 USD"))
    book.headline(paid, beside=[implied])

    reported = book.reported_in("EUR", rate="0.9 EUR/USD")

    assert list(reported.lines) == ["implied", "paid", "paid_eur"]


@pytest.mark.parametrize(
    ("currency", "rate", "kind", "message"),
    [
        ("cny", "7 CNY/USD", UnknownUnit, "Cannot read the unit 'cny': unknown unit 'cny'. Did you mean 'CNY'?"),
        ("kW", "7 CNY/USD", ValueRefused, "'kW' is no currency to report in; name one such as CNY."),
        ("kCNY", "7 CNY/USD", ValueRefused, "'kCNY' is no currency to report in; name one such as CNY."),
        (
            "CNY",
            "0.9 EUR/USD",
            UnitMismatch,
            "0.9 EUR/USD is no exchange rate of CNY. Give one such as '7.1 CNY/USD'.",
        ),
        ("CNY", "7.1 CNY", UnitMismatch, "7.1 CNY is no exchange rate of CNY. Give one such as '7.1 CNY/USD'."),
        ("CNY", "tariff", UnitMismatch, "Input 'tariff' [USD/kWh] is no exchange rate of CNY."),
        (
            "CNY",
            "tarif",
            UnknownName,
            "'Power bill' has no line or input named 'tarif'. Did you mean 'tariff'?",
        ),
        (
            "CNY",
            ["7 CNY/USD", "0.1 USD/CNY"],
            ValueRefused,
            "Two exchange rates between CNY and USD are given: 7 CNY/USD and 0.1 USD/CNY. Leave one out.",
        ),
        ("CNY", "0 CNY/USD", ValueRefused, "The exchange rate 0 CNY/USD is not above zero."),
    ],
)
def test_refused(currency: str, rate: str | list[str], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as refused:
        power_bill().reported_in(currency, rate=rate)

    assert str(refused.value) == message


def test_a_rate_needs_a_day() -> None:
    book = Ledger("Undated bill")
    book.line("hour", book.assume("tariff", "1 USD/h"))

    with pytest.raises(ValueRefused) as refused:
        book.reported_in("CNY", rate="7.1 CNY/USD")

    assert str(refused.value) == (
        "The exchange rate 7.1 CNY/USD has no day, and 'Undated bill' has none either. Say as_of='...'."
    )


def test_nothing_to_report() -> None:
    book = Ledger("Energy")
    book.line("work", book.assume("draw", "5 kW"))

    with pytest.raises(ValueRefused) as refused:
        book.reported_in("CNY", rate="7.1 CNY/USD")

    assert str(refused.value) == "No key figure of 'Energy' is an amount of money (work); nothing can be stated in CNY."


def test_reported_once() -> None:
    with pytest.raises(ValueRefused) as refused:
        in_yuan(power_bill()).reported_in("EUR", rate="0.9 EUR/USD")

    assert str(refused.value) == (
        "'Power bill' is reported in CNY already. Report the ledger that it was made from in EUR."
    )


def test_a_name_that_is_taken() -> None:
    book = power_bill()
    book.line("hour_cny", book["hour"])

    with pytest.raises(NameRefused) as refused:
        in_yuan(book)

    assert str(refused.value) == (
        "Line 'hour_cny' is defined already, with formula hour, not hour × cny_per_usd. Give this one another name, or "
        "make a new Ledger to start over."
    )


def test_a_ledger_that_checks_ages_checks_that_of_the_rate() -> None:
    book = Ledger("Dated bill", as_of="2024-06-01", stale_after="6 month")
    book.line("hour", book.assume("tariff", "1 USD/h"))

    reported = book.reported_in("CNY", rate="7.1 CNY/USD", as_of="2023-11-01")

    assert reported.raised() == ("Prices older than 6 month on 2024-06-01: cny_per_usd.",)


def test_options_and_settings_of_a_reported_ledger() -> None:
    reported = in_yuan(power_bill()).only("water")

    assert reported.reporting is not None
    assert reported.reporting.lines["hour"] == "hour_cny"
    assert reported.value("token_cost_cny").magnitude == pytest.approx(0.2 * 7.1)
