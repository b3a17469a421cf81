"""How long the window stands still for a picture of four times its size."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from gui.export.pictures import draw_picture, save_picture
from tests.benchmarks.frames import MOONS
from tests.benchmarks.laboratory import Laboratory
from tests.benchmarks.report import Row, median, plain

SCALE, REPEATS = 4, 5


def measure() -> list[Row]:
    """Return the seconds to draw and to write a picture of each view."""
    rows = []
    with TemporaryDirectory() as folder, Laboratory(**MOONS) as lab:
        lab.run()
        lab.spend(1.0)
        lab.run(False)
        lab.spend(0.2)
        for name, view in lab.window.views.items():
            drawing, writing = [], []
            for _ in range(REPEATS):
                began = time.perf_counter()
                image = draw_picture(name, lab.frame, lab.window.theme, SCALE, like=view)
                drawn = time.perf_counter()
                save_picture(image, Path(folder, f"{name}.png"))
                drawing.append(drawn - began)
                writing.append(time.perf_counter() - drawn)
            size = f"{image.width()} × {image.height()}"
            details = f"{size}: drawn in {median(drawing):.2f} s, written in {median(writing):.2f} s"
            rows.append(plain(f"{name} as PNG at {SCALE}×", median(drawing) + median(writing), "s", details))
    return rows
