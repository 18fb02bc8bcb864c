"""Check 14: what is printed can be read, says where it is from, and fits; what may be edited is open, the rest not."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pytest
from budgets import budget
from built import Built
from machine import four_lines
from odd_ledgers import ODD
from openpyxl.worksheet.worksheet import Worksheet
from price_lists import FLEET, price_list
from recalculate import printed_by_libreoffice, retyped

from unitledger import templates
from unitledger.ledger import Ledger
from unitledger.workbook.stated.version import version_id

SMALLEST = 7.0
WIDE = ("8 options", "300 lines", "large and small")
NARROW = ("Summary", "Constants", "Read me")
CALIBRI = {"Calibri", "Carlito"}
"""The font of the workbooks, and the free one with the same widths."""
# A column is so many digits of the font wide. A digit takes 0.507 of the size in Calibri, and 0.636 in DejaVu Sans, the
# widest font that usually takes its place; pages are scaled by whole percents of letters of 10 points.
SMALLEST_ELSEWHERE = SMALLEST * 0.507 / 0.636 - 0.1


@attrs.frozen
class Page:
    """A printed page: the sheet that its footer names, its texts, their least size in points and fonts, how it lies."""

    sheet: str
    texts: tuple[str, ...]
    smallest: float
    fonts: frozenset[str]
    landscape: bool


Printed = dict[str, list[Page]]
"""Pages by workbook."""


def pages(path: Path) -> list[Page]:
    """The pages of a printed file."""
    from pypdf import PdfReader

    found: list[Page] = []
    for page in PdfReader(path).pages:
        shown: list[tuple[str, float]] = []

        def note(text: str, _: Any, matrix: list[float], __: Any, size: float, shown: Any = shown) -> None:
            if text.strip():
                shown.append((text.strip(), size * math.hypot(matrix[2], matrix[3])))

        page.extract_text(visitor_text=note)
        if not shown:
            continue  # LibreOffice puts an empty sheet of paper between sheets of different sizes
        texts = tuple(text for text, _ in shown)
        footer = re.search(rf"{path.stem}\.xlsx · (.+?) page [0-9]+ of", page.extract_text())
        assert footer is not None, f"{path.name}, page {len(found) + 1}"
        box = page.mediabox
        resources: Any = page["/Resources"]
        # Such as /BAAAAA+Carlito-Bold.
        fonts = re.findall(r"\+(\w+)", " ".join(font["/BaseFont"] for font in resources["/Font"].values()))
        found.append(
            Page(footer[1], texts, min(size for _, size in shown), frozenset(fonts), bool(box.width > box.height))
        )
    return found


def on_paper(paths: Sequence[Path], hidden: Collection[str] = ()) -> Printed:
    """Workbooks as LibreOffice prints them, with some fonts hidden from it."""
    with TemporaryDirectory() as folder:
        printed_by_libreoffice(paths, Path(folder), hidden)
        return {path.stem: pages(Path(folder, f"{path.stem}.pdf")) for path in paths}


@pytest.fixture(scope="module")
def printed(built: Any) -> Printed:
    """Every template on paper."""
    return on_paper([built(name).path for name in templates.names()])


@pytest.fixture(scope="module")
def long_and_wide(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Ledgers of many options, many lines and wide figures on paper."""
    folder = tmp_path_factory.mktemp("wide")
    return on_paper([ODD[name]().to_excel(folder / f"{place}.xlsx") for place, name in enumerate(WIDE)])


def check_readable(found: Printed, smallest: float) -> None:
    for name, sheets in found.items():
        for number, page in enumerate(sheets, start=1):
            assert page.smallest >= smallest, (name, number, page.sheet, page.smallest)


def check_whole(found: Printed) -> None:
    for name, sheets in found.items():
        for number, page in enumerate(sheets, start=1):
            assert page.landscape, (name, number, page.sheet)
            assert not any("###" in text for text in page.texts), (name, number, page.sheet)
        assert [page.sheet for page in sheets].count("Summary") == 1, name
        assert sheets[0].sheet == "Summary"


@pytest.mark.libreoffice
def test_summary_is_one_page_where_options_have_long_names(tmp_path: Path) -> None:
    book = templates.find("serving_cost")()
    path = book.to_excel(tmp_path / "short.xlsx")
    said = "Eight {} cards in a machine of one's own, hosted in the second hall beside the old mill"
    long = {f"{column}4": said.format(name) for column, name in zip("CDEFGHI", book.options, strict=True)}
    renamed = book.read_edits(retyped(path, "Inputs", long)).apply()

    check_whole(on_paper([renamed.to_excel(tmp_path / "long.xlsx")]))


def repeated(sheet: Worksheet) -> tuple[str | None, str | None]:
    return sheet.print_title_rows, sheet.print_title_cols


def test_every_sheet_lies_across_and_repeats_its_titles(template: Built) -> None:
    for sheet in template.book.worksheets:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert '<pageSetUpPr fitToPage="1"/>' in template.part_of(sheet.title), sheet.title
        rows, columns = repeated(sheet)
        wide = sheet.page_setup.fitToWidth or 1
        assert (columns is not None) == (wide > 1), sheet.title
        if sheet.title not in {"Summary", "Sensitivity", "Read me"}:
            assert rows is not None, sheet.title


def test_sheets_without_options_are_one_page_wide(template: Built) -> None:
    for sheet in template.book.worksheets:
        if sheet.title in NARROW:
            assert (sheet.page_setup.fitToWidth or 1) == 1, sheet.title
    assert template.book["Summary"].page_setup.fitToHeight in {None, 1}


def test_the_footer_says_file_sheet_page_and_version(template: Built) -> None:
    version = version_id(template.ledger)
    for sheet in template.book.worksheets:
        part = template.part_of(sheet.title)
        footer = f"&amp;L&amp;10&amp;F · &amp;A&amp;C&amp;10page &amp;P of &amp;N&amp;R&amp;10version {version}"
        assert f"<oddFooter>{footer}</oddFooter>" in part, sheet.title
        assert 'scaleWithDoc="0"' in part, sheet.title


def test_what_may_be_edited_is_open_and_the_rest_is_locked(template: Built) -> None:
    for sheet in template.book.worksheets:
        protection = sheet.protection
        if sheet.title in ("Inputs", "Timeline", *template.tables):
            assert not protection.sheet
        else:
            assert protection.sheet, sheet.title
            assert not protection.password, sheet.title
            assert not protection.objects, f"{sheet.title}: arrows to precedents are drawn objects"


def test_every_input_cell_is_validated(template: Built) -> None:
    checked = {
        cell
        for rule in template.book["Inputs"].data_validations.dataValidation
        for part in rule.sqref.ranges
        for row in part.rows
        for cell in row
    }
    for name in template.ledger.inputs:
        for option in template.ledger.options:
            place = template.input(name, option)
            cell = template.book["Inputs"][place]
            assert (cell.row, cell.column) in checked, place


@pytest.mark.slow
@pytest.mark.libreoffice
def test_printed_text_can_be_read(printed: Printed, long_and_wide: Printed) -> None:
    fonts = set[str]().union(*(page.fonts for page in printed["serving_cost"]))
    if not fonts & CALIBRI:
        pytest.skip(
            f"LibreOffice prints in {', '.join(sorted(fonts))}, whose letters are not as wide as Calibri's, so the "
            "size of print says nothing: install Carlito (Debian: fonts-crosextra-carlito)"
        )
    check_readable(printed | long_and_wide, SMALLEST)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_no_figure_is_cut_and_the_summary_is_one_page(printed: Printed, long_and_wide: Printed) -> None:
    check_whole(printed | long_and_wide)


@pytest.mark.libreoffice
def test_few_pages_are_printed(tmp_path: Path) -> None:
    books = {"four": four_lines(ranged=False), "ranged": four_lines(ranged=True), "months": budget()}
    items = [{**FLEET[place % 3], "name": f"item {place}"} for place in range(96)]
    books |= {"items": price_list(items), "serving": templates.find("serving_cost")().only("rtx4090", "h100")}
    books["roofline"] = templates.find("roofline_serving")()
    found = on_paper([book.to_excel(tmp_path / f"{name}.xlsx") for name, book in books.items()])

    counted = {name: len(sheets) for name, sheets in found.items()}
    # 140 lines in six options, some of them chosen from twenty.
    del counted["roofline"]
    assert [page.sheet for page in found["roofline"]].count("Calc") <= 8
    assert counted == {"four": 3, "ranged": 4, "months": 6, "items": 5, "serving": 7}
    assert not {"Checks", "Read me", "Constants"} & {page.sheet for sheets in found.values() for page in sheets}


@pytest.mark.slow
@pytest.mark.libreoffice
def test_without_calibri_print_is_smaller_by_as_much_as_the_font_is_wider(built: Any) -> None:
    found = on_paper([built(name).path for name in ("private_deployment", "serving_comparison")], hidden=CALIBRI)

    assert not any(page.fonts & CALIBRI for sheets in found.values() for page in sheets)
    check_whole(found)
    check_readable(found, SMALLEST_ELSEWHERE)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_each_page_begins_with_the_headings_of_its_sheet(printed: Printed, long_and_wide: Printed, built: Any) -> None:
    for name, found in printed.items():
        ledger: Ledger = built(name).ledger
        for page in found:
            if page.sheet == "Calc":
                assert "Line" in page.texts, name
                # A page is that of options, of how lines are computed, or of notes.
                assert {*ledger.options, "How it is computed", "Note"} & set(page.texts), name
    for name, found in long_and_wide.items():
        assert all("Line" in page.texts for page in found if page.sheet in {"Calc", "Second calculation"}), name
