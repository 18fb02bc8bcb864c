"""Quotients of what may be nothing."""

from __future__ import annotations

from unitledger import when
from unitledger.expression import Operand


def over(above: Operand, below: Operand) -> Operand:
    """Return a quotient, 0 where there is nothing to divide by."""
    return when(below > 0, above / below, 0)
