"""What a person reads about a cost surface."""

import numpy as np
from PySide6.QtGui import QPen

from engine.model.charts import parameter_names
from engine.model.losses import LOSSES
from engine.model.network import Network
from engine.training.commands import Frame
from engine.training.landscape import MOST, RIVAL_ITERATIONS, is_convex, next_vector
from engine.training.planes import PLANES
from gui.views.scales import said
from gui.views.surface_marks import earlier_pen, path_pen, step_pen, uphill_pen
from gui.views.surface_plane import ShownPlane
from gui.views.view import View

SHAPES = {
    True: "convex: any start reaches the same minimum",
    False: "not convex: the start may decide where it ends",
}


def axes_of(plane: str | tuple[int, int], network: Network) -> tuple[str, str]:
    """Return the words at the axes, across and up."""
    if isinstance(plane, str):
        return PLANES[plane].axes
    names = parameter_names(network)
    return names[plane[0]], names[plane[1]]


def entries_of(view: View, frame: Frame, earlier: bool, longer: bool) -> list[tuple[QPen, str]]:
    """Return the key's pens and words; `longer` when the next step is drawn longer than it is."""
    step = "next step, −α dJ" if frame.experiment.spec.optimizer == "gd" else "next step"
    entries = [
        (path_pen(view), "path"),
        (uphill_pen(view), "gradient"),
        (step_pen(view), "next step, lengthened" if longer else step),
    ]
    return [*entries, (earlier_pen(view), "earlier")] if earlier else entries


def words_about(frame: Frame, plane: str | tuple[int, int], shown: ShownPlane, losses: list[str]) -> str:
    """Return sentences on the next step, on the surface's shape for each loss, and on what it leaves out."""
    experiment = frame.experiment
    m = experiment.problem.m_train
    if not m:
        return "There are no points, so there is no cost."
    words = [_step(frame), *_shapes(frame, losses)]
    if not isinstance(plane, str):
        words.append("All other parameters are as they are now.")
    elif shown.kept and PLANES[plane].follows:
        words.append("The plane as it was before this start; fit lays a new one.")
    elif shown.chart is not None:
        words.append(PLANES[plane].words(shown.chart))
    if m > MOST:
        words.append(f"Costs of {MOST:,} of {m:,} points.")
    if len(losses) > 1 and frame.state.iteration > RIVAL_ITERATIONS:
        words.append(f"{LOSSES[losses[1]].label} after {RIVAL_ITERATIONS:,} iterations.")
    return " ".join(words)


def _step(frame: Frame) -> str:
    spec, state = frame.experiment.spec, frame.state
    size = state.scores.gradient_norm
    if spec.optimizer == "gd":
        alpha = spec.learning_rate_at(state.iteration)
        return f"Next step {said(alpha * size, 2)} = α {said(alpha)} × gradient {said(size, 2)}."
    step = float(np.linalg.norm(next_vector(frame.experiment, state) - state.parameters.vector))
    return f"Next step {said(step, 2)}, gradient {said(size, 2)}."


def _shapes(frame: Frame, losses: list[str]) -> list[str]:
    """Say of each loss whether its surface has one valley alone."""
    convex = [is_convex(frame.experiment.network, loss) for loss in losses]
    if len(losses) > 1 and not any(convex):
        return [f"Neither is {SHAPES[False].removeprefix('not ')}."]
    names = [f"{LOSSES[loss].label}: " if len(losses) > 1 else "" for loss in losses]
    said_of = [name + SHAPES[each] for name, each in zip(names, convex, strict=True)]
    return [f"{words[0].upper()}{words[1:]}." for words in said_of]
