"""Starts programs of their own that open the window."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start_program(script: str, folder: Path, stderr: int) -> subprocess.Popen[str]:
    """Start a Python script without a screen, which keeps in that folder what it remembers and saves by itself."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", script]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=stderr
    )
