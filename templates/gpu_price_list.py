"""What a million output tokens cost on a card of each offer, and which offer is the cheapest in each region."""

from __future__ import annotations

from datetime import date

from unitledger import Figure, Ledger, column, look_up, maximum, minimum, round_down, when
from unitledger.model import ItemTable, Line
from unitledger.templates import catalog
from unitledger.templates._card import MEASURED, given
from unitledger.templates._formulas import cards_for, memory_left, read_time, work_of, work_time
from unitledger.templates.roofline import output_rate

PLACES = {
    "Europe": {
        "nebius": ("h100_sxm", "h200_sxm", "l40s"),
        "verda": ("h100_sxm", "h200_sxm", "b200", "b300", "a100_sxm_80gb"),
        "lambda": ("b200",),
        "runpod": ("a100_sxm_80gb",),
    },
    "North America": {
        "nebius": ("h200_sxm", "b200"),
        "lambda": ("b200",),
        "hyperstack": ("h100_sxm", "h100_pcie"),
        "runpod": ("a100_sxm_80gb",),
    },
    "Asia": {"jarvislabs": ("h100_sxm", "h200_sxm"), "lambda": ("b200",), "runpod": ("a100_sxm_80gb",)},
}
"""Where who lets which cards, by the lists of skypilot-catalog v8; the price is that of the catalog."""
COUNTED = "counted: template model_architecture, weights in 8 bits, cache in 16"
SCALING = "(ext) jax-ml/scaling-book, inference, commit 0819a7d"


def gpu_price_list() -> Ledger:
    """Cost of a million output tokens on the cards of a price list, by provider and region.

    Each offer with as many cards as hold the model, at the largest batch that meets a time for each token. Headline:
    `cheapest` [USD/Mtoken].
    """
    book = Ledger(
        "Cards by price list",
        option="llama_8b",
        description="Llama-3.1-8B in 8 bits.",
        alternatives=False,
        purpose=__doc__,
        as_of="2026-11-21",
        stale_after="1 year",
        owner="finance",
        excludes=[
            "exchanges between cards",
            "commitments and rebates",
            "traffic, storage and machines around the card",
        ],
    )
    with book.section("Request", source="asked here", above=0):
        book.assume("prompt", "2000 token/sequence", "Tokens of a prompt", low=500, high=8000)
        book.assume("output", "500 token/sequence", "Tokens of an answer", low=200, high=2000)
        book.assume("target", "50 ms/token", "Time for a token, at most", low=20, high=100)
        book.assume("load", "1 ratio", "Share of time sold", low=0.3, maximum=1)
    with book.section("Age of the lists", source="asked here"):
        today = book.assume("today", date(2026, 11, 21), "Day of the comparison")
        allowed = book.assume("price_age", "1 year", "Age of a price, at most", above=0)
    with book.section("Language model", source=COUNTED, above=0):
        book.assume("weights", "8.030261248 GB", "Size of the weights")
        book.assume("active_parameters", "7504924672 parameter", "Parameters that a token is multiplied with")
        book.assume("cache_growth", "131.072 kB/token", "Cache that each further token adds")
        book.assume("attention_work", "262144 FLOP sequence/token^2", "Work of a prompt in attention, by its square")
    with book.section("Reached in practice", source=SCALING, above=0, as_of="2025-02-18"):
        book.assume("prefill_use", "0.4 ratio", "Arithmetic used, prefill", maximum=1)
        book.assume(
            "bandwidth_use",
            "0.69 ratio",
            "Memory bandwidth used",
            low=0.38,
            maximum=1,
            source=MEASURED,
            as_of="2024-09-15",
        )
    with book.section("Memory", source="assumed: the rest for the cache", above=0):
        book.assume("room", "0.75 ratio", "Share of a card that the weights may fill", maximum=0.95)
        book.assume("usable", "0.95 ratio", "Share of a card that weights and cache may fill", maximum=1)
    offers, cards = _tables(book)
    oldest = book.line("oldest", today - offers["read"].least(), "day", "Age of the oldest price")
    book.alert(oldest > allowed, "Some offers are older than allowed: read the lists again.")
    rate = _rate(book, cards)
    cost = offers["price"] / (look_up(rate, offers["card"]) * book["load"])
    costs = book.line("cost", cost, "USD/Mtoken", "Output tokens, with their prompts", minimum=0)
    cheapest = book.line("cheapest", costs.least(), "USD/Mtoken", "Cheapest offer", minimum=0)
    by_region = [_cheapest_in(book, offers, costs, region) for region in PLACES]
    book.headline(cheapest, better="lower", beside=by_region)
    book.option(
        "llama_70b",
        {
            "weights": "70.553706496 GB",
            "active_parameters": "69503033344 parameter",
            "cache_growth": "327.68 kB/token",
            "attention_work": "1310720 FLOP sequence/token^2",
        },
        description="Llama-3.1-70B in 8 bits.",
        source=COUNTED,
    )
    return book


def _tables(book: Ledger) -> tuple[ItemTable, ItemTable]:
    """Append the price list, and what the data sheets say of its cards."""
    held = [(card, who, place) for place, listed in PLACES.items() for who, cards in listed.items() for card in cards]
    rents = [catalog.accelerator(card)["rent", who if len(_rents(card)) > 1 else None] for card, who, _ in held]
    rows = {
        "offer": [f"{card} {who} {place}" for card, who, place in held],
        "card": [card for card, _, _ in held],
        "provider": [who for _, who, _ in held],
        "region": [place for _, _, place in held],
        "price": [rent.quantity for rent in rents],
        "read": [rent.as_of for rent in rents],
        "source": [rent.source for rent in rents],
    }
    price = column("USD/gpu/h", "Rent of a card", above=0)
    listed = book.table(
        "offers",
        rows,
        key="offer",
        columns={"card": str, "provider": str, "region": str, "price": price, "read": date, "source": str},
        label="Offers",
        source="catalog of unitledger, each with its own source",
        as_of="2026-08-22",
    )
    names = sorted({card for card, _, _ in held})
    fields = {"rate": ("rate_fp8", "rate_bf16"), "bandwidth": ("card_bandwidth",), "memory": ("card_memory",)}
    sheets = {name: [_first(card, choices).quantity for card in names] for name, choices in fields.items()}
    cards = book.table(
        "cards",
        {"card": names, **sheets},
        key="card",
        columns={
            "rate": column("TFLOP/s/gpu", "Arithmetic in 8 bits, else in 16", above=0),
            "bandwidth": column("TB/s/gpu", "Memory bandwidth", above=0),
            "memory": column("GB/gpu", "Memory", above=0),
        },
        label="Cards",
        source="catalog of unitledger: data sheets by way of ml-engineering",
        as_of="2026-08-22",
    )
    return listed, cards


def _rents(card: str) -> tuple[str, ...]:
    return catalog.accelerator(card).variants("rent")


def _first(card: str, choices: tuple[str, ...]) -> Figure:
    entry = catalog.accelerator(card)
    return next(figure for choice in choices if (figure := given(entry, choice)) is not None)


def _rate(book: Ledger, cards: ItemTable) -> Line:
    """Append what as many cards of a kind as hold the model do at once, and return the tokens of each card."""
    work = book.constant(
        "multiply_add",
        "2 FLOP/(parameter token)",
        "Work of a parameter for a token",
        source="counted: multiply and add",
    )
    half = book.constant("half", "0.5 ratio", "Mean of an answer, from none to all", source="counted")
    one = book.one("sequence", "one_sequence", "One sequence")
    step_token = book.one("token/sequence", "step_token", "A token of each sequence in a step")
    prompt, output, weights = book["prompt"], book["output"], book["weights"]
    holding = cards_for(weights, cards["memory"] * book["room"])
    group = book.line("group", holding, "gpu", "Cards that hold the model", total="none")
    reached, growth = cards["bandwidth"] * book["bandwidth_use"], book["cache_growth"]
    reading = read_time(weights, group, reached)
    weight_time = book.line("weight_time", reading, "ms", "Reading the weights", total="none")
    reading = read_time(growth * (prompt + output * half), group, reached)
    cache_time = book.line("cache_time", reading, "ms/sequence", "Reading a cache")
    each = work_time(work_of(work, book["active_parameters"], step_token), group, cards["rate"])
    token_work = book.line("work_time", each, "ms/sequence", "Arithmetic of a token")
    longest = book.line("longest_step", book["target"] * step_token * one, "ms", "Step that meets the target")
    quick = minimum((longest - weight_time) / cache_time, longest / (cache_time + token_work))
    fits = memory_left(group, cards["memory"] * book["usable"], weights) / (growth * (prompt + output))
    batch = book.line("batch", maximum(round_down(minimum(quick, fits)), one), "sequence", "Batch", total="none")
    step = book.line(
        "step", batch * cache_time + maximum(weight_time, batch * token_work), "ms", "Decoding step", total="none"
    )
    arithmetic = work_of(work, book["active_parameters"], prompt) + book["attention_work"] * prompt * prompt
    prefill = work_time(arithmetic, group, cards["rate"] * book["prefill_use"])
    late = book.line("late", when(step > longest, 1, 0), label="Too slow even for one sequence (1: yes)", total="none")
    book.alert(late.largest() > 0, "On some cards no batch meets the target; they count with one sequence.")
    of = {"prefill_time": prefill * one, "one_sequence": one, "output": output}
    together = output_rate(of, step / (step_token * one), batch)
    return book.line("card_rate", together / group, "token/s/gpu", "Output tokens of a card in a second")


def _cheapest_in(book: Ledger, offers: ItemTable, costs: Line, region: str) -> Line:
    """Append the least cost among the offers of a region."""
    name = region.lower().replace(" ", "_")
    there = when(offers["region"].equals(region), costs, costs.largest())
    here = book.line(f"cost_{name}", there, "USD/Mtoken", f"In {region}; elsewhere the dearest of all")
    rents = offers["price"].sum_by(offers["region"], region)
    listed = book.line(f"listed_{name}", rents, label=f"Rents listed in {region}, added up")
    book.alert(listed <= 0, f"The list has no offer in {region}.")
    return book.line(f"cheapest_{name}", here.least(), "USD/Mtoken", f"Cheapest in {region}")
