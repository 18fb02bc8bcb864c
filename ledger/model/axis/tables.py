"""Making a table: from a list of items as somebody gives it to columns of words and of figures, each in its unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from unitledger.errors import NameRefused, ValueRefused
from unitledger.expression import Along, Apply, Expression, Reference, nodes
from unitledger.expression.digits import canonical
from unitledger.expression.table import statistics
from unitledger.expression.table.criterion import criterion
from unitledger.model.axis.listed import Listed, Source, listed, number, quantity_of
from unitledger.model.entry.axis import Items
from unitledger.model.entry.figure import UNBOUNDED, Bounds, Figure, Setting
from unitledger.model.entry.inputs import Words
from unitledger.model.entry.names import in_words, label_of, labelled, legal, told_apart
from unitledger.model.entry.over import AxisInput, ColumnGiven, ColumnRule, ItemTable, Total
from unitledger.model.entry.settle import Limits, stored
from unitledger.model.held.entries import Entries
from unitledger.model.held.growing import take
from unitledger.units import DATE, Unit, quantity

MOST_ITEMS = 50_000
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
    given = listed({each: [] for each in (key, *(columns or ()))} if is_empty else source, f"Table {name!r}")
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
        unit = self.given.unit(self.column, self.rule.unit)
        bounds = self.rule.limits.within(self.entries._section.limits).settled(
            unit, f"Column {self.name!r}", self.entries.calendar
        )
        typed = self.given.unit(self.column, self.given.units.get(self.column, self.rule.unit))
        settings = tuple(self._settings(unit, typed, bounds))
        first = settings[0] if settings else Setting(0.0, self.figure)
        return AxisInput(
            *(self.name, first, self.label, self.table, unit, bounds),
            axis=self.items,
            settings=settings,
            total=total_of_items(unit),
            **self.entries._here,
        )

    def _settings(self, unit: Unit, typed: Unit, bounds: Bounds) -> Iterator[Setting]:
        plain = typed == unit and unit.written == 1 and not unit.is_date
        # A long list repeats its figures.
        known: dict[float, Setting] = {}
        for row, cell in enumerate(self.given.columns[self.column]):
            what = f"{self.given.place(row)}, {self.column}"
            given = number(cell, typed, what)
            if isinstance(given, float) and given in known:
                yield known[given]
                continue
            if plain and isinstance(given, float) and _LEAST < abs(given) < _MOST:
                value, said = canonical(given), f"{given:.15g} {unit.spelling}"
            else:
                value = self._stored(given, unit, typed, what)
                said = str(quantity(value, unit))
            if bounds != UNBOUNDED:
                value = bounds.settled(value, unit, what)
            made = Setting(value, attrs.evolve(self.figure, quantity=said))
            if isinstance(given, float):
                known[given] = made
            yield made

    def _stored(self, given: Any, unit: Unit, typed: Unit, what: str) -> float:
        """Return a figure as stored in the unit of its column; a bare number is in the unit that the list states."""
        calendar = self.entries.calendar
        held = stored(quantity_of(given, typed, what), typed, what, calendar)
        return held if typed == unit else stored(quantity(held, typed), unit, what, calendar)


# Between these no figure is looked at twice.
_LEAST, _MOST = 1e-300, 1e300


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
