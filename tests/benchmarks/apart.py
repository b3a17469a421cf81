"""Each benchmark in a process of its own, which nothing before it has warmed up or worn out."""

import importlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from tests.benchmarks.report import Row

BENCHMARKS = {
    "start-up": "start_up",
    "frames": "frames",
    "latency": "latency",
    "memory": "memory",
    "big-data": "big_data",
    "painting": "painting",
    "export": "export",
}


def measure_apart(name: str) -> list[Row]:
    """Return the rows of a benchmark."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, name).result()


def _measure(name: str) -> list[Row]:
    rows: list[Row] = importlib.import_module(f"tests.benchmarks.{BENCHMARKS[name]}").measure()
    return rows
