"""Texts in CSV: a spreadsheet shows them and computes nothing, and they come back as they were."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.files.text import cell_text, csv_text

COMPUTED = st.builds(str.__add__, st.text("'=+-@\t\r\n 0x", max_size=4), st.text(max_size=4))


def back(text: str) -> list[list[str]]:
    return [list(map(cell_text, row)) for row in csv.reader(StringIO(text), strict=True)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-5", "-5"),
        ("-5.25e-07", "-5.25e-07"),
        ("-5-5", "'-5-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", '"\'\r=1"'),
        (" =1", "' =1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a = b", "a = b"),
    ],
)
def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(text: str, written: str) -> None:
    assert csv_text([[text]]) == f"{written}\r\n"
    assert back(csv_text([[text]])) == [[text]]


def test_numbers_are_numbers() -> None:
    assert csv_text([["=a", -5.0, 3]]) == "'=a,-5.0,3\r\n"


@given(st.lists(st.lists(COMPUTED | st.text(), min_size=2, max_size=3), min_size=1, max_size=3))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    assert back(csv_text(rows)) == rows
