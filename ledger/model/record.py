"""Making entries: each function checks what the caller gave and appends one frozen entry."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

from unitledger.errors import (
    CircularLedger,
    ExpressionError,
    NameRefused,
    UnitMismatch,
    UnknownName,
    ValueRefused,
    did_you_mean,
)
from unitledger.expression import (
    LOGICAL,
    ZERO,
    Expression,
    Operand,
    Reference,
    expression_of,
    leaves,
    lower,
    spelled,
)
from unitledger.model.costline import CostLine, check_term, cost_of, result_unit, term_rules
from unitledger.model.figure import Figure
from unitledger.model.inputs import Assumption, Choice, Constant, Setting
from unitledger.model.line import Alert, Line, Option
from unitledger.model.names import in_words, labelled
from unitledger.model.settle import bound, bounded, setting_of, stored
from unitledger.units import DIMENSIONLESS, Q, Quantity, Unit

if TYPE_CHECKING:
    from unitledger.model.entries import Entries, Given


class SharedAssumption(UserWarning):
    """The same quantity was typed into two lines; one shared assumption would keep them equal."""


def add_assumption(
    entries: Entries,
    name: str,
    figure: Figure,
    label: str,
    *,
    minimum: Quantity | str | float | None = None,
    maximum: Quantity | str | float | None = None,
    unit: Unit | None = None,
) -> Assumption:
    """Append an assumption in `unit`, or in the unit of its figure."""
    what = f"Input {name!r}"
    unit = unit or Unit.of(_quantity(figure, what))
    least = bound(minimum, unit, f"{what}, minimum", entries.calendar)
    most = bound(maximum, unit, f"{what}, maximum", entries.calendar)
    setting = bounded(name, unit, figure, (least, most), entries.calendar)
    name, label = entries.claim(name, label or in_words(name), "input")
    made = Assumption(name, setting, label, entries.current_section, unit, least, most)
    entries.inputs[name] = made
    return made


def _quantity(figure: Figure, what: str) -> Quantity:
    try:
        return Q(figure.quantity)
    except ValueError as broken:
        raise type(broken)(f"{what}: {broken}") from None


def add_choice(entries: Entries, name: str, words: tuple[str, ...], figure: Figure, label: str) -> Choice:
    """Append a choice. Raises ValueRefused for a list of words that a dropdown or MATCH could not tell apart."""
    if not words:
        raise ValueRefused(f"Choice {name!r} has no words to choose from.")
    for word in words:
        if not word.strip() or any(sign in word for sign in '*?~",'):
            raise ValueRefused(f'Choice {name!r}: {word!r} cannot be a word of a list (empty, or one of * ? ~ " ,).')
    if len({word.casefold() for word in words}) < len(words):
        raise ValueRefused(f"Choice {name!r}: words must differ in more than case: {', '.join(words)}.")
    unset = Choice(name, Setting(words[0], figure), label or in_words(name), entries.current_section, words)
    setting = setting_of(unset, figure, entries.calendar)
    entries.claim(name, unset.label, "input")
    made = Choice(name, setting, unset.label, unset.section, words)
    entries.inputs[name] = made
    return made


def add_constant(entries: Entries, name: str, figure: Figure, label: str) -> Constant:
    """Append a constant whose unit is that of its figure."""
    what = f"Constant {name!r}"
    unit = Unit.of(_quantity(figure, what))
    magnitude = stored(figure.quantity, unit, what, entries.calendar)
    name, label = entries.claim(name, label or in_words(name), "constant")
    made = Constant(name, magnitude, unit, figure, label)
    entries.constants[name] = made
    return made


def add_line(
    entries: Entries,
    name: str,
    formula: object,
    *,
    unit: Unit | str | None,
    label: str,
    note: str,
    parts: tuple[Expression, ...] = (),
) -> Line:
    """Append a line; its formula is checked against what is there already, and lowered."""
    written = expression_of(formula)
    _check_references(entries, name, written)
    declared = Unit.parse(unit) if isinstance(unit, str) else unit
    lowered = lower(written, name, declared, entries.calendar)
    kind = lowered.kind
    if declared is None and isinstance(kind, Unit):
        plain = kind.simplified()
        if plain != kind:
            lowered = lower(written, name, plain, entries.calendar)
        kind = plain
    if kind is ZERO:
        kind = DIMENSIONLESS
    if not isinstance(kind, Unit):
        raise UnitMismatch(
            f"Line {name!r} is {spelled(kind)}, not a number. Write when(condition, a, b), "
            "or use alert(condition, text)."
        )
    name, label = entries.claim(name, label or in_words(name), "line")
    made = Line(name, written, lowered.expression, kind, label, entries.current_section, note, parts, entries)
    entries.lines[name] = made
    return made


def _check_references(entries: Entries, name: str, formula: Expression) -> None:
    for leaf in leaves(formula):
        if not isinstance(leaf, Reference):
            continue
        if leaf.name == name:
            raise CircularLedger(f"Line {name!r} refers to itself: {name} -> {name}.")
        if leaf.name not in entries:
            known = [*entries.lines, *entries.inputs, *entries.constants]
            raise UnknownName(
                f"Line {name!r} refers to {leaf.name!r}, which is not in {entries.title!r}."
                f"{did_you_mean(leaf.name, known)}"
            )
        here = entries[leaf.name].expression
        if isinstance(here, Reference) and here.kind != leaf.kind:
            raise UnitMismatch(
                f"Line {name!r} takes {leaf.name!r} from another ledger, where it is {spelled(leaf.kind)}; in "
                f"{entries.title!r} it is {spelled(here.kind)}. Use the one of this ledger, or include() the other."
            )


def add_cost(entries: Entries, cost: CostLine, name: str | None, unit: str | None, label: str) -> Line:
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
        full = f"{name}.{term}"
        if isinstance(given, Operand):
            operands[term] = given.expression
            lowered = lower(operands[term], name, None, entries.calendar)
            found = DIMENSIONLESS if lowered.kind is ZERO else lowered.kind
            if not isinstance(found, Unit):
                raise UnitMismatch(
                    f"Line {name!r}, term {term!r}: expected {rule.unit.spelling}, got {spelled(found)}."
                )
            check_term(name, term, rule, found, found.spelling)
            continue
        figure = Figure.of(given if not _plain(given) else f"{given} {rule.unit.spelling}")
        figure = figure.completed(as_of=entries.as_of, owner=entries.owner)
        quantity = _quantity(figure, f"Line {name!r}, term {term!r}")
        check_term(name, term, rule, Unit.of(quantity), str(quantity))
        if given is not rule.default:
            _warn_of_twin(entries, full, quantity)
        made = add_assumption(
            entries, full, figure, f"{label}: {rule.label}", minimum=rule.minimum, maximum=rule.maximum
        )
        operands[term] = made.expression
    formula = cost_of(cost, name, operands)
    found = lower(formula, name, None, entries.calendar).kind
    target = unit or (result_unit(cost, found) if isinstance(found, Unit) else None)
    note = (type(cost).__doc__ or "").strip().partition("\n")[0]
    return add_line(entries, name, formula, unit=target, label=label, note=note)


def _plain(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


def _warn_of_twin(entries: Entries, name: str, quantity: Quantity) -> None:
    term = name.rpartition(".")[2]
    twin = entries.typed.setdefault((term, quantity.magnitude, Unit.of(quantity)), name)
    if twin != name:
        warnings.warn(
            f"{name!r} and {twin!r} are both {quantity}. If they are one thing, write it once: "
            f"{term} = book.assume({term!r}, '{quantity}'), then {term}={term} in both lines.",
            SharedAssumption,
            stacklevel=4,
        )


def add_option(entries: Entries, name: str, settings: Mapping[str, Given], shared: Figure) -> Option:
    """Append an option; `shared` holds the provenance of settings that bring none."""
    labelled(name, "an option")
    if name.casefold() in {other.casefold() for other in entries.options}:
        raise NameRefused(f"There is already an option named {name!r}; options must differ in more than case.")
    settled = {}
    for target, given in settings.items():
        figure = Figure.of(given).completed(
            source=shared.source, as_of=shared.as_of, owner=shared.owner, note=shared.note
        )
        settled[target] = setting_of(entries.input(target), figure, entries.calendar)
    made = Option(name, settled)
    entries.options[name] = made
    return made


def add_alert(entries: Entries, condition: Operand, text: str) -> Alert:
    """Append an alert. Raises UnitMismatch when the condition is not true or false."""
    name = f"alert_{len(entries.alerts) + 1}"
    written = expression_of(condition)
    _check_references(entries, name, written)
    lowered = lower(written, name, None, entries.calendar)
    if lowered.kind is not LOGICAL:
        raise UnitMismatch(
            f"Alert {text!r:.60}: its condition is {spelled(lowered.kind)}; it must be true or false, such as a > b."
        )
    made = Alert(name, written, lowered.expression, labelled(text, "an alert"))
    entries.alerts = (*entries.alerts, made)
    return made
