"""Making the timeline of a ledger, and the ruler that goes with it."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from datetime import date, timedelta

import attrs

from unitledger.errors import ExpressionError, NameRefused, ValueRefused, did_you_mean
from unitledger.expression import Reference
from unitledger.expression.periods import FIRST_GUESS, ONE_MONTH, ONE_YEAR, STEP
from unitledger.model.entry.axis import RULER, Timeline
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.inputs import Constant
from unitledger.model.entry.over import Ruler
from unitledger.model.held.entries import Entries
from unitledger.model.held.growing import take
from unitledger.units import FIRST_DAY, Unit

_STEPS = {"month": 1, "quarter": 3, "year": 12}
_MONTHS = tuple(month_name)[1:]
_CALENDARS = ("uniform", "days")
MOST_PERIODS = 1200
# Excel counts days from here.
_DAY_ZERO = date(1899, 12, 30)
_SOURCE = "the timeline"
_CONSTANTS = {
    STEP.name: ("Length of a period", None),
    ONE_MONTH.name: ("One month of growth", 1.0),
    ONE_YEAR.name: ("One year of growth", 1.0),
    FIRST_GUESS.name: ("Rate of return, sought from", 0.01),
}
"""Label and magnitude of each; None: the months of a period."""


def add_timeline(
    entries: Entries, start: date | str, periods: int, *, every: str, fiscal_year: str, calendar: str
) -> Timeline:
    """Give a ledger its timeline; the same again is the one that is there. Raises ValueRefused or NameRefused."""
    made = _timeline(entries, start, periods, every=every, fiscal_year=fiscal_year, calendar=calendar)
    known = entries.time
    if known is not None and known != made:
        raise NameRefused(
            f"{entries.title!r} has a timeline already, of {len(known)} periods from {known.labels[0]}. A ledger "
            "has one; make another ledger for other periods."
        )
    return known or hold_timeline(entries, made)


def hold_timeline(entries: Entries, made: Timeline) -> Timeline:
    """Give a ledger that has none its timeline, and the ruler that goes with it."""
    figure = Figure("", source=_SOURCE, as_of=entries.as_of)
    for name, magnitudes in _figures(entries, made).items():
        unit, label = RULER[name]
        take(entries, Ruler(f"timeline.{name}", magnitudes[0], unit, figure, label, made, magnitudes, **entries._here))
    entries.time = made
    return made


def share_timeline(entries: Entries, other: Entries) -> None:
    """Give a ledger the timeline of another, unless it has that already. Raises ValueRefused where it has another."""
    if other.time is None:
        return
    made = attrs.evolve(other.time, home=entries._home)
    if entries.time is None:
        hold_timeline(entries, made)
    elif entries.time != made:
        raise ValueRefused(
            f"{other.title!r} has {_said(made)}, {entries.title!r} has {_said(entries.time)}. Give both ledgers one "
            "timeline."
        )


def _said(time: Timeline) -> str:
    days = "true days" if time.true_days else "months of one length"
    begin = _MONTHS[time.fiscal_year_from - 1]
    return f"{len(time)} periods of {time.step} month from {time.labels[0]}, fiscal years from {begin} and {days}"


def own_timeline(entries: Entries, given: object, what: str) -> Timeline:
    """Return what an input is given over, which is the timeline of the ledger. Raises ExpressionError."""
    if entries.time is None:
        raise ExpressionError(f"{what} has figures by period: begin with t = timeline(start, periods).")
    if given != entries.time:
        got = f"the timeline of {given.home.title!r}" if isinstance(given, Timeline) else f"{given!r:.60}"
        raise ExpressionError(f"{what} has figures by period of {entries.title!r}: say over=book.time, not {got}.")
    return entries.time


def constant_over_time(entries: Entries, leaf: Reference) -> Constant | None:
    """Take the constant that a function over time refers to; None for any other name.

    Raises ExpressionError for a ledger without a timeline.
    """
    if not leaf.name.startswith("timeline."):
        return None
    if entries.time is None:
        raise ExpressionError("A formula over time needs periods: begin with timeline(start, periods).")
    if leaf.name not in _CONSTANTS:
        return None
    assert isinstance(leaf.kind, Unit)
    label, said = _CONSTANTS[leaf.name]
    magnitude = float(entries.time.step) if said is None else said
    figure = Figure("", source=_SOURCE, as_of=entries.as_of)
    return take(entries, Constant(leaf.name, magnitude, leaf.kind, figure, label, **entries._here))


def _timeline(
    entries: Entries, start: date | str, periods: int, *, every: str, fiscal_year: str, calendar: str
) -> Timeline:
    what = f"The timeline of {entries.title!r}"
    if every not in _STEPS:
        raise ValueRefused(f"{what} has a period every month, quarter or year, not every {every!r:.60}.")
    if calendar not in _CALENDARS:
        raise ValueRefused(f"{what} has the calendar 'uniform' or 'days', not {calendar!r:.60}.")
    if fiscal_year not in _MONTHS:
        raise ValueRefused(
            f"{what}: a fiscal year begins with a month such as 'April', not {fiscal_year!r:.60}."
            f"{did_you_mean(str(fiscal_year), _MONTHS)}"
        )
    if type(periods) is not int or not 1 <= periods <= MOST_PERIODS:
        raise ValueRefused(f"{what} has 1 to {MOST_PERIODS:,} periods, not {periods!r:.60}.")
    first, step, month = _first(start, what), _STEPS[every], _MONTHS.index(fiscal_year) + 1
    if (month - first.month) % step:
        raise ValueRefused(
            f"{what}: fiscal years from {fiscal_year} do not begin with a period, every {every} from {first:%B %Y}."
        )
    starts = tuple(_later(first, place * step) for place in range(periods))
    labels = tuple(_label(day, every) for day in starts)
    return Timeline(starts, step, labels, month, calendar == "days", entries._home)


def _first(start: date | str, what: str) -> date:
    """Return the first day of the month that is given as a date, as 2026-04 or as 2026-04-01."""
    try:
        found = start if isinstance(start, date) else _day(start)
    except (TypeError, ValueError):
        raise ValueRefused(f"{what} begins with a month, such as '2026-04', not with {start!r:.60}.") from None
    if found.day != 1:
        raise ValueRefused(f"{what} begins with the first day of a month, not on {found}.")
    if found < FIRST_DAY:
        raise ValueRefused(f"{what} begins in {found:%Y-%m}; spreadsheets count days before {FIRST_DAY} differently.")
    return found


def _day(start: str) -> date:
    try:
        return date.fromisoformat(start)
    except ValueError:
        return date.fromisoformat(f"{start}-01")


def _later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _label(day: date, every: str) -> str:
    if every == "year":
        return f"{day:%Y}" if day.month == 1 else f"{day:%Y-%m}"
    return f"{day.year}-Q{day.month // 3 + 1}" if every == "quarter" and day.month % 3 == 1 else f"{day:%Y-%m}"


def _figures(entries: Entries, line: Timeline) -> dict[str, tuple[float, ...]]:
    """Return what the ruler says of each period; months and years of the ledger's calendar unless days are true."""
    ends = [_later(day, line.step) for day in line.starts]
    month = float(entries.calendar.days["month"])
    true = [float((end - day).days) for day, end in zip(line.starts, ends, strict=True)]
    days = true if line.true_days else [month * line.step] * len(line)
    said: dict[str, Sequence[float]] = {
        "index": [place + 1 for place in range(len(line))],
        "start": [(day - _DAY_ZERO).days for day in line.starts],
        "end": [(end - timedelta(days=1) - _DAY_ZERO).days for end in ends],
        "days": days,
        "hours": [each * 24 for each in days],
        "months": [line.step] * len(line),
        "elapsed": [place * line.step for place in range(len(line))],
        "fiscal_year": [
            day.year + (line.fiscal_year_from > 1 and day.month >= line.fiscal_year_from) for day in line.starts
        ],
        "month": [day.month for day in line.starts],
    }
    return {name: tuple(map(float, figures)) for name, figures in said.items()}
