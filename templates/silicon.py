"""What the buyer of a chip gets for its silicon: transistors for money and power, and work from each transistor."""

from __future__ import annotations

from unitledger.expression import all_of, maximum, power, when
from unitledger.ledger import Ledger
from unitledger.model import Choice, Figure, Given
from unitledger.templates import catalog

AS_OF = "2024-07-01"
CHIPS = "document 000, architecture table"
GAIN = "document 000, factors of the long-run gain"
VALUE = "document 000, performance and price"
NO_PART = "assumed: no such part in this variant"

EXCLUDED = (
    "dies lost to faults and at the edge of the wafer",
    "everything on the card beside the logic die",
    "design and software",
    "memory bandwidth",
)


def silicon() -> Ledger:
    """Work that a chip design gets from a transistor, transistors for money and power, and a long-run gain in factors.

    Document 000. Headline: `compute_per_transistor` [FLOP/s/transistor]. Options: an H100 by its CUDA cores and by its
    tensor cores, a CPU by scalar and by vector arithmetic (as printed, and as wide as it is), a TPU v4.
    """
    book = Ledger(
        "Silicon: work from a transistor",
        option="h100_fp32",
        as_of=AS_OF,
        owner="infrastructure",
        stale_after="3 year",
        excludes=EXCLUDED,
    )
    _assume_chip(book)
    _assume_cores(book)
    _assume_gain(book)
    _add_process(book)
    _add_architecture(book)
    _add_gain(book)
    _add_chips(book)
    return book


def _assume_chip(book: Ledger) -> None:
    card, sheet = catalog.accelerator("h100_nvl"), catalog.accelerator("h100_sxm")
    prices = catalog.price("silicon")
    book.section("Chip")
    book.assume("transistors", card.figure("transistors"), "Transistors of the die (0: estimated)", minimum=0)
    book.assume("die_area", card.figure("die_area"), "Area of the logic die", above=0)
    book.assume("density", catalog.accelerator("i9_13900").figure("density"), "Transistor density, estimated", above=0)
    book.assume(
        "tdp",
        sheet.figure("power"),
        "Thermal design power",
        note="H100: of the SXM card, while the arithmetic rates are those of the slower NVL card",
        above=0,
    )
    book.assume("compute", card.figure("compute_fp32_fp32_dense"), "Peak arithmetic of the unit compared", minimum=0)
    book.choice(
        "rated_by",
        ("data sheet", "scalar cores", "vector units"),
        "Where the peak rate comes from",
        source=CHIPS,
        note="data sheet: transistors and compute as given; else both follow from area, density, cores and clock",
    )
    book.section("Wafer")
    book.assume(
        "wafer_price",
        prices.figure("wafer", "document_000"),
        "Price of a processed wafer",
        low="10000 USD/wafer",
        high="20000 USD/wafer",
        note="one price for every chip; range is assumed: older and newer processes",
        above=0,
    )
    book.assume("wafer_diameter", prices.figure("wafer_diameter"), "Diameter of a wafer", above=0)


def _assume_cores(book: Ledger) -> None:
    cpu = catalog.accelerator("i9_13900")
    book.section("Cores of the CPU")
    book.assume("cores", cpu.figure("cores"), "Cores", above=0, whole=True)
    book.assume("clock", cpu.figure("clock"), "Clock", above=0)
    book.assume(
        "vector_width", cpu.figure("vector_width", "document_000"), "Width of a vector register (0: scalar)", minimum=0
    )
    book.assume("built_width", cpu.figure("vector_width", "data_sheet"), "Width of a vector register as built", above=0)
    book.assume("element_width", cpu.figure("element_width"), "Width of an operand", above=0)
    book.section("Lanes of the unit compared")
    book.assume(
        "lane_groups", "512 group", "Groups of lanes, or rows of a matrix tile", source=CHIPS, minimum=0, whole=True
    )
    book.assume(
        "group_lanes", "32 lane/group", "Lanes in a group, or columns of a tile", source=CHIPS, minimum=0, whole=True
    )


def _assume_gain(book: Ledger) -> None:
    old, new = catalog.accelerator("k20x"), catalog.accelerator("h100_sxm")
    book.section("Long-run gain")
    book.assume("old_transistors", old.figure("transistors"), "Transistors, K20X", above=0)
    book.assume("new_transistors", new.figure("transistors"), "Transistors, H100", above=0)
    book.assume("old_fp32", old.figure("compute_fp32_fp32_dense"), "Plain 32-bit rate, K20X", above=0)
    book.assume("new_fp32", new.figure("compute_fp32_fp32_dense"), "Plain 32-bit rate, H100", above=0)
    book.assume("matrix_rate", new.figure("compute_tf32_fp32_dense", "gain_list"), "Matrix rate, H100", above=0)
    book.assume("low_precision_rate", new.figure("compute_fp8_fp32_dense"), "Low-precision rate, H100", above=0)
    book.assume("sparse_rate", new.figure("compute_fp8_fp32_sparse"), "Rate with zeros skipped, H100", above=0)
    book.assume("printed_total_gain", "1000 ratio", "Gain as printed", source=GAIN, above=0)
    book.assume("years", "10 year", "Years of the gain", source=GAIN, above=0)
    book.assume("doubling_time", "2 year", "Doubling time of Moore's law", source=GAIN, above=0)
    book.section("Value of an upgrade")
    any_price = "assumed: any price, only the ratio counts"
    book.assume("old_performance", "60 frame/s/gpu", "Performance before", source=VALUE, above=0)
    book.assume("new_performance", "90 frame/s/gpu", "Performance after", source=VALUE, above=0)
    book.assume("old_price", "1000 USD/gpu", "Price before", source=any_price, above=0)
    book.assume(
        "new_price",
        "1000 USD/gpu",
        "Price after",
        source=any_price,
        high="1500 USD/gpu",
        note="high: the price rises as much as performance",
        above=0,
    )


def _add_process(book: Ledger) -> None:
    """Append what a process sells: area, transistors for money and for power."""
    pi = book.constant(
        "pi", "3.14159265358979 1/wafer", "Circumference over diameter, one face per wafer", source="mathematics"
    )
    radii = book.constant("radii_per_diameter", "2 ratio", "Radii in a diameter", source="by definition")
    die_per_card = book.one("die/gpu", "die_per_card", "Logic dies of a card")
    area = book["die_area"]
    book.section("Process")
    radius = book.line("wafer_radius", book["wafer_diameter"] / radii, "mm")
    wafer_area = book.line("wafer_area", pi * radius * radius, "mm2/wafer", "Area of a wafer")
    price_per_area = book.line(
        "price_per_area", book["wafer_price"] / wafer_area, "USD/mm2", "Price of processed silicon"
    )
    book.line(
        "die_cost_by_area",
        area * price_per_area,
        "USD/die",
        "Cost of the die by its share of the wafer",
        note="A floor: every die sells and none is cut at the edge. Accelerator_card counts sellable dies instead.",
    )
    estimated = book.line(
        "cpu_transistors", area * book["density"], "Gtransistor/die", "Transistors estimated from the area"
    )
    rated_by = book.input("rated_by")
    assert isinstance(rated_by, Choice)
    stated = when(book["transistors"] > 0, book["transistors"], estimated)
    counted = book.line(
        "counted_transistors",
        rated_by.select({"data sheet": stated, "scalar cores": estimated, "vector units": estimated}),
        "Gtransistor/die",
        "Transistors that are counted",
    )
    book.line("transistors_per_money", counted / area / price_per_area, "Mtransistor/USD", "Transistors for a dollar")
    book.line("transistors_per_power", counted * die_per_card / book["tdp"], "Mtransistor/W", "Transistors for a watt")


def _add_architecture(book: Ledger) -> None:
    """Append the work that a design gets from its transistors."""
    lane_work = book.one("FLOP/lane", "lane_work", "Operations of a lane in a cycle")
    scalar_lane = book.one("lane/core", "scalar_lane", "Lanes of a core without vectors")
    book.section("Peak rate of the CPU")
    vector_lanes = book.line(
        "vector_lanes",
        maximum(scalar_lane, book["vector_width"] / book["element_width"]),
        "lane/core",
        "Lanes of a core",
    )
    lane_rate = book["cores"] * book["clock"] * lane_work
    scalar = book.line("cpu_scalar_compute", lane_rate * scalar_lane, "TFLOP/s/die", "Scalar cores")
    vector = book.line("cpu_vector_compute", lane_rate * vector_lanes, "TFLOP/s/die", "Vector units")

    book.section("Architecture")
    book.line("lanes", book["lane_groups"] * book["group_lanes"], "lane", "Lanes that work at once")
    rated_by = book.input("rated_by")
    assert isinstance(rated_by, Choice)
    compared = book.line(
        "compared_compute",
        rated_by.select(
            {"data sheet": book["compute"] / book["die_per_card"], "scalar cores": scalar, "vector units": vector}
        ),
        "TFLOP/s/die",
        "Peak rate compared",
    )
    yield_ = book.line(
        "compute_per_transistor", compared / book["counted_transistors"], "FLOP/s/transistor", "Work from a transistor"
    )
    book.line(
        "computed_compute",
        book["die_area"] * book["density"] * yield_,
        "TFLOP/s/die",
        "Peak rate at the estimated density",
    )
    by_vectors = rated_by.select({"data sheet": 0, "scalar cores": 0, "vector units": 1})
    book.alert(
        all_of(by_vectors > 0, book["vector_width"] > book["built_width"]),
        "The vector registers are counted wider than the processor has them; option cpu_vector_256 counts what it has.",
    )
    book.headline(
        yield_,
        better="higher",
        beside=[book.lines[name] for name in ("transistors_per_money", "transistors_per_power", "die_cost_by_area")],
    )


def _add_gain(book: Ledger) -> None:
    """Append the factors of a gain as listed, the factor that the list lacks, and rates per year."""
    one_year = book.one("year")
    doubling = book.constant("doubling", "2 ratio", "A doubling", source="by definition")
    new_fp32, printed = book["new_fp32"], book["printed_total_gain"]
    matrix_rate, low_precision_rate = book["matrix_rate"], book["low_precision_rate"]
    book.section("Gain in factors")
    transistor_gain = book.line(
        "transistor_gain", book["new_transistors"] / book["old_transistors"], "x", "More transistors"
    )
    matrix_gain = book.line(
        "matrix_gain",
        matrix_rate / new_fp32,
        "x",
        "Matrix units",
        note="Printed as about 10; the rates printed beside it give 7.46.",
    )
    precision_gain = book.line("precision_gain", low_precision_rate / matrix_rate, "x", "Lower precision")
    sparsity_gain = book.line("sparsity_gain", book["sparse_rate"] / low_precision_rate, "x", "Zeros skipped")
    total_gain = book.line(
        "total_gain", transistor_gain * matrix_gain * precision_gain * sparsity_gain, "x", "Gain of the listed factors"
    )
    fp32_gain = book.line(
        "fp32_gain",
        new_fp32 / book["old_fp32"] / transistor_gain,
        "x",
        "Plain rate of a transistor",
        note="The factor that the list leaves out.",
    )
    book.line("complete_gain", total_gain * fp32_gain, "x", "Gain with the factor left out")
    book.line("implied_old_fp32", book["sparse_rate"] / printed, "TFLOP/s/gpu", "K20X rate behind the printed gain")
    elapsed = book["years"] / one_year
    book.line("yearly_gain", power(printed, 1 / elapsed), "x", "Gain per year as printed")
    book.line("listed_yearly_gain", power(total_gain, 1 / elapsed), "x", "Gain per year of the listed factors")
    book.line("moore_gain", power(doubling, book["years"] / book["doubling_time"]), "x", "Moore's law alone")
    book.line(
        "value_gain",
        book["new_performance"] / book["old_performance"] / (book["new_price"] / book["old_price"]),
        "x",
        "Performance for money, after over before",
    )
    book.alert(
        total_gain < printed,
        "The listed factors multiply to less than the printed gain: the rise of the plain rate per transistor is "
        "not among them.",
    )


def _add_chips(book: Ledger) -> None:
    card, cpu, tpu = (catalog.accelerator(name) for name in ("h100_nvl", "i9_13900", "tpu_v4"))
    tile = Figure("16 lane/group", CHIPS, note="columns of a matrix tile of 16 x 16")
    book.option(
        "h100_tf32",
        {
            "compute": card.figure("compute_tf32_fp32_dense"),
            "lane_groups": Figure("16 group", CHIPS, note="rows of a matrix tile of 16 x 16"),
            "group_lanes": tile,
        },
    )
    processor: dict[str, Given] = {
        "transistors": Figure("0 transistor/die", "assumed: estimated from area and density instead"),
        "die_area": cpu.figure("die_area"),
        "tdp": cpu.figure("power"),
        "compute": Figure("0 TFLOP/s/gpu", "assumed: computed from cores and clock instead"),
        "lane_groups": Figure("0 group", NO_PART),
        "group_lanes": Figure("0 lane/group", NO_PART),
    }
    book.option("cpu_scalar", {**processor, "rated_by": "scalar cores"}, source=CHIPS)
    book.option("cpu_vector", {**processor, "rated_by": "vector units"}, source=CHIPS)
    book.option(
        "cpu_vector_256",
        {**processor, "rated_by": "vector units", "vector_width": cpu.figure("vector_width", "data_sheet")},
        source="(ext) vendor data sheet",
    )
    array = "(ext) vendor's system architecture"
    book.option(
        "tpu_v4",
        {
            "transistors": tpu.figure("transistors"),
            "die_area": tpu.figure("die_area"),
            "tdp": tpu.figure("power"),
            "compute": tpu.figure("compute_bf16_fp32_dense"),
            "lane_groups": Figure("128 group", array, note="rows of one of its matrix units"),
            "group_lanes": Figure("128 lane/group", array, note="columns of one of its matrix units"),
        },
    )
