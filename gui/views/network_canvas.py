"""Paints a network: lines, nodes with their maps, marks of biases, numbers and words. It knows nothing of training."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsWidget, QSizePolicy, QStyleOptionGraphicsItem, QWidget

from gui import theme as tokens
from gui.theme import GRID, Theme
from gui.views.dots import Stamp
from gui.views.images import draw_image
from gui.views.network_layout import BESIDE, LARGEST, OF_WIDTH, Layout, Numbers

LINE_HEIGHT = 15.0  # pixels
CAPTIONS = 2 * LINE_HEIGHT + GRID / 2
NAMES, OUTPUT = 88.0, 48.0  # pixels for the inputs' names, at most, and for what stands beside the output
BAND = 12.0  # pixels, from one to the other of the lines that frame the one that the mouse is at

Flags = Qt.AlignmentFlag
MIDDLE = Flags.AlignCenter
WRAPPED = int(Flags.AlignLeft | Flags.AlignTop) | int(Qt.TextFlag.TextWordWrap)


@dataclass
class Drawing:
    """What is seen of a network, apart from where it stands."""

    strokes: list[tuple[QPen, list[QLineF]]] = field(default_factory=list)
    images: list[QImage] = field(default_factory=list)  # one for each node
    marks: list[Stamp | None] = field(default_factory=list)  # one for each node
    numbers: list[tuple[str, str]] = field(default_factory=list)  # of each node, where a point is followed
    captions: list[tuple[str, str]] = field(default_factory=list)  # of each column, in two lines
    names: tuple[str, ...] = ()  # of all inputs
    output: str = ""
    finding: str = ""
    words: str = ""
    meant: QLineF | QRectF | None = None  # what the mouse is at
    meant_at: QPointF = field(default_factory=QPointF)
    told: str = ""  # what is said of it


class NetworkCanvas(QGraphicsWidget):
    """The picture of a network, as large as it can be."""

    def __init__(self) -> None:
        super().__init__()
        self.layout_shown: Layout | None = None
        self.drawing = Drawing()
        self._theme: Theme | None = None
        self._small, self._bold = tokens.font(tokens.SMALL), tokens.font(tokens.SMALL)
        self._bold.setWeight(self._bold.Weight.DemiBold)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    @property
    def area(self) -> QRectF:
        """Where the centres of nodes may be, with room left for the nodes' own rows."""
        width, height = self.size().width(), self.size().height()
        metrics = QFontMetricsF(self._small)
        widest = max(map(metrics.horizontalAdvance, self.drawing.names), default=0.0)
        names = min(NAMES, 0.2 * width, widest) + GRID
        side = min(LARGEST, OF_WIDTH * width)
        return QRectF(
            names + side / 2,
            CAPTIONS,
            max(80.0, width - names - OUTPUT - side),
            max(40.0, height - CAPTIONS - self._words_height),
        )

    @property
    def _sentences(self) -> list[tuple[str, QFont]]:
        """What is written below, one under the other."""
        both = (self.drawing.finding, self._bold), (self.drawing.words, self._small)
        return [(words, font) for words, font in both if words]

    @property
    def _words_height(self) -> float:
        """Two lines at least, so that the picture stands still when a number gets longer."""
        room = QRectF(0, 0, self.size().width() - 2 * GRID, 1000.0)
        needed = sum(
            QFontMetricsF(font).boundingRect(room, WRAPPED, words).height() for words, font in self._sentences
        )
        return max(needed, 2 * LINE_HEIGHT) + GRID / 2

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size()))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        layout, drawing, theme = self.layout_shown, self.drawing, self._theme
        if layout is None or theme is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        if isinstance(drawing.meant, QLineF):  # below the lines, whose colours and dashes tell their signs
            for colour, width in ((theme.text, BAND), (theme.window, BAND - 3.0)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawLine(drawing.meant)
        for pen, lines in drawing.strokes:
            painter.setPen(pen)
            painter.drawLines(lines)
        self._paint_nodes(painter, layout, drawing, theme)
        self._paint_words(painter, layout, drawing, theme)
        if drawing.numbers:
            self._paint_numbers(painter, layout, drawing.numbers, theme)
        if drawing.told:
            self._paint_told(painter, drawing, theme)

    def _paint_nodes(self, painter: QPainter, layout: Layout, drawing: Drawing, theme: Theme) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.muted), tokens.THIN))
        for node, image in enumerate(drawing.images):
            square = layout.square(node)
            draw_image(painter, square, image)
            painter.drawRect(square)
        if isinstance(drawing.meant, QRectF):
            painter.setPen(QPen(QColor(theme.text), 2.5))
            painter.drawRect(drawing.meant)
        for node, stamp in enumerate(drawing.marks):
            if stamp is not None:
                painter.save()
                painter.translate(layout.mark(node))
                stamp.draw(painter)
                painter.restore()

    def _paint_words(self, painter: QPainter, layout: Layout, drawing: Drawing, theme: Theme) -> None:
        size, columns = self.size(), layout.columns
        room = columns[1].x - columns[0].x - GRID / 2
        metrics = painter.fontMetrics()
        muted, strong = QColor(theme.muted), QColor(theme.text)
        for column, (name, more) in zip(columns, drawing.captions, strict=True):
            place = QRectF(column.x - room / 2, 0, room, LINE_HEIGHT)
            for words, colour in ((name, strong), (more, muted)):
                painter.setPen(colour)
                painter.drawText(
                    place, int(MIDDLE), metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
                )
                place.translate(0, LINE_HEIGHT)
            if column.ellipsis is not None:
                _write_on_ground(
                    painter, QPointF(column.x, column.ellipsis), f"… {column.left_out} more", theme
                )
        painter.setPen(strong)
        first, last = columns[0], columns[-1]
        right = first.x - first.half - GRID / 2
        for y, unit in zip(first.places[:, 1], first.units, strict=True):
            words = metrics.elidedText(drawing.names[unit], Qt.TextElideMode.ElideRight, int(right))
            painter.drawText(QRectF(0, y - 10, right, 20), int(Flags.AlignRight | Flags.AlignVCenter), words)
        left = last.x + last.half + GRID / 2
        painter.drawText(
            QRectF(left, last.places[0, 1] - 20, size.width() - left, 40),
            int(Flags.AlignLeft | Flags.AlignVCenter),
            drawing.output,
        )
        height = self._words_height
        below = QRectF(GRID, size.height() - height + GRID / 2, size.width() - 2 * GRID, height)
        for words, font in self._sentences:
            painter.setFont(font)
            painter.setPen(muted if font is self._small else strong)
            painter.drawText(below, WRAPPED, words)
            below.setTop(below.top() + QFontMetricsF(font).boundingRect(below, WRAPPED, words).height())
        painter.setFont(self._small)

    def _paint_numbers(
        self, painter: QPainter, layout: Layout, numbers: Iterable[tuple[str, str]], theme: Theme
    ) -> None:
        """Write each node's a and, in the accent's colour, its dz."""
        metrics, up = painter.fontMetrics(), LINE_HEIGHT - 2
        where = [layout.columns[depth].numbers for depth in layout.depths]
        for (x, y), side, mode, (a, dz) in zip(
            layout.nodes.tolist(), layout.sides, where, numbers, strict=True
        ):
            half = side / 2
            if mode is Numbers.NONE:
                continue
            if mode is Numbers.BELOW:
                place, way = QPointF(x, y + half + up / 2 + 2), QPointF(0, up)
            elif mode is Numbers.BESIDE:
                place, way = QPointF(x + half, y - (up / 2 if dz else 0)), QPointF(0, up)
            else:
                place, way = QPointF(x + half, y), QPointF(BESIDE, 0)
            shown = (a,) if mode is Numbers.ALONE else (a, dz)
            for words, colour in zip(shown, (theme.text, theme.accent), strict=False):
                if words:
                    moved = 0.0 if mode is Numbers.BELOW else metrics.horizontalAdvance(words) / 2 + 5
                    painter.setPen(QColor(colour))
                    _write_on_ground(painter, place + QPointF(moved, 0), words, theme)
                place += way

    def _paint_told(self, painter: QPainter, drawing: Drawing, theme: Theme) -> None:
        """Say what the mouse is at, above it or where there is room."""
        bounds = painter.boundingRect(QRectF(0, 0, self.size().width(), 200), 0, drawing.told)
        bubble = bounds.adjusted(-GRID, -GRID / 2, GRID, GRID / 2)
        at = drawing.meant_at
        bubble.moveBottomLeft(at + QPointF(GRID, -GRID))
        bubble.moveRight(min(bubble.right(), self.size().width() - 1))
        bubble.moveLeft(max(bubble.left(), 1.0))
        if bubble.top() < 1:
            bubble.moveTop(at.y() + 2 * GRID)
        painter.setPen(QPen(QColor(theme.line), tokens.THIN))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(bubble, 4, 4)
        painter.setPen(QColor(theme.text))
        painter.drawText(bubble, int(MIDDLE), drawing.told)


def _write_on_ground(painter: QPainter, middle: QPointF, words: str, theme: Theme) -> None:
    """Write over what lies below, around a place."""
    bounds = painter.fontMetrics().boundingRect(words)
    pill = QRectF(0, 0, bounds.width() + 4, LINE_HEIGHT - 2)
    pill.moveCenter(middle)
    painter.fillRect(pill, QColor(theme.window))
    painter.drawText(pill, int(MIDDLE), words)
