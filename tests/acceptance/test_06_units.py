"""Check 6: the formulas and the unit column alone give every unit that is shown."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from built import Built
from hypothesis import HealthCheck, Phase, given, settings
from recalculate import retyped
from strategies import ledgers

from unitledger.expression import factors
from unitledger.ledger import Ledger
from unitledger.units import Calendar
from unitledger.workbook import UnitDifference, verify
from unitledger.workbook.audit.units import Rederived, rederived
from unitledger.workbook.cells.read import read_book
from unitledger.workbook.layout import layout


def units(path: Path) -> Rederived:
    found = rederived(read_book(path))
    assert found is not None
    return found


def found_in(built: Built, changes: dict[str, Any]) -> dict[str, str]:
    """What is found, by cell, once cells of Calc were typed over."""
    differences = units(retyped(built.path, "Calc", changes)).differences
    return {each.cell.removeprefix("Calc!"): each.reason for each in differences}


def test_every_unit_of_every_template(template: Built) -> None:
    found = units(template.path)
    assert found.differences == ()
    placed = layout(template.ledger)
    parts = [*placed.parts, placed.rest] if placed.made_of else []
    rows = template.calculation_rows()
    assert len(rows) == len([*placed.used, *placed.lines, *parts])
    assert found.rows == len(rows) + len(template.period_rows()) + sum(map(len, template.tables.values()))


@given(book=ledgers())
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_every_unit_of_random_ledgers(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        assert units(book.to_excel(Path(folder, "random.xlsx"))).differences == ()


def test_a_calendar_of_its_own_changes_nothing(tmp_path: Path) -> None:
    book = Ledger("Rent", calendar=Calendar(360, 30))
    rent, fee = book.assume("rent", "30 USD/month"), book.assume("fee", "3 USD/year")
    book.line("cost", rent + fee, unit="USD/day")
    book.line("again", fee + rent, unit="USD/h")
    assert units(book.to_excel(tmp_path / "rent.xlsx")) == Rederived(7, ())


def test_a_wrong_unit_cell_is_found_there_and_where_it_is_used(serving: Built) -> None:
    energy = serving.line("energy", serving.ledger.base)
    found = found_in(serving, {energy.replace("C", "B"): "USD/machine/day"})
    assert found[energy].startswith("it shows USD/machine/day, but its formula gives ")
    assert len(found) > 1, "the total adds it to costs of an hour"


def test_a_unit_cell_of_an_input_used_is_held_against_inputs(serving: Built) -> None:
    rows = {serving.cached["Calc", f"A{row}"]: row for row in serving.calculation_rows()[: len(serving.ledger.inputs)]}
    row = rows[serving.ledger.inputs["tariff"].label]
    assert found_in(serving, {f"B{row}": "USD/gpu"})[f"C{row}"] == ("it shows USD/gpu, but on Inputs it is in USD/kWh")


def test_each_conversion_factor_that_is_dropped_is_found(template: Built) -> None:
    """One factor, of the first three lines that have some."""
    steps = {step.label for line in template.ledger.lines.values() for step in factors(line.lowered)}
    rows = {at[1:] for (sheet, at), held in template.cached.items() if sheet == "Constants" and held in steps}
    factor = re.compile(rf"[*/]Constants!\$C\$({'|'.join(rows)})(?![0-9])")
    cells = [template.line(name, template.ledger.base) for name in template.ledger.lines]
    converting = [cell for cell in cells if rows and factor.search(template.formulas["Calc", cell])]
    assert bool(converting) == bool(steps)
    for cell in converting[:3]:
        without = factor.sub("", template.formulas["Calc", cell], count=1)
        found = found_in(template, {cell: without})
        assert "it shows" in found[cell] or "not converted" in found[cell], (cell, without)


@pytest.fixture
def small(tmp_path: Path) -> Built:
    """Two inputs in rows 6 and 7 of Calc, three lines in rows 10 to 12."""
    book = Ledger("Rent")
    rent, energy = book.assume("rent", "30 USD/month"), book.assume("energy", "5 USD/day")
    scheme = book.choice("scheme", ["plain", "double"])
    both = book.line("both", rent + energy, unit="USD/day")
    book.line("chosen", scheme.select(plain=both, double=both + both), unit="USD/day")
    book.line("share", energy / both)
    return Built.of(book, tmp_path / "rent.xlsx")


@pytest.mark.parametrize(
    ("cell", "content", "at", "reason"),
    [
        ("B11", "USD/week", "C11", "it shows USD/week, but its formula gives USD/day"),
        ("B11", "EUR/day", "C11", "it shows EUR/day, but its formula gives USD/day"),
        ("B11", None, "C11", "Calc!B11 is empty, where a unit should stand"),
        ("B11", "USD/dayly", "C11", "Calc!B11: Cannot read the unit 'USD/dayly': "),
        ("B6", "CNY/month", "C6", "it shows CNY/month, but on Inputs it is in USD/month"),
        ("B13", "%", None, ""),
        ("C11", "=C6+C7", "C11", "+ takes USD/day together with USD/month, not converted"),
        ("C11", "=C6*C7", "C11", "it shows USD/day, but its formula gives USD^2/day/month"),
        ("C11", "=C7+1", "C11", "cannot add Calc!C7 in USD/day and 1 in ratio"),
        ("C11", "=IF(C7,C7,0)", "C11", "IF needs true or false, such as a comparison: Calc!C7 in USD/day"),
        ("C11", "=SUM(C6:C7)", "C11", "the cells Calc!C6 to Calc!C7 are in different units"),
        ("C11", "=C7+Summary!C9", "C11", "it refers to Summary!C9, which has no unit"),
        ("C11", "=VLOOKUP(C7,C6:C7,1)", "C11", "'=VLOOKUP(C7,C6:C7,1)': the function VLOOKUP is not one"),
        ("C11", "=0", None, ""),
        ("C11", "=-C7", None, ""),
    ],
)
def test_what_is_said(small: Built, cell: str, content: str | None, at: str | None, reason: str) -> None:
    found = found_in(small, {cell: content})
    assert (at in found) if at else not found
    if at:
        assert found[at].startswith(reason)


def test_verify_tells_both(small: Built) -> None:
    result = verify(small.path)
    assert result
    assert result.units == Rederived(6, ())
    assert str(result).splitlines()[1:] == ["Units of 6 rows re-derived, no difference."]
    changed = verify(retyped(small.path, "Calc", {"B11": "USD/week"}))
    assert not changed
    assert changed.units is not None
    reason = "it shows USD/week, but its formula gives USD/day"
    assert changed.units.differences[0] == UnitDifference("Calc!C11", "Both", reason)
    assert f"\n  Calc!C11, Both: {reason}." in str(changed)
