"""Runs main.py as scripts do, and says what its results are made of."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PENGUINS = ROOT / "assets" / "datasets" / "penguins.csv"
SCORES = ["train_cost", "test_cost", "train_accuracy", "test_accuracy"]
MORE_SCORES = ["batch_cost", "penalty", "gradient_norm"]
COLUMNS = ["iteration", *SCORES, *MORE_SCORES]
FIELDS = [*COLUMNS[1:], "seconds", "parameters", "ended"]


def main(*arguments, cwd=ROOT, **environment):
    """Run main.py as a person would."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=300,
        check=False,
    )


def scores(result):
    return {name: value for name, value in result.items() if name != "seconds"}
