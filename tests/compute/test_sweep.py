"""A table over combinations of inputs."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger import Ledger
from unitledger.errors import EmptyLedger, UnitMismatch, UnknownName, ValueRefused, WorkbookError


@pytest.fixture(name="book")
def book_of_a_rented_card() -> Ledger:
    return a_rented_card()


def a_rented_card() -> Ledger:
    book = Ledger("A rented card", as_of="2026-01-01")
    rent = book.assume("rent", "2 USD/gpu/h")
    rate = book.assume("rate", "500 token/s/gpu")
    load = book.assume("load", "50 %", minimum=0, maximum="100 %")
    kind = book.choice("kind", ["spot", "reserved"])
    share = book.assume("spot_discount", "40 %")
    price = book.line("price", kind.select(spot=rent * (1 - share), reserved=rent))
    book.headline(book.line("token_cost", price / (rate * load), unit="USD/Mtoken"))
    return book


def test_a_sweep_has_a_column_per_input_and_output_with_units(book: Ledger) -> None:
    table = book.sweep(load=["25 %", "100 %"], kind=["spot", "reserved"])
    assert [column.title for column in table.columns] == ["load [%]", "kind", "token_cost [USD/Mtoken]"]
    assert len(table) == 4
    assert table["kind"].values == ("spot", "reserved", "spot", "reserved")
    # 2 USD/h at 500 token/s is 1.1111 USD/Mtoken when all of it is sold
    assert table["token_cost"].values == pytest.approx((2.6667, 4.4444, 0.66667, 1.11111), rel=1e-4)


def test_a_sweep_goes_to_csv_and_to_pandas(book: Ledger, tmp_path: Path) -> None:
    table = book.sweep({"rent": ["1.8 USD/gpu/h", 3.6]}, outputs=["price"], option="base")
    table.to_csv(tmp_path / "sweep.csv")
    assert (tmp_path / "sweep.csv").read_text(encoding="utf-8").splitlines() == [
        "rent [USD/gpu/h],price [USD/gpu/h]",
        "1.8,1.08",
        "3.6,2.16",
    ]
    frame = table.to_frame()
    assert list(frame.columns) == ["rent [USD/gpu/h]", "price [USD/gpu/h]"]
    assert frame["rent [USD/gpu/h]"].tolist() == [1.8, 3.6]


def test_what_a_sweep_cannot_take_is_refused(book: Ledger) -> None:
    with pytest.raises(UnitMismatch, match="Input 'rent': expected USD/gpu/h, got 3 kW"):
        book.sweep(rent=["3 kW"])
    with pytest.raises(ValueRefused, match="Input 'load': 150 % is above the most possible 100 %"):
        book.sweep(load=["150 %"])
    with pytest.raises(ValueRefused, match="Input 'kind': expected one of spot, reserved, got 'owned'"):
        book.sweep(kind=["owned"])
    with pytest.raises(UnknownName, match=r"has no input named 'lode'. Did you mean 'load'"):
        book.sweep(lode=["50 %"])
    with pytest.raises(ValueRefused, match="at least one input with at least one value"):
        book.sweep(load=[])
    with pytest.raises(EmptyLedger, match="has no headline: name the outputs of the sweep"):
        Ledger("Nothing").sweep(load=["50 %"])


def test_one_output_and_arrays_of_numpy_are_taken_as_they_are(book: Ledger) -> None:
    table = book.sweep(rent=np.array([2, 4]), outputs="price")  # type: ignore[arg-type]  # an array has no such type
    assert table.rows() == [(2, 1.2), (4, 2.4)]


def test_what_is_no_list_of_values_or_no_line_is_refused(book: Ledger) -> None:
    with pytest.raises(ValueRefused) as refused:
        book.sweep(rent="3 USD/gpu/h")
    assert str(refused.value) == "Input 'rent': a sweep takes a list of values, such as ['3 USD/gpu/h']."
    for outputs in ("rent", ["rent"]):
        with pytest.raises(UnknownName, match="'A rented card' has no line 'rent'"):
            book.sweep(load=[50], outputs=outputs)
    with pytest.raises(UnknownName) as unknown:
        book.sweep(load=[50], outputs="prise")
    assert str(unknown.value) == "'A rented card' has no line 'prise'. Did you mean 'price'?"


def test_a_table_is_written_only_where_it_can_be(book: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "no" / "sweep.csv"
    with pytest.raises(WorkbookError) as refused:
        book.sweep(load=[50]).to_csv(path)
    assert str(refused.value) == f"{path}: the folder {path.parent} does not exist. Make it first."


def test_values_stand_as_their_headings_say(book: Ledger, tmp_path: Path) -> None:
    book.line("left", 1 - book["load"], "%")
    table = book.sweep({"load": [25, "50 %", "1 ratio"], "kind": ["spot"]}, outputs=["left"])
    table.to_csv(tmp_path / "sweep.csv")

    assert table.rows() == [(25, "spot", 75), (50, "spot", 50), (100, "spot", 0)]
    assert (tmp_path / "sweep.csv").read_text(encoding="utf-8").splitlines() == [
        "load [%],kind,left [%]",
        "25.0,spot,75.0",
        "50.0,spot,50.0",
        "100.0,spot,0.0",
    ]
    assert table.to_frame()["load [%]"].tolist() == [25, 50, 100]


@given(
    loads=st.lists(st.floats(0.01, 100), min_size=1, max_size=3),
    rents=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=3),
    kinds=st.lists(st.sampled_from(["spot", "reserved"]), min_size=1, max_size=2),
)
def test_a_column_that_is_written_is_read_back_as_it_was(
    loads: list[float], rents: list[float], kinds: list[str]
) -> None:
    book = a_rented_card()
    book.line("left", 1 - book["load"], "%")
    outputs = ["token_cost", "left"]
    table = book.sweep({"load": loads, "rent": rents, "kind": kinds}, outputs=outputs)
    with TemporaryDirectory() as folder:
        table.to_csv(path := Path(folder, "sweep.csv"))
        headings, *rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    names = [heading.partition(" ")[0] for heading in headings]
    columns = {
        name: list(column) if name == "kind" else [float(text) for text in column]
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    inputs = {name: columns[name] for name in ("load", "rent", "kind")}

    assert book.sweep({name: column[:1] for name, column in inputs.items()}, outputs=outputs).rows() == table.rows()[:1]
    found = book.array(outputs, inputs)
    frame = table.to_frame()
    framed = book.array(outputs, {name: frame[headings[names.index(name)]] for name in inputs})
    for name in outputs:
        assert found[name].tolist() == columns[name]
        assert framed[name].tolist() == columns[name]
    for case in range(len(rows)):
        alone = book.with_settings({book.base: {name: column[case] for name, column in inputs.items()}})
        for name in outputs:
            assert alone.value(name).magnitude == pytest.approx(columns[name][case], rel=1e-12, abs=1e-12)


def test_a_table_draws_itself_with_a_curve_for_each_case_of_the_others(book: Ledger) -> None:
    book.option("dear", {"rent": "4 USD/gpu/h"})
    table = book.sweep(load=["25 %", "100 %"], kind=["spot", "reserved"], options="all")
    axes = table.plot()

    assert (axes.get_xlabel(), axes.get_ylabel()) == ("load [%]", "token_cost [USD/Mtoken]")
    labels = [str(curve.get_label()) for curve in axes.get_lines()]
    assert labels == ["base, kind spot", "base, kind reserved", "dear, kind spot", "dear, kind reserved"]
    assert np.asarray(axes.get_lines()[0].get_xdata()).tolist() == [25, 100]
    by_kind = table.plot("token_cost", over="kind")
    assert by_kind.get_xlabel() == "kind"
    assert len(by_kind.get_lines()) == 4
    (alone,) = book.sweep(load=["25 %", "100 %"]).plot().get_lines()
    assert np.asarray(alone.get_ydata()).tolist() == list(book.sweep(load=["25 %", "100 %"])["token_cost"].values)
    with pytest.raises(UnknownName, match="The table has no column 'rate'"):
        table.plot(over="rate")
