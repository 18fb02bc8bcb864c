"""What an accelerator card is made of and sold for, and what its generations gain in throughput per money and power."""

from __future__ import annotations

from unitledger.expression import Operand, power
from unitledger.ledger import Ledger
from unitledger.lines import GrossMargin
from unitledger.model import Figure, Given, Line
from unitledger.templates import catalog

AS_OF = "2024-07-01"
GENERATIONS = "document 002, generation table"
PROGRESS = "document 002, progress per year"

EXCLUDED = (
    "development and software",
    "test of the card",
    "the margins of those who sell it on",
    "wafer losses other than in the count of sellable dies",
)


def accelerator_card() -> Ledger:
    """Parts cost, price and markup of an accelerator card, and yearly growth of throughput per money and power.

    Documents 000 and 002. Headline: `compute_per_money` [GFLOP/s/USD]. Options: card generations against the one
    before, and H100 against V100; the parts are those of an H100 in each.
    """
    book = Ledger(
        "Accelerator cards: parts, price and generations",
        option="h100",
        as_of=AS_OF,
        owner="infrastructure",
        stale_after="3 year",
        excludes=EXCLUDED,
    )
    _assume_parts(book)
    _assume_data_sheet(book)
    _assume_generations(book)
    _add_parts(book)
    _add_data_sheet(book)
    _add_growth(book)
    _add_generations(book)
    return book


def _assume_parts(book: Ledger) -> None:
    card, parts = catalog.accelerator("h100_sxm"), catalog.price("silicon")
    book.section("Parts of an H100")
    book.assume("wafer_price", parts.figure("wafer", "document_000"), "Price of a processed wafer", above=0)
    book.assume(
        "dies_per_wafer",
        parts.figure("dies_per_wafer"),
        "Sellable logic dies of a wafer",
        high=card.figure("gross_dies").quantity,
        note="high: every die that is made",
        above=0,
    )
    book.assume("memory_size", card.figure("memory"), "Stacked memory", minimum=0)
    book.assume("memory_price", parts.figure("hbm", "document_000"), "Price of stacked memory", minimum=0)
    book.assume("packaging_cost", parts.figure("h100_package"), "Joining logic and memory", minimum=0)
    book.assume("module_cost", parts.figure("h100_module"), "SXM board", minimum=0)
    book.assume(
        "sale_price",
        card.figure("price", "card_section"),
        "Price of the finished H100",
        high=card.figure("price", "list").quantity,
        note="high: the list price in document 001",
        above=0,
    )


def _assume_data_sheet(book: Ledger) -> None:
    card = catalog.accelerator("h100_sxm")
    book.section("Data sheet of the newer card")
    book.assume("compute", card.figure("compute_fp16_fp32_dense", "pre_launch"), "Peak arithmetic, dense FP16", above=0)
    book.assume("card_price", card.figure("price", "card_section"), "Price of a card", above=0)
    book.assume("power", card.figure("power"), "Draw of a card", above=0)


def _assume_generations(book: Ledger) -> None:
    old, new = catalog.accelerator("a100"), catalog.accelerator("h100_sxm")
    book.section("Generations")
    for metric, field, label in (
        ("money", "compute_per_money", "Throughput per money"),
        ("power", "compute_per_power", "Throughput per power"),
    ):
        book.assume(f"{metric}_old_value", old.figure(field), f"{label}, older card", above=0)
        book.assume(f"{metric}_new_value", new.figure(field), f"{label}, newer card", above=0)
    book.assume("old_year", old.figure("launch"), "Launch of the older card")
    book.assume("new_year", new.figure("launch"), "Launch of the newer card")
    book.assume("old_link", old.figure("link_bidirectional", "generations"), "Link, older card", above=0)
    book.assume("new_link", new.figure("link_bidirectional"), "Link, newer card", minimum=0)
    book.section("Growth as stated")
    book.assume("money_stated_gain", "1.5 ratio", "Gain per money in a generation", source=PROGRESS, above=0)
    book.assume("power_stated_gain", "1.8 ratio", "Gain per power in a generation", source=PROGRESS, above=0)
    book.assume(
        "generation_time",
        "2 year",
        "Time between generations as stated",
        source=PROGRESS,
        high="3 year",
        note="behind the printed growth per year; high: A100 to H100 by launch years",
        above=0,
    )
    book.assume("quoted_gain", "25 ratio", "Gain as quoted", source=PROGRESS, note="Huang's law", above=0)
    book.assume("quoted_time", "5 year", "Time of the quoted gain", source=PROGRESS, above=0)


def _add_parts(book: Ledger) -> None:
    die_per_card = book.one("die/gpu", "die_per_card", "Logic dies of a card")
    dies, price = book["dies_per_wafer"], book["sale_price"]
    book.section("Parts cost and price")
    die = book.line("logic_die_cost", book["wafer_price"] / dies * die_per_card, "USD/gpu", "Logic die")
    memory = book.line("memory_cost", book["memory_size"] * book["memory_price"], "USD/gpu", "Memory")
    hardware = book.total(
        "hardware_cost",
        [die, memory, book["packaging_cost"], book["module_cost"]],
        "USD/gpu",
        "Parts of an H100",
        note="The document rounds this sum to 2000 USD, and its markup of 15 follows from that.",
    )
    book.line("markup", price / hardware, "x", "Price over parts")
    book.add(GrossMargin(unit_cost=hardware, price=price), "gross_margin", label="Gross margin over parts")
    sales = book.line("wafer_sales", dies / die_per_card * price, "USD/wafer", "Sales from a wafer")
    book.line("wafer_sales_factor", sales / book["wafer_price"], "x", "Sales over the price of the wafer")
    book.alert(hardware > price, "The card sells for less than its parts cost.")


def _add_data_sheet(book: Ledger) -> None:
    compute = book["compute"]
    book.section("Throughput by the data sheet")
    per_money = book.line("compute_per_money", compute / book["card_price"], "GFLOP/s/USD", "Throughput per money")
    per_power = book.line("compute_per_power", compute / book["power"], "GFLOP/s/W", "Throughput per power")
    book.line(
        "implied_card_price",
        compute / book["money_new_value"],
        "USD/gpu",
        "Price behind the table's throughput per money",
    )
    beside = [per_power, *(book.lines[name] for name in ("hardware_cost", "markup"))]
    book.headline(per_money, better="higher", beside=beside)


def _add_growth(book: Ledger) -> None:
    """Append what the newer card gains on the older, per year by launch years, and the growth that is stated."""
    one_year = book.one("year")

    def growth(name: str, gain: Operand, time: Operand, label: str) -> Line:
        return book.line(name, (power(gain, one_year / time) - 1) / one_year, "%/year", label)

    book.section("Time between generations")
    between = book.line("between", book["new_year"] - book["old_year"], "year", "Time between the launches", minimum=0)
    slower = "grew less by launch years than stated: the stated growth assumes shorter generations."
    for metric, label in (("money", "Throughput per money"), ("power", "Throughput per power")):
        book.section(label)
        improvement = book.line(
            f"{metric}_improvement",
            book[f"{metric}_new_value"] / book[f"{metric}_old_value"],
            "x",
            f"{label}: newer over older",
        )
        actual = growth(f"{metric}_annual_growth", improvement, between, f"{label}: growth by launch years")
        stated = growth(
            f"{metric}_stated_growth",
            book[f"{metric}_stated_gain"],
            book["generation_time"],
            f"{label}: growth as stated",
        )
        book.alert(actual < stated, f"{label} {slower}")
    book.section("Links and quoted growth")
    book.line("link_gain", book["new_link"] / book["old_link"], "x", "Link: newer over older")
    growth("quoted_growth", book["quoted_gain"], book["quoted_time"], "Growth of the quoted gain")


def _add_generations(book: Ledger) -> None:
    p100, v100, a100 = (catalog.accelerator(name) for name in ("p100", "v100", "a100"))
    launch = v100.figure("launch", "table")
    v100_old: dict[str, Given] = {
        "money_old_value": v100.figure("compute_per_money"),
        "power_old_value": v100.figure("compute_per_power"),
        "old_year": launch,
        "old_link": v100.figure("link_bidirectional"),
    }
    book.option(
        "a100",
        {
            **v100_old,
            "compute": a100.figure("compute_fp16_fp32_dense"),
            "card_price": a100.figure("price", "list"),
            "power": a100.figure("power"),
            "money_new_value": a100.figure("compute_per_money"),
            "power_new_value": a100.figure("compute_per_power"),
            "new_year": a100.figure("launch"),
            "new_link": a100.figure("link_bidirectional", "generations"),
        },
    )
    book.option(
        "v100",
        {
            "compute": v100.figure("compute_fp16_fp32_dense"),
            "card_price": v100.figure("price"),
            "power": v100.figure("power"),
            "money_old_value": p100.figure("compute_per_money"),
            "money_new_value": v100.figure("compute_per_money"),
            "power_old_value": p100.figure("compute_per_power"),
            "power_new_value": v100.figure("compute_per_power"),
            "old_year": p100.figure("launch"),
            "new_year": Figure(
                launch.quantity,
                launch.source,
                launch.as_of,
                note="the running text dates the first tensor cores to 2016; date assumed",
            ),
            "old_link": p100.figure("link_bidirectional"),
            "new_link": v100.figure("link_bidirectional"),
        },
    )
    book.option("v100_to_h100", v100_old, source=GENERATIONS)
