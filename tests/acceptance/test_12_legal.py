"""Check 12: what Excel refuses is not in the file; other programs would not have said so."""

from __future__ import annotations

import re

from built import Built
from formula_text import most_arguments
from openpyxl.utils.cell import column_index_from_string
from recalculate import part


def like_a_cell(name: str) -> bool:
    """Whether a defined name would be read as A1 or R1C1."""
    letters = re.fullmatch(r"([A-Za-z]{1,3})[0-9]+", name)
    column = column_index_from_string(letters[1].upper()) if letters else 0
    return 0 < column <= 16_384 or re.fullmatch(r"[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*", name) is not None


def test_names(template: Built) -> None:
    names = [*template.book.defined_names]
    sheets = template.book.sheetnames

    assert len({name.casefold() for name in names}) == len(names) > len(template.ledger.inputs)
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,254}", name) and not like_a_cell(name) for name in names)
    assert all(len(sheet) <= 31 and not set("[]:*?/\\") & set(sheet) for sheet in sheets)


def test_lengths(template: Built) -> None:
    for place, text in template.formulas.items():
        assert len(text) <= 8_192, place
        assert most_arguments(text) <= 255, place
    assert all(len(held) <= 32_767 for held in template.cached.values() if isinstance(held, str))
    for sheet in template.book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 255
            assert len(rule.errorTitle or "") <= 32


def test_styles_and_links(template: Built) -> None:
    styles = part(template.path, "xl/styles.xml")

    assert styles.count("<numFmt ") < 200
    assert styles.count("<xf ") < 64_000
    for sheet in template.book.worksheets:
        assert sum(cell.hyperlink is not None for row in sheet.iter_rows() for cell in row) < 65_530
