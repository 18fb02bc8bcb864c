"""Inputs of a file or a data frame taken into a ledger in Python, as the command takes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from unitledger import Ledger
from unitledger.errors import InputsFileError


def rent() -> Ledger:
    book = Ledger("Rent", option="one")
    price = book.assume("price", "2 USD/h", source="offer", low="1 USD/h", high="5 USD/h")
    place = book.choice("place", ["owned", "rented"])
    day = book.line("day", price * book.assume("hours", "24 h"), "USD")
    book.headline(book.line("bill", place.select(owned=day, rented=day + day)))
    book.option("two", {"price": "3 USD/h"})
    return book


def test_a_data_frame_sets_what_it_names() -> None:
    frame = pd.DataFrame(
        {
            "name": ["price", "price", "place"],
            "option": [None, "two", "two"],
            "value": [4.0, "400 cent/h", "rented"],
            "as_of": [pd.Timestamp("2026-02-03"), pd.NaT, None],
            "note": pd.array([pd.NA, pd.NA, "asked"], dtype="string"),
            "source": ["contract 7", float("nan"), ""],
        }
    )
    book = rent().with_inputs(frame)

    assert book.frame("bill").iloc[0].tolist() == ["USD", 96, 192]
    stated = book.setting("price").figure
    assert (stated.source, stated.as_of) == ("contract 7", date(2026, 2, 3))
    assert book.setting("price", "two").figure.source == "data frame"
    assert rent().value("bill").magnitude == 48


def test_a_named_index_is_a_column_and_periods_are_headings() -> None:
    book = rent()
    time = book.timeline("2026-01", 3)
    people = book.assume("people", "2 person", over=time)
    book.line("staff", people.largest())
    frame = pd.DataFrame({"2026-02": [5], "2026-03": [7]}, index=pd.Index(["people"], name="name"))

    assert book.with_inputs(frame).by_period("people").array.tolist() == [2, 5, 7]


@pytest.mark.parametrize("suffix", [".toml", ".csv"])
def test_a_file_sets_what_it_names(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ours{suffix}"
    path.write_text({".toml": "[price]\nvalue = 4\n", ".csv": "name,value\nprice,4\n"}[suffix], "utf-8")
    book = rent().with_inputs(path)

    assert str(book.value("price")) == "4 USD/h"
    assert book.setting("price").figure.source == f"inputs file ours{suffix}"


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"name": ["price"]}, "data frame: the column 'value' is missing."),
        (
            {"nane": ["price"], "value": [1]},
            "data frame: unknown column 'nane'. Did you mean 'name'? Columns are ",
        ),
        ({"name": ["hours", "prise"], "value": [1, 2]}, "data frame, row 2, name: 'Rent' has no input named 'prise'."),
        ({"name": ["price"], "value": [None]}, "data frame, row 1, value: the value is missing."),
        ({"name": ["price"], "value": ["5 kW"]}, "data frame, row 1, value: Input 'price': expected USD/h, got 5 kW."),
    ],
)
def test_a_data_frame_with_a_fault_is_refused_by_row(columns: dict[str, list[object]], said: str) -> None:
    with pytest.raises(InputsFileError) as refused:
        rent().with_inputs(pd.DataFrame(columns))
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("source", [None, ["price"], {"price": "4 USD/h"}])
def test_what_is_neither_a_file_nor_a_data_frame_is_refused(source: Any) -> None:
    with pytest.raises(InputsFileError) as refused:
        rent().with_inputs(source)
    assert str(refused.value) == (
        f"Inputs come from a .toml or .csv file or a data frame, not from {source!r}. A mapping of options to figures "
        "goes into with_settings."
    )
