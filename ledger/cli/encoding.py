"""What a terminal or a file cannot show, on a code page that lacks it: a plain sign instead, else an escape."""

from __future__ import annotations

import codecs
import os
import sys
from io import TextIOWrapper
from pathlib import Path

_PLAIN = {
    **dict.fromkeys("−–—‐‑─", "-"),
    **dict.fromkeys("│├", "|"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’‹›", "'"),
    "×": "x",
    "÷": "/",
    "·": "*",
    "…": "...",
    "≤": "<=",
    "≥": ">=",
    "→": "->",
    "└": "`",
    "€": "EUR",
    "¥": "CNY",
    "²": "^2",
}
_NAME = "unitledger.plain"


def prepare_output() -> None:
    """Let standard output and error take every text, whatever their encoding, also where they were closed."""
    codecs.register_error(_NAME, _plain)
    # Where nobody listens, what is said goes nowhere.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for as long as the command
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for as long as the command
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_NAME)


def is_unicode(encoding: str | None) -> bool:
    """Whether an encoding has every character."""
    return codecs.lookup(encoding or "ascii").name.startswith("utf")


def _plain(failed: UnicodeError) -> tuple[str, int]:
    assert isinstance(failed, UnicodeEncodeError)
    lost = failed.object[failed.start : failed.end]
    return "".join(_PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in lost), failed.end
