"""What an expression evaluates to: a quantity in some unit, true or false, text, the word of a choice, a bare zero."""

from __future__ import annotations

from enum import Enum

from unitledger.units import Unit


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
