"""The command against what importing pint and building its default registry costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from measure import Ratio, paired


def startup() -> Ratio:
    """`unitledger eval serving_cost`, the whole process, at most 1.5 times pint's own start."""
    command = str(Path(sys.executable).with_name("unitledger"))

    def ours() -> None:
        subprocess.run([command, "eval", "serving_cost"], check=True, stdout=subprocess.DEVNULL)

    def pint() -> None:
        subprocess.run([sys.executable, "-c", "import pint; pint.UnitRegistry()"], check=True)

    return paired("unitledger eval serving_cost against pint's default registry", ours, pint, 1.5, runs=11)
