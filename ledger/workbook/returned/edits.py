"""What somebody changed in a workbook: a report to read, and a new ledger once it is approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Literal, Self, TypeVar

import attrs

from unitledger.compute.alerts import check_options
from unitledger.compute.conditions import refusing
from unitledger.errors import OptionRefused, ValueRefused
from unitledger.model import (
    Entries,
    Figure,
    Relisted,
    mark_replaced,
    relisted,
    renamed,
    with_settings,
    with_spare,
    without_spare,
)
from unitledger.units import Quantity
from unitledger.views import Grid, aligned, page, paragraph
from unitledger.workbook.stated.status import Status

E = TypeVar("E", bound=Entries)

End = Literal["", "low", "high"]

_INHERITED = "(as in {base})"
_NOT_STATED = "(not stated)"


@attrs.frozen
class Edit:
    """An input that is set differently in one option, or an `end` of the range of that, its low or its high.

    `old` and `new`: a quantity, a word of a choice, or None where the option takes what the base option has, or where
    no such end is stated. `cell`: where it stands in the workbook. `note`: what a reader should know, such as a changed
    unit.
    """

    name: str
    option: str
    old: Quantity | str | None
    new: Quantity | str | None
    cell: str
    note: str = ""
    end: End = ""


@attrs.frozen
class Renamed:
    """An option that is called otherwise now; `cell`: its heading in the workbook."""

    old: str
    new: str
    cell: str


@attrs.frozen
class Problem:
    """Something about an input that cannot be taken over, with its cell; `option` is empty where it concerns all."""

    name: str
    option: str
    cell: str
    text: str


@attrs.frozen
class Calculation:
    """A calculation that is not the ledger's any more: before and now, in the named options.

    `old`, `new`: formulas in words; units, constants, labels, headings and defined names as they are.
    """

    name: str
    options: tuple[str, ...]
    cell: str
    old: str
    new: str
    note: str = ""


@attrs.frozen
class Edits(Generic[E]):
    """How a workbook differs from its ledger; iterating gives the changed inputs, printing a table.

    `file`: name of the workbook. `changes`: inputs set differently. `renamed`: options that are called otherwise now;
    all else calls them as the ledger does. `lists`: items of tables that
    came or went. `problems`: what must be put right in the workbook first. `calculations`:
    formulas, units, constants, labels, headings and names that differ; they are reported and never taken over. `notes`:
    what else a reader should know. `status`: what the file says of itself. `spare`: the spare option of the file, if it
    has one; `changes` and `renamed` tell of it like of any other, and with any of them it becomes an option.
    """

    ledger: E = attrs.field(repr=False)
    file: str
    changes: tuple[Edit, ...]
    problems: tuple[Problem, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    notes: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    lists: tuple[Relisted, ...] = ()
    status: Status = attrs.field(factory=Status)
    spare: str = ""

    def __iter__(self) -> Iterator[Edit]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __bool__(self) -> bool:
        return bool(self.changes or self.renamed or self.lists or self.problems or self.calculations)

    def apply(self) -> E:
        """Return a new ledger with the changed inputs and new names; the old figure is kept in the note of the new one.

        A changed figure counts as not reviewed. Entries that were kept work on the new ledger, in formulas and as
        `book.value(entry)`; their own `value` is still that of the ledger they were made in, and a `ReplacedLedger`
        warning says so once an input was changed.

        Calculations are not taken over: change the line in Python. Raises ValueRefused while there are problems.
        """
        if self.problems:
            listed = "".join(f"\n  {problem.name}, {problem.cell}: {problem.text}" for problem in self.problems)
            raise ValueRefused(f"Nothing is taken over from {self.file} until this is put right:{listed}")
        made = self._made()
        if self.changes or self.renamed or self.lists:
            mark_replaced(self.ledger, self.file)
        return made

    def with_refused(self) -> Self:
        """Return the edits with a problem for each option that they leave refused, at a changed input that decides."""
        if self.problems or not refusing(self.ledger):
            return self
        made, found = self._made(), []
        called = {each.new: each.old for each in self.renamed}
        for option in made.options:
            try:
                check_options(made, [option])
            except OptionRefused as refused:
                said, inputs = refused.args
                options = {called.get(option, option), self.ledger.base}
                changed = [each for each in self.changes if each.option in options and each.name in inputs]
                found += [Problem(each.name, option, each.cell, said) for each in changed[:1]]
        return attrs.evolve(self, problems=tuple(found))

    def _made(self) -> E:
        """Return the ledger with what was changed."""
        grouped: dict[tuple[str, str], list[Edit]] = {}
        reworded = {name for change in self.lists for name in change.words}
        for edit in self.changes:
            if edit.name in reworded:
                continue
            grouped.setdefault((edit.option, edit.name), []).append(edit)
        settings: dict[str, dict[str, Figure | None]] = {}
        for (option, name), edits in grouped.items():
            settings.setdefault(option, {})[name] = self._figure(option, name, edits)
        made = with_settings(self._read, settings, ranged=True)
        if self.renamed:
            made = renamed(made, {each.old: each.new for each in self.renamed})
        if self.lists:
            made = relisted(made, self.lists)
        return without_spare(made) if self.spare else made

    @property
    def _read(self) -> E:
        """The ledger with all options that the workbook was built with."""
        return with_spare(self.ledger, self.spare) if self.spare else self.ledger

    def _figure(self, option: str, name: str, edits: Sequence[Edit]) -> Figure | None:
        """Return the figure that an option has after edits of it and of its range."""
        base, own = self.ledger.input(name).setting, self._read.options[option].settings.get(name)
        figure = (base if own is None else own).figure.unreviewed()
        if option != self.ledger.base and own is None:
            figure = attrs.evolve(figure, low=None, high=None)
        for edit in edits:
            if edit.end:
                was = f"{edit.end} was {_NOT_STATED if edit.old is None else edit.old}"
                figure = attrs.evolve(ranged(figure, [edit]), note="; ".join(filter(None, (figure.note, was))))
            elif edit.new is None:
                return None
            else:
                inherited = _INHERITED.format(base=self.ledger.base) if edit.old is None else ""
                was = f"was {figure.quantity} {inherited}".rstrip() + (f", {figure.source}" if figure.source else "")
                figure = attrs.evolve(figure, quantity=edit.new, source=f"edited in {self.file}", note=was)
        return figure

    def __str__(self) -> str:
        return "\n\n".join([*self._said(), *(aligned(grid.headings, grid.rows) for grid in self._grids())])

    def _repr_html_(self) -> str:
        return page(*map(paragraph, self._said()), *(grid.to_html() for grid in self._grids()))

    def _said(self) -> list[str]:
        items = sum(len(each.added) + len(each.removed) for each in self.lists)
        counts = [
            *([_counted(len(self.renamed), "option", "renamed")] if self.renamed else []),
            _counted(len(self.changes), "input", "changed"),
            *([_counted(items, "item", "added or removed")] if items else []),
            _counted(len(self.problems), "problem", ""),
            _counted(len(self.calculations), "calculation", "changed"),
        ]
        said = [f"{self.file}: {', '.join(counts)}.", *self.notes, str(self.status)]
        return said if self else [*said, "No name of an option, input, unit or formula differs from the ledger."]

    def _grids(self) -> Iterator[Grid]:
        renamed = [(each.old, each.new, each.cell) for each in self.renamed]
        items = [(each.table, label, "added", each.cell) for each in self.lists for label in each.added]
        items += [(each.table, label, "removed", each.cell) for each in self.lists for label in each.removed]
        problems = [(each.name, each.option, each.cell, each.text) for each in self.problems]
        calculations = [
            (each.name, ", ".join(each.options), each.cell, each.old, each.new, each.note) for each in self.calculations
        ]
        told: dict[tuple[str, ...], Sequence[tuple[str, ...]]] = {
            ("option", "is now called", "cell"): renamed,
            ("input", "option", "was", "is now", "cell", "note"): [self._row(each) for each in self.changes],
            ("table", "item", "is", "list begins at"): items,
            ("problem with", "option", "cell", "what is wrong"): problems,
            ("calculation", "options", "cell", "was", "is now", "note"): calculations,
        }
        return (Grid(headings, tuple(rows)).without_empty_columns() for headings, rows in told.items() if rows)

    def _row(self, edit: Edit) -> tuple[str, ...]:
        nothing = _NOT_STATED if edit.end else _INHERITED.format(base=self.ledger.base)
        old, new = (nothing if given is None else str(given) for given in (edit.old, edit.new))
        name = f"{edit.name}, {edit.end}" if edit.end else edit.name
        return name, edit.option, old, new, edit.cell, edit.note


def ranged(figure: Figure, edits: Iterable[Edit]) -> Figure:
    """Return a figure with the ends of its range as edits have them."""
    for edit in edits:
        figure = attrs.evolve(figure, low=edit.new) if edit.end == "low" else attrs.evolve(figure, high=edit.new)
    return figure


def _counted(number: int, noun: str, verb: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'} {verb}".rstrip()
