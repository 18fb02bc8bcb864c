"""The command against what importing pint and building its default registry costs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from measure import Ratio, paired


def startup() -> Ratio:
    """`unitledger eval serving_cost`, the whole process, at most 1.5 times pint's own start."""
    command = str(Path(sys.executable).with_name("unitledger"))
    # Both run from compiled files, as on a user's machine, also where new ones are not to be written.
    compiling = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def ours() -> None:
        subprocess.run([command, "eval", "serving_cost"], check=True, stdout=subprocess.DEVNULL, env=compiling)

    def pint() -> None:
        subprocess.run([sys.executable, "-c", "import pint; pint.UnitRegistry()"], check=True, env=compiling)

    return paired("unitledger eval serving_cost against pint's default registry", ours, pint, 1.5, runs=11)
