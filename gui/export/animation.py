"""An animation without a window: every picture is drawn, and written, before the next."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize

from engine.files.animation import Film, Pixels, Samples, save_animation
from engine.training.history import History
from engine.training.series import frames
from gui.export.easel import Easel
from gui.theme import PICTURE_THEMES
from gui.views.view import View

SAMPLES = 8  # pictures that the colours of a GIF are made for


def samples_of(iterations: list[int]) -> list[int]:
    """Return a few of the iterations, the first and the last among them, which have all colours between them."""
    places = np.linspace(0, len(iterations) - 1, min(SAMPLES, len(iterations))).round().astype(int)
    return [iterations[place] for place in dict.fromkeys(places.tolist())]


def make_animation(
    path: Path,
    film: Film,
    history: History,
    show: Callable[[int, int], object] = lambda done, all_: None,
    like: View | None = None,
) -> None:
    """Draw a run that has ended and write it, to look `like` a view. Raises FileError.

    `show` is told how many pictures are done.
    """
    iterations = film.iterations(history.last)
    (final,) = frames(history, iterations[-1:])
    size = QSize(film.width, film.height)
    with Easel(film.view, PICTURE_THEMES[film.theme], size, final, like) as easel:
        easel.begin(iterations[0])

        def pictures() -> Iterator[Pixels]:
            for done, frame in enumerate(frames(history, iterations), start=1):
                yield easel.draw(frame)
                show(done, len(iterations))

        samples = [easel.draw(frame) for frame in frames(history, samples_of(iterations))]
        save_animation(path, film, Samples(samples, easel.colours), pictures())
