"""A training run on many cards: hours and cards, memory, pipeline depth, exchange of gradients, failures."""

from __future__ import annotations

from unitledger import Ledger, different, exponential, round_down, round_up
from unitledger.templates import catalog
from unitledger.templates._figures import per_one
from unitledger.templates._formulas import card_time, cards_for, work_of

WORK = "document 001, training"
MEMORY = "document 001, memory for training"
PIPELINE = "document 001, pipeline parallel training"
EXCHANGE = "document 001, exchange of gradients"


def training_compute_and_parallelism() -> Ledger:
    """Cards for training LLaMA-2-70B by a deadline and by memory, and what pipelines, exchanges and failures cost.

    Document 001, training half. Headline: `least_cards` [gpu], the cards that hold one replica.
    """
    book = Ledger(
        "Training LLaMA-2-70B on many cards",
        option="a100",
        description="A100 of 80 GB with Adam, and a pipeline of one layer a stage.",
        alternatives=False,
        purpose=__doc__,
        as_of="2023-10-01",
        owner="infrastructure",
        excludes=[
            "attention work beyond the parameters",
            "time in which stages of the pipeline wait",
            "exchange within tensor groups",
            "work since the last checkpoint that a failure takes",
            "memory of the runtime",
        ],
    )
    own = catalog.assumed("training_compute_and_parallelism")
    llama, a100, rtx_4090 = catalog.model("llama_2_70b"), catalog.accelerator("a100"), catalog.accelerator("rtx_4090")

    book.section("Run", source=WORK, above=0)
    parameters = book.assume("parameters", llama["parameters"], "Parameters", minimum="1 parameter")
    tokens = book.assume("tokens", llama["training_tokens"], "Training tokens", minimum="1 token")
    multiplied, added = (
        book.assume(name, own[name], f"{name.capitalize()} per parameter and token", minimum=0)
        for name in ("multiplications", "additions")
    )
    compute = book.assume("compute", a100["compute_fp16_fp32_dense"], "Peak arithmetic of an A100, dense")
    used = book.assume("utilisation", own["utilisation"], "Used share of the peak", maximum=1)
    gpu_time = book.assume("gpu_time", llama["gpu_time"], "A100 hours as published")
    deadline = book.assume("deadline", "1 month", "Time until the run has to be done")
    book.section("Work and time")
    one_card = book.one("gpu", "one_card", "One card")
    per_token = book.line(
        "work_per_parameter_token", multiplied + added, "FLOP/(token parameter)", "Work per parameter and token"
    )
    work = book.line("work", work_of(per_token, parameters, tokens), "ZFLOP", "Work of the run")
    book.line("computed_gpu_time", card_time(work, compute, used), "gpu h", "A100 hours at the used share")
    book.line(
        "computed_utilisation",
        work / (compute * gpu_time),
        "%",
        "Used share behind the published hours",
        maximum="100 %",
    )
    book.line("single_gpu_time", gpu_time / one_card, "year", "Time on one card alone")
    gpus_needed = book.line(
        "gpus_needed",
        round_up(gpu_time / deadline),
        "gpu",
        "Cards for the deadline",
        note="No slack; the document rounds up to 2400.",
    )

    book.section("Memory", source=MEMORY, minimum=0)
    weight_size = book.assume("weight_size", own["weight_size"], "Weight of a parameter")
    gradient_size = book.assume("gradient_size", own["gradient_size"], "Gradient of a parameter")
    optimizer_size = book.assume("optimizer_size", own["optimizer_size"], "Optimiser state of a parameter")
    batch = book.assume("batch", "8 sample/microbatch", "Samples per card and pass", minimum="1 sample/microbatch")
    context = per_one(llama["context"], "sample", "token/sample")
    sequence = book.assume("sequence", context, "Tokens of a sample", above=0)
    hidden = book.assume("hidden", llama["hidden"], "Values per token and layer", above=0)
    layers = book.assume("layers", llama["layers"], "Layers", minimum="1 layer", whole=True)
    fixed = book.assume("activation_fixed", "10 B/(value layer)", "Activations that every card of a group keeps")
    split = book.assume("activation_split", "24 B/(value layer)", "Activations that a group divides among its cards")
    memory = book.assume("memory", a100["memory"], "Memory of a card", above=0)

    book.section("Pipeline", source=PIPELINE, minimum=1)
    cards = book.assume("cards", "80 gpu", "Cards of one replica", whole=True)
    sharing = book.assume("tensor_parallel", "1 gpu/stage", "Cards that share each layer", whole=True)
    span = book.assume("layers_per_group", "1 layer/group", "Layers of a group, of which the first is kept", whole=True)
    printed = book.assume("printed_activations", own["printed_activations"], "Printed: activations", minimum=0)
    book.section("Memory of a replica")
    held = book.one("microbatch/gpu", "held_batches", "Micro-batches held by a card")
    one_stage = book.one("stage")
    values = sequence * batch * held * hidden * layers
    weights = book.line("weights", parameters * weight_size, "GB", "Weights")
    gradients = book.line("gradients", parameters * gradient_size, "GB", "Gradients")
    optimizer = book.line("optimizer", parameters * optimizer_size, "GB", "Optimiser state")
    activations = book.line(
        "activations",
        values * (fixed + split / (sharing * one_stage / one_card)),
        "GB/gpu",
        "Activations of all layers, one card a layer",
        note="In tensor groups: the part of one card of each group.",
    )
    of_all_cards = book.line(
        "group_activations",
        activations * (sharing * one_stage),
        "GB",
        "Activations of all layers, all cards",
        note="Each card of a group keeps the undivided part, so a replica keeps more the larger its groups are.",
    )
    total = book.total("total", [weights, gradients, optimizer, of_all_cards], "GB", "Memory in all")
    least_cards = book.line("least_cards", cards_for(total, memory), "gpu", "Cards that hold a replica")

    book.section("Depth of the pipeline")
    rounds = book.constant("rounds_per_stage", own["rounds_per_stage"], "Rounds through a stage, out and back")
    per_round = book.one("copy/round", "copies_per_round", "Copies kept for a round of waiting")
    kept_layers = book.one("layer/group", "kept_layers", "Layers kept of a group")
    one_copy = book.one("copy")
    ends = book.constant("pipeline_ends", own["pipeline_ends"], "First and last stage, whose mean is that of all")
    stages = book.line("stages", cards / sharing, "stage", "Stages")
    wait = book.line("wait", rounds * (stages - one_stage), "round", "Wait of the first stage", minimum=0)
    copies = book.line(
        "copies",
        per_round * wait + one_copy,
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
        per_round * rounds * stages * kept_layers / span,
        "copy",
        "Copies when one layer of a group is kept",
        note="By the document's 2 N.",
    )

    book.section("Activations on a card of the first stage")
    share = stages / one_stage * one_copy
    copy = book.line("stage_copy", activations / share, "GB/gpu/copy", "A copy, one stage's layers")
    first = book.line("first_stage", copy * copies, "GB/gpu", "First stage: every layer kept")
    grouped = book.line("first_stage_kept", copy * kept, "GB/gpu", "First stage: one layer of a group kept")
    book.line("printed_first_stage", printed / share * copies, "GB/gpu", "First stage, by the printed activations")
    book.alert(grouped > memory, "The activations that a card of the first stage keeps do not fit into its memory.")

    book.section("Nothing kept: every layer from the first again")
    one_layer = book.one("layer")
    pair = book.constant("pair_of_layers", "2 layer", "Two layers, first and last of a sum", source="by definition")
    again = book.line("recomputed_layers", layers * (layers + one_layer) / pair, "layer", "Layers computed")
    book.line("growth", again / layers, "x", "Layers computed over layers")

    book.section("Exchange of gradients", source=EXCHANGE, above=0)
    layer = per_one(llama["layer_parameters"], "gpu/layer", "parameter/gpu")
    stage_parameters = book.assume("stage_parameters", layer, "Parameters of the layer on a card")
    size = book.assume("exchange_size", own["exchange_size"], "Gradient as sent", minimum=0)
    one_way = per_one(rtx_4090["link_one_way"], "gpu", "GB/s/gpu")
    link = book.assume("link_one_way", one_way, "Link of an RTX 4090, one way")
    passes = book.assume("passes", own["passes"], "Passes of an exchange", minimum=0)
    card_rate = book.assume("card_rate", rtx_4090["compute_fp16_fp16_dense"], "Rate of an RTX 4090 at full use")
    micro_batches = book.assume(
        "micro_batches",
        "80 microbatch/step",
        "Micro-batches summed before one exchange",
        minimum="1 microbatch/step",
        whole=True,
    )
    book.section("Computation and exchange of a layer")
    every_batch = book.one("exchange/microbatch", "every_batch", "An exchange for each micro-batch")
    every_step = book.one("exchange/step", "every_step", "An exchange for each step")
    data = book.line("gradient_data", stage_parameters * size, "GB/gpu", "Gradient that a card sends")
    stage_work = book.line(
        "stage_work",
        work_of(per_token, stage_parameters, batch * sequence),
        "TFLOP/microbatch/gpu",
        "Work of a micro-batch on a card",
        note="A count of operations; the document writes it like a rate.",
    )
    compute_time = book.line("compute_time", stage_work / card_rate, "s/microbatch", "Time of a micro-batch")
    pass_time = book.line("pass_time", data / link, "s", "Time of a pass")
    exchange_time = book.line("exchange_time", passes * pass_time, "s/exchange", "Time of an exchange")
    each_batch = exchange_time * every_batch / compute_time
    book.line("exchange_ratio", each_batch, "x", "Exchange over computation, each micro-batch")
    step_time = book.line("step_time", micro_batches * compute_time, "s/step", "Computation of a step")
    waiting = exchange_time * every_step
    step_share = book.line(
        "step_share", waiting / (step_time + waiting), "%", "Exchange's share of a step with one exchange"
    )

    book.section("Network of a host", source=EXCHANGE, minimum=1)
    adapter = per_one(catalog.price("nic_rate")["gbps_200"], "nic", "Gbit/s/nic")
    rate = book.assume("nic_rate", adapter, "Rate of a network adapter", above=0)
    per_host = book.assume("gpus_per_host", "8 gpu/host", "Cards of a host", whole=True)
    nics = book.assume("nics_fitted", "8 nic/host", "Network adapters fitted", whole=True)
    needed = book.line("nics", round_up(per_host * link / rate), "nic/host", "Adapters for the full link of every card")
    fitted = book.line("fitted_link", nics * rate / per_host, "GB/s/gpu", "Link of a card as fitted")
    book.line("fitted_exchange_time", passes * data / fitted, "s/exchange", "Time of an exchange as fitted")
    book.alert(
        needed > nics,
        "The network adapters of a host carry less than the links of its cards; an exchange takes as long as fitted.",
    )

    book.section("Cluster", source="document 001, failures")
    gpus = book.assume("gpus", "2048 gpu", "Cards of the cluster", minimum="1 gpu", whole=True)
    replicas = book.line("data_parallel", gpus / (stages * sharing), "x", "Replicas of the model")
    book.line("global_batch", replicas * micro_batches * batch, "sample/step", "Samples of a step")
    book.alert(
        different(replicas, round_down(replicas)),
        "The cluster does not divide into whole replicas; some cards have no work.",
    )
    book.include(failures(), given={"gpus": gpus})
    book.headline(least_cards, better="lower", beside=[gpus_needed, first, step_share, book.lines["lost_overlap"]])

    book.option("rtx4090", {"memory": rtx_4090["memory"]}, description="The memory of an RTX 4090, 24 GB.")
    smaller, note = {"optimizer_size": "8 B/parameter"}, "32-bit weight and one moment"
    book.option("sgd", smaller, description="A smaller optimiser state, of SGD.", source=MEMORY, note=note)
    by_eight, by_ten = {"tensor_parallel": "8 gpu/stage"}, {"layers_per_group": "10 layer/group"}
    book.option("tensor_groups", by_eight, description="Groups of eight cards that share each layer.", source=PIPELINE)
    said = "Groups of ten layers, of which the pipeline keeps one."
    book.option("layer_groups", by_ten, description=said, source=PIPELINE)
    return book


def failures() -> Ledger:
    """Return the ledger of how often a cluster fails and what restarts take of its time.

    Document 001. Lines `failure_interval` [min/failure], `lost` and `lost_overlap` [%].
    """
    book = Ledger("Failures of a cluster", option="a100", as_of="2023-10-01", owner="infrastructure")
    book.section("Failures", source="document 001, failures")
    gpus = book.assume("gpus", "2048 gpu", "Cards of the cluster", minimum="1 gpu", whole=True)
    mtbf = book.assume("mtbf", "1 gpu month/failure", "Card months between failures", above=0)
    recovery = book.assume("recovery", "10 min/failure", "Reload and restart", minimum=0)
    interval = book.line("failure_interval", mtbf / gpus, "min/failure", "Time between failures")
    lost = book.line(
        "lost",
        recovery / interval,
        "%",
        "Time that restarts take",
        note="Recoveries that overlap are counted twice.",
        maximum="100 %",
    )
    book.line(
        "lost_overlap",
        1 - exponential(-lost),
        "%",
        "Time that restarts take, overlaps counted once",
        note="(ours) The chance that a failure falls into any stretch as long as a recovery.",
    )
    return book
