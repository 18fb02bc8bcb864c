"""What users of a model service notice: first token, token rate, stability; and the utilisation behind it."""

from __future__ import annotations

from unitledger import Figure, Ledger, maximum, minimum, round_down, total, when
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio

AS_OF = "2024-07-01"

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

    Documents 000 and 002. Headline: `response_time` [s] of an answer.
    """
    book = answer_speed("Speed and steadiness of model services")
    own = catalog.assumed("service_metrics")

    # The plan of a day of samples, and a made-up day: usual samples, some slow ones and the slowest.
    book.section("Day of samples", source="document 000, stability", minimum=0)
    interval = book.assume("sample_interval", "60 s/sample", "Time between samples", above=0)
    duration = book.assume("sample_duration", "24 h", "Time that is sampled", above=0)
    threshold = book.assume("threshold", "500 ms", "First token counts as slow above")
    share = book.assume("fraction_above", own["fraction_above"], "Printed share of slow samples", maximum=1)
    usual = book.assume("usual_time", own["usual_time"], "Usual sample")
    made_up = "assumed: the raw samples are an image, a day that matches the printed statistics"
    slow = book.assume("slow_time", "800 ms", "Slow sample", source=made_up)
    slowest = book.assume("max_time", "3200 ms", "Slowest sample")
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
    # The median is the least time that at least half of the samples do not exceed.
    longest, medians = maximum(usual, slow, slowest), []
    for time, _ in day:
        within = total(*(when(other <= time, count, 0) for other, count in day))
        medians.append(when(within >= samples - within, time, longest))
    book.line("median_time", minimum(*medians), "ms", "Median sample")

    book.section("Utilisation of training runs", above=0, maximum=1)
    new = book.assume("new_utilisation", reached("palm"), "Newer run (PaLM)")
    old = book.assume("old_utilisation", reached("gpt_3"), "Older run (GPT-3)")
    book.line("utilisation_gain", new / old, "x", "Gain in utilisation")
    return book


def answer_speed(title: str = "Speed of model services") -> Ledger:
    """Return the ledger of one answer: inputs of a service, and `response_time` [s] and `reading_rate` [word/min].

    Options: the services of the speed table.
    """
    services = {
        name: [Figure(given, "document 000, speed table", AS_OF, note=f"{provider}; date assumed") for given in figures]
        for name, (provider, *figures) in SERVICES.items()
    }
    (base, (first_time, rate)), *others = services.items()
    book = Ledger(
        title,
        option=base,
        description=_service(base),
        alternatives=False,
        purpose=__doc__,
        as_of=AS_OF,
        owner="infrastructure",
        excludes=["reading a long prompt", "waiting for a free place", "network of the user"],
    )
    own = catalog.assumed("service_metrics")
    book.section("Service")
    first_token_time = book.assume("first_token_time", first_time, "Request to first token", minimum=0)
    token_rate = book.assume("token_rate", rate, "Rate of later tokens", above=0)

    book.section("Answer", above=0)
    output_tokens = book.assume("output_tokens", own["output_tokens"], "Tokens of an answer", minimum="1 token")
    word_ratio = book.assume("word_ratio", own["word_ratio"], "Words in a thousand tokens")
    reading_speed = book.assume("reading_speed", own["reading_speed"], "Words that a person reads in a minute")
    book.section("Time of an answer")
    one = book.one("token", "first_token", "First token")
    generation = book.line("generation_time", (output_tokens - one) / token_rate, "s", "Time after the first token")
    response = book.total("response_time", [first_token_time, generation], "s", "Time until an answer is complete")
    reading_rate = book.line("reading_rate", token_rate * word_ratio, "word/min", "Words that arrive in a minute")
    lead = book.line("reading_lead", reading_rate / reading_speed, "x", "Arrival over reading")
    book.alert(lead < 1, "Words arrive more slowly than people read.")
    book.headline(response, better="lower", beside=[generation, reading_rate, lead])
    for name, (first_time, rate) in others:
        book.option(name, {"first_token_time": first_time, "token_rate": rate}, description=_service(name))
    return book


def _service(name: str) -> str:
    provider, *_ = SERVICES[name]
    return f"{name} as {provider} serves it."


def reached(run: str) -> Figure:
    """Return the utilisation that the catalog gives for a training run, as a ratio."""
    return as_ratio(catalog.model(run)["utilisation"])
