"""Check 10: the formula map covers every calculation cell once, and every link leads where it says."""

from __future__ import annotations

from collections import Counter

import pytest
from built import Built
from mapped import covers, entries

from unitledger import templates


@pytest.fixture(scope="module", params=templates.names())
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Each template's workbook in turn, with the map."""
    path = tmp_path_factory.mktemp("mapped") / "mapped.xlsx"
    return Built.of(templates.find(request.param)(), path, sheets=["+Formula map"])


def test_every_formula_is_in_the_map_once(template: Built) -> None:
    mapped = entries(template.book)
    found = Counter(sum(covers(entry, *place) for entry in mapped) for place in template.formulas)

    assert set(found) == {1}


def test_every_line_has_its_own_entry(template: Built) -> None:
    cells = {at for sheet, at in entries(template.book) if sheet == "Calc"}
    labels = {held for (sheet, at), held in template.cached.items() if sheet == "Formula map" and at[0] == "B"}
    options = list(template.ledger.options)

    for name, line in template.ledger.lines.items():
        first, last = template.line(name, options[0]), template.line(name, options[-1])
        assert (first if first == last else f"{first}:{last}") in cells, name
        assert line.label in labels, name


def test_every_link_leads_where_it_says(template: Built) -> None:
    followed = 0
    for sheet in template.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is None:
                    continue
                assert cell.hyperlink.target is None, "no link leads out of the file"
                there, _, address = str(cell.hyperlink.location).rpartition("!")
                target = template.book[there.strip("'")]
                first = address.replace("$", "")
                said = {target[first].value, target[f"A{target[first].row}"].value}
                shown = str(cell.value)
                if shown.startswith("Sheets for readers, "):
                    assert target.title == "Checks"
                elif "!" in shown:
                    assert shown.partition(":")[0].replace("'", "") == f"{target.title}!{first}"
                elif first == "A1":
                    assert shown.removeprefix("‹ ") == target.title
                else:
                    assert cell.value in said, (sheet.title, cell.coordinate)
                followed += 1
    assert followed > len(template.ledger.lines)
