"""What the files of a model hold beside the language model: layers that predict further tokens, scales, an encoder."""

from __future__ import annotations

from collections.abc import Mapping

from unitledger import Figure, Ledger, round_up, when
from unitledger.expression import Operand
from unitledger.model import Constant, Line

DEEPSEEK = "(ext) deepseek-ai/DeepSeek-V3, README_WEIGHTS, commit 9b4e978"
GEMMA = "(ext) module list of gemma-3-27b, printed; read 2026-11-21"
BESIDE: Mapping[str, Mapping[str, Figure]] = {
    "deepseek_v3": {
        "prediction_layers": Figure("1 layer", DEEPSEEK, note="with copies of both tables"),
        "block_scales": Figure("1 ratio", DEEPSEEK, note="8 bits, scaled by blocks of 128 x 128"),
    },
    "gemma_3_27b": {"encoder_layers": Figure("27 layer", GEMMA)},
}
"""What models have beside, by name; others have nothing that is counted."""


def count_checkpoint(book: Ledger, shape: Mapping[str, Line], one: Mapping[str, Constant]) -> None:
    """Append what the files hold beside the language model that a ledger counts, and all of it."""
    with book.section("Beside the language model", source="assumed: none unless set", minimum=0):
        modules = book.assume("prediction_layers", "0 layer", "Layers that predict further tokens", whole=True)
        scaled = book.assume("block_scales", "0 ratio", "Scales of blocks of weights (0, 1)", whole=True, maximum=1)
        block = book.assume("scale_block", "128 value/token", "Side of a block", source=DEEPSEEK, above=0, whole=True)
        stacked = book.assume("encoder_layers", "0 layer", "Image encoder: layers", whole=True)
    with book.section("Image encoder, where there is one", source=GEMMA, above=0):
        width = book.assume("encoder_width", "1152 value/token", "Image encoder: width")
        inner = book.assume("encoder_feed_forward", "4304 value/token", "Image encoder: width of a block")
        patch = book.assume("encoder_patch", "14 ratio", "Image encoder: side of a patch")
        places = book.assume("encoder_positions", "4096 ratio", "Image encoder: positions")

    book.section("Files")
    hidden, weight, scale, pair = shape["hidden"], one["weight"], one["scale"], one["pair"]
    layer = (
        book["attention"] + shape["experts"] * book["expert"] + book["always_used"] + shape["norms"] * hidden * scale
    )
    joined = pair * hidden * hidden * weight + (1 + pair) * hidden * scale + book["embedding_parameters"]
    module = book.line(
        "module_parameters",
        modules * (layer + one["per_layer"] * joined),
        "parameter",
        "Layers that predict further tokens, with tables",
    )
    scales = book.line(
        "scales", scaled * _blocks(book, shape, one, modules, block), "parameter", "Scales of blocks, not of tables"
    )
    vectors = book.constant(
        "encoder_vectors", "9 ratio", "Biases and norms of an encoder's layer", source="counted: as wide as the encoder"
    )
    colours = book.constant("colours", "3 ratio", "Colours of a point of an image", source="by definition")
    matrices = pair * (pair * width + inner) * width * weight
    each = (matrices + (vectors * width + inner) * scale) * one["per_layer"]
    ends = (colours * patch * patch + places + 1 + pair) * width * scale
    projector = width * hidden * weight + width * scale
    encoder = book.line(
        "encoder_parameters",
        when(stacked > 0, stacked * each + ends + projector, 0),
        "parameter",
        "Image encoder and its projector",
    )
    book.total("stored_values", [book["parameters"], module, scales, encoder], "parameter", "Values in the files")


def _blocks(
    book: Ledger, shape: Mapping[str, Line], one: Mapping[str, Constant], modules: Operand, block: Operand
) -> Operand:
    """Return the blocks of all matrices of attention and feed-forward, the last of a side counted whole."""

    def sides(width: Operand) -> Operand:
        return round_up(width / block)

    hidden, heads, pair, one_layer = sides(shape["hidden"]), shape["heads"], one["pair"], one["one_layer"]
    ranks, query = sides(shape["query_rank"]), sides(heads * (shape["nope_size"] + shape["rope_size"]))
    down = when(shape["query_rank"] > 0, (hidden + one_layer * query) * ranks, hidden * query)
    keys = hidden * sides(shape["kv_rank"] + one["shared_head"] * shape["rope_size"])
    up = one_layer * sides(shape["kv_rank"]) * sides(heads * (shape["nope_size"] + shape["value_head_size"]))
    latent = down + keys + up + hidden * sides(heads * shape["value_head_size"])
    grouped = pair * hidden * (sides(heads * shape["head_size"]) + sides(shape["kv_heads"] * shape["head_size"]))
    attention = when(shape["kv_rank"] > 0, latent, grouped)
    used = shape["experts"] + shape["shared_experts"]
    experts = one["matrices"] * hidden * sides(shape["expert_size"]) * used
    dense = one["matrices"] * hidden * sides(shape["feed_forward"])
    layers, sparse = shape["layers"], book["expert_layers"]
    held = (book["full_layers"] + modules) * attention + (sparse + modules) * experts + (layers - sparse) * dense
    return held * book.one("parameter", "a_scale", "A scale counts as a parameter")
