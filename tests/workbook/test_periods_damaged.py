"""What people do to the sheets of a timeline: damage turns Integrity to FAIL and is told, edits leave it OK."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from built import Built
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from recalculate import Desk, held, saved_all_by_libreoffice
from reshape import delete, delete_sheet, insert, rename_sheet

from unitledger.errors import ValueRefused, WorkbookRefused
from unitledger.ledger import Ledger

BASE, DEAR = "Months base", "Months dear"
# What options are called stands on Inputs.
IN_DEAR = '="    in "&Inputs!$D$4'


@cache
def ledger() -> Ledger:
    """Three inputs by period, two of one unit, and an option with figures of its own."""
    book = Ledger("Machines by month", as_of="2026-01-05")
    t = book.timeline("2026-01", 6)
    price = book.assume("price", {"2026-01": "1.2 USD/machine", "2026-04": "2 USD/machine"}, over=t, above=0)
    fee = book.assume("fee", {"2026-01": "0.3 USD/machine", "2026-03": "0.4 USD/machine"}, over=t)
    machines = book.assume("machines", {"2026-01": "4 machine", "2026-02": "6 machine"}, over=t)
    cost = book.line("cost", (price + fee) * machines, total="sum")
    book.headline(book.line("cost_in_all", cost.sum() * book.assume("markup", "2 ratio")))
    book.option("dear", {"price@2026-03:2026-05": "9 USD/machine"})
    return book


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built.of(ledger(), tmp_path_factory.mktemp("periods") / "machines.xlsx")


def row(book: Workbook, label: str, sheet: str = "Timeline") -> int:
    return next(cell.row for (cell,) in book[sheet].iter_rows(max_col=1) if cell.value == label)


def typed(label: str, column: str, content: Any, sheet: str = "Timeline") -> Callable[[Workbook], None]:
    """Type into a cell of the row with a label; of the row of headings without one."""

    def done(book: Workbook) -> None:
        book[sheet][f"{column}{row(book, label, sheet) if label else 4}"] = content

    return done


def swapped(one: str, other: str, sheet: str = "Timeline") -> Callable[[Workbook], None]:
    """Exchange what stands in two rows, as sorting does."""

    def done(book: Workbook) -> None:
        page, first, second = book[sheet], row(book, one, sheet), row(book, other, sheet)
        for column in range(1, page.max_column + 1):
            left, right = page.cell(first, column), page.cell(second, column)
            left.value, right.value = right.value, left.value

    return done


def all_of(*done: Callable[[Workbook], object]) -> Callable[[Workbook], None]:
    def every(book: Workbook) -> None:
        for each in done:
            each(book)

    return every


DAMAGE: dict[str, Callable[[Workbook], object]] = {
    "rows of one unit sorted": swapped("Price", "Fee"),
    "rows of two units sorted": swapped("Price", "Machines"),
    "an option's own row sorted": swapped(IN_DEAR, "Fee"),
    "a label typed over": typed("Price", "A", "Price of a machine"),
    "a label emptied": typed("Price", "A", None),
    "labels swapped": all_of(typed("Price", "A", "?"), typed("Fee", "A", "Price"), typed("?", "A", "Fee")),
    "a label of an option's own row": typed(IN_DEAR, "A", "    in cheap"),
    "a unit typed over": typed("Price", "B", "EUR/machine"),
    "a unit emptied": typed("Price", "B", None),
    "a period's heading changed": typed("", "F", "2026-09"),
    "a period's heading emptied": typed("", "F", None),
    "periods' headings swapped": all_of(typed("", "F", "2026-03"), typed("", "G", "2026-02")),
    "a period pasted beside the last": all_of(typed("", "K", "2026-07"), typed("Price", "K", 3)),
    "a figure pasted beside the last": typed("Price", "K", 3),
    "what is said of a period": typed("First day", "F", 46_000),
    "what is said of a period, its label": typed("First day", "A", "Start"),
    "a text for a figure": typed("Price", "F", "about 2"),
    "a number typed as text": typed("Price", "F", "2"),
    "a base figure emptied": typed("Price", "F", None),
    "an error for a figure": typed("Price", "F", "#N/A"),
    "a figure that cannot be": typed("Price", "F", 0),
    "a text in an option's row": typed(IN_DEAR, "F", "about 2"),
    "a column between periods": lambda book: insert(book, "Timeline", "columns", 7),
    "a period's column deleted": lambda book: delete(book, "Timeline", "columns", 7),
    "a row deleted": lambda book: delete(book, "Timeline", "rows", row(book, "Price")),
    "an option's own row deleted": lambda book: delete(book, "Timeline", "rows", row(book, IN_DEAR)),
    "Timeline deleted": lambda book: delete_sheet(book, "Timeline"),
    "a line by period typed over": typed("Cost", "F", 3, BASE),
    "a line by period typed over in an option": typed("Cost", "F", 3, DEAR),
    "a label on Months": typed("Cost", "A", "Bill", BASE),
    "a unit on Months": typed("Cost", "B", "EUR", DEAR),
    "a heading on Months": typed("", "F", "2026-09", DEAR),
    "the name of the headings of Timeline removed": lambda book: book.defined_names.pop("head_timeline"),
    "the name of the headings of Months removed": lambda book: book.defined_names.pop("head_months_2"),
    "rows swapped on Months": swapped("Price", "Fee", BASE),
    "the sheet of an option deleted": lambda book: delete_sheet(book, DEAR),
}
COUNTED: dict[str, Callable[[Workbook], object]] = {
    "a total on Months typed over": typed("Cost", "C", 3, BASE),
    "a year typed over": lambda book: typed_on_years(book, "C5", 3),
    "a label on Years": lambda book: typed_on_years(book, "A5", "Bill"),
    "a heading on Years": lambda book: typed_on_years(book, "C4", "FY2025"),
}
"""Found by programs that know formulas from other cells."""
EDITS: dict[str, tuple[Callable[[Workbook], object], str]] = {
    "a figure": (typed("Price", "F", 3), "EDITED (1)"),
    "an option's own figure": (typed(IN_DEAR, "G", 3), "EDITED (1)"),
    "a figure for an option": (typed(IN_DEAR, "F", 3), "EDITED (1)"),
    "an own figure cleared": (typed(IN_DEAR, "G", None), "EDITED (1)"),
    "a row inserted among inputs": (lambda book: insert(book, "Timeline", "rows", row(book, "Price")), "AS BUILT"),
    "a row inserted among periods": (lambda book: insert(book, "Timeline", "rows", 7), "AS BUILT"),
    "a row inserted on Months": (lambda book: insert(book, BASE, "rows", 8), "AS BUILT"),
    "a column before labels": (lambda book: insert(book, "Timeline", "columns", 1), "AS BUILT"),
    "a column after labels": (lambda book: insert(book, "Timeline", "columns", 2), "AS BUILT"),
    "a column after units": (lambda book: insert(book, "Timeline", "columns", 3), "AS BUILT"),
    "Timeline renamed": (lambda book: rename_sheet(book, "Timeline", "When"), "AS BUILT"),
    "Months renamed": (lambda book: rename_sheet(book, DEAR, "Their months"), "AS BUILT"),
}


def typed_on_years(book: Workbook, address: str, content: Any) -> None:
    assert book["Years"][address].data_type == "f"
    book["Years"][address] = content


def changed(built: Built, path: Path, done: Callable[[Workbook], object]) -> Path:
    book = load_workbook(built.path)
    done(book)
    book.save(path)
    return path


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_fails_and_is_told(built: Built, kind: str, tmp_path: Path) -> None:
    path = changed(built, tmp_path / "sent.xlsx", DAMAGE[kind])
    assert Desk(path).read("Summary", "A2") == "Integrity: FAIL"
    edits = built.ledger.read_edits(path)
    assert edits.problems or edits.calculations
    if edits.changes:
        with pytest.raises(ValueRefused):
            edits.apply()


def test_a_name_of_headings_that_moved_fails_and_is_refused(built: Built, tmp_path: Path) -> None:
    def moved(book: Workbook) -> None:
        book.defined_names["head_timeline"].attr_text = "Timeline!$C$5:$J$5"

    path = changed(built, tmp_path / "sent.xlsx", moved)
    assert Desk(path).read("Summary", "A2") == "Integrity: FAIL"
    with pytest.raises(WorkbookRefused, match="headed Unit"):
        built.ledger.read_edits(path)


@pytest.mark.parametrize("kind", COUNTED)
def test_formulas_typed_over_are_told(built: Built, kind: str, tmp_path: Path) -> None:
    edits = built.ledger.read_edits(changed(built, tmp_path / "sent.xlsx", COUNTED[kind]))
    assert "formulas" in {told.name for told in edits.calculations}


@pytest.mark.parametrize("kind", EDITS)
def test_edits_do_not_fail(built: Built, kind: str, tmp_path: Path) -> None:
    done, state = EDITS[kind]
    path = changed(built, tmp_path / "sent.xlsx", done)
    desk = Desk(path)
    assert [desk.read("Summary", at) for at in ("A2", "B2")] == ["Integrity: OK", f"State: {state}"]
    edits = built.ledger.read_edits(path)
    assert (len(edits.changes), edits.problems, edits.calculations) == (state != "AS BUILT", (), ())


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_tells_damage_from_edits_too(built: Built, tmp_path: Path) -> None:
    kinds = DAMAGE | COUNTED | {kind: done for kind, (done, _) in EDITS.items()}
    paths = {
        kind: changed(built, tmp_path / f"kind_{place}.xlsx", done) for place, (kind, done) in enumerate(kinds.items())
    }
    saved_all_by_libreoffice([*paths.values()], tmp_path / "out")
    for kind, path in paths.items():
        saved = tmp_path / "out" / path.name
        shown = held(saved)
        assert shown["Summary", "A2"] == f"Integrity: {'OK' if kind in EDITS else 'FAIL'}", kind
        edits = built.ledger.read_edits(saved)
        assert bool(edits.problems or edits.calculations) == (kind not in EDITS), kind
        if kind in EDITS:
            assert shown["Summary", "B2"] == f"State: {EDITS[kind][1]}", kind


def test_the_headings_of_periods_are_told(built: Built, tmp_path: Path) -> None:
    path = changed(built, tmp_path / "sent.xlsx", DAMAGE["periods' headings swapped"])
    (problem,) = built.ledger.read_edits(path).problems
    assert problem.cell == "Timeline!E4"
    assert problem.text == (
        "the periods are headed 2026-01, 2026-03, 2026-02, 2026-04, 2026-05, 2026-06, not 2026-01, 2026-02, 2026-03, "
        "2026-04, 2026-05, 2026-06. Put the headings back as they were."
    )


def test_what_stands_beside_the_last_period_is_told(built: Built, tmp_path: Path) -> None:
    path = changed(built, tmp_path / "sent.xlsx", DAMAGE["a figure pasted beside the last"])
    (problem,) = built.ledger.read_edits(path).problems
    assert (problem.name, problem.cell) == ("price", "Timeline!K11")
    assert problem.text == "it is beside the last period, and nothing computes with it. Move it away."


@pytest.mark.parametrize(
    "kind", ["rows of one unit sorted", "labels swapped", "a unit typed over", "periods' headings swapped"]
)
def test_nothing_is_filled_into_such_rows(built: Built, kind: str, tmp_path: Path) -> None:
    path = changed(built, tmp_path / "sent.xlsx", DAMAGE[kind])
    with pytest.raises(WorkbookRefused, match=r"Put (them|it) back"):
        built.ledger.fill(path, {"base": {"price@2026-02": "3 USD/machine"}}, tmp_path / "filled.xlsx")
    assert not (tmp_path / "filled.xlsx").exists()


def test_options_renamed_are_renamed_on_years(built: Built) -> None:
    desk = Desk(built.path)
    assert desk.read("Years", "D4") == "dear, FY2026"
    desk.type("Inputs", {"D4": "ours"})
    assert desk.read("Years", "D4") == "ours, FY2026"
