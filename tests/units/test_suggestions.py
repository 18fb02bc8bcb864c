"""Who does what a refusal suggests gets what was meant."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unitledger.errors import QuantityError
from unitledger.units import Q, Unit, magnitude
from unitledger.units.atoms.definitions import read_definitions
from unitledger.units.atoms.names import NAMES

NUMBERS = st.decimals(min_value="0.01", max_value=10**6, places=2).map(lambda number: f"{number:f}")
SCALES = {
    **dict.fromkeys(("k", "K", "thousand"), 3),
    **dict.fromkeys(("M", "million", "mn", "mln", "mio"), 6),
    **dict.fromkeys(("G", "billion", "bn", "b"), 9),
    **dict.fromkeys(("T", "trillion", "tn"), 12),
}
PREFIXES = {"n": -9, "m": -3, "k": 3, "K": 3, "M": 6, "G": 9, "T": 12}
COUNTED = ["token", "tokens", "parameter", "gpu", "GPUs", "machine", "USD", "query"]


def suggested(text: str) -> list[str]:
    """The texts that come of following each suggestion of the refusal of `text`."""
    try:
        Q(text)
    except QuantityError as refused:
        said = str(refused).partition(": ")[2]
    else:
        return [text]
    if found := re.search(r"divide the number by ([0-9,.e+]+) and write '(/\w+)'", said):
        fragment = re.match(r"'(.*?)' is no unit", said)
        number = re.match(r"\$?([0-9.]+)", text)
        assert fragment is not None
        assert number is not None
        divided = Fraction(number[1]) / Fraction(found[1].replace(",", ""))
        return [text.replace(fragment[1], found[2]).replace(number[1], f"{float(divided):.15g}", 1)]
    if found := re.search(r"1 (\w+) is ([0-9,.]+) (\w+)\.", said):
        given_number, _, rest = text.partition(" ")
        scaled = Decimal(given_number) * Decimal(found[2].replace(",", ""))
        return [f"{scaled:f} {rest}".replace(found[1], found[3])]
    # The fragment that is wrong is named first; a suggestion stands for it, or for the whole.
    fragment = re.match(r".*?'([^']+)'", said)
    offered = re.findall(r"(?:write|written|or|mean) '([^']+)'", said)
    assert fragment is not None, said
    assert offered, said
    return [each if each[0] in "-0123456789$" else text.replace(fragment[1], each) for each in offered]


def sizes(texts: list[str], meant: str) -> set[float]:
    unit = Unit.parse(meant)
    found = [Q(text) for text in texts]
    return {magnitude(q, unit) for q in found if Unit.of(q).dimension == unit.dimension}


def nearly(number: str, power: int) -> float:
    return float(f"{Decimal(number) * Decimal(10) ** power:.15g}")


@given(NUMBERS, st.sampled_from(sorted(SCALES)), st.sampled_from(COUNTED), st.sampled_from(["", "/h", "*h"]))
def test_a_scale_that_stands_alone(number: str, scale: str, unit: str, rest: str) -> None:
    assert sizes(suggested(f"{number} {scale} {unit}{rest}"), unit + rest) == {nearly(number, SCALES[scale])}
    assert sizes(suggested(f"-{number} {scale} {unit}{rest}"), unit + rest) == {-nearly(number, SCALES[scale])}


@given(NUMBERS, st.sampled_from(["1", ""]), st.sampled_from(sorted(SCALES)), st.sampled_from(COUNTED[:5]))
def test_an_amount_in_a_price(number: str, one: str, scale: str, unit: str) -> None:
    for gap in ("", " "):
        text = f"${number}/{one}{gap}{scale} {unit}" if one else f"${number} / {scale} {unit}"
        assert sizes(suggested(text), f"USD/{unit}") == {nearly(number, -SCALES[scale])}


@given(NUMBERS, st.integers(2, 10**7), st.sampled_from(["", "k", "M"]), st.sampled_from([*COUNTED, "kWh", "h", "GB"]))
def test_any_amount_in_a_price(number: str, amount: int, scale: str, unit: str) -> None:
    size = amount * 10 ** SCALES.get(scale, 0)
    (found,) = sizes(suggested(f"{number} USD/{amount}{scale} {unit}"), f"USD/{unit}")
    assert abs(found * size - float(number)) <= 1e-12 * float(number)


@given(NUMBERS, st.sampled_from(sorted(PREFIXES)), st.sampled_from(["machine", "rack", "gpu", "token", "day", "month"]))
def test_a_prefix_that_is_not_written(number: str, prefix: str, unit: str) -> None:
    name = prefix + unit
    assume(name not in {"mtoken", "mgpu"})  # the million is meant, as the suggestion says.
    assert sizes(suggested(f"{number} {name}"), unit) == {nearly(number, PREFIXES[prefix])}


@given(
    st.sampled_from(["Mtoken", "kparameter", "Mgpu", "kilowatt", "Mquery", "kUSD", "megawatt", "terawatt", "GFLOPS"]),
    st.data(),
)
def test_a_letter_that_is_missing(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(name) - 1))
    text = f"5 {name[:place]}{name[place + 1 :]}"
    try:
        offered = suggested(text)
    except AssertionError:
        return  # nothing is offered.
    assert sizes(offered, name) <= {5}


@given(NUMBERS, st.sampled_from("kKmMgGtTpP"), st.sampled_from(["b", "ib"]))
def test_bits_or_bytes(number: str, prefix: str, rest: str) -> None:
    power = "kmgtp".index(prefix.lower()) + 1
    size = 1024**power if rest == "ib" else 1000**power
    found = sorted(sizes(suggested(f"{number} {prefix}{rest}"), "bit"))
    assert found == pytest.approx([float(number) * size, float(number) * size * 8], rel=1e-12)


@given(NUMBERS, st.sampled_from(["-", ""]))
def test_a_rate_of_nothing(number: str, sign: str) -> None:
    assert sizes(suggested(f"{sign}{number}/h"), "1/h") == {float(sign + number)}
    assert sizes(suggested(f"{sign}{number}"), "ratio") == {float(sign + number)}


@given(NUMBERS)
def test_a_letter_that_is_a_unit_as_well(number: str) -> None:
    product, billions = suggested(f"{number} B parameter")
    assert Unit.of(Q(product)) == Unit.parse("byte parameter")
    assert sizes([billions], "parameter") == {nearly(number, 9)}
    product, billions = suggested(f"{number} USD/B parameter")
    assert Unit.of(Q(product)) == Unit.parse("USD/B*parameter")
    assert sizes([billions], "USD/parameter") == {nearly(number, -9)}


@given(NUMBERS, st.sampled_from([("", 0), *((f"{word} ", power) for word, power in SCALES.items())]), st.data())
def test_a_price_in_words(number: str, scale: tuple[str, int], data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(COUNTED[:5]))
    word, power = scale
    assert sizes(suggested(f"${number} per {word}{unit}"), f"USD/{unit}") == {nearly(number, -power)}
    assert sizes(suggested(f"${number} per {word}{unit} per h"), f"USD/{unit}/h") == {nearly(number, -power)}


@given(NUMBERS, st.sampled_from(["US$", "dollar", "Dollars", "euros", "Pound", "yuan", "rmb"]), st.sampled_from("kM"))
def test_the_name_of_a_currency(number: str, name: str, prefix: str) -> None:
    code = {"u": "USD", "d": "USD", "e": "EUR", "p": "GBP", "y": "CNY", "r": "CNY"}[name[0].lower()]
    assert sizes(suggested(f"{number} {name}/h"), f"{code}/h") == {float(number)}
    assert sizes(suggested(f"{number} {prefix}{name}"), code) == {nearly(number, SCALES[prefix])}


@given(st.sampled_from(sorted(name for name in NAMES.shipped if NAMES.atoms[name].symbol.isalpha())), st.data())
def test_another_case_offers_every_unit_of_these_letters(name: str, data: st.DataObject) -> None:
    symbol = NAMES.atoms[name].symbol
    written = data.draw(st.tuples(*(st.sampled_from([letter.lower(), letter.upper()]) for letter in symbol)))
    text = f"5 {''.join(written)}"
    try:
        Q(text)
    except QuantityError as refused:
        said = str(refused)
    else:
        return
    assume("Did you mean" in said)
    meant = {atom.symbol for atom in NAMES.atoms.values() if atom.symbol.casefold() == symbol.casefold()}
    offered = {Unit.parse(each) for each in re.findall(r"(?:mean|or) '(\w+)'", said)}
    assert {Unit.parse(each) for each in meant} <= offered


@given(st.text(alphabet="abtimeCO2_$%µ", min_size=1, max_size=5) | st.sampled_from(["time", "mass", "kbp", "z" * 98]))
def test_a_definition_that_is_suggested_is_accepted(name: str) -> None:
    try:
        Unit.parse(name)
    except QuantityError as refused:
        for line in re.findall(r"define\('(.*?)'\)", str(refused)):
            with NAMES.lent(read_definitions(line)[1]):
                assert Unit.parse(line.partition(" ")[0]).is_dimensionless is False
