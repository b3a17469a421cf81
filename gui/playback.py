"""Run, pause, step, reset: turns changes into commands for the runner, and its frames into signals."""

from contextlib import AbstractContextManager
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.files.weights import Weights
from engine.model.network import Network
from engine.model.standardization import Standardization
from engine.training.experiment import Experiment, Problem
from engine.training.optimizers import OPTIMIZERS
from engine.training.runner import Command, Frame, GoOn, Pause, Restart, Run, Runner, Step
from engine.training.spec import SETTINGS
from gui.document import Change, Document

FRAME_MILLISECONDS = 16  # 60 pictures a second
SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, None)
"""Iterations a second; None is as fast as it goes."""


SPLIT_SETTINGS = {"split_seed", "test_fraction"}


class Playback(QObject):
    """Owns the runner and the frame timer."""

    frame_changed = Signal(Frame)
    running_changed = Signal(bool)
    told = Signal(str)
    """A sentence for the status line."""
    warned = Signal(str)
    """A sentence that must not be missed."""
    failed = Signal(Exception)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._experiment = Experiment.of(document.spec, document.dataset)
        self._runner = Runner(self._experiment)
        self._frame: Frame | None = None
        self._posted = 0
        self._running = False
        self._speed: float | None = None
        self._pending: Change | None = None
        self._imported: Weights | None = None
        self._stepped_from: int | None = None  # the iteration at which steps began that are still being made
        document.changed.connect(self._gather)
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._tick)

    @property
    def frame(self) -> Frame:
        """The newest frame that was shown."""
        return self._frame or self._runner.latest()

    @property
    def is_running(self) -> bool:
        """Whether training runs, or is about to."""
        return self._running

    def start(self) -> None:
        """Start the thread, paused, and show the first frame."""
        self._runner.start()
        self._timer.start()
        self._tick()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._timer.stop()
        self._runner.stop()

    def drawing(self) -> AbstractContextManager[None]:
        """Keep the training still while the window draws."""
        return self._runner.held()

    def set_running(self, running: bool) -> None:
        """Run or pause."""
        if running == self._running:
            return
        self._flush()
        if self._stepped_from is not None:  # steps are still being made, and this is the way to stop them
            self._post(Pause())
            self.running_changed.emit(False)
            return
        self._post(Run(self._speed) if running else Pause())
        self._set_running(running)
        if running:
            points = self._experiment.problem.Y_train.size
            self.told.emit(f"Training {self._experiment.network.description} on {points:,} points.")
        else:
            self.told.emit("Paused. Right makes one iteration, Space goes on, R starts again.")

    def step(self, count: int = 1) -> None:
        """Make `count` iterations and pause."""
        self._flush()
        if self._stepped_from is None:
            self._stepped_from = self._runner.latest().state.iteration
        self._post(Step(count))
        self._set_running(False)

    def reset(self) -> None:
        """Go back to the same first weights, and pause."""
        self._flush()
        if self._running:
            self._post(Pause())
            self._set_running(False)
        self._restart()
        self.told.emit("Back at the same first weights. Space runs.")

    def set_speed(self, rate: float | None) -> None:
        """Set the iterations a second; None is as fast as it goes."""
        self._speed = rate
        if self._running:
            self._post(Run(rate))

    def use_weights(self, weights: Weights) -> None:
        """Start from weights that were read from a file; the document has their architecture already."""
        self._pending = None
        self._imported = weights
        self._restart()

    def _gather(self, change: Change) -> None:
        """Remember what was changed until the next tick: a drag of the mouse changes the points many times."""
        before = self._pending or Change()
        self._pending = Change(
            before.settings | change.settings,
            before.edited or change.edited,
            before.replaced or change.replaced,
            before.painted_over or change.painted_over,
            change.undone,
        )

    def _flush(self) -> None:
        """Tell the runner what was changed."""
        change, self._pending = self._pending, None
        if change is None:
            return
        spec, dataset = self._document.spec, self._document.dataset
        other = spec.network(dataset.X.shape[0]).sizes[0] != self._experiment.network.sizes[0]
        if other or any(SETTINGS[name].restarts for name in change.settings):
            self._imported = None
            network = self._restart()
            going = "goes on" if self._running else "is ready"
            self.told.emit(
                f"{self._what(change)}: training starts again with {network.description} and {going}."
                f"{self._notes(change)}"
            )
            return
        frame = self._runner.latest()
        problem = self._experiment.problem
        untrained = not self._running and frame.state.iteration == 0 and frame.obeyed == self._posted
        if change.replaced or change.edited or change.settings & SPLIT_SETTINGS:
            # Trained weights belong to the scale that they were trained on; other points alone do not change it.
            kept: Standardization | None = problem.standardization
            if change.replaced or untrained:
                kept = self._imported.standardization if self._imported is not None else None
            problem = Problem.of(spec, dataset, kept)
        self._experiment = replace(self._experiment, problem=problem, spec=spec)
        self._post(Restart(self._experiment) if untrained else GoOn(self._experiment))
        self._tell_of(change, frame.state.iteration, untrained)

    def _tell_of(self, change: Change, iteration: int, untrained: bool) -> None:
        """Say what a change of the points or of the step means for the run."""
        dataset = self._document.dataset
        counts, each = dataset.counts, self._each_class
        if dataset.m and not min(counts):
            full, empty = dataset.class_names if counts[0] else reversed(dataset.class_names)
            self.warned.emit(
                f"All points belong to {full}: paint some of {empty}, or there is nothing to part."
            )
            return
        if not change.settings:
            self.told.emit(f"{dataset.m:,} points: {each}." if dataset.m else "Empty: paint some points.")
            return
        goes = "ready"
        if not untrained:
            goes = f"goes on from the weights of iteration {iteration:,}"
            goes = f"training {goes}" if self._running else f"Space {goes}, R starts afresh"
        self.told.emit(f"{self._what(change)}: {goes}.{self._notes(change)}{self._advice(change)}")

    @property
    def _each_class(self) -> str:
        dataset = self._document.dataset
        pairs = zip(dataset.counts, dataset.class_names, strict=True)
        return ", ".join(f"{count:,} {name}" for count, name in pairs)

    def _what(self, change: Change) -> str:
        """Name what was changed; a table with another choice is another data set."""
        if "data" in change.settings:
            return f"New data set {self._document.dataset.title} ({self._each_class})"
        return _names(change)

    def _notes(self, change: Change) -> str:
        """Say what was done to a table on the way here, and to what was there before."""
        notes = "; ".join(self._document.dataset.notes) if change.replaced else ""
        lost = " Painted points were replaced; undo brings them back." if change.painted_over else ""
        return (f" {notes[:1].upper()}{notes[1:]}." if notes else "") + lost

    def _advice(self, change: Change) -> str:
        """Say when the learning rate is far from what a new optimizer wants."""
        spec = self._document.spec
        optimizer = OPTIMIZERS[spec.optimizer]
        if "optimizer" not in change.settings or spec.learning_rate <= 5 * optimizer.usual_rate:
            return ""
        return f" {optimizer.label} wants a smaller learning rate, such as {optimizer.usual_rate:g}."

    def _restart(self) -> Network:
        spec, dataset = self._document.spec, self._document.dataset
        experiment = Experiment.of(spec, dataset)
        if self._imported is not None:
            problem = Problem.of(spec, dataset, self._imported.standardization)
            experiment = Experiment(self._imported.network, problem, self._imported.parameters, spec)
        self._experiment = experiment
        self._post(Restart(experiment))
        return experiment.network

    def _post(self, command: Command) -> None:
        self._posted += 1
        self._runner.post(command)

    def _tick(self) -> None:
        self._flush()
        frame = self._runner.latest()
        if frame is self._frame:
            return
        before, self._frame = self._frame, frame
        with self._runner.held():
            self.frame_changed.emit(frame)
        if frame.obeyed == self._posted:
            self._set_running(frame.running)
        if frame.obeyed == self._posted and self._stepped_from is not None:
            self._tell_of_steps(frame.state.iteration - self._stepped_from)
        if frame.notice and (before is None or frame.notices != before.notices):
            self._tell_of_notice(frame)
        if frame.failure is not None and (before is None or frame.failure is not before.failure):
            self.failed.emit(frame.failure)

    def _tell_of_notice(self, frame: Frame) -> None:
        if frame.ended:
            self.told.emit(f"{frame.notice} To go on, change what ends it, or choose never.")
        else:
            self.warned.emit(frame.notice)

    def _tell_of_steps(self, made: int) -> None:
        self._stepped_from = None
        self.told.emit("One iteration made." if made == 1 else f"{made:,} iterations made.")

    def _set_running(self, running: bool) -> None:
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)


def _names(change: Change) -> str:
    names = ", ".join(SETTINGS[name].spoken for name in SETTINGS if name in change.settings)
    return f"Undone, {names}" if change.undone else f"New {names}"
