"""How long it takes to have a past iteration back, to the last bit, after a long run as fast as it goes."""

import random
import time

from engine.data.sources import load_data
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.history import History
from engine.training.spec import Spec
from tests.benchmarks.frames import MOONS
from tests.benchmarks.report import Row, below, median

RUNS = (  # settings and the seconds that the run takes
    ({}, 40.0),
    ({"optimizer": "adam", "batch_size": 32, "learning_rate": 0.01}, 20.0),
    ({"samples": 100_000}, 8.0),
)
LOOKS = 60
GOAL = 50.0  # ms


def measure() -> list[Row]:
    """Return the longest of many looks back, for runs of some kinds."""
    return [_look_back(settings, seconds) for settings, seconds in RUNS]


def _look_back(settings: dict[str, object], seconds: float) -> Row:
    spec = Spec(**(MOONS | settings))
    experiment = Experiment.of(spec, load_data(spec.data, spec.samples, spec.noise, spec.data_seed))
    descent, history = Descent(experiment), History()
    state = descent.first_state()
    history.begin(experiment, state)
    history.append(state)
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        state = descent.step(state)
        history.append(state)
    places = random.Random(1)
    found = []
    for _ in range(LOOKS):
        iteration = places.randrange(state.iteration + 1)
        began = time.perf_counter()
        reached = history.recall(iteration)
        found.append((time.perf_counter() - began) * 1000)
        assert reached.iteration == iteration
    last = history.recall(state.iteration)
    assert last.parameters.vector.tobytes() == state.parameters.vector.tobytes()
    descent.close()
    named = ", ".join(f"{name} {value}" for name, value in settings.items()) or "full batches, 400 points"
    what = f"{state.iteration:,} iterations ({named}): longest look back"
    return below(what, max(found), GOAL, "ms", f"median {median(found):.1f} ms")
