"""Runs a Python that sees neither this folder nor our packages."""

import os
import subprocess
import sys

BARE = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "OPENBLAS"))}


def bare(*arguments, cwd, given=""):
    """Return how Python ended that was given these arguments, and `given` to read."""
    return subprocess.run(
        [sys.executable, "-I", *map(str, arguments)],
        cwd=cwd,
        env=BARE,
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
