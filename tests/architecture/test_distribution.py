"""What is published: a wheel and a source archive, the same from the same files, with all that belongs in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LITTER = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "*.xlsx")
FOLDERS = {"ledger": "unitledger", "templates": "unitledger/templates", "units": "unitledger/units"}
DAY = "1767225600"  # 2026-01-01


def shipped() -> dict[str, str]:
    """The files of the packages: where each is in the checkout, by where it is installed."""
    return {
        Path(inside, path.relative_to(ROOT / folder)).as_posix(): path.relative_to(ROOT).as_posix()
        for folder, inside in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def built(folder: Path, days_old: int) -> dict[str, Path]:
    """Build both from a copy of the checkout whose files are so old; by the ending of the name."""
    copy = folder / "checkout"
    shutil.copytree(ROOT, copy, ignore=LITTER)
    for path in copy.rglob("*"):
        os.utime(path, (1.7e9 - 86_400 * days_old,) * 2)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", folder / "dist", copy],
        env={**os.environ, "SOURCE_DATE_EPOCH": DAY},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.suffix: path for path in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Path]]:
    return [built(tmp_path_factory.mktemp("dist"), days_old) for days_old in (0, 400)]


def test_the_same_files_make_the_same_archives(twice: list[dict[str, Path]]) -> None:
    first, again = ({name: sha256(path.read_bytes()).hexdigest() for name, path in each.items()} for each in twice)

    assert first.keys() == {".whl", ".gz"}
    assert first == again


def test_the_wheel_holds_the_packages_and_nothing_else(twice: list[dict[str, Path]]) -> None:
    names = set(ZipFile(twice[0][".whl"]).namelist())
    about = {name for name in names if ".dist-info/" in name}

    assert names - about == {*shipped(), "unitledger_command.py"}
    assert {Path(name).name for name in about} >= {"METADATA", "RECORD", "LICENSE", "entry_points.txt"}


def test_the_source_archive_holds_tests_and_pages_too(twice: list[dict[str, Path]]) -> None:
    with tarfile.open(twice[0][".gz"]) as archive:
        names = {member.name.partition("/")[2] for member in archive if member.isfile()}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in ("tests", "docs", "benchmarks", "examples")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert names >= wanted | set(shipped().values()) | {
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "conftest.py",
    }
    assert not [name for name in names if name.endswith((".xlsx", ".pyc"))]
