"""The kinds of files that a picture can be saved as, one record each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRect, QSizeF
from PySide6.QtGui import QImageWriter, QPageLayout, QPageSize, QPaintDevice, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from engine.files.atomic import FileError, write_atomically
from engine.files.endings import must_end
from engine.files.plots import DPI
from engine.files.rows import as_csv
from gui.export.pictures import Drawable, Picture, image_of, paint_on
from gui.export.svg import plain_svg
from gui.export.tables import TABLES

QUICK = 80  # of 100: PNG loses nothing at any, but takes 40 % less time than usual for files 30 % larger
POINT = 72 / DPI  # of a printer, in one of a picture
Metric = QPaintDevice.PaintDeviceMetric
DOTS_AN_INCH = (Metric.PdmDpiX, Metric.PdmDpiY, Metric.PdmPhysicalDpiX, Metric.PdmPhysicalDpiY)


@dataclass(frozen=True)
class PictureFormat:
    """A kind of file for pictures."""

    ending: str
    label: str
    write: Callable[[Drawable, float], bytes]
    """Gives a picture with so many pixels a point, where it has pixels."""
    has_pixels: bool = False
    draws: bool = True
    """Whether it holds a picture, not the data behind it."""


def _png(picture: Drawable, scale: float) -> bytes:
    image = image_of(picture, scale)
    image.setText("Title", picture.title)
    buffer = _buffer()
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(QUICK)
    if not writer.write(image):
        raise FileError(f"The picture could not be encoded as PNG: {writer.errorString()}.")
    return bytes(buffer.data().data())


def _svg(picture: Drawable, scale: float) -> bytes:
    buffer = _buffer()
    with picture.drawn() as canvas:
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the one that clips
        generator.setOutputDevice(buffer)
        generator.setResolution(DPI)
        generator.setSize(canvas.size)
        generator.setViewBox(QRect(QPoint(0, 0), canvas.size))
        paint_on(generator, canvas, canvas.size.toSizeF())
        area = canvas.area
    return plain_svg(bytes(buffer.data().data()), picture.title, canvas.words, (area.width(), area.height()))


def _pdf(picture: Drawable, scale: float) -> bytes:
    buffer = _buffer()
    with picture.drawn() as canvas:
        writer, resolution = _Page(buffer), round(DPI / picture.share)
        writer.setResolution(resolution)
        writer.setTitle(picture.title)
        writer.setCreator("Descent Lab")
        size = canvas.area * POINT
        page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
        paint_on(writer, canvas, canvas.area * (resolution / DPI))
    return _of_exact_size(bytes(buffer.data().data()), size)


class _Page(QPdfWriter):
    """A page that says it has the usual points, however small they are.

    What is kept as a `QPicture`, as axes are, would else be drawn larger where points are smaller, and would not fit.
    """

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        return DPI if which in DOTS_AN_INCH else super().metric(which)


def _of_exact_size(pdf: bytes, size: QSizeF) -> bytes:
    """Return a page with the size that is wanted: Qt takes the nearest in whole points of a printer.

    What was painted hangs from the top. The number of bytes stays, as a PDF says where in it everything is.
    """

    def exact(box: re.Match[bytes]) -> bytes:
        top = float(box[3])
        sides = f"0 {top - size.height():.3f} {size.width():.3f} {top:g}"
        return box[1] + sides.encode().ljust(len(box[2]))

    return re.sub(rb"(/(?:Media|Trim)Box \[)(0 0 [\d.]+ ([\d.]+))", exact, pdf)


def _csv(picture: Drawable, scale: float) -> bytes:
    if not isinstance(picture, Picture):
        raise FileError(f"There is no table behind “{picture.title}”.")
    with picture.shown() as view:
        return as_csv(TABLES[picture.name](view, picture.frame))


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


FORMATS: dict[str, PictureFormat] = {
    each.ending: each
    for each in (
        PictureFormat(".png", "PNG picture", _png, has_pixels=True),
        PictureFormat(".svg", "SVG drawing", _svg),
        PictureFormat(".pdf", "PDF page", _pdf),
        PictureFormat(".csv", "Table of the data", _csv, draws=False),
    )
}


def save_picture(picture: Drawable, path: Path, scale: float) -> None:
    """Write a picture in the form that the path's ending names. Raises FileError."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise FileError(must_end(path.name, FORMATS))
    written = form.write(picture, scale)
    write_atomically(path, lambda file: file.write(written))
