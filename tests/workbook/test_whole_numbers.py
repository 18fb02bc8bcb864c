"""Quotients that are whole stay whole: whatever the units that their parts were given in, in every reader alike."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from built import Built
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from recalculate import Cells, agree, differences, formualizer, libreoffice

from unitledger.expression import round_down, round_up, whole_part
from unitledger.ledger import Ledger
from unitledger.units import Q, Unit, conversion_factor

TIMES = ("s", "min", "h", "day", "month", "quarter", "year")
# Each figure is cut to 15 digits several times on its way: beyond this, what is left over is more than dust.
MOST = 20_000
ROUNDED = {"up": round_up, "down": round_down, "part": whole_part}


@attrs.frozen
class Job:
    """Work that takes `whole` cards for a time, each of the two stated in a unit of its own."""

    whole: int
    time: float
    unit_of_time: str
    unit_of_work: str

    @property
    def given(self) -> dict[str, str]:
        """The work and its time as somebody writes them, at most 15 digits long."""
        factor = conversion_factor(Unit.parse(self.unit_of_time), Unit.parse(self.unit_of_work))
        work = float(self.whole * Fraction(str(self.time)) * factor)
        return {"work": f"{work:.15g} gpu*{self.unit_of_work}", "time": f"{self.time:.15g} {self.unit_of_time}"}


JOBS = st.builds(
    Job,
    st.integers(-MOST, MOST).filter(bool),
    st.decimals("0.001", "5000", places=3).map(float),
    st.sampled_from(TIMES),
    st.sampled_from(TIMES),
)


def ledger(jobs: list[Job]) -> Ledger:
    """A ledger with an option for each job; the base is in units of its own."""
    book = Ledger("Cards", option="plan")
    cards = book.assume("work", "3 gpu*h") / book.assume("time", "1 month")
    for name, whole in ROUNDED.items():
        book.line(name, whole(cards), unit="gpu")
    for place, job in enumerate(jobs):
        book.option(f"job {place}", job.given)
    return book


@given(st.lists(JOBS, min_size=1, max_size=20))
def test_in_python_and_in_arrays(jobs: list[Job]) -> None:
    book = ledger(jobs)
    cases = {name: [Q(job.given[name]).to(unit).magnitude for job in jobs] for name, unit in UNITS.items()}
    arrays = book.array(tuple(ROUNDED), cases)

    for name in ROUNDED:
        assert [book.values(f"job {place}")[name] for place in range(len(jobs))] == [job.whole for job in jobs]
        assert arrays[name].tolist() == [job.whole for job in jobs]


UNITS = {"work": "gpu*h", "time": "month"}
ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]


@pytest.mark.parametrize("engine", ENGINES)
@given(jobs=st.lists(JOBS, min_size=60, max_size=60))
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
def test_in_a_workbook(engine: Callable[[Path], Cells], jobs: list[Job]) -> None:
    with TemporaryDirectory() as folder:
        built = Built.of(ledger(jobs), Path(folder, "cards.xlsx"))
        found = engine(built.path)

        assert differences(built.path, found) == []
        places = built.lines()
        for place, job in enumerate(jobs):
            shown = [found[places[name, f"job {place}"]] for name in ROUNDED]
            assert all(agree(each, job.whole) for each in shown), (job, shown)


@pytest.mark.parametrize(
    ("engine", "given_time", "cards"),
    [
        *((formualizer, *case) for case in (("10 day", 8), ("1 week", 12), ("9.99999999 day", 9))),
        pytest.param(libreoffice, "10 day", 8, marks=pytest.mark.libreoffice),
    ],
)
def test_a_figure_stands_in_the_workbook_as_it_was_given(
    engine: Callable[[Path], Cells], given_time: str, cards: int, tmp_path: Path
) -> None:
    book = ledger([]).with_settings({"plan": {"work": "80 gpu*day", "time": given_time}})
    built = Built.of(book, tmp_path / "given.xlsx")
    found = engine(built.path)

    cell = built.input("time", "plan")
    number, unit = given_time.split()
    assert found["Inputs", f"B{cell[1:]}"] == (unit if unit == "day" else "month")
    assert unit != "day" or found["Inputs", cell] == float(number)
    assert found[built.lines()["up", "plan"]] == cards
    assert [found["Summary", at].partition(": ")[2] for at in ("A2", "B2", "C2")] == ["OK", "AS BUILT", "0"]
    assert not book.read_edits(built.path)
