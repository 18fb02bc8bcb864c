"""What a site is made of: servers, the power that they draw and are given, and what it costs to buy."""

from __future__ import annotations

from unitledger import Ledger, different, round_down, round_up, total, when
from unitledger.model import Line
from unitledger.templates._formulas import machine_draw, over

SHARES = {
    "power": ("0.53 ratio", "Power chain and cooling"),
    "shell": ("0.21 ratio", "Shell"),
    "land": ("0.10 ratio", "Work on the land"),
    "white_space": ("0.10 ratio", "White space"),
    "back": ("0.04 ratio", "Back of house"),
    "office": ("0.02 ratio", "Offices"),
}
"""Parts of a building, each with its share of the price and its label."""


def add_power(book: Ledger, card_power: Line) -> Line:
    """Append servers and power; return the power that the building supplies to IT."""
    book.section("Servers and power")
    each, given = book["cards_per_server"], book["envelope"]
    drawn = machine_draw(each, card_power, book["host_power"])
    draw = book.line("machine_draw", drawn, "kW/machine", "Draw of a server")
    fitting = round_down(given / (draw * book["pue"]))
    servers = book.line("servers", when(given > 0, fitting, round_up(book["cards"] / each)), "machine", "Servers")
    cards = book.line("cards_held", when(given > 0, servers * each, book["cards"]), "gpu", "Cards of the site")
    book.line("cards_draw", cards * card_power, "kW", "Draw of the cards")
    drawn = book.line("it_draw", servers * draw, "kW", "Draw of the servers")
    site = book.line("site_power", when(given > 0, given, drawn * book["pue"]), "kW", "Power of the site")
    book.line("sized_power", site * book["reserve"], "kW", "Power provided, with the reserve")
    it_power = book.line("it_power", site / book["pue"], "kW", "IT power that the building supplies")
    ton = book.constant("cooling_ton", "3.517 kW", "A ton of cooling", source="by definition, rounded")
    book.line("cooling", it_power / ton, "ratio", "Cooling, in tons of 12,000 BTU/h")
    book.alert(servers <= 0, "The power given is too little for a server: set envelope.", refused=True)
    book.alert(card_power <= 0, "The sources give no draw of this card: choose the card 'own'.", refused=True)
    return it_power


def add_capital(book: Ledger, it_power: Line) -> tuple[Line, Line]:
    """Append what servers and building cost to buy; return both sums."""
    book.section("Capital")
    servers = book.line("server_capital", book["servers"] * book["server_price"], "USD", "Price of all servers")
    network = book.line("network_capital", servers * book["network_share"], "USD", "Network")
    storage = book.line("storage_capital", servers * book["storage_share"], "USD", "Storage")
    it = book.total("it_capital", [servers, network, storage], "USD", "Servers, network and storage", minimum=0)
    price = it_power * book["site_price"]
    parts = [
        book.line(f"{part}_capital", price * book[f"{part}_share"], "USD", label) for part, (_, label) in SHARES.items()
    ]
    site = book.total("site_capital", parts, "USD", "Building", minimum=0)
    whole = book.line(
        "share_sum", total(*(book[f"{part}_share"] for part in SHARES)), "ratio", "Shares of the building"
    )
    book.line(
        "critical_price", book["site_price"] * book["power_share"], "USD/W", "Power chain and cooling, by the watt"
    )
    capital = book.total("capital", [it, site], "USD", "Capital")
    book.line("capital_per_power", over(capital, book["site_power"]), "USD/W", "Capital, by the watt")
    one = book.one("ratio", "whole", "The whole")
    book.alert(different(whole, one), "The shares of the building do not add up to the whole of it.")
    return it, site
