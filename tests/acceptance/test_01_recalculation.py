"""Check 1: another program recalculates the file from its formulas alone and finds every value that Python found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from built import Built
from first_sheet import said
from recalculate import Cells, Desk, agree, differences, formualizer, held, libreoffice, saved_all_by_libreoffice
from worked_on import packed, parts

from unitledger import templates

ENGINES = [formualizer, pytest.param(libreoffice, marks=pytest.mark.libreoffice)]

# Document 001: the cost of inference, as printed there or with the digits that follow from its own figures.
PUBLISHED = {
    ("token_cost", "rtx4090"): (0.0582, 4),
    ("token_cost", "h100"): (0.0661, 4),
    ("tokens_per_usd", "rtx4090"): (17.2, 1),
    ("tokens_per_usd", "h100"): (15.12, 2),
}


def poisoned(path: Path, folder: Path) -> Path:
    """A copy in which every number that a formula caches is another one."""
    number = re.compile(rb"(</f><v>)-?[0-9][^<]*")
    changed = {
        name: number.sub(rb"\g<1>12345", content) if name.startswith("xl/worksheets/sheet") else content
        for name, content in parts(path).items()
    }
    return packed(changed, folder / f"poisoned-{path.name}")


def test_every_formula_recalculates_to_what_python_found(template: Built) -> None:
    found = Desk(template.path).cells(template.formulas)

    assert [(place, shown) for place, shown in found.items() if not agree(shown, template.cached.get(place))] == []
    assert template.unlike(found) == []


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_finds_the_same_in_every_template(built: Callable[[str], Built], tmp_path: Path) -> None:
    every = [built(name) for name in templates.names()]
    saved_all_by_libreoffice([each.path for each in every], tmp_path)

    for each in every:
        found = held(tmp_path / each.path.name)
        assert differences(each.path, found) == []
        assert each.unlike(found) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_cached_values_do_not_count(engine: Callable[[Path], Cells], serving: Built, tmp_path: Path) -> None:
    copy = poisoned(serving.path, tmp_path)

    assert len(serving.unlike(held(copy))) == len(serving.lines())
    assert differences(serving.path, engine(copy)) == []


@pytest.mark.parametrize("read", [held, *ENGINES])
def test_the_published_figures_are_in_the_file(read: Callable[[Path], Cells], serving: Built) -> None:
    found = read(serving.path)

    for (name, option), (published, decimals) in PUBLISHED.items():
        assert round(serving.ledger.values(option)[name], decimals) == published
        assert round(found["Calc", serving.line(name, option)], decimals) == published


@pytest.mark.parametrize("read", [held, *ENGINES])
def test_the_warning_about_the_context_is_in_the_file(read: Callable[[Path], Cells], serving: Built) -> None:
    (warning,) = [raised for raised in serving.ledger.raised("rtx4090") if "context" in raised]
    found = read(serving.path)

    assert f"Alert in every option: {warning}" in said(found)


@pytest.mark.parametrize("wrong", ["=1+1", "={}*1.000001", "=1/0", '="twelve"'])
def test_one_corrupted_formula_is_found(wrong: str, serving: Built) -> None:
    desk = Desk(serving.path)
    place = serving.line("token_cost", "h100")
    spoiled = wrong.format(serving.formulas["Calc", place].removeprefix("="))
    desk.type("Calc", {place: spoiled})

    found: dict[tuple[str, str], Any] = desk.cells(serving.formulas)
    assert [told.partition(" in ")[0] for told in serving.unlike(found)] == ["token_cost"]
