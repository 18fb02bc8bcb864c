"""One ledger taken into another."""

from __future__ import annotations

import pytest
from price_lists import price_list

from unitledger import Calendar, Ledger, cumulative
from unitledger.errors import CircularLedger, NameRefused, UnitMismatch, UnknownName, ValueRefused


def machine() -> Ledger:
    book = Ledger("Machine", option="small", excludes=["staff"])
    book.section("Hardware")
    price = book.assume("price", "8760 USD", maximum="100 kUSD", source="offer", low="8000 USD", high="9000 USD")
    life = book.assume("life", "1 year")
    kind = book.choice("kind", ["owned", "leased"])
    week = book.constant("week", "168 h", label="Hours of a week")
    hour = book.line("hour", price / life, unit="USD/h")
    book.line("weekly", kind.select(owned=hour * week, leased=hour * week + hour * week), unit="USD")
    book.total("all", [hour, hour])
    book.alert(price < 0, "Never.")
    book.alert(price > 0, "Always.")
    book.option("big", {"price": "17520 USD", "kind": "leased"})
    return book


def test_two_ledgers_side_by_side_in_one() -> None:
    book = Ledger("Comparison", excludes=["staff", "tax"])
    small = book.include(machine(), "small")
    big = book.include(machine(), "big", option="big")
    book.line("ratio_of_hours", big["hour"] / small["hour"])

    assert str(book.value("small.hour")) == "1 USD/h"
    assert str(book.value("big.hour")) == "2 USD/h"
    assert str(book.value("big.weekly")) == "672 USD"
    assert str(book.value("ratio_of_hours")) == "2 ratio"
    assert book["big.hour"].label == "big: Hour"
    assert book.lines["big.hour"].section == "big: Hardware"
    assert book._section.title == ""
    assert book.exclusions == ("staff", "tax")
    assert book.raised() == (
        "small: Always.",
        "big: Always.",
        "big: Price is 17520 USD, outside 8000 USD to 9000 USD.",
    )
    assert len(book.lines["small.all"].parts) == 2


def test_a_label_of_its_own_reads_better_than_the_prefix() -> None:
    book = Ledger("Comparison")
    book.include(machine(), "small", label="Small machine")

    assert book["small.hour"].label == "Small machine: Hour"
    assert book.lines["small.hour"].section == "Small machine: Hardware"
    assert book.raised() == ("Small machine: Always.",)


def test_figures_come_along_with_source_range_and_bounds() -> None:
    book = Ledger("Comparison")
    book.include(machine(), "own")
    setting = book.setting("own.price")

    assert (setting.figure.source, setting.low, setting.high) == ("offer", 8000, 9000)
    with pytest.raises(ValueRefused) as caught:
        book.option("dear", {"own.price": "200 kUSD"})
    assert str(caught.value) == ("Input 'own.price': 200000 USD is above the most possible 100000 USD.")


def test_a_line_of_the_outer_ledger_stands_in_for_an_input() -> None:
    book = Ledger("Rack")
    card = book.assume("card", "1095 USD/gpu")
    cards = book.assume("cards", "16 gpu")
    made = book.include(machine(), "", given={"price": card * cards})

    assert str(made["hour"]) == "hour = 2 USD/h"
    assert "price" not in book


def test_what_is_given_must_fit_the_formulas() -> None:
    book = Ledger("Rack")
    card = book.assume("card", "1095 USD/gpu")

    with pytest.raises(UnitMismatch) as caught:
        book.include(machine(), "rack", given={"price": card})
    assert str(caught.value).startswith(
        "Line 'rack.hour': the formula gives USD/gpu/year, but the line is declared in USD/h. "
    )
    assert list(book.inputs) == ["card"]
    assert not book.constants


def test_what_is_given_must_be_an_input_there() -> None:
    book = Ledger("Rack")
    card = book.assume("card", "1095 USD")

    with pytest.raises(UnknownName) as caught:
        book.include(machine(), given={"prices": card})
    assert str(caught.value) == "'Machine' has no input 'prices' to be given. Did you mean 'price'?"


def test_without_a_prefix_names_must_not_clash() -> None:
    book = Ledger("Rack")
    book.assume("life", "3 year")

    with pytest.raises(NameRefused) as caught:
        book.include(machine())
    assert str(caught.value) == (
        "Input 'life' is defined already, with quantity 3 year, not 1 year. Give this one another name, or make a new "
        "Ledger to start over."
    )
    assert list(book.inputs) == ["life"]


def test_years_of_different_length_do_not_mix() -> None:
    with pytest.raises(ValueRefused) as caught:
        Ledger("Rack", calendar=Calendar(360, 30)).include(machine())
    assert str(caught.value) == (
        "'Machine' counts 1 year = 365 days = 8,760 hours; 1 month = 730 hours, 'Rack' 1 year = 360 days = 8,640 "
        "hours; 1 month = 720 hours. Give both ledgers one calendar."
    )


def test_a_ledger_cannot_include_itself() -> None:
    book = machine()
    with pytest.raises(CircularLedger) as caught:
        book.include(book, "again")
    assert str(caught.value) == "'Machine' cannot include itself; make it a second time and include that."


def test_an_unknown_option_is_refused_and_leaves_nothing_behind() -> None:
    book = Ledger("Rack")
    with pytest.raises(UnknownName) as caught:
        book.include(machine(), "rack", option="bigger")
    assert str(caught.value) == "'Machine' has no option 'bigger'; it has small, big. Did you mean 'big'?"
    assert not book.constants


def test_advice_comes_along_with_its_topic_under_the_label() -> None:
    own = machine()
    own.advise(own["price"] > 0, "Buy.", topic="cards")
    own.advise(own["price"] > 0, "Decide.")
    book = Ledger("Comparison")
    book.include(own, "small", label="Small machine")

    assert book.advised() == ("Small machine: Buy.", "Small machine: Decide.")
    assert [advice.topic for advice in book.advice] == ["Small machine: cards", "Small machine"]


def months(title: str, first: str = "2026-01") -> Ledger:
    book = Ledger(title, option="few", as_of="2026-01-05")
    t = book.timeline(first, 4)
    people = book.assume("people", {first: "2 person", "2026-04": "3 person"}, over=t)
    salary = book.assume("salary", "10 kUSD/person/month")
    paid = book.line("paid", people * salary * t.months, "kUSD")
    account = book.balance("account", opening="100 kUSD")
    account.close(removed=[paid])
    book.line("so_far", cumulative(paid), opening="5 kUSD")
    book.line("in_april", people["2026-04"])
    book.alert(account.least() < 0, "The account runs dry.")
    book.option("many", {"people@2026-02": "9 person", "salary": "20 kUSD/person/month"})
    return book


def test_ledgers_of_one_timeline_share_it() -> None:
    book = Ledger("Company")
    few = book.include(months("Laboratory"), "lab")
    many = book.include(months("Office"), "office", option="many", label="Office")
    both = book.line("both", few["paid"] + many["paid"])

    assert book.by_period(both).array.tolist() == [60, 200, 60, 90]
    assert book.by_period("lab.account").array.tolist() == [80, 60, 40, 10]
    assert book.by_period(many["account"]).array.tolist() == [60, -120, -160, -220]
    assert book.by_period("office.so_far").total.magnitude == 320
    assert str(book.value("lab.in_april")) == "3 person"
    assert book.raised() == ("Office: The account runs dry.",)
    assert [name for name in book.constants if name.startswith("timeline")] == []
    book.option("more", {"lab.people@2026-03:2026-04": "4 person"})
    assert book.by_period("lab.account", "more").array.tolist() == [80, 60, 20, -20]


def test_another_timeline_is_refused_and_leaves_nothing_behind() -> None:
    book = Ledger("Company")
    book.timeline("2026-01", 12, fiscal_year="April", calendar="days")

    with pytest.raises(ValueRefused) as caught:
        book.include(months("Laboratory"), "lab")
    assert str(caught.value) == (
        "'Laboratory' has 4 periods of 1 month from 2026-01, fiscal years from January and months of one length, "
        "'Company' has 12 periods of 1 month from 2026-01, fiscal years from April and true days. Give both ledgers "
        "one timeline."
    )
    assert not book.inputs
    alone = Ledger("Company")
    with pytest.raises(UnitMismatch):
        alone.include(months("Laboratory"), "lab", given={"salary": alone.assume("salary", "3 USD")})
    assert alone.time is None
    assert not alone.rows


def test_a_line_over_time_stands_in_for_an_input_over_time() -> None:
    book = Ledger("Company")
    t = book.timeline("2026-01", 4)
    racks = book.assume("racks", ["1 rack", "2 rack", "3 rack", "4 rack"], over=t)
    people = book.line("people", racks * book.assume("staffing", "5 person/rack"))
    made = book.include(months("Laboratory"), "lab", given={"people": people})

    assert book.by_period(made["paid"]).array.tolist() == [50, 100, 150, 200]
    assert str(book.value("lab.in_april")) == "20 person"
    assert "lab.people" not in book
    for given in (book["staffing"], racks * book["staffing"]):
        with pytest.raises(ValueRefused) as caught:
            book.include(months("Office"), "office", given={"people": given})
        assert str(caught.value) == (
            "'people' of 'Office' has a figure in each period: give a line or an input over time for it."
        )


def test_tables_come_under_their_prefix_as_an_option_has_them() -> None:
    book = Ledger("Two sites", as_of="2026-01-05")
    book.include(price_list(), "north")
    south = book.include(price_list(), "south", option="offer", label="South")
    worst = book.line("dearer", book["north.monthly_cost"] - south["monthly_cost"])

    assert str(worst.value) == "2920 USD"
    assert book.by_item("south.fleet.price").array.tolist() == [18, 24, 6]
    assert book.by_item(south["token_cost"]).labels == ("h100", "l4")
    assert book.columns["south.cards.throughput"].label == "South: Cards: Throughput"
    assert book.columns["south.cards.throughput"].section == "South: Cards"
    with pytest.raises(UnknownName) as caught:
        book.include(price_list(), "east", given={"fleet.price": worst})
    assert str(caught.value) == "'Fleet by list' has no input 'fleet.price' to be given."


def test_a_plot_of_a_table_comes_along() -> None:
    own = price_list()
    own.plot(own.columns["cost"], own.columns["tokens"])  # type: ignore[arg-type]
    book = Ledger("Two sites")
    book.include(own, "north")

    assert book.plots == (("north.cost", "north.tokens"),)
