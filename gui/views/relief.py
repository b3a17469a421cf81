"""A cost surface as a relief that can be turned, with the path of the descent on it."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QGraphicsSceneMouseEvent,
    QGraphicsSceneWheelEvent,
    QGraphicsWidget,
    QSizePolicy,
    QStyleOptionGraphicsItem,
    QWidget,
)

from engine.model.activations import Array
from engine.model.relief import Angle, Seen, Sight
from gui import theme as tokens
from gui.theme import GRID, Theme
from gui.views.images import DETAIL, draw_image
from gui.views.relief_axes import paint_axes
from gui.views.relief_image import ReliefColours
from gui.views.relief_marks import Ground, on_surface, paint_marks
from gui.views.surface_heights import Heights
from gui.views.surface_marks import Marks
from gui.views.view import View

STRAIGHT = Angle(-28.0, 38.0)
"""How it is seen at first."""
HALVES = (1.0, 0.6)  # of the block's sides
MARGINS = (7.0 * GRID, 0.5 * GRID, 5.0 * GRID, 3.5 * GRID)  # pixels around the block, for what is at its axes
TITLE = 2.0 * GRID  # pixels above it, where a title stands
QUICK, FINE = 100_000, 800_000  # pixels of the image while it is turned, and when it stands still
FINEST = 2.0  # pixels of the image for one of the window's
STILL = 150  # milliseconds after which it stands still
DEGREES = 0.4  # that a pixel of the mouse turns it
ZOOM = 1.02 ** (1 / 8)  # for a unit of the wheel


class Relief(QGraphicsWidget):
    """Draws heights as a block. Its image is kept until the heights, the angle or its size change."""

    turned = Signal(Angle)
    """The person wants to see it from there."""
    zoomed = Signal(float)
    """The person wants to see so many times as much of the plane."""

    def __init__(self, view: View, sharp: bool) -> None:
        super().__init__()
        self._view = view
        self._sharp = sharp
        self.angle = STRAIGHT
        self.heights: Heights | None = None
        self.seen: Seen | None = None
        """What each pixel of the image shows."""
        self.marks: Marks | None = None
        self.title = ""
        self.names = ("", "")
        """The words at the axes."""
        self._image: QImage | None = None
        self._is_fine = self._hurries = False
        self._colours: ReliefColours
        self._rest = QTimer(self, singleShot=True, interval=STILL)
        self._rest.timeout.connect(self._refine)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._colours = ReliefColours(theme)
        self._change()

    def show_heights(self, heights: Heights | None) -> None:
        """Draw other heights, or none."""
        self.heights = heights
        self._change()

    def show_marks(self, marks: Marks, running: bool) -> None:
        """Draw the path and the point that is shown, with its arrows. A fine image waits until the run pauses."""
        self.marks = marks
        if self._hurries and not running and not self._is_fine:
            self._rest.start()
        self._hurries = running
        self.update()

    def turn_to(self, angle: Angle) -> None:
        """Show it from another angle."""
        if angle != self.angle:
            self.angle = angle
            self._change()

    @property
    def sight(self) -> Sight:
        """How the block is seen: as large as it may be, in a picture without any room beside it."""
        left, top, right, bottom = self._margins
        room = Sight(
            HALVES, self.angle, self.size().width() - left - right, self.size().height() - top - bottom
        )
        return room.tight()

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size()))

    def resizeEvent(self, event: object) -> None:
        self._change()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        sight, heights, theme = self.sight, self.heights, self._view.theme
        painter.setFont(tokens.font(tokens.SMALL))
        painter.setPen(theme.text)
        painter.drawText(
            self.boundingRect(), int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), self.title
        )
        if heights is None or sight.width < GRID or sight.height < GRID:
            return
        painter.save()
        painter.translate(self._corner(sight))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._image is None:
            self._make_image(sight, heights)
        assert self._image is not None
        draw_image(painter, QRectF(0, 0, sight.width, sight.height), self._image)
        room = self.boundingRect().translated(-self._corner(sight))
        paint_axes(painter, sight, heights, self.names, theme, room)
        if self.marks is not None and self.seen is not None:
            paint_marks(painter, Ground(sight, heights, self.seen), self.marks, self._view)
        painter.restore()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        moved = event.screenPos() - event.lastScreenPos()
        self.turned.emit(self.angle.moved(DEGREES * moved.x(), DEGREES * moved.y()))

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.turned.emit(STRAIGHT)

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        self.zoomed.emit(ZOOM ** -event.delta())
        event.accept()

    def on_screen(self, points: Array) -> Array:
        """Return where places of the plane (2, n) are seen on the surface, in pixels of this item, (2, n)."""
        assert self.heights is not None
        sight = self.sight
        corner = self._corner(sight)
        pixels, _ = on_surface(sight, self.heights, points)
        return pixels + np.array([[corner.x()], [corner.y()]])

    @property
    def _margins(self) -> tuple[float, float, float, float]:
        left, top, right, bottom = MARGINS
        return left, TITLE if self.title else top, right, bottom

    def _corner(self, sight: Sight) -> QPointF:
        left, top, right, bottom = self._margins
        room = self.boundingRect().adjusted(left, top, -right, -bottom)
        middle = room.center() - QPointF(sight.width, sight.height) / 2
        return QPointF(middle.toPoint())

    def _change(self) -> None:
        """Let the image be made anew: a quick one now, and a fine one when it stands still."""
        self._image, self._is_fine = None, self._sharp
        if not self._sharp:
            self._rest.start()
        self.update()

    def _refine(self) -> None:
        if not self._hurries:
            self._image, self._is_fine = None, True
            self.update()

    def _make_image(self, sight: Sight, heights: Heights) -> None:
        most = FINE if self._is_fine else QUICK
        grain = min(FINEST if self._is_fine else 1.0, math.sqrt(most / (sight.width * sight.height)))
        self.seen = sight.enlarged(grain).look(heights.shares)
        image = self._colours.image(self.seen, heights.level_shares)
        # As large as it is drawn, as to scale it takes longer than all that is drawn on it.
        scale = max(self._view.pen_scale, DETAIL if self._sharp else 0.0)
        self._image = image.scaled(
            QSize(round(scale * sight.width), round(scale * sight.height)),
            mode=Qt.TransformationMode.SmoothTransformation,
        )
