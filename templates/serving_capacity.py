"""Memory for serving: weights and key/value cache, the cards that hold them, the batch that keeps them busy."""

from __future__ import annotations

from collections.abc import Sequence

from unitledger import Figure, Ledger, all_of, round_down, when
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, assume_sums, like_for_like
from unitledger.templates._formulas import balanced_batch, between_layers, cache_of_token, cards_for, memory_left

CACHE = "document 001, key and value cache"
COUNT = "document 001, cards for inference"
INTENSITY = "document 001, intensity"


def memory_need(title: str = "Memory for serving LLaMA-2-70B", *, excludes: Sequence[str] = ()) -> Ledger:
    """Return the ledger of what weights and cache take and what the installed cards leave for them.

    Inputs of a request (`batch` [prompt], `context` [token/prompt]), of the language model and of the cards;
    lines `weights`, `computed_kv_cache` and `free` [GB], `max_batch` [prompt], `max_context` [token/prompt].
    """
    llama, card = catalog.model("llama_2_70b"), catalog.accelerator("rtx_4090")
    book = Ledger(
        title,
        option="rtx4090",
        description="Eight RTX 4090 and batches of eight prompts.",
        alternatives=False,
        purpose=__doc__,
        as_of="2023-10-01",
        owner="infrastructure",
        excludes=excludes,
    )
    values = book.one("value/parameter", "values_per_parameter", "Values that make up a parameter")

    book.section("Language model", above=0)
    parameters = book.assume("parameters", llama["parameters"], "Parameters")
    layers = book.assume("layers", llama["layers"], "Layers", whole=True)
    hidden = book.assume("hidden", llama["hidden"], "Values per token and layer")
    value_size = book.assume("value_size", llama["value_size"], "Size of a value")
    cached = book.assume("kv_matrices", llama["kv_matrices"], "Cached matrices per layer", whole=True)
    heads = book.assume("kv_head_share", llama["kv_head_share", "full"], "Key/value heads per query head", maximum=1)
    book.section("Requests", above=0)
    context = book.assume("context", llama["context_per_prompt"], "Context: prompt and answer")
    batch = book.assume("batch", "8 prompt", "Prompts in one batch", source=CACHE)
    book.section("Cards", source=COUNT)
    memory = book.assume("memory", card["memory"], "Memory of a card", above=0)
    cards = book.assume("cards_installed", "8 gpu", "Cards installed", minimum=0, whole=True)
    book.section("Memory")
    weights = book.line("weights", parameters * values * value_size, "GB")
    stored = cache_of_token(cached * hidden * heads, value_size, layers)
    per_token = book.line("kv_per_token", stored, "kB/token", "Cache per token")
    per_prompt = book.line("kv_per_prompt", per_token * context, "GB/prompt", "Cache per prompt")
    cache = book.line("computed_kv_cache", per_prompt * batch, "GB", "Cache of the batch")
    left = memory_left(cards, memory, weights)
    free = book.line("free", left, "GB", "Memory that the weights leave", note="Before the cache.", minimum=0)
    book.line("max_batch", round_down(free / per_prompt), label="Largest batch at this context", minimum=0)
    book.line("max_context", round_down(free / (per_token * batch)), label="Longest context at this batch", minimum=0)
    book.alert(
        cache > free,
        "The cache of this batch at this context does not fit beside the weights; "
        "see the largest batch and the longest context.",
    )
    return book


def serving_capacity() -> Ledger:
    """Memory and cards that a language model needs for serving, and the batch that keeps the cards busy.

    Document 001, key/value cache to cards for inference. Headline: `cards` [gpu] that hold weights and cache.
    """
    llama, card, h100 = catalog.model("llama_2_70b"), catalog.accelerator("rtx_4090"), catalog.accelerator("h100_sxm")
    book = memory_need(
        "Cards and batch for serving LLaMA-2-70B",
        excludes=["activations of more than one layer", "memory of the runtime", "gaps between cache blocks"],
    )
    own = catalog.assumed("serving_capacity")
    parameters, layers, hidden, value_size = (book[name] for name in ("parameters", "layers", "hidden", "value_size"))
    cached, heads, context, batch, cache = (
        book[name] for name in ("kv_matrices", "kv_head_share", "context", "batch", "computed_kv_cache")
    )
    parameter_size = book["values_per_parameter"] * value_size
    work = book.constant(
        "work_per_parameter_token", own["work_per_parameter_token"], "Multiply and add per parameter, token"
    )
    pair = book.one("parameter token^2/value^2", "weight_per_pair", "Weights per input and output value")
    token = book.one("token/prompt", "tokens_per_step", "Tokens per prompt in a step")
    one_card = book.one("gpu", "single_card", "One card")

    book.section("Speed of a card", above=0)
    bandwidth = book.assume("memory_bandwidth", card["memory_bandwidth", "table"], "Memory bandwidth of a card")
    compute = book.assume("compute", card["compute_fp16_fp16_dense"], "Peak arithmetic of a card, dense")
    assume_sums(book)
    book.section("What is counted", minimum=0)
    short = book.assume("tokens_per_pass", "128 token/prompt", "Tokens of a short prompt", source=INTENSITY, above=0)
    given = book.assume("kv_cache", own["kv_cache"], "Cache that is counted (0: computed)")
    share = book.assume("intermediate_share", "0 ratio", "Intermediate values counted (0, 1)", source=COUNT, maximum=1)
    book.section("Work that the cache saves")
    matrix = book.line("matrix_size", pair * hidden * hidden * heads, "parameter", "Weights of a cached projection")
    saved = book.line("saved", cached * layers * matrix * work * context * batch, "TFLOP", "Work saved")
    tebi = book.constant("tebi", "1099511627776 ratio", "Two to the power of 40", source="by definition")
    book.line("saved_binary", saved / tebi, "FLOP", "Work saved, counted in 2^40 operations")
    per_byte = book.line("saved_per_byte", saved / cache, "FLOP/B", "Work saved per byte of cache")
    book.line("saved_per_value", per_byte * value_size, "FLOP/value", "Work saved per value")
    reads = book.line(
        "weight_reads", context / token * layers * cached * matrix, "parameter", "Weights read again without cache"
    )
    book.line("weight_reads_binary", reads / tebi, label="Parameters read again, counted in 2^40")
    book.line("reread_time", reads * parameter_size / bandwidth / one_card, "s", "Time to read them on one card")

    book.section("Batch")
    book.line("token_work", work * parameters, "GFLOP/token", "Work for a token")
    intensity = book.line("intensity", work * batch * short / parameter_size, "FLOP/B", "Work per byte of weights read")
    balance = book.line("machine_balance", compute / bandwidth, "FLOP/B", "Work per byte a card can do")
    book.line("memory_bound", when(intensity < balance, 1, 0), label="Memory sets the pace (1: yes)")
    book.line(
        "balanced_batch", balanced_batch(balance, parameter_size, work) / token, "prompt", "Batch that uses both fully"
    )

    book.section("Card count")
    carried = between_layers(batch * context, hidden, value_size)
    layer = book.line("intermediate", carried, "GB", "Intermediate values of a layer")
    counted = book.line("counted_kv_cache", when(given > 0, given, cache), label="Cache that is counted")
    required = book.total("required", [book["weights"], counted, layer * share], "GB", "Memory required")
    cards = book.line("cards", cards_for(required, book["memory"]), "gpu", "Cards that hold it")
    book.alert(all_of(given > 0, given < cache), "The cards are counted with a smaller cache than the formula gives.")
    book.headline(cards, better="lower", beside=[required, book.lines["max_batch"]])

    server = {
        "memory": h100["memory"],
        "memory_bandwidth": h100["memory_bandwidth"],
        "compute": h100["compute_fp16_fp32_dense", "table"],
        "accumulation": FP32,
    }
    book.option("h100", server, description="Eight H100 SXM.")
    grouped = {"kv_head_share": llama["kv_head_share", "grouped"]}
    book.option("grouped heads", grouped, description="Key/value heads that query heads share in groups.")
    for count, source in (("1", INTENSITY), ("32", CACHE), ("330", "document 001, balanced batch")):
        said = f"Eight RTX 4090 at batch {count}."
        book.option(f"batch {count}", {"batch": f"{count} prompt"}, description=said, source=source)
    printed = Figure("40 GB", note="5 GB a prompt; the formula gives 10.7 GB")
    book.option("as printed", {"kv_cache": printed}, description="A cache of 40 GB, as printed.", source=COUNT)
    book.option("rtx4090_fp32", like_for_like(), description="Eight RTX 4090, rated with FP32 sums.")
    return book
