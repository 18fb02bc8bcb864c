"""Check 4: no number is hidden in a formula."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from built import Built
from formula_text import numbers
from hypothesis import HealthCheck, Phase, given, settings
from strategies import ledgers

from unitledger.ledger import Ledger

# Which argument of a function says how, not how much: decimals of ROUNDUP and FIXED, the way that MATCH searches.
HOW = {("FIXED", 2), ("ROUND", 2), ("ROUNDUP", 2), ("ROUNDDOWN", 2), ("MATCH", 3)}


def hidden(built: Built) -> list[tuple[tuple[str, str], str]]:
    """Formulas that hold a number other than 0 and 1."""
    return [
        (place, text)
        for place, text in built.formulas.items()
        if any(float(number) not in {0, 1} and (call, at) not in HOW for number, call, at in numbers(text))
    ]


def test_no_number_is_hidden_in_a_formula(template: Built) -> None:
    assert hidden(template) == []


@given(book=ledgers())
@settings(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_nor_in_formulas_of_random_ledgers(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        assert hidden(Built.of(book, Path(folder, "random.xlsx"))) == []


def test_inputs_and_constants_hold_numbers_and_no_formula(template: Built) -> None:
    held = [(sheet, at) for sheet, at in template.formulas if at not in {"A2", "B2", "C2"}]

    assert {sheet for sheet, _ in held}.isdisjoint({"Constants", "Read me"})
    titles = {at: template.cached["Inputs", f"{at.rstrip('0123456789')}4"] for sheet, at in held if sheet == "Inputs"}
    # The factor of the unit, and what an option takes from the base option.
    taken = {at for at, title in titles.items() if title in template.ledger.options}
    assert all(template.formulas["Inputs", at] == f"=$C{re.sub('[A-Z]', '', at)}" for at in taken)
    # Labels of rows about an option's own figure, which name the option.
    labels = {at for at, title in titles.items() if title == "Assumption"}
    assert all(re.fullmatch(r'="(?:[^"]|"")* in "&\$[A-Z]+\$4', template.formulas["Inputs", at]) for at in labels)
    assert {titles[at] for at in titles.keys() - taken - labels} == {"Factor"}


def test_a_number_would_be_found() -> None:
    assert numbers("=ROUNDUP(A1*1.2,0)+SUM(B1:B3,(2))") == [("1.2", "ROUNDUP", 1), ("0", "ROUNDUP", 2), ("2", "", 1)]
