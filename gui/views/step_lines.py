"""What the opened iteration says of its first three phases: each formula of the papers, its numbers in their places."""

from collections.abc import Iterator

import numpy as np

from engine.model.activations import ACTIVATIONS, sigmoid
from engine.model.losses import LOSSES
from gui.views.matrix import Grid
from gui.views.pieces import Number, Piece, Tex, Words, shown
from gui.views.step_losses import LOSS_FORMS, LossForm, minus
from gui.views.step_notation import EACH, EQUALS, MINUS, PLUS, TIMES, Line, Notation, heading, sentence

WORST = 3  # examples whose losses are named


def forward_lines(n: Notation) -> Iterator[Line]:
    """Z and A of every layer."""
    passed = n.opened.parts.passed
    yield from heading("forward", "1  Forward", "From the inputs to the prediction ŷ, layer after layer.")
    for l, ((W, b), Z) in enumerate(zip(n.parameters, passed.Z, strict=True), start=1):
        z, a = f"{n.z}^{{[{l}]}}", f"{n.a}^{{[{l}]}}"
        sum_ = (*n.product(W, passed.A[l - 1]), PLUS, n.grid(b, factor=True))
        formula = Tex(rf"{z} = W^{{[{l}]}} {n.previous(l)} + b^{{[{l}]}}")
        yield Line(f"z{l}", (formula, EQUALS, *sum_, EQUALS, n.grid(Z, per_example=True)))
        hat = rf"\hat{{{n.y}}} = " if l == len(n.parameters) else ""
        formula = Tex(rf"{hat}{a} = {n.activation(l)}({z})")
        yield Line(f"a{l}", (formula, EQUALS, n.grid(passed.A[l], per_example=True)))


def cost_lines(n: Notation) -> Iterator[Line]:
    """The loss of the example, or of each; and the cost."""
    opened, spec = n.opened, n.opened.experiment.spec
    form, losses, scores = LOSS_FORMS[spec.loss], opened.parts.losses, opened.state.scores
    label = LOSSES[spec.loss].label.lower()
    yield from heading("cost", "2  Cost", f"How wrong ŷ is: the {label} ℓ.")
    if n.one:
        numbers = form.loss(*_prediction(n, 0))
        yield Line("loss", (Tex(form.formula), EQUALS, *numbers, EQUALS, Number(losses[0])))
    elif losses.size:
        yield Line("loss", (Tex(form.formula), EQUALS, Grid(losses[None, :], opened.m)))
        yield from _worst(n, form)
    mean = Tex(r"J = \frac{1}{m}\sum_{i=1}^{m}\ell^{(i)}")
    yield Line("J", (mean, EQUALS, Number(scores.batch_cost - scores.penalty)))
    if scores.penalty:
        yield sentence("penalty", f"The penalty on large weights adds {shown(scores.penalty)}.")


def _worst(n: Notation, form: LossForm) -> Iterator[Line]:
    opened, losses = n.opened, n.opened.parts.losses
    rows = opened.experiment.problem.rows
    of = "" if losses.size == opened.m else f" of {losses.size:,}"
    yield sentence("worstHelp", f"The most wrong{of}: a confident mistake costs most.")
    for place, i in enumerate(np.argsort(-losses, kind="stable")[:WORST], start=1):
        example = Words(f"example {int(rows[opened.columns[i]]) + 1}:")
        numbers = form.brief(*_prediction(n, int(i)))
        yield Line(f"worst{place}", (example, *numbers, EQUALS, Number(losses[i])))


def _prediction(n: Notation, i: int) -> tuple[float, float, float]:
    """Return y, a and 1 − a of one example; the last from −z, so that it is right where a is nearly 1."""
    z = n.opened.parts.passed.Z[-1][0, i].astype(np.float64)
    a, other = sigmoid(np.array([z, -z]))
    return float(n.opened.Y[0, i]), float(a), float(other)


def backward_lines(n: Notation) -> Iterator[Line]:
    """The slopes, from the last layer to the first."""
    help = "The chain rule, from the loss back to every weight and bias."
    help += " The update takes the mean of dW and db over all examples." if n.one else ""
    yield from heading("backward", "3  Backward", help)
    yield from _chain(n) if n.one else _first_slopes(n)
    for l in range(len(n.parameters), 0, -1):
        dz, slope = f"d{n.z}^{{[{l}]}}", n.opened.gradient[l - 1]
        mean = "" if n.one else r"\frac{1}{m}\,"
        formula = Tex(rf"dW^{{[{l}]}} = {mean}{dz}\, {{{n.previous(l)}}}^T")
        yield Line(f"dW{l}", (formula, EQUALS, n.grid(slope.W)))
        summed = dz if n.one else rf"\frac{{1}}{{m}}\sum_i dZ_i^{{[{l}]}}"
        yield Line(f"db{l}", (Tex(rf"db^{{[{l}]}} = {summed}"), EQUALS, n.grid(slope.b)))
        if l > 1:
            yield from _through(n, l - 1)


def _through(n: Notation, l: int) -> Iterator[Line]:
    """How the slopes get from layer l + 1 to the output of layer l, and through its activation."""
    back, passed, at, above = n.opened.parts.back, n.opened.parts.passed, f"^{{[{l}]}}", f"^{{[{l + 1}]}}"
    dA = n.grid(back.dA[l - 1], per_example=True)
    product = n.product(n.parameters[l].W.T, back.dZ[l])
    formula = Tex(rf"d{n.a}{at} = {{W{above}}}^T d{n.z}{above}")
    yield Line(f"dA{l}", (formula, EQUALS, *product, EQUALS, dA))
    slopes = ACTIVATIONS[n.network.activations[l - 1]].derivative(passed.Z[l - 1], passed.A[l])
    factors = dA, EACH, n.grid(slopes, per_example=True, factor=True)
    formula = Tex(rf"d{n.z}{at} = d{n.a}{at} \odot {n.activation(l)}'({n.z}{at})")
    yield Line(f"dZ{l}", (formula, EQUALS, *factors, EQUALS, n.grid(back.dZ[l - 1], per_example=True)))


def _chain(n: Notation) -> Iterator[Line]:
    """One example's chain at the output, number by number: dz = da · a (1 − a), which is a − y for the log loss."""
    back, at = n.opened.parts.back, f"^{{[{len(n.parameters)}]}}"
    form = LOSS_FORMS[n.opened.experiment.spec.loss]
    y, a, other = _prediction(n, 0)
    da, dz = float(back.dA[-1][0, 0]), float(back.dZ[-1][0, 0])
    numbers = form.slope_numbers(y, a, other)
    yield Line("da", (Tex(rf"da{at} = {form.slope}"), EQUALS, *numbers, EQUALS, Number(da)))
    with np.errstate(invalid="ignore"):
        chained = float(np.float64(da) * a * other)
    factors = (Number(da, bracketed=True), TIMES, Number(a), TIMES, Number(other))
    yield Line("dz", (Tex(rf"dz{at} = da \cdot a\,(1-a)"), EQUALS, *factors, EQUALS, Number(chained)))
    if form.difference:
        yield Line("dzShort", (Tex(f"dz{at} = a - y"), EQUALS, *minus(y, a, other), EQUALS, Number(dz)))
        if not np.isfinite(chained):
            text = "a is 0 or 1 to the last digit, so the fractions divide by 0. a − y does not."
            yield sentence("saturated", text)


def _first_slopes(n: Notation) -> Iterator[Line]:
    opened, L = n.opened, len(n.parameters)
    at, dZ = f"^{{[{L}]}}", n.grid(opened.parts.back.dZ[-1], per_example=True)
    if LOSS_FORMS[opened.experiment.spec.loss].difference:
        A, Y = (n.grid(each, per_example=True) for each in (opened.parts.passed.A[-1], opened.Y))
        pieces: tuple[Piece, ...] = (Tex(f"dZ{at} = A{at} - Y"), EQUALS, A, MINUS, Y)
    else:
        pieces = (Tex(rf"dZ{at} = (A{at} - Y) \odot A{at} \odot (1 - A{at})"),)
    yield Line(f"dZ{L}", (*pieces, EQUALS, dZ))
