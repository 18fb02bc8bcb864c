"""Where pictures are drawn: axes of matplotlib, which is an extra."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from unitledger.errors import MissingExtra

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def new_axes() -> Axes:
    """Return axes on a figure of their own. Raises MissingExtra without matplotlib."""
    if find_spec("matplotlib") is None:
        raise MissingExtra(
            "Drawing needs the library matplotlib, which is not installed: pip install 'unitledger[plots]'."
        )
    from matplotlib.figure import Figure

    return Figure(layout="constrained").subplots()
