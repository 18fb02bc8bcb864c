"""What a training run takes in card hours, days, energy, emissions and money, failures and checkpoints counted."""

from __future__ import annotations

from unitledger import Figure, Ledger, when
from unitledger.templates import catalog
from unitledger.templates._card import agreed_rent, choose_card
from unitledger.templates._formulas import card_time, over
from unitledger.templates._goodput import checkpointing
from unitledger.templates._optimal import compute_optimal
from unitledger.templates.model_architecture import model_work

HERD = "(ext) The Llama 3 Herd of Models"
CARD = "(ext) meta-llama/llama-models, card of Llama 3.1, commit a9c89c4"
V2 = "(ext) DeepSeek-V2 paper"
UNKNOWN = "assumed: none published"

RUNS = {
    "llama_3_1_70b": "Llama-3.1-70B on the same cards.",
    "llama_3_1_8b": "Llama-3.1-8B on the same cards.",
    "qwen_3_235b_a22b": "Qwen3-235B-A22B, 8 of 128 experts a token, on the same cards.",
    "deepseek_v3": "DeepSeek-V3, 8 of 256 experts a token, by its published hours on 2,048 H800.",
}
"""Options beside the first: runs whose tokens are published."""


def training_programme() -> Ledger:
    """Card hours, duration, energy, emissions and cost of a training run, with failures, and the size its work is for.

    Model and card are chosen by name from the catalog, or given as one's own; of experts those count that a token
    uses. Headline: `cost` [USD].
    """
    book = Ledger(
        "Training a language model",
        option="llama_3_1_405b",
        description="Llama-3.1-405B on 16,384 H100.",
        alternatives=False,
        purpose=__doc__,
        as_of="2026-11-21",
        stale_after="1 year",
        owner="finance",
        excludes=["experiments and runs given up", "time of planned stops", "data", "staff"],
    )
    run = catalog.model("llama_3_1_405b")
    with book.section("Run", source=HERD, as_of="2024-07-01", above=0):
        tokens = book.assume("tokens", run["training_tokens"], "Training tokens", minimum="1 token")
        sequence = book.assume("sequence", "8192 token/sequence", "Tokens of a training sequence", whole=True)
        stated = book.assume(
            "stated_parameters",
            "0 parameter",
            "Parameters that a token uses; 0: as counted",
            source="asked here",
            minimum=0,
        )
        attention = book.choice("attention_counted", ("counted", "left out"), "Work of attention", source="asked here")
        again = book.assume(
            "recomputed", "0 ratio", "Share of the forward pass done twice", source=UNKNOWN, minimum=0, maximum=1
        )
        cards = book.assume("cards", "16384 gpu", "Cards", minimum="1 gpu", whole=True)
        used = book.assume(
            "utilisation",
            "0.4 ratio",
            "Used share of the dense 16-bit rate",
            low=0.3,
            high=0.5,
            note="printed as 0.38 to 0.43; the range is wider",
            maximum=1,
        )
    with book.section("Pipeline", source=HERD, as_of="2024-07-01", minimum=1):
        stages = book.assume("stages", "16 stage", "Stages", whole=True)
        batches = book.assume("micro_batches", "16 microbatch/step", "Micro-batches of a step", whole=True)
        chunks = book.assume("interleave", "1 ratio", "Groups of layers on a stage", source=UNKNOWN, whole=True)
    of_card = choose_card(book, "rate_bf16", "card_power", "listed_rent", "rent_age")
    rent = agreed_rent(book, of_card)
    with book.section("Published of the run; 0: nothing", source=CARD, as_of="2024-07-01", minimum=0):
        hours_of = book.choice("hours", ("worked out", "published"), "Card hours that are counted", source="asked here")
        printed = book.assume("published_hours", run["gpu_time"], "Card hours, published")
        emitted = book.assume("published_emissions", run["emissions"], "Emissions, published")
        metered = book.assume("measured_energy", "0 MWh", "Energy, measured", source=UNKNOWN)
        dense = book.assume(
            "dense_hours", "300.6e3 gpu h/Ttoken", "Card hours of a dense model, for comparison", source=V2, above=0
        )
    with book.section("Energy and emissions", source=CARD, as_of="2024-07-01", minimum=0):
        beside = book.assume(
            "draw_factor", "1 ratio", "Draw over that of the card alone", high=1.6, note="high: a host"
        )
        pue = book.assume("pue", "1 ratio", "Facility over IT energy (PUE)", minimum=1, high=1.3)
        grid = book.assume(
            "intensity",
            "0.414 kgCO2e/kWh",
            "Emissions of the energy",
            low="0.05 kgCO2e/kWh",
            high="0.6 kgCO2e/kWh",
            note="worked back from the published emissions, PUE included; range is assumed",
        )
        water_use = book.assume(
            "water_intensity", "1.29 L/kWh", "Water for the energy", source="assumed: as where OLMo 2 7B was trained"
        )
        tariff = book.assume(
            "tariff", "0.08 USD/kWh", "Electricity price", source="assumed: a large customer", as_of="2026-11-21"
        )

    counted = "llama_3_1_405b"
    model = book.include(model_work(counted), option=counted, given={"context": sequence})
    book.section("Work of the run")
    passes = book.constant("passes", "3 ratio", "Passes: forward once, backward twice", source="counted: as 6 for 2")
    active = book.line(
        "trained_parameters",
        when(stated > 0, stated, model["active_parameters"]),
        "parameter",
        "Parameters that training counts",
    )
    seen = attention.select({"counted": model["prefill_attention"] / sequence, "left out": 0})
    forward = book.line(
        "forward_work", model["work_per_parameter"] * active + seen, "GFLOP/token", "Work of a token, forward"
    )
    work = book.line("work", passes * forward * tokens, "ZFLOP", "Work of the run")
    done = book.line("work_done", (passes + again) * forward * tokens, "ZFLOP", "With what is done twice")

    book.section("Pipeline")
    each = book.one("microbatch/(step stage)", "each_stage", "A micro-batch for each stage")
    waiting = each * (stages - book.one("stage", "one_stage", "One stage")) / (chunks * batches)
    bubble = book.line("bubble", waiting, "ratio", "Time that stages wait, over time at work")
    book.line("busy_use", used * (1 + bubble), "%", "Used share while no stage waits", maximum="100 %")

    book.section("Time")
    rate = of_card["rate_bf16"]
    busy = book.line("busy_hours", card_time(done, rate, used), "gpu h", "Card hours without failures")
    book.line("busy_time", busy / cards, "day", "Duration without failures")
    book.include(checkpointing(), given={"cards": cards})
    goodput = book.lines["goodput"]
    book.section("Card hours")
    worked = book.line("worked_hours", over(busy, goodput), "gpu h", "Card hours with failures")
    hours = book.line(
        "card_hours", hours_of.select({"worked out": worked, "published": printed}), "gpu h", "Card hours"
    )
    duration = book.line("duration", hours / cards, "day", "Duration")
    reached = book.line("mfu", over(work, hours * rate), "%", "Used share over all hours", maximum="100 %")
    book.line("hfu", over(done, hours * rate), "%", "The same with what is done twice", maximum="100 %")
    per_token = book.line("hours_per_token", hours / tokens, "gpu h/Ttoken", "Card hours for a trillion tokens")
    book.line("hours_reduction", 1 - per_token / dense, "%", "Fewer than the dense model's")
    book.alert(goodput <= 0, "Failures and checkpoints take all the time: the run does not end.", refused=True)
    book.alert(hours <= 0, "No card hours are published of this run: set hours to 'worked out'.", refused=True)

    book.section("Energy, emissions and water")
    draw = of_card["card_power"] * beside
    energy = book.line("it_energy", when(metered > 0, metered, hours * draw), "MWh", "Energy of the cards")
    book.line("mean_power", over(energy, hours), "W/gpu", "Mean draw of a card")
    site = book.line("site_energy", energy * pue, "MWh", "Energy of the site")
    emissions = book.line("emissions", site * grid, "tCO2e", "Emissions")
    book.line(
        "implied_intensity",
        over(emitted, printed * draw * pue),
        "kgCO2e/kWh",
        "Emissions of the energy behind the published ones; 0: none published",
    )
    book.line("water", site * water_use, "L", "Water")
    book.alert(
        energy <= 0, "The sources give no draw of this card: set measured_energy, or the card 'own'.", refused=True
    )

    book.section("Cost")
    cost = book.line("cost", hours * rent, "USD", "Rent of the cards")
    per_million = book.line("token_cost", cost / tokens, "USD/Mtoken", "Cost of a training token")
    book.line("energy_cost", site * tariff, "USD", "Energy, where the cards are one's own")
    book.include(compute_optimal(), given={"work": work, "trained": active, "trained_tokens": tokens})
    book.headline(cost, better="lower", beside=[hours, duration, reached, goodput, energy, emissions, per_million])
    _add_runs(book)
    return book


def _add_runs(book: Ledger) -> None:
    """Append the runs of RUNS, each with what is published of it."""
    nothing = {"gpu_time": Figure("0 gpu h", UNKNOWN), "emissions": Figure("0 tCO2e", UNKNOWN)}
    for name, said in RUNS.items():
        figures = catalog.model(name)
        given = {field: figures[field] if field in figures.fields else none for field, none in nothing.items()}
        settings: dict[str, str | Figure] = {
            "model": name,
            "tokens": figures["training_tokens"],
            "published_hours": given["gpu_time"],
            "published_emissions": given["emissions"],
        }
        if name == "deepseek_v3":
            settings |= {
                "hours": "published",
                "cards": figures["cards"],
                "card": Figure("h100_sxm", "assumed: an H800 computes as fast; its links are slower"),
            }
        book.option(name, settings, description=said, source="asked here")
