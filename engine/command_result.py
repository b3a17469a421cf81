"""How good the weights are at the end of a command: in a few lines, or as one JSON object."""

import json
import math

from engine.command_parser import tell
from engine.training.commands import Frame


def show_result(command: str, frame: Frame, as_json: bool, seconds: float | None = None) -> None:
    """Print it to standard output. `seconds` is how long training took, where it is known."""
    scores = {
        name: score if math.isfinite(score) else None for name, score in frame.state.scores._asdict().items()
    }
    if frame.notice:
        tell(command, frame.notice)
    network = frame.experiment.network
    if as_json:
        result = {
            "iterations": frame.state.iteration,
            **scores,
            "seconds": seconds,
            "parameters": network.parameter_count,
            "ended": frame.notice or None,
        }
        print(json.dumps(result))
        return

    def show(name: str, percent: bool = False) -> str:
        score = scores[name]
        if score is None:
            return "—"
        if percent:
            return f"{score:.1%}"
        return shown_cost(score)

    dataset = frame.experiment.problem.dataset
    print(f"{dataset.title}: {dataset.m:,} points; network {network}, {network.parameter_count:,} parameters")
    for note in dataset.notes:
        print(f"{note}")
    print(f"{frame.state.iteration:,} iterations" + ("" if seconds is None else f" in {seconds:.2f} s"))
    print(f"train: cost {show('train_cost')}, accuracy {show('train_accuracy', True)}")
    print(f"test:  cost {show('test_cost')}, accuracy {show('test_accuracy', True)}")


def shown_cost(cost: float) -> str:
    """Return a cost in about six digits."""
    return f"{cost:.6f}" if cost < 1e6 else f"{cost:.6g}"
