"""Rows of Inputs that were sorted, and columns that people put between ours: no figure is read as another's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from built import Built
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from reshape import insert, sort_rows
from worked_on import packed, parts, sheet_parts

from unitledger.errors import ValueRefused, WorkbookRefused
from unitledger.ledger import Ledger
from unitledger.model import Figure
from unitledger.units import Q
from unitledger.workbook import Calculation, Problem, verify
from unitledger.workbook.stated.status import Status


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Two prices and a number of hours; the second option states more of each price in a row beneath it."""
    book = Ledger("Two prices", option="small")
    machine = book.assume("machine", "125 USD", "Machine", low="90 USD", high="130 USD")
    board = book.assume("board", "100 USD", "Board", low="95 USD", high="105 USD")
    hours = book.assume("hours", "10 h", "Hours")
    book.line("cost", (machine + machine - board) / hours, unit="USD/h")
    book.option(
        "large",
        {
            "machine": Figure("500 USD", "offer", low="400 USD", high="600 USD"),
            "board": Figure("300 USD", "list", low="200 USD", high="350 USD"),
        },
    )
    return Built.of(book, tmp_path / "prices.xlsx")


def reshaped(built: Built, change: Callable[[Workbook], None]) -> Path:
    book = load_workbook(built.path)
    change(book)
    path = built.path.with_name("reshaped.xlsx")
    book.save(path)
    return path


def sorted_rows(built: Built, order: Sequence[int]) -> Path:
    """The rows of Inputs are 5 Machine, 6 of large, 7 Board, 8 of large, 9 Hours."""
    return reshaped(built, lambda book: sort_rows(book, "Inputs", range(5, 5 + len(order)), order))


def test_sorted_rows_are_read_by_their_labels(built: Built) -> None:
    path = sorted_rows(built, (7, 8, 5, 6, 9))
    edits = built.ledger.read_edits(path)

    assert (edits.changes, edits.problems) == ((), ())
    both = ("small", "large")
    assert edits.calculations == (
        Calculation(
            "machine", both, "Inputs!A5", "label Machine", "label Board",
            "its label is at Inputs!A7: it is read there; the workbook computes with the row of its name",
        ),
        Calculation(
            "board", both, "Inputs!A7", "label Board", "label Machine",
            "its label is at Inputs!A5: it is read there; the workbook computes with the row of its name",
        ),
    )  # fmt: skip
    after = edits.apply()
    assert [after.value(name) for name in ("machine", "board")] == [Q("125 USD"), Q("100 USD")]


def test_a_figure_typed_after_sorting_is_that_of_its_label(built: Built) -> None:
    path = sorted_rows(built, (7, 8, 5, 6, 9))
    book = load_workbook(path)
    book["Inputs"]["C7"], book["Inputs"]["F8"] = 130, 640
    book.save(path)

    edits = built.ledger.read_edits(path)
    assert [(each.name, each.option, each.end, str(each.new), each.cell) for each in edits] == [
        ("machine", "small", "", "130 USD", "Inputs!C7"),
        ("machine", "large", "high", "640 USD", "Inputs!F8"),
    ]


def test_rows_of_options_are_told_by_their_labels_alone(built: Built) -> None:
    """By the column of lows the two rows of the second option change places, and the inputs do not."""
    edits = built.ledger.read_edits(sorted_rows(built, (5, 8, 7, 6, 9)))

    assert (edits.changes, edits.problems, edits.notes) == ((), (), ())


def test_a_row_that_was_copied_beneath_is_no_one_s(built: Built) -> None:
    edits = built.ledger.read_edits(sorted_rows(built, (5, 6, 7, 6, 9)))

    gone = "no row, or more than one, has this label: it was deleted, copied, or its label changed"
    assert edits.calculations == (
        Calculation("machine", ("large",), "Inputs", "label Machine in large", gone),
        Calculation("board", ("large",), "Inputs", "label Board in large", gone),
    )


def test_nothing_is_filled_into_a_row_with_another_label(built: Built, tmp_path: Path) -> None:
    path = sorted_rows(built, (7, 8, 5, 6, 9))

    with pytest.raises(WorkbookRefused) as refused:
        built.ledger.fill(path, {"small": {"machine": "140 USD"}}, tmp_path / "filled.xlsx")
    assert str(refused.value) == (
        "reshaped.xlsx, Inputs!A5: input 'machine': its row has the label 'Board'; its own is in row 7. "
        "Put the rows back in their order."
    )
    filled = built.ledger.fill(path, {"small": {"hours": "11 h"}}, tmp_path / "filled.xlsx")
    assert [(each.name, str(each.new)) for each in built.ledger.read_edits(filled)] == [("hours", "11 h")]


@pytest.mark.parametrize(
    ("labels", "cell", "said"),
    [
        ({"A5": None}, "Inputs!A5", "its row has no label, and no row bears its own, 'Machine'."),
        ({"A5": "Rent"}, "Inputs!A5", "its row has the label 'Rent', and no row bears its own, 'Machine'."),
        (
            {"A5": "Board", "A7": "Machine", "A9": "Machine"},
            "Inputs!A5",
            "its row has the label 'Board', and 2 rows bear its own, 'Machine'.",
        ),
    ],
)
def test_a_label_that_does_not_tell_is_a_problem(
    built: Built, labels: dict[str, str | None], cell: str, said: str
) -> None:
    def relabel(book: Workbook) -> None:
        for address, label in labels.items():
            book["Inputs"][address] = label

    edits = built.ledger.read_edits(reshaped(built, relabel))
    assert edits.problems[0] == Problem("machine", "", cell, f"{said} Put labels and rows back as they were.")
    with pytest.raises(ValueRefused):
        edits.apply()


def test_the_earlier_workbook_may_have_been_sorted(built: Built, tmp_path: Path) -> None:
    path = sorted_rows(built, (7, 8, 5, 6, 9))
    book = load_workbook(built.ledger.to_excel(tmp_path / "now.xlsx", since=path))

    assert any(cell.value == "No figure differs." for row in book["Changes"].iter_rows() for cell in row)


def test_a_return_in_a_note_comes_back_as_it_was(tmp_path: Path) -> None:
    book = Ledger("Notes")
    rent = book.assume("rent", "1 USD/h", note="one\rtwo\r\nthree\tfour\nfive")
    book.line("cost", rent + rent)

    assert book.read_edits(book.to_excel(tmp_path / "notes.xlsx")).notes == ()


PLACES = [("Inputs", 1), ("Inputs", 2), ("Inputs", 3), ("Inputs", 5), ("Inputs", 8)]
PLACES += [("Calc", 1), ("Calc", 2), ("Calc", 3), ("Constants", 1), ("Constants", 2), ("Constants", 3)]


@pytest.mark.parametrize(("sheet", "before"), PLACES)
def test_a_column_may_be_inserted(built: Built, tmp_path: Path, sheet: str, before: int) -> None:
    path = reshaped(built, lambda book: insert(book, sheet, "columns", before))

    edits = built.ledger.read_edits(path)
    assert (edits.changes, edits.problems, edits.calculations, edits.notes) == ((), (), (), ())
    filled = built.ledger.fill(path, {"small": {"machine": "0.2 kUSD"}}, tmp_path / "filled.xlsx")
    assert [str(each.new) for each in built.ledger.read_edits(filled)] == ["200 USD"]
    assert verify(filled).units


@pytest.mark.parametrize(("sheet", "lost"), [("Inputs", "Unit"), ("Calc", "Unit"), ("Constants", "Unit")])
def test_a_heading_that_is_gone(built: Built, sheet: str, lost: str) -> None:
    def type_over(book: Workbook) -> None:
        book[sheet]["B4"] = "Einheit"

    path = reshaped(built, type_over)
    with pytest.raises(WorkbookRefused) as refused:
        built.ledger.read_edits(path)
    assert str(refused.value) == (
        f"reshaped.xlsx: no column left of {sheet}!C4 is headed {lost}. "
        "Write the heading back, in the row of the others."
    )


@pytest.mark.parametrize(("cell", "lost"), [("E4", "Low"), ("F4", "High")])
def test_a_heading_of_ranges_that_is_gone(built: Built, cell: str, lost: str) -> None:
    def type_over(book: Workbook) -> None:
        book["Inputs"][cell] = "Ende"

    problems = built.ledger.read_edits(reshaped(built, type_over)).problems
    said = f"no column right of the options is headed {lost}. Write the heading back, in the row of the others."
    assert problems == (Problem("options", "", "Inputs!D4", said),)


def test_what_the_file_says_of_itself(built: Built, tmp_path: Path) -> None:
    """As it was built, filled, typed into by a program that does not calculate, and with a key figure typed over."""
    read = built.ledger.read_edits
    assert read(built.path).status == Status("OK", "AS BUILT", "0")
    filled = built.ledger.fill(built.path, {"small": {"machine": "120 USD"}}, tmp_path / "filled.xlsx")
    assert str(read(filled).status) == "Integrity: OK. State: EDITED (1). Alerts: 0."
    held = parts(built.path)
    part = sheet_parts(held)["Inputs"]
    held[part] = held[part].replace(b"<v>125</v>", b"<v>126</v>")
    typed = read(packed(held, tmp_path / "typed.xlsx"))
    assert [str(each.new) for each in typed] == ["126 USD"]
    assert str(typed.status) == (
        "Integrity: OK. State: AS BUILT. Alerts: 0. "
        "The file was not recalculated after its inputs were changed; save it in a spreadsheet program."
    )
    assert not read(reshaped(built, lambda _: None)).status.integrity


def test_what_a_file_says_is_told_briefly(built: Built) -> None:
    """A cell holds 32,767 characters; of what people put there little is enough to find it."""
    long = "\x1b[31m" + "x" * 32_000

    def type_over(book: Workbook) -> None:
        inputs, calc = book["Inputs"], book["Calc"]
        inputs["A5"] = inputs["B7"] = inputs["C9"] = inputs["G8"] = inputs["J7"] = long.replace("\x1b", "\t")
        calc["B6"] = calc["C7"] = calc["D4"] = long.replace("\x1b", "\t")

    edits = built.ledger.read_edits(reshaped(built, type_over))
    assert len(edits.problems) >= 3
    assert len(edits.notes) >= 2
    said = [*(each.text for each in edits.problems), *edits.notes, *(each.new for each in edits.calculations)]
    assert max(map(len, said)) < 450
    assert "\t" not in "".join(said)
