"""What every column of the sheet Scenarios evaluates, and what that comes to, as built."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from unitledger.compute.break_even import driver_points, shared
from unitledger.compute.columns import re_evaluated
from unitledger.compute.ranges import ends
from unitledger.model import Entries
from unitledger.workbook.study import Results, Study


@attrs.frozen
class Column:
    """One evaluation: an option, the input that is varied in it ("" for none), and what that is set to."""

    option: str
    varied: str = ""
    set_to: float = 0.0


def evaluations(entries: Entries, study: Study, options: Sequence[str]) -> list[Column]:
    """Return what the columns evaluate, from left to right."""
    held = {name: ends(entries, name, study.analysed) for name in study.listed}
    columns = [Column(option) for option in options]
    columns += [Column(study.analysed, name, held[name][end]) for end in (0, 1) for name in study.listed]
    if study.driver is not None:
        tried = [*driver_points(entries, study.driver, study.analysed), *(each.at for each in study.evaluations)]
        columns += [Column(study.analysed, study.driver, value) for value in tried]
        if study.compared is not None:
            moved = study.driver if shared(entries, study.driver, study.analysed, study.compared) else ""
            columns += [Column(study.compared, moved, value) for value in tried]
    return columns


def evaluated(
    entries: Entries, study: Study, results: Results, columns: Sequence[Column]
) -> dict[str, Sequence[float]]:
    """Return the values of every listed input, other name and line in columns."""
    options = [column.option for column in columns]
    found: dict[str, Sequence[float]] = {
        name: [column.set_to if column.varied == name else results[column.option][name] for column in columns]
        for name in (*study.listed, *study.others)
    }
    cases = {name: found[name] for name in study.listed}
    lines = re_evaluated(entries, study.lines, options, cases, results)
    return found | {name: column.tolist() for name, column in lines.items()}
