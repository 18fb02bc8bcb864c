"""Prices that are out of date: older, on the day of the ledger, than the ledger allows."""

from __future__ import annotations

from datetime import date, timedelta

from unitledger.model.entry.inputs import Assumption
from unitledger.model.held.entries import Entries
from unitledger.units import FIRST_DAY, Unit, magnitude

_DAY = Unit.parse("day")


def oldest_price(entries: Entries) -> date:
    """Return the earliest day of a price that is not out of date; the ledger must check ages."""
    assert entries.stale_after is not None
    assert entries.as_of is not None
    days = magnitude(entries.stale_after, _DAY, entries.calendar)
    possible = (entries.as_of - FIRST_DAY).days
    return entries.as_of - timedelta(days=int(min(days, possible)))


def dated_prices(entries: Entries) -> tuple[str, ...]:
    """Return the names of the inputs whose age is checked: those in a currency; none unless the ledger checks ages."""
    if entries.stale_after is None:
        return ()
    inputs = entries.inputs.items()
    return tuple(name for name, entry in inputs if isinstance(entry, Assumption) and entry.unit.currencies)


def stale_prices(entries: Entries, option: str) -> tuple[str, ...]:
    """Return the names of the inputs that are out of date in an option."""
    names = dated_prices(entries)
    if not names:
        return ()
    first = oldest_price(entries)
    dates = {name: entries.setting(name, option).figure.as_of for name in names}
    return tuple(name for name, held in dates.items() if held is not None and held < first)


def stale_rule(entries: Entries) -> str:
    """Say what is checked: prices older than an age on a day."""
    return f"Prices older than {entries.stale_after} on {entries.as_of}"
