"""The cost at the mouse on a flat cost surface, in words beside it."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent

from engine.model.charts import Chart
from gui import theme as tokens
from gui.views.scales import said
from gui.views.surface_panel import SurfacePanel
from gui.views.view import View


class CostReading(QObject):
    """Follows the mouse over the surfaces of a view."""

    def __init__(self, view: View, panels: list[SurfacePanel], chart: Callable[[], Chart | None]) -> None:
        """`chart` tells which plane is shown."""
        super().__init__(view)
        self._view, self._chart = view, chart
        self._tags: list[tuple[SurfacePanel, pg.TextItem]] = []
        for panel in panels:
            tag = pg.TextItem("")
            tag.setFont(tokens.font(tokens.SMALL))
            tag.setZValue(100)
            tag.setVisible(False)
            panel.plot.addItem(tag, ignoreBounds=True)
            self._tags.append((panel, tag))
        view.plot.viewport().setMouseTracking(True)
        view.plot.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._read(self._view.plot.mapToScene(event.position().toPoint()))
        elif event.type() == QEvent.Type.Leave:
            self._read(QPointF(-1e6, -1e6))
        return False

    def _read(self, place: QPointF) -> None:
        theme, chart = self._view.theme, self._chart()
        for panel, tag in self._tags:
            area, surface = panel.box.sceneBoundingRect(), panel.seen
            seen = panel.shown is panel.plot and panel.plot.isVisible() and area.contains(place)
            tag.setVisible(seen and surface is not None and chart is not None)
            if not tag.isVisible() or surface is None or chart is None:
                continue
            at = panel.box.mapSceneToView(place)
            (cost,) = panel.cost(chart.moved(surface.vector, np.array([at.x(), at.y()]))[None])
            tag.setText(f"cost {said(cost)}", color=theme.text)
            tag.fill = pg.mkBrush(theme.raised)
            tag.border = pg.mkPen(theme.line)
            # To the upper right of the mouse, or where there is room.
            right, low = place.x() > area.center().x(), place.y() < area.center().y()
            tag.setAnchor((1.1 if right else -0.1, -0.4 if low else 1.2))
            tag.setPos(at)
