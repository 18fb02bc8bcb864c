"""What a term takes, what a literal becomes, and a cost line of one's own."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from unitledger import CapexAmortization, CostLine, Figure, Ledger, Power, SharedAssumption, Term, cost_line, term
from unitledger.errors import ExpressionError, LedgerError, NameRefused, QuantityError, UnitMismatch, ValueRefused


@cost_line
class NetworkPort(CostLine):
    """Rent of a port on a switch, shared by the machines behind it."""

    rent: Term = term("USD/month", "rent of a port", minimum=0)
    machines: Term = term("machine", "machines behind a port", default=1)

    def cost(self) -> Term:
        return self.rent / self.machines


def test_a_cost_line_of_ones_own() -> None:
    book = Ledger("Network")
    port = book.add(NetworkPort(rent="73 EUR/month", machines="4 machine"))

    assert str(port) == "network_port = 18.25 EUR/machine/month"
    assert port.label == "Network port"
    assert port.note == "Rent of a port on a switch, shared by the machines behind it."


def test_the_unit_of_a_line_can_be_asked_for() -> None:
    port = Ledger("Network").add(NetworkPort(rent="73 EUR/month"), unit="EUR/machine/h")

    assert str(port.value) == "0.1 EUR/machine/h"


def test_a_line_under_another_name_is_labelled_by_it() -> None:
    book = Ledger("Two rooms")
    book.add(Power(draw="5 kW", tariff="0.1 USD/kWh"), name="hall_north")
    south = book.add(Power(draw="6 kW", tariff="0.2 USD/kWh"), name="hall_south", label="Energy, south")

    assert book.lines["hall_north"].label == "Hall north"
    assert south.label == "Energy, south"
    assert [name for name in book.inputs if name.startswith("hall_south")] == [
        "hall_south.draw",
        "hall_south.tariff",
        "hall_south.pue",
    ]


def test_terms_take_assumptions_lines_formulas_and_figures() -> None:
    book = Ledger("Server", as_of="2023-10-01")
    cards = book.assume("cards", "8 gpu/machine")
    card = book.assume("card_draw", "400 W/gpu")
    tariff = Figure("0.1 USD/kWh", source="supply contract", low="0.05 USD/kWh", high="0.2 USD/kWh")
    power = book.add(Power(draw=cards * card, tariff=tariff, pue=book.line("pue", cards / cards)))

    assert str(power.value) == "0.32 USD/machine/h"
    assert list(book.inputs) == ["cards", "card_draw", "power.tariff"]
    setting = book.setting("power.tariff")
    assert (setting.low, setting.high, setting.figure.source) == (0.05, 0.2, "supply contract")
    assert str(setting.figure.as_of) == "2023-10-01"


def test_one_tariff_typed_into_two_lines_points_to_a_shared_assumption() -> None:
    book = Ledger("Two rooms")
    book.add(Power(draw="5 kW", tariff="0.1 USD/kWh"), name="north")

    with pytest.warns(SharedAssumption) as caught:
        book.add(Power(draw="6 kW", tariff="0.1 USD/kWh"), name="south")
    assert [str(warning.message) for warning in caught] == [
        (
            "'south.tariff' and 'north.tariff' are both 0.1 USD/kWh. If they are one thing, write it once: "
            "tariff = book.assume('tariff', '0.1 USD/kWh'), then tariff=tariff in both lines."
        )
    ]
    assert caught[0].filename == __file__


def test_a_shared_assumption_other_figures_and_defaults_warn_of_nothing() -> None:
    book = Ledger("Two rooms")
    tariff = book.assume("tariff", "0.1 USD/kWh")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book.add(Power(draw="5 kW", tariff=tariff), name="north")
        book.add(Power(draw="5.000001 kW", tariff=tariff), name="south")


@pytest.mark.parametrize(
    ("terms", "error", "message"),
    [
        (
            {"rent": True},
            QuantityError,
            "Line 'network_port', term 'rent': True is neither a text such as '5 kW' nor a number with a unit.",
        ),
        (
            {"rent": "73"},
            QuantityError,
            (
                "Line 'network_port', term 'rent': Cannot read '73': it has no unit; write '73 ratio' if it is a plain "
                "number."
            ),
        ),
        (
            {"rent": "73 machine"},
            UnitMismatch,
            (
                "Line 'network_port', term 'rent' (rent of a port): expected USD/month, got 73 machine. It measures a "
                "plain number where USD per time is asked for."
            ),
        ),
    ],
)
def test_what_a_term_refuses_names_line_and_term(terms: dict[str, Any], error: type[LedgerError], message: str) -> None:
    with pytest.raises(error) as caught:
        Ledger("Network").add(NetworkPort(**terms))
    assert str(caught.value) == message


@pytest.mark.parametrize(("given", "shown"), [(73, "73"), (0, "0"), (1.5, "1.5"), (np.float64(73), "73.0")])
def test_a_bare_number_has_no_unit(given: float, shown: str) -> None:
    with pytest.raises(QuantityError) as caught:
        Ledger("Network").add(NetworkPort(rent=given))
    assert str(caught.value) == (
        f"Line 'network_port', term 'rent' (rent of a port): {shown} has no unit. Write '{shown} USD/month', or the "
        "number in the unit that is meant."
    )


def test_only_the_declared_default_needs_no_unit() -> None:
    port = NetworkPort(rent="73 EUR/month", machines=1)

    assert Ledger("Network").add(port).value == Ledger("Network").add(NetworkPort(rent="73 EUR/month")).value
    with pytest.raises(
        QuantityError, match=r"term 'machines' \(machines behind a port\): 0 has no unit\. Write '0 mach"
    ):
        Ledger("Network").add(NetworkPort(rent="73 EUR/month", machines=0))


def test_a_term_that_is_a_condition_is_refused() -> None:
    book = Ledger("Network")
    rent = book.assume("rent", "73 USD/month")
    with pytest.raises(UnitMismatch) as caught:
        book.add(NetworkPort(rent=rent > 0))
    assert str(caught.value) == "Line 'network_port', term 'rent': expected USD/month, got true or false."


def test_a_refused_line_leaves_nothing_behind() -> None:
    book = Ledger("Server")
    book.add(Power(draw="5 kW", tariff="0.1 USD/kWh"))

    with pytest.raises(NameRefused):
        book.add(Power(draw="6 kW", tariff="0.2 USD/kWh"))
    with pytest.raises(UnitMismatch):
        book.add(CapexAmortization(price="40000 USD", life="3 kW"))
    assert list(book.inputs) == ["power.draw", "power.tariff", "power.pue"]
    assert str(book.add(CapexAmortization(price="26280 USD", life="3 year")).value) == "1 USD/h"


def test_only_cost_lines_are_added() -> None:
    with pytest.raises(ExpressionError) as caught:
        Ledger("Server").add("40000 USD")  # type: ignore[arg-type]
    assert str(caught.value) == ("add() takes a cost line, not '40000 USD'. For a formula use line(name, formula).")


def test_a_class_without_the_decorator_is_told_of_it() -> None:
    class Plain(CostLine):
        """A cost line in the making."""

    with pytest.raises(ExpressionError) as caught:
        Ledger("Server").add(Plain())
    assert str(caught.value) == "Plain is not a cost line: put @cost_line above the class."


def test_a_cost_that_is_no_formula_is_refused() -> None:
    @cost_line
    class Number(CostLine):
        """A number that was worked out beforehand."""

        rent: Term = term("USD", "rent")

        def cost(self) -> Term:
            return 73

    with pytest.raises(ExpressionError) as caught:
        Ledger("Server").add(Number(rent="73 USD"))
    assert str(caught.value) == ("Line 'number': Number.cost() returned 73, which is not a formula of its terms.")


def test_a_term_cannot_take_the_name_of_what_every_line_has() -> None:
    with pytest.raises(ExpressionError) as caught:

        @cost_line
        class Priced(CostLine):
            """A price made of a cost."""

            unit: Term = term("USD", "unit cost")  # type: ignore[misc]

    assert str(caught.value) == (
        "Priced: no term can be called 'unit', because every cost line has a unit of its own. Say what it is of, "
        "such as 'card_unit'."
    )


@pytest.mark.parametrize(
    ("given", "terms", "message"),
    [
        (
            (),
            {"price": "1 USD", "lief": "1 year"},
            "CapexAmortization has no term 'lief'; it has price, life, residual. Did you mean 'life'?",
        ),
        ((), {"price": "1 USD"}, "CapexAmortization needs life as well."),
        ((), {}, "CapexAmortization needs price, life as well."),
        (
            ("1 USD",),
            {"life": "1 year"},
            "CapexAmortization takes its terms by name, not '1 USD': price=... and so on.",
        ),
    ],
)
def test_terms_are_given_by_name(given: tuple[str, ...], terms: dict[str, str], message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        CapexAmortization(*given, **terms)
    assert str(refused.value) == message


def test_an_input_keeps_within_the_bounds_of_the_term_that_it_is_given_for() -> None:
    book = Ledger("Network", as_of="2026-01-05")
    rent = book.assume("rent", "73 EUR/month", maximum="100 EUR/month")
    book.option("free", {"rent": "0 EUR/month"})
    book.add(NetworkPort(rent=rent))

    with pytest.raises(ValueRefused) as caught:
        book.option("paid", {"rent": "-1 EUR/month"})
    assert str(caught.value) == "Input 'rent': -1 EUR/month is below the least possible 0 EUR/month."
    with pytest.raises(ValueRefused, match=r"^Input 'rent': 101 EUR/month is above the most possible 100 EUR/month\.$"):
        book.option("dear", {"rent": "101 EUR/month"})
    assert book.assume("rent", "73 EUR/month", maximum="100 EUR/month") == book["rent"]
    with pytest.raises(NameRefused):
        book.assume("rent", "73 EUR/month")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"minimum": "-2 EUR/month"}, "-1 EUR/month is below the least possible 0 EUR/month."),
        ({"low": "-2 EUR/month"}, "-2 EUR/month is below the least possible 0 EUR/month."),
        ({"maximum": "-0.5 EUR/month"}, "its minimum 0 EUR/month is above its maximum -0.5 EUR/month."),
    ],
)
def test_an_input_beyond_the_bounds_of_a_term_is_refused(said: dict[str, Any], message: str) -> None:
    book = Ledger("Network")
    rent = book.assume("rent", "-1 EUR/month" if "low" not in said else "1 EUR/month", **said)

    with pytest.raises(ValueRefused) as caught:
        book.add(NetworkPort(rent=rent))
    assert str(caught.value) == f"Line 'network_port', term 'rent', input 'rent': {message}"
    assert list(book.lines) == []
