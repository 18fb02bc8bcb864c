"""Inputs drawn at random and worked out by many workers: chunks like those written by hand, processes, memory."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
from arrays import CASES, by_hand, cases, peak
from measure import Ratio, paired, seconds
from numpy.typing import NDArray

from unitledger import Ledger, lognormal, triangular
from unitledger.compute.many.cases import CHUNK
from unitledger.templates.serving_cost import serving_cost

MANY = int(os.environ.get("UNITLEDGER_BENCH_CASES", "20000000"))
"""So many cases are worked out by one process and by two; less on a machine that has no time."""

DRAWN = {"load": triangular("30 %", "70 %", "100 %"), "tariff": lognormal("0.10 USD/kWh", spread="30 %")}


def in_chunks() -> Ratio:
    """At most a tenth slower than numpy written by hand in chunks of the same size."""
    book = serving_cost()
    given = cases(book)

    def hand() -> NDArray[np.float64]:
        found = np.empty(CASES)
        for start in range(0, CASES, CHUNK):
            part = {name: values[start : start + CHUNK] for name, values in given.items()}
            found[start : start + CHUNK] = by_hand(book, part)
        return found

    title = f"array over {CASES:,} cases against numpy written by hand in chunks of {CHUNK:,}"
    return paired(title, lambda: book.array("token_cost", given), hand, 1.1)


def two_processes() -> Ratio:
    """At least 1.7 times as fast in two processes as in one, which have begun before."""
    book = serving_cost()
    times = []
    for workers in (2, 1):
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            _simulate(book, 2**18 * workers, pool)
            times.append(seconds(partial(_simulate, book, MANY, pool)))
    return Ratio(f"{MANY:,} cases drawn and worked out, two processes against one", times[0], times[1], 1 / 1.7, "s")


def flat_memory() -> Ratio:
    """As much memory for eight times as many cases."""
    book = serving_cost()
    # What is imported at first is no part of it.
    _simulate(book, 2**10)
    few, many = (peak(partial(_simulate, book, count)) / 1e6 for count in (2**18, 2**21))
    return Ratio(f"peak memory of {2**21:,} cases drawn against {2**18:,}", many, few, 1.1, "MB")


def _simulate(book: Ledger, count: int, pool: ProcessPoolExecutor | None = None) -> None:
    book.simulate(count, DRAWN, executor=pool)
