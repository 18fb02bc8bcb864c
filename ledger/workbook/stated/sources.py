"""Short ids for the sources of a ledger's figures, so that a column of them stays narrow."""

from __future__ import annotations

from collections.abc import Iterator

from unitledger.model import AxisInput, Entries, Figure, Words


def source_ids(entries: Entries) -> dict[str, str]:
    """Return S1, S2 ... for each source, in the order of inputs, constants, and what options set differently."""
    sources = dict.fromkeys(figure.source for figure in _figures(entries) if figure.source)
    return {source: f"S{place}" for place, source in enumerate(sources, start=1)}


def _figures(entries: Entries) -> Iterator[Figure]:
    for entry in entries.inputs.values():
        yield entry.setting.figure
    for column in entries.columns.values():
        if isinstance(column, AxisInput):
            yield column.setting.figure
        elif isinstance(column, Words):
            yield column.figure
    for constant in entries.constants.values():
        yield constant.figure
    for option in entries.options.values():
        for setting in option.settings.values():
            yield setting.figure
