"""Time per token and rate of a group of cards that share a language model, by layers or by slices of each layer."""

from __future__ import annotations

from collections.abc import Sequence

from unitledger.expression import Operand, equal, maximum, round_down, when
from unitledger.ledger import Ledger
from unitledger.model import Figure, Given, Line
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, assume_sums, like_for_like

AS_OF = "2023-10-01"
PIPELINE = "document 001, pipeline parallel inference"
TENSOR = "document 001, tensor parallel inference"


def parallel_serving(
    title: str = "Time per token of LLaMA-2-70B on a group of cards",
    *,
    replaceable: Sequence[str] = (),
    excludes: Sequence[str] = (),
) -> Ledger:
    """Return the ledger of one step of a group of cards, pipeline parallel and tensor parallel.

    Lines `<scheme>_token_time` [ms], `<scheme>_token_rate` [token/s/prompt] and `<scheme>_group_rate` [token/s].
    `replaceable`: which of `stage_time`, `transfer` and `exchange_time` an input `printed_<name>` [ms] can replace.
    """
    book = Ledger(title, option="rtx4090", as_of=AS_OF, owner="infrastructure", excludes=excludes)
    book.constant(
        "work_per_parameter_token",
        "2 FLOP/(token parameter)",
        "Multiply and add per parameter, token",
        source="one multiplication and one addition",
    )
    for name, one, label in (
        ("values_per_parameter", "1 value/parameter", "Values that make up a parameter"),
        ("tokens_per_step", "1 token/prompt", "Tokens per prompt in a step"),
        ("stage_size", "1 gpu", "Cards in a stage of the pipeline"),
    ):
        book.constant(name, one, label, source="by definition")

    llama = catalog.model("llama_2_70b")
    card = catalog.accelerator("rtx_4090")
    book.section("Language model")
    book.assume("parameters", llama.figure("parameters"), "Parameters", above=0)
    book.assume("value_size", llama.figure("value_size"), "Size of a value", above=0)
    book.assume("hidden", llama.figure("hidden"), "Values per token and layer", above=0)
    book.assume("layers", llama.figure("layers"), "Layers", above=0, whole=True)

    book.section("Cards and links")
    book.assume("cards", "8 gpu", "Cards that share the model", source=PIPELINE, above=0, whole=True)
    book.assume("memory_bandwidth", card.figure("memory_bandwidth"), "Memory bandwidth of a card", above=0)
    book.assume("compute", card.figure("compute_fp16_fp16_dense"), "Peak arithmetic of a card, dense", above=0)
    assume_sums(book)
    book.assume("link", card.figure("link_one_way"), "Link between cards, one way", above=0)
    book.assume("hops", "8 ratio", "Hops, the way back included", source=PIPELINE, above=0, whole=True)
    book.assume(
        "hop_overhead",
        "0 ms",
        "Protocol time of a hop",
        source=PIPELINE,
        note="both ends; 0 inside a machine; a tensor exchange has its least time instead",
        minimum=0,
    )
    book.assume("least_exchange", card.figure("least_exchange"), "Least time of an exchange", minimum=0)

    book.section("Serving")
    book.assume("batch", "330 prompt", "Prompts in one batch", source="document 001, balanced batch", above=0)
    book.assume(
        "exchanges_per_layer",
        "2 1/layer",
        "Exchanges per layer",
        source=TENSOR,
        note="after attention, after the feed-forward part",
        minimum=0,
    )
    book.assume(
        "overlap",
        "1 ratio",
        "Exchange while computing (0, 1)",
        source=TENSOR,
        note="of the tensor scheme alone",
        minimum=0,
        maximum=1,
        whole=True,
    )

    book.section("Figures that replace lines")
    for name in replaceable:
        book.assume(
            f"printed_{name}",
            "0 ms",
            f"Printed {name.replace('_', ' ')} (0: computed)",
            source="assumed: computed",
            minimum=0,
        )
    _add_step(book)
    _add_pipeline(book)
    _add_tensor(book)
    return book


def _add_replaceable(book: Ledger, name: str, formula: Operand, label: str) -> Line:
    if f"printed_{name}" in book:
        printed = book[f"printed_{name}"]
        formula = when(printed > 0, printed, formula)
    return book.line(name, formula, "ms", label)


def _add_step(book: Ledger) -> None:
    """Append what both schemes need: the time of a stage and of a transfer."""
    parameters, cards, tokens = book["parameters"], book["cards"], book["batch"] * book["tokens_per_step"]
    book.section("One step")
    memory_time = book.line(
        "memory_time",
        parameters * book["values_per_parameter"] * book["value_size"] / cards / book["memory_bandwidth"],
        "ms",
        "Time to read the weights",
    )
    compute_time = book.line(
        "compute_time",
        tokens * book["work_per_parameter_token"] * parameters / cards / book["compute"],
        "ms",
        "Time to compute",
    )
    _add_replaceable(book, "stage_time", maximum(memory_time, compute_time), "Time of a stage")
    payload = book.line("payload", tokens * book["hidden"] * book["value_size"], "MB", "Values that a transfer moves")
    _add_replaceable(book, "transfer", payload / book["link"], "Time of a transfer")


def _add_pipeline(book: Ledger) -> None:
    """Append the scheme in which each card holds some of the layers and batches follow each other."""
    tokens_per_step = book["tokens_per_step"]
    book.section("Pipeline parallel")
    stages = book.line("stages", book["cards"] / book["stage_size"], label="Stages")
    hop = book.line("hop", book["transfer"] + book["hop_overhead"], "ms", "Time of a hop")
    stages_time = book.line("stages_time", stages * book["stage_time"], "ms", "Computation of all stages")
    hops_time = book.line("hops_time", book["hops"] * hop, "ms", "All hops")
    token_time = book.line("pipeline_token_time", stages_time + hops_time, "ms", "Pipeline: time per token")
    book.line("pipeline_token_rate", tokens_per_step / token_time, "token/s/prompt", "Pipeline: rate per prompt")
    book.line(
        "pipeline_group_rate",
        stages * book["batch"] * tokens_per_step / token_time,
        "token/s",
        "Pipeline: rate of the group",
        note="One batch in each stage.",
    )


def _add_tensor(book: Ledger) -> None:
    """Append the scheme in which each card holds a slice of every layer and all exchange their results."""
    tokens_per_step, stage_time = book["tokens_per_step"], book["stage_time"]
    book.section("Tensor parallel")
    exchanges = book.line("exchanges", book["layers"] * book["exchanges_per_layer"], label="Exchanges per token")
    exchange = book.line("exchange", maximum(book["transfer"], book["least_exchange"]), "ms", "Time of an exchange")
    exchange_time = _add_replaceable(book, "exchange_time", exchanges * exchange, "All exchanges")
    token_time = book.line("tensor_token_time", stage_time + exchange_time, "ms", "Tensor: time per token")
    book.line("tensor_token_rate", tokens_per_step / token_time, "token/s/prompt", "Tensor: rate per prompt")
    book.line("exchange_bound", when(exchange_time > stage_time, 1, 0), label="Exchanges set the pace (1: yes)")
    pace = book.line(
        "pace",
        when(equal(book["overlap"], 1), maximum(stage_time, exchange_time), token_time),
        "ms",
        "Tensor: time between steps",
    )
    book.line("tensor_group_rate", book["batch"] * tokens_per_step / pace, "token/s", "Tensor: rate of the group")


def serving_latency_and_throughput() -> Ledger:
    """Time per output token and total rate of a group of cards, pipeline or tensor parallel.

    Document 001, pipeline and tensor parallel inference. Headline: `tensor_group_rate` [token/s].
    """
    book = parallel_serving(
        replaceable=("stage_time", "transfer", "exchange_time"),
        excludes=["reading the key/value cache", "prefill", "idle stages while the pipeline fills"],
    )
    cards, link, stages = book["cards"], book["link"], book["stages"]
    tokens_per_step, stages_time = book["tokens_per_step"], book["stages_time"]

    book.section("Serving")
    target_rate = book.assume("target_rate", "5 token/s/prompt", "Rate per prompt to keep", source=PIPELINE, above=0)
    book.section("Figures that replace lines")
    printed_batch = book.assume(
        "printed_batch_max", "0 prompt", "Printed largest batch (0: computed)", source="assumed: computed", minimum=0
    )

    book.section("Pipeline over a slow network")
    book.line("link_duty", book["transfer"] / (book["stage_time"] + book["hop"]), "%", "Share of time a link is busy")
    book.line(
        "network_token_rate", tokens_per_step / book["hops_time"], "token/s/prompt", "Rate if only hops took time"
    )
    network_budget = book.line(
        "network_budget", tokens_per_step / target_rate - stages_time, "ms", "Time left for all hops"
    )
    hop_budget = book.line("hop_budget", network_budget / stages, "ms", "Time left for a hop")
    hop_payload = book.line("hop_payload", hop_budget * link, "kB", "What a hop can move in it")
    fitting = round_down(hop_payload / (book["hidden"] * book["value_size"] * tokens_per_step))
    batch_max = book.line(
        "batch_max",
        when(printed_batch > 0, printed_batch, maximum(fitting, 0)),
        "prompt",
        "Largest batch at the rate to keep",
    )
    target_group_rate = book.line(
        "target_group_rate", batch_max * stages * target_rate, "token/s", "Rate of the group with that batch"
    )
    book.line(
        "utilisation",
        target_group_rate * book["work_per_parameter_token"] * book["parameters"] / (cards * book["compute"]),
        "%",
        "Share of the peak arithmetic used",
        maximum="100 %",
    )
    book.alert(network_budget < 0, "The rate to keep leaves no time for the network: computation alone takes longer.")
    book.alert(
        batch_max * tokens_per_step * book["work_per_parameter_token"] * book["parameters"]
        > book["stage_time"] * cards * book["compute"],
        "The largest batch at the rate to keep takes longer to compute than the time of a stage assumed for it.",
    )
    _add_options(book)
    book.headline(
        book.lines["tensor_group_rate"],
        better="higher",
        beside=[book.lines[name] for name in ("tensor_token_rate", "pipeline_group_rate", "pipeline_token_rate")],
    )
    return book


def _add_options(book: Ledger) -> None:
    h100 = catalog.accelerator("h100_sxm")
    gigabit = catalog.price("nic_rate").figure("gbps_1")
    protocol = Figure("0.25 ms", PIPELINE)
    h100_settings: dict[str, Given] = {
        "memory_bandwidth": h100.figure("memory_bandwidth"),
        "compute": h100.figure("compute_fp16_fp32_dense", "table"),
        "accumulation": FP32,
        "link": h100.figure("link_one_way"),
        "least_exchange": h100.figure("least_exchange"),
        "batch": Figure("295 prompt", "document 001, balanced batch"),
    }
    slow: dict[str, Given] = {"batch": "1 prompt", "link": gigabit, "hop_overhead": protocol}
    book.option("h100", h100_settings)
    book.option("batch 1", {"batch": "1 prompt"}, source=PIPELINE)
    book.option("batch 8", {"batch": "8 prompt"}, source=PIPELINE)
    book.option("batch 1024", {"batch": "1024 prompt"}, source=PIPELINE)
    book.option("16 cards", {"cards": "16 gpu", "hops": "16 ratio"}, source="assumed: twice the cards")
    book.option("no overlap", {"overlap": "0 ratio"}, source="assumed: no double buffering")
    book.option("ethernet", slow, source=PIPELINE)
    book.option("ethernet 330", {"link": gigabit}, note="the source leaves the protocol time out here")
    book.option(
        "ethernet printed",
        {**slow, "printed_transfer": Figure("0.25 ms", note="twice what 16 KiB take at 1 Gbit/s")},
        source=PIPELINE,
    )
    book.option(
        "h100 printed", {**h100_settings, "printed_stage_time": Figure("5.2 ms", note="rounded")}, source=TENSOR
    )
    book.option("rtx4090_fp32", like_for_like())
    book.option("batch printed", {"printed_batch_max": Figure("60 prompt", note="57 exactly")}, source=PIPELINE)
