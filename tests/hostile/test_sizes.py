"""Small files that claim, name or hold more than anybody can use: refused or answered within seconds and bounds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from outside import CALC, CONSTANTS, CONTENT_TYPES, INPUTS, RELATIONS, STYLES, WORKBOOK, outcomes, refusal, sound
from worked_on import packed

from unitledger.errors import WorkbookRefused
from unitledger.workbook import Limits, reading
from unitledger.workbook.audit.verify import recalculated
from unitledger.workbook.cells import read_book

SENT = "sent.xlsx is not read: "
MOST_MEGABYTES = 500


def rows(added: str, part: str = INPUTS) -> dict[str, bytes]:
    """Return parts in which rows follow those of a sheet."""
    return {part: sound()[part].replace(b"</sheetData>", f"{added}</sheetData>".encode())}


def cell(inside: str, part: str = CALC) -> dict[str, bytes]:
    """Return parts in which a sheet has one more cell."""
    return rows(f'<row r="900"><c r="A900">{inside}</c></row>', part)


def named(reference: str) -> dict[str, bytes]:
    """Return parts in which the name of an input means something else."""
    before = sound()[WORKBOOK]
    start = before.index(b">", before.index(b'name="in_draw"')) + 1
    return {WORKBOOK: before[:start] + reference.encode() + before[before.index(b"<", start) :]}


def sheets(count: int) -> dict[str, bytes]:
    """Return parts with this many sheets more, each a part of its own or, beyond a thousand, all the same."""
    added = "".join(f'<sheet name="s{place}" sheetId="{place + 500}" r:id="rId500"/>' for place in range(count))
    relation = b'<Relationship Id="rId500" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    return {
        WORKBOOK: sound()[WORKBOOK].replace(b"</sheets>", f"{added}</sheets>".encode()),
        RELATIONS: sound()[RELATIONS].replace(b"</Relationships>", relation),
    }


def cells(count: int) -> str:
    return "".join(f"<c><v>{place * 7919 % 100_003}</v></c>" for place in range(count))


def sums(count: int, height: int) -> str:
    """Return formulas that each look at a block which begins one row further down."""
    each = (f'<c r="A{row}"><f>SUM(B{row}:B{row + height})</f><v>0</v></c>' for row in range(1_000, 1_000 + count))
    return "".join(f'<row r="{row}">{held}</row>' for row, held in enumerate(each, 1_000))


def doubled(count: int) -> str:
    """Return formulas each of which shows the text above it twice."""
    first = '<row r="900"><c r="A900"><f>REPT("a",1000)</f><v>1</v></c></row>'
    each = (
        f'<row r="{at}"><c r="A{at}"><f>A{at - 1}&amp;A{at - 1}</f><v>1</v></c></row>' for at in range(901, 900 + count)
    )
    return first + "".join(each)


def far(content: bytes) -> bytes:
    """Return a sheet whose last row lies at its end."""
    last = content.rindex(b'<row r="')
    row = re.match(rb'<row r="(\d+)"', content[last:])
    assert row is not None
    return content[:last] + re.sub(rb'(?<=r=")([A-Z]*)' + row[1] + rb'(?=")', rb"\g<1>1048576", content[last:])


grown = 'SUBSTITUTE(REPT("a",32767),"a",REPT("b",32767))'
MANY = f"{SENT}it has more than 800,000 cells, which is how many are allowed."
REFUSED: dict[str, tuple[Callable[[], dict[str, bytes]], str]] = {
    "cells without address": (lambda: rows("".join(f"<row>{cells(16_000)}</row>" for _ in range(63))), MANY),
    "cells in one row": (
        lambda: rows(f"<row>{cells(200_000)}</row>"),
        f"{SENT}its part '{INPUTS}' has a row of more than 16,384 cells.",
    ),
    "empty rows": (
        lambda: rows("".join(f'<row ht="{place * 7919 % 100_003}"/>' for place in range(1_000_000))),
        MANY,
    ),
    "a row far away": (
        lambda: rows('<row r="10000000000"><c/></row>'),
        f"{SENT}on its sheet 'Inputs', row 10000000000, column 1, lies outside every sheet.",
    ),
    "a row before the first": (
        lambda: rows('<row r="0"><c/></row>'),
        f"{SENT}on its sheet 'Inputs', row 0, column 1, lies outside every sheet.",
    ),
    "a column far away": (
        lambda: rows('<row r="900"><c r="ZZZ900"><v>1</v></c></row>'),
        f"{SENT}on its sheet 'Inputs', row 900, column 18278, lies outside every sheet.",
    ),
    "an array over the sheet": (lambda: cell('<f t="array" ref="A1:XFD1048576">1</f><v>1</v>', INPUTS), MANY),
    "a data table over the sheet": (lambda: cell('<f t="dataTable" ref="A1:XFD1048576"/><v>1</v>', INPUTS), MANY),
    "a long formula": (
        lambda: cell(f"<f>1{'+1' * 5_000}</f><v>1</v>", INPUTS),
        f"{SENT}on its sheet 'Inputs', A900 holds a formula of 10,002 characters; 8,192 are allowed.",
    ),
    "sheets": (lambda: sheets(10_000), f"{SENT}it has 10,009 sheets; 255 are allowed."),
    "sheets of one name": (
        lambda: {WORKBOOK: sound()[WORKBOOK].replace(b'name="Calc"', b'name="Inputs"')},
        f"{SENT}two of its sheets are named 'Inputs'.",
    ),
}
ANSWERED: dict[str, Callable[[], dict[str, bytes]]] = {
    "a dimension of everything": lambda: {
        part: sound()[part].replace(b"<dimension ", b'<dimension ref="A1:XFD1048576" was_') for part in (INPUTS, CALC)
    },
    "everything merged": lambda: {
        INPUTS: sound()[INPUTS].replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )
    },
    "the last cell": lambda: rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a reference to everything": lambda: cell("<f>SUM(Inputs!A1:XFD1048576)</f><v>1</v>"),
    "a reference to all rows": lambda: cell("<f>SUM(Inputs!1:1048576)</f><v>1</v>"),
    "a reference to all columns": lambda: cell("<f>SUM(Inputs!A:XFD)</f><v>1</v>"),
    "a product of everything": lambda: cell("<f>SUMPRODUCT(Inputs!A1:XFD1048576*1)</f><v>1</v>"),
    "a search in everything": lambda: cell("<f>COUNTIF(Inputs!A1:XFD1048576,1)</f><v>1</v>"),
    "sums over one another": lambda: rows(sums(2_000, 5_000), CALC),
    "wide sums": lambda: rows(sums(300, 1_000_000), CALC),
    "a reference made of text": lambda: cell('<f>SUM(INDIRECT("A1:XFD1048576"))</f><v>1</v>'),
    "a reference moved": lambda: cell("<f>SUM(OFFSET(A1,0,0,1048576,16384))</f><v>1</v>"),
    "a billion random numbers": lambda: cell("<f>SUM(RANDARRAY(100000,10000))</f><v>1</v>"),
    "a billion letters": lambda: cell('<f>LEN(REPT("a",1000000000))</f><v>1</v>'),
    "letters joined": lambda: cell(f"<f>{'&amp;'.join(['REPT(&quot;a&quot;,32000)'] * 200)}</f><v>1</v>"),
    "letters for each letter": lambda: cell(f"<f>LEN({grown})</f><v>1</v>"),
    "a text doubled forty times": lambda: rows(doubled(40), CALC),
    "a shared formula": lambda: rows(
        f'<row r="900"><c r="A900"><f t="shared" si="7" ref="A900:A999">1{"+A1" * 2_000}</f><v>1</v></c></row>'
        + "".join(f'<row r="{at}"><c r="A{at}"><f t="shared" si="7"/><v>1</v></c></row>' for at in range(901, 1_000)),
        CALC,
    ),
    "a unit far from its list": lambda: {CONSTANTS: far(sound()[CONSTANTS])},
    "a name of everything": lambda: named("Inputs!$A$1:$XFD$1048576"),
    "a name of all rows": lambda: named("Inputs!$C$6:$D$1048576"),
    "a name beyond all sheets": lambda: named("Inputs!$C$99999999"),
    "a name of 100,000 characters": lambda: named("+".join(["Inputs!$C$6"] * 9_000)),
    "styles": lambda: {
        STYLES: sound()[STYLES].replace(
            b"</cellXfs>",
            b"".join(b'<xf numFmtId="%d"/>' % (at * 7919 % 10_007) for at in range(20_000)) + b"</cellXfs>",
        )
    },
    "content types": lambda: {
        CONTENT_TYPES: sound()[CONTENT_TYPES].replace(
            b"</Types>",
            b"".join(b'<Default Extension="x%d" ContentType="a/b"/>' % at for at in range(20_000)) + b"</Types>",
        )
    },
}

LARGE = ("styles", "content types", "sums over one another", "letters for each letter", "a text doubled forty times")


@pytest.mark.parametrize("kind", REFUSED)
def test_more_than_anybody_can_use_is_refused(tmp_path: Path, kind: str) -> None:
    changed, said = REFUSED[kind]
    assert refusal(packed({**sound(), **changed()}, tmp_path / "sent.xlsx")) == said


@pytest.mark.parametrize("kind", ANSWERED)
def test_what_is_only_spoken_of_costs_nothing(tmp_path: Path, kind: str) -> None:
    assert dict(outcomes(packed({**sound(), **ANSWERED[kind]()}, tmp_path / "sent.xlsx")))


@pytest.mark.parametrize("kind", ["letters for each letter", "a text doubled forty times"])
def test_what_would_take_all_memory_is_not_recalculated(tmp_path: Path, kind: str) -> None:
    path = packed({**sound(), **ANSWERED[kind]()}, tmp_path / "sent.xlsx")
    assert dict(outcomes(path))["verify"] == (
        "sent.xlsx cannot be recalculated: it needs more than 400,000,000 bytes, or breaks formualizer."
    )


def test_what_takes_too_long_is_not_recalculated(tmp_path: Path) -> None:
    path = packed(sound(), tmp_path / "sent.xlsx")
    book = read_book(path)
    with reading(Limits(seconds=0.001)), pytest.raises(WorkbookRefused) as refused:
        recalculated(book)
    assert str(refused.value) == "sent.xlsx cannot be recalculated: it takes more than 0.001 seconds."


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of Unix")
def test_pipes_and_devices(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.xlsx", tmp_path / "link.xlsx"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    for path in (pipe, link):
        assert refusal(path) == f"{path.name} is not read: it is no file but a pipe or a device."


def test_a_caller_can_raise_a_limit(tmp_path: Path) -> None:
    path = packed({**sound(), **rows(sums(2_000, 1), CALC)}, tmp_path / "sent.xlsx")
    with reading(Limits(cells=3_000)), pytest.raises(WorkbookRefused, match="it has more than 3,000 cells"):
        read_book(path)
    with reading(Limits(seconds=0)), pytest.raises(WorkbookRefused, match="it takes more than 0 seconds to read"):
        read_book(path)
    with reading(Limits(cells=10_000)):
        assert len(read_book(path).cells["Calc"]) > 2_000


def measured(folder: Path) -> None:
    """Open files in every way, in a process of its own, and say what it took."""
    for changed in (REFUSED["cells without address"][0], *(ANSWERED[kind] for kind in LARGE)):
        dict(outcomes(packed({**sound(), **changed()}, folder / "sent.xlsx")))
    import resource

    # What a process is said to have taken at most begins with what its parent had.
    own = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert own is not None
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(int(own[1]) // 1024, others // 1024)  # noqa: T201


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux does")
def test_none_takes_much_memory(tmp_path: Path) -> None:
    script = f"import pathlib, test_sizes; test_sizes.measured(pathlib.Path({str(tmp_path)!r}))"
    paths = os.pathsep.join([str(Path(__file__).parent), *(path for path in sys.path if path.endswith("shared"))])
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert max(map(int, done.stdout.split())) < MOST_MEGABYTES
