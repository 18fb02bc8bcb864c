"""What the commands share that can state a template in another currency: --currency and its exchange rates."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import attrs
import click

from unitledger.cli.refusal import Refusal
from unitledger.errors import MissingRate
from unitledger.ledger import Ledger
from unitledger.model import Assumption, Figure
from unitledger.templates import catalog
from unitledger.units import Q, Unit
from unitledger.views import origin

_Command = Callable[..., None]
_RATES = "exchange_rate"
_GIVEN = "given on the command line"


@attrs.frozen
class Currency:
    """The reporting currency asked for, if any; its exchange rates as typed, with their source and day."""

    name: str | None = None
    rates: tuple[str, ...] = ()
    source: str | None = None
    as_of: str | None = None

    def reported(self, ledger: Ledger) -> Ledger:
        """Return the ledger in the currency asked for: at the rates given, its own, else those of the catalog.

        Raises Refusal for a rate without a currency, and where no rate is known; LedgerError for what does not fit.
        """
        if self.name is None:
            if self.rates or self.source or self.as_of:
                raise Refusal("--rate and what follows it need --currency, such as --currency CNY.")
            return ledger
        if not self.rates and (self.source or self.as_of):
            raise Refusal("--rate-source and --rate-as-of belong to a --rate, such as --rate '7.1 CNY/USD'.")
        rates = [
            rate if _is_name(ledger, rate) else Figure(rate, self.source or _GIVEN, self.as_of) for rate in self.rates
        ]
        known = _catalogued()
        while True:
            try:
                return ledger.reported_in(self.name, rates)
            except MissingRate as missing:
                said, unit = missing.args
                figure = known.pop(Unit.parse(unit).currencies, None)
                if figure is None:
                    wanted = f"--rate '... {unit}' --rate-source '...' --rate-as-of year-month-day"
                    raise Refusal(f"{said} The catalog has none either. Give one: {wanted}.") from None
                rates.append(figure)


def told(ledger: Ledger) -> list[str]:
    """Say in which currency a ledger is reported and at which rates; nothing for one that is not."""
    if ledger.reporting is None:
        return []
    currency = ledger.reporting.currency
    if not ledger.reporting.rates:
        return [f"All amounts are in {currency} already."]
    said = [f"{ledger.value(name)} [{_origin(ledger, name)}]" for name in ledger.reporting.rates]
    return [f"In {currency} at {', '.join(said)}."]


def as_json(ledger: Ledger) -> dict[str, object]:
    """Return the same for programs; nothing for a ledger that is not reported."""
    if ledger.reporting is None:
        return {}
    rates = {
        name: {"value": float(ledger.value(name).magnitude), "unit": str(ledger.unit(name))}
        | {"source": _origin(ledger, name)}
        for name in ledger.reporting.rates
    }
    return {"reporting": {"currency": ledger.reporting.currency, "rates": rates}}


def take_currency(command: _Command) -> _Command:
    """Give a command --currency and what belongs to it; it receives them as `currency`, a `Currency`."""

    @wraps(command)
    def receive(*, currency: str | None, rates: tuple[str, ...], **more: Any) -> None:
        held = Currency(currency, rates, more.pop("rate_source"), more.pop("rate_as_of"))
        command(currency=held, **more)

    taken: _Command = receive
    for option in (
        click.option("--rate-as-of", metavar="DATE", help="The day of the exchange rate, such as 2023-11-01."),
        click.option("--rate-source", metavar="TEXT", help="Where the exchange rate is from."),
        click.option(
            "--rate",
            "rates",
            multiple=True,
            metavar="RATE",
            help="An exchange rate such as '7.1 CNY/USD', or an input that is one; else the catalog's. Repeatable.",
        ),
        click.option("--currency", metavar="CODE", help="State the key figures in this currency too, such as CNY."),
    ):
        taken = option(taken)
    return taken


def _is_name(ledger: Ledger, rate: str) -> bool:
    return rate in ledger or rate.isidentifier()


def _catalogued() -> dict[frozenset[str], Figure]:
    """Return the exchange rates of the catalog, by their two currencies."""
    entry = catalog.price(_RATES)
    figures = [entry.figure(field) for field in entry.fields]
    return {Unit.of(Q(figure.quantity)).currencies: figure for figure in figures}


def _origin(ledger: Ledger, name: str) -> str:
    entry = ledger[name]
    return origin(entry.setting.figure) if isinstance(entry, Assumption) else entry.label
