"""Cases in several options and in pieces: the same figures, whoever works them out."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from time import sleep
from typing import Any

import attrs
import numpy as np
import pandas as pd
import pytest

from unitledger import Ledger, discrete, triangular, uniform
from unitledger.compute.many import pieces
from unitledger.compute.many.pieces import done
from unitledger.errors import CalculationError, MissingExtra, ValueRefused, WorkbookError

SMALL = 64


@pytest.fixture(name="book")
def a_rented_card() -> Ledger:
    book = Ledger("A rented card", option="spot")
    rent = book.assume("rent", "2 USD/gpu/h", low="1 USD/gpu/h", high="4 USD/gpu/h")
    load = book.assume("load", "50 %", minimum=0, maximum="100 %")
    kind = book.choice("kind", ["plain", "doubled"])
    price = book.line("price", kind.select(plain=rent, doubled=rent + rent))
    book.headline(book.line("cost", price / load), beside=[price])
    book.option("reserved", {"rent": "3 USD/gpu/h"})
    return book


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", SMALL)


@pytest.fixture(name="pool", params=[1, 3])
def a_pool_of_threads(request: pytest.FixtureRequest) -> Iterator[Executor]:
    with ThreadPoolExecutor(request.param) as pool:
        yield pool


def simulated(book: Ledger, executor: Any = None, **more: Any) -> Any:
    drawn = {"load": triangular("30 %", "70 %", "100 %"), "rent": triangular()}
    correlations = {("load", "rent"): 0.3}
    return book.simulate(1000, drawn, options="all", correlations=correlations, executor=executor, **more)


def test_several_options_at_once_are_those_options(book: Ledger) -> None:
    given: dict[str, Any] = {"load": [25, 50], "kind": ["plain", "doubled"]}
    found = book.array(["cost", "price"], given, options="all")

    assert list(found) == ["spot", "reserved"]
    for option in found:
        alone = book.array(["cost", "price"], given, option)
        assert {name: values.tolist() for name, values in found[option].items()} == {
            name: values.tolist() for name, values in alone.items()
        }


def test_a_sweep_of_several_options_names_them_in_its_rows(book: Ledger) -> None:
    table = book.sweep(load=["25 %", "50 %"], options=["reserved", "spot"])

    assert [column.title for column in table.columns] == ["option", "load [%]", "cost [USD/gpu/h]", "price [USD/gpu/h]"]
    assert table.rows() == [
        ("reserved", 25, 12, 3),
        ("reserved", 50, 6, 3),
        ("spot", 25, 8, 2),
        ("spot", 50, 4, 2),
    ]


def test_arrays_do_not_depend_on_who_works_them_out(book: Ledger, pool: Executor) -> None:
    given: dict[str, Any] = {"load": np.linspace(1, 100, 3 * SMALL + 1), "kind": ["plain"] * (3 * SMALL + 1)}

    assert book.array("cost", given, executor=pool)["cost"].tolist() == book.array("cost", given)["cost"].tolist()


def test_sweeps_do_not_depend_on_who_works_them_out(book: Ledger, pool: Executor) -> None:
    loads = np.linspace(1, 100, SMALL).tolist()
    here = book.sweep(load=loads, kind=["plain", "doubled"], rent=[1, 2], options="all")

    assert here == book.sweep(load=loads, kind=["plain", "doubled"], rent=[1, 2], options="all", executor=pool)
    assert here["kind"].values[:4] == ("plain", "plain", "doubled", "doubled")
    assert len(here) == 2 * 4 * SMALL


def tallied(simulation: Any) -> dict[str, Any]:
    found = attrs.asdict(simulation.tally)
    return {name: np.asarray(values).tolist() for name, values in found.items()}


def test_simulations_do_not_depend_on_who_works_them_out(book: Ledger, pool: Executor) -> None:
    assert tallied(simulated(book)) == tallied(simulated(book, pool))


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_nor_on_how_many_processes_there_are(book: Ledger, workers: int) -> None:
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        assert tallied(simulated(book)) == tallied(simulated(book, pool))
        loads = np.linspace(1, 100, 3 * SMALL)
        assert book.sweep(load=loads.tolist()) == book.sweep(load=loads.tolist(), executor=pool)
        found = book.array("cost", {"load": loads}, executor=pool)
        assert found["cost"].tolist() == book.array("cost", {"load": loads})["cost"].tolist()


def test_pieces_together_are_about_what_one_is(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {"load": uniform("50 %", "100 %"), "rent": uniform("1 USD/gpu/h", "3 USD/gpu/h")}
    monkeypatch.setattr(pieces, "PIECE", 2**11)
    several = book.simulate(2**14, drawn, sampling="sobol")
    monkeypatch.setattr(pieces, "PIECE", 2**14)
    one = book.simulate(2**14, drawn, sampling="sobol")

    # The same cases, so what is counted of them is the same; a band has so few of them that percentiles nearly are.
    assert several.mean().magnitude == pytest.approx(one.mean().magnitude, rel=1e-12)
    assert several.deviation().magnitude == pytest.approx(one.deviation().magnitude, rel=1e-12)
    assert several.contributions() == pytest.approx(one.contributions(), rel=1e-9)
    for percent in (1, 5, 50, 95, 99):
        assert several.percentile(percent).magnitude == pytest.approx(one.percentile(percent).magnitude, rel=1e-3)
    assert several.percentile(0) == one.percentile(0)
    assert several.percentile(100) == one.percentile(100)


def test_percentiles_of_pieces_are_values_that_are_drawn(book: Ledger) -> None:
    drawn = {"rent": discrete({1: "49 %", 2: "51 %"})}
    simulation = book.simulate(1000, drawn, lines=["price"], sampling="random")

    assert [simulation.percentile(percent).magnitude for percent in (0, 30, 44, 52, 60, 100)] == [1, 1, 1, 2, 2, 2]
    # One of them may lie between the two.
    assert len(set(simulation.curve().tolist()) - {1, 2}) <= 1


def test_more_cases_than_a_piece_are_not_kept_but_written(book: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    simulation = simulated(book, parquet=folder)

    with pytest.raises(ValueRefused) as refused:
        simulation.to_frame()
    assert str(refused.value) == (
        "1,000 cases are not kept in memory. simulate(..., parquet='folder') writes them, and "
        "pandas.read_parquet('folder') reads them."
    )
    frame = pd.read_parquet(folder)
    assert len(list(folder.iterdir())) == 16
    assert list(frame.columns) == ["option", "load [%]", "rent [USD/gpu/h]", "cost [USD/gpu/h]"]
    costs = frame["cost [USD/gpu/h]"][frame["option"] == "reserved"]
    assert len(costs) == 1000
    assert costs.mean() == pytest.approx(simulation.mean("reserved").magnitude, rel=1e-12)


def test_a_sweep_is_written_in_pieces(book: Ledger, tmp_path: Path, pool: Executor) -> None:
    loads = np.linspace(1, 100, 2 * SMALL).tolist()
    table = book.sweep(load=loads, kind=["plain", "doubled"], parquet=tmp_path / "rows", executor=pool)

    whole = book.sweep(load=loads, kind=["plain", "doubled"])
    frame = pd.read_parquet(tmp_path / "rows")
    assert len(table) == 0
    assert list(frame.itertuples(index=False, name=None)) == whole.rows()


def test_where_no_rows_can_be_written_it_is_said(book: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").touch()
    for folder, why in (
        ("full", "is not empty. Name a new folder, or empty it."),
        ("no/rows", "cannot be a folder of files: No such file or directory."),
        ("full/notes.txt", "cannot be a folder of files: File exists."),
    ):
        with pytest.raises(WorkbookError) as refused:
            book.sweep(load=["25 %"], parquet=tmp_path / folder)
        assert str(refused.value) == f"{tmp_path / folder} {why}"
    monkeypatch.setattr("unitledger.errors.find_spec", lambda _: None)
    with pytest.raises(MissingExtra) as missing:
        book.sweep(load=["25 %"], parquet=tmp_path / "rows")
    assert str(missing.value) == (
        "Writing Parquet needs the library pyarrow, which is not installed: pip install 'unitledger[parquet]'."
    )


def test_a_case_without_a_value_is_named_by_its_place_among_all(book: Ledger, pool: Executor) -> None:
    loads = np.full(3 * SMALL, 50.0)
    loads[2 * SMALL + 5] = 0
    for executor in (None, pool):
        with pytest.raises(CalculationError) as refused:
            book.array("cost", {"load": loads}, executor=executor)
        assert str(refused.value) == "Line 'cost' has no finite value in case 133 (counted from 0): load = 0 %."


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("quiet", "shown"), [(0.0, True), (60.0, False)])
def test_progress_is_shown_of_what_takes_long(monkeypatch: pytest.MonkeyPatch, quiet: float, shown: bool) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(pieces, "_QUIET", quiet)

    assert list(done([partial(abs, -place) for place in range(5)], None, "5 cases")) == [0, 1, 2, 3, 4]
    assert ("5 cases" in terminal.getvalue()) is shown


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_worker_of_dask_that_is_killed_is_replaced_by_another(book: Ledger, tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        assert tallied(simulated(book, client)) == tallied(simulated(book))
        mark = tmp_path / "killed"

        # Of this test, so that it travels as it is: workers cannot import tests.
        def square(number: int) -> int:
            sleep(0.1)
            if number == 9 and not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return number * number

        tasks = [partial(square, number) for number in range(20)]
        assert list(done(tasks, client, "20 squares")) == [number * number for number in range(20)]
        assert mark.exists()
        assert tallied(simulated(book, client)) == tallied(simulated(book))
