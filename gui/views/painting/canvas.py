"""What the tools work on: the points and where they are drawn, and what is painted with."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal

from engine.data.dataset import Dataset, among
from engine.data.editing import Edit, Edits, Hold, Relabel, shift
from engine.model.activations import Array
from gui.document import Document
from gui.views.boundary import BoundaryView
from gui.views.painting.nearest import nearest

STROKES = 3  # the stream of random numbers, of all that a seed has, that sprays points


class Canvas(QObject):
    """The points of the document on the plane of the view, measured in pixels."""

    changed = Signal()
    """What is painted with or what is selected is another."""

    def __init__(self, view: BoundaryView, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self.view = view
        self.document = document
        self.label = 0
        """The class that the left button paints; the right one paints the other."""
        self.held = False
        """Whether painted points are for the test."""
        self.selected = np.empty(0, dtype=np.int64)
        """The ids of the points that are selected."""
        self._strokes = 0
        self.random = np.random.default_rng()
        self._lineage = document.dataset.lineage
        document.followed.connect(self._notice_followed)

    @property
    def dataset(self) -> Dataset:
        """The points as they are now."""
        return self.document.dataset

    @property
    def places(self) -> Array:
        """Where the points are on the plane, shape (2, m)."""
        return self.view.projection.places(self.dataset.X)

    def begin(self) -> None:
        """Begin a gesture, with chance of its own: no two are the same, and the same ones come again in a replay."""
        self._strokes += 1
        self.random = np.random.default_rng((self.document.spec.data_seed, STROKES, self._strokes))
        self.document.end_gesture()

    # Places

    def at(self, place: QPointF) -> tuple[float, float]:
        """Return the place on the plane at a pixel."""
        return self.view.to_plane(place)

    def reach(self, radius: float) -> tuple[float, float]:
        """Return the half axes, on the plane, of a circle on the screen with a radius in pixels."""
        width, height = self.view.pixel_size
        return radius * width, radius * height

    def is_inside(self, place: QPointF) -> bool:
        """Return whether a pixel is between the axes."""
        return self.view.box.sceneBoundingRect().contains(self.view.plot.mapToScene(place.toPoint()))

    def clamped(self, place: QPointF) -> QPointF:
        """Return the pixel between the axes that is nearest to a pixel."""
        area = self.view.plot.mapFromScene(self.view.box.sceneBoundingRect()).boundingRect()
        area.adjust(1, 1, -1, -1)
        x = min(max(place.x(), area.left()), area.right())
        y = min(max(place.y(), area.top()), area.bottom())
        return QPointF(x, y)

    def nearest(self, place: QPointF) -> int | None:
        """Return the row of the point under the mouse, if there is one."""
        if self.view.dataset is not self.dataset:
            return None  # other points are about to be drawn
        return nearest(self.view, place)

    # Edits

    def paint(self, places: Array, label: int, verb: str, afresh: bool = False) -> None:
        """Add a point of a class at each of the places (2, k)."""
        X = self.view.projection.points(places)
        self.document.paint(X, label, self.held, verb, afresh)

    def move(self, rows: np.ndarray, way: Array, verb: str, afresh: bool = False) -> None:
        """Move points on the plane, by `way` (2, 1) or (2, k); what the plane does not show of them stays."""
        directions = self.view.projection.directions
        self.document.edit(lambda before: shift(before, rows, directions, way), verb, afresh=afresh)

    def as_painted(self, rows: np.ndarray, label: int) -> Edit:
        """Return the edit that makes points what painted ones of a class would be."""
        k = rows.size
        return Edits((Relabel(rows, np.full((1, k), float(label))), Hold(rows, np.full(k, self.held))))

    def flip(self, rows: np.ndarray) -> None:
        """Give points the other class."""
        if rows.size:
            self.document.make(Relabel(rows, 1.0 - self.dataset.Y[:, rows]), "Flip")

    # What is painted with, and what is selected

    def choose(self, label: int | None = None, held: bool | None = None) -> None:
        """Paint with another class, or for another use."""
        self.label = self.label if label is None else label
        self.held = self.held if held is None else held
        self.changed.emit()

    @property
    def selected_rows(self) -> np.ndarray:
        """The rows of the selected points, shape (k,)."""
        return self.dataset.rows_of(self.selected) if self.selected.size else np.empty(0, dtype=np.intp)

    def select(self, ids: np.ndarray, more: bool = False) -> None:
        """Select points; with `more`, besides those that are selected already. A single one is followed."""
        selected = np.union1d(self.selected, ids) if more else np.sort(ids)
        if not np.array_equal(selected, self.selected):
            self.selected = selected
            if selected.size == 1:
                self.document.follow(int(selected[0]))
            self.changed.emit()

    def select_nothing(self) -> None:
        """Let go of the selection."""
        self.select(self.selected[:0])

    @property
    def holds(self) -> bool:
        """Whether there is anything to let go of."""
        return bool(self.selected.size) or self.document.followed_id is not None

    def let_go(self) -> None:
        """Let go of the selection, and of the point that is followed."""
        self.select_nothing()
        self.document.follow(None)

    def _notice_followed(self) -> None:
        """Let go of a single selected point where another is followed now; several may stay beside it."""
        if self.selected.size == 1 and self.selected[0] != self.document.followed_id:
            self.select_nothing()
        self.changed.emit()  # what can be let go of is another

    @property
    def is_same_set(self) -> bool:
        """Whether the points are those of a moment ago, painted or not, and no other set."""
        return self.dataset.lineage is self._lineage

    def follow(self) -> None:
        """Let go of selected points that are gone."""
        if not self.is_same_set:
            self._lineage = self.dataset.lineage
            self.select_nothing()
        elif self.selected.size:
            self.select(self.selected[among(self.selected, self.dataset.ids)])
