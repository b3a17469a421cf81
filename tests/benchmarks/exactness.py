"""The same numbers as others: PyTorch's parameters after a thousand iterations, and scikit-learn's optimum.

A run may magnify the last digit until nothing of it is left: a kink is met on one side or on the other, or RMSProp's
steps grow until they throw it about. Two programs that add in another order then part, and so does PyTorch from
itself. So where ours parts from PyTorch, PyTorch runs once more with the same examples in reverse, which changes
nothing but the order in which it adds.
"""

import itertools
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np

from engine.data.dataset import Dataset
from engine.data.generators import generate
from engine.data.sources import load_data
from engine.model.activations import ACTIVATIONS, LEAK
from engine.model.losses import LOSSES
from engine.training.batches import Batches
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.optimizers import OPTIMIZERS
from engine.training.spec import Spec
from tests.benchmarks.report import Row, below, installed

POINTS, ITERATIONS = 60, 1000
HIDDEN = ((), (4,), (4, 3), (4, 3, 3))
BATCH_SIZES = (0, 16)  # the last batch of each epoch is smaller
LEARNING_RATES = {"gd": 0.1, "momentum": 0.1, "nesterov": 0.1, "rmsprop": 0.01, "adam": 0.01}
SAME = 1e-9
SMALL = 1e-3  # of the largest parameter; below it a difference is compared with this

OPTIMA = (("moons", 0.1), ("moons", 1e-3), ("penguins", 0.01), ("breast_cancer", 0.01))  # data, l2
DESCENT = {"optimizer": "nesterov", "learning_rate": 0.5, "momentum": 0.9}
FLAT = 1e-13  # the length of a gradient at which the descent has arrived
LONGEST = 50_000  # iterations
OPTIMAL = 1e-6


def measure() -> list[Row]:
    """Return the worst difference from PyTorch for each optimizer, and from scikit-learn's optimum."""
    rows: list[Row] = []
    if installed("torch"):
        with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
            for found in pool.map(_beside_pytorch, OPTIMIZERS):
                rows += found
    else:
        rows.append(Row("beside PyTorch", "left out: torch is not installed"))
    if installed("scikit-learn"):
        rows += [_beside_scikit_learn(data, l2) for data, l2 in OPTIMA]
    else:
        rows.append(Row("beside scikit-learn", "left out: scikit-learn is not installed"))
    return rows


def difference(found: np.ndarray, wanted: np.ndarray) -> float:
    """Return the worst relative difference between two vectors of parameters (k,)."""
    size = np.abs(wanted)
    return float((np.abs(found - wanted) / np.maximum(size, SMALL * size.max())).max())


def _beside_pytorch(optimizer: str) -> list[Row]:
    """Return the worst difference of all runs, and the worst of those that PyTorch itself makes twice alike."""
    dataset = generate("moons", POINTS, 0.1, 0)
    differences, reproduced, lines = [], [], []
    for spec in _specs(optimizer):
        experiment = Experiment.of(spec, dataset)
        wanted = _pytorch(experiment)
        found = difference(_ours(experiment), wanted)
        differences.append(found)
        if found <= SAME:
            reproduced.append(found)
            continue
        itself = difference(_pytorch(experiment, backwards=True), wanted)
        if itself <= SAME:
            reproduced.append(found)
        lines.append(f"{_description(spec)}: {found:.1e}; PyTorch from itself in reverse {itself:.1e}")
    misses = f", {len(lines)} beyond" if lines else ""
    what = f"{optimizer}: from PyTorch, {ITERATIONS:,} iterations, worst of {len(differences)} runs{misses}"
    rows = [below(what, max(differences), SAME, "", "\n".join(lines))]
    if lines:
        what = f"  worst of the {len(reproduced)} that PyTorch in reverse makes alike"
        rows.append(below(what, max(reproduced), SAME, ""))
    return rows


def _specs(optimizer: str) -> list[Spec]:
    """Return every activation, loss, depth and kind of batch; logistic regression has no activation."""
    specs = []
    for loss, batch_size, hidden in itertools.product(LOSSES, BATCH_SIZES, HIDDEN):
        for activation in ACTIVATIONS if hidden else ("tanh",):
            model: dict[str, Any] = (
                {"model": "network", "hidden": hidden} if hidden else {"model": "logistic"}
            )
            specs.append(
                Spec(
                    test_fraction=0.0,
                    activation=(activation,),
                    init="he" if activation in ("relu", "leaky_relu") else "xavier",
                    loss=loss,
                    optimizer=optimizer,
                    learning_rate=LEARNING_RATES[optimizer],
                    batch_size=batch_size,
                    **model,
                )
            )
    return specs


def _description(spec: Spec) -> str:
    shape = f"{spec.network(2)} {spec.activation[0]}" if spec.model == "network" else "logistic"
    return (
        f"{shape}, {spec.loss} loss, {f'batches of {spec.batch_size}' if spec.batch_size else 'all points'}"
    )


def _ours(experiment: Experiment) -> np.ndarray:
    descent = Descent(experiment)
    state = descent.first_state()
    for _ in range(ITERATIONS):
        state = descent.step(state)
    descent.close()
    return state.parameters.vector


def _pytorch(experiment: Experiment, backwards: bool = False) -> np.ndarray:
    """Return the parameters that PyTorch reaches, in our order; `backwards` it reads each batch from its end."""
    import torch

    torch.set_num_threads(1)
    g = {
        "sigmoid": torch.nn.Sigmoid(),
        "tanh": torch.nn.Tanh(),
        "relu": torch.nn.ReLU(),
        "leaky_relu": torch.nn.LeakyReLU(LEAK),
        "softplus": torch.nn.Softplus(threshold=40.0),  # its own, 20, cuts off at 2e-9
        "identity": torch.nn.Identity(),
    }
    spec, problem, network = experiment.spec, experiment.problem, experiment.network
    layers: list[Any] = []
    for (W, b), name in zip(experiment.start, network.activations, strict=True):
        linear = torch.nn.Linear(W.shape[1], W.shape[0])
        linear.weight = torch.nn.Parameter(torch.tensor(np.ascontiguousarray(W)))
        linear.bias = torch.nn.Parameter(torch.tensor(np.ascontiguousarray(b[:, 0])))
        layers += [linear, g[name]]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = _optimizer(spec, list(model.parameters()))
    x, y = (torch.tensor(np.ascontiguousarray(each.T)) for each in (problem.X_train, problem.Y_train))
    batches = Batches(problem.m_train, spec.batch_size, spec.init_seed)
    log_loss = torch.nn.BCEWithLogitsLoss()
    for iteration in range(ITERATIONS):
        places = torch.from_numpy(batches[iteration][:: -1 if backwards else 1].copy())
        z, wanted = model(x[places]), y[places]
        loss = log_loss(z, wanted) if spec.loss == "log" else ((z.sigmoid() - wanted) ** 2 / 2.0).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    joined = [
        np.hstack([layer.weight.detach().numpy(), layer.bias.detach().numpy()[:, None]]).ravel()
        for layer in layers[::2]
    ]
    return np.concatenate(joined)


def _optimizer(spec: Spec, parameters: list[Any]) -> Any:
    from torch import optim

    alpha, mu = spec.learning_rate, spec.momentum
    makers = {
        "gd": lambda: optim.SGD(parameters, lr=alpha),
        "momentum": lambda: optim.SGD(parameters, lr=alpha, momentum=mu),
        "nesterov": lambda: optim.SGD(parameters, lr=alpha, momentum=mu, nesterov=True),
        "rmsprop": lambda: optim.RMSprop(parameters, lr=alpha, alpha=spec.rms_decay, eps=spec.epsilon),
        "adam": lambda: optim.Adam(parameters, lr=alpha, betas=(spec.beta1, spec.beta2), eps=spec.epsilon),
    }
    return makers[spec.optimizer]()


def _beside_scikit_learn(data: str, l2: float) -> Row:
    """Return how far logistic regression with a penalty ends from scikit-learn's, which is C = 1 / (l2 m)."""
    from sklearn.linear_model import LogisticRegression

    dataset: Dataset = load_data(data, 400, 0.2, 0)
    spec = Spec(model="logistic", test_fraction=0.0, l2=l2, **DESCENT)  # type: ignore[arg-type]
    experiment = Experiment.of(spec, dataset)
    descent = Descent(experiment)
    state = descent.first_state()
    while state.iteration < LONGEST and state.scores.gradient_norm > FLAT:
        state = descent.step(state)
    descent.close()
    problem = experiment.problem
    model = LogisticRegression(C=1.0 / (l2 * problem.m_train), tol=1e-12, solver="newton-cholesky")
    model.fit(problem.X_train.T, problem.Y_train[0])
    optimum = np.append(model.coef_[0], model.intercept_)
    found = difference(state.parameters.vector, optimum)
    details = f"{state.iteration:,} iterations of Nesterov, gradient {state.scores.gradient_norm:.1e}"
    what = f"logistic regression on {data}, l2 {l2:g}: from scikit-learn's optimum"
    return below(what, found, OPTIMAL, "", details)
