"""What an hour of a machine costs: a first ledger, a mistake that is caught, and a workbook."""

from __future__ import annotations

from unitledger import CapexAmortization, Ledger, LedgerError, Power

book = Ledger("An hour of a machine", as_of="2026-01-05", excludes=["staff", "space"])
price = book.assume("price", "40000 USD/machine", source="quote 118", low="36000 USD/machine", high="44000 USD/machine")
draw = book.assume("draw", "5 kW/machine", source="data sheet")
tariff = book.assume("tariff", "0.10 USD/kWh", source="supply contract", low="0.07 USD/kWh", high="0.15 USD/kWh")

capex = book.add(CapexAmortization(price=price, life="3 year"), "capex")
energy = book.add(Power(draw=draw, tariff=tariff, pue="1.3 ratio"), "energy")
hour = book.total("hour", [capex, energy], "USD/machine/h", "Hour of a machine")
book.headline(hour, better="lower", beside=[capex, energy])
print(hour)

# A price for all cards in a machine does not add up with one for a machine.
try:
    book.line("hour_with_hosting", hour + book.assume("hosting", "0.04 USD/gpu/h"))
except LedgerError as refused:
    print(refused)

cards = book.assume("cards", "8 gpu/machine", source="data sheet")
print(book.line("hour_with_hosting", hour + book["hosting"] * cards))

print(book.trace("capex"))
print("Wrote", book.to_excel("first_ledger.xlsx"))
