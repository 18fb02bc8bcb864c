"""An entry belongs to the ledger that it was made in, and to copies of that; an entry of another one is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from unitledger import Ledger, PriceAtMargin, total
from unitledger.errors import CircularLedger, ExpressionError, UnitMismatch
from unitledger.expression import Reference
from unitledger.units import DIMENSIONLESS, Unit


def made(title: str, price: str = "200 USD") -> Ledger:
    book = Ledger(title, as_of="2024-01-01")
    paid = book.assume("price", price)
    kind = book.choice("kind", ["new", "used"])
    book.constant("rate", "7 CNY/USD", as_of="2024-01-01")
    book.line("cost", kind.select(new=paid, used=paid))
    return book


@pytest.fixture
def here() -> Ledger:
    return made("Here")


# Any, so that tests can write what a type checker would refuse of an entry.
@pytest.fixture
def there() -> Any:
    return made("There", "500 USD")


def refusal(name: str, what: str = "") -> str:
    return (
        f"{what}{name!r} was made in the ledger 'There'; this is 'Here', which has a {name!r} of its own. Use an entry "
        "of this ledger, or take the other one in: include(other, 'prefix') returns its entries by name."
    )


WAYS_IN: list[tuple[Callable[[Ledger, Any], object], str]] = [
    (lambda here, there: here.line("more", here["cost"] - there["cost"]), refusal("cost", "Line 'more': ")),
    (lambda here, there: here.line("cost_2", there["price"]), refusal("price", "Line 'cost_2': ")),
    (lambda here, there: here.line("more", there["rate"]), refusal("rate", "Line 'more': ")),
    (lambda here, there: here.line("cost", there["cost"]), refusal("cost", "Line 'cost': ")),
    (lambda here, there: here.total("both", [here["cost"], there["cost"]]), refusal("cost", "Line 'both': ")),
    (
        lambda here, there: here.line("more", there["kind"].select(new=here["cost"], used=here["cost"])),
        refusal("kind", "Line 'more': "),
    ),
    (
        lambda here, there: here.line("more", here.input("kind").select({"new": 0, "used": there["cost"]})),  # type: ignore[union-attr]
        refusal("cost", "Line 'more': "),
    ),
    (
        lambda here, there: here.add(PriceAtMargin(unit_cost=there["cost"], margin="20 %")),
        refusal("cost", "Line 'price_at_margin', term 'unit_cost': "),
    ),
    (
        lambda here, there: here.add(PriceAtMargin(unit_cost=total(there["cost"]), margin="20 %")),
        refusal("cost", "Line 'price_at_margin', term 'unit_cost': "),
    ),
    (lambda here, there: here.headline(there["cost"]), refusal("cost", "The headline: ")),
    (lambda here, there: here.headline(here.lines["cost"], beside=[there["cost"]]), refusal("cost", "The headline: ")),
    (lambda here, there: here.alert(there["cost"] > 0, "dear"), refusal("cost", "Alert 'dear': ")),
    (lambda here, there: here.advise(there["cost"] > 0, "buy"), refusal("cost", "Advice 'buy': ")),
    (
        lambda here, there: here.include(made("Third"), "third", given={"price": there["cost"]}),
        refusal("cost", "What 'Third' is given for 'price': "),
    ),
    (lambda here, there: here.reported_in("CNY", there["rate"]), refusal("rate", "The exchange rate: ")),
    (lambda here, there: here.value(there["cost"]), refusal("cost")),
    (lambda here, there: here[there["cost"]], refusal("cost")),
    (lambda here, there: here.setting(there["price"]), refusal("price")),
    (lambda here, there: here.trace(there["cost"]), refusal("cost")),
    (lambda here, there: here.unit(there["cost"]), refusal("cost")),
    (lambda here, there: here.array(there["cost"], {"price": [1.0]}), refusal("cost")),
    (lambda here, there: here.sweep(price=["1 USD"], outputs=[there["cost"]]), refusal("cost")),
    (lambda here, there: here.sensitivity(there["cost"]), refusal("cost")),
    (lambda here, there: here.break_even(there["price"], "base", "base", "cost"), refusal("price")),
    (lambda here, there: here.option("dear", {there["price"]: "9 USD"}), refusal("price")),
    (lambda here, there: here.with_settings({"base": {there["price"]: "9 USD"}}), refusal("price")),
]


@pytest.mark.parametrize(("write", "message"), WAYS_IN)
def test_an_entry_of_another_ledger_is_refused_on_every_way_in(
    write: Callable[[Ledger, Any], object], message: str, here: Ledger, there: Any
) -> None:
    held = dict(here.lines), dict(here.inputs), dict(here.constants), dict(here.options), here.alerts, here.advice

    with pytest.raises(ExpressionError) as refused:
        write(here, there)
    assert str(refused.value) == message
    assert held == (here.lines, here.inputs, here.constants, here.options, here.alerts, here.advice)
    assert here.answer is None
    assert there["cost"] not in here


def test_what_only_the_other_ledger_has_is_refused_alike(here: Ledger, there: Any) -> None:
    with pytest.raises(ExpressionError) as refused:
        here.line("more", there.line("fee", there["cost"]))
    assert str(refused.value) == (
        "Line 'more': 'fee' was made in the ledger 'There'; this is 'Here', which has no 'fee'. Use an entry of this "
        "ledger, or take the other one in: include(other, 'prefix') returns its entries by name."
    )


def test_what_include_returns_can_be_used(here: Ledger, there: Any) -> None:
    theirs = here.include(there, "there")
    difference = here.line("difference", here["cost"] - theirs["cost"])

    assert str(difference.value) == "-300 USD"
    assert str(here.value(theirs["cost"])) == "500 USD"


def test_an_earlier_ledger_of_the_same_title_is_another_one(here: Ledger) -> None:
    earlier = made("Here")
    with pytest.raises(ExpressionError) as refused:
        here.line("more", earlier["cost"])
    assert str(refused.value) == (
        "Line 'more': 'cost' was made in another ledger of the same title as 'Here', such as an earlier one or a copy; "
        "this is 'Here', which has a 'cost' of its own. Use an entry of this ledger, or take the other one in: "
        "include(other, 'prefix') returns its entries by name."
    )


COPIES: dict[str, Callable[[Ledger, Path], Ledger]] = {
    "with_settings": lambda book, _: book.with_settings({"base": {"price": "300 USD"}}),
    "only": lambda book, _: book.only("base"),
    "reported_in": lambda book, _: book.reported_in("CNY", book["rate"]),
    "apply": lambda book, folder: book.read_edits(book.to_excel(folder / "book.xlsx")).apply(),
    "a copy of a copy": lambda book, _: book.only("base").with_settings({}),
}


@pytest.mark.parametrize("copy", COPIES)
def test_entries_work_in_copies_of_their_ledger(copy: str, here: Ledger, tmp_path: Path) -> None:
    cost, price, kind = here["cost"], here["price"], here["kind"]
    other = COPIES[copy](here, tmp_path)

    doubled = other.line("doubled", cost + price + other["cost"])
    assert other.value(cost) == other.lines["cost"].value
    assert doubled.value == other.value("cost") + other.value("price") + other.value("cost")
    assert cost in other
    assert other[kind] is other.inputs["kind"]
    other.headline(other.lines["cost"])
    # What the copy grew is not the original's.
    with pytest.raises(ExpressionError, match=r"^Line 'more': 'doubled' was made in another ledger of the same title"):
        here.line("more", doubled)


def test_two_copies_that_each_grew_an_entry_of_one_name_are_told_apart(here: Ledger) -> None:
    one, other = here.with_settings({}), here.only("base")
    fee, dearer = one.assume("fee", "1 USD"), other.assume("fee", "2 USD")

    assert str(one.line("sum", one["cost"] + fee).value) == "201 USD"
    assert str(other.line("sum", other["cost"] + dearer).value) == "202 USD"
    with pytest.raises(ExpressionError, match="which has a 'fee' of its own"):
        one.line("mixed", fee - dearer)
    with pytest.raises(ExpressionError, match="which has no 'fee'"):
        here.line("mixed", fee + fee)


def test_trees_are_equal_whatever_ledger_they_are_of(here: Ledger) -> None:
    twin = made("Here")

    assert here["cost"] == twin["cost"]
    assert hash(here["cost"].expression) == hash(Reference("cost", Unit.parse("USD")))
    assert here["cost"].expression + 1 == Reference("cost", Unit.parse("USD")) + 1


def test_a_reference_that_no_ledger_made_is_checked_by_name_and_unit(here: Ledger) -> None:
    assert str(here.line("more", Reference("cost", Unit.parse("USD"))).value) == "200 USD"
    with pytest.raises(UnitMismatch) as refused:
        here.line("odd", Reference("cost", DIMENSIONLESS))
    assert str(refused.value) == "Line 'odd' takes 'cost' for ratio; in 'Here' it is USD."
    with pytest.raises(CircularLedger):
        here.line("self", Reference("self", DIMENSIONLESS))


def test_a_formula_has_no_name(here: Ledger) -> None:
    with pytest.raises(ExpressionError) as refused:
        here.value(here["cost"] + here["cost"])  # type: ignore[arg-type]
    assert str(refused.value) == "A formula has no name. Make a line of it: line(name, formula)."
