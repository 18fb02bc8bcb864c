"""What shows itself in a notebook as it is printed."""

from __future__ import annotations

from html import escape
from typing import Any


class Shown:
    """An object that a notebook shows by the text of `print`, not by all that it holds."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f"<span>{escape(self._shown())}</span>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - IPython passes it
        printer.text(self._shown())

    def _shown(self) -> str:
        return str(self)
