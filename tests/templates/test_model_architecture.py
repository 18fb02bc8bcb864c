"""A language model counted from its shape: small ones by hand, listed ones to the last parameter."""

from __future__ import annotations

from functools import cache

import pytest

from unitledger.errors import OptionRefused, ValueRefused
from unitledger.ledger import Ledger
from unitledger.templates import catalog, find
from unitledger.units import Unit, magnitude

SMALL = {"layers": 2, "hidden": 8, "heads": 4, "kv_heads": 2, "head_size": 2, "vocabulary": 10, "feed_forward": 16}
SPARSE = {
    "experts": 4,
    "active_experts": 1,
    "expert_size": 4,
    "dense_layers": 1,
    "local_layers": 1,
    "window": 3,
}


@cache
def template() -> Ledger:
    return find("model_architecture")()


def own(context: int = 10, **fields: float) -> Ledger:
    book = template().only("own")
    units = {name: book.input(f"own.{name}") for name in fields}
    settings = {f"own.{name}": f"{number} {units[name].unit.spelling}" for name, number in fields.items()}  # type: ignore[union-attr]
    return book.with_settings({"own": {**settings, "context": f"{context} token/sequence"}})


def value(book: Ledger, line: str, unit: str, option: str = "own") -> float:
    return magnitude(book.value(line, option), Unit.parse(unit))


def test_a_dense_model_by_hand() -> None:
    book = own(**SMALL, embeddings=2)

    # Attention 8 (4 2 2 + 2 2 2), a block 3 8 16, a table 10 8, five norms of 8.
    assert value(book, "attention_parameters", "parameter") == 2 * 192
    assert value(book, "ffn_parameters", "parameter") == 2 * 384
    assert value(book, "parameters", "parameter") == 384 + 768 + 160 + 40
    assert value(book, "active_parameters", "parameter") == 1352 - 80
    # Keys and values of 2 heads of 2 in 2 layers, of 2 B each; a token adds and multiplies 16 values a token seen.
    assert value(book, "cache_growth", "B/token") == 32
    assert value(book, "cache_sequence", "B/sequence") == 320
    assert value(book, "decode_work", "FLOP/token") == 2 * 1272 + 2 * 16 * 2 * 10
    assert value(book, "prefill_work", "FLOP/sequence") == 2 * 1272 * 10 + 2 * 16 * 2 * 50


def test_experts_and_a_window_by_hand() -> None:
    book = own(**SMALL, **SPARSE, embeddings=1)

    # One layer has four experts of 3 8 4 and a router of 8 4, the other its block; a token skips three experts.
    assert value(book, "parameters", "parameter") == 384 + 384 + 4 * 96 + 32 + 80 + 40
    assert value(book, "active_parameters", "parameter") == 1304 - 3 * 96
    assert value(book, "cache_growth", "B/token") == 16
    assert value(book, "cache_sequence", "B/sequence") == 160 + 16 * 3
    assert value(book, "decode_attention", "FLOP/token") == 2 * 16 * (10 + 3)
    assert value(book, "prefill_attention", "FLOP/sequence") == 2 * 16 * (50 + 3 * 10 - 4.5)


def test_a_latent_cache_by_hand() -> None:
    latent = {"kv_heads": 0, "head_size": 0, "kv_rank": 6, "nope_size": 3, "rope_size": 1, "value_head_size": 2}
    book = own(**{**SMALL, **latent}, embeddings=2)

    # Queries 8 4 (3 + 1), down 8 (6 + 1), up 6 4 (3 + 2), out 4 2 8, and six norms.
    assert value(book, "attention", "parameter/layer") == 128 + 56 + 120 + 64 + 6
    assert value(book, "cache_growth", "B/token") == 2 * 7 * 2
    assert value(book, "decode_attention", "FLOP/token") == 2 * (4 * 7 + 4 * 6) * 2 * 10
    assert value(book, "prefill_attention", "FLOP/sequence") == 2 * (4 * 4 + 4 * 2) * 2 * 50


@pytest.mark.parametrize("name", catalog.entries("shapes"))
def test_no_listed_shape_raises_an_alert(name: str) -> None:
    assert template().with_settings({"own": {"model": name}}).raised("own") == ()


IMPOSSIBLE = {
    "A token cannot use more experts than there are: set own.experts. There model = own, own.active_experts = "
    "5 expert/layer, own.experts = 4 expert/layer.": {"experts": 4, "active_experts": 5, "expert_size": 4},
    "Key/value heads do not divide the query heads: set own.kv_heads. There model = own, own.kv_heads = "
    "3 head/layer, own.heads = 4 head/layer.": {"kv_heads": 3},
    "The model has fewer layers than those of one kind: set own.layers. There model = own, own.local_layers = "
    "3 layer, own.state_layers = 0 layer, own.layers = 2 layer, own.dense_layers = 0 layer.": {
        "local_layers": 3,
        "window": 4,
    },
}


@pytest.mark.parametrize(("said", "shape"), IMPOSSIBLE.items())
def test_shapes_that_cannot_be_are_refused(said: str, shape: dict[str, int]) -> None:
    with pytest.raises(OptionRefused) as refused:
        own(**{**SMALL, **shape}).values("own")

    assert str(refused.value) == f"Option 'own' is refused: {said}"


@pytest.mark.parametrize(("name", "given"), [("context", "0 token/sequence"), ("own.layers", "0 layer")])
def test_nothing_to_count_is_refused_by_name(name: str, given: str) -> None:
    with pytest.raises(ValueRefused, match=f"^Input '{name}': "):
        template().with_settings({"own": {name: given}})
