"""The ledger that users hold: its entries, and everything that reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from unitledger.compute.alerts import raised
from unitledger.compute.arrays import arrays
from unitledger.compute.break_even import break_even
from unitledger.compute.evaluate import applies, evaluate, input_values
from unitledger.compute.sensitivity import Sensitivity, sensitivity
from unitledger.compute.sweep import Table, sweep
from unitledger.errors import EmptyLedger, UnknownName
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
    name_of,
)
from unitledger.units import Quantity, Unit, quantity

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from unitledger.compute.against import Bridge
    from unitledger.compute.against.actuals import Told as Actual
    from unitledger.compute.against.steps import Told as Effects
    from unitledger.compute.cases import Given as Cases
    from unitledger.model import Given
    from unitledger.views import Overview, Trace
    from unitledger.workbook.look import Style
    from unitledger.workbook.returned.edits import Edits


class Ledger(Builder):
    """A ledger: built by appending, read as values, arrays, tables and workbooks."""

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

    def frame(self, option: str | None = None) -> pd.DataFrame:
        """Return a table of periods by lines over time in an option, in their units as written; it needs pandas.

        The units stand in the headings. Raises EmptyLedger for a ledger without a timeline.
        """
        import pandas as pd

        if self.time is None:
            raise EmptyLedger(f"{self.title!r} has no timeline: begin with timeline(start, periods).")
        lines = [name for name, row in self.rows.items() if isinstance(row, AxisLine)]
        columns = [self.by_period(name, option).to_frame() for name in lines]
        return pd.concat(columns, axis=1) if columns else pd.DataFrame(index=pd.Index(self.time.labels, name="period"))

    def raised(self, option: str | None = None) -> tuple[str, ...]:
        """Return the texts of the alerts of an option, as the workbook counts them.

        The ledger's own whose condition holds, inputs outside their low and high, and prices out of date. Raises
        CalculationError where a line or a condition has no value, UnknownName for the option.
        """
        chosen = check_option(self, option)
        return tuple(raised(self, chosen, self._values(chosen)))

    def advised(self, option: str | None = None) -> tuple[str, ...]:
        """Return the texts of the advice whose condition holds in an option.

        Raises CalculationError where a line or a condition has no value, UnknownName for the option.
        """
        chosen = check_option(self, option)
        return tuple(advice.text for advice in self.advice if applies(advice, chosen, self._values(chosen)))

    def trace(self, name: Named, option: str | None = None) -> Trace:
        """Return what a line is made of in an option (the base option when none is named); print it as a tree.

        Raises UnknownName; CalculationError where a line of the ledger has no finite value.
        """
        from unitledger.views import trace

        entry, chosen = self[name], check_option(self, option)
        self._single(entry)
        return trace(self, entry.name, chosen, self._values(chosen))

    def array(
        self, outputs: Named | Sequence[Named], inputs: Mapping[str, Cases], option: str | None = None
    ) -> dict[str, NDArray[np.float64]]:
        """Return lines for many cases: arrays of shape (cases,) in the lines' units as written, 30 for 30 %.

        `inputs`: one value per case, bare numbers in the inputs' units as written, or quantities; one quantity may hold
        an array. Raises like `unitledger.compute.arrays`.
        """
        names = self._names_of(outputs)
        for name in names:
            check_line(self, name)
        return arrays(self, names, inputs, check_option(self, option))

    def sweep(
        self,
        values: Mapping[str, Sequence[Quantity | str | float]] | None = None,
        *,
        outputs: Named | Sequence[Named] = (),
        option: str | None = None,
        **more: Sequence[Quantity | str | float],
    ) -> Table:
        """Return a table of outputs over every combination of inputs: `sweep(load=["30 %", "100 %"])`.

        Inputs whose names have dots go into the mapping `values`. Raises like `unitledger.compute.sweep`.
        """
        return sweep(self, {**(values or {}), **more}, self._names_of(outputs), check_option(self, option))

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

    def against(
        self,
        actuals: str | Path | Actual,
        option: str | None = None,
        *,
        effects: Effects | None = None,
        source: str = "",
    ) -> Self:
        """Return a new ledger that holds an option (the base option when none is named) against what came of it.

        `actuals`: the path of a CSV file with the columns `name`, `unit` and one for each period (`actual` without a
        timeline); or by the name of an input or a line one figure, one for each of the first periods, or figures by
        period. The options of the new ledger lead from "plan" to "actual": each takes the actual figures of inputs of
        one effect more, volume, then efficiency, then price; after the last actual figure the plan goes on, so that
        "actual" is the forecast too. `effects`: "volume", "efficiency" or "price" by input, where the unit does not
        say it: money is a price, what is per nothing but time a volume, the rest an efficiency. `source` stands beside
        the actual figures. `bridge` gives what each effect is of a line, `to_excel` a sheet of them.
        Raises InputsFileError naming file, line and column, UnknownName, UnitMismatch, QuantityError or ValueRefused.
        """
        from unitledger.compute.against import Actuals, against

        return against(self, Actuals.of(self, actuals, source), option, effects or {})

    def bridge(self, line: Named, period: str | None = None) -> Bridge:
        """Return how a line of a ledger made by `against` comes from plan to actual in a period, or in all up to now.

        Raises EmptyLedger for a ledger without actual figures, UnknownName for the line or the period, ValueRefused
        for a line whose periods come to nothing.
        """
        from unitledger.compute.against import bridge

        return bridge(self, name_of(self, line), period, self._values)

    def to_excel(
        self,
        path: str | Path,
        *,
        overwrite: bool = True,
        since: str | Path | None = None,
        sheets: Sequence[str] | None = None,
        protect: bool = True,
        style: Style | None = None,
        what_if: bool = False,
    ) -> Path:
        """Write the workbook: every number a live formula, with its value cached. Returns the path.

        `since`: an earlier workbook of this ledger; the sheet Changes then lists each input that differs from it, with
        what that does to the answer.
        `sheets`: names of those to write, such as ["Summary", "Read me"], to which Inputs, Calc, Checks and what these
        stand on are added; or with a plus of those to add, with a minus of those to leave out: ["+Formula map",
        "-Summary"]. `protect`: whether all but Inputs are protected, without password. `style`: logo, font, accent
        colour and decimals of money that a house has of its own. `what_if`: whether there is a spare option, "what if",
        for a variant that somebody types beside the others; it takes no part until then. The file appears whole or not
        at all. Raises EmptyLedger, CalculationError, UnknownName or ValueRefused for the sheets or where there can be
        no spare option, WorkbookRefused for an earlier workbook that is not safe or not of this ledger, or
        WorkbookError when the path cannot be written (or exists, with `overwrite` off).
        """
        from unitledger.workbook import write

        return write(
            self,
            Path(path),
            overwrite=overwrite,
            since=since,
            sheets=sheets,
            protect=protect,
            style=style,
            what_if=what_if,
        )

    def read_edits(self, path: str | Path) -> Edits[Self]:
        """Return what somebody changed in a workbook of this ledger; nothing is applied.

        Raises WorkbookRefused when the file is not safe or not a workbook of this ledger.
        """
        from unitledger.workbook import read_edits

        return read_edits(self, Path(path))

    def fill(
        self,
        path: str | Path,
        settings: Mapping[str, Mapping[str, Given | None]],
        output: str | Path,
        *,
        overwrite: bool = True,
    ) -> Path:
        """Write a copy of a workbook of this ledger to `output` with inputs set as in `with_settings`; return its path.

        Only these cells change and what depends on them: rows, sheets, charts and comments that people have added
        stay as they are. Values are written in the unit that stands beside the cell; None empties a cell of another
        option than the base. Raises WorkbookRefused when the file is not safe or not a workbook of this ledger,
        UnknownName, UnitMismatch, QuantityError or ValueRefused for a setting, WorkbookError when `output` cannot be
        written.
        """
        from unitledger.workbook import fill

        return fill(self, Path(path), settings, Path(output), overwrite=overwrite)

    def unit(self, name: Named) -> Unit:
        """Return the unit of a line, assumption or constant. Raises UnknownName."""
        entry = self[name]
        if isinstance(entry, Choice | Words):
            raise UnknownName(f"{entry.name!r} is a choice of words and has no unit.")
        return entry.unit

    def __str__(self) -> str:
        """The ledger at a glance, as a terminal of 80 columns shows it."""
        return str(self._overview())

    def _repr_html_(self) -> str:
        return self._overview().to_html()

    def _overview(self) -> Overview:
        from unitledger.views import overview

        return overview(self, self._values, self.raised, self.advised)
