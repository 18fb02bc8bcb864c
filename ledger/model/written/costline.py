"""Cost lines as classes: what a line on the bill needs, and how its cost follows.

@cost_line
class Power(CostLine):
    draw: Term = term("kW", "draw at the wall")
    tariff: Term = term("USD/kWh", "all-in energy price")

    def cost(self):
        return self.draw * self.tariff
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from numbers import Real
from typing import Any, ClassVar, TypeAlias, TypeVar, cast, dataclass_transform

import attrs

from unitledger.errors import ExpressionError, QuantityError, UnitMismatch, ValueRefused, did_you_mean
from unitledger.expression import ZERO, Expression, Kind, Operand, check_extent, lower, spelled
from unitledger.expression.digits import canonical
from unitledger.expression.kind import correction
from unitledger.model.entry.figure import Bounds, Figure
from unitledger.model.entry.line import Line
from unitledger.model.entry.names import in_words
from unitledger.model.entry.settle import Given, Limits, Stated, as_given, given_quantity
from unitledger.model.held.entries import Entries
from unitledger.model.held.narrowed import Narrowed, narrow, narrowed
from unitledger.model.written.record import add_assumption, add_line, check_references
from unitledger.units import DIMENSIONLESS, Quantity, Unit

Term: TypeAlias = Any
"""What a term takes: a quantity or its text, a figure, an assumption, a choice, a line, or a formula of them."""

_TERM = "unitledger.term"
_RESERVED = frozenset({"cost", "label", "name", "unit"})
_T = TypeVar("_T", bound="type[CostLine]")


@attrs.frozen
class TermRule:
    """What a term must be: a unit (its physical and money part counts), a label, a default, hard bounds."""

    unit: Unit
    label: str
    default: Term
    limits: Limits
    per_any: bool
    any_unit: bool

    def check(self, what: str, name: str, unit: Unit, shown: str) -> None:
        """Raise UnitMismatch, beginning with `what`, when a unit is not physically, and in money or not, the term's."""
        if self.any_unit:
            return
        excess = (unit / self.unit).physical
        if excess and not (self.per_any and all(power < 0 for _, power in excess)):
            hint = correction(name, unit / unit.counting, self.unit / self.unit.counting)
            wanted = self.unit.spelling + (f", or {self.unit.spelling} per anything" if self.per_any else "")
            raise UnitMismatch(f"{what} ({self.label}): expected {wanted}, got {shown}. {hint}")


def term(
    unit: str,
    label: str,
    *,
    default: Term = attrs.NOTHING,
    minimum: Stated | None = None,
    maximum: Stated | None = None,
    above: Stated | None = None,
    whole: bool = False,
    per_any: bool = False,
    any_unit: bool = False,
) -> Any:
    """Declare a term of a cost line.

    `unit`: checked for its physical and money part (USD stands for any currency; counting units such as gpu and
    machine are carried along). `label`: what the bill calls it. `default`: a neutral value, as a bare number in the
    term's unit; None for a term that the line can do without, which `cost` then finds to be None. `minimum`,
    `maximum`, `above`, `whole`: hard bounds, as of an assumption, also of one that is given for the term; a bare number
    is in the term's unit and converted to that of the quantity given. `per_any`: the unit may stand per anything else,
    as USD does in USD/h and USD/kWh; its bounds can then only be 0. `any_unit`: it may measure anything. Raises
    ValueRefused for other bounds.
    """
    for bound in (minimum, maximum, above) if per_any else ():
        if bound is not None and as_given(bound, Unit.parse(unit), f"Term {label!r}").magnitude != 0:
            raise ValueRefused(
                f"Term {label!r} may stand per anything, so that no amount but 0 can bound it; {bound} cannot."
            )
    rule = TermRule(Unit.parse(unit), label, default, Limits(minimum, maximum, above, whole), per_any, any_unit)
    return attrs.field(default=default, metadata={_TERM: rule})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(term,))
def cost_line(cls: _T) -> _T:
    """Make a class of terms and a `cost` method a cost line: frozen, and with keyword arguments only.

    Raises ExpressionError when a term has the name of something that every cost line has.
    """
    made = attrs.frozen(kw_only=True, slots=False)(cls)
    fields: tuple[attrs.Attribute[Any], ...] = vars(made)["__attrs_attrs__"]
    for field in fields:
        if field.name in _RESERVED:
            raise ExpressionError(
                f"{cls.__name__}: no term can be called {field.name!r}, because every cost line has a {field.name} of "
                f"its own. Say what it is of, such as 'card_{field.name}'."
            )
    # attrs would say neither which term was meant nor what the terms are.
    type.__setattr__(made, "__init__", _by_name(cls.__name__, fields, vars(made)["__init__"]))
    return made


def _by_name(line: str, fields: tuple[attrs.Attribute[Any], ...], plain: Callable[..., None]) -> Callable[..., None]:
    """Return an `__init__` that says which term is unknown or missing before it calls the plain one."""
    names = [field.name for field in fields]
    needed = [field.name for field in fields if field.default is attrs.NOTHING]

    @wraps(plain)
    def init(self: CostLine, *given: object, **terms: object) -> None:
        if given:
            raise ExpressionError(f"{line} takes its terms by name, not {given[0]!r:.60}: {names[0]}=... and so on.")
        for term in terms:
            if term not in names:
                known = ", ".join(names)
                raise ExpressionError(f"{line} has no term {term!r}; it has {known}.{did_you_mean(term, names)}")
        missing = [name for name in needed if name not in terms]
        if missing:
            raise ExpressionError(f"{line} needs {', '.join(missing)} as well.")
        plain(self, **terms)

    return init


class CostLine:
    """Base of cost lines: subclasses declare terms and say what they cost in terms of them."""

    name: ClassVar[str] = ""
    label: ClassVar[str] = ""
    unit: ClassVar[str] = ""

    def cost(self) -> Operand:
        """Return the formula; every term stands for an operand."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it costs: define cost(self).")

    @classmethod
    def line_name(cls) -> str:
        """Return the name that a line gets when none is given: the class's own, or CacheHit becomes cache_hit."""
        return cls.name or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()


def term_rules(line: CostLine) -> dict[str, TermRule]:
    """Return the terms of a cost line by name. Raises ExpressionError when the class was not made by @cost_line."""
    if not attrs.has(type(line)):
        raise ExpressionError(f"{type(line).__name__} is not a cost line: put @cost_line above the class.")
    return {
        field.name: field.metadata[_TERM]
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(line)))
        if _TERM in field.metadata
    }


def cost_of(line: CostLine, name: str, operands: dict[str, Expression]) -> Expression:
    """Return the formula of a cost line whose terms stand for `operands`."""
    result = attrs.evolve(line, **operands).cost()  # type: ignore[misc]
    if not isinstance(result, Operand):
        raise ExpressionError(
            f"Line {name!r}: {type(line).__name__}.cost() returned {result!r:.60}, which is not a formula of its terms."
        )
    return result.expression


def result_unit(line: CostLine, found: Unit) -> Unit:
    """Return the unit of a cost line's result: the class's own with the formula's currency and counting units.

    A class that names no unit takes what its formula gives, composites cancelled (kW · USD/kWh is USD/h).
    """
    plain = found.simplified()
    if not line.unit:
        return plain
    declared = Unit.parse(line.unit)
    if len(plain.currencies) == 1 and len(declared.currencies) == 1:
        declared = declared * Unit.parse(min(plain.currencies)) / Unit.parse(min(declared.currencies))
    return (declared * (plain.counting / declared.counting).simplified()).simplified()


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
