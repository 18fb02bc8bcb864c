"""Where an operand was made: two ledgers may each have an entry of one name and unit, and they must be told apart."""

from __future__ import annotations

from uuid import uuid4

import attrs


@attrs.frozen
class Home:
    """The ledger in which an entry was made; what is copied, pickled or sent to another process keeps it."""

    title: str = attrs.field(eq=False)
    serial: str = attrs.field(factory=lambda: uuid4().hex, repr=False)
