"""A million cases of serving_cost against the same formulas written by hand in whole-array numpy.

The hand-written side has what its author would know: which scheme the option uses, and which lines no case reaches.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np
from measure import Ratio, paired
from numpy.typing import NDArray

from unitledger import Ledger
from unitledger.templates.serving_cost import serving_cost

CASES = 1_000_000
VARIED = ("batch", "load", "tariff", "gpu_price", "life", "link")

Columns = dict[str, NDArray[np.float64]]


def cases(book: Ledger) -> Columns:
    """Return the varied inputs, each between half and the whole of its base value; every run the same."""
    random = np.random.default_rng(7)
    return {name: book.values()[name] * random.uniform(0.5, 1.0, CASES) for name in VARIED}


def by_hand(book: Ledger, given: Columns) -> NDArray[np.float64]:
    """Return token_cost [USD/Mtoken] of the base option (tensor scheme, with overlap), written out."""
    base = book.values()
    capex = (
        base["gpus"] * given["gpu_price"]
        + base["server"]
        + base["network"]
        + base["hosts"] * base["host_price"]
        + base["nics"] * base["nic_price"]
        + base["switch_price"] * base["ports_used"] / base["switch_ports"]
    )
    depreciation = capex * (1 - base["residual"]) / given["life"] / 8760
    kilowatt = base["gpus"] * base["gpu_power"] / 1000 + base["host_power"]
    energy = kilowatt * base["pue"] * given["tariff"]
    rack = base["rack_rent"] / 730 / base["machines_per_rack"]
    machine_hour = depreciation + energy + rack + base["hosting"]
    cards = base["gpus"] * base["machines"]
    memory_time = base["parameters"] * base["value_size"] / cards / (base["memory_bandwidth"] * 1e12)
    work = base["work_per_parameter_token"] * base["parameters"]
    compute_time = given["batch"] * work / cards / (base["compute"] * 1e12)
    stage_time = np.maximum(memory_time, compute_time)
    payload = given["batch"] * base["hidden"] * base["value_size"]
    exchange = np.maximum(payload / (given["link"] * 1e9), base["least_exchange"] / 1e6)
    network = base["layers"] * base["exchanges_per_layer"] * exchange
    rate = given["batch"] / np.maximum(stage_time, network)
    sold = rate / base["machines"] * given["load"]
    result: NDArray[np.float64] = machine_hour / (sold * 3600 / 1e6)
    return result


def _both() -> tuple[Callable[[], NDArray[np.float64]], Callable[[], NDArray[np.float64]]]:
    book = serving_cost()
    given = cases(book)

    def ours() -> NDArray[np.float64]:
        return book.array("token_cost", given)["token_cost"]

    def hand() -> NDArray[np.float64]:
        return by_hand(book, given)

    if not np.allclose(ours(), hand(), rtol=1e-9, atol=0):
        raise SystemExit("The hand-written formulas of the benchmark do not agree with the ledger.")
    return ours, hand


def array_time() -> Ratio:
    """At least as fast as whole-array numpy."""
    ours, hand = _both()
    return paired(f"array over {CASES:,} cases against numpy written by hand", ours, hand, 1.0)


def array_memory() -> Ratio:
    """At most a third of the peak memory of whole-array numpy."""
    ours, hand = _both()
    return Ratio(
        f"peak memory of array over {CASES:,} cases", peak(ours) / 1e6, peak(hand) / 1e6, round(1 / 3, 3), "MB"
    )


def peak(work: Callable[[], object]) -> int:
    """Return the most bytes that were taken at once during one run."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
