"""What a million output tokens cost on cards of a kind: models and cards by name, at a time for each token."""

from __future__ import annotations

from unitledger import Ledger, maximum, when
from unitledger.expression import Operand
from unitledger.model import AnyEntry
from unitledger.templates._api import against_api
from unitledger.templates._card import FIELDS, MEASURED, agreed_rent, choose_card
from unitledger.templates._frontier import draw_frontier
from unitledger.templates.model_architecture import cache_of, language_model
from unitledger.templates.roofline import ceilings

LLAMA = "Llama-3.1-70B in 8 bits on"

OPTIONS = (
    ("h200", {"card": "h200_sxm", "cards": "2 gpu"}, f"{LLAMA} two H200 SXM."),
    ("b200", {"card": "b200", "cards": "2 gpu"}, f"{LLAMA} two B200."),
    ("l40s", {"card": "l40s", "cards": "8 gpu"}, f"{LLAMA} eight L40S."),
    (
        "gpt_oss",
        {
            "model": "gpt_oss_120b",
            "api": "gpt_oss_120b_groq",
            "cards": "2 gpu",
            "precision": "bf16",
            "weight_bits": "16 bit/parameter",
            "expert_bits": "4.25 bit/parameter",
        },
        "gpt-oss-120b on two H100 SXM.",
    ),
    (
        "deepseek",
        {
            "model": "deepseek_v3",
            "api": "deepseek_v4_flash",
            "card": "h200_sxm",
            "cards": "16 gpu",
            "sharing": "experts",
        },
        "DeepSeek-V3 on sixteen H200 SXM.",
    ),
)
"""Options beside the first: other cards for the same model, and two models with experts."""


def roofline_serving() -> Ledger:
    """Cost of a million output tokens of a model on so many cards, with the batch that meets a time for each token.

    Model and card are chosen by name from the catalog, or given as one's own. Headline: `token_cost` [USD/Mtoken].
    """
    book = Ledger(
        "Serving by name",
        option="h100",
        description=f"{LLAMA} four H100 SXM.",
        alternatives=False,
        purpose=__doc__,
        as_of="2026-11-21",
        stale_after="1 year",
        owner="infrastructure",
        excludes=["attention in the arithmetic of a step", "uneven choice of experts", "traffic to customers"],
    )
    with book.section("Request", source="asked here", above=0):
        prompt = book.assume("prompt", "2000 token/sequence", "Tokens of a prompt", low=500, high=8000)
        output = book.assume("output", "500 token/sequence", "Tokens of an answer", low=200, high=2000)
        book.assume("target", "50 ms/token", "Time for a token, at most", low=20, high=100)
    with book.section("Precision", source="asked here", minimum=0):
        precision = book.choice("precision", ("fp8", "bf16", "int8", "fp4"), "Arithmetic")
        bits = book.assume("weight_bits", "8 bit/parameter", "Bits of a weight", above=0)
        scale = book.assume("scale_bits", "0 bit", "Bits of the scale of a group of weights")
        zero = book.assume("zero_bits", "0 bit", "Bits of the zero point of a group")
        group = book.assume("weight_group", "32 parameter", "Weights of a group", above=0)
        expert_bits = book.assume("expert_bits", "0 bit/parameter", "Bits of an expert's weight; 0: as of others")
    book.section("Size of a weight")
    mean = book.line("mean_weight", bits + (scale + zero) / group, "bit/parameter", "Mean of a weight, scales included")
    other = book.line("weight_size", mean, "B/parameter", "Bytes of a weight")
    routed = book.line("expert_weight_size", when(expert_bits > 0, expert_bits, mean), "B/parameter", "Of an expert")

    of_card = choose_card(book, *(name for name in FIELDS if name != "card_power"))
    agreed_rent(book, of_card)
    with book.section("Cards", source="asked here"):
        cards = book.assume("cards", "4 gpu", "Cards that share the model", above=0, whole=True)
        book.assume("load", "1 ratio", "Share of time sold", low=0.3, above=0, maximum=1)
    with book.section("Reached in practice", source=MEASURED, as_of="2024-09-15"):
        book.assume(
            "bandwidth_use",
            "0.69 ratio",
            "Memory bandwidth used",
            low=0.38,
            above=0,
            maximum=1,
            note="low: Llama-3.1-8B on eight cards",
        )
    book.section("What the cards give")
    least = book.constant("least_link", "31 GB/s/gpu", source="assumed: PCIe 4 where the sources give no link")
    one = book.one("gpu", "each_card", "A card by itself")
    full = of_card["rate_bf16"]
    rates = {word: when(of_card[f"rate_{word}"] > 0, of_card[f"rate_{word}"], full) for word in ("fp8", "int8", "fp4")}
    book.line("peak", precision.select(rates, bf16=full), "TFLOP/s/gpu", "Arithmetic of the card")
    link = when(of_card["card_link"] > 0, of_card["card_link"], least) * one
    memory = book.line("group_memory", of_card["card_memory"] * cards, "GB", "Memory of all cards")

    shape = book.include(
        language_model("llama_3_1_70b"),
        option="llama_3_1_70b",
        given={"context": prompt, "parameter_size": other, "expert_parameter_size": routed, "cache_memory": memory},
    )
    book.section("Cache in use")
    half = shape["half"]
    mean_cache = book.line("cache_mean", cache_of(book, prompt + output * half), "MB/sequence", "Half way through")
    end_cache = book.line("cache_end", cache_of(book, prompt + output), "MB/sequence", "At the end of the answer")
    experts = shape["expert_matrices"] * routed / shape["weights"]
    given = {
        **{name: shape[name] for name in ("weights", "active_parameters", "prefill_attention", "layers", "hidden")},
        "cache_sequence": mean_cache,
        "cache_full": end_cache,
        "expert_share": book.line("expert_share", experts, "ratio", "Share of the weights in routed experts"),
        "expert_use": book.line("expert_use", _used(shape), "ratio", "Share of the experts that a token uses"),
        **{
            name: book[name]
            for name in ("prompt", "output", "target", "cards", "bandwidth_use", "load", "peak", "rent")
        },
        "memory_bandwidth": of_card["card_bandwidth"],
        "memory": of_card["card_memory"],
        "link": book.line("link", link, "GB/s", "Link, one way"),
    }
    parts = {**given, **book.include(ceilings(strict=True), given=given)}
    found = book["cached_share"] * prompt
    held = when(found > 0, cache_of(book, found), 0)
    book.line("prefix_held", held, "MB/sequence", "Cache of what the prefix cache has of a prompt")
    draw_frontier(book, parts)
    against_api(book, "llama_3_3_70b_groq", book.lines["token_cost"], parts)
    book.alert(of_card["card_link"] <= 0, "The sources give no link of this card; that of PCIe 4 is counted.")
    narrow = precision.select({word: of_card[f"rate_{word}"] for word in rates}, bf16=full)
    book.alert(narrow <= 0, "The sources give no rate of this card at this precision; it counts in 16 bits.")
    names = ("batch", "token_time", "first_token", "card_rate", "api_cost", "over_api")
    book.headline(book.lines["token_cost"], better="lower", beside=[book.lines[name] for name in names])
    for name, settings, said in OPTIONS:
        book.option(name, settings, description=said, source="asked here")
    return book


def _used(shape: dict[str, AnyEntry]) -> Operand:
    return when(shape["experts"] > 0, shape["active_experts"] / maximum(shape["experts"], shape["active_experts"]), 1)
