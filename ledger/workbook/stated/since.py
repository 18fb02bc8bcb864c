"""What changed since an earlier workbook, and what each change alone does to the answer."""

from collections.abc import Mapping
from typing import Literal

import attrs

from unitledger.compute.evaluate import beneath, evaluate, input_values
from unitledger.errors import CalculationError
from unitledger.expression.digits import canonical
from unitledger.model import Entries, key_figures


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
    """

    file: str
    version: str
    options: tuple[str, ...]
    figures: Mapping[tuple[str, str], float]
    unread: Mapping[tuple[str, str], str]
    gone: tuple[Gone, ...]


State = Literal["changed", "unread", "no value", "new", "gone", "together", "together no value"]
"""What a row is about; "no value": without a finite answer at the earlier figure, "together": all changes at once."""


@attrs.frozen
class Change:
    """An input that differs in an option: the earlier magnitude as stored, if it could be read, and else `reason`.

    `effect`: the answer now minus the answer with this input alone as it was; None where there is none.
    """

    name: str
    option: str
    state: State
    earlier: float | None = None
    effect: float | None = None
    reason: str = ""


@attrs.frozen
class Since:
    """How the inputs of a ledger differ from those of an earlier workbook.

    `answer`: the line whose changes are told. `changes`: by option, then in the order of the ledger. `together`: for
    each option with a change, all of them at once. `new`: inputs that the earlier workbook lacks. `options`: those that
    are new, or gone.
    """

    earlier: Earlier
    answer: str
    changes: tuple[Change, ...]
    together: tuple[Change, ...]
    new: tuple[str, ...]
    options: tuple[tuple[str, State], ...]


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
    options: list[tuple[str, State]] = [(option, "new") for option in entries.options if option not in earlier.options]
    options += [(option, "gone") for option in earlier.options if option not in entries.options]
    known = {name for name, _ in (*earlier.figures, *earlier.unread)}
    new = tuple(name for name in entries.inputs if name not in known)
    return Since(earlier, answer, tuple(changes), tuple(together), new, tuple(options))


def _in_option(
    entries: Entries, earlier: Earlier, option: str, answer: str, now: float
) -> tuple[list[Change], list[Change]]:
    figures, lines = input_values(entries, option), beneath(entries, (answer,))

    def effect(case: Mapping[str, float]) -> float | None:
        try:
            return now - float(evaluate(entries, option, lines, {**figures, **case})[answer])
        except CalculationError:
            return None

    was = {
        name: before
        for name in entries.inputs
        if (before := earlier.figures.get((name, option))) is not None and before != canonical(figures[name])
    }
    changes = []
    for name in entries.inputs:
        if name in was:
            moved = effect({name: was[name]})
            changes.append(Change(name, option, "no value" if moved is None else "changed", was[name], moved))
        elif (name, option) in earlier.unread:
            changes.append(Change(name, option, "unread", reason=earlier.unread[name, option]))
    if not was:
        return changes, []
    moved = effect(was)
    return changes, [Change("", option, "together no value" if moved is None else "together", effect=moved)]
