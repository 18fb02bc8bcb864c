"""The command itself, as a process of its own, over files of which each is as bad as its kind can be."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import machine
import pytest
from outside import CALC, LONGEST_MESSAGE, LONGEST_SECONDS, STYLES, WORKBOOK, sound
from worked_on import packed

COMMAND = Path(sys.executable).with_name("unitledger")
MOST_KILOBYTES = 500_000
# A process counts for its own what that took from which it was begun, such as these tests; so a small one is between.
BETWEEN = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:], check=False).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    file.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}")
sys.exit(code)
"""
OWN = "rented_or_bought.py"
"""A template whose workbook comes back."""

STYLE = '<xf numFmtId="{}" fontId="{}"/>'
DOUBLED = '<row r="{}"><c r="A{}"><f>A{}&amp;A{}</f><v>1</v></c></row>'
FIRST = '<row r="900"><c r="A900"><f>REPT("a",1000)</f><v>1</v></c></row>'


def before(part: str, end: str, added: str) -> dict[str, bytes]:
    """Return a part with more before an element ends."""
    return {part: sound()[part].replace(end.encode(), f"{added}{end}".encode())}


WORKBOOKS: Mapping[str, Callable[[], dict[str, bytes]]] = {
    "15,000 styles": lambda: before(
        STYLES, "</cellXfs>", "".join(STYLE.format(at * 7919 % 10_007, at) for at in range(15_000))
    ),
    "a name of all rows": lambda: {
        WORKBOOK: re.sub(rb'(?<=name="in_draw">)[^<]*', b"Inputs!$C$6:$D$1048576", sound()[WORKBOOK])
    },
    "a text doubled forty times": lambda: before(
        CALC, "</sheetData>", FIRST + "".join(DOUBLED.format(at, at, at - 1, at - 1) for at in range(901, 940))
    ),
}
VERBS = {
    "edits": ["edits", "sent.xlsx", OWN, "--json"],
    "fill": ["fill", "sent.xlsx", OWN, "--set", "draw=5.5 kW", "-o", "made.xlsx"],
    "verify": ["verify", "sent.xlsx", "--json"],
    "since": ["build", OWN, "--since", "sent.xlsx", "-o", "made.xlsx"],
    "variance": ["variance", "sent.xlsx", OWN, "actuals.csv", "--json"],
}
SHAPE = {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_hidden_layers": 32}
SHAPE |= {"intermediate_size": 11_008, "vocab_size": 32_000}
TEXTS: Mapping[str, tuple[list[str], Callable[[], str]]] = {
    "a key of 20,000 parts": (
        ["eval", OWN, "--inputs", "sent.toml", "--json"],
        lambda: f"{'.'.join(['a'] * 20_000)} = 1\n",
    ),
    "hexadecimal digits": (
        ["trace", OWN, "hour", "--inputs", "sent.toml"],
        lambda: f"load = 0x{'f' * 100_000}\n",
    ),
    "a catalog of one long text": (["catalog", "--check", "sent.toml"], lambda: f'load = "{"x" * 3_000_000}"\n'),
    "a shape with a list": (
        ["model", "sent.toml", "-o", "own.toml"],
        lambda: json.dumps(SHAPE | {"vocab_size": [1] * 100_000}),
    ),
    "fields that are not known": (
        ["model", "sent.toml", "-o", "own.toml"],
        lambda: json.dumps(SHAPE | {f"field_{place}": place for place in range(50_000)}),
    ),
}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="time and memory of a process, as Linux tells them")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(machine.__file__, tmp_path / OWN)
    (tmp_path / "actuals.csv").write_text("name,unit,actual\ndraw,kW,5.5\n", encoding="utf-8")
    return tmp_path


def ran(folder: Path, arguments: list[str]) -> tuple[int, str, str]:
    """Run a command; return its exit code, what it said and what it complained of. None takes long or much."""
    with (folder / "said").open("wb") as said, (folder / "complained").open("wb") as complained:
        begun: list[str | Path] = [sys.executable, "-c", BETWEEN, folder / "used", COMMAND, *arguments]
        code = subprocess.run(begun, cwd=folder, stdout=said, stderr=complained, check=False).returncode
    told, words, used = ((folder / name).read_text(encoding="utf-8") for name in ("said", "complained", "used"))
    seconds, kilobytes = map(float, used.split())
    assert seconds < LONGEST_SECONDS
    assert kilobytes < MOST_KILOBYTES
    assert code in {0, 1, 2}, words
    assert "Traceback" not in words
    assert len(words) < LONGEST_MESSAGE
    return code, told, words


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize("verb", VERBS)
def test_a_workbook(folder: Path, verb: str, kind: str) -> None:
    packed({**sound(), **WORKBOOKS[kind]()}, folder / "sent.xlsx")
    code, told, words = ran(folder, VERBS[verb])
    assert bool(words) == (code == 2)
    assert code == 2 or "--json" not in VERBS[verb] or json.loads(told)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text(folder: Path, kind: str) -> None:
    arguments, content = TEXTS[kind]
    (folder / "sent.toml").write_text(content(), encoding="utf-8")
    code, _, words = ran(folder, arguments)
    assert words
    assert code == (0 if kind == "fields that are not known" else 2)
