"""A training run as its planner meets it: cards by deadline and by memory, and what links and failures take."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import up_to

from unitledger.errors import UnitMismatch, ValueRefused
from unitledger.templates.training_compute_and_parallelism import training_compute_and_parallelism

BOOK = training_compute_and_parallelism()
NICS = "The network adapters of a host carry less than the links of its cards; an exchange takes as long as fitted."
REPLICAS = "The cluster does not divide into whole replicas; some cards have no work."


def test_cards_for_training_in_a_month_and_for_holding_a_replica() -> None:
    book = training_compute_and_parallelism()

    assert str(book["gpus_needed"]) == "gpus_needed = 2329 gpu"
    assert str(book["least_cards"]) == "least_cards = 24 gpu"
    assert book.values()["work"] == pytest.approx(6 * 70e9 * 2e12 / 1e21)
    assert book.values("rtx4090")["least_cards"] == math.ceil(book.values()["total"] / 24)


def test_eight_adapters_do_not_carry_the_links_of_eight_cards() -> None:
    values = BOOK.values()

    assert values["nics"] == 11
    assert values["fitted_link"] == 25
    assert values["fitted_exchange_time"] == pytest.approx(0.32)
    assert NICS in BOOK.raised()
    assert NICS not in BOOK.with_settings({"a100": {"nics_fitted": 11}}).raised()


@pytest.mark.parametrize("gpus", [2000, 2080])
def test_a_cluster_of_whole_replicas_raises_no_alert(gpus: int) -> None:
    assert REPLICAS in BOOK.raised()
    assert REPLICAS not in BOOK.with_settings({"a100": {"gpus": gpus}}).raised()


def test_each_card_of_a_group_keeps_what_the_group_does_not_divide() -> None:
    values = BOOK.values("tensor_groups")
    one_byte_each = 4096 * 8 * 8192 * 80 / 1e9

    assert values["activations"] == pytest.approx((10 + 24 / 8) * one_byte_each)
    assert values["group_activations"] == pytest.approx((8 * 10 + 24) * one_byte_each)


@given(stages=st.integers(1, 500))
def test_the_mean_of_all_stages_is_one_copy_a_stage(stages: int) -> None:
    values = BOOK.with_settings({"a100": {"cards": stages}}).values()

    assert values["mean_copies"] == pytest.approx(sum(2 * left - 1 for left in range(1, stages + 1)) / stages)
    assert values["copies"] == 2 * stages - 1


@given(recovery=up_to(1e4))
def test_overlapping_recoveries_never_take_more_than_all_the_time(recovery: float) -> None:
    values = BOOK.with_settings({"a100": {"recovery": recovery}}).values()

    assert 0 <= values["lost_overlap"] <= min(1, values["lost"] + 1e-12)


def test_work_without_tokens_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        BOOK.with_settings({"a100": {"tokens": 0}})

    assert str(refused.value) == "Input 'tokens': 0 token is below the least possible 1 token."


def test_the_link_of_a_host_is_no_link_of_a_card() -> None:
    with pytest.raises(UnitMismatch, match=r"^Input 'link_one_way': expected GB/s/gpu, got 32 GB/s/host\."):
        BOOK.with_settings({"a100": {"link_one_way": "32 GB/s/host"}})
