"""The thread that trains.

Commands go in by a queue, because each one counts; frames come out by a mailbox with one place, because only the
newest counts. What takes long, such as to prepare a million points, is done here and not in the window's thread.
"""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from engine.model.activations import Array
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
    Stop,
)
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.history import Forgotten, History
from engine.training.kept import Kept
from engine.training.past import Past
from engine.training.state import Diverged, NoPoints, State
from engine.training.stopping import Watch

PUBLISH_EVERY = 1 / 120  # seconds; twice for each picture on a 60 Hz screen
YIELD_EVERY = 0.0015  # seconds; long enough to train well, short enough for the window's thread
MAX_LAG = 0.1  # seconds of missed steps that a paced run catches up


class Runner:
    """Trains one experiment after another in a thread of its own."""

    def __init__(self, experiment: Experiment) -> None:
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._past: Past | None = None  # what is shown, where that is not the newest
        self._descent = Descent(experiment)
        self._begin(self._descent)
        self._left = 0.0  # steps still to make: infinitely many in a run
        self._rate: float | None = None
        self._due = 0.0
        self._notice = ""
        self._notices = 0
        self._ended = False
        self._failure: Exception | None = None
        self._obeyed = 0
        self._unfinished = 0  # commands to step that are under way
        self._frame = self._make_frame()
        self._holders = 0
        self._may_step = threading.Event()
        self._may_step.set()
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)

    def start(self) -> None:
        """Start the thread, paused."""
        self._thread.start()

    def post(self, command: Command) -> None:
        """Queue a command; it takes effect before the next step."""
        self._commands.put(command)

    def latest(self) -> Frame:
        """Return the newest frame."""
        return self._frame

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the thread from stepping while something short is drawn.

        Small steps hardly ever let go of Python's lock, so without this each picture would be drawn in many
        pieces, with a wait before each. For one thread alone; it may hold again what it holds.
        """
        self._holders += 1
        self._may_step.clear()
        try:
            yield
        finally:
            self._holders -= 1
            if not self._holders:
                self._may_step.set()

    def rest(self) -> None:
        """Wait while something is drawn; for other threads that keep Python's lock as this one does."""
        self._may_step.wait()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._commands.put(Stop())
        self._may_step.set()
        self._thread.join()
        self._return()
        self._descent.close()

    def _work(self) -> None:
        while True:
            try:
                if not self._obey() or not self._train():
                    return
            except Exception as failure:
                self._left, self._failure = 0, failure
                self._obeyed, self._unfinished = self._obeyed + self._unfinished, 0
                self._frame = self._make_frame()  # as it is: what failed once may fail again

    def _obey(self) -> bool:
        """Wait for a command while paused; return False when it is to end."""
        return self._do(self._commands.get())

    def _do(self, command: Command) -> bool:
        if isinstance(command, Step) and command.count > 0:
            self._unfinished += 1
        else:
            self._obeyed += 1
        match command:
            case Stop():
                return False
            case Restart(spec, dataset, start):
                self._begin(Descent(Experiment.of(spec, dataset, start)))
                self._notice = ""
                self._left = self._left if self._is_running else 0
            case GoOn(spec, dataset, rescaled, gesture):
                self._return()
                untrained = not self._is_running and self._state.iteration == 0
                changed = self._descent.experiment.changed(spec, dataset, rescaled or untrained)
                self._begin(Descent(changed)) if untrained else self._go_on(Descent(changed), gesture)
            case Run(rate):
                now = time.perf_counter()
                # Another speed during a run waits for its own next step, and makes none at once.
                self._due = min(self._due, now + 1 / rate) if self._is_running and rate else now
                self._rate = rate
                if not self._is_running:  # another speed is no new run
                    self._watch = Watch(self._descent.experiment.spec, self._state)
                self._notice = ""
                if self._past is None:
                    self._look_for_the_end()
                self._left = 0 if self._notice else math.inf
            case Pause():
                self._left = 0
            case Seek(iteration):
                self._look_back(iteration)
            case Step(count) if count < 0:
                self._look_back(self._shown.iteration + count)
            case Cut():
                self._cut()
            case Replace(vector, place, gesture):
                self._replace(vector, place, gesture)
            case Keep(take):
                take(self._history.kept(self._shown.iteration))
            case Resume(kept):
                self._resume(kept)
            case Step(count):
                self._left = count + (0 if self._is_running else self._left)
                self._notice = ""
                return True  # to be shown once the steps are made
        self._publish()
        return True

    def _begin(self, descent: Descent) -> None:
        state, history = descent.first_state(), History()
        history.begin(descent.experiment, state)
        history.append(state)
        self._return()
        self._take_over(descent, state)
        self._history = history

    def _resume(self, kept: Kept) -> None:
        """Take over a run that was kept, to the same last bit: all at once, as it may be damaged in ways unforeseen."""
        descent = Descent(kept.experiment)
        state = descent.resumed(kept.checkpoints[-1])
        history = History.of(kept, state)
        past = Past(history, kept.shown) if kept.shown < kept.last else None
        self._return()
        self._take_over(descent, state)
        self._history, self._past, self._left, self._notice = history, past, 0, ""

    def _go_on(self, descent: Descent, gesture: int) -> None:
        state, before, now = self._state, self._descent.experiment.spec, descent.experiment.spec
        kept = (state.memory, state.made) if before.optimizer == now.optimizer else (None, 0)
        state = descent.state_at(state.parameters.vector, state.iteration, *kept)
        self._take_over(descent, state)
        self._history.begin(descent.experiment, state, gesture)

    def _replace(self, vector: Array, place: int | None, gesture: int) -> None:
        """Go on from other weights. The experiment is another one too, as its start tells which units are equal."""
        self._return()
        state = self._state
        if place is not None:
            one, vector = vector[place], state.parameters.vector.copy()
            vector[place] = one
        descent = Descent(self._descent.experiment.starting_at(vector))
        self._take_over(descent, descent.state_at(vector, state.iteration, state.memory, state.made))
        self._history.begin(descent.experiment, self._state, gesture)

    @property
    def _shown(self) -> State:
        return self._state if self._past is None else self._past.state

    def _look_back(self, iteration: int) -> None:
        """Show an iteration of the run, or the nearest that there is."""
        self._left, self._notice = 0, ""
        iteration = min(max(iteration, 0), self._history.last)
        try:
            past = Past(self._history, iteration) if iteration < self._history.last else None
        except Forgotten as forgotten:
            self._notice, self._notices, self._ended = str(forgotten), self._notices + 1, False
            return
        self._return()
        self._past = past

    def _return(self) -> None:
        """Show the newest iteration again."""
        if self._past is not None:
            self._past.close()
            self._past = None

    def _cut(self) -> None:
        """Make the iteration that is shown the newest."""
        self._left = 0
        past, self._past = self._past, None
        if past is not None:
            self._history.cut(past.state)
            self._take_over(past.descent, past.state)

    def _take_over(self, descent: Descent, state: State) -> None:
        """Go on with another descent, all at once: what failed before leaves the old one whole."""
        if descent is not self._descent:
            self._descent.close()
        self._descent, self._state = descent, state
        self._watch = Watch(descent.experiment.spec, state)

    @property
    def _is_running(self) -> bool:
        return self._left == math.inf

    def _train(self) -> bool:
        """Make the steps that are left, obeying commands in between; return False when it is to end."""
        yielded = published = time.perf_counter()
        while self._left:
            command = self._next_command()
            if command is not None:
                if not self._do(command):
                    return False
                continue
            if not self._may_step.is_set():
                self._may_step.wait()
            self._left = self._left - 1 if self._step() else 0
            now = time.perf_counter()
            if not self._left or now - published >= PUBLISH_EVERY:
                self._publish()
                published = now
            if now - yielded >= YIELD_EVERY:
                time.sleep(0)
                yielded = time.perf_counter()
        return True

    def _next_command(self) -> Command | None:
        """Return a waiting command, or None when the next step is due; a paced run waits here for either."""
        if self._rate is None or not self._is_running:
            return None if self._commands.empty() else self._commands.get()
        wait = self._due - time.perf_counter()
        if wait > 0 and self._frame.state is not self._shown:
            self._publish()
        try:
            return self._commands.get(timeout=wait) if wait > 0 else self._commands.get_nowait()
        except Empty:
            self._due = max(self._due, time.perf_counter() - MAX_LAG) + 1 / self._rate
            return None

    def _step(self) -> bool:
        """Make one step; return False, with a notice, when none could be made."""
        if self._past is not None:
            if not self._past.step():
                self._return()
            return True
        try:
            self._state = self._descent.step(self._state)
        except (Diverged, NoPoints) as stopped:
            self._notice, self._notices, self._ended = str(stopped), self._notices + 1, False
            return False
        self._history.append(self._state)
        if self._is_running:
            self._look_for_the_end()
        return not self._notice

    def _look_for_the_end(self) -> None:
        self._notice = self._watch.reason(self._state)
        self._notices += bool(self._notice)
        self._ended = bool(self._notice)

    def _make_frame(self) -> Frame:
        return Frame(
            (self._descent if self._past is None else self._past.descent).experiment,
            self._shown,
            self._history.curve(),
            self._is_running,
            self._history.last,
            self._obeyed,
            self._notice,
            self._notices,
            self._ended,
            self._state.parameters if self._past is not None else None,
            self._descent.experiment if self._past is not None else None,
            self._failure,
            self._history.trail,
            self._history.marks,
            self._descent.experiment if self._past is not None else None,
            0 < self._left < math.inf,
        )

    def _publish(self) -> None:
        if not self._left or self._is_running:
            self._obeyed, self._unfinished = self._obeyed + self._unfinished, 0
        if not self._left:
            self._state = self._descent.scored(self._state)
            if self._past is not None:
                self._past.score()
        self._frame = self._make_frame()
