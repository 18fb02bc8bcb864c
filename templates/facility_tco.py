"""What a site for accelerators costs in a year, from servers to staff: per card hour, per token and per megawatt."""

from __future__ import annotations

from unitledger import (
    CapexAmortization,
    CapexAnnuity,
    Figure,
    Ledger,
    Power,
    all_of,
    annuity,
    different,
    round_down,
    round_up,
    total,
    when,
)
from unitledger.expression import Operand
from unitledger.model import Line
from unitledger.templates._card import agreed_rent, choose_card
from unitledger.templates._quotient import over

ASSUMED = "assumed: a fleet of today"
BUILDING = "(ext) Cushman & Wakefield, US data centre construction cost guide 2025"
EPOCH = "(ext) Epoch AI, yearly cost of a 1 GW site, 2026-05-14"
WAREHOUSE = "(ext) public implementations of the warehouse model"
Settings = dict[str, str | Figure]
SHARES = {
    "power": ("0.53 ratio", "Power chain and cooling"),
    "shell": ("0.21 ratio", "Shell"),
    "land": ("0.10 ratio", "Work on the land"),
    "white_space": ("0.10 ratio", "White space"),
    "back": ("0.04 ratio", "Back of house"),
    "office": ("0.02 ratio", "Offices"),
}
"""Parts of a building, each with its share of the price and its label."""


def facility_tco() -> Ledger:
    """Cost of a site in a year and of a card hour sold: servers, network, power, building, staff and capital.

    The card is chosen by name from the catalog. Headline: `card_hour` [USD/gpu/h].
    """
    book = Ledger(
        "Site for accelerators",
        option="fleet",
        description="1,024 H100 in a building of one's own.",
        alternatives=False,
        purpose=__doc__,
        decision="What a card hour must earn, and whether to own the cards or to rent them.",
        as_of="2026-11-21",
        stale_after="2 year",
        owner="finance",
        excludes=["land", "taxes and insurance", "software", "traffic to customers", "time of building"],
    )
    of_card = choose_card(book, "card_power", "listed_rent", "rent_age")
    rent = agreed_rent(book, of_card)
    _inputs(book)
    it_power = _power(book, of_card["card_power"])
    it, site = _capital(book, it_power)
    hour, running = _year(book, it, site, it_power, rent)
    _owned_or_rented(book, rent, running)
    _by_the_month(book)
    book.include(rack_price())

    shown = ("year", "token_cost", "capital", "site_power", "per_power", "margin")
    book.headline(hour, better="lower", beside=[book.lines[name] for name in shown])
    _add_sites(book)
    return book


def _inputs(book: Ledger) -> None:
    with book.section("Servers", source=ASSUMED, minimum=0):
        book.assume("cards", "1024 gpu", "Cards", minimum="1 gpu", whole=True)
        book.assume("cards_per_server", "8 gpu/machine", "Cards of a server", minimum="1 gpu/machine", whole=True)
        book.assume(
            "server_price", "300000 USD/machine", "Price of a server", low=250000, high=400000, note="of eight H100"
        )
        book.assume("network_share", "0.12 ratio", "Network, share of the servers' price", low=0.08, high=0.2)
        book.assume("storage_share", "0.03 ratio", "Storage, share of the servers' price")
        book.assume("it_life", "5 year", "Life of servers", source=EPOCH, low="3 year", high="7 year", above=0)
        book.assume("it_residual", "0.1 ratio", "Residual value of servers", low=0, maximum=1)
    with book.section("Power", source=ASSUMED, minimum=0):
        book.assume("host_power", "4.6 kW/machine", "Draw of a server beside its cards", note="10.2 kW with eight H100")
        book.assume("load", "0.8 ratio", "Mean draw over the highest", low=0.6, high=1, maximum=1)
        book.assume("pue", "1.2 ratio", "Facility over IT energy (PUE)", low=1.1, high=1.4, minimum=1)
        book.assume("reserve", "1.1 ratio", "Power provided over power drawn", minimum=1)
        book.assume(
            "tariff", "0.08 USD/kWh", "Electricity price", source="(ext) aiinframap.com, read 2026", low=0.05, high=0.12
        )
        book.assume("envelope", "0 MW", "Power that the site is given; 0: as the cards need")
    with book.section("Building", source=BUILDING, as_of="2025-06-01", minimum=0):
        book.assume(
            "site_price",
            "11700 USD/kW",
            "Price of a building, for the IT power",
            low=9300,
            high=15000,
            note="mean and range of 19 markets; date assumed",
        )
        for part, (share, label) in SHARES.items():
            book.assume(f"{part}_share", share, f"{label}, share of the building's price", maximum=1)
        book.assume("site_life", "14 year", "Life of the building", source=EPOCH, as_of="2026-05-14", above=0)
        book.assume("site_residual", "0 ratio", "Residual value of the building", source="assumed: none", maximum=1)
    with book.section("Running and capital", source=ASSUMED, minimum=0):
        book.assume("staff", "6 person", "Staff")
        book.assume("staff_cost", "180000 USD/person/year", "Cost of a person")
        book.assume("maintenance_share", "4 %/year", "Maintenance, share of the price of IT")
        book.assume("other_running", "0 USD/year", "Other running cost")
        book.assume("rate", "8 %/year", "Cost of capital", low="5 %/year", high="12 %/year")
    with book.section("Sales", source=ASSUMED, above=0):
        book.assume("availability", "0.97 ratio", "Share of hours that cards work", maximum=1)
        book.assume("sold_share", "0.75 ratio", "Share of working hours sold", low=0.5, high=0.95, maximum=1)
        book.assume(
            "card_rate",
            "2102.5 token/s/gpu",
            "Tokens of output of a card; 0: not known",
            source="(ext) NVIDIA/TensorRT-LLM, Llama-3.3-70B on two H100, perf-overview of version 1.0",
            as_of="2025-09-01",
            minimum=0,
        )


def _power(book: Ledger, card_power: Line) -> Line:
    """Append servers and power; return the power that the building supplies to IT."""
    book.section("Servers and power")
    each, given = book["cards_per_server"], book["envelope"]
    draw = book.line("machine_draw", each * card_power + book["host_power"], "kW/machine", "Draw of a server")
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
    book.alert(servers <= 0, "The power given is too little for a server.")
    return it_power


def _capital(book: Ledger, it_power: Line) -> tuple[Line, Line]:
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


def _year(book: Ledger, it: Line, site: Line, it_power: Line, rent: Line) -> tuple[Line, Line]:
    """Append the cost of a year; return that of an hour sold, and the running cost of a year."""
    book.section("Annuity")
    rate, one = book["rate"], book["whole"]
    book.line("it_factor", annuity(rate, book["it_life"], one), "1/year", "Yearly share, servers")
    book.line("site_factor", annuity(rate, book["site_life"], one), "1/year", "Yearly share, building")
    book.section("Cost of a year")
    paid = CapexAnnuity(price=it, life=book["it_life"], cost_of_capital=rate, residual=book["it_residual"])
    of_it = book.add(paid, "it_year", "USD/year", "Servers, network and storage, with interest")
    of_site = book.add(
        CapexAnnuity(price=site, life=book["site_life"], cost_of_capital=rate, residual=book["site_residual"]),
        "site_year",
        "USD/year",
        "Building, with interest",
    )
    power = Power(draw=it_power * book["load"], tariff=book["tariff"], pue=book["pue"])
    parts = [
        book.add(power, "energy_year", "USD/year", "Energy"),
        book.line("staff_year", book["staff"] * book["staff_cost"], "USD/year", "Staff for a year"),
        book.line("maintenance_year", it * book["maintenance_share"], "USD/year", "Maintenance"),
        book["other_running"],
    ]
    running = book.total("running_year", parts, "USD/year", "Running cost")
    year = book.total("year", [of_it, of_site, running], "USD/year", "Cost of a year", minimum=0)
    book.line("it_share", over(of_it, year), "%", "Share of servers, network and storage")
    book.line("per_power", over(year, book["site_power"]), "USD/MW/year", "Cost for the site's power")
    energy = book.line("energy_use", it_power * book["pue"] * book["load"], "MWh/year", "Energy of a year")
    book.line("energy_life", energy * book["tariff"] * book["it_life"], "USD", "Energy over the servers' life")

    book.section("Cost of an hour")
    sold = book["cards_held"] * book["availability"] * book["sold_share"]
    hour = book.line("card_hour", over(year, book.line("cards_sold", sold, "gpu")), "USD/gpu/h", "Card hour sold")
    book.line("token_cost", over(hour, book["card_rate"]), "USD/Mtoken", "Output tokens")
    margin = book.line("margin", over(rent - hour, rent), "%", "What the rent leaves over the cost")
    book.alert(all_of(rent > 0, margin < 0), "A card hour costs more than the card rents for.")
    return hour, running


def _owned_or_rented(book: Ledger, rent: Line, running: Line) -> None:
    """Append the same cards rented, over the life of servers, against depreciation by the straight line."""
    book.section("Owned or rented, over the life of servers")
    life, sold = book["it_life"], book["cards_sold"]
    written_off = [
        book.add(
            CapexAmortization(price=book["it_capital"], life=life, residual=book["it_residual"]),
            "it_depreciation",
            "USD/year",
            "Depreciation of servers, for the books",
        ),
        book.add(
            CapexAmortization(price=book["site_capital"], life=book["site_life"], residual=book["site_residual"]),
            "site_depreciation",
            "USD/year",
            "Depreciation of the building, for the books",
        ),
    ]
    outlay = book.line("outlay", total(*written_off) * life, "USD", "Capital used up, without interest")
    own = book.line("own_bill", outlay + running * life, "USD", "Owned, without interest")
    rented = book.line("rent_bill", sold * rent * life, "USD", "Rented, the hours sold")
    more = book.line("rent_excess", rented - own, "USD", "What renting costs more")
    book.line("own_hour", over(own, sold * life), "USD/gpu/h", "Card hour, without interest")
    earned = book.line("rent_excess_year", rented / life - running, "USD/year", "Rent saved in a year")
    book.line("payback", over(outlay, earned), "year", "Time until the capital is back")
    book.line("npv", earned / book["it_factor"] - outlay, "USD", "Present value of owning")
    hours = book["cards_held"] * book["availability"] * life
    book.line("break_even_use", over(own, hours * rent), "ratio", "Share of hours sold at which both cost the same")
    book.line("return_on_capital", over(more, outlay), "ratio", "Gain over the capital")
    book.alert(all_of(rent > 0, more < 0), "Renting the cards costs less than owning them.")


def _by_the_month(book: Ledger) -> None:
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


def _add_sites(book: Ledger) -> None:
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
        "card_rate": Figure("0 token/s/gpu", "assumed: not known of this card"),
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
        "card_rate": Figure("0 token/s/gpu", "assumed: not known of this card"),
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
