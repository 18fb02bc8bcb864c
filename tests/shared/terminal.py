"""What a terminal is sent by a piece of Python, through a real pseudo-terminal (a Unix thing)."""

from __future__ import annotations

import os
import subprocess
import sys


def drawn_by(code: str) -> str:
    """Run Python whose output is a terminal of 60 columns, and return what it drew."""
    import pty

    above, below = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", code], stdout=below, check=True, env={**os.environ, "TERM": "xterm", "COLUMNS": "60"}
    )
    os.close(below)
    drawn = os.read(above, 10_000).decode()
    os.close(above)
    return drawn
