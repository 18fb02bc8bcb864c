"""How far an answer moves when each ranged input in turn goes to its low and to its high."""

from __future__ import annotations

import pytest

from unitledger import Figure, Ledger
from unitledger.errors import EmptyLedger, UnknownName


@pytest.fixture(name="book")
def a_card_that_is_sold_part_of_the_time() -> Ledger:
    book = Ledger("A card", option="old", as_of="2026-01-01")
    rent = book.assume("rent", "3 USD/gpu/h", low="2 USD/gpu/h", high="4 USD/gpu/h")
    rate = book.assume("rate", "1000 token/s/gpu", low="800 token/s/gpu")
    load = book.assume("load", "50 %", low="25 %", high="100 %", minimum=0, maximum="100 %")
    book.assume("desk", "7 m^2", low="5 m^2", high="9 m^2")
    sold = book.line("sold", rate * load, unit="Mtoken/gpu/h")
    book.headline(book.line("token_cost", rent / sold, unit="USD/Mtoken"))
    book.option("new", {"rent": Figure("9 USD/gpu/h", low="8 USD/gpu/h"), "rate": "5000 token/s/gpu"})
    return book


def test_the_strongest_swing_comes_first_and_inputs_that_do_not_count_are_left_out(book: Ledger) -> None:
    found = book.sensitivity()

    # 3 USD buys an hour of 1.8 Mtoken: half the time 3.333 USD/Mtoken, a quarter of it 6.667, all of it 1.667.
    assert found.answer.magnitude == pytest.approx(3 / 1.8)
    assert [swing.name for swing in found] == ["load", "rent", "rate"]
    load, rent, rate = found
    assert str(load.low) == "25 %"
    assert (load.at_low.magnitude, load.at_high.magnitude) == pytest.approx((3 / 0.9, 3 / 3.6))
    assert load.size.magnitude == pytest.approx(3 / 0.9 - 3 / 3.6)
    assert (rent.at_low.magnitude, rent.at_high.magnitude) == pytest.approx((2 / 1.8, 4 / 1.8))
    assert (found.least.magnitude, found.greatest.magnitude) == pytest.approx((3 / 3.6, 3 / 0.9))
    assert rate.at_low.magnitude == pytest.approx(3 / (1.8 * 0.8))


def test_a_missing_end_is_the_figure_itself(book: Ledger) -> None:
    rate = book.sensitivity().swings[2]

    assert str(rate.high) == "1000 token/s/gpu"
    assert rate.at_high == book.sensitivity().answer


def test_an_own_figure_has_its_own_range_or_that_of_the_base(book: Ledger) -> None:
    found = {swing.name: swing for swing in book.sensitivity(option="new")}

    assert set(found) == {"load", "rent", "rate"}
    assert (str(found["rent"].low), str(found["rent"].high)) == ("8 USD/gpu/h", "9 USD/gpu/h")
    assert (str(found["rate"].low), str(found["rate"].high)) == ("800 token/s/gpu", "5000 token/s/gpu")


def test_a_figure_that_is_known_has_no_swing(book: Ledger) -> None:
    measured = Figure("5000 token/s/gpu", low="5000 token/s/gpu", high="5000 token/s/gpu")
    known = book.with_settings({"new": {"rate": measured}})

    assert {swing.name for swing in known.sensitivity(option="new")} == {"load", "rent"}


def test_a_changed_figure_keeps_the_range(book: Ledger) -> None:
    changed = book.with_settings({"old": {"rent": "2.5 USD/gpu/h", "load": Figure("40 %", low="30 %")}})
    found = {swing.name: (str(swing.low), str(swing.high)) for swing in changed.sensitivity()}

    assert found["rent"] == ("2 USD/gpu/h", "4 USD/gpu/h")
    assert found["load"] == ("30 %", "40 %")


def test_another_line_than_the_headline(book: Ledger) -> None:
    assert [swing.name for swing in book.sensitivity("sold")] == ["load", "rate"]


def test_an_answer_that_turns_swings_from_its_least_to_its_greatest() -> None:
    book = Ledger("A hill")
    place = book.assume("place", "0 km", low="-1 km", high="2 km")
    height = book.line("height", place * place, unit="km^2")

    (swing,) = book.sensitivity(height.name)
    assert [each.magnitude for each in (swing.at_low, swing.at_high, swing.size)] == [1, 4, 4]


def test_an_input_that_leaves_no_answer_at_one_end_is_told(book: Ledger) -> None:
    idle = book.with_settings({"old": {"load": Figure("50 %", low="0 %", high="100 %")}})

    found = idle.sensitivity()
    assert found.without_answer == ("load",)
    assert [swing.name for swing in found] == ["rent", "rate"]
    assert str(found).splitlines()[1] == "No answer at low or high of load."


def test_it_prints_as_a_table_and_says_where_there_is_none(book: Ledger) -> None:
    assert str(book.sensitivity("sold", "new")).splitlines() == [
        "sold of new: 9 Mtoken/gpu/h, 1.44 Mtoken/gpu/h to 18 Mtoken/gpu/h one input at a time.",
        "",
        "input  low              high              sold at low        at high          swing",
        "load   25 %             100 %             4.5 Mtoken/gpu/h   18 Mtoken/gpu/h  13.5 Mtoken/gpu/h",
        "rate   800 token/s/gpu  5000 token/s/gpu  1.44 Mtoken/gpu/h  9 Mtoken/gpu/h   7.56 Mtoken/gpu/h",
    ]
    assert "<td" in book.sensitivity()._repr_html_()
    book.line("twice", book["desk"] / book["desk"])
    fixed = Ledger("Fixed")
    fixed.headline(fixed.line("fee", fixed.assume("rent", "2 USD/h")))
    assert str(fixed.sensitivity()) == "fee of base: 2 USD/h. No input that it stands on has a range."


def test_what_cannot_be_looked_at_is_refused(book: Ledger) -> None:
    with pytest.raises(UnknownName, match="'A card' has no line 'cost'"):
        book.sensitivity("cost")
    plain = Ledger("No headline")
    plain.line("fee", plain.assume("rent", "2 USD/h", low="1 USD/h"))
    with pytest.raises(EmptyLedger, match=r"'No headline' has no headline: name the line to look at\."):
        plain.sensitivity()
