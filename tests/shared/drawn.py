"""The charts of a file: what each refers to, and what it holds of that."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element

import attrs
from defusedxml.ElementTree import fromstring
from openpyxl.utils.cell import get_column_letter, range_boundaries
from recalculate import Cells

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@attrs.frozen
class Drawn:
    """One chart part of a file."""

    root: Element

    def all(self, path: str) -> list[Element]:
        """Elements by their names from the root down, such as "ser/tx"."""
        return self.root.findall(".//" + "/".join(CHART + name for name in path.split("/")))

    def values(self, path: str) -> list[str]:
        """The `val` of elements."""
        return [str(each.get("val")) for each in self.all(path)]

    def referred(self, path: str) -> list[str]:
        """The cells that elements refer to."""
        return [str(cells.text) for each in self.all(path) for cells in each.iter(f"{CHART}f")]

    def caches(self) -> list[tuple[str, list[str]]]:
        """Each reference to cells with the values that the file holds of it."""
        found = []
        for kind in ("numRef", "strRef"):
            for reference in self.root.iter(CHART + kind):
                (cells,) = reference.iter(f"{CHART}f")
                found.append((str(cells.text), [str(value.text) for value in reference.iter(f"{CHART}v")]))
        return found


def charts(path: Path) -> list[Drawn]:
    """The charts of a file, in its order."""
    with zipfile.ZipFile(path) as file:
        parts = [part for part in file.namelist() if re.fullmatch(r"xl/charts/chart[0-9]+\.xml", part)]
        return [Drawn(fromstring(file.read(part))) for part in parts]


def alternative_texts(path: Path) -> list[str]:
    """What each drawing says to who cannot see it."""
    with zipfile.ZipFile(path) as file:
        parts = [file.read(part) for part in file.namelist() if re.fullmatch(r"xl/drawings/drawing[0-9]+\.xml", part)]
    return [str(each.get("descr")) for part in parts for each in fromstring(part).iter(f"{DRAWING}cNvPr")]


def shown_by_cells(reference: str, cells: Cells) -> list[object]:
    """What the cells hold that a chart refers to."""
    sheet, _, address = reference.rpartition("!")
    left, top, right, bottom = range_boundaries(address.replace("$", ""))
    assert None not in (left, top, right, bottom)
    places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))  # type: ignore[operator, arg-type]
    return [cells.get((sheet.strip("'"), f"{get_column_letter(column)}{row}")) for row, column in places]


def unlike_cells(drawn: Drawn, cells: Cells) -> list[str]:
    """References whose values in the chart are not those of the cells."""
    return [
        reference for reference, held in drawn.caches() if not _same(held, shown_by_cells(reference, cells)) or not held
    ]


def _same(held: list[str], shown: list[object]) -> bool:
    return len(held) == len(shown) and all(
        float(one) == other if isinstance(other, int | float) else one == other
        for one, other in zip(held, shown, strict=True)
    )
