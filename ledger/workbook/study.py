"""What Sensitivity and the second calculation behind it are about: inputs that are varied, options, as built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from unitledger.compute.alerts import is_plausible
from unitledger.compute.break_even import apart, driver_points, first_change, shared
from unitledger.compute.evaluate import beneath
from unitledger.compute.sensitivity import Values, moved_alone, ranges, spread
from unitledger.expression import in_blocks
from unitledger.model import Entries, has_axes, spare_option

MOST_LISTED = 12

Results = Values


@attrs.frozen
class Study:
    """What is varied, and what is worked out for it.

    `answer`: the headline. `listed`: inputs that are varied one at a time, the strongest first. `not_listed`: other
    ranged inputs, by why: "weaker", past the most that are listed; "broken", at whose low or high the headline has no
    value in some option; "points", which stay beside the others of their curve. `analysed`, `compared`: the options
    that are looked at when the workbook is built; there is nothing to compare with in a ledger of one option or of
    cases. `driver`: the input of the one-way table; there is none where no listed input leaves a value at all points.
    """

    answer: str
    listed: tuple[str, ...]
    not_listed: Mapping[str, tuple[str, ...]]
    analysed: str
    compared: str | None
    driver: str | None


def stands_on_axis(entries: Entries, line: str) -> bool:
    """Whether a line stands on figures by period or by item."""
    return has_axes(entries) and any("@" in name or name in entries.columns for name in beneath(entries, [line]))


def figures_of(entries: Entries, line: str, results: Results) -> list[float]:
    """Return a line's figure in each option; where all are 0, the largest that one ranged input makes of it, if any."""
    found = [known[line] for known in results.values()]
    if any(found) or stands_on_axis(entries, line):
        return found
    moved = moved_alone(entries, line, {option: ranges(entries, line, option) for option in results}, results)
    return [max((abs(figure) for at in moved.values() for both in at.values() for figure in both), default=0.0)]


def study(entries: Entries, results: Results) -> Study | None:
    """Return what to study in a ledger; None without a headline, or without an input whose range moves one.

    None also where the headline stands on periods or items, which are not calculated again for each low and high.
    """
    if entries.answer is None:
        return None
    answer = entries.answer.line
    if stands_on_axis(entries, answer):
        return None
    strengths, broken = _strengths(entries, answer, results)
    if not strengths:
        return None
    order = sorted(strengths, key=strengths.__getitem__, reverse=True)
    points = {
        name for line in entries.lines.values() if line.formed.form.has_blocks for name in in_blocks(line.lowered)
    }
    movable = [name for name in order if name not in points]
    listed = tuple(movable[:MOST_LISTED])
    if not listed:
        return None
    analysed, compared = _pair(entries, answer, results)
    driver = _driver(entries, answer, listed, (analysed, compared), results)
    kept = tuple(name for name in order if name in points)
    why = {"weaker": tuple(movable[MOST_LISTED:]), "broken": broken, "points": kept}
    not_listed = {kind: names for kind, names in why.items() if names}
    return Study(answer, listed, not_listed, analysed, compared, driver)


def _strengths(entries: Entries, answer: str, results: Results) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return the largest swing of each ranged input over all options, and the inputs that leave no value in one.

    Swings are shares of the answer, so that options of different size count alike.
    """
    found: dict[str, float] = {}
    broken: set[str] = set()
    held = {option: ranges(entries, answer, option) for option in results}
    for option, at in moved_alone(entries, answer, held, results).items():
        broken |= held[option].keys() - at.keys()
        here = results[option][answer]
        for name, both in at.items():
            size = spread((*both, here))
            found[name] = max(found.get(name, 0.0), size / abs(here) if here else size)
    ranked = {name: found[name] for name in entries.inputs if name in found and name not in broken}
    return ranked, tuple(name for name in entries.inputs if name in broken)


def _pair(entries: Entries, answer: str, results: Results) -> tuple[str, str | None]:
    """Return the best option, and the base option or, where that is the best itself, the next best.

    Of answers that tie the first; where none is plausible, the first two. Of cases none is best: the first one, and
    nothing to compare with.
    """
    assert entries.answer is not None
    if not entries.alternatives:
        return entries.base, None
    ranked = min if entries.answer.better == "lower" else max
    plausible = [
        option
        for option, values in results.items()
        if option != spare_option(entries) and is_plausible(entries, option, values)
    ]

    def best(among: Sequence[str], otherwise: str) -> str:
        leading = ranked((results[option][answer] for option in among), default=0.0)
        return next((option for option in among if not apart(results[option][answer], leading)), otherwise)

    found, others = best(plausible, entries.base), [option for option in entries.options if option != entries.base]
    if not set(others) - {spare_option(entries)}:
        return found, None
    against = best([option for option in plausible if option != entries.base], others[0])
    return found, against if found == entries.base else entries.base


def _driver(
    entries: Entries, answer: str, listed: Sequence[str], pair: tuple[str, str | None], results: Results
) -> str | None:
    """Return the strongest input with a break-even, else the strongest with a value wherever the sheet looks.

    One that has a range in the analysed option goes before one that has none there; with nothing to compare with, one
    that moves the answer there before one that moves it in other options only.
    """
    analysed, compared = pair
    at = {name: driver_points(entries, name, analysed) for name in listed}
    if compared is None:
        here = moved_alone(entries, answer, {analysed: at}, results)[analysed]
        moving = [name for name, column in here.items() if any(map(apart, column, column[1:]))]
        return next(iter((*moving, *here)), None)
    together = {name: at[name] for name in listed if shared(entries, name, analysed, compared)}
    here, there = moved_alone(entries, answer, {analysed: at, compared: together}, results).values()
    differences = {
        name: list(map(apart, column, there.get(name, [results[compared][answer]] * len(column))))
        for name, column in here.items()
        if name in there or name not in together
    }
    crossing = [name for name, column in differences.items() if first_change(column) is not None]
    ranged = [name for name in differences if at[name][0] != at[name][-1]]
    return next(iter((*crossing, *ranged, *differences)), None)
