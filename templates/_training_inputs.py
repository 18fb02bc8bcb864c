"""Inputs of a training run on many cards: run, memory, pipeline, exchange of gradients, cluster."""

from __future__ import annotations

from unitledger.ledger import Ledger
from unitledger.templates import catalog
from unitledger.templates._figures import per_one

WORK = "document 001, training"
MEMORY = "document 001, memory for training"
PIPELINE = "document 001, pipeline parallel training"
EXCHANGE = "document 001, exchange of gradients"
FAILURES = "document 001, failures"


def assume_training(book: Ledger) -> None:
    """Append the inputs of training LLaMA-2-70B; units are those of the figures, bounds refuse what cannot be."""
    _assume_run(book)
    _assume_memory(book)
    _assume_pipeline(book)
    _assume_exchange(book)
    _assume_failures(book)


def _assume_run(book: Ledger) -> None:
    llama, card = catalog.model("llama_2_70b"), catalog.accelerator("a100")
    book.section("Run")
    book.assume("parameters", llama.figure("parameters"), "Parameters", minimum="1 parameter")
    book.assume("tokens", llama.figure("training_tokens"), "Training tokens", minimum="1 token")
    for name, label in (("multiplications", "Multiplications"), ("additions", "Additions")):
        book.assume(
            name,
            "3 FLOP/(token parameter)",
            f"{label} per parameter and token",
            source=WORK,
            note="one forward, two backward",
            minimum=0,
        )
    book.assume("compute", card.figure("compute_fp16_fp32_dense"), "Peak arithmetic of an A100, dense", above=0)
    book.assume(
        "utilisation",
        "0.44 ratio",
        "Used share of the peak",
        source="(ext) work of the run over its published A100 hours",
        note="rounded; document 004 has 0.3 to 0.55",
        low="0.3 ratio",
        high="0.55 ratio",
        above=0,
        maximum=1,
    )
    book.assume("gpu_time", llama.figure("gpu_time"), "A100 hours as published", above=0)
    book.assume("deadline", "1 month", "Time until the run has to be done", source=WORK, above=0)


def _assume_memory(book: Ledger) -> None:
    llama = catalog.model("llama_2_70b")
    book.section("Memory")
    for name, label in (("weight_size", "Weight"), ("gradient_size", "Gradient")):
        book.assume(
            name,
            "2 B/parameter",
            f"{label} of a parameter",
            source=MEMORY,
            note="16-bit numbers; document 004 adds 4 B for a 32-bit copy of the gradient"
            if name == "gradient_size"
            else "16-bit numbers",
            minimum=0,
        )
    book.assume(
        "optimizer_size",
        "12 B/parameter",
        "Optimiser state of a parameter",
        source=MEMORY,
        note="Adam: 32-bit weight, mean and square",
        minimum=0,
    )
    book.assume(
        "batch", "8 sample/microbatch", "Samples per card and pass", source=MEMORY, minimum="1 sample/microbatch"
    )
    book.assume("sequence", per_one(llama.figure("context"), "sample", "token/sample"), "Tokens of a sample", above=0)
    book.assume("hidden", llama.figure("hidden"), "Values per token and layer", above=0)
    book.assume("layers", llama.figure("layers"), "Layers", minimum="1 layer", whole=True)
    book.assume(
        "activation_fixed",
        "10 B/(value layer)",
        "Activations that every card of a group keeps",
        source=MEMORY,
        minimum=0,
    )
    book.assume(
        "activation_split",
        "24 B/(value layer)",
        "Activations that a group divides among its cards",
        source=MEMORY,
        minimum=0,
    )
    book.assume("memory", catalog.accelerator("a100").figure("memory"), "Memory of a card", above=0)


def _assume_pipeline(book: Ledger) -> None:
    book.section("Pipeline")
    book.assume("cards", "80 gpu", "Cards of one replica", source=PIPELINE, minimum="1 gpu", whole=True)
    book.assume(
        "tensor_parallel",
        "1 gpu/stage",
        "Cards that share each layer",
        source=PIPELINE,
        minimum="1 gpu/stage",
        whole=True,
    )
    book.assume(
        "layers_per_group",
        "1 layer/group",
        "Layers of a group, of which the first is kept",
        source=PIPELINE,
        minimum="1 layer/group",
        whole=True,
    )
    book.assume(
        "printed_activations",
        "730 GB/gpu",
        "Printed: activations",
        source=MEMORY,
        note="enters the printed first stage alone; printed for layers that are not shared",
        minimum=0,
    )


def _assume_exchange(book: Ledger) -> None:
    card = catalog.accelerator("rtx_4090")
    book.section("Exchange of gradients")
    book.assume(
        "stage_parameters",
        per_one(catalog.model("llama_2_70b").figure("layer_parameters"), "gpu/layer", "parameter/gpu"),
        "Parameters of the layer on a card",
        above=0,
    )
    book.assume("exchange_size", "4 B/parameter", "Gradient as sent", source=EXCHANGE, note="32-bit numbers", minimum=0)
    book.assume(
        "link_one_way", per_one(card.figure("link_one_way"), "gpu", "GB/s/gpu"), "Link of an RTX 4090, one way", above=0
    )
    book.assume(
        "passes", "2 1/exchange", "Passes of an exchange", source=EXCHANGE, note="gradient out, mean back", minimum=0
    )
    book.assume("card_rate", card.figure("compute_fp16_fp16_dense"), "Rate of an RTX 4090 at full use", above=0)
    book.assume(
        "micro_batches",
        "80 microbatch/step",
        "Micro-batches summed before one exchange",
        source=EXCHANGE,
        minimum="1 microbatch/step",
        whole=True,
    )
    book.section("Network of a host")
    book.assume(
        "nic_rate",
        per_one(catalog.price("nic_rate").figure("gbps_200"), "nic", "Gbit/s/nic"),
        "Rate of a network adapter",
        above=0,
    )
    book.assume("gpus_per_host", "8 gpu/host", "Cards of a host", source=EXCHANGE, minimum="1 gpu/host", whole=True)
    book.assume(
        "nics_fitted", "8 nic/host", "Network adapters fitted", source=EXCHANGE, minimum="1 nic/host", whole=True
    )


def _assume_failures(book: Ledger) -> None:
    book.section("Cluster and failures")
    book.assume("gpus", "2048 gpu", "Cards of the cluster", source=FAILURES, minimum="1 gpu", whole=True)
    book.assume("mtbf", "1 gpu month/failure", "Card months between failures", source=FAILURES, above=0)
    book.assume("recovery", "10 min/failure", "Reload and restart", source=FAILURES, minimum=0)
