"""Random ledgers by period for property tests: rulers of all sorts, balances, looking back and ahead, options."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable
from typing import Any, Literal

import attrs
from hypothesis import strategies as st
from strategies import quantities

from unitledger import (
    Growth,
    Ledger,
    VintageDepreciation,
    absolute,
    ahead,
    all_of,
    before,
    change,
    choose,
    cumulative,
    delayed,
    maximum,
    minimum,
    round_up,
    trailing,
    when,
    worth_now,
)
from unitledger.expression.node import Operand
from unitledger.model.entry.axis import Timeline

MONTHS = tuple(month_name)[1:]
_STEPS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}
_PERIODS = st.sampled_from([1, 2, 3, 4, 7, 13, 26]) | st.integers(1, 40)
_TIMES = ("month", "year", "day", "week")


@st.composite
def timelines(draw: st.DrawFn, book: Ledger, periods: st.SearchStrategy[int]) -> Timeline:
    """Give a ledger periods: any step, start and fiscal year that begins with a period, in either calendar."""
    every = draw(st.sampled_from(["month", "quarter", "year"]))
    year, month = draw(st.integers(1999, 2031)), draw(st.integers(1, 12))
    fiscal = MONTHS[(month - 1 + draw(st.integers(0, 12 // _STEPS[every] - 1)) * _STEPS[every]) % 12]
    calendar: Literal["uniform", "days"] = draw(st.sampled_from(["uniform", "days"]))
    return book.timeline(
        f"{year}-{month:02}",
        draw(periods),
        every=every,  # type: ignore[arg-type]
        fiscal_year=fiscal,
        calendar=calendar,
    )


@attrs.frozen
class _Lines:
    """What formulas are drawn from: amounts of money, levels of machines, and levels that say what they were before."""

    amounts: list[Any]
    levels: list[Any]
    opened: list[Any]


@st.composite
def ledgers_by_period(draw: st.DrawFn, periods: st.SearchStrategy[int] = _PERIODS, most_lines: int = 8) -> Ledger:
    """A ledger of machines and money by period, in which every line has a value in every option."""
    book = Ledger("Random by period", option="base", as_of="2024-02-29")
    t = draw(timelines(book, periods))
    machines = st.integers(0, 40).map(lambda count: f"{count} machine")
    need = book.assume("need", draw(_over(t, machines)), over=t)
    spent = book.assume("spent", draw(_over(t, quantities(("USD", "kUSD")))), over=t, total="sum")
    rate = book.assume("rate", draw(quantities(("USD/machine/h", "USD/machine/month", "kUSD/machine/year"))))
    lead, life = (book.assume(name, draw(_times())) for name in ("lead", "life"))
    share = book.assume("share", f"{draw(st.integers(0, 100))} %", low="0 %", high="100 %")
    length = draw(st.sampled_from([t.hours, t.days, t.months]))
    billed = book.line("billed", need * rate * length, draw(st.sampled_from(["USD", "kUSD"])))
    known = _Lines([spent, billed], [need], [])
    for place in range(draw(st.integers(1, most_lines))):
        if draw(st.integers(0, 4)) == 0:
            book.section(draw(st.sampled_from(["Machines", "Money", "The rest"])))
        draw(st.sampled_from([_amount, _level, _opened, _balance, _account]))(
            draw, book, f"line_{place}", known, (lead, life, share)
        )
    _reduce(draw, book, t, known)
    for place in range(1, draw(st.integers(1, 3))):
        book.option(f"option {place}", draw(settings(t)))
    return book


@st.composite
def settings(draw: st.DrawFn, t: Timeline) -> dict[str, Any]:
    """What an option sets: figures of one period, of several and of all, and single inputs."""
    machines = st.integers(0, 40).map(lambda count: f"{count} machine")
    first, last = sorted(draw(st.tuples(*[st.sampled_from(range(len(t)))] * 2)))
    given: dict[str, st.SearchStrategy[Any]] = {
        "need": _over(t, machines),
        f"need@{t.labels[first]}": machines,
        f"spent@{t.labels[first]}:{t.labels[last]}": quantities(("USD", "MUSD")),
        "share": st.sampled_from(["0 %", "37.5 %", "100 %"]),
        "lead": _times(),
        "life": _times(),
        "rate": quantities(("USD/machine/day",)),
    }
    return {name: draw(figure) for name, figure in given.items() if draw(st.booleans())}


def _times() -> st.SearchStrategy[str]:
    return st.builds(lambda count, unit: f"{count} {unit}", st.integers(1, 30), st.sampled_from(_TIMES))


@st.composite
def _over(draw: st.DrawFn, t: Timeline, figures: st.SearchStrategy[str]) -> Any:
    """One figure for all periods, one for each, or steps."""
    how = draw(st.sampled_from(["one", "each", "steps"]))
    if how == "one":
        return draw(figures)
    if how == "each" and len(t) < 30:
        return [draw(figures) for _ in t.labels]
    later = draw(st.lists(st.sampled_from(t.labels), max_size=3, unique=True))
    return {label: draw(figures) for label in {t.labels[0]: None, **dict.fromkeys(later)}}


_Inputs = tuple[Operand, Operand, Operand]
_Add = Callable[[st.DrawFn, Ledger, str, _Lines, _Inputs], None]


def _amount(draw: st.DrawFn, book: Ledger, name: str, known: _Lines, inputs: _Inputs) -> None:
    lead, life, share = inputs
    left, right = draw(st.sampled_from(known.amounts)), draw(st.sampled_from(known.amounts))
    formula = draw(
        st.sampled_from(
            [
                left + right,
                left - right * share,
                maximum(left - right, 0),
                minimum(left, right),
                -left + absolute(right),
                when(left > right, left, right * share),
                choose(1 + when(left > right, 1, 0), left, right * share),
                delayed(left, lead),
                ahead(left, lead),
                trailing(left, life),
                trailing(left - right, life) * share,
                left * round_up(1 + share),
                cumulative(left) * share,
            ]
        )
    )
    total: Any = draw(st.sampled_from(["sum", "sum", "closing", "mean", "none"]))
    if draw(st.integers(0, 5)) == 0:
        whole = VintageDepreciation(amount=left, life=life, residual=share)
        known.amounts.append(book.add(whole, name, "USD"))
        return
    made = book.line(name, formula, draw(st.sampled_from(["USD", "kUSD"])), total=total)
    if total == "sum":
        known.amounts.append(made)


def _level(draw: st.DrawFn, book: Ledger, name: str, known: _Lines, inputs: _Inputs) -> None:
    lead, life, share = inputs
    left, right = draw(st.sampled_from(known.levels)), draw(st.sampled_from(known.levels))
    if draw(st.integers(0, 4)) == 0:
        rate = draw(st.sampled_from(["2 %/month", "-30 %/year", "0 %/month", "150 %/year"]))
        start = book.assume(f"{name}_start", f"{draw(st.integers(0, 30))} machine")
        known.levels.append(book.add(Growth(start=start, rate=book.assume(f"{name}_rate", rate)), name))
        return
    formula = draw(
        st.sampled_from(
            [
                left + right,
                left - right * share,
                maximum(left, right),
                round_up(left * share),
                ahead(left, lead),
                delayed(left, life),
                when(all_of(left > right, right >= 0), left, right),
                cumulative(left) * share,
                left * share + left.mean() * (1 - share),
                minimum(left, right.largest()),
                maximum(left, right.closing()),
            ]
        )
    )
    known.levels.append(book.line(name, formula, total=draw(st.sampled_from([None, "closing", "mean", "none"]))))


def _opened(draw: st.DrawFn, book: Ledger, name: str, known: _Lines, inputs: _Inputs) -> None:
    if draw(st.booleans()) and known.opened:
        left = draw(st.sampled_from(known.opened))
        formulas: list[Any] = [before(left) * inputs[2], change(left), left.opening + left]
        known.levels.append(book.line(name, draw(st.sampled_from(formulas))))
        return
    opening = f"{draw(st.integers(0, 9))} machine"
    made = book.line(name, draw(st.sampled_from(known.levels)) * inputs[2], opening=opening)
    known.levels.append(made)
    known.opened.append(made)


def _balance(draw: st.DrawFn, book: Ledger, name: str, known: _Lines, inputs: _Inputs) -> None:
    lead, _, share = inputs
    stock = book.balance(name, opening=f"{draw(st.integers(0, 9))} machine")
    wanted = draw(st.sampled_from(known.levels))
    bought = book.line(f"{name}_bought", maximum(wanted - stock.opening, 0), total="sum")
    late = book.line(f"{name}_late", delayed(bought, lead), total="sum")
    gone = book.line(f"{name}_gone", stock.opening * share, total="sum")
    stock.close(
        added=draw(st.sampled_from([[bought], [late], [bought, late]])), removed=draw(st.sampled_from([[], [gone]]))
    )
    known.levels.append(stock)
    known.opened.append(stock)


def _account(draw: st.DrawFn, book: Ledger, name: str, known: _Lines, inputs: _Inputs) -> None:
    """Add a balance of money whose flows are in units of their own."""
    unit = draw(st.sampled_from(["USD", "kUSD", "MUSD"]))
    debt = book.balance(name, opening=f"{draw(st.integers(0, 9))} {unit}")
    drawn = draw(st.sampled_from(known.amounts))
    repaid = book.line(f"{name}_repaid", debt.opening * inputs[2], draw(st.sampled_from(["USD", "kUSD"])), total="sum")
    debt.close(added=[drawn], removed=[repaid])
    book.line(f"{name}_left", before(debt) - debt.opening + debt, total="closing")


def _reduce(draw: st.DrawFn, book: Ledger, t: Timeline, known: _Lines) -> None:
    """Add figures of all periods, and a headline."""
    amounts = [draw(st.sampled_from(known.amounts)) for _ in range(2)]
    level = draw(st.sampled_from(known.levels))
    capital = book.assume("capital", f"{draw(st.integers(0, 40))} %/year")
    label = draw(st.sampled_from(t.labels))
    made = [
        book.line("all_spent", amounts[0].sum() + amounts[1].sum(), "USD"),
        book.line("worth", worth_now(amounts[1], capital), "kUSD"),
        book.line("at_most", level.largest() - level.least()),
        book.line("at_end", level.closing() + level[label], "machine"),
        book.line("on_average", amounts[0].mean(), "USD"),
    ]
    if draw(st.booleans()):
        book.headline(draw(st.sampled_from(made)), better=draw(st.sampled_from(["lower", "higher"])), beside=made[:2])
    if draw(st.booleans()):
        book.alert(level.least() < level.closing(), "The last is more than the least")
