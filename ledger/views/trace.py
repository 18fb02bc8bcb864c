"""What an answer is made of: a line, what its formula needs, what that needs, down to the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from unitledger.expression import Expression, Factor, Reference, decisive, leaves, words
from unitledger.model import AxisInput, AxisLine, ByLabel, Choice, Entries, Line, Words, is_along
from unitledger.model.entry.over import Ruler
from unitledger.units import Quantity, quantity
from unitledger.views.grid import one_line, page, preformatted
from unitledger.views.overview import figure_of, origin, said

SEEN = "see above"
UNUSED = "not used here"


@attrs.frozen
class Part:
    """One row of a trace: a line with its formula, or an input, constant or conversion with its source.

    `depth`: 0 for the line asked about, one more for what a formula needs. `name`: in the ledger; empty for a
    conversion. `value`: a quantity in the entry's unit, or the word of a choice. `formula`: in words, empty where
    nothing is worked out. `remark`: 'see above' where the part has been shown in full, 'not used here' where the
    formula chose something else; neither is followed further.
    """

    depth: int
    name: str
    label: str
    value: Quantity | str
    formula: str = ""
    source: str = ""
    remark: str = ""

    def __str__(self) -> str:
        if self.remark:
            end = f", {self.remark}"
        elif self.formula:
            end = f" = {self.formula}"
        else:
            end = f" [{self.name}; {self.source}]" if self.name else f" [{self.source}]"
        return one_line(f"{self.label}: {said(self.value)}{end}")


@attrs.frozen
class Trace:
    """What a line is made of in one option; printing gives the tree. `parts`: its rows, from the top down."""

    title: str
    option: str
    as_of: date | None
    parts: tuple[Part, ...]

    @property
    def heading(self) -> str:
        """Title of the ledger, option, and the day that figures hold."""
        return one_line(f"{self.title}, {self.option}" + (f", as of {self.as_of}" if self.as_of else ""))

    def __str__(self) -> str:
        rows = (f"{guide}{part}" for guide, part in zip(self._guides(), self.parts, strict=True))
        return "\n".join([self.heading, *rows])

    def _guides(self) -> list[str]:
        """Return what is drawn in front of each row."""
        last: list[bool] = []
        followed: set[int] = set()
        for part in reversed(self.parts):
            last.append(part.depth not in followed)
            followed = {depth for depth in followed if depth < part.depth} | {part.depth}
        guides: list[str] = []
        above = [""]
        for part, ends in zip(self.parts, reversed(last), strict=True):
            trunk = above[part.depth]
            guides.append(trunk + ("└── " if ends else "├── ") if part.depth else "")
            above[part.depth + 1 :] = [trunk + ("    " if ends else "│   ") if part.depth else ""]
        return guides

    def _repr_html_(self) -> str:
        return page(preformatted(str(self)))


def trace(entries: Entries, name: str, option: str, values: Mapping[str, float]) -> Trace:
    """Return what a line (or an input, which is made of nothing else) is made of in an option.

    `values`: stored magnitudes of inputs, constants and lines in that option. Raises UnknownName.
    """
    parts: list[Part] = []
    shown: set[str] = set()
    # A stack instead of recursion: lines may build on each other a thousand deep.
    waiting: list[tuple[Expression, int, bool]] = [(entries[name].expression, 0, True)]
    while waiting:
        leaf, depth, used = waiting.pop()
        if isinstance(leaf, Factor):
            step = leaf.step
            parts.append(Part(depth, "", step.label, quantity(float(step.value), step.unit), source="conversion"))
            continue
        assert isinstance(leaf, Reference)
        entry = entries[leaf.name]
        remark = UNUSED if not used else SEEN if leaf.name in shown else ""
        parts.append(_part(entries, leaf.name, option, values, depth=depth, remark=remark))
        if remark:
            continue
        shown.add(leaf.name)
        if isinstance(entry, Line) and (leaf.name in entries.lines or leaf.name in entries.columns):
            along = is_along(entry.lowered) or leaf.name in entries.columns
            needed = set(leaves(entry.lowered) if along else decisive(entry.lowered, values.__getitem__))
            needs = dict.fromkeys(leaves(entry.lowered))
            waiting += reversed([(need, depth + 1, need in needed) for need in needs])
    return Trace(entries.title, option, entries.as_of, tuple(parts))


def _part(entries: Entries, name: str, option: str, values: Mapping[str, float], *, depth: int, remark: str) -> Part:
    entry, stated = entries[name], figure_of(entries, name, option)
    if isinstance(entry, Choice):
        value: Quantity | str = str(entries.setting(name, option).value)
    elif isinstance(entry, Words):
        value = str(entry)
    elif isinstance(held := entries.along(name), Ruler | AxisInput | AxisLine):
        first, *_, last = [str(each) for each in ByLabel.of(held, values)] * 2 or ["no items"] * 2
        value = f"{first} to {last}"
    else:
        value = quantity(values[name], entry.unit)
    formula = words(entry.lowered, lambda each: entries[each].label) if isinstance(entry, Line) else ""
    return Part(depth, name, entry.label, value, formula, "" if stated is None else origin(stated), remark)
