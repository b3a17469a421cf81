"""`python -m tests.screenshots` draws the window into assets/images, for the README and for a look at it.

Each scene is trained by a fixed number of steps, and the heat map gets as fine as it can, so the same picture comes
out again.
"""

import argparse
import math
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication

from tests.benchmarks.settings import expect_no_screen, keep_settings_in

FOLDER = Path(__file__).parents[1] / "assets" / "images"
WIDTH, HEIGHT = 1440, 900  # pixels
PORTIONS = 40  # how many times a scene is drawn on its way; the heat map gets finer each time
PATIENCE = 120.0  # seconds for a scene


@dataclass(frozen=True)
class Scene:
    """What a picture shows: a theme, the settings that differ from the first start, and how far it is trained."""

    name: str
    theme: str
    iterations: int
    settings: dict[str, Any] = field(default_factory=dict)
    actions: tuple[str, ...] = ()
    """What is chosen from the menus."""


SCENES = (
    Scene("light", "Light", 600),
    Scene("dark", "Dark", 4000, {"data": "spiral", "hidden": (16, 16), "learning_rate": 0.2}),
    Scene("penguins", "Light", 400, {"data": "penguins", "hidden": (8,)}),
)


def main() -> int:
    """Draw the scenes that the options name."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("scenes", metavar="SCENE", nargs="*", help=", ".join(scene.name for scene in SCENES))
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to, instead of assets/images")
    parser.add_argument("--size", default=f"{WIDTH}x{HEIGHT}", help="of the window, such as 1280x720")
    options = parser.parse_args()
    known = {scene.name: scene for scene in SCENES}
    if not set(options.scenes) <= set(known):
        parser.error(f"the scenes are {', '.join(known)}")
    width, height = map(int, options.size.split("x"))
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    expect_no_screen()
    options.folder.mkdir(parents=True, exist_ok=True)
    for scene in (known[name] for name in options.scenes or known):
        with TemporaryDirectory() as folder:
            keep_settings_in(Path(folder))
            path = options.folder / f"{scene.name}.png"
            if not draw(scene, width, height).save(str(path)):
                print(f"{path} could not be written.", file=sys.stderr)
                return 1
            print(f"{path}: {path.stat().st_size / 1024:.0f} KiB")
    return 0


def draw(scene: Scene, width: int, height: int) -> QImage:
    """Return a picture of the window, one pixel for each of its own. Raises TimeoutError."""
    from gui.app import create_application, create_window
    from gui.views import boundary

    application = create_application(["screenshots"])
    window = create_window()
    sys.excepthook = sys.__excepthook__  # the window would show what goes wrong here in a dialog
    window.resize(width, height)
    window.show()
    boundary.SLOW = boundary.QUICK = math.inf  # no heat map is too slow, so each is finer than the one before
    if scene.settings and not window.document.change(**scene.settings):
        raise ValueError(f"the window refused {scene.settings}")
    until = time.monotonic() + PATIENCE
    _settle(application)
    for name in (f"Theme{scene.theme}", "Fit", *scene.actions):
        action = window.findChild(QAction, f"action{name}")
        assert isinstance(action, QAction)
        action.trigger()
    for part in range(1, PORTIONS + 1):
        wanted = scene.iterations * part // PORTIONS
        window.playback.step(wanted - window.playback.frame.state.iteration)
        while window.playback.frame.state.iteration < wanted:
            if time.monotonic() > until:
                raise TimeoutError(f"{scene.name} is still at {window.playback.frame.state.iteration}")
            application.processEvents()
    _settle(application)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    window.render(image, QPoint())
    window.close()
    window.deleteLater()
    _settle(application)
    return image


def _settle(application: QApplication) -> None:
    """Let everything that is due be laid out and painted."""
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        application.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main())
