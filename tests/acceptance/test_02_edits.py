"""Check 2: an input changed in the file gives what Python gives for the same change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from built import Built
from first_sheet import row_of
from hypothesis import HealthCheck, Phase, given, settings
from recalculate import Desk, agree, held, libreoffice, retyped
from strategies import ledgers

from unitledger.compute.alerts import check_options
from unitledger.errors import OptionRefused
from unitledger.ledger import Ledger
from unitledger.model import Assumption, Choice
from unitledger.units import is_day, quantity

Content = str | float


def nudged(ledger: Ledger, name: str, option: str) -> list[Content]:
    """Other contents that an input may well have: a little more or less, within its range; the other words."""
    entry, setting = ledger.input(name), ledger.setting(name, option)
    if isinstance(entry, Choice):
        return [word for word in entry.words if word != setting.value]
    assert isinstance(entry, Assumption)
    value, bounds = float(setting.value), entry.bounds
    low = setting.low if setting.low is not None else bounds.least
    high = setting.high if setting.high is not None else bounds.most
    # First a nudge, then what matters also where another figure is the larger one.
    tried = [value * 1.01, value * 0.99, value + 1, value - 1, value / 2, value * 100, value / 100]
    tried += [(value + end) / 2 for end in (low, high) if end is not None]
    return [
        each
        for each in (float(f"{one:.9g}") for one in tried)
        if each != value
        and (low is None or each > low or (each == low and not bounds.above))
        and (high is None or each <= high)
        and (each.is_integer() or not (bounds.whole or entry.unit.is_date))
        and (not entry.unit.is_date or is_day(each))
    ]


def with_content(ledger: Ledger, name: str, option: str, content: Content) -> Ledger:
    """The ledger in which an input is what stands in the cell: a word, or a number as it is stored."""
    entry = ledger.input(name)
    if isinstance(entry, Assumption):
        return ledger.with_settings({option: {name: quantity(float(content), entry.unit)}})
    return ledger.with_settings({option: {name: content}})


def edits(built: Built, options: list[str]) -> list[tuple[str, str]]:
    return [(name, option) for option in options for name in built.ledger.inputs]


def check_edit(built: Built, desk: Desk, name: str, option: str, content: Content) -> bool:
    """Type into one input, compare with Python, and put back what stood there; return whether anything moved."""
    cell = built.input(name, option)
    changed = with_content(built.ledger, name, option, content)
    desk.type("Inputs", {cell: content})

    refused = is_refused(changed)
    if refused:
        # A cell cannot raise: an alert says so, and nothing is damaged.
        integrity, state, warned = desk.status()
        assert (integrity, state, warned > 0) == ("OK", "EDITED (1)", True), (name, option, content)
    else:
        assert built.unlike(desk.cells(built.lines().values()), changed) == [], (name, option, content)
        warned = sum(len(changed.raised(each)) for each in changed.options)
        assert desk.status() == ("OK", "EDITED (1)", warned), (name, option, content)
    moved = refused or warned != built.warned()
    moved |= any(not agree(desk.read(*place), built.cached[place]) for place in built.lines().values())
    desk.type("Inputs", {cell: built.cached.get(("Inputs", cell))})
    return moved


def is_refused(ledger: Ledger) -> bool:
    """Whether an option has no value, since it cannot be."""
    try:
        check_options(ledger, ledger.options)
    except OptionRefused:
        return True
    return False


def test_each_input_of_each_option(serving: Built) -> None:
    desk = Desk(serving.path)

    for name, option in edits(serving, list(serving.ledger.options)):
        check_edit(serving, desk, name, option, nudged(serving.ledger, name, option)[0])
    assert desk.status() == ("OK", "AS BUILT", serving.warned())


def test_each_input_of_the_base_option_and_what_moves_nothing(template: Built) -> None:
    desk, ledger = Desk(template.path), template.ledger
    still = [
        name
        for name in ledger.inputs
        if not any(check_edit(template, desk, name, ledger.base, each) for each in nudged(ledger, name, ledger.base))
    ]

    assert [name for name in still if not any(moves(other, name) for other in circumstances(ledger))] == []


def circumstances(ledger: Ledger) -> Iterator[Ledger]:
    """Ledgers in which what moves nothing may count: no input is 0, as a number of parts may be; other words."""
    filled, base = ledger, ledger.base
    for name in ledger.inputs:
        if ledger.setting(name).value == 0:
            more = with_content(filled, name, base, nudged(ledger, name, base)[0])
            filled = filled if is_refused(more) else more
    yield filled
    for name, entry in ledger.inputs.items():
        if isinstance(entry, Choice):
            for word in nudged(ledger, name, base):
                yield with_content(filled, name, base, word)


def moves(ledger: Ledger, name: str) -> bool:
    """Whether some other content of an input changes some line of the base option."""
    changed = (with_content(ledger, name, ledger.base, each) for each in nudged(ledger, name, ledger.base))
    if is_refused(ledger):
        return False
    before = {line: ledger.values()[line] for line in ledger.lines}
    return any(is_refused(each) or {line: each.values()[line] for line in each.lines} != before for each in changed)


def test_summary_reads_as_if_it_were_built_anew(serving: Built, tmp_path: Path) -> None:
    desk = Desk(serving.path)
    desk.type("Inputs", {serving.input("tariff", "rtx4090"): 0.2, serving.input("gpu_price", "h100"): 20_000})
    # A figure that is typed over another leaves the range beside it as it is.
    tariff = attrs.evolve(serving.ledger.setting("tariff", "rtx4090").figure, quantity="0.2 USD/kWh")
    price = attrs.evolve(serving.ledger.setting("gpu_price", "h100").figure, quantity="20000 USD/gpu")
    ledger = serving.ledger.with_settings({"rtx4090": {"tariff": tariff}, "h100": {"gpu_price": price}})
    anew = Built.of(ledger, tmp_path / "anew.xlsx")

    first = row_of(anew.cached, "Owner of the figures")
    for (sheet, at), written in anew.cached.items():
        # Above stand the state and the version; what was built is not what is built anew.
        built = str(serving.cached.get((sheet, f"A{at[1:]}"))).endswith(", as built")
        if sheet == "Summary" and int(at[1:]) > first and not built:
            assert agree(desk.read(sheet, at), written), (sheet, at)


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "option", "content"),
    [("tariff", "rtx4090", 0.15), ("scheme", "farm", "hybrid"), ("batch", "h100", 64), ("life", "design1", 4)],
)
def test_libreoffice_gives_the_same_after_an_edit(name: str, option: str, content: Content, serving: Built) -> None:
    found = libreoffice(retyped(serving.path, "Inputs", {serving.input(name, option): content}))

    changed = with_content(serving.ledger, name, option, content)
    for (line, column), place in serving.lines().items():
        assert agree(found[place], changed.values(column)[line]), (line, column)
    assert [found["Summary", f"{letter}2"] for letter in "AB"] == ["Integrity: OK", "State: EDITED (1)"]


def test_an_input_that_no_line_uses_says_so(tmp_path: Path) -> None:
    book = Ledger("Rent")
    rent, limit = book.assume("rent", "5 USD/h"), book.assume("limit", "9 USD/h")
    book.assume("deposit", "100 USD", note="paid back")
    book.assume("floor", "40 m^2")
    book.line("cost", rent)
    book.alert(rent > limit, "The rent is above the limit")
    path = book.to_excel(tmp_path / "rent.xlsx")

    cells = held(path)
    notes = {cells["Inputs", f"A{row}"]: cells.get(("Inputs", f"I{row}")) for row in range(5, 9)}
    assert notes == {
        "Rent": None,
        "Limit": None,
        "Deposit": "paid back; no line uses this input",
        "Floor": "no line uses this input",
    }
    assert book.read_edits(path).notes == ()


@given(book=ledgers(most_options=2, most_lines=4))
@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_each_input_of_random_ledgers(book: Ledger) -> None:
    with TemporaryDirectory() as folder:
        built = Built.of(book, Path(folder, "random.xlsx"))
        desk = Desk(built.path)
        for name, option in edits(built, list(book.options)):
            for content in nudged(book, name, option)[:1]:
                check_edit(built, desk, name, option, content)
