"""What a request costs at a posted price, what a mix of tokens costs, and from when own machines pay."""

from __future__ import annotations

from datetime import date

from unitledger import Figure, Ledger, all_of, column, look_up, when
from unitledger.expression import Operand
from unitledger.model import ItemTable, Line
from unitledger.templates import catalog
from unitledger.templates._chosen import OWN, choose
from unitledger.templates._formulas import cached_price, over

PRICES = "(ext) pydantic/genai-prices, tests, commit 47df840"
MEASURED = "(ext) NVIDIA/TensorRT-LLM, Llama-3.3-70B on two H100, perf-overview of version 1.0"
USD_MTOKEN = "USD/Mtoken"
FIELDS = {
    "input": (USD_MTOKEN, "Price of input"),
    "output": (USD_MTOKEN, "Price of output"),
    "cached_read": (USD_MTOKEN, "Price of input read from the cache"),
    "cache_write": (USD_MTOKEN, "Price of input written to the cache"),
    "hour_write": (USD_MTOKEN, "Price of input written for an hour"),
    "tier_start": ("token/request", "Input above which the tier holds"),
    "tier_input": (USD_MTOKEN, "Tier: price of input"),
    "tier_output": (USD_MTOKEN, "Tier: price of output"),
    "tier_read": (USD_MTOKEN, "Tier: price of input read"),
    "tier_write": (USD_MTOKEN, "Tier: price of input written"),
    "tier_hour_write": (USD_MTOKEN, "Tier: price of input written for an hour"),
    "posted": ("date", "Day on which the price was checked"),
    "valid_from": ("date", "Day from which these prices hold, where they changed"),
    "earlier_input": (USD_MTOKEN, "Price of input before"),
    "earlier_output": (USD_MTOKEN, "Price of output before"),
}
"""Prices of a model, each with its unit and label; 0 where it has none of its own."""
TODAY = "2026-11-21"
SHOWN = ("claude_haiku_4_5", "gpt_5_mini", "gemini_3_1_pro", "deepseek_v4_pro", "kimi_k2_6", "llama_3_3_70b_groq", OWN)


def api_pricing() -> Ledger:
    """Cost of a request at posted prices, with caches, tiers and batches; blended prices; own machines against the API.

    Models are chosen by name from the catalog, or priced as one's own. Headline: `request_cost` [USD/request].
    """
    book = Ledger(
        "Models at posted prices",
        option="claude_sonnet_5",
        description="claude_sonnet_5 as posted.",
        alternatives=False,
        purpose=__doc__,
        as_of=TODAY,
        stale_after="1 year",
        owner="finance",
        excludes=["rebates of a contract", "prices by time of day", "images and sound", "storage of caches"],
    )
    book.section("Model")
    model = book.choice("model", (*catalog.entries("apis"), OWN), "Model", value="claude_sonnet_5", source="asked here")
    with book.section("Prices of your own, for the model 'own'", source=PRICES, minimum=0):
        stated = {"input": "2.5 USD/Mtoken", "output": "10 USD/Mtoken", "posted": TODAY, "valid_from": "2026-01-01"}
        own = {
            field: book.assume(
                f"own.{field}", stated.get(field, f"0 {unit}"), label, minimum="2020-01-01" if unit == "date" else None
            )
            for field, (unit, label) in FIELDS.items()
        }
    with book.section("Request", source="asked here", minimum=0):
        tokens = book.assume(
            "input_tokens", "1000 token/request", "Tokens of input, cached and written ones too", above=0
        )
        read = book.assume("cached_tokens", "0 token/request", "Tokens read from the cache")
        written = book.assume("written_tokens", "0 token/request", "Tokens written to the cache")
        kept = book.assume("hour_tokens", "0 token/request", "Tokens written for an hour")
        output = book.assume("output_tokens", "100 token/request", "Tokens of output")
        thought = book.assume("reasoning_tokens", "0 token/request", "Tokens of reasoning, billed as output")
        batch = book.assume("batch_factor", "1 ratio", "Share of the price that a batch pays", low=0.5, maximum=1)
        day = book.assume("day", TODAY, "Day of the request", minimum="2020-01-01")
        region = book.assume("region_factor", "1 ratio", "Price in the region asked for, over the posted one")
    with book.section("Mix", source="asked here", minimum=0):
        ratio = book.assume("input_per_output", "3 ratio", "Tokens of input for each of output")
        share = book.assume("cached_share", "0 ratio", "Share of the input that is cached", maximum=1)
    with book.section("Machines of one's own", source=MEASURED, as_of="2025-09-01", above=0):
        rent = book.assume("rent", catalog.accelerator("h100_sxm")["rent", "nebius"], "Rent of a card")
        cards = book.assume("cards", "2 gpu", "Cards", whole=True)
        fixed = book.assume(
            "fixed", "0 USD/month", "What else they cost", source="assumed: nothing", as_of=TODAY, minimum=0
        )
        rate = book.assume("output_rate", "4205 token/s", "Tokens of output in a second, measured")

    models = _models(book)

    def listed(word: str, field: str) -> Figure | Operand | None:
        if field in models.columns:
            return look_up(models[field], word)
        entry = catalog.api(word)
        return entry[field] if field in entry.fields else None

    price = choose(book, model, FIELDS, own, listed)
    book.section("Prices that hold")
    above = all_of(price["tier_start"] > 0, tokens > price["tier_start"])

    changed = all_of(price["earlier_input"] > 0, day < price["valid_from"])
    before = {
        kind: book.line(
            f"{kind}_before",
            when(changed, price[f"earlier_{kind}"] / price[kind], 1),
            "ratio",
            f"Price of {kind} on that day, over the listed one",
        )
        for kind in ("input", "output")
    }

    def held(field: str, tier: str, otherwise: Operand, kind: str = "input") -> Operand:
        plain = when(price[field] > 0, price[field] * before[kind], otherwise)
        return when(all_of(above, price[tier] > 0), price[tier] * before[kind], plain)

    p_in = book.line("input_price", held("input", "tier_input", price["input"]), USD_MTOKEN, "Input")
    p_out = book.line("output_price", held("output", "tier_output", price["output"], "output"), USD_MTOKEN, "Output")
    p_read = book.line("read_price", held("cached_read", "tier_read", p_in), USD_MTOKEN, "Read from the cache")
    p_write = book.line("write_price", held("cache_write", "tier_write", p_in), USD_MTOKEN, "Written to the cache")
    p_kept = book.line("hour_price", held("hour_write", "tier_hour_write", p_write), USD_MTOKEN, "Written for an hour")
    year = book.constant("oldest_price", "365 day", "Age from which a posted price is stale", source="assumed: a year")
    old = day - price["posted"] > year
    book.alert(old, "The posted price of this model was checked more than a year before that day: look it up again.")

    book.section("Request at these prices")
    plain = book.line("plain_tokens", tokens - read - written - kept, "token/request", "Tokens of plain input")
    sent = (plain * p_in + read * p_read + written * p_write + kept * p_kept) * batch * region
    paid = book.line("input_cost", sent, "USD/request", "Input of a request")
    made = book.line(
        "output_cost", (output + thought) * p_out * batch * region, "USD/request", "Output and reasoning of a request"
    )
    cost = book.total("request_cost", [paid, made], "USD/request", "A request")
    mixed = book.line("mixed_input", cached_price(p_in, p_read, share), USD_MTOKEN, "Input of the mix")
    blended = book.line("blended_price", (ratio * mixed + p_out) / (ratio + 1), USD_MTOKEN, "A token of the mix")
    read_at = when(models["cached_read"] > 0, models["cached_read"], models["input"])
    each = (ratio * cached_price(models["input"], read_at, share) + models["output"]) / (ratio + 1)
    blends = book.line("listed_blend", each, USD_MTOKEN, "A token of the mix, as listed")
    cheapest = book.line("cheapest_blend", blends.least(), USD_MTOKEN, "A token of the mix, cheapest of the models")
    book.line("over_cheapest", over(blended, cheapest), "x", "This model over the cheapest")
    saved = p_in - p_read
    _reads(book, "reads_to_pay", p_write - p_in, saved, "Reads that pay for a write")
    _reads(book, "hour_reads_to_pay", p_kept - p_in, saved, "Reads that pay for a write for an hour")

    book.section("Own machines against it")
    month = book.line("own_month", rent * cards + fixed, "USD/month", "Machines of one's own")
    asked = book.line("api_output_price", p_out + ratio * mixed, USD_MTOKEN, "A token of output with its input")
    need = book.line("break_even_output", month / asked, "Mtoken/month", "Output from which they cost less")
    book.line("break_even_load", need / rate, "ratio", "Share of the time that it takes")
    book.alert(p_out <= 0, "This model has no price: choose one that is listed, or set own.output.", refused=True)
    book.alert(plain < 0, "More tokens are cached and written than there are of input: set input_tokens.", refused=True)
    book.alert(need > rate, "The machines cannot make as much as it takes to pay for them.")
    book.headline(cost, better="lower", beside=[blended, paid, made, need])
    for name in SHOWN:
        said = f"{name} as posted." if name != OWN else "Prices of your own; those of gpt-4o until they are set."
        book.option(name, {"model": name}, description=said, source="asked here")
    return book


def _models(book: Ledger) -> ItemTable:
    """Append the table of the models that are priced, 0 where one has no price of its own."""
    names = catalog.entries("apis")
    outputs = [catalog.api(name)["output"] for name in names]
    kinds = ("input", "cached_read", "cache_write", "output")
    return book.table(
        "models",
        {
            "name": names,
            **{
                kind: [entry[kind].quantity if kind in entry.fields else 0 for entry in map(catalog.api, names)]
                for kind in kinds
            },
            "posted": [output.as_of for output in outputs],
            "source": [output.source for output in outputs],
        },
        key="name",
        columns={
            **{kind: column(USD_MTOKEN, FIELDS[kind][1], minimum=0) for kind in kinds},
            "posted": date,
            "source": str,
        },
        label="Models as listed",
        source="catalog of unitledger, each with its own source",
        as_of=TODAY,
    )


def _reads(book: Ledger, name: str, dearer: Operand, saved: Operand, label: str) -> Line:
    return book.line(name, over(dearer, saved), "ratio", label)
