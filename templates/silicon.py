"""What the buyer of a chip gets for its silicon: transistors for money and power, and work from each transistor."""

from __future__ import annotations

from unitledger import Figure, Ledger, all_of, maximum, power, when
from unitledger.templates import catalog
from unitledger.templates._formulas import in_a_year

CHIPS = "document 000, architecture table"
ARRAY = "(ext) vendor's system architecture"
NO_PART = "assumed: no such part in this variant"
ANY_PRICE = "assumed: any price, only the ratio counts"


def silicon() -> Ledger:
    """Work that a chip design gets from a transistor, transistors for money and power, and a long-run gain in factors.

    Document 000. Headline: `compute_per_transistor` [FLOP/s/transistor].
    """
    book = Ledger(
        "Silicon: work from a transistor",
        option="h100_fp32",
        description="An H100 by its CUDA cores.",
        alternatives=False,
        purpose=__doc__,
        as_of="2024-07-01",
        owner="infrastructure",
        stale_after="3 year",
        excludes=[
            "dies lost to faults and at the edge of the wafer",
            "everything on the card beside the logic die",
            "design and software",
            "memory bandwidth",
        ],
    )
    own = catalog.assumed("silicon")
    nvl, sxm, k20x = (catalog.accelerator(name) for name in ("h100_nvl", "h100_sxm", "k20x"))
    cpu, tpu = catalog.accelerator("i9_13900"), catalog.accelerator("tpu_v4")
    prices = catalog.price("silicon")

    book.section("Chip", above=0)
    stated = book.assume("transistors", nvl["transistors"], "Transistors of the die (0: estimated)", minimum=0)
    area = book.assume("die_area", nvl["die_area"], "Area of the logic die")
    density = book.assume("density", cpu["density"], "Transistor density, estimated")
    tdp = book.assume(
        "tdp",
        sxm["power"],
        "Thermal design power",
        note="H100: of the SXM card, while the arithmetic rates are those of the slower NVL card",
    )
    compute = book.assume("compute", nvl["compute_fp32_fp32_dense"], "Peak arithmetic of the unit compared", minimum=0)
    rated_by = book.choice(
        "rated_by",
        ("data sheet", "scalar cores", "vector units"),
        "Where the peak rate comes from",
        source=CHIPS,
        note="data sheet: transistors and compute as given; else both follow from area, density, cores and clock",
    )

    book.section("Wafer", above=0)
    wafer_price = book.assume(
        "wafer_price",
        prices["wafer", "document_000"],
        "Price of a processed wafer",
        low="10000 USD/wafer",
        high="20000 USD/wafer",
        note="one price for every chip; range is assumed: older and newer processes",
    )
    diameter = book.assume("wafer_diameter", prices["wafer_diameter"], "Diameter of a wafer")
    book.section("Process")
    pi = book.constant("pi", own["pi"], "Circumference over diameter, one face per wafer")
    radii = book.constant("radii_per_diameter", "2 ratio", "Radii in a diameter", source="by definition")
    dies = book.one("die/gpu", "die_per_card", "Logic dies of a card")
    radius = book.line("wafer_radius", diameter / radii, "mm")
    wafer_area = book.line("wafer_area", pi * radius * radius, "mm2/wafer", "Area of a wafer")
    price = book.line("price_per_area", wafer_price / wafer_area, "USD/mm2", "Price of processed silicon")
    die_cost = book.line(
        "die_cost_by_area",
        area * price,
        "USD/die",
        "Cost of the die by its share of the wafer",
        note="A floor: every die sells and none is cut at the edge. Accelerator_card counts sellable dies instead.",
    )
    estimated = book.line("cpu_transistors", area * density, "Gtransistor/die", "Transistors estimated from the area")
    given = when(stated > 0, stated, estimated)
    chosen = rated_by.select({"data sheet": given, "scalar cores": estimated, "vector units": estimated})
    counted = book.line("counted_transistors", chosen, "Gtransistor/die", "Transistors that are counted")
    per_usd = book.line("transistors_per_money", counted / area / price, "Mtransistor/USD", "Transistors for the money")
    per_watt = book.line("transistors_per_power", counted * dies / tdp, "Mtransistor/W", "Transistors for a watt")

    book.section("Cores of the CPU", above=0)
    cores = book.assume("cores", cpu["cores"], "Cores", whole=True)
    clock = book.assume("clock", cpu["clock"], "Clock")
    width = book.assume(
        "vector_width", cpu["vector_width", "document_000"], "Width of a vector register (0: scalar)", minimum=0
    )
    built_width = book.assume("built_width", cpu["vector_width", "data_sheet"], "Width of a vector register as built")
    element_width = book.assume("element_width", cpu["element_width"], "Width of an operand")
    book.section("Peak rate of the CPU")
    lane_work = book.one("FLOP/lane", "lane_work", "Operations of a lane in a cycle")
    scalar_lane = book.one("lane/core", "scalar_lane", "Lanes of a core without vectors")
    lanes = book.line("vector_lanes", maximum(scalar_lane, width / element_width), "lane/core", "Lanes of a core")
    lane_rate = cores * clock * lane_work
    scalar = book.line("cpu_scalar_compute", lane_rate * scalar_lane, "TFLOP/s/die", "Scalar cores")
    vector = book.line("cpu_vector_compute", lane_rate * lanes, "TFLOP/s/die", "Vector units")

    book.section("Lanes of the unit compared", source=CHIPS, minimum=0)
    groups = book.assume("lane_groups", "512 group", "Groups of lanes, or rows of a matrix tile", whole=True)
    group_lanes = book.assume("group_lanes", "32 lane/group", "Lanes in a group, or columns of a tile", whole=True)
    book.section("Architecture")
    book.line("lanes", groups * group_lanes, "lane", "Lanes that work at once")
    rates = {"data sheet": compute / dies, "scalar cores": scalar, "vector units": vector}
    compared = book.line("compared_compute", rated_by.select(rates), "TFLOP/s/die", "Peak rate compared")
    gained = book.line("compute_per_transistor", compared / counted, "FLOP/s/transistor", "Work from a transistor")
    book.line("computed_compute", area * density * gained, "TFLOP/s/die", "Peak rate at the estimated density")
    by_vectors = rated_by.select({"data sheet": 0, "scalar cores": 0, "vector units": 1})
    book.alert(
        all_of(by_vectors > 0, width > built_width),
        "The vector registers are counted wider than the processor has them; option cpu_vector_256 counts what it has.",
    )
    book.headline(gained, better="higher", beside=[per_usd, per_watt, die_cost])

    book.section("Long-run gain", source="document 000, factors of the long-run gain", above=0)
    old_transistors = book.assume("old_transistors", k20x["transistors"], "Transistors, K20X")
    new_transistors = book.assume("new_transistors", sxm["transistors"], "Transistors, H100")
    old_fp32 = book.assume("old_fp32", k20x["compute_fp32_fp32_dense"], "Plain 32-bit rate, K20X")
    new_fp32 = book.assume("new_fp32", sxm["compute_fp32_fp32_dense"], "Plain 32-bit rate, H100")
    matrix = book.assume("matrix_rate", sxm["compute_tf32_fp32_dense", "gain_list"], "Matrix rate, H100")
    narrow = book.assume("low_precision_rate", sxm["compute_fp8_fp32_dense", "gain_list"], "Low-precision rate, H100")
    sparse = book.assume("sparse_rate", sxm["compute_fp8_fp32_sparse"], "Rate with zeros skipped, H100")
    printed = book.assume("printed_total_gain", "1000 ratio", "Gain as printed")
    years = book.assume("years", "10 year", "Years of the gain")
    doubling_time = book.assume("doubling_time", "2 year", "Doubling time of Moore's law")

    book.section("Value of an upgrade", source="document 000, performance and price", above=0)
    old_performance = book.assume("old_performance", "60 frame/s/gpu", "Performance before")
    new_performance = book.assume("new_performance", "90 frame/s/gpu", "Performance after")
    old_price = book.assume("old_price", "1000 USD/gpu", "Price before", source=ANY_PRICE)
    new_price = book.assume("new_price", own["new_price"], "Price after")
    book.section("Gain in factors")
    one_year = book.one("year")
    doubling = book.constant("doubling", "2 ratio", "A doubling", source="by definition")
    more = book.line("transistor_gain", new_transistors / old_transistors, "x", "More transistors")
    by_matrix = book.line(
        "matrix_gain",
        matrix / new_fp32,
        "x",
        "Matrix units",
        note="Printed as about 10; the rates printed beside it give 7.46.",
    )
    by_precision = book.line("precision_gain", narrow / matrix, "x", "Lower precision")
    by_sparsity = book.line("sparsity_gain", sparse / narrow, "x", "Zeros skipped")
    listed = book.line("total_gain", more * by_matrix * by_precision * by_sparsity, "x", "Gain of the listed factors")
    plain = book.line(
        "fp32_gain",
        new_fp32 / old_fp32 / more,
        "x",
        "Plain rate of a transistor",
        note="The factor that the list leaves out.",
    )
    book.line("complete_gain", listed * plain, "x", "Gain with the factor left out")
    book.line("implied_old_fp32", sparse / printed, "TFLOP/s/gpu", "K20X rate behind the printed gain")
    book.line("yearly_gain", in_a_year(printed, one_year, years), "x", "Gain per year as printed")
    book.line("listed_yearly_gain", in_a_year(listed, one_year, years), "x", "Gain per year of the listed factors")
    book.line("moore_gain", power(doubling, years / doubling_time), "x", "Moore's law alone")
    value = new_performance / old_performance / (new_price / old_price)
    book.line("value_gain", value, "x", "Performance for money, after over before")
    book.alert(
        listed < printed,
        "The listed factors multiply to less than the printed gain: the rise of the plain rate per transistor is "
        "not among them.",
    )

    tensor_cores = {
        "compute": nvl["compute_tf32_fp32_dense"],
        "lane_groups": Figure("16 group", CHIPS, note="rows of a matrix tile of 16 x 16"),
        "group_lanes": Figure("16 lane/group", CHIPS, note="columns of a matrix tile of 16 x 16"),
    }
    book.option("h100_tf32", tensor_cores, description="An H100 by its tensor cores.")
    processor = {
        "transistors": Figure("0 transistor/die", "assumed: estimated from area and density instead"),
        "die_area": cpu["die_area"],
        "tdp": cpu["power"],
        "compute": Figure("0 TFLOP/s/gpu", "assumed: computed from cores and clock instead"),
        "lane_groups": Figure("0 group", NO_PART),
        "group_lanes": Figure("0 lane/group", NO_PART),
    }
    for name, units, wide in (("scalar", "scalar cores", ""), ("vector", "vector units", ", as wide as printed")):
        said = f"A desktop processor by its {units}{wide}."
        book.option(f"cpu_{name}", {**processor, "rated_by": units}, description=said, source=CHIPS)
    built = {**processor, "rated_by": Figure("vector units"), "vector_width": cpu["vector_width", "data_sheet"]}
    said = "A desktop processor by its vector units, as wide as it has them."
    book.option("cpu_vector_256", built, description=said, source="(ext) vendor data sheet")
    matrix_unit = {
        "transistors": tpu["transistors"],
        "die_area": tpu["die_area"],
        "tdp": tpu["power"],
        "compute": tpu["compute_bf16_fp32_dense"],
        "lane_groups": Figure("128 group", ARRAY, note="rows of one of its matrix units"),
        "group_lanes": Figure("128 lane/group", ARRAY, note="columns of one of its matrix units"),
    }
    book.option("tpu_v4", matrix_unit, description="A TPU v4 by its matrix units.")
    return book
