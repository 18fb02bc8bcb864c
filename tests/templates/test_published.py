"""Every published figure, worked out by its template: as the formula gives it, and as the document rounds it.

recomputed.csv holds each figure worked out independently of unitledger, in the unit of its case. Two of its figures
rest on an hour of a card that was rounded to 1.5519406 USD; for these the hour is worked out here without rounding.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from unitledger.templates.published import Case, Reconciled, cases, reconcile

TABLE = Path(__file__).with_name("recomputed.csv").read_text(encoding="utf-8")
RECOMPUTED = {row["case"]: float(row["recomputed"]) for row in csv.DictReader(TABLE.splitlines())}
# Eight cards for 500,000 USD over five years, and 10 kW at 0.1 USD/kWh [USD/gpu/h].
CARD_HOUR = Fraction(500_000, 8) / (5 * 8760) + Fraction(10, 8) / 10
UNROUNDED = {
    "000.rent.low_factor": float(Fraction("2.5") / CARD_HOUR),
    "000.rent.aws_factor": float(Fraction("4.875") / CARD_HOUR),
}
CASES = cases()
IDS = [case.case for case in CASES]


@cache
def reconciled(template: str) -> dict[str, Reconciled]:
    return {one.case.case: one for one in reconcile(template)}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_template_gives_what_the_formula_gives(case: Case) -> None:
    assert reconciled(case.template)[case.case].computed == pytest.approx(
        UNROUNDED.get(case.case, RECOMPUTED[case.case]), rel=1e-9
    )


@pytest.mark.parametrize("case", UNROUNDED)
def test_the_rounded_hour_explains_the_two_figures_that_rest_on_it(case: str) -> None:
    assert UNROUNDED[case] != pytest.approx(RECOMPUTED[case], rel=1e-9)
    assert UNROUNDED[case] * float(CARD_HOUR) / 1.5519406 == pytest.approx(RECOMPUTED[case], rel=1e-9)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_template_departs_from_print_only_where_the_document_is_wrong(case: Case) -> None:
    one = reconciled(case.template)[case.case]

    assert one.explained, f"{one.verdict}: {one.computed} against {case.published}"


def test_every_figure_has_its_case_and_no_case_stands_twice() -> None:
    assert len(RECOMPUTED) == 455
    assert sorted(IDS) == sorted(RECOMPUTED)
