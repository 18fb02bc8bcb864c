"""Check 15: the same ledger gives the same file, which says which version it is; what is old says so."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from built import Built
from recalculate import Desk

from unitledger import templates
from unitledger.workbook import workbook_bytes
from unitledger.workbook.stated.version import version_id

_DIGEST = """
import hashlib
from unitledger import templates
from unitledger.workbook import workbook_bytes
print(hashlib.sha256(workbook_bytes(templates.find("serving_cost")())).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "17"])
def test_another_process_builds_the_same_file_to_the_byte(seed: str, serving: Built) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", _DIGEST], env=environment, capture_output=True, text=True, check=True, timeout=120
    )

    assert done.stdout.strip() == hashlib.sha256(serving.path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", templates.names())
def test_two_builds_are_equal_to_the_byte(name: str) -> None:
    build = templates.find(name)

    assert workbook_bytes(build()) == workbook_bytes(build())


def test_the_file_says_which_version_it_is(template: Built) -> None:
    version = version_id(template.ledger)
    footers = {
        sheet.oddFooter.right.text for sheet in template.book.worksheets if sheet.oddFooter and sheet.oddFooter.right
    }
    read_me = {held for (sheet, _), held in template.cached.items() if sheet == "Read me"}

    assert template.book.properties.description == f"version {version}"
    assert version in read_me
    assert footers == {f"version {version}"}
    assert any(sheet == "Summary" and version in str(held) for (sheet, _), held in template.cached.items())


def test_another_figure_is_another_version(serving: Built) -> None:
    dearer = serving.ledger.with_settings({"farm": {"tariff": "0.11 USD/kWh"}})

    assert version_id(dearer) != version_id(serving.ledger)


def test_values_of_python_say_when_they_are_old(serving: Built, tmp_path: Path) -> None:
    desk = Desk(serving.ledger.to_excel(tmp_path / "mapped.xlsx", sheets=["+Formula map"]))
    assert desk.read("Formula map", "E3") == "current"

    cell = serving.input("load", "rtx4090")
    desk.type("Inputs", {cell: 0.5})
    assert desk.read("Formula map", "E3") == "STALE"
    desk.type("Inputs", {cell: 1})
    assert desk.read("Formula map", "E3") == "current"
