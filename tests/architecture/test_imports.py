"""Importing the package stays light, and stays possible under the right name only."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {"numpy", "openpyxl", "pandas", "pyxirr", "rich", "xlsxwriter"}
BELOW_CLI = sorted(
    path
    for folder in ("ledger", "templates", "units")
    for path in (ROOT / folder).rglob("*.py")
    if (ROOT / "ledger" / "cli") not in path.parents
)


def imports_on_load(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level name of each module that is imported when the file itself is."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                pass
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=otherwise):
                for statement in otherwise:
                    yield from imports_on_load(ast.Module([statement], []))
            case ast.Import(names=names):
                yield from (alias.name.split(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module.split(".")[0]
            case _:
                yield from imports_on_load(node)


@pytest.mark.parametrize("path", BELOW_CLI, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_below_the_command_loads_a_heavy_library(path: Path) -> None:
    assert HEAVY & set(imports_on_load(ast.parse(path.read_text("utf-8")))) == set()


def test_the_scan_sees_an_import_in_a_class_and_passes_over_one_in_a_function() -> None:
    source = """
if TYPE_CHECKING:
    import pandas
class Sheet:
    from xlsxwriter import Workbook
try:
    import numpy.linalg
except ImportError:
    pass
def write():
    import openpyxl
"""
    assert sorted(imports_on_load(ast.parse(source))) == ["numpy", "xlsxwriter"]


def test_importing_the_package_loads_neither_a_spreadsheet_library_nor_the_command() -> None:
    code = """
import sys, unitledger, unitledger.templates, unitledger.units
print(sorted({"click", "openpyxl", "pandas", "rich", "unitledger.cli", "xlsxwriter"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("folder", "right"),
    [("ledger", "unitledger"), ("templates", "unitledger.templates"), ("units", "unitledger.units")],
)
def test_a_folder_imported_under_its_own_name_says_which_import_is_right(folder: str, right: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {folder}"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"ImportError: Import {right}, not '{folder}': ")


@pytest.mark.parametrize("path", BELOW_CLI, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_name_of_a_module_is_given_twice(path: Path) -> None:
    statements = ast.parse(path.read_text(encoding="utf-8")).body
    given = [
        name.id
        for statement in statements
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for name in ast.walk(statement)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    ]
    # Of the words of a workbook the last would be said in both places.
    assert {name for name in given if given.count(name) > 1} == set()
