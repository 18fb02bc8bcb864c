"""Rows under headings: what they hold, and what is refused by the line in which it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitledger.errors import InputsFileError
from unitledger.files.text import rows_of, text_of


def test_rows_come_with_their_place_and_without_those_that_are_empty() -> None:
    rows = rows_of('\n name , note\na,"two\nlines"\n,\nb,\'=1+1\n', "x.csv")

    assert (rows.head, rows.headings) == ("x.csv, line 2", ("name", "note"))
    assert list(rows) == [
        ("x.csv, line 3", {"name": "a", "note": "two\nlines"}),
        ("x.csv, line 6", {"name": "b", "note": "=1+1"}),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "x.csv, line 1: the column 'name' is missing."),
        ("name,nots\n", "x.csv, line 1: unknown column 'nots'. Did you mean 'note'? Columns are name, note."),
        ("name,note,name\n", "x.csv, line 1: the column 'name' is there twice."),
        ("name;note\n", "x.csv, line 1: its columns are separated by semicolons. Save it with commas."),
        ("name,note\n1\n", "x.csv, line 2: 1 cells under 2 headings."),
        ('name,note\n"a\nb"\n', "x.csv, line 2: 1 cells under 2 headings."),
        ('name\n"a', "x.csv, line 2: not valid CSV: unexpected end of data."),
    ],
)
def test_what_is_no_table_is_refused_by_line(content: str, said: str) -> None:
    with pytest.raises(InputsFileError) as refused:
        rows_of(content, "x.csv").check(("name", "note"), ["name"])
    assert str(refused.value) == said


def test_a_larger_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("name\n")

    assert text_of(path, 5) == "name\n"
    with pytest.raises(InputsFileError, match=r"x\.csv: it has 5 bytes; 4 are allowed\. Divide it\.$"):
        text_of(path, 4)
