"""Formulas that differ in their references alone are read once; what is said of them is what every reader says."""

from __future__ import annotations

from unitledger import Ledger, maximum, total, when
from unitledger.expression import Expression, Factor, Forms, Printed, Reference, excel, lower, pattern, words
from unitledger.units import BILLING, Unit

book = Ledger("Forms")
draw = book.assume("draw", "500 W/machine")
tariff = book.assume("tariff", "0.1 USD/kWh")
other_tariff = book.assume("other_tariff", "0.2 USD/kWh")
spelled_otherwise = book.assume("spelled_otherwise", "0.2 USD / kWh")
hours = book.assume("hours", "2 h")
spent = book.assume("spent", "3 USD/machine")

BILLS = [draw * hours * tariff, draw * hours * other_tariff]
FORMULAS = [
    *BILLS,
    *(spent - bill for bill in BILLS),
    *(when(bill > 0, maximum(bill, spent), 0) for bill in BILLS),
    (draw * draw * hours / draw) * spelled_otherwise,
    total(*[spent, *BILLS] * 40),
    total(*[spent, *reversed(BILLS)] * 40),
]


def called(leaf: Reference | Factor) -> str:
    """Return an address, or a name between braces."""
    return f"{{{leaf.step.name}}}" if isinstance(leaf, Factor) else leaf.name.upper()


def lowered(forms: Forms, node: Expression, unit: str = "USD/machine") -> Expression:
    return forms.of(node).lowered("line", Unit.parse(unit), BILLING)[0].node


def test_formulas_that_differ_in_references_have_one_form() -> None:
    forms = Forms()
    first, second = (forms.of(bill) for bill in BILLS)
    assert first.form is second.form
    assert [leaf.name for leaf in second.operands] == ["draw", "hours", "other_tariff"]


def test_a_unit_spelled_otherwise_makes_another_form() -> None:
    forms = Forms()
    assert tariff.unit == spelled_otherwise.unit
    assert tariff.unit.spelling != spelled_otherwise.unit.spelling
    assert forms.of(tariff * hours).form is not forms.of(spelled_otherwise * hours).form


def test_lowered_by_form_as_one_by_one() -> None:
    forms = Forms()
    for node in FORMULAS:
        assert lowered(forms, node) == lower(node, "line", Unit.parse("USD/machine")).expression
        assert lowered(forms, node, "kUSD/machine") == lower(node, "line", Unit.parse("kUSD/machine")).expression


def test_printed_by_form_as_one_by_one() -> None:
    forms, printed = Forms(), Printed(called)
    for node in FORMULAS:
        tree = lowered(forms, node)
        assert forms.of(tree).node == tree
        assert printed.text(forms.of(tree)) == excel(tree, called)


def test_said_by_form_as_one_by_one() -> None:
    forms = Forms()
    for node in FORMULAS:
        formed = forms.of(lowered(forms, node))
        said = pattern(words(formed.form.tree)).format(*(f"{{{leaf.name}}}" for leaf in formed.operands))
        assert said == words(formed.node, lambda name: f"{{{name}}}")
