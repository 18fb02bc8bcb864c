"""Charts: native, following the cells that they show, with titles, units, alternative texts and filled caches."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest
from drawn import Drawn, alternative_texts, charts, unlike_cells
from first_sheet import row_of
from recalculate import held

from unitledger.ledger import Ledger
from unitledger.workbook.file.write import Properties, render
from unitledger.workbook.look.style import FILLS
from unitledger.workbook.sheet import CLEAR, Axis, Cells, Chart, ChartKind, Place, Series, Sheet
from unitledger.workbook.sheets.summary.summing import shortened

NUMBER, TEXT = ("number", "0.00"), ("text", "")
NAME = "Tea & cake"


def cell(row: int, column: int) -> Cells:
    return Cells(NAME, (row, row), (column, column))


def drawn_sheet(kind: ChartKind, series: int = 2) -> Sheet:
    """Five rows of figures under headings, and a chart of them."""
    sheet = Sheet(NAME)
    for column, said in enumerate(["What moves it", *(f"series {place}" for place in range(series))]):
        sheet.text(0, column, said, TEXT)
    for row in range(1, 6):
        if kind == "lines":
            sheet.number(row, 0, row / 4, NUMBER)
        else:
            sheet.text(row, 0, f"assumption {row}", TEXT)
        for column in range(1, series + 1):
            sheet.number(row, column, (1 if column > 1 else -1) * (6 - row) / 7, NUMBER)
    sheet.text(6, 0, "Load [%]", TEXT)
    sheet.text(6, 1, "USD/h", TEXT)
    sheet.charts.append(
        Chart(
            kind,
            cell(0, 0),
            tuple(
                Series(cell(0, column), Cells(NAME, (1, 5), (column, column)), Cells(NAME, (1, 5), (0, 0)))
                for column in range(1, series + 1)
            ),
            over=Axis(cell(6, 0), "0%") if kind == "lines" else Axis(),
            measure=Axis(cell(6, 1), "0.0"),
            alt=f"A chart of {kind}.",
            place=Place((8, 1), (480, 270)),
        )
    )
    return sheet


def written(folder: Path, sheet: Sheet) -> Path:
    path = folder / "drawn.xlsx"
    path.write_bytes(render([sheet], Properties("Drawn", "1", date(2024, 3, 1))))
    return path


@pytest.fixture(params=get_args(ChartKind))
def kind(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_every_kind_holds_what_the_cells_hold(kind: ChartKind, tmp_path: Path) -> None:
    path = written(tmp_path, drawn_sheet(kind))

    (drawn,) = charts(path)
    assert unlike_cells(drawn, held(path)) == []
    # Title and title of the axis, and of each series its name, its figures, and what they stand over.
    assert len(drawn.caches()) == 2 + (kind == "lines") + 2 * 3
    assert drawn.referred("chart/title") == ["'Tea & cake'!$A$1"]
    assert drawn.referred("valAx/title")[-1:] == ["'Tea & cake'!$B$7"]
    assert alternative_texts(path) == [f"A chart of {kind}."]


def test_a_cache_that_differs_from_its_cells_would_be_found(tmp_path: Path) -> None:
    path = written(tmp_path, drawn_sheet("bars"))
    cells = held(path)
    cells[NAME, "B3"] = 7

    assert unlike_cells(charts(path)[0], cells) == ["'Tea & cake'!$B$2:$B$6"]


def test_the_format_is_kept_to(kind: ChartKind, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    path = written(tmp_path, drawn_sheet(kind, len(FILLS)))

    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_two_builds_are_equal_to_the_byte(kind: ChartKind, tmp_path: Path) -> None:
    first = written(tmp_path, drawn_sheet(kind)).read_bytes()

    assert written(tmp_path, drawn_sheet(kind)).read_bytes() == first


def drawn_as(kind: ChartKind, folder: Path) -> Drawn:
    (drawn,) = charts(written(folder, drawn_sheet(kind)))
    return drawn


def test_bars_stand_beneath_each_other_and_parts_beside(tmp_path: Path) -> None:
    bars, stacked = drawn_as("bars", tmp_path), drawn_as("stacked", tmp_path)

    assert [drawn.values("barChart/grouping") for drawn in (bars, stacked)] == [["clustered"], ["stacked"]]
    assert [drawn.values("barChart/barDir") for drawn in (bars, stacked)] == [["bar"], ["bar"]]
    assert [drawn.values("catAx/scaling/orientation") for drawn in (bars, stacked)] == [["maxMin"], ["maxMin"]]
    assert [drawn.values("catAx/tickLblSkip") for drawn in (bars, stacked)] == [["1"], ["1"]]
    assert stacked.values("barChart/overlap") == ["100"]
    assert stacked.values("legend/legendPos") == ["b"]


def test_a_tornado_has_bars_to_both_sides_of_zero_with_the_first_on_top(tmp_path: Path) -> None:
    drawn = drawn_as("tornado", tmp_path)

    assert drawn.values("barChart/barDir") == ["bar"]
    assert drawn.values("barChart/grouping") == ["clustered"]
    assert drawn.values("barChart/overlap") == ["100"]
    assert drawn.values("catAx/scaling/orientation") == ["maxMin"]
    assert drawn.values("catAx/tickLblPos") == ["low"]
    assert drawn.values("valAx/tickLblPos") == ["high"]


def test_lines_run_straight_over_numbers_without_marks(tmp_path: Path) -> None:
    drawn = drawn_as("lines", tmp_path)

    assert drawn.values("scatterChart/scatterStyle") == ["lineMarker"]
    assert drawn.referred("ser/xVal") == ["'Tea & cake'!$A$2:$A$6"] * 2
    assert drawn.values("ser/marker/symbol") == ["none", "none"]
    assert drawn.referred("valAx/title") == ["'Tea & cake'!$A$7", "'Tea & cake'!$B$7"]
    assert [axis.find("{*}numFmt").get("formatCode") for axis in drawn.all("valAx")] == ["0%", "0.0"]  # type: ignore[union-attr]


def test_one_series_needs_no_legend(tmp_path: Path) -> None:
    (drawn,) = charts(written(tmp_path, drawn_sheet("bars", 1)))

    assert drawn.all("legend") == []


def test_a_series_without_a_fill_only_takes_room_and_headings_in_cells_need_no_title(tmp_path: Path) -> None:
    sheet = drawn_sheet("tornado")
    (chart,) = sheet.charts
    first, second = chart.series
    plain = attrs.evolve(first, name=None, labels="+0.0;-0.0;"), attrs.evolve(second, name=None, fill=CLEAR)
    sheet.charts[:] = [attrs.evolve(chart, title=None, measure=None, series=plain)]
    (drawn,) = charts(written(tmp_path, sheet))

    assert [drawn.all("chart/title"), drawn.all("legend")] == [[], []]
    assert len(drawn.root.findall(".//{*}ser/{*}spPr/{*}noFill")) == 1
    assert [each.get("formatCode") for each in drawn.all("ser/dLbls/numFmt")] == ["+0.0;-0.0;"]
    assert drawn.values("valAx/tickLblPos") == ["none"]


def test_words_that_look_like_numbers_stay_words(tmp_path: Path) -> None:
    book = Ledger("Rent", option="2024")
    book.headline(book.line("cost", book.assume("rate", "100 USD/month")))
    book.option("2025", {"rate": "80 USD/month"})
    path = book.to_excel(tmp_path / "rent.xlsx")

    (drawn,) = charts(path)
    row = row_of(held(path), "Key figures")
    assert set(drawn.referred("ser/cat/strRef")) == {f"Summary!$C${row}:$D${row}"}
    assert unlike_cells(drawn, held(path)) == []


def test_bars_of_figures_that_are_much_alike_begin_at_zero(tmp_path: Path) -> None:
    book = Ledger("Rent", option="today")
    book.headline(book.line("cost", book.assume("rate", "100 USD/month")))
    book.option("offer", {"rate": "98 USD/month"})
    path = book.to_excel(tmp_path / "rent.xlsx")

    (drawn,) = charts(path)
    row = row_of(held(path), "Where bars begin")
    assert drawn.referred("ser/val/numRef")[1] == f"Summary!$C${row}"
    assert held(path)["Summary", f"C{row}"] == 0
    assert drawn.values("barChart/overlap") == ["100"]


def test_names_that_begin_alike_keep_how_they_end() -> None:
    names = ["Rent of the house by the river", "Rent of the house by the mill", "Staff, cleaning and guards"]
    assert list(shortened(names, 24).values()) == ["Rent of… the river", "Rent of… by the mill", "Staff, cleaning and…"]


def test_names_that_begin_and_end_alike_keep_where_they_differ() -> None:
    names = [f"An option with a long name, number {place} of twelve, rented by the hour" for place in range(12)]

    assert list(shortened(names, 24).values())[-2:] == ["An option… 10 of…", "An option… 11 of…"]
