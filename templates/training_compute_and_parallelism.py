"""A training run on many cards: hours and cards, memory, pipeline depth, exchange of gradients, failures."""

from __future__ import annotations

from unitledger.expression import different, exponential, round_down, round_up
from unitledger.ledger import Ledger
from unitledger.model import Line
from unitledger.templates import catalog
from unitledger.templates._training_inputs import MEMORY, PIPELINE, assume_training

AS_OF = "2023-10-01"
EXCLUDED = (
    "attention work beyond the parameters",
    "time in which stages of the pipeline wait",
    "exchange within tensor groups",
    "work since the last checkpoint that a failure takes",
    "memory of the runtime",
)


def training_compute_and_parallelism() -> Ledger:
    """Cards for training LLaMA-2-70B by a deadline and by memory, and what pipelines, exchanges and failures cost.

    Document 001, training half. Headline: `least_cards` [gpu], the cards that hold one replica. Options: 80 GB cards
    with Adam and a pipeline of one layer a stage; 24 GB cards; a smaller optimiser state; groups of eight cards that
    share each layer; and groups of ten layers of which the pipeline keeps one.
    """
    book = Ledger(
        "Training LLaMA-2-70B on many cards", option="a100", as_of=AS_OF, owner="infrastructure", excludes=EXCLUDED
    )
    assume_training(book)
    gpus_needed = _add_work(book)
    least_cards = _add_memory(book)
    first_stage = _add_pipeline(book)
    _add_recomputation(book)
    step_share = _add_exchange(book)
    _add_network(book)
    lost = _add_cluster(book)
    _add_variants(book)
    book.headline(least_cards, better="lower", beside=[gpus_needed, first_stage, step_share, lost])
    return book


def _add_work(book: Ledger) -> Line:
    """Append work, card hours both ways, and the cards that a deadline asks for."""
    one_card = book.one("gpu", "one_card", "One card")
    gpu_time, compute = book["gpu_time"], book["compute"]
    book.section("Work and time")
    per_pair = book.line(
        "work_per_parameter_token",
        book["multiplications"] + book["additions"],
        "FLOP/(token parameter)",
        "Work per parameter and token",
    )
    work = book.line("work", per_pair * book["parameters"] * book["tokens"], "ZFLOP", "Work of the run")
    book.line("computed_gpu_time", work / (compute * book["utilisation"]), "gpu h", "A100 hours at the used share")
    book.line(
        "computed_utilisation",
        work / (compute * gpu_time),
        "%",
        "Used share behind the published hours",
        maximum="100 %",
    )
    book.line("single_gpu_time", gpu_time / one_card, "year", "Time on one card alone")
    return book.line(
        "gpus_needed",
        round_up(gpu_time / book["deadline"]),
        "gpu",
        "Cards for the deadline",
        note="No slack; the document rounds up to 2400.",
    )


def _add_memory(book: Ledger) -> Line:
    """Append what a replica keeps while it trains, and the cards that hold it."""
    held = book.one("microbatch/gpu", "held_batches", "Micro-batches held by a card")
    one_stage = book.one("stage")
    parameters, sharing = book["parameters"], book["tensor_parallel"] * one_stage
    book.section("Memory of a replica")
    parts = [
        book.line(name, parameters * book[size], "GB", label)
        for name, size, label in (
            ("weights", "weight_size", "Weights"),
            ("gradients", "gradient_size", "Gradients"),
            ("optimizer", "optimizer_size", "Optimiser state"),
        )
    ]
    values = book["sequence"] * book["batch"] * held * book["hidden"] * book["layers"]
    divided = book["activation_split"] / (sharing / book["one_card"])
    activations = book.line(
        "activations",
        values * (book["activation_fixed"] + divided),
        "GB/gpu",
        "Activations of all layers, one card a layer",
        note="In tensor groups: the part of one card of each group.",
    )
    parts.append(
        book.line(
            "group_activations",
            activations * sharing,
            "GB",
            "Activations of all layers, all cards",
            note="Each card of a group keeps the undivided part, so a replica keeps more the larger its groups are.",
        )
    )
    total = book.total("total", parts, "GB", "Memory in all")
    return book.line("least_cards", round_up(total / book["memory"]), "gpu", "Cards that hold a replica")


def _add_pipeline(book: Ledger) -> Line:
    """Append how long a stage waits for the way back, and the copies of activations that it keeps meanwhile."""
    rounds_per_stage = book.constant(
        "rounds_per_stage", "2 round/stage", "Rounds through a stage, out and back", source="by definition"
    )
    copies_per_round = book.one("copy/round", "copies_per_round", "Copies kept for a round of waiting")
    kept_layers = book.one("layer/group", "kept_layers", "Layers kept of a group")
    one_stage = book["one_stage"]
    one_copy = book.one("copy")
    ends = book.constant(
        "pipeline_ends", "2 ratio", "First and last stage, whose mean is that of all", source="by definition"
    )
    book.section("Depth of the pipeline")
    stages = book.line("stages", book["cards"] / book["tensor_parallel"], "stage", "Stages")
    wait = book.line("wait", rounds_per_stage * (stages - one_stage), "round", "Wait of the first stage", minimum=0)
    copies = book.line(
        "copies",
        copies_per_round * wait + one_copy,
        "copy",
        "Copies that the first stage keeps",
        note="2 N - 1 of N stages; the document rounds to 2 N. Taking turns forward and backward keeps about N.",
        minimum=0,
    )
    book.line(
        "mean_copies",
        (copies + one_copy) / ends,
        "copy",
        "Copies that a stage keeps in the mean",
        note="(ours) The last stage keeps one, so the cluster holds half of what its first stage suggests.",
    )
    kept = book.line(
        "copies_kept",
        copies_per_round * rounds_per_stage * stages * kept_layers / book["layers_per_group"],
        "copy",
        "Copies when one layer of a group is kept",
        note="By the document's 2 N.",
    )

    book.section("Activations on a card of the first stage")
    share = stages / one_stage * one_copy
    of_a_copy = book.line("stage_copy", book["activations"] / share, "GB/gpu/copy", "A copy, one stage's layers")
    first = book.line("first_stage", of_a_copy * copies, "GB/gpu", "First stage: every layer kept")
    grouped = book.line("first_stage_kept", of_a_copy * kept, "GB/gpu", "First stage: one layer of a group kept")
    book.line(
        "printed_first_stage",
        book["printed_activations"] / share * copies,
        "GB/gpu",
        "First stage, by the printed activations",
    )
    book.alert(
        grouped > book["memory"], "The activations that a card of the first stage keeps do not fit into its memory."
    )
    return first


def _add_recomputation(book: Ledger) -> None:
    one_layer = book.one("layer")
    pair = book.constant("pair_of_layers", "2 layer", "Two layers, first and last of a sum", source="by definition")
    layers = book["layers"]
    book.section("Nothing kept: every layer from the first again")
    again = book.line("recomputed_layers", layers * (layers + one_layer) / pair, "layer", "Layers computed")
    book.line("growth", again / layers, "x", "Layers computed over layers")


def _add_exchange(book: Ledger) -> Line:
    """Append a micro-batch of one layer on one card against the exchange of its gradient; return the step's share."""
    every_batch = book.one("exchange/microbatch", "every_batch", "An exchange for each micro-batch")
    every_step = book.one("exchange/step", "every_step", "An exchange for each step")
    stage_parameters = book["stage_parameters"]
    book.section("Computation and exchange of a layer")
    data = book.line("gradient_data", stage_parameters * book["exchange_size"], "GB/gpu", "Gradient that a card sends")
    work = book.line(
        "stage_work",
        book["batch"] * book["sequence"] * book["work_per_parameter_token"] * stage_parameters,
        "TFLOP/microbatch/gpu",
        "Work of a micro-batch on a card",
        note="A count of operations; the document writes it like a rate.",
    )
    compute_time = book.line("compute_time", work / book["card_rate"], "s/microbatch", "Time of a micro-batch")
    pass_time = book.line("pass_time", data / book["link_one_way"], "s", "Time of a pass")
    exchange_time = book.line("exchange_time", book["passes"] * pass_time, "s/exchange", "Time of an exchange")
    book.line(
        "exchange_ratio", exchange_time * every_batch / compute_time, "x", "Exchange over computation, each micro-batch"
    )
    step_time = book.line("step_time", book["micro_batches"] * compute_time, "s/step", "Computation of a step")
    waiting = exchange_time * every_step
    return book.line("step_share", waiting / (step_time + waiting), "%", "Exchange's share of a step with one exchange")


def _add_network(book: Ledger) -> None:
    """Append the network adapters that a full link for every card takes, and what the fitted ones give instead."""
    per_host = book["gpus_per_host"]
    book.section("Network of a host")
    needed = book.line(
        "nics",
        round_up(per_host * book["link_one_way"] / book["nic_rate"]),
        "nic/host",
        "Adapters for the full link of every card",
    )
    fitted = book.line(
        "fitted_link", book["nics_fitted"] * book["nic_rate"] / per_host, "GB/s/gpu", "Link of a card as fitted"
    )
    book.line(
        "fitted_exchange_time",
        book["passes"] * book["gradient_data"] / fitted,
        "s/exchange",
        "Time of an exchange as fitted",
    )
    book.alert(
        needed > book["nics_fitted"],
        "The network adapters of a host carry less than the links of its cards; an exchange takes as long as fitted.",
    )


def _add_cluster(book: Ledger) -> Line:
    """Append how the cluster divides into replicas, and the time that it loses to failures."""
    gpus = book["gpus"]
    book.section("Cluster")
    replicas = book.line(
        "data_parallel", gpus / (book["stages"] * book["tensor_parallel"]), "x", "Replicas of the model"
    )
    book.line("global_batch", replicas * book["micro_batches"] * book["batch"], "sample/step", "Samples of a step")
    book.section("Failures")
    interval = book.line("failure_interval", book["mtbf"] / gpus, "min/failure", "Time between failures")
    lost = book.line(
        "lost",
        book["recovery"] / interval,
        "%",
        "Time lost, as the document counts",
        note="Recoveries that overlap are counted twice.",
        maximum="100 %",
    )
    book.alert(
        different(replicas, round_down(replicas)),
        "The cluster does not divide into whole replicas; some cards have no work.",
    )
    return book.line(
        "lost_overlap",
        1 - exponential(-lost),
        "%",
        "Time lost, overlaps counted once",
        note="(ours) The chance that a failure falls into any stretch as long as a recovery.",
    )


def _add_variants(book: Ledger) -> None:
    book.option("rtx4090", {"memory": catalog.accelerator("rtx_4090").figure("memory")})
    book.option("sgd", {"optimizer_size": "8 B/parameter"}, source=MEMORY, note="32-bit weight and one moment")
    book.option("tensor_groups", {"tensor_parallel": "8 gpu/stage"}, source=PIPELINE)
    book.option("layer_groups", {"layers_per_group": "10 layer/group"}, source=PIPELINE)
