"""Check 3: integrity, state and alerts say on Summary what happened to the file."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
from built import Built
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from recalculate import Desk, agree
from strategies import ledgers

from unitledger.ledger import Ledger
from unitledger.model import Assumption
from unitledger.units import quantity


def something_else(shown: object) -> float:
    """Another number than a cell shows, by a little."""
    assert isinstance(shown, int | float)
    return shown * 1.0001 if shown else 0.0001


def without_first_part(total: str) -> str:
    """A sum that lost its first part: of a list, or of a range."""
    return re.sub(r"SUM\(([A-Z]+)([0-9]+)([,:]?)", _shortened, total)


def _shortened(start: re.Match[str]) -> str:
    column, row, mark = start.groups()
    return f"SUM({column}{int(row) + 1}:" if mark == ":" else "SUM(" if mark else "SUM(0"


def test_as_shipped(template: Built) -> None:
    assert Desk(template.path).status() == ("OK", "AS BUILT", template.warned())
    assert [template.cached["Summary", f"{column}2"] for column in "ABC"] == [
        *("Integrity: OK", "State: AS BUILT", f"Alerts: {template.warned()}")
    ]


def test_a_formula_typed_over_with_a_number(serving: Built) -> None:
    desk = Desk(serving.path)

    for place, row in enumerate(serving.calculation_rows()):
        cell = f"{serving.columns()[place % len(serving.columns())]}{row}"
        desk.type("Calc", {cell: something_else(serving.cached["Calc", cell])})
        assert desk.status()[:2] == ("FAIL", "AS BUILT"), cell
        desk.type("Calc", {cell: serving.formulas["Calc", cell]})
    assert desk.status()[0] == "OK"


def test_a_formula_typed_over_with_its_own_value_once_an_input_changes(serving: Built) -> None:
    desk = Desk(serving.path)
    cell = serving.line("token_cost", "rtx4090")
    desk.type("Calc", {cell: serving.cached["Calc", cell]})
    desk.type("Inputs", {serving.input("tariff", "rtx4090"): 0.2})

    assert desk.status()[:2] == ("FAIL", "EDITED (1)")


def test_a_formula_changed_alike_on_calc_and_in_the_second_calculation(serving: Built) -> None:
    desk = Desk(serving.path)
    # One that adds up, which has cells of its own there.
    cell = serving.line("power", "rtx4090")
    label, second = serving.ledger.lines["power"].label, "Second calculation"
    row = min(int(at[1:]) for (sheet, at), held in serving.cached.items() if (sheet, held) == (second, label))
    copy = f"{cell[0]}{row}"
    desk.type("Calc", {cell: serving.formulas["Calc", cell] + "*1.01"})
    desk.type(second, {copy: serving.formulas[second, copy] + "*1.01"})

    # What it was when built is known still.
    assert desk.status()[:2] == ("FAIL", "AS BUILT")


def test_a_total_that_lost_a_part(template: Built) -> None:
    desk = Desk(template.path)

    totals = [name for name, line in template.ledger.lines.items() if line.parts]
    for name in totals:
        cell = template.line(name, template.ledger.base)
        formula = template.formulas["Calc", cell]
        desk.type("Calc", {cell: without_first_part(formula)})
        # A part that is 0 is not missed.
        lost = not agree(desk.read("Calc", cell), template.cached["Calc", cell])
        assert desk.status()[:2] == ("FAIL" if lost else "OK", "AS BUILT"), (name, formula)
        desk.type("Calc", {cell: formula})
    assert desk.status()[0] == "OK"


def test_a_part_that_would_be_missed(serving: Built) -> None:
    desk = Desk(serving.path)
    cell = serving.line("machine_hour", "h100")
    formula = serving.formulas["Calc", cell]
    desk.type("Calc", {cell: without_first_part(formula)})

    assert desk.read("Calc", cell) < serving.cached["Calc", cell]
    assert desk.status()[:2] == ("FAIL", "AS BUILT")


def test_a_unit_that_was_emptied(serving: Built) -> None:
    desk = Desk(serving.path)
    rows = [("Calc", row) for row in serving.calculation_rows()]
    rows += [("Inputs", int(serving.input(name, "rtx4090")[1:])) for name in serving.ledger.inputs]

    for sheet, row in rows:
        desk.type(sheet, {f"B{row}": None})
        # What can be chosen on Inputs counts as edited as well.
        state = "EDITED (1)" if sheet == "Inputs" else "AS BUILT"
        assert desk.status()[:2] == ("FAIL", state), (sheet, row)
        desk.type(sheet, {f"B{row}": serving.cached[sheet, f"B{row}"]})
    assert desk.status()[0] == "OK"


def test_a_constant_that_was_changed(serving: Built) -> None:
    desk = Desk(serving.path)
    numbers = [
        at for (sheet, at), held in serving.cached.items() if sheet == "Constants" and isinstance(held, float | int)
    ]

    for cell in numbers:
        desk.type("Constants", {cell: something_else(serving.cached["Constants", cell])})
        assert desk.status()[:2] == ("FAIL", "AS BUILT"), cell
        desk.type("Constants", {cell: serving.cached["Constants", cell]})
    assert len(numbers) > 20


def test_an_input_outside_its_range(serving: Built) -> None:
    desk = Desk(serving.path)
    ranged = 0

    for name, entry in serving.ledger.inputs.items():
        high = serving.ledger.setting(name).high
        if isinstance(entry, Assumption) and high is not None:
            cell = serving.input(name, "rtx4090")
            desk.type("Inputs", {cell: high * 1.1})
            integrity, state, alerts = desk.status()
            assert (integrity, state) == ("OK", "EDITED (1)"), name
            assert alerts > serving.warned(), name
            desk.type("Inputs", {cell: serving.cached["Inputs", cell]})
            ranged += 1
    assert ranged >= 5


def test_alerts_are_those_of_python_in_every_option(template: Built) -> None:
    desk, ledger = Desk(template.path), template.ledger

    def told(changed: Ledger) -> list[int]:
        return [len(changed.raised(option)) for option in ledger.options]

    assert desk.status()[2] == sum(told(ledger))
    for name, option in ranged(ledger):
        figure, unit, cell = ledger.setting(name, option).figure, ledger.unit(name), template.input(name, option)
        for content in beyond(ledger, name, option):
            desk.type("Inputs", {cell: content})
            changed = ledger.with_settings({option: {name: attrs.evolve(figure, quantity=quantity(content, unit))}})
            assert desk.status()[2] == sum(told(changed)), (name, option, content)
        desk.type("Inputs", {cell: template.cached.get(("Inputs", cell))})


def ranged(ledger: Ledger) -> list[tuple[str, str]]:
    """Inputs with a range of their own, in each option that sets them."""
    return [
        (name, option)
        for option in ledger.options
        for name in (ledger.inputs if option == ledger.base else ledger.options[option].settings)
        if (ledger.setting(name, option).low, ledger.setting(name, option).high) != (None, None)
    ]


def beyond(ledger: Ledger, name: str, option: str) -> list[float]:
    """Figures on either side of an input's range, and within it, as far as they are possible at all."""
    target, setting = ledger.input(name), ledger.setting(name, option)
    assert isinstance(target, Assumption)
    low, high = (float(setting.value) if end is None else end for end in (setting.low, setting.high))
    least, most = target.bounds.least, target.bounds.most
    tried = [float(f"{each:.12g}") for each in (0.9 * low, low - 1, 1.1 * high, high + 1, (low + high) / 2)]
    return [
        each
        for each in tried
        if (least is None or each > least)
        and (most is None or each <= most)
        and (each.is_integer() or not target.bounds.whole)
    ]


def test_a_name_that_was_deleted_is_told_when_the_file_comes_back(serving: Built, tmp_path: Path) -> None:
    book = load_workbook(serving.path)
    del book.defined_names["in_tariff"]
    path = tmp_path / "sent_back.xlsx"
    book.save(path)

    (problem,) = serving.ledger.read_edits(path).problems
    assert problem.name == "tariff"
    assert "in_tariff" in problem.text


def cells_that_count(built: Built, column: str) -> list[str]:
    """Cells of a column of Calc, but for parts of the answer that are nothing beside the largest, and stay so."""
    cells = {row: f"{column}{row}" for row in built.calculation_rows()}
    parts = {row for row in cells if str(built.cached["Calc", f"A{row}"]).startswith("Part: ")}
    largest = max((abs(built.cached["Calc", cells[row]]) for row in parts), default=0.0)

    def counts(cell: str) -> bool:
        held = built.cached["Calc", cell]
        return bool(abs(something_else(held) - held) > 2e-9 * largest)

    return [cell for row, cell in cells.items() if row not in parts or counts(cell)]


@given(book=ledgers(most_options=2), data=st.data())
@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_random_ledgers(book: Ledger, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        built = Built.of(book, Path(folder, "random.xlsx"))
        desk = Desk(built.path)
        shipped = desk.status()
        assert shipped == ("OK", "AS BUILT", built.warned())

        column = data.draw(st.sampled_from(built.columns()))
        cell = data.draw(st.sampled_from(cells_that_count(built, column)))
        desk.type("Calc", {cell: something_else(built.cached["Calc", cell])})
        assert desk.status()[:2] == ("FAIL", "AS BUILT"), cell
        desk.type("Calc", {cell: built.formulas["Calc", cell]})

        unit = f"B{data.draw(st.sampled_from(built.calculation_rows()))}"
        desk.type("Calc", {unit: "apples"})
        assert desk.status()[:2] == ("FAIL", "AS BUILT"), unit
        desk.type("Calc", {unit: built.cached["Calc", unit]})
        assert desk.status() == shipped
