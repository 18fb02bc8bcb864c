"""The card that a template counts with, chosen from the catalog by name or given as a reader's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from unitledger import Figure, Ledger, all_of, when
from unitledger.model import Line
from unitledger.templates import catalog
from unitledger.templates._chosen import OWN, choose
from unitledger.templates._figures import per_one
from unitledger.templates.catalog import Entry

BF16 = "compute_bf16_fp32_dense"
FIELDS = {
    "rate_bf16": ("TFLOP/s/gpu", "Arithmetic in 16 bits, FP32 sums", BF16),
    "rate_fp8": ("TFLOP/s/gpu", "Arithmetic in FP8", "compute_fp8_fp32_dense", "compute_fp8_fp16_dense"),
    "rate_int8": ("TFLOP/s/gpu", "Arithmetic in INT8", "compute_int8_int32_dense"),
    "rate_fp4": ("TFLOP/s/gpu", "Arithmetic in FP4", "compute_fp4_fp32_dense"),
    "card_memory": ("GB/gpu", "Memory of the card", "memory"),
    "card_bandwidth": ("TB/s/gpu", "Memory bandwidth of the card", "memory_bandwidth"),
    "card_link": ("GB/s/gpu", "Link of the card, one way", "link_one_way"),
    "card_power": ("W/gpu", "Draw of the card", "power"),
    "listed_rent": ("USD/gpu/h", "Rent of the card as listed", "rent"),
    "rent_age": ("day", "Age of the listed rent", "rent"),
}
"""What is read of a card: its unit, its label, and the fields of the catalog that may give it, the first there is."""
MEASURED = "(ext) pytorch-labs/gpt-fast, Llama-3.1-8B on one A100, commit 32971d3"
"""Who measured which share of a card's memory bandwidth is used."""
OFFERS = "assumed: as stated; range is that of offers for an H100 in May 2026 around their median"
RENTS = ("nebius", "runpod", "deploybase", "google")
"""Whose offer is taken, the first that there is."""


@cache
def cards() -> tuple[str, ...]:
    """Return the names of the cards that have a dense rate with FP32 sums, a memory and its bandwidth."""
    needed = {BF16, "memory", "memory_bandwidth"}
    return tuple(name for name in catalog.entries("accelerators") if needed <= set(catalog.accelerator(name).fields))


def choose_card(book: Ledger, *names: str) -> dict[str, Line]:
    """Append the choice `card`, and return a line for each name of FIELDS. What the sources do not give is 0.

    The word "own" takes the inputs `own_card.<field>`; every other one the figures of its entry in the catalog.
    """

    def listed(word: str, name: str) -> Figure | None:
        figure = given(catalog.accelerator(word), name)
        return figure if figure is None or name != "rent_age" else age(figure, book.as_of)

    fields = {name: (FIELDS[name][0], FIELDS[name][1]) for name in names}
    book.section("Card")
    card = book.choice("card", (*cards(), OWN), "Card", value="h100_sxm", source="asked here")
    with book.section("Card of your own, for the card 'own'", source="assumed: as an H100 SXM", minimum=0):
        own = {
            name: book.assume(f"own_card.{name}", listed("h100_sxm", name) or f"0 {unit}", label)
            for name, (unit, label) in fields.items()
        }
    return choose(book, card, fields, own, listed)


def agreed_rent(book: Ledger, card: Mapping[str, Line]) -> Line:
    """Append the rent of a card, agreed or else listed; refused without one, with an alert for an old one."""
    with book.section("Rent", source="asked here"):
        agreed = book.assume("agreed_rent", "0 USD/gpu/h", "Rent agreed; 0: as listed", minimum=0)
        paid = book.assume(
            "rent_factor", "1 ratio", "Rent paid over the one stated", source=OFFERS, low=0.67, high=1.7, above=0
        )
    listed = when(agreed > 0, agreed, card["listed_rent"])
    rent = book.line("rent", listed * paid, "USD/gpu/h", "Rent of the card")
    book.alert(rent <= 0, "The sources list no rent for this card: set agreed_rent.", refused=True)
    year = book.constant("oldest_rent", "365 day", "Age from which a rent is stale", source="assumed: a year")
    old = all_of(agreed <= 0, card["rent_age"] > year)
    book.alert(old, "The listed rent of this card is an offer of more than a year ago: set agreed_rent.")
    return rent


def given(card: Entry, name: str) -> Figure | None:
    """Return the figure of the first field that a card has: where there are several, of a data sheet, or an offer."""
    field = next((field for field in FIELDS[name][2:] if field in card.fields), None)
    if field is None:
        return None
    variants = card.variants(field)
    figure = card[field, next((variant for variant in ("data_sheet", *RENTS) if variant in variants), None)]
    return per_one(figure, "gpu", "GB/s/gpu") if field == "link_one_way" else figure


def age(rent: Figure, today: date | None) -> Figure:
    """Return how old an offer is on the day of the ledger."""
    assert today is not None
    assert rent.as_of is not None
    return Figure(f"{(today - rent.as_of).days} day", rent.source, rent.as_of)
