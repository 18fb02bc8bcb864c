"""Users add units of their own; nothing that exists changes its meaning."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from unitledger.errors import NameRefused, QuantityError, UnknownUnit
from unitledger.units import Q, Unit, conversion, define
from unitledger.units.atoms.names import NAMES


def test_a_counting_unit_of_ones_own() -> None:
    with pytest.raises(UnknownUnit, match=r"A new one is made by define\('pallet = \[pallet\]'\)"):
        Q("12 pallet")
    define("pallet = [pallet]")
    assert Unit.of(Q("12 pallet")).counting == Unit.parse("pallet")
    assert str(Q("24 USD") / Q("12 pallets")) == "2 USD/pallet"


def test_units_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "units.txt"
    path.write_text(
        """
        # what our site counts
        skid = [skid]
        truckload = 24 * skid
        shift = 8 * hour
        horsepower = 745.7 * watt = hp
        tps = token / second
        @group currency
        THB = [THB]
        @end
        """,
        encoding="utf-8",
    )
    define(path)
    assert Q("2 truckloads") == Q("48 skids")
    assert [step.name for step in conversion(Unit.parse("hp"), Unit.parse("W"))] == ["W_per_hp"]
    assert Q("40 kTHB/shift") == Q("5000 THB/h")
    assert Unit.parse("tps/gpu").counting == Unit.parse("token/gpu")
    assert dict(Unit.parse("tps/gpu").physical) == {"[time]": -1}
    assert Unit.parse("THB/h").physical == Unit.parse("USD/h").physical


@pytest.mark.parametrize(
    ("definition", "kind", "message"),
    [
        (
            "machine = [engine]",
            NameRefused,
            "Unit 'machine': 'machine' already means 'machine = [machine]'. Choose another name.",
        ),
        ("ms = [ms]", NameRefused, "Unit 'ms': 'ms' already means 'millisecond'. Choose another name."),
        (
            "tub = 3 * barrell",
            UnknownUnit,
            "Unit 'tub' refers to 'barrell', which is not defined.",
        ),
        (
            "two words = [words]",
            QuantityError,
            (
                "Cannot read the definition 'two words = [words]': "
                "'two words' is no name of letters, digits and underscores."
            ),
        ),
        (
            "tub = 12 *",
            QuantityError,
            "Cannot read the definition 'tub = 12 *': '12 *' ends before its last factor.",
        ),
        (
            "tub = 2 * [tub]",
            QuantityError,
            "Cannot read the definition 'tub = 2 * [tub]': a dimension stands alone, as in 'pallet = [pallet]'.",
        ),
        (
            "tub = 0 * second",
            QuantityError,
            "Cannot read the definition 'tub = 0 * second': a unit has a size above zero.",
        ),
        (
            "tub = 12 12 pallet",
            QuantityError,
            "Cannot read the definition 'tub = 12 12 pallet': '12 12 pallet' is no product such as '12 * pallet'.",
        ),
        ("tub = 2 tub", UnknownUnit, "Unit 'tub' refers to 'tub', which is not defined. Did you mean 'tpu' or 'Btu'?"),
        (
            "tub = [token]",
            NameRefused,
            "Unit 'tub': [token] is the dimension of 'token'. Write 'tub = 1 token', or 'tub = [tub]'.",
        ),
        (
            "tub = 1e99 token\nbath = tub * tub",
            QuantityError,
            (
                "Unit 'bath' is too large, too small or of too high a power: sizes run from 1e-100 to 1e100 of base "
                "units, powers to 12."
            ),
        ),
        (
            "tub = 1" + "0" * 200 + " token",
            QuantityError,
            "A definition has 213 characters; at most 200 are read.",
        ),
        (
            "tub = 9**9**9",
            QuantityError,
            "Cannot read the definition 'tub = 9**9**9': '9**9**9' is no product such as '12 * pallet'.",
        ),
        (
            "dozen- = 12 = dz-",
            QuantityError,
            "The prefix 'dozen' cannot be added; define the unit in full instead.",
        ),
        (
            "@group money\ntub = [tub]\n@end",
            QuantityError,
            (
                "Unit 'tub': no group 'money'; one of time, calendar, length, physical, large, information, "
                "fixed, emission, currency, bulk, count."
            ),
        ),
        (
            "tub",
            QuantityError,
            "'tub' is neither a definition such as 'pallet = [pallet]' nor a file.",
        ),
    ],
)
def test_a_definition_is_refused(definition: str, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as error:
        define(definition)
    assert str(error.value) == message


def test_a_definition_reads_as_a_quantity_does() -> None:
    define("dime = 0.1 USD\nshift_of_ten = 10 h\nplot = 100 m ^ 2\nlease = USD / plot month")
    assert Q("30 dimes") == Q("3 USD")
    assert Unit.parse("dime/kWh").currencies == {"USD"}
    assert Q("1 shift_of_ten") == Q("10 h")
    assert Q("2 plot") == Q("200 m2")
    assert Q("3 lease") == Q("3 USD/plot") * Q("1 month")


@pytest.mark.parametrize("again", ["creel = [creel]", "creel=[creel]  # once more", "cent = 0.01 USD"])
def test_the_same_definition_again_changes_nothing(again: str) -> None:
    define("creel = [creel]")
    before = dict(NAMES.atoms)
    define(again)
    assert before == NAMES.atoms


def test_another_definition_of_a_name_of_ones_own_is_refused() -> None:
    define("punnet = [punnet]")
    # A month follows the calendar, which 730 hours do not.
    with pytest.raises(NameRefused):
        define("month = 730 hour")
    for other in ("punnet = 2 * token", "punnet = [punnet] = _ = pt", "@group bulk\npunnet = [punnet]\n@end"):
        with pytest.raises(NameRefused) as error:
            define(other)
        assert str(error.value) == ("Unit 'punnet': 'punnet' already means 'punnet = [punnet]'. Choose another name.")


def test_definitions_that_grow_without_end_are_refused_at_once() -> None:
    chain = ["hive0 = 1e9 token", *(f"hive{place + 1} = hive{place} ** 9" for place in range(60))]
    start = time.perf_counter()
    with pytest.raises(QuantityError, match="too large, too small or of too high a power"):
        define("\n".join(chain))
    assert time.perf_counter() - start < 1


def test_all_or_nothing() -> None:
    with pytest.raises(UnknownUnit):
        define("vat = [vat]\nbasin = 3 * nothing_known")
    with pytest.raises(UnknownUnit):
        Unit.parse("vat")


def test_a_text_too_long_to_be_a_path_is_no_definition() -> None:
    with pytest.raises(QuantityError, match="is neither a definition such as"):
        define("x" * 5000)
