"""One list of alerts: the ledger's own, inputs outside their range, prices out of date."""

from __future__ import annotations

import pytest

from unitledger import Ledger
from unitledger.compute.alerts import disqualifying, is_plausible
from unitledger.model import Figure

STALE = "Prices older than 2 year on 2024-06-01: price, fee."


def sold(load: str = "50 %", **bounds: str | int) -> Ledger:
    book = Ledger("Sold", option="now", as_of="2024-06-01", stale_after="2 year")
    price = book.assume("price", "4 USD/h", as_of="2020-01-01", high="5 USD/h")
    fee = book.assume("fee", "1 USD/h", as_of="2021-01-01")
    share = book.assume("load", load, label="Share of time sold", **bounds)  # type: ignore[arg-type]
    book.headline(book.line("cost", (price + fee) / share, minimum=0, maximum="20 USD/h"))
    book.alert(share < 0, "Less than nothing is sold.")
    book.option("later", {"price": Figure("6 USD/h", as_of="2024-01-01", low="7 USD/h")})
    return book


@pytest.mark.parametrize(
    ("load", "bounds", "said"),
    [
        ("10 %", {"low": "30 %", "high": "100 %"}, "10 %, outside 30 % to 100 %."),
        ("10 %", {"low": "30 %", "maximum": 100}, "10 %, outside 30 % to 100 %."),
        ("10 %", {"low": "30 %"}, "10 %, below 30 %."),
        ("90 %", {"high": 80}, "90 %, above 80 %."),
        ("90 %", {"high": 80, "above": 0}, "90 %, outside 0 % to 80 %."),
        ("90.0001 %", {"low": 1, "high": 90}, "90.0001 %, outside 1 % to 90 %."),
        ("90.00001 %", {"low": 1, "high": 90}, "90.00001 %, outside 1 % to 90 %."),
        ("29.9999999 %", {"low": 30}, "29.9999999 %, below 30 %."),
    ],
)
def test_an_input_outside_its_range_is_named_with_figure_and_range(
    load: str, bounds: dict[str, str | int], said: str
) -> None:
    book = sold(load, **bounds)

    assert f"Share of time sold is {said}" in book.raised()


@pytest.mark.parametrize("load", ["30 %", "64 %", "100 %"])
def test_an_input_within_its_range_is_not(load: str) -> None:
    assert "Share of time sold" not in "".join(sold(load, low="30 %", high="100 %").raised())


def test_everything_is_told_in_one_list_and_by_option() -> None:
    book = sold("10 %", low="30 %", high=100)

    assert book.raised() == (
        "Cost is above 20 USD/h, which is not plausible.",
        "Share of time sold is 10 %, outside 30 % to 100 %.",
        STALE,
    )
    # Its own figure has its own range and its own day.
    assert book.raised("later")[1:] == (
        "Price is 6 USD/h, below 7 USD/h.",
        "Share of time sold is 10 %, outside 30 % to 100 %.",
        STALE.replace("price, ", ""),
    )


def test_a_headline_is_not_plausible_where_it_or_what_it_stands_on_is_not() -> None:
    book = sold()
    beside = book.line("beside", book["fee"] - book["price"], minimum=0)
    within = book.line("within", book["price"] - book["fee"] - book["fee"], minimum="1 USD/h")

    assert [alert.line for alert in disqualifying(book)] == ["cost", "cost"]
    assert is_plausible(book, "now", book.values())
    assert len(book.raised()) == 2
    book.headline(book.line("after", within + book["load"] * book["price"] * 0))
    assert [alert.line for alert in disqualifying(book)] == ["within"]
    for price, plausible in (("3 USD/h", True), ("2.9 USD/h", False)):
        changed = book.with_settings({"now": {"price": price}})
        assert is_plausible(changed, "now", changed.values()) is plausible
    assert beside.name in {alert.line for alert in book.alerts}


def test_without_a_headline_nothing_is_disqualified() -> None:
    book = Ledger("Nothing")
    book.line("line", book.assume("given", "-1 USD"), minimum=0)

    assert disqualifying(book) == ()
    assert is_plausible(book, "base", book.values())
    assert len(book.raised()) == 1
