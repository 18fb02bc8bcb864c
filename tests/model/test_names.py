"""Which names and labels a ledger takes."""

from __future__ import annotations

import pytest

from unitledger import Ledger, Power
from unitledger.errors import NameRefused

SHAPE = (
    "use letters, digits and underscores, a letter first, and dots between parts, such as 'power.tariff'. Free text "
    "belongs in label=."
)


@pytest.fixture
def book() -> Ledger:
    made = Ledger("Names")
    price = made.assume("price", "1 USD")
    made.line("bill", price + price)
    return made


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "price",
            (
                "Input 'price' is defined already, with label Price, not Anything. Give this one another name, or make "
                "a new Ledger to start over."
            ),
        ),
        ("bill", "There is already a line or input named 'bill'. Give this input another name."),
        (
            "PRICE",
            "The names 'PRICE' and 'price' differ only in case or in dots; a workbook cannot tell them apart.",
        ),
        (
            "TPU4",
            (
                "'TPU4' cannot be the name of an input: spreadsheets read it as a cell reference. Say what it is of "
                "that thing, such as 'TPU4_price'."
            ),
        ),
        (
            "RTX4090",
            (
                "'RTX4090' cannot be the name of an input: spreadsheets read it as a cell reference. Say what it is of "
                "that thing, such as 'RTX4090_price'."
            ),
        ),
        (
            "R1C",
            (
                "'R1C' cannot be the name of an input: spreadsheets read it as a cell reference. Say what it is of "
                "that thing, such as 'R1C_price'."
            ),
        ),
        (
            "H100",
            (
                "'H100' cannot be the name of an input: spreadsheets read it as a cell reference. Say what it is of "
                "that thing, such as 'H100_price'."
            ),
        ),
        ("x" * 300, "The name 'xxxxxxxxxxxxxxxxxxxx'... of an input is 300 characters long; 200 are possible."),
        ("", f"'' cannot be the name of an input: {SHAPE}"),
        ("list price", f"'list price' cannot be the name of an input: {SHAPE}"),
        ("4090_price", f"'4090_price' cannot be the name of an input: {SHAPE}"),
        ("power.", f"'power.' cannot be the name of an input: {SHAPE}"),
        ("größe", f"'größe' cannot be the name of an input: {SHAPE}"),
        (42, f"42 cannot be the name of an input: {SHAPE}"),
    ],
)
def test_names_that_a_workbook_could_not_carry(book: Ledger, name: str, message: str) -> None:
    with pytest.raises(NameRefused) as caught:
        book.assume(name, "1 USD", label="Anything")
    assert str(caught.value) == message


def test_lines_constants_and_cost_lines_obey_the_same_rules(book: Ledger) -> None:
    with pytest.raises(NameRefused, match=r"^'H100' cannot be the name of a line: "):
        book.line("H100", book["price"])
    with pytest.raises(NameRefused, match=r"^'H100' cannot be the name of a constant: "):
        book.constant("H100", "1 USD")
    with pytest.raises(NameRefused, match=r"^'H100' cannot be the name of a line: "):
        book.add(Power(draw="1 kW", tariff="1 USD/kWh"), name="H100")


def test_a_dot_and_an_underscore_are_one_to_a_workbook(book: Ledger) -> None:
    book.assume("power.tariff", "0.1 USD/kWh")
    with pytest.raises(NameRefused) as caught:
        book.assume("power_tariff", "0.1 USD/kWh", label="Another")
    assert str(caught.value) == (
        "The names 'power_tariff' and 'power.tariff' differ only in case or in dots; a workbook cannot tell them apart."
    )


@pytest.mark.parametrize("name", ["XFE1", "price2", "H100.price", "h100_price", "_price", "lines", "RCA"])
def test_names_that_only_look_like_trouble_are_taken(name: str) -> None:
    assert str(Ledger("Names").assume(name, "1 USD")) == f"{name} = 1 USD"


@pytest.mark.parametrize("label", ["=1+1", "+A1", "-price", "@SUM(A1)", "'quoted", "{=1}"])
def test_labels_that_look_like_formulas_stay_labels(label: str) -> None:
    book = Ledger(label)
    price = book.assume("price", "1 USD", label=label)
    bill = book.line("bill", price + price, label=label)

    assert (book.title, price.label, bill.label) == (label, label, label)
    assert str(bill.value) == "2 USD"


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Price", "The label 'Price' of 'fee' is that of 'price' already; a reader could not tell them apart."),
        (" price ", "The label ' price ' of 'fee' is that of 'price' already; a reader could not tell them apart."),
        ("   ", "The label of input 'fee' is empty."),
        ("x" * 201, "The label 'xxxxxxxxxxxxxxxxxxxx'... of input 'fee' is 201 characters long; 200 fit."),
    ],
)
def test_labels_that_a_reader_could_not_use(book: Ledger, label: str, message: str) -> None:
    with pytest.raises(NameRefused) as caught:
        book.assume("fee", "1 USD", label=label)
    assert str(caught.value) == message


def test_a_ledger_an_option_and_a_section_need_a_title(book: Ledger) -> None:
    for make, what in ((Ledger, "a ledger"), (book.section, "a section")):
        with pytest.raises(NameRefused) as caught:
            make(" ")
        assert str(caught.value) == f"The label of {what} is empty."
    with pytest.raises(NameRefused) as caught:
        book.option("", {})
    assert str(caught.value) == "The label of an option is empty."
