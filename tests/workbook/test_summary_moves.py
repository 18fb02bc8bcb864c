"""What moves the answer, as a manager sees it: sentences and inputs on Summary, charts there and on Sensitivity."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest
from drawn import alternative_texts, charts, unlike_cells
from openpyxl import load_workbook
from recalculate import Desk, differences, formualizer, held, libreoffice, named_cells

from unitledger import Figure, Ledger

MOVES = "What moves the answer most, in "


def renting(options: int = 2) -> Ledger:
    """10 h/day at 2 USD/h and 5 USD/day for the room; the others pay 1 USD/h and more for the room, as agreed."""
    book = Ledger("Rent", option="by the hour", as_of="2026-01-01")
    rate = book.assume("rate", "2 USD/h", low="1 USD/h", high="4 USD/h")
    hours = book.assume("hours", "10 h/day", label="Hours used", low="8 h/day", high="12 h/day")
    room = book.assume("room", "5 USD/day", low="4 USD/day", high="5 USD/day")
    book.headline(book.total("day", [book.line("use", rate * hours), room], label="A day"))
    for place in range(1, options):
        agreed = {"rate": "1 USD/h", "room": f"{11 + place} USD/day"}
        book.option(f"flat {place}", {name: Figure(paid, low=paid, high=paid) for name, paid in agreed.items()})
    return book


@attrs.frozen
class Shown:
    """A workbook, and its Summary by label."""

    path: Path
    desk: Desk
    cells: dict[str, Any]

    @classmethod
    def of(cls, book: Ledger, folder: Path, **content: Any) -> Shown:
        path = book.to_excel(folder / "book.xlsx", **content)
        cells = {at: value for (sheet, at), value in held(path).items() if sheet == "Summary"}
        return cls(path, Desk(path), cells)

    def row(self, begins: str) -> int:
        (found,) = [int(at[1:]) for at, value in self.cells.items() if at[0] == "A" and str(value).startswith(begins)]
        return found

    def rows(self, first: int, count: int, columns: str) -> list[list[Any]]:
        return [[self.desk.read("Summary", f"{each}{row}") for each in columns] for row in range(first, first + count)]


def test_the_sentences_follow_those_of_the_answer(tmp_path: Path) -> None:
    shown = Shown.of(renting(), tmp_path)

    # 2 x 10 + 5 against 1 x 10 + 12 USD; an hour more costs the first 2 USD and the other 1 USD.
    assert [shown.cells[f"A{row}"] for row in range(5, 9)] == [
        "A day is lowest with flat 1: 22.00 USD/day.",
        "That is 12.0 % below by the hour.",
        "Between the low and the high of Hours used there is no break-even of flat 1 and by the hour.",
        (
            "A day of flat 1 is 22.00 USD/day; range 20.00 to 24.00: one listed input at a time at its low or high, "
            "all else as it is."
        ),
    ]


def test_a_break_even_is_named_with_where_the_option_stands(tmp_path: Path) -> None:
    book = Ledger("Sell", option="shop", as_of="2026-01-01")
    sold = book.assume("sold", "10 card/day", low="4 card/day", high="20 card/day")
    profit = book.assume("margin", "3 USD/card") * sold - book.assume("rent", "10 USD/day")
    book.headline(book.line("profit", profit), better="higher")
    book.option("market", {"margin": "2 USD/card", "rent": "2 USD/day"})
    shown = Shown.of(book, tmp_path)

    # 3 x 10 - 10 against 2 x 10 - 2 USD: equal where 3 s - 10 = 2 s - 2.
    assert [shown.cells[f"A{row}"] for row in range(5, 9)] == [
        "Profit is highest with shop: 20.00 USD/day.",
        "The next best option is 10.0 % lower.",
        "shop and market come out equal where Sold is 8.00 card/day; it is 10.00 card/day in shop.",
        (
            "Profit of shop is 20.00 USD/day; range 2.00 to 50.00: one listed input at a time at its low or high, "
            "all else as it is."
        ),
    ]
    shown.desk.type("Inputs", {cells_of(shown.path, "sold")[0]: 9})
    assert str(shown.desk.read("Summary", "A7")).endswith("Sold is 8.00 card/day; it is 9.00 card/day in shop.")


def cells_of(path: Path, name: str) -> list[str]:
    """Addresses on Inputs of an input's cells."""
    return named_cells(path, f"in_{name}")[f"in_{name}"][1]


def test_the_strongest_inputs_stand_with_their_ends_and_the_answers_beneath(tmp_path: Path) -> None:
    shown = Shown.of(renting().only("by the hour"), tmp_path)

    assert shown.rows(shown.row(MOVES), 8, "ABCD") == [
        [f"{MOVES}by the hour", None, None, None],
        ["one input at a time", None, "at low", "at high"],
        ["Rate", "USD/h", 1, 4],
        ["A day", "USD/day", 15, 45],
        ["Hours used", "h/day", 8, 12],
        ["A day", "USD/day", 21, 29],
        ["Room", "USD/day", 4, 5],
        ["A day", "USD/day", 24, 25],
    ]


def test_with_many_options_each_input_takes_one_row(tmp_path: Path) -> None:
    shown = Shown.of(renting(4), tmp_path)

    assert shown.rows(shown.row(MOVES) + 1, 2, "ABCDEF") == [
        ["one input at a time", None, "Low", "High", "answer at low", "at high"],
        ["Hours used", "h/day", 8, 12, 20, 24],
    ]


def test_five_of_many_inputs_are_named(tmp_path: Path) -> None:
    book = Ledger("Many", as_of="2026-01-01")
    parts = [book.assume(f"part_{place}", "10 USD", low=f"{place} USD") for place in range(7)]
    book.headline(book.total("bill", parts))
    shown = Shown.of(book, tmp_path)

    labels = [row[0] for row in shown.rows(shown.row(MOVES) + 2, 10, "A")]
    assert labels[::2] == [f"Part {place}" for place in range(5)]
    assert shown.rows(shown.row(MOVES) + 12, 1, "A") == [[None]]


def test_an_edit_and_another_choice_sort_it_anew(tmp_path: Path) -> None:
    shown = Shown.of(renting(), tmp_path)
    title = shown.row(MOVES)

    shown.desk.type("Sensitivity", {"C6": "by the hour"})
    assert shown.desk.read("Summary", f"A{title}") == f"{MOVES}by the hour"
    assert shown.rows(title + 2, 2, "ACD") == [["Rate", 1, 4], ["A day", 15, 45]]
    shown.desk.type("Inputs", {cells_of(shown.path, "hours")[0].replace("C", "F"): 60})
    assert shown.rows(title + 2, 2, "ACD") == [["Hours used", 8, 60], ["A day", 21, 125]]
    assert shown.desk.status()[0] == "OK"


def test_each_label_is_a_link_to_the_input(tmp_path: Path) -> None:
    path = renting().to_excel(tmp_path / "book.xlsx")
    sheet = load_workbook(path)["Summary"]

    links = [str(cell.value) for cell in sheet["A"] if str(cell.value).startswith('=HYPERLINK("#"&INDEX(Sensitivity!')]
    assert len(links) == 3


@pytest.mark.libreoffice
def test_libreoffice_finds_the_same(tmp_path: Path) -> None:
    path = renting().to_excel(tmp_path / "book.xlsx")

    assert differences(path, formualizer(path)) == []
    assert differences(path, libreoffice(path)) == []


def test_three_charts_on_summary_and_two_on_sensitivity(tmp_path: Path) -> None:
    path = renting().to_excel(tmp_path / "book.xlsx")
    cells = held(path)
    drawn = charts(path)

    assert len(alternative_texts(path)) == len(drawn) == 5
    assert [unlike_cells(each, cells) for each in drawn] == [[]] * 5
    stacked, tornado, lines, *_ = drawn
    titles = [cells[_place(each.referred("chart/title")[0])] for each in drawn[:3]]
    assert titles == ["A day: what it is made of", "A day of flat 1: one input at a time", "A day over Hours used"]
    assert stacked.values("barChart/grouping") == ["stacked"]
    assert tornado.values("catAx/tickLblSkip") == ["1"]
    first, *_ = tornado.referred("ser/cat")
    assert cells[_place(first.partition(":")[0])] == "Hours used"
    assert [cells[_place(each)] for each in tornado.referred("ser/tx")] == ["Change at low", "Change at high"]
    assert [cells[_place(each)] for each in tornado.referred("valAx/title")] == ["Change from 22.00 USD/day"]
    assert [cells[_place(each)] for each in lines.referred("ser/tx")] == ["flat 1", "by the hour"]
    assert [cells[_place(each)] for each in lines.referred("valAx/title")] == ["Hours used, h/day", "USD/day"]


def _place(reference: str) -> tuple[str, str]:
    sheet, _, address = reference.rpartition("!")
    return sheet, address.replace("$", "")


def test_one_option_has_one_line(tmp_path: Path) -> None:
    path = renting().only("by the hour").to_excel(tmp_path / "book.xlsx")
    cells = held(path)

    *_, lines = charts(path)
    assert [cells[_place(each)] for each in lines.referred("ser/tx")] == ["by the hour"]
    assert [cells[_place(each)] for each in lines.referred("chart/title")] == ["A day of by the hour over Rate"]


def test_without_the_sheet_sensitivity_nothing_of_it_is_shown(tmp_path: Path) -> None:
    shown = Shown.of(renting(), tmp_path, sheets=["-Sensitivity"])

    assert not [text for text in shown.cells.values() if str(text).startswith((MOVES, "Between", "A day of flat 1"))]
    assert len(charts(shown.path)) == 1
    assert differences(shown.path, formualizer(shown.path)) == []
