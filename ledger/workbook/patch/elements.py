"""Where the elements of an XML part begin and end, in bytes, so that a part can be cut open and closed again."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from xml.parsers import expat

import attrs

Cut = tuple[int, int, bytes]
"""First byte, byte after the last, and what stands there instead."""


@attrs.frozen
class Element:
    """An element: its tag as written, with a prefix if there is one; its attributes; where it begins and ends."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int

    @property
    def prefix(self) -> str:
        """What stands before the name of every element of this kind: "" or, from some programs, "x:"."""
        return self.tag[: self.tag.rfind(":") + 1]

    def attribute(self, local: str) -> str:
        """Return an attribute whatever its prefix, "" where there is none."""
        return next((held for name, held in self.attributes.items() if name.rpartition(":")[2] == local), "")


def elements(xml: bytes, locals_: Container[str]) -> list[Element]:
    """Return the elements with these local names, in the order in which they end. Raises like `walk`."""
    found: list[Element] = []
    walk(xml, locals_, found.append)
    return found


def walk(
    xml: bytes,
    locals_: Container[str],
    ended: Callable[[Element], None],
    begins: Callable[[str, dict[str, str]], bool] | None = None,
) -> None:
    """Go through the elements with these local names: `begins(tag, attributes)`, then `ended` of those that it wants.

    The part has been found to be without DTD, in UTF-8. Raises ExpatError where it is not well-formed.
    """
    parser = expat.ParserCreate()
    opened: list[tuple[str, dict[str, str], int] | None] = []
    # By tag: None where it is none of these elements.
    closings: dict[str, re.Pattern[bytes] | None] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag not in closings:
            known = tag.rpartition(":")[2] in locals_
            closings[tag] = re.compile(rb"</%s\s*>" % re.escape(tag.encode())) if known else None
        if closings[tag] is not None:
            wanted = begins is None or begins(tag, attributes)
            opened.append((tag, attributes, parser.CurrentByteIndex) if wanted else None)

    def end(tag: str) -> None:
        if (closes := closings[tag]) is not None and (begun := opened.pop()) is not None:
            place = parser.CurrentByteIndex
            # Of <c/> the parser gives the byte after it, of <c></c> that of the closing tag.
            closing = closes.match(xml, place)
            last = closing.end() if closing else place
            ended(Element(*begun, last))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)


def cut(xml: bytes, cuts: Iterable[Cut]) -> bytes:
    """Return a part with pieces replaced; the pieces do not overlap."""
    parts = []
    place = 0
    for start, end, instead in sorted(cuts):
        parts += [xml[place:start], instead]
        place = end
    return b"".join([*parts, xml[place:]])
