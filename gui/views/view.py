"""What all views share: a plot without a box, a title row above it, and the theme."""

import math
from collections.abc import Callable
from html import escape
from typing import Any, ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.data.dataset import Dataset
from engine.training.commands import Frame
from gui import theme as tokens
from gui.panels.keys import keep_keys
from gui.theme import GRID, Theme
from gui.views import switches
from gui.views.axes import Numbers
from gui.views.dots import Stamp
from gui.views.words import Words

LONGEST_NAME = 48  # letters of a feature's name at an axis
WAIT = 5  # milliseconds until it is asked again whether there is time between pictures


def axis_words(name: str) -> str:
    """Return a feature's name as an axis takes it: no HTML, whatever a file calls its columns, and not too long."""
    return escape(name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…", quote=False)


def plain(words: str) -> str:
    """Return words as a tooltip shows them to the letter: no HTML, whatever a file calls its classes or itself."""
    return f"<span>{escape(words)}</span>".replace("\n", "<br>") if words else ""


class View(QWidget):
    """One plot of a run. `draw(frame)` shows a moment of it; nothing else changes what is seen.

    `pen_scale` is how many pixels a point has, on the screen or in a picture: pens are measured in pixels.
    `sharp` views are for pictures and draw every symbol as a path.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    grows: ClassVar[bool] = False
    """Whether a picture of it is as high as what it says."""
    opens: ClassVar[bool] = True
    """Whether the window shows it at the first start; others are opened from the View menu."""

    @classmethod
    def why_empty(cls, dataset: Dataset) -> str:
        """Say why there is nothing to show of a data set, whatever the run; nothing where there is."""
        return ""

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self.pen_scale = pen_scale
        self._sharp = sharp
        self.axes_stay = False
        """Whether the axes stay as they are, whatever frames come."""
        self.patience = math.inf
        """How many seconds a sharp view may take to draw; where that is too short, it is to be drawn again."""
        self.gives_way: Callable[[], bool] = lambda: False
        """Whether what is done between pictures is to wait: a command is under way, or a run hurries."""
        self.followed_id: int | None = None
        """The id of the point that is followed through all views."""
        self.threshold = 0.5
        """The probability from which on a point is called positive."""
        self.header = Header(self.title, self.help)
        self.header.setParent(self)  # until it is placed; a view that is only a picture takes it along
        self.plot = self.make_area()
        self.plot.setObjectName(f"{self.name}Plot")
        self.plot.setAccessibleName(self.title)
        self.plot.setFrameShape(self.plot.Shape.NoFrame)
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture_button = self.header.add_button(
            "", "Save or copy this picture.", f"{self.name}PictureButton"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.plot, 1)

    def make_area(self) -> pg.GraphicsView:
        """Return what is drawn on: a layout of plots, `grid`, in a view that does not scroll."""
        area = pg.GraphicsView(useOpenGL=False)
        self.grid = pg.GraphicsLayout()
        self.grid.setContentsMargins(GRID, GRID // 2, 2 * GRID, GRID // 2)
        area.setCentralItem(self.grid)
        return area

    @property
    def is_complete(self) -> bool:
        """Whether all of the moment is drawn."""
        return True

    def draw(self, frame: Frame) -> None:
        """Show a moment of the run."""
        raise NotImplementedError

    def hold_axes(self, final: Frame) -> None:
        """Show all moments of a run from now on the axes that its last moment needs."""
        self.draw(final)
        self.plot.grab()  # lays the axes out
        self.draw(final)
        self.axes_stay = True

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.theme = theme
        self.plot.setBackground(theme.window)

    def draw_quickly(self, curve: pg.PlotCurveItem, frame: Frame) -> None:
        """Let a solid curve that moves be drawn in pieces, three times as fast; standing still it is drawn whole."""
        curve.setSegmentedLineMode("on" if frame.is_moving and not self._sharp else "off")

    def followed_row(self, frame: Frame) -> int | None:
        """Return the place of the followed point among the data set's points; None when it is not there."""
        if self.followed_id is None:
            return None
        rows = np.flatnonzero(frame.experiment.problem.dataset.ids == self.followed_id)
        return int(rows[0]) if rows.size else None

    def look(self) -> dict[str, Any]:
        """Return what the switches above the plot are set to, by their names, in JSON."""
        return switches.settings_of(self.header)

    def take_look(self, look: dict[str, Any]) -> None:
        """Set the switches so, as far as they are there and can be."""
        switches.take_settings(self.header, look)

    def look_like(self, other: "View") -> None:
        """Show the same part of the data as another view of this kind."""
        self.followed_id, self.threshold = other.followed_id, other.threshold

    def make_plot(self, row: int, left: str = "", bottom: str = "", column: int = 0) -> pg.PlotItem:
        """Add a plot with axes on the left and below, to be styled by `style_plot`."""
        sides = {side: Numbers(side) for side in ("left", "bottom")}
        plot = pg.PlotItem(viewBox=pg.ViewBox(enableMenu=False), axisItems=sides)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        # Without an owner it goes whenever Python's garbage collection finds it, which may crash Qt.
        plot.ctrlMenu.setParent(self, plot.ctrlMenu.windowFlags())
        plot.setLabels(**{side: text for side, text in (("left", left), ("bottom", bottom)) if text})
        plot.getViewBox().setDefaultPadding(0.0)
        self.grid.addItem(plot, row, column)
        return plot

    def style_plot(self, plot: pg.PlotItem, sides: tuple[str, ...] = ("left", "bottom")) -> None:
        """Give the axes the theme's colours and the small type size."""
        for side in sides:
            axis = plot.getAxis(side)
            axis.setPen(self.pen(self.theme.line, tokens.THIN))
            axis.setTextPen(self.theme.muted)
            axis.setStyle(tickFont=tokens.font(tokens.SMALL), tickLength=-4, tickTextOffset=6)
            axis.label.setFont(tokens.font(tokens.SMALL))
            axis.labelStyle = {"color": self.theme.muted, "font-size": f"{tokens.SMALL}px"}
            if axis.labelText:
                axis.setLabel(axis.labelText, **axis.labelStyle)

    def pen(
        self,
        colour: str | QColor,
        width: float = tokens.LINE,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        alpha: float = 1.0,
    ) -> QPen:
        """Return a pen of `width` pixels, whatever the zoom."""
        made = QColor(colour)
        made.setAlphaF(alpha)
        pen = pg.mkPen(made, width=width * self.pen_scale)
        pen.setStyle(style)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # round caps and joins cost a quarter of a frame
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        return pen


class Note(QLabel):
    """A line that is said in `short`, or ends in …, where there is no room for all of it."""

    short = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        words = self.text() if fits else self.short or self.text()
        words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            words,
            self.foregroundRole(),
        )


class Header(QWidget):
    """The row above a plot: its title, and small buttons on the right."""

    def __init__(self, title: str, help: str) -> None:
        super().__init__()
        self.setObjectName("viewHeader")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GRID, GRID // 2, GRID, 0)
        self._row.setSpacing(GRID // 2)
        label = QLabel(title)
        label.setObjectName("viewTitle")
        label.setToolTip(help)
        self.note = Note()
        self.note.setObjectName("viewNote")
        self.note.setTextFormat(Qt.TextFormat.PlainText)  # a file's class names may look like HTML
        self.note.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # gives way to controls
        self._row.addWidget(label)
        self._row.addSpacing(GRID // 2)
        self._row.addWidget(self.note, 1)

    def add(self, widget: QWidget) -> None:
        """Put a control to the right of the note, and to the left of those put there before."""
        self._row.insertWidget(3, widget)

    def add_button(self, text: str, tooltip: str, name: str) -> QToolButton:
        """Put a small button at the right end."""
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tooltip)
        button.setAccessibleName(tooltip)
        keep_keys(button, Qt.Key.Key_Space)
        self.add(button)
        return button


class Key(Words):
    """The legend above a plot, inside the picture: symbols or short lines with their names, in one row."""

    def __init__(self) -> None:
        super().__init__(2.5 * GRID)
        self._entries: list[tuple[Stamp | QPen, str]] = []
        self._colour = QColor()

    def show_entries(self, entries: list[tuple[Stamp | QPen, str]], colour: str) -> None:
        """Show a symbol, or a piece of a curve drawn with a pen, and its name, one after another."""
        self._entries = entries
        self._colour = QColor(colour)
        self.update()

    def write(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across, middle = float(GRID), self.size().height() / 2
        longest, gap = self._room(painter.fontMetrics())
        for sample, name in self._entries:
            if isinstance(sample, Stamp):
                painter.save()
                painter.translate(across + GRID / 2, middle)
                sample.draw(painter)
                painter.restore()
                across += 2 * GRID
            else:
                painter.setPen(sample)
                painter.drawLine(QPointF(across, middle), QPointF(across + 2 * GRID, middle))
                across += 3 * GRID
            painter.setPen(self._colour)
            name = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, longest)
            width = painter.fontMetrics().horizontalAdvance(name)
            painter.drawText(
                QRectF(across, 0, width + 2, self.size().height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                name,
            )
            across += width + gap

    def _room(self, metrics: QFontMetrics) -> tuple[int, float]:
        """Return the pixels that a name may have, and those between two entries: fewer where there is little room."""
        # A pixel more, as a name that has its rounded width and no more may be shortened.
        widths = [metrics.horizontalAdvance(name) + 1 for _, name in self._entries]
        samples = sum(2 if isinstance(sample, Stamp) else 3 for sample, _ in self._entries) * GRID
        room, between = self.size().width() - GRID - samples, max(1, len(widths) - 1)
        longest = _longest(widths, room - between * GRID / 2)
        left = room - sum(min(longest, width) for width in widths)
        return longest, min(2.0 * GRID, max(GRID / 2, left / between))


def _longest(widths: list[int], room: float) -> int:
    """Return what the widths may be at most, so that together there is room for them; the shorter ones stay."""
    for still, width in zip(range(len(widths), 0, -1), sorted(widths), strict=True):
        if still * width > room:
            return max(1, int(room / still))
        room -= width
    return max(widths, default=1)
