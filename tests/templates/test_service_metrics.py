"""Speed, steadiness and utilisation: services beside each other, and what a share of whole samples can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import up_to

from unitledger.errors import ValueRefused
from unitledger.model import Given
from unitledger.templates.service_comparison import prefix, service_comparison
from unitledger.templates.service_metrics import SERVICES, service_metrics
from unitledger.units import Unit, magnitude

BOOK = service_metrics()
BASE = BOOK.base


def test_an_answer_takes_the_first_token_and_then_one_after_another() -> None:
    book = service_metrics()

    assert book.values("Yi-1.5-34B")["response_time"] == pytest.approx(0.234 + 499 / 59, rel=1e-12)
    assert str(book.value("reading_rate", "deepseek-llm-67b")) == "1440 word/min"
    assert all(book.raised(option) == () for option in book.options)


def test_options_are_the_rows_of_the_speed_table() -> None:
    assert list(BOOK.options) == list(SERVICES)


def test_a_service_slower_than_a_reader_is_pointed_out() -> None:
    slow = BOOK.with_settings({BASE: {"token_rate": "4 token/s"}})

    assert slow.raised(BASE) == ("Words arrive more slowly than people read.",)


def test_the_printed_share_is_no_whole_number_of_samples() -> None:
    values = BOOK.values()

    assert values["samples_above"] == pytest.approx(4.32)
    assert values["whole_samples_above"] == 4
    assert values["computed_fraction_above"] == pytest.approx(4 / 1440)


@given(share=up_to(1), slow=st.integers(100, 900), slowest=st.integers(1000, 5000))
def test_the_day_is_counted_like_its_list_of_samples(share: float, slow: int, slowest: int) -> None:
    settings: dict[str, Given] = {"fraction_above": share, "slow_time": f"{slow} ms", "max_time": f"{slowest} ms"}
    values = BOOK.with_settings({BASE: settings}).values()
    above = round(values["whole_samples_above"])
    day = sorted([200] * (1440 - above) + [slow] * max(above - 1, 0) + [slowest] * min(above, 1))

    assert len(day) == values["computed_samples"]
    assert values["computed_fraction_above"] == pytest.approx(sum(time > 500 for time in day) / 1440)
    assert values["computed_max_time"] == day[-1]
    assert values["median_time"] == day[719]


def test_an_answer_without_tokens_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        BOOK.with_settings({BASE: {"output_tokens": "0 token"}})

    assert str(refused.value) == "Input 'output_tokens': 0 token is below the least possible 1 token."


def test_a_service_that_gives_no_tokens_is_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        BOOK.with_settings({BASE: {"token_rate": "0 token/s"}})

    assert str(refused.value) == "Input 'token_rate': 0 token/s is not above 0 token/s."


def test_the_comparison_has_every_service_as_it_is_alone() -> None:
    compared = service_comparison()

    for service in SERVICES:
        alone = BOOK.value("response_time", service)
        assert compared.value(f"{prefix(service)}.response_time") == alone


def test_the_comparison_shares_the_answer_that_all_services_give() -> None:
    changed = service_comparison().with_settings({"published": {"qwen2_1_5b.output_tokens": "1 token"}})

    assert changed.values()["doubao_pro_32k.response_time"] == pytest.approx(0.199)


def test_the_larger_model_is_faster_because_size_is_not_all() -> None:
    assert service_comparison().values()["large_model_lead"] == pytest.approx(51 / 32)


def test_gains_are_over_the_first_run() -> None:
    compared = service_comparison()

    assert compared.values()["gopher_gain"] == pytest.approx(32.5 / 21.3)
    assert magnitude(compared.value("cluster_share"), Unit.parse("ratio")) == pytest.approx(30.2 / 35.7)
    assert compared.value("palm_gain") == BOOK.value("utilisation_gain")
