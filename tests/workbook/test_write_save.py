"""The file appears whole or not at all, and the message names path and fix."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from unitledger.errors import CalculationError, EmptyLedger, WorkbookError, WorkbookRefused
from unitledger.files.save import save
from unitledger.ledger import Ledger
from unitledger.workbook.book import write


def test_the_path_comes_back(machine: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "machine.xlsx"

    assert write(machine, str(path)) == path
    assert path.read_bytes().startswith(b"PK")


def test_an_existing_file_is_replaced_and_nothing_else_is_left(machine: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "machine.xlsx"
    path.write_text("old")

    write(machine, path)

    assert [each.name for each in tmp_path.iterdir()] == ["machine.xlsx"]


def test_an_existing_file_is_kept_when_asked(machine: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "machine.xlsx"
    path.write_text("old")

    with pytest.raises(WorkbookError) as refused:
        write(machine, path, overwrite=False)
    assert str(refused.value) == f"{path} exists already. Choose another name, or write with overwrite=True."
    assert path.read_text() == "old"


def test_the_folder_must_be_there(machine: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "no" / "machine.xlsx"

    with pytest.raises(WorkbookError) as refused:
        write(machine, path)
    assert str(refused.value) == f"{path}: the folder {path.parent} does not exist. Make it first."


def test_a_folder_is_no_file(machine: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "folder.xlsx"
    path.mkdir()

    with pytest.raises(WorkbookError) as refused:
        write(machine, path)
    assert str(refused.value) == f"{path} is a folder. Name a file in it."


def test_the_name_says_what_it_is(machine: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "machine.xls"

    with pytest.raises(WorkbookError) as refused:
        write(machine, path)
    assert str(refused.value) == f"{path}: a workbook's name ends in .xlsx. Write 'machine.xlsx'."


def refuse(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def replace(*_: Path) -> Path:
        raise error

    monkeypatch.setattr(Path, "replace", replace)


def test_a_file_that_is_open_elsewhere_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "machine.xlsx"
    path.write_text("old")
    refuse(monkeypatch, PermissionError(13, "Access is denied"))

    with pytest.raises(WorkbookError) as refused:
        save(b"new", path)
    assert str(refused.value) == (
        f"{path} cannot be replaced: it is open in another program, or it may not be written. "
        "Close it there, or choose another name."
    )
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["machine.xlsx"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "machine.xlsx"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkbookError) as refused:
        save(b"new", path)
    assert str(refused.value) == f"{path} could not be written: No space left on device."
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["machine.xlsx"]


def test_a_write_protected_file(machine: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "machine.xlsx"
    path.write_text("old")
    # The administrator may write everything, so the system's answer is given here.
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(WorkbookError) as refused:
        write(machine, path)
    assert str(refused.value) == f"{path} is write-protected. Choose another name, or allow writing to it."


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "machine.xlsx"

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The administrator may write everywhere, so the system's answer is given here.
    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(WorkbookError) as refused:
        save(b"new", path)
    assert str(refused.value) == (
        f"{path}: no permission to write into {tmp_path}. Choose another folder, or allow writing to it."
    )


def test_permissions_are_those_of_the_file_that_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "machine.xlsx"
    path.write_text("old")
    path.chmod(0o640)

    save(b"new", path)

    assert path.stat().st_mode & 0o777 == 0o640


def test_an_empty_ledger(tmp_path: Path) -> None:
    with pytest.raises(EmptyLedger) as refused:
        write(Ledger("Nothing yet"), tmp_path / "empty.xlsx")
    assert str(refused.value) == ("'Nothing yet' has no lines: add one with line(name, formula) or add(cost line).")
    assert not (tmp_path / "empty.xlsx").exists()


def test_a_line_without_a_value_leaves_no_file(tmp_path: Path) -> None:
    ledger = Ledger("Division")
    rent = ledger.assume("rent", "5 USD/h")
    ledger.line("share", rent / (rent - rent))

    with pytest.raises(CalculationError, match="Line 'share' has no value in option 'base': it divides by zero"):
        write(ledger, tmp_path / "division.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300, "nul\0"])
def test_a_name_that_no_file_can_have(machine: Ledger, tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkbookError, match=r"(cannot be a file: File name too long|embedded null byte)\.$"):
        machine.to_excel(tmp_path / f"{name}.xlsx")
    with pytest.raises(
        WorkbookRefused, match=r"cannot be read: (File name too long\. Check the path|embedded null byte)\.$"
    ):
        machine.read_edits(tmp_path / f"{name}.xlsx")
    assert list(tmp_path.iterdir()) == []
