"""MP4, as every browser and slide program plays it, by the encoder that the package imageio-ffmpeg brings along."""

import errno
import os
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from engine.files.animation.film import Film, Pixels, Samples

QUALITY = "18"  # x264's scale: nothing is seen to be lost, and lines stay sharp


def write_mp4(file: BinaryIO, film: Film, samples: Samples, pictures: Iterator[Pixels]) -> None:
    """Write pictures (height, width, 3) as they come. ImportError without the package; OSError with its reason."""
    import imageio_ffmpeg

    encoder = imageio_ffmpeg.write_frames(
        file.name,
        (film.width, film.height),
        fps=film.rate,
        codec="libx264",
        pix_fmt_out="yuv420p",
        macro_block_size=2,
        quality=None,
        ffmpeg_log_level="error",
        output_params=["-crf", QUALITY, "-preset", "veryfast", "-movflags", "+faststart", "-f", "mp4"],
    )
    encoder.send(None)
    try:
        picture: Pixels | None = None
        for picture in pictures:
            encoder.send(np.ascontiguousarray(picture))
        for _ in range(round(film.hold * film.rate) if picture is not None else 0):
            encoder.send(np.ascontiguousarray(picture))
    except OSError as error:
        raise _told(error) from error
    finally:
        encoder.close()
    if not os.path.getsize(file.name):
        raise OSError(errno.EIO, "the video encoder wrote nothing")


def _told(error: OSError) -> OSError:
    """Return the encoder's complaint as one sentence: it says all that went through its mind."""
    full = "no space left" in str(error).lower()
    return (
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if full
        else OSError(errno.EIO, "the video encoder stopped")
    )
