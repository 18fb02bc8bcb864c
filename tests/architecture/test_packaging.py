"""What setup.cfg ships, and the shape that every file keeps."""

from __future__ import annotations

import ast
from collections import Counter
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"ledger": "unitledger", "templates": "unitledger.templates", "units": "unitledger.units"}
MODULES = sorted(path for folder in PACKAGES for path in (ROOT / folder).rglob("*.py"))
INITS = [path for path in MODULES if path.name == "__init__.py"]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def import_name(folder: Path) -> str:
    top, *below = folder.relative_to(ROOT).parts
    return ".".join([PACKAGES[top], *below])


def settings() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_the_listed_packages_are_the_folders_that_hold_modules() -> None:
    listed = settings()["options"]["packages"].split()

    assert listed == sorted(listed)
    assert listed == sorted({import_name(path.parent) for path in MODULES})


def test_every_folder_of_modules_is_a_package() -> None:
    bare = {shown(path.parent) for path in MODULES} - {shown(path.parent) for path in INITS}

    assert bare == set()


def test_every_data_file_matches_a_shipped_pattern() -> None:
    patterns = settings()["options.package_data"]["*"].replace(",", " ").split()
    files = [path for folder in PACKAGES for path in (ROOT / folder).rglob("*") if path.is_file()]
    data = [path for path in files if path.suffix not in {".py", ".pyc"}]

    assert [shown(path) for path in data if not any(path.match(pattern) for pattern in patterns)] == []


@pytest.mark.parametrize("folder", PACKAGES)
def test_type_checkers_are_told_that_the_package_is_typed(folder: str) -> None:
    assert (ROOT / folder / "py.typed").read_text() == ""


@pytest.mark.parametrize("folder", ["ledger", "templates", "units", "tests", "docs", "benchmarks", "examples"])
def test_no_python_file_is_longer_than_400_lines(folder: str) -> None:
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")}

    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_folder_of_the_library_holds_more_than_twelve_files() -> None:
    held = Counter(shown(path.parent) for path in (ROOT / "ledger").rglob("*.py"))

    assert {folder for folder, files in held.items() if files > 12} == set()


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def order_of_names(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions: the order that ruff keeps."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2), name


@pytest.mark.parametrize("path", INITS, ids=shown)
def test_an_init_only_re_exports(path: Path) -> None:
    docstring, *statements = ast.parse(path.read_text("utf-8")).body
    exported: list[str] = []
    imported: list[str] = []
    for statement in statements:
        match statement:
            case ast.ImportFrom(module=str(module), names=names, level=0):
                assert module == "__future__" or module.split(".")[0] == "unitledger"
                imported += [alias.asname or alias.name for alias in names if module != "__future__"]
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() as value):
                exported = ast.literal_eval(value)
            case ast.If(test=ast.Compare(left=ast.Name(id="__name__")), body=[ast.Raise()], orelse=[]):
                pass  # the guard against an import under the folder's own name
            case _:
                pytest.fail(f"{shown(path)}:{statement.lineno} is no re-export: {ast.unparse(statement)}")

    assert isinstance(docstring, ast.Expr)
    assert exported == sorted(exported, key=order_of_names)
    assert set(exported) == set(imported)
