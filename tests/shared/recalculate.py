"""Workbooks worked out anew by programs that know nothing of ours; cached values in the file do not count."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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


def libreoffice(path: Path) -> Cells:
    """Return every cell that is not empty, as LibreOffice works it out."""
    with TemporaryDirectory() as folder:
        return held(saved_by_libreoffice(path, Path(folder, "out")))


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """Return a copy of a workbook in `folder`, recalculated and saved by LibreOffice; each call has its own profile."""
    with TemporaryDirectory() as home:
        profile = Path(home, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        program = shutil.which("soffice")
        assert program is not None
        subprocess.run(
            [
                *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless"),
                *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(path)),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return folder / path.name


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
