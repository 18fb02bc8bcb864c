"""Distributions with units: what is drawn of each, between the bounds of its input."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from unitledger import Ledger, discrete, lognormal, normal, observed, pert, triangular, uniform
from unitledger.compute.simulation.distributions import Distribution
from unitledger.errors import LedgerError, UnitMismatch, ValueRefused

CASES = 4000


@pytest.fixture(name="book")
def a_bill() -> Ledger:
    book = Ledger("A bill", as_of="2026-01-01")
    tariff = book.assume("tariff", "0.10 USD/kWh", low="80 USD/MWh", high="0.15 USD/kWh")
    load = book.assume("load", "70 %", minimum=0, maximum="100 %")
    cards = book.assume("cards", "8 gpu", whole=True, minimum="1 gpu")
    grid = book.choice("grid", ["city", "rural"])
    fee = book.constant("fee", "1 USD/kWh")
    price = book.line("price", grid.select(city=tariff, rural=tariff + fee))
    book.line("share", load * 1)
    book.headline(book.line("cost", price * load * cards))
    return book


def drawn(book: Ledger, name: str, distribution: Any) -> NDArray[np.float64]:
    """Return what is drawn of an input, as it stands in the frame of cases."""
    frame = book.simulate(CASES, {name: distribution}, lines="cost").to_frame()
    return np.asarray(frame[next(title for title in frame.columns if title.startswith(name))])


@pytest.mark.parametrize(
    ("distribution", "law"),
    [
        (uniform("80 USD/MWh", "0.12 USD/kWh"), stats.uniform(0.08, 0.04)),
        (uniform(), stats.uniform(0.08, 0.07)),
        (triangular("0.08 USD/kWh", 0.09, "0.12 USD/kWh"), stats.triang(0.25, 0.08, 0.04)),
        (triangular(), stats.triang(2 / 7, 0.08, 0.07)),
        (pert("0.08 USD/kWh", "0.09 USD/kWh", "0.12 USD/kWh"), stats.beta(2, 4, 0.08, 0.04)),
        (normal(spread="10 USD/MWh"), stats.norm(0.10, 0.01)),
        (lognormal("90 USD/MWh", spread="30 %"), stats.lognorm(np.sqrt(np.log(1.09)), scale=0.09)),
    ],
    ids=lambda each: str(each) if isinstance(each, Distribution) else "",
)
def test_what_is_drawn_follows_its_distribution(book: Ledger, distribution: Any, law: Any) -> None:
    values = np.sort(drawn(book, "tariff", distribution))

    # A Latin hypercube has one case in each of as many equal parts.
    assert np.abs(law.cdf(values) - (np.arange(CASES) + 0.5) / CASES).max() < 1 / CASES


def test_some_values_come_as_often_as_their_chances_say(book: Ledger) -> None:
    values = drawn(book, "tariff", discrete({"80 USD/MWh": "25 %", "0.12 USD/kWh": 0.75}))
    found, counts = np.unique(values, return_counts=True)

    assert found == pytest.approx([0.08, 0.12])
    assert counts.tolist() == [CASES // 4, 3 * CASES // 4]


def test_what_was_observed_comes_as_often_as_it_was_seen(book: Ledger) -> None:
    values = drawn(book, "tariff", observed(("0.09 USD/kWh", 0.11, "0.11 USD/kWh", "100 USD/MWh")))
    found, counts = np.unique(values.round(6), return_counts=True)

    assert found.tolist() == [0.09, 0.1, 0.11]
    assert counts.tolist() == [CASES // 4, CASES // 4, CASES // 2]
    assert set(drawn(book, "tariff", observed(np.array([0.09, 0.11])))) == {0.09, 0.11}


def test_words_of_a_choice_are_drawn(book: Ledger) -> None:
    words, counts = np.unique(drawn(book, "grid", discrete({"rural": "25 %", "city": "75 %"})), return_counts=True)

    assert words.tolist() == ["city", "rural"]
    assert counts.tolist() == [3 * CASES // 4, CASES // 4]


def test_a_distribution_ends_at_the_bounds_of_its_input(book: Ledger) -> None:
    simulation = book.simulate(CASES, {"load": normal("90 %", spread="20 %")}, lines="share")
    law = stats.norm(90, 20)
    within = law.cdf(100) - law.cdf(0)

    assert 99.9 < simulation.percentile(100).magnitude <= 100
    assert simulation.percentile(50).magnitude == pytest.approx(law.ppf(law.cdf(0) + within / 2), rel=1e-3)
    assert simulation.cut == {"base": {"load": pytest.approx(1 - within)}}


@pytest.mark.parametrize(
    "distribution", [uniform("0.1 USD/kWh", "100 USD/MWh"), triangular(0.1, 0.1, 0.1), pert(0.1, 0.1, 0.1)]
)
def test_an_input_whose_ends_are_equal_is_known(book: Ledger, distribution: Any) -> None:
    assert set(drawn(book, "tariff", distribution)) == {0.1}


def test_an_end_that_is_not_stated_is_the_figure_itself() -> None:
    book = Ledger("A bill")
    book.headline(book.line("bill", book.assume("rent", "2 USD/h", high="3 USD/h") * 1))
    simulation = book.simulate(1000)

    assert simulation.inputs == {"rent": "triangular over its range"}
    assert simulation.percentile(0).magnitude == pytest.approx(2, abs=1e-3)


def test_bounds_that_nothing_reaches_are_said_as_they_are_stated() -> None:
    book = Ledger("A bill")
    book.headline(book.line("bill", book.assume("rent", "2 USD/h", above=0, maximum="9 USD/h") * 1))

    with pytest.raises(ValueRefused) as refused:
        book.simulate(10, {"rent": uniform("10 USD/h", "11 USD/h")})
    assert str(refused.value) == "Input 'rent', uniform: nothing of it lies within the bounds, 0 USD/h to 9 USD/h."


def test_counts_are_drawn_whole(book: Ledger) -> None:
    assert set(drawn(book, "cards", uniform("0.4 gpu", "3.4 gpu"))) == {1, 2, 3}


def test_days_are_drawn_whole() -> None:
    book = Ledger("Delivery")
    begun = book.assume("begun", "2026-01-01")
    book.headline(book.line("late", begun - book.constant("due", "2026-01-05")), better="lower")
    simulation = book.simulate(100, {"begun": uniform("2026-01-03", "2026-01-13")})

    assert str(simulation.percentile(0)) == "-2 day"
    assert str(simulation.percentile(100)) == "8 day"


@pytest.mark.parametrize(
    ("name", "distribution", "error", "message"),
    [
        (
            "tariff",
            "0.1 USD/kWh",
            ValueRefused,
            "Input 'tariff': expected a distribution, such as triangular('30 %', '70 %', '100 %'), got '0.1 USD/kWh'.",
        ),
        (
            "tariff",
            uniform("5 kW", "6 kW"),
            UnitMismatch,
            "Input 'tariff', low: expected USD/kWh, got 5 kW. It measures power where USD per energy is asked for.",
        ),
        (
            "tariff",
            triangular(0.3, 0.2, 0.4),
            ValueRefused,
            "Input 'tariff', triangular in option 'base': its low 0.3 USD/kWh is above its mode 0.2 USD/kWh.",
        ),
        ("load", uniform("20 %"), ValueRefused, "Input 'load' has no range in option 'base': say high=..."),
        ("load", pert(), ValueRefused, "Input 'load' has no range in option 'base': say low=..."),
        ("tariff", normal("0.1 USD/kWh"), ValueRefused, "Input 'tariff': say spread=..."),
        (
            "tariff",
            normal(spread=0),
            ValueRefused,
            "Input 'tariff', normal in option 'base': its spread must be above zero, got 0.",
        ),
        (
            "tariff",
            lognormal(0, spread="30 %"),
            ValueRefused,
            "Input 'tariff', lognormal in option 'base': its median must be above zero, got 0.",
        ),
        (
            "tariff",
            lognormal(spread="0.03 USD/kWh"),
            UnitMismatch,
            "Input 'tariff', spread: expected ratio, got 0.03 USD/kWh.",
        ),
        (
            "load",
            uniform("110 %", "120 %"),
            ValueRefused,
            "Input 'load', uniform: nothing of it lies within the bounds, 0 % to 100 %.",
        ),
        (
            "load",
            discrete({"50 %": 0.5, "150 %": 0.5}),
            ValueRefused,
            "Input 'load', case 1 (counted from 0): 150 % is above the most possible 100 %.",
        ),
        (
            "load",
            discrete({"50 %": "50 %", "60 %": "40 %"}),
            ValueRefused,
            "Input 'load': the chances of discrete are shares that come to 1, got 0.5, 0.4.",
        ),
        (
            "load",
            discrete({"50 %": "150 %", "60 %": "-50 %"}),
            ValueRefused,
            "Input 'load': the chances of discrete are shares that come to 1, got 1.5, -0.5.",
        ),
        (
            "load",
            discrete({}),
            ValueRefused,
            "Input 'load': discrete takes chances by value, such as {'1 USD': '40 %', ...}.",
        ),
        ("load", observed([]), ValueRefused, "Input 'load': observed has no value."),
        (
            "grid",
            uniform(1, 2),
            ValueRefused,
            "Input 'grid' is a choice of words: it takes discrete({'city': '40 %', ...}) or observed([...]).",
        ),
        ("grid", observed(["town"]), ValueRefused, "Input 'grid': expected one of city, rural, got 'town'."),
    ],
)
def test_what_is_no_distribution_of_an_input_is_refused(
    book: Ledger, name: str, distribution: Any, error: type[LedgerError], message: str
) -> None:
    with pytest.raises(error) as refused:
        book.simulate(100, {name: distribution})
    assert str(refused.value).startswith(message)
