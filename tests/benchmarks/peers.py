"""What others make one iteration of, and what they take for it: the papers' own forms, and three known packages.

The packages are the extra `bench`; one that is not installed is left out:

    .venv/bin/python -m pip install -c .ci/constraints.txt -e '.[bench]'
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.model.losses import log_cost
from engine.model.network import Parameters
from engine.model.papers import backward, forward, loop_gradient
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from tests.benchmarks.report import installed

THREADS = 2
Iterate = Callable[[], float]
"""Makes one full-batch iteration and returns the cost it found."""


@dataclass(frozen=True)
class Peer:
    """Somebody who makes the same iteration: tanh in the hidden layers, log loss, plain gradient descent."""

    name: str
    prepare: Callable[[Experiment], Iterate]
    package: str = ""
    """What has to be installed for it."""
    times: float | None = None
    """How many times as fast as it ours should be."""
    most: int = 1_000_000
    """The number of points beyond which it would take too long."""

    @property
    def is_here(self) -> bool:
        """Whether it can be measured."""
        return not self.package or installed(self.package) != ""


def ours(experiment: Experiment) -> Iterate:
    """Return our own iteration; the cost that it finds is that of the parameters it reaches."""
    descent = Descent(experiment)
    state = descent.first_state()

    def iterate() -> float:
        nonlocal state
        state = descent.step(state)
        return state.scores.train_cost

    iterate.close = descent.close  # type: ignore[attr-defined]
    return iterate


def papers_loop(experiment: Experiment) -> Iterate:
    """Return the papers' first form: one example after another, one unit after another."""
    network, problem, alpha = experiment.network, experiment.problem, experiment.spec.learning_rate
    parameters = _start(experiment)

    def iterate() -> float:
        nonlocal parameters
        J, gradient = loop_gradient(network, parameters, problem.X_train, problem.Y_train)
        parameters = Parameters(network, parameters.vector - alpha * gradient.vector)
        return J

    return iterate


def papers_matrices(experiment: Experiment) -> Iterate:
    """Return the papers' last form: all examples at once, as matrices."""
    network, problem, alpha = experiment.network, experiment.problem, experiment.spec.learning_rate
    X, Y = problem.X_train, problem.Y_train
    parameters = _start(experiment)

    def iterate() -> float:
        nonlocal parameters
        passed = forward(network, parameters, X)
        gradient = backward(network, parameters, passed, Y).gradient
        parameters = Parameters(network, parameters.vector - alpha * gradient.vector)
        return log_cost(passed.Z[-1], Y)

    return iterate


def pytorch(experiment: Experiment) -> Iterate:
    """Return the usual loop of PyTorch, eager, with two threads."""
    import torch

    torch.set_num_threads(THREADS)
    layers: list[Any] = []
    for W, b in _start(experiment):
        linear = torch.nn.Linear(W.shape[1], W.shape[0])
        linear.weight = torch.nn.Parameter(torch.tensor(np.ascontiguousarray(W)))
        linear.bias = torch.nn.Parameter(torch.tensor(np.ascontiguousarray(b[:, 0])))
        layers += [linear, torch.nn.Tanh()]
    network = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(network.parameters(), lr=experiment.spec.learning_rate)
    measure = torch.nn.BCEWithLogitsLoss()
    x, y = (torch.tensor(np.ascontiguousarray(each.T)) for each in _points(experiment))

    def iterate() -> float:
        optimizer.zero_grad()
        loss = measure(network(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return iterate


def scikit_learn(experiment: Experiment) -> Iterate:
    """Return scikit-learn's MLPClassifier, whose `partial_fit` on all points is one iteration.

    It gets the two BLAS threads that it has where nobody takes them away.
    """
    from sklearn.neural_network import MLPClassifier
    from threadpoolctl import ThreadpoolController

    blas = ThreadpoolController()
    X, Y = _points(experiment)
    x, y = np.ascontiguousarray(X.T), Y[0].astype(int)
    model = MLPClassifier(
        experiment.network.sizes[1:-1],
        activation="tanh",
        solver="sgd",
        alpha=0.0,
        batch_size=len(x),
        learning_rate_init=experiment.spec.learning_rate,
        momentum=0.0,
        shuffle=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.partial_fit(x, y, classes=[0, 1])
    for number, (W, b) in enumerate(_start(experiment)):
        model.coefs_[number][...] = W.T
        model.intercepts_[number][...] = b[:, 0]

    def iterate() -> float:
        with blas.limit(limits=THREADS, user_api="blas"):
            model.partial_fit(x, y)
        return model.loss_

    return iterate


def jax(experiment: Experiment) -> Iterate:
    """Return an iteration that JAX has compiled, called once for each."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    alpha = experiment.spec.learning_rate
    X, Y = (jnp.asarray(each) for each in _points(experiment))
    parameters = [(jnp.asarray(W), jnp.asarray(b)) for W, b in _start(experiment)]

    def cost(parameters: Any, X: Any, Y: Any) -> Any:
        A = X
        for W, b in parameters[:-1]:
            A = jnp.tanh(W @ A + b)
        W, b = parameters[-1]
        Z = W @ A + b
        return jnp.mean(jnp.maximum(Z, 0) - Y * Z + jnp.log1p(jnp.exp(-jnp.abs(Z))))

    @jax.jit
    def step(parameters: Any, X: Any, Y: Any) -> Any:
        J, gradient = jax.value_and_grad(cost)(parameters, X, Y)
        return jax.tree.map(lambda each, slope: each - alpha * slope, parameters, gradient), J

    def iterate() -> float:
        nonlocal parameters
        parameters, J = step(parameters, X, Y)
        return float(J)

    return iterate


PEERS = (
    Peer("papers' loop", papers_loop, most=1000),
    Peer("papers' matrices", papers_matrices),
    Peer("PyTorch", pytorch, "torch", times=5.0),
    Peer("scikit-learn", scikit_learn, "scikit-learn", times=10.0),
    Peer("JAX", jax, "jax", times=1.0),
)


def _points(experiment: Experiment) -> tuple[np.ndarray, np.ndarray]:
    return experiment.problem.X_train, experiment.problem.Y_train


def _start(experiment: Experiment) -> Parameters:
    """Return the first weights in the experiment's precision."""
    return Parameters(experiment.network, experiment.start.vector.astype(experiment.spec.dtype))
