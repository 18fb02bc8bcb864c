"""Reading unit definitions: lines in pint's notation become exact prefixes and definitions.

Numbers are kept as fractions, which a float registry would lose (a month is 1/12 of a year).
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from unitledger.errors import QuantityError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LABEL = re.compile(r"%|[A-Za-z_][A-Za-z0-9_]*")
_FACTOR = re.compile(
    r"\s*(?P<operator>\*(?!\*)|/)?\s*"
    r"(?:(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)|(?P<name>\[?[A-Za-z_][A-Za-z0-9_]*\]?|\[\]))"
    r"(?:\s*(?:\*\*|\^)\s*(?P<power>[1-9])(?!\w))?"
)

LONGEST_DEFINITION = 200


@attrs.frozen
class Prefix:
    """A prefix: its name, its symbol, other symbols, and the exact factor it stands for."""

    name: str
    symbol: str
    aliases: tuple[str, ...]
    value: Fraction


@attrs.frozen
class Definition:
    """A unit: ``1 name = scale x product of reference units``; a base unit refers to one ``[dimension]``.

    `name` is canonical, `word` what people write: they differ for a unit that is known for a while only. `line` is
    the definition as it was written.
    """

    name: str
    word: str
    symbol: str | None
    aliases: tuple[str, ...]
    group: str
    scale: Fraction
    reference: tuple[tuple[str, int], ...]
    line: str = attrs.field(eq=False)

    @property
    def is_base(self) -> bool:
        """Whether the unit is the measure of a dimension of its own."""
        return len(self.reference) == 1 and self.reference[0][0].startswith("[")

    def called(self, suffix: str) -> Definition:
        """The same under another canonical name, its dimension too; what people write stays."""
        reference = tuple((part + suffix * part.startswith("["), power) for part, power in self.reference)
        return attrs.evolve(self, name=self.name + suffix, reference=reference)


def read_definitions(text: str) -> tuple[list[Prefix], list[Definition]]:
    """Read a definitions text. Raises QuantityError with the offending line."""
    prefixes: list[Prefix] = []
    definitions: list[Definition] = []
    group = "count"
    for raw in text.splitlines():
        line = " ".join(raw.partition("#")[0].split())
        if line.startswith("@group "):
            group = line.removeprefix("@group ").strip()
        elif line == "@end":
            group = "count"
        elif len(line) > LONGEST_DEFINITION:
            raise QuantityError(f"A definition has {len(line):,} characters; at most {LONGEST_DEFINITION} are read.")
        elif line:
            name, *parts = (part.strip() for part in line.split("="))
            if not parts or not all(parts):
                raise _refused(line, "it should read 'name = relation', as in 'pallet = [pallet]'")
            if name.endswith("-"):
                prefixes.append(_prefix(line, name, parts))
            else:
                definitions.append(_definition(line, name, parts, group))
    return prefixes, definitions


def _prefix(line: str, name: str, parts: list[str]) -> Prefix:
    scale, reference = _relation(line, parts[0])
    if reference or len(parts) == 1:
        raise _refused(line, "a prefix is a number and a symbol, as in 'kilo- = 1e3 = k-'")
    symbol, *aliases = (part.removesuffix("-") for part in parts[1:])
    return Prefix(name.removesuffix("-"), symbol, tuple(aliases), scale)


def _definition(line: str, name: str, parts: list[str], group: str) -> Definition:
    relation, *labels = parts
    if not _NAME.fullmatch(name):
        raise _refused(line, f"{name!r} is no name of letters, digits and underscores")
    for label in labels:
        if not _LABEL.fullmatch(label):
            raise _refused(line, f"{label!r} is no symbol that the grammar of quantities can read")
    scale, reference = _relation(line, relation)
    dimensions = [part for part, _ in reference if part.startswith("[")]
    if dimensions and (len(reference) > 1 or reference[0][1] != 1 or scale != 1):
        raise _refused(line, "a dimension stands alone, as in 'pallet = [pallet]'")
    symbol = labels[0] if labels and labels[0] != "_" else None
    return Definition(name, name, symbol, tuple(labels[1:]), group, scale, reference, line)


def _relation(line: str, text: str) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    """Read ``60 * minute``, ``0.01 USD`` or ``joule / second`` from left to right."""
    scale = Fraction(1)
    reference: dict[str, int] = {}
    text = text.strip()
    position = 0
    while position < len(text):
        match = _FACTOR.match(text, position)
        if match is None and text[position:].strip() in {"*", "/"}:
            raise _refused(line, f"{text!r} ends before its last factor")
        # A space multiplies before a name, as it does in a unit.
        if match is None or (bool(match["operator"]) != bool(position) and not (position and match["name"])):
            raise _refused(line, f"{text!r} is no product such as '12 * pallet'")
        position = match.end()
        exponent = int(match["power"] or 1) * (-1 if match["operator"] == "/" else 1)
        if match["number"]:
            number = Fraction(match["number"])
            if not number:
                raise _refused(line, "a unit has a size above zero")
            scale *= number**exponent
        else:
            reference[match["name"]] = reference.get(match["name"], 0) + exponent
    return scale, tuple((name, exponent) for name, exponent in reference.items() if exponent)


def _refused(line: str, reason: str) -> QuantityError:
    return QuantityError(f"Cannot read the definition {line!r}: {reason}.")
