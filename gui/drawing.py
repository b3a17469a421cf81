"""Which part of the window is drawn of a frame, and when: what nobody sees is not, and not all with each frame."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QToolBar

from engine.training.commands import Frame
from gui.docks import Docks
from gui.panels.controls import Controls
from gui.panels.diagnosis_line import DiagnosisLine
from gui.panels.timeline import Timeline
from gui.playback import Playback
from gui.views.view import View
from gui.views.weights import WeightsView

QUICKLY = 0.03  # seconds between two pictures
SMALLER_EVERY = 0.045  # seconds between two pictures of a smaller part, where pictures follow quickly

Part = Controls | Timeline | DiagnosisLine | View | WeightsView  # what is drawn of a frame


class Drawing(QObject):
    """Draws each frame of the playback: the boundary, and the smaller parts around it."""

    def __init__(self, playback: Playback, docks: Docks, boundary: View, smaller: Sequence[Part]) -> None:
        super().__init__(docks)
        self._playback = playback
        self._docks = docks
        self._boundary = boundary
        self._smaller = smaller
        self._drawn: dict[Part, float] = {}
        self._drawn_last = 0.0
        self._iteration = 0  # that was drawn last
        self.hurries = False
        """Whether training takes what time there is between pictures. A slow run shows each iteration, and leaves it."""
        playback.frame_changed.connect(self._draw)
        docks.came_to_light.connect(self.again)

    def again(self) -> None:
        """Draw the frame that is shown once more."""
        self._draw(self._playback.frame)

    def _draw(self, frame: Frame) -> None:
        """Show a moment. While pictures follow quickly, one of the smaller parts is drawn with each, in turn."""
        now = time.perf_counter()
        smaller = self._smaller
        follows = frame.is_moving and now - self._drawn_last < QUICKLY
        # By the iterations too: what is done outside of a picture while training goes on is done in many pieces,
        # which puts the next picture off, so that pictures alone would never seem to follow quickly again.
        made, self._iteration = frame.state.iteration - self._iteration, frame.state.iteration
        self.hurries = follows or (frame.is_moving and made > 1)
        if follows:
            waiting = {part: now - self._drawn.get(part, 0.0) for part in smaller if self._docks.sees(part)}
            longest = max(waiting, key=lambda part: waiting[part], default=None)
            smaller = [longest] if longest is not None and waiting[longest] >= SMALLER_EVERY else []
        if self._boundary.isVisible():
            self._boundary.draw(frame)
        for part in smaller:
            if self._docks.sees(part) or isinstance(part, QToolBar):
                part.draw(frame)
                self._drawn[part] = now
        self._drawn_last = now
