"""`unitledger inputs` and --inputs: what is written can be edited and read, as TOML and as CSV."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from unitledger import templates
from unitledger.ledger import Ledger
from unitledger.model import Figure
from unitledger.notation import read, written

Run = Callable[..., Result]
Refused = Callable[..., str]


def options(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["options"]


def refused_file(refused: Refused, name: str, content: str | bytes) -> str:
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return refused("eval", "serving_cost", "--inputs", name)


@pytest.mark.parametrize("name", ["inputs.toml", "inputs.csv"])
def test_a_file_as_it_is_written_changes_nothing(run: Run, name: str) -> None:
    assert run("inputs", "serving_cost", "-o", name).stdout == f"Wrote {name}.\n"

    assert read(Path(name), templates.find("serving_cost")()) == {}
    assert run("eval", "serving_cost", "--inputs", name).stdout == run("eval", "serving_cost").stdout


@pytest.mark.parametrize("name", ["inputs.toml", "inputs.csv"])
def test_an_awkward_source_and_option_survive_the_way_through_a_file(run: Run, name: str) -> None:
    del run  # for its folder and its template
    odd = '=1+1, "quoted", \\back\n[load]\nnext = "line" \x7f …'
    ledger = templates.find("serving_cost")()
    ledger.option('1.5 x "H", ü', {"life": Figure("0.1 year", source=odd, note=odd, high="7 year")}, as_of="2024-02-29")

    Path(name).write_text(written(Path(name), "serving_cost", ledger), encoding="utf-8", newline="")

    assert read(Path(name), ledger) == {}
    plain = templates.find("serving_cost")()
    plain.option('1.5 x "H", ü', {})
    changed = read(Path(name), plain)
    assert list(changed) == ['1.5 x "H", ü']
    setting = plain.with_settings(changed).setting("life", '1.5 x "H", ü')
    assert (setting.value, setting.high) == (0.1, 7.0)
    assert (setting.figure.source, setting.figure.note, str(setting.figure.as_of)) == (odd, odd, "2024-02-29")


@given(
    value=st.floats(min_value=1e-12, max_value=1e15),
    low=st.none() | st.floats(min_value=1e-12, max_value=1e15),
    unit=st.sampled_from(["USD/(PFLOP/s h)", "%", "1/step", "kW/machine", "ratio"]),
    source=st.builds(
        str.__add__,
        st.text("'=+-@\t\r\n", max_size=2),
        st.text(
            st.characters(
                exclude_categories=["Cs", "Cc"], include_characters="\t\n\r", exclude_characters="\ufffe\uffff"
            ),
            max_size=20,
        ),
    ),
    suffix=st.sampled_from([".toml", ".csv"]),
)
def test_any_number_and_any_source_survive_the_way_through_a_file(
    value: float, low: float | None, unit: str, source: str, suffix: str
) -> None:
    book = Ledger("Any")
    book.assume("x_price", f"{value!r} {unit}", source=source, low=None if low is None else f"{low!r} {unit}")
    with TemporaryDirectory() as folder:
        path = Path(folder, f"inputs{suffix}")
        path.write_text(written(path, "any", book), encoding="utf-8", newline="")

        assert read(path, book) == {}


def test_the_toml_file_has_a_table_for_each_input_and_for_each_option_that_differs(run: Run) -> None:
    run("inputs", "serving_cost", "-o", "inputs.toml")

    assert (
        '# Price of a machine\n["hardware.price"]\nvalue = 40000\nunit = "USD/machine"\nsource = "quote 7"\n'
        'as_of = 2023-10-01\nlow = 30000\nhigh = 50000\nnote = "says \\"net\\", 10 % off"\nowner = "ops"\n'
        '["hardware.price".options.h100]\nvalue = 300000\nunit = "USD/machine"\nsource = "quote 8"\n'
    ) in Path("inputs.toml").read_text("utf-8")


def test_the_csv_file_has_a_row_for_each_input_and_for_each_option_that_differs(run: Run) -> None:
    run("inputs", "serving_cost", "-o", "inputs.csv")

    lines = Path("inputs.csv").read_text("utf-8").splitlines()
    assert lines[:3] == [
        "name,option,value,unit,source,as_of,low,high,note,owner,reviewed_by,reviewed_on",
        'hardware.price,rtx4090,40000,USD/machine,quote 7,2023-10-01,30000,50000,"says ""net"", 10 % off",ops,,',
        "hardware.price,h100,300000,USD/machine,quote 8,2023-10-01,,,,ops,,",
    ]


@pytest.mark.parametrize("name", ["inputs.toml", "inputs.csv"])
def test_a_review_goes_through_a_file_and_ends_with_the_figure_that_was_reviewed(run: Run, name: str) -> None:
    del run  # for its folder
    reviewed, plain = Ledger("Rent"), Ledger("Rent")
    reviewed.assume("rent", "5 USD/h", reviewed_by="A. Auditor", reviewed_on="2026-01-31")
    plain.assume("rent", "5 USD/h")
    text = written(Path(name), "rent", reviewed)
    Path(name).write_text(text, encoding="utf-8")

    figure = plain.with_settings(read(Path(name), plain)).setting("rent").figure
    assert (figure.reviewed_by, str(figure.reviewed_on)) == ("A. Auditor", "2026-01-31")

    bare = "name,value\nrent,6\n" if name.endswith("csv") else "rent = 6\n"
    Path(name).write_text(bare, encoding="utf-8")
    changed = read(Path(name), reviewed)["base"]["rent"]
    assert (changed.reviewed_by, changed.reviewed_on) == ("", None)


def test_a_few_lines_of_toml_are_enough(run: Run) -> None:
    Path("mine.toml").write_text(
        'scheme = "tensor"\nlife = "6 year"\n[load]\nvalue = 0.5\nunit = "ratio"\n'
        "options.h100 = 25\n[hardware.price]\nvalue = 60000\n"
    )

    found = options(run("eval", "serving_cost", "--inputs", "mine.toml", "--json"))

    assert {name: entry["value"] for name, entry in found["rtx4090"]["inputs"].items()} == {
        "hardware.price": 60000.0,
        "life": 6.0,
        "scheme": "tensor",
        "rate": 10.0,
        "load": 50.0,
        "budget": 100000.0,
    }
    assert found["rtx4090"]["inputs"]["load"]["source"] == "inputs file mine.toml"
    assert found["rtx4090"]["inputs"]["rate"]["source"] == "measured"
    assert found["h100"]["inputs"]["load"]["value"] == 25.0
    assert found["h100"]["inputs"]["life"]["value"] == 6.0
    assert found["h100"]["inputs"]["hardware.price"]["value"] == 300000.0


def test_a_few_columns_of_csv_are_enough_also_from_a_spreadsheet(run: Run) -> None:
    Path("mine.csv").write_bytes(
        b"\xef\xbb\xbfname,value,option\r\nload,50,\r\n\r\nload,25 %,h100\r\nlife,6 year,\r\nscheme,tensor,\r\n"
    )

    found = options(run("eval", "serving_cost", "--inputs", "mine.csv", "--json"))

    assert [found[option]["inputs"]["load"]["value"] for option in found] == [50.0, 25.0]
    assert [found[option]["inputs"]["life"]["value"] for option in found] == [6.0, 6.0]


def test_set_comes_after_the_file(run: Run) -> None:
    Path("mine.toml").write_text("load = 50\nlife = 6\n")

    found = options(run("eval", "serving_cost", "--inputs", "mine.toml", "--set", "load=70", "--json"))

    assert found["rtx4090"]["inputs"]["load"] == {"value": 70.0, "unit": "%", "source": "set on the command line"}
    assert found["rtx4090"]["inputs"]["life"]["value"] == 6.0


def test_an_option_that_is_given_the_old_base_value_keeps_it_when_the_base_changes(run: Run) -> None:
    Path("mine.toml").write_text("[life]\nvalue = 6\noptions.h100 = 3\n")

    found = options(run("eval", "serving_cost", "--inputs", "mine.toml", "--json"))

    assert [found[option]["inputs"]["life"]["value"] for option in found] == [6.0, 3.0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[load\nvalue = 1", "mine.toml, line 1: not valid TOML: expected ']' at the end of a table declaration."),
        ("load = " + 5000 * "9", "mine.toml, line 1: not valid TOML: exceeds the limit (4300 digits)"),
        ("load = " + 5000 * "[", "mine.toml, line 1: not valid TOML: "),
        (
            "[life]\nvalue = 3\n[lode]\nvalue = 1",
            "mine.toml, line 3: 'Serving a model' has no input named 'lode'. Did you mean 'load'?",
        ),
        (
            "[token_cost]\nvalue = 1",
            "mine.toml, line 1: 'token_cost' is worked out, not an input, and cannot be set.",
        ),
        (
            '[load]\n\nvalue = "5 kW"',
            "mine.toml, line 3, value: Input 'load': expected %, got 5 kW.",
        ),
        ("[load]\nvalue = inf", "mine.toml, line 2, value: Input 'load': Cannot read 'inf': a number must be finite."),
        ("[load]\nsource = 'x'", "mine.toml, line 1, value: the value is missing."),
        ("[load]\nvalue = ''", "mine.toml, line 2, value: the value is missing."),
        ("[load]\nvalue = true", "mine.toml, line 2: expected a number, a text or a date, got True."),
        (
            "[load]\nvalue = 50\nsuorce = 'x'",
            (
                "mine.toml, line 3: unknown field 'suorce'. Did you mean 'source'? "
                "Fields are value, unit, source, as_of, low, high, note, owner, reviewed_by, reviewed_on, options."
            ),
        ),
        (
            "[load]\nvalue = 50\nas_of = '1 May'",
            "mine.toml, line 3, as_of: '1 May' is not a date. Write it as year-month-day, such as '2026-01-31'.",
        ),
        (
            "[load]\nvalue = 50\nlow = 60\nhigh = 40",
            "mine.toml, line 4, high: Input 'load': its low 60 % is above its high 40 %.",
        ),
        (
            "[load.options.H100]\nvalue = 50",
            "mine.toml, line 1: 'Serving a model' has no option 'H100'; it has rtx4090, h100. Did you mean 'h100'?",
        ),
        ("[load]\noptions = 3", "mine.toml, line 2: expected a table of options."),
        (
            "['hardware.price']\nvalue = 1\n[hardware.price]\nvalue = 2",
            "mine.toml, line 3: 'hardware.price' is there twice for 'rtx4090'. Leave one out.",
        ),
        (
            "[scheme]\nvalue = 'tensor'\nunit = '%'",
            "mine.toml, line 3, unit: 'scheme' is a choice of words and has no unit.",
        ),
    ],
)
def test_a_broken_toml_file_is_refused_with_line_and_field(refused: Refused, content: str, message: str) -> None:
    assert refused_file(refused, "mine.toml", content).startswith(f"Error: {message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "mine.csv, line 1: the column 'name' is missing."),
        ("name,unit\nload,%", "mine.csv, line 1: the column 'value' is missing."),
        (
            "name,valeu\nload,1",
            (
                "mine.csv, line 1: unknown column 'valeu'. Did you mean 'value'? "
                "Columns are name, option, value, unit, source, as_of, low, high, note, owner, reviewed_by, "
                "reviewed_on."
            ),
        ),
        ("name,value,value\nload,1,2", "mine.csv, line 1: the column 'value' is there twice."),
        ("name,value\nload", "mine.csv, line 2: 1 cells under 2 headings."),
        ("name,value\nload,", "mine.csv, line 2, value: the value is missing."),
        (
            "name,value\nlode,1",
            "mine.csv, line 2, name: 'Serving a model' has no input named 'lode'. Did you mean 'load'?",
        ),
        (
            'name,note,value\nlife,"two\nlines",3\nload,,5 kW',
            "mine.csv, line 4, value: Input 'load': expected %, got 5 kW.",
        ),
        (
            "name,value,unit\nlife,3,yaer",
            "mine.csv, line 2, unit: Cannot read the unit 'yaer':",
        ),
        (
            "name,option,value\nload,H100,1",
            "mine.csv, line 2, option: 'Serving a model' has no option 'H100'; it has rtx4090, h100.",
        ),
        (
            "name,value\nload,50\nload,60",
            "mine.csv, line 3, name: 'load' is there twice for 'rtx4090'. Leave one out.",
        ),
        ('name,value\n"load,5', "mine.csv, line 2: not valid CSV: unexpected end of data."),
        (b"name,value\nload,\xff", "mine.csv, line 2: not UTF-8 text. Save the file as UTF-8."),
    ],
)
def test_a_broken_csv_file_is_refused_with_line_and_field(refused: Refused, content: str | bytes, message: str) -> None:
    assert refused_file(refused, "mine.csv", content).startswith(f"Error: {message}")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.toml", "none.toml: cannot be read (No such file or directory). Check the path."),
        (".csv", ".csv: a file of inputs ends in .toml or .csv."),
        ("inputs.xlsx", "inputs.xlsx: a file of inputs ends in .toml or .csv."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(refused: Refused, name: str, message: str) -> None:
    assert refused("eval", "serving_cost", "--inputs", name) == f"Error: {message}"


def test_a_folder_is_no_file(refused: Refused) -> None:
    Path("folder.toml").mkdir()

    assert refused("eval", "serving_cost", "--inputs", "folder.toml") == (
        "Error: folder.toml: cannot be read (Is a directory). Check the path."
    )
    assert refused("inputs", "serving_cost", "-o", "folder.toml") == (
        "Error: folder.toml is a folder. Name a file in it."
    )


def test_inputs_are_written_only_where_they_can_be(run: Run, refused: Refused) -> None:
    Path("mine.toml").write_text("precious")

    assert refused("inputs", "serving_cost", "-o", "mine.toml") == (
        "Error: mine.toml exists already. Give --force to replace it, or name another file."
    )
    assert Path("mine.toml").read_text() == "precious"
    assert run("inputs", "serving_cost", "-o", "mine.toml", "--force").exit_code == 0
    assert refused("inputs", "serving_cost", "-o", "no/mine.toml") == (
        "Error: no/mine.toml: the folder no does not exist. Make it first."
    )
    assert refused("inputs", "serving_cost", "-o", "mine.txt") == (
        "Error: mine.txt: a file of inputs ends in .toml or .csv."
    )


def test_columns_separated_by_semicolons_are_told_apart_from_an_unknown_column(refused: Refused) -> None:
    Path("mine.csv").write_text("name;value\nload;0.5\n")

    assert refused("eval", "serving_cost", "--inputs", "mine.csv") == (
        "Error: mine.csv, line 1: its columns are separated by semicolons. Save it with commas."
    )


@pytest.mark.parametrize("command", ["inputs", "build"])
def test_a_file_name_that_is_too_long(refused: Refused, command: str) -> None:
    ending = ".toml" if command == "inputs" else ".xlsx"

    assert refused(command, "serving_cost", "-o", "x" * 300 + ending) == (
        f"Error: {'x' * 80}... cannot be a file: File name too long."
    )


@pytest.mark.parametrize("field", ["name", "option", "value", "unit", "as_of"])
def test_a_message_shows_little_of_a_file(refused: Callable[..., str], field: str) -> None:
    held = {"name": "load", "option": "", "value": "1", "unit": "", "as_of": ""} | {field: "\x1b" + "x" * 100_000}
    Path("mine.csv").write_text(f"{','.join(held)}\n{','.join(held.values())}\n", encoding="utf-8")

    said = refused("eval", "serving_cost", "--inputs", "mine.csv")
    assert len(said) < 450
    assert "\x1b" not in said
