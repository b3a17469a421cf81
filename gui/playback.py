"""Run, pause, step, reset: turns changes into commands for the runner, and its frames into signals."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.files.weights import Weights
from engine.model.activations import Array
from engine.training.choices.model import WEIGHT
from engine.training.commands import (
    Command,
    Cut,
    Frame,
    GoOn,
    Keep,
    Pause,
    Replace,
    Restart,
    Resume,
    Run,
    Seek,
    Step,
)
from engine.training.experiment import Experiment, Start
from engine.training.kept import Kept
from engine.training.runner import Runner
from engine.training.settings import SettingError
from engine.training.spec import SETTINGS
from gui import tellings
from gui.change import Change
from gui.document import Document
from gui.steps import StartStep

FRAME_MILLISECONDS = 16  # 60 pictures a second
SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, None)
"""Iterations a second; None is as fast as it goes."""


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
        experiment = Experiment.of(document.spec, document.dataset)
        self._network = experiment.network
        self._runner = Runner(experiment)
        self._frame: Frame | None = None
        self._posted = 0
        self._restarted = 0  # what was posted when it last began anew
        self._running = False
        self._speed: float | None = None
        self._pending: Change | None = None
        self._imported: Start | None = None
        self._weights: tuple[Array, int | None] | None = None  # to be told the thread
        self._weights_to_come: Array | None = None  # the weights that it will show once it has obeyed
        self._sought: int | None = None  # an iteration to be shown once the thread has obeyed
        self._stepped_from: int | None = None  # the iteration at which steps began that are still being made
        document.changed.connect(self._gather)
        document.weights_set.connect(self._take_weights)
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._tick)

    @property
    def frame(self) -> Frame:
        """The newest frame that was shown."""
        return self._frame or self._runner.latest()

    @property
    def is_waiting(self) -> bool:
        """Whether the training thread has not yet done all that it was told."""
        return self.frame.obeyed != self._posted

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

    def rest(self) -> None:
        """Wait while the window draws: for work in other threads, of which pictures would else be drawn in pieces."""
        self._runner.rest()

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
            problem = self._runner.latest().experiment.problem
            if self._runner.latest().looks_back:
                self.told.emit("The run from here again, and on from its end.")
                return
            # Points that were changed just now are still being prepared, and not yet counted.
            on = f" on {problem.m_train:,} points" if problem.dataset is self._document.dataset else ""
            self.told.emit(f"Training {self._network.description}{on}.")
        else:
            self.told.emit("Paused. Right makes one iteration, Space goes on, R starts again.")

    def step(self, count: int = 1) -> None:
        """Make `count` iterations and pause; a negative count looks back by as many."""
        self._flush()
        if count < 0:
            self._stepped_from = None
            self._post(Step(count))
            self._set_running(False)
            return
        if self._stepped_from is None:
            self._stepped_from = self._runner.latest().state.iteration
        self._post(Step(count))
        self._set_running(False)

    def seek(self, iteration: int) -> None:
        """Pause and show an iteration of the run; the newest of several that are asked for quickly."""
        self._sought = iteration
        self._set_running(False)
        if self.frame.obeyed == self._posted:
            self._flush()

    def seek_last(self) -> None:
        """Show the newest iteration."""
        last = self._runner.latest().last
        self.seek(last)
        self.told.emit(f"Iteration {last:,}, the newest. Space goes on from here.")

    def cut(self) -> None:
        """Drop what came after the iteration that is shown, and train on from it as the settings and points are now."""
        shown, last = self.frame.state.iteration, self._runner.latest().last
        iteration = shown if self._sought is None else self._sought
        if iteration >= last or self._pending is not None:
            return  # a change that waits brings the newest back
        self._flush()
        self._post(Cut())
        self._post(GoOn(self._document.spec, self._document.dataset))
        self.told.emit(f"Iterations {iteration + 1:,} to {last:,} are dropped. Space goes on from here.")

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
        self._imported = Start(weights.network, weights.parameters, weights.standardization)
        self._restart()

    @property
    def imported(self) -> Start | None:
        """First weights that were chosen or read, to which a reset goes back; None for those of the seed."""
        return self._imported

    def tell(self) -> None:
        """Tell the thread now of what was changed, and not only at the next tick."""
        self._flush()

    def keep(self, take: Callable[[Kept], object]) -> int:
        """Hand the run as it is now to `take`, which is called soon, in the training thread.

        Returns how many commands the thread has obeyed by then.
        """
        self._flush()
        self._post(Keep(take))
        return self._posted

    def resume(self, kept: Kept, start: Start | None) -> int:
        """Take up a run whose settings and points the document has already; return how many commands that makes."""
        self._pending = self._weights = self._weights_to_come = self._sought = self._stepped_from = None
        self._imported, self._network = start, kept.experiment.network
        self._post(Resume(kept))
        self._restarted = self._posted
        self._set_running(False)
        return self._posted

    def set_parameter(self, place: int, value: object) -> None:
        """Set one weight or bias, by its place in the vector of all, as a step that can be undone."""
        if self._pending is not None:
            self._flush()
        if self.frame.obeyed < self._restarted:
            return  # weights of another network are about to be shown
        frame = self._runner.latest()
        newest = frame.newest or frame.state.parameters
        before = newest.vector if self._weights_to_come is None else self._weights_to_come
        name = newest.network.name_of(place)
        try:
            number = WEIGHT.check(name, value)
        except SettingError as error:
            self._document.refused.emit(str(error))
            return
        if number != before[place]:
            self._document.set_weight(before, place, number, name)

    def _take_weights(self, vector: Array, place: int | None, done: str) -> None:
        """Remember other weights until the next tick: a drag of the mouse sets one many times."""
        if self._pending is not None or (self._weights is not None and self._weights[1] != place):
            self._flush()  # in the order in which they came
        self._weights = (vector, place)
        self._weights_to_come = vector
        self.told.emit(tellings.other_weights(done, self.frame, self._running))

    def start_from(self, start: Start) -> None:
        """Start from other weights of the same network, paused, as one step that can be undone."""
        self._document.end_gesture()
        self._document.undo_stack.push(StartStep(self._start_at, self._imported, start))

    def _start_at(self, start: Start | None, done: str) -> None:
        """Restart at these first weights, or at those of the seed, and say what was done."""
        self._flush()
        if self._running:
            self._post(Pause())
            self._set_running(False)
        spec, n_x = self._document.spec, self._document.dataset.X.shape[0]
        self._imported = start if start is not None and start.network == spec.network(n_x) else None
        self._restart()
        self.told.emit(f"{done}. Space runs.")

    def _gather(self, change: Change) -> None:
        """Remember what was changed until the next tick: a drag of the mouse changes the points many times."""
        if self._weights is not None:
            self._flush()  # in the order in which they came
        self._pending = (self._pending or Change()).then(change)

    def _flush(self) -> None:
        """Tell the runner what was changed, and then which iteration is to be shown."""
        if self._weights is not None:
            self._post(Replace(*self._weights, self._gesture))
            self._weights = None
        change, self._pending = self._pending, None
        if change is not None:
            self._tell_runner(change)
        if self._sought is not None:
            self._stepped_from = None
            self._post(Seek(self._sought))
            self._sought = None

    @property
    def _gesture(self) -> int:
        """The number of the step to undo that is made during a run: all that one gesture changes is in it."""
        return self._document.undo_stack.index() if self._running else 0

    def _tell_runner(self, change: Change) -> None:
        spec, dataset = self._document.spec, self._document.dataset
        other = spec.network(dataset.X.shape[0]).sizes[0] != self._network.sizes[0]
        if other or any(SETTINGS[name].restarts for name in change.settings):
            self._imported = None
            self._restart()
            self.told.emit(tellings.new_run(change, dataset, self._network.description, self._running))
            return
        frame = self._runner.latest()
        untrained = not self._running and frame.last == 0 and frame.obeyed == self._posted
        self._post(GoOn(spec, dataset, change.replaced, self._gesture))
        self._tell_of(change, None if untrained else frame.last)

    def _tell_of(self, change: Change, iteration: int | None) -> None:
        """Say what a change of the points or of the step means for the run."""
        spec, dataset = self._document.spec, self._document.dataset
        if warning := tellings.one_class(dataset):
            self.warned.emit(warning)
        elif change.settings:
            self.told.emit(tellings.other_settings(change, spec, dataset, iteration, self._running))
        else:
            self.told.emit(tellings.other_points(dataset, self.frame.looks_back))

    def _restart(self) -> None:
        self._weights = self._weights_to_come = self._sought = None
        spec, dataset, start = self._document.spec, self._document.dataset, self._imported
        self._network = start.network if start is not None else spec.network(dataset.X.shape[0])
        self._post(Restart(spec, dataset, start))
        self._restarted = self._posted

    def _post(self, command: Command) -> None:
        self._posted += 1
        self._runner.post(command)

    def _tick(self) -> None:
        frame = self._runner.latest()
        if frame.obeyed == self._posted:  # else they would pile up where each takes long
            self._flush()
        if frame is self._frame:
            return
        before, self._frame = self._frame, frame
        with self._runner.held():
            self.frame_changed.emit(frame)
        if frame.obeyed == self._posted:
            self._weights_to_come = None
            self._set_running(frame.running)
            self._tell_of_moment(frame, before)
        if frame.notice and (before is None or frame.notices != before.notices):
            self._tell_of_notice(frame)
        if frame.failure is not None and (before is None or frame.failure is not before.failure):
            self.failed.emit(frame.failure)

    def _tell_of_notice(self, frame: Frame) -> None:
        if frame.ended:
            self.told.emit(f"{frame.notice} To go on, change what ends it, or choose never.")
        else:
            self.warned.emit(frame.notice)

    def _tell_of_moment(self, frame: Frame, before: Frame | None) -> None:
        """Say where a look back or some steps have led."""
        came_from, self._stepped_from = self._stepped_from, None
        if frame.looks_back:
            if not frame.running and (before is None or frame.state is not before.state):
                self.told.emit(tellings.past(frame))
        elif came_from is not None:
            self.told.emit(tellings.steps(frame.state.iteration - came_from))

    def _set_running(self, running: bool) -> None:
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)
