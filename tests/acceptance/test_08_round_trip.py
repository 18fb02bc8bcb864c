"""Check 8: values written into a workbook that people have worked on; nothing is lost, and nothing shown is stale."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from built import Built
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from recalculate import (
    Cells,
    agree,
    formualizer,
    formulas,
    held,
    libreoffice,
    named_cells,
    saved_all_by_libreoffice,
    saved_by_libreoffice,
)
from strategies import ledgers
from worked_on import ASSUMED, NOTES, parts, sheet_parts, worked_on

from unitledger import templates
from unitledger.compute.alerts import check_options
from unitledger.errors import OptionRefused
from unitledger.ledger import Ledger
from unitledger.model import Assumption, Choice, Figure, anchor
from unitledger.units import quantity

# openpyxl says what it would lose.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension is not supported")

FILLED: dict[str, dict[str, str | None]] = {
    "rtx4090": {"tariff": "200 USD/MWh"},
    "h100": {"tariff": "0.1 USD/kWh", "gpu_price": "20000 USD/gpu"},
    "design1": {"scheme": "hybrid"},
    "farm": {"scheme": None},
}
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)')


@pytest.fixture
def edited(serving: Built, tmp_path: Path) -> Path:
    """The serving workbook after finance has worked on it."""
    cost, energy = (f"Calc!{serving.line(name, 'rtx4090')}" for name in ("token_cost", "energy"))
    noted = [
        (f"={cost}*2", serving.cached["Calc", serving.line("token_cost", "rtx4090")] * 2),
        ("=1+1", 2),
        (f"=VLOOKUP({cost},{cost}:{energy},1)", 5),
        ("=MONTH(TODAY())", 5),
        (f"{{=SUM({cost}*1)}}", 5),
        ("=A5+1", 6),
        ("=VLOOKUP(2,A2:B2,1)", 2),
    ]
    return worked_on(serving.path, tmp_path / "edited.xlsx", noted)


@pytest.fixture
def filled(serving: Built, edited: Path, tmp_path: Path) -> Path:
    return serving.ledger.fill(edited, FILLED, tmp_path / "filled.xlsx")


def typed_cells(path: Path, settings: dict[str, Any], options: list[str]) -> set[str]:
    rows = {name: cells for name, (_, cells) in named_cells(path, "in_").items()}
    return {rows[f"in_{anchor(name)}"][options.index(option)] for option, given in settings.items() for name in given}


def cells_of(xml: bytes) -> dict[str, str]:
    return {found[1]: found[0] for found in _CELL.finditer(xml.decode())}


def between_cells(xml: bytes) -> str:
    return _CELL.sub("", xml.decode())


def without_value(cell: str) -> str:
    return re.sub(r' t="\w+"|<v>.*?</v>|<v/>', "", cell)


# To formualizer 0.3565 and what is computed as 0.35650000000000004 are two numbers, to Excel and LibreOffice one.
_TO_THE_LAST_BIT = re.compile(r"=IF\(AND\([A-Z]+[0-9]+=")


def unlike(path: Path, computed: Cells, *, exactly: bool = True) -> list[str]:
    """Formulas whose value in the file is another than an engine finds; those without a value do not count."""
    kept = held(path)
    return [
        f"{place}: kept {kept[place]!r}, computed {computed.get(place)!r}"
        for place, text in formulas(path).items()
        if place in kept
        and not agree(kept[place], computed.get(place))
        and (exactly or not _TO_THE_LAST_BIT.match(text))
    ]


def test_what_finance_did_is_read(serving: Built, edited: Path) -> None:
    edits = serving.ledger.read_edits(edited)
    assert (edits.changes, edits.problems, edits.calculations) == ((), (), ())


def test_every_part_but_those_that_must_change_stays_byte_for_byte(edited: Path, filled: Path) -> None:
    before, after = parts(edited), parts(filled)
    # A figure typed over the formula that fetched the base option's takes the order of calculation with it.
    assert set(before) - set(after) == {"xl/calcChain.xml"}
    changed = {name for name in after if before[name] != after[name]}
    sheets = sheet_parts(before)
    told = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    assert changed <= {"xl/workbook.xml", *told, *sheets.values()}
    assert all(b"calcChain" in before[name] for name in changed & told)
    assert sheets["Calc"] in changed, "its strip shows the state"
    assert after["xl/workbook.xml"] == before["xl/workbook.xml"].replace(b"<calcPr ", b'<calcPr fullCalcOnLoad="1" ')


def test_in_the_sheets_only_these_cells_and_shown_values_change(serving: Built, edited: Path, filled: Path) -> None:
    before, after = parts(edited), parts(filled)
    typed = typed_cells(edited, FILLED, list(serving.ledger.options))
    was, now = formualizer(edited), formualizer(filled)
    for sheet, part in sheet_parts(before).items():
        assert between_cells(before[part]) == between_cells(after[part])
        old, new = cells_of(before[part]), cells_of(after[part])
        changed = {at for at in old if old[at] != new[at]}
        here = typed if sheet == ASSUMED else set()
        shown = {at for at in changed if "<f" in old[at]} - here
        assert changed - shown == here
        assert all(without_value(old[at]) == without_value(new[at]) for at in shown)
        if sheet != NOTES:
            moved = {
                at for (other, at), held in now.items() if other == sheet and not agree(was.get((other, at)), held)
            }
            changed_by_engine = moved & {at for at in old if "<f" in old[at]} - here
            assert changed_by_engine <= shown, sheet
            unmoved = {at: new[at] for at in shown - moved}
            assert all(_TO_THE_LAST_BIT.search("=" + cell.partition("<f>")[2]) for cell in unmoved.values()), unmoved


def test_nothing_that_is_shown_is_stale(serving: Built, filled: Path) -> None:
    assert unlike(filled, formualizer(filled), exactly=False) == []
    shown, anew = held(filled), serving.ledger.with_settings(FILLED)
    for (name, option), place in serving.lines().items():
        assert agree(shown[place], anew.values(option)[name]), (name, option)
    assert [shown["Summary", f"{letter}2"] for letter in "AB"] == ["Integrity: OK", "State: EDITED (5)"]


def test_what_only_a_spreadsheet_can_tell_keeps_no_value(filled: Path) -> None:
    shown, computed = held(filled), formualizer(filled)
    cost = computed[NOTES, "A1"]
    assert [shown.get((NOTES, f"A{row}")) for row in range(1, 8)] == [pytest.approx(cost), 2, None, None, None, None, 2]
    empty = {place for place in formulas(filled) if place not in shown and computed[place]}
    assert {sheet for sheet, _ in empty} == {NOTES}


def test_the_edits_are_exactly_what_was_filled_in(serving: Built, filled: Path) -> None:
    edits = serving.ledger.read_edits(filled)
    assert {(edit.name, edit.option, str(edit.new)) for edit in edits} == {
        ("tariff", "rtx4090", "0.2 USD/kWh"),
        ("tariff", "h100", "0.1 USD/kWh"),
        ("gpu_price", "h100", "20000 USD/gpu"),
        ("scheme", "design1", "hybrid"),
        ("scheme", "farm", "None"),
    }
    assert (edits.problems, edits.calculations) == ((), ())


def test_the_file_keeps_to_the_schema(edited: Path, filled: Path) -> None:
    from openxml_audit import OpenXmlValidator

    for path in (edited, filled):
        assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_finds_the_same(serving: Built, filled: Path) -> None:
    found = libreoffice(filled)
    assert unlike(filled, found) == []
    anew = serving.ledger.with_settings(FILLED)
    for (name, option), place in serving.lines().items():
        assert agree(found[place], anew.values(option)[name]), (name, option)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_file_that_libreoffice_saved_is_filled(serving: Built, edited: Path, tmp_path: Path) -> None:
    saved = saved_by_libreoffice(edited, tmp_path / "saved")
    filled = serving.ledger.fill(saved, FILLED, tmp_path / "filled.xlsx")
    assert len(serving.ledger.read_edits(filled).changes) == 5
    assert unlike(filled, libreoffice(filled)) == []


def own(ledger: Ledger, name: str, option: str) -> Figure | None:
    """What an option itself sets an input to."""
    settings = ledger.options[option].settings
    return ledger.setting(name, option).figure if option == ledger.base or name in settings else None


def test_a_second_filling_takes_the_first_back(serving: Built, edited: Path, filled: Path, tmp_path: Path) -> None:
    ledger = serving.ledger
    before = {option: {name: own(ledger, name, option) for name in given} for option, given in FILLED.items()}
    again = ledger.fill(filled, before, tmp_path / "again.xlsx")
    assert not ledger.read_edits(again).changes
    shown, first = held(again), held(edited)
    assert [
        place for place in formulas(again) if place[0] != NOTES and not agree(shown.get(place), first.get(place))
    ] == []


def other_values(ledger: Ledger) -> dict[str, Any]:
    """The last word of each choice and the low end of each range that can be, or a quarter more of the first input."""
    given: dict[str, Any] = {}
    for name, entry in ledger.inputs.items():
        setting = ledger.setting(name)
        others: list[Any] = []
        if isinstance(entry, Choice):
            others = list(reversed(entry.words))
        elif setting.low is not None:
            others = [quantity(setting.low, entry.unit)]
        given |= next(({name: other} for other in others if can_be(ledger, {**given, name: other})), {})
    if not given:
        first = next(entry for entry in ledger.inputs.values() if isinstance(entry, Assumption))
        given = {first.name: quantity(float(first.setting.value) * 1.25, first.unit)}
    return given


def can_be(ledger: Ledger, given: dict[str, Any]) -> bool:
    """Whether the ledger refuses no option with this set in the base option."""
    try:
        check_options(ledger.with_settings({ledger.base: given}), ledger.options)
    except OptionRefused:
        return False
    return True


def test_each_template(template: Built, tmp_path: Path) -> None:
    ledger, given = template.ledger, other_values(template.ledger)
    filled = ledger.fill(template.path, {ledger.base: given}, tmp_path / "filled.xlsx")
    shown, anew = held(filled), ledger.with_settings({ledger.base: given})
    assert all(agree(shown[place], anew.values(option)[name]) for (name, option), place in template.lines().items())
    assert {place for place in formulas(filled) if place not in shown} <= {
        place for place in template.formulas if template.cached.get(place) is None
    } | {place for place, value in formualizer(filled).items() if value == ""}
    assert {edit.name for edit in ledger.read_edits(filled)} <= set(given)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_finds_the_same_in_each_template(tmp_path: Path) -> None:
    paths = []
    for name in templates.names():
        ledger = templates.find(name)()
        path = ledger.to_excel(tmp_path / f"{name}.xlsx")
        paths.append(ledger.fill(path, {ledger.base: other_values(ledger)}, path))
    saved_all_by_libreoffice(paths, tmp_path / "saved")
    assert {path.stem: unlike(path, held(tmp_path / "saved" / path.name)) for path in paths} == {
        path.stem: [] for path in paths
    }


@given(book=ledgers(most_options=3, most_lines=4), data=st.data())
@settings(max_examples=10, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_values_filled_into_random_ledgers_come_back(book: Ledger, data: st.DataObject) -> None:
    given: dict[str, dict[str, Any]] = {}
    for option in book.options:
        for name in data.draw(st.lists(st.sampled_from(list(book.inputs)), unique=True, max_size=3)):
            entry = book.input(name)
            if isinstance(entry, Choice):
                new: Any = data.draw(st.sampled_from(entry.words))
            else:
                new = quantity(data.draw(st.floats(1e-6, 1, allow_subnormal=False)), entry.unit)
            given.setdefault(option, {})[name] = new if option == book.base else data.draw(st.sampled_from([new, None]))
    with TemporaryDirectory() as folder:
        filled = book.fill(book.to_excel(Path(folder, "random.xlsx")), given, Path(folder, "filled.xlsx"))
        changed, anew = book.read_edits(filled).apply(), book.with_settings(given)
        for option in book.options:
            for name in book.inputs:
                left, right = changed.setting(name, option).value, anew.setting(name, option).value
                assert left == pytest.approx(right, rel=1e-15) if isinstance(left, float) else left == right
        shown = held(filled)
        assert unlike(filled, formualizer(filled), exactly=False) == []
        assert {
            place: text for place, text in formulas(filled).items() if place[0] == "Calc" and place not in shown
        } == {}
