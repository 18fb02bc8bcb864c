"""Random ledgers by period, with tables, or of both: values, arrays, cells as kept and as other programs find them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from itemised import cells, ledgers_with_tables
from openpyxl import load_workbook
from periodic import ledgers_by_period
from periodic import settings as changes
from planted import other_formulas, watched
from recalculate import Desk, differences, held, saved_all_by_libreoffice

from unitledger import Ledger
from unitledger.workbook import verify

SLOW: dict[str, Any] = {
    "deadline": None,
    "phases": [Phase.generate],
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}


@st.composite
def taken_in(draw: st.DrawFn) -> Ledger:
    """A ledger that takes in two others, each as one of its options has it; one may have a timeline."""
    book = Ledger("Both", as_of="2024-02-29")
    by_period, by_item = draw(ledgers_by_period(most_lines=3)), draw(ledgers_with_tables(most_lines=3))
    for other, prefix in ((by_period, "months"), (by_item, "lists")):
        if other.time is None or book.time is None:
            book.include(other, prefix, option=draw(st.sampled_from(list(other.options))))
    return book


DRAWN = {"periods": ledgers_by_period(), "tables": ledgers_with_tables(), "both": taken_in()}
ENDS = {f"{many} periods": ledgers_by_period(st.just(many), most_lines=4) for many in (1, 240)}


@contextmanager
def written(book: Ledger) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield book.to_excel(Path(folder, "random.xlsx"))


@pytest.mark.parametrize("kind", DRAWN)
@given(data=st.data())
@settings(max_examples=12, **SLOW)
def test_cells_are_what_another_engine_finds(kind: str, data: st.DataObject) -> None:
    book = data.draw(DRAWN[kind])
    with written(book) as path:
        found, edits = verify(path), book.read_edits(path)

    assert found, str(found)
    assert not edits, str(edits)


@pytest.mark.parametrize("kind", ["periods", "tables"])
@given(data=st.data())
@settings(max_examples=6, **SLOW)
def test_other_formulas_are_seen_and_edits_are_not(kind: str, data: st.DataObject) -> None:
    with written(data.draw(DRAWN[kind])) as path:
        rows, desk = [each for each in watched(path) if each.everywhere], Desk(path)
        for name, factor in ((name, data.draw(st.sampled_from([0, -1, 1e6]))) for name in ("share", "rate", "life")):
            for sheet, address in _typed(path, name):
                desk.type(sheet, {address: factor * (desk.read(sheet, address) or 1)})
        seen, desk = [each.cells for each in rows if desk.read(*each.check) == 1], Desk(path)
        for sheet, formulas in other_formulas(path, desk.read, data.draw(st.floats(0, 1))).items():
            desk.type(sheet, formulas)
        missed = [each.cells for each in rows if desk.read(*each.check) == 0]

    assert seen == []
    assert missed == []


def _typed(path: Path, name: str) -> list[tuple[str, str]]:
    """Return the cell of a figure on Inputs, if it has one."""
    sheet = load_workbook(path)["Inputs"]
    return [
        ("Inputs", f"C{row}") for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value == name.capitalize()
    ]


@pytest.mark.parametrize("kind", ENDS)
@given(data=st.data())
@settings(max_examples=1, **SLOW)
def test_one_period_and_many(kind: str, data: st.DataObject) -> None:
    with written(data.draw(ENDS[kind])) as path:
        found = verify(path)

    assert found, str(found)


@pytest.mark.parametrize("kind", ["periods", "tables"])
@given(data=st.data())
@settings(max_examples=40, **SLOW)
def test_cases_are_what_options_are(kind: str, data: st.DataObject) -> None:
    book = data.draw(DRAWN[kind])
    drawn = data.draw(cells(book) if kind == "tables" or book.time is None else changes(book.time))
    whole = {*book.columns, *(name for name in drawn if name in book.rows or ":" in name)}
    given = {name: figure for name, figure in drawn.items() if name not in whole}
    if not given:
        return
    lines = list(book.lines)
    at_once = book.array(lines, {name: [str(book.value(name)), figure] for name, figure in given.items()})
    for case, one in enumerate((book, book.with_settings({"base": given}))):
        largest = max(abs(figure) for figure in (*_figures(one), *(one.value(name).magnitude for name in lines)))
        for name in lines:
            expected = one.value(name).magnitude
            assert at_once[name][case] == pytest.approx(expected, rel=1e-9, abs=1e-9 * largest)


def _figures(book: Ledger) -> list[float]:
    """Every figure by period."""
    return [figure for row in book.rows for figure in book.by_period(row).array.tolist()]


@given(data=st.data())
@settings(max_examples=40, **SLOW)
def test_a_ledger_that_is_taken_in_keeps_its_figures(data: st.DataObject) -> None:
    own = data.draw(st.one_of(DRAWN["periods"], DRAWN["tables"]))
    option = data.draw(st.sampled_from(list(own.options)))
    book = Ledger("Outer", as_of="2024-02-29")
    made = book.include(own, "own", option=option)

    assert len(book.raised()) == len(own.raised(option))
    for name in own.lines:
        assert book.value(made[name]).magnitude == own.value(name, option).magnitude, name
    for read, names in (("by_period", own.rows), ("by_item", [*own.columns])):
        for name in names:
            if hasattr(own.along(name), "unit"):
                there, here = getattr(own, read)(name, option), getattr(book, read)(made[name])
                assert here.array.tolist() == there.array.tolist(), name


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("kind", [*DRAWN, *ENDS])
@given(data=st.data())
@settings(max_examples=1, **SLOW)
def test_cells_are_what_libreoffice_finds(kind: str, data: st.DataObject) -> None:
    books = [data.draw({**DRAWN, **ENDS}[kind]) for _ in range(6)]
    with TemporaryDirectory() as folder:
        paths = [book.to_excel(Path(folder, f"random {place}.xlsx")) for place, book in enumerate(books)]
        saved_all_by_libreoffice(paths, Path(folder, "saved"))
        for path in paths:
            assert differences(path, held(Path(folder, "saved", path.name))) == []
