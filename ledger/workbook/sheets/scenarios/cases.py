"""The columns of the sheet Scenarios by what they evaluate, from left to right."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from unitledger.compute.refine import INTERVALS, REFINEMENTS
from unitledger.workbook import text
from unitledger.workbook.layout import FIRST_OPTION
from unitledger.workbook.study import Study

Varied = tuple[str, str | int]
"""What a column is for, and the name of its input or the number of its step."""

Case = str | Varied
"""The name of an option, or what is varied."""


@attrs.frozen
class Cases:
    """Blocks of columns.

    `base`: the options, as on Calc. `lows`, `highs`: one per listed input, for the analysed option. `points`: the
    one-way table for the analysed option; `steps`: what refines the break-even. `other_points`, `other_steps`: the
    same for the option that it is compared with. Blocks that the sheet does not have are empty.
    """

    base: Sequence[str]
    lows: Sequence[Varied]
    highs: Sequence[Varied]
    points: Sequence[Varied]
    steps: Sequence[Varied]
    other_points: Sequence[Varied]
    other_steps: Sequence[Varied]

    @classmethod
    def of(cls, options: Sequence[str], study: Study) -> Cases:
        """The blocks of a study."""
        table, listed = study.driver is not None, study.listed
        both = table and study.compared is not None
        points, steps = range((INTERVALS + 1) * table), range(2 * REFINEMENTS * both)
        return cls(
            base=options,
            lows=[("low", name) for name in listed],
            highs=[("high", name) for name in listed],
            points=[("point", number) for number in points],
            steps=[("step", number + 1) for number in steps],
            other_points=[("other point", number) for number in (points if both else ())],
            other_steps=[("other step", number + 1) for number in steps],
        )

    @property
    def hint(self) -> str:
        """What the columns are, from left to right, in words."""
        refined = text.SCENARIOS_HINT_REFINED if self.other_points else ""
        table = text.SCENARIOS_HINT_TABLE.format(refined=refined) if self.points else ""
        return text.SCENARIOS_HINT + table + text.SCENARIOS_HINT_END

    @property
    def varied(self) -> list[Varied]:
        """All columns beside the base block."""
        return [*self.of_analysed, *self.of_compared]

    @property
    def of_analysed(self) -> list[Varied]:
        """The varied columns of the analysed option."""
        return [*self.lows, *self.highs, *self.points, *self.steps]

    @property
    def of_compared(self) -> list[Varied]:
        """The varied columns of the compared option."""
        return [*self.other_points, *self.other_steps]

    @property
    def columns(self) -> dict[Case, int]:
        """The column of each."""
        cases: list[Case] = [*self.base, *self.varied]
        return {case: column for column, case in enumerate(cases, start=FIRST_OPTION)}

    @property
    def off(self) -> int:
        """Column of the counts, after all others."""
        return FIRST_OPTION + len(self.base) + len(self.varied)

    @property
    def to_other(self) -> int:
        """How far right of a column of the analysed option stands that of the compared one."""
        return len(self.points) + len(self.steps)
