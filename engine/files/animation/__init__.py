"""Moving pictures of a run as files. Adding a format is adding one record to `ANIMATION_FORMATS`."""

from engine.files.animation.film import FILM_SETTINGS, Film, Pixels, Samples
from engine.files.animation.formats import (
    ANIMATION_FORMATS,
    Cancelled,
    check_animation,
    save_animation,
)

__all__ = [
    "ANIMATION_FORMATS",
    "FILM_SETTINGS",
    "Cancelled",
    "Film",
    "Pixels",
    "Samples",
    "check_animation",
    "save_animation",
]
