"""The reference: every public name stands on its pages with an example, and nothing that has gone."""

from __future__ import annotations

from pathlib import Path

import generated
import pytest

import unitledger
from unitledger import CostLine, Ledger, errors, lines
from unitledger.units.atoms.atom import GROUPS

PAGES = sorted((Path(__file__).parents[2] / "docs" / "reference").glob("*.md"))
TEXTS = {path.name: path.read_text("utf-8") for path in PAGES}
NAMED = set().union(*map(generated.named, TEXTS.values()))

# `Balance.close` calls it.
UNTOLD = {"Ledger.close"}


def test_every_public_name_stands_on_a_page() -> None:
    told = {"LedgerError" if name == "errors.LedgerError" else name for name in NAMED}

    assert sorted(set(unitledger.__all__) - told) == []


def test_every_method_of_a_ledger_stands_on_a_page() -> None:
    written = {
        f"Ledger.{name}"
        for owner in Ledger.__mro__
        if owner.__module__.startswith("unitledger")
        for name in generated.members(owner)
    }
    held = {f"Ledger.{name}" for name in generated.members(generated.found("model.held.entries.Entries"))}

    assert sorted(written - held - UNTOLD - NAMED) == []


def named_in(kind: str) -> set[str]:
    return {name for text in TEXTS.values() for name, *_ in generated.examples(text, kind)}


def test_every_function_has_an_example_with_its_excel_form() -> None:
    exported = {name: vars(unitledger)[name] for name in unitledger.__all__}
    functions = {name for name, held in exported.items() if held.__module__.startswith("unitledger.expression")}
    in_formulas = functions | {"look_up"}

    assert sorted(in_formulas - named_in("functions")) == []


def test_every_cost_line_has_an_example_with_its_excel_form() -> None:
    made = {name for name, held in vars(lines).items() if isinstance(held, type) and issubclass(held, CostLine)}

    assert named_in("costs") == made - {"CostLine"}


def test_every_error_has_an_example_and_what_to_do() -> None:
    raised = {
        f"errors.{name}"
        for name, held in vars(errors).items()
        if isinstance(held, type) and held.__module__ == errors.__name__
    }

    assert named_in("errors") == raised - {"errors.LedgerError"}
    assert all(remedy for _, _, remedy in generated.examples(TEXTS["errors.md"], "errors"))


def test_every_group_of_units_has_a_table() -> None:
    assert [group for group in GROUPS if f"{{units}} {group}\n" not in TEXTS["units.md"]] == []


@pytest.mark.parametrize("page", TEXTS)
def test_a_page_is_filled_from_the_code(page: str) -> None:
    assert generated.named(generated.filled(TEXTS[page])) == set()


def test_an_example_is_shown_with_value_and_excel_form() -> None:
    page = """```python
from unitledger import Ledger, round_up
book = Ledger("Cards")
cards = book.assume("cards", "27 gpu")
size = book.assume("size", "8 gpu/machine")
```

```{functions}
round_up(cards / size)
```
"""

    assert generated.filled(page).endswith("""
:::{py:function} round_up(part)
Next whole number away from zero, in the plain unit of the value (machines, not GB per GB/gpu).

What lies beyond nine decimals does not count, so that 8.00000000000002 machines are 8.

`round_up(cards / size)` is 4 machine. Excel: `=ROUNDUP(ROUND(cards/size,9),0)`
:::
""")
