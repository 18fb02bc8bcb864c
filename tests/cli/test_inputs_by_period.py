"""Figures by period in files of inputs: written, read, and refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from budgets import budget, fleet
from price_lists import price_list

from unitledger import Figure, Ledger
from unitledger.errors import InputsFileError
from unitledger.notation import read, written


@pytest.fixture(name="book")
def planned() -> Ledger:
    """A budget whose people have other provenance from one month on, and in an option."""
    book = Ledger("Budget", as_of="2026-01-05")
    t = book.timeline("2026-01", 6)
    later = Figure("6 person", source="new plan", as_of="2026-02-01", reviewed_by="Bob", reviewed_on="2026-03-01")
    people = book.assume("people", {"2026-01": Figure("4 person", owner="Ann"), "2026-03": later}, over=t)
    price = book.assume("price", "9500 USD/person/month", over=t)
    book.line("cost", (people * price * t.months).sum())
    book.option("lean", {"people@2026-02:2026-03": Figure("3 person", note="on leave"), "people@2026-06": "2 person"})
    return book


def put(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".toml", ".csv"])
def test_what_is_written_changes_nothing_and_carries_everything(book: Ledger, suffix: str, tmp_path: Path) -> None:
    for each in (book, budget(), fleet(), price_list()):
        path = tmp_path / f"inputs{suffix}"
        put(path, written(path, "budget", each))
        assert read(path, each) == {}

    path = put(tmp_path / f"people{suffix}", written(tmp_path / f"people{suffix}", "budget", book))
    bare = Ledger("Budget", as_of="2026-01-05")
    t = bare.timeline("2026-01", 6)
    bare.line(
        "cost",
        (
            bare.assume("people", "1 person", over=t) * bare.assume("price", "1 USD/person/month", over=t) * t.months
        ).sum(),
    )
    bare.option("lean", {})
    again = bare.with_settings(read(path, bare))
    for option in book.options:
        assert list(again.by_period("people", option).array) == list(book.by_period("people", option).array)
        assert again.value("cost", option) == book.value("cost", option)
    assert again.setting("people@2026-04").figure.reviewed_by == "Bob"
    assert again.setting("people@2026-02", "lean").figure.note == "on leave"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.toml", '"fleet.price" = 7\n["fleet.price@l4-us"]\nvalue = "8 USD/machine/h"\noptions.offer = 5\n'),
        ("a.csv", "name,option,value\nfleet.price,,7\nfleet.price@l4-us,,8 USD/machine/h\nfleet.price@l4-us,offer,5\n"),
    ],
)
def test_figures_by_item_are_read(name: str, content: str, tmp_path: Path) -> None:
    book = price_list()
    again = book.with_settings(read(put(tmp_path / name, content), book))

    assert list(again.by_item("fleet.price").array) == [7, 7, 8]
    assert list(again.by_item("fleet.price", "offer").array) == [18, 7, 5]


def test_items_are_written_each_by_itself_unless_all_are_alike() -> None:
    book = Ledger("List", as_of="2026-01-05")
    rows = [{"name": "a", "price": 1, "load": 80}, {"name": "b:c", "price": 2, "load": 80}]
    book.table("list", rows, key="name", columns={"price": "USD/h", "load": "%"})

    said = written(Path("a.toml"), "list", book)
    assert [line for line in said.splitlines() if line.startswith("[")] == [
        '["list.price@a"]',
        '["list.price@b:c"]',
        '["list.load"]',
    ]


def test_a_run_of_equal_figures_is_one_table_or_row(book: Ledger) -> None:
    toml = written(Path("a.toml"), "budget", book)
    assert [line for line in toml.splitlines() if line.startswith("[")] == [
        '["people@2026-01"]',
        '["people@2026-02"]',
        '["people@2026-02".options.lean]',
        '["people@2026-03"]',
        '["people@2026-03".options.lean]',
        '["people@2026-04:2026-05"]',
        '["people@2026-06"]',
        '["people@2026-06".options.lean]',
        "[price]",
    ]
    assert "people@2026-04:2026-05,base,6,person,new plan" in written(Path("a.csv"), "budget", book)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.toml", 'people = 5\n"people@2026-04:2026-06" = 7\n"people@2026-05" = "8 person"\n'),
        ("a.toml", "people = [5, 5, 5, 7, '8 person', 7]\n"),
        ("a.toml", "[people]\nvalue = [5, 5, 5, 7, 8, 7]\nsource = 'plan'\n"),
        ("a.csv", "name,value\npeople,5\npeople@2026-04:2026-06,7\npeople@2026-05,8 person\n"),
        ("a.csv", "name,value,2026-04,2026-05,2026-06\npeople,5,7,8,7\n"),
        ("a.csv", "name,2026-01,2026-02,2026-03,2026-04,2026-05,2026-06\npeople,5,5,5,7,8,7\n"),
    ],
)
def test_figures_by_period_are_read(book: Ledger, name: str, content: str, tmp_path: Path) -> None:
    read_again = book.with_settings(read(put(tmp_path / name, content), book))
    assert list(read_again.by_period("people").array) == [5, 5, 5, 7, 8, 7]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.toml", "\npeople = [5, 6]\n", "line 2: expected 6 figures, one for each period, got 2."),
        (
            "a.toml",
            '"people@2027-01" = 5\n',
            (
                "line 1: Input 'people': There is no period '2027-01'; they go from 2026-01 to 2026-06. Did you mean "
                "'2026-01' or '2026-06' or '2026-05'?"
            ),
        ),
        (
            "a.toml",
            '["people@2026-05:2026-03"]\nvalue = 5\n',
            "line 1: Input 'people': the period 2026-05:2026-03 ends before it begins.",
        ),
        (
            "a.toml",
            '"people@2026-01:2026-03" = 5\n"people@2026-02:2026-04" = 6\n',
            "line 2: 'people@2026-02' is there twice for 'base'. Leave one out.",
        ),
        (
            "a.csv",
            "name,value,high\nprice@2026-02,9600,9900\n",
            (
                "line 2, high: Input 'price' has a figure in each period, and these take neither low nor high. "
                "Multiply it by an input that does: assume('price_factor', '100 %', low='90 %', high='110 %')."
            ),
        ),
        (
            "a.csv",
            "name,2026-01,2026-07\npeople,5,6\n",
            (
                "line 1: unknown column '2026-07'. Did you mean '2026-06' or '2026-05' or '2026-04'? Columns are name, "
                "option, value, unit, source, as_of, low, high, note, owner, reviewed_by, reviewed_on, and the periods "
                "2026-01 to 2026-06."
            ),
        ),
        (
            "a.csv",
            "name,2026-01,2026-02\n\npeople,5,five\n",
            (
                "line 3, 2026-02: Input 'people@2026-02': Cannot read 'five': it does not start with a number, as "
                "'5 kW' does."
            ),
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(
    book: Ledger, name: str, content: str, message: str, tmp_path: Path
) -> None:
    path = put(tmp_path / name, content)
    with pytest.raises(InputsFileError) as refused:
        read(path, book)
    assert str(refused.value) == f"{path}, {message}"
