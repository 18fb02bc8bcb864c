"""Model services beside each other, and training runs beside each other: spreads, gains and times."""

from __future__ import annotations

import re

from unitledger import Ledger, maximum, minimum
from unitledger.templates import catalog
from unitledger.templates._formulas import work_of, work_time
from unitledger.templates.service_metrics import AS_OF, SERVICES, answer_speed, reached

SHARED = ("output_tokens", "word_ratio", "reading_speed")
"""Inputs that services must have in common to be compared; those of the first service hold for all."""

RUNS = {
    "gpt_3": ("v100", "compute_fp16_fp32_dense"),
    "gopher": ("tpu_v3", "compute_bf16_fp32_dense"),
    "mt_nlg": ("a100", "compute_fp16_fp32_dense"),
    "palm": ("tpu_v4", "compute_bf16_fp32_dense"),
}
"""Training runs of the catalog, the card that each ran on, and the rate of its 16-bit arithmetic."""


def service_comparison() -> Ledger:
    """How far model services lie apart in speed, and how training runs gained in utilisation.

    Documents 000 and 002. Headline: `response_spread`, the slowest answer over the fastest. The lines of a service
    or run have its name in front: `qwen2_7b.response_time`, `palm.elapsed_time`.
    """
    book = Ledger(
        "Model services and training runs compared",
        option="published",
        description="Speeds and utilisations as published.",
        alternatives=False,
        purpose=__doc__,
        as_of=AS_OF,
        owner="infrastructure",
    )
    own, (first, *others) = answer_speed(), SERVICES
    services = {first: book.include(own, prefix(first), option=first)}
    common = {name: services[first][name] for name in SHARED}
    for other in others:
        services[other] = book.include(own, prefix(other), option=other, given=common)
    used = {run: book.include(training_pace(run, *card), run)["utilisation"] for run, card in RUNS.items()}

    book.section("Spread of the services")
    for provider, short in (("SiliconFlow", "siliconflow"), ("Volcano Engine", "volcano")):
        offered = [services[name] for name, (offered_by, _, _) in SERVICES.items() if offered_by == provider]
        time, rate = ([service[name] for service in offered] for name in ("first_token_time", "token_rate"))
        book.line(f"{short}_first_token_min", minimum(*time), "ms", f"{provider}: earliest first token")
        book.line(f"{short}_first_token_max", maximum(*time), "ms", f"{provider}: latest first token")
        book.line(f"{short}_rate_min", minimum(*rate), "token/s", f"{provider}: lowest token rate")
        book.line(f"{short}_rate_max", maximum(*rate), "token/s", f"{provider}: highest token rate")
    answers = [service["response_time"] for service in services.values()]
    spread = book.line("response_spread", maximum(*answers) / minimum(*answers), "x", "Slowest answer over the fastest")
    book.line(
        "large_model_lead",
        services["Llama-3.1-405B"]["token_rate"] / services["deepseek-llm-67b"]["token_rate"],
        "x",
        "Token rate: 405B over 67B model",
        note="Above 1: cards per model, batch and precision count for more than size.",
    )

    book.section("Utilisation of a single card")
    single = book.assume("single_card_utilisation", reached("gpt_2"), "GPT-2 on one A100", above=0, maximum=1)
    book.section("Gains of the training runs")
    for run in ("gopher", "mt_nlg", "palm"):
        book.line(f"{run}_gain", used[run] / used["gpt_3"], "x", f"Utilisation: {run} over gpt_3")
    book.line(
        "cluster_share",
        used["mt_nlg"] / single,
        "%",
        "Utilisation: cluster over one card",
        note="Both on A100: what the cluster keeps of a single card's utilisation.",
        maximum="100 %",
    )
    beside = ("siliconflow_first_token_max", "siliconflow_rate_min", "large_model_lead", "palm_gain", "cluster_share")
    book.headline(spread, beside=[book.lines[name] for name in beside])
    return book


def training_pace(run: str, card: str, rate: str) -> Ledger:
    """Return the ledger of a training run of the catalog: `work` [FLOP] and `elapsed_time` [day] at its utilisation.

    `rate`: the field of the card's peak arithmetic.
    """
    shape = catalog.model(run)
    book = Ledger(f"Training run of {run}", as_of="2023-01-01", owner="infrastructure")
    own = catalog.assumed("service_comparison")
    work_per_token = book.constant("training_work", own["training_work"], "Training, per parameter, token")
    book.section("Training run", above=0)
    parameters = book.assume("parameters", shape["parameters"])
    variant = "published" if "published" in shape.variants("training_tokens") else None
    tokens = book.assume("tokens", shape["training_tokens", variant], "Tokens trained on")
    cards = book.assume("cards", shape["cards"], "Cards", whole=True)
    compute = book.assume("compute", catalog.accelerator(card)[rate], "Peak arithmetic of a card")
    utilisation = book.assume("utilisation", reached(run), "Share of the peak reached", maximum=1)
    work = book.line("work", work_of(work_per_token, parameters, tokens), "FLOP", "Work of the run")
    book.line("elapsed_time", work_time(work, cards, compute * utilisation), "day", "Time of the run")
    return book


def prefix(service: str) -> str:
    """Return what stands before the names of a service's lines: 'Qwen2-1.5B' is qwen2_1_5b."""
    return re.sub(r"[^a-z0-9]+", "_", service.casefold())
