"""Pictures as SVG and PDF: what is in them, and what other programs make of them."""

import re
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from gui.export.formats import FORMATS
from gui.export.pictures import SIZES, VIEWS, Canvas, Picture, image_of
from gui.theme import DARK, LIGHT, PICTURE_THEMES, PRINT, Theme
from tests.gui.export.frames import frame_for
from tests.gui.export.images import pixels

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
POINTS = 400
views = pytest.mark.parametrize("view", VIEWS)


def picture(view: str, theme: Theme = LIGHT, **more: object) -> Picture:
    return Picture(view, frame_for(view), theme, **more)  # type: ignore[arg-type]


@cache
def written(view: str, ending: str, theme: str = "light") -> bytes:
    return FORMATS[ending].write(picture(view, PICTURE_THEMES[theme]), 1.0)


@cache
def drawn(view: str, theme: str = "light") -> QImage:
    return image_of(picture(view, PICTURE_THEMES[theme]), 1.0)


def assert_alike(image: QImage, expected: QImage, far: float = 0.015) -> None:
    """Fail where two pictures differ by more than how programs smooth the edges of letters and lines."""
    height = min(image.height(), expected.height())  # a page may be a pixel higher
    assert abs(image.height() - expected.height()) <= 1 and image.width() == expected.width()
    apart = np.abs(pixels(image)[:height] - pixels(expected)[:height])
    assert apart.mean() < 4.0, apart.mean()
    assert (apart.max(axis=2) > 90).mean() < far, (apart.max(axis=2) > 90).mean()


@views
def test_an_svg_is_plain_paths_clips_and_lossless_images(qapp: QApplication, view: str) -> None:
    data = written(view, ".svg")
    root = ElementTree.fromstring(data)
    size = drawn(view).size()
    assert root.attrib["viewBox"] == f"0 0 {size.width()} {size.height()}"
    assert float(root.attrib["width"].removesuffix("mm")) == pytest.approx(size.width() * 25.4 / 96, abs=2e-3)
    assert root.findtext(f"{SVG}title") == VIEWS[view].title
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "defs", "clipPath", "path", "g", "use", "image"}
    assert b"font" not in data and b"vector-effect" not in data
    known = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    for element in root.iter(f"{SVG}use"):
        assert element.attrib[LINK].removeprefix("#") in known
    for element in root.iter(f"{SVG}g"):
        if "clip-path" in element.attrib:
            assert element.attrib["clip-path"][5:-1] in known
    for element in root.iter(f"{SVG}image"):
        kind, _, encoded = element.attrib[LINK].partition(",")
        assert kind == "data:image/png;base64"
        assert not QImage.fromData(QByteArray(b64decode(encoded))).isNull()
    assert len(data) < 1_000_000


def test_the_points_of_a_boundary_are_shapes_its_lines_are_clipped_and_its_colours_an_image(
    qapp: QApplication,
) -> None:
    root = ElementTree.fromstring(written("boundary", ".svg"))
    clips = [element for element in root.iter(f"{SVG}g") if "clip-path" in element.attrib]
    shapes = [path for clip in clips for path in clip.iter(f"{SVG}path") if path.get("fill") != "none"]
    assert len(shapes) >= POINTS
    assert len(list(root.iter(f"{SVG}image"))) == 1
    assert len(written("boundary", ".svg")) < 500_000


@pytest.mark.parametrize("theme", PICTURE_THEMES)
@views
def test_qt_itself_draws_the_svg_as_it_draws_the_png(qapp: QApplication, view: str, theme: str) -> None:
    expected = drawn(view, theme)
    image = QImage(expected.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer = QSvgRenderer(QByteArray(written(view, ".svg", theme)))
    assert renderer.isValid()
    renderer.render(painter)
    painter.end()
    assert_alike(image, expected, far=0.04)  # it does not clip


@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert (librsvg2-bin) is not installed")
@views
def test_another_program_draws_the_svg_as_the_png(qapp: QApplication, view: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(written(view, ".svg"))
    subprocess.run(["rsvg-convert", "-o", tmp_path / "a.png", tmp_path / "a.svg"], check=True)
    assert_alike(QImage(str(tmp_path / "a.png")), drawn(view))


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm (poppler-utils) is not installed")
@views
def test_another_program_draws_the_pdf_as_the_png(qapp: QApplication, view: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(written(view, ".pdf"))
    subprocess.run(
        ["pdftoppm", "-r", "96", "-png", "-singlefile", tmp_path / "a.pdf", tmp_path / "a"], check=True
    )
    assert_alike(QImage(str(tmp_path / "a.png")), drawn(view))
    fonts = subprocess.run(["pdffonts", tmp_path / "a.pdf"], check=True, capture_output=True, text=True)
    for line in fonts.stdout.splitlines()[2:]:
        assert re.search(r"\byes\s+\w+\s+yes\s+\d+\s+\d+$", line), f"not embedded: {line}"


@views
def test_a_pdf_has_its_own_size_its_fonts_and_no_loss(qapp: QApplication, view: str) -> None:
    data, size = written(view, ".pdf"), drawn(view).size()
    assert data.startswith(b"%PDF-")
    found = re.search(rb"/MediaBox \[([^]]+)\]", data)
    assert found is not None
    left, bottom, right, top = map(float, found[1].split())
    assert right - left == pytest.approx(size.width() * 0.75, abs=0.01)
    assert top - bottom == pytest.approx(size.height() * 0.75, abs=0.01)
    assert b"/DCTDecode" not in data, "nothing is kept as JPEG"
    assert data.count(b"/FontFile2") == data.count(b"/Type /FontDescriptor")
    assert len(data) < 1_000_000


@pytest.mark.parametrize("ending", [".svg", ".pdf"])
def test_the_same_moment_gives_the_same_drawing(qapp: QApplication, ending: str) -> None:
    again = [FORMATS[ending].write(picture("cost"), 1.0) for _ in range(2)]
    dated = rb"\(D:\d+[^)]*\)|xmp:\w+Date[=>][^<> ]*|uuid:[-\w]+|/ID \[[^]]*\]"
    assert re.sub(dated, b"", again[0]) == re.sub(dated, b"", again[1])


def test_words_that_are_cut_off_cut_nothing_else_off(qapp: QApplication) -> None:
    """Qt's SVG goes on with a clip that is over: each thing has its own, and words have none."""

    @contextmanager
    def drawn(scale: float = 1.0) -> Iterator[Canvas]:
        def paint(painter: QPainter) -> None:
            painter.drawText(
                QRectF(10, 10, 5, 5), int(Qt.AlignmentFlag.AlignCenter), "larger than\x01 its place"
            )
            painter.fillRect(QRectF(60, 60, 30, 30), QColor("#123456"))

        yield Canvas(QSize(100, 100), "", paint)

    two = SimpleNamespace(name="two", title="Words & a square", transparent=False, drawn=drawn)
    root = ElementTree.fromstring(FORMATS[".svg"].write(two, 1.0))  # type: ignore[arg-type]
    assert not list(root.iter(f"{SVG}clipPath"))
    (square,) = (path for path in root.iter(f"{SVG}path") if path.get("fill") == "#123456")
    assert square.attrib["d"] == "M60,60 L90,60 L90,90 L60,90 Z"
    (words,) = (group for group in root.iter(f"{SVG}g") if "aria-label" in group.attrib)
    assert words.attrib["aria-label"] == "larger than its place"
    assert len(words) == len("largerthanitsplace")


def test_a_plot_in_the_dark_and_in_pieces_is_moved_as_a_whole(qapp: QApplication) -> None:
    """What is painted with a shift, as plots within the window are, is the same, only elsewhere."""
    there = picture("network", DARK)

    @contextmanager
    def drawn(scale: float = 1.0) -> Iterator[Canvas]:
        with there.drawn(scale) as canvas:

            def paint(painter: QPainter) -> None:
                painter.translate(37, 21)
                canvas.paint(painter)

            yield Canvas(canvas.size + QSize(37, 21), "", paint)

    moved = SimpleNamespace(name="moved", title="Moved", transparent=False, share=1.0, drawn=drawn)
    image = image_of(moved, 1.0).copy(37, 21, *SIZES["network"].toTuple())  # type: ignore[arg-type]
    assert np.abs(pixels(image) - pixels(image_of(there, 1.0))).mean() < 0.01


def test_another_size_lays_the_plot_out_anew(qapp: QApplication) -> None:
    root = ElementTree.fromstring(FORMATS[".svg"].write(picture("cost", size=QSize(300, 500)), 1.0))
    assert root.attrib["viewBox"] == "0 0 300 500"
    assert image_of(picture("cost", size=QSize(300, 500)), 3.0).size() == QSize(900, 1500)


@pytest.mark.parametrize("theme", [LIGHT, DARK, PRINT], ids=lambda theme: theme.name)
def test_a_transparent_picture_leaves_the_ground_out_and_nothing_else(
    qapp: QApplication, theme: Theme
) -> None:
    clear = image_of(picture("cost", theme, transparent=True), 1.0)
    assert clear.pixelColor(1, 1).alpha() == 0
    full = QImage(clear.size(), QImage.Format.Format_RGB32)
    full.fill(theme.window)
    painter = QPainter(full)
    painter.drawImage(0, 0, clear)
    painter.end()
    assert np.abs(pixels(full) - pixels(image_of(picture("cost", theme), 1.0))).mean() < 0.2
    svg = FORMATS[".svg"].write(picture("cost", theme, transparent=True), 1.0).decode()
    assert theme.window.lower() not in svg.replace(theme.text.lower(), "")


def test_pens_and_legends_grow_with_the_picture(qapp: QApplication) -> None:
    one, four = (image_of(picture("cost"), scale) for scale in (1.0, 4.0))
    assert four.size() == one.size() * 4 == SIZES["cost"] * 4
    small = four.scaled(one.size(), mode=Qt.TransformationMode.SmoothTransformation)
    assert_alike(small, one)
