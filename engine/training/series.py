"""Many iterations of a run in order, each made again to the same last bit, for what is drawn of the run as a whole."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.training.changes import Mark, are_alike
from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.history import Forgotten, History
from engine.training.kept import Curve, Kept
from engine.training.state import State
from engine.training.trail import Moment


@dataclass(frozen=True)
class Spacing:
    """How iterations are chosen."""

    name: str
    label: str
    help: str
    choose: Callable[[int, int], list[int]]
    """Gives so many different numbers, the first 0 and the last a given one."""


def _evenly(count: int, last: int) -> list[int]:
    return [round(place * last / (count - 1)) for place in range(count)]


def _early(count: int, last: int) -> list[int]:
    """Each number is as many times the one before, as far as whole numbers allow."""
    chosen = [0]
    for left in range(count - 1, 0, -1):
        ratio = ((last + 1) / (chosen[-1] + 1)) ** (1 / left)
        chosen.append(max(chosen[-1] + 1, round((chosen[-1] + 1) * ratio) - 1))
    return chosen


SPACINGS: dict[str, Spacing] = {
    each.name: each
    for each in (
        Spacing("early", "mostly early", "Most pictures show the start, where most happens.", _early),
        Spacing("even", "even", "From picture to picture as many iterations.", _evenly),
    )
}


def spaced(first: int, last: int, count: int, spacing: str) -> list[int]:
    """Return at most so many iterations from `first` to `last`, each greater than the one before."""
    count = min(count, last - first + 1)
    if count < 2:
        return [last]
    return [first + each for each in SPACINGS[spacing].choose(count, last - first)]


def history_of(kept: Kept) -> History:
    """Return a history of a run that was kept, to be read in any thread while the run itself goes on."""
    descent = Descent(kept.experiment)
    newest = descent.resumed(kept.checkpoints[-1])
    descent.close()
    return History.of(kept, newest)


def remembered(kept: Kept) -> int:
    """Return the first iteration of a run that can be made again."""
    return next(each.first for each in kept.segments if each.experiment is not None)


def last_change(kept: Kept, frame: Frame) -> State | None:
    """Return the state from which a run went on unchanged to a frame; None where it did so from its start.

    Raises Forgotten where that cannot be made again, or where the frame is of a run that is not this one.
    """
    iteration = frame.state.iteration
    parts = [
        each
        for each in kept.segments
        if each.first <= iteration and are_alike(each.experiment, frame.experiment)
    ]
    if not parts:  # a change may have begun the run anew while a name was chosen
        raise Forgotten("The run that was shown is not there any more, so nothing is written.")
    begun = parts[-1].first
    return history_of(kept).recall(begun) if begun else None


def frames(
    history: History, iterations: Sequence[int], rest: Callable[[], object] = lambda: None
) -> Iterator[Frame]:
    """Give a frame for each of the iterations, which rise, as it was when the run had got there.

    It steps on from one to the next, but where a checkpoint is nearer, and calls `rest` before each step. Nobody may
    write to the history meanwhile. Raises Forgotten for iterations that cannot be made again.
    """
    curve, trail, marks = history.curve(), history.trail, history.marks
    descent: Descent | None = None
    state: State | None = None
    try:
        for iteration in iterations:
            experiment = history.experiment_at(iteration)
            if descent is None or descent.experiment is not experiment:
                if descent is not None:
                    descent.close()
                descent, state = Descent(experiment), None
            if state is None or history.kept_before(iteration) > state.iteration:
                state = history.recall(iteration)
            while state.iteration < iteration:
                rest()
                state = descent.step(state)
            state = descent.scored(state)
            yield Frame(
                experiment,
                state,
                _until(curve, iteration),
                running=False,
                last=iteration,
                trail=_moments(trail, iteration),
                marks=_marks(marks, iteration),
            )
    finally:
        if descent is not None:
            descent.close()


def _until(curve: Curve, iteration: int) -> Curve:
    return Curve(curve.columns[:, : int(curve.columns[0].searchsorted(iteration, side="right"))])


def _moments(trail: tuple[Moment, ...], iteration: int) -> tuple[Moment, ...]:
    return tuple(each for each in trail if each.iteration <= iteration)


def _marks(marks: tuple[Mark, ...], iteration: int) -> tuple[Mark, ...]:
    return tuple(each for each in marks if each.iteration < iteration)
