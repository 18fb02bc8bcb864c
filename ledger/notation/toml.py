"""Inputs as TOML: one table per input, and in it one per option that sets it differently."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import NoReturn

import attrs

from unitledger.errors import InputsFileError, brief, did_you_mean
from unitledger.files.text import KeyPath, key_lines, line_of, tables
from unitledger.model import Assumption, AxisInput, Entries, Input, cell_name
from unitledger.notation.entry import FIELDS, Entry, fields, held, target_of

_OPTIONS = "options"
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def text(template: str, ledger: Entries) -> str:
    """Return the inputs of a ledger as TOML text."""
    lines = [
        f"# {ledger.title}: inputs of the template {template}.",
        "# A value is a number in the unit beside it, or text with a unit of its own.",
        f"# A table stands for the option {ledger.base!r} and those that say nothing else.".replace("\n", " "),
    ]
    for name, settings in held(ledger):
        target = target_of(ledger, name)
        lines += ["", f"# {ledger[name.partition('@')[0]].label}".replace("\n", " ")]
        for option, setting in settings.items():
            path = (name,) if option == ledger.base else (name, _OPTIONS, option)
            lines.append(f"[{'.'.join(part if _BARE_KEY.fullmatch(part) else _quoted(part) for part in path)}]")
            lines += [f"{field} = {_value(field, said, target)}" for field, said in fields(target, setting).items()]
    return "\n".join(lines) + "\n"


def _quoted(said: str) -> str:
    # JSON escapes what TOML does, except for this one character.
    return json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(field: str, said: str, target: Input) -> str:
    is_number = field in {"value", "low", "high"} and isinstance(target, Assumption)
    return said if is_number or field in {"as_of", "reviewed_on"} else _quoted(said)


def parse(content: str, file: str, ledger: Entries) -> Iterator[Entry]:
    """Yield what each table says. Raises InputsFileError."""
    found = tables(content, file)
    return _Reader(file, ledger, key_lines(content)).tables(found, ())


@attrs.frozen
class _Reader:
    """One file, the ledger it is for, and the lines to complain about."""

    file: str
    ledger: Entries
    lines: Mapping[KeyPath, int]

    def tables(self, table: Mapping[str, object], outer: KeyPath) -> Iterator[Entry]:
        """Yield the entries of a table of inputs; a name with dots may be nested tables as well."""
        for key, found in table.items():
            path = (*outer, key)
            name = ".".join(path)
            if name.partition("@")[0] in self.ledger:
                yield from self.input(name, found, path)
            elif isinstance(found, dict) and self.leads_on(name):
                yield from self.tables(found, path)
            else:
                yield Entry(name, self.ledger.base, {}, self.places(path))

    def leads_on(self, name: str) -> bool:
        return any(known.startswith(f"{name}.") for known in self.ledger.inputs)

    def input(self, name: str, found: object, path: KeyPath) -> Iterator[Entry]:
        if not isinstance(found, dict):
            found = {"value": found}
        options = found.get(_OPTIONS, {})
        if not isinstance(options, dict):
            self.refuse((*path, _OPTIONS), "expected a table of options.")
        own = {key: said for key, said in found.items() if key in FIELDS}
        if own or not options:
            yield from self.entries(name, self.ledger.base, own, path)
        for option, said in options.items():
            table = said if isinstance(said, dict) else {"value": said}
            yield from self.entries(name, option, table, (*path, _OPTIONS, option))
        others = {key: said for key, said in found.items() if key not in (*FIELDS, _OPTIONS)}
        for key in others:
            if f"{name}.{key}" not in self.ledger.inputs and not self.leads_on(f"{name}.{key}"):
                self.unknown(key, (*path, key))
        yield from self.tables(others, path)

    def entries(self, name: str, option: str, table: Mapping[str, object], path: KeyPath) -> Iterator[Entry]:
        """Yield what a table says, of a list of figures by period each by itself."""
        listed, row = table.get("value"), self.ledger.rows.get(name)
        if not isinstance(listed, list) or not isinstance(row, AxisInput):
            yield self.entry(name, option, table, path)
            return
        if len(listed) != len(row.axis):
            said = f"expected {len(row.axis)} figures, one for each period, got {len(listed)}."
            self.refuse((*path, "value"), said)
        for label, figure in zip(row.axis.labels, listed, strict=True):
            yield self.entry(cell_name(name, label), option, {**table, "value": figure}, path)

    def entry(self, name: str, option: str, table: Mapping[str, object], path: KeyPath) -> Entry:
        texts = {}
        for field, said in table.items():
            if field not in FIELDS:
                self.unknown(field, (*path, field))
            if isinstance(said, date) and not isinstance(said, datetime):
                texts[field] = said.isoformat()
            elif isinstance(said, str):
                texts[field] = said
            elif isinstance(said, int | float) and not isinstance(said, bool):
                texts[field] = repr(said)
            else:
                self.refuse((*path, field), f"expected a number, a text or a date, got {said!r:.60}.")
        return Entry(name, option, texts, self.places(path))

    def places(self, path: KeyPath) -> Callable[[str], str]:
        return lambda field: self.place(path) if field in {"name", "option"} else self.place((*path, field), field)

    def place(self, path: KeyPath, field: str = "") -> str:
        return f"{self.file}, line {line_of(path, self.lines)}" + (f", {field}" if field else "")

    def unknown(self, field: str, path: KeyPath) -> NoReturn:
        known = ", ".join((*FIELDS, _OPTIONS))
        self.refuse(path, f"unknown field {brief(field)!r}.{did_you_mean(field, FIELDS)} Fields are {known}.")

    def refuse(self, path: KeyPath, reason: str) -> NoReturn:
        raise InputsFileError(f"{self.place(path)}: {reason}")
