"""What a processed token costs by the size of the language model, the rate of a card and the price of its hour."""

from __future__ import annotations

from unitledger import Figure, GrossMargin, Ledger, minimum
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio
from unitledger.templates.machine_hour import card_hour

SERVING = "document 002, serving cost"
OWN = "document 000, cost of inference"
ILLUSTRATION = "assumed: document 003 names the lever without a figure"
PRINTED = "document 003, printed inference formula"


def model_size() -> Ledger:
    """Return the ledger of a language model's size: dense, or experts of equal size that all count.

    Inputs `parameters`, `experts`, `parameters_per_expert`; line `computed_parameters` [parameter].
    """
    gpt_3, turbo = catalog.model("gpt_3"), catalog.model("gpt_4_turbo")
    book = Ledger("Size of a language model", option="gpt3", as_of="2023-01-01", owner="finance")
    book.section("Language model", above=0)
    kind = book.choice("architecture", ("dense", "experts"), "How parameters are counted", source=SERVING)
    parameters = book.assume("parameters", gpt_3["parameters"], "Parameters of a dense model", minimum="1 parameter")
    experts = book.assume("experts", turbo["experts"], "Experts, where there are any", whole=True)
    each = book.assume("parameters_per_expert", turbo["parameters_per_expert"], "Parameters of an expert")
    counted = kind.select(dense=parameters, experts=experts * each)
    book.line("computed_parameters", counted, "parameter", "Parameters that count")
    return book


def cloud_token_cost() -> Ledger:
    """Cost of processed tokens on rented and on owned cards, and the margin that an API price leaves over it.

    Documents 000, 002 and 003. Headline: `token_cost` [USD/ktoken]. Below stand the levers of serving, right and as
    printed.
    """
    book = Ledger(
        "Cost of a processed token",
        option="a100",
        description="GPT-3 on rented A100.",
        alternatives=False,
        purpose=__doc__,
        as_of="2023-01-01",
        owner="finance",
        stale_after="3 year",
        excludes=[
            "reading weights from memory",
            "prompt tokens as against output tokens",
            "key/value cache",
            "routing: every expert counts as active",
        ],
    )
    own = catalog.assumed("cloud_token_cost")
    gpt_3, turbo = catalog.model("gpt_3"), catalog.model("gpt_4_turbo")
    a100, tpu, h100 = (catalog.accelerator(name) for name in ("a100", "tpu_v4", "h100_nvl"))
    rents = catalog.price("cloud_rent")
    one_card = book.one("gpu", "single_card", "One card")
    parameters = book.include(model_size())["computed_parameters"]

    book.section("Work and cards", source=SERVING, above=0)
    per_token = book.assume("work_per_parameter_token", own["work_per_parameter_token"], "Work per parameter and token")
    processors = book.assume("processors", "8 gpu/machine", "Cards in a machine", minimum="1 gpu/machine", whole=True)
    peak_rate = book.assume("peak_rate", a100["compute_fp16_fp32_dense"], "Peak rate of a card")
    card_rate = book.assume(
        "card_rate",
        a100["example_rate"],
        "Peak rate of a card rented singly",
        high=a100["compute_fp16_fp32_dense"].quantity,
        note="document 003 itself has 312 among its constants",
    )
    used = book.assume("utilisation", as_ratio(gpt_3["utilisation"]), "Used share of the peak rate", maximum=1)

    book.section("Prices", above=0)
    paying = book.choice(
        "paying",
        ("machine rent", "card rent", "rented H100", "own H100"),
        "What a card's hour is paid by",
        source=SERVING,
        note="H100 at the rent and the own cost of the hour included below",
    )
    machine_rent = book.assume("machine_rent", rents["eight_a100"], "Rent of a machine", minimum=0)
    card_rent = book.assume(
        "card_rent",
        rents["a100", "inference_example"],
        "Rent of a card rented singly",
        low=rents["a100", "three_year"].quantity,
        note="low is the three-year term among the document's constants; date assumed",
    )
    price = book.assume("api_token_price", catalog.price("api_token")["davinci"], "List price")
    h100_hour = book.include(card_hour(), "h100", label="H100")

    book.section("Levers of serving", source=ILLUSTRATION, above=0)
    batch = book.assume("batch", "8 request", "Requests at once", minimum="1 request")
    cards = book.assume("cards", "4 gpu", "Cards that share the work", minimum="1 gpu", whole=True)
    saved = book.assume("optimisation", "0.3 ratio", "Share of work saved", minimum=0, maximum=1)
    per_request, limit = own["utilisation_batch_1"], own["utilisation_limit"]
    used_by_one = book.assume("utilisation_batch_1", per_request, "Used share of the peak, per request", maximum=1)
    most_used = book.assume("utilisation_limit", limit, "Most of the peak that a batch can use", maximum=1)
    efficiency = book.assume("scaling_efficiency", own["scaling_efficiency"], "Efficiency of several cards", maximum=1)
    book.section("Hour and rate of a card")
    hours = {
        "machine rent": machine_rent / processors,
        "card rent": card_rent,
        "rented H100": h100_hour["rent_per_card"],
        "own H100": h100_hour["total_per_card"],
    }
    hour = book.line("hour_cost", paying.select(hours), "USD/gpu/h", "Hour of a card as it is paid")
    peaks = {**dict.fromkeys(paying.words, peak_rate), "card rent": card_rate}
    peak = book.line("card_peak", paying.select(peaks), "TFLOP/s/gpu", "Peak rate of that card")
    machine_rate = book.line("machine_rate", processors * peak * used, "TFLOP/s/machine", "Used rate of a machine")

    book.section("Token cost")
    work = book.line("token_work", parameters * per_token, "GFLOP/token", "Work for a token")
    rate = book.line("token_rate", machine_rate / work, "token/s/machine", "Tokens by the second")
    cost = book.line(
        "token_cost",
        hour * processors / rate,
        "USD/ktoken",
        note="Cost of a token: what an hour costs over the tokens that it yields.",
    )
    share = book.line("cost_to_price", cost / price, "%", "Cost as a share of list price")
    margin = book.add(GrossMargin(unit_cost=cost, price=price), "gross_margin")
    book.alert(cost > price, "A token costs more than its list price.")
    book.alert(used >= 1, "Cards are taken to work at their peak rate all the time: a lower bound.")
    book.headline(cost, better="lower", beside=[rate, hour, share, margin])

    # A batch raises the used share; cards save time and not money.
    book.section("Levers, as they work")
    full = book.line("cost_at_full_rate", hour * work / peak, "USD/ktoken", "Token cost at the peak rate")
    use = book.line("use", minimum(used_by_one * batch, most_used), "%", "Used share of the peak at this batch")
    batch_cost = book.line("batch_cost", full / use, "USD/ktoken", "Token cost at this batch")
    parallel = book.line(
        "parallel_cost",
        batch_cost / efficiency,
        "USD/ktoken",
        "Token cost on several cards",
        note="Every card is paid: at ideal scaling the cost stays.",
    )
    book.line(
        "parallel_time", one_card / (cards * efficiency), "%", "Time on several cards, of one card's", maximum="100 %"
    )
    book.line("optimised_cost", parallel * (1 - saved), "USD/ktoken", "Token cost with less work")

    book.section("Levers, as document 003 prints them")
    book.line(
        "printed_batch_cost",
        cost / batch,
        "USD/ktoken/request",
        "Printed: cost by batch",
        note="A share per request, not a token cost: a batch leaves the work per token as it is.",
    )
    shared = book.line(
        "printed_parallel_cost",
        cost / cards,
        "USD/ktoken/gpu",
        "Printed: cost by cards",
        note="What falls on one card; the bill is for all of them.",
    )
    book.line("printed_optimised_cost", shared * (1 - saved), "USD/ktoken/gpu", "Printed: cost by cards with less work")

    # Document 003 prints this value as a token cost: with the rent below the line it is none.
    book.section("Inference example as document 003 prints it", source=PRINTED)
    one_work = book.constant("printed_work", "1 FLOP/(token parameter)", "Work that the printed formula counts")
    tokens = book.constant("printed_tokens", "1000 token", "Tokens of the printed formula")
    misread = book.assume(
        "parameters_misread", turbo["parameters_as_printed"], "Parameters as the document reads them", above=0
    )
    book.line(
        "printed_value",
        misread * one_work * tokens / (card_rate * one_card * (card_rent * one_card)),
        "s h/USD",
        "Printed value, no cost",
        note="It falls as the rent rises, and half of the work is missing.",
    )

    tpu_machine = {
        "processors": Figure("4 gpu/machine", note="a chip counts as a gpu"),
        "peak_rate": tpu["compute_bf16_fp32_dense"],
        "machine_rent": rents["four_tpu_v4"],
    }
    book.option("tpu_v4", tpu_machine, description="GPT-3 on rented TPU v4, four chips a machine.", source=SERVING)
    for option, way, said in (
        ("h100_owned", "own H100", "H100 of one's own"),
        ("h100_rented", "rented H100", "rented H100"),
    ):
        h100_card = {"peak_rate": h100["compute_fp16_fp32_dense"], "utilisation": Figure("0.5 ratio")}
        called = f"GPT-3 on {said} at half the peak rate."
        book.option(option, {**h100_card, "paying": way}, description=called, source=OWN, as_of="2024-07-01")
    example = {
        "architecture": Figure("experts"),
        "processors": Figure("1 gpu/machine", note="one card, rented singly"),
        "utilisation": Figure("1 ratio", note="the document divides by the peak rate"),
        "paying": Figure("card rent"),
        "api_token_price": Figure(
            "0.03 USD/ktoken", "(ext) price list of the model", low="0.01 USD/ktoken", note="output; low is prompt"
        ),
    }
    said = "GPT-4 Turbo on an A100 rented singly, at its peak rate."
    source = "document 003, inference example"
    book.option("gpt4_turbo", example, description=said, source=source, as_of="2023-11-01")
    return book
