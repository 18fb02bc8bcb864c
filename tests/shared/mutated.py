"""Sound workbooks damaged at random, as a broken download or a careless program would, the same for the same seed."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

Parts = Mapping[str, bytes]

# What stands in cells and attributes that nobody writes there in good faith.
ODD = (
    b"",
    b"0",
    b"-1",
    b"abc",
    b"9" * 400,
    b"1e999",
    b"1E-320",
    b"NaN",
    b"1_000",
    b"\xef\xbc\x91\xef\xbc\x92",
    b"99999999999999999999",
    b"A1",
    b"XFD1048576",
    b"A1:XFD1048576",
    b"AAAA1",
    b"#REF!",
    b"Inputs!$C$6",
    b"Calc!$A$1:$XFD$1048576",
    b"SUM(A1:XFD1048576)",
    b"SUM(Table1[Amount])",
    b"((((((((1))))))))",
    b"1" + b"+1" * 498,
    b"(" * 495 + b"1" + b")" * 495,
    b"OFFSET(A1,0,0,1048576,16384)",
    b"true",
    b"&#10;&#13;",
    b"\xf0\x9f\x92\xb8" * 50,
    b"x" * 40_000,
    b"n",
    b"s",
    b"inlineStr",
    b"shared",
    b"array",
    b"dataTable",
)
_VALUE = re.compile(rb'(?<==")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)')
_ELEMENT = re.compile(
    rb"<(c|row|f|v|si|t|xf|definedName|sheet|Relationship|Override)\b[^>]*?(?:/>|>.*?</\1>)", re.DOTALL
)


def packed(parts: Parts) -> bytes:
    """Return parts as a file."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


def bytes_changed(file: bytes, draw: random.Random) -> bytes:
    """Return a file with some bytes changed, as a bad disk would leave it."""
    damaged = bytearray(file)
    for _ in range(draw.choice((1, 1, 4, 32))):
        damaged[draw.randrange(len(damaged))] = draw.randrange(256)
    return bytes(damaged)


def cut_short(file: bytes, draw: random.Random) -> bytes:
    """Return a file that ends early, or lacks a piece in its middle."""
    start = draw.randrange(len(file))
    return file[:start] + (b"" if draw.random() < 0.5 else file[start + draw.randrange(1, 4096) :])


def directory_changed(file: bytes, draw: random.Random) -> bytes:
    """Return a file with a field of its zip directory changed."""
    entries = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", file)]
    damaged = bytearray(file)
    place = draw.choice(entries) + draw.randrange(4, 46)
    damaged[min(place, len(file) - 1)] ^= 1 << draw.randrange(8)
    return bytes(damaged)


def part_changed(parts: Parts, draw: random.Random) -> bytes:
    """Return a file in which bytes of one part changed, packed as if they belonged there."""
    name = draw.choice(sorted(name for name, content in parts.items() if content))
    return packed({**parts, name: bytes_changed(parts[name], draw)})


def part_gone(parts: Parts, draw: random.Random) -> bytes:
    """Return a file without one part, or with another's content in it."""
    name, other = draw.sample(sorted(parts), 2)
    held = {key: content for key, content in parts.items() if key != name}
    return packed(held if draw.random() < 0.5 else {**parts, name: parts[other]})


def values_changed(parts: Parts, draw: random.Random) -> bytes:
    """Return a file in which values of cells and attributes are others, whose XML is sound."""
    return _rewritten(parts, draw, _VALUE, lambda _: draw.choice(ODD))


def elements_changed(parts: Parts, draw: random.Random) -> bytes:
    """Return a file in which elements are gone or there twice."""
    return _rewritten(parts, draw, _ELEMENT, lambda found: found * draw.choice((0, 0, 2)))


def _rewritten(parts: Parts, draw: random.Random, what: re.Pattern[bytes], how: Callable[[bytes], bytes]) -> bytes:
    changed = dict(parts)
    for _ in range(draw.choice((1, 1, 2, 5))):
        name = draw.choice([each for each in sorted(parts) if each.endswith((".xml", ".rels"))])
        places = [found.span() for found in what.finditer(changed[name])]
        if places:
            start, end = draw.choice(places)
            content = changed[name]
            changed[name] = content[:start] + how(content[start:end]) + content[end:]
    return packed(changed)


ON_FILE = (bytes_changed, cut_short, directory_changed)
ON_PARTS = (part_changed, part_gone, values_changed, values_changed, elements_changed)


def mutated(file: bytes, seed: int) -> tuple[str, bytes]:
    """Return how a workbook was damaged, and its bytes."""
    draw = random.Random(seed)  # noqa: S311 - the same damage each time
    kind = draw.randrange(len(ON_FILE) + len(ON_PARTS))
    if kind < len(ON_FILE):
        return ON_FILE[kind].__name__, ON_FILE[kind](file, draw)
    damage = ON_PARTS[kind - len(ON_FILE)]
    with zipfile.ZipFile(BytesIO(file)) as package:
        return damage.__name__, damage({name: package.read(name) for name in package.namelist()}, draw)
