"""An option that cannot be has no value: in one case, in many, and where an input moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from unitledger.compute.simulation import uniform
from unitledger.errors import CalculationError, OptionRefused
from unitledger.expression import total
from unitledger.ledger import Ledger

TOLD = "A token cannot use more experts than there are: set experts."


def model(active: str = "2 expert", **settings: str) -> Ledger:
    book = Ledger("Experts", option="small")
    kind = book.choice("kind", ("listed", "own"))
    experts = book.assume("experts", "8 expert", minimum=0, whole=True)
    listed = book.assume("listed_experts", "4 expert", whole=True)
    used = book.assume("active", "2 expert", low=1, high=6, whole=True)
    held = book.line("held", kind.select(listed=listed, own=experts))
    book.headline(book.line("share", used / held, "%"))
    book.alert(used > held, TOLD, refused=True)
    book.alert(used > listed, "More than is listed.")
    book.option("large", {"kind": "own"})
    return book.with_settings({"large": {"active": active, **settings}})


def test_an_option_that_can_be_has_its_values_and_its_alerts() -> None:
    book = model("5 expert")

    assert book.value("share", "large").magnitude == 62.5
    assert book.raised("large") == ("More than is listed.",)


def test_the_option_and_the_inputs_that_decide_are_named() -> None:
    book = model("20 expert")
    with pytest.raises(OptionRefused) as refused:
        book.values("large")

    assert str(refused.value) == (
        f"Option 'large' is refused: {TOLD} There active = 20 expert, kind = own, experts = 8 expert."
    )
    assert refused.value.args[1] == ["active", "kind", "experts"]
    assert book.value("share", "small").magnitude == 50


def test_of_many_inputs_that_decide_the_nearest_are_named() -> None:
    book = Ledger("Chain", option="only")
    parts = [book.assume(f"part_{place}", f"{place} gpu") for place in range(7)]
    half = book.line("half", total(*parts[2:]))
    whole = book.line("whole", half + parts[1])
    book.alert(whole > parts[0], "Too many.", refused=True)

    with pytest.raises(OptionRefused) as refused:
        book.values("only")
    assert str(refused.value) == (
        "Option 'only' is refused: Too many. There part_0 = 0 gpu, part_1 = 1 gpu, part_2 = 2 gpu, part_3 = 3 gpu, "
        "part_4 = 4 gpu and 2 more."
    )
    assert refused.value.args[1] == [f"part_{place}" for place in range(7)]


@pytest.mark.parametrize(
    "ask",
    [
        lambda book: book.value("share", "large"),
        lambda book: book.trace("share", "large"),
        lambda book: book.sensitivity("share", "large"),
        lambda book: book.array("share", {"listed_experts": [1, 2]}, option="large"),
        lambda book: book.simulate(100, {"listed_experts": uniform("1 expert", "4 expert")}, option="large"),
    ],
)
def test_whatever_is_asked_of_it_is_refused(ask: Callable[[Ledger], object]) -> None:
    with pytest.raises(OptionRefused, match=r"^Option 'large' is refused"):
        ask(model("20 expert"))


def test_a_line_that_fails_on_the_way_is_told_by_what_is_refused() -> None:
    with pytest.raises(OptionRefused, match=r"There active = 2 expert, kind = own, experts = 0 expert\.$"):
        model(experts="0 expert").values("large")


def test_a_case_of_many_that_cannot_be_is_named() -> None:
    book = model()

    assert list(book.array("share", {"active": [1, 4, 8]}, option="large")["share"]) == [12.5, 50, 100]
    with pytest.raises(OptionRefused) as refused:
        book.array("share", {"active": [1, 4, 9], "experts": [8, 8, 8]}, option="large")
    assert str(refused.value) == (f"Refused is case 2 (counted from 0): active = 9 expert, experts = 8 expert. {TOLD}")
    with pytest.raises(CalculationError, match=r"^Refused is case 1 \(counted from 0\): active = 5 expert\. "):
        book.sweep(active=["1 expert", "5 expert"])


def test_an_end_that_cannot_be_is_left_out_of_the_ranges() -> None:
    assert model().sensitivity("share", "small").without_answer == ("active",)


def test_the_ledger_at_a_glance_says_why() -> None:
    assert f"Option 'large' is refused: {TOLD}" in " ".join(str(model("20 expert")).split())


def test_no_workbook_is_built_of_it(tmp_path: Path) -> None:
    with pytest.raises(OptionRefused):
        model("20 expert").to_excel(tmp_path / "experts.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_ledger_that_includes_another_refuses_what_that_does() -> None:
    book = Ledger("All", option="only")
    book.include(model("20 expert"), "mine", option="large")

    with pytest.raises(OptionRefused, match=f"^Option 'only' is refused: .*{TOLD}"):
        book.values()
