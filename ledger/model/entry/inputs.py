"""What a ledger takes as given: assumptions, choices, words of a table, and constants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import attrs

from unitledger.errors import ExpressionError, ValueRefused, did_you_mean
from unitledger.expression import TEXT, WORD, Expression, Operand, Reference, Text, choose, equal
from unitledger.model.entry.axis import Items
from unitledger.model.entry.entry import Entry, Figured
from unitledger.model.entry.figure import Bounds, Figure, Setting
from unitledger.units import Unit


@attrs.frozen(order=False)
class Assumption(Figured):
    """A quantity that somebody can change, within hard bounds; `setting`: that in the base option."""

    setting: Setting
    label: str
    section: str
    unit: Unit
    bounds: Bounds = attrs.field(factory=Bounds)


@attrs.frozen(order=False)
class Choice(Entry):
    """A word out of a list; in formulas it selects a case or makes a condition, and is no number."""

    setting: Setting
    label: str
    section: str
    words: tuple[str, ...]

    @property
    def expression(self) -> Expression:
        """A reference to the chosen word."""
        return Reference(self.name, WORD, self.home)

    @property
    def value(self) -> str:
        """The word in the base option."""
        return self._word(None)

    def in_option(self, option: str) -> str:
        """Return the word in an option. Raises UnknownName for an option that is not there."""
        return self._word(option)

    def _word(self, option: str | None) -> str:
        return str(self._read_in(levels=4).setting(self.name, option).value)

    def select(self, cases: Mapping[str, object] | None = None, **more: object) -> Operand:
        """Return the case of the chosen word; there must be one for every word, all of one unit.

        Raises ValueRefused when a word has no case or a case has no word.
        """
        given = {**(cases or {}), **more}
        for word in given:
            if word not in self.words:
                raise ValueRefused(
                    f"Choice {self.name!r} has no word {word!r}; it has {', '.join(self.words)}."
                    f"{did_you_mean(word, self.words)}"
                )
        missing = [word for word in self.words if word not in given]
        if missing:
            raise ValueRefused(f"Choice {self.name!r} needs a case for {', '.join(map(repr, missing))} as well.")
        return choose(self, *(given[word] for word in self.words))

    def is_(self, word: str) -> Operand:
        """Return the condition that a word is chosen. Raises ValueRefused for one that is not in the list."""
        place = self.place(word)
        return equal(choose(self, *(int(each == place) for each in range(1, len(self.words) + 1))), 1)

    def place(self, word: object) -> float:
        """Return the place of a word, counted from 1. Raises ValueRefused for a word that is not in the list."""
        if word not in self.words:
            shown = str(word)
            raise ValueRefused(
                f"Input {self.name!r}: expected one of {', '.join(self.words)}, got {shown!r}."
                f"{did_you_mean(shown, self.words)}"
            )
        return float(self.words.index(str(word)) + 1)

    def __str__(self) -> str:
        return f"{self.name} = {self._word(None)}"


Input: TypeAlias = Assumption | Choice
"""What somebody can change."""


@attrs.frozen(order=False)
class Words(Entry):
    """A word for each item of a table, the same in every option; `figure` says where they are from."""

    words: tuple[str, ...]
    label: str
    section: str
    axis: Items
    figure: Figure

    @property
    def expression(self) -> Reference:
        """The word of each item."""
        return Reference(self.name, TEXT, self.home)

    @property
    def value(self) -> tuple[str, ...]:
        """The words of the items, in their order."""
        return self.words

    def in_option(self, option: str) -> tuple[str, ...]:  # noqa: ARG002 - the same in all, as other entries are asked
        """Return the words, which are the same in every option."""
        return self.words

    def equals(self, word: str) -> Operand:
        """True for the items of this word. Raises ExpressionError for what is none."""
        if not isinstance(word, str):
            raise ExpressionError(f"{self.name!r} is compared with one word, such as equals('h100').")
        return equal(self.expression, Text(word))

    def __str__(self) -> str:
        return f"{self.name}: {len(set(self.words))} words"


@attrs.frozen(order=False)
class Constant(Figured):
    """A named number that is the same in every option, such as 2 FLOP/(token parameter)."""

    magnitude: float
    unit: Unit
    figure: Figure
    label: str
