"""Tables: lists of items whose columns are operands, and lines with a figure for each item."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

import pytest
from price_lists import CARDS, FLEET, price_list

from unitledger import Figure, Ledger, Power, column, cumulative, look_up, maximum, round_up, when
from unitledger.errors import (
    CalculationError,
    ExpressionError,
    LedgerError,
    NameRefused,
    UnitMismatch,
    UnknownName,
    ValueRefused,
)

PRICES: dict[str, Any] = {"price": "USD/h"}


@pytest.fixture(name="book")
def an_empty_ledger() -> Ledger:
    return Ledger("Prices", as_of="2026-01-05")


def test_a_list_of_machines_is_priced_item_by_item() -> None:
    book = price_list()
    cost = [2 * 20 * 730, 24 * 730, 4 * 6 * 730]
    tokens = [machines * load * each * 730 * 3600 / 1e6 for machines, load, each in [(2, 0.8, 2000), (1, 0.5, 2000)]]

    assert book.by_item("cost").array.tolist() == pytest.approx(cost)
    assert book.by_item("tokens").array[:2].tolist() == pytest.approx(tokens)
    assert book.by_item("cost_by_card").array.tolist() == pytest.approx([cost[0] + cost[1], cost[2]])
    assert book.value("monthly_cost").magnitude == pytest.approx(sum(cost))
    assert book.value("cheapest").magnitude == pytest.approx((cost[0] + cost[1]) / sum(tokens))
    assert str(book.by_item("cost")["l4-us"]) == "17520 USD"
    assert book.by_item("cost").total == book.value("monthly_cost")


@pytest.mark.parametrize("unit", ["EUR/rack/month", "EUR/kWh", "EUR/GB", "CNY/EUR", "%"])
def test_prices_and_shares_of_items_come_to_no_total(book: Ledger, unit: str) -> None:
    book.table("site", {"name": ["a", "b"], "figure": [2, 1]}, key="name", columns={"figure": unit})
    figures = book.by_item("site.figure")

    with pytest.raises(ValueRefused, match=r"^The figures of 'site\.figure' come to no total: it is 'none'\.$"):
        assert figures.total


@pytest.mark.parametrize("unit", ["rack", "kW", "EUR/month", "token/s"])
def test_amounts_and_rates_of_items_are_added_up(book: Ledger, unit: str) -> None:
    book.table("site", {"name": ["a", "b"], "figure": [2, 1]}, key="name", columns={"figure": unit})

    assert str(book.by_item("site.figure").total) == f"3 {unit}"


def test_an_option_sets_items_and_columns() -> None:
    book = price_list()
    book.option("all", {"fleet.price": "10 USD/machine/h", "fleet.price@l4-us": "5 USD/machine/h"})
    book.option("some", {"fleet.load": {"h100-us": "90 %"}})  # type: ignore[dict-item]

    assert book.value("monthly_cost", "offer").magnitude == pytest.approx((2 * 18 + 24 + 24) * 730)
    assert book.by_item("fleet.price", "all").array.tolist() == [10, 10, 5]
    assert book.by_item("fleet.load", "some").array.tolist() == [90, 50, 75]
    assert str(book.value("fleet.price@h100-us", "offer")) == "18 USD/machine/h"
    assert book.setting("fleet.price@h100-us", "offer").figure.source == "offer of 2026-01-04"
    assert book.only("offer").value("monthly_cost") == book.value("monthly_cost", "offer")
    changed = book.with_settings({"list": {"fleet.price@l4-us": "7 USD/machine/h"}})
    assert changed.by_item("fleet.price").array.tolist() == [20, 24, 7]
    assert book.by_item("fleet.price").array.tolist() == [20, 24, 6]


def test_columns_say_where_they_are_from() -> None:
    book = price_list()

    assert book.setting("fleet.machines@l4-us").figure.source == "inventory"
    assert book.setting("fleet.price@l4-us").figure.source == "offers"
    assert str(book.setting("fleet.price@l4-us").figure.as_of) == "2026-01-02"
    assert "Fleet: Price: 20 USD/machine/h to 6 USD/machine/h [fleet.price; offers (2026-01-02)]" in str(
        book.trace("monthly_cost")
    )


def test_items_lead_back_to_one_figure(book: Ledger) -> None:
    prices = book.table("prices", {"name": ["a", "b", "c"], "price": [3.0, 1.0, 2.0]}, key="name", columns=PRICES)
    limit = book.assume("limit", "2 USD/h")
    found = {
        "sum": prices.price.sum(),
        "mean": prices.price.mean(),
        "least": prices.price.least(),
        "largest": prices.price.largest(),
        "one": prices.price["b"],
        "above": (prices.price > limit).count(),
        "items": prices.count(),
        "spread": (prices.price - limit).largest(),
        "looked_up": look_up(prices.price, "c"),
        "of_a": prices.price.sum_by(prices.name, "a"),
    }
    for name, formula in found.items():
        book.line(name, formula)

    values = [book.value(name).magnitude for name in found]
    assert values == [6, 2, 1, 3, 1, 1, 3, 1, 2, 3]


def test_cost_lines_work_for_each_item(book: Ledger) -> None:
    rows = [{"name": "a", "draw": 5}, {"name": "b", "draw": 10}]
    machines = book.table("machines", rows, key="name", columns={"draw": "kW/machine"})
    power = book.add(Power(draw=machines.draw, tariff="0.10 USD/kWh"))

    assert [str(each) for each in book.by_item(power)] == ["0.5 USD/machine/h", "1 USD/machine/h"]


def test_a_condition_chooses_for_each_item(book: Ledger) -> None:
    rows = [{"name": "a", "kind": "new", "price [USD]": 0}, {"name": "b", "kind": "old", "price [USD]": 9.5}]
    cards = book.table("cards", rows, key="name")
    least = book.assume("least", "2 USD")
    book.line("paid", when(cards.kind.equals("old"), maximum(cards.price, least), least))
    book.line("notes", round_up(cards.price / least))

    assert book.by_item("paid").array.tolist() == [2, 9.5]
    assert book.by_item("notes").array.tolist() == [0, 5]


def test_cases_and_sweeps_reach_through_items() -> None:
    book = price_list()
    found = book.array(["monthly_cost", "cheapest"], {"month": [1, 2], "fleet.price@h100-us": [20, 18]})

    assert found["monthly_cost"].tolist() == pytest.approx(
        [book.value("monthly_cost").magnitude, 2 * book.value("monthly_cost", "offer").magnitude]
    )
    assert found["cheapest"][1] == pytest.approx(book.value("cheapest", "offer").magnitude)
    table = book.sweep(outputs="monthly_cost", month=[1, 3])
    assert table["monthly_cost"].values[1] == pytest.approx(3 * found["monthly_cost"][0])


def test_a_ranged_input_moves_items() -> None:
    book = price_list()
    rate = book.assume("fee", "2 %", low="1 %", high="5 %")
    line = book.line("with_fee", book["cost"].sum() * (1 + rate))
    (swing,) = book.sensitivity(line)

    assert swing.at_high.magnitude == pytest.approx(book.value("monthly_cost").magnitude * 1.05)


def test_a_table_comes_from_a_file_or_a_frame(book: Ledger, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "prices.csv"
    path.write_text('name,since,price [USD/gpu/h]\na,2026-01-01,"1,200.5"\n\nb,2026-02-01,2 EUR/gpu/h\n', "utf-8")
    with pytest.raises(UnitMismatch, match=r"prices.csv, line 4, price: expected USD/gpu/h, got 2 EUR/gpu/h"):
        book.table("prices", path, key="name", columns={"since": "date", "price": "USD/gpu/h"})
    path.write_text("name,since,price [USD/gpu/day]\na,2026-01-01,24\nb,2026-02-01,48\n", "utf-8")
    prices = book.table("prices", path, key="name", columns={"since": "date", "price": "USD/gpu/h"})
    frame = pandas.DataFrame({"price": [1.5, 2.5]}, index=pandas.Index(["a", "b"], name="name"))
    book.table("others", frame, key="name", columns={"price": "USD/gpu/h"})

    assert book.by_item("prices.price").array.tolist() == [1, 2]
    assert str(book.value("prices.since@b")) == "2026-02-01"
    assert book.by_item("others.price").to_frame()["others.price [USD/gpu/h]"]["b"] == 2.5
    assert list(prices) == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "name,prise\na,1\n",
            "prices.csv, line 1: unknown column 'prise'. Did you mean 'price'? Columns are name, price.",
        ),
        ("name\na\n", "prices.csv, line 1: the column 'price' is missing."),
        ("name,price,price\na,1,2\n", "prices.csv, line 1: the column 'price' is there twice."),
        (
            "name,price [USD/gqu]\na,1\n",
            (
                "prices.csv, line 1, price: Cannot read the unit 'USD/gqu': unknown unit 'gqu'. A new one is "
                "made by define('gqu = [gqu]')."
            ),
        ),
        ("name;price\na;1\n", "prices.csv, line 1: its columns are separated by semicolons. Save it with commas."),
        ('name,price\na,1\nb,"2,9O"\n', "prices.csv, line 3, price: '2,9O' is not a number of USD/h."),
        ('name,price\na,1\nb,"2,9"\n', "prices.csv, line 3, price: '2,9' is not a number of USD/h."),
        ("name,price\na,\n", "prices.csv, line 2, price: it is empty, where a number of USD/h is expected."),
        ("name,price\na,1\nA,2\n", "prices.csv, line 3, name: 'A' is there already, in prices.csv, line 2."),
        ("name,price\na,1,2\n", "prices.csv, line 2: 3 cells under 2 headings."),
        (
            "name,price\n4090,1\n",
            (
                "prices.csv, line 2, name: '4090' cannot be a word of a table. A spreadsheet would take it for a "
                "number, or for a rule with * ? ~ \\ < > =; or it is too long."
            ),
        ),
    ],
)
def test_a_file_with_a_fault_is_refused_by_line_and_column(
    book: Ledger, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(content, "utf-8")

    with pytest.raises(LedgerError) as refused:
        book.table("prices", path, key="name", columns=PRICES)
    assert str(refused.value).replace(f"{tmp_path}/", "") == said
    assert not book.columns


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-13-01", "the calendar has no such day (month must be in 1..12)."),
        ("1900-02-28", "it lies before 1900-03-01, where spreadsheets count days differently."),
    ],
)
def test_a_day_of_a_file_that_is_none_is_refused(book: Ledger, tmp_path: Path, day: str, said: str) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(f"name,since\na,{day}\n", "utf-8")

    with pytest.raises(ValueRefused) as refused:
        book.table("prices", path, key="name", columns={"since": "date"})
    assert str(refused.value) == f"{path}, line 2, since: Cannot read '{day}': {said}"


def test_a_column_that_a_frame_has_twice_is_refused(book: Ledger) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([["a", 1, 2]], columns=["name", "price", "price"])

    with pytest.raises(ValueRefused) as refused:
        book.table("prices", frame, key="name", columns=PRICES)
    assert str(refused.value) == "Table 'prices': the column 'price' is there twice."


def test_rows_with_a_fault_are_refused_by_number(book: Ledger) -> None:
    with pytest.raises(ValueRefused, match=r"Table 'prices', row 2: its columns are not those of row 1; 'x' is in one"):
        book.table("prices", [{"name": "a"}, {"name": "b", "x": 1}], key="name")
    with pytest.raises(ValueRefused, match=r"Table 'prices', row 1, price: 0 USD/h is not above 0 USD/h."):
        book.table("prices", [{"name": "a", "price": 0}], key="name", columns={"price": column("USD/h", above=0)})
    with pytest.raises(ValueRefused, match=r"Table 'prices', row 1, name: it is empty."):
        book.table("prices", [{"name": None, "price": 0}], key="name", columns=PRICES)


def test_a_list_beyond_all_use_is_refused_before_it_is_taken(book: Ledger) -> None:
    with pytest.raises(ValueRefused, match=r"^Table 'prices': 50,001 items; a table has at most 50,000\.$"):
        book.table("prices", {"name": list(map("a{}".format, range(50_001)))}, key="name")
    assert not book.columns


def test_two_axes_do_not_meet(book: Ledger) -> None:
    prices = book.table("prices", [{"name": "a", "price": 1}], key="name", columns=PRICES)
    others = book.table("others", [{"name": "b", "price": 1}], key="name", columns=PRICES)
    time = book.timeline("2026-01", 3)
    with pytest.raises(UnitMismatch) as refused:
        book.line("both", prices.price + others.price)
    assert str(refused.value) == (
        "Line 'both' has two axes: prices (prices.price) and others (others.price). Reduce one first, with .sum(), "
        ".sum_by(...) or look_up(...)."
    )
    with pytest.raises(UnitMismatch, match=r"two axes: prices \(prices.price\) and timeline \(timeline.hours\)"):
        book.line("bill", prices.price * time.hours)
    book.line("bill", prices.price.sum() * time.hours)
    assert book.by_period("bill").total.magnitude == 2190


def test_a_word_that_sums_would_leave_out_is_refused() -> None:
    book = Ledger("Fleet")
    fleet = book.table("fleet", FLEET, key="name", columns={"gpu": str, "region": str, **_plain()})
    cards = book.table("cards", CARDS[:1], key="gpu", columns={"throughput": "token/s"})
    with pytest.raises(ValueRefused) as refused:
        book.line("by_card", fleet.price.sum_by(fleet.gpu, cards.gpu))
    assert str(refused.value) == (
        "Line 'by_card': 'l4' of 'fleet.gpu' is none of 'cards.gpu', so that the sums would leave it out."
    )
    with pytest.raises(CalculationError, match=r"Line 'rate', item 'l4-us', has no value in option 'base'"):
        book.by_item(book.line("rate", look_up(cards.throughput, fleet.gpu)))


def _plain() -> dict[str, str]:
    return {"machines": "machine", "price": "USD/h", "load": "%"}


def test_what_cannot_be_asked_of_a_table(book: Ledger) -> None:
    prices = book.table("prices", [{"name": "a", "price": 1}], key="name", columns=PRICES)
    line = book.line("double", prices.price + prices.price)

    with pytest.raises(UnknownName, match="Table 'prices' has no item 'b'"):
        book.line("other", prices.price["b"])
    with pytest.raises(UnknownName, match=r"'double' has a figure for each item: by_item\('double'\) gives them all"):
        book.value(line)
    with pytest.raises(UnknownName, match=r"'prices.price' has a figure for each item. Name one, such as 'prices.pr"):
        book.setting("prices.price")
    with pytest.raises(UnknownName, match=r"'prices.name' are words of a table, the same in every option"):
        book.option("other", {"prices.name": "b"})
    with pytest.raises(UnknownName, match=r"^'prices.name' are words of a table, the same in every option"):
        book.option("other", {"prices.name@a": "b"})
    with pytest.raises(ExpressionError, match=r"^'prices.name' is compared with one word, such as equals\('h100'\).$"):
        prices.name.equals(prices.name)
    with pytest.raises(UnknownName, match="Table 'prices' has no column 'prise'; it has name, price"):
        prices["prise"]
    with pytest.raises(ExpressionError, match="is over the items of 'prices', of which none comes before another"):
        book.line("later", prices.price, opening="1 USD/h")
    with pytest.raises(ExpressionError, match="is over the items of 'prices', of which none comes before another"):
        book.line("so_far", cumulative(prices.price))
    with pytest.raises(ExpressionError, match=r"'double' has a figure for each item. Make a line of one of them or of"):
        book.headline(line)
    with pytest.raises(ExpressionError, match="look_up"):
        look_up(book.assume("x", "1 USD"), "a")
    with pytest.raises(NameRefused):
        book.table("prices", [{"name": "b", "price": 1}], key="name", columns=PRICES)


def test_figures_of_items_take_no_range() -> None:
    book = price_list()
    ranged = Figure("7 USD/machine/h", low="5 USD/machine/h")
    said = (
        "Input 'fleet.price' has a figure for each item, and these take neither low nor high. Multiply it by an input "
        "that does: assume('fleet_price_factor', '100 %', low='90 %', high='110 %')."
    )
    for settings in ({"fleet.price@l4-us": ranged}, {"fleet.price": ranged}, {"fleet.price": [ranged] * 3}):
        with pytest.raises(ValueRefused) as refused:
            book.option("other", settings)  # type: ignore[arg-type]
        assert str(refused.value) == said


def test_the_same_again_adds_nothing(book: Ledger) -> None:
    rows = [{"name": "a", "price": 1}]
    first = book.table("prices", rows, key="name", columns=PRICES)
    again = book.table("prices", rows, key="name", columns=PRICES)

    assert again.price is first.price


@pytest.mark.parametrize("rows", [[], [{"name": "a", "price": 0}]])
def test_a_table_may_be_empty_or_of_nothing(book: Ledger, rows: list[dict[str, Any]]) -> None:
    given: Any = rows or {"name": [], "price": []}
    prices = book.table("prices", given, key="name", columns=PRICES)
    book.line("twice", prices.price + prices.price)
    book.line("in_all", prices.price.sum())
    book.line("items", prices.count())

    assert book.value("in_all").magnitude == 0
    assert book.value("items").magnitude == len(rows)
    assert len(book.by_item("twice")) == len(rows)


def test_no_items_look_up_among_none(book: Ledger) -> None:
    prices = book.table("prices", {"name": [], "price": []}, key="name", columns=PRICES)
    others = book.table("others", {"name": [], "like": []}, key="name", columns={"like": str})
    book.line("of_others", look_up(prices.price, others.like))

    assert book.by_item("of_others").array.tolist() == []


def test_cases_reach_through_no_items(book: Ledger) -> None:
    prices = book.table("prices", {"name": [], "price": []}, key="name", columns=PRICES)
    fee = book.assume("fee", "1 USD/h")
    book.line("dearer", prices.price + fee)
    book.line("in_all", book["dearer"].sum_by(prices.name, prices.name).sum() + book["dearer"].sum())
    book.line("of_none", when(fee > prices.price.sum(), fee, look_up(book["dearer"], "a")))

    found = book.array(["in_all", "of_none"], {"fee": [1, 2]})
    assert found["in_all"].tolist() == [0, 0]
    assert found["of_none"].tolist() == [1, 2]


def test_the_mean_of_no_items_has_no_value(book: Ledger) -> None:
    prices = book.table("prices", {"name": [], "price": []}, key="name", columns=PRICES)
    line = book.line("mean", prices.price.mean())

    with pytest.raises(CalculationError, match="Line 'mean' has no value in option 'base'"):
        book.value(line)


def test_ten_thousand_items_take_ten_times_as_long_as_a_thousand() -> None:
    def seconds(count: int) -> float:
        rows = [{"name": f"item {n}", **FLEET[n % 3], "x": 1.5 + n} for n in range(count)]
        rows = [{**row, "name": f"item-{n}x"} for n, row in enumerate(rows)]
        begun = process_time()
        book = Ledger("Fleet")
        said: dict[str, Any] = {"gpu": str, "region": str, **_plain(), "x": "USD"}
        fleet = book.table("fleet", rows, key="name", columns=said)
        cards = book.table("cards", CARDS, key="gpu", columns={"throughput": "token/s"})
        book.line("cost", fleet.price * fleet.load * look_up(cards.throughput, fleet.gpu))
        book.line("by_card", book["cost"].sum_by(fleet.gpu, cards.gpu))
        line = book.line("in_all", fleet.x.sum())
        assert line.value.magnitude == pytest.approx(count * 1.5 + count * (count - 1) / 2)
        assert book.by_item("cost").array.sum() == pytest.approx(book.by_item("by_card").array.sum())
        return process_time() - begun

    seconds(100)
    assert seconds(10_000) < 25 * max(seconds(1_000), 0.02)


def test_a_list_without_items_has_the_columns_that_are_said(book: Ledger) -> None:
    fleet = book.table("fleet", [], key="name", columns={"region": str, **PRICES})

    assert list(fleet.columns) == ["name", "region", "price"]
    assert book.value(book.line("cost", fleet.price.sum())).magnitude == 0
