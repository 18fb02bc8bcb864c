"""Why a case has no value, in words: the line, its operands, and what arithmetic says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unitledger.expression import Expression, Kind, Reference, leaves, words
from unitledger.model import Choice, Entries
from unitledger.units import DIMENSIONLESS, Unit, quantity

TOO_LARGE = "it is too large to be a number"


def stated(stored: float, kind: Kind) -> str:
    """Return a stored magnitude as people write it, with its unit unless it is a plain number."""
    return str(quantity(stored, kind)) if isinstance(kind, Unit) and kind != DIMENSIONLESS else f"{stored:.6g}"


def stated_input(entries: Entries, name: str, held: Any) -> str:
    """Return what an input is as people write it: the word of a choice, a quantity, or how many items have one."""
    target = entries.input(name)
    return target.words[int(held) - 1] if isinstance(target, Choice) else _said(held, target.unit)


def reason(failed: Exception) -> str:
    """Say in words why plain numbers have no value, given what Python raised."""
    if isinstance(failed, ZeroDivisionError):
        return "it divides by zero"
    if isinstance(failed, OverflowError):
        return TOO_LARGE
    return "a root or a logarithm has no value there" if str(failed) == "math domain error" else str(failed)


def failure(what: str, formula: Expression, option: str, values: Mapping[str, Any], why: str) -> str:
    """Say that a formula has no value in an option, and why, with what it refers to."""
    kinds = {leaf.name: leaf.kind for leaf in leaves(formula) if isinstance(leaf, Reference)}
    operands = ", ".join(f"{other} = {_said(values[other], kind)}" for other, kind in kinds.items())
    return f"{what} has no value in option {option!r}: {why} ({words(formula)}; {operands}). Check these inputs."


def _said(held: Any, kind: Kind) -> str:
    many = how_many(held)
    return f"those of {many} items" if many is not None else held if isinstance(held, str) else stated(held, kind)


def how_many(held: Any) -> int | None:
    """How many items there are figures of; None for one figure."""
    return len(held) if getattr(held, "ndim", 0) else None
