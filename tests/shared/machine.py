"""A small ledger worked out by hand: a total, a choice, an alert, conversions, two options."""

from __future__ import annotations

from unitledger.ledger import Ledger


def rented_or_bought() -> Ledger:
    """A machine that is rented or bought."""
    book = Ledger(
        "Cost of a machine", option="rented", as_of="2024-03-01", owner="finance", excludes=["staff", "repairs"]
    )
    watch = book.constant("watch", "2 USD/h", label="Watchman", source="house contract")
    book.section("Energy")
    draw = book.assume("draw", "5 kW", source="data sheet", low="4 kW", high="6 kW", minimum=0)
    tariff = book.assume("power.tariff", "0.10 USD/kWh", source="supply contract", owner="energy desk")
    book.section("Use")
    load = book.assume("load", "50 %", label="Share of time sold", minimum=0, maximum="100 %")
    rent = book.assume("rent", "7300 USD/month", source="data sheet")
    billing = book.choice("billing", ["by the hour", "flat"], source="house contract")
    book.section("Bill")
    energy = book.line("energy", draw * tariff, unit="USD/h")
    hire = book.line("hire", rent, unit="USD/h", note="what the lessor gets")
    guard = book.line("guard", billing.select({"by the hour": watch * load, "flat": watch}), unit="USD/h")
    hour = book.total("hour", [energy, hire, guard], unit="USD/h", label="An hour")
    year = book.line("year", hour, unit="USD/year", label="A year")
    sold = book.line("sold_hour", hour / load, unit="USD/h", label="An hour sold")
    book.option(
        "bought",
        {"rent": "3650 USD/month", "draw": "6000 W", "billing": "flat"},
        source="offer of 2 March",
        as_of="2024-03-02",
    )
    book.headline(sold, beside=[hour, year])
    book.alert(energy > guard, "Energy costs more than the watchman")
    return book


def four_lines(*, ranged: bool) -> Ledger:
    """Four lines over six inputs, two of which have a range if that is asked for."""
    book = Ledger("Cost of a machine", option="one", as_of="2026-01-05")
    draws, tariffs = (("4 kW", "6 kW"), ("0.08 USD/kWh", "0.14 USD/kWh")) if ranged else ((None, None), (None, None))
    draw = book.assume("draw", "5 kW", low=draws[0], high=draws[1])
    tariff = book.assume("tariff", "0.10 USD/kWh", low=tariffs[0], high=tariffs[1])
    rent, insurance = book.assume("rent", "7300 USD/month"), book.assume("insurance", "2 %")
    load, overhead = book.assume("load", "50 %"), book.assume("overhead", "1.2 ratio")
    energy = book.line("energy", draw * tariff * overhead, unit="USD/h")
    hire = book.line("hire", rent + rent * insurance, unit="USD/h")
    hour = book.total("hour", [energy, hire], unit="USD/h", label="An hour")
    book.headline(book.line("sold_hour", hour / load, unit="USD/h", label="An hour sold"))
    return book
