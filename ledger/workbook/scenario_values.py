"""What every column of the sheet Scenarios evaluates to, as built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from unitledger.compute.break_even import driver_points, shared
from unitledger.compute.columns import re_evaluated
from unitledger.compute.ranges import ends
from unitledger.compute.refine import apart, first_change
from unitledger.model import Entries
from unitledger.workbook.study import Results, Study


@attrs.frozen
class Column:
    """One evaluation: an option, the input that is varied in it ("" for none), and what that is set to."""

    option: str
    varied: str = ""
    set_to: float = 0.0


@attrs.frozen
class ScenarioValues:
    """The columns from left to right, and the values of inputs and lines in them.

    `differences`: of the two options at each point, then at each step. `interval`: place, from 0, of the first change
    of sign between points; None where there is none.
    """

    columns: tuple[Column, ...]
    values: Mapping[str, Sequence[float]]
    differences: tuple[float, ...]
    interval: int | None


def scenario_values(entries: Entries, study: Study, results: Results) -> ScenarioValues:
    """Evaluate all columns at once."""
    held = {name: ends(entries, name, study.analysed) for name in study.listed}
    columns = [Column(option) for option in results]
    columns += [Column(study.analysed, name, held[name][end]) for end in (0, 1) for name in study.listed]
    at: list[float] = []
    if study.driver is not None:
        at = driver_points(entries, study.driver, study.analysed)
        tried = [*at, *(each.at for each in study.evaluations)]
        columns += [Column(study.analysed, study.driver, value) for value in tried]
        if study.compared is not None:
            moved = study.driver if shared(entries, study.driver, study.analysed, study.compared) else ""
            columns += [Column(study.compared, moved, value) for value in tried]
    values = _values(entries, study, results, columns)
    differences: list[float] = []
    if study.driver is not None and study.compared is not None:
        count = len(at) + len(study.evaluations)
        answers = values[study.answer]
        differences = list(map(apart, answers[-2 * count : -count], answers[-count:]))
    return ScenarioValues(tuple(columns), values, tuple(differences), first_change(differences[: len(at)]))


def _values(entries: Entries, study: Study, results: Results, columns: Sequence[Column]) -> dict[str, list[float]]:
    """Return the values of every listed input, other name and line in columns."""
    options = [column.option for column in columns]
    found = {
        name: [column.set_to if column.varied == name else results[column.option][name] for column in columns]
        for name in (*study.listed, *study.others)
    }
    cases = {name: found[name] for name in study.listed}
    lines = re_evaluated(entries, study.lines, options, cases, results)
    return found | {name: column.tolist() for name, column in lines.items()}
