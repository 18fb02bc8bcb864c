"""Random ledgers with tables for property tests: no items, one and several, looked up and added up by word."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
from hypothesis import strategies as st
from periodic import timelines
from strategies import quantities

from unitledger import Ledger, absolute, all_of, column, look_up, maximum, minimum, round_up, when
from unitledger.model.entry.axis import Timeline
from unitledger.model.entry.over import ItemTable

_KINDS = ("h100", "L4 (old)", "b200 NVL", "été", "a,b", "N/A")
_REGIONS = ("us", "EU", "ap-1")
_MONEY = ("USD", "kUSD")


@attrs.frozen
class _Lists:
    """Two tables, and what formulas are drawn from: money by item, by kind and as one figure."""

    fleet: ItemTable
    kinds: ItemTable
    share: Any
    time: Any
    items: list[Any]
    sorts: list[Any]
    single: list[Any]


def figures() -> st.SearchStrategy[float]:
    """Figures as lists have them: many are zero, and some are below."""
    return st.sampled_from([0, 0, 1, 2.5, 1e6, -3]) | st.integers(-999, 9999).map(lambda digits: digits / 100)


@st.composite
def ledgers_with_tables(draw: st.DrawFn, most_items: int = 9, most_lines: int = 7) -> Ledger:
    """A ledger of a fleet by kind of card, some with a timeline, in which every line has a value in every option."""
    book = Ledger("Random by item", option="base", as_of="2024-02-29")
    periods = draw(timelines(book, st.integers(1, 5))) if draw(st.booleans()) else None
    kinds = draw(st.lists(st.sampled_from(_KINDS), max_size=4, unique=True))
    count = draw(st.sampled_from([0, 1]) | st.integers(2, most_items)) if kinds else 0
    known = _lists(draw, book, kinds, count)
    for place in range(draw(st.integers(1, most_lines))):
        add = draw(st.sampled_from([_by_item, _by_item, _by_kind, _as_one]))
        add(draw, book, f"line_{place}", known)
    if periods is not None:
        _over_time(draw, book, periods, known)
    made = [
        book.line("all_items", draw(st.sampled_from(known.items)).sum(), "USD"),
        book.line("all_kinds", draw(st.sampled_from(known.sorts)).sum() + known.single[-1], "kUSD"),
        book.line("how_many", known.fleet.count() + known.kinds.count()),
    ]
    for place in range(1, draw(st.integers(1, 3))):
        book.option(f"option {place}", draw(cells(book)))
    if draw(st.booleans()):
        book.headline(draw(st.sampled_from(made)), better=draw(st.sampled_from(["lower", "higher"])), beside=made[:2])
    if draw(st.booleans()):
        book.alert(made[0] > known.single[0], "The list costs more than one figure")
    return book


def _lists(draw: st.DrawFn, book: Ledger, kinds: list[str], count: int) -> _Lists:
    """Add the tables, and the inputs that have one figure."""
    share = book.assume("share", f"{draw(st.integers(0, 100))} %", low="0 %", high="100 %")
    time = book.assume("time", draw(quantities(("h", "day", "month"))))
    sold = book.assume("sold", draw(quantities(_MONEY)))
    sorts = {
        "kind": kinds,
        "rent": [draw(figures()) for _ in kinds],
        "fee [kUSD]": [draw(st.one_of(figures(), quantities(_MONEY))) for _ in kinds],
    }
    rows = [
        {
            "name": f"item-{place}x",
            "kind": draw(st.sampled_from([*kinds, kinds[0].swapcase()])),
            "region": draw(st.sampled_from(_REGIONS)),
            "machines": draw(st.integers(0, 40)),
            "price": draw(figures()),
            "load": draw(st.integers(0, 100)),
            "since": draw(st.dates(date(1999, 1, 1), date(2040, 12, 31))),
        }
        for place in range(count)
    ]
    said: Any = {"kind": str, "region": str, "machines": column("machine", whole=True, minimum=0), "since": "date"}
    said |= {"price": draw(st.sampled_from(["USD/machine/h", "kUSD/machine/month"])), "load": "%"}
    given: Any = rows or {name: [] for name in ("name", *said)}
    fleet = book.table("fleet", given, key="name", columns=said, source="inventory")
    table = book.table("kinds", sorts, key="kind", columns={"rent": "USD/machine/day", "fee": "kUSD"})
    cost = book.line("cost", fleet.machines * fleet.price * time, draw(st.sampled_from(_MONEY)))
    return _Lists(fleet, table, share, time, [cost], [table.fee], [sold])


@st.composite
def cells(draw: st.DrawFn, book: Ledger) -> dict[str, Any]:
    """What an option sets: figures of one item, of a whole column, and single inputs."""
    given: dict[str, st.SearchStrategy[Any]] = {
        "share": st.sampled_from(["0 %", "37.5 %", "100 %"]),
        "time": quantities(("week",)),
        "kinds.rent": quantities(("USD/machine/h",)),
        "fleet.load": st.sampled_from(["0 %", "80 %"]),
    }
    for name, figure in (
        ("fleet.price", quantities(("USD/machine/h",))),
        ("fleet.machines", st.integers(0, 9).map(lambda count: f"{count} machine")),
        ("fleet.since", st.just("2024-02-29")),
        ("kinds.fee", quantities(_MONEY)),
    ):
        labels = book.columns[name].axis.labels
        given |= {f"{name}@{label}": figure for label in labels[:2]}
    return {name: draw(figure) for name, figure in given.items() if draw(st.booleans())}


def _by_item(draw: st.DrawFn, book: Ledger, name: str, known: _Lists) -> None:
    left, right = draw(st.sampled_from(known.items)), draw(st.sampled_from(known.items))
    one, sort = draw(st.sampled_from(known.single)), draw(st.sampled_from(known.sorts))
    fleet, share = known.fleet, known.share
    region = draw(st.sampled_from(_REGIONS))
    since = book.assume("since", "2015-07-01")
    formula = draw(
        st.sampled_from(
            [
                left + right,
                left - right * share,
                -left + absolute(right),
                maximum(left, right, one),
                minimum(left - one, 0),
                left * fleet.load * round_up(1 + share),
                fleet.machines * look_up(known.kinds.rent, fleet.kind) * known.time,
                look_up(sort, fleet.kind) * fleet.load,
                when(fleet.region.equals(region), left, right),
                when(all_of(left > right, fleet.since >= since), left, one),
                when(left.sum() > one, left - left.sum() * share, right),
                when(right > 0, left * (right / (right + absolute(right))), left),
            ]
        )
    )
    known.items.append(book.line(name, formula, draw(st.sampled_from(_MONEY))))


def _by_kind(draw: st.DrawFn, book: Ledger, name: str, known: _Lists) -> None:
    left, right = draw(st.sampled_from(known.sorts)), draw(st.sampled_from(known.sorts))
    summed = draw(st.sampled_from(known.items)).sum_by(known.fleet.kind, known.kinds.kind)
    formula = draw(
        st.sampled_from(
            [
                summed,
                summed + left,
                maximum(left, right * known.share),
                left - right.sum(),
                when(left > right, summed, draw(st.sampled_from(known.single))),
            ]
        )
    )
    known.sorts.append(book.line(name, formula, draw(st.sampled_from(_MONEY))))


def _as_one(draw: st.DrawFn, book: Ledger, name: str, known: _Lists) -> None:
    items, sorts, fleet = draw(st.sampled_from(known.items)), draw(st.sampled_from(known.sorts)), known.fleet
    one, region = draw(st.sampled_from(known.single)), draw(st.sampled_from(_REGIONS))
    formulas: list[Any] = [
        items.sum() + sorts.sum(),
        items.sum_by(fleet.region, region),
        one * ((items > one).count() / (1 + fleet.count())),
    ]
    if len(fleet):
        formulas += [items.mean() - one, items.least(), items.largest() * known.share]
        label = draw(st.sampled_from(fleet.items.labels))
        formulas += [items[label], look_up(items, label) + one]
    if len(known.kinds):
        kind = draw(st.sampled_from(known.kinds.items.labels))
        formulas += [sorts.largest() - sorts.least(), sorts[kind], look_up(sorts, kind.swapcase())]
    known.single.append(book.line(name, draw(st.sampled_from(formulas)), draw(st.sampled_from(_MONEY))))


def _over_time(draw: st.DrawFn, book: Ledger, t: Timeline, known: _Lists) -> None:
    """Add what a table gives to periods, and what it takes from them."""
    items = draw(st.sampled_from(known.items))
    due = book.assume("due", draw(st.lists(quantities(_MONEY), min_size=len(t), max_size=len(t))), over=t, total="sum")
    paid = book.line("paid", items.sum() * known.share + due, "USD", total="sum")
    label = draw(st.sampled_from(t.labels))
    of_periods = draw(st.sampled_from([paid.sum(), paid.largest(), due[label], paid.closing()]))
    known.items.append(book.line("beside", items + of_periods, "USD"))
    known.sorts.append(book.line("kinds_beside", known.sorts[-1] * known.share + of_periods, "kUSD"))
    known.single.append(book.line("left", paid.sum() - items.sum(), "USD"))
