"""What to say of a name that is no unit; what is suggested is of the size that was written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from unitledger.errors import did_you_mean
from unitledger.units.definitions import Prefix

if TYPE_CHECKING:
    from unitledger.units.names import Atom

SCALE_WORDS: Final = {
    "k": "k",
    "K": "k",
    "thousand": "k",
    "M": "M",
    "million": "M",
    "G": "B",
    "billion": "B",
    "T": "T",
    "trillion": "T",
}
"""How people write a scale that stands alone, and the letter that is glued to a number."""

_AMBIGUOUS: Final = {
    "KB": "1000 or 1024 bytes; write 'kB' or 'KiB'",
    **dict.fromkeys(("ton", "tons"), "a mass, written 't', or, of cooling, 12,000 BTU/h"),
    **dict.fromkeys(("MBTU", "MBtu"), "a thousand or a million BTU; write '1,000 BTU' or 'MMBTU'"),
}
_BITS_OR_BYTES: Final = re.compile(r"(?P<mark>[kmgtpKMGTP])(?P<binary>i?)(?:b|B(?P<rate>ps))")


def unknown(name: str, spellings: Mapping[str, Atom], prefixes: Collection[Prefix], atoms: Mapping[str, Atom]) -> str:
    """Return why a name is no unit, and what was likely meant."""
    if found := _BITS_OR_BYTES.fullmatch(name):
        mark = "k" if found["mark"] in "kK" and not found["binary"] else found["mark"].upper()
        mark, rate = mark + found["binary"], "/s" if found["rate"] else ""
        return f"{name!r} could mean bits or bytes; write '{mark}bit{rate}' or '{mark}B{rate}'"
    if name in _AMBIGUOUS:
        return f"{name!r} could mean {_AMBIGUOUS[name]}"
    if name in SCALE_WORDS:
        return f"{name!r} is no unit; a scale k, M, B or T is glued to the number, as in '40k USD'"
    if name == "per":
        return "'per' is written '/'"
    same = [known for known in spellings if known.casefold() == name.casefold()]
    rests = dict(_without_prefix(name, prefixes))
    for rest, prefix in rests.items():
        if rest not in spellings or spellings[rest].prefix is not None:
            continue
        scaled = atoms.get(prefix.name + spellings[rest].name)
        if scaled is not None:
            return f"unknown unit {name!r}.{did_you_mean(name, same) or did_you_mean(scaled.symbol, [scaled.symbol])}"
        hint = did_you_mean(name, same) or f" Scale the number: 1 {name} is {_in_full(prefix.value)} {rest}."
        return f"{rest!r} is not written with the prefix {name.removesuffix(rest)!r}.{hint}"
    hint = did_you_mean(name, same or _closest(name, spellings, rests))
    hint = hint or f" A new one is made by define('{name} = [{name}]')."
    return f"unknown unit {name!r}.{hint}"


def _without_prefix(name: str, prefixes: Collection[Prefix]) -> Iterator[tuple[str, Prefix]]:
    """Yield what a name is without a prefix with which it begins, and that prefix; K is read as k."""
    for prefix in prefixes:
        for mark in (prefix.name, prefix.symbol, *prefix.aliases, *(["K"] if prefix.symbol == "k" else [])):
            if name.startswith(mark):
                yield name.removeprefix(mark), prefix


def _closest(name: str, spellings: Mapping[str, Atom], rests: Mapping[str, Prefix]) -> list[str]:
    """Return spellings like a name, and with its prefix: for 'Mtokn' 'Mtoken', not 'token', a millionth of it."""
    usual = [
        spelling
        for spelling, atom in spellings.items()
        if atom.prefix is None or atom.definition.symbol or atom.prefix in rests.values()
    ]
    close = [
        spelling
        for spelling in get_close_matches(name, usual, cutoff=0.75)
        if all(_likeness(rest, spelling) <= _likeness(name, spelling) for rest in rests)
    ]
    return [other for other in close if spellings[other].prefix == spellings[close[0]].prefix]


def _likeness(name: str, spelling: str) -> float:
    return SequenceMatcher(None, spelling, name).ratio()


def _in_full(number: Fraction) -> str:
    """Return a power of ten in all its digits: 1,000,000 or 0.001."""
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):.9f}".rstrip("0")
