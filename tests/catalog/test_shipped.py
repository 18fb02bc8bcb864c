"""The figures that come with the package: each readable and sourced, none picked silently."""

from __future__ import annotations

import re
from datetime import date

import pytest

from unitledger.errors import UnknownName
from unitledger.model import Figure
from unitledger.templates import catalog, find
from unitledger.templates.catalog import Entry
from unitledger.units import Q, Unit, magnitude

LOOK_UP = {
    "accelerators": catalog.accelerator,
    "models": catalog.model,
    "shapes": catalog.shape,
    "apis": catalog.api,
    "prices": catalog.price,
}


def figures_of(entry: Entry) -> list[Figure]:
    return [entry[field, variant] for field in entry.fields for variant in entry.variants(field) or (None,)]


def value(figure: Figure, unit: str) -> float:
    return magnitude(Q(figure.quantity), Unit.parse(unit))


EVERY_ENTRY = [(book, name) for book in LOOK_UP for name in catalog.entries(book)]


@pytest.mark.parametrize(("book", "name"), EVERY_ENTRY)
def test_every_figure_reads_and_says_where_and_when_it_comes_from(book: str, name: str) -> None:
    figures = figures_of(LOOK_UP[book](name))
    assert figures
    for figure in figures:
        assert Q(figure.quantity).spelling
        assert re.match(r"document 00[0-4], \w|\(ext\) \w|assumed: \w", figure.source)
        assert figure.as_of is not None
        assert date(2002, 1, 1) <= figure.as_of <= date(2026, 11, 21)


@pytest.mark.parametrize(("book", "name"), EVERY_ENTRY)
def test_a_date_that_no_source_gives_is_called_assumed(book: str, name: str) -> None:
    for figure in figures_of(LOOK_UP[book](name)):
        if not re.match(r"document 001|assumed:|.*(\d{4}-\d\d-\d\d|commit)", figure.source):
            assert figure.note.endswith("date assumed")


@pytest.mark.parametrize(("book", "name"), EVERY_ENTRY)
def test_the_figures_of_one_field_measure_the_same_thing(book: str, name: str) -> None:
    entry = LOOK_UP[book](name)
    for field in entry.fields:
        physical = {Unit.of(Q(entry[field, variant].quantity)).physical for variant in entry.variants(field)}
        assert len(physical) <= 1


@pytest.mark.parametrize("template", catalog.entries("assumed"))
def test_every_figure_that_a_template_assumes_stands_in_its_ledger(template: str) -> None:
    book = find(template)()
    given = [
        *(each.setting.figure for each in book.inputs.values()),
        *(each.figure for each in book.constants.values()),
    ]
    told = {(str(figure.quantity), figure.source, figure.as_of, figure.note) for figure in given}

    for figure in figures_of(catalog.assumed(template)):
        assert (str(figure.quantity), figure.source, figure.as_of, figure.note) in told


def test_a_figure_of_a_card() -> None:
    figure = catalog.accelerator("rtx_4090")["compute_fp16_fp16_dense"]

    assert value(figure, "TFLOP/s/gpu") == 330
    assert figure.source == "document 001, running text"
    assert figure.as_of == date(2023, 10, 1)


def test_a_figure_of_a_language_model() -> None:
    llama = catalog.model("llama_2_70b")

    assert value(llama["parameters"], "parameter") == 70e9
    assert value(llama["layers"], "layer") == 80
    assert value(llama["hidden"], "value/token") == 8192


def test_prices_are_found_by_kind() -> None:
    prices = catalog.price("api_token")

    assert value(prices["gpt_3_5_turbo"], "USD/Mtoken") == 2
    assert value(prices["davinci"], "USD/ktoken") / value(prices["ada"], "USD/ktoken") == 50


def test_h100_against_4090_gives_the_ratios_of_document_001() -> None:
    h100, rtx = catalog.accelerator("h100_sxm"), catalog.accelerator("rtx_4090")
    rate, bandwidth, price = "TFLOP/s/gpu", "TB/s/gpu", "USD/gpu"

    compute_ratio = value(h100["compute_fp16_fp32_dense", "table"], rate) / value(rtx["compute_fp16_fp16_dense"], rate)
    assert compute_ratio == pytest.approx(2.997, abs=5e-4)
    assert value(h100["memory_bandwidth"], bandwidth) / value(rtx["memory_bandwidth", "table"], bandwidth) == 3.35
    assert value(h100["price", "list"], price) / value(rtx["price", "list"], price) == 25
    assert value(h100["price", "cost_section"], price) / value(rtx["price", "list"], price) == 18.75


def test_headline_rates_reduce_to_the_dense_rates() -> None:
    for name, headline, dense in (
        ("h100_sxm", "compute_fp16_fp32_sparse", 989.5),
        ("rtx_4090", "compute_fp8_fp16_sparse", 330.25),
    ):
        card = catalog.accelerator(name)
        factors = value(card["sparsity_factor"], "ratio") * value(card["precision_factor"], "ratio")
        assert value(card[headline], "TFLOP/s/gpu") / factors == dense


RATE = re.compile(r"compute_(fp4|fp8|int8|fp16|bf16|tf32|fp32)_(fp16|fp32|int32)_(dense|sparse)")


def test_a_peak_rate_is_named_by_what_is_multiplied_what_is_summed_and_whether_zeros_count() -> None:
    entries = map(catalog.accelerator, catalog.entries("accelerators"))
    fields = {(field, next(iter(given.values()))) for entry in entries for field, given in entry.figures.items()}
    rates = {field for field, figure in fields if Unit.of(Q(figure.quantity)).physical == Unit.parse("FLOP/s").physical}
    # The rate of document 003's example, of which it does not say what is summed.
    assert {rate for rate in rates if not RATE.fullmatch(rate)} == {"example_rate"}


def test_rates_with_fp32_sums_compare_and_other_combinations_are_not_there() -> None:
    h100, rtx = catalog.accelerator("h100_sxm"), catalog.accelerator("rtx_4090")
    alike = "compute_fp16_fp32_dense"

    assert value(rtx[alike], "TFLOP/s/gpu") == 165.2
    assert value(h100[alike, "table"], "TFLOP/s/gpu") == 989
    with pytest.raises(UnknownName) as refusal:
        h100["compute_fp16_fp16_dense"]
    assert str(refusal.value).startswith(
        "The sources give no compute_fp16_fp16_dense for h100_sxm. Did you mean 'compute_fp16_fp32_dense'"
    )


def test_figures_of_data_sheets_that_documents_have_otherwise() -> None:
    assert value(catalog.accelerator("h100_pcie")["memory_bandwidth"], "TB/s/gpu") == 2
    processor = catalog.accelerator("i9_13900")
    assert value(processor["vector_width", "data_sheet"], "bit/core") == 256
    assert value(processor["vector_width", "document_000"], "bit/core") == 512


def test_data_sheets_carry_the_published_rate_per_power() -> None:
    for name, rate, published in (("v100", None, 417), ("h100_sxm", "pre_launch", 1429)):
        card = catalog.accelerator(name)
        per_power = value(card["compute_fp16_fp32_dense", rate], "GFLOP/s/gpu") / value(card["power"], "W/gpu")
        assert per_power == pytest.approx(value(card["compute_per_power"], "GFLOP/s/W"), rel=1e-3)
        assert value(card["compute_per_power"], "GFLOP/s/W") == published


def test_parts_of_an_h100_add_up_to_2100_usd() -> None:
    parts, h100 = catalog.price("silicon"), catalog.accelerator("h100_sxm")
    die = value(parts["wafer", "document_000"], "USD/wafer") / value(h100["good_dies"], "die/wafer")
    memory = value(h100["memory"], "GB/gpu") * value(parts["hbm", "document_000"], "USD/GB")
    boards = sum(value(parts[name], "USD/gpu") for name in ("h100_package", "h100_module"))

    assert (die, memory, die + memory + boards) == (300, 1200, 2100)


def test_several_figures_are_never_chosen_silently() -> None:
    h100 = catalog.accelerator("h100_sxm")

    assert h100.variants("price") == ("list", "cost_section", "card_section")
    with pytest.raises(UnknownName) as refusal:
        h100["price"]
    assert str(refusal.value) == (
        "The sources give several figures for h100_sxm.price: 'list' (40000 USD/gpu), "
        "'cost_section' (30000 USD/gpu), 'card_section' (30000 USD/gpu). "
        "Choose one by name, for example ['price', 'list']."
    )


def test_a_field_that_the_sources_leave_out() -> None:
    with pytest.raises(UnknownName) as refusal:
        catalog.accelerator("h800")["price"]
    assert str(refusal.value) == (
        "The sources give no price for h800. "
        "Given: compute_fp16_fp32_dense, compute_tf32_fp32_dense, memory, memory_bandwidth, link_bidirectional, "
        "link_latency. "
        "Pass a figure of your own together with its source."
    )


def test_a_misspelled_field_is_recognised() -> None:
    with pytest.raises(UnknownName, match=r"no memori for h800\. Did you mean 'memory'"):
        catalog.accelerator("h800").variants("memori")


def test_an_unknown_accelerator() -> None:
    with pytest.raises(UnknownName) as refusal:
        catalog.accelerator("rtx4090")
    assert str(refusal.value) == (
        "Unknown accelerator 'rtx4090'. Did you mean 'rtx_4090' or 'rtx_5090'? "
        f"accelerators.toml has: {', '.join(catalog.entries('accelerators'))}."
    )


def test_a_name_shared_by_several_cards_lists_them() -> None:
    with pytest.raises(UnknownName, match=r"^Unknown accelerator 'h100'. There is h100_sxm, h100_nvl, h100_pcie\. "):
        catalog.accelerator("h100")


def test_what_the_catalog_holds_cannot_be_changed() -> None:
    card = catalog.accelerator("rtx_4090")
    with pytest.raises(TypeError, match="does not support item assignment"):
        card.figures["price"]["list"] = card["memory"]  # type: ignore[index]


def test_unknown_models_and_prices_are_called_by_their_kind() -> None:
    with pytest.raises(UnknownName, match=r"^Unknown language model 'lama_2_70b'\. Did you mean 'llama_2_70b'"):
        catalog.model("lama_2_70b")
    with pytest.raises(UnknownName, match=r"^Unknown kind of price 'electrcity'\. Did you mean 'electricity'"):
        catalog.price("electrcity")


def test_an_unknown_variant() -> None:
    with pytest.raises(UnknownName) as refusal:
        catalog.accelerator("h100_sxm")["price", "lst"]
    assert str(refusal.value) == (
        "There is no 'lst' of h100_sxm.price. Did you mean 'list'? Given: list, cost_section, card_section."
    )


@pytest.mark.parametrize("variant", ["list", ""])
def test_a_single_figure_has_no_variants(variant: str) -> None:
    a4090 = catalog.accelerator("rtx_4090")

    assert a4090.variants("memory") == ()
    with pytest.raises(UnknownName) as refusal:
        a4090["memory", variant]
    assert str(refusal.value) == (
        f"rtx_4090.memory is a single figure, there is no '{variant}' of it. Ask for ['memory']."
    )


def test_the_books_list_their_entries() -> None:
    assert "tpu_v4" in catalog.entries("accelerators")
    assert "palm" in catalog.entries("models")
    with pytest.raises(UnknownName) as refusal:
        catalog.entries("accelerator")
    assert str(refusal.value) == (
        "Unknown catalog 'accelerator'. Did you mean 'accelerators'? "
        "There are: accelerators, models, shapes, apis, prices, assumed."
    )
