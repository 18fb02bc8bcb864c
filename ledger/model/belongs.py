"""Whether an operand is of a ledger, or of another that may have an entry of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unitledger.errors import ExpressionError

if TYPE_CHECKING:
    from unitledger.expression import Home
    from unitledger.model.held import Held


def check_belongs(held: Held, name: str, home: Home | None, what: str = "") -> None:
    """Raise ExpressionError when an operand of a name was made in another ledger; `what` begins the message.

    Nothing is known of an operand without a home, and a name that the ledger does not hold is its caller's to refuse.
    """
    here = held.find(name)
    if home is None or home == (held.home if here is None else here.home):
        return
    other = f"the ledger {home.title!r}"
    if home.title == held.title:
        other = f"another ledger of the same title as {held.title!r}, such as an earlier one or a copy"
    own = f", which has a {name!r} of its own" if here is not None else f", which has no {name!r}"
    raise ExpressionError(
        f"{what}{': ' if what else ''}{name!r} was made in {other}; this is {held.title!r}{own}. Use an entry of this "
        f"ledger, or take the other one in: include(other, 'prefix') returns its entries by name."
    )
