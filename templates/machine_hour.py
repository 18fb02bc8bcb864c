"""What an hour of an accelerator card costs: in a machine of one's own, rented, and per unit of arithmetic."""

from __future__ import annotations

import attrs

from unitledger.ledger import Ledger
from unitledger.lines import CapexAmortization, Power
from unitledger.model import Figure, Line
from unitledger.templates import catalog

AS_OF = "2024-07-01"
HOUR = "document 000, cost of a machine hour"
RENT = "document 000, rent"

EXCLUDED = (
    "interest on the purchase",
    "cooling and power losses (PUE is 1)",
    "hosting",
    "network between machines",
    "staff",
)


def card_hour(title: str = "Hour of an H100") -> Ledger:
    """Return the ledger of a card's hour: a share of an eight-card machine of one's own, and rented.

    Lines `capex_per_card`, `energy_per_card`, `total_per_card` and `rent_per_card` [USD/gpu/h], `rent_to_own` [x],
    `break_even_time` [h].
    """
    book = Ledger(title, option="tf32", as_of=AS_OF, owner="finance", stale_after="3 year", excludes=EXCLUDED)
    _assume_ownership(book)
    energy, owned = _add_owned_card(book)
    rent = _add_rent(book)
    book.line("rent_to_own", rent / owned, "x", "Rent over own cost")
    book.line(
        "break_even_time",
        book["price_per_card"] / (rent - energy),
        "h",
        "Use after which buying has paid",
        note="Hours of rent that pay for the card and the energy it would have drawn.",
        minimum=0,
    )
    book.alert(rent <= owned, "Renting a card costs no more than owning it.")
    return book


def compute_hour(title: str = "Hour of an H100") -> Ledger:
    """Return the ledger of `card_hour` with the card's peak rate, and own cost per unit of arithmetic.

    Adds `capex_per_compute`, `energy_per_compute` and `total_per_compute` [USD/(PFLOP/s h)].
    """
    book = card_hour(title)
    book.section("Arithmetic")
    compute = book.assume(
        "compute", catalog.accelerator("h100_nvl").figure("compute_tf32_fp32_dense"), "Peak rate of a card", above=0
    )
    utilisation = book.assume(
        "utilisation",
        "1 ratio",
        "Used share of the peak rate",
        source=HOUR,
        low=catalog.model("gpt_3").figure("utilisation").quantity,
        note="low is what document 002 reports for the training of GPT-3",
        above=0,
        maximum=1,
    )

    book.section("Own cost per unit of arithmetic")
    used = compute * utilisation
    parts = [
        book.line(f"{part}_per_compute", book[f"{part}_per_card"] / used, "USD/(PFLOP/s h)", label)
        for part, label in (("capex", "Depreciation per PFLOP/s"), ("energy", "Energy per PFLOP/s"))
    ]
    book.total("total_per_compute", parts, "USD/(PFLOP/s h)", "Own cost per PFLOP/s")
    book.alert(
        utilisation >= 1, "Cards are taken to work at their peak rate all the time: cost per PFLOP/s is a lower bound."
    )
    return book


def machine_hour() -> Ledger:
    """Hourly cost of owning an eight-card machine, per card and per unit of arithmetic, set against rent.

    Documents 000 and 003. Headline: `total_per_compute` [USD/(PFLOP/s h)]. Options: two number formats, each at the
    rate of the NVL card that the document divides by and of the SXM card that the machine holds.
    """
    book = compute_hour("Hour of an H100, owned or rented")
    book.section("Rent by the second")
    rent = book.assume(
        "rent_a100", catalog.price("cloud_rent").figure("a100", "three_year"), "Rent of an A100", minimum=0
    )
    book.line("rent_rate", rent, "USD/gpu/s", "Rent of an A100 by the second")

    nvl, sxm = catalog.accelerator("h100_nvl"), catalog.accelerator("h100_sxm")
    held = "the rate of the cards that the priced machine holds; date assumed"
    book.option("fp16", {"compute": nvl.figure("compute_fp16_fp32_dense")})
    book.option("tf32_sxm", {"compute": attrs.evolve(sxm.figure("compute_tf32_fp32_dense", "data_sheet"), note=held)})
    book.option("fp16_sxm", {"compute": attrs.evolve(sxm.figure("compute_fp16_fp32_dense", "data_sheet"), note=held)})
    book.headline(
        book.lines["total_per_compute"],
        better="lower",
        beside=[book.lines[name] for name in ("total_per_card", "rent_per_card", "rent_to_own", "break_even_time")],
    )
    return book


def _assume_ownership(book: Ledger) -> None:
    life = catalog.price("depreciation")
    book.section("Machine of one's own")
    book.assume("machine_price", catalog.price("machine_price").figure("dgx_h100"), "Price of a machine", minimum=0)
    book.assume("cards", "8 gpu/machine", "Cards in a machine", source=HOUR, minimum="1 gpu/machine", whole=True)
    book.assume(
        "life",
        life.figure("life", "document_000"),
        "Service life",
        low=life.figure("life", "document_001").quantity,
        note="straight line; low is that of document 001",
        above=0,
    )
    book.assume(
        "residual",
        "0 ratio",
        "Residual value, share of price",
        source=HOUR,
        high="0.2 ratio",
        note="high is assumed",
        minimum=0,
        maximum=1,
    )
    book.assume(
        "availability",
        "1 ratio",
        "Share of hours that can be used",
        source=HOUR,
        low="0.9 ratio",
        note="low is assumed: repairs and waiting",
        above=0,
        maximum=1,
    )
    book.assume("power", catalog.price("machine_power").figure("dgx_h100"), "Draw of a machine", minimum=0)
    book.assume(
        "pue",
        "1 ratio",
        "Facility over IT energy (PUE)",
        source="assumed: document 000 counts the machine alone",
        high="1.5 ratio",
        note="high is assumed: an ordinary building",
        minimum=1,
    )
    book.assume(
        "tariff",
        catalog.price("electricity").figure("tariff", "document_000"),
        "Electricity price",
        low="0.05 USD/kWh",
        high="0.2 USD/kWh",
        note="range is assumed: half and twice",
        minimum=0,
    )


def _add_owned_card(book: Ledger) -> tuple[Line, Line]:
    """Append what a card's hour costs its owner; return its energy and the total."""
    book.section("Owned card")
    price = book.line("price_per_card", book["machine_price"] / book["cards"], "USD/gpu", "Price of a card")
    capex = book.add(
        CapexAmortization(price=price, life=book["life"] * book["availability"], residual=book["residual"]),
        "capex_per_card",
        label="Depreciation of a card",
    )
    energy = book.add(
        Power(draw=book["power"] / book["cards"], tariff=book["tariff"], pue=book["pue"]),
        "energy_per_card",
        label="Energy of a card",
    )
    return energy, book.total("total_per_card", [capex, energy], "USD/gpu/h", "Hour of an owned card")


def _add_rent(book: Ledger) -> Line:
    """Append what renters ask, and the offer that is compared with owning."""
    rents = catalog.price("cloud_rent")
    lowest: Figure = rents.figure("h100", "cheapest")
    book.section("Rent")
    machine_rent = book.assume("machine_rent", rents.figure("eight_h100"), "Rent of a machine", minimum=0)
    low = book.assume(
        "rent_low",
        attrs.evolve(rents.figure("h100", "rounded_low"), low=lowest.quantity),
        "Low rent of a card",
        minimum=0,
    )
    high = book.assume("rent_high", rents.figure("h100", "rounded_high"), "High rent of a card", minimum=0)
    offer = book.choice("offer", ("public cloud", "low", "high"), "Offer that is compared", source=RENT)

    book.section("Rented card")
    return book.line(
        "rent_per_card",
        offer.select({"public cloud": machine_rent / book["cards"], "low": low, "high": high}),
        "USD/gpu/h",
        "Hour of a rented card",
    )
