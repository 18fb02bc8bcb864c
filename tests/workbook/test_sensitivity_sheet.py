"""The sheet Sensitivity: how far each ranged input moves the answer, and where two options come out equal."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import load_workbook
from recalculate import Cells, agree, differences, formualizer, held, libreoffice, retyped
from strategies import ledgers
from swung import Swung

from unitledger import CapexAmortization, Figure, Ledger, Power, RackRent

LEAST, GREATEST = "Least over these changes", "Greatest over these changes"
PRICE = "Depreciation (straight line): purchase price"


def serving() -> Ledger:
    """The ledger of the README, with a range of the batch as well."""
    book = Ledger("Serving LLaMA-2-70B", option="8 x RTX 4090", as_of="2023-10-01")
    capex = book.add(CapexAmortization(price="40000 USD/machine", life="3 year"))
    power = book.add(Power(draw="5 kW/machine", tariff="0.10 USD/kWh"))
    rack = book.add(RackRent(rent="1500 USD/rack/month", density="4 machine/rack"))
    hour = book.total("machine_hour", [capex, power, rack], unit="USD/machine/hour")
    batch = book.assume("batch", "330 token/step/machine", low="256 token/step/machine")
    step = book.assume("step_time", "27 ms/step")
    load = book.assume("load", "100 %", label="Share of time sold", low="30 %", high="100 %")
    sold = book.line("throughput_sold", batch / step * load, unit="Mtoken/machine/hour")
    cost = book.line("token_cost", hour / sold, unit="USD/Mtoken")
    book.option(
        "8 x H100",
        {
            "capex.price": Figure("300000 USD/machine", low="200000 USD/machine"),
            "power.draw": "10 kW/machine",
            "rack.density": "2 machine/rack",
            "batch": "295 token/step/machine",
            "step_time": "5.22 ms/step",
        },
    )
    book.headline(cost, better="lower", beside=[hour, sold])
    return book


def own_or_api(load: str = "100 %") -> Ledger:
    """An hour of the card costs 2.7 USD and gives 3.6 Mtoken when it is sold all the time; the API asks 1.25 USD."""
    book = Ledger("Own or API", option="API", as_of="2026-01-01")
    hour = book.assume("hour", "2.7 USD/h", low="2 USD/h", high="3 USD/h")
    rate = book.constant("rate", "1000 token/s", source="measured")
    share = book.assume("load", load, label="Share sold", low="30 %", high="100 %", minimum=0, maximum="100 %")
    price = book.assume("price", "1.25 USD/Mtoken")
    supplier = book.choice("supplier", ["API", "own"])
    own = book.line("own_cost", hour / (rate * share), unit="USD/Mtoken")
    book.headline(book.line("token_cost", supplier.select(own=own, API=price), unit="USD/Mtoken"))
    book.option("own", {"supplier": "own"})
    return book


def as_python(swung: Swung, ledger: Ledger, option: str) -> None:
    """Hold the sorted table against the swings that Python finds."""
    found = ledger.sensitivity(option=option)
    labels = {ledger.inputs[swing.name].label: swing for swing in found}
    rows = {row[0]: row for row in swung.ranked()}
    assert set(labels) <= set(rows)
    size = max((abs(end.magnitude) for swing in found for end in (swing.at_low, swing.at_high)), default=1.0)
    # What is within the tolerance of checks shows as no change.
    near = 1e-9 * max(size, abs(found.answer.magnitude))
    for label, swing in labels.items():
        assert rows[label][2:4] == pytest.approx((swing.low.magnitude, swing.high.magnitude), rel=1e-9), label
        expected = [each.magnitude for each in (swing.at_low, swing.at_high)]
        assert rows[label][4:6] == pytest.approx(expected, rel=1e-9, abs=near), label
    swings = [max(0.0, *row[6:8]) - min(0.0, *row[6:8]) for row in swung.ranked()]
    assert all(one >= other - near for one, other in pairwise(swings))
    assert swings[len(labels) :] == [0.0] * (len(swings) - len(labels))
    answer = next(str(value) for value in swung.cells.values() if str(value).endswith(" as it is"))
    for label, figure in ((answer, found.answer), (LEAST, found.least), (GREATEST, found.greatest)):
        assert swung.shown(label) == pytest.approx(figure.magnitude, rel=1e-9, abs=near)


def test_the_readme_ledger(tmp_path: Path) -> None:
    swung = Swung.of(serving(), tmp_path / "serving.xlsx")

    # 0.0576311 USD/Mtoken when sold all the time; at 30 % it is 0.192104, at a batch of 256 0.0742901.
    (load, batch, price) = swung.ranked()
    assert load[:4] == ("Share of time sold", "%", 30, 100)
    assert load[4:] == pytest.approx((0.192104, 0.0576311, 0.134473, 0), rel=1e-5, abs=1e-12)
    assert batch[:5] == ("Batch", "token/step/machine", 256, 330, pytest.approx(0.0742901, rel=1e-6))
    assert price[6:] == (0, 0)
    as_python(swung, swung.ledger, "8 x RTX 4090")
    # 0.0576311 x 330 / 0.0660754 = 287.83: the batch at which a token costs what it costs on the H100.
    assert swung.shown("They come out equal at about") == pytest.approx(287.83, rel=1e-3)
    about, span, flip = swung.sentences()
    assert about == "Analysed: 8 x RTX 4090, compared with 8 x H100."
    assert span == (
        "Token cost of 8 x RTX 4090 is 0.0576 USD/Mtoken; range 0.0576 to 0.1921: one listed input at a time at its "
        "low or high, all else as it is."
    )
    assert flip == (
        "8 x RTX 4090 and 8 x H100 come out equal where Batch is about 288 token/step/machine; it is 330 "
        "token/step/machine in 8 x RTX 4090."
    )


def test_another_option_is_analysed_by_choosing_it(tmp_path: Path) -> None:
    swung = Swung.of(serving(), tmp_path / "serving.xlsx")
    before = swung.desk.status()

    swung.choose("Analysed option", "8 x H100")
    as_python(swung, swung.ledger, "8 x H100")
    assert [row[0] for row in swung.ranked()] == ["Share of time sold", PRICE, "Batch"]
    swung.choose("Compared with", "8 x RTX 4090")
    assert swung.shown("They come out equal at about") == "nowhere between"
    assert swung.desk.status() == before


def test_what_is_looked_at_follows_the_answer(tmp_path: Path) -> None:
    swung = Swung.of(serving(), tmp_path / "serving.xlsx")
    assert swung.shown("Analysed option") == "as the answer"

    swung.desk.type("Inputs", {swung.input("batch", "8 x RTX 4090"): 270})
    assert swung.sentences()[0] == "Analysed: 8 x H100, compared with 8 x RTX 4090."
    as_python(swung, swung.ledger, "8 x H100")
    swung.choose("Analysed option", "8 x RTX 4090")
    assert swung.sentences()[0] == "Analysed: 8 x RTX 4090, compared with 8 x H100."
    swung.choose("Compared with", "8 x RTX 4090")
    assert swung.sentences()[0] == "Analysed: 8 x RTX 4090, compared with 8 x RTX 4090."
    assert swung.desk.status()[:2] == ("OK", "EDITED (1)")


def test_both_options_move_where_they_take_the_driver_from_one_cell(tmp_path: Path) -> None:
    swung = Swung.of(own_or_api(), tmp_path / "own.xlsx")

    row = swung.row("One input from its low to its high in equal steps") + 1
    values = [swung.desk.read("Sensitivity", f"{column}{row}") for column in "CDEFGHIJK"]
    assert values == pytest.approx([0.3, 0.3875, 0.475, 0.5625, 0.65, 0.7375, 0.825, 0.9125, 1])
    rows = [[swung.desk.read("Sensitivity", f"{column}{row + down}") for column in "CK"] for down in (1, 2, 3)]
    assert rows == [pytest.approx([2.5, 0.75]), pytest.approx([1.25, 1.25]), pytest.approx([1.25, -0.5])]


def test_an_edited_input_moves_everything(tmp_path: Path) -> None:
    swung = Swung.of(serving(), tmp_path / "serving.xlsx")
    swung.choose("Analysed option", "8 x RTX 4090")
    swung.desk.type("Inputs", {swung.input("power.tariff", "8 x RTX 4090"): 0.3})
    dearer = swung.ledger.with_settings({"8 x RTX 4090": {"power.tariff": "0.3 USD/kWh"}})

    as_python(swung, dearer, "8 x RTX 4090")
    found = dearer.break_even("batch", "8 x RTX 4090", "8 x H100")
    near = pytest.approx(found.magnitude, rel=1e-2) if found else "nowhere between"
    assert swung.shown("They come out equal at about") == near
    assert swung.desk.status()[:2] == ("OK", "EDITED (1)")


def test_an_edited_range_sorts_the_table_anew(tmp_path: Path) -> None:
    swung = Swung.of(serving(), tmp_path / "serving.xlsx")
    low = swung.input("batch", "8 x H100").replace("D", "E")

    swung.desk.type("Inputs", {low: 33})
    assert [row[0] for row in swung.ranked()] == ["Batch", "Share of time sold", PRICE]
    # A tenth of the batch makes a token ten times as dear.
    assert swung.ranked()[0][4] == pytest.approx(0.576311, rel=1e-5)
    assert swung.shown("Greatest over these changes") == pytest.approx(0.576311, rel=1e-5)
    assert swung.desk.status()[0] == "OK"


def test_a_figure_of_ones_own_keeps_the_range_as_taking_it_over_does(tmp_path: Path) -> None:
    swung = Swung.of(serving(), tmp_path / "serving.xlsx")
    swung.choose("Analysed option", "8 x H100")
    # A load of its own, where it inherited; no price of its own, where it had one with a range.
    swung.desk.type("Inputs", {swung.input("load", "8 x H100"): 0.5, swung.input("capex.price", "8 x H100"): None})
    ranged = swung.ledger.setting("load").figure
    changed = swung.ledger.with_settings(
        {"8 x H100": {"load": Figure("50 %", low=ranged.low, high=ranged.high), "capex.price": None}}
    )

    as_python(swung, changed, "8 x H100")


def test_a_range_typed_in_another_unit_is_converted(tmp_path: Path) -> None:
    swung = Swung.of(own_or_api(), tmp_path / "own.xlsx")
    before = swung.ranked()
    row = swung.input("hour", "API")[1:]
    columns = {value: at[:-1] for (sheet, at), value in held(swung.path).items() if sheet == "Inputs" and at[1:] == "4"}

    # The whole row: the price of an hour, its low and its high, by the day.
    daily = {"B": "USD/day", "C": 2.7 * 24, columns["Low"]: 2 * 24, columns["High"]: 3 * 24}
    swung.desk.type("Inputs", {f"{column}{row}": content for column, content in daily.items()})
    for one, other in zip(swung.ranked(), before, strict=True):
        assert all(map(agree, one, other))
    assert swung.desk.status()[0] == "OK"


def test_the_load_at_which_owning_costs_what_the_api_asks(tmp_path: Path) -> None:
    swung = Swung.of(own_or_api(), tmp_path / "own.xlsx")

    # 0.75 USD/Mtoken when sold all the time is 1.25 USD/Mtoken at 60 %.
    # Found on the straight line between 56.25 % and 65 %.
    assert swung.shown("They come out equal at about") == pytest.approx(0.6, rel=1e-2)
    assert swung.sentences()[2] == "own and API come out equal where Share sold is about 60 %; it is 100 % in own."
    swung.desk.type("Inputs", {swung.input("price", "API"): 1.5})
    assert swung.shown("They come out equal at about") == pytest.approx(0.5, rel=1e-2)
    swung.desk.type("Inputs", {swung.input("price", "API"): 0.5})
    assert swung.shown("They come out equal at about") == "nowhere between"
    assert swung.desk.status()[:2] == ("OK", "EDITED (1)")


@pytest.mark.libreoffice
def test_libreoffice_finds_the_same_after_the_selectors_change(tmp_path: Path) -> None:
    path = serving().to_excel(tmp_path / "serving.xlsx")
    swung = Swung.of(serving(), tmp_path / "again.xlsx")
    swung.choose("Analysed option", "8 x H100")
    chosen = {f"C{swung.row('Analysed option')}": "8 x H100"}

    assert differences(path, libreoffice(path)) == []
    found = libreoffice(retyped(path, "Sensitivity", chosen))
    shown = [at for at in held(path) if at[0] in {"Second calculation", "Sensitivity"}]
    assert [(at, found.get(at)) for at in shown if not agree(found.get(at), swung.desk.read(*at))] == []


@pytest.mark.parametrize("selector", ["Analysed option", "Compared with"])
@pytest.mark.parametrize("choice", [None, "something else", "8 x rtx*"])
def test_a_selector_that_names_nothing_fails_integrity(selector: str, choice: str | None, tmp_path: Path) -> None:
    swung = Swung.of(serving(), tmp_path / "serving.xlsx")

    swung.choose(selector, choice)
    assert swung.desk.status()[:2] == ("FAIL", "AS BUILT")


def poles(better: Literal["lower", "higher"]) -> Ledger:
    """One over the distance from a pole, which in one option lies on a point of the one-way table."""
    book = Ledger("A pole", option="far")
    place = book.assume("place", "3 km", low="1 km", high="9 km")
    pole = book.assume("pole", "20 km")
    book.headline(book.line("nearness", 1 / (place - pole)), better=better)
    book.option("farther", {"pole": "30 km"})
    book.option("between", {"pole": "4 km"})
    return book


def test_a_choice_without_value_shows_errors_and_leaves_integrity_alone(tmp_path: Path) -> None:
    swung = Swung.of(poles("higher"), tmp_path / "pole.xlsx")
    before = swung.desk.status()

    swung.choose("Analysed option", "between")
    row = swung.row("Place", after="One input from its low to its high in equal steps")
    assert [swung.desk.read("Sensitivity", f"{column}{row}") for column in "CF"] == [1, 4]
    assert swung.desk.read("Sensitivity", f"C{row + 1}") == pytest.approx(-1 / 3)
    assert swung.desk.read("Sensitivity", f"F{row + 1}")["kind"] == "Div"
    assert swung.desk.status() == before


def test_without_a_value_at_every_point_there_is_no_one_way_table(tmp_path: Path) -> None:
    swung = Swung.of(poles("lower"), tmp_path / "pole.xlsx")

    assert swung.sentences()[0] == "Analysed: between, compared with far."
    assert "range -1.0000 to 0.2000: one listed input" in swung.sentences()[1]
    as_python(swung, swung.ledger, "between")
    assert "One input from its low to its high in equal steps" not in swung.cells.values()
    assert differences(swung.path, formualizer(swung.path)) == []


def test_only_what_is_listed_can_be_chosen(tmp_path: Path) -> None:
    path = serving().to_excel(tmp_path / "serving.xlsx")
    sheet = load_workbook(path)["Sensitivity"]

    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert [rule.formula1 for rule in rules.values()] == ["'Second calculation'!$C$21:$E$21"] * 2
    assert {rule.type for rule in rules.values()} == {"list"}
    for at in rules:
        assert not sheet[at].protection.locked
        assert sheet[at].number_format == "@", "an option named 2026 must stay a text"


def test_names_that_look_like_numbers_or_patterns_can_be_chosen(tmp_path: Path) -> None:
    book = own_or_api()
    book.option("2026", {"supplier": "own", "hour": "3 USD/h"})
    book.option("o*n?", {"supplier": "own", "hour": "4 USD/h"})
    swung = Swung.of(book, tmp_path / "names.xlsx")

    for option in ("2026", "o*n?", "own", "API"):
        swung.choose("Analysed option", option)
        assert swung.shown("Token cost as it is") == pytest.approx(book.values(option)["token_cost"]), option


def test_one_option_is_compared_with_nothing(tmp_path: Path) -> None:
    swung = Swung.of(serving().only("8 x RTX 4090"), tmp_path / "one.xlsx")

    assert "Compared with" not in swung.cells.values()
    assert "They come out equal at about" not in swung.cells.values()
    assert swung.sentences()[0] == "Analysed: 8 x RTX 4090."
    as_python(swung, swung.ledger, "8 x RTX 4090")


def test_without_headline_or_range_there_is_no_such_sheet(tmp_path: Path) -> None:
    plain = Ledger("No range")
    plain.headline(plain.line("fee", plain.assume("rent", "2 USD/h")))
    silent = Ledger("No headline")
    silent.line("fee", silent.assume("rent", "2 USD/h", low="1 USD/h"))

    for book in (plain, silent):
        names = load_workbook(book.to_excel(tmp_path / "plain.xlsx")).sheetnames
        assert "Sensitivity" not in names


def test_twelve_inputs_are_listed_and_the_others_are_told(tmp_path: Path) -> None:
    book = Ledger("Many")
    parts = [book.assume(f"part_{place:02}", "10 USD", low=f"{place / 2} USD") for place in range(15)]
    idle = book.assume("idle", "1 ratio", low="0 ratio")
    book.headline(book.line("bill", sum(parts[1:], start=parts[0].expression) / idle, unit="USD"))
    swung = Swung.of(book, tmp_path / "many.xlsx")

    assert [row[0] for row in swung.ranked()] == [f"Part {place:02}" for place in range(12)]
    told = [value for value in swung.cells.values() if str(value).startswith("Not listed")]
    assert told == [
        "Not listed, since they move the answer less: Part 12, Part 13, Part 14.",
        "Not listed, since the answer has no value at their low or high in some option: Idle.",
    ]


@pytest.mark.parametrize("engine", [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)])
def test_swings_that_differ_in_their_last_digits_have_ranks(engine: Callable[[Path], Cells], tmp_path: Path) -> None:
    book = Ledger("Compound growth", option="now")
    rates = [book.assume(f"growth_{place}", "1.01 ratio", low="1 ratio", high="1.02 ratio") for place in range(12)]
    start = book.assume("start_value", "5 USD")
    price = book.line("price_in_year_0", start * rates[0])
    for place in range(1, 300):
        price = book.line(f"price_in_year_{place}", price * rates[place % 12])
    book.headline(price)
    for place in range(1, 4):
        book.option(f"from {5 + place}", {"start_value": f"{5 + place} USD"})
    path = book.to_excel(tmp_path / "growth.xlsx")

    assert differences(path, engine(path)) == []
    assert {row[0] for row in Swung.of(book, path).ranked()} == {f"Growth {place}" for place in range(12)}


def test_a_sorted_input_leads_to_its_cell(tmp_path: Path) -> None:
    path = serving().to_excel(tmp_path / "serving.xlsx")
    book = load_workbook(path)
    sheet = book["Sensitivity"]

    links = [str(cell.value) for (cell,) in sheet["A1:A40"] if str(cell.value).startswith("=HYPERLINK")]
    assert len(links) == 3
    there = book["Second calculation"].iter_rows()
    named = {cell.value for row in there for cell in row if str(cell.value).startswith("in_")}
    assert named == {"in_load", "in_batch", "in_capex_price"}
    assert named <= set(book.defined_names)


@given(book=ledgers())
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_every_option_of_random_ledgers(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        swung = Swung.of(book, Path(folder, "random.xlsx"))
        if not swung.cells:
            return
        for option in book.options:
            swung.choose("Analysed option", option)
            as_python(swung, book, option)
            assert swung.desk.status()[:2] == ("OK", "AS BUILT")


@pytest.mark.parametrize("engine", [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)])
def test_options_that_are_always_equal_are_not_said_to_have_no_break_even(
    engine: Callable[[Path], Cells], tmp_path: Path
) -> None:
    book = Ledger("Twins", option="one")
    hours = book.assume("hours", "10 h", low="5 h", high="20 h")
    book.headline(book.line("bill", hours * book.assume("rate", "2 USD/h")))
    book.option("other", {"rate": "2 USD/h"})
    swung = Swung.of(book, tmp_path / "twins.xlsx")

    said = "one and other are equal at every value of Hours between its low and its high."
    assert swung.sentences()[2] == said
    assert said in engine(swung.path).values()
    assert book.break_even("hours", "other", "one") is None
