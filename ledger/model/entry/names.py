"""Which names a ledger takes: those that stay unique and legal as defined names in a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from unitledger.errors import NameRefused, ValueRefused

LONGEST_NAME = 200
# A sentence or two, which the first sheet shows whole.
_LONGEST_SAID = 300
_SHAPE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*")
# The last column is XFD.
_CELL = re.compile(r"([A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])[0-9]{1,7}", re.IGNORECASE)
_ROW_COLUMN = re.compile(r"[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*")
# What no cell shows, and half of a pair that stands for one character.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def legal(name: object, what: str = "line") -> str:
    """Return the name. Raises NameRefused, with what to write instead, when a workbook could not carry it."""
    if not isinstance(name, str) or not _SHAPE.fullmatch(name):
        raise NameRefused(
            f"{name!r:.60} cannot be the name of {_a(what)}: use letters, digits and underscores, a letter first, "
            "and dots between parts, such as 'power.tariff'. Free text belongs in label=."
        )
    if len(name) > LONGEST_NAME:
        raise NameRefused(
            f"The name {name[:20]!r}... of {_a(what)} is {len(name)} characters long; {LONGEST_NAME} are possible."
        )
    if _CELL.fullmatch(name) or _ROW_COLUMN.fullmatch(name):
        raise NameRefused(
            f"{name!r} cannot be the name of {_a(what)}: spreadsheets read it as a cell reference. "
            f"Say what it is of that thing, such as '{name}_price'."
        )
    return name


def anchor(name: str) -> str:
    """Return the part of a defined name that stands for a ledger name: dots become underscores."""
    return name.replace(".", "_")


def folded(name: str) -> str:
    """Return the form in which a workbook compares names: dots as underscores, case ignored."""
    return anchor(name).casefold()


def unique(name: str, taken: Mapping[str, str], what: str = "line") -> str:
    """Return the name. Raises NameRefused when a workbook could not tell it from one in `taken` (by folded name)."""
    other = taken.get(folded(name))
    if other is None:
        return name
    if other == name:
        raise NameRefused(f"There is already a line or input named {name!r}. Give this {what} another name.")
    raise NameRefused(
        f"The names {name!r} and {other!r} differ only in case or in dots; a workbook cannot tell them apart."
    )


def labelled(label: str, what: str) -> str:
    """Return a label. Raises NameRefused for an empty one or one that no column could show."""
    if not isinstance(label, str):
        raise NameRefused(f"The label of {what} is {label!r:.60}, not a text.")
    if not label.strip():
        raise NameRefused(f"The label of {what} is empty.")
    if len(label) > LONGEST_NAME:
        raise NameRefused(f"The label {label[:20]!r}... of {what} is {len(label)} characters long; {LONGEST_NAME} fit.")
    if found := _UNSEEN.search(label):
        raise NameRefused(
            f"The label {label!r:.60} of {what} holds {found[0]!r}: write it in one line, without control characters."
        )
    return label


def said(given: str, what: str) -> str:
    """Return what is said of a ledger or an option, line ends and runs of blanks as one blank; empty for nothing.

    `what` begins the message. Raises ValueRefused for one that is no text, too long, or that no cell could show.
    """
    if not isinstance(given, str):
        raise ValueRefused(f"{what} is {given!r:.60}, not a text.")
    folded = " ".join(given.split())
    if len(folded) > _LONGEST_SAID:
        raise ValueRefused(f"{what}, {folded[:20]!r}..., is {len(folded)} characters long; {_LONGEST_SAID} fit.")
    if found := _UNSEEN.search(folded):
        raise ValueRefused(f"{what}, {folded!r:.60}, holds {found[0]!r}: write it without control characters.")
    return folded


def label_of(name: str, label: str, what: str) -> str:
    """Return the label of an entry, its name in words where it has none. Raises NameRefused when either is illegal."""
    legal(name, what)
    return labelled(label or in_words(name), f"{what} {name!r}")


def numbered(name: str) -> Iterator[str]:
    """Yield a name, and then the name with 2, 3 ... behind it."""
    return (f"{name}{number if number > 1 else ''}" for number in count(1))


def told_apart(label: str) -> str:
    """Return the form in which labels, options and words must differ: neither case nor spaces tell them apart."""
    return " ".join(label.split()).casefold()


def in_words(name: str) -> str:
    """Return a label made of a name: 'power.pue_factor' becomes 'Power: pue factor'."""
    return name.replace(".", ": ").replace("_", " ").capitalize()


def _a(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
