"""Check 7: a reader that does not calculate sees every figure: each formula has a finite value, that of Python."""

from __future__ import annotations

import math
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from built import Built
from drawn import alternative_texts, charts, unlike_cells
from hypothesis import HealthCheck, Phase, given, settings
from recalculate import agree
from strategies import ledgers

from unitledger.ledger import Ledger


def without_value(path: Path) -> list[str]:
    """Formulas beside which the file holds no value, an error, or what is no number."""
    with zipfile.ZipFile(path) as file:
        sheets = [file.read(part).decode() for part in file.namelist() if part.startswith("xl/worksheets/sheet")]
    cells = [
        cell for sheet in sheets for cell in re.findall(r"<c [^>]*[^/]>(?:(?!</c>).)*</c>", sheet) if "<f>" in cell
    ]
    assert cells
    return [cell for cell in cells if "<v>" not in cell or 't="e"' in cell or not _finite(cell)]


def _finite(cell: str) -> bool:
    (value,) = re.findall("<v>(.*)</v>", cell)
    return 't="str"' in cell or math.isfinite(float(value))


def test_every_formula_has_a_value(template: Built) -> None:
    assert without_value(template.path) == []


def test_every_line_has_the_value_that_python_found(template: Built) -> None:
    for (name, option), place in template.lines().items():
        assert agree(template.cached[place], template.ledger.values(option)[name]), (name, option)


def test_every_chart_holds_what_its_cells_hold(template: Built) -> None:
    for drawn in charts(template.path):
        assert unlike_cells(drawn, template.cached) == []
    assert len(charts(template.path)) == len(alternative_texts(template.path))
    assert charts(template.path) or len(template.ledger.options) == 1


@given(book=ledgers())
@settings(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_every_formula_of_random_ledgers_has_a_value(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        path = book.to_excel(Path(folder, "random.xlsx"))
        assert without_value(path) == []
