"""Cards that share a layer: the limit that a link sets, and the slip in how one requirement was printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import ValueRefused
from unitledger.templates.tensor_parallel_limit import tensor_parallel_limit

BOOK = tensor_parallel_limit()
WAITS = "The link cannot feed this many cards in a layer: their arithmetic waits."


def test_two_rtx_4090_may_share_a_layer_and_eleven_h100() -> None:
    book = tensor_parallel_limit()

    assert str(book["whole_cards"]) == "whole_cards = 2 gpu"
    assert book.values("h100")["whole_cards"] == 11
    assert book.values()["limit"] == pytest.approx(2 * 3 * 8192 / 2 / (330e12 / 32e9))


def test_with_fp32_sums_twice_as_many_rtx_4090_may_share_a_layer() -> None:
    assert BOOK.values("rtx4090_fp32")["limit"] == pytest.approx(BOOK.values()["limit"] * 330 / 165.2)
    raised = {option: any("FP16 sums" in alert for alert in BOOK.raised(option)) for option in BOOK.options}
    assert [option for option, told in raised.items() if told] == ["rtx4090"]


def test_the_printed_requirement_of_an_h100_counts_both_directions_and_its_limit_one() -> None:
    values = BOOK.values("h100")

    assert values["required_two_way"] == pytest.approx(1100, rel=0.002)
    assert values["required"] == pytest.approx(2 * values["required_two_way"])
    assert values["available_alone"] / values["required"] == pytest.approx(11, rel=0.02)
    assert values["available_alone"] / values["required_two_way"] == pytest.approx(22, rel=0.02)


def test_eight_cards_wait_for_their_link_unless_they_are_h100() -> None:
    assert [option for option in BOOK.options if WAITS in BOOK.raised(option)] == [
        "rtx4090",
        "h800",
        "h100_pcie",
        "rtx4090_fp32",
    ]
    assert BOOK.values("h100")["reachable_utilisation"] == 1


@given(cards=st.integers(1, 1000))
def test_a_group_is_busy_exactly_while_its_share_of_a_layer_offers_enough_work(cards: int) -> None:
    values = BOOK.with_settings({"h800": {"tensor_parallel": cards}}).values("h800")

    assert values["reachable_utilisation"] == pytest.approx(min(1, values["available"] / values["required"]))


@given(edge=st.integers(1, 100000))
def test_a_square_product_has_half_its_edge_and_a_third_with_the_result(edge: int) -> None:
    values = BOOK.with_settings({"rtx4090": {"m": edge, "n": edge, "k": edge}}).values()

    assert values["product_ratio"] == pytest.approx(edge / 2)
    assert values["product_ratio_with_result"] == pytest.approx(edge / 3)


def test_a_layer_without_heads_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        BOOK.with_settings({"rtx4090": {"heads": 0}})

    assert str(refused.value) == "Input 'heads': 0 head is below the least possible 1 head."
