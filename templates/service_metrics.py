"""What users of a model service notice: first token, token rate, stability; and the utilisation behind it."""

from __future__ import annotations

from unitledger.expression import Operand, maximum, minimum, round_down, total, when
from unitledger.ledger import Ledger
from unitledger.model import Assumption, Figure, Line
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio

AS_OF = "2024-07-01"
SPEED = "document 000, speed table"
STABILITY = "document 000, stability"
MADE_UP = "assumed: the raw samples are an image, a day that matches the printed statistics"

SERVICES = {
    "Qwen2-1.5B": ("SiliconFlow", "138 ms", "98 token/s"),
    "Qwen2-7B": ("SiliconFlow", "187 ms", "85 token/s"),
    "Yi-1.5-34B": ("SiliconFlow", "234 ms", "59 token/s"),
    "deepseek-llm-67b": ("SiliconFlow", "277 ms", "32 token/s"),
    "Llama-3.1-405B": ("SiliconFlow", "272 ms", "51 token/s"),
    "Mistral-7B": ("Volcano Engine", "156 ms", "53 token/s"),
    "Doubao-lite-4k": ("Volcano Engine", "188 ms", "37 token/s"),
    "Doubao-pro-32k": ("Volcano Engine", "199 ms", "21 token/s"),
}
"""The speed table: provider, time to the first token and rate of later tokens, by model."""


def service_metrics() -> Ledger:
    """Time until a model service has answered, how steady it is, and what utilisation training runs reached.

    Documents 000 and 002. Headline: `response_time` [s] of an answer. Options: the services of the speed table.
    """
    book = answer_speed("Speed and steadiness of model services")
    _add_stability(book)
    _add_utilisation(book)
    return book


def answer_speed(title: str = "Speed of model services") -> Ledger:
    """Return the ledger of one answer: inputs of a service, and `response_time` [s] and `reading_rate` [word/min].

    Options: the services of the speed table.
    """
    book = Ledger(
        title,
        option=next(iter(SERVICES)),
        as_of=AS_OF,
        owner="infrastructure",
        excludes=["reading a long prompt", "waiting for a free place", "network of the user"],
    )
    first, *others = (_service(name) for name in SERVICES)
    book.section("Service")
    first_token_time = book.assume("first_token_time", first["first_token_time"], "Request to first token", minimum=0)
    token_rate = book.assume("token_rate", first["token_rate"], "Rate of later tokens", above=0)
    book.section("Answer")
    output_tokens = book.assume(
        "output_tokens",
        "500 token",
        "Tokens of an answer",
        source="assumed: a page of text",
        low="100 token",
        high="2000 token",
        minimum="1 token",
    )
    word_ratio = book.assume(
        "word_ratio", "750 word/ktoken", "Words in a thousand tokens", source="document 002, cost of a query", above=0
    )
    reading_speed = book.assume(
        "reading_speed",
        "250 word/min",
        "Words that a person reads in a minute",
        source="(ext) studies of adult readers",
        low="200 word/min",
        high="300 word/min",
        above=0,
    )
    one = book.one("token", "first_token", "First token")
    book.section("Time of an answer")
    generation = book.line("generation_time", (output_tokens - one) / token_rate, "s", "Time after the first token")
    response = book.total("response_time", [first_token_time, generation], "s", "Time until an answer is complete")
    reading_rate = book.line("reading_rate", token_rate * word_ratio, "word/min", "Words that arrive in a minute")
    lead = book.line("reading_lead", reading_rate / reading_speed, "x", "Arrival over reading")
    book.alert(lead < 1, "Words arrive more slowly than people read.")
    for name, settings in zip(list(SERVICES)[1:], others, strict=True):
        book.option(name, settings)
    book.headline(response, better="lower", beside=[generation, reading_rate, lead])
    return book


def training_pace(run: str, card: str, rate: str) -> Ledger:
    """Return the ledger of a training run of the catalog: `work` [FLOP] and `elapsed_time` [day] at its utilisation.

    `rate`: the field of the card's peak arithmetic.
    """
    shape = catalog.model(run)
    book = Ledger(f"Training run of {run}", as_of="2023-01-01", owner="infrastructure")
    work_per_token = book.constant(
        "training_work",
        "6 FLOP/(token parameter)",
        "Training, per parameter, token",
        source="counted: a multiplication and an addition each way, per parameter and token",
    )
    book.section("Training run")
    parameters = book.assume("parameters", shape.figure("parameters"), above=0)
    variant = "published" if "published" in shape.variants("training_tokens") else None
    tokens = book.assume("tokens", shape.figure("training_tokens", variant), "Tokens trained on", above=0)
    cards = book.assume("cards", shape.figure("cards"), "Cards", above=0, whole=True)
    compute = book.assume("compute", catalog.accelerator(card).figure(rate), "Peak arithmetic of a card", above=0)
    utilisation = book.assume("utilisation", reached(run), "Share of the peak reached", above=0, maximum=1)
    work = book.line("work", work_per_token * parameters * tokens, "FLOP", "Work of the run")
    book.line("elapsed_time", work / (cards * compute * utilisation), "day", "Time of the run")
    return book


def reached(run: str) -> Figure:
    """Return the utilisation that the catalog gives for a training run, as a ratio."""
    return as_ratio(catalog.model(run).figure("utilisation"))


def _service(name: str) -> dict[str, Figure]:
    provider, first_token_time, token_rate = SERVICES[name]
    note = f"{provider}; date assumed"
    return {
        "first_token_time": Figure(first_token_time, SPEED, AS_OF, note=note),
        "token_rate": Figure(token_rate, SPEED, AS_OF, note=note),
    }


def _add_stability(book: Ledger) -> None:
    """Append the plan of a day of samples, and a made-up day: usual samples, some slow ones and the slowest."""
    book.section("Day of samples")
    interval = book.assume("sample_interval", "60 s/sample", "Time between samples", source=STABILITY, above=0)
    duration = book.assume("sample_duration", "24 h", "Time that is sampled", source=STABILITY, above=0)
    threshold = book.assume("threshold", "500 ms", "First token counts as slow above", source=STABILITY, minimum=0)
    share = book.assume(
        "fraction_above",
        "0.003 ratio",
        "Printed share of slow samples",
        source=STABILITY,
        minimum=0,
        maximum=1,
        note="cannot be exact: samples are whole",
    )
    usual = book.assume("usual_time", "200 ms", "Usual sample", source=STABILITY, minimum=0, note="nearly all")
    slow = book.assume("slow_time", "800 ms", "Slow sample", source=MADE_UP, minimum=0)
    slowest = book.assume("max_time", "3200 ms", "Slowest sample", source=STABILITY, minimum=0)
    one = book.one("sample", "slowest_sample", "The slowest sample")
    samples = book.line("computed_samples", duration / interval, "sample", "Samples of a day")
    above = book.line("samples_above", samples * share, "sample", "Slow samples by the printed share")
    whole = book.line("whole_samples_above", round_down(above), "sample", "Slow samples, whole")
    last = book.line("slowest_samples", minimum(whole, one), "sample", "Samples at the slowest time")
    between = book.line("slow_samples", whole - last, "sample", "Samples at the slow time")
    rest = book.line("usual_samples", samples - whole, "sample", "Samples at the usual time")
    day = ((usual, rest), (slow, between), (slowest, last))
    counted = total(*(when(time > threshold, count, 0) for time, count in day))
    book.line("computed_fraction_above", counted / samples, "%", "Share of slow samples, counted")
    seen = (when(count > 0, time, 0) for time, count in day)
    book.line("computed_max_time", maximum(*seen), "ms", "Slowest sample, found")
    book.line("median_time", _median(day, samples), "ms", "Median sample")


def _median(day: tuple[tuple[Assumption, Line], ...], samples: Line) -> Operand:
    """Return the least time that at least half of the samples do not exceed."""
    longest = maximum(*(time for time, _ in day))
    candidates = []
    for time, _ in day:
        within = total(*(when(other <= time, count, 0) for other, count in day))
        candidates.append(when(within >= samples - within, time, longest))
    return minimum(*candidates)


def _add_utilisation(book: Ledger) -> None:
    book.section("Utilisation of training runs")
    new = book.assume("new_utilisation", reached("palm"), "Newer run (PaLM)", above=0, maximum=1)
    old = book.assume("old_utilisation", reached("gpt_3"), "Older run (GPT-3)", above=0, maximum=1)
    book.line("utilisation_gain", new / old, "x", "Gain in utilisation")
