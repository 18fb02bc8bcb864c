"""What moves the answer, as a manager sees it: sentences and inputs on Summary, charts there and on Sensitivity."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from drawn import Drawn, alternative_texts, charts, unlike_cells
from first_sheet import row_of, said
from openpyxl import load_workbook
from recalculate import Desk, differences, formualizer, held, libreoffice, named_cells

from unitledger import Figure, Ledger

MOVES = "What moves A day"


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

    def rows(self, begins: str, count: int, columns: str) -> list[list[Any]]:
        """Cells from the row on that has such a text, beside the options where these leave room."""
        (row,) = {int(at[1:]) for at, value in self.cells.items() if value == begins and at[0] in "AEF"}
        return [[self.desk.read("Summary", f"{each}{row + place}") for each in columns] for place in range(count)]

    @property
    def said(self) -> list[str]:
        return said(held(self.path))


def test_the_sentences_follow_those_of_the_answer(tmp_path: Path) -> None:
    shown = Shown.of(renting(), tmp_path)

    # 2 x 10 + 5 against 1 x 10 + 12 USD; an hour more costs the first 2 USD and the other 1 USD.
    assert shown.said == [
        "A day is lowest with flat 1: 22.00 USD/day (-12.0 % against by the hour).",
        "No input is outside its range.",
        "In flat 1 it rests most on Hours used (h/day): at 8 it would be 20.00 USD/day.",
        "Between the low and the high of Hours used there is no break-even of flat 1 and by the hour.",
    ]


def test_a_break_even_is_named_with_where_the_option_stands(tmp_path: Path) -> None:
    book = Ledger("Sell", option="shop", as_of="2026-01-01")
    sold = book.assume("sold", "10 card/day", low="4 card/day", high="20 card/day")
    profit = book.assume("margin", "3 USD/card") * sold - book.assume("rent", "10 USD/day")
    book.headline(book.line("profit", profit), better="higher")
    book.option("market", {"margin": "2 USD/card", "rent": "2 USD/day"})
    shown = Shown.of(book, tmp_path)

    # 3 x 10 - 10 against 2 x 10 - 2 USD: equal where 3 s - 10 = 2 s - 2.
    answer, _, rests, flip = shown.said
    assert answer == "Profit is highest with shop: 20.00 USD/day (market is next: -10.0 %)."
    assert rests == "In shop it rests most on Sold (card/day): at 20 it would be 50.00 USD/day."
    assert flip.startswith("shop and market come out equal where Sold is ")


def test_where_every_answer_is_0_figures_keep_the_digits_of_what_it_may_become(tmp_path: Path) -> None:
    book = Ledger("Cards lent for now", option="here", as_of="2026-01-01")
    rent = book.assume("rent", "0 USD/month", low="0 USD/month", high="20000 USD/month")
    asked = book.assume("asked", "2e6 request/month", "Requests")
    book.headline(book.line("cost", rent / asked, "USD/request"))
    book.option("there", {"asked": "4e6 request/month"})
    shown = Shown.of(book, tmp_path)

    # 20,000 USD over 2,000,000 requests.
    assert shown.said[0] == "Cost is lowest with here, there, which are tied: 0.0000 USD/request."
    assert shown.said[2] == "In here it rests most on Rent (USD/month): at 20,000 it would be 0.0100 USD/request."
    formats = {cell.number_format for cell in load_workbook(shown.path)["Summary"][row_of(held(shown.path), "Cost")]}
    assert "#,##0.0000;-#,##0.0000;–" in formats


def cells_of(path: Path, name: str) -> list[str]:
    """Addresses on Inputs of an input's cells."""
    return named_cells(path, f"in_{name}")[f"in_{name}"][1]


def test_the_strongest_inputs_stand_with_their_ends_and_the_answers(tmp_path: Path) -> None:
    shown = Shown.of(renting().only("by the hour"), tmp_path)

    assert shown.rows(MOVES, 4, "ELMNO") == [
        [MOVES, "low", "high", "answer at low", "answer at high"],
        ["Rate, USD/h", 1, 4, 15, 45],
        ["Hours used, h/day", 8, 12, 21, 29],
        ["Room, USD/day", 4, 5, 24, 25],
    ]


def test_ends_are_shown_in_the_formats_of_their_inputs(tmp_path: Path) -> None:
    book = Ledger("Lease", as_of="2026-01-01")
    price = book.assume("price", "40000 USD", low="35000 USD", high="52000 USD")
    share = book.assume("share", "12 %/year", low="10.25 %/year", high="14 %/year")
    tariff = book.assume("tariff", "0.1 USD/year", low="0.05 USD/year", high="0.2 USD/year")
    book.headline(book.line("paid", price * share + tariff, label="A year"))
    path = book.to_excel(tmp_path / "lease.xlsx")

    formats = {"Price": "#,##0", "Share": "#,##0.00", "Tariff": "#,##0.00"}
    assert formats_by_label(path, "Sensitivity", "A", "C") == formats
    assert formats_by_label(path, "Summary", "E", "L") == {
        "Price, USD": "#,##0",
        "Share, %/year": "#,##0.00",
        "Tariff, USD/year": "#,##0.00",
    }


def formats_by_label(path: Path, sheet: str, label: str, column: str) -> dict[str, str]:
    """The format that a rule gives each cell of a column, by the label beside it."""
    desk, found = Desk(path), {}
    places = [
        (place, area)
        for place in load_workbook(path)[sheet].conditional_formatting
        for area in str(place.sqref).split()
    ]
    for place, area in places:
        first, _, last = area.partition(":")
        for row in range(int(first[1:]), int((last or first)[1:]) + 1) if first[0] == column else ():
            for rule in (each for each in place.rules if each.dxf is not None and each.dxf.numFmt is not None):
                desk.type(sheet, {"Z99": "=" + re.sub(rf"(\$[A-Z]){first[1:]}\b", rf"\g<1>{row}", rule.formula[0])})
                if desk.read(sheet, "Z99"):
                    found[str(desk.read(sheet, f"{label}{row}"))] = str(rule.dxf.numFmt.formatCode)
    return found


@pytest.mark.parametrize(("low", "told"), [("1000 USD", "1000"), ("0.25 USD", "0.25"), ("30.5 USD", "30.50")])
def test_a_figure_in_a_sentence_has_the_decimals_of_its_row(low: str, told: str, tmp_path: Path) -> None:
    book = Ledger("Rent", as_of="2026-01-01")
    book.headline(book.line("rent", book.assume("price", "5000 USD", low=low)))

    assert f"at {told} it would be" in Shown.of(book, tmp_path).said[2].replace(",", "")


def test_with_many_options_they_stand_beneath(tmp_path: Path) -> None:
    shown = Shown.of(renting(5), tmp_path)

    assert shown.rows(MOVES, 2, "ACDEF") == [
        [MOVES, "low", "high", "answer at low", "answer at high"],
        ["Hours used, h/day", 8, 12, 20, 24],
    ]


def test_five_of_many_inputs_are_named(tmp_path: Path) -> None:
    book = Ledger("Many", as_of="2026-01-01")
    parts = [book.assume(f"part_{place}", "10 USD", low=f"{place} USD") for place in range(7)]
    book.headline(book.total("bill", parts, label="A day"))
    shown = Shown.of(book, tmp_path)

    labels = [row[0] for row in shown.rows(MOVES, 7, "E")]
    assert labels == [MOVES, *(f"Part {place}, USD" for place in range(5)), None]


def test_inputs_that_move_nothing_are_not_named(tmp_path: Path) -> None:
    # The flat pays an agreed rate and room, whatever they may be elsewhere.
    shown = Shown.of(renting(), tmp_path)

    assert [row[0] for row in shown.rows(MOVES, 3, "F")] == [MOVES, "Hours used, h/day", None]


def test_an_edit_and_another_choice_sort_it_anew(tmp_path: Path) -> None:
    shown = Shown.of(renting(), tmp_path)

    shown.desk.type("Sensitivity", {"C6": "by the hour"})
    assert shown.rows(MOVES, 2, "FLM")[1] == ["Rate, USD/h", 1, 4]
    shown.desk.type("Inputs", {cells_of(shown.path, "hours")[0].replace("C", "F"): 60})
    assert shown.rows(MOVES, 2, "FLM")[1] == ["Hours used, h/day", 8, 60]
    assert shown.desk.status()[0] == "OK"


def test_each_label_is_a_link_to_the_input(tmp_path: Path) -> None:
    path = renting().only("by the hour").to_excel(tmp_path / "book.xlsx")
    sheet = load_workbook(path)["Summary"]

    links = [str(cell.value) for row in sheet for cell in row if str(cell.value).startswith('=HYPERLINK("#"&INDEX(')]
    assert len(links) == 3


@pytest.mark.libreoffice
def test_libreoffice_finds_the_same(tmp_path: Path) -> None:
    path = renting().to_excel(tmp_path / "book.xlsx")

    assert differences(path, formualizer(path)) == []
    assert differences(path, libreoffice(path)) == []


def test_three_charts_stand_under_headings_in_cells(tmp_path: Path) -> None:
    path = renting().to_excel(tmp_path / "book.xlsx")
    cells = held(path)
    drawn = charts(path)

    assert len(alternative_texts(path)) == len(drawn)
    assert [unlike_cells(each, cells) for each in drawn] == [[]] * len(drawn)
    stacked, fall, tornado, *_ = drawn
    assert [each.all("chart/title") for each in (stacked, fall, tornado)] == [[]] * 3
    shown = {text for (sheet, _), text in cells.items() if sheet == "Summary"}
    assert {
        "A day, by part [USD/day]",
        "From by the hour to flat 1, by part",
        "What moves it, in flat 1: dark at its low, light at its high",
    } <= shown
    assert tornado.values("catAx/tickLblSkip") == ["1"]
    first, *_ = tornado.referred("ser/cat")
    assert cells[_place(first.partition(":")[0])] == "Hours used"


def test_a_bar_that_reaches_to_one_side_alone_has_one_figure_beside_it(tmp_path: Path) -> None:
    book = Ledger("Rent", option="one", as_of="2026-01-01")
    # As an option that keeps the range of another: both ends lie beneath its own figure.
    rate = book.assume("rate", "9 USD/h", low="1 USD/h", high="4 USD/h")
    hours = book.assume("hours", "10 h/day", low="8 h/day", high="11 h/day")
    book.headline(book.line("day", rate * hours))
    path = book.to_excel(tmp_path / "book.xlsx")

    (tornado,) = (each for each in charts(path) if len(each.all("ser")) > 4)
    labelled = [Drawn(series) for series in tornado.all("ser") if Drawn(series).values("dLbls/showVal") == ["1"]]
    beside = [dict(each.caches())[each.referred("val")[0]] for each in labelled]
    assert [list(map(float, figures)) for figures in beside] == [[-80, -18], [0, 9]]


def _place(reference: str) -> tuple[str, str]:
    sheet, _, address = reference.rpartition("!")
    return sheet, address.replace("$", "")


def test_long_names_are_cut_in_charts_only(tmp_path: Path) -> None:
    book = Ledger("Long", option="the option that is there now and stays")
    parts = [
        book.assume(f"part_{place}", "2 USD", label=f"A part of a rather long name, number {place}", low="1 USD")
        for place in range(2)
    ]
    book.headline(book.total("bill", parts))
    book.option("the option that may come one day", {"part_0": "3 USD"})
    path = book.to_excel(tmp_path / "long.xlsx")
    cells = held(path)

    words = [text for each in charts(path)[:3] for text in dict(each.caches())[each.referred("ser/cat/strRef")[0]]]
    assert [text for text in words if "…" not in text] == []
    assert {"the option that is…  4.00", "A part of a… number 0  +1.00"} <= set(words)
    assert "A part of a rather long name, number 0" in cells.values()
    assert differences(path, formualizer(path)) == []


def test_without_the_sheet_sensitivity_nothing_of_it_is_shown(tmp_path: Path) -> None:
    shown = Shown.of(renting(), tmp_path, sheets=["-Sensitivity"])

    assert not [text for text in shown.cells.values() if str(text).startswith((MOVES, "Between", "In flat 1"))]
    assert len(charts(shown.path)) == 2
    assert differences(shown.path, formualizer(shown.path)) == []
