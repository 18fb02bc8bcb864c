"""The installed package, in a fresh environment, beside a user's files that bear the names of our folders."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import attrs
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LITTER = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "*.xlsx")
IMPORTS = """
import ledger, templates, units  # the user's own
from unitledger import Ledger
from unitledger.units import Q
import unitledger.templates
print(units.MINE, ledger.MINE, templates.MINE, Ledger.__module__.split(".")[0], Q("3 s"))
"""
TYPED = """
from unitledger.errors import did_you_mean
from unitledger.units import Q
reveal_type(Q("3 s"))
reveal_type(did_you_mean("a", ["b"]))
"""


@attrs.frozen
class Installed:
    """A fresh environment with the package in it, and a user's folder to run things in."""

    python: Path
    folder: Path

    def run(self, *command: str | Path) -> str:
        """Run a command in the user's folder and return what it printed."""
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module", params=[[], ["--editable"]], ids=["normal", "editable"])
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("install")
    checkout, folder = base / "checkout", base / "user"
    shutil.copytree(ROOT, checkout, ignore=LITTER)
    (folder / "templates").mkdir(parents=True)
    for name in ("units.py", "ledger.py", "templates/__init__.py"):
        (folder / name).write_text("MINE = True\n")
    (folder / "typed.py").write_text(TYPED)
    venv.create(base / "venv", with_pip=True)
    python = base / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    made = Installed(python, folder)
    made.run(python, "-m", "pip", "install", "--quiet", *request.param, checkout)
    return made


def test_a_user_may_have_files_of_the_same_names(installed: Installed) -> None:
    assert installed.run(installed.python, "-c", IMPORTS) == "True True True unitledger 3 s\n"


def test_data_files_and_the_command_are_installed(installed: Installed) -> None:
    folders = {"ledger": "", "templates": "templates", "units": "units"}
    data = [
        Path(inside, path.relative_to(ROOT / folder)).as_posix()
        for folder, inside in folders.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]
    missing = f"""
from importlib.resources import files
print([name for name in {data} if not files("unitledger").joinpath(name).is_file()])
"""
    assert "units/definitions.txt" in data
    assert installed.run(installed.python, "-c", missing) == "[]\n"
    assert "Usage: unitledger" in installed.run(installed.python.with_name("unitledger"), "--help")


def test_mypy_finds_the_types_from_outside(installed: Installed) -> None:
    found = installed.run(sys.executable, "-m", "mypy", "--strict", "--python-executable", installed.python, "typed.py")

    assert 'Revealed type is "unitledger.units.atoms.pint_registry.Quantity"' in found
    assert 'Revealed type is "str"' in found or 'Revealed type is "builtins.str"' in found


def test_pyright_finds_the_types_from_outside(installed: Installed) -> None:
    found = installed.run(sys.executable, "-m", "pyright", "--pythonpath", installed.python, "typed.py")

    assert 'Type of "Q("3 s")" is "Quantity"' in found
    assert 'Type of "did_you_mean("a", ["b"])" is "str"' in found
