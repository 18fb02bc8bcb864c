"""Copies of a ledger: `with_settings` and `only`."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from unitledger import Figure
from unitledger.errors import UnknownName, ValueRefused
from unitledger.ledger import Ledger
from unitledger.units import Q


def book() -> Ledger:
    made = Ledger("Power bill", option="air", as_of="2024-01-01")
    tariff = made.assume("tariff", "0.10 USD/kWh", source="contract")
    draw = made.assume("draw", "5 kW", source="nameplate")
    made.line("bill", tariff * draw, unit="USD/h")
    made.option("water", {"draw": "4 kW"}, source="trial")
    made.option("oil", {"tariff": "0.20 USD/kWh"}, source="offer")
    return made


def bills(ledger: Ledger) -> dict[str, str]:
    return {option: str(ledger.value("bill", option)) for option in ledger.options}


def test_a_changed_copy_does_not_show_values_worked_out_before() -> None:
    before = book()
    assert bills(before) == {"air": "0.5 USD/h", "water": "0.4 USD/h", "oil": "1 USD/h"}

    after = before.with_settings({"air": {"tariff": "0.30 USD/kWh"}})

    assert bills(after) == {"air": "1.5 USD/h", "water": "1.2 USD/h", "oil": "1 USD/h"}
    assert bills(before) == {"air": "0.5 USD/h", "water": "0.4 USD/h", "oil": "1 USD/h"}
    assert str(after.lines["bill"].value) == "1.5 USD/h"


@pytest.mark.parametrize("options", [("oil",), ("water", "oil"), ("oil", "water"), ("oil", "air", "water"), ("air",)])
def test_only_keeps_what_each_option_gives_whichever_is_base(options: tuple[str, ...]) -> None:
    before = book()

    after = before.only(*options)

    assert after.base == options[0]
    assert bills(after) == {option: bills(before)[option] for option in options}
    for option in options:
        for name in before.inputs:
            assert after.setting(name, option) == before.setting(name, option)


def test_an_option_that_inherited_still_inherits_from_a_base_that_stays() -> None:
    after = book().only("air", "oil").with_settings({"air": {"draw": "10 kW"}})

    assert bills(after) == {"air": "1 USD/h", "oil": "2 USD/h"}


def test_only_with_every_option_is_the_same_ledger(tmp_path: Path) -> None:
    before = book()
    before.option("ice", {"draw": "3 kW", "tariff": "0.30 USD/kWh"})

    after = before.only(*before.options)

    assert [list(option.settings) for option in after.options.values()] == [
        [],
        ["draw"],
        ["tariff"],
        ["draw", "tariff"],
    ]
    first, second = before.to_excel(tmp_path / "before.xlsx"), after.to_excel(tmp_path / "after.xlsx")
    assert first.read_bytes() == second.read_bytes()


def test_only_names_an_option_once() -> None:
    assert list(book().only("oil", "oil").options) == ["oil"]


def test_only_refuses_an_unknown_option_and_none_at_all() -> None:
    with pytest.raises(UnknownName) as unknown:
        book().only("Oil")
    assert str(unknown.value) == "'Power bill' has no option 'Oil'; it has air, water, oil. Did you mean 'oil'?"
    with pytest.raises(ValueRefused) as none:
        book().only()
    assert str(none.value) == "Name at least one option of 'Power bill': air, water, oil."


def test_a_copy_can_grow_without_the_original() -> None:
    before = book()
    after = before.only("air")

    after.line("monthly_bill", after["bill"] * after.assume("month_length", "1 month"), unit="USD")

    assert after.value("monthly_bill").magnitude == pytest.approx(0.5 * 730)
    assert "monthly_bill" not in before
    assert before.value("bill") == Q("0.5 USD/h")


def test_none_lets_an_option_inherit_again_but_not_the_base() -> None:
    after = book().with_settings({"water": {"draw": None}})

    assert bills(after)["water"] == "0.5 USD/h"
    with pytest.raises(ValueRefused) as refused:
        book().with_settings({"air": {"draw": None}})
    assert str(refused.value) == "Input 'draw': the base option needs a value; only others inherit one."


def ranged() -> Ledger:
    made = Ledger("Sold hours", option="day")
    load = made.assume("load", "50 %", low="30 %", high="80 %")
    made.line("idle", 1 - load)
    made.option("night", {"load": "40 %"})
    made.option("weekend", {"load": Figure("20 %", low="10 %", high="25 %")})
    return made


def span(ledger: Ledger, option: str) -> tuple[float | str, float | None, float | None]:
    setting = ledger.setting("load", option)
    return setting.value, setting.low, setting.high


def test_a_figure_without_a_range_has_that_of_the_one_it_stands_in_for() -> None:
    before = ranged()
    after = before.with_settings({"day": {"load": "60 %"}, "night": {"load": "45 %"}, "weekend": {"load": "15 %"}})

    assert [span(before, option) for option in before.options] == [(0.5, 0.3, 0.8), (0.4, 0.3, 0.8), (0.2, 0.1, 0.25)]
    assert [span(after, option) for option in after.options] == [(0.6, 0.3, 0.8), (0.45, 0.3, 0.8), (0.15, 0.1, 0.25)]


def test_a_range_that_is_given_wins_and_reaches_the_options_without_one() -> None:
    after = ranged().with_settings({"day": {"load": Figure("50 %", low="45 %")}})

    assert [span(after, option) for option in after.options] == [(0.5, 0.45, None), (0.4, 0.45, None), (0.2, 0.1, 0.25)]


def test_a_range_that_is_the_base_options_goes_on_following_it() -> None:
    book = ranged()
    # As edits of a workbook and the command state it: the figure that held, with another quantity.
    typed = attrs.evolve(book.setting("load", "night").figure, quantity="45 %")
    after = book.with_settings({"night": {"load": typed}})

    assert span(after, "night") == (0.45, 0.3, 0.8)
    assert span(after.with_settings({"day": {"load": Figure("50 %", low="35 %")}}), "night") == (0.45, 0.35, None)


def test_a_figure_outside_its_range_is_taken() -> None:
    book = ranged()
    book.option("strike", {"load": "0 %"})

    assert span(book, "strike") == (0, 0.3, 0.8)
    assert span(book.with_settings({"day": {"load": "90 %"}}), "day") == (0.9, 0.3, 0.8)


@pytest.mark.parametrize("option", ["day", "night", "weekend"])
def test_the_range_comes_along_into_a_copy_and_another_ledger(option: str) -> None:
    book = ranged()
    outer = Ledger("Week")
    outer.include(book, "shift", option=option)

    included = outer.setting("shift.load")
    assert (included.value, included.low, included.high) == span(book, option)
    alone = book.only(option)
    assert span(alone, option) == span(book, option)
    # A figure typed over another keeps the range in the copy too.
    assert span(alone.with_settings({option: {"load": "35 %"}}), option)[1:] == span(book, option)[1:]
