"""What a site for accelerators costs in a year, from servers to staff: per card hour, per token and per megawatt."""

from __future__ import annotations

from unitledger import CapexAmortization, CapexAnnuity, Ledger, Power, all_of, annuity, total
from unitledger.model import Line
from unitledger.templates._card import agreed_rent, choose_card
from unitledger.templates._formulas import over
from unitledger.templates._published_sites import EPOCH, MEASURED, add_month, add_sites, rack_price
from unitledger.templates._site import SHARES, add_capital, add_power

ASSUMED = "assumed: a fleet of today"
BUILDING = "(ext) Cushman & Wakefield, US data centre construction cost guide 2025"


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
    it_power = add_power(book, of_card["card_power"])
    it, site = add_capital(book, it_power)
    hour, running = _year(book, it, site, it_power, rent)
    _owned_or_rented(book, rent, running)
    add_month(book)
    book.include(rack_price())

    shown = ("year", "token_cost", "capital", "site_power", "per_power", "margin")
    book.headline(hour, better="lower", beside=[book.lines[name] for name in shown])
    add_sites(book)
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
            "Tokens of output of a card",
            source=MEASURED.format("in FP8 on two H100"),
            as_of="2025-09-01",
        )


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
    book.line("energy_use", it_power * book["pue"] * book["load"], "MWh/year", "Energy of a year")
    book.line("energy_life", book.lines["energy_year"] * book["it_life"], "USD", "Energy over the servers' life")

    book.section("Cost of an hour")
    sold = book["cards_held"] * book["availability"] * book["sold_share"]
    hour = book.line("card_hour", over(year, book.line("cards_sold", sold, "gpu")), "USD/gpu/h", "Card hour sold")
    book.line("token_cost", hour / book["card_rate"], "USD/Mtoken", "Output tokens")
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
