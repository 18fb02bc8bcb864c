"""A ledger that is asked for figures: of one case, of many, and of how far they move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from unitledger.compute.break_even import break_even
from unitledger.compute.evaluate import evaluate, input_values
from unitledger.compute.many.sweep import listed, sweep
from unitledger.compute.many.table import Table
from unitledger.compute.sensitivity import Sensitivity, sensitivity
from unitledger.errors import EmptyLedger, UnknownName, ValueRefused
from unitledger.expression import Operand
from unitledger.model import (
    AnyEntry,
    AxisInput,
    AxisLine,
    Builder,
    ByLabel,
    Choice,
    Line,
    Named,
    Words,
    cell_name,
    check_line,
    check_option,
    check_options,
    name_of,
)
from unitledger.units import Quantity, Unit, quantity

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from unitledger.compute.many.cases import Given as Cases
    from unitledger.compute.many.pieces import Workers
    from unitledger.compute.simulation import Correlations, Distribution, Sampling
    from unitledger.compute.simulation.simulation import Simulation


class Valued(Builder):
    """A ledger that can be asked for figures."""

    def values(self, option: str | None = None) -> dict[str, float]:
        """Return what cells store of inputs, constants and lines in an option: 0.3 for 30 %, places of chosen words.

        `value` gives one of them as a quantity, `array` and `sweep` take and give numbers as people write them. Raises
        CalculationError where a line has no finite value, UnknownName for the option.
        """
        return dict(self._values(check_option(self, option)))

    def _values(self, chosen: str) -> Mapping[str, float]:
        """Return the values in an option, worked out again where the ledger has grown."""
        stamp = (len(self.lines), len(self.inputs) + len(self.rows) + len(self.columns), len(self.constants))
        kept = self._worked_out
        if chosen not in kept or kept[chosen][0] != stamp:
            kept[chosen] = (stamp, evaluate(self, chosen))
        return kept[chosen][1]

    def value(self, name: Named, option: str | None = None) -> Quantity:
        """Return the value of a line, assumption or constant in an option (the base option when none is named).

        Raises UnknownName, also for a choice, whose setting is a word; CalculationError where there is no value.
        """
        entry, chosen = self[name], check_option(self, option)
        if isinstance(entry, Choice):
            raise UnknownName(f"{entry.name!r} is a choice; its word is book[{entry.name!r}].value.")
        self._single(entry)
        assert not isinstance(entry, Words)
        column, _, item = entry.name.partition("@")
        if column in self.columns:
            return self.by_item(column, option)[item]
        # An input has a value where some line has none.
        known = self._values(chosen) if isinstance(entry, Line) else input_values(self, chosen)
        return quantity(known[entry.name], entry.unit)

    def _single(self, entry: AnyEntry) -> None:
        """Raise UnknownName for an entry that has a figure in each period or for each item."""
        if isinstance(entry, Words):
            raise UnknownName(f"{entry.name!r} are words of a table: book[{entry.name!r}].words.")
        if entry.name in self.columns:
            raise UnknownName(f"{entry.name!r} has a figure for each item: by_item({entry.name!r}) gives them all.")
        if entry.name in self.rows:
            first = cell_name(entry.name, self.rows[entry.name].axis.labels[0])
            raise UnknownName(
                f"{entry.name!r} has a figure in each period: by_period({entry.name!r}) gives them all, {first!r} "
                "names one."
            )

    def by_period(self, name: Named, option: str | None = None) -> ByLabel:
        """Return the figures of a line or an input over time in an option (the base option when none is named).

        Raises UnknownName, also for what is one figure, and CalculationError.
        """
        entry, chosen = self[name], check_option(self, option)
        if entry.name not in self.rows:
            raise UnknownName(f"{entry.name!r} is one figure, without periods; value({entry.name!r}) gives it.")
        return ByLabel.of(self.rows[entry.name], self._values(chosen))

    def by_item(self, name: Named, option: str | None = None) -> ByLabel:
        """Return the figures of a line or a column of a table in an option (the base option when none is named).

        Raises UnknownName, also for words and for what is one figure, and CalculationError.
        """
        entry, chosen = self[name], check_option(self, option)
        held = self.columns.get(entry.name)
        if isinstance(held, AxisInput | AxisLine):
            return ByLabel.of(held, self._values(chosen) if isinstance(held, Line) else input_values(self, chosen))
        if held is None:
            raise UnknownName(f"{entry.name!r} is of no table, so it has no figure for each item.")
        raise UnknownName(f"{entry.name!r} are words of a table: book[{entry.name!r}].words.")

    def frame(self, lines: Named | Sequence[Named] = (), option: str | None = None) -> pd.DataFrame:
        """Return lines as a data frame, in their units as written; it needs pandas.

        Lines of one figure: a row for each, with its unit and a column for each option, or for the one that is named.
        Lines over time, those of a ledger with a timeline unless others are named: a row for each period and a column
        for each line with its unit, in an option (the base option when none is named). Raises UnknownName, EmptyLedger
        where there is no line, and ValueRefused for lines of both kinds together.
        """
        import pandas as pd

        over = [name for name, row in self.rows.items() if isinstance(row, AxisLine)]
        names = self._names_of(lines) or tuple(over or self.lines)
        if not names:
            raise EmptyLedger(f"{self.title!r} has no lines yet: add one with line(name, formula).")
        for name in names:
            if not isinstance(self[name], Line) or name in self.columns:
                raise UnknownName(f"{name!r} is no line of one figure or of figures by period.")
        if set(names) <= set(over):
            return pd.concat([self.by_period(name, option).to_frame() for name in names], axis=1)
        if not set(names).isdisjoint(over):
            raise ValueRefused(f"One table holds lines over time or others, not both: {', '.join(names)}.")
        chosen = tuple(self.options) if option is None else (check_option(self, option),)
        columns = {each: [float(self.value(name, each).magnitude) for name in names] for each in chosen}
        units = [self.unit(name).spelling for name in names]
        return pd.DataFrame({"unit": units, **columns}, index=pd.Index(names, name="line"))

    @overload
    def array(
        self,
        outputs: Named | Sequence[Named],
        inputs: Mapping[str, Cases],
        option: str | None = None,
        *,
        executor: Workers | None = None,
    ) -> dict[str, NDArray[np.float64]]: ...

    @overload
    def array(
        self,
        outputs: Named | Sequence[Named],
        inputs: Mapping[str, Cases],
        *,
        options: Sequence[str] | str,
        executor: Workers | None = None,
    ) -> dict[str, dict[str, NDArray[np.float64]]]: ...

    def array(
        self,
        outputs: Named | Sequence[Named],
        inputs: Mapping[str, Cases],
        option: str | None = None,
        *,
        options: Sequence[str] | str | None = None,
        executor: Workers | None = None,
    ) -> Any:
        """Return lines for many cases: arrays of shape (cases,) in the lines' units as written, 30 for 30 %.

        `inputs`: one value per case, bare numbers in the inputs' units as written, or quantities; one quantity may hold
        an array. `options`: names of several, or "all", for such arrays by option. `executor`: of `concurrent.futures`
        or a client of dask, by which the cases are worked out in pieces. Raises UnknownName; ValueRefused for columns
        of different lengths, not finite, or outside the bounds; UnitMismatch or QuantityError; CalculationError where
        a case has no finite value.
        """
        names = self._names_of(outputs)
        for name in names:
            check_line(self, name)
        chosen = check_options(self, option, options)
        found = listed(self, names, inputs, chosen, executor)
        return found if options is not None else found[chosen[0]]

    def sweep(
        self,
        values: Mapping[str, Sequence[Quantity | str | float]] | None = None,
        *,
        outputs: Named | Sequence[Named] = (),
        option: str | None = None,
        options: Sequence[str] | str | None = None,
        executor: Workers | None = None,
        parquet: str | Path | None = None,
        **more: Sequence[Quantity | str | float],
    ) -> Table:
        """Return a table of outputs over every combination of inputs: `sweep(load=["30 %", "100 %"])`.

        Inputs whose names have dots go into the mapping `values`. `options`: names of several, or "all", in whose rows
        the column `option` comes first. `executor`: as of `array`. `parquet`: a new folder to which the rows go, in a
        file for each piece; the table is then empty. Raises like `array`, EmptyLedger where there is no headline and
        no output is named, and WorkbookError for the folder.
        """
        chosen = check_options(self, option, options)
        swept = {**(values or {}), **more}
        names, named = self._names_of(outputs), options is not None
        return sweep(self, swept, names, chosen, named=named, executor=executor, parquet=parquet)

    def simulate(
        self,
        cases: int,
        inputs: Mapping[str, Distribution] | None = None,
        *,
        lines: Named | Sequence[Named] = (),
        option: str | None = None,
        options: Sequence[str] | str | None = None,
        seed: int = 1,
        sampling: Sampling = "latin",
        correlations: Correlations | None = None,
        executor: Workers | None = None,
        parquet: str | Path | None = None,
    ) -> Simulation:
        """Return how lines are spread when inputs are drawn at random: `simulate(10_000, {"load": triangular(...)})`.

        `inputs`: distributions by name, also of several periods at once as `people@2026-05:2026-07`; None: triangular
        for each that has a range. `lines`: the headline where none is named. `options`: as of `array`; the
        same shares are drawn for all, so that what differs between them is theirs. `seed`: equal ones give equal cases,
        whoever works them out. `sampling`: "latin" hypercube, "sobol", or plain "random". `correlations`: rank
        correlation by pair of inputs. `executor`, `parquet`: as of `sweep`. Raises like these, ValueRefused also for
        distributions and correlations, MissingExtra without scipy.
        """
        from unitledger.compute.simulation.plan import simulate

        chosen = check_options(self, option, options)
        names = tuple(check_line(self, name) for name in self._names_of(lines)) or (self._compared(None),)
        return simulate(
            self,
            cases,
            inputs,
            {each: self._values(each) for each in chosen},
            lines=names,
            seed=seed,
            sampling=sampling,
            correlations=correlations or {},
            executor=executor,
            parquet=parquet,
        )

    def _names_of(self, given: Named | Sequence[Named]) -> tuple[str, ...]:
        """Return the names of one entry or of several."""
        return tuple(name_of(self, each) for each in ((given,) if isinstance(given, str | Operand) else given))

    def sensitivity(self, line: Named | None = None, option: str | None = None) -> Sensitivity:
        """Return how far a line (the headline when none is named) moves with each ranged input, one at a time.

        Low and high are those that hold in the option; a missing end is the figure itself. Raises UnknownName,
        EmptyLedger without a headline, CalculationError where a line has no finite value as it is.
        """
        chosen = check_option(self, option)
        return sensitivity(self, self._compared(line), chosen, self._values(chosen))

    def _compared(self, line: Named | None) -> str:
        """Return the name of a line, of the headline for None."""
        if line is not None:
            return check_line(self, name_of(self, line))
        if self.answer is None:
            raise EmptyLedger(f"{self.title!r} has no headline: name the line to look at.")
        return self.answer.line

    def break_even(self, driver: Named, option: str, against: str, line: Named | None = None) -> Quantity | None:
        """Return the first value of an input, from its low to its high, at which two options come out equal.

        `driver` moves in `option`, and in `against` too if both inherit its figure. `line`: what is compared, the
        headline when none is named. None where the options do not cross. Raises UnknownName, ValueRefused for an
        input without range and for options that are cases, CalculationError where a line has no finite value on the
        way.
        """
        pair = (check_option(self, option), check_option(self, against))
        values = {each: self._values(each) for each in pair}
        return break_even(self, self._compared(line), name_of(self, driver), pair, values)

    def unit(self, name: Named) -> Unit:
        """Return the unit of a line, assumption or constant. Raises UnknownName."""
        entry = self[name]
        if isinstance(entry, Choice | Words):
            raise UnknownName(f"{entry.name!r} is a choice of words and has no unit.")
        return entry.unit
