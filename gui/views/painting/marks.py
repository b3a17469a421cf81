"""What is drawn above the points while painting: the brush, marks around points, and words on an empty plane."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsPolygonItem,
    QGraphicsTextItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from engine.model.activations import Array
from gui import theme as tokens
from gui.theme import GRID
from gui.views.boundary import BoundaryView
from gui.views.dots import Dots, Stamp
from gui.views.painting.tools import Tool

MOST_MARKED = 1000  # points under a brush; more are not marked one by one
ABOVE = 1000.0
NONE = np.empty((2, 0))


class _Ring(QGraphicsEllipseItem):
    """A circle without steps."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        super().paint(painter, option, widget)


class _Words(QGraphicsTextItem):
    """Words on a plate, to be read whatever is behind them."""

    plate = QColor()

    def boundingRect(self) -> QRectF:
        return super().boundingRect().adjusted(-GRID, -GRID, GRID, GRID)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.plate)
        painter.drawRoundedRect(self.boundingRect(), GRID, GRID)
        super().paint(painter, option, widget)  # type: ignore[arg-type]


class Marks(QObject):
    """The items above the boundary plot's own."""

    def __init__(self, view: BoundaryView) -> None:
        super().__init__(view)
        self._view = view
        self._ring = _Ring()
        self._band = QGraphicsPolygonItem()
        self._words = _Words()
        self._words.setFont(tokens.font(tokens.BODY))
        for item in (self._ring, self._band, self._words):
            item.setZValue(ABOVE)
            item.hide()
            view.plot.scene().addItem(item)
        self._selected = Dots(2, still=True, vanishes=True)  # a line, and what lifts it off any colour
        self._under = Dots(2, vanishes=True)  # those under the mouse: marked, or to be removed
        for dots in (self._selected, self._under):
            view.axes.addItem(dots, ignoreBounds=True)
        view.box.sigResized.connect(self._place_words)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the view's colours."""
        view, theme = self._view, self._view.theme
        self._band.setPen(view.pen(theme.text, 1.25, Qt.PenStyle.DashLine))
        self._words.setDefaultTextColor(theme.text)
        self._words.plate = QColor(theme.surface)
        size = tokens.SYMBOL * 1.9
        self._selected.set_stamps(
            *(
                Stamp("s", size, view.pen(colour, width), QBrush())
                for colour, width in ((theme.surface, 4.5), (theme.text, 2.0))
            )
        )
        self._under.set_stamps(
            Stamp("o", size, view.pen(theme.accent, 2.5), QBrush()),
            Stamp("x", size, view.pen(theme.halo, 1.0), QBrush(theme.warning)),
        )

    def show_brush(self, place: QPointF | None, tool: Tool, radius: float, label: int, held: bool) -> None:
        """Show the brush at a pixel, as large as it is, in its class's colour, dashed for the test. None hides it."""
        if place is None or tool.selects:
            self._ring.hide()
            return
        theme = self._view.theme
        radius = radius or tokens.SYMBOL / 2 + 2
        self._ring.setRect(-radius, -radius, 2 * radius, 2 * radius)
        style = Qt.PenStyle.DashLine if tool.paints and held else Qt.PenStyle.SolidLine
        colour = theme.class_lines[label] if tool.paints else theme.text
        self._ring.setPen(self._view.pen(colour, 2.0 if tool.paints else 1.5, style))
        self._ring.setPos(self._view.plot.mapToScene(place.toPoint()))
        self._ring.show()

    def show_under(self, places: Array = NONE, removes: bool = False) -> None:
        """Mark the points at these places (2, k): crossed out when they will be removed."""
        shown: list[Array] = [NONE, NONE]
        shown[removes] = NONE if places.shape[1] > MOST_MARKED else places
        if not all(np.array_equal(old, new) for old, new in zip(self._under.places, shown, strict=True)):
            self._under.set_all_places([(x, y) for x, y in shown])

    def show_selected(self, places: Array) -> None:
        """Mark the points at these places (2, k) as selected."""
        if not np.array_equal(self._selected.places[0], places):
            self._selected.set_all_places([(places[0], places[1])] * 2)

    def show_band(self, corners: list[QPointF]) -> None:
        """Show what is drawn around points, with these corners in pixels."""
        to_scene = self._view.plot.mapToScene
        self._band.setPolygon(QPolygonF([to_scene(corner.toPoint()) for corner in corners]))
        self._band.setVisible(bool(corners))

    def show_words(self, html: str) -> None:
        """Write words in the middle of the plane; none hides them."""
        self._words.setVisible(bool(html))
        if html:
            self._words.setHtml(f"<div align='center'>{html}</div>")
            self._words.setTextWidth(-1)
            self._words.setTextWidth(self._words.boundingRect().width())
            self._place_words()

    def _place_words(self, *_: object) -> None:
        centre = self._view.box.sceneBoundingRect().center()
        self._words.setPos(centre - self._words.boundingRect().center())
