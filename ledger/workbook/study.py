"""What the sheets Scenarios and Sensitivity are about: which inputs are varied, for which options, as built."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from unitledger.compute.alerts import is_plausible
from unitledger.compute.break_even import difference, driver_points, shared
from unitledger.compute.columns import Values
from unitledger.compute.evaluate import beneath, reached
from unitledger.compute.ranges import moved_alone, ranges, spread
from unitledger.compute.refine import Evaluation, apart, bracket, first_change, refined
from unitledger.errors import CalculationError
from unitledger.expression import references
from unitledger.model import Entries

MOST_LISTED = 12

Results = Values


@attrs.frozen
class Study:
    """What is varied, and what is worked out for it.

    `answer`: the headline. `listed`: inputs that are varied one at a time, the strongest first. `weaker`: ranged inputs
    past the most that are listed; `without_answer`: those at whose low or high the headline has no value in some
    option. `lines`: lines that the listed inputs reach and the headline stands on, in the order of the ledger;
    `others`: what their formulas refer to besides, constants apart. `analysed`, `compared`, `driver`: what the
    selectors of the sheet Sensitivity say when it is built; there is nothing to compare with in a ledger of one option
    or of cases, and no driver where no listed input leaves a value at all points of the one-way table. `evaluations`:
    what refines the break-even.
    """

    answer: str
    listed: tuple[str, ...]
    weaker: tuple[str, ...]
    without_answer: tuple[str, ...]
    lines: tuple[str, ...]
    others: tuple[str, ...]
    analysed: str
    compared: str | None
    driver: str | None
    evaluations: tuple[Evaluation, ...]


def study(entries: Entries, results: Results) -> Study | None:
    """Return what to study in a ledger; None without a headline, or without an input whose range moves one."""
    if entries.answer is None:
        return None
    answer = entries.answer.line
    strengths, broken = _strengths(entries, answer, results)
    order = sorted(strengths, key=strengths.__getitem__, reverse=True)
    listed = tuple(order[:MOST_LISTED])
    if not listed:
        return None
    stood_on = beneath(entries, [answer])
    lines = tuple(reached(entries, stood_on, listed))
    referred = dict.fromkeys(name for line in lines for name in references(entries.lines[line].lowered))
    known = {*listed, *lines, *entries.constants}
    others = tuple(name for name in (*entries.inputs, *entries.lines) if name in referred and name not in known)
    analysed, compared = _pair(entries, answer, results)
    driver, evaluations = _driver(entries, answer, listed, (analysed, compared), results)
    weaker = tuple(order[MOST_LISTED:])
    return Study(answer, listed, weaker, broken, lines, others, analysed, compared, driver, evaluations)


def _strengths(entries: Entries, answer: str, results: Results) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return the largest swing of each ranged input over all options, and the inputs that leave no value in one.

    Swings are shares of the answer, so that options of different size count alike.
    """
    found: dict[str, float] = {}
    broken: set[str] = set()
    for option, values in results.items():
        held = ranges(entries, answer, option)
        at = moved_alone(entries, answer, held, option, results)
        broken |= held.keys() - at.keys()
        here = values[answer]
        for name, both in at.items():
            size = spread((*both, here))
            found[name] = max(found.get(name, 0.0), size / abs(here) if here else size)
    ranked = {name: found[name] for name in entries.inputs if name in found and name not in broken}
    return ranked, tuple(name for name in entries.inputs if name in broken)


def _pair(entries: Entries, answer: str, results: Results) -> tuple[str, str | None]:
    """Return the best option, and the base option or, where that is the best itself, the next best.

    What is not plausible comes after all that is. Of cases none is best: the first one, and nothing to compare with.
    """
    assert entries.answer is not None
    if not entries.alternatives:
        return entries.base, None
    order = sorted(results, key=lambda option: results[option][answer], reverse=entries.answer.better == "higher")
    best, *rest = sorted(order, key=lambda option: not is_plausible(entries, option, results[option]))
    if not rest:
        return best, None
    return best, rest[0] if best == entries.base else entries.base


def _driver(
    entries: Entries, answer: str, listed: Sequence[str], pair: tuple[str, str | None], results: Results
) -> tuple[str | None, tuple[Evaluation, ...]]:
    """Return the strongest input with a break-even, else the strongest with a value wherever the sheet looks.

    One that has a range in the analysed option goes before one that has none there. With it what refines the
    break-even, or goes the same steps where there is none.
    """
    analysed, compared = pair
    at = {name: driver_points(entries, name, analysed) for name in listed}
    here = moved_alone(entries, answer, at, analysed, results)
    if compared is None:
        return next(iter(here), None), ()
    together = {name: at[name] for name in listed if shared(entries, name, analysed, compared)}
    there = moved_alone(entries, answer, together, compared, results)
    differences = {
        name: list(map(apart, column, there.get(name, [results[compared][answer]] * len(column))))
        for name, column in here.items()
        if name in there or name not in together
    }
    crossing = [name for name, column in differences.items() if first_change(column) is not None]
    ranged = [name for name in differences if at[name][0] != at[name][-1]]
    for name in dict.fromkeys((*crossing, *ranged, *differences)):
        above = difference(entries, answer, name, (analysed, compared), results)
        try:
            return name, tuple(refined(bracket(at[name], differences[name]), above))
        except CalculationError:
            continue
    return None, ()
