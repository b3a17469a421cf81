"""How each loss is written: its formula, its slope, and both with an example's numbers in place."""

from collections.abc import Callable
from dataclasses import dataclass

from gui.views.pieces import Fraction, Number, Piece, Tex
from gui.views.step_notation import PLUS, TIMES

Pieces = tuple[Piece, ...]
Numbers = Callable[[float, float, float], Pieces]
"""From y, a and 1 − a of one example, the last as exact as the first."""


@dataclass(frozen=True)
class LossForm:
    """A loss in the papers' letters."""

    formula: str
    """ℓ, in LaTeX."""
    loss: Numbers
    """ℓ with its numbers."""
    brief: Numbers
    """The same without what is 0."""
    slope: str
    """dℓ/da, in LaTeX."""
    slope_numbers: Numbers
    difference: bool
    """Whether dz is a − y, which is what the log loss and the sigmoid are made for."""


def _log(y: float, a: float, other: float) -> Pieces:
    return (
        *(Tex("-("), Number(y), TIMES, Tex(r"\log"), Number(a)),
        *(Tex("+"), Number(1 - y), TIMES, Tex(r"\log"), Number(other), Tex(")")),
    )


def _log_slope(y: float, a: float, other: float) -> Pieces:
    return (
        *(Tex("-"), Fraction((Number(y),), (Number(a),)), PLUS),
        Fraction((Tex("1-"), Number(y)), (Tex("1-"), Number(a))),
    )


def _squared(y: float, a: float, other: float) -> Pieces:
    return (Tex(r"\frac{1}{2}("), Number(a), Tex("-"), Number(y), Tex(")^2"))


def minus(y: float, a: float, other: float) -> Pieces:
    """Return a − y."""
    return (Number(a), Tex("-"), Number(y))


LOSS_FORMS = {
    "log": LossForm(
        r"\ell = -\left(y\log\hat{y} + (1-y)\log(1-\hat{y})\right)",
        _log,
        lambda y, a, other: (Tex(r"-\log"), Number(a if y else other)),
        r"-\frac{y}{a} + \frac{1-y}{1-a}",
        _log_slope,
        difference=True,
    ),
    "squared": LossForm(
        r"\ell = \frac{1}{2}(\hat{y} - y)^2", _squared, _squared, "a - y", minus, difference=False
    ),
}
