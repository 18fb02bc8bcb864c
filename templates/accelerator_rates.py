"""What the rates of a card follow from, what is reached of them, and what they cost."""

from __future__ import annotations

from unitledger import Ledger
from unitledger.templates import catalog
from unitledger.templates._formulas import balanced_batch

CHAPTER = "(ext) stas00/ml-engineering, compute/accelerator, commit 744d01e"
BOOK = "(ext) jax-ml/scaling-book, roofline, commit 0819a7d"
BLOCKS = "(ext) AWS capacity blocks, valid to 2025-01-01"


def accelerator_rates() -> Ledger:
    """Rates of a card from clock and units, from headlines and of pods; what is reached of them; work for a dollar.

    Headline: `critical_batch` [token], from which arithmetic and no longer memory sets the pace.
    """
    book = Ledger(
        "Rates of a card",
        option="h100",
        description="H100 SXM, 8 of them rented as a machine.",
        alternatives=False,
        purpose=__doc__,
        as_of="2026-08-22",
        owner="infrastructure",
        excludes=["rates reached other than in one benchmark", "caches on the card"],
    )
    card = catalog.accelerator("h100_sxm")
    with book.section("Arithmetic and memory from clocks", source=CHAPTER, above=0):
        clock = book.assume("clock", "1830 MHz", "Clock of the card")
        units = book.assume("units", "528 core/gpu", "Units that multiply matrices", whole=True)
        mac = book.assume("macs", "512 1/core", "Multiplications of a unit in a cycle", whole=True)
        memory_clock = book.assume(
            "memory_clock", "3996 MHz", "Clock of the memory", source="(ext) ml-engineering, of a B200"
        )
        bus = book.assume(
            "bus", "8192 bit/gpu", "Width of the bus of the memory", source="(ext) ml-engineering, of a B200"
        )
        transfers = book.assume("transfers", "2 ratio", "Transfers in a cycle")
    with book.section("A headline", source="(ext) hmc-tech.com, RTX 4090, read 2026-11-21", above=0):
        headline = book.assume("headline", "1.321 PFLOP/s", "Rate that is advertised")
        chips = book.assume("chips", "1 gpu", "Cards that it counts", whole=True)
        sparsity = book.assume("sparsity_factor", "2 ratio", "Skipped zeros counted", minimum=1)
        half_sums = book.assume("half_sums", "330.3 TFLOP/s/gpu", "Rate with FP16 sums")
        slower = book.assume("sum_factor", "2 ratio", "Slower with FP32 sums, GeForce", minimum=1)
        pod = book.assume(
            "pod", "256 gpu", "Cards of a pod", source="(ext) Cloud TPU pages, read 2026-11-21", whole=True
        )
    with book.section("A card", above=0):
        peak = book.assume("peak", card["compute_bf16_fp32_dense"], "Peak arithmetic, dense")
        bandwidth = book.assume("memory_bandwidth", card["memory_bandwidth"], "Memory bandwidth")
        reached = book.assume("achieved", "794.5 TFLOP/s/gpu", "Largest matrix rate measured", source=CHAPTER)
        read = book.assume(
            "read_rate", "0 TB/s/gpu", "Largest memory rate measured; 0: none", source=CHAPTER, minimum=0
        )
        weight = book.assume("weight_size", "2 B/parameter", "Size of a weight", source=BOOK)
    with book.section("Rent", source=BLOCKS, as_of="2025-01-01", above=0):
        machine = book.assume("machine_rent", "39.33 USD/machine/h", "Rent of a machine")
        held = book.assume("machine_cards", "8 gpu/machine", "Cards in a machine", whole=True)

    book.section("Counting")
    work = book.constant("work_per_mac", "2 FLOP", "Multiply and add", source="counted")
    per_weight = book.constant(
        "work_per_parameter", "2 FLOP/(parameter token)", "Work of a parameter for a token", source="counted"
    )
    book.section("Rates")
    book.line("peak_rate", clock * units * mac * work, "TFLOP/s/gpu", "Arithmetic from the clock")
    book.line("memory_rate", memory_clock * bus * transfers, "TB/s/gpu", "Memory from the clock")
    book.line("dense_rate", headline / chips / sparsity, "TFLOP/s/gpu", "A card's part of the headline")
    book.line("full_sums", half_sums / slower, "TFLOP/s/gpu", "Rate with FP32 sums")
    book.line("pod_rate", peak * pod, "PFLOP/s", "Rate of a pod")
    book.line("efficiency", reached / peak, "%", "Share of the peak that is reached", maximum="100 %")
    book.line("memory_efficiency", read / bandwidth, "%", "Share of the bandwidth that is reached", maximum="100 %")
    balance = book.line("balance", peak / bandwidth, "FLOP/B", "Work for a byte read")
    critical = book.line(
        "critical_batch",
        balanced_batch(balance, weight, per_weight),
        "token",
        "Batch from which arithmetic sets the pace",
    )
    rent = book.line("rent", machine / held, "USD/gpu/h", "Rent of a card")
    per_rent = book.line("rate_per_rent", peak / rent, "TFLOP/s h/USD", "Rate for the rent")
    money = book.line("work_per_money", per_rent, "EFLOP/USD", "Work for the money, at the peak")
    book.headline(critical, better="lower", beside=[balance, rent, money])
    b200 = catalog.accelerator("b200")
    book.option(
        "b200",
        {
            "peak": b200["compute_bf16_fp32_dense"],
            "memory_bandwidth": b200["memory_bandwidth"],
            "achieved": "1745 TFLOP/s/gpu",
            "machine_rent": "44 USD/machine/h",
        },
        description="B200, 8 of them rented as a machine.",
        source="(ext) skypilot-catalog v8, nebius, and ml-engineering",
    )
    return book
