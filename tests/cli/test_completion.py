"""What the tabulator offers, asked for as a shell does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from unitledger.cli import main

Offered = Callable[[str], list[str]]


@pytest.fixture
def offered() -> Offered:
    """Return what is offered for the last word of a line, which may be empty."""

    def ask(line: str) -> list[str]:
        words = line.split(" ")
        asked = {"_UNITLEDGER_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
        return CliRunner().invoke(main, (), prog_name="unitledger", env=asked).stdout.split()

    return ask


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("unitledger ev", ["plain,eval"]),
        ("unitledger eval machine", ["plain,machine_hour"]),
        ("unitledger eval ./ma", ["file,./ma"]),
        ("unitledger eval serving_cost --option rtx4090_", ["plain,rtx4090_fp32"]),
        ("unitledger eval serving_cost --set loa", ["plain,load="]),
        ("unitledger eval serving_cost --set load=1 --unit token_c", ["plain,token_cost="]),
        ("unitledger fill old.xlsx serving_cost --set loa", ["plain,load="]),
        ("unitledger trace serving_cost token_c", ["plain,token_cost"]),
        ("unitledger break-even serving_cost loa", ["plain,load"]),
        ("unitledger trace serving_kost token_c", []),
        ("unitledger eval --option r", []),
    ],
)
def test_what_is_there_is_offered(offered: Offered, line: str, expected: list[str]) -> None:
    assert offered(line) == expected


def test_a_file_that_fails_offers_nothing(offered: Offered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.py").write_text("1 / 0\n")
    monkeypatch.chdir(tmp_path)

    assert offered("unitledger eval mine.py --option ") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_their_script(shell: str) -> None:
    script = CliRunner().invoke(main, (), prog_name="unitledger", env={"_UNITLEDGER_COMPLETE": f"{shell}_source"})

    assert f"_UNITLEDGER_COMPLETE={shell}_complete" in script.stdout
