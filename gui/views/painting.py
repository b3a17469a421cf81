"""Painting points with the mouse on the boundary plot: gestures become edits of the document."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGraphicsEllipseItem

from gui.document import Document
from gui.views.boundary import BoundaryView

SPACING = 12.0  # pixels between two points of a drag, whatever the mouse's speed
ERASER = 14.0  # pixels, the eraser's radius
CLASS_OF_BUTTON = {Qt.MouseButton.LeftButton: 0, Qt.MouseButton.RightButton: 1}


class Painter(QObject):
    """Left paints class 0, right class 1, dragging paints along, Shift erases. The middle button still pans."""

    def __init__(self, view: BoundaryView, document: Document) -> None:
        super().__init__(view)
        self._view = view
        self._document = document
        self._label: int | None = None
        self._erasing = False
        self._button = Qt.MouseButton.NoButton
        self._last = QPointF()
        self._ring = QGraphicsEllipseItem(-ERASER, -ERASER, 2 * ERASER, 2 * ERASER)
        self._ring.setZValue(1000)
        self._ring.hide()
        view.plot.scene().addItem(self._ring)
        view.plot.setMouseTracking(True)
        view.plot.viewport().installEventFilter(self)
        view.plot.installEventFilter(self)

    @property
    def is_painting(self) -> bool:
        """Whether a gesture is under way."""
        return self._label is not None or self._erasing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._finish()
        elif kind == QEvent.Type.Leave:
            self._ring.hide()
        elif kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if event.key() == Qt.Key.Key_Shift:  # type: ignore[attr-defined]
                self._show_ring(kind == QEvent.Type.KeyPress)
        elif kind == QEvent.Type.ContextMenu:
            return True
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        """Handle a mouse event of the viewport; return whether it was painting."""
        kind, place = event.type(), event.position()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if event.button() not in CLASS_OF_BUTTON or self.is_painting:
                return self.is_painting
            if not self._is_inside(place):
                return True
            self._view.plot.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(place, event)
            return True
        if kind == QEvent.Type.MouseMove:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_ring(place, self._erasing or (shift and not self.is_painting))
            if self.is_painting:
                if event.buttons() & self._button:
                    self._drag(place)
                else:
                    self._finish()  # the release happened where we could not see it
                return True
            return bool(event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.RightButton))
        if kind == QEvent.Type.MouseButtonRelease and event.button() in CLASS_OF_BUTTON:
            if self.is_painting and event.button() == self._button:
                self._drag(place)
                if self._erasing:
                    self._erase_at([place])
                self._finish()
            return True
        return False

    def _begin(self, place: QPointF, event: QMouseEvent) -> None:
        self._document.end_gesture()
        self._last, self._button = place, event.button()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._erasing = True
            self._move_ring(place, True)
            self._erase_at([place])
        else:
            self._label = CLASS_OF_BUTTON[event.button()]
            self._paint_at([place])

    def _drag(self, place: QPointF) -> None:
        """Go from the last place to this one in steps of one spacing."""
        way = place - self._last
        length = float(np.hypot(way.x(), way.y()))
        count = int(length // SPACING)
        if count == 0:
            return
        stops = [self._last + way * (i * SPACING / length) for i in range(1, count + 1)]
        self._last = stops[-1]
        if self._erasing:
            self._erase_at(stops)
        else:
            self._paint_at([stop for stop in stops if self._is_inside(stop)])

    def _finish(self) -> None:
        if self.is_painting:
            self._label, self._erasing = None, False
            self._ring.hide()
            self._document.end_gesture()

    def _paint_at(self, places: list[QPointF]) -> None:
        if places and self._label is not None:
            on_plane = np.array([self._view.to_plane(place) for place in places]).T  # (2, k)
            self._document.paint(self._view.projection.points(on_plane), self._label)

    def _erase_at(self, places: list[QPointF]) -> None:
        width, height = self._view.pixel_size
        for place in places:
            drawn = self._view.projection.places(self._document.dataset.X)
            self._document.erase(drawn, self._view.to_plane(place), (ERASER * width, ERASER * height))

    def _is_inside(self, place: QPointF) -> bool:
        return self._view.box.sceneBoundingRect().contains(self._view.plot.mapToScene(place.toPoint()))

    def _move_ring(self, place: QPointF, shown: bool) -> None:
        self._ring.setPos(self._view.plot.mapToScene(place.toPoint()))
        self._show_ring(shown and self._is_inside(place))

    def _show_ring(self, shown: bool) -> None:
        self._ring.setPen(self._view.pen(self._view.theme.text, 1.5))
        self._ring.setVisible((shown and self._view.plot.underMouse()) or self._erasing)
