"""Accelerator cards beside each other: rates, balance and price, what they are made of, and what a rent implies."""

from __future__ import annotations

import attrs

from unitledger import Figure, Ledger, square_root
from unitledger.templates import catalog
from unitledger.templates._accumulation import FP32, PAPER, SUMS, choose_sums, like_for_like
from unitledger.templates._figures import as_ratio
from unitledger.templates.catalog import Entry

CARD = {
    "compute": "Peak arithmetic, dense FP16",
    "tf32_compute": "Peak arithmetic, dense TF32",
    "memory": "Memory",
    "memory_bandwidth": "Memory bandwidth",
    "link_bidirectional": "Link, both directions",
    "link_latency": "Latency of the link",
    "price": "Price",
    "advertised": "Headline rate",
    "sparsity_factor": "Headline over dense: zeros skipped",
    "precision_factor": "Headline over dense: narrower numbers",
}
"""Inputs of a card and their labels."""
RATIOS = {
    "compute": "compute",
    "tf32_compute": "tf32",
    "memory": "memory",
    "memory_bandwidth": "bandwidth",
    "price": "price",
}
"""Inputs of the compared card too, and what begins the name of their ratio."""
RATES = {
    "compute": "compute_fp16_fp32_dense",
    "tf32_compute": "compute_tf32_fp32_dense",
    "advertised": "compute_fp16_fp32_sparse",
}
"""Fields of the catalog for inputs that are called otherwise."""
RTX_4090 = {**RATES, "compute": "compute_fp16_fp16_dense", "advertised": "compute_fp8_fp16_sparse"}
"""The same as document 001 has them of an RTX 4090: with FP16 sums."""


def accelerator_catalog() -> Ledger:
    """Cards compared by rates, balance and price; parts and markup of H100 and RTX 4090; what a rental payback implies.

    Document 001, opening table and price sections. Headline: `value_gap`, how many times more a card costs for the
    same measured work. The parts are those of an H100 and an RTX 4090 in each option.
    """
    book = Ledger(
        "Accelerator cards compared",
        option="h100",
        description="H100 SXM against RTX 4090.",
        alternatives=False,
        purpose=__doc__,
        as_of="2023-10-01",
        owner="infrastructure",
        stale_after="3 year",
        excludes=[
            "development, software and test of a card",
            "the margins of those who sell it on",
            "rates reached in practice other than in the one benchmark",
            "power",
        ],
    )
    own = catalog.assumed("accelerator_catalog")
    h100, rtx_4090, a100 = (catalog.accelerator(name) for name in ("h100_sxm", "rtx_4090", "a100"))
    prices = catalog.price("silicon")

    book.section("Card", above=0)
    card = {name: book.assume(name, _stated(h100, name), label) for name, label in CARD.items()}
    sums = book.choice("accumulation", SUMS, "Sums behind the FP16 rate", value="FP32", source=FP32.source)
    book.section("Card compared with: RTX 4090, or A100 for the RTX 4090 itself", above=0)
    compared = {
        name: book.assume(f"base_{name}", _stated(rtx_4090, name), f"{CARD[name]}, compared card") for name in RATIOS
    }
    base_sums = choose_sums(book, "base_accumulation", "Sums behind the FP16 rate, compared card")
    book.alert(
        sums.select(FP16=base_sums.select(FP16=0, FP32=1), FP32=base_sums.select(FP16=1, FP32=0)) > 0,
        "The FP16 rates compared are unlike: one is with FP16 sums, as document 001 has it of an RTX 4090, the other "
        "with FP32 sums. The option with FP32 sums compares like with like.",
    )
    measured = book.assume(
        "measured_throughput_ratio",
        h100["measured_throughput_over_rtx_4090"],
        "Measured throughput over the compared card",
    )
    book.section("Rates of the card")
    directions = book.constant("directions", "2 ratio", "Directions of a link", source="by definition")
    dense = card["advertised"] / card["sparsity_factor"] / card["precision_factor"]
    book.line("dense", dense, "TFLOP/s/gpu", "Dense FP16 behind the headline")
    one_way = book.line("link_one_way", card["link_bidirectional"] / directions, "GB/s/gpu", "Link in one direction")
    book.line("memory_balance", card["compute"] / card["memory_bandwidth"], "FLOP/B", "Work per byte of memory read")
    book.line("link_balance", card["compute"] / one_way, "FLOP/B", "Work per byte over the link")
    book.line(
        "latency_size",
        one_way * card["link_latency"],
        "kB/gpu",
        "Size that the link moves in its latency",
        note="For less than this the latency counts more than the rate.",
    )

    book.section("Card over the compared card")
    even = book.one("ratio", "even", "The same for both cards")
    ratios = {
        name: book.line(f"{short}_ratio", card[name] / compared[name], "x", f"{CARD[name]}: card over compared")
        for name, short in RATIOS.items()
    }
    gap = book.line("value_gap", ratios["price"] / measured, "x", "Price for the same measured work")

    book.section("Parts of an H100", above=0)
    module = book.assume("module", prices["h100_module"], "SXM board", minimum=0)
    package = book.assume("package", prices["h100_package"], "Substrate and assembly", minimum=0)
    wafer = book.assume("wafer_price", prices["wafer", "document_001"], "Price of a processed wafer")
    gross = book.assume("gross_dies", h100["gross_dies"], "Dies made of a wafer")
    good = book.assume("good_dies", h100["good_dies"], "Sellable dies of a wafer")
    diameter = book.assume("wafer_diameter", prices["wafer_diameter"], "Diameter of a wafer")
    area = book.assume("die_area", h100["die_area"], "Area of the logic die")
    memory = book.assume("h100_memory", h100["memory"], "Stacked memory", minimum=0)
    hbm = book.assume("hbm_price", prices["hbm", "document_001"], "Price of stacked memory", minimum=0)
    sold_at = book.assume(
        "selling_price",
        h100["price", "cost_section"],
        "H100 as sold",
        high=h100["price", "list"].quantity,
        note="high: the list price",
    )
    book.section("Dies of a wafer")
    die_per_card = book.one("die/gpu", "die_per_card", "Logic dies of a card")
    pi = book.constant("pi", own["pi"], "Circumference over diameter, one face per wafer")
    radii = book.constant("radii_per_diameter", "2 ratio", "Radii in a diameter", source="by definition")
    half_diagonals = book.constant("edge_factor", own["edge_factor"], "Square of a square's diagonal over its area")
    one_die = book.one("die")
    radius = diameter / radii
    whole = book.line("dies_by_area", pi * radius * radius / area, "die/wafer", "Dies by area alone")
    cut = pi * diameter * one_die / square_root(half_diagonals * area * one_die)
    edge = book.line("dies_at_edge", cut, "die/wafer", "Dies that the edge cuts")
    book.line(
        "gross_dies_est",
        whole - edge,
        "die/wafer",
        "Dies estimated from their area",
        note="(ext) the usual estimate; the space between dies, which it leaves out, brings it nearer to the count.",
        minimum=0,
    )
    book.line("sellable_share", good / gross, "%", "Sellable share of the dies made", maximum="100 %")

    book.section("Parts and markup of an H100")
    die = book.line("h100_die", wafer / good * die_per_card, "USD/gpu", "H100: logic die")
    stacks = book.line("h100_memory_cost", memory * hbm, "USD/gpu", "H100: stacked memory")
    h100_parts = book.total(
        "parts_h100",
        [module, package, die, stacks],
        "USD/gpu",
        "H100: parts",
        note="The document rounds this sum to 2000 USD, and its markup of 15 follows from that.",
    )
    h100_markup = book.line("h100_markup", sold_at / h100_parts, "x", "H100: price over parts")
    revenue = book.line("wafer_revenue", good / die_per_card * sold_at, "USD/wafer", "H100: sales from a wafer")
    book.line("wafer_multiple", revenue / wafer, "x", "H100: sales over the price of the wafer")

    book.section("Parts of an RTX 4090", minimum=0)
    rtx_die = book.assume("die", prices["rtx_4090_die"], "Logic die of an RTX 4090")
    rtx_memory = book.assume("rtx4090_memory", rtx_4090["memory"], "Graphics memory")
    gddr = book.assume("gddr_price", prices["gddr"], "Price of graphics memory")
    board = book.assume("board", prices["rtx_4090_board"], "Board")
    fan = book.assume("package_and_fan", prices["rtx_4090_package_and_fan"], "Package and fan")
    rtx_sold_at = book.assume("rtx4090_selling_price", rtx_4090["price", "list"], "RTX 4090 as sold", above=0)
    book.section("Parts and markup of an RTX 4090")
    chips = book.line("rtx4090_memory_cost", rtx_memory * gddr, "USD/gpu", "RTX 4090: graphics memory")
    rtx_parts = book.total(
        "parts_4090",
        [rtx_die, chips, board, fan],
        "USD/gpu",
        "RTX 4090: parts",
        note="The document has at most 900 USD; two of the four amounts are lost.",
    )
    rtx_markup = book.line("rtx4090_markup", rtx_sold_at / rtx_parts, "x", "RTX 4090: price over parts")

    book.section("Order and rent", source="document 001, price section", minimum=0)
    ordered = book.assume("order_cards", own["order_cards"], "Cards ordered", whole=True)
    payback = book.assume("payback", own["payback"], "Rent at list price pays for the card in", above=0)
    rebate = as_ratio(catalog.price("discount")["large_customer"])
    discount = book.assume("discount", rebate, "Rebate off the list rent", maximum=1)
    book.section("Order and payback")
    book.line("order_value", ordered * card["price"], "USD", "Value of the order")
    book.line("implied_rent", card["price"] / payback, "USD/gpu/h", "List rent behind the payback")
    book.line(
        "discounted_payback",
        payback / (1 - discount),
        "month",
        "Payback at the rebate",
        note="The document says a year and a half, a loose bound for twice seven months.",
    )
    book.alert(gap > even, "The card costs more for the same measured work than the card compared with.")
    beside = [ratios[name] for name in ("compute", "memory_bandwidth", "price")]
    book.headline(gap, better="lower", beside=[*beside, h100_markup, rtx_markup])

    no_benchmark = Figure("1 ratio", "assumed: no benchmark of the two cards, so that prices alone count")
    against_rtx_4090 = {
        **{name: _stated(a100, name) for name in (*RATIOS, "link_latency", "advertised")},
        "link_bidirectional": attrs.evolve(
            a100["link_bidirectional", "data_sheet"],
            note="the opening table has 900 GB/s, which is the H100's; date assumed",
        ),
        "measured_throughput_ratio": no_benchmark,
    }
    book.option("a100", against_rtx_4090, description="A100 against RTX 4090.")
    against_a100 = {
        **{name: _stated(rtx_4090, name) for name in CARD},
        **{f"base_{name}": _stated(a100, name) for name in RATIOS},
        "accumulation": Figure("FP16", PAPER),
        "base_accumulation": FP32,
        "measured_throughput_ratio": no_benchmark,
    }
    book.option("rtx4090", against_a100, description="RTX 4090 against A100.")
    as_sxm = {
        name: attrs.evolve(
            book.input(name).setting.figure, source="assumed: as the SXM card, document 001 states the link only"
        )
        for name in ("price", "advertised", "sparsity_factor", "precision_factor", "measured_throughput_ratio")
    }
    for name, said in (
        ("h800", "H800 against RTX 4090; all but its link"),
        ("h100_pcie", "H100 PCIe against RTX 4090; all but its link and memory bandwidth"),
    ):
        stated = {field: _stated(catalog.accelerator(name), field) for field in CARD if field not in as_sxm}
        book.option(name, {**stated, **as_sxm}, description=f"{said} as the H100 SXM.")
    alike = like_for_like()
    against_alike = {f"base_{name}": figure for name, figure in alike.items()}
    book.option("h100_fp32", against_alike, description="H100 SXM against RTX 4090, both rated with FP32 sums.")
    both = {**against_a100, **alike}
    book.option("rtx4090_fp32", both, description="RTX 4090 against A100, both rated with FP32 sums.")
    return book


def _stated(card: Entry, name: str) -> Figure:
    """Return the figure of a card for an input, that of the opening table where there are several."""
    field = (RTX_4090 if card.name == "rtx_4090" else RATES).get(name, name)
    return card[field, next((variant for variant in card.variants(field) if variant in {"table", "list"}), None)]
