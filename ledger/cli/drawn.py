"""Distributions as they are typed: `triangular(30 %, 70 %, 100 %)`."""

from __future__ import annotations

import re

import attrs

from unitledger.cli.output import Refusal
from unitledger.compute.simulation import distributions
from unitledger.compute.simulation.distributions import Discrete, Distribution, Observed
from unitledger.errors import did_you_mean

_KNOWN = {name: getattr(distributions, name) for name in (
    "uniform", "triangular", "pert", "normal", "lognormal", "discrete", "observed"
)}  # fmt: skip
_CALL = re.compile(r"\s*(\w+)\s*(?:\((.*)\))?\s*")
# A comma before three digits, without a space, is one between thousands.
_NEXT = re.compile(r",\s+|,(?!\d{3}(?!\d))")
_NUMBER = re.compile(r"[+-]?\d*\.?\d+([eE][+-]?\d+)?")


def drawn(name: str, typed: str) -> Distribution:
    """Return the distribution that is typed for an input. Raises Refusal."""
    call = _CALL.fullmatch(typed)
    if call is None or call[1] not in _KNOWN:
        hint = "" if call is None else did_you_mean(call[1], _KNOWN)
        raise Refusal(
            f"--draw {name}: expected a distribution such as 'triangular(30 %, 70 %, 100 %)', one of "
            f"{', '.join(_KNOWN)}, got {typed!r:.60}.{hint}"
        )
    made = _KNOWN[call[1]]
    parts = _NEXT.split(call[2].strip()) if call[2] and call[2].strip() else []
    if made is Observed:
        return Observed([_figure(part) for part in parts])
    if made is Discrete:
        pairs = [part.rpartition(":") for part in parts]
        return Discrete({_figure(value): _figure(chance) for value, _, chance in pairs})
    named = [part.partition("=") for part in parts]
    fields = [field.name for field in attrs.fields(made)]
    given = {said.strip() if at else fields[min(place, len(fields) - 1)]: _figure(value if at else said)
             for place, (said, at, value) in enumerate(named)}  # fmt: skip
    if len(given) < len(parts) or not given.keys() <= set(fields):
        raise Refusal(f"--draw {name}: {call[1]} takes {', '.join(fields)}, got {call[2]!r:.60}.")
    found: Distribution = made(**given)
    return found


def _figure(text: str) -> str | float:
    """Return a bare number as one, in the unit of the input as written."""
    text = text.strip()
    return float(text) if _NUMBER.fullmatch(text) else text
