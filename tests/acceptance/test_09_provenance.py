"""Check 9: beside every figure stand its unit, source, date, owner and range."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from accepted import accepted
from built import Built

from unitledger.model import Assumption

NOT_STATED = "not stated"


def table(built: Built, sheet: str) -> list[dict[str, Any]]:
    """Rows of a sheet that have a unit or a source, by the headings in its fourth row."""
    titles = {cell.column_letter: str(cell.value) for cell in built.book[sheet][4] if cell.value is not None}
    last = built.book[sheet].max_row
    rows = [
        {title: built.cached.get((sheet, f"{at}{row}")) for at, title in titles.items()} for row in range(5, last + 1)
    ]
    return [row for row in rows if row["Unit"] or row.get("Source")]


def day(shown: Any) -> date | None:
    return shown.date() if isinstance(shown, datetime) else None


def test_every_input(template: Built) -> None:
    rows = {row["Assumption"]: row for row in table(template, "Inputs")}

    for name, entry in template.ledger.inputs.items():
        row, figure = rows[entry.label], template.ledger.setting(name).figure
        assert row["Source"] == figure.source, name
        assert day(row["As of"]) == figure.as_of is not None, name


def test_every_figure_that_an_option_brings(template: Built) -> None:
    """Beneath the input, where it stands for another range or provenance than that of the base option."""
    rows = {row["Assumption"]: row for row in table(template, "Inputs")}

    for option in template.ledger.options.values():
        for name, setting in option.settings.items():
            label = template.ledger.inputs[name].label
            row, figure = rows.get(f"{label} in {option.name}", rows[label]), setting.figure
            assert row["Source"] == figure.source, (name, option.name)
            assert day(row["As of"]) == figure.as_of is not None, (name, option.name)
            assert row["Owner"] == figure.owner, (name, option.name)
            if figure.has_range:
                assert (row["Low"], row["High"]) == (setting.low, setting.high), (name, option.name)


def test_every_constant_has_a_unit(template: Built) -> None:
    found = {row["Constant"]: row["Unit"] for row in table(template, "Constants")}

    for constant in template.ledger.constants.values():
        assert found[constant.label] == constant.unit.spelling


def test_every_constant_says_where_it_is_from(template: Built) -> None:
    assert [row["Constant"] for row in table(template, "Constants") if row["Source"] == NOT_STATED] == []


def test_somebody_answers_for_every_figure(template: Built) -> None:
    owners = [row["Owner"] for row in table(template, "Inputs")]
    assert len(owners) >= len(template.ledger.inputs)
    assert set(owners) <= {"finance", "infrastructure"}


def test_every_number_of_serving_cost_has_a_range(serving: Built) -> None:
    """Low and high where somebody stated them; beneath them what is possible at all."""
    messages = {place: str(rule.prompt) for place, rule in accepted(serving.book["Inputs"]).items()}

    for name, entry in serving.ledger.inputs.items():
        if isinstance(entry, Assumption):
            cell = serving.input(name, "rtx4090")
            assert any(said in messages[cell] for said in ("or more", "from", "more than")), name
    stated = {
        row["Assumption"] for row in table(serving, "Inputs") if row["Low"] is not None or row["High"] is not None
    }
    assert {"Price of a card", "Service life", "Electricity price", "Rent of a rack", "Share of time sold"} <= stated


def test_every_figure_can_be_signed_by_who_reviewed_it(template: Built) -> None:
    """Reviewed by and on: two open cells in every row, which take a name and a day, and are empty unless stated."""
    sheet = template.book["Inputs"]
    rules = accepted(sheet)
    columns = {str(cell.value): cell.column_letter for cell in sheet[4] if cell.value is not None}
    for name, entry in template.ledger.inputs.items():
        row = re.sub("[A-Z]", "", template.input(name, template.ledger.base))
        figure = entry.setting.figure
        for title, kind, stated in (
            ("Reviewed by", "textLength", figure.reviewed_by or None),
            ("Reviewed on", "date", figure.reviewed_on),
        ):
            cell = sheet[f"{columns[title]}{row}"]
            assert not cell.protection.locked, name
            assert rules[cell.coordinate].type == kind, name
            assert (cell.value.date() if isinstance(cell.value, datetime) else cell.value) == stated, name
