"""A template in another currency: --currency and its exchange rates."""

from __future__ import annotations

import attrs
import click

from unitledger import templates
from unitledger.cli.options import gathered
from unitledger.cli.output import Refusal, figure
from unitledger.errors import MissingRate
from unitledger.ledger import Ledger
from unitledger.model import Assumption, Figure
from unitledger.templates import catalog
from unitledger.units import Q, Unit
from unitledger.views import origin


@attrs.frozen
class Currency:
    """The reporting currency asked for, if any; its exchange rates as typed, with their source and day."""

    code: str | None
    rates: tuple[str, ...]
    rate_source: str | None
    rate_as_of: str | None

    def ledger(self, template: str) -> Ledger:
        """Return a template's ledger in the currency asked for: at the rates given, its own, else those of the catalog.

        Raises Refusal for a rate without a currency, and where no rate is known; LedgerError for what does not fit.
        """
        ledger = templates.find(template)()
        if self.code is None:
            if self.rates or self.rate_source or self.rate_as_of:
                raise Refusal("--rate and what follows it need --currency, such as --currency CNY.")
            return ledger
        if not self.rates and (self.rate_source or self.rate_as_of):
            raise Refusal("--rate-source and --rate-as-of belong to a --rate, such as --rate '7.1 CNY/USD'.")
        source = self.rate_source or "given on the command line"
        rates = [
            rate if rate in ledger or rate.isidentifier() else Figure(rate, source, self.rate_as_of)
            for rate in self.rates
        ]
        known = _catalogued()
        while True:
            try:
                return ledger.reported_in(self.code, rates)
            except MissingRate as missing:
                said, unit = missing.args
                rate = known.pop(Unit.parse(unit).currencies, None)
                if rate is None:
                    wanted = f"--rate '... {unit}' --rate-source '...' --rate-as-of year-month-day"
                    raise Refusal(f"{said} The catalog has none either. Give one: {wanted}.") from None
                rates.append(rate)


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
    rates = {name: {**figure(ledger.value(name)), "source": _origin(ledger, name)} for name in ledger.reporting.rates}
    return {"reporting": {"currency": ledger.reporting.currency, "rates": rates}}


take_currency = gathered(
    "currency",
    Currency,
    click.option("--currency", "code", metavar="CODE", help="State the key figures in this currency too, such as CNY."),
    click.option(
        "--rate",
        "rates",
        multiple=True,
        metavar="RATE",
        help="An exchange rate such as '7.1 CNY/USD', or an input that is one; else the catalog's. Repeatable.",
    ),
    click.option("--rate-source", metavar="TEXT", help="Where the exchange rate is from."),
    click.option("--rate-as-of", metavar="DATE", help="The day of the exchange rate, such as 2023-11-01."),
)
"""Gives a command --currency and what belongs to it; it receives them as `currency`, a `Currency`."""


def _catalogued() -> dict[frozenset[str], Figure]:
    """Return the exchange rates of the catalog, by their two currencies."""
    entry = catalog.price("exchange_rate")
    figures = [entry[field] for field in entry.fields]
    return {Unit.of(Q(figure.quantity)).currencies: figure for figure in figures}


def _origin(ledger: Ledger, name: str) -> str:
    entry = ledger[name]
    return origin(entry.setting.figure) if isinstance(entry, Assumption) else entry.label
