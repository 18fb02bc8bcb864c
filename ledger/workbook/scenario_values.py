"""What every column of the sheet Scenarios evaluates to, as built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from unitledger.compute.break_even import Comparison, driver_points
from unitledger.compute.columns import re_evaluated
from unitledger.compute.ranges import ends
from unitledger.compute.refine import REFINEMENTS, Evaluation, apart, bracket, first_change, refined
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

    `differences`: of the two options at each point, then at each step. `evaluations`: the steps. `interval`: place,
    from 0, of the first change of sign between points; None where there is none.
    """

    columns: tuple[Column, ...]
    values: Mapping[str, Sequence[float]]
    differences: tuple[float, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    interval: int | None = None


def scenario_values(entries: Entries, study: Study, results: Results) -> ScenarioValues:
    """Evaluate all columns: many at once where they are known beforehand, then what refines the break-even."""
    base = [Column(option) for option in results]
    held = {name: ends(entries, name, study.analysed) for name in study.listed}
    varied = [Column(study.analysed, name, held[name][end]) for end in (0, 1) for name in study.listed]
    names = (*study.listed, *study.others, *study.lines)
    at = [] if study.driver is None else driver_points(entries, study.driver, study.analysed)
    points = [Column(study.analysed, study.driver or "", value) for value in at]
    if study.driver is None or study.compared is None:
        found = _many(entries, study, results, [*varied, *points])
        values = {name: [*(results[column.option][name] for column in base), *found[name]] for name in names}
        return ScenarioValues((*base, *varied, *points), values)
    compare = Comparison.of(entries, study.answer, study.driver, (study.analysed, study.compared), results)
    moved = study.driver if compare.together else ""
    others = [Column(study.compared, moved, value) for value in at]
    found = _many(entries, study, results, [*varied, *points, *others])
    answers = found[study.answer]
    before, count = len(varied), len(points)
    differences = list(map(apart, answers[before : before + count], answers[before + count :]))
    evaluations = refined(bracket(at, differences), compare.difference)
    steps = [compare.at(study.analysed, each.at) for each in evaluations]
    other_steps = [compare.at(study.compared, each.at) for each in evaluations]
    values = {
        name: [
            *(results[column.option][name] for column in base),
            *found[name][: before + count],
            *(step[name] for step in steps),
            *found[name][before + count :],
            *(step[name] for step in other_steps),
        ]
        for name in names
    }
    stepped = [Column(study.analysed, study.driver, each.at) for each in evaluations]
    other_stepped = [Column(study.compared, moved, each.at) for each in evaluations]
    columns = (*base, *varied, *points, *stepped, *others, *other_stepped)
    differences += [each.difference for each in evaluations]
    interval = first_change(differences[:count])
    assert len(evaluations) == 2 * REFINEMENTS
    return ScenarioValues(columns, values, tuple(differences), tuple(evaluations), interval)


def _many(entries: Entries, study: Study, results: Results, columns: Sequence[Column]) -> dict[str, list[float]]:
    """Return the values of every listed input, other name and line in columns."""
    options = [column.option for column in columns]
    found = {
        name: [column.set_to if column.varied == name else results[column.option][name] for column in columns]
        for name in (*study.listed, *study.others)
    }
    cases = {name: found[name] for name in study.listed}
    lines = re_evaluated(entries, study.lines, options, cases, results)
    return found | {name: column.tolist() for name, column in lines.items()}
