"""Published figures against what the templates give: computed, difference, verdict."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Literal

import attrs

from unitledger.errors import InputsFileError, LedgerError
from unitledger.ledger import Ledger
from unitledger.templates._registry import find
from unitledger.templates.published.case import cases
from unitledger.units import Unit, magnitude
from unitledger.workbook.published import Case, Published

Verdict = Literal["agrees", "differs", "holds", "does not hold", "not published"]

_FLOAT = 1e-12
"""Allowance on the rounding itself, so that a figure at its very edge counts as agreeing."""


@attrs.frozen
class Reconciled(Published):
    """A published figure with a verdict on it."""

    @property
    def difference(self) -> float | None:
        """Computed less published, in the case's unit; None where nothing is published."""
        return None if self.case.published is None else self.computed - self.case.published

    @property
    def relative_difference(self) -> float | None:
        """The difference as a share of what is published; None where nothing is, or where that is 0."""
        return None if not self.case.published or self.difference is None else self.difference / self.case.published

    @property
    def verdict(self) -> Verdict:
        """Whether print and computation agree within the rounding of the print; whether a bound holds."""
        published, rounding = self.case.published, self.case.rounding
        if published is None or rounding is None:
            return "not published"
        slack = abs(published) * rounding * (1 + _FLOAT)
        low_enough, high_enough = self.computed <= published + slack, self.computed >= published - slack
        match self.case.bound:
            case "":
                return "agrees" if low_enough and high_enough else "differs"
            case "at most":
                met = low_enough
            case "at least":
                met = high_enough and (self.case.most is None or self.computed <= self.case.most * published)
            case "about":
                met = low_enough and high_enough
        return "holds" if met else "does not hold"

    @property
    def explained(self) -> bool:
        """Whether the verdict is what the note leads to expect: only a document's own error makes a difference."""
        if self.case.kind == "DOC" and self.case.published is not None:
            return self.verdict == "differs"
        return self.verdict in {"agrees", "holds", "not published"}


def reconcile(template: str | None = None) -> tuple[Reconciled, ...]:
    """Return the published figures of a template, or of all, each with the figure that the template gives.

    Raises UnknownName for a template that there is none of, InputsFileError for a case that its ledger refuses.
    """
    return tuple(
        Reconciled(case, _computed(ledger, case))
        for name, group in groupby(cases(template), attrgetter("template"))
        for ledger in (find(name)(),)
        for case in group
    )


def _computed(ledger: Ledger, case: Case) -> float:
    try:
        if case.settings:
            ledger = ledger.with_settings({case.option: case.settings})
        return magnitude(ledger.value(case.output, case.option), Unit.parse(case.unit), ledger.calendar)
    except LedgerError as refused:
        raise InputsFileError(f"{case.template}.csv, case {case.case}: {refused}") from refused
