"""Units that people may want to type a figure in instead: W or MW for kW, USD/month for USD/year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import Final

from unitledger.errors import QuantityError
from unitledger.units.algebra.conversions import conversion_factor
from unitledger.units.algebra.unit import Unit, unit_from_text
from unitledger.units.atoms.billing import BILLING, Calendar
from unitledger.units.atoms.names import NAMES
from unitledger.units.atoms.sizes import atom_size

MOST_UNITS: Final = 8

_DATES: Final = ("h", "day", "month", "quarter", "year")
_COUNTED: Final = ("token", "word", "query", "request", "parameter", "transistor")
# Units that people write in place of one another, by the unit that is replaced or the definition that it is made of.
_FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "microsecond": ("us", "ms", "s"),
    "millisecond": ("us", "ms", "s", "min"),
    "second": ("ms", "s", "min", "h", "day"),
    "minute": ("s", "min", "h", "day"),
    "hour": ("s", "min", "h", "day", "month", "year"),
    **dict.fromkeys(("day", "week", "month", "quarter", "year"), _DATES),
    "watt": ("W", "kW", "MW", "GW"),
    "watt_hour": ("Wh", "kWh", "MWh", "GWh"),
    **dict.fromkeys(("BTU", "MMBTU"), ("BTU", "MMBTU", "kWh", "MWh")),
    "square_foot": ("sqft", "sqm"),
    "square_meter": ("sqm", "sqft"),
    **dict.fromkeys(("gramCO2", "tonneCO2"), ("gCO2", "kgCO2", "tCO2")),
    **dict.fromkeys(("gramCO2e", "tonneCO2e"), ("gCO2e", "kgCO2e", "tCO2e")),
    "cent": ("cent", "USD"),
    "joule": ("nJ", "uJ", "mJ", "J", "kJ", "MJ"),
    "hertz": ("Hz", "kHz", "MHz", "GHz"),
    "bit": ("bit", "kbit", "Mbit", "Gbit", "Tbit"),
    "byte": ("B", "kB", "MB", "GB", "GiB", "TB", "TiB", "PB"),
    **dict.fromkeys(("kbps", "Mbps", "Gbps", "Tbps"), ("kbps", "Mbps", "Gbps", "Tbps")),
    "FLOP": ("GFLOP", "TFLOP", "PFLOP", "EFLOP"),
    "FLOPS": ("GFLOPS", "TFLOPS", "PFLOPS", "EFLOPS"),
    **{name: (name, f"k{name}", f"M{name}", f"G{name}") for name in _COUNTED},
}
_NAME: Final = re.compile(r"[A-Za-zµμ][A-Za-z0-9_µμ]*")


def compatible_units(unit: Unit, calendar: Calendar = BILLING) -> tuple[tuple[str, Fraction], ...]:
    """Units in which a figure in `unit` may be typed as well: spellings, and exact factors to `unit`.

    The unit's own spelling comes first, with factor 1; each other unit differs from it in one part: the parts in
    turn, siblings of like size first. At most eight, unique whatever their case. A plain number (%, ratio), and a unit
    none of whose parts has a sibling, has only itself.
    """
    return _compatible(unit.spelling, unit, calendar)


# Units are equal whatever their spelling, so the spelling is a key of its own.
@lru_cache(maxsize=4096)
def _compatible(spelling: str, unit: Unit, calendar: Calendar) -> tuple[tuple[str, Fraction], ...]:
    found = {spelling.casefold(): (spelling, Fraction(1))}
    # Lists are looked up by equality, but a * would mean anything to other functions.
    written = spelling.replace("**", "^").replace("*", "·")
    for other in chain.from_iterable(_respelled(written, part, calendar) for part in _NAME.finditer(written)):
        if other.casefold() in found:
            continue
        try:
            sibling = unit_from_text(other)
        except QuantityError:
            continue
        if unit.dimension and sibling.dimension == unit.dimension:
            found[other.casefold()] = (other, conversion_factor(sibling, unit, calendar))
    return tuple(found.values())[:MOST_UNITS]


def _respelled(spelling: str, part: re.Match[str], calendar: Calendar) -> Iterator[str]:
    """Yield the unit with one part replaced by each of its siblings, those of like size first."""
    if not NAMES.knows(part[0]):
        return
    atom = NAMES.resolve(part[0])
    own = atom_size(atom.name, calendar)

    def distance(sibling: str) -> Fraction:
        ratio = atom_size(NAMES.resolve(sibling).name, calendar) / own
        return max(ratio, 1 / ratio)

    family = _FAMILIES.get(atom.name) or _FAMILIES.get(atom.definition.name, ())
    for sibling in sorted(family, key=distance):
        if NAMES.resolve(sibling) != atom:
            yield spelling[: part.start()] + sibling + spelling[part.end() :]
