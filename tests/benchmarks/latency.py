"""How long a command takes from the key to the picture that shows it, while training runs."""

import random

from tests.benchmarks.frames import MOONS
from tests.benchmarks.laboratory import Laboratory
from tests.benchmarks.report import Row, below, median, percentile

REPEATS = 17  # of each of three commands


def measure() -> list[Row]:
    """Return the delays at 400 and at 100,000 points."""
    return [_delays(samples) for samples in (400, 100_000)]


def _delays(samples: int) -> Row:
    moments = random.Random(1)
    delays: dict[str, list[float]] = {"pause": [], "learning rate": [], "step": []}
    with Laboratory(**(MOONS | {"samples": samples})) as lab:
        learning_rate = lab.child("learningRateSpin")
        for repeat in range(REPEATS):
            lab.run()
            lab.spend(0.1 + 0.03 * moments.random())
            chosen = round(0.1 + 0.001 * repeat, 3)
            delays["learning rate"].append(
                lab.until_painted(
                    lambda chosen=chosen: learning_rate.setValue(chosen),
                    lambda frame, chosen=chosen: frame.experiment.spec.learning_rate == chosen,
                )
            )
            lab.spend(0.03 * moments.random())
            delays["pause"].append(lab.until_painted(lambda: lab.run(False), lambda frame: not frame.running))
            lab.spend(0.05 + 0.03 * moments.random())
            wanted = lab.frame.state.iteration + 1
            delays["step"].append(
                lab.until_painted(
                    lab.child("actionStep").trigger,
                    lambda frame, wanted=wanted: frame.state.iteration == wanted,
                )
            )
    details = "\n".join(
        f"{name}: median {median(found) * 1000:.0f} ms, longest {max(found) * 1000:.0f} ms"
        for name, found in delays.items()
    )
    all_of_them = [delay * 1000 for found in delays.values() for delay in found]
    what = f"command to picture, {samples:,} points, 99th percentile"
    return below(what, percentile(all_of_them, 99), 50, "ms", details)
