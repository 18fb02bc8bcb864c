"""What an expression evaluates to: a quantity in some unit, true or false, text, the word of a choice, a bare zero.

Also what to say where units disagree: both in plain words, and the likely fix.
"""

from __future__ import annotations

from enum import Enum

from unitledger.units import DATE, Unit, measured


class Special(Enum):
    """The kinds that are not a unit; a bare zero fits any unit."""

    LOGICAL = "true or false"
    TEXT = "text"
    WORD = "the word of a choice"
    ZERO = "a bare 0"


LOGICAL = Special.LOGICAL
TEXT = Special.TEXT
WORD = Special.WORD
ZERO = Special.ZERO

Kind = Unit | Special


def spelled(kind: Kind) -> str:
    """Return a kind as a message shows it: the unit's own spelling, or the words of the special kind."""
    return kind.value if isinstance(kind, Special) else kind.spelling


def disagreement(verb: str, left: tuple[str, Kind], right: tuple[str, Kind]) -> str:
    """Return the message for two operands, each as (its words, its kind), that cannot be e.g. added."""
    said = f"cannot {verb} {spelled(left[1])} ({left[0]}) and {spelled(right[1])} ({right[0]})."
    if DATE in (left[1], right[1]):
        return f"{said} {BY_DATE}"
    if isinstance(left[1], Unit) and isinstance(right[1], Unit):
        return f"{said} {remedy(left[0], left[1], right[0], right[1])}"
    return f"{said} They are not of one kind."


def undeclared(found: Kind, declared: Unit) -> str:
    """Return the message for a result that is not of the unit its line declares."""
    if not isinstance(found, Unit):
        return f"the formula gives {spelled(found)}, but the line is declared in {declared.spelling}."
    plain = found.simplified()
    hint = BY_DATE if DATE in (declared, found) else remedy("the declared unit", declared, "the formula", plain)
    return f"the formula gives {plain.spelling}, but the line is declared in {declared.spelling}. {hint}"


A_DATE = "Write a date as year-month-day, such as '2026-01-31'."
BY_DATE = "A date can be moved by a time, subtracted from a date, and compared with one."


def by_word(choice: str) -> str:
    """Name the fix where a choice stands for a number."""
    return f"Write {choice}.select(...) for a figure by word, or {choice}.is_('...') for a condition."


def remedy(left: str, left_unit: Unit, right: str, right_unit: Unit) -> str:
    """Name the likely fix from what two units do not share; `left` and `right` are the operands' words."""
    ratio = left_unit / right_unit
    excess = dict(ratio.dimension)
    if left_unit.dimension == (right_unit**-1).dimension:
        return "One is the inverse of the other: the division is upside down."
    if rate := _exchange_rate(ratio):
        return (
            f"Two currencies need an exchange rate with a date: multiply {right} by "
            f"assume('exchange_rate', '... {rate}', source=..., as_of=...)."
        )
    if set(excess) == {"[time]"}:
        rate, total = (right, left) if excess["[time]"] > 0 else (left, right)
        return f"One is a rate over time and the other is not: multiply {rate} by a duration, or divide {total} by one."
    if ratio.counting.dimension == ratio.dimension:
        if len(excess) > 1:
            said = ratio.simplified().spelling
            return f"They differ by {said}: a count is missing in one, or one too many in the other."
        name = next(iter(excess)).strip("[]")
        fewer, more = (right, left) if sum(excess.values()) > 0 else (left, right)
        return (
            f"They differ by {name}: multiply {fewer} by a count such as '1 {name}', or divide {more} by one, "
            "so that both are for the same thing."
        )
    return f"They measure different things: {measured(left_unit)} against {measured(right_unit)}."


def correction(given: str, unit: Unit, asked: Unit) -> str:
    """Name the likely fix where only `given`, which is in `unit`, can change to be in the unit that is asked for."""
    if asked == DATE:
        return A_DATE
    if unit == DATE:
        return "A date is no amount; a time is written in days or months."
    missing = asked / unit
    bases = dict(missing.dimension)
    if asked.dimension == (unit**-1).dimension:
        return "It is upside down."
    if rate := _exchange_rate(missing):
        return (
            f"Convert it with an exchange rate that has a date: {given} * "
            f"assume('exchange_rate', '... {rate}', source=..., as_of=...)."
        )
    if set(bases) == {"[time]"}:
        if bases["[time]"] > 0:
            return "It is a rate over time where a total is asked for: multiply it by a duration."
        return "It lacks a time: divide it by a duration, or write what it is per hour, month or year."
    if missing.counting.dimension == missing.dimension:
        return f"Multiply it by a count in {missing.simplified().spelling}."
    return f"It measures {measured(unit)} where {measured(asked)} is asked for."


def _exchange_rate(missing: Unit) -> str:
    """Return the exchange rate in the unit to multiply by: USD/EUR from Mtoken/USD to Mtoken/EUR; "" for none."""
    powers = [(base.strip("[]"), power) for base, power in missing.dimension if base.strip("[]") in missing.currencies]
    above, below = ([name for name, power in powers if power * sign > 0] for sign in (1, -1))
    return f"{above[0]}/{below[0]}" if above and below else ""
