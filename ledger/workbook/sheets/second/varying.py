"""The part of Second calculation in which inputs move: what it is made from, and how its figures are shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import attrs

from unitledger.compute.cancellation import LOST, cancelled
from unitledger.compute.sensitivity import ends, re_evaluated
from unitledger.expression import Expression, Factor, Operand, Reference, Text, equal
from unitledger.model import Line
from unitledger.workbook.grid import Entry, Grid
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import decimals_in_words, number_format
from unitledger.workbook.sheets.calc import put_lines
from unitledger.workbook.sheets.constants import PERCENT
from unitledger.workbook.sheets.second import said
from unitledger.workbook.sheets.second.again import Again, off_by
from unitledger.workbook.sheets.second.chosen import Selectors
from unitledger.workbook.sheets.second.places import Places
from unitledger.workbook.study import Results, Study

# Digits of an input that is whole when built and in a sentence is not, within what can be read.
_DIGITS = 4
_MOST_DECIMALS = 15


@attrs.frozen(slots=False)
class Varying:
    """What is studied, and where it stands on the sheet.

    On Sensitivity stand the `selectors`, where a reader chooses, and the `answers` along the range of the driver, by
    which option of the pair they are of.
    """

    again: Again
    places: Places
    study: Study
    results: Results
    selectors: Selectors
    answers: Mapping[str, Entry]

    @property
    def line(self) -> Line:
        """The answer."""
        return self.again.entries.lines[self.study.answer]

    @property
    def pattern(self) -> str:
        """Number format of answers."""
        return self.patterns[self.study.answer]

    @cached_property
    def patterns(self) -> Mapping[str, str]:
        """Number formats of inputs and lines, by name."""
        entries, looks = self.again.entries, self.again.cells.looks
        return {name: looks[name][1] for name in (*entries.inputs, *entries.lines)}

    @property
    def as_chosen(self) -> list[Expression]:
        """Whether the selectors say what they said when the workbook was built."""
        return [
            equal(selector, Text(said.AS_THE_ANSWER))
            for selector in (self.selectors.analysed, self.selectors.compared)
            if selector.keys
        ]

    @property
    def off_built(self) -> Expression:
        """How many answers lie further from those when built than the tolerance."""
        places, allowed = self.places, self.again.cells.tolerance
        found = off_by(places.at.block(), places.built.block(), allowed * places.sizes.block())
        for which in places.along:
            built, size = places.along_built[which].across(), places.along_sizes[which].across()
            found = found + off_by(self.answers[which].across(), built, allowed * size)
        return found

    @property
    def checked(self) -> int:
        """How many answers these are."""
        along = sum(len(entry.columns) for entry in self.places.along.values() if not isinstance(entry.columns, int))
        return 2 * len(self.places.listed) + along

    def put_lines(
        self,
        lines: Entry,
        moved: str,
        held: Operand,
        fixed: Entry,
        *,
        option: str,
        at: Sequence[float],
        on: Grid | None = None,
        before: Entry | None = None,
    ) -> None:
        """Put the formulas of lines that one input reaches.

        `held`: the cells of that input, own case; `fixed`: the column of all that does not move. `option`: whose that
        is, and `at`: what the input is set to in each case, as built. `on`: another sheet, and `before`: lines on this
        one that those there refer to.
        """
        entries = self.again.entries
        if not lines.keys:
            return
        names = [*(() if before is None else before.keys), *lines.keys]
        found = re_evaluated(entries, names, [option] * len(at), {moved: at}, self.results)

        def named(leaf: Reference | Factor) -> Operand:
            if not isinstance(leaf, Reference) or leaf.name in entries.constants:
                return self.again.cells.named(leaf)
            if leaf.name == moved:
                return held
            there = next((each for each in (lines, before) if each is not None and each.has(leaf.name)), fixed)
            return there[leaf.name]

        figures = {name: found[name].tolist() for name in lines.keys}
        look = {name: ("number", pattern) for name, pattern in self.patterns.items()}
        again, of = self.again, (entries, figures)
        put_lines(on or again.grid, again.cells, of, lines, names=named, look=lambda name, _: look[name])

    def size(self, found: float, lines: Entry, case: Any, moved: Mapping[str, float], option: str) -> float:
        """Return what a distance from the answer that was `found` in a case is measured by, or was added up for it.

        `lines`: what `moved`, by name, reaches in the option.
        """
        entries, answer = self.again.entries, self.study.answer
        size = abs(found)
        if size < LOST * max(abs(values[answer]) for values in self.results.values()):
            reached = {name: lines.value(name, case) for name in lines.keys}
            known = {**self.results[option], **moved, **reached, answer: found}
            size = cancelled(entries, known).get(answer, size)
        return max(size, self._lost)

    @cached_property
    def _lost(self) -> float:
        """The largest that was added up for an answer that is small beside it, in any option; 0 where none is."""
        entries, answer = self.again.entries, self.study.answer
        return max(cancelled(entries, values).get(answer, 0.0) for values in self.results.values())

    def times(self, name: str) -> float:
        """What a stored figure of an input is multiplied by to be shown beside its unit: 100 for percent."""
        return PERCENT if self.input_pattern(name).endswith("%") else 1.0

    def input_pattern(self, name: str) -> str:
        """Number format of an input's figures and ranges."""
        return number_format(unit_of(self.again.entries, name), self._figures(name), exact=True)

    def decimals(self, name: str) -> float:
        """Decimals of an input's figure in a sentence where it is not whole: those of its row, if it has any."""
        return float(decimals_in_words(self.input_pattern(name), self._figures(name)) or self.digits(name, _DIGITS))

    def digits(self, name: str, kept: int, of: object = None) -> int:
        """Decimals with which a figure `of` an input has so many digits, else the larger end of its range."""
        known = (of,) if isinstance(of, float) and of else ends(self.again.entries, name, self.study.analysed)
        size = max(map(abs, known)) * self.times(name)
        return min(max(kept - 1 - math.floor(math.log10(size)), 0), _MOST_DECIMALS) if size else 0

    def _figures(self, name: str) -> list[float]:
        held = ((known[name], *ends(self.again.entries, name, option)) for option, known in self.results.items())
        return list(chain.from_iterable(held))
