"""Check 3 for figures of every size that a cell can hold: the status cells hold beyond what squares can."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from built import Built
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from recalculate import Desk, libreoffice, retyped

from unitledger.ledger import Ledger


def sizes() -> st.SearchStrategy[float]:
    """Figures of either sign over all sizes that cells hold, with room for a sum and for the tolerance."""
    return st.builds(
        lambda digits, power, sign: sign * float(f"{digits}e{power}"),
        st.integers(1, 999_999_999),
        st.integers(-290, 290),
        st.sampled_from([1, -1]),
    )


def rents(figures: list[float]) -> Ledger:
    """Figures that are lines, their negatives, and their total."""
    book = Ledger("Sizes", option="only")
    given = [book.assume(f"rent_{place}", f"{figure!r} USD") for place, figure in enumerate(figures)]
    lines = [book.line(f"line_{place}", -rent) for place, rent in enumerate(given)]
    book.total("all_of_it", lines)
    return book


@given(figures=st.lists(sizes(), min_size=1, max_size=4), data=st.data())
@settings(max_examples=25, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_status_for_figures_of_any_size(figures: list[float], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        built = Built.of(rents(figures), Path(folder, "sizes.xlsx"))
        desk = Desk(built.path)
        assert desk.status() == ("OK", "AS BUILT", 0)

        cell = built.line(f"line_{data.draw(st.integers(0, len(figures) - 1))}", "only")
        shown = desk.read("Calc", cell)
        desk.type("Calc", {cell: shown * data.draw(st.sampled_from([1.000_01, 0.999_99, -1, 0]))})
        assert desk.status()[:2] == ("FAIL", "AS BUILT")


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("size", [1e200, -1e200, 1e-200, -1e-200])
def test_libreoffice_agrees(size: float, tmp_path: Path) -> None:
    built = Built.of(rents([size, 3 * size]), tmp_path / "sizes.xlsx")
    cell = built.line("line_0", "only")
    damaged = retyped(built.path, "Calc", {cell: -size * 1.000_01})

    assert libreoffice(built.path)["Summary", "A2"] == "Integrity: OK"
    assert libreoffice(damaged)["Summary", "A2"] == "Integrity: FAIL"
