"""How the command ends: interrupted, its output closed, or on a code page that lacks what it says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from unitledger.cli import main

COMMAND = Path(sys.executable).with_name("unitledger")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and closed outputs are a Unix thing")
INTERRUPTED = """
import os, signal, sys, threading, unitledger_command
threading.Timer({after}, os.kill, (os.getpid(), signal.SIGINT)).start()
sys.argv = ["unitledger", "verify", {path!r}]
while True:
    unitledger_command.main()
"""


@POSIX
@pytest.mark.parametrize("after", [0.05, 0.1, 0.3, 0.9])
def test_an_interrupted_command_ends_in_silence_also_while_it_is_imported(tmp_path: Path, after: float) -> None:
    code = INTERRUPTED.format(after=after, path=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr


@POSIX
@pytest.mark.parametrize("ending", ["| true", "| head -1", ">&-", ">&- 2>&-"])
def test_where_nobody_listens_nothing_is_said(ending: str) -> None:
    done = subprocess.run(f"{COMMAND} show serving_cost {ending}", shell=True, capture_output=True, check=False)  # noqa: S602

    assert (done.returncode, done.stderr) == (0, b"")


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")


@FULL
@pytest.mark.parametrize("command", ["--help", "list", "show serving_cost", "build serving_cost -o -"])
def test_an_output_without_room_is_told_in_one_line(command: str) -> None:
    told = f"{COMMAND} {command} > /dev/full"
    done = subprocess.run(told, shell=True, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S602

    assert (done.returncode, done.stderr) == (
        2,
        "Error: Standard output could not be written: No space left on device. Send it elsewhere, or make room.\n",
    )


@POSIX
def test_a_closed_standard_input_is_told_in_one_line() -> None:
    told = f"{COMMAND} eval serving_cost --inputs - <&-"
    done = subprocess.run(told, shell=True, capture_output=True, text=True, check=False)  # noqa: S602

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "Error: Standard input is closed. Name a file after --inputs, or send one with | or <.\n",
    )


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "latin-1"])
@pytest.mark.parametrize("command", ["eval", "show", "trace", "list"])
def test_every_code_page_can_show_what_is_said(command: str, encoding: str) -> None:
    told = {"trace": ["trace", "serving_cost", "token_cost"], "list": ["list"]}
    done = CliRunner(charset=encoding).invoke(main, told.get(command, [command, "serving_cost"]))

    assert (done.exit_code, done.exception) == (0, None)
    assert done.stdout_bytes.decode(encoding)
    assert b"\\u" not in done.stdout_bytes


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "latin-1", "utf-8"])
def test_programs_read_the_same_on_every_code_page(encoding: str) -> None:
    def told(encoding: str) -> object:
        done = CliRunner(charset=encoding).invoke(main, ["eval", "serving_cost", "--json"])
        return json.loads(done.stdout_bytes.decode(encoding))

    assert told(encoding) == told("utf-8")


def test_a_sign_that_a_code_page_lacks_is_written_plainly() -> None:
    said = "only −5 × 3 ≤ “4” or 电价"
    done = CliRunner(charset="latin-1").invoke(main, ["show", said])

    assert 'only -5 × 3 <= "4" or \\u7535\\u4ef7' in done.stderr_bytes.decode("latin-1")
