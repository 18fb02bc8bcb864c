"""The command as it is installed; Ctrl-C ends it in silence at any moment, also while its parts are being imported."""

from __future__ import annotations

import os
import signal

INTERRUPTED = 130


def main() -> None:
    """Run the command `unitledger`."""
    # An exception in the middle of an import would be shown with all that led to it.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    if hasattr(signal, "SIGPIPE"):
        # Ended by a reader that has seen enough, such as head, like other commands.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    from unitledger.cli import main as command

    command()
