"""What docs/comparison.md states of other tools: one bill in each that is installed, five mistakes, a million cases.

Run it by itself, where `pip install unitledger pandas modeleon tokencost` was done (modeleon needs Python 3.12).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

BILL = {
    "price": (40_000, "USD/machine"),
    "life": (26_280, "h"),
    "draw": (5, "kW/machine"),
    "tariff": (0.10, "USD/kWh"),
    "rent": (1500, "USD/rack/month"),
    "density": (4, "machine/rack"),
    "throughput": (44, "Mtoken/machine/h"),
}
MISTAKES = {
    "a price per card where one per machine belongs": {"price": (5000, "USD/gpu")},
    "a rent in yuan": {"rent": (10_650, "CNY/rack/month")},
    "a draw in watts": {"draw": (5000, "W/machine")},
    "a life in years": {"life": (3, "year")},
    "a load of 130 %": {"load": (1.3, "ratio")},
}
CASES = 1_000_000
RUNS = 5


def in_unitledger(given: Mapping[str, Any]) -> Any:
    """Return the ledger of the bill."""
    from unitledger import Ledger

    book = Ledger("Serving", as_of="2026-01-05")
    quantities = {name: f"{value} {unit}" for name, (value, unit) in {**BILL, "load": (1, "ratio"), **given}.items()}
    held = {name: book.assume(name, text, maximum=1 if name == "load" else None) for name, text in quantities.items()}
    hour = held["price"] / held["life"] + held["draw"] * held["tariff"] + held["rent"] / held["density"]
    line = book.line("hour", hour, "USD/machine/h")
    book.headline(book.line("cost", line / (held["throughput"] * held["load"]), "USD/Mtoken"))
    return book


def in_modeleon(given: Mapping[str, Any]) -> Any:
    """Return the model of the bill; its units are words, so kWh is spelled out, and hours in a month are stated."""
    import modeleon as mo

    model = mo.MultiVariable("Serving")
    said = {**BILL, "tariff": (0.10, "USD/kW/h"), "hours": (730, "h/month"), "load": (1, "x"), **given}
    for name, (value, unit) in said.items():
        setattr(model, name, mo.Variable(value, unit=unit.replace("ratio", "x")))
    model.capex = model.price / model.life
    model.energy = model.draw * model.tariff
    model.rack = model.rent / model.density / model.hours
    model.hour = model.capex + model.energy + model.rack
    model.cost = model.hour / (model.throughput * model.load)
    return model


def in_pandas(given: Mapping[str, Any]) -> Any:
    """Return the bill as a data frame, a row for each case; units are what its author keeps in mind."""
    import pandas as pd

    figures = {name: value for name, (value, _) in {**BILL, "load": (1, ""), **given}.items()}
    bill = pd.DataFrame(figures, index=range(max(map(np.size, figures.values()))))
    bill["hour"] = bill.price / bill.life + bill.draw * bill.tariff + bill.rent / bill.density / 730
    return bill.assign(cost=bill.hour / (bill.throughput * bill.load))


TOOLS: dict[str, tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], float]]] = {
    "unitledger": (in_unitledger, lambda book: float(book.value("cost").magnitude)),
    "modeleon": (in_modeleon, lambda model: float(model.cost.value)),
    "pandas": (in_pandas, lambda bill: float(bill.cost.iloc[0])),
}


def outcome(tool: str, given: Mapping[str, Any]) -> str:
    """Return what becomes of a mistake: refused, converted to the right answer, or a wrong figure."""
    build, read = TOOLS[tool]
    try:
        found = read(build(given))
    except Exception as refused:  # noqa: BLE001 - each tool has errors of its own
        return f"refused: {str(refused).splitlines()[0]:.100}"
    right = read(build({}))
    return "right answer" if abs(found - right) < 1e-9 * right else f"accepted: {found:.6g} USD/Mtoken, not {right:.6g}"


def seconds(work: Callable[[], object]) -> float:
    """Return the shortest time of some runs."""
    spent = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def many(tool: str) -> Callable[[], object]:
    """Return the work of a million cases of tariff and load."""
    draw = np.random.default_rng(1)
    tariff, load = draw.uniform(0.05, 0.2, CASES), draw.uniform(0.3, 1, CASES)
    if tool == "unitledger":
        book = in_unitledger({})
        return lambda: book.array("cost", {"tariff": tariff, "load": load})
    if tool == "modeleon":
        listed = {"tariff": (tariff.tolist(), "USD/kW/h"), "load": (load.tolist(), "x")}
        return lambda: in_modeleon(listed).cost.value
    return lambda: in_pandas({"tariff": (tariff, ""), "load": (load, "")})


def main() -> None:
    """Print what each tool that is installed makes of the bill."""
    print("Python", sys.version.split()[0])
    for tool, (build, read) in TOOLS.items():
        try:
            print(f"\n{tool} {version(tool)}: {read(build({})):.6g} USD/Mtoken")
        except PackageNotFoundError:
            print(f"\n{tool} is not installed.")
            continue
        for mistake, given in MISTAKES.items():
            print(f"  {mistake}: {outcome(tool, given)}")
        print(f"  {CASES:,} cases: {seconds(many(tool)) * 1000:,.0f} ms")
        made = build({})
        if hasattr(made, "to_excel"):
            with TemporaryDirectory() as folder:
                path = Path(folder) / "bill.xlsx"
                spent = seconds(lambda made=made, path=path: made.to_excel(str(path)))
                size = path.stat().st_size
                print(f"  workbook: {spent * 1000:,.0f} ms, {size / 1000:,.0f} kB, {formulas(path)} formulas")
    calculator()


def formulas(path: Path) -> int:
    """Return how many formulas a workbook holds."""
    import openpyxl

    sheets = openpyxl.load_workbook(path).worksheets
    return sum(str(cell.value).startswith("=") for sheet in sheets for row in sheet.iter_rows() for cell in row)


def calculator() -> None:
    """Print what a calculator of API prices knows."""
    try:
        import tokencost
    except ImportError:
        return
    prices = tokencost.TOKEN_COSTS.values()
    sourced = sum("source" in price for price in prices)
    print(f"\ntokencost {version('tokencost')}: {len(prices):,} models, {sourced:,} with a source")


if __name__ == "__main__":
    main()
