"""Ledgers with tables: a fleet priced by list, and its cards."""

from __future__ import annotations

from unitledger import Ledger, column, look_up
from unitledger.model.entry.over import ColumnGiven

FLEET = [
    {"name": "h100-us", "gpu": "h100", "region": "us", "machines": 2, "price": 20.0, "load": 80.0},
    {"name": "h100-eu", "gpu": "h100", "region": "eu", "machines": 1, "price": 24.0, "load": 50.0},
    {"name": "l4-us", "gpu": "l4", "region": "us", "machines": 4, "price": 6.0, "load": 75.0},
]
CARDS = [{"gpu": "h100", "throughput": 2000.0}, {"gpu": "l4", "throughput": 300.0}]


def price_list(rows: list[dict[str, object]] | None = None) -> Ledger:
    """Return a fleet of machines by list, with what they cost by card and by token; an option has a cheaper offer."""
    given = FLEET if rows is None else rows
    book = Ledger("Fleet by list", as_of="2026-01-05", option="list")
    month = book.assume("month", "1 month", label="Billed time", source="contract")
    said: dict[str, ColumnGiven] = {"gpu": str, "region": str, "machines": column("machine", whole=True, minimum=0)}
    said |= {"price": column("USD/machine/h", above=0, source="offers", as_of="2026-01-02"), "load": "%"}
    fleet = book.table("fleet", given, key="name", columns=said, source="inventory")
    cards = book.table("cards", CARDS, key="gpu", columns={"throughput": "token/s/machine"}, source="measured")
    cost = book.line("cost", fleet.machines * fleet.price * month, "USD")
    sold = fleet.machines * fleet.load * look_up(cards.throughput, fleet.gpu) * month
    tokens = book.line("tokens", sold, "Mtoken")
    by_card = book.line("cost_by_card", cost.sum_by(fleet.gpu, cards.gpu))
    book.line("token_cost", by_card / tokens.sum_by(fleet.gpu, cards.gpu), "USD/Mtoken")
    monthly = book.line("monthly_cost", cost.sum())
    cheapest = book.line("cheapest", book["token_cost"].least())
    book.headline(monthly, beside=[cheapest])
    if any(row["name"] == "h100-us" for row in given):
        book.option("offer", {"fleet.price@h100-us": "18 USD/machine/h"}, source="offer of 2026-01-04")
    return book
