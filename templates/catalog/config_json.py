"""A model's config.json, as the hub has it, read into a shape: fields checked, unknown ones named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from unitledger.errors import InputsFileError, brief, did_you_mean
from unitledger.files.text import text_of

_PLAIN = {
    "layers": "num_hidden_layers",
    "hidden": "hidden_size",
    "heads": "num_attention_heads",
    "vocabulary": "vocab_size",
}
_GROUPED = {"kv_heads": "num_key_value_heads"}
_LATENT = {
    "kv_rank": "kv_lora_rank",
    "nope_size": "qk_nope_head_dim",
    "rope_size": "qk_rope_head_dim",
    "value_head_size": "v_head_dim",
}
_DENSE = {"feed_forward": "intermediate_size"}
_LOCAL = {"experts": "num_local_experts", "active_experts": "num_experts_per_tok", "expert_size": "intermediate_size"}
_SPARSE = {"experts": "num_experts", "active_experts": "num_experts_per_tok", "expert_size": "moe_intermediate_size"}
_ROUTED = {**_SPARSE, "experts": "n_routed_experts", "shared_experts": "n_shared_experts"}
_STATE = {
    "state_key_heads": "linear_num_key_heads",
    "state_value_heads": "linear_num_value_heads",
    "state_key_size": "linear_key_head_dim",
    "state_value_size": "linear_value_head_dim",
    "convolution": "linear_conv_kernel_dim",
}


@attrs.frozen
class _Family:
    """Models of one `model_type`: which field of the file each field of the shape is, and what the code adds."""

    read: Mapping[str, str]
    added: Mapping[str, float] = attrs.field(factory=dict)
    tied: bool = False
    """Whether input and output share a table where the file does not say."""


_GEMMA = {"norms": 4.0}
_FAMILIES = {
    "llama": _Family({**_GROUPED, **_DENSE}),
    "mistral": _Family({**_GROUPED, **_DENSE}),
    "mixtral": _Family({**_GROUPED, **_LOCAL}),
    "qwen2": _Family({**_GROUPED, **_DENSE}, {"qkv_bias": 1}),
    "qwen3": _Family({**_GROUPED, **_DENSE}, {"qk_norms": 1}),
    "qwen3_moe": _Family({**_GROUPED, **_SPARSE}, {"qk_norms": 1}),
    "qwen3_next": _Family({**_GROUPED, **_SPARSE, **_STATE}, {"qk_norms": 1, "query_gate": 1, "shared_gate": 1}),
    "gpt_oss": _Family(
        {**_GROUPED, **_LOCAL}, {"qkv_bias": 1, "out_bias": 1, "sinks": 1, "router_bias": 1, "expert_bias": 1}
    ),
    "gemma2": _Family({**_GROUPED, **_DENSE}, _GEMMA, tied=True),
    "gemma3_text": _Family({**_GROUPED, **_DENSE}, {**_GEMMA, "qk_norms": 1}, tied=True),
    "deepseek_v2": _Family({**_LATENT, **_DENSE, **_ROUTED}),
    "deepseek_v3": _Family({**_LATENT, **_DENSE, **_ROUTED}, {"router_bias": 1}),
    "olmoe": _Family({**_GROUPED, **_SPARSE, "expert_size": "intermediate_size"}),
}
_WITHOUT_SIZE = set(
    """architectures attention_dropout auto_map aux_loss_alpha bos_token_id cache_implementation decoder_sparse_step
    dtype eos_token_id ep_size experts_per_token hidden_act hidden_activation initial_context_length initializer_range
    max_position_embeddings max_window_layers model_type moe_layer_freq n_group norm_topk_prob num_nextn_predict_layers
    output_router_logits pad_token_id partial_rotary_factor pretraining_tp quantization_config query_pre_attn_scalar
    rms_norm_eps rope_local_base_freq rope_parameters rope_scaling rope_theta routed_scaling_factor router_aux_loss_coef
    router_jitter_noise scoring_func seq_aux swiglu_limit topk_group topk_method torch_dtype transformers_version
    use_cache final_logit_softcapping attn_logit_softcapping clip_qkv""".split()  # noqa: SIM905 - words, a line of them.
)
"""Fields that change no count of parameters, cache or work."""
_PATTERNS = ("sliding_window_pattern", "_sliding_window_pattern")
"""Fields that say how many layers there are for each that sees all."""
_ATTENTION = ("full_attention", "sliding_attention", "linear_attention")
"""Kinds of layers."""
_MUST_BE: Mapping[str, tuple[object, ...]] = {
    "mlp_bias": (False,),
    "mlp_only_layers": ([],),
    "decoder_sparse_step": (1,),
    "moe_layer_freq": (1,),
}
"""Fields that no shape here tells of, and the values with which they change nothing."""


@attrs.frozen
class ReadShape:
    """The fields of a shape as plain numbers, in the units of the catalog, and those of the file that are not known."""

    model_type: str
    fields: Mapping[str, float]
    unknown: tuple[str, ...]


def read_config(path: Path) -> ReadShape:
    """Read the shape of a model from its config.json.

    Raises InputsFileError, with the field, where the file is none, the kind of model is not known, a field is missing
    or no whole number, or the shape cannot be.
    """
    written = text_of(path)
    try:
        held = json.loads(written)
    except (ValueError, RecursionError) as broken:
        raise InputsFileError(f"{path}: not valid JSON: {brief(str(broken))}.") from broken
    if isinstance(held, dict) and isinstance(held.get("text_config"), dict):
        held = held["text_config"]
    if not isinstance(held, dict):
        raise InputsFileError(f"{path}: expected an object with the fields of a model.")
    kind = str(held.get("model_type", ""))
    if kind not in _FAMILIES:
        hint = did_you_mean(kind, _FAMILIES)
        raise InputsFileError(
            f"{path}: model_type: {brief(kind)!r} is not known.{hint} There are: {', '.join(_FAMILIES)}."
        )
    return _Config(path, held, set()).shape(kind, _FAMILIES[kind])


@attrs.frozen
class _Config:
    """The fields of one file, and which of them have been read."""

    path: Path
    held: Mapping[str, Any]
    read: set[str]

    def shape(self, kind: str, family: _Family) -> ReadShape:
        names = {**_PLAIN, **family.read}
        if "kv_heads" in names and self.held.get("num_key_value_heads") is None:
            self.read.add("num_key_value_heads")
            names["kv_heads"] = names["heads"]
        found: dict[str, float] = {
            field: self._count(name, least=int(field != "shared_experts")) for field, name in names.items()
        }
        found |= {"norms": 2.0, **family.added}
        found["embeddings"] = 1 if self._flag("tie_word_embeddings", unless_said=family.tied) else 2
        if "kv_rank" in found:
            self.read.add("num_key_value_heads")
            found["query_rank"] = self._count("q_lora_rank", least=0)
            found["dense_layers"] = self._count("first_k_dense_replace", least=0)
        else:
            found["head_size"] = self._head_size(found)
            found |= self._windows(kind, found)
        found |= self._particulars(kind, found)
        for field, values in _MUST_BE.items():
            if self.held.get(field, values[0]) not in values:
                said = brief(self.held[field])
                raise self._refused(field, f"{said} is a shape that cannot be counted; expected {values[0]}.")
        self._check(names, found)
        unknown = self.held.keys() - self.read - _WITHOUT_SIZE - _MUST_BE.keys()
        return ReadShape(kind, {field: number for field, number in found.items() if number}, tuple(sorted(unknown)))

    def _head_size(self, found: Mapping[str, float]) -> float:
        if self.held.get("head_dim") is not None:
            return self._count("head_dim")
        self.read.add("head_dim")
        if found["hidden"] % found["heads"]:
            raise self._refused(
                "num_attention_heads",
                f"{found['heads']:g} heads do not divide the {found['hidden']:g} of hidden_size; give head_dim.",
            )
        return found["hidden"] / found["heads"]

    def _windows(self, kind: str, found: Mapping[str, float]) -> dict[str, float]:
        """Return how many layers see a window only, and the window."""
        self.read.update({"sliding_window", "layer_types", *_PATTERNS})
        used = self._flag("use_sliding_window", unless_said=not kind.startswith("qwen"))
        if not self.held.get("sliding_window") or not used:
            return {}
        layers = found["layers"]
        pattern: float | None = {"gpt_oss": 2, "gemma2": 2, "gemma3_text": 6}.get(kind)
        stated = next((name for name in _PATTERNS if self.held.get(name) is not None), None)
        if stated is not None:
            pattern = self._count(stated)
        if self._types(layers):
            local = float(self._types(layers).count("sliding_attention"))
        elif kind.startswith("qwen"):
            local = layers - min(self._count("max_window_layers", least=0), layers)
        else:
            local = layers - layers // pattern if pattern else layers
        return {"local_layers": local, "window": self._count("sliding_window")} if local else {}

    def _types(self, layers: float) -> list[str]:
        """Return the kind of each layer, where the file says so."""
        given = self.held.get("layer_types") or []
        if not isinstance(given, list) or (given and len(given) != layers):
            got = len(given) if isinstance(given, list) else repr(brief(given))
            raise self._refused("layer_types", f"expected one for each of the {layers:g} layers, got {got}.")
        if strange := [each for each in given if each not in _ATTENTION]:
            known = ", ".join(_ATTENTION)
            raise self._refused("layer_types", f"{brief(strange[0])!r} is not known. There are: {known}.")
        return given

    def _particulars(self, kind: str, found: Mapping[str, float]) -> dict[str, float]:
        """Return what only some kinds of models have."""
        extra: dict[str, float] = {}
        if self._flag("attention_bias", unless_said=False) and "qkv_bias" not in found:
            extra = {"qkv_bias": 1, "out_bias": 1}
        if kind == "olmoe":
            extra["qk_norms"] = found["heads"]
        if kind == "qwen3_next":
            layers, types = found["layers"], self._types(found["layers"])
            stated = float(types.count("linear_attention"))
            extra["state_layers"] = stated if types else layers - layers // self._count("full_attention_interval")
            self.read.add("full_attention_interval")
            shared, size = self._count("shared_expert_intermediate_size", least=0), found["expert_size"]
            if shared % size:
                said = f"{shared:g} is no multiple of the {size:g} of moe_intermediate_size."
                raise self._refused("shared_expert_intermediate_size", said)
            extra["shared_experts"] = shared / size
        if "experts" in found:
            self.read.add("intermediate_size")
        return extra

    def _check(self, names: Mapping[str, str], found: Mapping[str, float]) -> None:
        if found.get("active_experts", 0) > found.get("experts", 0):
            raise self._refused(
                names["active_experts"],
                f"a token cannot use {found['active_experts']:g} of the {found['experts']:g} of {names['experts']}.",
            )
        if found.get("kv_heads") and found["heads"] % found["kv_heads"]:
            raise self._refused(
                names["kv_heads"],
                f"{found['kv_heads']:g} do not divide the {found['heads']:g} heads of num_attention_heads.",
            )
        if found.get("dense_layers", 0) > found["layers"]:
            raise self._refused(
                "first_k_dense_replace", f"{found['dense_layers']:g} of {found['layers']:g} layers cannot be dense."
            )

    def _count(self, name: str, least: int = 1) -> float:
        """Return a whole number; null counts as 0."""
        self.read.add(name)
        if name not in self.held:
            raise self._refused(name, f"is missing.{did_you_mean(name, self.held)}")
        given = self.held[name]
        if given is None and least == 0:
            return 0
        if type(given) is not int or given < least:
            raise self._refused(name, f"expected a whole number from {least}, got {brief(given)!r}.")
        return float(given)

    def _flag(self, name: str, *, unless_said: bool) -> bool:
        self.read.add(name)
        given = self.held.get(name, unless_said)
        if type(given) is not bool:
            raise self._refused(name, f"expected true or false, got {brief(given)!r}.")
        return given

    def _refused(self, name: str, said: str) -> InputsFileError:
        return InputsFileError(f"{self.path}: {name}: {said}")
