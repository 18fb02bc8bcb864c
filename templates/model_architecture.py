"""Parameters, cache and work of a language model, counted from its shape."""

from __future__ import annotations

from collections.abc import Mapping

from unitledger import Figure, Ledger, any_of, different, minimum, round_down, when
from unitledger.expression import Operand
from unitledger.model import Constant, Line
from unitledger.templates._checkpoint import BESIDE, count_checkpoint
from unitledger.templates._chosen import OWN
from unitledger.templates._formulas import cache_of_token, over
from unitledger.templates._shape import choose_shape, described, shapes

SHOWN = (
    "llama_3_1_70b",
    "mixtral_8x7b",
    "gpt_oss_120b",
    "gemma_3_27b",
    "deepseek_v3",
    "qwen_3_next_80b_a3b",
    OWN,
)
"""Options beside the first: a model for each way to attend and to keep what was seen; `model` takes the others."""
COUNTED = "counted: what the layers multiply, add and keep"


def model_architecture() -> Ledger:
    """Parameters, cache and work of a language model, counted from its shape to the last one.

    Shapes are those of the configurations on the hub; `own` is one that a reader gives. Headline: `parameters`
    [parameter].
    """
    book, shape, one = _counted()
    _stored(book)
    count_checkpoint(book, shape, one)
    book.headline(
        book.lines["parameters"],
        better="lower",
        beside=[book.lines[name] for name in ("active_parameters", "cache_growth", "cache_sequence", "decode_work")],
    )
    for name in SHOWN:
        beside: Mapping[str, str | Figure] = BESIDE.get(name, {})
        book.option(name, {"model": name, **beside}, description=described(name), source="asked here")
    return book


def language_model(name: str) -> Ledger:
    """Return the ledger of a language model alone, for templates that serve one."""
    book = model_work(name)
    _stored(book)
    return book


def model_work(name: str) -> Ledger:
    """Return the ledger of a language model's parameters and work, for templates that keep no cache."""
    book, _, _ = _counted()
    book.option(name, {"model": name}, description=described(name), source="asked here")
    return book


def _counted() -> tuple[Ledger, dict[str, Line], dict[str, Constant]]:
    book = Ledger(
        "Language models, counted",
        option=shapes()[0],
        description=described(shapes()[0]),
        alternatives=False,
        purpose=__doc__,
        as_of="2026-11-21",
        owner="infrastructure",
        excludes=["encoders and layers that predict further tokens, other than in the files", "work of state layers"],
    )
    shape = choose_shape(book)
    with book.section("Use", source="asked here"):
        book.assume("context", "8192 token/sequence", "Tokens of a sequence", above=0, whole=True)
    one = _constants(book)
    _parameters(book, shape, one)
    _work(book, shape, one)
    book.alert(
        shape["active_experts"] > shape["experts"],
        "A token cannot use more experts than there are: set own.experts.",
        refused=True,
    )
    group = book["group_size"]
    uneven = different(group, round_down(group))
    book.alert(uneven, "Key/value heads do not divide the query heads: set own.kv_heads.", refused=True)
    mixed = (shape["local_layers"] + shape["state_layers"] > shape["layers"], shape["dense_layers"] > shape["layers"])
    book.alert(any_of(*mixed), "The model has fewer layers than those of one kind: set own.layers.", refused=True)
    return book, shape, one


def _stored(book: Ledger) -> None:
    """Append what weights and cache take, and the work of reading it."""
    with book.section("Use", source="asked here", above=0):
        book.assume("cache_value_size", "2 B/value", "Size of a cached value", low="0.5 B/value")
        book.assume("state_value_size_stored", "2 B/value", "Size of a value of a state")
        book.assume("parameter_size", "2 B/parameter", "Size of a parameter")
        book.assume("expert_parameter_size", "2 B/parameter", "Size of a parameter in the matrices of experts")
        book.assume("cache_memory", "10 GB", "Memory for the cache")
    with book.section("Another model", source="assumed: 95 layers of 8 heads of 128, as DeepSeek 67B", above=0):
        book.assume("compared_cache", "389.12 kB/token", "Cache of another model to compare with")
    _weights(book)
    _cache(book)
    _decode(book)


def _constants(book: Ledger) -> dict[str, Constant]:
    """Append what turns widths into parameters, cached values and work."""
    book.section("Counting")
    ones = {
        "weight": ("parameter token^2/value^2", "A parameter for each pair of values"),
        "scale": ("parameter token/value", "A parameter for each value"),
        "per_layer": ("1/layer", "One for each layer"),
        "one_layer": ("layer", "One layer"),
        "per_expert": ("1/expert", "One for each expert"),
        "shared_head": ("head/layer", "One head that others share"),
        "head_value": ("value/token/head", "A value for each head"),
        "router_value": ("value/token/expert", "A value for each expert"),
    }
    held = {name: book.one(unit, name, label) for name, (unit, label) in ones.items()}
    held["pair"] = book.constant("pair", "2 ratio", "Keys and values, queries and outputs", source="by definition")
    held["half"] = book.constant("half", "0.5 ratio", "Mean of what is seen, from none to all", source=COUNTED)
    held["matrices"] = book.constant("matrices", "3 ratio", "Matrices of a feed-forward block", source=COUNTED)
    work, mix = "2 FLOP/(parameter token)", "2 FLOP sequence/(value token)"
    held["work_per_parameter"] = book.constant("work_per_parameter", work, "Multiply and add", source=COUNTED)
    held["work_per_value"] = book.constant("work_per_value", mix, "Multiply and add, attention", source=COUNTED)
    return held


def _parameters(book: Ledger, shape: dict[str, Line], one: dict[str, Constant]) -> None:
    """Append what each part of the model has in parameters."""
    hidden, heads, kv_heads, size = (shape[name] for name in ("hidden", "heads", "kv_heads", "head_size"))
    query_rank, kv_rank, rope = (shape[name] for name in ("query_rank", "kv_rank", "rope_size"))
    weight, scale, pair = (one[name] for name in ("weight", "scale", "pair"))

    book.section("Attention")
    book.line("group_size", when(kv_heads > 0, heads / kv_heads, 1), "ratio", "Query heads that share a key/value head")
    projections = hidden * (heads * size * (pair + shape["query_gate"]) + pair * kv_heads * size) * weight
    biases = shape["qkv_bias"] * (heads + pair * kv_heads) * size + shape["out_bias"] * hidden
    norms = pair * shape["qk_norms"] * size + shape["sinks"] * heads
    grouped = book.line(
        "grouped_attention", projections + (biases + norms) * scale, "parameter/layer", "Heads with keys of their own"
    )
    query = heads * (shape["nope_size"] + rope)
    down = when(query_rank > 0, (hidden + one["one_layer"] * query) * query_rank, hidden * query)
    up = one["one_layer"] * kv_rank * heads * (shape["nope_size"] + shape["value_head_size"])
    matrices = down + hidden * (kv_rank + one["shared_head"] * rope) + up + hidden * heads * shape["value_head_size"]
    latent = book.line(
        "latent_attention", matrices * weight + (query_rank + kv_rank) * scale, "parameter/layer", "Latent attention"
    )
    each = book.line("attention", when(kv_rank > 0, latent, grouped), "parameter/layer", "Attention of a layer")
    full = book.line("full_layers", shape["layers"] - shape["state_layers"], "layer", "Layers with attention")
    keys = book.line("state_keys", shape["state_key_heads"] * shape["state_key_size"], label="State: values of keys")
    values = book.line(
        "state_values", shape["state_value_heads"] * shape["state_value_size"], label="State: values of values"
    )
    gates = pair * shape["state_value_heads"] * one["head_value"]
    small = shape["convolution"] * (pair * keys + values) + gates + shape["state_value_size"] * one["shared_head"]
    matrices = hidden * (pair * keys + pair * values + gates + values) * weight
    state = book.line("state_layer", matrices + small * scale, "parameter/layer", "Layer that keeps a state")
    attention = book.line(
        "attention_parameters", full * each + shape["state_layers"] * state, "parameter", "Attention of all layers"
    )

    book.section("Feed-forward blocks")
    width = shape["expert_size"]
    biases = shape["expert_bias"] * ((one["matrices"] - 1) * width + hidden * one["per_expert"]) * scale
    expert = book.line("expert", one["matrices"] * hidden * width * weight + biases, "parameter/expert", "An expert")
    routed = when(shape["experts"] > 0, shape["layers"] - shape["dense_layers"], 0)
    sparse = book.line("expert_layers", routed, "layer", "Layers with experts")
    scores = shape["experts"] * one["router_value"]
    router = hidden * scores * weight + (shape["router_bias"] * scores + shape["shared_gate"] * hidden) * scale
    always = book.line(
        "always_used",
        one["matrices"] * hidden * width * shape["shared_experts"] * weight + router,
        "parameter/layer",
        "Router and shared experts of a layer",
    )
    dense = (shape["layers"] - sparse) * one["matrices"] * hidden * shape["feed_forward"] * weight
    blocks = dense + sparse * (shape["experts"] * expert + always)
    feed_forward = book.line("ffn_parameters", blocks, "parameter", "Feed-forward blocks of all layers")

    book.section("Parameters")
    table = book.line("embedding_table", shape["vocabulary"] * hidden * weight, "parameter", "A table of embeddings")
    tables = book.line(
        "embedding_parameters", shape["embeddings"] * table, "parameter", "Parameters in tables of embeddings"
    )
    norms = (shape["norms"] * shape["layers"] + 1) * hidden * scale
    norm = book.line("norm_parameters", norms, "parameter", "Norms between layers")
    parts = [attention, feed_forward, tables, norm]
    total = book.total("parameters", parts, "parameter", "Parameters", minimum=0)
    idle = book.line(
        "idle_parameters",
        sparse * (shape["experts"] - shape["active_experts"]) * expert,
        "parameter",
        "Experts that a token skips",
    )
    active = book.line(
        "active_parameters_all", total - idle, "parameter", "Parameters that a token uses, with both tables"
    )
    book.line(
        "active_parameters",
        active - (shape["embeddings"] - 1) * table,
        "parameter",
        "Parameters that a token is multiplied with",
        note="A look-up in a table of its own is no arithmetic.",
    )
    book.line("active_share", active / total, "%", "Share of parameters that a token uses")


def _weights(book: Ledger) -> None:
    """Append what the parameters take as they are stored."""
    book.section("Weights")
    each = book["matrices"] * book["hidden"] * book["expert_size"] * book["weight"]
    experts = book.line(
        "expert_matrices",
        book["expert_layers"] * book["experts"] * each,
        "parameter",
        "Parameters in the matrices of experts",
    )
    narrow = experts * book["expert_parameter_size"]
    total = book["parameters"]
    weights = book.line("weights", narrow + (total - experts) * book["parameter_size"], "GB", "Size of the weights")
    book.line("mean_bits", weights / total, "bit/parameter", "Mean size of a parameter")


def _cache(book: Ledger) -> None:
    """Append what a token and a sequence take in the cache."""
    book.section("Cache")
    full, local, context = book["full_layers"], book["local_layers"], book["context"]
    grouped = book["pair"] * book["kv_heads"] * book["head_size"]
    latent = book["kv_rank"] + book["shared_head"] * book["rope_size"]
    values = book.line(
        "cached_values", when(book["kv_rank"] > 0, latent, grouped), label="Values cached of a token in a layer"
    )
    size = book["cache_value_size"]
    stored = cache_of_token(values, size, full)
    whole = book.line("cache_all_layers", stored, "kB/token", "Cache of a token if no layer had a window")
    other = book["compared_cache"]
    book.line("cache_saved", 1 - whole / other, "%", "What that saves against the other model")
    grown = cache_of_token(values, size, full - local)
    book.line("cache_growth", grown, "kB/token", "Cache that each further token adds")
    kept_token = book.one("token/sequence", "kept_token", "One token of a sequence")
    state_cell = book.one(
        "token^2 head/(value sequence)", "state_cell", "A value kept for each pair of a key and a value"
    )
    kept = (book["pair"] * book["state_keys"] + book["state_values"]) * (book["convolution"] - 1) * kept_token
    cells = book["state_value_heads"] * book["state_key_size"] * book["state_value_size"] * state_cell
    held = when(book["state_layers"] > 0, book["state_layers"] * (cells + kept) * book["state_value_size_stored"], 0)
    state = book.line("state", held, "MB/sequence", "State of a sequence")
    sequence = book.line("cache_sequence", cache_of(book, context), "MB/sequence", "Cache of a sequence")
    full = book.line(
        "cache_without_windows", whole * context + state, "MB/sequence", "The same if no layer had a window"
    )
    book.line("cache_reduction", over(full - sequence, full), "%", "What windows save of the cache")
    replaced = cache_of_token(values, size, book["state_layers"])
    least = when(book["state_layers"] > 0, state / replaced, 0)
    book.line("state_break_even", least, "token/sequence", "Length from which a state is smaller than a cache")
    book.line("tokens_held", over(book["cache_memory"], whole), "token", "Tokens held if no layer had a window")


def cache_of(book: Ledger, length: Operand) -> Operand:
    """Return the cache of a sequence so many tokens long, in a ledger that counts or includes a model."""
    of_windows = cache_of_token(book["cached_values"], book["cache_value_size"], book["local_layers"])
    return book["cache_growth"] * length + of_windows * minimum(book["window"], length) + book["state"]


def _work(book: Ledger, shape: dict[str, Line], one: dict[str, Constant]) -> None:
    """Append the work of a token in the matrices, and of a sequence in attention and in all."""
    book.section("Work")
    heads, context = shape["heads"], book["context"]
    linear = book.line(
        "linear_work",
        one["work_per_parameter"] * book["active_parameters"],
        "GFLOP/token",
        "Work of a token in the matrices",
    )
    keys = heads * (shape["nope_size"] + shape["rope_size"] + shape["value_head_size"])
    width = book.line(
        "prefill_width",
        when(shape["kv_rank"] > 0, keys, one["pair"] * heads * shape["head_size"]),
        label="Values scored and mixed for a token seen, prefill",
    )
    local, wide = shape["local_layers"], book["full_layers"] - shape["local_layers"]
    seen = book.line("seen", minimum(shape["window"], context), "token/sequence", "Tokens that a window shows")
    pairs = wide * context * context * one["half"] + local * seen * (context - seen * one["half"])
    attention = book.line(
        "prefill_attention",
        one["work_per_value"] * width * pairs,
        "TFLOP/sequence",
        "Work of a sequence in attention",
    )
    work = book.line("prefill_work", linear * context + attention, "TFLOP/sequence", "Work of a sequence, prefill")
    book.line("attention_share", attention / work, "%", "Share of attention in prefill")


def _decode(book: Ledger) -> None:
    """Append the work of a token in decoding."""
    book.section("Work in decoding")
    rank = book.one("layer/head", "head_share", "One for each head") * book["kv_rank"]
    absorbed = book["heads"] * (book["pair"] * rank + book["rope_size"])
    width = book.line(
        "decode_width",
        when(book["kv_rank"] > 0, absorbed, book["pair"] * book["heads"] * book["head_size"]),
        label="Values scored and mixed for a token seen, decoding",
    )
    reach = (book["full_layers"] - book["local_layers"]) * book["context"] + book["local_layers"] * book["seen"]
    looking = book.line(
        "decode_attention", book["work_per_value"] * width * reach, "GFLOP/token", "Work of a token in attention"
    )
    book.line("decode_work", book["linear_work"] + looking, "GFLOP/token", "Work of a token, decoding")
