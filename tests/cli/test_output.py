"""Tables: aligned text in a pipe, drawn on a terminal."""

from __future__ import annotations

import re
import sys

import pytest
from terminal import drawn_by

from unitledger.units import grouped_number
from unitledger.views import Grid

TABLE = Grid(("line", "a", "unit"), (("Costs",), ("hour", "1.5", "USD/h"), ("much", "12,000", "")), frozenset({1}))


def test_plain_columns_line_up_and_numbers_end_together() -> None:
    assert TABLE.to_text() == ("line       a  unit\n----  ------  -----\n\nCosts\nhour     1.5  USD/h\nmuch  12,000")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.05758123, "0.0575812"),
        (12345.678, "12,345.7"),
        (-1234.5, "-1,234.5"),
        (1234567.8, "1,234,568"),
        (3e-9, "3e-09"),
        (1.5e18, "1.5e+18"),
    ],
)
def test_numbers_are_written_for_people(value: float, text: str) -> None:
    assert grouped_number(value) == text


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a Unix thing")
def test_a_terminal_gets_a_drawn_table_and_brackets_stay_text() -> None:
    code = (
        "from unitledger.cli.output import *; "
        "print_table(Grid(('line', 'a'), (('Costs',), ('[red]hour', '1.5')), frozenset({1})))"
    )
    drawn = drawn_by(code)

    assert "[red]hour" in drawn
    assert "─" in drawn
    assert "\x1b[1m" in drawn


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a Unix thing")
def test_no_terminal_breaks_a_number_options_that_do_not_fit_come_beneath() -> None:
    code = (
        "from unitledger.cli.output import *; options = ['first', 'a second option', 'third', 'fourth', 'fifth']; "
        "row = ('purchase_price', *['300,000.25'] * 5, 'USD/machine'); "
        "print_table(Grid(('line', *options, 'unit'), (row,), frozenset(range(1, 6))))"
    )
    lines = [" ".join(line.split()) for line in re.sub(r"\x1b.*?m", "", drawn_by(code)).splitlines()]

    assert [line for line in lines if line.strip("─")] == [
        "a second",
        "line first option unit",
        "purchase_price 300,000.25 300,000.25 USD/machine",
        "line third fourth unit",
        "purchase_price 300,000.25 300,000.25 USD/machine",
        "line fifth unit",
        "purchase_price 300,000.25 USD/machine",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a Unix thing")
def test_a_terminal_is_told_of_work_that_takes_long_and_of_no_other() -> None:
    code = (
        "import sys, time; from unitledger.cli import output; output._QUIET = 0.05; sys.stderr = sys.stdout\n"
        "with output.waiting('Writing soon.xlsx'): pass\n"
        "with output.waiting('Writing later.xlsx'): time.sleep(0.5)\n"
        "print('done')"
    )
    drawn = drawn_by(code)

    assert "Writing later.xlsx ..." in drawn
    assert "soon.xlsx" not in drawn
    assert "done" in drawn
