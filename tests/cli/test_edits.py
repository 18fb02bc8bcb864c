"""`unitledger edits`: exit codes, JSON, and the options that a workbook was built with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from built import Built
from click.testing import CliRunner, Result
from damage import DAMAGE, UNSEEN
from legitimate import EDITS
from machine import rented_or_bought
from openpyxl import load_workbook
from working_copy import Parts, WorkingCopy

from unitledger import templates
from unitledger.cli import main
from unitledger.ledger import Ledger

Run = Callable[..., Result]
Refused = Callable[..., str]

REFUSED = {"Constants deleted", "Inputs deleted", "Calc deleted", "the name of the headings removed"}
# What stands on these sheets is the workbook's own business: its Integrity, and verify.
NOT_COMPARED = {
    "a key figure typed over on Summary",
    "a check on Checks typed over by a text",
    "a check on Checks emptied",
    "Checks deleted",
    # Rows are found by label, and no other reads these.
    "rows swapped on Calc",
}
TOLD_AS_PROBLEM = {"an input computed by a formula"}
# Labels and units are looked for next to the options.
NOT_FOUND = {"a column inserted after the units of Calc", "a column inserted after the units of Inputs"}

PARTS = Parts("hour", "year", "power.tariff", "draw", "billing", "load", "rent")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built.of(rented_or_bought(), tmp_path_factory.mktemp("machine") / "machine.xlsx")


@pytest.fixture
def told(machine: Built, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """What `edits` says of a copy of the workbook to which something was done."""
    monkeypatch.setattr(templates, "find", lambda _: lambda: machine.ledger)

    def edits(doing: Callable[[WorkingCopy], object], *flags: str) -> Result:
        copy = WorkingCopy(machine, PARTS)
        doing(copy)
        path = copy.save(tmp_path / "copy.xlsx")
        return CliRunner().invoke(main, ("edits", str(path), "machine", *flags), prog_name="unitledger")

    return edits


@pytest.mark.parametrize("kind", sorted((DAMAGE | UNSEEN).keys() - NOT_COMPARED - REFUSED))
def test_damage_ends_with_exit_code_1(told: Callable[..., Result], kind: str) -> None:
    result = told((DAMAGE | UNSEEN)[kind])

    assert result.exit_code == 1, result.output


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_what_cannot_be_compared_at_all_is_refused(told: Callable[..., Result], kind: str) -> None:
    result = told(DAMAGE[kind])

    assert (result.exit_code, result.stdout) == (2, "")
    assert " is not a workbook of a ledger: nothing is named head_" in result.stderr


@pytest.mark.parametrize("kind", sorted(EDITS.keys() - TOLD_AS_PROBLEM - NOT_FOUND))
def test_edits_of_inputs_end_with_exit_code_0_unless_strict(told: Callable[..., Result], kind: str) -> None:
    doing, _ = EDITS[kind]
    result = told(doing, "--json")
    report = json.loads(result.stdout)

    unread = kind == "a high end typed as text"
    assert bool(report["problems"]) == unread
    assert result.exit_code == (1 if unread else 0)
    strict = report["changes"] or report["renamed"] or report["notes"]
    assert told(doing, "--strict").exit_code == (1 if unread or strict else 0)


def edit(path: str, cells: dict[str, Any]) -> None:
    """Type into the base option's cells on Inputs."""
    book = load_workbook(path)
    for name, content in cells.items():
        ((sheet, address),) = book.defined_names[f"in_{name}"].destinations
        book[sheet][address.split(":")[0].replace("$", "")].value = content
    book.save(path)


def test_json_gives_figures_as_people_write_them(run: Run) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    edit("book.xlsx", {"load": 0.3, "scheme": "tensor", "life": "long", "rate": 12})
    result = run("edits", "book.xlsx", "serving_cost", "--json")
    report = json.loads(result.stdout)

    assert result.exit_code == 1
    assert (report["template"], report["file"], report["options"]) == (
        "serving_cost",
        "book.xlsx",
        ["rtx4090", "h100"],
    )
    cells = {change["name"]: change.pop("cell") for change in report["changes"]}
    assert all(cell.startswith("Inputs!") for cell in cells.values())
    assert report["changes"] == [
        {
            "name": name,
            "option": "rtx4090",
            "old": {"value": old, "unit": unit},
            "new": {"value": new, "unit": unit},
            "note": "",
            "end": None,
        }
        for name, old, new, unit in (
            ("scheme", "pipeline", "tensor", None),
            ("rate", 10.0, 12.0, "ktoken/s/machine"),
            ("load", 100.0, 30.0, "%"),
        )
    ]
    (problem,) = report["problems"]
    assert problem | {"cell": ""} == {
        "name": "life",
        "option": "rtx4090",
        "cell": "",
        "text": "it holds the text 'long'. Type a number in year.",
    }
    assert (report["calculations"], report["notes"]) == ([], [])
    assert "reporting" not in report


def test_json_of_an_option_that_takes_the_figure_of_the_base(run: Run) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    run("fill", "book.xlsx", "serving_cost", "--clear", "load", "-o", "book.xlsx", "--force")

    (change,) = json.loads(run("edits", "book.xlsx", "serving_cost", "--json").stdout)["changes"]
    assert (change["option"], change["old"], change["new"]) == ("h100", {"value": 50.0, "unit": "%"}, None)


@pytest.mark.parametrize("options", [("rtx4090",), ("h100",), ("h100", "rtx4090"), ("rtx4090", "h100")])
def test_options_are_taken_from_the_workbook(run: Run, options: tuple[str, ...]) -> None:
    flags = [word for option in options for word in ("--option", option)]
    run("build", "serving_cost", *flags, "-o", "book.xlsx")

    result = run("edits", "book.xlsx", "serving_cost", "--strict")

    assert result.exit_code == 0
    said = (
        ""
        if options == ("rtx4090", "h100")
        else f"\nCompared in the options that it was built with: {', '.join(options)}.\n"
    )
    assert re.sub(r"Alerts: [012]", "Alerts: 0", result.stdout) == (
        "book.xlsx: 0 inputs changed, 0 problems, 0 calculations changed.\n\n"
        "Integrity: OK. State: AS BUILT. Alerts: 0.\n\n"
        f"No name of an option, input, unit or formula differs from the ledger.\n{said}"
    )
    assert run("edits", "book.xlsx", "serving_cost", "--strict", *flags).exit_code == 0


def test_settings_hold_in_the_options_of_the_workbook(run: Run) -> None:
    setting = ("--option", "h100", "--set", "life=4")
    run("build", "serving_cost", *setting, "-o", "book.xlsx")

    assert run("edits", "book.xlsx", "serving_cost", "--set", "life=4", "--strict").exit_code == 0
    assert "life   h100    3 year  4 year" in run("edits", "book.xlsx", "serving_cost").stdout


def test_other_options_than_those_of_the_workbook_are_refused(run: Run, refused: Refused) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")

    assert refused("edits", "book.xlsx", "serving_cost", "--option", "h100") == (
        "Error: book.xlsx was built with the options rtx4090, h100, not h100. "
        "Give --option rtx4090 --option h100, or leave --option out."
    )
    assert refused("edits", "book.xlsx", "serving_cost", "--option", "h200") == (
        "Error: 'Serving a model' has no option 'h200'; it has rtx4090, h100. Did you mean 'h100'?"
    )


def test_an_option_that_was_renamed_in_the_workbook(run: Run) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    book = load_workbook("book.xlsx")
    book["Inputs"]["D4"] = "H100 SXM"
    book.save("book.xlsx")

    result = run("edits", "book.xlsx", "serving_cost", "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["renamed"] == [{"old": "h100", "new": "H100 SXM", "cell": "Inputs!D4"}]
    assert run("edits", "book.xlsx", "serving_cost", "--strict").exit_code == 1


@pytest.mark.parametrize("arguments", [("edits",), ("fill", "--set", "rent=3", "-o", "out.xlsx")])
def test_an_option_that_the_template_has_no_more(
    refused: Refused, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    def storage(*options: str) -> Ledger:
        book = Ledger("Storage", option="disks")
        book.line("bill", book.assume("rent", "2 USD/month"))
        for option in options:
            book.option(option, {"rent": "3 USD/month"})
        return book

    storage("tapes").to_excel("old.xlsx")
    monkeypatch.setattr(templates, "find", lambda _: lambda: storage("cloud"))

    command, *flags = arguments
    assert refused(command, "old.xlsx", "storage", *flags) == (
        "Error: old.xlsx was built with the options disks, tapes; 'Storage' has disks, cloud. "
        "Take the template as it was when the workbook was built."
    )
