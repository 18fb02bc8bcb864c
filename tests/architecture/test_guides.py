"""The guides to the house, to the tests and to the examples name what there is, and nothing that has gone."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
MAP = (ROOT / "docs" / "develop.md").read_text("utf-8")
GUIDE = (TESTS / "README.md").read_text("utf-8")
CHECKS = (TESTS / "acceptance" / "README.md").read_text("utf-8")


def test_the_map_names_every_package_once() -> None:
    rows = re.findall(r"^\| (`[\w/]+`(?:, `[\w/]+`)*) \|", MAP, re.MULTILINE)
    named = [folder for row in rows for folder in re.findall(r"[\w/]+", row)]
    inits = (path for folder in ("ledger", "templates", "units") for path in (ROOT / folder).rglob("__init__.py"))

    assert sorted(named) == sorted(path.parent.relative_to(ROOT).as_posix() for path in inits)


def test_the_guide_names_every_file_that_tests_share_with_names_that_it_has() -> None:
    rows = re.findall(r"^\| `(\w+)\.py` \| (.+?) \|", GUIDE, re.MULTILINE)

    assert [file for file, _ in rows] == sorted(path.stem for path in (TESTS / "shared").glob("*.py"))
    named = [(file, name) for file, names in rows for name in re.findall(r"`(\w+)`", names)]
    assert [(file, name) for file, name in named if not hasattr(import_module(file), name)] == []


def test_the_guide_names_every_folder_of_tests() -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", GUIDE, re.MULTILINE)
    named = {folder for row in rows for folder in re.findall(r"\w+", row)}

    assert named == {path.parent.name for path in TESTS.glob("*/test_*.py")}


def test_the_list_of_checks_names_every_file_that_holds_one() -> None:
    listed = re.findall(r"^\| ([0-9]+) \| .+ \| `(test_([0-9]{2})_\w+\.py)` \|$", CHECKS, re.MULTILINE)

    assert [int(check) for check, _, in_name in listed] == [int(in_name) for _, _, in_name in listed]
    assert {int(check) for check, _, _ in listed} == set(range(1, 16))
    assert sorted(file for _, file, _ in listed) == sorted(
        path.name for path in (TESTS / "acceptance").glob("test_[0-9][0-9]_*.py")
    )


def test_every_example_is_run_on_its_page() -> None:
    page = (ROOT / "examples" / "README.md").read_text("utf-8")

    assert sorted(re.findall(r"^\$ python (\S+)$", page, re.MULTILINE)) == sorted(
        path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").glob("*.py")
    )
