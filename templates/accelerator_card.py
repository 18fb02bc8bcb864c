"""What an accelerator card is made of and sold for, and what its generations gain in throughput per money and power."""

from __future__ import annotations

import attrs

from unitledger import GrossMargin, Ledger
from unitledger.expression import Operand
from unitledger.model import Line
from unitledger.templates import catalog
from unitledger.templates._formulas import in_a_year


def accelerator_card() -> Ledger:
    """Parts cost, price and markup of an accelerator card, and yearly growth of throughput per money and power.

    Documents 000 and 002. Headline: `compute_per_money` [GFLOP/s/USD]. The parts are those of an H100
    in each option.
    """
    book = Ledger(
        "Accelerator cards: parts, price and generations",
        option="h100",
        description="H100 SXM against A100, the generation before.",
        alternatives=False,
        purpose=__doc__,
        as_of="2024-07-01",
        owner="infrastructure",
        stale_after="3 year",
        excludes=[
            "development and software",
            "test of the card",
            "the margins of those who sell it on",
            "wafer losses other than in the count of sellable dies",
        ],
    )
    own = catalog.assumed("accelerator_card")
    h100, a100, v100, p100 = (catalog.accelerator(name) for name in ("h100_sxm", "a100", "v100", "p100"))
    prices = catalog.price("silicon")

    book.section("Parts of an H100", minimum=0)
    wafer = book.assume("wafer_price", prices["wafer", "document_000"], "Price of a processed wafer", above=0)
    dies = book.assume(
        "dies_per_wafer",
        prices["dies_per_wafer"],
        "Sellable logic dies of a wafer",
        high=h100["gross_dies"].quantity,
        note="high: every die that is made",
        above=0,
    )
    memory = book.assume("memory_size", h100["memory"], "Stacked memory")
    memory_price = book.assume("memory_price", prices["hbm", "document_000"], "Price of stacked memory")
    packaging = book.assume("packaging_cost", prices["h100_package"], "Joining logic and memory")
    module = book.assume("module_cost", prices["h100_module"], "SXM board")
    price = book.assume(
        "sale_price",
        h100["price", "card_section"],
        "Price of the finished H100",
        high=h100["price", "list"].quantity,
        note="high: the list price in document 001",
        above=0,
    )
    book.section("Parts cost and price")
    die_per_card = book.one("die/gpu", "die_per_card", "Logic dies of a card")
    die = book.line("logic_die_cost", wafer / dies * die_per_card, "USD/gpu", "Logic die")
    stacks = book.line("memory_cost", memory * memory_price, "USD/gpu", "Memory")
    parts = book.total(
        "hardware_cost",
        [die, stacks, packaging, module],
        "USD/gpu",
        "Parts of an H100",
        note="The document rounds this sum to 2000 USD, and its markup of 15 follows from that.",
    )
    markup = book.line("markup", price / parts, "x", "Price over parts")
    book.add(GrossMargin(unit_cost=parts, price=price), "gross_margin", label="Gross margin over parts")
    sales = book.line("wafer_sales", dies / die_per_card * price, "USD/wafer", "Sales from a wafer")
    book.line("wafer_sales_factor", sales / wafer, "x", "Sales over the price of the wafer")
    book.alert(parts > price, "The card sells for less than its parts cost.")

    book.section("Data sheet of the newer card", above=0)
    compute = book.assume("compute", h100["compute_fp16_fp32_dense", "pre_launch"], "Peak arithmetic, dense FP16")
    card_price = book.assume("card_price", h100["price", "card_section"], "Price of a card")
    draw = book.assume("power", h100["power"], "Draw of a card")

    book.section("Generations", above=0)
    money_old = book.assume("money_old_value", a100["compute_per_money"], "Throughput per money, older card")
    money_new = book.assume("money_new_value", h100["compute_per_money"], "Throughput per money, newer card")
    power_old = book.assume("power_old_value", a100["compute_per_power"], "Throughput per power, older card")
    power_new = book.assume("power_new_value", h100["compute_per_power"], "Throughput per power, newer card")
    book.section("Generations")
    old_year = book.assume("old_year", a100["launch"], "Launch of the older card")
    new_year = book.assume("new_year", h100["launch"], "Launch of the newer card")
    old_link = book.assume("old_link", a100["link_bidirectional", "generations"], "Link, older card", above=0)
    new_link = book.assume("new_link", h100["link_bidirectional"], "Link, newer card", minimum=0)

    book.section("Growth as stated", source="document 002, progress per year", above=0)
    money_stated = book.assume("money_stated_gain", "1.5 ratio", "Gain per money in a generation")
    power_stated = book.assume("power_stated_gain", "1.8 ratio", "Gain per power in a generation")
    generation = book.assume("generation_time", own["generation_time"], "Time between generations as stated")
    quoted = book.assume("quoted_gain", own["quoted_gain"], "Gain as quoted")
    quoted_time = book.assume("quoted_time", "5 year", "Time of the quoted gain")
    book.section("Throughput by the data sheet")
    per_money = book.line("compute_per_money", compute / card_price, "GFLOP/s/USD", "Throughput per money")
    per_power = book.line("compute_per_power", compute / draw, "GFLOP/s/W", "Throughput per power")
    implied = compute / money_new
    book.line("implied_card_price", implied, "USD/gpu", "Price behind the table's throughput per money")
    book.headline(per_money, better="higher", beside=[per_power, parts, markup])

    one_year = book.one("year")

    def growth(name: str, gain: Operand, time: Operand, label: str) -> Line:
        return book.line(name, (in_a_year(gain, one_year, time) - 1) / one_year, "%/year", label)

    book.section("Time between generations")
    between = book.line("between", new_year - old_year, "year", "Time between the launches", minimum=0)
    for metric, new, old, gain in (
        ("money", money_new, money_old, money_stated),
        ("power", power_new, power_old, power_stated),
    ):
        label = f"Throughput per {metric}"
        book.section(label)
        improvement = book.line(f"{metric}_improvement", new / old, "x", f"{label}: newer over older")
        actual = growth(f"{metric}_annual_growth", improvement, between, f"{label}: growth by launch years")
        stated = growth(f"{metric}_stated_growth", gain, generation, f"{label}: growth as stated")
        book.alert(
            actual < stated,
            f"{label} grew less by launch years than stated: the stated growth assumes shorter generations.",
        )
    book.section("Links and quoted growth")
    book.line("link_gain", new_link / old_link, "x", "Link: newer over older")
    growth("quoted_growth", quoted, quoted_time, "Growth of the quoted gain")

    from_v100 = {
        "money_old_value": v100["compute_per_money"],
        "power_old_value": v100["compute_per_power"],
        "old_year": v100["launch", "table"],
        "old_link": v100["link_bidirectional"],
    }
    a100_over_v100 = {
        **from_v100,
        "compute": a100["compute_fp16_fp32_dense"],
        "card_price": a100["price", "list"],
        "power": a100["power"],
        "money_new_value": a100["compute_per_money"],
        "power_new_value": a100["compute_per_power"],
        "new_year": a100["launch"],
        "new_link": a100["link_bidirectional", "generations"],
    }
    book.option("a100", a100_over_v100, description="A100 against V100, the generation before.")
    v100_over_p100 = {
        "compute": v100["compute_fp16_fp32_dense"],
        "card_price": v100["price"],
        "power": v100["power"],
        "money_old_value": p100["compute_per_money"],
        "money_new_value": v100["compute_per_money"],
        "power_old_value": p100["compute_per_power"],
        "power_new_value": v100["compute_per_power"],
        "old_year": p100["launch"],
        "new_year": attrs.evolve(
            v100["launch", "table"], note="the running text dates the first tensor cores to 2016; date assumed"
        ),
        "old_link": p100["link_bidirectional"],
        "new_link": v100["link_bidirectional"],
    }
    book.option("v100", v100_over_p100, description="V100 against P100, the generation before.")
    table = "document 002, generation table"
    book.option("v100_to_h100", from_v100, description="H100 SXM against V100, two generations at once.", source=table)
    return book
