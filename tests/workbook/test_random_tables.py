"""Random ledgers with tables: values, arrays, cells as kept and as other programs find them are the same."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from itemised import cells, ledgers_with_tables
from recalculate import differences, held, saved_all_by_libreoffice

from unitledger import Ledger
from unitledger.workbook import verify

SLOW: dict[str, Any] = {
    "deadline": None,
    "phases": [Phase.generate],
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}


@given(book=ledgers_with_tables())
@settings(max_examples=12, **SLOW)
def test_cells_are_what_another_engine_finds(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        path = book.to_excel(Path(folder, "random.xlsx"))
        found, edits = verify(path), book.read_edits(path)

    assert found, str(found)
    assert not edits, str(edits)


@given(data=st.data())
@settings(max_examples=40, **SLOW)
def test_cases_are_what_options_are(data: st.DataObject) -> None:
    book = data.draw(ledgers_with_tables())
    given = {name: figure for name, figure in data.draw(cells(book)).items() if name not in book.columns}
    if not given:
        return
    lines = list(book.lines)
    at_once = book.array(lines, {name: [str(book.value(name)), figure] for name, figure in given.items()})
    for case, one in enumerate((book, book.with_settings({"base": given}))):
        largest = max(abs(one.value(name).magnitude) for name in lines)
        for name in lines:
            expected = one.value(name).magnitude
            assert at_once[name][case] == pytest.approx(expected, rel=1e-9, abs=1e-9 * largest)


@pytest.mark.libreoffice
@pytest.mark.slow
@given(books=st.lists(ledgers_with_tables(), min_size=6, max_size=6))
@settings(max_examples=1, **SLOW)
def test_cells_are_what_libreoffice_finds(books: list[Ledger]) -> None:
    with TemporaryDirectory() as folder:
        paths = [book.to_excel(Path(folder, f"random {place}.xlsx")) for place, book in enumerate(books)]
        saved_all_by_libreoffice(paths, Path(folder, "saved"))
        for path in paths:
            assert differences(path, held(Path(folder, "saved", path.name))) == []
