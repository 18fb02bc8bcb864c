"""Time per token and rate of a group of cards that share a language model, by layers or by slices of each layer."""

from __future__ import annotations

from collections.abc import Sequence

from unitledger import Figure, Ledger, equal, maximum, round_down, when
from unitledger.expression import Operand
from unitledger.model import Line
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, assume_sums, like_for_like
from unitledger.templates._formulas import between_layers, read_time, work_of, work_time

PIPELINE = "document 001, pipeline parallel inference"
TENSOR = "document 001, tensor parallel inference"
REPLACEABLE = {"stage_time": "stage time", "transfer": "transfer", "exchange_time": "exchange time"}


def parallel_serving(*, replaceable: bool = False, excludes: Sequence[str] = ()) -> Ledger:
    """Return the ledger of one step of a group of cards, pipeline parallel and tensor parallel.

    Lines `<scheme>_token_time` [ms], `<scheme>_token_rate` [token/s/prompt] and `<scheme>_group_rate` [token/s].
    `replaceable`: whether inputs `printed_<name>` [ms] can replace `stage_time`, `transfer` and `exchange_time`.
    """
    book = Ledger(
        "Time per token of LLaMA-2-70B on a group of cards",
        option="rtx4090",
        description="Eight RTX 4090 on PCIe.",
        alternatives=False,
        purpose=__doc__,
        as_of="2023-10-01",
        owner="infrastructure",
        excludes=excludes,
    )
    own = catalog.assumed("serving_latency_and_throughput")
    llama, card = catalog.model("llama_2_70b"), catalog.accelerator("rtx_4090")
    work = book.constant(
        "work_per_parameter_token", own["work_per_parameter_token"], "Multiply and add per parameter, token"
    )
    values = book.one("value/parameter", "values_per_parameter", "Values that make up a parameter")
    token = book.one("token/prompt", "tokens_per_step", "Tokens per prompt in a step")
    stage_size = book.one("gpu", "stage_size", "Cards in a stage of the pipeline")

    book.section("Language model", above=0)
    parameters = book.assume("parameters", llama["parameters"], "Parameters")
    value_size = book.assume("value_size", llama["value_size"], "Size of a value")
    hidden = book.assume("hidden", llama["hidden"], "Values per token and layer")
    layers = book.assume("layers", llama["layers"], "Layers", whole=True)

    book.section("Cards and links", source=PIPELINE, above=0)
    cards = book.assume("cards", "8 gpu", "Cards that share the model", whole=True)
    bandwidth = book.assume("memory_bandwidth", card["memory_bandwidth", "table"], "Memory bandwidth of a card")
    compute = book.assume("compute", card["compute_fp16_fp16_dense"], "Peak arithmetic of a card, dense")
    assume_sums(book)
    link = book.assume("link", card["link_one_way"], "Link between cards, one way")
    hops = book.assume("hops", "8 ratio", "Hops, the way back included", whole=True)
    overhead = book.assume("hop_overhead", own["hop_overhead"], "Protocol time of a hop", minimum=0)
    least = book.assume("least_exchange", card["least_exchange"], "Least time of an exchange", minimum=0)

    book.section("Serving", source=TENSOR, minimum=0)
    batch = book.assume("batch", "330 prompt", "Prompts in one batch", source="document 001, balanced batch", above=0)
    per_layer = book.assume("exchanges_per_layer", own["exchanges_per_layer"], "Exchanges per layer")
    overlap = book.assume("overlap", own["overlap"], "Exchange while computing (0, 1)", maximum=1, whole=True)

    book.section("Figures that replace lines", source="assumed: computed", minimum=0)
    printed = {
        name: book.assume(f"printed_{name}", "0 ms", f"Printed {words} (0: computed)")
        for name, words in REPLACEABLE.items()
        if replaceable
    }

    def replaced(name: str, formula: Operand, label: str) -> Line:
        other = printed.get(name)
        return book.line(name, formula if other is None else when(other > 0, other, formula), "ms", label)

    book.section("One step")
    reading = read_time(parameters * values * value_size, cards, bandwidth)
    memory_time = book.line("memory_time", reading, "ms", "Time to read the weights")
    computing = work_time(work_of(work, parameters, batch * token), cards, compute)
    compute_time = book.line("compute_time", computing, "ms", "Time to compute")
    stage_time = replaced("stage_time", maximum(memory_time, compute_time), "Time of a stage")
    payload = book.line(
        "payload", between_layers(batch * token, hidden, value_size), "MB", "Values that a transfer moves"
    )
    transfer = replaced("transfer", payload / link, "Time of a transfer")

    # Each card holds some of the layers, and batches follow each other.
    book.section("Pipeline parallel")
    stages = book.line("stages", cards / stage_size, label="Stages")
    hop = book.line("hop", transfer + overhead, "ms", "Time of a hop")
    stages_time = book.line("stages_time", stages * stage_time, "ms", "Computation of all stages")
    hops_time = book.line("hops_time", hops * hop, "ms", "All hops")
    token_time = book.line("pipeline_token_time", stages_time + hops_time, "ms", "Pipeline: time per token")
    book.line("pipeline_token_rate", token / token_time, "token/s/prompt", "Pipeline: rate per prompt")
    book.line(
        "pipeline_group_rate",
        stages * batch * token / token_time,
        "token/s",
        "Pipeline: rate of the group",
        note="One batch in each stage.",
    )

    # Each card holds a slice of every layer, and all exchange their results.
    book.section("Tensor parallel")
    exchanges = book.line("exchanges", layers * per_layer, label="Exchanges per token")
    exchange = book.line("exchange", maximum(transfer, least), "ms", "Time of an exchange")
    exchange_time = replaced("exchange_time", exchanges * exchange, "All exchanges")
    token_time = book.line("tensor_token_time", stage_time + exchange_time, "ms", "Tensor: time per token")
    book.line("tensor_token_rate", token / token_time, "token/s/prompt", "Tensor: rate per prompt")
    book.line("exchange_bound", when(exchange_time > stage_time, 1, 0), label="Exchanges set the pace (1: yes)")
    at_once = when(equal(overlap, 1), maximum(stage_time, exchange_time), token_time)
    pace = book.line("pace", at_once, "ms", "Tensor: time between steps")
    book.line("tensor_group_rate", batch * token / pace, "token/s", "Tensor: rate of the group")
    return book


def serving_latency_and_throughput() -> Ledger:
    """Time per output token and total rate of a group of cards, pipeline or tensor parallel.

    Document 001, pipeline and tensor parallel inference. Headline: `tensor_group_rate` [token/s].
    """
    book = parallel_serving(
        replaceable=True, excludes=["reading the key/value cache", "prefill", "idle stages while the pipeline fills"]
    )
    cards, compute, link, hidden = (book[name] for name in ("cards", "compute", "link", "hidden"))
    token, stages, stage_time, hop = (book[name] for name in ("tokens_per_step", "stages", "stage_time", "hop"))
    work, parameters = book["work_per_parameter_token"], book["parameters"]

    book.section("Serving")
    target = book.assume("target_rate", "5 token/s/prompt", "Rate per prompt to keep", source=PIPELINE, above=0)
    book.section("Figures that replace lines")
    printed = book.assume(
        "printed_batch_max", "0 prompt", "Printed largest batch (0: computed)", source="assumed: computed", minimum=0
    )
    book.section("Pipeline over a slow network")
    book.line("link_duty", book["transfer"] / (stage_time + hop), "%", "Share of time a link is busy")
    book.line("network_token_rate", token / book["hops_time"], "token/s/prompt", "Rate if only hops took time")
    budget = book.line("network_budget", token / target - book["stages_time"], "ms", "Time left for all hops")
    hop_budget = book.line("hop_budget", budget / stages, "ms", "Time left for a hop")
    hop_payload = book.line("hop_payload", hop_budget * link, "kB", "What a hop can move in it")
    fitting = round_down(hop_payload / between_layers(token, hidden, book["value_size"]))
    batch = book.line(
        "batch_max", when(printed > 0, printed, maximum(fitting, 0)), "prompt", "Largest batch at the rate to keep"
    )
    rate = book.line("target_group_rate", batch * stages * target, "token/s", "Rate of the group with that batch")
    book.line(
        "utilisation",
        work_of(work, parameters, rate) / (cards * compute),
        "%",
        "Share of the peak arithmetic used",
        maximum="100 %",
    )
    book.alert(budget < 0, "The rate to keep leaves no time for the network: computation alone takes longer.")
    book.alert(
        work_of(work, parameters, batch * token) > stage_time * cards * compute,
        "The largest batch at the rate to keep takes longer to compute than the time of a stage assumed for it.",
    )
    beside = [book.lines[name] for name in ("tensor_token_rate", "pipeline_group_rate", "pipeline_token_rate")]
    book.headline(book.lines["tensor_group_rate"], better="higher", beside=beside)

    h100, gigabit = catalog.accelerator("h100_sxm"), catalog.price("nic_rate")["gbps_1"]
    server = {
        "memory_bandwidth": h100["memory_bandwidth"],
        "compute": h100["compute_fp16_fp32_dense", "table"],
        "accumulation": FP32,
        "link": h100["link_one_way"],
        "least_exchange": h100["least_exchange"],
        "batch": Figure("295 prompt", "document 001, balanced batch"),
    }
    slow = {"batch": Figure("1 prompt"), "link": gigabit, "hop_overhead": Figure("0.25 ms", PIPELINE)}
    book.option("h100", server, description="Eight H100 SXM with NVLink.")
    for count in ("1", "8", "1024"):
        said = f"Eight RTX 4090 at batch {count}."
        book.option(f"batch {count}", {"batch": f"{count} prompt"}, description=said, source=PIPELINE)
    doubled, apart = {"cards": "16 gpu", "hops": "16 ratio"}, {"overlap": "0 ratio"}
    book.option("16 cards", doubled, description="Sixteen RTX 4090.", source="assumed: twice the cards")
    said = "Arithmetic that waits for exchanges."
    book.option("no overlap", apart, description=said, source="assumed: no double buffering")
    book.option("ethernet", slow, description="One prompt at 1 Gbit/s, 0.25 ms of protocol a hop.", source=PIPELINE)
    said, note = "330 prompts at 1 Gbit/s.", "the source leaves the protocol time out here"
    book.option("ethernet 330", {"link": gigabit}, description=said, note=note)
    double = Figure("0.25 ms", note="twice what 16 KiB take at 1 Gbit/s")
    slower, said = {**slow, "printed_transfer": double}, "One prompt at 1 Gbit/s, a transfer as printed."
    book.option("ethernet printed", slower, description=said, source=PIPELINE)
    rounded = {**server, "printed_stage_time": Figure("5.2 ms", note="rounded")}
    book.option("h100 printed", rounded, description="Eight H100 SXM, time of a stage as printed.", source=TENSOR)
    book.option("rtx4090_fp32", like_for_like(), description="Eight RTX 4090, rated with FP32 sums.")
    largest = {"printed_batch_max": Figure("60 prompt", note="57 exactly")}
    book.option("batch printed", largest, description="A largest batch as printed.", source=PIPELINE)
    return book
