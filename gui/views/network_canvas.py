"""Paints a network: lines, nodes with their maps, marks of biases, numbers and words. It knows nothing of training."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsWidget, QSizePolicy, QStyleOptionGraphicsItem, QWidget

from gui import theme as tokens
from gui.theme import GRID, Theme
from gui.views.dots import Stamp
from gui.views.network_layout import Layout, Numbers

LINE_HEIGHT = 15.0  # pixels
CAPTIONS = 2 * LINE_HEIGHT + GRID / 2
WORDS = 3 * LINE_HEIGHT + GRID / 2
NAMES, OUTPUT = 72.0, 30.0  # pixels for the inputs' names, and for the output's

Flags = Qt.AlignmentFlag
MIDDLE = Flags.AlignCenter


@dataclass
class Drawing:
    """What is seen of a network, apart from where it stands."""

    strokes: list[tuple[QPen, list[QLineF]]] = field(default_factory=list)
    images: list[QImage] = field(default_factory=list)  # one for each node
    marks: list[Stamp | None] = field(default_factory=list)  # one for each node
    numbers: list[tuple[str, str]] = field(default_factory=list)  # of each node, where a point is followed
    captions: list[tuple[str, str]] = field(default_factory=list)  # of each column, in two lines
    names: list[str] = field(default_factory=list)  # of the inputs that are drawn
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
        names = min(NAMES, 0.2 * width)
        side = min(56.0, 0.07 * width)
        return QRectF(
            names + side / 2,
            CAPTIONS,
            max(80.0, width - names - OUTPUT - side),
            max(40.0, height - CAPTIONS - WORDS),
        )

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
        for pen, lines in drawing.strokes:
            painter.setPen(pen)
            painter.drawLines(lines)
        if isinstance(drawing.meant, QLineF):
            painter.setPen(QPen(QColor(theme.text), 2.5))
            painter.drawLine(drawing.meant)
        self._paint_nodes(painter, layout, drawing, theme)
        self._paint_words(painter, layout, drawing, theme)
        if layout.numbers is not Numbers.NONE and drawing.numbers:
            self._paint_numbers(painter, layout, drawing.numbers, theme)
        if drawing.told:
            self._paint_told(painter, drawing, theme)

    def _paint_nodes(self, painter: QPainter, layout: Layout, drawing: Drawing, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.muted), tokens.THIN))
        for node, image in enumerate(drawing.images):
            square = layout.square(node)
            painter.drawImage(square, image)
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
                painter.drawText(QRectF(column.x - 20, column.ellipsis - 10, 40, 20), int(MIDDLE), "⋮")
        painter.setPen(strong)
        first, last = columns[0], columns[-1]
        right = first.x - layout.side / 2 - GRID / 2
        for y, name in zip(first.y, drawing.names, strict=True):
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(right))
            painter.drawText(QRectF(0, y - 10, right, 20), int(Flags.AlignRight | Flags.AlignVCenter), words)
        left = last.x + layout.side / 2 + GRID / 2
        painter.drawText(
            QRectF(left, last.y[0] - 20, size.width() - left, 40),
            int(Flags.AlignLeft | Flags.AlignVCenter),
            drawing.output,
        )
        below = QRectF(GRID, size.height() - WORDS + GRID / 2, size.width() - 2 * GRID, WORDS)
        for words, font, colour in (
            (drawing.finding, self._bold, strong),
            (drawing.words, self._small, muted),
        ):
            if words:
                painter.setFont(font)
                painter.setPen(colour)
                flags = int(Flags.AlignLeft | Flags.AlignTop | Qt.TextFlag.TextWordWrap)
                used = painter.boundingRect(below, flags, words)
                painter.drawText(below, flags, words)
                below.setTop(used.bottom())
        painter.setFont(self._small)

    def _paint_numbers(
        self, painter: QPainter, layout: Layout, numbers: Iterable[tuple[str, str]], theme: Theme
    ) -> None:
        """Write each node's a and, in the accent's colour, its dz."""
        metrics, half = painter.fontMetrics(), layout.side / 2
        ground = QColor(theme.window)
        ground.setAlphaF(0.85)
        for (x, y), (a, dz) in zip(layout.nodes.tolist(), numbers, strict=True):
            if layout.numbers is Numbers.BELOW:
                place, way = QPointF(x, y + half + 2), QPointF(0, LINE_HEIGHT - 2)
            else:
                place, way = QPointF(x + half + 3, y - LINE_HEIGHT / 2), QPointF(38, 0)
            shown = (a,) if layout.numbers is Numbers.ALONE else (a, dz)
            for words, colour in zip(shown, (theme.text, theme.accent), strict=False):
                if words:
                    width = metrics.horizontalAdvance(words) + 4
                    left = place.x() - width / 2 if layout.numbers is Numbers.BELOW else place.x()
                    pill = QRectF(left, place.y(), width, LINE_HEIGHT - 2)
                    painter.fillRect(pill, ground)
                    painter.setPen(QColor(colour))
                    painter.drawText(pill, int(MIDDLE), words)
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
