"""Where sums cancel, the size of what was added up is known, and only there."""

from __future__ import annotations

from hypothesis import given
from strategies import ledgers

from unitledger.compute.cancellation import LOST, cancelled
from unitledger.expression import straight_line
from unitledger.ledger import Ledger


def test_what_is_left_over_keeps_the_size_of_the_sum() -> None:
    book = Ledger("What is left")
    whole = book.assume("whole", "1000 USD")
    part = book.assume("part", "999.9 USD")
    price = book.assume("price", "2 ratio")
    rest = book.line("rest", whole - part)
    book.line("value_of_it", rest * price)
    book.line("in_cents", rest / price)
    book.line("most", whole - rest)
    book.line("all", whole + part)
    book.line("worn", straight_line(whole, part, price))

    assert cancelled(book, book.values()) == {"rest": 1000, "value_of_it": 2000, "in_cents": 500, "worn": 500}


def test_negative_parts_cancel_in_sums() -> None:
    book = Ledger("Refund")
    paid = book.assume("paid", "1000 USD")
    refund = book.assume("refund", "-1000 USD")
    book.total("net", [paid, refund])

    assert cancelled(book, book.values()) == {"net": 1000}


@given(ledgers())
def test_sizes_are_larger_than_the_values_they_belong_to(book: Ledger) -> None:
    values = book.values()

    assert all(LOST * size > abs(values[name]) for name, size in cancelled(book, values).items())
