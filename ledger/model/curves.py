"""The part of the builder that writes curves and tiers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from unitledger.errors import ValueRefused
from unitledger.model.entry.figure import Figure
from unitledger.model.entry.settle import Given
from unitledger.model.held.entries import Entries
from unitledger.model.written.points import Curve, Tiers


class CurveBuilder(Entries):
    """A ledger that takes small tables of points, whose figures are inputs that can be changed like any other."""

    def curve(
        self,
        name: str,
        points: Mapping[Any, Given],
        label: str = "",
        *,
        outside: Literal["refuse", "hold"] = "refuse",
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        note: str = "",
    ) -> Curve:
        """Add a curve, such as throughput by batch; in formulas `curve.at(x)` lies on straight lines between points.

        `points`: what is known, by where, rising: {"1 request": "90 token/s", "8 request": "610 token/s"}. They become
        the inputs `<name>.1.at`, `<name>.2.at` ... and `<name>.1`, `<name>.2` ..., in the units of the first point,
        with the provenance that follows unless a figure brings its own. `outside`: what holds beyond the points:
        "refuse", no value; "hold", that of the first or last point, with an alert. Raises QuantityError, UnitMismatch,
        NameRefused, or ValueRefused for fewer than two points, points that do not rise, or one with a range.
        """
        if outside not in {"refuse", "hold"}:
            raise ValueRefused(f"Curve {name!r}: outside is 'refuse' or 'hold', not {outside!r:.60}.")
        said = self._said(source, as_of, owner, note)
        return Curve.written(self, name, points, label, said, holds=outside == "hold")

    def tiers(
        self,
        name: str,
        prices: Mapping[Any, Given],
        label: str = "",
        *,
        source: str = "",
        as_of: date | str | None = None,
        owner: str = "",
        note: str = "",
    ) -> Tiers:
        """Add prices by volume: {"0 Mtoken": "3 USD/Mtoken", "100 Mtoken": "2 USD/Mtoken"}, each from there on.

        A tier ends where the next begins. In formulas `tiers.marginal(x)` has each slice of x at the price of its
        tier, `tiers.whole(x)` all of it at that of the tier it reaches, and `tiers.reached(x)` is that price. The
        inputs are `<name>.1.from`, `<name>.2.from` ... and `<name>.1`, `<name>.2` .... Raises like `curve`.
        """
        return Tiers.written(self, name, prices, label, self._said(source, as_of, owner, note))

    def _said(self, source: str, as_of: date | str | None, owner: str, note: str) -> Figure:
        return Figure("", source, as_of, owner=owner, note=note).completed(self._section.figure)
