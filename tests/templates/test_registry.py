"""Finding templates by name, and what every template owes its reader."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from unitledger.errors import OptionRefused, UnknownName
from unitledger.expression import references
from unitledger.ledger import Ledger
from unitledger.model import AxisLine, Choice
from unitledger.templates import describe, find, names


def test_templates_are_found_by_the_names_of_their_files() -> None:
    assert {
        "serving_capacity",
        "serving_comparison",
        "serving_cost",
        "serving_latency_and_throughput",
    } <= set(names())
    assert list(names()) == sorted(names())
    assert "catalog" not in names()


def test_a_template_is_built_by_name() -> None:
    book = find("serving_cost")()

    assert isinstance(book, Ledger)
    assert book.title == "Serving LLaMA-2-70B"


@pytest.mark.parametrize("name", names())
def test_no_label_of_a_line_names_a_currency(name: str) -> None:
    """The figures may be stated in another one."""
    named = re.compile(r"\b(dollars?|yuan|euros?|USD|CNY|EUR)\b", re.IGNORECASE)
    assert [line.label for line in find(name)().lines.values() if named.search(line.label)] == []


def test_a_template_is_described_by_the_first_line_of_its_docstring() -> None:
    assert describe("serving_cost") == (
        "Cost of a million output tokens of LLaMA-2-70B on owned machines, against a posted API price."
    )


@pytest.mark.parametrize("name", names())
def test_a_template_says_what_it_is_for_and_what_each_option_is(name: str) -> None:
    book = find(name)()

    assert book.purpose == sys.modules[find(name).__module__].__doc__
    assert all(option.description.endswith(".") for option in book.options.values())
    assert len({option.description for option in book.options.values()}) == len(book.options)


def test_most_templates_show_cases_of_which_none_is_to_be_chosen() -> None:
    assert [name for name in names() if find(name)().alternatives] == [
        *("api_query", "fleet_budget", "serving_cost", "training_budget")
    ]


@pytest.mark.parametrize("look_up", [find, describe])
def test_an_unknown_template_is_refused_with_what_comes_close(look_up: Callable[[str], object]) -> None:
    with pytest.raises(UnknownName) as refused:
        look_up("serving_kost")

    assert str(refused.value) == (
        "There is no template 'serving_kost'. Did you mean 'serving_cost' or 'serving_comparison' or "
        "'serving_capacity'? `unitledger list` names them; yours is named by its file: ./my_template.py."
    )
    assert len(str(refused.value)) <= 200


def test_a_workbook_in_place_of_a_template_is_told_apart() -> None:
    with pytest.raises(UnknownName) as refused:
        find("report.xlsx")

    assert str(refused.value) == (
        "'report.xlsx' is a workbook; expected the template that it was built from, such as serving_cost."
    )


def test_finding_one_template_imports_no_other() -> None:
    program = (
        "import sys; from unitledger.templates import find, names; find('serving_capacity'); "
        "print(*sorted(set(names()) & {name.rpartition('.')[2] for name in sys.modules}))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["serving_capacity"]


@pytest.mark.parametrize("name", names())
def test_every_template_has_an_answer_in_every_option(name: str) -> None:
    book = find(name)()

    assert describe(name).endswith(".")
    assert book.answer is not None
    for option in book.options:
        assert book.value(book.answer.line, option)


@pytest.mark.parametrize("name", names())
def test_every_figure_of_every_template_has_a_source_and_a_date(name: str) -> None:
    book = find(name)()

    unsourced = [
        (option, given)
        for option in book.options
        for given in book.inputs
        if not (book.setting(given, option).figure.source and book.setting(given, option).figure.as_of)
    ]
    assert unsourced == []


@pytest.mark.parametrize("name", names())
def test_every_input_stands_in_a_section_and_is_used(name: str) -> None:
    book = find(name)()
    rows = [row for row in (*book.rows.values(), *book.columns.values()) if isinstance(row, AxisLine)]
    openings = [row.initial for row in rows if row.initial is not None]
    lines = [*(line.written for line in book.lines.values()), *(row.written for row in rows)]
    formulas = [*lines, *openings, *(alert.written for alert in book.alerts)]
    used = {name for formula in formulas for name in references(formula)}

    for given in book.inputs.values():
        assert given.section
        assert given.name in used


@pytest.mark.parametrize("name", names())
def test_choices_work_with_every_word_or_ask_for_what_its_sources_do_not_give(name: str) -> None:
    book = find(name)()
    for given in book.inputs.values():
        for word in given.words if isinstance(given, Choice) else ():
            try:
                assert book.with_settings({book.base: {given.name: word}}).values()
            except OptionRefused as refused:
                if given.name not in refused.args[1]:
                    raise
