"""What a reader of an option must be warned of: one list for Python, the command and the counts of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from unitledger.compute.cancellation import TOLERANCE
from unitledger.compute.conditions import applies, refusing
from unitledger.compute.evaluate import beneath, evaluate
from unitledger.errors import CalculationError, OptionRefused
from unitledger.expression import references
from unitledger.model import Alert, Assumption, Entries, Setting, formulas, stale_prices, stale_rule
from unitledger.units import quantity, told_apart


def raised(entries: Entries, option: str, values: Mapping[str, float]) -> Iterator[str]:
    """Yield the texts of all alerts of an option, whose values are given.

    The alerts of the ledger whose condition holds, inputs outside their low and high, and prices out of date. Raises
    CalculationError where a condition has no value.
    """
    yield from (alert.text for alert in entries.alerts if applies(alert, option, values))
    for target in entries.inputs.values():
        if isinstance(target, Assumption) and _is_outside(setting := entries.setting(target.name, option)):
            yield _said(target, setting)
    if stale := stale_prices(entries, option):
        yield f"{stale_rule(entries)}: {', '.join(stale)}."


def _is_outside(setting: Setting) -> bool:
    """Return whether a figure lies beyond an end of its range by more than figures may differ and still be equal."""
    figure = float(setting.value)
    dust = TOLERANCE * abs(figure)
    return (setting.low is not None and figure + dust < setting.low) or (
        setting.high is not None and figure - dust > setting.high
    )


def _said(target: Assumption, setting: Setting) -> str:
    """Name an input that is outside its range; where no low or high is stated, what is possible at all ends it."""
    least = target.bounds.least if setting.low is None else setting.low
    most = target.bounds.most if setting.high is None else setting.high
    ends = (quantity(end, target.unit) for end in (least, most) if end is not None)
    figure, *shown = told_apart(quantity(float(setting.value), target.unit), *ends)
    where = "outside" if len(shown) > 1 else "below" if most is None else "above"
    return f"{target.label} is {figure}, {where} {' to '.join(shown)}."


def disqualifying(entries: Entries) -> tuple[Alert, ...]:
    """Return the alerts where one of which holds the headline is not plausible.

    Those by which an option is refused, its own, and those of what it stands on.
    """
    if entries.answer is None or not entries.alerts:
        return ()
    stood_on = {name.partition("@")[0] for name in beneath(entries, [entries.answer.line])}
    return tuple(alert for alert in entries.alerts if alert.refused or alert.line in stood_on)


def is_plausible(entries: Entries, option: str, values: Mapping[str, float]) -> bool:
    """Return whether the headline is plausible in an option, whose values are given; else it cannot be the best."""
    return not any(applies(alert, option, values) for alert in disqualifying(entries))


def check_options(entries: Entries, options: Iterable[str]) -> None:
    """Raise OptionRefused where one of the options is refused; only lines that tell are worked out."""
    held = formulas(entries)
    asked = {name for alert in refusing(entries) for name in references(alert.condition) if name in held}
    for option in options if refusing(entries) else ():
        try:
            evaluate(entries, option, beneath(entries, asked))
        except OptionRefused:
            raise
        except CalculationError:
            # A line has no value, which is for those to tell who ask for it.
            continue
