"""`unitledger fill`: which options an input is set in, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

Run = Callable[..., Result]
Refused = Callable[..., str]


@pytest.fixture
def built(run: Run) -> Run:
    """Fill the workbook of the small template, book.xlsx, and read its edits: fill("--set", "load=50%")."""
    assert run("build", "serving_cost", "-o", "book.xlsx").exit_code == 0

    def fill(*arguments: str) -> Result:
        result = run("fill", "book.xlsx", "serving_cost", *arguments, "-o", "out.xlsx", "--force")
        return run("edits", "out.xlsx", "serving_cost") if result.exit_code == 0 else result

    return fill


def rows(result: Result) -> list[list[str]]:
    """Name, option, and what the input is now."""
    lines = [line.split("  ") for line in result.stdout.splitlines()[5:]]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    return [[line[0], line[1], line[3]] for line in cells]


def test_it_says_what_it_wrote(run: Run) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    result = run("fill", "book.xlsx", "serving_cost", "--set", "load=60%", "-o", "out.xlsx")
    assert (result.exit_code, result.stdout) == (0, "Wrote out.xlsx.\n")


def test_an_input_is_set_in_all_options_that_set_it(built: Run) -> None:
    assert rows(built("--set", "load=60%")) == [["load", "rtx4090", "60 %"], ["load", "h100", "60 %"]]
    assert rows(built("--set", "life=4")) == [["life", "rtx4090", "4 year"]]


def test_an_input_is_set_in_the_options_named(built: Run) -> None:
    assert rows(built("--set", "life=48 month", "--option", "h100")) == [["life", "h100", "4 year"]]


def test_an_option_that_people_gave_a_figure_of_its_own_is_set_as_well(built: Run) -> None:
    book = load_workbook("book.xlsx")
    address = book.defined_names["in_life"].attr_text.partition(":")[2].replace("$", "")
    book["Inputs"][address] = 5
    book.save("book.xlsx")
    assert rows(built("--set", "life=4")) == [["life", "rtx4090", "4 year"], ["life", "h100", "4 year"]]


def test_an_input_is_cleared(built: Run) -> None:
    assert rows(built("--clear", "load")) == [["load", "h100", "(as in rtx4090)"]]


def test_inputs_come_from_a_file_as_well(built: Run, run: Run) -> None:
    run("inputs", "serving_cost", "-o", "inputs.csv")
    text = Path("inputs.csv").read_text(encoding="utf-8")
    assert text.count(",3,year") == 1
    Path("inputs.csv").write_text(text.replace(",3,year", ",4,year"), encoding="utf-8")
    assert rows(built("--inputs", "inputs.csv", "--set", "scheme=tensor")) == [
        ["life", "rtx4090", "4 year"],
        ["scheme", "rtx4090", "tensor"],
    ]


def test_a_workbook_of_some_of_the_options(run: Run) -> None:
    run("build", "serving_cost", "--option", "h100", "-o", "one.xlsx")
    assert run("fill", "one.xlsx", "serving_cost", "--set", "load=60%", "-o", "out.xlsx").exit_code == 0
    shown = run("edits", "out.xlsx", "serving_cost", "--option", "h100").stdout
    assert "load   h100    50 %  60 %" in shown


def test_an_option_that_the_workbook_was_built_without(run: Run, refused: Refused) -> None:
    run("build", "serving_cost", "--option", "h100", "-o", "one.xlsx")
    fill = ("fill", "one.xlsx", "serving_cost", "--set", "load=60%", "-o", "out.xlsx", "--option")
    assert refused(*fill, "rtx4090") == (
        "Error: one.xlsx was built with the options h100; there is no column for rtx4090."
    )
    assert refused(*fill, "h200") == (
        "Error: 'Serving a model' has no option 'h200'; it has rtx4090, h100. Did you mean 'h100'?"
    )


def test_what_is_refused(run: Run, refused: Refused) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    fill = ("fill", "book.xlsx", "serving_cost", "-o", "out.xlsx")
    assert refused(*fill) == "Error: Nothing to fill in. Give --set NAME=QUANTITY, --clear NAME or --inputs FILE."
    assert refused(*fill, "--set", "load=120%") == ("Error: Input 'load': 120 % is above the most possible 100 %.")
    assert refused(*fill, "--clear", "load", "--option", "rtx4090") == (
        "Error: Input 'load': the base option needs a value; only others inherit one."
    )
    assert refused("fill", "book.xlsx", "serving_cost", "--set", "load=1%", "-o", "book.xlsx") == (
        "Error: book.xlsx exists already. Give --force to replace it, or name another file."
    )
    assert not Path("out.xlsx").exists()
