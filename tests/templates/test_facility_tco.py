"""A site worked out by hand: power, capital, the cost of an hour, and the same cards rented."""

from __future__ import annotations

from functools import cache

import pytest

from unitledger.errors import OptionRefused, ValueRefused
from unitledger.ledger import Ledger
from unitledger.templates import find
from unitledger.units import Unit, magnitude

PLAIN = {
    "card": "own",
    "own_card.card_power": "750 W/gpu",
    "agreed_rent": "2 USD/gpu/h",
    "cards": "100 gpu",
    "cards_per_server": "4 gpu/machine",
    "server_price": "100000 USD/machine",
    "network_share": "0.1 ratio",
    "storage_share": "0.1 ratio",
    "it_life": "2 year",
    "it_residual": "0.2 ratio",
    "host_power": "1 kW/machine",
    "load": "0.5 ratio",
    "pue": "1.25 ratio",
    "reserve": "1.2 ratio",
    "tariff": "0.1 USD/kWh",
    "site_price": "10000 USD/kW",
    "site_life": "10 year",
    "rate": "10 %/year",
    "staff": "2 person",
    "staff_cost": "100000 USD/person/year",
    "maintenance_share": "5 %/year",
    "availability": "0.9 ratio",
    "sold_share": "0.5 ratio",
    "card_rate": "1000 token/s/gpu",
}
"""25 servers of 4 kW: 100 kW, 125 with the facility; 3 million USD of servers and a million of building."""


@cache
def template() -> Ledger:
    return find("facility_tco")()


def plain(**settings: str) -> Ledger:
    return template().with_settings({"fleet": {**PLAIN, **settings}})


def value(book: Ledger, line: str, unit: str, option: str | None = None) -> float:
    return magnitude(book.value(line, option), Unit.parse(unit))


def test_power_and_capital_by_hand() -> None:
    book = plain()

    assert value(book, "servers", "machine") == 25
    assert value(book, "it_draw", "kW") == 100
    assert value(book, "site_power", "kW") == 125
    assert value(book, "sized_power", "kW") == 150
    assert value(book, "cooling", "ratio") == pytest.approx(100 / 3.517)
    assert value(book, "it_capital", "USD") == pytest.approx(3_000_000)
    assert value(book, "site_capital", "USD") == pytest.approx(1_000_000)
    assert value(book, "power_capital", "USD") == pytest.approx(530_000)
    assert value(book, "capital_per_power", "USD/W") == pytest.approx(32)


def test_the_cost_of_a_year_and_of_an_hour_by_hand() -> None:
    book = plain()

    # Two payments at 10 % are worth 1 / 1.1 + 1 / 1.21 = 2.1 / 1.21 of one; 0.6 million come back after two years.
    servers = (3_000_000 - 600_000 / 1.21) * 1.21 / 2.1
    assert value(book, "it_year", "USD/year") == pytest.approx(servers)
    # 0.1 / (1 - 1.1 ^ -10), from a table of annuities.
    building = 1_000_000 * 0.16274539488251155
    assert value(book, "site_year", "USD/year") == pytest.approx(building)
    # 62.5 kW in the mean for 8,760 h; two people; a twentieth of three million.
    running = 54_750 + 200_000 + 150_000
    assert value(book, "running_year", "USD/year") == pytest.approx(running)
    hour = (servers + building + running) / (100 * 8760 * 0.45)
    assert value(book, "card_hour", "USD/gpu/h") == pytest.approx(hour)
    # 3.6 million tokens in the hour.
    assert value(book, "token_cost", "USD/Mtoken") == pytest.approx(hour / 3.6)
    assert value(book, "per_power", "USD/MW/year") == pytest.approx((servers + building + running) / 0.125)
    assert value(book, "margin", "ratio") == pytest.approx(1 - hour / 2)


def test_without_cost_of_capital_the_annuity_is_the_straight_line() -> None:
    book = plain(rate="0 %/year")

    assert value(book, "it_factor", "1/year") == pytest.approx(0.5)
    assert value(book, "it_year", "USD/year") == pytest.approx(1_200_000)
    assert value(book, "it_depreciation", "USD/year") == pytest.approx(1_200_000)
    assert value(book, "site_year", "USD/year") == pytest.approx(100_000)


def test_owned_against_rented_by_hand() -> None:
    book = plain(agreed_rent="6 USD/gpu/h")

    # Over two years 2.4 million of servers and 0.2 of building are used up, and 404,750 a year is spent.
    own = 2_600_000 + 809_500
    rented = 100 * 17_520 * 0.45 * 6
    assert value(book, "own_bill", "USD") == pytest.approx(own)
    assert value(book, "rent_bill", "USD") == pytest.approx(rented)
    saved = rented / 2 - 404_750
    assert value(book, "payback", "year") == pytest.approx(2_600_000 / saved)
    assert value(book, "npv", "USD") == pytest.approx(saved * 2.1 / 1.21 - 2_600_000)
    assert value(book, "break_even_use", "ratio") == pytest.approx(own / (100 * 17_520 * 0.9 * 6))
    assert value(book, "return_on_capital", "ratio") == pytest.approx((rented - own) / 2_600_000)


def test_a_server_by_the_month_by_hand() -> None:
    book = plain(rate="0 %/year", site_upkeep="0.05 USD/W/month", server_upkeep="0.12 ratio")

    # 100,000 USD over 24 months, and 12 % of that for upkeep; 4 kW at 10 USD/W over 120 months and upkeep.
    assert value(book, "server_month", "USD/machine/month") == pytest.approx(100_000 / 24 * 1.12)
    assert value(book, "building_month", "USD/machine/month") == pytest.approx(40_000 / 120 + 200)
    assert value(book, "energy_month", "USD/machine/month") == pytest.approx(5 * 720 * 0.1)
    lent = plain(rate="12 %/year", it_life="1 year", server_upkeep="0 ratio")
    # A twelfth of 12 % a month over 12 months, from a table of loans: 8,884.88 USD for 100,000.
    assert value(lent, "server_month", "USD/machine/month") == pytest.approx(8_884.8788678)


def test_a_given_power_holds_whole_servers() -> None:
    book = plain(envelope="64 kW")

    # 5 kW of the site for a server of four cards.
    assert value(book, "servers", "machine") == 12
    assert value(book, "cards_held", "gpu") == 48
    assert value(book, "it_power", "kW") == pytest.approx(51.2)
    with pytest.raises(OptionRefused, match="The power given is too little for a server: set"):
        plain(envelope="4 kW").values("fleet")


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("gb200", "The sources list no rent for this card: set agreed_rent."),
        ("h100_pcie", "The sources give no draw of this card: choose the card 'own'."),
    ],
)
def test_a_card_of_which_a_figure_is_missing_is_refused(card: str, said: str) -> None:
    with pytest.raises(OptionRefused, match=f"^Option 'fleet' is refused: {said}"):
        template().with_settings({"fleet": {"card": card}}).values("fleet")


def test_what_does_not_add_up_is_told() -> None:
    assert "The shares of the building do not add up to the whole of it." in plain(shell_share="0.3 ratio").raised(
        "fleet"
    )
    assert set(plain().raised("fleet")) >= {
        "A card hour costs more than the card rents for.",
        "Renting the cards costs less than owning them.",
    }


@pytest.mark.parametrize(
    ("name", "impossible", "said"),
    [
        ("it_life", "0 year", "above 0 year"),
        ("site_life", "0 year", "above 0 year"),
        ("sold_share", "1.2 ratio", "above the most possible 1 ratio"),
        ("availability", "0 ratio", "above 0 ratio"),
        ("load", "1.1 ratio", "above the most possible 1 ratio"),
        ("pue", "0.9 ratio", "below the least possible 1 ratio"),
        ("rate", "-1 %/year", "below the least possible 0 %/year"),
        ("it_residual", "1.5 ratio", "above the most possible 1 ratio"),
        ("cards", "12.5 gpu", "whole"),
    ],
)
def test_impossible_inputs_are_refused_by_name(name: str, impossible: str, said: str) -> None:
    with pytest.raises(ValueRefused, match=f"^Input '{name}': ") as refused:
        plain(**{name: impossible})
    assert said in str(refused.value)
