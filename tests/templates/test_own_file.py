"""A template in a file of the user's own, named by its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitledger.errors import EmptyLedger, UnknownName
from unitledger.templates import describe, find

STORAGE = '''
from dataclasses import dataclass

from unitledger import Ledger


@dataclass
class Offer:
    price: str


def storage_cost() -> Ledger:
    """What a month of stored data costs.

    The rest is for those who read the file.
    """
    book = Ledger("Storage", as_of="2026-01-05")
    size = book.assume("size", "20 TB")
    price = book.assume("price", Offer("0.02 USD/GB/month").price)
    book.headline(book.line("storage_bill", size * price, "USD/month"))
    return book
'''


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    path = tmp_path / "storage_cost.py"
    path.write_text(STORAGE, encoding="utf-8")
    return path


def test_the_function_named_like_the_file_is_the_template(own_file: Path) -> None:
    assert str(find(str(own_file))()["storage_bill"]) == "storage_bill = 400 USD/month"
    assert describe(str(own_file)) == "What a month of stored data costs."


def test_a_file_named_like_a_library_does_not_take_its_place(tmp_path: Path) -> None:
    path = tmp_path / "json.py"
    path.write_text(STORAGE.replace("storage_cost", "json"), encoding="utf-8")
    find(str(path))

    import json

    assert json.loads("[1]") == [1]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "storage_kost.py"

    with pytest.raises(UnknownName) as refused:
        find(str(path))

    assert str(refused.value) == f"There is no file {path}. Name the .py file of a template by its path."


def test_a_file_without_its_function_is_refused(own_file: Path) -> None:
    own_file.write_text(STORAGE.replace("def storage_cost", "def storage_costs"), encoding="utf-8")

    with pytest.raises(UnknownName) as refused:
        find(str(own_file))

    assert str(refused.value) == (
        f"{own_file} has no function 'storage_cost'. Did you mean 'storage_costs'? The function that builds the "
        "ledger has the name of its file."
    )


def test_a_function_that_forgets_to_return_is_told_so(own_file: Path) -> None:
    own_file.write_text(STORAGE.replace("    return book\n", ""), encoding="utf-8")

    with pytest.raises(EmptyLedger) as refused:
        find(str(own_file))()

    assert str(refused.value) == (
        f"{own_file}: storage_cost() returned NoneType, not a Ledger. End it with 'return book'."
    )
