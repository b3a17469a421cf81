"""When a run ends by itself, and the reason in plain words."""

import math

from engine.training.spec import Spec
from engine.training.state import State

PROGRESS = 1e-3  # the part of itself by which the cost must fall to count as progress


class Watch:
    """Watches one run from its first state. An end that is 0 in the spec is never reached."""

    def __init__(self, spec: Spec, state: State) -> None:
        self._spec = spec
        self._best = math.inf
        self._best_at = state.iteration
        if state.is_scored:
            self._note_progress(state)

    def reason(self, state: State) -> str:
        """Return why the run is to end at this state; empty to go on. Call it once for each state."""
        spec, scores, k = self._spec, state.scores, state.iteration
        if spec.stop_after and k >= spec.stop_after:
            return f"Iteration {spec.stop_after:,} is reached, at which this run was to end."
        if spec.stop_cost and state.is_scored and scores.train_cost < spec.stop_cost:
            return f"The training cost {scores.train_cost:.6g} is below {spec.stop_cost:g}, so the run ended."
        if spec.stop_gradient and scores.gradient_norm < spec.stop_gradient:
            return (
                f"The gradient {scores.gradient_norm:.6g} is below {spec.stop_gradient:g}, so the run ended."
            )
        if spec.stop_patience and state.is_scored:
            self._note_progress(state)
            if k - self._best_at >= spec.stop_patience:
                return (
                    f"The training cost has hardly fallen for {spec.stop_patience:,} iterations, "
                    f"so the run ended at {self._best:.6g}."
                )
        return ""

    def _note_progress(self, state: State) -> None:
        cost = state.scores.train_cost
        if cost < self._best * (1.0 - PROGRESS):
            self._best, self._best_at = cost, state.iteration
