"""How many cards may share a layer in training before their link, not their arithmetic, sets the pace."""

from __future__ import annotations

from unitledger.expression import maximum, minimum, round_down
from unitledger.ledger import Ledger
from unitledger.model import Given, Line
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, assume_sums, like_for_like
from unitledger.templates._figures import per_one

AS_OF = "2023-10-01"
TENSOR = "document 001, tensor parallelism"

EXCLUDED = (
    "the gathered result and the output projection",
    "latency of the link",
    "link and arithmetic at work at the same time",
)


def tensor_parallel_limit() -> Ledger:
    """Largest number of cards that may share a layer of LLaMA-2-70B, and the used share that a larger group reaches.

    Document 001, tensor parallelism. Headline: `limit` [gpu]. Options: RTX 4090 as printed and
    with FP32 sums, H100, H800 and H100 PCIe.
    """
    book = Ledger(
        "Cards that may share a layer", option="rtx4090", as_of=AS_OF, owner="infrastructure", excludes=EXCLUDED
    )
    _assume_model(book)
    _assume_card(book)
    _assume_product(book)
    _add_head(book)
    limit = _add_limit(book)
    _add_product(book)
    _add_cards(book)
    beside = [book.lines[name] for name in ("whole_cards", "required", "available", "reachable_utilisation")]
    book.headline(limit, better="higher", beside=beside)
    return book


def _assume_model(book: Ledger) -> None:
    llama = catalog.model("llama_2_70b")
    book.section("Layer")
    book.assume("hidden", llama.figure("hidden"), "Values per token", above=0)
    book.assume("heads", per_one(llama.figure("heads"), "1/layer", "head"), "Heads", minimum="1 head", whole=True)
    book.assume("value_size", llama.figure("value_size"), "Size of a value", above=0)
    book.assume(
        "projections",
        "3 projection",
        "Projections of the input",
        source=TENSOR,
        note="queries, keys, values",
        minimum="1 projection",
        whole=True,
    )
    book.assume(
        "flop_per_mac",
        "2 FLOP token/(value^2 projection)",
        "Work per value in and value out",
        source=TENSOR,
        note="a multiplication and an addition",
        above=0,
    )
    book.assume("sequence", per_one(llama.figure("context"), "sample", "token/sample"), "Tokens of a sample", above=0)
    book.assume("batch", "1 sample", "Samples", source=TENSOR, note="cancels in the limit", minimum="1 sample")


def _assume_card(book: Ledger) -> None:
    card = catalog.accelerator("rtx_4090")
    book.section("Cards")
    book.assume("compute", card.figure("compute_fp16_fp16_dense"), "Peak arithmetic of a card, dense", above=0)
    assume_sums(book)
    book.assume("link_bidirectional", card.figure("link_bidirectional"), "Link of a card, both directions", above=0)
    book.assume("tensor_parallel", "8 gpu", "Cards that share a layer", source=TENSOR, minimum="1 gpu", whole=True)


def _assume_product(book: Ledger) -> None:
    hidden = catalog.model("llama_2_70b").figure("hidden")
    book.section("General matrix product")
    for name, label in (
        ("m", "Rows of the left matrix"),
        ("n", "Columns of the left, rows of the right"),
        ("k", "Columns of the right matrix"),
    ):
        book.assume(
            name,
            per_one(hidden, "value/token", "ratio"),
            label,
            note="a square as wide as the model",
            minimum=1,
            whole=True,
        )


def _add_head(book: Ledger) -> None:
    """Append work and traffic of a head that has a card of its own."""
    reads = book.one("1/head", "reads_per_head", "Times that a head's card receives the input")
    directions = book.constant("directions", "2 ratio", "Directions of a link", source="by definition")
    hidden, tokens = book["hidden"], book["batch"] * book["sequence"]
    book.section("One head on one card")
    key_size = book.line("key_size", hidden / book["heads"], "value/token/head", "Values of a key")
    work = book.line(
        "head_work",
        book["flop_per_mac"] * book["projections"] * tokens * hidden * key_size,
        "GFLOP/head",
        "Work of the projections",
    )
    traffic = book.line(
        "head_traffic", tokens * hidden * book["value_size"] * reads, "MB/head", "Input that the card receives"
    )
    ratio = book.line("head_ratio", work / traffic, "FLOP/B", "Work per byte received")
    needed = book.line("link_needed", book["compute"] / ratio, "GB/s/gpu", "Link that keeps the card busy")
    book.line("link_needed_both", needed * directions, "GB/s/gpu", "The same, both directions")


def _add_limit(book: Ledger) -> Line:
    one_card = book.one("gpu", "one_card", "One card")
    compute, link, sharing = book["compute"], book["link_bidirectional"], book["tensor_parallel"]
    book.section("Limit")
    required = book.line(
        "required", compute / (link / book["directions"]), "FLOP/B", "Work per byte that the link asks for"
    )
    book.line(
        "required_two_way",
        compute / link,
        "FLOP/B",
        "The same, both directions counted",
        note="A card receives over one direction. The document divides so for the H100 alone, to get 1100; its limit "
        "of 11 cards goes by one direction like the others.",
    )
    whole_layer = book.line(
        "available_alone",
        book["flop_per_mac"] * book["projections"] * book["hidden"] / book["value_size"],
        "FLOP/B",
        "Work per byte that a whole layer offers",
    )
    book.line("available", whole_layer / (sharing / one_card), "FLOP/B", "Work per byte that a share offers")
    limit = book.line(
        "limit",
        whole_layer / required * one_card,
        "gpu",
        "Cards at which link and arithmetic keep pace",
        note="The document's 2.4, 4.8 and 1.6 are those of a layer of 8000 values.",
    )
    book.line("whole_cards", maximum(one_card, round_down(limit)), "gpu", "Whole cards")
    book.line(
        "reachable_utilisation",
        minimum(1, limit / sharing),
        "%",
        "Used share that the link allows",
        note="(ours) Of the cards that share the layer.",
    )
    book.alert(limit < sharing, "The link cannot feed this many cards in a layer: their arithmetic waits.")
    return limit


def _add_product(book: Ledger) -> None:
    m, n, k = book["m"], book["n"], book["k"]
    book.section("General matrix product")
    work = m * n * k
    book.line(
        "product_ratio",
        work / (m * n + n * k),
        "x",
        "Multiplications per value read",
        note="The document calls the two factors input and output.",
    )
    book.line(
        "product_ratio_with_result", work / (m * n + n * k + m * k), "x", "Multiplications per value read or written"
    )


def _add_cards(book: Ledger) -> None:
    for name, card, variant in (
        ("h100", "h100_sxm", "table"),
        ("h800", "h800", None),
        ("h100_pcie", "h100_pcie", "table"),
    ):
        entry = catalog.accelerator(card)
        settings: dict[str, Given] = {
            "compute": entry.figure("compute_fp16_fp32_dense", variant),
            "accumulation": FP32,
            "link_bidirectional": entry.figure("link_bidirectional"),
        }
        book.option(name, settings)
    book.option("rtx4090_fp32", like_for_like())
