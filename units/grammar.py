"""The grammar of quantities that people write: ``$40k``, ``175B parameter``, ``3.7 USD/(PFLOP/s h)``.

    quantity = [sign] number [k|M|B|T] unit  |  [sign] currency sign [sign] number [k|M|B|T] ["/" unit]
    unit     = factor {("*" | "·" | "/" | space) factor},   read from left to right
    factor   = power {"-" power},   as in GPU-hour
    power    = (name | "(" unit ")") [exponent],   exponent = ^2, **2, ^-1, 2 (mm2), ²;   1 to 4
    a unit may begin with "1/"; after another "/" may stand an amount of what is counted: 1k, 1M, 1B, 1T, 1,000 ...

Reasons are raised without the text that was read; `Unit.parse` and `Q` put it in front.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Final, NoReturn

from unitledger.errors import QuantityError
from unitledger.units.atoms.atom import Atom, Kind
from unitledger.units.atoms.names import MONEY_SIGNS, NAMES
from unitledger.units.atoms.sizes import atom_kind
from unitledger.units.atoms.unknown import SCALE_WORDS

Factors = list[tuple[str, int]]

LONGEST_TEXT: Final = 200
HIGHEST_EXPONENT: Final = 4

_SCALES: Final = {"": 0, "k": 3, "M": 6, "B": 9, "T": 12}
_SCALED_WORDS: Final = {"M": "millions", "B": "billions", "T": "trillions"}
_LARGEST_AMOUNT: Final = 10**15
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " "))
_SIGNS: Final = "".join(MONEY_SIGNS)
_NUMBER: Final = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])|[0-9]+(?!,?[0-9]))(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3}(?![0-9]))?"
)
_QUANTITY: Final = re.compile(rf"(?P<sign>[+-]?)(?P<number>{_NUMBER}|\.[0-9]+)(?P<rest>.*)", re.DOTALL)
_MONEY: Final = re.compile(
    rf"(?P<sign>[+-]?)(?P<money>[{_SIGNS}]) *(?P<second>[+-]?)(?P<number>{_NUMBER})"
    r"(?P<scale>[kMBT]?) *(?P<rest>.*)",
    re.DOTALL,
)
_SCALED: Final = re.compile(rf"(?P<scale>[kMBT]) +(?P<unit>[A-Za-z{_SIGNS}].*)", re.DOTALL)
_LONE: Final = re.compile(rf"(?P<word>[A-Za-z]|{'|'.join(SCALE_WORDS)}) +(?P<name>[A-Za-z{_SIGNS}]\w*)")
_AMOUNT: Final = re.compile(
    rf" */ *(?P<number>{_NUMBER})?(?P<gap> *)(?P<scale>B|{'|'.join(SCALE_WORDS)})? +(?P<name>[A-Za-zµμ]\w*)\b"
    r"(?! *(?:\*\*|[\^²³]))"
)
_PER: Final = re.compile(rf" *\bper +(?:(?:1 *)?(?P<scale>B|{'|'.join(SCALE_WORDS)}) +)?")
_TOKEN: Final = re.compile(
    rf"(?P<space> *)(?:(?P<name>[A-Za-z_µμ%{_SIGNS}][A-Za-z0-9_µμ{_SIGNS}]*)"
    r"|(?P<power>(?:\*\*|\^) *(?P<exponent>-?[0-9]+)|[²³])|(?P<number>[0-9.]+)"
    r"|(?P<mark>[*·/()]|(?<=[\w²³)])-(?=[A-Za-zµμ(])))"
)


def read_quantity(text: str) -> tuple[Fraction, str]:
    """Split a text into its exact number and the text of its unit. Raises QuantityError with the reason."""
    text = _bounded(text)
    if not text:
        raise QuantityError("it is empty; write a number and a unit, such as '5 kW'")
    if match := _MONEY.fullmatch(text):
        return _read_money(match)
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise QuantityError(_no_number(text))
    number, rest = match["number"], match["rest"]
    value = _value(match["sign"] + number)
    if re.match(r"[eE][+-]?[0-9]", rest):
        raise QuantityError("a power of ten has at most three digits")
    if not rest.strip():
        raise QuantityError(f"it has no unit; write '{text.strip()} ratio' if it is a plain number")
    if rest.lstrip().startswith("/"):
        raise QuantityError(f"a unit starts with a name; write '{match['sign']}{number} 1{rest.lstrip()}'")
    if scaled := _SCALED.fullmatch(rest):
        first = _first(scaled["unit"])
        if atom_kind(first.name) is Kind.PHYSICAL:
            raise QuantityError(
                f"{scaled['scale']!r} after a number scales counts and money, and {first.symbol!r} is "
                f"neither; use a prefix of the unit"
            )
        return _value(match["sign"] + number, scaled["scale"]), scaled["unit"]
    lone = _LONE.match(rest.lstrip())
    if lone and NAMES.knows(lone["name"]):
        _refuse_lone(match["sign"] + number, lone, rest.lstrip()[lone.start("name") :])
    return value, rest.strip()


def _refuse_lone(number: str, lone: re.Match[str], unit: str) -> None:
    """Refuse a scale, or a letter that could be one, between a number and what it counts."""
    word, name = lone["word"], lone["name"]
    physical = atom_kind(NAMES.resolve(name).name) is Kind.PHYSICAL
    if glued := SCALE_WORDS.get(word):
        remedy = (
            f"write the number in full, or {name!r} with a prefix"
            if physical
            else f"a scale k, M, B or T is glued to the number; write '{number}{glued} {unit}'"
        )
        raise QuantityError(f"{word!r} is no unit; {remedy}")
    if NAMES.knows(word) and not physical:
        letter = word.upper()
        scaled = f" or '{number}{letter} {unit}' for {_SCALED_WORDS[letter]}" if letter in _SCALED_WORDS else ""
        raise QuantityError(f"'{word} {name}' can be misread; write '{number} {word}*{unit}' for the product{scaled}")


def with_prefixes(unit: str) -> str:
    """Write the amounts of a unit as prefixes: ``USD/1M tokens`` is ``USD/Mtoken``.

    An amount is 1k, 1M, 1B, 1T, or the same in full, of something that is counted. Raises QuantityError for another
    number after a ``/``, with what to write.
    """
    return _AMOUNT.sub(_with_prefix, _bounded(unit))


def _with_prefix(match: re.Match[str]) -> str:
    number, gap, scale, name = match["number"], match["gap"], match["scale"] or "", match["name"]
    if not (number or scale) or not NAMES.knows(name):
        return match[0]
    atom = NAMES.resolve(name)
    physical = atom_kind(atom.name) is Kind.PHYSICAL
    amount = _value(number or "1") * 10 ** _SCALES[SCALE_WORDS.get(scale, scale)]
    if not 0 < amount <= _LARGEST_AMOUNT:
        return match[0]
    if amount == 1:
        return f"/{name}"
    if scale == "B" and not number:
        if physical:
            return match[0]
        raise QuantityError(
            f"'/B {name}' can be misread; write '/B*{name}' for the product or '/1B {name}' for billions"
        )
    written = match[0].strip()
    scaled = None if physical else NAMES.multiple(atom, amount)
    if scaled is None:
        divisor = f"{float(amount):,.15g}"
        raise QuantityError(f"{written!r} is no unit; divide the number by {divisor} and write '/{name}'")
    if not number or (gap and scale) or scale not in _SCALES:
        letter = next(letter for letter, power in _SCALES.items() if amount == 10**power)
        raise QuantityError(f"{written!r} is written '/1{letter} {name}'")
    return f"/{scaled.symbol}"


def read_unit(text: str) -> Factors:
    """Read a unit as canonical names with exponents, in the order written.

    Raises UnknownUnit and QuantityError with the reason.
    """
    text = _bounded(text)
    if not text:
        raise QuantityError("it is empty; write 'ratio' for a plain number")
    return _UnitReader(text).read()


class _UnitReader:
    """Recursive descent over one unit; brackets recurse."""

    def __init__(self, text: str) -> None:
        self.tokens: list[re.Match[str]] = []
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise QuantityError(f"{text[position:].lstrip()[0]!r} has no place in a unit")
            self.tokens.append(match)
            position = match.end()
        self.place = 0

    def read(self) -> Factors:
        first, second = [*self.tokens, None][:2]
        starts_with_one = first is not None and first["number"] == "1" and second is not None and second["mark"] == "/"
        self.place = 1 if starts_with_one else 0
        factors = self._product(Factors() if starts_with_one else None)
        if self.place < len(self.tokens):
            raise QuantityError("a bracket is closed that was not opened")
        return factors

    def _product(self, factors: Factors | None) -> Factors:
        factors = self._factor() if factors is None else factors
        while (token := self._peek()) is not None and token["mark"] != ")":
            divides = token["mark"] == "/"
            if divides or token["mark"] in {"*", "·"}:
                self.place += 1
            right = self._factor()
            factors = _checked([*factors, *((name, -power if divides else power) for name, power in right)])
        return factors

    def _factor(self) -> Factors:
        """One power, or several that hyphens join: ``GPU-hour`` divides as a whole."""
        factors = self._power()
        while (token := self._peek()) is not None and token["mark"] == "-":
            self.place += 1
            factors = _checked([*factors, *self._power()])
        return factors

    def _power(self) -> Factors:
        token = self._peek()
        if token is None:
            raise QuantityError("a name is missing at the end")
        self.place += 1
        if token["mark"] == "(":
            factors = self._product(None)
            if self._peek() is None:
                raise QuantityError("a bracket is not closed")
            self.place += 1
        elif token["name"]:
            name, exponent = _glued(token["name"])
            factors = [(name, exponent)]
        elif token["number"]:
            raise QuantityError(f"a second number, {token['number']!r}; a quantity has one number and a unit")
        else:
            raise QuantityError(f"a name is missing before {token[0].strip()!r}")
        power = self._peek()
        if power is not None and power["power"]:
            self.place += 1
            exponent = {"²": 2, "³": 3}.get(power["power"]) or int(power["exponent"])
            factors = _checked([(name, inner * exponent) for name, inner in factors])
        return factors

    def _peek(self) -> re.Match[str] | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None


def _read_money(match: re.Match[str]) -> tuple[Fraction, str]:
    if match["sign"] and match["second"]:
        raise QuantityError("it has two signs")
    money, rest = match["money"], match["rest"]
    if rest.startswith("per "):
        _refuse_per(match.string[: match.start("rest")].rstrip(), MONEY_SIGNS[money], rest)
    if rest and not rest.startswith("/"):
        raise QuantityError(
            f"after {money + match['number']!r} comes k, M, B or T, then nothing or '/', as in '$40k/machine'"
        )
    value = _value((match["sign"] or match["second"]) + match["number"], match["scale"])
    return value, MONEY_SIGNS[money] + rest


def _refuse_per(amount: str, currency: str, rest: str) -> NoReturn:
    """Refuse a price in words with what to write, or with what else is wrong with it."""
    unit = _PER.sub(lambda per: f"/1{SCALE_WORDS.get(per['scale'], 'B')} " if per["scale"] else "/", rest)
    read_unit(with_prefixes(currency + unit))
    raise QuantityError(f"'per' is '/' here; write '{amount}{unit}'")


def _bounded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise QuantityError(f"it has {len(text):,} characters; at most {LONGEST_TEXT} are read")
    return text.translate(_SPACES).strip(" ")


def _value(number: str, scale: str = "") -> Fraction:
    value: Fraction = Fraction(number.replace(",", "")) * 10 ** _SCALES[scale]
    try:
        nearest = float(value)
    except OverflowError:
        nearest = math.inf
    # Rounded to the 15 digits of a spreadsheet the largest numbers are beyond it too.
    if float(f"{nearest:.15g}") == math.inf:
        raise QuantityError(f"{number}{scale} is beyond the largest number, 1.8e308")
    if value and not nearest:
        raise QuantityError(f"{number} is too small to be told from zero")
    return value


def _no_number(text: str) -> str:
    if re.match(r"[+-]?(?:nan|inf)", text, re.IGNORECASE):
        return "a number must be finite"
    if re.match(rf"[+-]?[{_SIGNS}]? *[0-9]+,", text):
        return "commas group three digits, as in '1,000', and the decimal sign is a point"
    return "it does not start with a number, as '5 kW' does"


def _first(unit: str) -> Atom:
    """The unit named first, `unit` being known to start with a letter or a currency sign."""
    token = _TOKEN.match(unit)
    assert token is not None, unit
    return NAMES.atoms[_glued(token["name"])[0]]


def _glued(name: str) -> tuple[str, int]:
    """Resolve a name, with an exponent glued to it where the whole is no name: ``mm2``."""
    if not NAMES.knows(name) and (match := re.fullmatch(r"(.*?[^0-9])([0-9]+)", name)) and NAMES.knows(match[1]):
        exponent = int(match[2])
        return _checked([(NAMES.resolve(match[1]).name, exponent)])[0]
    return NAMES.resolve(name).name, 1


def _checked(factors: Factors) -> Factors:
    """The factors, unless one unit's exponents add up to more than the grammar admits."""
    total: dict[str, int] = {}
    for name, exponent in factors:
        total[name] = total.get(name, 0) + exponent
        if not exponent or abs(total[name]) > HIGHEST_EXPONENT or abs(exponent) > HIGHEST_EXPONENT:
            raise QuantityError(f"exponents run from 1 to {HIGHEST_EXPONENT}, also negative")
    return factors
