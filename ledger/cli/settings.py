"""What the commands share that evaluate a template: --option, --set, --inputs, and the reporting currency."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from shlex import quote

import attrs
import click

from unitledger import notation, templates
from unitledger.cli.options import PATH, gathered, offer_inputs, offer_options
from unitledger.cli.output import STANDARD, Refusal, figure
from unitledger.errors import MissingRate, brief
from unitledger.files.text import LARGEST, decoded
from unitledger.ledger import Ledger
from unitledger.model import Assumption, Figure, by_cell, check_option
from unitledger.notation import quantity_text
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


def read(path: Path, ledger: Ledger) -> dict[str, dict[str, Figure]]:
    """Return what a .toml or .csv file sets differently from a ledger, by option and input; "-" is standard input.

    That is CSV where it begins with headings, else TOML. Raises InputsFileError, Refusal where it is closed.
    """
    if str(path) != STANDARD:
        return notation.read(path, ledger)
    file = "standard input"
    if sys.stdin is None:
        raise Refusal("Standard input is closed. Name a file after --inputs, or send one with | or <.")
    content = decoded(sys.stdin.buffer.read(LARGEST + 1), file)
    first = next(filter(None, map(str.strip, content.splitlines())), "")
    suffix = ".csv" if "name" in first.split(",") else ".toml"
    return notation.settled(notation.parsed(content, file, suffix, ledger), ledger, file)


@attrs.frozen
class Settings:
    """What the user asked for: the options to look at, the texts of --set, the file of --inputs, the currency."""

    options: tuple[str, ...]
    sets: tuple[str, ...]
    inputs: Path | None
    currency: Currency

    def ledger(self, template: str) -> tuple[Ledger, tuple[str, ...]]:
        """Return the template's ledger with everything set, and the names of the options to look at.

        The currency comes first, so that its rate can be set too, then the file, --set after it. Raises LedgerError
        for whatever does not fit.
        """
        return self._set(self.currency.ledger(template), self.options)

    def narrowed(self, template: str) -> Ledger:
        """Return the template's ledger with everything set, and with the options asked for as its only ones."""
        ledger, options = self.ledger(template)
        return ledger.only(*options) if self.options else ledger

    def of_workbook(self, template: str, file: Path) -> tuple[Ledger, bool]:
        """Return the same with the options that a workbook was built with, and whether nobody asked for so few.

        Raises Refusal where --option names others, LedgerError for whatever does not fit.
        """
        whole = self.currency.ledger(template)
        built = built_with(whole, file)
        asked = checked(whole, self.options)
        if asked and asked != built:
            flags = " ".join(f"--option {quote(option)}" for option in built)
            raise Refusal(
                f"{file.name} was built with the options {', '.join(built)}, not {', '.join(asked)}. "
                f"Give {flags}, or leave --option out."
            )
        ledger, _ = self._set(whole, built)
        return ledger.only(*built), not asked and built != tuple(whole.options)

    def _set(self, ledger: Ledger, options: tuple[str, ...]) -> tuple[Ledger, tuple[str, ...]]:
        if self.inputs is not None:
            ledger = ledger.with_settings(read(self.inputs, ledger))
        asked = checked(ledger, options) or tuple(ledger.options)
        return ledger.with_settings(changes(ledger, self.sets, asked)), asked


def checked(ledger: Ledger, options: Sequence[str]) -> tuple[str, ...]:
    """Return options, each once. Raises UnknownName for one that the ledger lacks."""
    return tuple(check_option(ledger, option) for option in dict.fromkeys(options))


def built_with(ledger: Ledger, file: Path) -> tuple[str, ...]:
    """Return the options that a workbook was built with. Raises Refusal where the ledger lacks one of them."""
    from unitledger.workbook import options_of

    built = options_of(ledger, file)
    if not set(built) <= set(ledger.options):
        raise Refusal(
            f"{file.name} was built with the options {brief(', '.join(built))}; {ledger.title!r} has "
            f"{', '.join(ledger.options)}. Take the template as it was when the workbook was built."
        )
    return built


take_set = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="NAME=QUANTITY",
    shell_complete=offer_inputs,
    help="Set an input in the options named, else in all; a bare number takes the input's unit.",
)

take_settings = gathered(
    "settings",
    Settings,
    click.option(
        "--option",
        "options",
        multiple=True,
        metavar="OPTION",
        shell_complete=offer_options,
        help="Look at this option only; may be repeated.",
    ),
    take_set,
    click.option(
        "--inputs",
        type=PATH,
        metavar="FILE",
        help="Take inputs from a .toml or .csv file, such as 'unitledger inputs' writes; - is standard input.",
    ),
    take_currency,
)
"""Gives a command --option, --set, --inputs, --currency and its rates; it receives `settings`, a `Settings`."""


def pairs(flag: str, texts: Sequence[str], form: str, example: str) -> dict[str, str]:
    """Return the two sides of each NAME=... text. Raises Refusal for one that is not, or for a name given twice."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, right = (part.strip() for part in text.partition("="))
        if not (name and equals and right):
            raise Refusal(f"{flag} {text!r}: expected {form}, such as {flag} {example}.")
        if name in found:
            raise Refusal(f"{flag} names {name!r} twice: {found[name]!r} and {right!r}. Leave one out.")
        found[name] = right
    return found


def changes(ledger: Ledger, sets: Sequence[str], options: Sequence[str]) -> dict[str, dict[str, Figure]]:
    """Return what --set changes, by option; ranges, owners and notes stay as they are."""
    changed: dict[str, dict[str, Figure]] = {option: {} for option in options}
    for name, text in by_cell(ledger, pairs("--set", sets, "NAME=QUANTITY", "load=50%")).items():
        target = ledger.input(name)
        for option in options:
            inherits = name not in ledger.options[option].settings
            if option != ledger.base and inherits and ledger.base in options:
                continue
            figure = ledger.setting(name, option).figure.unreviewed()
            changed[option][name] = attrs.evolve(
                figure, quantity=quantity_text(target, str(text)), source="set on the command line", as_of=None
            )
    return changed
