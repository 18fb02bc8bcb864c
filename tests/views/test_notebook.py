"""A ledger, a sweep and returned edits in a notebook, and a ledger in a terminal."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from unitledger.ledger import Ledger
from unitledger.workbook.returned.edits import Calculation, Edit, Edits, Problem

HOSTILE = "<script>alert('x')</script> & \"$1$\""


class Page(HTMLParser):
    """Reads a page: the rows of its tables, its other texts, and every tag and attribute; tags must be balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1] in {"td", "th"}:
            self.tables[-1][-1][-1] += data
        elif data.strip():
            self.texts.append(data)


def test_a_ledger_shows_lines_by_section_with_options_as_columns(machine: Ledger) -> None:
    page = Page(machine._repr_html_())
    lines, inputs, constants = page.tables

    assert lines == [
        ["Line", "rented", "bought", "Unit", "How it is worked out"],
        ["Bill"],
        ["Energy", "0.5", "0.5", "USD/h", "Draw × Power: tariff"],
        ["Hire", "10", "5", "USD/h", "Rent"],
        ["Metered", "1", "1", "USD/h", "Watchman × Share of time sold"],
        ["Flat", "4", "4", "USD/h", "Watchman + Watchman"],
        ["Guard", "1", "4", "USD/h", "the case of (Billing, Metered, Flat)"],
        ["An hour", "11.5", "9.5", "USD/h", "sum of (Energy, Hire, Guard)"],
        ["Sale"],
        ["An hour sold", "24", "20", "USD/h", "(An hour + Energy) ÷ Share of time sold"],
    ]
    assert inputs[:2] == [["Input", "What it is", "rented", "bought", "Unit", "Source"], ["Energy"]]
    assert ["load", "Share of time sold", "50", "50", "%", "source not stated (2024-03-01)"] in inputs
    assert ["rent", "Rent", "7,300", "3,650", "USD/month", "offer 1 (2024-03-01); offer 2 (2024-03-02)"] in inputs
    assert ["billing", "Billing", "metered", "flat", "", "house contract (2024-03-01); offer 2 (2024-03-02)"] in inputs
    assert constants[1] == ["watchman", "Watchman", "2", "USD/h", "house contract (2024-03-01)"]
    assert page.texts == [
        "Cost of an hour, as of 2024-03-01",
        "Answer: An hour sold, the lower the better.",
        "Recommended (rented, bought): Turn the watchman off",
        "Alert (rented, bought): The watchman costs more than the energy",
        "Not in these figures: staff, repairs.",
        "Inputs (5)",
        "Constants (1)",
    ]


def test_inputs_are_folded_away_and_numbers_stand_to_the_right(machine: Ledger) -> None:
    html = machine._repr_html_()

    assert html.index("<details>") > html.index("An hour sold")
    assert '<td style="text-align: right">24</td>' in html
    assert '<td style="text-align: left">Rent</td>' in html


def test_a_page_needs_no_style_sheet_and_no_script_and_is_the_same_every_time(machine: Ledger) -> None:
    page = Page(machine._repr_html_())

    assert page.tags <= {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "details", "summary"}
    assert page.attributes <= {"class", "style", "scope", "colspan"}
    assert machine._repr_html_() == machine.with_settings({})._repr_html_()


def test_hostile_labels_are_shown_and_do_nothing() -> None:
    book = Ledger(HOSTILE, option=HOSTILE, excludes=[HOSTILE])
    book.section(HOSTILE)
    rent = book.assume("rent", "2 USD/h", label=HOSTILE, source=HOSTILE)
    book.headline(book.line("hour", rent, label=f"Hour {HOSTILE}"))
    book.alert(rent > 0, HOSTILE)

    for html in (book._repr_html_(), book.trace("hour")._repr_html_()):
        page = Page(html)
        assert "script" not in page.tags
        assert "$1$" in html
        assert 'class="tex2jax_ignore mathjax_ignore"' in html
    lines, inputs = Page(book._repr_html_()).tables
    assert lines[1:] == [[HOSTILE], [f"Hour {HOSTILE}", "2", "USD/h", HOSTILE]]
    assert inputs[2] == ["rent", HOSTILE, "2", "USD/h", HOSTILE]


def test_an_option_without_a_value_says_why_and_the_others_are_shown(machine: Ledger) -> None:
    page = Page(machine.with_settings({"bought": {"load": "0 %"}})._repr_html_())

    assert page.tables[0][-1][1:3] == ["24", "no value"]
    assert page.texts[1] == (
        "Line 'sold' has no value in option 'bought': it divides by zero ((hour + energy) ÷ load; hour = 9.5 USD/h, "
        "energy = 0.5 USD/h, load = 0 %). Check these inputs."
    )


def test_an_empty_ledger_says_what_to_do() -> None:
    page = Page(Ledger("Nothing yet")._repr_html_())

    assert page.tables == []
    assert page.texts == ["Nothing yet", "No lines yet: add one with line(name, formula) or add(cost line)."]


def test_a_sweep_shows_numbers_in_the_units_of_its_headings(machine: Ledger) -> None:
    table = machine.sweep(load=["25 %", "50 %"], billing=["metered", "flat"], outputs=["sold"])

    # With a quarter sold the watchman costs 0.5 or 4: (11 + 0.5) / 25 % and (14.5 + 0.5) / 25 %.
    assert Page(table._repr_html_()).tables == [
        [
            ["load [%]", "billing", "sold [USD/h]"],
            ["25", "metered", "46"],
            ["25", "flat", "60"],
            ["50", "metered", "24"],
            ["50", "flat", "30"],
        ]
    ]


def test_a_large_sweep_shows_its_first_rows(machine: Ledger) -> None:
    page = Page(machine.sweep(draw=[float(draw) for draw in range(1500)])._repr_html_())

    assert len(page.tables[0]) == 1 + 60
    assert page.texts == ["The first 60 of 1,500 rows; rows(), to_frame() and to_csv(path) give all."]


def test_returned_edits_show_as_tables(machine: Ledger, tmp_path: Path) -> None:
    path = machine.to_excel(tmp_path / "machine.xlsx")
    assert Page(machine.read_edits(path)._repr_html_()).texts[-1] == (
        "No name of an option, input, unit or formula differs from the ledger."
    )
    book = load_workbook(path)
    sheet, cells = book.defined_names["in_rent"].attr_text.replace("$", "").split("!")
    cell = cells.partition(":")[0]
    book[sheet][cell] = 1460
    book.save(path)

    page = Page(machine.read_edits(path)._repr_html_())

    assert page.texts[0] == "machine.xlsx: 1 input changed, 0 problems, 0 calculations changed."
    assert page.tables == [
        [
            ["input", "option", "was", "is now", "cell"],
            ["rent", "rented", "7300 USD/month", "1460 USD/month", f"{sheet}!{cell}"],
        ]
    ]


@pytest.mark.parametrize("shown", [HOSTILE, "\x1b[31m"])
def test_what_a_workbook_says_is_shown_as_text(machine: Ledger, shown: str) -> None:
    edits = Edits(
        machine,
        shown,
        (Edit("draw", "rented", shown, shown, "Inputs!C4", shown),),
        (Problem("load", "rented", "Inputs!C6", shown),),
        (Calculation("hour", ("rented",), "Calc!C9", shown, shown, shown),),
        (shown,),
    )
    html = edits._repr_html_()
    page = Page(html)

    assert len(page.tables) == 3
    assert "script" not in page.tags
    assert "\x1b" not in html
    assert page.texts[1] == shown.replace("\x1b", " ")
