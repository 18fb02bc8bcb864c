"""The rows of Second calculation beneath the lines, from the top down: who is looked at, and what is moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from unitledger.compute.break_even import INTERVALS
from unitledger.compute.evaluate import beneath, reached
from unitledger.expression import TEXT, Kind
from unitledger.model import Entries
from unitledger.units import DIMENSIONLESS
from unitledger.workbook.grid import Entry, Grid, frame
from unitledger.workbook.grid.place import Key
from unitledger.workbook.layout import FIRST_OPTION, LABEL_COLUMN, UNIT_COLUMN
from unitledger.workbook.ledger_cells import unit_of
from unitledger.workbook.look.formats import GENERAL
from unitledger.workbook.sheets.second import said
from unitledger.workbook.study import Study

ENDS = (said.LOW, said.HIGH)
PAIR = (said.ANALYSED, said.COMPARED)
POINTS = tuple(range(INTERVALS + 1))


class Places:
    """Entries of the sheet; those that a study does not need have no rows.

    `choices`: what can be chosen, `numbers`: of the options among it. Over the pair of options `number` and `name`, and
    `as_is`: what formulas need besides what moves, by name. By option, of inputs of which some option has `own` ranges:
    `by_option`, by input and end.

    Of each listed input, over low and high: `ends`; `at`: the answers there, `built`, `sizes`: when built; one column:
    `swing`, `rank`, `name_of` (its defined name), what figures are shown `times`, and `decimals` of sentences. `moved`:
    by input, the lines that it reaches over low and high, of which the answer stands there.

    Over the points of the driver: `step`, the lines before the answer that it reaches in each option of the pair
    (`along`), and the answers there when built (`along_built`, `along_sizes`). `driver`: what it is set to in the
    compared option; `taken`: whose cell of Inputs an option takes, `together`: whether both take the same. `before`:
    the first step before the next of which the difference changes its sign, `found`: whether there is one.
    """

    def __init__(self, grid: Grid, entries: Entries, study: Study, *, own: Collection[str]) -> None:
        self._grid, self._entries, self._study = grid, entries, study
        self._answer = entries.lines[study.answer]
        self.pair = PAIR if study.compared is not None else PAIR[:1]
        self._take_chosen()
        self._take_by_option(own)
        self._take_moved()
        self._take_along()

    @property
    def listed(self) -> Sequence[str]:
        """The inputs that are moved one at a time."""
        return self._study.listed

    def reached(self, name: str) -> list[str]:
        """Return the lines that an input reaches and the answer stands on, in the order of the ledger."""
        return reached(self._entries, beneath(self._entries, [self._study.answer]), [name])

    def needed(self, name: str) -> set[str]:
        """Return what the formulas of those lines refer to besides, constants apart."""
        lines = self.reached(name)
        referred = {each for line in lines for each in self._entries.lines[line].stands_on}
        return referred - {name, *lines, *self._entries.constants}

    def as_is_of(self, which: str) -> Collection[str]:
        """Return what is needed as it is in an option of the pair: of the one that is compared for the driver alone."""
        driver = self._study.driver
        if which == said.ANALYSED or driver is None:
            return self.as_is.keys if which == said.ANALYSED else (self._study.answer,)
        return {*self.needed(driver), driver, self._study.answer}

    def _take_chosen(self) -> None:
        options, answer = list(self._entries.options), self._answer
        self._title(said.CHOSEN, [])
        chosen = {said.AS_THE_ANSWER: FIRST_OPTION} | {each: at for at, each in enumerate(options, FIRST_OPTION + 1)}
        self.choices = self._over(chosen, said.CHOICES, said.OPTION, TEXT)
        own = {option: chosen[option] for option in options}
        self.numbers = self._over(own, said.NUMBERS, said.NUMBER)
        self._title(said.AS_IT_IS, self.pair)
        pair = {which: FIRST_OPTION + at for at, which in enumerate(self.pair)}
        self.number = self._over(pair, said.NUMBER_OF, said.NUMBER)
        self.name = self._over(pair, said.NAME_OF, said.OPTION, TEXT)
        named = {study_input for each in self.listed for study_input in self.needed(each)} | {*self.listed, answer.name}
        order = (name for name in (*self._entries.inputs, *self._entries.lines) if name in named)
        self.as_is = attrs.evolve(self._rows(order), columns=pair)

    def _take_by_option(self, own: Collection[str]) -> None:
        heads: dict[Key, tuple[str, str, Kind]] = {}
        for name in self.listed:
            unit, label = unit_of(self._entries, name), self._entries.inputs[name].label
            if name in own:
                for end in ENDS:
                    heads[name, end] = said.END_BY_OPTION.format(input=label, end=end), unit.spelling, unit
        if heads:
            self._title(said.RANGES_BY_OPTION, [])
        self.by_option = self._grid.rows(heads)

    def _take_moved(self) -> None:
        answer, inputs = self._answer.unit, self._entries.inputs
        self._title(said.RANGES, [*said.RANGE_TITLES, *said.BUILT_TITLES])
        table = self._rows(self.listed)

        def over(first: int, kind: Kind | Mapping[Key, Kind]) -> Entry:
            return attrs.evolve(table, kind=kind, columns={end: first + at for at, end in enumerate(ENDS)})

        first = FIRST_OPTION
        self.at, self.ends = over(first, answer), over(first + len(ENDS), table.kind)
        kinds: tuple[Kind, ...] = (answer, DIMENSIONLESS, TEXT, DIMENSIONLESS, DIMENSIONLESS)
        self.swing, self.rank, self.name_of, self.times, self.decimals = (
            attrs.evolve(table, kind=kind, columns=first + 4 + at) for at, kind in enumerate(kinds)
        )
        self.built, self.sizes = over(first + 9, answer), over(first + 11, answer)
        self.moved: dict[str, Entry] = {}
        for name in self.listed:
            before = [line for line in self.reached(name) if line != self._study.answer]
            if before:
                self._title(said.MOVED.format(input=inputs[name].label), ENDS)
            self.moved[name] = _with_answer(self._rows(before), self.at[name], self._study.answer)

    def _take_along(self) -> None:
        study, unit = self._study, self._answer.unit
        driver, both = study.driver, len(self.pair) > 1
        points = {point: FIRST_OPTION + point for point in POINTS}
        self.along: dict[str, Entry] = {}
        self.along_built: dict[str, Entry] = {}
        self.along_sizes: dict[str, Entry] = {}
        if driver is None:
            return
        label, kind = self._entries.inputs[driver].label, unit_of(self._entries, driver)
        spelled, answer = self._answer.unit.spelling, self._answer.label
        for which in self.pair:
            self._title(said.ALONG.format(input=label, which=which), [])
            if which == said.ANALYSED:
                self.step = self._over(points, said.STEP, said.NUMBER)
            else:
                self.taken = self._grid.row(said.TAKEN, said.TAKEN_UNIT)
                self.together = self._grid.row(said.TOGETHER, said.ONE_IF_TRUE, column=FIRST_OPTION)
                self.driver = self._over(points, label, kind.spelling, kind)
            before = [line for line in self.reached(driver) if line != self._study.answer]
            self.along[which] = attrs.evolve(self._rows(before), columns=points)
            when_built = said.ALONG_WHEN_BUILT.format(answer=answer, which=which)
            self.along_built[which] = self._over(points, when_built, spelled, unit)
            self.along_sizes[which] = self._over(points, said.ALONG_OPERAND.format(which=which), spelled, unit)
        if both:
            self.before = self._grid.row(said.BEFORE, said.NUMBER, column=FIRST_OPTION)
            self.found = self._grid.row(said.FOUND, said.ONE_IF_TRUE, column=FIRST_OPTION)

    def _over(self, columns: Mapping[Key, int], label: str, unit: str, kind: Kind = DIMENSIONLESS) -> Entry:
        """Take a row over columns of its own."""
        return attrs.evolve(self._grid.row(label, unit, kind), columns=columns)

    def _rows(self, names: Iterable[str]) -> Entry:
        """Take a row for each of some inputs and lines."""
        kinds = {name: unit_of(self._entries, name) for name in names}
        return self._grid.rows({name: (self._entries[name].label, kind.spelling, kind) for name, kind in kinds.items()})

    def _title(self, title: str, titles: Sequence[str]) -> None:
        """Leave a row empty, and put a title and the headings of columns."""
        grid = self._grid
        grid.take()
        row = grid.take()
        grid.sheet.text(row, LABEL_COLUMN, title, ("heading", GENERAL))
        grid.sheet.blank(row, UNIT_COLUMN, ("heading", GENERAL))
        for column, heading in enumerate(titles, start=FIRST_OPTION):
            grid.sheet.text(row, column, heading, ("heading_right", GENERAL))
        if len(titles) > len(PAIR):
            grid.sheet.heights[row] = 3 * frame.ONE_LINE


def _with_answer(before: Entry, at: Entry, answer: str) -> Entry:
    """Return lines with the answer, whose row stands elsewhere in the same columns."""
    assert isinstance(before.kind, Mapping)
    assert not isinstance(before.rows, int)
    row = at.place(column=said.LOW)[0]
    kinds, rows = {**before.kind, answer: at.kind_of(None)}, {**before.rows, answer: row}
    return attrs.evolve(before, kind=kinds, rows=rows, columns=at.columns)
