"""What is named in a ledger: an operand that knows where it was made, and what it is in each option."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

import attrs

from unitledger.errors import ExpressionError, LedgerError
from unitledger.expression import Along, Expression, Forms, Home, Operand, Reference, Span
from unitledger.model.entry.axis import ONE_FIGURE, Items, Timeline, cell_name
from unitledger.model.entry.figure import Setting
from unitledger.model.entry.shown import Shown
from unitledger.units import Quantity, Unit


class ReplacedLedger(UserWarning):
    """An entry was read in the ledger that it was made in, after edits of a workbook had been applied to that."""


class Evaluated:
    """A ledger as an entry sees it: something that knows its values."""

    title: str
    # The forms of its formulas.
    _forms: Forms
    # The workbook whose edits were applied to this ledger, giving a new one; empty for none.
    _replaced_by = ""

    def value(self, name: Named, option: str | None = None) -> Quantity:
        """Return the value of an entry in an option (the base option when none is named)."""
        raise NotImplementedError

    def close(self, name: str, added: Sequence[Operand], removed: Sequence[Operand]) -> object:
        """Say what is added to a balance and what is removed in a period."""
        raise NotImplementedError

    def setting(self, name: Named, option: str | None = None) -> Setting:
        """Return what an input is set to in an option (the base option when none is named)."""
        raise NotImplementedError


@attrs.frozen(order=False)
class Entry(Shown, Operand):
    """What all entries have: a name, the ledger that holds them, and the one that they were made in.

    A copy of a ledger holds entries of its own with the same `home`, so that an entry of either works in formulas and
    as `book.value(entry)` of both. Two entries are equal when they say the same, wherever they are.
    """

    name: str
    ledger: Evaluated = attrs.field(kw_only=True, eq=False, repr=False)
    home: Home = attrs.field(kw_only=True, eq=False, repr=False)

    def _read_in(self, levels: int = 3) -> Evaluated:
        """Return the ledger to read, with a warning to the caller so many levels up if edits have replaced it."""
        ledger = self.ledger
        if ledger._replaced_by:
            warnings.warn(
                f"{self.name!r} is read in {ledger.title!r} as it was before the edits of {ledger._replaced_by} were "
                "applied. Ask the ledger that apply() returned: book.value(entry), or book[name].value.",
                ReplacedLedger,
                stacklevel=levels,
            )
        return ledger

    def _shown(self) -> str:
        """Return the entry as a notebook shows it, also where it has no value."""
        try:
            return str(self)
        except LedgerError as refused:
            return f"{self.name}: {refused}"


def mark_replaced(ledger: Evaluated, file: str) -> None:
    """Say that the edits of a workbook were applied to a ledger, which gave a new one; reading the old one warns."""
    ledger._replaced_by = file


Named: TypeAlias = str | Entry
"""What stands for an entry: its name, or itself or that of a copy."""


@attrs.frozen(order=False)
class Figured(Entry):
    """An entry that is a quantity."""

    unit: Unit

    @cached_property
    def expression(self) -> Expression:
        """A reference to this entry."""
        return Reference(self.name, self.unit, self.home)

    @property
    def over(self) -> Timeline:
        """The timeline of an entry that has a figure in each period. Raises ExpressionError for any other."""
        found = getattr(self, "axis", None)
        if not isinstance(found, Timeline):
            raise ExpressionError(ONE_FIGURE.format(repr(self.name)))
        return found

    @property
    def opening(self) -> Along:
        """What it was at the beginning of the period: its figure in the period before, in the first its opening."""
        return Along(self.expression, Span.BEFORE)

    def closing(self) -> Expression:
        """What it is in the last period. Raises ExpressionError for an entry without periods."""
        return self[self.over.labels[-1]]

    def __getitem__(self, period: str) -> Expression:
        """The figure of one period, such as "2026-04", or of one item of a table, wherever that stands.

        Raises UnknownName, ExpressionError without periods or items.
        """
        found = getattr(self, "axis", None)
        if isinstance(found, Items):
            return found.at(period, self)
        axis = self.over
        return Reference(cell_name(self.name, axis.labels[axis.place(period)]), self.unit, self.home)

    @property
    def value(self) -> Quantity:
        """Value in the base option, in the entry's unit. Raises CalculationError where there is none."""
        return self._read_in().value(self.name)

    def in_option(self, option: str) -> Quantity:
        """Return the value in an option. Raises UnknownName for one that is not there, else like `value`."""
        return self._read_in().value(self.name, option)

    def __str__(self) -> str:
        return f"{self.name} = {self._read_in().value(self.name)}"
