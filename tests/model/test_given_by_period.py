"""Figures by period as somebody gives them: steps, series, data frames and files; and what is refused of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from unitledger import Ledger, LedgerError, Q

pandas = pytest.importorskip("pandas")
LABELS = ["2026-04", "2026-05", "2026-06"]
PLAN = "period,people [person],price [USD/Mtoken]\n2026-04,4,1.50\n2026-06-01,6,0.90\n2026-05,5,1.20 USD/Mtoken\n"


@pytest.fixture(name="book")
def an_empty_budget() -> Ledger:
    book = Ledger("Budget", as_of="2026-01-05")
    book.timeline("2026-04", 3)
    return book


def refusal(book: Ledger, figures: Any) -> str:
    with pytest.raises(LedgerError) as refused:
        book.assume("people", figures, over=book.time)
    assert "people" not in book
    return str(refused.value)


def test_a_file_has_a_column_for_each_input(book: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(PLAN, "utf-8")
    people, price = (book.assume(name, path, over=book.time, source="plan") for name in ("people", "price"))

    assert list(map(str, book.by_period(people))) == ["4 person", "5 person", "6 person"]
    assert list(map(str, book.by_period(price))) == ["1.5 USD/Mtoken", "1.2 USD/Mtoken", "0.9 USD/Mtoken"]
    assert book.setting("price@2026-05").figure.source == "plan"


@pytest.mark.parametrize(
    "index",
    [
        pandas.Index(LABELS, name="month"),
        pandas.period_range("2026-04", periods=3, freq="M"),
        pandas.to_datetime(["2026-04-01", "2026-05-01", "2026-06-01"]),
    ],
    ids=["labels", "periods", "days"],
)
def test_a_data_frame_has_them_by_its_index_or_its_column(book: Ledger, index: Any) -> None:
    frame = pandas.DataFrame({"people [person]": [4, 5, 6.5]}, index=index)
    book.assume("people", frame, over=book.time)
    book.assume(
        "others",
        frame.rename(columns={"people [person]": "others [person]"}).reset_index(names="period"),
        over=book.time,
    )
    book.option("twice", {"people": 2 * frame})

    assert book.by_period("people").array.tolist() == book.by_period("others").array.tolist() == [4, 5, 6.5]
    assert book.by_period("people", "twice").array.tolist() == [8, 10, 13]


def test_a_series_of_quantities_needs_no_heading() -> None:
    quarters = Ledger("Quarters")
    quarters.timeline("2026-07", 2, every="quarter", fiscal_year="July")
    ends = pandas.Series([Q("1 USD"), "2 USD"], index=pandas.period_range("2026Q3", periods=2, freq="Q"))
    quarters.assume("paid", ends, over=quarters.time)

    assert quarters.by_period("paid").array.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("month,people [person]\n2026-04,4\n", "plan.csv, line 1: the column 'period' is missing."),
        ("period,peple [person]\n2026-04,4\n", "plan.csv, line 1: the column 'people' is missing."),
        (
            "period,people\n2026-04,4\n",
            "plan.csv, line 1: the heading 'people' says no unit. Write it behind, as in 'people [USD]'.",
        ),
        (
            "period,people [persn]\n2026-04,4\n",
            (
                "plan.csv, line 1, people: Cannot read the unit 'persn': unknown unit 'persn'. Did you mean 'person' "
                "or 'persons'?"
            ),
        ),
        (
            "period,people [person],people [kperson]\n2026-04,4,4\n",
            "plan.csv, line 1: the column 'people' is there twice.",
        ),
        (
            "period,people [person]\n2026-04,4\n2026-05,5O\n",
            "plan.csv, line 3, people: '5O' is not a number of person.",
        ),
        (
            "period,people [person]\n2026-04,4\n2026-05,\n",
            "plan.csv, line 3, people: it is empty, where a number of person is expected.",
        ),
        (
            "period,people [person]\n2026-04,5 kW\n",
            "plan.csv, line 2, people: expected person, got 5 kW. It measures power where person is asked for.",
        ),
        (
            "period,people [person]\n2026-04,4\n2026-04,5\n",
            "plan.csv, line 3, people: 2026-04 is there twice. Leave one out.",
        ),
        ("period,people [person]\n2026-04,4\n2026-06,5\n", "plan.csv, line 1, people: no figure for 2026-05."),
        (
            "period,people [person]\n2026-03,4\n",
            "plan.csv, line 2, people: 2026-03 is outside the periods 2026-04 to 2026-06.",
        ),
    ],
)
def test_a_file_with_a_fault_is_refused_by_line_and_column(
    book: Ledger, tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(content, "utf-8")

    assert refusal(book, path).replace(f"{tmp_path}/", "") == said


STEPS: list[tuple[Mapping[str, str], str]] = [
    ({}, "Input 'people': it has no step, the budget begins in 2026-04. Say what holds from 2026-04."),
    (
        {"2026-05": "1 person"},
        "Input 'people': its first step is 2026-05, the budget begins in 2026-04. Say what holds from 2026-04.",
    ),
    (
        {"2026-04": "1 person", "2026-07": "2 person"},
        (
            "Input 'people': There is no period '2026-07'; they go from 2026-04 to 2026-06. Did you mean '2026-06' or "
            "'2026-05' or '2026-04'?"
        ),
    ),
]


@pytest.mark.parametrize(("steps", "said"), STEPS)
def test_steps_with_a_gap_or_outside_are_refused(book: Ledger, steps: Mapping[str, str], said: str) -> None:
    assert refusal(book, steps) == said


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (["2026-04", "2026-06"], "no figure for 2026-05."),
        (["2026-04", "2026-05", "2026-05", "2026-06"], "2026-05 is there twice. Leave one out."),
        (pandas.to_datetime(["2026-04-01", "2026-04-01"]), "2026-04 is there twice. Leave one out."),
        ([*LABELS, "2026-07"], "2026-07 is outside the periods 2026-04 to 2026-06."),
        (pandas.to_datetime(["2026-04-01", None]), "NaT is outside the periods 2026-04 to 2026-06."),
    ],
)
def test_a_series_with_a_gap_or_a_period_twice_is_refused(book: Ledger, index: Any, said: str) -> None:
    assert refusal(book, pandas.Series("1 person", index=index)) == f"Input 'people': {said}"


def test_an_input_by_period_or_by_item_that_is_misspelt_is_suggested(book: Ledger) -> None:
    book.assume("people", "4 person", over=book.time)
    book.table("fleet", [{"name": "h100-us", "price": 2}], key="name", columns={"price": "USD/h"})
    for name, close in (
        ("peple@2026-05", "people"),
        ("fleet.prise@h100-us", "fleet.price"),
        ("flet.price", "fleet.price"),
    ):
        with pytest.raises(LedgerError) as refused:
            book.option("more", {name: 1})
        assert str(refused.value) == f"'Budget' has no input named {name!r}. Did you mean {close!r}?"


def test_where_nothing_says_over_what_figures_are_they_are_not_shown(book: Ledger, tmp_path: Path) -> None:
    said = "Input 'people' has figures by period of 'Budget': say over=book.time, not None."
    for figures in (pandas.DataFrame({"people [person]": [4] * 3}), pandas.Series([4] * 3), tmp_path):
        with pytest.raises(LedgerError) as refused:
            book.assume("people", figures)
        assert str(refused.value) == said
