"""Accelerator cards beside each other: rates, balance and price, what they are made of, and what a rent implies."""

from __future__ import annotations

import attrs

from unitledger.expression import square_root
from unitledger.ledger import Ledger
from unitledger.model import Figure, Given, Line
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, PAPER, SUMS, like_for_like
from unitledger.templates._figures import as_ratio
from unitledger.templates.catalog import Entry

AS_OF = "2023-10-01"
PRICES = "document 001, price section"
AS_SXM = "assumed: as the SXM card, document 001 states the link only"

EXCLUDED = (
    "development, software and test of a card",
    "the margins of those who sell it on",
    "rates reached in practice other than in the one benchmark",
    "power",
)

CARD = (
    ("compute", "Peak arithmetic, dense FP16"),
    ("tf32_compute", "Peak arithmetic, dense TF32"),
    ("memory", "Memory"),
    ("memory_bandwidth", "Memory bandwidth"),
    ("link_bidirectional", "Link, both directions"),
    ("link_latency", "Latency of the link"),
    ("price", "Price"),
    ("advertised", "Headline rate"),
    ("sparsity_factor", "Headline over dense: zeros skipped"),
    ("precision_factor", "Headline over dense: narrower numbers"),
)
COMPARED = ("compute", "tf32_compute", "memory", "memory_bandwidth", "price")
RATES = {
    "compute": "compute_fp16_fp32_dense",
    "tf32_compute": "compute_tf32_fp32_dense",
    "advertised": "compute_fp16_fp32_sparse",
}
"""Fields of the catalog for inputs that are called otherwise."""
RTX_4090 = {**RATES, "compute": "compute_fp16_fp16_dense", "advertised": "compute_fp8_fp16_sparse"}
"""The same as document 001 has them of an RTX 4090: with FP16 sums."""
TABLE = ("table", "list")
"""Names of the figures of the opening table, where a field has several."""


def accelerator_catalog() -> Ledger:
    """Cards compared by rates, balance and price; parts and markup of H100 and RTX 4090; what a rental payback implies.

    Document 001, opening table and price sections. Headline: `value_gap`, how many times more a card costs for the
    same measured work. Options: H100, A100, H800 and H100 PCIe against RTX 4090, and RTX 4090 against A100; H100 and
    RTX 4090 also with FP32 sums throughout. The parts are those of an H100 and an RTX 4090 in each.
    """
    book = Ledger(
        "Accelerator cards compared",
        option="h100",
        as_of=AS_OF,
        owner="infrastructure",
        stale_after="3 year",
        excludes=EXCLUDED,
    )
    _assume_cards(book)
    _assume_h100_parts(book)
    _assume_rtx_4090_parts(book)
    _assume_rent(book)
    _add_balance(book)
    ratios = _add_ratios(book)
    h100_markup = _add_h100_parts(book)
    rtx_4090_markup = _add_rtx_4090_parts(book)
    _add_rent(book)
    _add_cards(book)
    gap = book.lines["value_gap"]
    book.headline(gap, better="lower", beside=[*ratios, h100_markup, rtx_4090_markup])
    book.alert(gap > book["even"], "The card costs more for the same measured work than the card compared with.")
    return book


def _stated(card: Entry, name: str) -> Figure:
    """Return the figure of a card for an input, that of the opening table where there are several."""
    field = (RTX_4090 if card.name == "rtx_4090" else RATES).get(name, name)
    table = [variant for variant in card.variants(field) if variant in TABLE]
    return card.figure(field, *table)


def _assume_cards(book: Ledger) -> None:
    card, other = catalog.accelerator("h100_sxm"), catalog.accelerator("rtx_4090")
    book.section("Card")
    for name, label in CARD:
        book.assume(name, _stated(card, name), label, above=0)
    sums = book.choice("accumulation", SUMS, "Sums behind the FP16 rate", value="FP32", source=FP32.source)
    book.section("Card compared with: RTX 4090, or A100 for the RTX 4090 itself")
    for name, label in CARD:
        if name in COMPARED:
            book.assume(f"base_{name}", _stated(other, name), f"{label}, compared card", above=0)
    base_sums = book.choice(
        "base_accumulation",
        SUMS,
        "Sums behind the FP16 rate, compared card",
        value="FP16",
        source=PAPER,
        note="as printed of an RTX 4090; its rate with FP32 sums is half",
    )
    book.alert(
        sums.select(FP16=base_sums.select(FP16=0, FP32=1), FP32=base_sums.select(FP16=1, FP32=0)) > 0,
        "The FP16 rates compared are unlike: one is with FP16 sums, as document 001 has it of an RTX 4090, the other "
        "with FP32 sums. The option with FP32 sums compares like with like.",
    )
    book.assume(
        "measured_throughput_ratio",
        card.figure("measured_throughput_over_rtx_4090"),
        "Measured throughput over the compared card",
        above=0,
    )


def _assume_h100_parts(book: Ledger) -> None:
    card, parts = catalog.accelerator("h100_sxm"), catalog.price("silicon")
    book.section("Parts of an H100")
    book.assume("module", parts.figure("h100_module"), "SXM board", minimum=0)
    book.assume("package", parts.figure("h100_package"), "Substrate and assembly", minimum=0)
    book.assume("wafer_price", parts.figure("wafer", "document_001"), "Price of a processed wafer", above=0)
    book.assume("gross_dies", card.figure("gross_dies"), "Dies made of a wafer", above=0)
    book.assume("good_dies", card.figure("good_dies"), "Sellable dies of a wafer", above=0)
    book.assume("wafer_diameter", parts.figure("wafer_diameter"), "Diameter of a wafer", above=0)
    book.assume("die_area", card.figure("die_area"), "Area of the logic die", above=0)
    book.assume("h100_memory", card.figure("memory"), "Stacked memory", minimum=0)
    book.assume("hbm_price", parts.figure("hbm", "document_001"), "Price of stacked memory", minimum=0)
    book.assume(
        "selling_price",
        attrs.evolve(card.figure("price", "cost_section"), high=card.figure("price", "list").quantity),
        "H100 as sold",
        note="high: the list price",
        above=0,
    )


def _assume_rtx_4090_parts(book: Ledger) -> None:
    card, parts = catalog.accelerator("rtx_4090"), catalog.price("silicon")
    book.section("Parts of an RTX 4090")
    book.assume("die", parts.figure("rtx_4090_die"), "Logic die of an RTX 4090", minimum=0)
    book.assume("rtx4090_memory", card.figure("memory"), "Graphics memory", minimum=0)
    book.assume("gddr_price", parts.figure("gddr"), "Price of graphics memory", minimum=0)
    book.assume("board", parts.figure("rtx_4090_board"), "Board", minimum=0)
    book.assume("package_and_fan", parts.figure("rtx_4090_package_and_fan"), "Package and fan", minimum=0)
    book.assume("rtx4090_selling_price", card.figure("price", "list"), "RTX 4090 as sold", above=0)


def _assume_rent(book: Ledger) -> None:
    book.section("Order and rent")
    book.assume(
        "order_cards",
        "500000 gpu",
        "Cards ordered",
        source=PRICES,
        note="half a year of H100 output",
        minimum=0,
        whole=True,
    )
    book.assume(
        "payback",
        "7 month",
        "Rent at list price pays for the card in",
        source=PRICES,
        note="stated of an H100",
        above=0,
    )
    book.assume(
        "discount",
        as_ratio(catalog.price("discount").figure("large_customer")),
        "Rebate off the list rent",
        minimum=0,
        maximum=1,
    )


def _add_balance(book: Ledger) -> None:
    """Append what the card's own rates say: the honest rate behind the headline, and work per byte moved."""
    directions = book.constant("directions", "2 ratio", "Directions of a link", source="by definition")
    compute = book["compute"]
    book.section("Rates of the card")
    book.line(
        "dense",
        book["advertised"] / book["sparsity_factor"] / book["precision_factor"],
        "TFLOP/s/gpu",
        "Dense FP16 behind the headline",
    )
    one_way = book.line("link_one_way", book["link_bidirectional"] / directions, "GB/s/gpu", "Link in one direction")
    book.line("memory_balance", compute / book["memory_bandwidth"], "FLOP/B", "Work per byte of memory read")
    book.line("link_balance", compute / one_way, "FLOP/B", "Work per byte over the link")
    book.line(
        "latency_size",
        one_way * book["link_latency"],
        "kB/gpu",
        "Size that the link moves in its latency",
        note="For less than this the latency counts more than the rate.",
    )


def _add_ratios(book: Ledger) -> list[Line]:
    """Append the card over the compared one; return the ratios that stand beside the headline."""
    book.one("ratio", "even", "The same for both cards")
    labels = dict(CARD)
    book.section("Card over the compared card")
    ratios = {}
    for name in COMPARED:
        short = {"memory_bandwidth": "bandwidth", "tf32_compute": "tf32"}.get(name, name)
        ratios[short] = book.line(
            f"{short}_ratio", book[name] / book[f"base_{name}"], "x", f"{labels[name]}: card over compared"
        )
    book.line("value_gap", ratios["price"] / book["measured_throughput_ratio"], "x", "Price for the same measured work")
    return [ratios[name] for name in ("compute", "bandwidth", "price")]


def _add_h100_parts(book: Ledger) -> Line:
    die_per_card = book.one("die/gpu", "die_per_card", "Logic dies of a card")
    pi = book.constant(
        "pi", "3.14159265358979 1/wafer", "Circumference over diameter, one face per wafer", source="mathematics"
    )
    radii = book.constant("radii_per_diameter", "2 ratio", "Radii in a diameter", source="by definition")
    half_diagonals = book.constant(
        "edge_factor", "2 ratio", "Square of a square's diagonal over its area", source="by definition"
    )
    one_die = book.one("die")
    good, price, area = book["good_dies"], book["selling_price"], book["die_area"]
    book.section("Dies of a wafer")
    radius = book["wafer_diameter"] / radii
    whole = book.line("dies_by_area", pi * radius * radius / area, "die/wafer", "Dies by area alone")
    edge = book.line(
        "dies_at_edge",
        pi * book["wafer_diameter"] * one_die / square_root(half_diagonals * area * one_die),
        "die/wafer",
        "Dies that the edge cuts",
    )
    book.line(
        "gross_dies_est",
        whole - edge,
        "die/wafer",
        "Dies estimated from their area",
        note="(ext) the usual estimate; the space between dies, which it leaves out, brings it nearer to the count.",
        minimum=0,
    )
    book.line("sellable_share", good / book["gross_dies"], "%", "Sellable share of the dies made", maximum="100 %")

    book.section("Parts and markup of an H100")
    die = book.line("h100_die", book["wafer_price"] / good * die_per_card, "USD/gpu", "H100: logic die")
    memory = book.line("h100_memory_cost", book["h100_memory"] * book["hbm_price"], "USD/gpu", "H100: stacked memory")
    parts = book.total(
        "parts_h100",
        [book["module"], book["package"], die, memory],
        "USD/gpu",
        "H100: parts",
        note="The document rounds this sum to 2000 USD, and its markup of 15 follows from that.",
    )
    markup = book.line("h100_markup", price / parts, "x", "H100: price over parts")
    revenue = book.line("wafer_revenue", good / die_per_card * price, "USD/wafer", "H100: sales from a wafer")
    book.line("wafer_multiple", revenue / book["wafer_price"], "x", "H100: sales over the price of the wafer")
    return markup


def _add_rtx_4090_parts(book: Ledger) -> Line:
    book.section("Parts and markup of an RTX 4090")
    memory = book.line(
        "rtx4090_memory_cost", book["rtx4090_memory"] * book["gddr_price"], "USD/gpu", "RTX 4090: graphics memory"
    )
    parts = book.total(
        "parts_4090",
        [book["die"], memory, book["board"], book["package_and_fan"]],
        "USD/gpu",
        "RTX 4090: parts",
        note="The document has at most 900 USD; two of the four amounts are lost.",
    )
    return book.line("rtx4090_markup", book["rtx4090_selling_price"] / parts, "x", "RTX 4090: price over parts")


def _add_rent(book: Ledger) -> None:
    price, payback = book["price"], book["payback"]
    book.section("Order and payback")
    book.line("order_value", book["order_cards"] * price, "USD", "Value of the order")
    book.line("implied_rent", price / payback, "USD/gpu/h", "List rent behind the payback")
    book.line(
        "discounted_payback",
        payback / (1 - book["discount"]),
        "month",
        "Payback at the rebate",
        note="The document says a year and a half, a loose bound for twice seven months.",
    )


def _add_cards(book: Ledger) -> None:
    """Append the other cards, each against RTX 4090, and RTX 4090 against A100."""
    a100, rtx_4090 = catalog.accelerator("a100"), catalog.accelerator("rtx_4090")
    no_benchmark = Figure("1 ratio", "assumed: no benchmark of the two cards, so that prices alone count")
    book.option(
        "a100",
        {
            **{name: _stated(a100, name) for name in (*COMPARED, "link_latency", "advertised")},
            "link_bidirectional": attrs.evolve(
                a100.figure("link_bidirectional", "data_sheet"),
                note="the opening table has 900 GB/s, which is the H100's; date assumed",
            ),
            "measured_throughput_ratio": no_benchmark,
        },
    )
    against_a100: dict[str, Given] = {
        **{name: _stated(rtx_4090, name) for name, _ in CARD},
        **{f"base_{name}": _stated(a100, name) for name in COMPARED},
        "accumulation": Figure("FP16", PAPER),
        "base_accumulation": FP32,
        "measured_throughput_ratio": no_benchmark,
    }
    book.option("rtx4090", against_a100)
    for name in ("h800", "h100_pcie"):
        card = catalog.accelerator(name)
        copied: dict[str, Given] = {
            field: attrs.evolve(book.input(field).setting.figure, source=AS_SXM)
            for field in ("price", "advertised", "sparsity_factor", "precision_factor", "measured_throughput_ratio")
        }
        book.option(name, {**{field: _stated(card, field) for field, _ in CARD if field not in copied}, **copied})
    alike = like_for_like()
    book.option("h100_fp32", {f"base_{name}": figure for name, figure in alike.items()})
    book.option("rtx4090_fp32", {**against_a100, **alike})
