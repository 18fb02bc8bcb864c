"""What an hour of an accelerator card costs: in a machine of one's own, rented, and per unit of arithmetic."""

from __future__ import annotations

import attrs

from unitledger import CapexAmortization, Ledger, Power
from unitledger.templates import catalog

HOUR = "document 000, cost of a machine hour"


def card_hour(title: str = "Hour of an H100") -> Ledger:
    """Return the ledger of a card's hour: a share of an eight-card machine of one's own, and rented.

    Lines `capex_per_card`, `energy_per_card`, `total_per_card` and `rent_per_card` [USD/gpu/h], `rent_to_own` [x],
    `break_even_time` [h].
    """
    book = Ledger(
        title,
        option="tf32",
        description="TF32 at the rate of the NVL card, by which document 000 divides.",
        alternatives=False,
        purpose=__doc__,
        decision="Whether to own the card or to rent it.",
        as_of="2024-07-01",
        owner="finance",
        stale_after="3 year",
        excludes=[
            "interest on the purchase",
            "cooling and power losses (PUE is 1)",
            "hosting",
            "network between machines",
            "staff",
        ],
    )
    own = catalog.assumed("machine_hour")
    lives, rents = catalog.price("depreciation"), catalog.price("cloud_rent")

    book.section("Machine of one's own", source=HOUR, minimum=0)
    machine_price = book.assume("machine_price", catalog.price("machine_price")["dgx_h100"], "Price of a machine")
    cards = book.assume("cards", "8 gpu/machine", "Cards in a machine", minimum="1 gpu/machine", whole=True)
    life = book.assume(
        "life",
        lives["life", "document_000"],
        "Service life",
        low=lives["life", "document_001"].quantity,
        note="straight line; low is that of document 001",
        above=0,
    )
    residual = book.assume("residual", own["residual"], "Residual value, share of price", maximum=1)
    available = book.assume("availability", own["availability"], "Share of hours that can be used", above=0, maximum=1)
    draw = book.assume("power", catalog.price("machine_power")["dgx_h100"], "Draw of a machine")
    pue = book.assume("pue", own["pue"], "Facility over IT energy (PUE)", minimum=1)
    tariff = book.assume("tariff", catalog.price("electricity")["tariff", "document_000"], "Electricity price")
    book.section("Owned card")
    price = book.line("price_per_card", machine_price / cards, "USD/gpu", "Price of a card")
    depreciation = CapexAmortization(price=price, life=life * available, residual=residual)
    capex = book.add(depreciation, "capex_per_card", label="Depreciation of a card")
    energy = book.add(Power(draw=draw / cards, tariff=tariff, pue=pue), "energy_per_card", label="Energy of a card")
    owned = book.total("total_per_card", [capex, energy], "USD/gpu/h", "Hour of an owned card")

    book.section("Rent", minimum=0)
    machine_rent = book.assume("machine_rent", rents["eight_h100"], "Rent of a machine")
    low = book.assume(
        "rent_low", rents["h100", "rounded_low"], "Low rent of a card", low=rents["h100", "cheapest"].quantity
    )
    high = book.assume("rent_high", rents["h100", "rounded_high"], "High rent of a card")
    offer = book.choice("offer", ("public cloud", "low", "high"), "Offer that is compared", source="document 000, rent")
    book.section("Rented card")
    offers = {"public cloud": machine_rent / cards, "low": low, "high": high}
    rent = book.line("rent_per_card", offer.select(offers), "USD/gpu/h", "Hour of a rented card")
    book.line("rent_to_own", rent / owned, "x", "Rent over own cost")
    book.line(
        "break_even_time",
        price / (rent - energy),
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
    book.section("Arithmetic", above=0)
    rate = catalog.accelerator("h100_nvl")["compute_tf32_fp32_dense"]
    compute = book.assume("compute", rate, "Peak rate of a card")
    utilisation = book.assume(
        "utilisation",
        "1 ratio",
        "Used share of the peak rate",
        source=HOUR,
        low=catalog.model("gpt_3")["utilisation"].quantity,
        note="low is what document 002 reports for the training of GPT-3",
        maximum=1,
    )
    book.section("Own cost per unit of arithmetic")
    capex, energy, unit = book["capex_per_card"], book["energy_per_card"], "USD/(PFLOP/s h)"
    parts = [
        book.line("capex_per_compute", capex / (compute * utilisation), unit, "Depreciation per PFLOP/s"),
        book.line("energy_per_compute", energy / (compute * utilisation), unit, "Energy per PFLOP/s"),
    ]
    book.total("total_per_compute", parts, unit, "Own cost per PFLOP/s")
    book.alert(
        utilisation >= 1, "Cards are taken to work at their peak rate all the time: cost per PFLOP/s is a lower bound."
    )
    return book


def machine_hour() -> Ledger:
    """Hourly cost of owning an eight-card machine, per card and per unit of arithmetic, set against rent.

    Documents 000 and 003. Headline: `total_per_compute` [USD/(PFLOP/s h)].
    """
    book = compute_hour("Hour of an H100, owned or rented")
    book.section("Rent by the second")
    a100 = catalog.price("cloud_rent")["a100", "three_year"]
    rent = book.assume("rent_a100", a100, "Rent of an A100", minimum=0)
    book.line("rent_rate", rent, "USD/gpu/s", "Rent of an A100 by the second")
    beside = [book.lines[name] for name in ("total_per_card", "rent_per_card", "rent_to_own", "break_even_time")]
    book.headline(book.lines["total_per_compute"], better="lower", beside=beside)

    nvl, sxm = catalog.accelerator("h100_nvl"), catalog.accelerator("h100_sxm")
    held = "the rate of the cards that the priced machine holds; date assumed"
    book.option("fp16", {"compute": nvl["compute_fp16_fp32_dense"]}, description="FP16 at the rate of the NVL card.")
    for kind in ("tf32", "fp16"):
        compute = attrs.evolve(sxm[f"compute_{kind}_fp32_dense", "data_sheet"], note=held)
        said = f"{kind.upper()} at the rate of the SXM card, which the machine holds."
        book.option(f"{kind}_sxm", {"compute": compute}, description=said)
    return book
