"""A catalog file of one's own, and what is said when it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import InputsFileError, UnknownName
from unitledger.templates import catalog
from unitledger.units import Q, Unit, magnitude

GOOD = """\
# our own hardware
[b200.compute]
quantity = "2250 TFLOP/s/gpu"
source = "vendor data sheet"
as_of = 2024-11-01

[b200.price.list]
quantity = "40000 USD/gpu"
low = "35000 USD/gpu"
high = "50 kUSD/gpu"
source = "offer 17"
as_of = 2025-01-15
note = "without tax"
owner = "purchasing"

[b200.price.paid]
quantity = "36500 USD/gpu"
source = "invoice 4711"
as_of = 2025-03-01
"""


@pytest.fixture(autouse=True, scope="module")
def in_empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("catalog"))
        yield


def refusal(text: str) -> str:
    Path("ours.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputsFileError) as caught:
        catalog.load("ours.toml")
    return str(caught.value)


def test_a_file_of_ones_own() -> None:
    Path("ours.toml").write_text(GOOD, encoding="utf-8")
    ours = catalog.load("ours.toml")

    assert ours.names == ("b200",)
    b200 = ours.entry("b200")
    assert b200.fields == ("compute", "price")
    assert b200.variants("price") == ("list", "paid")
    price = b200["price", "list"]
    assert magnitude(Q(price.quantity), Unit.parse("USD/gpu")) == 40_000
    assert price.high is not None
    assert magnitude(Q(price.high), Unit.parse("USD/gpu")) == 50_000
    assert (price.source, price.as_of) == ("offer 17", date(2025, 1, 15))
    assert (price.note, price.owner) == ("without tax", "purchasing")


def test_a_figure_says_who_reviewed_it_and_when() -> None:
    Path("ours.toml").write_text(f'{GOOD}reviewed_by = "finance"\nreviewed_on = 2025-03-20\n', encoding="utf-8")
    paid = catalog.load("ours.toml").entry("b200")["price", "paid"]
    assert (paid.reviewed_by, paid.reviewed_on) == ("finance", date(2025, 3, 20))


def test_inline_tables_are_the_same_shape() -> None:
    Path("ours.toml").write_text(
        '[b200]\nprice.paid = { quantity = "36500 USD/gpu", source = "invoice 4711", as_of = 2025-03-01 }\n'
    )
    paid = catalog.load(Path("ours.toml")).entry("b200")["price"]

    assert magnitude(Q(paid.quantity), Unit.parse("USD/gpu")) == 36_500


def test_the_file_is_read_again_after_an_edit() -> None:
    Path("ours.toml").write_text(GOOD)
    catalog.load("ours.toml")
    Path("ours.toml").write_text(GOOD.replace("b200", "b300"))

    assert catalog.load("ours.toml").names == ("b300",)


def test_an_unknown_entry_names_the_file() -> None:
    Path("ours.toml").write_text(GOOD)
    with pytest.raises(UnknownName) as caught:
        catalog.load("ours.toml").entry("b20")
    assert str(caught.value) == "Unknown entry 'b20'. Did you mean 'b200'? ours.toml has: b200."


def test_an_unknown_key_is_refused_with_its_line() -> None:
    assert refusal(GOOD.replace('quantity = "36500', 'quantiy = "36500')) == (
        "ours.toml, line 17: b200.price.paid.quantiy: unknown key 'quantiy'. Did you mean 'quantity'? "
        "A figure may have: quantity, low, high, source, note, owner, reviewed_by, as_of, reviewed_on."
    )


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("quantity", 'quantity = "2250 TFLOP/s/gpu"\n'),
        ("source", 'source = "vendor data sheet"\n'),
        ("as_of", "as_of = 2024-11-01\n"),
    ],
)
def test_a_figure_without_quantity_source_or_date_is_refused(key: str, line: str) -> None:
    assert refusal(GOOD.replace(line, "")) == (
        f"ours.toml, line 2: b200.compute: {key} is missing. Every figure has a quantity, a source and an as_of."
    )


def test_a_blank_source_is_refused() -> None:
    assert refusal(GOOD.replace('"invoice 4711"', '" "')) == (
        "ours.toml, line 18: b200.price.paid.source: source must be text that is not blank, got ' '."
    )


def test_a_date_in_quotes_is_refused() -> None:
    assert refusal(GOOD.replace("2025-03-01", '"2025-03-01"')) == (
        "ours.toml, line 19: b200.price.paid.as_of: "
        "as_of must be a date without quotes, such as 2023-10-01, got '2025-03-01'."
    )


def test_a_time_of_day_is_no_date() -> None:
    assert "line 19: b200.price.paid.as_of: as_of must be a date" in refusal(
        GOOD.replace("2025-03-01", "2025-03-01T12:00:00")
    )


def test_a_date_before_the_time_of_spreadsheets_is_refused() -> None:
    assert refusal(GOOD.replace("2025-03-01", "1899-12-31")) == (
        "ours.toml, line 19: b200.price.paid.as_of: as_of: "
        "The date 1899-12-31 lies before 1900-03-01, where spreadsheets count days differently."
    )


def test_a_number_without_a_unit_is_refused() -> None:
    assert refusal(GOOD.replace('"2250 TFLOP/s/gpu"', "2250")) == (
        'ours.toml, line 3: b200.compute.quantity: quantity must be text with a unit, such as "80 GB/gpu", got 2250.'
    )


def test_a_unit_that_does_not_exist_is_reported_on_its_line() -> None:
    message = refusal(GOOD.replace('"40000 USD/gpu"', '"40000 usd/gpu"'))

    assert message.startswith("ours.toml, line 8: b200.price.list.quantity: quantity: ")
    assert "USD" in message


def test_a_fault_in_an_inline_table_has_the_line_of_the_table() -> None:
    message = refusal('[b200]\n\nprice = { quantity = "1 blorp", source = "x", as_of = 2025-03-01 }\n')

    assert message.startswith("ours.toml, line 3: b200.price.quantity: quantity: ")


def test_bounds_have_to_enclose_the_figure() -> None:
    assert refusal(GOOD.replace("35000 USD/gpu", "45000 USD/gpu")) == (
        "ours.toml, line 9: b200.price.list.low: low '45000 USD/gpu' lies above the quantity '40000 USD/gpu'."
    )
    assert refusal(GOOD.replace("50 kUSD/gpu", "39 kUSD/gpu")) == (
        "ours.toml, line 10: b200.price.list.high: high '39 kUSD/gpu' lies below the quantity '40000 USD/gpu'."
    )


def test_a_bound_of_another_dimension_is_refused() -> None:
    assert refusal(GOOD.replace("35000 USD/gpu", "35000 CNY/gpu")).startswith(
        "ours.toml, line 9: b200.price.list.low: low: "
    )


def test_an_entry_holds_quantities_and_tables_only() -> None:
    rule = "an entry holds a quantity in quotes or a table per field."
    assert refusal("[b200]\nprice = 40000\n") == f"ours.toml, line 2: b200.price: expected a table, got 40000: {rule}"
    assert refusal("b200 = 5\n") == f"ours.toml, line 1: b200: expected a table, got 5: {rule}"
    assert refusal("[b200]\n") == f"ours.toml, line 1: b200: is empty: {rule}"
    assert refusal('[b200]\nsource = "x"\n') == f"ours.toml, line 1: b200: is empty: {rule}"


def test_source_and_date_of_an_entry_are_those_of_figures_that_have_none() -> None:
    Path("ours.toml").write_text(
        '[b200]\nsource = "sheet"\nas_of = 2026-01-02\nmemory = "180 GB/gpu"\n'
        'price.list = { quantity = "40000 USD/gpu", source = "offer 17" }\nprice.paid.quantity = "36500 USD/gpu"\n',
        encoding="utf-8",
    )
    b200 = catalog.load("ours.toml").entry("b200")

    figures = (b200["memory"], b200["price", "list"], b200["price", "paid"])
    assert [figure.source for figure in figures] == ["sheet", "offer 17", "sheet"]
    assert {figure.as_of for figure in figures} == {date(2026, 1, 2)}
    assert b200.fields == ("memory", "price")


def test_a_quantity_alone_needs_source_and_date_of_its_entry() -> None:
    assert refusal('[b200]\nsource = "sheet"\nmemory = "180 GB/gpu"\n') == (
        "ours.toml, line 3: b200.memory: as_of is missing. Every figure has a quantity, a source and an as_of."
    )
    assert refusal('[b200]\nsource = " "\nas_of = 2026-01-02\nmemory = "180 GB/gpu"\n') == (
        "ours.toml, line 4: b200.memory.source: source must be text that is not blank, got ' '."
    )


def test_fields_and_units_are_checked_against_the_shipped_catalogs() -> None:
    stated = 'source = "sheet"\nas_of = 2026-01-02\n'
    Path("ours.toml").write_text(
        f'[b200_nvl]\n{stated}memory = "180 GB"\nmemory_bandwith = "8 TB/s/gpu"\nrent.list.quantity = "4 EUR/gpu/h"\n'
        f'[our_model]\n{stated}layers = "32 layer"\nhidden = "4096 value/token"\nheads = "32 layer"\n',
        encoding="utf-8",
    )
    memory, bandwidth, rent, heads, missing = map(str, catalog.faults("ours.toml"))

    assert memory == "ours.toml: b200_nvl.memory: expected GB/gpu, got 180 GB."
    assert bandwidth.startswith(
        "ours.toml: b200_nvl.memory_bandwith: no entry of accelerators has this field. Did you mean 'memory_bandwidth'"
    )
    assert rent == "ours.toml: b200_nvl.rent.list: expected USD/gpu/h, got 4 EUR/gpu/h."
    assert heads == "ours.toml: our_model.heads: expected head/layer, got 32 layer."
    assert missing == ("ours.toml: our_model: missing: vocabulary, embeddings, norms, which every entry of shapes has.")


def test_figures_of_a_day_to_come_or_below_0_and_a_file_without_entries_are_faults() -> None:
    Path("ours.toml").write_text(
        '[b200_nvl]\nsource = "offer"\nas_of = 2026-01-03\nmemory = "180 GB/gpu"\npower = "-1 kW/gpu"\n',
        encoding="utf-8",
    )
    assert [str(each) for each in catalog.faults("ours.toml", date(2026, 1, 3))] == [
        "ours.toml: b200_nvl.power: -1 kW/gpu is below 0."
    ]
    assert [str(each) for each in catalog.faults("ours.toml", date(2026, 1, 2))][:1] == [
        "ours.toml: b200_nvl.memory: as_of 2026-01-03 is after 2026-01-02."
    ]
    Path("ours.toml").write_text("# nothing yet\n", encoding="utf-8")
    assert list(map(str, catalog.faults("ours.toml"))) == ["ours.toml: it has no entries."]


def test_a_file_that_fits_has_no_faults() -> None:
    Path("ours.toml").write_text(GOOD.replace("b200.compute", "b200.compute_bf16_fp32_dense"), encoding="utf-8")
    assert catalog.faults("ours.toml") == ()


def test_a_figure_has_no_variants_beside_it() -> None:
    mixed = GOOD.replace("[b200.compute]", "[b200.compute.fp16]") + (
        '\n[b200.compute]\nquantity = "1 PFLOP/s/gpu"\nsource = "x"\nas_of = 2025-01-01\n'
    )
    assert "b200.compute.fp16: unknown key 'fp16'." in refusal(mixed)


def test_names_are_lower_case_identifiers() -> None:
    assert refusal(GOOD.replace("b200.compute", '"B 200".compute')) == (
        "ours.toml, line 2: B 200: the name 'B 200' must be lower-case letters, digits and _, a letter first."
    )


def test_broken_toml_is_reported_with_its_line() -> None:
    assert refusal(GOOD.replace('source = "offer 17"', 'source "offer 17"')) == (
        "ours.toml, line 11: not valid TOML: expected '=' after a key in a key/value pair."
    )
    assert refusal(GOOD + '\n[b300]\nprice = "') == "ours.toml, line 22: not valid TOML: unterminated string."
    assert refusal(GOOD + GOOD).startswith("ours.toml, line 21: not valid TOML: ")


def test_text_that_looks_like_a_key_does_not_shift_the_line() -> None:
    noted = GOOD.replace('note = "without tax"', 'note = """\n[b200.price.paid]\nquantity = 1\n"""')

    assert refusal(noted.replace('"36500 USD/gpu"', "36500")).startswith(
        "ours.toml, line 20: b200.price.paid.quantity: "
    )


def test_the_line_is_found_however_the_keys_are_written() -> None:
    assert refusal('[ b200 . "price" ] # ours\n\n list . quantity = 5\nlist.source = "x"\n').startswith(
        "ours.toml, line 3: b200.price.list: as_of is missing."
    )
    assert refusal("[[b200]]\nprice = 5\n").startswith("ours.toml, line 1: b200: expected a table, got [")


@given(st.integers(min_value=0, max_value=18), st.lists(st.sampled_from(["", "# price = 1", "  # [x.y]"])))
def test_lines_put_above_a_fault_move_its_line_by_as_many(place: int, added: list[str]) -> None:
    broken = GOOD.replace('"36500 USD/gpu"', "36500").splitlines()
    above = len(added) if place < 17 else 0

    assert refusal("\n".join([*broken[:place], *added, *broken[place:]])).startswith(
        f"ours.toml, line {17 + above}: b200.price.paid.quantity: "
    )


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    Path("ours.toml").write_bytes(GOOD.encode() + "# Preis in €\n".encode("cp1252"))
    with pytest.raises(InputsFileError) as caught:
        catalog.load("ours.toml")
    assert str(caught.value) == "ours.toml, line 20: not UTF-8 text. Save the file as UTF-8."


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(InputsFileError) as caught:
        catalog.load("theirs.toml")
    assert str(caught.value) == ("theirs.toml: cannot be read (No such file or directory). Check the path.")
