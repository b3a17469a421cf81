"""How many points there are, below the plot: for each class and use, and those that are out of sight."""

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gui.panels.keys import keep_keys
from gui.theme import GRID, Theme
from gui.views.boundary import BoundaryView
from gui.views.painting.painter import Painter

COUNT_EVERY = 60  # milliseconds
SIGNS = ("●", "▲")


class Counts(QWidget):
    """A row of words about the points that are drawn."""

    def __init__(self, view: BoundaryView, painter: Painter) -> None:
        super().__init__()
        self._view = view
        self._painter = painter
        self._theme = view.theme
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, 2 * GRID, 0)
        row.setSpacing(2 * GRID)
        self._classes = (QLabel(), QLabel())
        for label, name in zip(self._classes, ("first", "second"), strict=True):
            label.setObjectName(f"{name}ClassCount")
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setToolTip("Points to train on, and points held out for the test.")
            row.addWidget(label)
        self._warning = QLabel()
        self._warning.setObjectName("countsWarning")
        row.addWidget(self._warning)
        row.addStretch(1)
        self.outside = QToolButton()
        self.outside.setObjectName("outsideButton")
        self.outside.setAccessibleName("Show the points outside")
        self.outside.setToolTip("Points that are trained on and out of sight. Fit shows them (F).")
        keep_keys(self.outside, Qt.Key.Key_Space)
        self.outside.clicked.connect(lambda: view.fit())
        self.outside.hide()
        row.addWidget(self.outside)
        self._later = QTimer(self, singleShot=True, interval=COUNT_EVERY)
        self._later.timeout.connect(self._count)
        for signal in (view.points_shown, view.box.sigRangeChanged, painter.changed):
            signal.connect(self._count_later)

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self._warning.setStyleSheet(f"color: {theme.warning}; font-weight: 600;")
        self._count()

    def _count_later(self, *_: object) -> None:
        if not self._later.isActive():
            self._later.start()

    def _count(self) -> None:
        dataset = self._view.dataset
        if dataset is None or self._view.projection.n_x != len(dataset.X):
            return  # other points come with the next frame
        groups = np.bincount((2 * dataset.Y[0] + self._view.drawn.test).astype(np.intp), minlength=4).reshape(
            2, 2
        )
        for label, each in enumerate(self._classes):
            train, test = groups[label].tolist()
            each.setProperty("value", (train, test))
            name = each.fontMetrics().elidedText(dataset.class_names[label], Qt.TextElideMode.ElideRight, 96)
            sign = f'<span style="color: {self._theme.class_lines[label]}">{SIGNS[label]}</span>'
            each.setText(f"{sign} {_plain(name)} {train:,} + {test:,} test")
        self._warning.setText(self._trouble(groups))
        (x_low, x_high), (y_low, y_high) = self._view.box.viewRange()
        x, y = self._view.projection.places(dataset.X)
        outside = int(np.count_nonzero((x < x_low) | (x > x_high) | (y < y_low) | (y > y_high)))
        self.outside.setText(f"{outside:,} outside – Fit")
        self.outside.setVisible(outside > 0)
        left, right = (_plain(dataset.class_names[each]) for each in self._painter.labels)
        hint = (
            f"<b>Paint here</b><br>left button {left}, right button {right}<br><br>"
            "or open a table: Ctrl+O, or drop it on the window"
        )
        self._painter.marks.show_words("" if dataset.m else hint)

    def _trouble(self, groups: np.ndarray) -> str:
        """Say what is wrong with the counts (2, 2), if anything is."""
        names = self._view.dataset.class_names if self._view.dataset is not None else ("", "")
        counts = groups.sum(axis=1)
        if not counts.any():
            return "No points"
        for label in (0, 1):
            if not counts[label]:
                return f"Only {names[1 - label]}: paint some of {names[label]}"
            if not groups[label, 0]:
                return f"All of {names[label]} is held out for the test"
        return ""


def _plain(name: str) -> str:
    """Return a name from a file as words, not as HTML."""
    return name.replace("&", "&amp;").replace("<", "&lt;")
