"""Stating the key figures of a ledger in another currency, through exchange rates that are inputs like any other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy as copied
from fractions import Fraction
from typing import TypeAlias, TypeVar

import attrs

from unitledger.errors import ExpressionError, MissingRate, QuantityError, UnitMismatch, ValueRefused
from unitledger.expression import Operand, Reference
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.inputs import Assumption, Choice, Constant, Words
from unitledger.model.entry.line import Headline, Line, Reporting
from unitledger.model.entry.names import legal
from unitledger.model.entry.settle import Limits, given_quantity
from unitledger.model.held.entries import Entries, own_entry
from unitledger.model.written import record
from unitledger.units import AnyQuantity, Unit

_E = TypeVar("_E", bound=Entries)

SECTION = "Reporting currency"

Rate: TypeAlias = AnyQuantity | str | Figure | Operand
"""An exchange rate: a quantity with or without its source, or an entry of the ledger (or its name) that is one."""

_Rate: TypeAlias = Assumption | Constant | Line
"""An exchange rate as an entry of the ledger."""


def key_figures(entries: Entries) -> tuple[str, ...]:
    """Return the lines to show first: the headline and what stands beside it, else the totals, else the last amount.

    Where there is no headline, each is preceded by the line that states it in the reporting currency.
    """
    if entries.answer is not None:
        return tuple(dict.fromkeys((entries.answer.line, *entries.answer.beside)))
    stated = {} if entries.reporting is None else entries.reporting.lines
    amounts = [name for name, line in entries.lines.items() if not line.unit.is_date]
    own = [name for name in amounts if name not in stated.values()]
    shown = [name for name in own if entries.lines[name].parts] or own[-1:]
    return _led(shown, stated)


def _led(shown: Iterable[str], stated: Mapping[str, str]) -> tuple[str, ...]:
    """Return names of lines, each after that of the line that states it in the reporting currency."""
    return tuple(each for name in shown for each in (stated.get(name), name) if each)


def reported_in(entries: _E, currency: str, rates: Sequence[Rate], shared: Figure) -> _E:
    """Return a copy that states each key figure in `currency` too; `shared`: provenance of rates that bring none."""
    wanted = _currency(currency)
    if entries.reporting is not None:
        raise ValueRefused(
            f"{entries.title!r} is reported in {entries.reporting.currency} already. Report the ledger that it was "
            f"made from in {wanted}."
        )
    shown = key_figures(entries)
    money = {name: entries.lines[name] for name in shown if "[currency]" in dict(entries.lines[name].unit.physical)}
    if not money:
        raise ValueRefused(
            f"No key figure of {entries.title!r} is an amount of money ({', '.join(shown)}); nothing can be stated in "
            f"{wanted}."
        )
    offered = _offered(entries, wanted, rates, shared)
    copy = copied(entries)
    outer, copy._section = copy._section, attrs.evolve(copy._section, title=SECTION)
    used: dict[str, _Rate] = {}
    for line in money.values():
        for source in _foreign(line, wanted):
            if source not in used:
                used[source] = _used(copy, offered, line, source, wanted)
    stated = {name: _stated(copy, line, used, wanted) for name, line in money.items() if _foreign(line, wanted)}
    copy._section = outer
    copy.reporting = Reporting(wanted, tuple(rate.name for rate in used.values()), stated)
    if copy.answer is not None:
        first, *beside = _led(shown, stated)
        copy.answer = Headline(first, copy.answer.better, tuple(beside))
    return copy


def _currency(given: str) -> str:
    unit = Unit.parse(given)
    for currency in unit.currencies:
        if unit == Unit.parse(currency):
            return currency
    raise ValueRefused(f"{given!r} is no currency to report in; name one such as CNY.")


def _foreign(line: Line, wanted: str) -> list[str]:
    """Currencies of a line other than the one wanted."""
    return sorted(line.unit.currencies - {wanted})


def _is_exchange_rate(unit: Unit, wanted: str) -> bool:
    """Whether a unit is a currency for another, such as CNY/USD, and one of them the one wanted."""
    powers = sorted(power for _, power in unit.dimension)
    return powers == [-1, 1] and len(unit.currencies) == len(unit.dimension) and wanted in unit.currencies


def _multiplies(rate: Unit, wanted: str) -> bool:
    """Whether amounts are multiplied by a rate, because it counts the currency wanted, and not divided."""
    return dict(rate.dimension)[f"[{wanted}]"] > 0


@attrs.frozen
class _Offered:
    """An exchange rate that somebody gave: its unit, and a figure or the entry that it is."""

    unit: Unit
    given: Figure | _Rate

    def __str__(self) -> str:
        return str(self.given.quantity) if isinstance(self.given, Figure) else f"{self.given.name} [{self.unit}]"


def _offered(entries: Entries, wanted: str, rates: Sequence[Rate], shared: Figure) -> dict[str, _Offered]:
    """Return the rates that were given, by the other currency."""
    found: dict[str, _Offered] = {}
    for given in rates:
        rate = _read(entries, given, wanted, shared)
        (other,) = rate.unit.currencies - {wanted}
        if other in found:
            raise ValueRefused(
                f"Two exchange rates between {wanted} and {other} are given: {found[other]} and {rate}. Leave one out."
            )
        found[other] = rate
    return found


def _read(entries: Entries, given: Rate, wanted: str, shared: Figure) -> _Offered:
    if isinstance(given, Operand) or (isinstance(given, str) and (given in entries or given.isidentifier())):
        entry = _entry(entries, given)
        if not _is_exchange_rate(entry.unit, wanted):
            kind = "Input" if isinstance(entry, Assumption) else type(entry).__name__
            raise UnitMismatch(f"{kind} {entry.name!r} [{entry.unit}] is no exchange rate of {wanted}.")
        return _Offered(entry.unit, entry)
    figure = Figure.of(given).completed(shared).completed(entries._provenance)
    example = f"Give one such as '7.1 {wanted}/{'USD' if wanted != 'USD' else 'CNY'}'."
    try:
        quantity = given_quantity(figure.quantity, "The exchange rate")
    except QuantityError as broken:
        raise type(broken)(f"{broken} {example}") from None
    unit = Unit.of(quantity)
    if not _is_exchange_rate(unit, wanted):
        raise UnitMismatch(f"{quantity} is no exchange rate of {wanted}. {example}")
    if quantity.magnitude <= 0:
        raise ValueRefused(f"The exchange rate {quantity} is not above zero.")
    if figure.as_of is None:
        raise ValueRefused(
            f"The exchange rate {quantity} has no day, and {entries.title!r} has none either. Say as_of='...'."
        )
    return _Offered(unit, figure)


def _entry(entries: Entries, given: Operand | str) -> _Rate:
    node = given if isinstance(given, str) else given.expression
    name = node.name if isinstance(node, Reference) else node
    if not isinstance(name, str):
        raise ExpressionError("An exchange rate is a quantity or an entry of the ledger. Make a line of the formula.")
    if isinstance(node, Reference):
        own_entry(entries, node.name, node.home, "The exchange rate")
    entry = entries[legal(name)]
    if isinstance(entry, Choice | Words):
        raise UnitMismatch(f"{name!r} holds words and is no exchange rate.")
    if entries.along(name) is not None:
        raise ExpressionError(
            f"The exchange rate {name!r} has several figures, and key figures have one. Convert lines along the "
            "same periods or items with it, and add these up."
        )
    return entry


def _used(copy: Entries, offered: Mapping[str, _Offered], line: Line, source: str, wanted: str) -> _Rate:
    """Return the exchange rate from a currency, appended as an assumption unless it is in the ledger already."""
    pair = {source, wanted}
    inputs = [entry for entry in copy.inputs.values() if isinstance(entry, Assumption)]
    own = [entry for entry in inputs if entry.unit.currencies == pair and _is_exchange_rate(entry.unit, wanted)]
    if source not in offered and len(own) == 1:
        return own[0]
    if source not in offered:
        several = f" The ledger has {', '.join(entry.name for entry in own)}: name one of them." if own else ""
        raise MissingRate(
            f"Line {line.name!r} is in {line.unit}; no exchange rate from {source} to {wanted} is given.{several}",
            f"{wanted}/{source}",
        )
    rate = offered[source]
    if not isinstance(rate.given, Figure):
        return rate.given
    one, other = (wanted, source) if _multiplies(rate.unit, wanted) else (source, wanted)
    name = f"{one.casefold()}_per_{other.casefold()}"
    return record.add_assumption(copy, name, rate.given, f"{one} per {other}", Limits(above=0))


def _stated(copy: Entries, line: Line, used: Mapping[str, _Rate], wanted: str) -> str:
    """Append the line that states another in the currency wanted; return its name."""
    formula: Operand = line
    spelling = line.unit.spelling
    for source in _foreign(line, wanted):
        power = dict(line.unit.dimension)[f"[{source}]"]
        if power.denominator != 1:
            raise ValueRefused(f"Line {line.name!r} is in {line.unit}: a root of money has no amount in {wanted}.")
        rate = used[source]
        multiplies = (power > 0) == _multiplies(rate.unit, wanted)
        for _ in range(abs(int(power))):
            formula = formula * rate if multiplies else formula / rate
        spelling = re.sub(rf"(?<![A-Za-z])([kMGT]?){source}(?![A-Za-z])", rf"\1{wanted}", spelling)
    unit = _unit(line.unit, spelling, wanted)
    name = f"{line.name}_{wanted.casefold()}"
    return record.add_line(copy, name, formula, unit=unit, label=f"{line.label} in {wanted}").name


def _unit(unit: Unit, spelling: str, wanted: str) -> Unit | None:
    """Return the unit as spelled, if that is the line's own in the currency wanted; None: what the formula gives."""
    found = Unit.parse(spelling)
    amount = sum((power for part, power in unit.dimension if part.strip("[]") in unit.currencies), Fraction(0))
    return found if found.currencies == {wanted} and dict(found.dimension)[f"[{wanted}]"] == amount else None
