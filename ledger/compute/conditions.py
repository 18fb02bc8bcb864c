"""What holds in an option: whether a notice applies to it, and whether it is refused."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from unitledger.compute.failure import failure, reason, stated_input
from unitledger.errors import CalculationError, OptionRefused
from unitledger.expression import Expression, Reference, decisive, references, value
from unitledger.model import Advice, Alert, Entries, formulas


def applies(told: Alert | Advice, option: str, values: Mapping[str, float]) -> bool:
    """Return whether the condition of an alert or an advice holds, given the values of an option.

    Raises CalculationError, naming it and the option, where it can be neither true nor false.
    """
    try:
        return bool(value(told.condition, values.__getitem__))
    except (ArithmeticError, ValueError) as failed:
        raise CalculationError(
            failure(f"{type(told).__name__} {told.text!r:.60}", told.condition, option, values, reason(failed))
        ) from None


def refusing(entries: Entries) -> tuple[Alert, ...]:
    """Return the alerts where one of which holds an option has no value."""
    return tuple(alert for alert in entries.alerts if alert.refused)


def check_allowed(entries: Entries, option: str, values: Mapping[str, Any]) -> None:
    """Raise OptionRefused where an option is refused, as far as `values` tell: with the inputs that decide it."""
    for alert in refusing(entries):
        if values.keys() >= set(references(alert.condition)) and applies(alert, option, values):
            inputs = deciding(entries, alert.condition, values)
            given = [f"{name} = {stated_input(entries, name, values[name])}" for name in inputs]
            raise OptionRefused(f"Option {option!r} is refused: {alert.text} There {', '.join(given)}.", inputs)


def deciding(entries: Entries, condition: Expression, values: Mapping[str, Any]) -> list[str]:
    """Return the inputs that a condition stands on with these values, the nearest first."""
    held, found, waiting = formulas(entries), dict[str, None](), deque([condition])
    while waiting:
        here = waiting.popleft()
        for name in (leaf.name for leaf in decisive(here, values.__getitem__) if isinstance(leaf, Reference)):
            if name in held and name not in found:
                waiting.append(held[name])
            found[name] = None
    return [name for name in found if name in entries.inputs]
