"""Every published figure, worked out by its template: as the formula gives it, and as the document rounds it.

recomputed.csv holds each figure worked out independently of unitledger, in the unit of its case.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from unitledger.templates.published import Case, Reconciled, cases, reconcile

TABLE = Path(__file__).with_name("recomputed.csv").read_text(encoding="utf-8")
RECOMPUTED = {row["case"]: float(row["recomputed"]) for row in csv.DictReader(TABLE.splitlines())}
CASES = cases()
IDS = [case.case for case in CASES]


@cache
def reconciled(template: str) -> dict[str, Reconciled]:
    return {one.case.case: one for one in reconcile(template)}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_template_gives_what_the_formula_gives(case: Case) -> None:
    assert reconciled(case.template)[case.case].computed == pytest.approx(RECOMPUTED[case.case], rel=1e-9)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_template_departs_from_print_only_where_the_document_is_wrong(case: Case) -> None:
    one = reconciled(case.template)[case.case]

    assert one.explained, f"{one.verdict}: {one.computed} against {case.published}"


def test_every_figure_has_its_case_and_no_case_stands_twice() -> None:
    assert len(RECOMPUTED) == 875
    assert sorted(IDS) == sorted(RECOMPUTED)
