"""Workbooks worked out anew by programs that know nothing of ours; cached values in the file do not count."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from unitledger.errors import FormulaError
from unitledger.units import day_number
from unitledger.workbook.address import a1
from unitledger.workbook.audit.verify import largest_operand
from unitledger.workbook.cells.book import Place
from unitledger.workbook.cells.formula import Formula
from unitledger.workbook.cells.read import read_book

Cells = dict[tuple[str, str], Any]
"""What cells hold, by sheet and address without dollar signs."""

# Without this setting LibreOffice shows the cached values of a file that another program wrote.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""

_FONTS = """<?xml version="1.0"?>
<fontconfig>
<include>/etc/fonts/fonts.conf</include>
<selectfont>{hidden}</selectfont>
</fontconfig>
"""
_HIDDEN = '<rejectfont><pattern><patelt name="family"><string>{}</string></patelt></pattern></rejectfont>'


def libreoffice(path: Path) -> Cells:
    """Return every cell that is not empty, as LibreOffice works it out."""
    with TemporaryDirectory() as folder:
        return held(saved_by_libreoffice(path, Path(folder, "out")))


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """Return a copy of a workbook in `folder`, recalculated and saved by LibreOffice."""
    saved_all_by_libreoffice([path], folder)
    return folder / path.name


def saved_all_by_libreoffice(paths: Sequence[Path], folder: Path) -> None:
    """Put copies of workbooks in `folder`, recalculated and saved by LibreOffice; each call has its own profile."""
    _converted(paths, folder, "xlsx:Calc MS Excel 2007 XML")


def printed_by_libreoffice(paths: Sequence[Path], folder: Path, hidden: Collection[str] = ()) -> None:
    """Put workbooks as PDF files in `folder`, as on a machine that lacks the `hidden` fonts."""
    _converted(paths, folder, "pdf", hidden)


def _converted(paths: Sequence[Path], folder: Path, kind: str, hidden: Collection[str] = ()) -> None:
    with TemporaryDirectory() as home:
        fonts = Path(home, "fonts.conf")
        fonts.write_text(_FONTS.format(hidden="".join(map(_HIDDEN.format, hidden))), encoding="utf-8")
        profile = Path(home, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        program = shutil.which("soffice")
        assert program is not None
        subprocess.run(
            [
                *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless"),
                *("--convert-to", kind, "--outdir", str(folder), *map(str, paths)),
            ],
            check=True,
            capture_output=True,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)} if hidden else None,
            timeout=300,
        )


def formualizer(path: Path) -> Cells:
    """Return every cell that is not empty, as formualizer works it out."""
    from formualizer import Workbook

    book = Workbook.from_path(str(path))
    book.evaluate_all()
    cells = held(path)
    for sheet, address in formulas(path):
        row, column = _place(address)
        cells[sheet, address] = book.get_value(sheet, row, column)
    return cells


class Desk:
    """A workbook open in formualizer: somebody types into cells, and reads what others show."""

    def __init__(self, path: Path) -> None:
        from formualizer import Workbook

        self._book = Workbook.from_path(str(path))
        self._book.evaluate_all()

    def type(self, sheet: str, contents: Mapping[str, Any]) -> None:
        """Type into cells of a sheet; what begins with = is a formula, None empties the cell."""
        for address, content in contents.items():
            if isinstance(content, str) and content.startswith("="):
                self._book.set_formula(sheet, *_place(address), content)
            else:
                self._book.set_value(sheet, *_place(address), content)
        self._book.evaluate_all()

    def read(self, sheet: str, address: str) -> Any:
        """Return what a cell shows."""
        return self._book.get_value(sheet, *_place(address))

    def cells(self, places: Iterable[tuple[str, str]]) -> Cells:
        """Return what several cells show."""
        return {place: self.read(*place) for place in places}

    def status(self) -> tuple[Any, ...]:
        """Return integrity, state and the number of alerts, as Summary shows them."""
        shown = [str(self.read("Summary", f"{column}2")).partition(": ")[2] for column in "ABC"]
        return shown[0], shown[1], int(shown[2])


def differences(path: Path, found: Cells) -> list[str]:
    """Return the formulas whose recalculated value is not the cached one.

    What is left over of sums that cancel, and all that stands on it, differs from program to program: such a formula is
    worked out once more over what the program found for its operands, to the digits of the largest that is added up.
    """
    cached = held(path)
    apart = {place: text for place, text in formulas(path).items() if not agree(found.get(place), cached.get(place))}
    names = read_book(path).names if apart else {}
    return [
        f"{place}: {text} is {found.get(place)!r}, cached {cached.get(place)!r}"
        for place, text in apart.items()
        if not _follows(found, place, Formula.read(text, place[0], names))
    ]


def _follows(found: Cells, place: tuple[str, str], formula: Formula) -> bool:
    """Whether a program's value follows from those that it found for the operands of the formula."""

    def shown(other: Place) -> Any:
        held = found.get((other[0], a1(*other[1:])))
        return float(held) if isinstance(held, int | float) and not isinstance(held, bool) else held

    try:
        value = formula.value(shown)
    except (ArithmeticError, LookupError, ValueError, TypeError, FormulaError):
        return False
    left = found.get(place)
    if isinstance(left, int | float) and isinstance(value, int | float):
        return abs(left - value) <= 1e-9 * largest_operand(formula, formula.known(shown))
    return agree(left, value)


def _number_of_day(held: Any) -> Any:
    # A date that never comes is 0, which some readers take for midnight.
    if held == time():
        return 0.0
    if isinstance(held, date):
        return day_number(held.date() if isinstance(held, datetime) else held)
    return held


def agree(left: Any, right: Any) -> bool:
    """Whether two programs show the same: numbers within 1e-9 of their size, or of 1 near zero; a date is its day."""
    left, right = map(_number_of_day, (left, right))
    if isinstance(left, int | float) and isinstance(right, int | float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)
    # An empty text is read back as an empty cell. Past 15 digits Excel writes zeros, other programs do not.
    left, right = left or "", right or ""
    if isinstance(left, str) and isinstance(right, str):
        numbers = zip(_WRITTEN.findall(left), _WRITTEN.findall(right), strict=False)
        return _WRITTEN.sub("#", left) == _WRITTEN.sub("#", right) and all(
            math.isclose(float(one.replace(",", "")), float(other.replace(",", "")), rel_tol=1e-12)
            for one, other in numbers
        )
    return bool(left == right)


_WRITTEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def named_cells(path: Path, prefix: str) -> dict[str, tuple[str, list[str]]]:
    """Return the sheet and the cells of each defined name that begins with `prefix`, from left to right."""
    from openpyxl import load_workbook
    from openpyxl.utils.cell import get_column_letter, range_boundaries

    found = {}
    for name, defined in load_workbook(path).defined_names.items():
        if name.startswith(prefix):
            sheet, _, address = defined.attr_text.rpartition("!")
            left, row, right, _ = range_boundaries(address.replace("$", ""))
            assert left is not None
            assert right is not None
            cells = [f"{get_column_letter(column)}{row}" for column in range(left, right + 1)]
            found[name] = (sheet.strip("'"), cells)
    return found


def held(path: Path) -> Cells:
    """Return every cell that is not empty: values as they are cached in the file."""
    return _read(path, values=True)


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """Return the text of every formula."""
    return {place: text for place, text in _read(path, values=False).items() if str(text).startswith("=")}


def retyped(path: Path, sheet: str, changes: dict[str, Any]) -> Path:
    """Return a copy of a workbook with cells typed over, as an editor would leave it; caches are gone."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    for address, content in changes.items():
        book[sheet][address] = content
    copy = path.with_name(f"retyped-{path.name}")
    book.save(copy)
    return copy


def part(path: Path, name: str) -> str:
    """Return one part of the file as text."""
    with zipfile.ZipFile(path) as file:
        return file.read(name).decode("utf-8")


def _read(path: Path, *, values: bool) -> Cells:
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and (values or cell.data_type == "f")
    }


def _place(address: str) -> tuple[int, int]:
    from openpyxl.utils.cell import coordinate_to_tuple

    return coordinate_to_tuple(address)
