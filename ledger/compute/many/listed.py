"""Cases that are given, for one option or for several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from unitledger.compute.many.arrays import arrays, given_cases
from unitledger.compute.many.cases import Cases
from unitledger.compute.many.pieces import Shared, done, spans
from unitledger.model import Entries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from unitledger.compute.many.arrays import Columns
    from unitledger.compute.many.cases import Given
    from unitledger.compute.many.pieces import Workers


def listed(
    entries: Entries,
    outputs: Sequence[str],
    inputs: Mapping[str, Given],
    options: Sequence[str],
    executor: Workers | None = None,
) -> dict[str, Columns]:
    """Return lines for many cases, by option, as `arrays` gives them; `executor`: who works them out."""
    import numpy as np

    cases = given_cases(entries, inputs)
    asked = _Asked(entries, {name: each.part(0, 0) for name, each in cases.items()}, outputs, options)
    if executor is None:
        return asked.of(cases)
    shared, count = Shared(asked), len(next(iter(cases.values())))
    pieces = [
        _Piece(shared, start, {name: each.values[start:stop] for name, each in cases.items()})
        for start, stop in spans(count)
    ]
    found = list(done(pieces, executor, f"{count:,} cases"))
    return {
        option: {name: np.concatenate([piece[option][name] for piece in found]) for name in outputs}
        for option in options
    }


@attrs.frozen
class _Asked:
    """Lines that are asked for in options; `inputs`: what varies, without its cases."""

    entries: Entries
    inputs: Mapping[str, Cases]
    outputs: Sequence[str]
    options: Sequence[str]

    def of(self, cases: Mapping[str, Cases]) -> dict[str, Columns]:
        return {option: arrays(self.entries, self.outputs, cases, option) for option in self.options}


@attrs.frozen
class _Piece:
    """Some of the cases, from one on."""

    asked: Shared[_Asked]
    first: int
    values: Mapping[str, NDArray[np.float64]]

    def __call__(self) -> dict[str, Columns]:
        asked = self.asked.held
        return asked.of(
            {
                name: attrs.evolve(each, values=self.values[name], first=self.first)
                for name, each in asked.inputs.items()
            }
        )
