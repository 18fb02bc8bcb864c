"""The version id of a ledger: the same for equal ledgers, another as soon as a figure or a formula differs."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version

import attrs

from unitledger.expression import Expression, Factor, Form, Reference, excel, words
from unitledger.model import Assumption, AxisInput, AxisLine, Choice, Entries, Setting, Words, has_axes, is_along
from unitledger.model.entry.over import OnAxis
from unitledger.workbook.layout import own_units

SOFTWARE = version("unitledger")
"""The version of this package."""

_LENGTH = 10


def version_id(entries: Entries) -> str:
    """Return ten hexadecimal digits over everything that a workbook of the ledger shows."""
    digest = sha256()
    for record in _records(entries):
        # Quoted, so that no two lists of texts look alike.
        digest.update(repr(record).encode())
    return digest.hexdigest()[:_LENGTH]


def _records(entries: Entries) -> Iterator[tuple[str, ...]]:
    yield "unitledger", SOFTWARE
    yield "ledger", entries.title, str(entries.as_of), entries.owner, entries.calendar.label
    cover = entries.purpose, entries.decision, entries.author, entries.period, str(entries.built_on)
    yield "cover", *cover, str(entries.alternatives)
    yield "excludes", *entries.exclusions
    yield from (("unit", definition.group, definition.line) for definition in own_units(entries))
    for entry in entries.inputs.values():
        about: tuple[str, ...] = ()
        if isinstance(entry, Assumption):
            about = entry.unit.spelling, *map(repr, attrs.astuple(entry.bounds))
        elif isinstance(entry, Choice):
            about = entry.words
        yield "input", entry.name, entry.label, entry.section, *about, *_setting(entry.setting)
    for constant in entries.constants.values():
        figure = constant.figure
        yield "constant", constant.name, constant.label, repr(constant.magnitude), constant.unit.spelling, figure.source
    yield from _lines(entries)
    for row in entries.rows.values():
        yield from _row(row)
    for column in entries.columns.values():
        yield from _column(column)
    for option in entries.options.values():
        yield "option", option.name, option.description
        for name, setting in option.settings.items():
            yield "setting", name, *_setting(setting)
    kinds = {False: "alert", True: "refused"}
    yield from ((kinds[each.refused], each.text, each.line, _formula(each.condition)) for each in entries.alerts)
    if entries.stale_after is not None:
        yield "stale after", str(entries.stale_after)
    yield from (("advice", advice.text, advice.topic, _formula(advice.condition)) for advice in entries.advice)
    if entries.answer is not None:
        yield "headline", entries.answer.line, entries.answer.better, *entries.answer.beside
    if entries.reporting is not None:
        yield "reporting", entries.reporting.currency, *entries.reporting.rates


def _lines(entries: Entries) -> Iterator[tuple[str, ...]]:
    patterns: dict[Form, str] = {}
    over = has_axes(entries)
    for line in entries.lines.values():
        about = "line", line.name, line.label, line.section, line.unit.spelling, line.note, str(bool(line.parts))
        if over:
            yield *about, _formula(line.lowered)
            continue
        form, operands = line.formed.form, line.formed.operands
        if form not in patterns:
            patterns[form] = excel(form.tree, _name)
        yield *about, patterns[form], *[operand.name for operand in operands]


def _formula(tree: Expression) -> str:
    return words(tree) if is_along(tree) else excel(tree, _name)


def _row(row: OnAxis) -> Iterator[tuple[str, ...]]:
    yield "row", row.name, row.label, row.unit.spelling, *row.axis.labels
    if isinstance(row, AxisLine):
        trees = (each for each in (row.lowered, row.initial) if each is not None)
        yield "formula", row.section, row.note, row.total, *map(words, trees)
    elif isinstance(row, AxisInput):
        for setting in row.settings:
            yield "figure", row.section, row.total, *_setting(setting)
    else:
        yield "ruler", *map(repr, row.magnitudes)


def _column(column: AxisInput | AxisLine | Words) -> Iterator[tuple[str, ...]]:
    if isinstance(column, Words):
        figure = column.figure
        yield "words", column.name, column.label, *column.words, figure.source, str(figure.as_of), figure.owner
    else:
        yield from _row(column)


def _setting(setting: Setting) -> tuple[str, ...]:
    figure = setting.figure
    held = (repr(setting.value), repr(setting.low), repr(setting.high))
    review = figure.reviewed_by, str(figure.reviewed_on)
    return *held, figure.source, str(figure.as_of), figure.owner, figure.note, *review


def _name(leaf: Reference | Factor) -> str:
    return leaf.step.name if isinstance(leaf, Factor) else leaf.name
