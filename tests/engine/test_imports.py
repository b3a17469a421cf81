"""The engine runs where there is no Qt."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "engine").rglob("*.py"))

BLOCKED = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "pyqtgraph", "gui"):
    sys.modules[name] = None  # importing it now raises ImportError
import engine
names = [module.name for module in pkgutil.walk_packages(engine.__path__, "engine.")]
for name in names:
    importlib.import_module(name)
from engine.command_line import train
status = train(["--iterations", "5", "--json"], None)
loaded = [name for name in sys.modules if name.startswith(("PySide6.", "shiboken6.", "pyqtgraph.", "gui."))]
print(len(names), status, loaded)
"""


def test_the_engine_trains_without_qt():
    run = subprocess.run(
        [sys.executable, "-c", BLOCKED], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    count, status, loaded = run.stdout.splitlines()[-1].split(" ", 2)
    assert int(count) == len(MODULES) - 1
    assert status == "0"
    assert loaded == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_why_it_exists(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
