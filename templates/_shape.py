"""The shape of a language model, chosen from the catalog by name or given as a reader's own."""

from __future__ import annotations

from functools import cache

from unitledger import Figure, Ledger
from unitledger.model import Line
from unitledger.templates import catalog
from unitledger.templates._chosen import OWN, choose

FIELDS = {
    "layers": ("layer", "Layers"),
    "hidden": ("value/token", "Values of a token between layers"),
    "heads": ("head/layer", "Query heads"),
    "kv_heads": ("head/layer", "Key/value heads"),
    "head_size": ("value/token/head", "Values of a head"),
    "feed_forward": ("value/token/layer", "Width of a dense feed-forward block"),
    "vocabulary": ("value/token", "Entries of the vocabulary, as stored"),
    "embeddings": ("ratio", "Tables of embeddings"),
    "norms": ("1/layer", "Norms of a layer"),
    "qk_norms": ("head/layer", "Heads whose queries and keys have norms of their own"),
    "query_gate": ("ratio", "Gate beside each query"),
    "qkv_bias": ("ratio", "Bias of queries, keys and values"),
    "out_bias": ("1/layer", "Bias after attention"),
    "sinks": ("value/token/head", "Sinks of attention"),
    "local_layers": ("layer", "Layers that see a window only"),
    "window": ("token/sequence", "Window"),
    "query_rank": ("value/token/layer", "Latent attention: rank of queries"),
    "kv_rank": ("value/token/layer", "Latent attention: rank of keys and values"),
    "nope_size": ("value/token/head", "Latent attention: values of a key without position"),
    "rope_size": ("value/token/head", "Latent attention: values of a key with position"),
    "value_head_size": ("value/token/head", "Latent attention: values of a value head"),
    "experts": ("expert/layer", "Routed experts"),
    "active_experts": ("expert/layer", "Routed experts that a token uses"),
    "shared_experts": ("expert/layer", "Experts that every token uses"),
    "expert_size": ("value/token/expert", "Width of an expert"),
    "dense_layers": ("layer", "Layers without experts in a model that has some"),
    "router_bias": ("ratio", "Bias of the router"),
    "expert_bias": ("ratio", "Biases of experts"),
    "shared_gate": ("1/layer", "Gate of the shared expert"),
    "state_layers": ("layer", "Layers that keep a state instead of a cache"),
    "state_key_heads": ("head/layer", "State layers: key heads"),
    "state_value_heads": ("head/layer", "State layers: value heads"),
    "state_key_size": ("value/token/head", "State layers: values of a key"),
    "state_value_size": ("value/token/head", "State layers: values of a value"),
    "convolution": ("ratio", "State layers: tokens that the convolution sees"),
}
"""Fields of a shape, each with its unit and label; what a model has none of is 0."""
ALWAYS = ("layers", "hidden", "heads", "vocabulary")
"""What every model has some of."""
WORKED_PROBLEM = {
    "layers": 64,
    "hidden": 4096,
    "heads": 32,
    "kv_heads": 8,
    "head_size": 256,
    "feed_forward": 16384,
    "vocabulary": 32128,
    "embeddings": 1,
    "norms": 2,
}
"""What stands for a reader's own shape until it is set: the worked problem of the scaling book."""
SOURCE = "(ext) jax-ml/scaling-book, applied problems, commit 0819a7d"


@cache
def shapes() -> tuple[str, ...]:
    """Return the names of the models whose shape the catalog has."""
    return catalog.entries("shapes")


def described(name: str) -> str:
    """Return a sentence on the shape of a model, or on what stands for a reader's own."""
    if name == OWN:
        return "A shape of your own; the worked problem of the scaling book until it is set."
    entry = catalog.shape(name)
    held = {field: entry[field].quantity for field in entry.fields}
    experts = f", {held['active_experts']} of {held['experts']}" if "experts" in held else ""
    return f"{name}: {held['layers']} of {held['hidden']}, {held['heads']}{experts}."


def choose_shape(book: Ledger) -> dict[str, Line]:
    """Append the choice `model` and a line for each field of its shape; return the lines.

    The word "own" takes the inputs `own.<field>`; every other one the figures of its entry in the catalog.
    """
    book.section("Language model")
    model = book.choice("model", (*shapes(), OWN), "Language model", source="asked here")
    with book.section("Shape of your own, for the model 'own'", source=SOURCE, as_of="2025-02-18"):
        own = {
            field: book.assume(
                f"own.{field}",
                f"{WORKED_PROBLEM.get(field, 0)} {unit}",
                label,
                above=0 if field in ALWAYS else None,
                minimum=None if field in ALWAYS else 0,
                whole=True,
            )
            for field, (unit, label) in FIELDS.items()
        }
    return choose(book, model, FIELDS, own, listed)


def listed(name: str, field: str) -> Figure | None:
    """Return a figure of a shape in the catalog, None where the model has none of it."""
    entry = catalog.shape(name)
    return entry[field] if field in entry.fields else None
