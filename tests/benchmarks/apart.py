"""Each benchmark in a process of its own, which nothing before it has warmed up or worn out."""

import importlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from tests.benchmarks.report import Row

BENCHMARKS = {
    "iteration": "iteration",
    "grids": "grids",
    "scratch": "scratch",
    "exactness": "exactness",
    "recall": "recall",
    "growth": "growth",
    "start-up": "start_up",
    "frames": "frames",
    "views": "views",
    "latency": "latency",
    "memory": "memory",
    "big-data": "big_data",
    "painting": "painting",
    "table": "table",
    "export": "export",
    "animation": "animation",
    "weights": "weights",
    "session": "session",
    "crash": "crash",
}


def measure_apart(name: str, *arguments: Any) -> list[Row]:
    """Return the rows of a benchmark, which may take arguments."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, name, *arguments).result()


def _measure(name: str, *arguments: Any) -> list[Row]:
    rows: list[Row] = importlib.import_module(f"tests.benchmarks.{BENCHMARKS[name]}").measure(*arguments)
    return rows
