"""What a processed token costs by the size of the language model, the rate of a card and the price of its hour."""

from __future__ import annotations

import attrs

from unitledger.expression import minimum
from unitledger.ledger import Ledger
from unitledger.lines import CostPerToken, GrossMargin
from unitledger.model import Choice, Figure
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio
from unitledger.templates.machine_hour import card_hour

AS_OF = "2023-01-01"
SERVING = "document 002, serving cost"
EXAMPLE = "document 003, inference example"
OWN = "document 000, cost of inference"
ILLUSTRATION = "assumed: document 003 names the lever without a figure"

EXCLUDED = (
    "reading weights from memory",
    "prompt tokens as against output tokens",
    "key/value cache",
    "routing: every expert counts as active",
)


def model_size(title: str = "Size of a language model") -> Ledger:
    """Return the ledger of a language model's size: dense, or experts of equal size that all count.

    Inputs `parameters`, `experts`, `parameters_per_expert`; line `computed_parameters` [parameter].
    """
    turbo = catalog.model("gpt_4_turbo")
    book = Ledger(title, option="gpt3", as_of=AS_OF, owner="finance")
    book.section("Language model")
    architecture = book.choice("architecture", ("dense", "experts"), "How parameters are counted", source=SERVING)
    parameters = book.assume(
        "parameters", catalog.model("gpt_3").figure("parameters"), "Parameters of a dense model", minimum="1 parameter"
    )
    experts = book.assume("experts", turbo.figure("experts"), "Experts, where there are any", above=0, whole=True)
    each = book.assume(
        "parameters_per_expert", turbo.figure("parameters_per_expert"), "Parameters of an expert", above=0
    )
    book.line(
        "computed_parameters",
        architecture.select(dense=parameters, experts=experts * each),
        "parameter",
        "Parameters that count",
    )
    return book


def cloud_token_cost() -> Ledger:
    """Cost of processed tokens on rented and on owned cards, and the margin that an API price leaves over it.

    Documents 000, 002 and 003. Headline: `token_cost` [USD/ktoken]. Options: GPT-3 on rented A100, rented TPU v4, owned
    and rented H100, and GPT-4 Turbo on a rented card. Below stand the levers of serving, right and as printed.
    """
    book = Ledger(
        "Cost of a processed token",
        option="a100",
        as_of=AS_OF,
        owner="finance",
        stale_after="3 year",
        excludes=EXCLUDED,
    )
    book.one("gpu", "single_card", "One card")
    book.include(model_size())
    _assume_cards(book)
    book.include(card_hour(), "h100", label="H100")
    _assume_levers(book)
    _add_token_cost(book)
    _add_levers(book)
    _add_printed_levers(book)
    _add_printed_value(book)
    _add_options(book)
    return book


def _assume_cards(book: Ledger) -> None:
    card, rents = catalog.accelerator("a100"), catalog.price("cloud_rent")
    book.section("Work and cards")
    book.assume(
        "work_per_parameter_token",
        "2 FLOP/(token parameter)",
        "Work per parameter and token",
        source=SERVING,
        note="multiply and add; encoder-decoder models need half",
        above=0,
    )
    book.assume(
        "processors", "8 gpu/machine", "Cards in a machine", source=SERVING, minimum="1 gpu/machine", whole=True
    )
    book.assume("peak_rate", card.figure("compute_fp16_fp32_dense"), "Peak rate of a card", above=0)
    book.assume(
        "card_rate",
        attrs.evolve(card.figure("example_rate"), high=card.figure("compute_fp16_fp32_dense").quantity),
        "Peak rate of a card rented singly",
        note="document 003 itself has 312 among its constants",
        above=0,
    )
    book.assume(
        "utilisation",
        as_ratio(catalog.model("gpt_3").figure("utilisation")),
        "Used share of the peak rate",
        above=0,
        maximum=1,
    )
    book.section("Prices")
    book.choice(
        "paying",
        ("machine rent", "card rent", "rented H100", "own H100"),
        "What a card's hour is paid by",
        source=SERVING,
        note="H100 at the rent and the own cost of the hour included below",
    )
    book.assume("machine_rent", rents.figure("eight_a100"), "Rent of a machine", minimum=0)
    book.assume(
        "card_rent",
        attrs.evolve(rents.figure("a100", "inference_example"), low=rents.figure("a100", "three_year").quantity),
        "Rent of a card rented singly",
        note="low is the three-year term among the document's constants; date assumed",
        above=0,
    )
    book.assume("api_token_price", catalog.price("api_token").figure("davinci"), "List price", above=0)


def _assume_levers(book: Ledger) -> None:
    book.section("Levers of serving")
    book.assume("batch", "8 request", "Requests at once", source=ILLUSTRATION, minimum="1 request")
    book.assume("cards", "4 gpu", "Cards that share the work", source=ILLUSTRATION, minimum="1 gpu", whole=True)
    book.assume("optimisation", "0.3 ratio", "Share of work saved", source=ILLUSTRATION, minimum=0, maximum=1)
    book.assume(
        "utilisation_batch_1",
        "0.05 1/request",
        "Used share of the peak, per request",
        source="assumed: one request leaves a card nearly idle",
        above=0,
        maximum=1,
    )
    book.assume(
        "utilisation_limit",
        "0.5 ratio",
        "Most of the peak that a batch can use",
        source="assumed: what document 000 takes for inference",
        above=0,
        maximum=1,
    )
    book.assume(
        "scaling_efficiency",
        "1 ratio",
        "Efficiency of several cards",
        source="assumed: ideal scaling, the kindest case for the printed lever",
        low="0.7 ratio",
        note="low is assumed",
        above=0,
        maximum=1,
    )


def _add_token_cost(book: Ledger) -> None:
    paying, processors = book.input("paying"), book["processors"]
    assert isinstance(paying, Choice)
    book.section("Hour and rate of a card")
    hour = book.line(
        "hour_cost",
        paying.select(
            {
                "machine rent": book["machine_rent"] / processors,
                "card rent": book["card_rent"],
                "rented H100": book["h100.rent_per_card"],
                "own H100": book["h100.total_per_card"],
            }
        ),
        "USD/gpu/h",
        "Hour of a card as it is paid",
    )
    peak = book.line(
        "card_peak",
        paying.select({**dict.fromkeys(paying.words, book["peak_rate"]), "card rent": book["card_rate"]}),
        "TFLOP/s/gpu",
        "Peak rate of that card",
    )
    machine_rate = book.line(
        "machine_rate", processors * peak * book["utilisation"], "TFLOP/s/machine", "Used rate of a machine"
    )

    book.section("Token cost")
    work = book.line(
        "token_work", book["computed_parameters"] * book["work_per_parameter_token"], "GFLOP/token", "Work for a token"
    )
    rate = book.line("token_rate", machine_rate / work, "token/s/machine", "Tokens by the second")
    cost = book.add(CostPerToken(hour_cost=hour * processors, throughput=rate), "token_cost", "USD/ktoken")
    share = book.line("cost_to_price", cost / book["api_token_price"], "%", "Cost as a share of list price")
    margin = book.add(GrossMargin(unit_cost=cost, price=book["api_token_price"]), "gross_margin")
    book.alert(cost > book["api_token_price"], "A token costs more than its list price.")
    book.alert(book["utilisation"] >= 1, "Cards are taken to work at their peak rate all the time: a lower bound.")
    book.headline(cost, better="lower", beside=[rate, hour, share, margin])


def _add_levers(book: Ledger) -> None:
    """Append what batch, cards and saved work do: a batch raises the used share, cards save time and not money."""
    book.section("Levers, as they work")
    full = book.line(
        "cost_at_full_rate",
        book["hour_cost"] * book["token_work"] / book["card_peak"],
        "USD/ktoken",
        "Token cost at the peak rate",
    )
    use = book.line(
        "use",
        minimum(book["utilisation_batch_1"] * book["batch"], book["utilisation_limit"]),
        "%",
        "Used share of the peak at this batch",
    )
    batch_cost = book.line("batch_cost", full / use, "USD/ktoken", "Token cost at this batch")
    parallel = book.line(
        "parallel_cost",
        batch_cost / book["scaling_efficiency"],
        "USD/ktoken",
        "Token cost on several cards",
        note="Every card is paid: at ideal scaling the cost stays.",
    )
    book.line(
        "parallel_time",
        book["single_card"] / (book["cards"] * book["scaling_efficiency"]),
        "%",
        "Time on several cards, of one card's",
        maximum="100 %",
    )
    book.line("optimised_cost", parallel * (1 - book["optimisation"]), "USD/ktoken", "Token cost with less work")


def _add_printed_levers(book: Ledger) -> None:
    """Append the levers as document 003 has them; their units say what the quotients are."""
    book.section("Levers, as document 003 prints them")
    book.line(
        "printed_batch_cost",
        book["token_cost"] / book["batch"],
        "USD/ktoken/request",
        "Printed: cost by batch",
        note="A share per request, not a token cost: a batch leaves the work per token as it is.",
    )
    parallel = book.line(
        "printed_parallel_cost",
        book["token_cost"] / book["cards"],
        "USD/ktoken/gpu",
        "Printed: cost by cards",
        note="What falls on one card; the bill is for all of them.",
    )
    book.line(
        "printed_optimised_cost",
        parallel * (1 - book["optimisation"]),
        "USD/ktoken/gpu",
        "Printed: cost by cards with less work",
    )


def _add_printed_value(book: Ledger) -> None:
    """Append the value that document 003 prints as a token cost: with the rent below the line it is none."""
    work = book.constant(
        "printed_work",
        "1 FLOP/(token parameter)",
        "Work that the printed formula counts",
        source="document 003, printed inference formula",
    )
    tokens = book.constant(
        "printed_tokens",
        "1000 token",
        "Tokens of the printed formula",
        source="document 003, printed inference formula",
    )
    book.section("Inference example as document 003 prints it")
    parameters = book.assume(
        "parameters_misread",
        catalog.model("gpt_4_turbo").figure("parameters_as_printed"),
        "Parameters as the document reads them",
        above=0,
    )
    card = book["single_card"]
    book.line(
        "printed_value",
        parameters * work * tokens / (book["card_rate"] * card * (book["card_rent"] * card)),
        "s h/USD",
        "Printed value, no cost",
        note="It falls as the rent rises, and half of the work is missing.",
    )


def _add_options(book: Ledger) -> None:
    tpu, h100 = catalog.accelerator("tpu_v4"), catalog.accelerator("h100_nvl")
    rents = catalog.price("cloud_rent")
    book.option(
        "tpu_v4",
        {
            "processors": Figure("4 gpu/machine", note="a chip counts as a gpu"),
            "peak_rate": tpu.figure("compute_bf16_fp32_dense"),
            "machine_rent": rents.figure("four_tpu_v4"),
        },
        source=SERVING,
    )
    h100_machine: dict[str, str | Figure] = {
        "peak_rate": h100.figure("compute_fp16_fp32_dense"),
        "utilisation": "0.5 ratio",
    }
    book.option("h100_owned", {**h100_machine, "paying": "own H100"}, source=OWN, as_of="2024-07-01")
    book.option("h100_rented", {**h100_machine, "paying": "rented H100"}, source=OWN, as_of="2024-07-01")
    book.option(
        "gpt4_turbo",
        {
            "architecture": "experts",
            "processors": Figure("1 gpu/machine", note="one card, rented singly"),
            "utilisation": Figure("1 ratio", note="the document divides by the peak rate"),
            "paying": "card rent",
            "api_token_price": Figure(
                "0.03 USD/ktoken", "(ext) price list of the model", low="0.01 USD/ktoken", note="output; low is prompt"
            ),
        },
        source=EXAMPLE,
        as_of="2023-11-01",
    )
