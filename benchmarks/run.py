"""Every benchmark, each a ratio measured in one run, most against a limit stated beside it.

python benchmarks/run.py            all of them
python benchmarks/run.py arrays     the named ones
"""

from __future__ import annotations

import sys

from arrays import array_memory, array_time
from lists import listed_task, listed_values
from measure import Ratio
from months import monthly_task, monthly_values
from simulation import flat_memory, in_chunks, two_processes
from startup import startup
from workbooks import building, filling, presenting, rendering, verifying, whole_task

BENCHMARKS = {
    "startup": (startup,),
    "arrays": (array_time, array_memory),
    "simulation": (in_chunks, two_processes, flat_memory),
    "lists": (listed_task, listed_values),
    "months": (monthly_task, monthly_values),
    "workbooks": (rendering, presenting, building, whole_task, filling, verifying),
}


def main(names: list[str]) -> int:
    """Print each ratio; return 1 when one is over its limit."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}.")
        return 2
    over = 0
    for name in names or BENCHMARKS:
        for benchmark in BENCHMARKS[name]:
            ratio: Ratio = benchmark()
            print(ratio, flush=True)
            over += ratio.over
    print(f"{over} over its limit" if over else "All within their limits.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
