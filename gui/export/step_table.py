"""The numbers of one opened iteration, each in a row of its own, for other programs."""

from collections.abc import Iterable, Iterator

from engine.model.activations import Array
from engine.model.network import Parameters
from engine.training.commands import Frame
from gui.views.step import StepView
from gui.views.step_notation import PHASES

Rows = Iterator[dict[str, object]]


def step_rows(view: StepView, frame: Frame) -> Rows:
    """Yield every number up to the phase that is shown, of the example or of all that are looked at, in full.

    A row of W is a unit and a column what comes into it, both from 1; of what each example has, such as z, the column
    is the example's number in the data set. `numerical_dW` is dW by differences, and `checked_dW` that of the chain
    rule on the same examples.
    """
    opened = view.opened
    if opened is None:
        return
    experiment, state, parts = opened.experiment, opened.state, opened.parts
    passed, back = parts.passed, parts.back
    reached = PHASES.index(view.phase)
    examples = (experiment.problem.rows[opened.columns] + 1).tolist()
    yield _number("iteration", state.iteration)
    yield _number("m", opened.m)
    yield from _matrix("x", 0, opened.X, examples)
    yield from _matrix("y", "", opened.Y, examples)
    yield from _parameters("", state.parameters)
    for l, Z in enumerate(passed.Z, start=1):
        yield from _matrix("z", l, Z, examples)
        yield from _matrix("a", l, passed.A[l], examples)
    if reached >= PHASES.index("cost"):
        yield from _matrix("loss", "", parts.losses[None, :], examples)
        yield _number("J", state.scores.batch_cost - state.scores.penalty)
        yield _number("penalty", state.scores.penalty)
    if reached >= PHASES.index("backward"):
        for l, (dA, dZ) in enumerate(zip(back.dA, back.dZ, strict=True), start=1):
            yield from _matrix("da", l, dA, examples)
            yield from _matrix("dz", l, dZ, examples)
        yield from _parameters("d", opened.gradient)
        if view.checked is not None:
            yield from _parameters("checked_d", view.checked.exact)
            yield from _parameters("numerical_d", view.checked.numerical)
    if view.after is not None:
        yield _number("alpha", experiment.spec.learning_rate_at(state.iteration))
        yield from _parameters("updated_", view.after.parameters)


def _number(quantity: str, value: float) -> dict[str, object]:
    return {"quantity": quantity, "layer": "", "row": "", "column": "", "value": value}


def _parameters(before: str, parameters: Parameters) -> Rows:
    for l, (W, b) in enumerate(parameters, start=1):
        yield from _matrix(f"{before}W", l, W, range(1, W.shape[1] + 1))
        yield from _matrix(f"{before}b", l, b, (1,))


def _matrix(quantity: str, layer: int | str, values: Array, columns: Iterable[int]) -> Rows:
    """Yield each value of a matrix (rows, columns), row after row."""
    columns = list(columns)
    for row, line in enumerate(values.tolist(), start=1):
        for column, value in zip(columns, line, strict=True):
            yield {"quantity": quantity, "layer": layer, "row": row, "column": column, "value": value}
