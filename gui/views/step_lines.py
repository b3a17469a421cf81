"""What the opened iteration says, line by line: each formula of the papers, and its numbers in their places."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.model.activations import ACTIVATIONS, Array, sigmoid
from engine.model.race import Race
from engine.training.opened import Checked, Opened
from engine.training.optimizers import OPTIMIZERS
from engine.training.state import State
from gui.views.pieces import Fraction, Grid, Number, Piece, Tex, Words, shown, spoken_row

FUNCTIONS = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}"}  # as the papers write them
WORST = 3  # examples whose losses are named
BECOMES = "≔"  # one sign: two would be set apart
PHASES = ("forward", "cost", "backward", "update")
LABELS = {"log": "log", "squared": "squared"}

EQUALS, PLUS, MINUS, ABOUT = Tex("="), Tex("+"), Tex("-"), Tex(r"\approx")
TIMES, EACH = Tex(r"\cdot"), Tex(r"\odot")
BREAKS = (EQUALS, PLUS, MINUS, ABOUT, EACH)  # before these a line may go on below


@dataclass(frozen=True, eq=False)
class Line:
    """A formula with its numbers, a heading, or a sentence."""

    name: str
    """What it is about, such as `z1` or `loss`."""
    pieces: tuple[Piece, ...]
    is_heading: bool = False

    @property
    def numbers(self) -> tuple[float, ...]:
        """Every number in it, in the order of reading."""
        return tuple(number for piece in self.pieces for number in piece.numbers)

    @property
    def is_sentence(self) -> bool:
        """Whether it is words alone."""
        return all(isinstance(piece, Words) for piece in self.pieces)

    @property
    def formulas(self) -> tuple[str, ...]:
        """Every formula in it, in LaTeX."""
        return tuple(latex for piece in self.pieces for latex in piece.formulas)

    @property
    def result(self) -> float:
        """The last number, which is what the line comes to."""
        return self.numbers[-1]

    @property
    def matrix(self) -> Array:
        """The last matrix in it."""
        return [piece.values for piece in self.pieces if isinstance(piece, Grid)][-1]

    @property
    def text(self) -> str:
        """It in plain text."""
        return spoken_row(self.pieces)


def words(sentence: str) -> tuple[Words, ...]:
    """Return a sentence that may be broken between any two words."""
    return tuple(Words(word) for word in sentence.split())


def sentence(name: str, text: str) -> Line:
    """Return a line of words."""
    return Line(name, words(text))


def heading(phase: str, title: str, text: str) -> tuple[Line, Line]:
    """Return the title of a phase, and what happens in it."""
    return Line(phase, (Words(title),), is_heading=True), sentence(f"{phase}Help", text)


class Pages:
    """Writes the lines of one opened iteration: in small letters for one example, in capitals for all at once."""

    def __init__(self, opened: Opened, one: bool, named: str) -> None:
        self._opened, self._one, self._named = opened, one, named
        self._network = opened.experiment.network
        self._parameters = opened.state.parameters
        self._L = len(self._network.activations)
        self._z, self._a = ("z", "a") if one else ("Z", "A")
        self._y = "y" if one else "Y"

    def lines(
        self, phase: str, after: State | None, checked: Checked | None, race: Race | None, waiting: str
    ) -> list[Line]:
        """Return everything up to a phase."""
        found = [*self._which()]
        reached = PHASES.index(phase)
        for number, part in enumerate((self._forward, self._cost, self._backward)):
            if number <= reached:
                found += part()
        if reached == PHASES.index("update") and after is not None:
            found += self._update(after)
        if reached >= PHASES.index("backward"):
            if not self._one:
                found += self._race(race, waiting)
            found += self._check(checked, waiting)
        return found

    # The pieces that come again and again

    def _grid(self, values: Array, per_example: bool = False, factor: bool = False) -> Piece:
        """Return a matrix, or a number where it is one; `per_example` has a column for each example."""
        if values.shape == (1, 1) and (self._one or not per_example):
            return Number(float(values[0, 0]), bracketed=factor)
        return Grid(values, self._opened.m if per_example and not self._one else 0)

    def _factors(self, left: Array, right: Array, per_example: bool = True) -> tuple[Piece, ...]:
        pieces = self._grid(left, factor=True), self._grid(right, per_example, factor=True)
        either = any(isinstance(piece, Number) for piece in pieces)
        return (pieces[0], TIMES, pieces[1]) if either else pieces

    def _prev(self, l: int) -> str:
        return f"{self._a}^{{[{l - 1}]}}" if l > 1 else ("x" if self._one else "X")

    def _g(self, l: int) -> str:
        activation = ACTIVATIONS[self._network.activations[l - 1]]
        return FUNCTIONS.get(activation.name, rf"\mathrm{{{activation.label.replace(' ', '~')}}}")

    # The phases

    def _which(self) -> Iterator[Line]:
        iteration = self._opened.state.iteration
        yield Line("iteration", (Words(f"Iteration {iteration:,}"),), is_heading=True)
        yield sentence("examples", self._named)

    def _forward(self) -> Iterator[Line]:
        passed = self._opened.parts.passed
        yield from heading("forward", "1  Forward", "From the inputs to the prediction ŷ, layer after layer.")
        for l, ((W, b), Z) in enumerate(zip(self._parameters, passed.Z, strict=True), start=1):
            z, a = f"{self._z}^{{[{l}]}}", f"{self._a}^{{[{l}]}}"
            product = self._factors(W, passed.A[l - 1])
            yield Line(
                f"z{l}",
                (
                    Tex(rf"{z} = W^{{[{l}]}} {self._prev(l)} + b^{{[{l}]}}"),
                    *(EQUALS, *product, PLUS, self._grid(b, factor=True)),
                    *(EQUALS, self._grid(Z, True)),
                ),
            )
            hat = rf"\hat{{{self._y}}} = " if l == self._L else ""
            yield Line(
                f"a{l}", (Tex(rf"{hat}{a} = {self._g(l)}({z})"), EQUALS, self._grid(passed.A[l], True))
            )

    def _cost(self) -> Iterator[Line]:
        opened, spec = self._opened, self._opened.experiment.spec
        log = spec.loss == "log"
        formula = (
            r"\ell = -\left(y\log\hat{y} + (1-y)\log(1-\hat{y})\right)"
            if log
            else r"\ell = \frac{1}{2}(\hat{y} - y)^2"
        )
        yield from heading(
            "cost", "2  Cost", f"How wrong ŷ is: the {LABELS.get(spec.loss, spec.loss)} loss ℓ."
        )
        losses = opened.parts.losses
        if self._one:
            yield Line("loss", (Tex(formula), EQUALS, *self._loss_of(0), EQUALS, Number(losses[0])))
        elif losses.size:
            yield Line("loss", (Tex(formula), EQUALS, Grid(losses[None, :], opened.m)))
            worst = np.argsort(-losses, kind="stable")[:WORST]
            rows = opened.experiment.problem.rows
            of = "" if losses.size == opened.m else f" of {losses.size:,}"
            yield sentence("worstHelp", f"The most wrong{of}: a confident mistake costs most.")
            for place, i in enumerate(worst, start=1):
                row = int(rows[opened.columns[i]])
                yield Line(
                    f"worst{place}",
                    (Words(f"example {row + 1}:"), *self._loss_of(int(i)), EQUALS, Number(losses[i])),
                )
        J = opened.state.scores.batch_cost - opened.state.scores.penalty
        mean = Tex(r"J = \frac{1}{m}\sum_{i=1}^{m}\ell^{(i)}")
        yield Line("J", (mean, EQUALS, Number(J)))
        if opened.state.scores.penalty:
            yield sentence(
                "penalty", f"The penalty on large weights adds {shown(opened.state.scores.penalty)}."
            )

    def _prediction(self, i: int) -> tuple[float, float, float]:
        """Return y, a and 1 − a of one example; the last from −z, so that it is right where a is nearly 1."""
        z = self._opened.parts.passed.Z[-1][0, i].astype(np.float64)
        a, other = sigmoid(np.array([z, -z]))
        return float(self._opened.Y[0, i]), float(a), float(other)

    def _loss_of(self, i: int) -> tuple[Piece, ...]:
        """Return the loss of one example with its numbers in place."""
        y, a, other = self._prediction(i)
        if self._opened.experiment.spec.loss != "log":
            return (Tex(r"\frac{1}{2}("), Number(a), Tex("-"), Number(y), Tex(")^2"))
        if not self._one:
            return (Tex(r"-\log"), Number(a if y else other))
        return (
            *(Tex("-("), Number(y), TIMES, Tex(r"\log"), Number(a)),
            *(Tex("+"), Number(1 - y), TIMES, Tex(r"\log"), Number(other), Tex(")")),
        )

    def _backward(self) -> Iterator[Line]:
        opened, back, passed = self._opened, self._opened.parts.back, self._opened.parts.passed
        yield from heading(
            "backward", "3  Backward", "The chain rule, from the loss back to every weight and bias."
        )
        yield from self._chain() if self._one else self._first_slopes()
        per = "" if self._one else r"\frac{1}{m}\,"
        for l in range(self._L, 0, -1):
            dz, W = f"d{self._z}^{{[{l}]}}", f"dW^{{[{l}]}}"
            prev = self._prev(l) if l > 1 else ("x" if self._one else "X")
            slope, db = opened.gradient[l - 1]
            yield Line(f"dW{l}", (Tex(rf"{W} = {per}{dz}\, {{{prev}}}^T"), EQUALS, self._grid(slope)))
            bias = (
                rf"db^{{[{l}]}} = {dz}"
                if self._one
                else rf"db^{{[{l}]}} = \frac{{1}}{{m}}\sum_i dZ_i^{{[{l}]}}"
            )
            yield Line(f"db{l}", (Tex(bias), EQUALS, self._grid(db)))
            if l == 1:
                continue
            below = f"^{{[{l - 1}]}}"
            da, dz_below, z = f"d{self._a}{below}", f"d{self._z}{below}", f"{self._z}{below}"
            W_next = self._parameters[l - 1].W.T
            product = self._factors(W_next, back.dZ[l - 1])
            yield Line(
                f"dA{l - 1}",
                (
                    Tex(rf"{da} = {{W^{{[{l}]}}}}^T {dz}"),
                    *(EQUALS, *product, EQUALS, self._grid(back.dA[l - 2], True)),
                ),
            )
            g = ACTIVATIONS[self._network.activations[l - 2]]
            slopes = g.derivative(passed.Z[l - 2], passed.A[l - 1])
            yield Line(
                f"dZ{l - 1}",
                (
                    Tex(rf"{dz_below} = {da} \odot {self._g(l - 1)}'({z})"),
                    *(
                        EQUALS,
                        self._grid(back.dA[l - 2], True),
                        Tex(r"\odot"),
                        self._grid(slopes, True, factor=True),
                    ),
                    *(EQUALS, self._grid(back.dZ[l - 2], True)),
                ),
            )

    def _chain(self) -> Iterator[Line]:
        """One example's chain at the output, number by number: dz = da · a (1 − a) = a − y."""
        opened, back = self._opened, self._opened.parts.back
        y, a, other = self._prediction(0)
        da, dz = float(back.dA[-1][0, 0]), float(back.dZ[-1][0, 0])
        log = opened.experiment.spec.loss == "log"
        at = f"^{{[{self._L}]}}"
        if log:
            fractions = (
                *(Tex("-"), Fraction((Number(y),), (Number(a),)), PLUS),
                Fraction((Tex("1-"), Number(y)), (Tex("1-"), Number(a))),
            )
            yield Line(
                "da",
                (
                    Tex(rf"da{at} = -\frac{{y}}{{a}} + \frac{{1-y}}{{1-a}}"),
                    EQUALS,
                    *fractions,
                    EQUALS,
                    Number(da),
                ),
            )
        else:
            yield Line(
                "da", (Tex(f"da{at} = a - y"), EQUALS, Number(a), Tex("-"), Number(y), EQUALS, Number(da))
            )
        with np.errstate(invalid="ignore"):
            chained = float(np.float64(da) * a * other)
        factors = (Number(da, bracketed=True), TIMES, Number(a), TIMES, Number(other))
        yield Line("dz", (Tex(rf"dz{at} = da \cdot a\,(1-a)"), EQUALS, *factors, EQUALS, Number(chained)))
        if log:
            yield Line(
                "dzShort",
                (Tex(f"dz{at} = a - y"), EQUALS, Number(a), Tex("-"), Number(y), EQUALS, Number(dz)),
            )
            if not np.isfinite(chained):
                yield sentence(
                    "saturated",
                    "a is 0 or 1 to the last digit, so the fractions divide by 0. a − y does not.",
                )

    def _first_slopes(self) -> Iterator[Line]:
        opened, back, passed = self._opened, self._opened.parts.back, self._opened.parts.passed
        index = f"^{{[{self._L}]}}"
        if opened.experiment.spec.loss == "log":
            pieces: tuple[Piece, ...] = (
                EQUALS,
                self._grid(passed.A[-1], True),
                MINUS,
                self._grid(opened.Y, True),
            )
            formula = rf"dZ{index} = A{index} - Y"
        else:
            pieces = ()
            formula = rf"dZ{index} = (A{index} - Y) \odot A{index} \odot (1 - A{index})"
        yield Line(f"dZ{self._L}", (Tex(formula), *pieces, EQUALS, self._grid(back.dZ[-1], True)))

    def _check(self, checked: Checked | None, waiting: str) -> Iterator[Line]:
        yield Line("check", (Words("The slow, honest check"),), is_heading=True)
        yield Line(
            "checkHelp",
            (
                Tex(r"\frac{\partial J}{\partial w} \approx \frac{J(w+h) - J(w-h)}{2h}"),
                *words("for every w, beside backpropagation:"),
            ),
        )
        if checked is None:
            yield sentence("checkWaiting", waiting)
            return
        if not self._one and checked.examples < self._opened.m:
            yield sentence("checkPart", f"Both on the first {checked.examples:,} examples.")
        for l, (exact, numerical) in enumerate(zip(checked.exact, checked.numerical, strict=True), start=1):
            for name, one, other in (("dW", exact.W, numerical.W), ("db", exact.b, numerical.b)):
                apart = float(np.abs(one - other).max())
                yield Line(
                    f"check{name}{l}",
                    (
                        *(Tex(f"{name}^{{[{l}]}}"), EQUALS, self._grid(one), ABOUT, self._grid(other)),
                        Words("largest difference"),
                        Number(apart),
                    ),
                )
        yield Line(
            "checkRelative", (*words("Relative difference of the whole gradient:"), Number(checked.relative))
        )

    def _race(self, race: Race | None, waiting: str) -> Iterator[Line]:
        yield Line("race", (Words("One by one, or all at once"),), is_heading=True)
        yield Line(
            "raceFormulas",
            (
                Tex(r"dW^{[l]} = \frac{1}{m}\sum_{i=1}^{m} dz^{[l](i)}\, {a^{[l-1](i)}}^T"),
                *(EQUALS, Tex(r"\frac{1}{m}\, dZ^{[l]}\, {A^{[l-1]}}^T")),
            ),
        )
        if race is None:
            yield sentence("raceWaiting", waiting)
            return
        of = f"the first {race.examples:,} examples" if race.examples < self._opened.m else "these examples"
        yield sentence("raceOn", f"Measured here, on {of}:")
        yield Line("loopTime", (*words("loop over examples"), Number(race.loop_seconds * 1e3), Words("ms")))
        yield Line("matrixTime", (*words("matrix form"), Number(race.matrix_seconds * 1e3), Words("ms")))
        yield Line("raceFactor", (*words("The loop takes"), Number(race.factor), *words("times as long,")))
        yield Line(
            "raceDifference", (*words("for the same numbers: largest difference"), Number(race.difference))
        )

    def _update(self, after: State) -> Iterator[Line]:
        opened, spec = self._opened, self._opened.experiment.spec
        optimizer = OPTIMIZERS[spec.optimizer]
        plain = spec.optimizer == "gd"
        batches = 0 < spec.batch_size < opened.experiment.problem.m_train
        of = "this batch" if batches else "all examples"
        yield from heading(
            "update",
            "4  Update",
            f"One step against the gradient of {of}, to iteration {after.iteration:,}.",
        )
        if not plain:
            yield sentence("optimizer", f"{optimizer.label}: {optimizer.formula}")
        alpha = spec.learning_rate_at(opened.state.iteration)
        for l, (old, slope, new) in enumerate(
            zip(self._parameters, opened.state.gradient, after.parameters, strict=True), start=1
        ):
            for name, before, d, now in (("W", old.W, slope.W, new.W), ("b", old.b, slope.b, new.b)):
                symbol = f"{name}^{{[{l}]}}"
                if plain:
                    formula = rf"{symbol} {BECOMES} {symbol} - \alpha\, d{symbol}"
                    step: tuple[Piece, ...] = (MINUS, Number(alpha), TIMES, self._grid(d, factor=True))
                else:
                    formula = rf"{symbol} {BECOMES} {symbol} + \Delta {symbol}"
                    step = (PLUS, self._grid(now - before, factor=True))
                yield Line(
                    f"{name}{l}", (Tex(formula), EQUALS, self._grid(before), *step, EQUALS, self._grid(now))
                )
