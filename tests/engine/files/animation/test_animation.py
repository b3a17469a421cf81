"""Animations as files, read again by Pillow and by the video encoder's own reader."""

import re
import subprocess

import numpy as np
import pytest
from PIL import Image, ImageSequence

from engine.files.animation import Cancelled, Film, Samples, check_animation, save_animation
from engine.files.atomic import FileError
from engine.training.settings import SettingError

RED, BLUE, WHITE = (200, 30, 40), (20, 60, 190), (255, 255, 255)


def film(**values):
    return Film(**{"width": 240, "height": 200, "rate": 30.0, "hold": 1.0, **values})


def pictures(count, width=240, height=200):
    """Return white pictures with a red square that moves to the right, and a blue frame that stays."""
    made = []
    for place in range(count):
        picture = np.full((height, width, 3), WHITE, dtype=np.uint8)
        picture[:4] = BLUE
        picture[50:70, 3 * place : 3 * place + 20] = RED
        made.append(picture)
    return made


def samples(shown):
    return Samples(shown[:1], np.array([RED, BLUE, WHITE], dtype=np.uint8))


def test_a_gif_has_every_picture_pixel_for_pixel_where_the_colours_are_few(tmp_path):
    shown = pictures(30)
    save_animation(tmp_path / "a.gif", film(), samples(shown), iter(shown))
    with Image.open(tmp_path / "a.gif") as read:
        assert read.size == (240, 200)
        assert read.n_frames == 30
        for picture, frame in zip(shown, ImageSequence.Iterator(read), strict=True):
            assert np.array_equal(np.asarray(frame.convert("RGB")), picture)


@pytest.mark.parametrize("rate", [7.0, 24.0, 30.0, 50.0])
def test_a_gif_lasts_as_long_as_it_should_and_holds_the_last_picture(tmp_path, rate):
    shown = pictures(31)
    save_animation(tmp_path / "a.gif", film(rate=rate, hold=1.5), samples(shown), iter(shown))
    with Image.open(tmp_path / "a.gif") as read:
        lengths = [frame.info["duration"] for frame in ImageSequence.Iterator(read)]
    assert sum(lengths) / 1000 == pytest.approx(31 / rate + 1.5, abs=0.011)
    assert lengths[-1] >= 1500
    assert max(lengths[:-1]) - min(lengths[:-1]) <= 10


@pytest.mark.parametrize("loop", [True, False])
def test_a_gif_plays_again_where_that_is_wanted(tmp_path, loop):
    shown = pictures(3)
    save_animation(tmp_path / "a.gif", film(loop=loop), samples(shown), iter(shown))
    with Image.open(tmp_path / "a.gif") as read:
        assert read.info.get("loop") == (0 if loop else None)


def test_what_does_not_change_takes_hardly_any_room(tmp_path):
    noise = np.random.default_rng(0).integers(0, 255, (200, 240, 3), dtype=np.uint8)
    for count in (1, 100):
        save_animation(tmp_path / f"{count}.gif", film(), samples([noise]), iter([noise] * count))
    with Image.open(tmp_path / "100.gif") as read:
        assert read.n_frames == 100
    one, many = ((tmp_path / f"{count}.gif").stat().st_size for count in (1, 100))
    assert many - one < 100 * 40


def test_all_pictures_have_one_palette_so_that_nothing_flickers(tmp_path):
    slope = np.linspace(0, 255, 240, dtype=np.uint8)
    ground = np.repeat(np.stack([slope, slope, slope], axis=1)[None], 200, axis=0)
    shown = [ground.copy() for _ in range(5)]
    for place, picture in enumerate(shown):
        picture[100:110, 10 * place : 10 * place + 10] = RED
    save_animation(tmp_path / "a.gif", film(), samples(shown), iter(shown))
    with Image.open(tmp_path / "a.gif") as read:
        seen = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(read)]
    assert all(np.array_equal(seen[0][:90], each[:90]) for each in seen)
    assert (np.abs(seen[0][:90].astype(int) - ground[:90]) <= 4).all()


def test_an_mp4_has_the_size_the_pictures_and_the_length(tmp_path):
    ffmpeg = pytest.importorskip("imageio_ffmpeg")
    shown = pictures(30)
    save_animation(tmp_path / "a.mp4", film(), samples(shown), iter(shown))
    wanted = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    told = subprocess.run(
        [ffmpeg.get_ffmpeg_exe(), "-i", tmp_path / "a.mp4", *wanted], capture_output=True, check=True
    )
    about = told.stderr.decode()
    assert "240x200" in about and "30 fps" in about and "Duration: 00:00:02.00" in about
    seen = np.frombuffer(told.stdout, dtype=np.uint8).reshape(-1, 200, 240, 3)
    assert len(seen) == 30 + 30, "the last one is held for a second"
    for place in (0, 15, 29):
        assert np.abs(seen[place].astype(int) - shown[place]).mean() < 4
    assert np.abs(seen[-1].astype(int) - seen[29]).mean() < 1


@pytest.mark.parametrize("ending", [".gif", ".mp4"])
@pytest.mark.parametrize("failure", [Cancelled(), ZeroDivisionError()])
def test_pictures_that_end_too_early_leave_the_old_file_and_no_half_one(tmp_path, ending, failure):
    if ending == ".mp4":
        pytest.importorskip("imageio_ffmpeg")
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"old")
    shown = pictures(9)

    def broken():
        yield from shown[:5]
        raise failure

    with pytest.raises(type(failure)):
        save_animation(path, film(), samples(shown), broken())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", [".gif", ".mp4"])
def test_a_full_disk_is_told_in_a_sentence(tmp_path, ending, monkeypatch):
    if ending == ".mp4":
        pytest.importorskip("imageio_ffmpeg")
    full = tmp_path / f"a{ending}"
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    shown = pictures(3)
    with pytest.raises(FileError, match="could not be written: No space left on device"):
        save_animation(full, film(), samples(shown), iter(shown))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kibibytes", [1, 8, 64])
def test_an_encoder_without_room_leaves_the_old_video_alone(tmp_path, kibibytes, monkeypatch):
    ffmpeg = pytest.importorskip("imageio_ffmpeg")
    limited = tmp_path / "ffmpeg"
    limited.write_text(f"#!/bin/sh\nulimit -f {2 * kibibytes}\nexec '{ffmpeg.get_ffmpeg_exe()}' \"$@\"\n")
    limited.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "get_ffmpeg_exe", lambda: str(limited))
    path = tmp_path / "a.mp4"
    path.write_bytes(b"old")
    shown = [np.random.default_rng(place).integers(0, 255, (200, 240, 3), np.uint8) for place in range(9)]
    with pytest.raises(FileError, match=r"^a\.mp4 could not be written: .*\.$"):
        save_animation(path, film(), samples(shown), iter(shown))
    assert path.read_bytes() == b"old"
    assert {each.name for each in tmp_path.iterdir()} == {"a.mp4", "ffmpeg"}


@pytest.mark.parametrize(
    ("complaint", "words"),
    [
        ("av_write(): No space left on device", "No space left on device"),
        ("what?", "the video encoder stopped"),
    ],
)
def test_what_the_encoder_says_becomes_a_sentence(tmp_path, complaint, words, monkeypatch, capfd):
    ffmpeg = pytest.importorskip("imageio_ffmpeg")
    complaining = tmp_path / "ffmpeg"
    complaining.write_text(f"#!/bin/sh\nhead -c 1000 >/dev/null\necho '{complaint}' >&2\nexit 1\n")
    complaining.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "get_ffmpeg_exe", lambda: str(complaining))
    shown = pictures(3)
    with pytest.raises(FileError, match=f"^a.mp4 could not be written: {re.escape(words)}.$"):
        save_animation(tmp_path / "a.mp4", film(), samples(shown), iter(shown))
    assert capfd.readouterr().err == ""


def test_other_endings_and_folders_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(FileError, match=r"a\.avi must end in one of \.gif, \.mp4"):
        check_animation(tmp_path / "a.avi")
    shown = pictures(2)
    with pytest.raises(FileError, match="could not be written"):
        save_animation(tmp_path / "none" / "a.gif", film(), samples(shown), iter(shown))


def test_without_an_encoder_it_says_so_before_any_work(tmp_path, monkeypatch):
    ffmpeg = pytest.importorskip("imageio_ffmpeg")

    def missing():
        raise RuntimeError("No ffmpeg exe could be found.")

    for find in (missing, lambda: str(tmp_path / "nowhere")):
        monkeypatch.setattr(ffmpeg, "get_ffmpeg_exe", find)
        with pytest.raises(
            FileError, match=r"^a\.mp4 cannot be written: there is no video encoder; .*another\.$"
        ):
            check_animation(tmp_path / "a.mp4")


def test_an_interrupt_while_it_ends_the_file_ends_the_encoder(tmp_path, monkeypatch):
    ffmpeg = pytest.importorskip("imageio_ffmpeg")
    slow = tmp_path / "ffmpeg"
    slow.write_text("#!/bin/sh\ncat >/dev/null\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "get_ffmpeg_exe", lambda: str(slow))
    begun = []

    class Encoder(subprocess.Popen):
        def wait(self, timeout=None):
            begun.append(self)
            if len(begun) == 1:
                raise KeyboardInterrupt
            return super().wait(timeout)

    monkeypatch.setattr(subprocess, "Popen", Encoder)
    shown = pictures(3)
    with pytest.raises(KeyboardInterrupt):
        save_animation(tmp_path / "a.mp4", film(), samples(shown), iter(shown))
    assert begun[0].returncode is not None, "it is gone"
    assert [each.name for each in tmp_path.iterdir()] == ["ffmpeg"]


def test_without_the_package_for_video_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(FileError, match=r"a\.mp4 needs .*: python -m pip install imageio-ffmpeg brings it"):
        check_animation(tmp_path / "a.mp4")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"frames": 0}, r"Pictures 0 is outside \[1, 10,000\]"),
        ({"rate": 51.0}, r"Pictures a second 51 is outside \[1, 50\]"),
        ({"width": 100}, r"Width in pixels 100 is outside \[240, 3,840\]"),
        ({"spacing": "odd"}, "'odd' is not one of early, even"),
    ],
)
def test_values_outside_their_range_are_refused(values, words):
    with pytest.raises(SettingError, match=words):
        Film(**values)


def test_sides_become_even_as_video_needs_it():
    assert (film(width=641, height=481).width, film(width=641, height=481).height) == (640, 480)


def test_the_iterations_end_where_the_run_does():
    assert Film(frames=3, spacing="even").iterations(100) == [0, 50, 100]
    assert Film(first=10, last=20, frames=50).iterations(100) == list(range(10, 21))
    assert Film(first=10, last=500, frames=2).iterations(100) == [10, 100]
    assert Film(first=90, frames=2).iterations(40) == [40]
