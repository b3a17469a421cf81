"""Why a run goes wrong, in plain words, and what to try.

Adding a rule is adding one record to `RULES`. The first that fires is the one to tell; none fires on a healthy run.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.model.activations import Array
from engine.model.parts import Parts
from engine.model.passes import has_twins
from engine.training.experiment import Experiment
from engine.training.history import Curve
from engine.training.optimizers import OPTIMIZERS
from engine.training.state import State

SAMPLE = 1000  # examples that the units are looked at with
EARLY = 100  # iterations before which slowness means nothing
EXPLODED = 100  # times the first cost, and that of knowing nothing
RECENT = 40  # judged iterations that tell whether the cost swings


@dataclass(frozen=True, eq=False)
class Look:
    """A moment of a run, and what the rules ask of it."""

    experiment: Experiment
    state: State
    curve: Curve

    @cached_property
    def shares(self) -> tuple[float, float]:
        """The shares of the two classes among the points trained on."""
        Y = self.experiment.problem.Y_train
        ones = float(Y.mean()) if Y.size else math.nan
        return 1.0 - ones, ones

    @cached_property
    def baseline(self) -> float:
        """The cost of always saying how frequent the classes are: what has learned nothing has this cost."""
        p, q = self.shares
        if self.experiment.spec.loss == "squared":
            return p * q / 2
        return -sum(share * math.log(share) for share in (p, q) if share > 0.0)

    @cached_property
    def judged(self) -> Array:
        """The rows at which all points were judged, up to the moment that is shown, shape (columns, n)."""
        end = int(np.searchsorted(self.curve.column("iteration"), self.state.iteration, side="right"))
        columns = self.curve.columns[:, :end]
        judged = np.isfinite(self.curve.column("train_cost")[:end])
        return columns if judged.all() else columns[:, judged]  # there may be hundreds of thousands

    def column(self, name: str) -> Array:
        """Return a column of the judged rows."""
        return Curve(self.judged).column(name)

    @cached_property
    def flat_shares(self) -> tuple[Array, ...]:
        """For each hidden layer, the share of a sample of examples on which each unit is saturated or dead."""
        experiment, problem = self.experiment, self.experiment.problem
        some = slice(None, None, max(1, problem.m_train // SAMPLE))
        X, Y = problem.X_train[:, some], problem.Y_train[:, some]
        return Parts.of(experiment.network, self.state.parameters, X, Y, experiment.spec.loss).flat_shares

    @property
    def learned_little(self) -> bool:
        """Whether the cost is still near that of knowing nothing."""
        return self.state.scores.train_cost > 0.6 * self.baseline


@dataclass(frozen=True)
class Rule:
    """One way to go wrong. `sign` returns what is wrong and what to try, or nothing."""

    name: str
    sign: Callable[[Look], str]


@dataclass(frozen=True)
class Finding:
    """What is wrong, by the name of its rule and in words."""

    name: str
    words: str


def _no_points(look: Look) -> str:
    if look.experiment.problem.m_train:
        return ""
    return "There are no points to train on. Paint some, or choose a data set."


def _not_finite(look: Look) -> str:
    scores = look.state.scores
    if not look.experiment.problem.m_train or math.isfinite(scores.batch_cost):
        return ""
    return (
        "The cost is not finite: the inputs or the weights are too large. Standardize the inputs, or reset."
    )


def _one_class(look: Look) -> str:
    if not look.experiment.problem.m_train or min(look.shares) > 0.0:
        return ""
    return "All points trained on belong to one class, so there is nothing to part. Add points of the other."


def _identical_units(look: Look) -> str:
    if not has_twins(look.state.parameters):
        return ""
    return (
        "Units of a hidden layer have the same weights, get the same gradient, and stay the same for ever. "
        "Choose other first weights, such as Xavier, and reset."
    )


def _rate_too_large(look: Look) -> str:
    every = look.column("train_cost")
    costs = every[-RECENT:]
    if costs.size < 2:
        return ""
    changes = np.diff(costs)
    up = changes > 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        swings = costs.size >= RECENT // 2 and up.mean() > 0.2 and changes[up].sum() > 0.3 * costs.mean()
    explodes = up[-1] and costs[-1] > EXPLODED * max(every[0], look.baseline)
    if not (swings or explodes):
        return ""
    spec = look.experiment.spec
    if not explodes:
        return f"The cost rises or swings: the steps are too large. Try a learning rate of {spec.learning_rate / 3:.2g}."
    # A penalty alone makes weights grow from step to step where alpha l2 > 2.
    rate = min(spec.learning_rate / 10, 1 / spec.l2 if spec.l2 else math.inf)
    return f"The cost explodes: the steps are far too large. Try a learning rate of {rate:.2g}, and reset."


def _not_learned_yet(look: Look) -> str:
    costs, cost = look.column("train_cost"), look.state.scores.train_cost
    if not costs.size or cost < max(2.0 * costs[-1], 1.2 * look.baseline):
        return ""
    return (
        f"The cost has jumped from {costs[-1]:.2g} to {cost:.2g}: these points or weights are not those that were "
        "trained. Run on, or undo the change."
    )


def _rate_too_small(look: Look) -> str:
    costs, norms = look.column("train_cost"), look.column("gradient_norm")
    if look.state.iteration < EARLY or costs.size < 2:
        return ""
    crawls = costs[-1] > 0.95 * costs[0] and norms[-1] > max(0.5 * norms[0], 0.02)
    if not (crawls and look.learned_little):
        return ""
    spec = look.experiment.spec
    rate = min(10 * spec.learning_rate, max(OPTIMIZERS[spec.optimizer].usual_rate, spec.learning_rate))
    if rate <= spec.learning_rate:
        return ""
    return (
        "The cost hardly falls although the slope is steep: the steps are too small. "
        f"Try a learning rate of {rate:.2g}."
    )


def _dead_units(look: Look) -> str:
    for depth, (name, shares) in enumerate(
        zip(look.experiment.network.hidden_activations, look.flat_shares, strict=True), start=1
    ):
        dead = int((shares == 1.0).sum())
        if name == "relu" and 2 * dead >= shares.size:
            return (
                f"{dead} of {shares.size} units of hidden layer {depth} are dead: their z is negative for every point "
                "looked at, so their gradient is 0 for ever. Try leaky ReLU or a smaller learning rate, and reset."
            )
    return ""


def _saturated_units(look: Look) -> str:
    for depth, (name, shares) in enumerate(
        zip(look.experiment.network.hidden_activations, look.flat_shares, strict=True), start=1
    ):
        share = float(shares.mean())
        if name in ("sigmoid", "tanh") and share > 0.6 and look.learned_little:
            return (
                f"Hidden layer {depth} is saturated for {share:.0%} of its values: there the slope is near 0, and the "
                "weights below hardly move. Try smaller first weights, or standardize the inputs."
            )
    return ""


def _plateau(look: Look) -> str:
    norms = look.column("gradient_norm")
    scores = look.state.scores
    if look.state.iteration < EARLY or not norms.size:
        return ""
    if scores.gradient_norm > 1e-2 or scores.train_cost < 0.8 * look.baseline:
        return ""
    if look.experiment.spec.model == "logistic":
        return "The slope is nearly 0 and the cost still high: no straight line parts these points. Try a hidden layer."
    return "Stuck on a plateau: the slope is nearly 0 and the cost still high. Try other first weights, or momentum."


def _over_fitting(look: Look) -> str:
    train, test = look.column("train_cost"), look.column("test_cost")
    if look.state.iteration < EARLY or not np.isfinite(test).all() or not test.size:
        return ""
    best = int(test.argmin())
    if test[-1] < 1.2 * test[best] + 0.02 or train[-1] > 0.9 * train[best] or test[-1] < 1.5 * train[-1]:
        return ""
    iteration = int(look.column("iteration")[best])
    return (
        f"Learning by heart: since iteration {iteration:,} the cost of the test points rises while that of the "
        "training points falls. Try more points, fewer units, or an L2 penalty."
    )


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("no_points", _no_points),
        Rule("not_finite", _not_finite),
        Rule("one_class", _one_class),
        Rule("identical_units", _identical_units),
        Rule("rate_too_large", _rate_too_large),
        Rule("not_learned_yet", _not_learned_yet),
        Rule("dead_units", _dead_units),
        Rule("saturated_units", _saturated_units),
        Rule("plateau", _plateau),
        Rule("rate_too_small", _rate_too_small),
        Rule("over_fitting", _over_fitting),
    )
}


def diagnose(experiment: Experiment, state: State, curve: Curve) -> list[Finding]:
    """Return what goes wrong at a moment of a run, the most important first; nothing where all is well."""
    look = Look(experiment, state, curve)
    with np.errstate(over="ignore", invalid="ignore"):
        found = [Finding(rule.name, rule.sign(look)) for rule in RULES.values()]
    return [finding for finding in found if finding.words]
