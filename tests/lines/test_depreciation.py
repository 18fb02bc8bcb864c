"""Amounts spread over a life, period by period: each vintage in equal parts, or by a share of what is left."""

from __future__ import annotations

import pytest
from budgets import fleet

from unitledger import Ledger, declining_balance


def test_each_vintage_is_written_off_over_its_own_life() -> None:
    book = fleet()
    bought, life = book.by_period("bought").array, 24
    by_hand = [sum(bought[max(0, month - life + 1) : month + 1]) * 0.9 / life for month in range(36)]

    assert book.by_period("depreciation").array.tolist() == pytest.approx(by_hand)


def test_a_pool_written_off_by_a_share_is_the_declining_balance_of_each_vintage() -> None:
    book = Ledger("Pool", as_of="2026-01-05")
    t = book.timeline("2026-04", 6)
    amounts = [1200, 0, 600, 0, 0, 300]
    bought = book.assume("bought", [f"{amount} USD" for amount in amounts], over=t, total="sum")
    left, share = book.balance("left", opening="0 USD"), book.assume("share", "20 %")
    off = book.line("off", (left.opening + bought) * share, total="sum")
    left.close(added=[bought], removed=[off])
    # Twice a life of ten months; so early the residual value does not matter.
    by_hand = [
        sum(amount * 0.2 * 0.8 ** (month - at) for at, amount in enumerate(amounts[: month + 1])) for month in range(6)
    ]
    one, life, rest, twice = (
        book.assume(*given)
        for given in (("price", "1200 USD"), ("life", "10 month"), ("rest", "0 USD"), ("twice", "2 ratio"))
    )
    age = t.index * book.one("month")
    alone = book.line("alone", declining_balance(one, rest, life, age, twice) * book.one("month"), "USD", total="sum")

    assert book.by_period(off).array.tolist() == pytest.approx(by_hand)
    assert book.by_period(alone).array.tolist() == pytest.approx([1200 * 0.2 * 0.8**month for month in range(6)])
