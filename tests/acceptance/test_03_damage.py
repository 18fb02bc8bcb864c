"""Check 3, as a mutation test: whatever damages the file turns Integrity to FAIL, and no legitimate edit does.

Each kind is one row of a table, done to the file as a spreadsheet would leave it, and recalculated by other programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from built import Built
from damage import DAMAGE, UNSEEN, UNWATCHED
from legitimate import EDITS, MORE_ALERTS, OTHER_ALERTS
from machine import rented_or_bought
from recalculate import Cells, Desk, held, saved_all_by_libreoffice
from working_copy import Parts, WorkingCopy, strip

from unitledger import templates
from unitledger.ledger import Ledger


def subjects() -> dict[str, tuple[Ledger, Parts]]:
    """Ledgers with a total, a choice and alerts, each with two or three options."""
    serving = templates.find("serving_cost")().only("rtx4090", "h100")
    training = templates.find("training_run")().only("gpt3", "palm", "gpt3_owned")
    return {
        "serving_cost": (
            serving,
            Parts("machine_hour", "token_cost", "tariff", "tariff", "scheme", "tariff", "gpu_price"),
        ),
        "training_run": (
            training,
            Parts(
                "h100.total_per_card",
                "h100.total_per_compute",
                "h100.tariff",
                "h100.tariff",
                "paying",
                "h100.tariff",
                "tokens",
            ),
        ),
        "machine": (
            rented_or_bought(),
            Parts("hour", "year", "power.tariff", "draw", "billing", "load", "rent"),
        ),
    }


@cache
def written(name: str, folder: Path) -> tuple[Built, Parts]:
    ledger, parts = subjects()[name]
    return Built.of(ledger, folder / f"{name}.xlsx"), parts


@pytest.fixture(
    params=["machine", *(pytest.param(name, marks=pytest.mark.slow) for name in ("serving_cost", "training_run"))]
)
def copy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WorkingCopy:
    return WorkingCopy(*written(request.param, tmp_path_factory.getbasetemp()))


def status_cells(path: Path) -> Cells:
    """What the status cells on top of Summary show, worked out by formualizer."""
    return Desk(path).cells([("Summary", f"{column}2") for column in "ABC"])


def check_damaged(shown: Cells, kind: str) -> None:
    integrity, state, alerts = strip(shown)
    assert integrity == "FAIL", kind
    if "Checks deleted" in kind:
        assert (state, alerts) == ("not known", "not known")
        return
    if "Inputs deleted" in kind:
        assert state == "not known"
        return
    assert re.fullmatch(r"AS BUILT|EDITED \([0-9,]+\)", state), (kind, state)
    assert re.fullmatch(r"[0-9]+", alerts), (kind, alerts)


def check_edited(shown: Cells, kind: str, built: Built) -> None:
    integrity, state, alerts = strip(shown)
    assert (integrity, state) == ("OK", EDITS[kind][1]), kind
    if kind in MORE_ALERTS:
        assert int(alerts) > built.warned(), kind
    elif kind not in OTHER_ALERTS:
        assert int(alerts) == built.warned(), kind


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_fails(copy: WorkingCopy, kind: str, tmp_path: Path) -> None:
    DAMAGE[kind](copy)
    check_damaged(status_cells(copy.save(tmp_path / "damaged.xlsx")), kind)


@pytest.mark.parametrize("kind", EDITS)
def test_edits_do_not_fail(copy: WorkingCopy, kind: str, tmp_path: Path) -> None:
    EDITS[kind][0](copy)
    check_edited(status_cells(copy.save(tmp_path / "edited.xlsx")), kind, copy.built)


@pytest.mark.parametrize("kind", UNSEEN)
def test_damage_that_shows_in_no_figure_fails_once_an_edit_moves_it(
    copy: WorkingCopy, kind: str, tmp_path: Path
) -> None:
    UNSEEN[kind](copy)
    assert strip(status_cells(copy.save(tmp_path / "damaged.xlsx")))[:2] == ("OK", "AS BUILT")

    copy.type("Inputs", copy.input(copy.parts.moves), copy.nudged())
    assert strip(status_cells(copy.save(tmp_path / "moved.xlsx")))[:2] == ("FAIL", "EDITED (1)")


@pytest.mark.parametrize("kind", UNWATCHED)
def test_what_integrity_does_not_see(copy: WorkingCopy, kind: str, tmp_path: Path) -> None:
    UNWATCHED[kind](copy)
    assert strip(status_cells(copy.save(tmp_path / "unwatched.xlsx")))[:2] == ("OK", "AS BUILT")


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_tells_damage_from_edits_too(tmp_path: Path) -> None:
    built, parts = written("machine", tmp_path)
    kinds: Mapping[str, Callable[[WorkingCopy], object]] = DAMAGE | {kind: doing for kind, (doing, _) in EDITS.items()}
    paths = {}
    for place, (kind, doing) in enumerate(kinds.items()):
        copy = WorkingCopy(built, parts)
        doing(copy)
        paths[kind] = copy.save(tmp_path / f"kind_{place}.xlsx")
    saved_all_by_libreoffice([*paths.values()], tmp_path / "out")

    for kind, path in paths.items():
        shown = held(tmp_path / "out" / path.name)
        if kind in DAMAGE:
            check_damaged(shown, kind)
        else:
            check_edited(shown, kind, built)
