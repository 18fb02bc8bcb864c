"""Eight cards bought or rented: at which load buying pays, and how sure that is over a million cases."""

from __future__ import annotations

import numpy as np

from unitledger import CapexAnnuity, Ledger, Power

book = Ledger("Eight cards for three years", option="buy", as_of="2026-01-05", excludes=["staff"])
price = book.assume(
    "price", "280000 USD/machine", source="quote 118", low="250000 USD/machine", high="320000 USD/machine"
)
tariff = book.assume("tariff", "0.12 USD/kWh", source="supply contract", low="0.08 USD/kWh", high="0.20 USD/kWh")
load = book.assume(
    "load", "60 %", "Share of time in use", source="assumed: as last year", low="20 %", high="100 %", above=0
)
offer = book.assume("offer", "2.90 USD/gpu/h", source="price list", low="2 USD/gpu/h", high="4 USD/gpu/h")
cards = book.assume("cards", "8 gpu/machine", source="data sheet")

capital = book.add(CapexAnnuity(price=price, life="3 year", cost_of_capital="8 %/year", residual="15 %"), "capital")
energy = book.add(Power(draw="10 kW/machine", tariff=tariff, pue="1.3 ratio"), "energy")
owned = book.line("owned", (capital + energy) / cards / load, "USD/gpu/h", "Used hour of a card, owned")
supply = book.choice("supply", ["owned", "rented"], source="asked here")
used = book.line("used_hour", supply.select(owned=owned, rented=offer), label="Used hour of a card")
book.option("rent", {"supply": "rented"}, source="asked here")
book.headline(used, better="lower")

for option in book.options:
    print(f"{option:>4}: {book.value(used, option)}")
print("Buying pays from a load of", book.break_even("load", "buy", "rent"))

draw = np.random.default_rng(1)
cases = {
    "load": draw.triangular(20, 60, 100, 1_000_000),
    "offer": draw.triangular(2, 2.9, 4, 1_000_000),
    "price": draw.triangular(250_000, 280_000, 320_000, 1_000_000),
    "tariff": draw.uniform(0.08, 0.20, 1_000_000),
}
bought, rented = (book.array(used, cases, option)["used_hour"] for option in ("buy", "rent"))
print(f"Buying is cheaper in {np.mean(bought < rented):.0%} of {len(bought):,} cases.")
print("Bought, 5 %, 50 %, 95 % of cases:", *np.percentile(bought, [5, 50, 95]).round(2), "USD/gpu/h")
print("Wrote", book.to_excel("rent_or_buy.xlsx"))
