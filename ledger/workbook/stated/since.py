"""What changed since an earlier workbook, and what each change alone does to the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Literal

import attrs

from unitledger.compute.evaluate import beneath, evaluate, input_values
from unitledger.errors import CalculationError
from unitledger.expression.digits import canonical
from unitledger.model import AxisInput, Entries, cell_name, key_figures, spare_option


@attrs.frozen
class Gone:
    """An input that only the earlier workbook has: label, unit and the base option's figure as they stand there."""

    label: str
    unit: str
    figure: float | str


@attrs.frozen
class Earlier:
    """The inputs of an earlier workbook.

    `version`: its version id, empty where it does not say. `options`: its columns, the base option first. `figures`:
    stored magnitudes in the units of the ledger (of a choice the place of the word) by input and option; what an
    option took from the base option is there as well. `unread`: why there is none. `gone`: inputs that it alone has.
    `periods`: those of its timeline.
    """

    file: str
    version: str
    options: tuple[str, ...]
    figures: Mapping[tuple[str, str], float]
    unread: Mapping[tuple[str, str], str]
    gone: tuple[Gone, ...]
    periods: tuple[str, ...] = ()


State = Literal["changed", "unread", "no value", "new", "gone", "together", "together no value"]
"""What a row is about; "no value": without a finite answer at the earlier figure, "together": all changes at once."""


@attrs.frozen
class Change:
    """An input that differs in an option: the earlier magnitude as stored, if it could be read, and else `reason`.

    `last`: of a figure by period the last of those that differ alike, one after the other. `effect`: the answer now
    minus the answer with this input alone as it was; None where there is none.
    """

    name: str
    option: str
    state: State
    earlier: float | None = None
    effect: float | None = None
    reason: str = ""
    last: str = ""


@attrs.frozen
class Since:
    """How the inputs of a ledger differ from those of an earlier workbook.

    `answer`: the line whose changes are told. `changes`: by option, then in the order of the ledger. `together`: for
    each option with a change, all of them at once. `new`: inputs that the earlier workbook lacks. `options`, `periods`:
    those that are new, or gone.
    """

    earlier: Earlier
    answer: str
    changes: tuple[Change, ...]
    together: tuple[Change, ...]
    new: tuple[str, ...]
    options: tuple[tuple[str, State], ...]
    periods: tuple[tuple[str, State], ...] = ()


def changes_since(entries: Entries, earlier: Earlier, results: Mapping[str, Mapping[str, float]]) -> Since:
    """Compare a ledger, whose values are `results`, with an earlier workbook."""
    answer = key_figures(entries)[0]
    changes: list[Change] = []
    together: list[Change] = []
    for option in entries.options:
        if option in earlier.options:
            found, whole = _in_option(entries, earlier, option, answer, results[option][answer])
            changes += found
            together += whole
    options: list[tuple[str, State]] = [
        (option, "new") for option in entries.options if option not in (*earlier.options, spare_option(entries))
    ]
    options += [(option, "gone") for option in earlier.options if option not in entries.options]
    known = {name.partition("@")[0] for name, _ in (*earlier.figures, *earlier.unread)}
    new = tuple(name for name in (*entries.inputs, *_over_time(entries)) if name not in known)
    now = entries.time.labels if entries.time else ()
    periods: list[tuple[str, State]] = [(label, "new") for label in now if label not in earlier.periods]
    periods += [(label, "gone") for label in earlier.periods if label not in now]
    return Since(earlier, answer, tuple(changes), tuple(together), new, tuple(options), tuple(_spans(periods)))


def _over_time(entries: Entries) -> dict[str, AxisInput]:
    return {name: row for name, row in entries.rows.items() if isinstance(row, AxisInput)}


def _spans(periods: Iterable[tuple[str, State]]) -> Iterator[tuple[str, State]]:
    """Yield periods that are new or gone, those beside each other as one."""
    for state, run in groupby(periods, lambda each: each[1]):
        labels = [label for label, _ in run]
        yield f"{labels[0]} to {labels[-1]}" if len(labels) > 1 else labels[0], state


def _in_option(
    entries: Entries, earlier: Earlier, option: str, answer: str, now: float
) -> tuple[list[Change], list[Change]]:
    figures, lines = input_values(entries, option), beneath(entries, (answer,))

    def effect(case: Mapping[str, float]) -> float | None:
        try:
            return now - float(evaluate(entries, option, lines, {**figures, **case})[answer])
        except CalculationError:
            return None

    rows = _over_time(entries).values()
    names = [*entries.inputs, *(cell_name(row.name, label) for row in rows for label in row.axis.labels)]
    was = {
        name: before
        for name in names
        if (before := earlier.figures.get((name, option))) is not None and before != canonical(figures[name])
    }
    changes = []

    def alike(name: str) -> tuple[str, float | None, float, str | None]:
        return name.partition("@")[0], was.get(name), figures[name], earlier.unread.get((name, option))

    for (_, before, _, reason), run in groupby(names, alike):
        name, *others = run
        last = others[-1].partition("@")[2] if others else ""
        if before is not None:
            moved = effect(dict.fromkeys((name, *others), before))
            changes.append(Change(name, option, "no value" if moved is None else "changed", before, moved, last=last))
        elif reason is not None:
            changes.append(Change(name, option, "unread", reason=reason, last=last))
    if not was:
        return changes, []
    moved = effect(was)
    return changes, [Change("", option, "together no value" if moved is None else "together", effect=moved)]
