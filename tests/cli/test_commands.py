"""The other commands, the help with its examples, and how fast the command starts."""

from __future__ import annotations

import csv
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result
from worked_on import packed, parts

from unitledger.cli import main

Run = Callable[..., Result]
Refused = Callable[..., str]

COMMAND = Path(sys.executable).with_name("unitledger")
NAMES = main.list_commands(click.Context(main))

CONFIG = """{
    "model_type": "llama", "num_hidden_layers": 2, "hidden_size": 8, "num_attention_heads": 4, "vocab_size": 10,
    "num_key_value_heads": 2, "intermediate_size": 16, "tie_word_embeddings": true, "colour": "blue"
}"""


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def recached(book: str, copy: str, figure: bytes) -> None:
    """Write a copy of a workbook in which formulas that give 36 keep another figure."""
    held = parts(Path(book))
    packed({part: re.sub(rb"(</f><v>)36(\.0)?</v>", rb"\g<1>%s</v>" % figure, held[part]) for part in held}, Path(copy))


def test_list_names_the_templates_with_what_they_answer(run: Run) -> None:
    assert run("list").stdout == (
        "template      what it answers\n"
        "------------  -------------------------\n"
        "serving_cost  Cost of a million tokens.\n"
    )
    assert json.loads(run("list", "--json").stdout) == {"serving_cost": "Cost of a million tokens."}


def test_show_tells_inputs_lines_options_exclusions_and_alerts(run: Run) -> None:
    shown = run("show", "serving_cost").stdout

    rows = [re.split(r"  +", line.strip()) for line in shown.splitlines()]
    assert rows[0] == ["Serving a model"]
    assert ["Cost of a million tokens."] in rows
    assert ["Answer: token_cost, the lower the better"] in rows
    assert ["1 year = 365 days = 8,760 hours; 1 month = 730 hours"] in rows
    assert [
        "hardware.price",
        "Price of a machine",
        "40,000",
        "USD/machine",
        "30,000 to 50,000",
        "quote 7 (2023-10-01)",
    ] in rows
    assert ["load", "Share of time sold", "100", "%", "from 30", "assumed (2023-10-01)"] in rows
    assert ["scheme", "Scheme", "pipeline", "pipeline | tensor", "assumed (2023-10-01)"] in rows
    assert ["token_cost", "Cost of a million tokens", "USD/Mtoken", "machine_hour ÷ sold"] in rows
    assert shown.index("rtx4090 (base)") < shown.index("h100\n    hardware.price = 300,000 USD/machine")
    assert "scheme = tensor  [quote 8 (2023-10-01)]" in shown
    assert "Not in these figures\n  staff\n  PUE\n" in shown
    assert "Recommendations\n  buy it (when hardware.price ≤ budget)\n" in shown
    assert "the price is above the budget (when hardware.price > budget)" in shown


def test_show_json(run: Run) -> None:
    report = json.loads(run("show", "serving_cost", "--json").stdout)

    assert {key: report[key] for key in ("template", "title", "description", "as_of", "answer", "exclusions")} == {
        "template": "serving_cost",
        "title": "Serving a model",
        "description": "Cost of a million tokens.",
        "as_of": "2023-10-01",
        "answer": {"line": "token_cost", "better": "lower", "beside": ["machine_hour"]},
        "exclusions": ["staff", "PUE"],
    }
    assert report["inputs"]["load"] == {
        "label": "Share of time sold",
        "section": "Sales",
        "value": 100.0,
        "unit": "%",
        "low": 30.0,
        "high": None,
        "source": "assumed",
        "as_of": "2023-10-01",
        "words": None,
    }
    assert report["inputs"]["budget"]["low"] == 0.0
    scheme = report["inputs"]["scheme"]
    assert (scheme["value"], scheme["unit"], scheme["words"]) == ("pipeline", None, ["pipeline", "tensor"])
    assert report["outputs"]["token_cost"] == {
        "label": "Cost of a million tokens",
        "section": "Cost",
        "unit": "USD/Mtoken",
        "formula": "machine_hour ÷ sold",
    }
    assert list(report["options"]) == ["rtx4090", "h100"]
    assert report["options"]["rtx4090"] == {"description": "", "inputs": {}}
    assert list(report["options"]["h100"]["inputs"]) == ["hardware.price", "load", "scheme"]
    price = report["options"]["h100"]["inputs"]["hardware.price"]
    assert (price["value"], price["unit"], price["source"]) == (300000.0, "USD/machine", "quote 8")
    assert report["advice"] == [{"text": "buy it", "when": "hardware.price ≤ budget", "topic": "the machine"}]
    assert {"text": "the price is above the budget", "when": "hardware.price > budget", "refused": False} in report[
        "alerts"
    ]
    assert "reporting" not in report


def test_show_csv(run: Run) -> None:
    rows = list(csv.DictReader(run("show", "serving_cost", "--csv").stdout.splitlines()))

    assert {row["what"] for row in rows} == {"input", "output"}
    own = [(row["option"], row["value"], row["unit"]) for row in rows if row["name"] == "load"]
    assert own == [("", "100.0", "%"), ("h100", "50.0", "%")]
    cost = next(row for row in rows if row["name"] == "token_cost")
    assert (cost["unit"], cost["formula"]) == ("USD/Mtoken", "machine_hour ÷ sold")


@pytest.mark.parametrize("name", [name for name in NAMES if "as_json" in {each.name for each in command(name).params}])
def test_json_and_csv_at_once_are_refused(refused: Refused, name: str) -> None:
    assert refused(name, "--csv", "--json") == (
        "Error: --json and --csv are two forms of the same output: give one of them."
    )


def test_help_of_each_command_ends_with_examples_that_run(run: Run) -> None:
    for name in NAMES:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "Examples:" in result.stdout
    examples = [main.epilog or "", *(command(name).epilog or "" for name in NAMES)]
    typed = [shlex.split(line) for text in examples for line in text.splitlines() if line.startswith("  unitledger ")]
    assert {words[1] for words in typed} == set(NAMES)
    Path("config.json").write_text(CONFIG, encoding="utf-8")
    Path("actuals.csv").write_text("name,actual\nload,80 %\n", encoding="utf-8")
    for words in typed:
        again = ["--force"] if words[1] == "build" else []
        result = run(*words[1:], *again)
        assert result.exit_code == 0, (words, result.output)


@pytest.mark.parametrize(
    "words",
    [("build", "serving_cost"), ("inputs", "serving_cost"), ("fill", "book.xlsx", "serving_cost", "--set", "load=50%")],
    ids=lambda words: words[0],
)
def test_a_file_to_write_must_be_named(words: tuple[str, ...], run: Run) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("Error: Missing option '-o' / '--output'.\n")


def test_build_writes_a_workbook_once(run: Run, refused: Refused) -> None:
    assert run("build", "serving_cost", "-o", "book.xlsx").stdout == "Wrote book.xlsx.\n"
    first = Path("book.xlsx").read_bytes()

    assert refused("build", "serving_cost", "--set", "load=50%", "-o", "book.xlsx") == (
        "Error: book.xlsx exists already. Give --force to replace it, or name another file."
    )
    assert Path("book.xlsx").read_bytes() == first
    assert run("build", "serving_cost", "--set", "load=50%", "-o", "book.xlsx", "--force").exit_code == 0
    assert Path("book.xlsx").read_bytes() != first


def test_build_with_options_writes_these_columns_only(run: Run) -> None:
    from openpyxl import load_workbook

    assert run("build", "serving_cost", "--option", "h100", "-o", "book.xlsx").exit_code == 0

    book = load_workbook("book.xlsx")
    texts = {cell.value for row in book["Inputs"].iter_rows() for cell in row}
    assert "h100" in texts
    assert "rtx4090" not in texts
    assert 300000 in texts


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("book.xls", "Error: book.xls: a workbook ends in .xlsx."),
        ("no/book.xlsx", "Error: no/book.xlsx: the folder no does not exist. Make it first."),
        ("folder.xlsx", "Error: folder.xlsx is a folder. Name a file in it."),
    ],
)
def test_a_workbook_is_written_only_where_it_can_be(refused: Refused, output: str, message: str) -> None:
    Path("folder.xlsx").mkdir()

    assert refused("build", "serving_cost", "--force", "-o", output) == message


def test_a_line_without_value_leaves_an_older_workbook_alone(run: Run, refused: Refused) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    first = Path("book.xlsx").read_bytes()

    message = refused("build", "serving_cost", "--set", "load=0", "--force", "-o", "book.xlsx")

    assert message.startswith("Error: Line 'token_cost' has no value in option 'rtx4090': it divides by zero")
    assert Path("book.xlsx").read_bytes() == first


def test_edits_tells_what_was_changed_in_a_workbook(run: Run) -> None:
    from openpyxl import load_workbook

    run("build", "serving_cost", "-o", "book.xlsx")
    book = load_workbook("book.xlsx")
    (sheet, cells) = next(iter(book.defined_names["in_life"].destinations))
    book[sheet][cells.split(":")[0].replace("$", "")].value = 4
    book.save("book.xlsx")

    result = run("edits", "book.xlsx", "serving_cost")

    assert result.exit_code == 0
    assert "life" in result.stdout
    assert "4" in result.stdout
    assert "hardware.price" not in result.stdout


def test_verify_finds_no_difference_in_a_fresh_workbook_and_a_corrupted_value(run: Run) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    fresh = run("verify", "book.xlsx")
    assert fresh.exit_code == 0, fresh.output
    told = r"book\.xlsx: [1-9][\d,]* formulas recalculated, no difference\.\n"
    told += r"Units of 10 rows re-derived, no difference\.\n"
    assert re.fullmatch(told, fresh.stdout)

    recached("book.xlsx", "wrong.xlsx", b"37")
    wrong = run("verify", "wrong.xlsx")
    assert wrong.exit_code == 1
    assert re.search(r"Calc![A-Z]+\d+: kept 37(\.0)?, computes 36(\.0)?$", wrong.stdout, re.MULTILINE)

    as_json = run("verify", "wrong.xlsx", "--json")
    report = json.loads(as_json.stdout)
    assert as_json.exit_code == 1
    assert list(report) == ["file", "formulas", "differences", "units", "without_value"]
    assert (report["file"], report["units"]) == ("wrong.xlsx", {"rows": 10, "differences": []})
    assert {(each["sheet"], each["cached"], each["recalculated"]) for each in report["differences"]} >= {
        ("Calc", 37, 36.0)
    }
    assert json.loads(run("verify", "book.xlsx", "--json").stdout)["differences"] == []

    as_csv = run("verify", "wrong.xlsx", "--csv")
    assert as_csv.exit_code == 1
    assert re.search(r"^Calc![A-Z]+\d+,37,36\.0,,$", as_csv.stdout, re.MULTILINE)
    assert run("verify", "book.xlsx", "--csv").stdout == "cell,cached,recalculated,label,reason\n"


def test_json_of_verify_holds_no_number_that_json_lacks(run: Run) -> None:
    run("build", "serving_cost", "-o", "book.xlsx")
    recached("book.xlsx", "endless.xlsx", b"1e999")

    report = json.loads(run("verify", "endless.xlsx", "--json").stdout, parse_constant=pytest.fail)

    assert "inf" in {each["cached"] for each in report["differences"]}


@pytest.mark.parametrize("arguments", [("edits", "none.xlsx", "serving_cost"), ("verify", "none.xlsx")])
def test_a_workbook_that_is_not_there_is_refused(refused: Refused, arguments: tuple[str, ...]) -> None:
    assert refused(*arguments) == "Error: none.xlsx cannot be read: No such file or directory. Check the path."


def test_an_unknown_command_is_refused_with_a_suggestion(refused: Refused) -> None:
    assert refused("evil") == (
        "Error: No command 'evil'; there are list, show, eval, trace, inputs, build, edits, fill, verify, variance, "
        "reconcile, sweep, sensitivity, break-even, simulate, catalog, model, "
        "units. Did you mean 'eval'?"
    )


def test_a_missing_argument_ends_with_exit_code_2(run: Run) -> None:
    result = run("eval")

    assert result.exit_code == 2
    assert result.stderr.endswith("Error: Missing argument 'TEMPLATE'.\n")


def test_the_installed_command_refuses_without_a_traceback() -> None:
    done = subprocess.run([COMMAND, "eval", "nosuch"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: There is no template 'nosuch'.")
    assert "Traceback" not in done.stderr


def test_eval_in_a_pipe_loads_no_spreadsheet_library_and_no_rich() -> None:
    code = """
import sys
from unitledger.cli import main
main(["eval", "serving_cost"], standalone_mode=False)
heavy = {"openpyxl", "pandas", "rich", "xlsxwriter"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr == "[]\n"


def test_build_since_an_earlier_workbook(run: Run, refused: Refused) -> None:
    from openpyxl import load_workbook

    run("build", "serving_cost", "-o", "january.xlsx")
    built = run(
        "build", "serving_cost", "--set", "rate=20 ktoken/s/machine", "--since", "january.xlsx", "-o", "now.xlsx"
    )

    assert built.exit_code == 0, built.output
    texts = [cell.value for row in load_workbook("now.xlsx")["Changes"].iter_rows() for cell in row]
    assert any(str(text).startswith("Changes since january.xlsx, version ") for text in texts)
    assert refused("build", "serving_cost", "--since", "december.xlsx", "-o", "later.xlsx") == (
        "Error: december.xlsx cannot be read: No such file or directory. Check the path."
    )


def test_build_with_a_spare_option(run: Run) -> None:
    assert run("build", "serving_cost", "--what-if", "-o", "spare.xlsx").exit_code == 0

    found = run("edits", "spare.xlsx", "serving_cost")
    assert (found.exit_code, found.output.splitlines()[0]) == (
        0,
        "spare.xlsx: 0 inputs changed, 0 problems, 0 calculations changed.",
    )


def test_build_with_few_sheets_and_without_protection(run: Run, refused: Refused) -> None:
    from openpyxl import load_workbook

    assert (
        run("build", "serving_cost", "--sheets", "Summary,Inputs,Calc", "--no-protect", "-o", "few.xlsx").exit_code == 0
    )
    assert run("build", "serving_cost", "--sheets", "-Read me", "-o", "most.xlsx").exit_code == 0

    few = load_workbook("few.xlsx")
    assert few.sheetnames == ["Summary", "Inputs", "Calc", "Checks", "Second calculation", "As built", "Constants"]
    assert not any(sheet.protection.sheet for sheet in few.worksheets)
    assert "Read me" not in load_workbook("most.xlsx").sheetnames
    assert refused("build", "serving_cost", "--sheets", "-Calc", "-o", "none.xlsx").startswith(
        "Error: The sheet 'Calc' cannot be left out: Inputs, Timeline, Tables, Calc, Months, Second calculation, "
    )


def test_the_shape_in_a_config_becomes_inputs_of_a_template(run: Run, refused: Refused) -> None:
    Path("config.json").write_text(CONFIG, encoding="utf-8")
    written = run("model", "config.json", "-o", "own.toml")

    assert written.stdout == "Wrote own.toml: a llama of 2 layers.\n"
    assert written.stderr == "Not read, since not known: colour.\n"
    assert run("model", "config.json").stdout == Path("own.toml").read_text(encoding="utf-8")
    counted = run("eval", "model_architecture", "--inputs", "own.toml", "--option", "own", "--json")
    assert json.loads(counted.stdout)["options"]["own"]["outputs"]["parameters"]["value"] == 384 + 768 + 80 + 40
    assert refused("model", "config.json", "--for", "serving_cost", "-o", "other.toml") == (
        "Error: serving_cost takes no shape of a model; model_architecture, roofline_serving and training_programme do."
    )
