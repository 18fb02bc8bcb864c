"""The XML of a workbook: no DTD, no entities, one encoding, and so many elements at most."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from outside import CONTENT_TYPES, CORE, INPUTS, RELATIONS, STRINGS, STYLES, WORKBOOK, outcomes, refusal, sound
from worked_on import packed

READ = [CONTENT_TYPES, WORKBOOK, RELATIONS, STYLES, STRINGS, CORE, INPUTS]
SENT = "sent.xlsx is not read: "


def sent(tmp_path: Path, part: str, content: bytes) -> Path:
    return packed({**sound(), part: content}, tmp_path / "sent.xlsx")


def declared(what: str) -> Callable[[bytes], bytes]:
    """Return how a declaration comes before the first element."""

    def change(content: bytes) -> bytes:
        head = content.find(b"?>") + 2
        return content[:head] + what.encode() + content[head:]

    return change


ENTITIES = "".join(f'<!ENTITY {name} "{before * 8}">' for name, before in (("a", "ha"), ("b", "&a;"), ("c", "&b;")))
DTD = {
    "laughs": declared(f"<!DOCTYPE w [{ENTITIES}]>"),
    "a file": declared('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "an address": declared('<!DOCTYPE w SYSTEM "http://example.com/evil.dtd">'),
    "a parameter": declared('<!DOCTYPE w [<!ENTITY % a "b">%a;]>'),
    "empty": declared("<!DOCTYPE w>"),
}


@pytest.mark.parametrize("part", READ)
@pytest.mark.parametrize("kind", DTD)
def test_entities_and_dtds(tmp_path: Path, part: str, kind: str) -> None:
    path = sent(tmp_path, part, DTD[kind](sound()[part]))
    assert refusal(path) == f"{SENT}its part {part!r} declares a DTD or entities."


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[: len(content) // 2],
    "twice": lambda content: content + content[content.find(b"<", 60) :],
    "picture": lambda _: b"\x89PNG\r\n\x1a\n",
    "empty": lambda _: b"",
    "blank": lambda _: b"   ",
    "control": lambda content: content.replace(b"</", b"\x01</", 1),
    "not UTF-8": lambda content: content.replace(b"</", b"\xff\xfe\xff</", 1),
    "surrogate": lambda content: content.replace(b"</", b"\xed\xa0\x80</", 1),
    "crossed": lambda content: content.replace(b"</", b"<b></", 1),
    "amp": lambda content: content.replace(b"</", b"&nope;</", 1),
}


@pytest.mark.parametrize("part", [STYLES, STRINGS, WORKBOOK, INPUTS])
@pytest.mark.parametrize("kind", BROKEN)
def test_xml_that_is_broken(tmp_path: Path, part: str, kind: str) -> None:
    said = refusal(sent(tmp_path, part, BROKEN[kind](sound()[part])))
    assert said.startswith(f"{SENT}its part {part!r} is not well-formed XML ("), said


@pytest.mark.parametrize("part", [STYLES, INPUTS])
@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "UTF-7", "no such thing", "idna"])
def test_other_encodings(tmp_path: Path, part: str, encoding: str) -> None:
    content = sound()[part].replace(b'"UTF-8"', f'"{encoding}"'.encode())
    packed_as = encoding if encoding in {"UTF-16", "ISO-8859-1"} else "UTF-8"
    said = refusal(sent(tmp_path, part, content.decode().encode(packed_as, "xmlcharrefreplace")))
    assert said == (
        f"{SENT}its part {part!r} is written in {encoding}; spreadsheet programs write UTF-8. Open the file in one "
        "and save it there."
    ) or said.startswith(f"{SENT}its part {part!r} is not well-formed XML (")


def names(count: int) -> bytes:
    added = "".join(f'<definedName name="n{place}">Calc!$A${place}</definedName>' for place in range(1, count))
    return sound()[WORKBOOK].replace(b"</definedNames>", f"{added}</definedNames>".encode())


def styles(count: int) -> bytes:
    added = "".join(
        f'<xf numFmtId="{place * 7919 % 10_007}" fontId="{place * 104_729 % 1_000_003}"/>' for place in range(count)
    )
    return sound()[STYLES].replace(b"</cellXfs>", f"{added}</cellXfs>".encode())


def strings(count: int) -> bytes:
    added = "".join(f"<si><t>{place}</t></si>" for place in range(count))
    return sound()[STRINGS].replace(b"</sst>", f"{added}</sst>".encode())


@pytest.mark.parametrize(
    ("part", "content", "most"),
    [(WORKBOOK, names(80_000), 150_000), (STYLES, styles(151_000), 150_000), (STRINGS, strings(76_000), 300_000)],
    ids=["names", "styles", "strings"],
)
def test_more_elements_than_a_part_may_have(tmp_path: Path, part: str, content: bytes, most: int) -> None:
    assert refusal(sent(tmp_path, part, content)) == (
        f"{SENT}its part {part!r} has more than {most:,} tags, which is how many are allowed."
    )


@pytest.mark.parametrize("part", [STYLES, WORKBOOK, STRINGS, INPUTS])
def test_elements_nested_thousands_deep(tmp_path: Path, part: str) -> None:
    deep = b"<a>" * 20_000 + b"</a>" * 20_000
    content = sound()[part]
    place = content.rindex(b"</")
    assert set(dict(outcomes(sent(tmp_path, part, content[:place] + deep + content[place:]))))


@pytest.mark.parametrize("added", ["<!--{}-->", "<a b='{}'/>", "<?a {}?>"], ids=["comment", "attribute", "instruction"])
def test_a_tag_without_end(tmp_path: Path, added: str) -> None:
    content = sound()[INPUTS]
    place = content.rindex(b"</")
    long = added.format("x y>" * 150_000).encode()
    assert refusal(sent(tmp_path, INPUTS, content[:place] + long + content[place:])) == (
        f"{SENT}its part {INPUTS!r} has a tag or a comment of more than 500,000 bytes, which is how many are allowed."
    )
