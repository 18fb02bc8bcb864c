"""How fast cards can serve a language model at most: by memory, arithmetic and links, from plain figures."""

from __future__ import annotations

from typing import Protocol

from unitledger import Ledger, all_of, maximum, minimum, power, round_down, when
from unitledger.expression import Operand
from unitledger.model import Line
from unitledger.templates._formulas import memory_left, over, read_time, work_of, work_time

BOOK = "(ext) jax-ml/scaling-book, inference, commit 0819a7d"
ASSUMED = "assumed: {}"
LADDER = tuple(2**place for place in range(13, -1, -1))
"""Batches tried one after the other on top of those that fit: any whole number up to 16,383 is found."""


class Parts(Protocol):
    """Inputs and lines of the ceilings by name: their ledger, or what stands for them where it is included."""

    def __getitem__(self, name: str, /) -> Operand: ...


def roofline() -> Ledger:
    """Ceilings of serving: prefill, decoding step, batch that meets a target, and what a million tokens cost there.

    From plain figures; roofline_serving has models and cards by name. Ceilings take the rates of data sheets; a
    utilisation below 1 makes an estimate of one. Headline: `token_cost` [USD/Mtoken].
    """
    book = ceilings()
    _measured(book)
    book.headline(
        book.lines["token_cost"],
        better="lower",
        beside=[book.lines[name] for name in ("batch", "token_time", "first_token", "card_rate")],
    )
    for batch in (1, 16, 64):
        said = f"The same with a batch of {batch}: a quicker token, at a price."
        book.option(f"batch_{batch}", {"asked": f"{batch} sequence"}, description=said, source="asked here")
    return book


def ceilings(*, strict: bool = False) -> Ledger:
    """Return the ledger of the ceilings alone, for templates that know model, cards and request.

    `strict`: whether a batch that does not fit is refused; of plain figures some may stay what they are.
    """
    book = Ledger(
        "Ceilings of serving",
        option="tpu_v5e",
        description="A model of 30e9 parameters in 8 bits on 16 TPU v5e, as many at once as meet the target.",
        alternatives=False,
        purpose=__doc__,
        as_of="2025-02-18",
        owner="infrastructure",
        excludes=["attention in the arithmetic of a step", "uneven choice of experts", "traffic to customers"],
    )
    _model(book)
    _machine(book)
    _request(book)
    _constants(book)
    _prefill(book)
    _memory(book)
    _step(book, strict=strict)
    _rates(book)
    return book


def _model(book: Ledger) -> None:
    with book.section("Language model", source=BOOK, minimum=0):
        book.assume("weights", "30 GB", "Size of the weights", above=0)
        book.assume("active_parameters", "30e9 parameter", "Parameters that a token is multiplied with", above=0)
        book.assume("cache_sequence", "819.2 MB/sequence", "Cache of a sequence during a step", above=0)
        book.assume("cache_full", "819.2 MB/sequence", "Cache of a sequence at its end", above=0)
        book.assume("prefill_attention", "0 TFLOP/sequence", "Work of a prompt in attention")
        book.assume("expert_share", "0 ratio", "Share of the weights in routed experts", maximum=1)
        book.assume(
            "expert_use",
            "0.25 ratio",
            "Share of the experts, where there are some, that a token uses",
            maximum=1,
            above=0,
        )
        book.assume("layers", "80 layer", "Layers", whole=True)
        book.assume("hidden", "8192 value/token", "Values of a token between layers")


def _machine(book: Ledger) -> None:
    with book.section("Cards", source=BOOK, above=0):
        book.assume("cards", "16 gpu", "Cards that share the model", whole=True)
        book.assume("peak", "197 TFLOP/s/gpu", "Peak arithmetic of a card")
        book.assume("memory_bandwidth", "0.81 TB/s/gpu", "Memory bandwidth of a card")
        book.assume("memory", "16 GB/gpu", "Memory of a card")
        book.assume("rent", "1.2 USD/gpu/h", "Rent of a card")
        book.assume("load", "1 ratio", "Share of time sold", source=ASSUMED.format("all of it"), maximum=1)
    with book.section("What is reached of it", source=BOOK, above=0):
        book.assume("prefill_use", "0.4 ratio", "Arithmetic used, prefill", maximum=1)
        book.assume("decode_use", "1 ratio", "Arithmetic used, decoding", maximum=1)
        book.assume("bandwidth_use", "1 ratio", "Memory bandwidth used", maximum=1)
        book.assume(
            "reserve", "0.05 ratio", "Memory kept free", source=ASSUMED.format("activations"), minimum=0, maximum=0.9
        )
        book.assume("overhead", "0 ms", "Time of the host in a step", source=ASSUMED.format("hidden"), minimum=0)
        book.choice("combine", ("sum", "overlap"), "How reading the cache adds", source=BOOK)
    with book.section("Exchange between cards", source=ASSUMED.format("in a machine"), minimum=0):
        book.choice("sharing", ("tensor", "experts", "left out"), "What the cards share")
        book.assume("link", "200 GB/s", "Link of a card, one way", above=0)
        book.assume("hop_latency", "3 us", "Latency of a hop")
        book.assume("exchanged_size", "2 B/value", "Size of an exchanged value")
        book.assume("dispatch_size", "1 B/value", "Size of a value sent to an expert")
        book.assume("copies", "9 ratio", "Experts that a token is sent to")


def _request(book: Ledger) -> None:
    with book.section("Request", source=BOOK, minimum=0):
        book.assume("prompt", "8192 token/sequence", "Tokens of a prompt", above=0)
        book.assume("output", "512 token/sequence", "Tokens of an answer", above=0)
        book.assume("cached_share", "0 ratio", "Share of a prompt found in the prefix cache", maximum=0.999)
        book.assume("queue", "0 ms", "Time in the queue")
        book.assume("target", "50 ms/token", "Time for a token, at most", source="asked here", above=0)
        book.assume("asked", "0 sequence", "Batch asked for; 0: the largest that meets the target", whole=True)
    with book.section("Speculative decoding", source=ASSUMED.format("none unless tokens are drafted"), minimum=0):
        book.assume("drafted", "0 ratio", "Tokens drafted in a step", whole=True)
        book.assume("acceptance", "0.8 ratio", "Drafted tokens that are accepted", maximum=0.999)
        book.assume("draft_cost", "0.05 ratio", "Time of a draft, in steps")
        book.assume("verify_cost", "1 ratio", "Time of a check, in steps", above=0)


def _constants(book: Ledger) -> None:
    book.section("Counting")
    work = "2 FLOP/(parameter token)"
    book.constant("multiply_add", work, "Work of a parameter for a token", source="counted: multiply and add")
    for name, unit, label in (
        ("one_sequence", "sequence", "One sequence"),
        ("one_card", "gpu", "One card"),
        ("step_token", "token/sequence", "A token of each sequence in a step"),
        ("each_link", "1/gpu", "A link of each card"),
        ("each_layer", "1/layer", "Once in each layer"),
    ):
        book.one(unit, name, label)
    book.constant(
        "twice", "2 ratio", "Twice: after attention and after the block, there and back", source="by definition"
    )


def _prefill(book: Ledger) -> None:
    book.section("Prefill")
    share, reached = book["cached_share"], book["peak"] * book["prefill_use"]
    linear = work_of(book["multiply_add"], book["active_parameters"], book["prompt"])

    def time(work: Operand) -> Operand:
        return work_time(work * book["one_sequence"], book["cards"], reached) + book["overhead"]

    fresh = linear * (1 - share) + book["prefill_attention"] * (1 - share * share)
    spent = book.line("prefill_time", time(fresh), "ms", "Time of a prompt")
    book.line("prompt_rate", book["prompt"] * book["one_sequence"] / spent, "token/s", "Tokens of prompts in a second")
    without = time(linear + book["prefill_attention"])
    book.line("prefix_speedup", without / spent, "x", "Prefill without the prefix cache over with it")
    book.line("first_token", book["queue"] + spent, "ms", "Time to the first token")


def _memory(book: Ledger) -> None:
    book.section("Memory")
    book.line("cards_for_weights", book["weights"] / book["memory"], "gpu", "Cards that the weights fill")
    left = memory_left(book["cards"], book["memory"] * (1 - book["reserve"]), book["weights"])
    free = book.line("free", left, "GB", "Memory left for the cache")
    fits = maximum(round_down(free / book["cache_full"]), 0)
    book.line("batch_limit", fits, "sequence", "Sequences that fit")


def experts_read(of: Parts, batch: Operand) -> Operand:
    """Return the share of the experts that a batch uses in a step, where they are chosen evenly."""
    return 1 - power(1 - of["expert_use"], minimum(batch, of["all_experts"]) / of["one_sequence"])


def step_time(of: Parts, batch: Operand) -> Operand:
    """Return the time of a decoding step of a batch, from the inputs and lines of the ceilings."""
    reading = of["other_time"] + of["expert_time"] * experts_read(of, batch) + of["cache_each"] * batch
    return maximum(reading, of["busy_each"] * batch) + of["exchange_each"] * batch + of["step_fixed"]


def token_time(of: Parts, step: Operand) -> Operand:
    """Return the time for a token of a sequence, where a step takes so long."""
    return step / (of["speedup"] * of["step_token"] * of["one_sequence"])


def token_cost(of: Parts, token: Operand, batch: Operand) -> Operand:
    """Return the cost of an output token with its share of a prompt, at a time for each token of a batch."""
    return of["group_hour"] / (output_rate(of, token, batch) * of["load"])


def decode_rate(of: Parts, token: Operand, batch: Operand) -> Operand:
    """Return the tokens in a second, where others do the prompts."""
    return batch / (token * of["one_sequence"])


def output_rate(of: Parts, token: Operand, batch: Operand) -> Operand:
    """Return the output tokens in a second, where cards do prompts and steps in turn."""
    asked = of["prefill_time"] / of["one_sequence"] + of["output"] * token * of["one_sequence"] / batch
    return of["output"] / asked


def _step(book: Ledger, *, strict: bool) -> None:
    book.section("Decoding step")
    exchanges = book.line(
        "exchanges", book["twice"] * book["layers"] * book["each_layer"], "ratio", "Exchanges in a step"
    )
    a, drafted = book["acceptance"], book["drafted"]
    made = (1 - power(a, drafted + 1)) / (1 - a)
    per_step = book.line("tokens_per_step", made, "ratio", "Tokens of a sequence in a step")
    checked = drafted * book["draft_cost"] + book["verify_cost"]
    speedup = book.line("speedup", per_step / checked, "x", "Faster by drafting")

    cards, reached = book["cards"], book["memory_bandwidth"] * book["bandwidth_use"]
    share = book["expert_share"]
    # Beyond it, what is left would be too small a number for some programs.
    met = book.constant("met", "40 ratio", "Draws for each expert until none is left out", source="e^-40 is 0 beside 1")
    met_by = over(met * book["one_sequence"], book["expert_use"])
    book.line("all_experts", met_by, "sequence", "Batch that reads all experts")
    experts = book.line("expert_time", read_time(book["weights"] * share, cards, reached), "ms", "Reading all experts")
    others = book.line(
        "other_time", read_time(book["weights"] * (1 - share), cards, reached), "ms", "Reading the other weights"
    )
    cache = book.line(
        "cache_each",
        read_time(book["cache_sequence"], cards, reached),
        "us/sequence",
        "Reading the cache of a sequence",
    )
    done = work_of(book["multiply_add"], book["active_parameters"], book["step_token"])
    arithmetic = work_time(done, cards, book["peak"] * book["decode_use"])
    work = book.line("work_each", arithmetic, "us/sequence", "Arithmetic of a sequence")
    waits = book.choices["combine"].select(sum=cache, overlap=0)
    book.line("busy_each", work + waits, "us/sequence", "Arithmetic, and the cache that it waits for")
    each, waited = _exchange(book, exchanges)
    book.line("step_fixed", waited + book["overhead"], "ms", "Latency of all exchanges, and the host")

    longest = book.line("longest_step", book["target"] * book["step_token"] * book["one_sequence"] * speedup, "ms")
    most = book["batch_limit"]
    found: Operand = 0 * book["one_sequence"]
    for size in LADDER:
        tried = found + book.constant(f"try_{size}", f"{size} sequence", source="by definition")
        meets = when(all_of(tried <= most, step_time(book, tried) <= longest), tried, found)
        found = book.line(f"batch_{size}", meets, "sequence", f"Batch that meets the target, to {size}")
    wanted = when(book["asked"] > 0, book["asked"], found)
    batch = book.line("batch", maximum(wanted, book["one_sequence"]), "sequence", "Batch")
    book.line("experts_read", experts_read(book, batch), "ratio", "Share of the experts that a step reads")
    read = book.line("weight_time", others + experts * experts_read(book, batch), "ms", "Reading the weights")
    book.line("cache_time", cache * batch, "ms", "Reading the cache")
    busy = book.line("work_time", work * batch, "ms", "Arithmetic")
    spent = book.line("exchange_time", each * batch + waited, "ms", "All exchanges of a step")
    book.line("exchange_once", over(spent, exchanges), "us", "An exchange")
    alone = over(book["step_token"] * book["one_sequence"], spent)
    book.line("exchange_ceiling", alone, "token/s", "Tokens of a sequence if exchanges took all the time")
    book.line("step", step_time(book, batch), "ms", "Decoding step")
    book.line("memory_bound", when(read > busy, 1, 0), "ratio", "1 where weights set the pace, 0 where arithmetic does")
    book.line("memory_used", book["weights"] + batch * book["cache_full"], "GB", "Memory in use")
    book.alert(found < book["one_sequence"], "No batch meets the target; what follows is for one sequence.")
    untried = all_of(found + book["one_sequence"] >= book["try_8192"] + book["try_8192"], most > found)
    book.alert(
        untried, "16,383 sequences are the most that is tried, and more would fit: a larger batch may meet the target."
    )
    book.alert(
        batch > most, "The batch does not fit into the memory beside the weights: set cards, or asked.", refused=strict
    )


def _exchange(book: Ledger, exchanges: Line) -> tuple[Operand, Operand]:
    """Append what the exchanges of a step take for each sequence; return it, and what they take beside."""
    sent = book["step_token"] * book["hidden"] * book["one_card"] / book["cards"] / book["link"]
    rounds = book["twice"] * (book["cards"] - book["one_card"]) / book["one_card"]
    experts = sent * (book["dispatch_size"] + book["exchanged_size"]) * book["copies"]
    sharing = book.choices["sharing"]
    moved = sharing.select({"tensor": rounds * sent * book["exchanged_size"], "experts": experts, "left out": 0})
    each = book.line("exchange_each", exchanges * moved, "us/sequence", "All exchanges, for each sequence")
    hops = sharing.select({"tensor": rounds, "experts": 1, "left out": 0})
    return each, exchanges * hops * book["hop_latency"]


def _rates(book: Ledger) -> None:
    book.section("Rates and cost")
    batch, step, output = book["batch"], book["step"], book["output"]
    token = book.line("token_time", token_time(book, step), "ms/token", "Time for a token")
    rate = book.line("rate", decode_rate(book, token, batch), "token/s", "Tokens in a second, decoding alone")
    book.line("card_rate", rate / book["cards"], "token/s/gpu", "Tokens of a card in a second")
    book.line("answer_time", book["first_token"] + output * token * book["one_sequence"], "s", "Time of a whole answer")
    book.line("output_rate", output_rate(book, token, batch), "token/s", "Tokens in a second, prefill in turn")
    pools = book["prefill_time"] * batch / (output * token * book["one_sequence"] * book["one_sequence"])
    groups = book.line("prefill_per_decode", pools, "ratio", "Groups for prefill for each that decodes")
    book.line("mixed_token_time", token * (1 + groups), "ms/token", "Time for a token, prompts done in between")
    hour = book.line("group_hour", book["rent"] * book["cards"], "USD/h", "Rent of the cards")
    book.line("decode_cost", hour / (rate * book["load"]), "USD/Mtoken", "Output tokens, where others do the prompts")
    book.line(
        "token_cost", token_cost(book, token, batch), "USD/Mtoken", "Output tokens, with their prompts", minimum=0
    )


def _measured(book: Ledger) -> None:
    with book.section("A measurement", source="(ext) scaling book, 43 sequences in a step of 19 ms", above=0):
        rate = book.assume("measured_rate", "2263.157894736842 token/s", "Tokens in a second, measured")
        held = book.assume("replicated", "0 GB", "Weights that each card holds whole", minimum=0)
    book.section("What was measured, against the ceiling")
    read = (book["weights"] - held) * book["one_card"] / book["cards"] + held
    each = book.line("read_per_card", read, "GB", "Weights that a card reads in a step")
    steps = rate / (book["batch"] * book["step_token"])
    used = book.line("used_bandwidth", each * steps * book["each_link"], "TB/s/gpu", "Bandwidth used by the weights")
    book.line("used_share", used / book["memory_bandwidth"], "%", "Share of the bandwidth", maximum="100 %")
    top = book["memory_bandwidth"] / book["each_link"] / each * book["step_token"] * book["one_sequence"]
    book.line("one_ceiling", top, "token/s", "Ceiling of a batch of one")
    book.line("requests_per_card", rate / (book["output"] * book["cards"]), "sequence/s/gpu", "Requests of a card")
    pools = book["prefill_time"] * rate / (book["output"] * book["one_sequence"])
    book.line("measured_pools", pools, "ratio", "Groups for prefill at that rate")
    book.line("measured_cost", book["group_hour"] / (rate * book["load"]), "USD/Mtoken", "Cost at that rate")
