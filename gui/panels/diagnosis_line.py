"""One line under the plots that says, in plain words, what is going wrong and what to try."""

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolBar

from engine.training.commands import Frame
from engine.training.diagnosis import diagnose
from gui.theme import GRID, Theme

EVERY = 0.5  # seconds between two looks while training runs
HEALTHY = "Nothing looks wrong."


class DiagnosisLine(QToolBar):
    """The most important finding; the others are in its tooltip."""

    def __init__(self) -> None:
        super().__init__("Diagnosis")
        self.setObjectName("diagnosis")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._looked = 0.0
        self._theme: Theme | None = None
        self.label = QLabel(HEALTHY)
        self.label.setObjectName("diagnosisReadout")
        self.label.setAccessibleName("Diagnosis")
        self.label.setContentsMargins(GRID, 0, GRID, 0)
        self.addWidget(self.label)
        self.rule = ""
        """The name of the rule that fired; empty when all is well."""

    def draw(self, frame: Frame) -> None:
        """Look at a moment of the run."""
        now = time.perf_counter()
        if frame.is_moving and now - self._looked < EVERY:
            return
        self._looked = now
        found = diagnose(frame.experiment, frame.state, frame.curve)
        words = found[0].words if found else HEALTHY
        if words != self.label.text():
            self.rule = found[0].name if found else ""
            self.label.setText(words)
            self.label.setAccessibleDescription(words)
            self._show_colour()
        self.label.setToolTip(
            "\n".join(finding.words for finding in found) or "What is going wrong, and what to try."
        )

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._show_colour()

    def _show_colour(self) -> None:
        if self._theme is not None:
            colour = self._theme.warning if self.rule else self._theme.muted
            self.label.setStyleSheet(f"color: {colour};")
