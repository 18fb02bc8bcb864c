"""What an entry says of itself: its value, that in an option, and which ledger it is read in."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from unitledger import Ledger, ReplacedLedger
from unitledger.errors import CalculationError, UnknownName
from unitledger.workbook.returned.edits import Edits


@pytest.fixture
def book() -> Ledger:
    made = Ledger("Cards", option="a100", as_of="2024-01-01")
    price = made.assume("price", "10000 USD/gpu")
    cards = made.assume("cards", "8 gpu")
    made.choice("scheme", ["pipeline", "tensor"])
    made.constant("hours", "24 h/day")
    bill = made.line("bill", price * cards, unit="USD")
    made.option("8 x H100", {"price": "30000 USD/gpu", "scheme": "tensor"})
    made.headline(bill)
    return made


# Any, so that a test can go through entries of all kinds.
def said(book: Any, option: str = "") -> dict[str, str]:
    return {
        name: str(book[name].in_option(option) if option else book[name].value)
        for name in (*book.lines, *book.inputs, *book.constants)
    }


def test_every_entry_says_its_value_in_the_base_option_and_in_others(book: Ledger) -> None:
    base = {"bill": "80000 USD", "price": "10000 USD/gpu", "cards": "8 gpu", "scheme": "pipeline", "hours": "24 h/day"}

    assert said(book) == said(book, "a100") == base
    assert said(book, "8 x H100") == base | {"bill": "240000 USD", "price": "30000 USD/gpu", "scheme": "tensor"}


@pytest.mark.parametrize("name", ["bill", "price", "scheme", "hours"])
def test_an_unknown_option_is_refused(name: str, book: Any) -> None:
    with pytest.raises(UnknownName) as refused:
        book[name].in_option("8 x H200")
    assert str(refused.value) == "'Cards' has no option '8 x H200'; it has a100, 8 x H100. Did you mean '8 x H100'?"


def test_an_input_has_a_value_where_a_line_has_none(book: Ledger) -> None:
    rate = book.line("rate", 1 / (book["cards"] - book["cards"]))

    assert str(book["price"].value) == "10000 USD/gpu"
    assert str(book.value("hours", "8 x H100")) == "24 h/day"
    with pytest.raises(CalculationError):
        _ = rate.value


def test_entries_stand_for_their_names(book: Ledger) -> None:
    bill, price, scheme = book["bill"], book["price"], book["scheme"]

    assert book.value(bill, "8 x H100") == book.value("bill", "8 x H100")
    assert book[bill] is bill
    assert book.setting(scheme, "8 x H100").value == "tensor"
    assert book.unit(price) == book.unit("price")
    assert str(book.trace(bill)) == str(book.trace("bill"))
    assert str(book.sensitivity(bill)) == str(book.sensitivity("bill"))
    assert book.sweep(price=["1 USD/gpu"], outputs=bill) == book.sweep(price=["1 USD/gpu"], outputs=["bill"])
    assert book.array([bill], {"price": [1.0]})["bill"].tolist() == [8.0]
    ranged = book.with_settings({"a100": {"price": "10000 USD/gpu"}})
    ranged.assume("fee", "1 USD", low="0 USD", high="400000 USD")
    total = ranged.line("sum", ranged["bill"] + ranged["fee"])
    assert ranged.break_even(ranged["fee"], "a100", "8 x H100", total) == ranged.break_even(
        "fee", "a100", "8 x H100", "sum"
    )


def edited(book: Ledger, folder: Path) -> Edits[Ledger]:
    """The edits of a workbook in which a card costs 5000 USD."""
    path = book.to_excel(folder / "cards.xlsx")
    workbook = load_workbook(path)
    sheet, cells = workbook.defined_names["in_price"].attr_text.replace("$", "").split("!")
    workbook[sheet][cells.partition(":")[0]] = 5000
    workbook.save(path)
    return book.read_edits(path)


def test_an_entry_kept_over_edits_says_which_ledger_it_is_read_in(book: Ledger, tmp_path: Path) -> None:
    bill, price, scheme, as_it_was = book.lines["bill"], book["price"], book["scheme"], str(book["bill"])
    after = edited(book, tmp_path).apply()

    # On the new ledger it works, in formulas and for its value.
    assert str(after.value(bill)) == "40000 USD"
    assert str(after.line("twice", bill + bill).value) == "80000 USD"
    reads: list[Callable[[], object]] = [
        *(lambda: bill.value, lambda: bill.in_option("a100"), lambda: str(bill)),
        lambda: scheme.value,
    ]
    for read in reads:
        with pytest.warns(ReplacedLedger) as warned:
            read()
        assert warned[0].filename == __file__
    assert str(warned[0].message) == (
        "'scheme' is read in 'Cards' as it was before the edits of cards.xlsx were applied. Ask the ledger that "
        "apply() returned: book.value(entry), or book[name].value."
    )
    with pytest.warns(ReplacedLedger, match="'price' is read"):
        assert str(price.value) == "10000 USD/gpu"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Who asks a ledger knows which one.
        assert f"bill = {book.value('bill')}" == as_it_was
        assert str(after["bill"]) == "bill = 40000 USD"
        # A copy of the old ledger has not been replaced.
        assert str(book.with_settings({})["bill"]) == as_it_was


def test_edits_that_change_nothing_replace_nothing(book: Ledger, tmp_path: Path) -> None:
    after = book.read_edits(book.to_excel(tmp_path / "cards.xlsx")).apply()

    assert str(book["bill"]) == str(after["bill"]) == "bill = 80000 USD"
