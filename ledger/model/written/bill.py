"""Putting a cost line on the bill: its literal terms become assumptions, and its formula becomes a line."""

from __future__ import annotations

import warnings
from decimal import Decimal
from numbers import Real

import attrs

from unitledger.errors import ExpressionError, QuantityError, UnitMismatch
from unitledger.expression import ZERO, Expression, Kind, Operand, check_extent, lower, spelled
from unitledger.expression.digits import canonical
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.line import Line
from unitledger.model.entry.names import in_words
from unitledger.model.entry.settle import Given, Limits, given_quantity
from unitledger.model.held.entries import Entries
from unitledger.model.written.costline import CostLine, TermRule, check_term, cost_of, result_unit, term_rules
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
    name, label = name or cost.line_name(), label or (in_words(name) if name else cost.line_label())
    operands = {}
    for term, rule in term_rules(cost).items():
        given = getattr(cost, term)
        if given is None and rule.default is None:
            continue
        if isinstance(given, Operand):
            operands[term] = _checked(entries, name, term, rule, given.expression)
        else:
            operands[term] = _assumed(entries, (name, label), term, rule, given)
    formula = cost_of(cost, name, operands)
    found = _kind(entries, name, formula)
    target = unit or (result_unit(cost, found) if isinstance(found, Unit) else None)
    note = (type(cost).__doc__ or "").strip().partition("\n")[0]
    return add_line(entries, name, formula, unit=target, label=label, note=note, limits=limits)


def _kind(entries: Entries, name: str, formula: Expression) -> Kind:
    check_extent(formula, f"Line {name!r}")
    return lower(formula, name, None, entries.calendar).kind


def _checked(entries: Entries, name: str, term: str, rule: TermRule, given: Expression) -> Expression:
    """Return the formula given for a term once its unit is found to be what the term asks."""
    check_references(entries, f"Line {name!r}, term {term!r}", given)
    kind = _kind(entries, name, given)
    found = DIMENSIONLESS if kind is ZERO else kind
    if not isinstance(found, Unit):
        raise UnitMismatch(f"Line {name!r}, term {term!r}: expected {rule.unit.spelling}, got {spelled(found)}.")
    check_term(name, term, rule, found, found.spelling)
    return given


def _assumed(entries: Entries, line: tuple[str, str], term: str, rule: TermRule, given: Given) -> Expression:
    """Return a reference to the assumption that a term's quantity becomes; `line` is a name and a label."""
    name, label = line
    full = f"{name}.{term}"
    bare = isinstance(given, Real | Decimal) and not isinstance(given, bool)
    is_default = given is rule.default or (bare and given == rule.default)
    if bare:
        number = f"{given} {rule.unit.spelling}"
        if not is_default:
            raise QuantityError(
                f"Line {name!r}, term {term!r} ({rule.label}): {given} has no unit. Write '{number}', or the "
                "number in the unit that is meant."
            )
        given = number
    figure = Figure.of(given).completed(entries._section.figure)
    quantity = given_quantity(figure.quantity, f"Line {name!r}, term {term!r}")
    unit = Unit.of(quantity)
    check_term(name, term, rule, unit, str(quantity))
    if not is_default and full not in entries:
        _warn_of_twin(entries, full, quantity)
    limits = _limits(entries, f"Line {name!r}, term {term!r}", rule, unit).within(entries._section.limits)
    return add_assumption(entries, full, figure, f"{label}: {rule.label}", limits).expression


def _limits(entries: Entries, what: str, rule: TermRule, unit: Unit) -> Limits:
    """Return a term's hard bounds in the unit of what it is given; counting units and the currency go with it."""
    bounds = rule.limits.settled(rule.unit, what, entries.calendar)
    size = rule.unit.size(entries.calendar) / unit.size(entries.calendar)
    least, most = (None if end is None else canonical(end * float(size)) for end in (bounds.least, bounds.most))
    return Limits.of(attrs.evolve(bounds, least=least, most=most), unit)


def _warn_of_twin(entries: Entries, name: str, quantity: Quantity) -> None:
    term = name.rpartition(".")[2]
    twin = entries._typed.setdefault((term, quantity.magnitude, Unit.of(quantity)), name)
    if twin != name:
        warnings.warn(
            f"{name!r} and {twin!r} are both {quantity}. If they are one thing, write it once: "
            f"{term} = book.assume({term!r}, '{quantity}'), then {term}={term} in both lines.",
            SharedAssumption,
            # The caller of Entries.add.
            stacklevel=5,
        )
