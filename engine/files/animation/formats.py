"""The kinds of files for animations, and how to write one so that half of it is never left."""

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.files.animation.film import Film, Pixels, Samples
from engine.files.animation.gif import write_gif
from engine.files.animation.video import why_no_encoder, write_mp4
from engine.files.atomic import FileError, write_atomically
from engine.files.endings import must_end

Write = Callable[[BinaryIO, Film, Samples, Iterator[Pixels]], None]


class Cancelled(Exception):
    """The person does not want the file any more; raised by the pictures, and nothing is left of it."""


@dataclass(frozen=True)
class AnimationFormat:
    """One kind of file."""

    ending: str
    label: str
    write: Write
    """Writes pictures as they come."""
    needs: str
    """The Python package that does the work."""
    found_by: str
    """What brings the package."""
    why_not: Callable[[], str] = lambda: ""
    """Says what else is missing, in the words after a colon, or nothing."""


ANIMATION_FORMATS: dict[str, AnimationFormat] = {
    each.ending: each
    for each in (
        AnimationFormat(".gif", "GIF animation", write_gif, "PIL", "pip install pillow"),
        AnimationFormat(
            ".mp4", "MP4 video", write_mp4, "imageio_ffmpeg", "pip install imageio-ffmpeg", why_no_encoder
        ),
    )
}


def check_animation(path: Path) -> AnimationFormat:
    """Return the format of a path's ending. Raises FileError where it cannot be written, before any work is done."""
    chosen = ANIMATION_FORMATS.get(path.suffix.lower())
    if chosen is None:
        raise FileError(must_end(path.name, ANIMATION_FORMATS))
    if importlib.util.find_spec(chosen.needs) is None:
        raise FileError(
            f"{path.name} needs a Python package that is not installed: python -m {chosen.found_by} brings it."
        )
    if missing := chosen.why_not():
        raise FileError(f"{path.name} cannot be written: {missing}.")
    return chosen


def save_animation(path: Path, film: Film, samples: Samples, pictures: Iterator[Pixels]) -> None:
    """Write the pictures as they come, into a file that is whole or not there at all. Raises FileError, or Cancelled."""
    chosen = check_animation(path)
    write_atomically(path, lambda file: chosen.write(file, film, samples, pictures))
