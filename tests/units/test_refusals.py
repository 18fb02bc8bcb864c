"""What could mean two things, or nothing, is refused at once and says why."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitledger.errors import QuantityError, UnknownUnit
from unitledger.units import Q, Quantity, Unit, magnitude

REFUSED = {
    "5 kW @ 3": "Cannot read '5 kW @ 3': '@' has no place in a unit.",
    "5 USD # hi": "Cannot read '5 USD # hi': '#' has no place in a unit.",
    "9**9**9": "Cannot read '9**9**9': a name is missing before '**9'.",
    "__import__('os')": ("""Cannot read "__import__('os')": it does not start with a number, as '5 kW' does."""),
    "nan USD": "Cannot read 'nan USD': a number must be finite.",
    "-inf USD": "Cannot read '-inf USD': a number must be finite.",
    "1.7976931348623157e308 USD": (
        "Cannot read '1.7976931348623157e308 USD': 1.7976931348623157e308 is beyond the largest number, 1.8e308."
    ),
    "1e999 USD": "Cannot read '1e999 USD': 1e999 is beyond the largest number, 1.8e308.",
    "$1e300B": "Cannot read '$1e300B': 1e300B is beyond the largest number, 1.8e308.",
    "1e300T token": "Cannot read '1e300T token': 1e300T is beyond the largest number, 1.8e308.",
    "1e-999 USD": "Cannot read '1e-999 USD': 1e-999 is too small to be told from zero.",
    "1e5000 USD": "Cannot read '1e5000 USD': a power of ten has at most three digits.",
    "0.5 KB": "Cannot read '0.5 KB': 'KB' could mean 1000 or 1024 bytes; write 'kB' or 'KiB'.",
    "3 Gb": "Cannot read '3 Gb': 'Gb' could mean bits or bytes; write 'Gbit' or 'GB'.",
    "12 link": ("Cannot read '12 link': unknown unit 'link'. A new one is made by define('link = [link]')."),
    "": "Cannot read '': it is empty; write a number and a unit, such as '5 kW'.",
    "5": "Cannot read '5': it has no unit; write '5 ratio' if it is a plain number.",
    "5 usd": "Cannot read '5 usd': unknown unit 'usd'. Did you mean 'USD'?",
    "5 US$": "Cannot read '5 US$': unknown unit 'US$'. Did you mean 'USD'?",
    "5 rmb": "Cannot read '5 rmb': unknown unit 'rmb'. Did you mean 'CNY'?",
    "120 USD/mwh": "Cannot read '120 USD/mwh': unknown unit 'mwh'. Did you mean 'MWh' or 'mWh'?",
    "3 tflops": "Cannot read '3 tflops': unknown unit 'tflops'. Did you mean 'TFLOP' or 'TFLOPS'?",
    "5 Mm": "Cannot read '5 Mm': 'm' is not written with the prefix 'M'. Scale the number: 1 Mm is 1,000,000 m.",
    "7 ct/kWh": ("Cannot read '7 ct/kWh': 'ct' could mean a cent of any currency; write 'cent' or 'eurocent'."),
    "3 mn tokens": (
        "Cannot read '3 mn tokens': 'mn' is no unit; a scale k, M, B or T is glued to the number; write '3M tokens'."
    ),
    "70b parameter": (
        "Cannot read '70b parameter': 'b' is no unit; a scale k, M, B or T is glued to the number; "
        "write '70B parameter'."
    ),
    "70m parameter": (
        "Cannot read '70m parameter': 'm parameter' can be misread; write '70 m*parameter' for the product or "
        "'70M parameter' for millions."
    ),
    "5 b/s": "Cannot read '5 b/s': 'b' could mean bits or bytes; write 'bit' or 'B'.",
    "5 mi": "Cannot read '5 mi': unknown unit 'mi'. A new one is made by define('mi = [mi]').",
    "2 acres": "Cannot read '2 acres': unknown unit 'acres'. A new one is made by define('acres = [acres]').",
    **{
        f"5 {name}": (
            f"Cannot read '5 {name}': unknown unit '{name}'. A new one is made by define, with a name of letters, "
            "digits and underscores that is not taken."
        )
        for name in ("x$", "µzz", "time")  # time is the dimension of seconds.
    },
    "$3 per million tokens": "Cannot read '$3 per million tokens': 'per' is '/' here; write '$3/1M tokens'.",
    "$3 per million kWh": (
        "Cannot read '$3 per million kWh': '/1M kWh' is no unit; divide the number by 1,000,000 and write '/kWh'."
    ),
    "$3 per acre": "Cannot read '$3 per acre': unknown unit 'acre'. A new one is made by define('acre = [acre]').",
    "5 kwh": "Cannot read '5 kwh': unknown unit 'kwh'. Did you mean 'kWh'?",
    "5 Kbit": "Cannot read '5 Kbit': unknown unit 'Kbit'. Did you mean 'kbit'?",
    "1,00 USD": ("Cannot read '1,00 USD': commas group three digits, as in '1,000', and the decimal sign is a point."),
    "5 mtoken": ("Cannot read '5 mtoken': 'token' is not written with the prefix 'm'. Did you mean 'Mtoken'?"),
    "30 k USD": (
        "Cannot read '30 k USD': 'k' is no unit; a scale k, M, B or T is glued to the number; write '30k USD'."
    ),
    "30K USD": ("Cannot read '30K USD': 'K' is no unit; a scale k, M, B or T is glued to the number; write '30k USD'."),
    "-5 million USD/h": (
        "Cannot read '-5 million USD/h': 'million' is no unit; a scale k, M, B or T is glued to the number; "
        "write '-5M USD/h'."
    ),
    "5 million kWh": (
        "Cannot read '5 million kWh': 'million' is no unit; write the number in full, or 'kWh' with a prefix."
    ),
    "3 Mmachine*h": (
        "Cannot read '3 Mmachine*h': 'machine' is not written with the prefix 'M'. Scale the number: 1 Mmachine is "
        "1,000,000 machine."
    ),
    "3 Mtokn": "Cannot read '3 Mtokn': unknown unit 'Mtokn'. Did you mean 'Mtoken' or 'Mtok' or 'Mtokens'?",
    "5 kwatt": "Cannot read '5 kwatt': unknown unit 'kwatt'. Did you mean 'kW'?",
    "10 GBps": "Cannot read '10 GBps': 'GBps' could mean bits or bytes; write 'Gbit/s' or 'GB/s'.",
    "5 gb": "Cannot read '5 gb': 'gb' could mean bits or bytes; write 'Gbit' or 'GB'.",
    "5 tons": "Cannot read '5 tons': 'tons' could mean a mass, written 't', or, of cooling, 12,000 BTU/h.",
    "5 MBTU": "Cannot read '5 MBTU': 'MBTU' could mean a thousand or a million BTU; write '1,000 BTU' or 'MMBTU'.",
    "$3/1K tokens": "Cannot read '$3/1K tokens': '/1K tokens' is written '/1k tokens'.",
    "$3/million tokens": "Cannot read '$3/million tokens': '/million tokens' is written '/1M tokens'.",
    "$3/500k tokens": (
        "Cannot read '$3/500k tokens': '/500k tokens' is no unit; divide the number by 500,000 and write '/tokens'."
    ),
    "3 USD/1k machines": (
        "Cannot read '3 USD/1k machines': '/1k machines' is no unit; divide the number by 1,000 and write '/machines'."
    ),
    "3 USD/1M kWh": (
        "Cannot read '3 USD/1M kWh': '/1M kWh' is no unit; divide the number by 1,000,000 and write '/kWh'."
    ),
    "3 USD/B tokens": (
        "Cannot read '3 USD/B tokens': '/B tokens' can be misread; write '/B*tokens' for the product or '/1B tokens' "
        "for billions."
    ),
    **{
        text: f"Cannot read '{text}': a second number, '{number}'; a quantity has one number and a unit."
        for text, number in (
            ("3 USD/0 tokens", "0"),
            ("3 USD/1e300 tokens", "1"),
            ("3 USD/1M tokens^2", "1"),
            ("3 USD/1M tokens ** 2", "1"),
            ("3 USD/1m tokens", "1"),
        )
    },
    "2 USD/GPU - hour": "Cannot read '2 USD/GPU - hour': '-' has no place in a unit.",
    "175 B parameter": (
        "Cannot read '175 B parameter': 'B parameter' can be misread; write '175 B*parameter' for the product "
        "or '175B parameter' for billions."
    ),
    "5B GB": (
        "Cannot read '5B GB': 'B' after a number scales counts and money, and 'GB' is neither; "
        "use a prefix of the unit."
    ),
    "-5/h": "Cannot read '-5/h': a unit starts with a name; write '-5 1/h'.",
    "5/h": "Cannot read '5/h': a unit starts with a name; write '5 1/h'.",
    "$40 USD": ("Cannot read '$40 USD': after '$40' comes k, M, B or T, then nothing or '/', as in '$40k/machine'."),
    "-$-5": "Cannot read '-$-5': it has two signs.",
    "5 USD 3": "Cannot read '5 USD 3': a second number, '3'; a quantity has one number and a unit.",
    "5 USD per h": "Cannot read '5 USD per h': 'per' is written '/'.",
    "5 (USD": "Cannot read '5 (USD': a bracket is not closed.",
    "5 USD)": "Cannot read '5 USD)': a bracket is closed that was not opened.",
    "5 USD/": "Cannot read '5 USD/': a name is missing at the end.",
    "5 USD//h": "Cannot read '5 USD//h': a name is missing before '/'.",
    "5 h^9": "Cannot read '5 h^9': exponents run from 1 to 4, also negative.",
    "5 ((h^4)^4)^4": "Cannot read '5 ((h^4)^4)^4': exponents run from 1 to 4, also negative.",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=list(REFUSED))
def test_the_reason_is_given(text: str, message: str) -> None:
    with pytest.raises(QuantityError) as error:
        Q(text)
    assert str(error.value) == message


def test_ten_thousand_brackets_are_refused_at_once() -> None:
    start = time.perf_counter()
    with pytest.raises(QuantityError, match="it has 10,000 characters; at most 200 are read"):
        Q("(" * 10_000)
    for long in (" " * 1_000_000, "/ " * 500_000, "kW" + "-h" * 1_000_000):
        with pytest.raises(QuantityError, match=r"it has [0-9,]+ characters; at most 200 are read"):
            Unit.parse(long)
    with pytest.raises(QuantityError, match="a name is missing at the end"):
        Q("5 " + "(" * 198)
    with pytest.raises(QuantityError):
        Q("9**9**9")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("unit", ["kday", "mgpu", "kmonth", "Gmachine", "musd", "mparameter", "KiW", "uUSD"])
def test_prefixes_stand_only_where_people_write_them(unit: str) -> None:
    with pytest.raises(UnknownUnit):
        Unit.parse(unit)


def test_an_unknown_unit_names_the_whole_unit() -> None:
    with pytest.raises(UnknownUnit) as error:
        Unit.parse("USD/machine/hoour")
    assert str(error.value) == (
        "Cannot read the unit 'USD/machine/hoour': unknown unit 'hoour'. Did you mean 'hour' or 'hours'?"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((5,), "5 has no unit; write Q(5, 'ratio') if it is a plain number."),
        ((True, "USD"), "True is neither a text such as '5 kW' nor a number with a unit."),
        ((None,), "None is neither a text such as '5 kW' nor a number with a unit."),
        ((math.nan, "USD"), "nan is not a finite number."),
        ((10**400, "ratio"), f"1{'0' * 163}…{'0' * 55} is not a finite number."),
        (("5 kW", "kW"), "Give Q one text, such as Q('5 kW'), or a number and a unit, such as Q(5, 'kW')."),
    ],
)
def test_a_number_needs_a_unit_and_must_be_one(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(QuantityError) as error:
        Q(*arguments)
    assert str(error.value) == message


def test_a_number_that_15_digits_round_beyond_the_largest_is_not_stored() -> None:
    with pytest.raises(QuantityError) as error:
        magnitude(Q(1.7976931348623157e308, "USD"), Unit.parse("USD"))
    assert str(error.value) == "1.79769313486232e+308 is not a finite number."


def test_pint_never_sees_what_an_author_typed() -> None:
    with pytest.raises(QuantityError, match="'@' has no place in a unit"):
        Q("5 kW").to("W @ 3")
    with pytest.raises(QuantityError, match="9"):
        Q("5 kW").to("9**9**9")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_our_error(text: str) -> None:
    try:
        q = Q(text)
    except QuantityError as error:
        assert str(error).startswith("Cannot read ")  # noqa: PT017 - most texts are refused, some are not
    else:
        assert math.isfinite(q.magnitude)


@given(st.text(alphabet="0123456789.,$%kMBT eE+-*/^()hWUSDGBtoken ", max_size=30))
def test_any_text_of_the_right_letters_is_read_or_refused(text: str) -> None:
    try:
        q = Q(text)
    except QuantityError as error:
        assert str(error).startswith("Cannot read ")  # noqa: PT017 - as above
    else:
        assert isinstance(q, Quantity)
        assert Unit.parse(Unit.of(q).spelling) == Unit.of(q)
