"""Quotients that templates share."""

from __future__ import annotations

from unitledger import when
from unitledger.expression import Operand


def over(above: Operand, below: Operand) -> Operand:
    """Return a quotient, 0 where there is nothing to divide by."""
    return when(below > 0, above / below, 0)


def balanced_batch(balance: Operand, weight_size: Operand, work: Operand) -> Operand:
    """Return the batch from which arithmetic and no longer memory sets the pace.

    `balance`: work that a card does for a byte that it reads; `work`: of a parameter for a token.
    """
    return balance * weight_size / work
