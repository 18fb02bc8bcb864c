"""One thing of the catalog, chosen by its name in an option or in the workbook's list, or a reader's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from unitledger import Figure, Ledger
from unitledger.expression import Operand
from unitledger.model import Assumption, Choice, Line

OWN = "own"
"""The word of a choice that takes the inputs for one's own figures."""

Fields = Mapping[str, tuple[str, str]]
"""Unit and label of each figure, by name."""


def choose(
    book: Ledger,
    choice: Choice,
    fields: Fields,
    own: Mapping[str, Assumption],
    listed: Callable[[str, str], Figure | Operand | None],
) -> dict[str, Line]:
    """Append a line for each field: the figure of the chosen word, 0 where it has none, or the reader's own.

    `listed`: the figure of a word and a field, which becomes a constant `<word>.<field>` with its source and date, or
    what a table of the ledger has of them.
    """
    book.section(f"{choice.label}: what is listed")
    cases: dict[str, dict[str, object]] = {field: {OWN: own[field]} for field in fields}
    for word in choice.words:
        for field, (_, label) in fields.items() if word != OWN else ():
            found = listed(word, field)
            if isinstance(found, Figure):
                found = book.constant(f"{word}.{field}", found, f"{word}: {label}")
            cases[field][word] = 0 if found is None else found
    book.section(f"{choice.label}: as chosen")
    return {
        field: book.line(field, choice.select(cases[field]), unit, label) for field, (unit, label) in fields.items()
    }
