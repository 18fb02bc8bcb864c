"""The training run of GPT-3 on V100 cards, as document 002 accounts for it, and the same run on H100 cards."""

from __future__ import annotations

from unitledger.ledger import Ledger
from unitledger.lines import CapexAmortization
from unitledger.model import Figure, Line
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio

AS_OF = "2023-01-01"
IN_HOUSE = "document 002, cost on own machines"
RECOVERED = "assumed: the document's table is a lost image and only price over life follows, 1,549 USD a year"


def past_run() -> Ledger:
    """Return the ledger of GPT-3's run on V100: its bill, the bill on H100 by their gains, and its used peak rate.

    Lines `energy_cost`, `past_total`, `new_total` [USD], `reduction` [%], `achieved_utilisation` [%] and
    `elapsed_time` [day].
    """
    book = Ledger("Training run of GPT-3 on V100", option="gpt3", as_of=AS_OF, owner="finance")
    _assume_run(book)
    _assume_gains(book)
    _add_bills(book)
    _add_utilisation(book)
    return book


def _assume_run(book: Ledger) -> None:
    gpt_3, v100 = catalog.model("gpt_3"), catalog.accelerator("v100")
    book.section("Past run of GPT-3 on V100")
    book.assume("past_parameters", gpt_3.figure("parameters"), "Past run: parameters", minimum="1 parameter")
    book.assume("past_tokens", gpt_3.figure("training_tokens", "published"), "Past run: tokens", minimum="1 token")
    book.assume("cards", gpt_3.figure("cards"), "Past run: cards", minimum="1 gpu", whole=True)
    book.assume("run_time", gpt_3.figure("run_time"), "Past run: duration", above=0)
    book.assume("v100_peak", v100.figure("compute_fp16_fp32_dense"), "Peak rate of a V100", above=0)
    book.assume(
        "past_utilisation",
        as_ratio(gpt_3.figure("utilisation")),
        "Past run: used share of the peak rate",
        above=0,
        maximum=1,
    )
    book.assume("hardware_cost", gpt_3.figure("hardware_cost"), "Past run: share of the cards' price", minimum=0)
    book.assume("energy", gpt_3.figure("energy"), "Past run: energy", minimum=0)
    book.assume(
        "tariff",
        catalog.price("electricity").figure("tariff", "document_002"),
        "Past run: electricity price",
        minimum=0,
    )
    book.assume("card_price", "9294 USD/gpu", "Price of a V100", source=RECOVERED, minimum=0)
    book.assume("life", "6 year", "Life of a V100", source=RECOVERED, above=0)


def _assume_gains(book: Ledger) -> None:
    book.section("H100 over V100")
    book.assume(
        "hardware_gain",
        "2.3 x",
        "Gain in arithmetic per money",
        source=IN_HOUSE,
        low="2.25 x",
        high="2.31 x",
        note="rounded; range is assumed: twice 1.5, and 30 over 13 GFLOP/s/USD",
        above=0,
    )
    book.assume(
        "energy_gain",
        "3.4 x",
        "Gain in arithmetic per power",
        source=IN_HOUSE,
        high="3.43 x",
        note="rounded; high is 24/7, which the document's amounts imply",
        above=0,
    )


def _add_bills(book: Ledger) -> None:
    """Append the bill of the past run, the same by the price of a card, and the bill on newer cards."""
    card_run = book["cards"] * book["run_time"]
    book.section("Bill of the past run")
    energy_cost = book.line("energy_cost", book["energy"] * book["tariff"], "USD", "Past run: energy cost")
    past = book.total("past_total", [book["hardware_cost"], energy_cost], "USD", "Past run: total")
    hour = book.add(
        CapexAmortization(
            price=book["card_price"], life=book["life"], residual=Figure("0 ratio", RECOVERED, note="nothing is left")
        ),
        "v100_hour",
        label="Depreciation of a V100",
    )
    book.line("computed_hardware_cost", hour * card_run, "USD", "Past run: share by price and life", note="A check.")
    book.line("mean_power", book["energy"] / card_run, "W/gpu", "Past run: mean draw of a card")

    book.section("The same run on H100")
    hardware = book.line(
        "new_hardware_cost", book["hardware_cost"] / book["hardware_gain"], "USD", "On H100: share of price"
    )
    energy = book.line("new_energy_cost", energy_cost / book["energy_gain"], "USD", "On H100: energy cost")
    new: Line = book.total("new_total", [hardware, energy], "USD", "On H100: total")
    book.line("reduction", 1 - new / past, "%", "Saved by the newer cards")


def _add_utilisation(book: Ledger) -> None:
    """Append what the run's own duration says of its used rate, and what its printed used rate says of the duration."""
    decoder_work = book.constant(
        "decoder_work",
        "6 FLOP/(token parameter)",
        "Training work of a decoder",
        source="counted: a multiplication and an addition each way, per parameter and token",
    )
    book.section("Used rate of the past run")
    work = book.line(
        "past_work", decoder_work * book["past_parameters"] * book["past_tokens"], "ZFLOP", "Past run: work"
    )
    peak = book["cards"] * book["v100_peak"]
    book.line(
        "achieved_utilisation",
        work / (peak * book["run_time"]),
        "%",
        "Past run: used share by its duration",
        note="Below the printed share: the document's two figures do not go together.",
        maximum="100 %",
    )
    book.line("elapsed_time", work / (peak * book["past_utilisation"]), "day", "Past run: duration by its used share")
