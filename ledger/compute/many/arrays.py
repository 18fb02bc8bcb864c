"""Many cases at once: inputs as arrays, through the same lowered formulas, in chunks that stay in cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from unitledger.compute.alerts import check_options
from unitledger.compute.conditions import refusing
from unitledger.compute.evaluate import beneath, input_values
from unitledger.compute.many.cases import CHUNK, Cases, at_each
from unitledger.compute.sensitivity import of_line
from unitledger.errors import CalculationError, OptionRefused, UnknownName, ValueRefused
from unitledger.expression import Expression, Varied, references
from unitledger.expression.digits import canonical_array
from unitledger.model import Entries, formulas

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from unitledger.compute.many.cases import Given

    Columns = dict[str, NDArray[np.float64]]


def given_cases(entries: Entries, inputs: Mapping[str, Given]) -> dict[str, Cases]:
    """Return what is given for inputs, one value per case.

    Bare numbers are in an input's unit as written, 30 for 30 %; quantities or their texts, or one quantity whose
    magnitude is an array, are converted; a choice takes words, or their places counted from 1. Raises UnknownName,
    also for none, UnitMismatch, QuantityError or ValueRefused, also for different lengths.
    """
    cases = {name: Cases.of(entries, name, given) for name, given in inputs.items()}
    if not cases:
        raise UnknownName("Name at least one input that varies.")
    lengths = {name: len(case) for name, case in cases.items()}
    if len(set(lengths.values())) != 1:
        shown = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueRefused(f"Arrays of cases must have one length: {shown}.")
    return cases


def arrays(
    entries: Entries,
    outputs: Sequence[str],
    cases: Mapping[str, Cases],
    option: str,
    conditions: Mapping[str, Expression] = {},
) -> Columns:
    """Return lines for many cases: one-dimensional float arrays in the lines' units as written, one value per case.

    `cases`: by input, also of several periods or items at once. `conditions`: expressions over lines, by the name
    under which the result has them, 1 where they hold. Lines that no varied input reaches are computed once. Raises
    ValueRefused for cases that are not finite or outside the bounds, CalculationError where a case has no finite value
    or is refused.
    """
    import numpy as np

    count = len(next(iter(cases.values())))
    cells: Mapping[str, Cases] = at_each(entries, cases)
    known = {
        name: value[:, None] if name in entries.columns else value
        for name, value in input_values(entries, option).items()
        if name not in cells
    }
    known |= _with_cells(entries, known, cells)
    held = formulas(entries)
    refused = {alert.name: alert for alert in refusing(entries)}
    watched = {**conditions, **{name: alert.condition for name, alert in refused.items()}}
    looked_at = (name for condition in watched.values() for name in references(condition) if name in held)
    checked = dict.fromkeys((*outputs, *looked_at))
    varied: dict[str, Varied] = {}
    for name, formula in {**{name: held[name] for name in beneath(entries, checked)}, **watched}.items():
        found = of_line(formula, name, known)
        (varied if isinstance(found, Varied) else known)[name] = found
    written = {name: float(1 / entries.lines[name].unit.written) for name in outputs} | dict.fromkeys(conditions, 1.0)
    if any(known[name] for name in refused.keys() - varied.keys()):
        check_options(entries, [option])
    results = {
        name: np.empty(count) if name in varied else np.full(count, _written(np, known[name], written[name]))
        for name in written
    }
    steps = _steps(varied, {*checked, *watched})
    # As many figures at once as without items.
    step = max(1, CHUNK // max((1, *(len(column.axis) for column in entries.columns.values()))))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for start in range(0, count, step):
            chunk = {name: case.stored(start, step) for name, case in cells.items()}
            for name, line, read in steps:
                chunk[name] = line.compute(chunk)
                for each in read:
                    del chunk[each]
            for name in refused.keys() & varied.keys():
                if chunk[name].any():
                    said = f"Refused is {_first(chunk[name], cases, start)} {refused[name].text}"
                    raise OptionRefused(said, list(cases))
            for name in (checked.keys() & varied.keys()) - entries.columns.keys():
                finite = np.isfinite(chunk[name])
                if not finite.all():
                    raise CalculationError(f"Line {name!r} has no finite value in {_first(~finite, cases, start)}")
            for name in results.keys() & varied.keys():
                results[name][start : start + step] = _written(np, chunk[name], written[name])
            chunk.clear()
    return results


def _steps(varied: dict[str, Varied], kept: Iterable[str]) -> list[tuple[str, Varied, list[str]]]:
    """Return what is worked out in a chunk, and with each line what none after it reads, whose memory they take."""
    steps: list[tuple[str, Varied, list[str]]] = []
    needed = set(kept)
    for name in reversed(varied):
        if name in needed:
            read = [each for each in varied[name].needs if each not in needed]
            steps.append((name, varied[name], read))
            needed.update(read)
    return steps[::-1]


def _with_cells(entries: Entries, known: Mapping[str, Any], cases: Mapping[str, Cases]) -> dict[str, Varied]:
    """Return the columns of tables of which some figures vary."""
    moved: dict[str, dict[str, int]] = {}
    for cell in cases:
        name, _, label = cell.partition("@")
        if name in entries.columns:
            moved.setdefault(name, {})[cell] = entries.columns[name].axis.place(label)
    return {name: Varied(partial(_column, known[name], places), frozenset(places)) for name, places in moved.items()}


def _column(column: Any, places: Mapping[str, int], cases: Mapping[str, Any]) -> Any:
    """Return a column in each case."""
    made = column.repeat(len(cases[next(iter(places))]), axis=1)
    for cell, place in places.items():
        made[place] = cases[cell]
    return made


def _written(np: Any, stored: Any, times: float) -> Any:
    """Return stored magnitudes as people write them: 30 for 0.3 in `%`."""
    return stored if times == 1 else canonical_array(np, stored * times)


def _first(found: Any, cases: Mapping[str, Cases], start: int) -> str:
    """Return the first case in which something was found, with its inputs."""
    case = start + int(found.argmax())
    shown = ", ".join(f"{given} = {column.stated(case)}" for given, column in cases.items())
    return f"case {next(iter(cases.values())).first + case} (counted from 0): {shown}."
