"""What a pretraining run costs, rented and on own cards, how long it takes, and what memory it needs."""

from __future__ import annotations

import attrs

from unitledger.expression import all_of, round_up
from unitledger.ledger import Ledger
from unitledger.model import Choice, Figure, Given, Line
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio, one_card_machine
from unitledger.templates._past_run import past_run
from unitledger.templates.cloud_token_cost import model_size
from unitledger.templates.machine_hour import compute_hour

AS_OF = "2023-01-01"
TABLE = "document 002, training table"
RENTED = "document 003, pretraining"
OWNED = "document 000, cost of a training run"

EXCLUDED = (
    "failed and repeated runs",
    "experiments before the run",
    "data",
    "hours in which own cards stand idle after the run",
    "memory of activations",
    "attention work beyond the parameters",
    "routing: every expert counts as active",
)


def training_run() -> Ledger:
    """Cost, time and memory of a pretraining run, rented or on own cards, for four language models.

    Documents 000, 002 and 003. Headline: `cost` [USD]. Options: GPT-3, Gopher, MT-NLG and PaLM on rented TPU v4, GPT-3
    on own H100, and the runs that document 003 rents on A100 at half the list price. Every option shows both ways of
    paying side by side: `rented_cost` and `owned_cost`.
    """
    book = Ledger(
        "Training a language model: rent or own",
        option="gpt3",
        as_of=AS_OF,
        owner="finance",
        stale_after="3 year",
        excludes=EXCLUDED,
    )
    book.include(model_size())
    _assume_run(book)
    _assume_payment(book)
    own = compute_hour().with_settings(
        {
            "tf32": {
                "compute": catalog.accelerator("h100_nvl").figure("compute_fp16_fp32_dense"),
                "utilisation": Figure("0.5 ratio", OWNED, "2024-07-01"),
            }
        }
    )
    book.include(own, "h100", label="H100")
    _assume_memory(book)
    _add_cost(book)
    _add_checks(book)
    book.include(past_run())
    _add_models(book)
    _add_document_003(book)
    return book


def _assume_run(book: Ledger) -> None:
    palm = catalog.model("palm")
    book.section("Run")
    book.assume(
        "tokens", catalog.model("gpt_3").figure("training_tokens", "published"), "Training tokens", minimum="1 token"
    )
    book.assume(
        "work_per_parameter_token",
        "6 FLOP/(token parameter)",
        "Work per parameter and token",
        source=TABLE,
        note="forward 2, backward 4; encoder-decoder models need half",
        above=0,
    )
    book.assume("fleet", palm.figure("cards"), "Cards that train at the same time", minimum="1 gpu", whole=True)


def _assume_payment(book: Ledger) -> None:
    rents = catalog.price("cloud_rent")
    book.section("Rented machine")
    book.assume(
        "processors", "4 gpu/machine", "Cards in a rented machine", source=TABLE, minimum="1 gpu/machine", whole=True
    )
    book.assume(
        "peak_rate",
        catalog.accelerator("tpu_v4").figure("compute_bf16_fp32_dense"),
        "Peak rate of a rented card",
        above=0,
    )
    book.assume(
        "utilisation",
        attrs.evolve(
            as_ratio(catalog.model("palm").figure("utilisation")),
            low=catalog.model("gpt_3").figure("utilisation").quantity,
            high="0.5 ratio",
            note="that of PaLM; low is that of GPT-3, high that of document 000; date assumed",
        ),
        "Used share of the peak, rented",
        above=0,
        maximum=1,
    )
    book.assume("machine_rent", rents.figure("four_tpu_v4"), "Rent of a machine", minimum=0)

    book.section("Payment")
    book.choice(
        "paying",
        ("rent", "own"),
        "Way of paying",
        source=TABLE,
        note="own: H100 at their share of a machine's price and energy",
    )
    book.assume(
        "discount_factor",
        "0.5 ratio",
        "Price paid, share of list price",
        source=RENTED,
        as_of="2023-11-01",
        high="1 ratio",
        note="enters the discounted cost alone; high is assumed: no discount",
        above=0,
        maximum=1,
    )
    book.assume("exchange_rate", catalog.price("exchange_rate").figure("cny_per_usd"), "Exchange rate", above=0)


def _assume_memory(book: Ledger) -> None:
    book.section("Memory")
    book.assume(
        "bytes_per_parameter",
        "20 B/parameter",
        "Memory per parameter",
        source="document 002, memory of a training run",
        note="weights, gradients and optimiser state in mixed precision",
        above=0,
    )
    book.assume("card_memory", catalog.accelerator("h100_sxm").figure("memory"), "Memory of an H100", above=0)


def _add_cost(book: Ledger) -> None:
    paying, tokens, processors = book.input("paying"), book["tokens"], book["processors"]
    assert isinstance(paying, Choice)
    parameters = book["computed_parameters"]
    book.section("Work")
    work = book.line("work", book["work_per_parameter_token"] * parameters * tokens, "ZFLOP", "Work of the run")

    book.section("Rented")
    rate = book.line(
        "machine_rate",
        processors * book["peak_rate"] * book["utilisation"],
        "TFLOP/s/machine",
        "Used rate of a rented machine",
    )
    machine_time = book.line("machine_time", work / rate, "machine h", "Rented machine hours")
    rented = book.line("rented_cost", machine_time * book["machine_rent"], "USD", "Cost, rented")

    book.section("On own cards")
    card_time = book.line(
        "card_time", work / (book["h100.compute"] * book["h100.utilisation"]), "gpu h", "Own card hours"
    )
    owned = book.line("owned_cost", card_time * book["h100.total_per_card"], "USD", "Cost on own H100")
    same_rented = book.line("rented_h100_cost", card_time * book["h100.rent_per_card"], "USD", "Cost on rented H100")

    book.section("Chosen way of paying")
    cost = book.line("cost", paying.select(rent=rented, own=owned), "USD", "Cost of the run")
    book.line("rent_to_own", rented / owned, "x", "Rented over owned")
    token_cost = book.line("token_cost", cost / tokens, "USD/ktoken", "Cost per training token")
    paid_time = paying.select(rent=machine_time * processors, own=card_time)
    duration = book.line("duration", paid_time / book["fleet"], "day", "Duration on the fleet")
    discounted = book.line("discounted_cost", cost * book["discount_factor"], "USD", "Cost at the negotiated price")
    book.line("local_cost", discounted * book["exchange_rate"], "CNY", "The same in local currency")

    book.section("Memory of the run")
    memory = book.line("memory", parameters * book["bytes_per_parameter"], "GB", "Memory that training needs")
    least = book.line("cards_for_memory", round_up(memory / book["card_memory"]), "gpu", "Cards whose memory holds it")
    book.alert(least > book["fleet"], "The fleet has fewer cards than hold the run's memory.")
    book.alert(
        all_of(paying.is_("rent"), book["utilisation"] >= 1),
        "Rented cards are taken to work at their peak rate all the time: the cost is a lower bound.",
    )
    book.headline(cost, better="lower", beside=[rented, owned, same_rented, token_cost, duration, least])


def _add_checks(book: Ledger) -> None:
    """Append a run set against document 003's run of GPT-3, and the exchange rate that its amounts imply."""
    gpt_3 = catalog.model("gpt_3")
    usd = book.constant(
        "printed_usd",
        Figure("1050000 USD", RENTED, "2023-11-01", note="GPT-3 at list price"),
        "GPT-3 as document 003 prints it",
    )
    cny = book.constant(
        "printed_cny",
        Figure("3727500 CNY", RENTED, "2023-11-01", note="GPT-3 at half price"),
        "GPT-3 at half price as document 003 prints it",
    )
    book.section("Against the run of GPT-3 in document 003")
    parameters = book.assume(
        "reference_parameters", gpt_3.figure("parameters"), "Reference: parameters", minimum="1 parameter"
    )
    tokens = book.assume(
        "reference_tokens", gpt_3.figure("training_tokens", "document_003"), "Reference: tokens", minimum="1 token"
    )
    work: Line = book.lines["computed_parameters"]
    book.line("cost_ratio", work * book["tokens"] / (parameters * tokens), "x", "Parameters times tokens, as multiple")
    book.line(
        "implied_exchange_rate",
        cny / (usd * book["discount_factor"]),
        "CNY/USD",
        "Exchange rate behind the printed amounts",
        note="The document states none.",
    )


def _add_models(book: Ledger) -> None:
    for name in ("gopher", "mt_nlg", "palm"):
        model = catalog.model(name)
        book.option(name, {"parameters": model.figure("parameters"), "tokens": model.figure("training_tokens")})
    book.option("gpt3_owned", {"paying": "own"}, source=OWNED, as_of="2024-07-01")


def _add_document_003(book: Ledger) -> None:
    """Append the runs that document 003 rents card by card, at the peak rate."""
    gpt_3, gpt_4, turbo = (catalog.model(name) for name in ("gpt_3", "gpt_4", "gpt_4_turbo"))
    cards: dict[str, Given] = {
        "processors": Figure("1 gpu/machine", note="rented singly"),
        "peak_rate": catalog.accelerator("a100").figure("compute_fp16_fp32_dense"),
        "utilisation": Figure("1 ratio", high="1 ratio", note="the document divides by the peak rate"),
        "machine_rent": one_card_machine(catalog.price("cloud_rent").figure("a100", "three_year")),
    }
    runs: dict[str, dict[str, Given]] = {
        "gpt3_rented": {"tokens": gpt_3.figure("training_tokens", "document_003")},
        "gpt4_rented": {"parameters": gpt_4.figure("parameters"), "tokens": gpt_4.figure("training_tokens")},
        "gpt4_turbo_rented": {"architecture": "experts", "tokens": turbo.figure("training_tokens")},
    }
    for name, run in runs.items():
        book.option(name, {**run, **cards}, source=RENTED, as_of="2023-11-01")
