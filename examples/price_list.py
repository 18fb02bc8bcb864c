"""A price list in CSV: what a fleet costs, by card, and where a token is cheapest."""

from __future__ import annotations

from pathlib import Path

from unitledger import Ledger, LedgerError, look_up

OFFERS = """\
offer,card,cards [gpu],price [USD/gpu/h],load [%]
h100-us,h100,64,2.85,80
h100-eu,h100,16,3.10,65
l4-us,l4,40,0.71,90
b200-us,b200,8,5.50,70
"""
Path("offers.csv").write_text(OFFERS, "utf-8")

book = Ledger("A fleet by its price list", as_of="2026-01-05", excludes=["egress"])
month = book.one("month")
offers = book.table("offers", "offers.csv", key="offer", source="price lists of 2026-01-05")
speeds = {"card": ["h100", "l4", "b200"], "speed": [2400, 310, 5200]}
cards = book.table("cards", speeds, key="card", columns={"speed": "token/s/gpu"}, source="measured")

cost = book.line("cost", offers.cards * offers.price * month, "USD")
tokens = book.line("tokens", offers.cards * offers.load * look_up(cards.speed, offers.card) * month, "Gtoken")
unit_cost = book.line("unit_cost", cost / tokens, "USD/Mtoken")
by_card = book.line("cost_by_card", cost.sum_by(offers.card, cards.card))
book.headline(book.line("monthly_cost", cost.sum()), beside=[book.line("cheapest", unit_cost.least())])
book.option("offer of January", {"offers.price@h100-us": "2.40 USD/gpu/h"}, source="offer of 2026-01-04")

print(book.by_item(unit_cost).to_frame().round(4))
print(book.by_item(by_card).to_frame())
for option in book.options:
    print(f"{option}: {book.value('monthly_cost', option)}, {book.value('cheapest', option)} at best")

Path("damaged.csv").write_text(OFFERS.replace("0.71", "0.7l"), "utf-8")
try:
    book.table("damaged", "damaged.csv", key="offer")
except LedgerError as refused:
    print(refused)
print("Wrote", book.to_excel("price_list.xlsx"))
