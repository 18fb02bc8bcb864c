"""The price list: the cost of each offer against roofline_serving, and the cheapest of each region."""

from __future__ import annotations

import pytest

from unitledger.ledger import Ledger
from unitledger.templates import find
from unitledger.units import Q, Unit, magnitude

USD_MTOKEN = Unit.parse("USD/Mtoken")


def usd(book: Ledger, line: str, option: str) -> float:
    return magnitude(book.value(line, option), USD_MTOKEN)


@pytest.fixture(scope="module")
def listed() -> Ledger:
    return find("gpu_price_list")()


@pytest.fixture(scope="module")
def by_name() -> Ledger:
    return find("roofline_serving")()


@pytest.mark.parametrize(
    ("option", "offer", "cards"),
    [
        ("llama_8b", "h100_sxm nebius Europe", 1),
        ("llama_8b", "l40s nebius Europe", 1),
        ("llama_70b", "h200_sxm nebius North America", 1),
        ("llama_70b", "h100_sxm verda Europe", 2),
    ],
)
def test_an_offer_costs_what_roofline_serving_finds(
    listed: Ledger, by_name: Ledger, option: str, offer: str, cards: int
) -> None:
    card = offer.split(maxsplit=1)[0]
    rent = listed.value(f"offers.price@{offer}", option)
    asked = {
        "model": option.replace("llama", "llama_3_1"),
        "card": card,
        "cards": f"{cards} gpu",
        "agreed_rent": str(rent),
        "sharing": "left out",
    }
    there = by_name.with_settings({"h100": asked})

    assert listed.value(f"group@{card}", option) == Q(f"{cards} gpu")
    assert usd(listed, f"cost@{offer}", option) == pytest.approx(usd(there, "token_cost", "h100"))


def test_the_cheapest_of_a_region_is_the_least_of_its_offers(listed: Ledger) -> None:
    costs = {offer: usd(listed, f"cost@{offer}", "llama_70b") for offer in listed.by_item("cost").to_frame().index}

    for region, line in (("Europe", "cheapest_europe"), ("North America", "cheapest_north_america")):
        there = [cost for offer, cost in costs.items() if offer.endswith(region)]
        assert len(there) > 5
        assert usd(listed, line, "llama_70b") == min(there)
    assert usd(listed, "cheapest", "llama_70b") == min(costs.values())


def test_a_price_that_is_old_and_a_target_that_no_card_meets_are_told(listed: Ledger) -> None:
    assert listed.raised("llama_8b") == ()
    slow = listed.with_settings({"llama_8b": {"target": "0.5 ms/token"}})
    assert slow.raised("llama_8b")[0] == "On some cards no batch meets the target; they count with one sequence."
    old = listed.with_settings({"llama_8b": {"today": "2027-10-01"}})
    assert old.raised("llama_8b") == ("Some offers are older than allowed: read the lists again.",)


def test_rents_that_are_watched_are_named(listed: Ledger) -> None:
    named = [listed[name].label for name in listed.lines if name.startswith("listed_")]
    assert named == [f"Rents listed in {region}, added up" for region in ("Europe", "North America", "Asia")]
