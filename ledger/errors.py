"""Everything that can be wrong, each error also the builtin that a caller would catch.

A message says which line, what was expected, what came, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.util import find_spec


class LedgerError(Exception):
    """Base of every error that unitledger raises on purpose."""

    def __str__(self) -> str:
        return shortened(self._said())

    def _said(self) -> str:
        # KeyError would show its text in quotation marks.
        return " ".join(str(part) for part in self.args)


class QuantityError(LedgerError, ValueError):
    """A text is not a quantity that the grammar admits."""


class UnknownUnit(QuantityError):
    """A unit is not in the registry, or is spelled in a way that could mean two things."""


class UnitMismatch(LedgerError, TypeError):
    """Two units that should agree do not, or a result is not what it was declared to be."""


class ExpressionError(LedgerError, TypeError):
    """A formula is built from something that has no place in it."""


class FormulaError(LedgerError, ValueError):
    """An Excel formula cannot be read back into an expression."""


class NameRefused(LedgerError, ValueError):
    """A name is taken, empty, too long, or would not survive in a workbook."""


class UnknownName(LedgerError, KeyError):
    """A line, input, option, template or catalog entry does not exist."""


class CircularLedger(LedgerError, ValueError):
    """Lines need each other in a circle."""


class ValueRefused(LedgerError, ValueError):
    """An input is not finite, lies outside its bounds, or is not among its choices."""


class CalculationError(LedgerError, ArithmeticError):
    """A line has no finite value: it divides by zero or leaves a function's domain."""


class OptionRefused(CalculationError):
    """An option cannot be, or lacks a figure that nothing can stand for: `args` say so, and which inputs decide it."""

    def _said(self) -> str:
        return str(self.args[0])


class EmptyLedger(LedgerError, ValueError):
    """A ledger has nothing to evaluate or to write."""


class InputsFileError(LedgerError, ValueError):
    """A file of inputs or of catalog figures is broken; the message names line and field."""


class MissingRate(LedgerError, LookupError):
    """An amount has no exchange rate to another currency: `args` say which amount, and the unit of the rate."""

    def _said(self) -> str:
        said, unit = self.args
        return f"{said} Give one with its source and its day: rate='... {unit}', source='...', as_of='...'."


class WorkbookError(LedgerError, OSError):
    """A workbook or a table cannot be written where it should go."""


class WorkbookRefused(LedgerError, ValueError):
    """A workbook from outside is not safe, or not one of ours, and is not read."""


class TemplateFailed(LedgerError, RuntimeError):
    """A template file of one's own failed; the message names file, line and error, `__cause__` is the error itself."""


class MissingExtra(LedgerError, ImportError):
    """An optional library is not installed; the message says how to install it."""


def check_installed(library: str, extra: str, what: str) -> None:
    """Raise MissingExtra where `what` needs a library, of an extra, that is not installed."""
    if find_spec(library) is None:
        raise MissingExtra(
            f"{what} needs the library {library}, which is not installed: pip install 'unitledger[{extra}]'."
        )


MOST_SHOWN = 200
"""So many characters of a text from outside are shown in a message."""


def brief(given: object, most: int = MOST_SHOWN) -> str:
    """Return a text from outside as a message shows it: short, in one line, with escapes for what cannot be seen."""
    text = str(given)
    shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text[:most])
    return shown if len(shown) <= most and len(text) <= most else f"{shown[:most]}…"


_LONGEST_WORD, _LONGEST = MOST_SHOWN + 20, 800
_WORDS = re.compile(r"\S++")


def shortened(message: str) -> str:
    """Return a message; where it shows a text at length, the beginning and the end of it."""
    return _ends(_WORDS.sub(lambda word: _ends(word[0], _LONGEST_WORD), message), _LONGEST)


def _ends(text: str, most: int) -> str:
    last = most // 4
    return text if len(text) <= most else f"{text[: most - last - 1]}…{text[-last:]}"


def listed(found: Sequence[object], most: int) -> list[str]:
    """Return a line for each of the first of many findings, and how many more there are."""
    more = [f"... and {len(found) - most:,} more."] if len(found) > most else []
    return [*map(str, found[:most]), *more]


_LEAST_BEGUN = 3


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the known names closest to `name`, else ``""``."""
    from difflib import get_close_matches

    if not isinstance(name, str) or len(name) > MOST_SHOWN:
        return ""
    names = list(known)
    folded = {other.casefold(): other for other in reversed(names)}
    close = [folded[name.casefold()]] if name.casefold() in folded else []
    if len(_bare(name)) >= _LEAST_BEGUN:
        close += [other for other in names if _bare(other).startswith(_bare(name)) and other not in close]
    close += [match for match in get_close_matches(name, names, n=3, cutoff=0.6) if match not in close]
    if not close:
        return ""
    return " Did you mean " + " or ".join(repr(match) for match in close[:3]) + "?"


def _bare(name: str) -> str:
    """Return a name without case and signs: "H100" begins h100_sxm, and "llama3" begins llama_3_1_8b."""
    return "".join(filter(str.isalnum, name.casefold()))
