"""Changing cells of a workbook inside its zip: every part that need not change stays byte for byte.

A library that loads a workbook and saves it again loses what it does not know: sparklines, text boxes, images, parts of
charts.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from posixpath import join, normpath

import attrs

from unitledger.workbook.cells.book import Book, Place
from unitledger.workbook.cells.guard import Gate
from unitledger.workbook.patch.refresh import Content
from unitledger.workbook.patch.sheet import At, Element, Shown, cut, elements, patched_sheet

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
# The list in which Excel keeps the order of its calculation; it names every formula.
_CHAIN = "calcChain"
_ON_LOAD = "fullCalcOnLoad"


@attrs.frozen
class Package:
    """The parts of a workbook's file, in their order, and the part of each sheet by its title."""

    parts: dict[str, tuple[zipfile.ZipInfo, bytes]] = attrs.field(repr=False)
    sheets: dict[str, str]

    @classmethod
    def read(cls, gate: Gate) -> Package:
        """Read the parts of a file. Raises KeyError where one is not there."""
        made = cls({info.filename: (info, gate.plain(info)) for info in gate.infolist()}, {})
        targets = {
            each.attribute("Id"): each.attribute("Target") for each in made._elements(_RELATIONS, "Relationship")
        }
        for sheet in made._elements(_WORKBOOK, "sheet"):
            part = normpath(join("/xl", targets.get(sheet.attribute("id"), ""))).lstrip("/")
            if part in made.parts:
                made.sheets[sheet.attribute("name")] = part
        return made

    def patched(self, book: Book, typed: Mapping[Place, Content], shown: Mapping[Place, Shown]) -> bytes:
        """Return the file with cells typed over and formulas showing other values (None: no value is kept).

        Programs are told to calculate everything when they open it. Raises LookupError for a part or a row that is not
        there, and ExpatError for a part that is broken.
        """
        by_sheet: dict[str, tuple[dict[At, Content], dict[At, Shown]]] = defaultdict(lambda: ({}, {}))
        for (sheet, row, column), content in typed.items():
            by_sheet[sheet][0][row, column] = content
        for (sheet, row, column), value in shown.items():
            by_sheet[sheet][1][row, column] = value
        changed: dict[str, bytes | None] = {}
        gone = False
        for sheet, (new, values) in by_sheet.items():
            part = self.sheets[sheet]
            changed[part], lost = patched_sheet(self.parts[part][1], new, values, partial(_formula, book, sheet))
            gone |= lost
        changed[_WORKBOOK] = self._calculated_on_load()
        return self._zipped(changed | (self._without_chain() if gone else {}))

    def _calculated_on_load(self) -> bytes:
        xml = self.parts[_WORKBOOK][1]
        for setting in self._elements(_WORKBOOK, "calcPr"):
            now = setting.attributes.get(_ON_LOAD)
            if now in {"1", "true"}:
                return xml
            head = setting.start + 1 + len(setting.tag.encode())
            kept = xml[head : setting.end]
            if now is not None:
                kept = kept.replace(f' {_ON_LOAD}="{now}"'.encode(), b"")
            return cut(xml, [(head, setting.end, f' {_ON_LOAD}="1"'.encode() + kept)])
        # The schema wants it right after the names, and there are some: inputs are found by them.
        (names,) = self._elements(_WORKBOOK, "definedNames")
        return cut(xml, [(names.end, names.end, f'<{names.prefix}calcPr {_ON_LOAD}="1"/>'.encode())])

    def _without_chain(self) -> dict[str, bytes | None]:
        """Leave out the list of formulas, since one is gone; Excel makes a new one."""
        changed: dict[str, bytes | None] = {}
        for part, local in ((_RELATIONS, "Relationship"), (_TYPES, "Override")):
            found = [each for each in self._elements(part, local) if self._is_chain(each)]
            changed[part] = cut(self.parts[part][1], [(each.start, each.end, b"") for each in found])
            names = (each.attribute("PartName").lstrip("/") for each in found)
            changed |= {name: None for name in names if name in self.parts}
        return changed

    @staticmethod
    def _is_chain(element: Element) -> bool:
        return element.attribute("Type").endswith(f"/{_CHAIN}") or f".{_CHAIN}+" in element.attribute("ContentType")

    def _zipped(self, changed: Mapping[str, bytes | None]) -> bytes:
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for name, (info, held) in self.parts.items():
                content = changed.get(name, held)
                if content is None:
                    continue
                copy = zipfile.ZipInfo(name, info.date_time)
                copy.compress_type, copy.external_attr = info.compress_type, info.external_attr
                copy.create_system = info.create_system
                package.writestr(copy, content)
        return buffer.getvalue()

    def _elements(self, part: str, local: str) -> list[Element]:
        return elements(self.parts[part][1], {local})


def _formula(book: Book, sheet: str, at: At) -> str:
    return str(book.cell(sheet, *at).content)
