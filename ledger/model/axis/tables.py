"""Making a table: from a list of items as somebody gives it to columns of words and of figures, each in its unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from unitledger.errors import NameRefused, QuantityError, ValueRefused, brief
from unitledger.expression import Along, Apply, Expression, Reference, nodes
from unitledger.expression.digits import canonical
from unitledger.expression.table import statistics
from unitledger.expression.table.criterion import criterion
from unitledger.files.text import fault_of, rows_of, text_of
from unitledger.model.entry.axis import Items
from unitledger.model.entry.figure import Bounds, Figure, Setting
from unitledger.model.entry.inputs import Words
from unitledger.model.entry.names import in_words, label_of, labelled, legal, told_apart
from unitledger.model.entry.over import AxisInput, ColumnGiven, ColumnRule, ItemTable, Total
from unitledger.model.entry.settle import Limits, stored
from unitledger.model.held.entries import Entries
from unitledger.model.held.growing import take
from unitledger.units import DATE, Unit, quantity

Source: TypeAlias = str | Path | Sequence[Mapping[str, Any]] | Mapping[str, Sequence[Any]] | Any
"""A path of a CSV file; rows, each by column; columns, each a list; or a data frame of pandas."""

_HEADING = re.compile(r"\s*(.*?)\s*(?:\[([^\]]*)\])?\s*")
_MOST_BYTES = 50_000_000


@attrs.frozen
class Listed:
    """Cells by column, the unit that a heading states for its column, and what messages call a place.

    `place`: that of a row, counted from 0; `head`: that of the headings.
    """

    columns: Mapping[str, Sequence[Any]]
    units: Mapping[str, str]
    place: Callable[[int], str]
    head: str

    def checked(self, wanted: Sequence[str], needed: Sequence[str]) -> None:
        """Raise ValueRefused for a column that is not wanted, or for one that is needed and not there."""
        fault = fault_of(self.columns, wanted, needed)
        if fault:
            raise ValueRefused(f"{self.head}: {fault}")


def listed(source: Any, table: str) -> Listed:
    """Return what is given for a table.

    Raises ValueRefused for what is no list, and InputsFileError for a file that is none, naming table or file and row.
    """
    if isinstance(source, str | Path):
        return _file(Path(source))
    what = f"Table {table!r}"
    if hasattr(source, "reset_index"):
        named = source if source.index.name is None else source.reset_index()
        return _columns({str(name): named[name].tolist() for name in named.columns}, what)
    if isinstance(source, Mapping):
        return _columns(source, what)
    if not isinstance(source, Sequence) or not all(isinstance(row, Mapping) for row in source):
        raise ValueRefused(f"{what} takes rows as a list of dicts, columns as a dict, a data frame or a CSV file.")
    headings = list(source[0]) if source else []
    for number, row in enumerate(source, start=1):
        if row.keys() != set(headings):
            other = next(iter(row.keys() ^ set(headings)))
            raise ValueRefused(f"{what}, row {number}: its columns are not those of row 1; {other!r} is in one alone.")
    return _columns({name: [row[name] for row in source] for name in headings}, what)


def _columns(given: Mapping[str, Sequence[Any]], what: str) -> Listed:
    lengths = {name: len(cells) for name, cells in given.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueRefused(f"{what}: its columns must have one length: {shown}.")
    return _headed(list(given), list(given.values()), lambda row: f"{what}, row {row + 1}", what)


def _file(path: Path) -> Listed:
    rows = rows_of(text_of(path, _MOST_BYTES), str(path))
    cells = list(zip(*rows.cells, strict=True)) or [()] * len(rows.headings)
    return _headed(rows.headings, cells, lambda row: rows.places[row], rows.head)


def _headed(headings: Sequence[str], cells: Sequence[Sequence[Any]], place: Callable[[int], str], head: str) -> Listed:
    columns: dict[str, Sequence[Any]] = {}
    units: dict[str, str] = {}
    for heading, held in zip(headings, cells, strict=True):
        found = _HEADING.fullmatch(heading)
        name = found[1] if found else heading
        if not name:
            raise ValueRefused(f"{head}: a column has no heading.")
        if name in columns:
            raise ValueRefused(f"{head}: the column {brief(name)!r} is there twice.")
        columns[name] = held
        if found and found[2] is not None:
            units[name] = found[2]
    return Listed(columns, units, place, head)


MOST_ITEMS = 50_000
_NUMBER = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_WORDS = ColumnRule(None, "", Figure(""), Limits())


def add_table(
    entries: Entries,
    name: str,
    source: Source,
    key: str,
    columns: Mapping[str, ColumnGiven] | None,
    *,
    label: str,
    figure: Figure,
) -> ItemTable:
    """Append the columns of a table; the same again is the one that is there.

    Raises InputsFileError, ValueRefused, NameRefused, QuantityError or UnitMismatch, naming the file or table, the row
    and the column.
    """
    legal(name, "table")
    # A list without rows has no headings.
    is_empty = isinstance(source, list | tuple) and not source
    given = listed({each: [] for each in (key, *(columns or ()))} if is_empty else source, name)
    rules = _rules(given, key, columns)
    label = label or in_words(name)
    items = Items(name, key, _keys(given, key), entries._home)
    made: dict[str, AxisInput | Words] = {}
    for column, rule in rules.items():
        maker = _Column(entries, items, label, column, rule, given, rule.figure.completed(figure))
        made[column] = take(entries, maker.words() if rule.unit is None else maker.figures())
    return ItemTable(items, made)


def _rules(given: Listed, key: str, columns: Mapping[str, ColumnGiven] | None) -> dict[str, ColumnRule]:
    """Return what each column holds, in the order of the list."""
    if columns is None:
        given.checked(list(given.columns), [key])
        said: dict[str, ColumnRule] = {}
    else:
        said = {name: _rule(each) for name, each in columns.items()}
        given.checked(list(dict.fromkeys((key, *said))), [key, *said])
    rules = {name: said.get(name, _WORDS) for name in given.columns}
    for name, unit in given.units.items():
        if columns is None or name not in columns:
            rules[name] = attrs.evolve(rules[name], unit=unit)
    if rules[key].unit is not None:
        raise ValueRefused(f"{given.head}: the key {key!r} is a column of words, not of figures.")
    return rules


def _rule(given: ColumnGiven) -> ColumnRule:
    if isinstance(given, ColumnRule):
        return given
    if given is str:
        return _WORDS
    return attrs.evolve(_WORDS, unit=DATE.spelling if given is date else str(given))


def _keys(given: Listed, key: str) -> tuple[str, ...]:
    """Return the words of the key, which tell items apart."""
    words = tuple(_words(given, key))
    if len(words) > MOST_ITEMS:
        raise ValueRefused(f"{given.head}: {len(words):,} items; a table has at most {MOST_ITEMS:,}.")
    seen: dict[str, int] = {}
    for row, word in enumerate(words):
        first = seen.setdefault(told_apart(word), row)
        if first != row:
            raise ValueRefused(f"{given.place(row)}, {key}: {word!r} is there already, in {given.place(first)}.")
    return words


def _words(given: Listed, column: str) -> Iterator[str]:
    for row, cell in enumerate(given.columns[column]):
        yield checked_word(cell, f"{given.place(row)}, {column}")


def checked_word(given: Any, what: str) -> str:
    """Return a word of a table; `what` begins the message. Raises ValueRefused for one that no search could find."""
    if not isinstance(given, str) or not given.strip():
        said = "empty" if given is None or given == "" or given != given else f"{given!r:.60}, which is no word"  # noqa: PLR0124 - a missing value of pandas is not itself
        raise ValueRefused(f"{what}: it is {said}.")
    word = " ".join(given.split())
    try:
        criterion(word)
        labelled(word, "an item")
    except (ValueError, NameRefused):
        raise ValueRefused(
            f"{what}: {word!r:.60} cannot be a word of a table. A spreadsheet would take it for a number, or for a "
            "rule with * ? ~ \\ < > =; or it is too long."
        ) from None
    return word


@attrs.frozen
class _Column:
    """A column in the making; `figure` holds what is said of all its figures."""

    entries: Entries
    items: Items
    table: str
    column: str
    rule: ColumnRule
    given: Listed
    figure: Figure

    @property
    def name(self) -> str:
        return f"{self.items.name}.{self.column}"

    @property
    def label(self) -> str:
        return label_of(self.name, f"{self.table}: {self.rule.label or in_words(self.column)}", "column")

    def words(self) -> Words:
        """Return the column as words."""
        found = tuple(_words(self.given, self.column))
        return Words(self.name, found, self.label, self.table, self.items, self.figure, **self.entries._here)

    def figures(self) -> AxisInput:
        """Return the column as figures; in a file that states another unit than the column's, they are in that."""
        assert self.rule.unit is not None
        unit = self._unit(self.rule.unit)
        bounds = self.rule.limits.within(self.entries._section.limits).settled(
            unit, f"Column {self.name!r}", self.entries.calendar
        )
        typed = self._unit(self.given.units.get(self.column, self.rule.unit))
        settings = tuple(self._settings(unit, typed, bounds))
        first = settings[0] if settings else Setting(0.0, self.figure)
        return AxisInput(
            *(self.name, first, self.label, self.table, unit, bounds),
            axis=self.items,
            settings=settings,
            total=total_of_items(unit),
            **self.entries._here,
        )

    def _unit(self, spelling: str) -> Unit:
        try:
            return Unit.parse(spelling)
        except QuantityError as broken:
            raise type(broken)(f"{self.given.head}, {self.column}: {broken}") from None

    def _settings(self, unit: Unit, typed: Unit, bounds: Bounds) -> Iterator[Setting]:
        plain = typed == unit and unit.written == 1 and not unit.is_date
        # A long list repeats its figures.
        known: dict[float, Setting] = {}
        for row, cell in enumerate(self.given.columns[self.column]):
            what = f"{self.given.place(row)}, {self.column}"
            given = _number(cell, typed, what)
            if isinstance(given, float) and given in known:
                yield known[given]
                continue
            if plain and isinstance(given, float) and _LEAST < abs(given) < _MOST:
                value, said = canonical(given), f"{given:.15g} {unit.spelling}"
            else:
                value = self._stored(given, unit, typed, what)
                said = str(quantity(value, unit))
            if bounds != _FREE:
                value = bounds.settled(value, unit, what)
            made = Setting(value, attrs.evolve(self.figure, quantity=said))
            if isinstance(given, float):
                known[given] = made
            yield made

    def _stored(self, given: Any, unit: Unit, typed: Unit, what: str) -> float:
        """Return a figure as stored in the unit of its column; a bare number is in the unit that the list states."""
        calendar = self.entries.calendar
        try:
            held = stored(given, typed, what, calendar)
        except QuantityError:
            raise ValueRefused(f"{what}: {given!r:.60} is not a number of {typed.spelling}.") from None
        return held if typed == unit else stored(quantity(held, typed), unit, what, calendar)


_FREE = Bounds()
# Between these no figure is looked at twice.
_LEAST, _MOST = 1e-300, 1e300


def _number(cell: Any, unit: Unit, what: str) -> Any:
    """Return a cell as a float if it is a number or the text of one. Raises ValueRefused for an empty one."""
    given = cell.strip() if isinstance(cell, str) else cell
    if given is None or given == "" or given != given:  # noqa: PLR0124 - a missing value of pandas is not itself
        raise ValueRefused(f"{what}: it is empty, where a number of {unit.spelling} is expected.")
    if isinstance(given, str) and not unit.is_date and any(map(str.isdigit, given)) and _NUMBER.fullmatch(given):
        return float(given.replace(",", ""))
    return float(given) if type(given) is int else given


def total_of_items(unit: Unit) -> Total:
    """Return what all figures of a column come to: their sum, unless they are shares, or per anything but time."""
    per = (part for part, power in unit.dimension if power < 0)
    return "none" if unit.is_dimensionless or unit.is_date or any(part != "[time]" for part in per) else "sum"


def check_words(node: Expression, entries: Entries, line: str) -> None:
    """Raise ValueRefused where a sum for each item of a table leaves out a word that is none of its items."""
    for each in nodes(node):
        match each:
            case Apply(function, (_, Along(Reference(column)), Reference(keys))) if function is statistics.SUMIFS:
                looked_at, wanted = entries.columns.get(column), entries.columns.get(keys)
                if isinstance(looked_at, Words) and isinstance(wanted, Words):
                    known = {told_apart(word) for word in wanted.words}
                    left_out = next((word for word in looked_at.words if told_apart(word) not in known), None)
                    if left_out is not None:
                        raise ValueRefused(
                            f"Line {line!r}: {left_out!r} of {column!r} is none of {keys!r}, so that the sums would "
                            "leave it out."
                        )
