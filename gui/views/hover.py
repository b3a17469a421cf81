"""What the point under the mouse is and what the network says of it, in a quiet label beside it."""

import time
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.data.dataset import Dataset
from engine.model.activations import sigmoid
from engine.model.losses import LOSSES
from engine.model.network import logits
from engine.training.commands import Frame
from gui import theme as tokens
from gui.theme import GRID
from gui.views.boundary import BoundaryView
from gui.views.painting.nearest import nearest

EVERY = 0.1  # seconds between two readings while training runs: faster, no number can be read
MOST = 6  # values listed; of more features the axes' come first
AWAY = 2 * GRID  # pixels between a point and its label, more than the mouse may be beside the point
PIXEL = 10  # screen pixels for one of an image
LONGEST = 28 * GRID  # pixels of a name; a file's may be anything

Row = tuple[str, str]


class HoverLabel(QWidget):
    """Rows of names and numbers, below an image where the point is one. The mouse goes through it."""

    def __init__(self, view: BoundaryView) -> None:
        super().__init__(view)
        self.setObjectName("hoverLabel")
        self.setAccessibleName("The point under the mouse")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = view
        self.rows: list[Row] = []
        self.image: QImage | None = None
        self._title_font = tokens.font(tokens.SMALL, QFont.Weight.DemiBold)
        self._font = tokens.font(tokens.SMALL)
        self._widths = (0, 0)
        self.hide()

    def show_point(self, rows: list[Row], image: QImage | None, other: bool) -> None:
        """Show a point; unless it is an other one than before, the label does not get narrower."""
        self.rows, self.image = rows, image
        plain, bold = QFontMetrics(self._font), QFontMetrics(self._title_font)
        names = max(plain.horizontalAdvance(name) for name, _ in rows[1:])
        numbers = max(plain.horizontalAdvance(number) for _, number in rows[1:])
        before = (0, 0) if other else self._widths
        self._widths = (max(min(names, LONGEST), before[0]), max(numbers, before[1]))
        width = max(sum(self._widths) + 2 * GRID, bold.horizontalAdvance(rows[0][0]))
        height = len(rows) * 2 * GRID
        if image is not None:
            width = max(width, image.width() * PIXEL)
            height += image.height() * PIXEL + GRID
        self.resize(QSize(width, height) + QSize(2 * GRID, 2 * GRID))
        self.setAccessibleDescription("; ".join(f"{name} {number}".strip() for name, number in rows))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._view.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back = QColor(theme.surface)
        back.setAlphaF(0.94)
        painter.setBrush(back)
        painter.setPen(QColor(theme.line))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        area = self.rect().adjusted(GRID, GRID, -GRID, -GRID)
        top = area.top()
        if self.image is not None:
            side = QRect(area.left(), top, self.image.width() * PIXEL, self.image.height() * PIXEL)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(side, self.image)
            top = side.bottom() + GRID
        for place, (name, number) in enumerate(self.rows):
            line = QRect(area.left(), top + place * 2 * GRID, area.width(), 2 * GRID)
            painter.setFont(self._font if place else self._title_font)
            painter.setPen(QColor(theme.muted if place else theme.text))
            width = self._widths[0] if place else line.width()
            name = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, width)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
            painter.setPen(QColor(theme.text))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), number)


class Hover(QObject):
    """Watches the mouse over the boundary plot, and lets the label follow the frames."""

    def __init__(self, view: BoundaryView) -> None:
        super().__init__(view)
        self._view = view
        self.label = HoverLabel(view)
        self._mouse: QPointF | None = None
        self._frame: Frame | None = None
        self._shown: tuple[object, int] | None = None  # a lineage and a point's id
        self._said = 0.0
        view.plot.setMouseTracking(True)
        view.plot.viewport().installEventFilter(self)
        view.box.sigRangeChanged.connect(self._look)

    def draw(self, frame: Frame) -> None:
        """Say what another moment's network says of the point."""
        self._frame = frame
        if self._mouse is not None and not (frame.is_moving and time.perf_counter() - self._said < EVERY):
            self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            free = event.buttons() == Qt.MouseButton.NoButton
            plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier  # Shift erases
            self._mouse = event.position() if free and plain else None
            self._look()
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self._mouse = None
            self._look()
        return False

    def _look(self) -> None:
        """Show the label of the point under the mouse, or none."""
        view, frame = self._view, self._frame
        row = nearest(view, self._mouse) if self._mouse is not None and view.is_settled else None
        if row is None or frame is None or view.dataset is not frame.experiment.problem.dataset:
            self._shown = None
            self.label.hide()
            return
        self._said = time.perf_counter()
        dataset = frame.experiment.problem.dataset
        point = (dataset.lineage, int(dataset.ids[row]))
        other, self._shown = point != self._shown, point
        image = _image(dataset, row, view) if dataset.image_shape is not None else None
        self.label.show_point(list(_rows(frame, row, view.projection.columns)), image, other)
        self._place(view.projection.places(dataset.X[:, [row]])[:, 0])
        self.label.show()

    def _place(self, place: np.ndarray) -> None:
        """Put the label beside its point, where there is room for it, and never under the mouse."""
        view, size = self._view, self.label.size()
        on_plot = view.plot.mapFromScene(view.box.mapViewToScene(QPointF(*place)))
        point = view.plot.viewport().mapTo(view, on_plot)
        right, below = point.x() + AWAY, point.y() + AWAY
        x = right if right + size.width() <= view.width() else point.x() - AWAY - size.width()
        y = below if below + size.height() <= view.height() else point.y() - AWAY - size.height()
        self.label.move(QPoint(max(x, 0), max(y, 0)))


def _rows(frame: Frame, row: int, axes: tuple[int, int] | None) -> Iterator[Row]:
    """Yield what there is to say of a point: its class first, then names with numbers."""
    problem = frame.experiment.problem
    dataset = problem.dataset
    X, Y = dataset.X[:, [row]], dataset.Y[:, [row]]
    kind = "test point" if problem.test[row] else "training point"
    yield f"{dataset.class_names[int(Y[0, 0])]} · {kind}", ""
    if dataset.image_shape is None:
        first = dict.fromkeys(axes or ())
        columns = [*first, *(i for i in range(len(X)) if i not in first)]
        for i in columns[:MOST]:
            yield dataset.feature_names[i], f"{X[i, 0]:.6g}".replace("-", "−")
        if len(columns) > MOST:
            yield f"and {len(columns) - MOST} more", ""
    with np.errstate(over="ignore", invalid="ignore"):
        Z = logits(frame.experiment.network, frame.state.parameters, problem.inputs(X))  # (1, 1)
        loss = LOSSES[frame.experiment.spec.loss].f(Z.astype(np.float64), Y)
    yield f"probability of {dataset.class_names[1]}", _probability(float(sigmoid(Z)[0, 0]))
    yield "loss", _number(float(loss[0, 0]))


def _probability(p: float) -> str:
    """Return a probability in four digits; one that is not quite 0 or 1 does not look as if it were."""
    if 0.0 < p < 5e-5:
        return "< 0.0001"
    return "> 0.9999" if 1 - 5e-5 <= p < 1.0 else f"{p:.4f}"


def _number(loss: float) -> str:
    return f"{loss:.4f}" if 1e-4 <= loss < 1e4 or loss == 0 else f"{loss:.1e}".replace("-", "−")


def _image(dataset: Dataset, row: int, view: BoundaryView) -> QImage:
    """Return a point as an image: from no ink, the background, to the most that any point has."""
    assert dataset.image_shape is not None
    rows, columns = dataset.image_shape
    least, most = float(dataset.X.min()), float(dataset.X.max())
    ink = (dataset.X[:, row] - least) / (most - least or 1.0)  # (n_x,), from 0 to 1
    paper, pen = tokens.rgb(view.theme.window), tokens.rgb(view.theme.text)
    pixels = np.round(paper + ink[:, None] * (pen - paper)).astype(np.uint8)
    return QImage(pixels.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
