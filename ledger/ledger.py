"""The ledger that users hold: its entries, and everything that reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from unitledger.compute.alerts import raised
from unitledger.compute.conditions import applies
from unitledger.model import Named, check_option, name_of
from unitledger.valued import Valued

if TYPE_CHECKING:
    from unitledger.compute.against import Bridge
    from unitledger.compute.against.actuals import Told as Actual
    from unitledger.compute.against.steps import Told as Effects
    from unitledger.compute.simulation.simulation import Simulation
    from unitledger.files.text import Rows
    from unitledger.model import Given
    from unitledger.notation import Source as InputsSource
    from unitledger.views import Overview, Trace
    from unitledger.workbook.look import Style
    from unitledger.workbook.returned.edits import Edits


class Ledger(Valued):
    """A ledger: built by appending, read as values, arrays, tables and workbooks."""

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

    def against(
        self,
        actuals: str | Path | Actual,
        option: str | None = None,
        *,
        effects: Effects | None = None,
        source: str = "",
    ) -> Self:
        """Return a new ledger that holds an option (the base option when none is named) against what came of it.

        `actuals`: the path of a CSV file, or of an .xlsx file with the same on its first sheet: the columns `name`,
        `unit` and one for each period (`actual` without a timeline); or by the name of an input or a line one figure,
        one for each of the first periods, or figures by period. The options of the new ledger lead from "plan" to
        "actual": each takes the actual figures of inputs of one effect more, volume, then efficiency, then price; after
        the last actual figure the plan goes on, so that "actual" is the forecast too. `effects`: "volume", "efficiency"
        or "price" by input, where the unit does not say it: money is a price, what is per nothing but time a volume,
        the rest an efficiency. `source` stands beside the actual figures. `bridge` gives what each effect is of a line,
        `to_excel` a sheet of them.
        Raises InputsFileError naming file, line and column, WorkbookRefused, UnknownName, UnitMismatch, QuantityError
        or ValueRefused.
        """
        from unitledger.compute.against import Actuals, against
        from unitledger.workbook.cells import listing

        came: str | Path | Rows | Actual = actuals
        if isinstance(actuals, str | Path) and Path(actuals).suffix.casefold() == ".xlsx":
            source, came = source or f"actuals {Path(actuals).name}", listing(Path(actuals))
        return against(self, Actuals.of(self, came, source), option, effects or {})

    def bridge(self, line: Named, period: str | None = None) -> Bridge:
        """Return how a line of a ledger made by `against` comes from plan to actual in a period, or in all up to now.

        Raises EmptyLedger for a ledger without actual figures, UnknownName for the line or the period, ValueRefused
        for a line whose periods come to nothing.
        """
        from unitledger.compute.against import bridge

        return bridge(self, name_of(self, line), period, self._values)

    def with_inputs(self, source: InputsSource) -> Self:
        """Return a new ledger in which inputs are set as a file or a data frame says.

        `source`: a .toml or .csv file, such as `unitledger inputs` writes, or a data frame with the columns of such a
        CSV file: `name` and `value`, or the periods of figures over time; `option`, `unit`, `source`, `as_of`, `low`,
        `high`, `note`, `owner`, `reviewed_by`, `reviewed_on` where there is something to say. What is left out stays;
        a changed value without a source has that of the file. Raises InputsFileError naming file or row and field.
        """
        from unitledger.notation import read

        return self.with_settings(read(source, self))

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
        uncertainty: Simulation | None = None,
    ) -> Path:
        """Write the workbook: every number a live formula, with its value cached. Returns the path.

        `since`: an earlier workbook of this ledger; the sheet Changes then lists each input that differs from it, with
        what that does to the answer.
        `sheets`: names of those to write, such as ["Summary", "Read me"], to which Inputs, Calc, Checks and what these
        stand on are added; or with a plus of those to add, with a minus of those to leave out: ["+Formula map",
        "-Summary"]. `protect`: whether all but Inputs are protected, without password. `style`: logo, font, accent
        colour and decimals of money that a house has of its own. `what_if`: whether there is a spare option, "what if",
        for a variant that somebody types beside the others; it takes no part until then. `uncertainty`: what `simulate`
        gave, for the sheet Uncertainty. The file appears whole or not at all. Raises EmptyLedger, CalculationError,
        UnknownName or ValueRefused for the sheets, for a simulation of other figures or where there can be no spare
        option, WorkbookRefused for an earlier workbook that is not safe or not of this ledger, or WorkbookError when
        the path cannot be written (or exists, with `overwrite` off).
        """
        from unitledger.workbook import Content, write
        from unitledger.workbook.look import USUAL

        content = Content((), since, sheets, protect, style or USUAL, what_if, uncertainty)
        return write(self, path, content, overwrite=overwrite)

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
        UnknownName, UnitMismatch, QuantityError or ValueRefused for a setting, OptionRefused where it leaves an option
        so, WorkbookError when `output` cannot be written.
        """
        from unitledger.workbook import fill

        return fill(self, Path(path), settings, Path(output), overwrite=overwrite)

    def __str__(self) -> str:
        """The ledger at a glance, as a terminal of 80 columns shows it."""
        return str(self._overview())

    def _repr_html_(self) -> str:
        return self._overview().to_html()

    def _overview(self) -> Overview:
        from unitledger.views import overview

        return overview(self, self._values, self.raised, self.advised)
