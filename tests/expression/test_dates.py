"""Dates in formulas: what may meet them, and months later in every reader and in other programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from recalculate import Cells, formualizer, libreoffice

from unitledger import average, end_of_month, maximum, month_of, months_later, round_up, total, when, year_of
from unitledger.errors import UnitMismatch
from unitledger.expression import Expression, Reference, array, dated, excel, kind_of, lower, value
from unitledger.units import DATE, DIMENSIONLESS, Unit, date_of, day_number

DAYS = [date(1900, 3, 1), date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29), date(2026, 9, 1), date(9990, 5, 31)]
MONTHS = [0, 1, 11, 12, 13, 25, 1.9, -1, -13, -1.9]
DAY = Reference("A1", DATE)
TIME = Reference("B1", Unit.parse("month"))
ASKED = {
    "later": months_later(DAY, TIME),
    "end": end_of_month(DAY, TIME),
    "year": year_of(DAY),
    "month": month_of(DAY),
    "text": dated(DAY),
}


def by_pandas(day: date, months: float) -> dict[str, Any]:
    later = pd.Timestamp(day) + pd.DateOffset(months=int(months))
    end = later + pd.offsets.MonthEnd(0)
    found = {name: day_number(each.date()) for name, each in {"later": later, "end": end}.items()}
    return {**found, "year": day.year, "month": day.month, "text": day.isoformat()}


CASES = [(day, months) for day in DAYS for months in MONTHS if day.year > 1900 or months >= 0]
NEAR = [(day, months) for day, months in CASES if day.year < 2200]


@pytest.mark.parametrize(("day", "months"), NEAR)
def test_months_later_are_those_of_pandas(day: date, months: float) -> None:
    known = {"A1": day_number(day), "B1": float(months)}

    assert {name: value(tree, known.__getitem__) for name, tree in ASKED.items()} == by_pandas(day, months)


def test_arrays_have_them_too() -> None:
    given = [day_number(day) for day, _ in CASES], [float(months) for _, months in CASES]
    cases = dict(zip(("A1", "B1"), map(np.array, given), strict=True))
    for name in ("later", "end", "year", "month"):
        one_by_one = [value(ASKED[name], {"A1": day, "B1": time}.__getitem__) for day, time in zip(*given, strict=True)]
        assert array(ASKED[name], cases, np).tolist() == one_by_one
        assert array(ASKED[name], {}, np).compute(cases).tolist() == one_by_one


@pytest.mark.parametrize("number", [60.0, 0.0, -1.0, 2958466.0])
def test_what_is_no_day_has_no_date(number: float) -> None:
    with pytest.raises(ValueError, match=r"is no day from 1900-03-01 to 9999-12-31$"):
        value(ASKED["year"], {"A1": number}.__getitem__)
    assert np.isnan(array(ASKED["year"], {"A1": np.array([number])}, np)).all()
    with pytest.raises(ValueError, match=r"^12 months from 9999-06-01 is no day of spreadsheets$"):
        value(ASKED["later"], {"A1": day_number(date(9999, 6, 1)), "B1": 12.0}.__getitem__)


@pytest.mark.parametrize(
    "engine", [formualizer, pytest.param(libreoffice, marks=[pytest.mark.libreoffice, pytest.mark.slow])]
)
def test_other_programs_find_the_same(tmp_path: Path, engine: Callable[[Path], Cells]) -> None:
    path = tmp_path / "days.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Days")
    expected = {}
    for row, (day, months) in enumerate(CASES):
        sheet.write(row, 0, day_number(day))
        sheet.write(row, 1, months)
        for column, tree in zip("CDEFG", ASKED.values(), strict=True):
            own = excel(tree, lambda leaf, row=row: leaf.name.replace("1", str(row + 1)))  # type: ignore[misc]
            sheet.write_formula(f"{column}{row + 1}", own, None, 12345)
            known = {"A1": day_number(day), "B1": float(months)}
            expected["Days", f"{column}{row + 1}"] = value(tree, known.__getitem__)
    book.close()
    found = engine(path)

    assert {cell: found[cell] for cell in expected} == expected


OF = SimpleNamespace(
    **{
        name: Reference(name, Unit.parse(unit))
        for name, unit in {"start": "date", "end": "date", "life": "year", "rent": "USD/h"}.items()
    }
)
RULE = "A date can be moved by a time, subtracted from a date, and compared with one."


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        (OF.end - OF.start, "day"),
        (OF.start + OF.life, "date"),
        (OF.life + OF.start, "date"),
        (OF.start - OF.life, "date"),
        (OF.start + 0, "date"),
        (maximum(OF.start, OF.end), "date"),
        (when(OF.start < OF.end, OF.start, OF.end), "date"),
        (when(OF.start < OF.end, OF.start, 0), "date"),
        (months_later(OF.start, OF.end - OF.start), "date"),
    ],
)
def test_what_comes_of_dates(formula: Expression, unit: str) -> None:
    assert kind_of(formula, "x") == Unit.parse(unit)


def test_a_time_is_converted_to_days_and_months() -> None:
    known = {"start": day_number(date(2026, 9, 1)), "life": 3.0}
    moved, later = (lower(tree, "x").expression for tree in (OF.start + OF.life, months_later(OF.start, OF.life)))

    assert date_of(value(moved, known.__getitem__)) == date(2029, 8, 31)
    assert date_of(value(later, known.__getitem__)) == date(2029, 9, 1)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (OF.start + OF.end, f"cannot add date (start) and date (end). {RULE}"),
        (OF.life - OF.start, f"cannot subtract year (life) and date (start). {RULE}"),
        (OF.start - 1, f"cannot subtract date (start) and ratio (1). {RULE}"),
        (OF.start + OF.rent, f"cannot add date (start) and USD/h (rent). {RULE}"),
        (OF.start > OF.life, f"cannot compare date (start) and year (life). {RULE}"),
        (maximum(OF.start, OF.life), f"cannot compare date (start) and year (life). {RULE}"),
        (OF.start * OF.life, f"* needs a number, but start is date. {RULE}"),
        (OF.rent / OF.start, f"/ needs a number, but start is date. {RULE}"),
        (-OF.start, f"negate needs a number, but start is date. {RULE}"),
        (total(OF.start, OF.end), f"SUM needs a number, but start is date. {RULE}"),
        (average(OF.start, OF.end), f"AVERAGE needs a number, but start is date. {RULE}"),
        (round_up(OF.start), f"ROUNDUP needs a number, but start is date. {RULE}"),
        (year_of(OF.life), "YEAR needs a date, but life is year."),
        (months_later(OF.start, OF.rent), "EDATE needs a time, such as 3 month, but rent is USD/h."),
        (months_later(OF.start, 1), "EDATE needs a time, such as 3 month, but 1 is ratio."),
    ],
)
def test_what_a_date_cannot_meet_is_refused(formula: Expression, message: str) -> None:
    with pytest.raises(UnitMismatch) as refused:
        lower(formula, "x")
    assert str(refused.value) == f"Line 'x': {message}"


@pytest.mark.parametrize(
    ("formula", "declared", "message"),
    [
        (OF.start + OF.life, "day", "the formula gives date, but the line is declared in day."),
        (OF.end - OF.start, "date", "the formula gives day, but the line is declared in date."),
    ],
)
def test_a_line_is_declared_as_what_it_is(formula: Expression, declared: str, message: str) -> None:
    with pytest.raises(UnitMismatch) as refused:
        lower(formula, "x", Unit.parse(declared))
    assert str(refused.value) == f"Line 'x': {message} {RULE}"


def test_a_line_without_declared_unit_may_be_a_plain_number() -> None:
    assert kind_of(year_of(OF.start), "x") == DIMENSIONLESS
