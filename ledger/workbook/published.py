"""Figures that documents publish, and how finely they are printed, beside what a ledger gives for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import attrs

Bound = Literal["", "at most", "at least", "about"]
_CEILING = re.compile(r"at most ([0-9.]+) times")
KINDS = ("DOC", "CHAIN", "BOUND", "DERIVED", "EXTERNAL", "ASSUMED")


@attrs.frozen
class Case:
    """One figure of a document, and the line of a template that gives it.

    `case`: a stable id. `template`, `option`, `settings`: which ledger, which of its options, and what is set
    differently there (quantities by input name). `output`: the line; `unit`: what `published` is in. `published`:
    the figure as printed, None where only its inputs are. `rounding`: relative rounding of the print. `note`: why the
    figure is what it is; it begins with its kind where it has one:

    DOC the document is wrong, CHAIN from figures rounded on the way, BOUND printed as "at most", "at least" or
    roughly, DERIVED not in the document, EXTERNAL needs a figure from elsewhere, ASSUMED fills a gap.
    """

    case: str
    template: str
    option: str
    settings: Mapping[str, str]
    output: str
    unit: str
    published: float | None
    rounding: float | None
    note: str

    @property
    def kind(self) -> str:
        """The word in capitals with which the note begins, else nothing."""
        word, colon, _ = self.note.partition(":")
        return word if colon and word in KINDS else ""

    @property
    def bound(self) -> Bound:
        """Which bound the print is; "" for a figure that is none."""
        if self.kind != "BOUND":
            return ""
        said = self.note.partition(":")[2].strip()
        if said.startswith("at most"):
            return "at most"
        return "at least" if said.startswith("at least") else "about"

    @property
    def most(self) -> float | None:
        """Of a bound printed as "at least": how many times the print a ceiling above it may be, where the note says."""
        found = _CEILING.search(self.note) if self.bound == "at least" else None
        return float(found[1]) if found else None


@attrs.frozen
class Published:
    """A case, and the figure that its template gives for it, in the case's unit."""

    case: Case
    computed: float
