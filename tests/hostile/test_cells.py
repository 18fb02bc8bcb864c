"""Single cells that hold what no program would write, each in a workbook that is sound otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from outside import CALC, CONSTANTS, INPUTS, WORKBOOK, outcomes, sound
from worked_on import packed

VALUES = {
    "letters": "<v>abc</v>",
    "a letter too many": "<v>5O</v>",
    "an underscore": "<v>1_000</v>",
    "full-width digits": "<v>１２</v>",
    "400 digits": f"<v>{'9' * 400}</v>",
    "10,000 digits": f"<v>{'9' * 10_000}</v>",
    "too large": "<v>1e999</v>",
    "too small": "<v>-1e-320</v>",
    "not a number": "<v>NaN</v>",
    "infinite": "<v>-Infinity</v>",
    "empty": "<v></v>",
    "blank": "<v>  </v>",
    "two values": "<v>1</v><v>2</v>",
    "nested": "<v><v>1</v></v>",
    "495 brackets": f"<f>{'(' * 495}C6{')' * 495}</f><v>1</v>",
    "498 terms": f"<f>C6{'+C6' * 497}</f><v>1</v>",
    "498 signs": f"<f>{'-' * 498}C6</f><v>1</v>",
    "300 functions": f"<f>{'ABS(' * 300}C6{')' * 300}</f><v>1</v>",
    "2,000 square brackets": f"<f>{'T[' * 2_000}</f><v>1</v>",
    "a table's column": f"<f>1250000*0.19+{'3400000*0.07+' * 40}SUM(Table1[Amount])</f><v>1</v>",
    "a formula of quotes": f"<f>{chr(39) * 8_000}</f><v>1</v>",
    "an open text": '<f>"abc</f><v>1</v>',
    "no formula": "<f></f><v>1</v>",
    "half a formula": "<f>C6+</f><v>1</v>",
    "a formula of itself": "<f>{at}</f><v>1</v>",
    "a name that is not there": "<f>nothing_of_the_kind*2</f><v>1</v>",
    "a sheet that is not there": "<f>Nowhere!A1</f><v>1</v>",
    "another file": "<f>[1]Sheet1!A1</f><v>1</v>",
    "a program": "<f>cmd|'/C calc'!A0</f><v>1</v>",
    "a row too far": "<f>A1048577</f><v>1</v>",
    "a column too far": "<f>XFE1+ZZZZ1</f><v>1</v>",
    "row nought": "<f>A0+SUM(A0:B0)</f><v>1</v>",
    "a block from its end": "<f>SUM(D9:C6)</f><v>1</v>",
    "a dozen powers": "<f>9^9^9^9^9^9^9^9^9</f><v>1</v>",
    "a division by nothing": "<f>1/0</f><v>1</v>",
    "a shared formula of nobody": '<f t="shared" si="77"/><v>1</v>',
    "a shared formula without number": '<f t="shared"/><v>1</v>',
    "an array of nothing": '<f t="array">1</f><v>1</v>',
    "an array somewhere": '<f t="array" ref="no address">1</f><v>1</v>',
    "a data table": '<f t="dataTable" ref="C6:D6" dt2D="1" dtr="1" r1="A1" r2="A2" foo="1"/><v>1</v>',
    "a kind of formula": '<f t="quantum">1</f><v>1</v>',
    "a control character": "<f>&#9;C6</f><v>1</v>",
    "a hundred dates": "<f>DATE(9999,12,31)*100</f><v>1</v>",
}  # fmt: skip
KINDS = {
    "a text that is not there": 't="s"><v>999999</v>',
    "a text from the end": 't="s"><v>-1</v>',
    "a text of no number": 't="s"><v>abc</v>',
    "half a text": 't="s"><v>1.5</v>',
    "no truth": 't="b"><v>maybe</v>',
    "a truth of 400 digits": f't="b"><v>{"9" * 400}</v>',
    "no date": 't="d"><v>yesterday</v>',
    "a date far away": 't="d"><v>99999-01-01</v>',
    "a kind that is none": 't="quantum"><v>1</v>',
    "an error": 't="e"><v>#REF!</v>',
    "an error of words": 't="e"><v>broken</v>',
    "a text of nothing": 't="inlineStr">',
    "a text of 40,000 characters": f't="inlineStr"><is><t>{"x" * 40_000}</t></is>',
    "a text of lines": 't="inlineStr"><is><t>a&#10;b&#13;c</t></is>',
    "a style that is not there": 's="99999"><v>1</v>',
    "a style that is none": 's="abc"><v>1</v>',
    "a style from the end": 's="-1"><v>1</v>',
}
NAMES = {
    "one cell for a row": "Inputs!$C$6",
    "another row": "Inputs!$C$7:$D$7",
    "two rows": "Inputs!$C$6:$D$7",
    "another sheet": "Calc!$C$6:$D$6",
    "a sheet that is gone": "#REF!",
    "no cell": "nothing",
    "the last cell": "Inputs!$XFD$1048576",
    "row nought": "Inputs!$C$0:$D$0",
    "from its end": "Inputs!$D$6:$C$6",
    "the first column": "Inputs!$A$6:$B$6",
    "all": "Inputs!$A$1:$XFD$1048576",
    "a quote": "'Inputs!$C$6",
    "nothing": "",
    "itself": "in_draw",
}


def with_cell(path: Path, part: str, inside: str) -> Path:
    """Write the workbook with another content in the first number or formula after the headings of a sheet."""
    content = sound()[part].decode()
    # Above the fifth row there are titles and the status.
    cells = re.finditer(r'<c r="(C(?:[5-9]|\d\d+))"([^>]*)>(?:<f>|<v>)', content)
    cell = next(cell for cell in cells if 't="s' not in cell[2])
    end = content.index("</c>", cell.start())
    head = f'<c r="{cell[1]}"{"" if inside.startswith("<") else " "}'
    body = f">{inside}" if inside.startswith("<") else inside
    text = content[: cell.start()] + head + body.replace("{at}", cell[1]) + content[end:]
    return packed({**sound(), part: text.encode()}, path)


@pytest.mark.parametrize("kind", [*VALUES, *KINDS])
def test_a_cell_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    inside = VALUES[kind] if kind in VALUES else KINDS[kind]
    part = CALC if "<f" in inside else CONSTANTS if inside.startswith("s=") else INPUTS
    assert dict(outcomes(with_cell(tmp_path / "sent.xlsx", part, inside)))


@pytest.mark.parametrize("name", ["in_draw", "head_inputs", "head_calc", "built_options"])
@pytest.mark.parametrize("kind", NAMES)
def test_a_name_that_means_something_else(tmp_path: Path, kind: str, name: str) -> None:
    content = sound()[WORKBOOK].decode()
    changed, count = re.subn(rf'(?<=name="{name}">)[^<]*', lambda _: NAMES[kind], content)
    assert count == 1
    assert dict(outcomes(packed({**sound(), WORKBOOK: changed.encode()}, tmp_path / "sent.xlsx")))


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<v>abc</v>", "holds 'abc', which is no value of a cell of its kind."),
        ("<v>1_000</v>", "holds '1_000', which is no value of a cell of its kind."),
        ('t="s"><v>-1</v>', "holds '-1', which is no value of a cell of its kind."),
        ('t="s"><v>999999</v>', "holds '999999', which is no value of a cell of its kind."),
        ('t="quantum"><v>1</v>', "holds '1', which is no value of a cell of its kind."),
    ],
)
def test_the_cell_is_named(tmp_path: Path, inside: str, said: str) -> None:
    refused = dict(outcomes(with_cell(tmp_path / "sent.xlsx", INPUTS, inside)))["edits"]
    assert refused is not None
    assert refused.startswith("sent.xlsx is not read: on its sheet 'Inputs', C6 ")
    assert refused.endswith(said)
