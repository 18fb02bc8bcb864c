"""Standard input and output in the place of files, and CSV for other programs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from unitledger.cli import main

Run = Callable[..., Result]
Piped = Callable[..., Result]


@pytest.fixture
def piped(run: Run) -> Piped:
    """Run a command that reads a text from standard input."""
    del run

    def call(text: str | bytes, *arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, input=text, prog_name="unitledger")

    return call


def rows(result: Result) -> list[dict[str, str]]:
    """Return what a command prints as CSV."""
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(StringIO(result.stdout)))


def value(result: Result, option: str, name: str) -> float:
    """Return a figure of `eval --csv`."""
    return next(float(row["value"]) for row in rows(result) if (row["option"], row["name"]) == (option, name))


def test_inputs_go_from_one_command_to_another(run: Run, piped: Piped) -> None:
    as_it_is = run("inputs", "serving_cost", "-o", "-").stdout
    assert value(piped(as_it_is, "eval", "serving_cost", "--inputs", "-", "--csv"), "rtx4090", "load") == 100
    halved = piped("\nname,value\nload,50 %\n", "eval", "serving_cost", "--inputs", "-", "--csv")
    assert value(halved, "rtx4090", "load") == 50
    assert not list(Path().glob("*"))


def test_a_workbook_goes_to_standard_output(run: Run, piped: Piped) -> None:
    built = run("build", "serving_cost", "-o", "-")
    assert (built.exit_code, built.stderr) == (0, "")
    assert "Summary" in load_workbook(BytesIO(built.stdout_bytes)).sheetnames
    Path("plan.xlsx").write_bytes(built.stdout_bytes)

    filled = piped("[load]\nvalue = '50 %'\n", "fill", "plan.xlsx", "serving_cost", "--inputs", "-", "-o", "-")
    Path("filled.xlsx").write_bytes(filled.stdout_bytes)
    (changed,) = rows(run("edits", "filled.xlsx", "serving_cost", "--csv"))
    assert changed["name"] == "load"
    assert (changed["old"], changed["old_unit"], changed["new"]) == ("100.0", "%", "50.0")
    assert rows(run("edits", "plan.xlsx", "serving_cost", "--csv")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,value\nlode,1\n", "standard input, line 2, name: 'Serving a model' has no input named 'lode'."),
        ("name;value\nload;1\n", "standard input, line 1: "),
        ("[load]\nvalu = 1\n", "standard input, line 2: "),
        (b"name,value\nload,\xff\n", "standard input, line 2: not UTF-8 text. Save the file as UTF-8."),
        ("#" * 5_000_001, "standard input: it has 5,000,001 bytes; 5,000,000 are allowed. Divide it."),
    ],
)
def test_a_broken_input_is_refused_by_line(piped: Piped, text: str | bytes, said: str) -> None:
    result = piped(text, "eval", "serving_cost", "--inputs", "-")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {said}")


def test_csv_holds_what_json_does(run: Run) -> None:
    token_cost = next(row for row in rows(run("eval", "serving_cost", "--csv")) if row["name"] == "token_cost")
    assert token_cost["unit"] == "USD/Mtoken"
    assert token_cost["formula"]
    assert rows(run("list", "--csv"))[0].keys() == {"template", "description"}
    assert rows(run("trace", "serving_cost", "token_cost", "--csv"))[0]["depth"] == "0"
    assert rows(run("catalog", "h100_sxm", "--csv"))[0]["entry"] == "h100_sxm"
    figures = rows(run("reconcile", "serving_comparison", "--csv"))
    assert {row["template"] for row in figures} == {"serving_comparison"}
