"""Simulations: answers when inputs are drawn at random, against what can be worked out by hand."""

from __future__ import annotations

from typing import Any, cast

import pytest
from budgets import budget

from unitledger import Ledger, discrete, lognormal, normal, observed, triangular, uniform, when
from unitledger.errors import LedgerError, MissingExtra, UnknownName, ValueRefused


@pytest.fixture(name="book")
def book_of_two_ways_to_pay() -> Ledger:
    return two_ways_to_pay()


def two_ways_to_pay(least: str | None = None) -> Ledger:
    """Rent is 2 USD/h; to own costs 1 USD/h and what stands still."""
    book = Ledger("To own or to rent", option="rented")
    rent = book.assume("rent", "2 USD/h", low="1 USD/h", high="3 USD/h")
    fixed = book.assume("fixed", "0 USD/h")
    hours = book.assume("hours", "100 h/month", low="50 h/month", high="150 h/month")
    book.headline(
        book.line("bill", hours * rent + fixed * book.constant("month", "100 h/month"), unit="USD/month", minimum=least)
    )
    book.option("owned", {"rent": "1 USD/h", "fixed": "1.5 USD/h"})
    return book


def test_percentiles_mean_and_deviation_are_those_of_the_distribution(book: Ledger) -> None:
    simulation = book.simulate(2000, {"hours": uniform("0 h/month", "200 h/month")}, options="all")

    assert simulation.options == ("rented", "owned")
    assert simulation.percentile(5).magnitude == pytest.approx(20, abs=0.2)
    assert simulation.percentile(50).units == book.value("bill").units
    # 1.5 USD/h for 100 hours, and 1 USD for each of 0 to 200 hours.
    assert simulation.percentile(50, "owned").magnitude == pytest.approx(250, rel=1e-3)
    assert simulation.percentile(100, "owned").magnitude == pytest.approx(350, rel=1e-3)
    assert simulation.mean("owned").magnitude == pytest.approx(250, rel=1e-4)
    assert simulation.deviation("owned").magnitude == pytest.approx(200 / 12**0.5, rel=1e-3)


def test_options_have_the_same_cases_and_the_chance_that_one_is_better(book: Ledger) -> None:
    simulation = book.simulate(2000, {"hours": uniform("0 h/month", "200 h/month")}, options="all")

    # Rented is cheaper up to 150 hours.
    assert simulation.chance("rented", "owned") == pytest.approx(0.75, abs=1e-3)
    assert simulation.chance("rented") == simulation.chance("rented", "owned")
    assert simulation.chance("owned") == pytest.approx(0.25, abs=1e-3)
    frame = simulation.to_frame()
    hours = frame.groupby("option")["hours [h/month]"]
    assert hours.get_group("owned").tolist() == hours.get_group("rented").tolist()


def test_a_tie_counts_for_neither(book: Ledger) -> None:
    book.option("also rented", {})
    simulation = book.simulate(100, {"hours": uniform()}, options=["rented", "also rented"])

    assert simulation.chance("rented", "also rented") == simulation.chance("also rented", "rented") == 0


def test_an_answer_that_is_not_plausible_is_beaten_by_one_that_is() -> None:
    book = two_ways_to_pay("150 USD/month")
    simulation = book.simulate(1000, {"hours": uniform("0 h/month", "200 h/month")}, options="all")

    # Rented is under 150 USD up to 75 hours, and the cheaper one from there to 150 hours; owned never is.
    assert simulation.chance("rented", "owned") == pytest.approx(0.375, abs=1e-3)
    assert simulation.chance("owned", "rented") == pytest.approx(0.625, abs=1e-3)
    assert simulation.raised("rented") == {"Bill is below 150 USD/month, which is not plausible.": 375}
    assert simulation.raised("owned") == {"Bill is below 150 USD/month, which is not plausible.": 0}


def test_contributions_are_shares_of_the_variance() -> None:
    book = Ledger("A sum")
    one, two = book.assume("one", "0 USD"), book.assume("two", "0 USD")
    idle = book.assume("idle", "1 ratio")
    book.headline(book.line("sum", (one + two) * when(idle > 0, 1, 0)))
    simulation = book.simulate(
        10_000, {"one": uniform(0, 1), "two": uniform(0, 2), "idle": uniform(1, 2)}, sampling="random"
    )

    # Variances 1/12 and 4/12.
    assert simulation.contributions() == pytest.approx({"two": 0.8, "one": 0.2, "idle": 0}, abs=0.015)
    assert list(simulation.contributions()) == ["two", "one", "idle"]


def test_what_only_moves_by_chance_of_another_explains_nothing_by_itself() -> None:
    book = Ledger("A product")
    one, two = book.assume("one", "1 ratio"), book.assume("two", "1 ratio")
    book.headline(book.line("product", one * two))
    simulation = book.simulate(10_000, {"one": uniform(-1, 1), "two": uniform(0, 2)})

    # Of the variance 1/3 x (1/3 + 1), a quarter is what both do together only.
    assert simulation.contributions() == pytest.approx({"one": 0.75, "two": 0}, abs=0.015)


def test_what_does_not_vary_has_no_contributions(book: Ledger) -> None:
    simulation = book.simulate(100, {"fixed": discrete({0: 1})})

    assert simulation.contributions() == {"fixed": 0}
    assert simulation.deviation().magnitude == 0
    assert str(simulation.percentile(5)) == str(simulation.percentile(95)) == "200 USD/month"


def test_inputs_with_a_range_are_drawn_where_none_are_named(book: Ledger) -> None:
    simulation = book.simulate(100)

    assert simulation.inputs == {"rent": "triangular over its range", "hours": "triangular over its range"}
    assert simulation.outside() == {"rent": 0, "hours": 0}


def test_cases_outside_low_and_high_are_counted(book: Ledger) -> None:
    simulation = book.simulate(1000, {"rent": uniform(0, 4), "hours": uniform("100 h/month", "300 h/month")})

    assert simulation.outside() == {"rent": 500, "hours": 750}


@pytest.mark.parametrize("sampling", ["latin", "sobol", "random"])
def test_each_case_is_what_the_ledger_says_of_that_case(book: Ledger, sampling: Any) -> None:
    inputs = {"hours": triangular(), "rent": normal(spread="0.1 USD/h")}
    frame = book.simulate(256, inputs, options="all", sampling=sampling).to_frame()

    for option, cases in frame.groupby("option"):
        given = {"hours": cases["hours [h/month]"], "rent": cases["rent [USD/h]"]}
        assert book.array("bill", given, str(option))["bill"].tolist() == cases["bill [USD/month]"].tolist()


@pytest.mark.parametrize("sampling", ["latin", "sobol", "random"])
def test_equal_seeds_give_equal_cases(book: Ledger, sampling: Any) -> None:
    first, again, other = (
        book.simulate(256, seed=seed, sampling=sampling).to_frame()["bill [USD/month]"].tolist() for seed in (1, 1, 2)
    )

    assert first == again != other


def test_ranks_correlate_as_asked(book: Ledger) -> None:
    inputs = {"rent": uniform(), "fixed": observed([0, 1, 2, 3, 4]), "hours": triangular()}
    correlations = {("rent", "hours"): 0.7, ("hours", "fixed"): -0.4}
    plain = book.simulate(5000, inputs).to_frame()
    frame = book.simulate(5000, inputs, correlations=correlations).to_frame()
    found = frame.drop(columns=["option", "bill [USD/month]"]).rank().corr().to_numpy()

    assert found[0, 2] == pytest.approx(0.7, abs=0.02)
    assert found[1, 2] == pytest.approx(-0.4, abs=0.03)
    assert found[0, 1] == pytest.approx(0, abs=0.03)
    for column in ("rent [USD/h]", "hours [h/month]"):
        assert sorted(frame[column]) == sorted(plain[column])


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ((0, None, {}), ValueRefused, "cases: expected a whole number from 2 on, got 0."),
        ((10.5, None, {}), ValueRefused, "cases: expected a whole number from 2 on, got 10.5."),
        ((10, None, {"seed": -1}), ValueRefused, "seed: expected a whole number from 0 on, got -1."),
        (
            (10, None, {"sampling": "halton"}),
            ValueRefused,
            "sampling: expected one of latin, sobol, random, got 'halton'.",
        ),
        (
            (1000, None, {"sampling": "sobol"}),
            ValueRefused,
            "Sobol's sequence is even in powers of two only: take 512 or 1,024 cases, not 1,000.",
        ),
        (
            (10, {"hour": uniform()}, {}),
            UnknownName,
            "'To own or to rent' has no input named 'hour'. Did you mean 'hours'?",
        ),
        ((10, {"bill": uniform(1, 2)}, {}), UnknownName, "'bill' is worked out, not an input, and cannot be set."),
        ((10, {}, {}), UnknownName, "Name at least one input that is drawn, or give inputs a low or a high."),
        ((10, None, {"lines": "bills"}), UnknownName, "'To own or to rent' has no line 'bills'. Did you mean 'bill'?"),
        (
            (10, None, {"options": "own"}),
            ValueRefused,
            "options: expected 'all' or a list of names, such as ['rented', 'owned'].",
        ),
        (
            (10, None, {"options": ["own"]}),
            UnknownName,
            "'To own or to rent' has no option 'own'; it has rented, owned. Did you mean 'owned'?",
        ),
        ((10, None, {"options": ["owned", "owned"]}), ValueRefused, "options: each is named once, got owned, owned."),
        (
            (10, None, {"option": "owned", "options": "all"}),
            ValueRefused,
            "Name one option or several, not both: option='owned', options='all'.",
        ),
        (
            (10, {"hours": uniform()}, {"options": "all", "lines": ["bill"], "correlations": {("hours", "rent"): 0.5}}),
            UnknownName,
            "Correlation of 'rent', which is not drawn.",
        ),
        (
            (100, None, {"correlations": {("hours", "rent"): 1}}),
            ValueRefused,
            "The rank correlation of 'hours' and 'rent' is 1: it is between two inputs, and above -1 and below 1.",
        ),
        (
            (100, None, {"correlations": {("hours", "hours"): 0.5}}),
            ValueRefused,
            "The rank correlation of 'hours' and 'hours' is 0.5: it is between two inputs, and above -1 and below 1.",
        ),
        (
            (100, None, {"correlations": {("hours", "rent"): "most"}}),
            ValueRefused,
            "The rank correlation of 'hours' and 'rent' is 'most': it is between two inputs, and above -1 and below 1.",
        ),
        (
            (100, None, {"correlations": {"hours": 0.5}}),
            ValueRefused,
            "correlations: expected numbers by pair of inputs, such as {('load', 'tariff'): 0.4}, got {'hours': 0.5}.",
        ),
        (
            (19, None, {"correlations": {("hours", "rent"): 0.5}}),
            ValueRefused,
            "Correlating 2 inputs takes 20 cases or more, got 19.",
        ),
        (
            (
                100,
                {"hours": uniform(), "rent": uniform(), "fixed": uniform(0, 1)},
                {"correlations": {("hours", "rent"): 0.9, ("rent", "fixed"): 0.9, ("hours", "fixed"): -0.9}},
            ),
            ValueRefused,
            (
                "These rank correlations of hours, rent, fixed cannot hold together: their matrix is not positive "
                "definite (least eigenvalue -0.816). Bring them closer to 0."
            ),
        ),
        ((10, {"hours": uniform(-1, 1)}, {"lines": "each"}), LedgerError, "Line 'each' has no finite value in case "),
        (
            (10, None, {"executor": 2}),
            ValueRefused,
            "executor: expected one of concurrent.futures or a client of dask, got 2.",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused(
    book: Ledger, asked: tuple[Any, Any, dict[str, Any]], error: type[LedgerError], message: str
) -> None:
    cases, inputs, more = asked
    book.line("each", book["bill"] / when(book["hours"] > 0, book["hours"], 0))
    with pytest.raises(error) as refused:
        book.simulate(cases, inputs, **more)
    assert str(refused.value).startswith(message)


def test_what_a_simulation_does_not_hold_is_refused(book: Ledger) -> None:
    book.line("half", book["bill"] / book.constant("two", "2 ratio"))
    simulation = book.simulate(10, lines=["half", "bill"])

    for ask, message in (
        (
            lambda: simulation.chance("rented"),
            (
                "Nothing says which 'half' of 'To own or to rent' is better: it is not the headline, or the options "
                "are cases, not alternatives."
            ),
        ),
        (lambda: simulation.percentile(101), "A percentile is between 0 and 100, not 101."),
        (lambda: simulation.percentile(cast("float", "5")), "A percentile is between 0 and 100, not '5'."),
        (lambda: simulation.percentile(50, "owned"), "The simulation has no option 'owned'; it has rented."),
        (
            lambda: simulation.mean(line="bil"),
            "The simulation has no line 'bil'; it has half, bill. Did you mean 'bill'?",
        ),
        (lambda: simulation.plot("pie"), "plot: expected one of histogram, exceedance, tornado, got 'pie'."),  # type: ignore[arg-type]
    ):
        with pytest.raises(LedgerError) as refused:
            ask()
        assert str(refused.value) == message


def test_without_scipy_or_matplotlib_the_extra_is_named(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    simulation = book.simulate(10)
    monkeypatch.setattr("unitledger.errors.find_spec", lambda _: None)

    for ask, message in (
        (
            lambda: book.simulate(10),
            "A simulation needs the library scipy, which is not installed: pip install 'unitledger[simulate]'.",
        ),
        (
            simulation.plot,
            "Drawing needs the library matplotlib, which is not installed: pip install 'unitledger[plots]'.",
        ),
    ):
        with pytest.raises(MissingExtra) as refused:
            ask()
        assert str(refused.value) == message


@pytest.mark.parametrize("kind", ["histogram", "exceedance", "tornado"])
def test_pictures_say_what_they_show(book: Ledger, kind: Any) -> None:
    simulation = book.simulate(1000, options="all")
    axes = simulation.plot(kind)

    said = {
        "histogram": ("bill [USD/month]", "share of cases [%]"),
        "exceedance": ("bill [USD/month]", "cases above [%]"),
        "tornado": ("share of the variance of bill [%]", ""),
    }
    assert (axes.get_xlabel(), axes.get_ylabel()) == said[kind]
    if kind == "tornado":
        assert [text.get_text() for text in axes.get_yticklabels()] == list(simulation.contributions())[::-1]
    else:
        legend = axes.get_legend()
        assert legend is not None
        assert [text.get_text() for text in legend.get_texts()] == ["rented", "owned"]


def test_a_simulation_prints_as_tables(book: Ledger) -> None:
    assert str(book.simulate(1000, {"hours": uniform("0 h/month", "200 h/month")}, options="all")) == (
        "To own or to rent: 1,000 cases, seed 1, latin. Drawn: hours uniform(0 h/month, 200 h/month).\n"
        "\n"
        "bill                 P5            P50              P95           mean\n"
        "rented   20.2 USD/month  200 USD/month  379.9 USD/month  200 USD/month\n"
        "owned   160.1 USD/month  250 USD/month  339.9 USD/month  250 USD/month\n"
        "\n"
        "bill    best of all in\n"
        "rented            75 %\n"
        "owned             25 %\n"
        "\n"
        "share of the variance of bill  rented   owned\n"
        "hours                          99.9 %  99.9 %"
    )


def test_an_answer_over_periods_is_simulated() -> None:
    book = budget()
    several = "people@2026-05:2026-07"
    drawn = {
        several: uniform("6 person", "10 person"),
        "tariff": triangular("0.1 USD/kWh", "0.1 USD/kWh", "0.2 USD/kWh"),
    }
    frame = book.simulate(20, drawn, options="all").to_frame()

    for option, people, tariff, margin in frame.itertuples(index=False):
        alone = book.with_settings({option: {several: f"{people} person", "tariff": f"{tariff} USD/kWh"}})
        assert margin == pytest.approx(alone.value("margin_in_all", option).magnitude, rel=1e-9)


def test_all_periods_of_an_input_at_once_are_drawn() -> None:
    book = budget(4)
    frame = book.simulate(10, {"people": uniform("2 person", "6 person")}).to_frame()

    for _, people, margin in frame.itertuples(index=False):
        alone = book.with_settings({book.base: {"people": f"{people} person"}})
        assert margin == pytest.approx(alone.value("margin_in_all").magnitude, rel=1e-9)


def test_what_has_other_figures_in_other_periods_has_none_of_its_own() -> None:
    with pytest.raises(ValueRefused) as refused:
        budget().simulate(10, {"price": lognormal(spread="10 %")})
    assert str(refused.value) == "Input 'price' has not one figure in option 'base': say median=..."


def test_an_item_of_a_table_is_drawn() -> None:
    book = Ledger("Fleet")
    fleet = book.table(
        "fleet",
        {"kind": ["a", "b"], "price": [1.0, 2.0], "cards": [10, 20]},
        key="kind",
        columns={"price": "USD/gpu", "cards": "gpu"},
    )
    book.headline(book.line("paid", (fleet.price * fleet.cards).sum()))
    simulation = book.simulate(1000, {"fleet.price@b": uniform(1, 3)})

    # 10 USD for one kind, 20 to 60 USD for the other.
    assert simulation.percentile(0).magnitude == pytest.approx(30, abs=0.1)
    assert simulation.percentile(100).magnitude == pytest.approx(70, abs=0.1)
