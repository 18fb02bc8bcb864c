"""Check 5: one formula per row, the same in every option."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from built import Built
from formula_text import relative
from hypothesis import HealthCheck, Phase, given, settings
from strategies import ledgers

from unitledger.ledger import Ledger


def unlike(built: Built, sheet: str) -> list[tuple[int, set[str]]]:
    """Rows whose option cells hold more than one formula in relative form; texts over several columns are of none."""
    rows: dict[int, set[str]] = {}
    merged = {part.coord.partition(":")[0] for part in built.book[sheet].merged_cells.ranges}
    for (name, at), text in built.formulas.items():
        column, row = at.rstrip("0123456789"), int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if name == sheet and row > 4 and column in built.columns() and at not in merged:
            # Each option has its own sheet of periods, and columns of its own on the sheets of tables.
            form = re.sub("'Months [^']+'", "Months", relative(text, at))
            for table in built.tables:
                form = re.sub(rf"((?:{table}|'{table}')!R[0-9]+)C[0-9]+(:R[0-9]+)C[0-9]+", r"\1\2", form)
            rows.setdefault(row, set()).add(form)
    return [(row, forms) for row, forms in rows.items() if len(forms) > 1]


def test_one_formula_per_row(template: Built) -> None:
    for sheet in ("Calc", "Checks", "As built", "Summary"):
        assert unlike(template, sheet) == [], sheet


def test_a_row_of_calc_is_a_formula_in_every_option(template: Built) -> None:
    for row in template.calculation_rows():
        assert all(("Calc", f"{column}{row}") in template.formulas for column in template.columns()), row


@given(book=ledgers())
@settings(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_one_formula_per_row_in_random_ledgers(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        built = Built.of(book, Path(folder, "random.xlsx"))
        assert unlike(built, "Calc") == []


def test_another_formula_would_be_found() -> None:
    assert relative("=C5*Constants!$C$7+SUM(C1:C3)", "C9") == "R[-4]C[0]*Constants!R7C3+SUM(R[-8]C[0]:R[-6]C[0])"
    assert relative("=D5*2", "D9") != relative("=C5*2", "D9")
