"""Putting a cost line on the bill: its literal terms become assumptions, and its formula becomes a line."""

from __future__ import annotations

import warnings
from decimal import Decimal
from numbers import Real

import attrs

from unitledger.errors import ExpressionError, QuantityError, UnitMismatch
from unitledger.expression import ZERO, Expression, Kind, Operand, check_extent, lower, spelled
from unitledger.expression.digits import canonical
from unitledger.model.entry.figure import Bounds, Figure
from unitledger.model.entry.line import Line
from unitledger.model.entry.names import in_words
from unitledger.model.entry.settle import Given, Limits, given_quantity
from unitledger.model.held.entries import Entries
from unitledger.model.held.narrowed import Narrowed, narrow, narrowed
from unitledger.model.written.costline import CostLine, TermRule, cost_of, result_unit, term_rules
from unitledger.model.written.record import add_assumption, add_line, check_references
from unitledger.units import DIMENSIONLESS, Quantity, Unit


class SharedAssumption(UserWarning):
    """The same quantity was typed into two lines; one shared assumption would keep them equal."""


def add_cost(
    entries: Entries, cost: CostLine, name: str | None, unit: str | None, *, label: str, limits: Limits
) -> Line:
    """Append a cost line and the assumptions that its literal terms become.

    Without a name it takes its class's name and label, without a label that of its class or of the name given.
    """
    if not isinstance(cost, CostLine):
        raise ExpressionError(f"add() takes a cost line, not {cost!r:.60}. For a formula use line(name, formula).")
    label = label or ("" if name else cost.label)
    name = name or cost.line_name()
    label = label or in_words(name)
    slots: dict[str, _Slot] = {}
    operands = {}
    for term, rule in term_rules(cost).items():
        given = getattr(cost, term)
        if given is None and rule.default is None:
            continue
        slot = slots[term] = _Slot(entries, name, label, term, rule)
        operands[term] = slot.checked(given.expression) if isinstance(given, Operand) else slot.assumed(given)
    formula = cost_of(cost, name, operands)
    found = _kind(entries, name, formula)
    target = unit or (result_unit(cost, found) if isinstance(found, Unit) else None)
    note = (type(cost).__doc__ or "").strip().partition("\n")[0]
    kept = [slot.kept(operands[term]) for term, slot in slots.items()]
    made = add_line(entries, name, formula, unit=target, label=label, note=note, limits=limits)
    narrow(entries, kept)
    return made


def _kind(entries: Entries, name: str, formula: Expression) -> Kind:
    check_extent(formula, f"Line {name!r}")
    return lower(formula, name, None, entries.calendar).kind


@attrs.frozen
class _Slot:
    """Where a term of a cost line goes: the ledger, the line's name and label, the term and what it must be."""

    entries: Entries
    line: str
    label: str
    term: str
    rule: TermRule

    @property
    def what(self) -> str:
        """What messages begin with."""
        return f"Line {self.line!r}, term {self.term!r}"

    def checked(self, given: Expression) -> Expression:
        """Return the formula given once its unit is found to be what the term asks."""
        check_references(self.entries, self.what, given)
        kind = _kind(self.entries, self.line, given)
        found = DIMENSIONLESS if kind is ZERO else kind
        if not isinstance(found, Unit):
            raise UnitMismatch(f"{self.what}: expected {self.rule.unit.spelling}, got {spelled(found)}.")
        self.rule.check(self.what, self.term, found, found.spelling)
        return given

    def assumed(self, given: Given) -> Expression:
        """Return a reference to the assumption that a quantity becomes."""
        rule, full = self.rule, f"{self.line}.{self.term}"
        bare = isinstance(given, Real | Decimal) and not isinstance(given, bool)
        is_default = given is rule.default or (bare and given == rule.default)
        if bare:
            number = f"{given} {rule.unit.spelling}"
            if not is_default:
                raise QuantityError(
                    f"{self.what} ({rule.label}): {given} has no unit. Write '{number}', or the number in the unit "
                    "that is meant."
                )
            given = number
        section = self.entries._section
        figure = Figure.of(given).completed(section.figure)
        quantity = given_quantity(figure.quantity, self.what)
        unit = Unit.of(quantity)
        rule.check(self.what, self.term, unit, str(quantity))
        if not is_default and full not in self.entries:
            self._warn_of_twin(full, quantity)
        limits = Limits.of(self._bounds(unit), unit).within(section.limits)
        return add_assumption(self.entries, full, figure, f"{self.label}: {rule.label}", limits).expression

    def kept(self, given: Expression) -> Narrowed | None:
        """Return the bounds that an input is to keep that is given. Raises ValueRefused where it does not."""
        return narrowed(self.entries, given, self._bounds, self.what)

    def _bounds(self, unit: Unit) -> Bounds:
        """Return the hard bounds in the unit of what is given; counting units and the currency go with it."""
        rule, calendar = self.rule, self.entries.calendar
        bounds = rule.limits.settled(rule.unit, self.what, calendar)
        size = float(rule.unit.size(calendar) / unit.size(calendar))
        least, most = (None if end is None else canonical(end * size) for end in (bounds.least, bounds.most))
        return attrs.evolve(bounds, least=least, most=most)

    def _warn_of_twin(self, name: str, quantity: Quantity) -> None:
        term = self.term
        twin = self.entries._typed.setdefault((term, quantity.magnitude, Unit.of(quantity)), name)
        if twin != name:
            warnings.warn(
                f"{name!r} and {twin!r} are both {quantity}. If they are one thing, write it once: "
                f"{term} = book.assume({term!r}, '{quantity}'), then {term}={term} in both lines.",
                SharedAssumption,
                # The caller of Builder.add.
                stacklevel=5,
            )
