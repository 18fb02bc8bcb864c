"""What to say of a name that is no unit; what is suggested is of the size that was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from fractions import Fraction
from typing import Final

from unitledger.units.atoms.atom import Atom
from unitledger.units.atoms.definitions import Prefix

SCALE_WORDS: Final = {
    "k": "k",
    "K": "k",
    "thousand": "k",
    **dict.fromkeys(("M", "million", "mn", "mln", "mio"), "M"),
    **dict.fromkeys(("G", "billion", "bn", "b"), "B"),
    **dict.fromkeys(("T", "trillion", "tn"), "T"),
}
"""How people write a scale that stands alone, and the letter that is glued to a number."""

_AMBIGUOUS: Final = {
    "KB": "1000 or 1024 bytes; write 'kB' or 'KiB'",
    **dict.fromkeys(("ct", "cts"), "a cent of any currency; write 'cent' or 'eurocent'"),
    **dict.fromkeys(("ton", "tons"), "a mass, written 't', or, of cooling, 12,000 BTU/h"),
    **dict.fromkeys(("MBTU", "MBtu"), "a thousand or a million BTU; write '1,000 BTU' or 'MMBTU'"),
}
_BITS_OR_BYTES: Final = re.compile(r"(?:(?P<mark>[kmgtpKMGTP])(?P<binary>i?))?(?:b|B(?P<rate>ps))")

_CURRENCIES: Final = {
    **dict.fromkeys(("us$", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("pound", "pounds"), "GBP"),
    **dict.fromkeys(("yuan", "renminbi"), "CNY"),
    "yen": "JPY",
    "a$": "AUD",
    "c$": "CAD",
    "hk$": "HKD",
    "nt$": "TWD",
    "nz$": "NZD",
    "s$": "SGD",
}
"""What people call a currency, in lower case, and its code."""

_SHORTEST_TYPO: Final = 4


def unknown(
    name: str,
    spellings: Mapping[str, Atom],
    prefixes: Collection[Prefix],
    atoms: Mapping[str, Atom],
    is_definable: Callable[[str], bool],
) -> str:
    """Return why a name is no unit, and what was likely meant."""
    if found := _BITS_OR_BYTES.fullmatch(name):
        mark, binary = (found["mark"] or "").upper(), found["binary"] or ""
        mark = "k" if mark == "K" and not binary else mark + binary
        rate = "/s" if found["rate"] else ""
        return f"{name!r} could mean bits or bytes; write '{mark}bit{rate}' or '{mark}B{rate}'"
    if name in _AMBIGUOUS:
        return f"{name!r} could mean {_AMBIGUOUS[name]}"
    if name in SCALE_WORDS:
        return f"{name!r} is no unit; a scale k, M, B or T is glued to the number, as in '40k USD'"
    if name == "per":
        return "'per' is written '/'"
    same = _same_letters(name, spellings)
    rests = dict(_without_prefix(name, prefixes))
    for rest, prefix in rests.items():
        if rest not in spellings or spellings[rest].prefix is not None:
            continue
        scaled = atoms.get(prefix.name + spellings[rest].name)
        if scaled is not None:
            return f"unknown unit {name!r}.{_offer(same or [scaled.symbol])}"
        # 'mtoken' is a million of them, but 'Mm' is no millimeter.
        hint = (
            _offer(same if prefix.value < 1 else [])
            or f" Scale the number: 1 {name} is {_in_full(prefix.value)} {rest}."
        )
        return f"{rest!r} is not written with the prefix {name.removesuffix(rest)!r}.{hint}"
    hint = _offer(same or _currency(name, spellings, rests) or _closest(name, spellings, rests))
    if not hint and is_definable(name):
        hint = f" A new one is made by define('{name} = [{name}]')."
    own = " A new one is made by define, with a name of letters, digits and underscores that is not taken."
    return f"unknown unit {name!r}.{hint or own}"


def _offer(spellings: Iterable[str]) -> str:
    offered = " or ".join(map(repr, spellings))
    return f" Did you mean {offered}?" if offered else ""


def _same_letters(name: str, spellings: Mapping[str, Atom]) -> list[str]:
    """Return the spelling that differs in case only, or the symbols of all units that are meant by one."""
    alike = [(atom, known) for known, atom in spellings.items() if known.casefold() == name.casefold()]
    same = dict(reversed(alike))
    if len(same) > 1 or any(atom.definition.group == "currency" for atom in same):
        return sorted(atom.symbol for atom in same)
    return list(same.values())


def _currency(name: str, spellings: Mapping[str, Atom], rests: Mapping[str, Prefix]) -> list[str]:
    """Return the code of a currency that is called by its name, with its prefix: for 'kdollar' 'kUSD'."""
    marks = {name: "", **{rest: prefix.symbol for rest, prefix in rests.items()}}
    codes = [mark + _CURRENCIES[rest.casefold()] for rest, mark in marks.items() if rest.casefold() in _CURRENCIES]
    return [code for code in codes if code in spellings]


def _without_prefix(name: str, prefixes: Collection[Prefix]) -> Iterator[tuple[str, Prefix]]:
    """Yield what a name is without a prefix with which it begins, and that prefix; K is read as k."""
    for prefix in prefixes:
        for mark in (prefix.name, prefix.symbol, *prefix.aliases, *(["K"] if prefix.symbol == "k" else [])):
            if name.startswith(mark):
                yield name.removeprefix(mark), prefix


def _closest(name: str, spellings: Mapping[str, Atom], rests: Mapping[str, Prefix]) -> list[str]:
    """Return spellings like a name, and with its prefix: for 'Mtokn' 'Mtoken', not 'token', a millionth of it.

    Of a few letters, or with another first one, a name is rather another word: 'hp' is no 'hop', 'acres' no 'cores'.
    """
    if len(name) < _SHORTEST_TYPO:
        return []
    usual = [
        spelling
        for spelling, atom in spellings.items()
        if spelling[0].casefold() == name[0].casefold()
        and (atom.prefix is None or atom.definition.symbol or atom.prefix in rests.values())
    ]
    close = [
        spelling
        for spelling in get_close_matches(name, usual, cutoff=0.8)
        if all(_likeness(rest, spelling) <= _likeness(name, spelling) for rest in rests)
    ]
    return [other for other in close if spellings[other].prefix == spellings[close[0]].prefix]


def _likeness(name: str, spelling: str) -> float:
    return SequenceMatcher(None, spelling, name).ratio()


def _in_full(number: Fraction) -> str:
    """Return a power of ten in all its digits: 1,000,000 or 0.001."""
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):.9f}".rstrip("0")
