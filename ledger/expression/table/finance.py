"""Rows of the function table: depreciation, payments, and what flows of money are worth."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from unitledger.expression.digits import added_up
from unitledger.expression.table import rules
from unitledger.expression.table.function import DEPRECIATED, DISCOUNTED, TURNED, Form, Function, Takes, flat

_figure = partial(Function, takes=Takes.FIGURES)
_flows = partial(Function, takes=Takes.BLOCKS)


def _declining(price: float, residual: float, life: float, period: float, factor: float) -> float:
    if not (0 <= residual <= price and 1 <= period <= life and factor > 0):
        raise ValueError(f"no declining balance from {price:g} to {residual:g} in period {period:g} of {life:g}")
    kept = 1 - min(factor / life, 1)
    # What was never more than the residual value is not depreciated.
    before, after = (price * math.pow(kept, many) for many in (period - 1, period))
    return max(before - max(after, residual), 0.0)


def _all_declining(np: Any, *operands: Any) -> Any:
    price, residual, life, period, factor = operands
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = 1 - np.minimum(factor / life, 1)
        written_off = price * kept ** (period - 1) - np.maximum(price * kept**period, residual)
    possible = (residual >= 0) & (residual <= price) & (period >= 1) & (period <= life) & (factor > 0)
    return np.where(possible, np.maximum(written_off, 0.0), np.nan)


def _payment(rate: float, periods: float, amount: float) -> float:
    if rate == 0:
        return -amount / periods
    return -amount * rate / -math.expm1(-periods * math.log1p(rate))


def _payments(np: Any, rate: Any, periods: Any, amount: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(rate == 0, 1 / periods, rate / -np.expm1(-periods * np.log1p(rate)))
    return -amount * share


def _interest(rate: float, period: float, periods: float, amount: float) -> float:
    if not 1 <= period <= periods:
        raise ValueError(f"there is no period {period:g} of {periods:g}")
    if rate == 0:
        return 0.0
    left = -math.expm1((period - 1 - periods) * math.log1p(rate)) / -math.expm1(-periods * math.log1p(rate))
    return -amount * rate * left


def _all_interest(np: Any, rate: Any, period: Any, periods: Any, amount: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = np.log1p(rate)
        left = np.where(rate == 0, 0.0, np.expm1((period - 1 - periods) * grown) / np.expm1(-periods * grown))
    return np.where((period >= 1) & (period <= periods), -amount * rate * left, np.nan)


def _present_value(rate: Any, *flows: Any) -> Any:
    growth = 1 + rate
    return added_up(flow / growth**period for period, flow in enumerate(flat(flows), start=1))


def _internal_rate(flows: Any, start: float) -> float:
    from pyxirr import InvalidPaymentsError, irr

    try:
        found = irr(list(flat([flows])), guess=start)
    except InvalidPaymentsError as one_sided:
        raise ValueError(str(one_sided)) from None
    if found is None:
        raise ValueError("no rate makes these flows worth nothing")
    return found


def _internal_rates(np: Any, flows: Any, start: Any) -> Any:
    *periods, starts = np.broadcast_arrays(*flat([flows]), start)
    rates = []
    for case, first in zip(zip(*periods, strict=True), starts, strict=True):
        try:
            rates.append(_internal_rate(case, first))
        except ValueError:
            rates.append(math.nan)
    return np.array(rates)


SLN = _figure(
    "SLN",
    rules.straight_line,
    lambda price, residual, life: (price - residual) / life,
    Form.chained("subtract", "divide"),
    "straight line over",
    loss=DEPRECIATED,
    example=(1000.0, 100.0, 7.0),
)
DDB = _figure(
    "DDB",
    rules.declining,
    _declining,
    Form(_all_declining, exact=False),
    "declining balance of",
    loss=DEPRECIATED,
    example=(1000.0, 100.0, 7.0, 3.0, 2.0),
)
PMT = _figure(
    "PMT",
    rules.payment,
    _payment,
    Form(_payments, exact=False),
    "annuity payment for",
    loss=TURNED,
    example=(0.07, 7.0, 1000.0),
)
IPMT = _figure(
    "IPMT",
    rules.interest,
    _interest,
    Form(_all_interest, exact=False),
    "interest in an annuity payment for",
    loss=TURNED,
    example=(0.07, 3.0, 7.0, 1000.0),
)
NPV = _flows(
    "NPV",
    rules.discounted,
    _present_value,
    Form(lambda _, *operands: _present_value(*operands), exact=False),
    "present value, by the rate, of",
    loss=DISCOUNTED,
    example=(0.07, (-1000.0, 600.0, 700.0)),
    any_from=2,
    single=0,
)
# Without a starting value LibreOffice finds none for one flow in three.
IRR = _flows(
    "IRR",
    rules.internal_rate,
    _internal_rate,
    Form(_internal_rates, exact=True),
    "internal rate of return, sought from the last, of",
    loss=TURNED,
    example=((-1000.0, 100.0, 1100.0), 0.01),
    single=1,
)
