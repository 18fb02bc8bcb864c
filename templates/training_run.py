"""What a pretraining run costs, rented and on own cards, how long it takes, and what memory it needs."""

from __future__ import annotations

from unitledger import CapexAmortization, Figure, Ledger, all_of
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio, per_one
from unitledger.templates._formulas import card_time, cards_for, work_of
from unitledger.templates.cloud_token_cost import model_size
from unitledger.templates.machine_hour import compute_hour
from unitledger.templates.service_comparison import training_pace

TABLE = "document 002, training table"
RENTED = "document 003, pretraining"
OWNED = "document 000, cost of a training run"
RECOVERED = "assumed: the document's table is a lost image and only price over life follows, 1,549 USD a year"


def training_run() -> Ledger:
    """Cost, time and memory of a pretraining run, rented or on own cards, for four language models.

    Documents 000, 002 and 003. Headline: `cost` [USD]. Every option shows both ways of paying
    side by side: `rented_cost` and `owned_cost`.
    """
    book = Ledger(
        "Training a language model: rent or own",
        option="gpt3",
        description="GPT-3 on rented TPU v4.",
        alternatives=False,
        purpose=__doc__,
        decision="Whether to rent the cards of the run or to own them.",
        as_of="2023-01-01",
        owner="finance",
        stale_after="3 year",
        excludes=[
            "failed and repeated runs",
            "experiments before the run",
            "data",
            "hours in which own cards stand idle after the run",
            "memory of activations",
            "attention work beyond the parameters",
            "routing: every expert counts as active",
        ],
    )
    own = catalog.assumed("training_run")
    gpt_3, gpt_4, turbo, palm = (catalog.model(name) for name in ("gpt_3", "gpt_4", "gpt_4_turbo", "palm"))
    a100, h100_nvl, h100_sxm = (catalog.accelerator(name) for name in ("a100", "h100_nvl", "h100_sxm"))
    rents = catalog.price("cloud_rent")
    parameters = book.include(model_size())["computed_parameters"]

    book.section("Run", source=TABLE)
    tokens = book.assume("tokens", gpt_3["training_tokens", "published"], "Training tokens", minimum="1 token")
    per_token = book.assume(
        "work_per_parameter_token", own["work_per_parameter_token"], "Work per parameter and token", above=0
    )
    fleet = book.assume("fleet", palm["cards"], "Cards that train at the same time", minimum="1 gpu", whole=True)

    book.section("Rented machine", source=TABLE, above=0)
    cards = book.assume("processors", "4 gpu/machine", "Cards in a rented machine", minimum="1 gpu/machine", whole=True)
    tpu_rate = catalog.accelerator("tpu_v4")["compute_bf16_fp32_dense"]
    peak = book.assume("peak_rate", tpu_rate, "Peak rate of a rented card")
    used = book.assume(
        "utilisation",
        as_ratio(palm["utilisation"]),
        "Used share of the peak, rented",
        low=gpt_3["utilisation"].quantity,
        high="0.5 ratio",
        note="that of PaLM; low is that of GPT-3, high that of document 000; date assumed",
        maximum=1,
    )
    rent = book.assume("machine_rent", rents["four_tpu_v4"], "Rent of a machine", minimum=0)

    book.section("Payment", above=0)
    paying = book.choice(
        "paying",
        ("rent", "own"),
        "Way of paying",
        source=TABLE,
        note="own: H100 at their share of a machine's price and energy",
    )
    discount = book.assume("discount_factor", own["discount_factor"], "Price paid, share of list price", maximum=1)
    exchange_rate = book.assume("exchange_rate", catalog.price("exchange_rate")["cny_per_usd"], "Exchange rate")
    half_used = Figure("0.5 ratio", OWNED, "2024-07-01")
    own_cards = {"compute": h100_nvl["compute_fp16_fp32_dense"], "utilisation": half_used}
    h100 = book.include(compute_hour().with_settings({"tf32": own_cards}), "h100", label="H100")

    book.section("Memory", above=0)
    per_parameter = book.assume("bytes_per_parameter", own["bytes_per_parameter"], "Memory per parameter")
    card_memory = book.assume("card_memory", h100_sxm["memory"], "Memory of an H100")
    book.section("Work")
    work = book.line("work", work_of(per_token, parameters, tokens), "ZFLOP", "Work of the run")

    book.section("Rented")
    rate = book.line("machine_rate", cards * peak * used, "TFLOP/s/machine", "Used rate of a rented machine")
    machine_time = book.line("machine_time", work / rate, "machine h", "Rented machine hours")
    rented = book.line("rented_cost", machine_time * rent, "USD", "Cost, rented")

    book.section("On own cards")
    own_time = book.line("card_time", card_time(work, h100["compute"], h100["utilisation"]), "gpu h", "Own card hours")
    owned = book.line("owned_cost", own_time * h100["total_per_card"], "USD", "Cost on own H100")
    same_rented = book.line("rented_h100_cost", own_time * h100["rent_per_card"], "USD", "Cost on rented H100")

    book.section("Chosen way of paying")
    cost = book.line("cost", paying.select(rent=rented, own=owned), "USD", "Cost of the run")
    book.line("rent_to_own", rented / owned, "x", "Rented over owned")
    token_cost = book.line("token_cost", cost / tokens, "USD/ktoken", "Cost per training token")
    paid_time = paying.select(rent=machine_time * cards, own=own_time)
    duration = book.line("duration", paid_time / fleet, "day", "Duration on the fleet")
    discounted = book.line("discounted_cost", cost * discount, "USD", "Cost at the negotiated price")
    book.line("local_cost", discounted * exchange_rate, "CNY", "The same in local currency")

    book.section("Memory of the run")
    memory = book.line("memory", parameters * per_parameter, "GB", "Memory that training needs")
    least = book.line("cards_for_memory", cards_for(memory, card_memory), "gpu", "Cards whose memory holds it")
    book.alert(least > fleet, "The fleet has fewer cards than hold the run's memory: set fleet.", refused=True)
    book.alert(
        all_of(paying.is_("rent"), used >= 1),
        "Rented cards are taken to work at their peak rate all the time: the cost is a lower bound.",
    )
    book.headline(cost, better="lower", beside=[rented, owned, same_rented, token_cost, duration, least])

    book.section("Against the run of GPT-3 in document 003")
    usd = book.constant("printed_usd", own["printed_usd"], "GPT-3 as document 003 prints it")
    cny = book.constant("printed_cny", own["printed_cny"], "GPT-3 at half price as document 003 prints it")
    its_size = book.assume("reference_parameters", gpt_3["parameters"], "Reference: parameters", minimum="1 parameter")
    its_tokens = book.assume(
        "reference_tokens", gpt_3["training_tokens", "document_003"], "Reference: tokens", minimum="1 token"
    )
    times = parameters * tokens / (its_size * its_tokens)
    book.line("cost_ratio", times, "x", "Parameters times tokens, as multiple")
    book.line(
        "implied_exchange_rate",
        cny / (usd * discount),
        "CNY/USD",
        "Exchange rate behind the printed amounts",
        note="The document states none.",
    )
    book.include(past_run())

    for name, called in (("gopher", "Gopher"), ("mt_nlg", "MT-NLG"), ("palm", "PaLM")):
        model = catalog.model(name)
        size = {"parameters": model["parameters"], "tokens": model["training_tokens"]}
        book.option(name, size, description=f"{called} on rented TPU v4.")
    said = "GPT-3 on H100 of one's own."
    book.option("gpt3_owned", {"paying": "own"}, description=said, source=OWNED, as_of="2024-07-01")
    # Document 003 rents card by card, at the peak rate.
    singly = {
        "processors": Figure("1 gpu/machine", note="rented singly"),
        "peak_rate": a100["compute_fp16_fp32_dense"],
        "utilisation": Figure("1 ratio", high="1 ratio", note="the document divides by the peak rate"),
        "machine_rent": per_one(rents["a100", "three_year"], "machine/gpu", "USD/machine/h"),
    }
    runs = {
        "gpt3_rented": {"tokens": gpt_3["training_tokens", "document_003"]},
        "gpt4_rented": {"parameters": gpt_4["parameters"], "tokens": gpt_4["training_tokens"]},
        "gpt4_turbo_rented": {"architecture": Figure("experts"), "tokens": turbo["training_tokens"]},
    }
    for (name, run), called in zip(runs.items(), ("GPT-3", "GPT-4", "GPT-4 Turbo"), strict=True):
        said = f"{called} on A100 rented singly, at their peak rate."
        book.option(name, {**run, **singly}, description=said, source=RENTED, as_of="2023-11-01")
    return book


def past_run() -> Ledger:
    """Return the ledger of GPT-3's run on V100: its bill, the bill on H100 by their gains, and its used peak rate.

    Document 002. Lines `energy_cost`, `past_total`, `new_total` [USD], `reduction` and `achieved_utilisation` [%],
    `past.elapsed_time` [day].
    """
    book = Ledger("Training run of GPT-3 on V100", option="gpt3", as_of="2023-01-01", owner="finance")
    own, gpt_3 = catalog.assumed("training_run"), catalog.model("gpt_3")
    run = book.include(training_pace("gpt_3", "v100", "compute_fp16_fp32_dense"), "past", label="Past run")

    book.section("Bill of GPT-3 on V100", source=RECOVERED, minimum=0)
    time = book.assume("run_time", gpt_3["run_time"], "Past run: duration", above=0)
    hardware = book.assume("hardware_cost", gpt_3["hardware_cost"], "Past run: share of the cards' price")
    energy = book.assume("energy", gpt_3["energy"], "Past run: energy")
    rate = catalog.price("electricity")["tariff", "document_002"]
    tariff = book.assume("tariff", rate, "Past run: electricity price")
    card_price = book.assume("card_price", "9294 USD/gpu", "Price of a V100")
    life = book.assume("life", "6 year", "Life of a V100", above=0)

    book.section("H100 over V100", source="document 002, cost on own machines", above=0)
    hardware_gain = book.assume("hardware_gain", own["hardware_gain"], "Gain in arithmetic per money")
    energy_gain = book.assume("energy_gain", own["energy_gain"], "Gain in arithmetic per power")
    book.section("Bill of the past run")
    energy_cost = book.line("energy_cost", energy * tariff, "USD", "Past run: energy cost")
    past = book.total("past_total", [hardware, energy_cost], "USD", "Past run: total")
    nothing_left = Figure("0 ratio", RECOVERED, note="nothing is left")
    depreciation = CapexAmortization(price=card_price, life=life, residual=nothing_left)
    hour = book.add(depreciation, "v100_hour", label="Depreciation of a V100")
    card_run = run["cards"] * time
    book.line("computed_hardware_cost", hour * card_run, "USD", "Past run: share by price and life", note="A check.")
    book.line("mean_power", energy / card_run, "W/gpu", "Past run: mean draw of a card")

    book.section("The same run on H100")
    new_hardware = book.line("new_hardware_cost", hardware / hardware_gain, "USD", "On H100: share of price")
    new_energy = book.line("new_energy_cost", energy_cost / energy_gain, "USD", "On H100: energy cost")
    new = book.total("new_total", [new_hardware, new_energy], "USD", "On H100: total")
    book.line("reduction", 1 - new / past, "%", "Saved by the newer cards")

    # What the run's duration says of its used rate; past.elapsed_time is what its printed rate says of the duration.
    book.section("Used rate of the past run")
    book.line(
        "achieved_utilisation",
        run["work"] / (run["cards"] * run["compute"] * time),
        "%",
        "Past run: used share by its duration",
        note="Below the printed share: the document's two figures do not go together.",
        maximum="100 %",
    )
    return book
