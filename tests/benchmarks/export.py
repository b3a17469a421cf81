"""How long the window stands still for a picture of each kind, those of pixels at four times their size."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from gui.export.formats import FORMATS, save_picture
from gui.export.pictures import Picture
from tests.benchmarks.frames import MOONS
from tests.benchmarks.laboratory import Laboratory
from tests.benchmarks.report import Row, below, median

SCALE, REPEATS = 4, 5
GOAL = 1.0  # second


def measure() -> list[Row]:
    """Return the seconds to draw and to write a picture of each view in each format."""
    rows = []
    with TemporaryDirectory() as folder, Laboratory(**MOONS) as lab:
        lab.run()
        lab.spend(1.0)
        lab.run(False)
        lab.spend(0.2)
        for name, view in lab.window.views.items():
            for ending, form in FORMATS.items():
                path, taken = Path(folder, name + ending), []
                for _ in range(REPEATS):
                    began = time.perf_counter()
                    save_picture(Picture(name, lab.frame, lab.window.theme, view), path, SCALE)
                    taken.append(time.perf_counter() - began)
                size = f"{view.plot.width()} × {view.plot.height()}"
                size += f" at {SCALE}×" if form.has_pixels else ""
                details = f"{size}: {path.stat().st_size / 1000:,.0f} kB"
                rows.append(below(f"{name} as {ending}", median(taken), GOAL, "s", details))
    return rows
