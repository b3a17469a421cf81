"""`python -m tests.benchmarks` measures and prints a table. It says which goals are missed and never fails for it."""

import argparse
import os
import sys
import time
import traceback
from pathlib import Path

from tests.benchmarks.apart import BENCHMARKS, measure_apart
from tests.benchmarks.report import machine, table


def main() -> int:
    """Measure what the options name; return 1 when something crashed, and never because of a clock."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--only", metavar="NAME", action="append", choices=BENCHMARKS, help=f"one of {', '.join(BENCHMARKS)}"
    )
    parser.add_argument("--plot", metavar="FILE.png", type=Path, help="where growth draws to")
    parser.add_argument("--verbose", action="store_true", help="say more about each figure")
    options = parser.parse_args()
    print(machine(), flush=True)
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > 0.3 * (os.cpu_count() or 1):
        print(
            "Other programs are at work here, so take the figures for worse than they are, and measure again."
        )
    began, crashed, missed = time.perf_counter(), False, 0
    for name in options.only or BENCHMARKS:
        print(f"\n{name}", flush=True)
        try:
            rows = measure_apart(name, *([options.plot] if name == "growth" and options.plot else []))
        except Exception:
            traceback.print_exc()
            crashed = True
        else:
            missed += sum(row.met is False for row in rows)
            print(table(rows, options.verbose), flush=True)
    goals = f"goals missed: {missed}" if missed else "every goal was met"
    print(f"\n{time.perf_counter() - began:.0f} s; {'something crashed' if crashed else goals}")
    return int(crashed)


if __name__ == "__main__":
    sys.exit(main())
