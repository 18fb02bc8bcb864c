"""Formulas of cards, language models and their cost that several templates need, each written once."""

from __future__ import annotations

from unitledger import power, round_up, when
from unitledger.expression import Operand


def over(above: Operand, below: Operand) -> Operand:
    """Return a quotient, 0 where there is nothing to divide by."""
    return when(below > 0, above / below, 0)


def work_of(each: Operand, parameters: Operand, tokens: Operand) -> Operand:
    """Return the work of tokens; `each`: of a parameter for a token, 2 FLOP in a forward pass and 6 in training."""
    return each * parameters * tokens


def card_time(work: Operand, rate: Operand, used: Operand) -> Operand:
    """Return the card hours of work, at the used share of a card's peak rate."""
    return work / (rate * used)


def work_time(work: Operand, cards: Operand, rate: Operand) -> Operand:
    """Return the time in which cards do what they share, at the arithmetic that each reaches."""
    return work / (cards * rate)


def read_time(size: Operand, cards: Operand, bandwidth: Operand) -> Operand:
    """Return the time in which cards read what they share, at the memory bandwidth that each reaches."""
    return size / (cards * bandwidth)


def balanced_batch(balance: Operand, weight_size: Operand, work: Operand) -> Operand:
    """Return the batch from which arithmetic and no longer memory sets the pace.

    `balance`: work that a card does for a byte that it reads; `work`: of a parameter for a token.
    """
    return balance * weight_size / work


def cache_of_token(values: Operand, size: Operand, layers: Operand) -> Operand:
    """Return the cache of a token in so many layers; `values`: of its keys and values in one, each of a size."""
    return values * size * layers


def memory_left(cards: Operand, memory: Operand, weights: Operand) -> Operand:
    """Return the memory that weights leave for the cache; `memory`: of a card, as far as it may be filled."""
    return cards * memory - weights


def cards_for(size: Operand, memory: Operand) -> Operand:
    """Return the whole cards that hold a size; `memory`: of a card, as far as it may be filled."""
    return round_up(size / memory)


def between_layers(tokens: Operand, hidden: Operand, size: Operand) -> Operand:
    """Return the size of what tokens carry from layer to layer, so many values of a size."""
    return tokens * hidden * size


def machine_draw(cards: Operand, card: Operand, host: Operand) -> Operand:
    """Return the draw of a machine, of its cards and of the host around them."""
    return cards * card + host


def cached_price(plain: Operand, read: Operand, share: Operand) -> Operand:
    """Return the mean price of input, of which a share is read from the cache."""
    return plain * (1 - share) + read * share


def in_a_year(factor: Operand, one_year: Operand, time: Operand) -> Operand:
    """Return the factor of one year behind that of a time."""
    return power(factor, one_year / time)
