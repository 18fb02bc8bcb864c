"""Whether an operand is of a ledger, or of another that may have an entry of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unitledger.errors import ExpressionError

if TYPE_CHECKING:
    from unitledger.expression import Home
    from unitledger.model.held import Held
    from unitledger.model.inputs import Assumption, Choice, Constant
    from unitledger.model.line import Line


def own_entry(held: Held, name: str, home: Home | None, what: str = "") -> Assumption | Choice | Constant | Line | None:
    """Return the entry of a ledger that an operand of a name stands for, None where there is none of that name.

    Nothing is known of an operand without a home. Raises ExpressionError, beginning with `what`, for one that was made
    in another ledger.
    """
    here = held.find(name)
    if home is None or home == (held.home if here is None else here.home):
        return here
    other = f"the ledger {home.title!r}"
    if home.title == held.title:
        other = f"another ledger of the same title as {held.title!r}, such as an earlier one or a copy"
    own = f"which has no {name!r}" if here is None else f"which has a {name!r} of its own"
    raise ExpressionError(
        f"{what}{': ' if what else ''}{name!r} was made in {other}; this is {held.title!r}, {own}. Use an entry of "
        "this ledger, or take the other one in: include(other, 'prefix') returns its entries by name."
    )
