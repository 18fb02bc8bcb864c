"""Conversions between units as named exact steps: ``USD/year`` into ``USD/h`` by ``hour_per_year``.

Equal units cancel; units of one dimension are paired; what is left is taken apart (kWh is kW h) and
paired again.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import prod

import attrs

from unitledger.errors import UnitMismatch
from unitledger.units.algebra.composites import factors, height
from unitledger.units.algebra.measured import measured
from unitledger.units.algebra.unit import Unit
from unitledger.units.atoms.atom import Powers, collect
from unitledger.units.atoms.billing import BILLING, Calendar
from unitledger.units.atoms.names import NAMES
from unitledger.units.atoms.sizes import PERCENT, atom_size, exact_power, is_time, same_dimension


@attrs.frozen(cache_hash=True)
class Step:
    """One factor of a conversion: multiply or divide by `value`, whose unit is `unit`, such as h/year."""

    name: str
    label: str
    value: Fraction
    unit: Unit
    multiplies: bool


@lru_cache(maxsize=65536)
def conversion(source: Unit, target: Unit, calendar: Calendar = BILLING) -> tuple[Step, ...]:
    """Steps that turn a stored number in `source` into one in `target`; none where the units agree.

    Raises UnitMismatch when the dimensions differ.
    """
    if source.dimension != target.dimension:
        raise UnitMismatch(f"Cannot convert '{source}' into '{target}': {measured(source)} is not {measured(target)}.")
    steps: list[Step] = []
    powers = dict(collect(*source.atoms, *((name, -power) for name, power in target.atoms)))
    powers.pop(PERCENT, None)
    while powers:
        pair = _pair(powers)
        if pair is not None:
            above, below = pair
            shared = min(powers[above], -powers[below])
            steps += _repeated(_between(above, below, calendar), shared)
            powers = dict(collect(*powers.items(), (above, -shared), (below, shared)))
        else:
            name = min(powers, key=_expansion_rank)
            power = powers.pop(name)
            expansion, step = _expanded(name, calendar)
            steps += _repeated((step,) if step else (), power)
            powers = dict(collect(*powers.items(), *((part, inner * power) for part, inner in expansion)))
    return tuple(steps)


@lru_cache(maxsize=65536)
def conversion_factor(source: Unit, target: Unit, calendar: Calendar = BILLING) -> Fraction:
    """The exact factor from a stored number in `source` to one in `target`. Raises UnitMismatch."""
    steps = conversion(source, target, calendar)
    return prod((step.value if step.multiplies else 1 / step.value for step in steps), start=Fraction(1))


def _expansion_rank(name: str) -> tuple[bool, bool, int, str]:
    """What to take apart first: products such as kWh, the highest first; a length of time last."""
    return factors(name) is None, is_time(name), -height(name), name


def _pair(powers: dict[str, Fraction]) -> tuple[str, str] | None:
    """Two atoms of one dimension on opposite sides; those of one unit (kW, W) before others."""
    pairs = [
        (above, below)
        for above in sorted(name for name, power in powers.items() if power > 0)
        for below in sorted(name for name, power in powers.items() if power < 0)
        if same_dimension(above, below)
    ]
    alike = [pair for pair in pairs if NAMES.atoms[pair[0]].definition == NAMES.atoms[pair[1]].definition]
    return next(iter(alike or pairs), None)


def _between(source: str, target: str, calendar: Calendar) -> tuple[Step, ...]:
    """Steps from one atom to another of its dimension, whole-numbered wherever a unit between them allows."""
    ratio = atom_size(source, calendar) / atom_size(target, calendar)
    if ratio.denominator == 1 or ratio.numerator == 1:
        return _single(source, target, ratio)
    unprefixed = NAMES.atoms[source].definition.name
    smaller = [unprefixed, *(("hour", "day", "second") if is_time(source) else ("bit", "meter", "gram"))]
    for middle in smaller:
        if middle in {source, target} or not same_dimension(source, middle):
            continue
        first = atom_size(source, calendar) / atom_size(middle, calendar)
        second = atom_size(middle, calendar) / atom_size(target, calendar)
        if first.denominator == 1 and second.numerator == 1:
            return (*_single(source, middle, first), *_single(middle, target, second))
    return _single(source, target, ratio)


def _single(source: str, target: str, ratio: Fraction) -> tuple[Step, ...]:
    """The step from one atom to another, as a multiplication or a division by more than one."""
    if ratio == 1:
        return ()
    large, small = (source, target) if ratio > 1 else (target, source)
    return (_step(((small, Fraction(1)),), large, max(ratio, 1 / ratio), multiplies=ratio > 1),)


def _expanded(name: str, calendar: Calendar) -> tuple[Powers, Step | None]:
    """An atom taken apart, with the step that this needs: kHz into Hz, L into m^3, ppm into plain numbers."""
    expansion = factors(name)
    if expansion is not None:
        return expansion, None
    atom = NAMES.atoms[name]
    expansion = collect(*(atom.definition.reference if atom.prefix is None else [(atom.definition.name, 1)]))
    size = atom_size(name, calendar)
    for part, power in expansion:
        size /= atom_size(part, calendar) ** power.numerator
    if size > 1:
        return expansion, _step(expansion, name, size, multiplies=True)
    return expansion, _step(expansion, name, 1 / size, multiplies=False, inverted=True)


def _step(small: Powers, large: str, value: Fraction, *, multiplies: bool, inverted: bool = False) -> Step:
    """Name a step ``<small>_per_<large>``, or the other way round when `inverted`."""
    one = ((large, Fraction(1)),)
    top, bottom = (one, small) if inverted else (small, one)
    unit = Unit(collect(*top, *((name, -power) for name, power in bottom)))
    return Step(
        name=f"{'_'.join(_words(top))}_per_{'_'.join(_words(bottom))}",
        label=f"{' '.join(_words(top, plural=True))} per {' '.join(_words(bottom))}".replace("_", " "),
        value=value,
        unit=unit,
        multiplies=multiplies,
    )


def _words(atoms: Powers, *, plural: bool = False) -> list[str]:
    words = []
    for name, power in atoms:
        word = _word(name, plural=plural and power == 1)
        exponent = "" if power == 1 else str(power)
        words.append(f"{'per_' if power < 0 else ''}{word}{exponent.lstrip('-').removeprefix('1')}")
    return words or ["ratio"]


def _word(name: str, *, plural: bool) -> str:
    """Times and small units in full, because labels are looked up without regard to case: MW is not mW."""
    atom = NAMES.atoms[name]
    prefix = atom.prefix
    if not is_time(name) and (prefix is None or prefix.value > 1) and atom.symbol != name:
        return atom.symbol
    word = NAMES.plural(atom.definition) if plural else atom.definition.word
    return (prefix.name if prefix else "") + word


def _repeated(steps: tuple[Step, ...], power: Fraction) -> list[Step]:
    """The steps of one unit as those of its power: turned round below the line, repeated, or under a root."""
    if power < 0:
        steps = tuple(attrs.evolve(step, multiplies=not step.multiplies) for step in reversed(steps))
    times, rest = divmod(abs(power), 1)
    repeated = list(steps) * int(times)
    if rest:
        repeated += [_root(step, rest) for step in steps]
    return repeated


def _root(step: Step, power: Fraction) -> Step:
    tag = f"{power.numerator}_{power.denominator}"
    return attrs.evolve(
        step,
        name=f"{step.name}_to_{tag}",
        label=f"({step.label})^({power})",
        value=exact_power(step.value, power),
        unit=step.unit**power,
    )
