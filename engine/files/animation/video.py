"""MP4, as every browser and slide program plays it, by the encoder that the package imageio-ffmpeg brings along."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import chain, repeat
from tempfile import TemporaryFile
from typing import IO, BinaryIO

import numpy as np

from engine.files.animation.film import Film, Pixels, Samples

QUALITY = "18"  # x264's scale: nothing is seen to be lost, and lines stay sharp
APART: dict[str, object] = (  # Ctrl+C is for this program, which then ends the encoder
    {"creationflags": 0x0800_0200}  # a new group of processes, and no window
    if sys.platform == "win32"
    else {"start_new_session": True}
)


def write_mp4(file: BinaryIO, film: Film, samples: Samples, pictures: Iterator[Pixels]) -> None:
    """Write pictures (height, width, 3) as they come. ImportError without the package; OSError with its reason."""
    import imageio_ffmpeg

    with TemporaryFile() as complaints:  # in a pipe they could fill up while nobody reads
        encoder = subprocess.Popen(
            [imageio_ffmpeg.get_ffmpeg_exe(), *_options(film), file.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            **APART,  # type: ignore[call-overload]
        )
        assert encoder.stdin is not None
        try:
            for picture in _held(film, pictures):
                try:
                    encoder.stdin.write(np.ascontiguousarray(picture).data)
                except OSError:
                    break  # it has ended, and its status tells why
            _close(encoder.stdin)
            failed = encoder.wait() != 0
        except BaseException:
            encoder.kill()
            _close(encoder.stdin)
            encoder.wait()
            raise
        complaints.seek(0)
        if failed:
            raise _told(complaints.read())


def why_no_encoder() -> str:
    """Say what is missing, in the words after a colon, or nothing."""
    import imageio_ffmpeg

    with suppress(RuntimeError):
        if shutil.which(imageio_ffmpeg.get_ffmpeg_exe()):
            return ""
    return "there is no video encoder; imageio-ffmpeg brings one, and IMAGEIO_FFMPEG_EXE may name another"


def _close(stdin: IO[bytes]) -> None:
    with suppress(OSError):
        stdin.close()


def _options(film: Film) -> list[str]:
    """Return how the encoder is called: raw pictures come in, and the index of the file goes to its beginning."""
    size, rate = f"{film.width}x{film.height}", str(Fraction(film.rate).limit_denominator())
    pictures = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", rate, "-i", "-"]
    video = ["-an", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", QUALITY, "-preset", "veryfast"]
    return ["-y", "-v", "error", "-xerror", *pictures, *video, "-movflags", "+faststart", "-f", "mp4"]


def _held(film: Film, pictures: Iterator[Pixels]) -> Iterator[Pixels]:
    """Yield the pictures, and the last one as often as it is to stay."""
    last: list[Pixels] = []
    for picture in pictures:
        last = [picture]
        yield picture
    yield from chain.from_iterable(repeat(last, round(film.hold * film.rate)))


def _told(complaints: bytes) -> OSError:
    """Return the encoder's complaints as one sentence: it says all that went through its mind."""
    full = b"no space left" in complaints.lower()
    return (
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if full
        else OSError(errno.EIO, "the video encoder stopped")
    )
