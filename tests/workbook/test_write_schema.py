"""The file keeps to the schema of its format."""

from __future__ import annotations

from pathlib import Path

from unitledger.ledger import Ledger
from unitledger.workbook import write


def test_a_validator_of_the_format_finds_nothing(machine: Ledger, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    found = OpenXmlValidator().validate(str(write(machine, tmp_path / "machine.xlsx")))

    assert [str(error) for error in found.errors] == []
