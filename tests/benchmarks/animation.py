"""How long 1,000 pictures as GIF take, and whether the window stays smooth meanwhile."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QFileDialog

from tests.benchmarks.frames import MOONS
from tests.benchmarks.laboratory import Laboratory, Paints
from tests.benchmarks.report import Row, above, below, median, percentile, plain

VIEWS = ("boundary", "cost", "surface")
PICTURES, SECONDS, SMOOTH = 1000, 60.0, 30.0
TRAINED = 3.0  # seconds before


def measure() -> list[Row]:
    """Return the seconds, the pictures a second of the window, and the size of the file."""
    rows = []
    for view in VIEWS:
        for running in (True, False):
            rows += _make(view, running)
    return rows


def _make(view: str, running: bool) -> list[Row]:
    asked = QFileDialog.getSaveFileName
    with TemporaryDirectory() as folder, Laboratory(**MOONS) as lab:
        path = Path(folder, "run.gif")
        QFileDialog.getSaveFileName = lambda *_: (str(path), "")  # type: ignore[method-assign, assignment]
        try:
            lab.run()
            lab.spend(TRAINED)
            lab.run(running)
            lab.spend(0.2)
            lab.child("actionExportAnimation").trigger()
            combo = lab.child("animationViewCombo")
            combo.setCurrentIndex(combo.findData(view))
            lab.child("animationFramesSpin").setValue(PICTURES)
            began = time.perf_counter()
            lab.child("animationSaveButton").click()
            with Paints(lab.boundary) as paints:
                while lab.child("animationDialog").isVisible():
                    lab.spend(0.05)
            seconds = time.perf_counter() - began
            refusal = lab.child("animationRefusal").text()
            if refusal:
                raise RuntimeError(refusal)
            size = path.stat().st_size / 2**20
        finally:
            QFileDialog.getSaveFileName = asked  # type: ignore[method-assign]
    how = "while it trains" if running else "while it pauses"
    what = f"{PICTURES:,} pictures of {view}, 640 × 480, {how}"
    rows = [below(what, seconds, SECONDS, "s")]
    if running:
        spread = f"median {median(paints.gaps):.0f} ms, 95th percentile {percentile(paints.gaps, 95):.0f} ms between"
        rows.append(above("  the window meanwhile", paints.rate, SMOOTH, "fps", spread))
    else:
        rows.append(plain("  size of the file", size, "MiB"))
    return rows
