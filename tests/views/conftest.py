"""A machine by the hour, worked out by hand: a shared line, a total, a choice between lines, a conversion."""

from __future__ import annotations

import pytest

from unitledger.ledger import Ledger


@pytest.fixture
def machine() -> Ledger:
    book = Ledger("Cost of an hour", option="rented", as_of="2024-03-01", excludes=["staff", "repairs"])
    watchman = book.constant("watchman", "2 USD/h", source="house contract")
    book.section("Energy")
    draw = book.assume("draw", "5 kW", source="data sheet")
    tariff = book.assume("power.tariff", "0.10 USD/kWh", source="supply contract")
    book.section("Use")
    load = book.assume("load", "50 %", label="Share of time sold")
    rent = book.assume("rent", "7300 USD/month", source="offer 1")
    billing = book.choice("billing", ["metered", "flat"], source="house contract")
    book.section("Bill")
    energy = book.line("energy", draw * tariff, unit="USD/h")
    hire = book.line("hire", rent, unit="USD/h")
    metered = book.line("metered", watchman * load, unit="USD/h")
    flat = book.line("flat", watchman + watchman)
    guard = book.line("guard", billing.select(metered=metered, flat=flat))
    hour = book.total("hour", [energy, hire, guard], label="An hour")
    book.section("Sale")
    sold = book.line("sold", (hour + energy) / load, unit="USD/h", label="An hour sold")
    book.option("bought", {"rent": "3650 USD/month", "billing": "flat"}, source="offer 2", as_of="2024-03-02")
    book.headline(sold, beside=[hour])
    book.alert(guard > energy + hour - hire, "The watchman costs more than the rest")
    book.advise(guard > energy, "Turn the watchman off", topic="watch")
    book.alert(guard > energy, "The watchman costs more than the energy")
    return book
