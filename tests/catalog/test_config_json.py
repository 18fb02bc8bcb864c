"""A model's config.json read into a shape: the fields of the hub, and what is said of those that cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from unitledger.errors import InputsFileError
from unitledger.templates import catalog
from unitledger.units import Q

LLAMA = {
    "model_type": "llama",
    "num_hidden_layers": 32,
    "hidden_size": 4096,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "intermediate_size": 14336,
    "vocab_size": 128256,
    "tie_word_embeddings": False,
    "rope_theta": 500000.0,
}
GPT_OSS = {
    "model_type": "gpt_oss",
    "num_hidden_layers": 36,
    "hidden_size": 2880,
    "num_attention_heads": 64,
    "num_key_value_heads": 8,
    "head_dim": 64,
    "intermediate_size": 2880,
    "vocab_size": 201088,
    "num_local_experts": 128,
    "num_experts_per_tok": 4,
    "sliding_window": 128,
    "attention_bias": True,
    "layer_types": ["sliding_attention", "full_attention"] * 18,
}
GEMMA_3: dict[str, Any] = {
    "model_type": "gemma3",
    "text_config": {
        "model_type": "gemma3_text",
        "num_hidden_layers": 62,
        "hidden_size": 5376,
        "num_attention_heads": 32,
        "num_key_value_heads": 16,
        "head_dim": 128,
        "intermediate_size": 21504,
        "vocab_size": 262208,
        "sliding_window": 1024,
        "sliding_window_pattern": 6,
    },
}
DEEPSEEK_V3 = {
    "model_type": "deepseek_v3",
    "num_hidden_layers": 61,
    "hidden_size": 7168,
    "num_attention_heads": 128,
    "num_key_value_heads": 128,
    "kv_lora_rank": 512,
    "q_lora_rank": 1536,
    "qk_nope_head_dim": 128,
    "qk_rope_head_dim": 64,
    "v_head_dim": 128,
    "intermediate_size": 18432,
    "moe_intermediate_size": 2048,
    "n_routed_experts": 256,
    "n_shared_experts": 1,
    "num_experts_per_tok": 8,
    "first_k_dense_replace": 3,
    "moe_layer_freq": 1,
    "vocab_size": 129280,
    "tie_word_embeddings": False,
}
QWEN_3_NEXT = {
    "model_type": "qwen3_next",
    "num_hidden_layers": 48,
    "hidden_size": 2048,
    "num_attention_heads": 16,
    "num_key_value_heads": 2,
    "head_dim": 256,
    "vocab_size": 151936,
    "num_experts": 512,
    "mlp_only_layers": [],
    "num_experts_per_tok": 10,
    "moe_intermediate_size": 512,
    "shared_expert_intermediate_size": 512,
    "linear_num_key_heads": 16,
    "linear_num_value_heads": 32,
    "linear_key_head_dim": 128,
    "linear_value_head_dim": 128,
    "linear_conv_kernel_dim": 4,
    "full_attention_interval": 4,
    "intermediate_size": 5120,
}


def read(path: Path, config: dict[str, Any]) -> catalog.ReadShape:
    path.joinpath("config.json").write_text(json.dumps(config), encoding="utf-8")
    return catalog.read_config(path / "config.json")


def refusal(path: Path, config: dict[str, Any]) -> str:
    with pytest.raises(InputsFileError) as caught:
        read(path, config)
    return str(caught.value).removeprefix(f"{path / 'config.json'}: ")


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("llama_3_1_8b", LLAMA),
        ("gpt_oss_120b", GPT_OSS),
        ("gemma_3_27b", GEMMA_3),
        ("deepseek_v3", DEEPSEEK_V3),
        ("qwen_3_next_80b_a3b", QWEN_3_NEXT),
    ],
)
def test_a_config_of_the_hub_is_the_shape_that_the_catalog_has(
    tmp_path: Path, name: str, config: dict[str, Any]
) -> None:
    shape, entry = read(tmp_path, config), catalog.shape(name)

    assert shape.fields == {field: float(Q(entry[field].quantity).magnitude) for field in entry.fields}
    assert shape.unknown == ()


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({**LLAMA, "num_key_value_heads": None}, {"kv_heads": 32, "local_layers": None}),
        ({**LLAMA, "model_type": "qwen2", "sliding_window": 4096}, {"local_layers": None}),
        (
            {
                **LLAMA,
                "model_type": "qwen2",
                "sliding_window": 4096,
                "use_sliding_window": True,
                "max_window_layers": 28,
            },
            {"local_layers": 4, "window": 4096},
        ),
        ({**GEMMA_3["text_config"], "sliding_window_pattern": None}, {"local_layers": 52}),
        (
            {**GEMMA_3["text_config"], "sliding_window_pattern": None, "_sliding_window_pattern": 2},
            {"local_layers": 31},
        ),
        ({**QWEN_3_NEXT, "layer_types": ["linear_attention"] * 47 + ["full_attention"]}, {"state_layers": 47}),
        ({**DEEPSEEK_V3, "n_shared_experts": None}, {"shared_experts": None}),
    ],
)
def test_windows_and_states_are_those_of_the_layers_that_have_them(
    tmp_path: Path, config: dict[str, Any], expected: dict[str, float | None]
) -> None:
    shape = read(tmp_path, config)

    assert {field: shape.fields.get(field) for field in expected} == expected
    assert shape.unknown == ()


def test_layers_that_cannot_be_are_refused_by_the_field(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**GPT_OSS, "layer_types": ["sliding_attention"] * 50}) == (
        "layer_types: expected one for each of the 36 layers, got 50."
    )
    assert refusal(tmp_path, {**GPT_OSS, "layer_types": ["chunked_attention"] * 36}) == (
        "layer_types: 'chunked_attention' is not known. There are: full_attention, sliding_attention, linear_attention."
    )
    assert refusal(tmp_path, {**GEMMA_3["text_config"], "sliding_window_pattern": "six"}) == (
        "sliding_window_pattern: expected a whole number from 1, got 'six'."
    )
    assert refusal(tmp_path, {**QWEN_3_NEXT, "shared_expert_intermediate_size": 700}) == (
        "shared_expert_intermediate_size: 700 is no multiple of the 512 of moe_intermediate_size."
    )


def test_fields_that_are_not_known_are_named(tmp_path: Path) -> None:
    assert read(tmp_path, {**LLAMA, "num_tasks": 3, "alt": 1}).unknown == ("alt", "num_tasks")


def test_shapes_that_cannot_be_are_refused_by_the_field(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**GPT_OSS, "num_experts_per_tok": 129}) == (
        "num_experts_per_tok: a token cannot use 129 of the 128 of num_local_experts."
    )
    assert refusal(tmp_path, {**LLAMA, "num_key_value_heads": 5}) == (
        "num_key_value_heads: 5 do not divide the 32 heads of num_attention_heads."
    )
    assert refusal(tmp_path, {**LLAMA, "hidden_size": 4100}) == (
        "num_attention_heads: 32 heads do not divide the 4100 of hidden_size; give head_dim."
    )
    assert refusal(tmp_path, {**DEEPSEEK_V3, "first_k_dense_replace": 62}) == (
        "first_k_dense_replace: 62 of 61 layers cannot be dense."
    )
    assert refusal(tmp_path, {**DEEPSEEK_V3, "moe_layer_freq": 2}) == (
        "moe_layer_freq: 2 is a shape that cannot be counted; expected 1."
    )


def test_fields_that_are_missing_or_no_counts_are_refused(tmp_path: Path) -> None:
    without = {field: held for field, held in LLAMA.items() if field != "vocab_size"}

    assert refusal(tmp_path, without) == "vocab_size: is missing."
    assert refusal(tmp_path, {**LLAMA, "hidden_size": 0}) == "hidden_size: expected a whole number from 1, got '0'."
    assert refusal(tmp_path, {**LLAMA, "hidden_size": 1.5}) == "hidden_size: expected a whole number from 1, got '1.5'."
    assert refusal(tmp_path, {**LLAMA, "tie_word_embeddings": "no"}) == (
        "tie_word_embeddings: expected true or false, got 'no'."
    )


def test_what_is_no_config_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, {"model_type": "lama"}).startswith("model_type: 'lama' is not known. Did you mean 'llama'")
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputsFileError, match=r"config\.json: not valid JSON: Expecting property name"):
        catalog.read_config(tmp_path / "config.json")
    with pytest.raises(InputsFileError) as missing:
        catalog.read_config(tmp_path / "none.json")
    assert str(missing.value) == (
        f"{tmp_path / 'none.json'}: cannot be read (No such file or directory). Check the path."
    )
