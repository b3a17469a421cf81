"""The plane of the decision boundary: which one it is, what part of it is seen, and what is written at its edges."""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pyqtgraph as pg

from engine.data.dataset import Dataset, Lineage, numbered_names
from engine.model.projection import Projection
from engine.model.surfaces import Range
from gui.views.scales import ends_around
from gui.views.switches import ranges_in
from gui.views.view import View, axis_words


class BoundaryAxes:
    """The axes of one plot. Each data set keeps its plane while it is painted on."""

    def __init__(self, view: View, row: int) -> None:
        self._view = view
        self.plot = view.make_plot(row)
        self.box: pg.ViewBox = self.plot.getViewBox()
        self.box.disableAutoRange()
        self.projection = Projection.of(np.empty((2, 0)), numbered_names(2))
        self.is_fitted = False
        """Whether what is seen was ever decided."""
        self._planes: WeakKeyDictionary[Lineage, Projection] = WeakKeyDictionary()
        self._shows_images = False
        self._has_own_ranges = False
        self._named: object = None

    @property
    def ranges(self) -> tuple[Range, Range]:
        """Which part of the plane is seen, across and up."""
        (left, right), (bottom, top) = self.box.viewRange()
        return (left, right), (bottom, top)

    def show(self, dataset: Dataset) -> None:
        """Draw on the plane of a data set from now on."""
        self.projection = self.plane_of(dataset)
        self._shows_images = dataset.image_shape is not None

    def plane_of(self, dataset: Dataset) -> Projection:
        """Return the plane on which points are drawn. Painting does not move it; new points keep the axes' names."""
        lineage, names, before = dataset.lineage, dataset.feature_names, self.projection
        if lineage not in self._planes:
            chosen = before.columns is None and not self._shows_images
            if dataset.image_shape is not None or (chosen and len(names) > 2):
                plane = _components(dataset)  # no two pixels say much about an image
            elif before.n_x > 2 and set(before.axes) <= set(names):
                plane = Projection.onto(lineage.X, names, *map(names.index, before.axes))
            else:
                plane = Projection.of(lineage.X, names)
            self._planes[lineage] = plane
        return self._planes[lineage]

    def choose(self, dataset: Dataset, columns: tuple[int, int] | None) -> None:
        """Draw a data set on the plane of two features, or of the first two principal components."""
        if columns is None:
            plane = _components(dataset)
        else:
            plane = Projection.onto(dataset.lineage.X, dataset.feature_names, *columns)
        self.projection = self._planes[dataset.lineage] = plane

    def fit(self, dataset: Dataset) -> None:
        """Show all points of a data set, with some air around them."""
        self.is_fitted, self._has_own_ranges = True, False
        plane = self.plane_of(dataset)
        self.box.setAspectLocked(dataset.same_units or plane.columns is None)
        (left, bottom), (right, top) = ends_around(plane.places(dataset.X))
        self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def set_ranges(self, x_range: Range, y_range: Range) -> None:
        """Show exactly these parts of the axes, until other ones are chosen or all points are fitted in."""
        self.is_fitted = self._has_own_ranges = True
        self.box.setAspectLocked(False)
        self.box.setRange(xRange=x_range, yRange=y_range, padding=0)

    def holds(self, dataset: Dataset, same_features: bool) -> bool:
        """Return whether all points of a data set are in sight, or the person chose what is."""
        if self._has_own_ranges and same_features:
            return True
        low, high = np.array(self.box.viewRange()).T[:, :, None]  # each (2, 1)
        places = self.plane_of(dataset).places(dataset.X)
        return bool(((low <= places) & (high >= places)).all())

    def look_like(self, other: "BoundaryAxes") -> None:
        """Show the same part of the same planes as other axes."""
        self._planes = WeakKeyDictionary(other._planes)
        self.set_ranges(*other.ranges)

    def look(self) -> dict[str, Any]:
        """Return which part of the plane is seen, and whether the person chose it, in JSON."""
        return {
            "ranges": [list(map(float, each)) for each in self.ranges],
            "own_ranges": self._has_own_ranges,
        }

    def take_look(self, look: Mapping[str, Any]) -> None:
        """Show such a part, where it is one."""
        ranges = ranges_in(look.get("ranges"))
        if ranges is not None and look.get("own_ranges") is True:
            self.set_ranges(*ranges)
        elif ranges is not None:
            self.is_fitted = True
            self.box.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)

    def name(self) -> None:
        """Write at the axes what they are, where that is another than before."""
        across, up = self.projection.axes
        note = self.projection.note  # on the axis, so that pictures say it as well
        named = (across, up, note, self._view.theme, self._view.pen_scale)
        if named == self._named:
            return  # to lay out and draw the axes again takes longer than a stroke may
        self._named = named
        for side, name, more in (("bottom", across, f" — {note}" if note else ""), ("left", up, "")):
            self.plot.getAxis(side).setLabel(axis_words(name) + more)
            self.plot.getAxis(side).resizeEvent()  # puts the words into the middle
        self.plot.getAxis("left").setStyle(showValues=bool(up))


def _components(dataset: Dataset) -> Projection:
    is_image = dataset.image_shape is not None
    return Projection.principal(dataset.lineage.X, dataset.feature_names, is_image)
