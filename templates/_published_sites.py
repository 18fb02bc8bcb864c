"""Sites whose cost others have published or worked out: what they are set to, and by which rules they count."""

from __future__ import annotations

import attrs

from unitledger import Figure, Ledger, annuity
from unitledger.expression import Operand
from unitledger.templates import catalog
from unitledger.templates._formulas import over

EPOCH = "(ext) Epoch AI, yearly cost of a 1 GW site, 2026-05-14"
WAREHOUSE = "(ext) public implementations of the warehouse model"
MEASURED = "(ext) NVIDIA/TensorRT-LLM, Llama-3.3-70B {}, perf-overview of version 1.0"
Settings = dict[str, str | Figure]


def add_month(book: Ledger) -> None:
    """Append the cost of a server by the month, as the warehouse model counts."""
    with book.section("Warehouse model", source=WAREHOUSE, minimum=0):
        upkeep = book.assume("site_upkeep", "0.04 USD/W/month", "Upkeep of the building")
        share = book.assume("server_upkeep", "0.05 ratio", "Upkeep of a server, share of its depreciation")
    book.section("A server by the month")
    hours = book.constant("billed_hours", "720 h/month", "Hours of a month of 30 days", source=WAREHOUSE)
    price, draw, rate = book["server_price"], book["machine_draw"], book["rate"]

    def paid(price: Operand, life: str) -> Operand:
        months = book.line(f"{life}_months", book[life], "month")
        return annuity(rate, months, price)

    server = paid(price, "it_life") + price * share / book["it_life"]
    building = draw * (paid(book["site_price"], "site_life") + upkeep)
    energy = draw * book["pue"] * book["tariff"] * hours
    parts = [
        book.line("server_month", server, "USD/machine/month", "Loan for a server, and its upkeep"),
        book.line("building_month", building, "USD/machine/month", "Loan for its part of the building, and upkeep"),
        book.line("energy_month", energy, "USD/machine/month", "Energy at full draw"),
    ]
    month = book.total("machine_month", parts, "USD/machine/month", "A server for a month")
    book.line("watt_month", over(month, draw), "USD/W/month", "A watt for a month")


def rack_price() -> Ledger:
    """Return the ledger of what a published price of a rack of 72 cards implies.

    Lines `rack_infrastructure` [USD/rack], `rack_power` [kW/rack], `rack_gpu_price` [USD/gpu], `vendor_profit` [%].
    """
    book = Ledger("Rack of 72 cards", option="nvl72", as_of="2025-06-01", owner="finance")
    with book.section(
        "Price of a rack of 72 cards", source="(ext) Bernstein, by way of investing.com, 2025", minimum=0
    ):
        price = book.assume("rack_price", "5.9e6 USD/rack", "Price of a rack with its part of the site", above=0)
        it = book.assume("rack_it_price", "3.4e6 USD/rack", "Price of its servers")
        per_power = book.assume("rack_site_price", "35e9 USD/GW", "Price of a site", above=0)
        cards = book.assume("rack_cards", "72 gpu/rack", "Cards of a rack", above=0)
        share = book.assume("rack_gpu_share", "0.39 ratio", "Cards' share of the price", maximum=1)
        margin = book.assume("vendor_margin", "0.7 ratio", "Gross margin of their vendor", maximum=1)
    book.section("What the price of a rack implies")
    book.line("rack_infrastructure", price - it, "USD/rack", "Building and power of a rack", minimum=0)
    book.line("rack_power", price / per_power, "kW/rack", "Power of a rack")
    book.line("rack_gpu_price", price * share / cards, "USD/gpu", "Price of a card")
    book.line("vendor_profit", share * margin, "%", "Vendor's profit, share of the rack's price")
    return book


def add_sites(book: Ledger) -> None:
    """Append the sites of published reckonings."""
    split = "assumed: 38e9 USD split so that a year costs what is published"
    included = Figure("0 ratio", "assumed: in the price of servers", low="0 ratio")
    nothing = "assumed: in other running cost"
    block = "assumed: six racks of 72 GB300 draw a megawatt of the site"
    gigawatt: Settings = {
        "card": Figure("gb300", block),
        "cards": Figure("432000 gpu", block),
        "cards_per_server": Figure("432 gpu/machine", block, note="a machine is a block of a megawatt"),
        "host_power": Figure("395.2 kW/machine", block),
        "pue": Figure("1 ratio", block, low="1 ratio"),
        "server_price": Figure("29e6 USD/machine", split, low="25e6 USD/machine", high="33e6 USD/machine"),
        "site_price": Figure("9000 USD/kW", split, low="7000 USD/kW", high="11000 USD/kW"),
        "rate": Figure("5 %/year", split, low="3 %/year"),
        "network_share": included,
        "storage_share": included,
        "it_residual": Figure("0 ratio", "assumed: none"),
        "tariff": Figure("0 USD/kWh", nothing, low="0 USD/kWh"),
        "staff": Figure("0 person", nothing),
        "maintenance_share": Figure("0 %/year", nothing),
        "other_running": Figure("0.9e9 USD/year", EPOCH, "2026-05-14"),
        "card_rate": Figure("7326 token/s/gpu", MEASURED.format("in FP4 on a GB200"), "2025-09-01"),
        "agreed_rent": attrs.evolve(catalog.accelerator("b300")["rent"], note="assumed: as a B300"),
    }
    book.option("gigawatt", gigawatt, description="A site of 1 GW, 38e9 USD to build.", source=EPOCH)
    sizer = "(ext) aiinframap.com, default inputs, read 2026"
    many: Settings = {
        "cards": "10000 gpu",
        "host_power": Figure("1.68 kW/machine", note="0.3 of the cards' draw"),
        "pue": "1.3 ratio",
        "load": "1 ratio",
    }
    book.option("ten_thousand", many, description="10,000 H100 at full draw.", source=sizer)
    given: Settings = {
        "card": "b200",
        "envelope": "50 MW",
        "cards_per_server": Figure("1 gpu/machine", note="a machine is a card with its part of a host"),
        "host_power": Figure("0.3 kW/machine", note="0.3 of the card's draw"),
        "server_price": Figure("40000 USD/machine", low="30000 USD/machine", high="50000 USD/machine"),
        "load": "0.7 ratio",
        "network_share": included,
        "storage_share": included,
        "card_rate": Figure("7007 token/s/gpu", MEASURED.format("in FP4 on a B200"), "2025-09-01"),
    }
    book.option("fifty_megawatt", given, description="As many cards of 1 kW as 50 MW hold.", source=sizer)
    console = "(ext) legitlads.com, accelerator console, default inputs, read 2026"
    hosted: Settings = {
        "cards": "64 gpu",
        "server_price": Figure("240000 USD/machine", low="200000 USD/machine", high="300000 USD/machine"),
        "network_share": included,
        "storage_share": included,
        "it_residual": "0 ratio",
        "it_life": "4 year",
        "site_price": Figure("0 USD/kW", "assumed: rented, in other running cost", low="0 USD/kW"),
        "tariff": Figure("0 USD/kWh", nothing, low="0 USD/kWh"),
        "staff": Figure("0 person", nothing),
        "maintenance_share": Figure("0 %/year", nothing),
        "other_running": Figure("182170.25 USD/year", note="728,681 USD over four years"),
        "rate": "10 %/year",
        "availability": "1 ratio",
        "sold_share": "0.7 ratio",
        "agreed_rent": "2 USD/gpu/h",
    }
    book.option("bought_or_rented", hosted, description="64 cards in a rented building.", source=console)
