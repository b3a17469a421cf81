"""GIF: one palette for all pictures, so that nothing flickers, and of each picture only what has changed.

Pillow makes the palette and compresses; the parts of the file around that are written here, as they come.
"""

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from engine.files.animation.film import Film, Pixels, Samples

if TYPE_CHECKING:
    from PIL.Image import Image as PaletteImage

SAME = 255  # the colour that leaves a pixel as it was; the others are the palette's
BITS = 8  # of a colour's number


def write_gif(file: BinaryIO, film: Film, samples: Samples, pictures: Iterator[Pixels]) -> None:
    """Write pictures as they come, in the colours of the samples. ImportError without Pillow."""
    from PIL import Image

    palette = _palette(samples)
    colours = bytes(palette.getpalette() or b"").ljust(3 * 2**BITS, b"\0")
    file.write(b"GIF89a" + struct.pack("<HHBBB", film.width, film.height, 0xF0 | BITS - 1, 0, 0) + colours)
    if film.loop:
        file.write(b"\x21\xff\x0bNETSCAPE2.0" + struct.pack("<BBHB", 3, 1, 0, 0))
    before: np.ndarray | None = None
    waiting: np.ndarray | None = (
        None  # a picture whose length is not known before it is clear whether it is the last
    )
    place = 0
    for pixels in pictures:
        if waiting is not None:
            _write_picture(file, before, waiting, film.delays.of(place, is_last=False))
            before, place = waiting, place + 1
        picture = Image.fromarray(pixels).quantize(palette=palette, dither=Image.Dither.NONE)
        waiting = np.asarray(picture)
    if waiting is not None:
        _write_picture(file, before, waiting, film.delays.of(place, is_last=True))
    file.write(b"\x3b")


def _palette(samples: Samples) -> "PaletteImage":
    """Return an image whose palette has the exact colours, and others for all that the pictures show."""
    from PIL import Image

    montage = Image.fromarray(np.concatenate(samples.pictures))
    others = montage.quantize(SAME - len(samples.exact), Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    made = Image.new("P", (1, 1))
    made.putpalette([*samples.exact.ravel().tolist(), *(others.getpalette() or [])])
    return made


def _write_picture(file: BinaryIO, before: np.ndarray | None, now: np.ndarray, hundredths: int) -> None:
    """Write the smallest rectangle that holds all that has changed."""
    top, left, part = 0, 0, now
    if before is not None:
        changed = before != now
        rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
        if rows.size:
            top, left = int(rows[0]), int(columns[0])
            there = slice(top, int(rows[-1]) + 1), slice(left, int(columns[-1]) + 1)
            part, changed = now[there], changed[there]
        else:
            part, changed = now[:1, :1], changed[:1, :1]
        sparse = np.where(changed, part, SAME).astype(np.uint8)
        packed = min(_packed(part), _packed(sparse), key=len)
    else:
        packed = _packed(part)
    height, width = part.shape
    file.write(
        b"\x21\xf9\x04" + struct.pack("<BHBB", 1 << 2 | 1, min(hundredths, 0xFFFF), SAME, 0)
    )  # keep it
    file.write(b"\x2c" + struct.pack("<HHHHBB", left, top, width, height, 0, BITS) + packed + b"\0")


def _packed(indices: np.ndarray) -> bytes:
    """Return colour numbers (height, width) compressed as GIF does, in blocks of at most 255 bytes."""
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(indices)).tobytes("gif", ("L", BITS, 0))
