"""The rows of the files beside: published figures, each a Case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path

from unitledger.errors import InputsFileError, LedgerError, UnknownName, did_you_mean
from unitledger.files.text import rows_of
from unitledger.templates._registry import names
from unitledger.units import Unit
from unitledger.workbook.published import Case

COLUMNS = ("case", "option", "settings", "output", "unit", "published", "rounding", "note")


def cases(template: str | None = None) -> tuple[Case, ...]:
    """Return the published figures of a template, or of all: by template, then as its file has them.

    Raises UnknownName for a template that there is none of, InputsFileError for a broken file.
    """
    known = names()
    if template is not None and template not in known:
        raise UnknownName(f"There is no template {template!r}.{did_you_mean(template, known)}")
    found: list[Case] = []
    for path in sorted(Path(__file__).parent.glob("*.csv")):
        if path.stem not in known:
            raise InputsFileError(f"{path.name}: there is no template {path.stem!r}.{did_you_mean(path.stem, known)}")
        if template in {None, path.stem}:
            found += read(path.read_text(encoding="utf-8"), path.name, path.stem)
    return tuple(found)


def read(content: str, file: str, template: str) -> Iterator[Case]:
    """Yield the cases of a CSV text; `file` is for messages. Raises InputsFileError, with line and field."""
    rows = rows_of(content, file)
    rows.check(COLUMNS, COLUMNS)
    seen: set[str] = set()
    for place, cells in rows:
        case = _case({heading: cell.strip() for heading, cell in cells.items()}, template, place)
        if case.case in seen:
            raise InputsFileError(f"{place}, case: {case.case!r} is there twice.")
        seen.add(case.case)
        yield case


def _case(cells: Mapping[str, str], template: str, place: str) -> Case:
    for field in ("case", "option", "output", "unit"):
        if not cells[field]:
            raise InputsFileError(f"{place}, {field}: is empty.")
    try:
        Unit.parse(cells["unit"])
    except LedgerError as refused:
        raise InputsFileError(f"{place}, unit: {refused}") from refused
    published, rounding = _number(cells, "published", place), _number(cells, "rounding", place)
    if (published is None) != (rounding is None):
        raise InputsFileError(f"{place}, rounding: a published figure has a rounding, another has none.")
    if rounding is not None and not 0 <= rounding < 1:
        raise InputsFileError(f"{place}, rounding: expected a share from 0 to 1, got {cells['rounding']}.")
    return Case(
        case=cells["case"],
        template=template,
        option=cells["option"],
        settings=_settings(cells["settings"], place),
        output=cells["output"],
        unit=cells["unit"],
        published=published,
        rounding=rounding,
        note=cells["note"],
    )


def _number(cells: Mapping[str, str], field: str, place: str) -> float | None:
    text = cells[field]
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise InputsFileError(f"{place}, {field}: expected a number, got {text!r}.")
    return number


def _settings(text: str, place: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _, quantity = (side.strip() for side in part.partition("="))
        if not (name and quantity):
            raise InputsFileError(f"{place}, settings: expected name=quantity; name=quantity, got {part!r}.")
        if name in found:
            raise InputsFileError(f"{place}, settings: {name!r} is set twice.")
        found[name] = quantity
    return found
