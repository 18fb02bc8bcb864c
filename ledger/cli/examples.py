"""Examples at the end of a command's help, line by line as somebody would type them."""

from __future__ import annotations


def examples(*commands: str) -> str:
    """Return the epilog of a command: each example on a line of its own."""
    # The first character keeps click from joining the lines.
    return "\n".join(["\b", "Examples:", *(f"  {command}" for command in commands)])
