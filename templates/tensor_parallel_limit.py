"""How many cards may share a layer in training before their link, not their arithmetic, sets the pace."""

from __future__ import annotations

from unitledger import Ledger, maximum, minimum, round_down
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, assume_sums, like_for_like
from unitledger.templates._figures import per_one
from unitledger.templates._formulas import between_layers

TENSOR = "document 001, tensor parallelism"


def tensor_parallel_limit() -> Ledger:
    """Largest number of cards that may share a layer of LLaMA-2-70B, and the used share that a larger group reaches.

    Document 001, tensor parallelism. Headline: `limit` [gpu].
    """
    book = Ledger(
        "Cards that may share a layer",
        option="rtx4090",
        description="RTX 4090 as printed, rated with FP16 sums.",
        alternatives=False,
        purpose=__doc__,
        as_of="2023-10-01",
        owner="infrastructure",
        excludes=[
            "the gathered result and the output projection",
            "latency of the link",
            "link and arithmetic at work at the same time",
        ],
    )
    own = catalog.assumed("tensor_parallel_limit")
    llama, card = catalog.model("llama_2_70b"), catalog.accelerator("rtx_4090")

    book.section("Layer", source=TENSOR, above=0)
    hidden = book.assume("hidden", llama["hidden"], "Values per token")
    of_layer = per_one(llama["heads"], "1/layer", "head")
    heads = book.assume("heads", of_layer, "Heads", minimum="1 head", whole=True)
    value_size = book.assume("value_size", llama["value_size"], "Size of a value")
    projections = book.assume(
        "projections", own["projections"], "Projections of the input", minimum="1 projection", whole=True
    )
    per_value = book.assume("flop_per_mac", own["flop_per_mac"], "Work per value in and value out")
    context = per_one(llama["context"], "sample", "token/sample")
    sequence = book.assume("sequence", context, "Tokens of a sample")
    batch = book.assume("batch", own["batch"], "Samples", minimum="1 sample")

    book.section("Cards", source=TENSOR, above=0)
    compute = book.assume("compute", card["compute_fp16_fp16_dense"], "Peak arithmetic of a card, dense")
    assume_sums(book)
    link = book.assume("link_bidirectional", card["link_bidirectional"], "Link of a card, both directions")
    sharing = book.assume("tensor_parallel", "8 gpu", "Cards that share a layer", minimum="1 gpu", whole=True)

    # A head that has a card of its own.
    book.section("One head on one card")
    reads = book.one("1/head", "reads_per_head", "Times that a head's card receives the input")
    directions = book.constant("directions", "2 ratio", "Directions of a link", source="by definition")
    tokens = batch * sequence
    key_size = book.line("key_size", hidden / heads, "value/token/head", "Values of a key")
    head_work = per_value * projections * tokens * hidden * key_size
    work = book.line("head_work", head_work, "GFLOP/head", "Work of the projections")
    received = between_layers(tokens, hidden, value_size) * reads
    traffic = book.line("head_traffic", received, "MB/head", "Input that the card receives")
    ratio = book.line("head_ratio", work / traffic, "FLOP/B", "Work per byte received")
    needed = book.line("link_needed", compute / ratio, "GB/s/gpu", "Link that keeps the card busy")
    book.line("link_needed_both", needed * directions, "GB/s/gpu", "The same, both directions")

    book.section("Limit")
    one_card = book.one("gpu", "one_card", "One card")
    required = book.line("required", compute / (link / directions), "FLOP/B", "Work per byte that the link asks for")
    book.line(
        "required_two_way",
        compute / link,
        "FLOP/B",
        "The same, both directions counted",
        note="A card receives over one direction. The document divides so for the H100 alone, to get 1100; its limit "
        "of 11 cards goes by one direction like the others.",
    )
    offered = per_value * projections * hidden / value_size
    layer = book.line("available_alone", offered, "FLOP/B", "Work per byte that a whole layer offers")
    available = book.line("available", layer / (sharing / one_card), "FLOP/B", "Work per byte that a share offers")
    limit = book.line(
        "limit",
        layer / required * one_card,
        "gpu",
        "Cards at which link and arithmetic keep pace",
        note="The document's 2.4, 4.8 and 1.6 are those of a layer of 8000 values.",
    )
    whole_cards = book.line("whole_cards", maximum(one_card, round_down(limit)), "gpu", "Whole cards")
    reachable = book.line(
        "reachable_utilisation",
        minimum(1, limit / sharing),
        "%",
        "Used share that the link allows",
        note="(ours) Of the cards that share the layer.",
    )
    book.alert(limit < sharing, "The link cannot feed this many cards in a layer: their arithmetic waits.")
    book.headline(limit, better="higher", beside=[whole_cards, required, available, reachable])

    book.section("General matrix product", minimum=1)
    width, square = per_one(llama["hidden"], "value/token", "ratio"), "a square as wide as the model"
    m = book.assume("m", width, "Rows of the left matrix", note=square, whole=True)
    n = book.assume("n", width, "Columns of the left, rows of the right", note=square, whole=True)
    k = book.assume("k", width, "Columns of the right matrix", note=square, whole=True)
    book.line(
        "product_ratio",
        m * n * k / (m * n + n * k),
        "x",
        "Multiplications per value read",
        note="The document calls the two factors input and output.",
    )
    with_result = m * n * k / (m * n + n * k + m * k)
    book.line("product_ratio_with_result", with_result, "x", "Multiplications per value read or written")

    for name, field, variant, called in (
        ("h100", "h100_sxm", "table", "H100 SXM"),
        ("h800", "h800", None, "H800"),
        ("h100_pcie", "h100_pcie", "table", "H100 PCIe"),
    ):
        other = catalog.accelerator(field)
        rated = {"compute": other["compute_fp16_fp32_dense", variant], "accumulation": FP32}
        linked = {**rated, "link_bidirectional": other["link_bidirectional"]}
        book.option(name, linked, description=f"{called}, rated with FP32 sums.")
    book.option("rtx4090_fp32", like_for_like(), description="RTX 4090, rated with FP32 sums.")
    return book
