"""A sheet as named entries over cases: addresses, values, units and blocks follow from what is said once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from unitledger.errors import CircularLedger, UnitMismatch
from unitledger.expression import TEXT, Text, apply, different, equal, fixed, sentence, total, when
from unitledger.expression.table.arithmetic import ISNUMBER
from unitledger.units import DIMENSIONLESS, Unit
from unitledger.workbook.grid import Grid, Link, frame, summed
from unitledger.workbook.sheet import Sheet, Style

USD, HOUR = Unit.parse("USD"), Unit.parse("h")
PLAIN: Style = ("number", "")
SAID: Style = ("text", "")
OPTIONS = {"base": 2, "other": 3, "third": 4}


def begun(name: str, columns: dict[Any, int] | None = None) -> Grid:
    """A grid whose first row is the fifth of its sheet."""
    return Grid(Sheet(name), OPTIONS if columns is None else columns, 4)


def formulas(grid: Grid) -> list[tuple[str, Any]]:
    """Formulas and cached values of a sheet, by row and column."""
    cells = sorted(grid.sheet.cells, key=lambda cell: cell[:2])
    return [(content, cached) for _, _, kind, content, cached, _ in cells if kind == "formula"]


@pytest.fixture(name="grid")
def of_options() -> Grid:
    return begun("Bill")


def test_a_formula_along_a_row_moves_with_its_case_and_stays_with_what_is_given(grid: Grid) -> None:
    rent, power, both, share = (grid.row(label, "USD", USD) for label in ("Rent", "Power", "Both", "Against base"))
    grid.put(rent, lambda _, option: {"base": 5.0, "other": 6.0, "third": 7.0}[option], PLAIN)
    grid.put(power, 1.0, PLAIN)
    grid.put(both, rent + power, PLAIN)
    grid.put(share, both - both.at("base"), PLAIN)
    grid.write()

    assert formulas(grid) == [
        ("=C5+C6", 6.0),
        ("=D5+D6", 7.0),
        ("=E5+E6", 8.0),
        ("=C7-$C$7", 0.0),
        ("=D7-$C$7", 1.0),
        ("=E7-$C$7", 2.0),
    ]


def test_a_formula_down_a_column_looks_at_the_row_of_its_own_key_on_every_sheet(grid: Grid) -> None:
    there = begun("Bill there")
    there.take(3)
    heads = {"rent": ("Rent", "USD", USD), "work": ("Work", "h", HOUR)}
    figures, again = there.rows(heads), grid.rows(heads)
    there.put(figures, lambda name, _: 5.0 if name == "rent" else 8.0, PLAIN)
    grid.put(again, figures, PLAIN)
    sums = grid.entry("sums", {"rent": USD, "work": HOUR}, again.rows, 5)
    grid.put(sums, total(again.across()), PLAIN)
    grid.write()

    assert formulas(grid) == [
        *[(f"='Bill there'!{column}8", 5.0) for column in "CDE"],
        ("=SUM($C5:$E5)", 15.0),
        *[(f"='Bill there'!{column}9", 8.0) for column in "CDE"],
        ("=SUM($C6:$E6)", 24.0),
    ]


def test_the_case_before_and_blocks_of_cases() -> None:
    months = begun("Months", {month: 2 + month for month in range(4)})
    balance = months.row("Balance", "USD", USD)
    months.put(balance, 100.0, PLAIN, columns=[0])
    months.put(balance, balance.before + balance.before, PLAIN, columns=[1, 2, 3])
    end = months.row("All of it", "USD", USD, column=2)
    months.put(end, total(balance.across()), PLAIN)
    months.write()

    assert formulas(months) == [
        ("=C5+C5", 200.0),
        ("=D5+D5", 400.0),
        ("=E5+E5", 800.0),
        ("=SUM($C$5:$F$5)", 1500.0),
    ]


def test_entries_look_up_and_down_and_to_sheets_said_later(grid: Grid) -> None:
    above, below = grid.row("Above", "USD", USD), grid.row("Below", "USD", USD)
    later = begun("Later")
    found = later.row("Found", "USD", USD)
    grid.put(above, below + found, PLAIN, columns=["base"])
    grid.put(below, 2.0, PLAIN)
    later.put(found, above.at("other"), PLAIN, columns=["base"])
    grid.put(above, 40.0, PLAIN, columns=["other"])

    assert above.value(column="base") == 42.0


def test_a_cell_that_stands_on_itself_is_refused_by_its_name(grid: Grid) -> None:
    one, other = grid.row("One", "USD", USD), grid.row("Other", "USD", USD)
    grid.put(one, other + 0, PLAIN)
    grid.put(other, one + 0, PLAIN)

    with pytest.raises(CircularLedger) as refused:
        grid.write()
    assert str(refused.value) == "The cell Bill!C5 stands on itself."


def test_units_are_checked_and_nothing_is_converted(grid: Grid) -> None:
    rent, work = grid.row("Rent", "USD", USD), grid.row("Work", "h", HOUR)
    cents = grid.row("Cents", "kUSD", Unit.parse("kUSD"))

    with pytest.raises(UnitMismatch) as refused:
        grid.put(rent, work, PLAIN)
    assert str(refused.value) == "Entry 'Rent' of a sheet holds USD, but its formula gives h."
    with pytest.raises(UnitMismatch) as refused:
        grid.put(rent, rent + work, PLAIN)
    assert str(refused.value) == "Entry 'Rent' of a sheet: cannot add Rent in USD and Work in h."
    with pytest.raises(UnitMismatch):
        grid.put(rent, rent + cents, PLAIN)


def test_conditions_count_and_words_stand_beside_figures(grid: Grid) -> None:
    rent = grid.row("Rent", "USD", USD)
    flags, shown = grid.row("Flags", "1 if so"), grid.row("Shown", "USD", USD)
    grid.put(rent, 5.0, PLAIN)
    grid.put(flags, 1 * (rent > 0) + equal(rent, Text("")), PLAIN)
    grid.put(shown, when(apply(ISNUMBER, rent), rent, Text("none")), PLAIN)

    assert [flags.value(column=option) for option in OPTIONS] == [1.0, 1.0, 1.0]
    assert shown.value(column="base") == 5.0


def test_sentences_and_links_are_said_as_figures_are(grid: Grid) -> None:
    rent = grid.row("Rent", "USD", USD)
    grid.put(rent, 5.0, PLAIN)
    said = grid.entry("answer", TEXT, grid.take(), 0)
    grid.put(said, sentence("Rent is ", fixed(rent.at("base"), 2), "."), SAID)
    link = grid.entry("link", TEXT, grid.take(), 0)
    grid.put(link, Link("Rent", rent, "other"), SAID)
    grid.write()

    assert formulas(grid) == [('="Rent is "&FIXED($C$5,2)&"."', "Rent is 5.00.")]
    assert (6, 0, "link", "Rent", "Bill!D5", SAID) in grid.sheet.cells


def test_a_grid_knows_where_each_kind_of_its_formulas_stands(grid: Grid) -> None:
    rent, twice = grid.row("Rent", "USD", USD), grid.row("Twice", "USD", USD)
    grid.put(rent, 5.0, PLAIN)
    with grid.mapped("doubled"):
        grid.put(twice, rent + rent, PLAIN, columns=["other", "third"])
    with grid.mapped("told", columns=range(6)):
        grid.put(grid.row("Told", "", DIMENSIONLESS, column=3), equal(rent.at("base"), 0), PLAIN)
    grid.write()

    assert grid.sheet.blocks == {"doubled": (range(5, 6), range(3, 5)), "told": (range(6, 7), range(6))}


def test_a_row_that_a_sheet_does_not_have_takes_no_place_and_holds_nothing(grid: Grid) -> None:
    absent = grid.row("Absent", "USD", USD, there=False)
    there = grid.row("There", "USD", USD)
    grid.put(absent, 1.0, PLAIN)
    grid.write()

    assert there.place(column="base") == (4, 2)
    assert [cell for cell in grid.sheet.cells if cell[2] == "number"] == []


def test_what_was_begun_is_finished_once(grid: Grid) -> None:
    frame.entitled(grid.sheet, "Bill")
    grid.put(grid.row("Rent", "USD", USD), 5.0, PLAIN)
    grid.sheet.finish()
    grid.sheet.finish()

    assert len([cell for cell in grid.sheet.cells if cell[2] == "number"]) == 3


def test_counts_are_added_up_in_as_few_formulas_as_excel_takes(grid: Grid) -> None:
    cells = grid.rows(dict.fromkeys(range(900), ("Line", "USD", USD)))
    grid.put(cells, lambda place, _: float(place), PLAIN)
    counts = begun("Counts of lines", {None: 2})
    into = counts.rows(dict.fromkeys(range(900), ("Line", "", DIMENSIONLESS)))
    found = {place: 1 * different(cells[place].at("base"), cells[place].at("other")) for place in range(900)}
    for first, count in summed(found):
        counts.put(into, count, PLAIN, rows=[first])
    counts.write()

    texts = [text for text, _ in formulas(counts)]
    named = [int(row) for text in texts for row in re.findall(r"\$D\$(\d+)", text)]
    assert 3 < len(texts) < 9
    assert all(4000 < len(text) <= 8192 for text in texts[:-1])
    assert named == [cells.place(place, "base")[0] + 1 for place in range(900)]
