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
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, TypeAlias, TypeVar, cast, dataclass_transform

import attrs

from unitledger.errors import ExpressionError, UnitMismatch, ValueRefused, did_you_mean
from unitledger.expression import Expression, Operand
from unitledger.expression.kind import correction
from unitledger.model.entry.settle import Limits, Stated, as_given
from unitledger.units import Unit

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
