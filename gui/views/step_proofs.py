"""What the opened iteration leads to, the update, and what it claims: that the slopes are right, and matrices fast."""

from collections.abc import Iterator

import numpy as np

from engine.model.race import Race
from engine.training.opened import Checked
from engine.training.optimizers import OPTIMIZERS
from engine.training.state import State
from gui.views.pieces import Number, Piece, Tex, Words
from gui.views.step_notation import (
    ABOUT,
    EQUALS,
    MINUS,
    PLUS,
    TIMES,
    Line,
    Notation,
    heading,
    sentence,
    title,
    words,
)

BECOMES = "≔"  # one sign: two would be set apart


def update_lines(n: Notation, after: State) -> Iterator[Line]:
    """The weights before the update and after it."""
    opened, state, spec = n.opened, n.opened.state, n.opened.experiment.spec
    of = "this batch" if 0 < spec.batch_size < opened.experiment.problem.m_train else "all examples"
    text = f"One step against the gradient of {of}, to iteration {after.iteration:,}."
    yield from heading("update", "4  Update", text)
    alpha = spec.learning_rate_at(state.iteration)
    straight = state.parameters.vector - alpha * state.gradient.vector
    plain = np.array_equal(straight, after.parameters.vector)
    if not plain:
        optimizer = OPTIMIZERS[spec.optimizer]
        yield sentence("optimizer", f"{optimizer.label}: {optimizer.formula}")
    layers = zip(state.parameters, state.gradient, after.parameters, strict=True)
    for l, (old, slope, new) in enumerate(layers, start=1):
        for name, before, d, now in (("W", old.W, slope.W, new.W), ("b", old.b, slope.b, new.b)):
            symbol = f"{name}^{{[{l}]}}"
            if plain:
                change = rf"- \alpha\, d{symbol}"
                step: tuple[Piece, ...] = (MINUS, Number(alpha), TIMES, n.grid(d, factor=True))
            else:
                change = rf"+ \Delta {symbol}"
                step = (PLUS, n.grid(now - before, factor=True))
            formula = Tex(rf"{symbol} {BECOMES} {symbol} {change}")
            yield Line(f"{name}{l}", (formula, EQUALS, n.grid(before), *step, EQUALS, n.grid(now)))


def check_lines(n: Notation, checked: Checked | None, waiting: str) -> Iterator[Line]:
    """The gradient by the chain rule beside that by differences."""
    yield title("check", "The slow, honest check")
    formula = Tex(r"\frac{\partial J}{\partial w} \approx \frac{J(w+h) - J(w-h)}{2h}")
    yield Line("checkHelp", (formula, *words("for every w, beside backpropagation:")))
    if checked is None:
        yield sentence("checkWaiting", waiting)
        return
    if not n.one and checked.examples < n.opened.m:
        yield sentence("checkPart", f"Both on the first {checked.examples:,} examples.")
    for l, (exact, numerical) in enumerate(zip(checked.exact, checked.numerical, strict=True), start=1):
        for name, one, other in (("dW", exact.W, numerical.W), ("db", exact.b, numerical.b)):
            both = (Tex(f"{name}^{{[{l}]}}"), EQUALS, n.grid(one), ABOUT, n.grid(other))
            apart = Number(float(np.abs(one - other).max()))
            yield Line(f"check{name}{l}", (*both, Words("largest difference"), apart))
    relative = Number(checked.relative)
    yield Line("checkRelative", (*words("Relative difference of the whole gradient:"), relative))


def race_lines(n: Notation, race: Race | None, waiting: str) -> Iterator[Line]:
    """The loop over examples beside the matrix form: the same numbers, and the time of either."""
    yield title("race", "One by one, or all at once")
    loop = Tex(r"dW^{[l]} = \frac{1}{m}\sum_{i=1}^{m} dz^{[l](i)}\, {a^{[l-1](i)}}^T")
    yield Line("raceFormulas", (loop, EQUALS, Tex(r"\frac{1}{m}\, dZ^{[l]}\, {A^{[l-1]}}^T")))
    if race is None:
        yield sentence("raceWaiting", waiting)
        return
    of = f"the first {race.examples:,} examples" if race.examples < n.opened.m else "these examples"
    yield sentence("raceOn", f"Measured here, on {of}:")
    for name, text, seconds in (
        ("loopTime", "loop over examples", race.loop_seconds),
        ("matrixTime", "matrix form", race.matrix_seconds),
    ):
        yield Line(name, (*words(text), Number(seconds * 1e3), Words("ms")))
    yield Line("raceFactor", (*words("The loop takes"), Number(race.factor), *words("times as long,")))
    apart = Number(race.difference)
    yield Line("raceDifference", (*words("for the same numbers: largest difference"), apart))
