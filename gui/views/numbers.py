"""How the points are called at a threshold, and how often that is right."""

from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsWidget

from engine.model.activations import Array
from engine.model.classification import Confusion, Roc, confusion, roc
from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.experiment import Problem
from gui.document import USUAL_THRESHOLD
from gui.theme import GRID, Theme
from gui.views.confusion_table import ConfusionTable
from gui.views.dots import Dots, Stamp
from gui.views.pace import Pace
from gui.views.threshold_row import ThresholdRow
from gui.views.view import Key, View, axis_words
from gui.views.words import Paragraph

JUDGE_EVERY = 0.04  # seconds between two judgements while training runs
MOST = 20_000  # points on a curve; of more an evenly spread sample
WIDE, TALL = 80 * GRID, 52 * GRID  # pixels from which on there is room for the curves, beside and below
ROOM = 24 * GRID  # pixels for the tables, at least, where the curves are below
SHARES = (4, 4, 6)  # of the width, for the tables and the curves
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
LONGEST = 20  # letters of the class that is positive, in the sentence above
SETS = ("training points", "test points")


class NumbersView(View):
    """The confusion matrices of the training and the test points, and the curves that a threshold moves along."""

    name: ClassVar[str] = "numbers"
    title: ClassVar[str] = "Confusion matrix"
    opens: ClassVar[bool] = False
    help: ClassVar[str] = (
        "How many points of each class are called which, for the training and the test points, and what is made of "
        "these counts. The threshold moves the line; enlarged, the view shows what every threshold would give."
    )

    chosen = Signal(float)
    """The threshold that the person wants."""

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self.setObjectName("numbersView")
        self._frame: Frame | None = None
        self._descent: Descent | None = None
        self._judged: object = None  # the weights that were judged
        self._problem: Problem | None = None  # and the points
        self._pace = Pace(JUDGE_EVERY)
        self._counted: object = None
        self._Z: Array = np.empty((1, 0))
        self._curves: tuple[Roc | None, ...] | None = None  # as long as nobody wants to see them
        self._layout = ""
        self.words = Paragraph(1)
        self.tables = tuple(ConfusionTable(title) for title in SETS)
        self.key = Key()
        self.key.setParentItem(self.grid)
        self.axes = self.make_plot(1, column=2)
        self._take_out(self.axes)
        self.box: pg.ViewBox = self.axes.getViewBox()
        self.box.setMouseEnabled(False, False)
        self.box.disableAutoRange()
        self.box.setRange(xRange=(-0.02, 1.02), yRange=(-0.02, 1.02), padding=0)
        for side in ("left", "bottom"):
            self.axes.getAxis(side).setTicks([[(share, f"{share:g}") for share in TICKS]])
        self.axes.getAxis("bottom").setStyle(hideOverlappingLabels=False)
        self._chance = pg.PlotCurveItem(x=[0, 1], y=[0, 1])
        self._lines = [pg.PlotCurveItem(skipFiniteCheck=True, antialias=True) for _ in SETS]
        self._dots = Dots(len(SETS), sharp=sharp)
        for item in (self._chance, *reversed(self._lines), self._dots):
            self.axes.addItem(item, ignoreBounds=True)
        self.grid.layout.setHorizontalSpacing(2 * GRID)
        self.grid.addItem(self.words, 0, 0, 1, 2)
        for column, table in enumerate(self.tables):
            self.grid.addItem(table, 1, column)
        self.row = ThresholdRow()
        self.row.chosen.connect(self.chosen)
        if sharp:
            self.row.setParent(self)
            self.row.hide()  # no picture has controls
        else:
            below = self.layout()
            assert below is not None
            below.addWidget(self.row)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.style_plot(self.axes)
        for table in self.tables:
            table.set_theme(theme)
        pens = self._pens
        for curve, pen in zip(self._lines, pens, strict=True):
            curve.setPen(pen)
        self._chance.setPen(self.pen(theme.line, 1.0, Qt.PenStyle.DashLine))
        rim = self.pen(theme.surface, 1.5)
        self._dots.set_stamps(*(Stamp("o", 10.0, rim, QBrush(pen.color())) for pen in pens))
        self._counted = None
        if self._frame is not None:
            self.draw(self._frame)

    @property
    def _pens(self) -> tuple[QPen, QPen]:
        return self.pen(self.theme.text), self.pen(self.theme.accent, style=Qt.PenStyle.DashLine)

    def draw(self, frame: Frame) -> None:
        self._frame = frame
        self._arrange()
        self.row.show_threshold(self.threshold)
        if self._pace.is_due(frame.is_moving) and self._judged is not frame.state.parameters:
            with self._pace.working():
                self._judge(frame)
        counted = (self._judged, self.threshold)
        if counted != self._counted and self._problem is frame.experiment.problem:
            self._counted = counted
            self._show(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _judge(self, frame: Frame) -> None:
        """Compute the logits of all points, to the last bit as the readouts count them."""
        experiment = frame.experiment
        if self._descent is None or self._descent.experiment is not experiment:
            self._descent = Descent(experiment, threaded=False)
        self._judged, self._problem = frame.state.parameters, experiment.problem
        self._Z = self._descent.logits_at(frame.state.parameters.vector)
        self._curves = None

    def _halves(self) -> tuple[tuple[Array, Array], ...]:
        """Return the logits and the labels, each (1, k), of the training and the test points."""
        problem = self._problem
        if problem is None:
            return ()
        m_train = problem.m_train
        return (self._Z[:, :m_train], problem.Y_train), (self._Z[:, m_train:], problem.Y_test)

    @property
    def curves(self) -> tuple[Roc | None, ...]:
        """Those of the training and the test points; None where not both classes are among them."""
        if self._curves is None:
            halves = self._halves()
            self._curves = tuple(
                roc(*(each[:, :: -(-each.size // MOST) or 1] for each in half)) for half in halves
            )
        return self._curves

    def _show(self, frame: Frame) -> None:
        names = frame.experiment.problem.dataset.class_names
        counts = [confusion(Z, Y, self.threshold) for Z, Y in self._halves()]
        for table, each in zip(self.tables, counts, strict=True):
            table.show_counts(each, names)
        positive = names[1] if len(names[1]) <= LONGEST else names[1][: LONGEST - 1] + "…"
        words = f"Positive is {positive}: called so from probability {self.threshold:.2f} on."
        self.words.say(words, self.theme.muted)
        self._show_note(frame)
        if not frame.is_moving:
            self.plot.setAccessibleDescription(" ".join(table.description for table in self.tables))
        if self._layout != "small":
            self._show_curves(counts, names)

    def _show_note(self, frame: Frame) -> None:
        """Say in what the numbers differ from those elsewhere."""
        notes = []
        if self.threshold != USUAL_THRESHOLD:
            notes.append(f"readouts at the top: at {USUAL_THRESHOLD:.2f}")
        if frame.experiment.problem.dataset.m > MOST and self._layout != "small":
            notes.append(f"curves of at most {MOST:,} points")
        self.header.note.setText("; ".join(notes))

    def _show_curves(self, counts: list[Confusion], names: tuple[str, str]) -> None:
        entries: list[tuple[Stamp | QPen, str]] = []
        for place, (curve, line, pen) in enumerate(zip(self.curves, self._lines, self._pens, strict=True)):
            line.setVisible(curve is not None)
            at = np.empty((2, 0))
            if curve is not None:
                line.setData(curve.false_alarms, curve.recall)
                at = np.array([[counts[place].false_alarms], [counts[place].recall]])
                entries.append((pen, f"{SETS[place]}, area {curve.area:.3f}"))
            self._dots.set_places(place, *at)
        self.key.show_entries(entries, self.theme.text)
        for side, words in (
            ("bottom", f"share of {axis_words(names[0])} called {axis_words(names[1])} (false alarms)"),
            ("left", f"share of {axis_words(names[1])} called so (recall)"),
        ):
            axis = self.axes.getAxis(side)
            if axis.labelText != words:
                axis.setLabel(words, **axis.labelStyle)

    def _take_out(self, item: QGraphicsWidget) -> None:
        """Take an item out of the layout, but not out of the view, which owns it."""
        self.grid.removeItem(item)
        item.setParentItem(self.grid)

    def _arrange(self) -> None:
        """Put the curves beside the tables, or below them, or nowhere, as there is room."""
        size = self.plot.size()
        layout = "wide" if size.width() >= WIDE else "tall" if size.height() >= TALL else "small"
        if layout == self._layout:
            return
        for item in (self.key, self.axes):
            if self._layout in ("wide", "tall"):
                self._take_out(item)
            item.setVisible(layout != "small")
        self._layout = layout
        if layout == "wide":
            self.grid.addItem(self.key, 0, 2)
            self.grid.addItem(self.axes, 1, 2)
        elif layout == "tall":
            self.grid.addItem(self.key, 2, 0, 1, 2)
            self.grid.addItem(self.axes, 3, 0, 1, 2)
        self.grid.layout.setRowMinimumHeight(1, ROOM if layout == "tall" else 0)
        for column, share in enumerate(SHARES):
            share = share if layout == "wide" or column < len(SETS) else 0
            self.grid.layout.setColumnStretchFactor(column, share)
            self.grid.layout.setColumnPreferredWidth(column, share)
        self._counted = None
        if self._frame is not None:
            self.draw(self._frame)
