"""Inputs that are dates: given, set, written as such, edited and read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from recalculate import Cells, differences, formualizer, libreoffice, part

from unitledger import Ledger, Q, maximum, months_later, notation
from unitledger.cli.settings import changes
from unitledger.errors import EmptyLedger, ExpressionError, LedgerError
from unitledger.workbook import fill, verify

NO_TIME = "A date is no amount; a time is written in days or months."


def lease() -> Ledger:
    """A contract that begins on one day or another and ends on a third."""
    book = Ledger("A lease", option="early", as_of="2026-01-05")
    start = book.assume("start", date(2026, 9, 1), low="2026-07-01", high=date(2027, 1, 1), source="plan")
    end = book.assume("end", "2029-12-31", minimum="2027-01-01")
    life = book.assume("life", "36 month", low="35 month", high="40 month")
    rent = book.assume("rent", "1000 USD/month")
    renewed = book.line("renewed", months_later(start, life), unit="date")
    rented = book.line("rented", maximum(end, renewed) - start, unit="month")
    cost = book.line("cost", rented * rent, unit="USD")
    book.option("late", {"start": "2026-10-01"})
    book.headline(cost, better="lower", beside=[rented])
    return book


@pytest.mark.parametrize(
    "given",
    ["2026-09-01", " 2026-09-01 ", date(2026, 9, 1), datetime(2026, 9, 1, 14, 30, tzinfo=UTC), 46266, Q("2026-09-01")],
)
def test_a_date_is_a_day_its_text_or_its_number(given: Any) -> None:
    book = lease()
    book.option("other", {"start": given})

    assert str(book["start"].in_option("other")) == "2026-09-01"
    assert book.value("start", "other").magnitude == 46266


def test_it_reads_as_a_date_everywhere() -> None:
    book = lease()

    assert str(book["start"]) == "start = 2026-09-01"
    assert str(book["renewed"]) == "renewed = 2029-09-01"
    assert "Start: 2026-09-01 [start; plan (2026-01-05)]" in str(book.trace("cost"))
    assert "start  2026-07-01  2027-01-01" in str(book.sensitivity())
    assert str(book.break_even("start", "early", "late")) == "2026-10-01"


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("start", "3 year", "expected a date, got 3 year. Write a date as year-month-day, such as '2026-01-31'."),
        ("start", "46266", "'46266' is not a date. Write a date as year-month-day, such as '2026-01-31'."),
        ("start", 5, "5 is not the number of a day. Write a date as year-month-day, such as '2026-01-31'."),
        ("start", 46266.5, "46266.5 is not the number of a day. Write a date as year-month-day, such as '2026-01-31'."),
        ("start", True, "expected a date, got True."),
        (
            "start",
            "2026-02-30",
            "Cannot read '2026-02-30': the calendar has no such day (day is out of range for month).",
        ),
        (
            "start",
            date(1900, 2, 28),
            "Cannot read '1900-02-28': it lies before 1900-03-01, where spreadsheets count days differently.",
        ),
        ("start", "5 date", "Cannot read '5 date': a date is written as year-month-day, such as '2026-01-31'."),
        ("end", "2026-12-31", "2026-12-31 is below the least possible 2027-01-01."),
        (
            "life",
            "2026-09-01",
            "expected month, got 2026-09-01. A date is no amount; a time is written in days or months.",
        ),
    ],
)
def test_what_is_no_date_is_refused(name: str, given: Any, message: str) -> None:
    with pytest.raises(LedgerError) as refused:
        lease().option("other", {name: given})
    assert str(refused.value) == f"Input {name!r}: {message}"


def test_a_date_is_no_part_of_another_unit() -> None:
    with pytest.raises(LedgerError) as refused:
        Q("2 USD/date")
    assert str(refused.value) == ("Cannot read '2 USD/date': a date is a unit by itself; a length of time is in 'day'.")


def test_the_answer_is_no_date() -> None:
    book = lease()
    with pytest.raises(ExpressionError) as refused:
        book.headline(book.lines["renewed"])
    assert str(refused.value) == (
        "A headline shows amounts, and 'renewed' is a date. Take the time between two dates: end - start."
    )


@pytest.mark.parametrize(
    "days",
    [
        [46266, 46296],
        ["2026-09-01", "2026-10-01"],
        [date(2026, 9, 1), date(2026, 10, 1)],
        np.array(["2026-09-01", "2026-10-01"], dtype="datetime64[D]"),
    ],
)
def test_many_dates_at_once(days: Any) -> None:
    book = lease()
    found = book.array(book["cost"], {"start": days})["cost"]

    assert found.tolist() == pytest.approx([book.value("cost", each).magnitude for each in ("early", "late")])


def test_a_case_that_is_no_day_is_named() -> None:
    with pytest.raises(LedgerError) as refused:
        lease().array("cost", {"start": [46266.0, 5.0]})
    assert str(refused.value) == (
        "Input 'start', case 1 (counted from 0): 5 is not the number of a day. "
        "Write a date as year-month-day, such as '2026-01-31'."
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lease().to_excel(tmp_path_factory.mktemp("dates") / "lease.xlsx")


def test_the_workbook_holds_dates_that_are_checked_as_such(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    inputs, calc = book["Inputs"], book["Calc"]
    rules = {str(rule.sqref): rule for rule in inputs.data_validations.dataValidation if rule.type == "date"}

    assert [str(inputs[cell].value)[:10] for cell in ("B5", "C5", "D5")] == ["date", "2026-09-01", "2026-10-01"]
    assert {inputs[cell].number_format for cell in ("C5", "D5", "E5", "F5", "C7")} == {"yyyy-mm-dd"}
    assert rules["C5"].promptTitle is None
    assert (rules["C5"].formula1, rules["C5"].prompt) == ("61.0", "A date, such as 2026-01-31.")
    assert (rules["C7"].formula1, rules["C7"].prompt) == ("46388.0", "A date, such as 2026-01-31, 2027-01-01 or more.")
    shown = {calc.cell(row, 1).value: calc.cell(row, 3).number_format for row in range(1, calc.max_row + 1)}
    assert (shown["Start"], shown["Renewed"]) == ("yyyy-mm-dd", 'yyyy-mm-dd;;"never"')


def test_sentences_and_tables_show_dates(path: Path) -> None:
    book = openpyxl.load_workbook(path, data_only=True)
    said = {str(cell.value) for row in book["Summary"].iter_rows() for cell in row}
    told = {str(cell.value) for row in book["Sensitivity"].iter_rows() for cell in row}

    assert any("rests most on Start (date): at 2026-07-01 it would be " in each for each in said)
    assert "late and early come out equal where Start is about 2026-09-01; it is 2026-10-01 in late." in told
    for name in ("Summary", "Sensitivity"):
        formats = [
            rule.dxf.numFmt.formatCode
            for rules in openpyxl.load_workbook(path)[name].conditional_formatting
            for rule in rules.rules
            if rule.dxf.numFmt
        ]
        assert formats == ["yyyy-mm-dd", "#,##0"]


def test_it_verifies_and_comes_back_without_an_edit(path: Path) -> None:
    assert verify(path)
    edits = lease().read_edits(path)
    assert (edits.changes, edits.problems) == ((), ())


@pytest.mark.parametrize(
    "engine", [formualizer, pytest.param(libreoffice, marks=[pytest.mark.libreoffice, pytest.mark.slow])]
)
def test_other_programs_show_what_the_file_keeps(path: Path, engine: Callable[[Path], Cells]) -> None:
    assert differences(path, engine(path)) == []


def test_a_date_or_its_number_typed_in_excel_comes_back(path: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Inputs"]
    sheet["C5"], sheet["D5"], sheet["E5"], sheet["C7"] = date(2026, 11, 1), 46400, date(2026, 8, 1), "2030-01-01"
    edited = tmp_path / "edited.xlsx"
    book.save(edited)
    edits = lease().read_edits(edited)

    assert [(each.name, each.option, each.end, str(each.new)) for each in edits.changes] == [
        ("start", "early", "", "2026-11-01"),
        ("start", "late", "", "2027-01-13"),
        ("start", "early", "low", "2026-08-01"),
    ]
    assert [(each.name, each.text) for each in edits.problems] == [
        ("end", "it holds the text '2030-01-01'. Type a date.")
    ]


@pytest.mark.parametrize("kind", ["toml", "csv"])
def test_files_of_inputs_hold_dates(tmp_path: Path, kind: str) -> None:
    path, book = tmp_path / f"inputs.{kind}", lease()
    path.write_text(notation.written(path, "lease", book), "utf-8")

    assert "2026-09-01" in path.read_text("utf-8")
    assert notation.read(path, book) == {}
    path.write_text(path.read_text("utf-8").replace("2026-09-01", "2026-11-01"), "utf-8")
    edited = book.with_settings(notation.read(path, book))
    assert str(edited["start"]) == "start = 2026-11-01"


def test_a_file_may_hold_a_date_of_toml(tmp_path: Path) -> None:
    path = tmp_path / "inputs.toml"
    path.write_text("start = 2026-11-01\n", "utf-8")

    assert str(lease().with_settings(notation.read(path, lease()))["start"]) == "start = 2026-11-01"


def test_the_command_sets_a_date() -> None:
    book = lease()

    assert str(book.with_settings(changes(book, ["start=2026-11-01"], ["early"]))["start"]) == "start = 2026-11-01"


def test_the_limits_of_a_time_are_no_dates() -> None:
    with pytest.raises(LedgerError) as refused:
        lease().assume("pause", "1 month", low="2026-09-01")
    assert str(refused.value) == (
        "Input 'pause', low: expected month, got 2026-09-01. A date is no amount; a time is written in days or months."
    )


def test_the_chart_over_a_date_has_dates_along_its_axis(path: Path) -> None:
    assert 'formatCode="yyyy-mm-dd' in part(path, "xl/charts/chart4.xml")


def test_what_changed_is_two_dates_without_a_share(path: Path, tmp_path: Path) -> None:
    book = lease().with_settings({"early": {"start": "2026-11-01"}})
    newer = book.to_excel(tmp_path / "newer.xlsx", since=path)
    row = [str(cell.value) for cell in openpyxl.load_workbook(newer, data_only=True)["Changes"][5]][:6]

    assert row == ["Start", "early", "date", "2026-09-01 00:00:00", "2026-11-01 00:00:00", "None"]
    assert verify(newer)


def test_a_date_is_filled_in(path: Path, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"early": {"start": "2026-11-01"}, "late": {"end": date(2030, 6, 30)}}
    filled = fill(lease(), path, settings, tmp_path / "filled.xlsx")
    edits = lease().read_edits(filled)

    assert [(each.name, each.option, str(each.new)) for each in edits.changes] == [
        ("start", "early", "2026-11-01"),
        ("end", "late", "2030-06-30"),
    ]
    assert verify(filled)


def test_dates_are_chosen_plausible_and_in_the_formula_map(tmp_path: Path) -> None:
    book = lease()
    start, end = book["start"], book["end"]
    book.line("due", start + book["life"], unit="date", label="Due", minimum="2026-01-01", maximum="2029-10-01")
    kind = book.choice("kind", ["begun", "over"], "begun")
    book.line("told", kind.select(begun=start, over=end))
    book.line("since", start - book.constant("signed", "2025-12-01"), unit="day")

    assert book.raised("early") == ()
    assert book.raised("late") == ()
    late = book.with_settings({"early": {"start": "2026-11-15"}})
    assert late.raised("early") == ("Due is after 2029-10-01, which is not plausible.",)
    assert verify(book.to_excel(tmp_path / "more.xlsx", sheets=["Formula map"]))


def test_the_answer_is_the_last_amount_not_a_day(tmp_path: Path) -> None:
    book = Ledger("Delivery", as_of="2026-01-05")
    start, taking = book.assume("start", "2026-01-01"), book.assume("taking", "5 day", low="3 day", high="9 day")
    book.line("end", start + taking)
    with pytest.raises(EmptyLedger) as refused:
        book.to_excel(tmp_path / "days.xlsx")
    assert str(refused.value) == (
        "'Delivery' has only days as lines: add the time between two, such as line('taken', end - start)."
    )
    book.line("fee", taking * book.assume("rate", "4 USD/day"), "USD")
    book.line("paid_on", book["end"] + taking)
    path = book.to_excel(tmp_path / "delivery.xlsx")
    sheet = openpyxl.load_workbook(path, data_only=True)["Summary"]

    assert any(str(row[0].value).startswith("Fee is") for row in sheet.iter_rows())
    assert verify(path)
