"""README.md, the pages of docs/ and examples/ as tests: their Python runs, their commands print what a page shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser

HERE = Path(__file__).parent
# What a page may send on to the command, or the command to, between pipes.
PROGRAMS = {"unitledger", "printf", "grep", "python"}


def run_console(example: Example) -> str | None:
    """Run each ``$ unitledger ...`` of a console block; return what differs (``…`` fits any text)."""
    shown, *sessions = ("\n" + example.parsed).split("\n$ ")
    if shown.strip() or not sessions:
        return "A console block starts with '$ unitledger ...'."
    for session in sessions:
        command, _, expected = session.partition("\n")
        programs = [shlex.split(part)[0] for part in command.split(" | ")]
        if not set(programs) <= PROGRAMS:
            return f"A console block runs only {', '.join(sorted(PROGRAMS))}; use a block marked sh."
        here = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(  # noqa: S603 - the command comes from our own page
            ["bash", "-o", "pipefail", "-c", command],  # noqa: S607 - whichever there is
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONUTF8": "1", "PATH": here},
            timeout=300,
            check=False,
        )
        expected = expected.strip("\n").replace("…", "...")
        printed = "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())
        if done.returncode and "Error" not in expected:
            return f"$ {command}\nfailed with exit code {done.returncode} and printed:\n{printed}"
        if not OutputChecker().check_output(expected + "\n", printed + "\n", ELLIPSIS):
            return f"$ {command}\nshould print:\n{expected}\n\nbut printed:\n{printed}"
    return None


run_python = PythonEvaluator()


def keep_output(example: Example) -> None:
    """Run a Python block and keep what it prints for the text block that shows it.

    A block that begins with a comment such as ``# storage_cost.py`` is also saved under that name.
    """
    title = re.match(r"# (\w+\.py)\n", example.parsed)
    if title:
        Path(title[1]).write_text(example.parsed, encoding="utf-8")
    unshown = example.namespace.pop("_printed", "")
    if unshown:
        raise AssertionError(f"The block before printed, and the page does not show it:\n{unshown}")
    with redirect_stdout(StringIO()) as printed:
        run_python(example)
    example.namespace["_printed"] = printed.getvalue()


def compare_output(example: Example) -> str | None:
    """Compare a text block with what the Python block before it printed (``…`` fits any text)."""
    printed = example.namespace.pop("_printed", "")
    shown = example.parsed.strip("\n").replace("…", "...") + "\n"
    # A page may break a long line of output.
    if OutputChecker().check_output(shown, printed, ELLIPSIS | NORMALIZE_WHITESPACE):
        return None
    return f"The page should show:\n{printed}"


def enter_folder(namespace: dict[str, Any]) -> None:
    """Give each page a folder of its own, shared by its Python and its commands, with nothing but the examples."""
    namespace["_folder"] = TemporaryDirectory()
    os.chdir(namespace["_folder"].name)
    Path("examples").symlink_to(HERE / "examples")


def leave_folder(namespace: dict[str, Any]) -> None:
    """Remove the page's folder with all that the page made."""
    os.chdir(HERE)
    namespace["_folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser("python", keep_output),
        CodeBlockParser("text", compare_output),
        CodeBlockParser("console", run_console),
    ],
    patterns=["README.md", "docs/*.md", "docs/*/*.md", "examples/*.md"],
    path=str(HERE),
    setup=enter_folder,
    teardown=leave_folder,
).pytest()
