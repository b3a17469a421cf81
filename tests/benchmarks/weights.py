"""Whether PyTorch itself loads what is saved for it, and finds the same probabilities; and how long saving takes.

PyTorch is part of the extra `bench`; without it that part is left out, and says so.
"""

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from engine.files.weights import WEIGHT_FORMATS, Weights, save_weights
from engine.model.activations import ACTIVATIONS, Array, sigmoid
from engine.model.network import logits
from engine.training.choices.training import PRECISIONS
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from tests.benchmarks.report import Row, below, installed, plain

MODULES = {
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "softplus": "Softplus",
    "identity": "Identity",
}
APART = 1e-6  # probabilities, at most
LARGE = {"hidden": (256, 256), "samples": 400}


def measure() -> list[Row]:
    """Return how far PyTorch's probabilities are from ours, and the seconds that each format takes."""
    rows = []
    with TemporaryDirectory() as folder:
        if installed("torch"):
            for precision in PRECISIONS:
                worst = max(_apart(Path(folder), name, precision) for name in MODULES if name in ACTIVATIONS)
                rows.append(below(f"probabilities of PyTorch and ours, {precision}", worst, APART, ""))
        else:
            rows.append(Row("probabilities of PyTorch and ours", "PyTorch is not installed: make peers"))
        _, weights = _trained(1, **LARGE)
        for ending in WEIGHT_FORMATS:
            path = Path(folder, f"w{ending}")
            save_weights(path, weights)  # the first one imports the package
            began = time.perf_counter()
            save_weights(path, weights)
            seconds = time.perf_counter() - began
            size = f"{path.stat().st_size / 2**20:.2f} MiB for {weights.network.parameter_count:,} parameters"
            rows.append(plain(f"saving {ending}", seconds, "s", size))
    return rows


def _trained(iterations: int, **chosen: Any) -> tuple[Experiment, Weights]:
    spec = Spec(**chosen)
    experiment = Experiment.of(spec, spec.load())
    descent = Descent(experiment)
    state = descent.first_state()
    for _ in range(iterations):
        state = descent.step(state)
    descent.close()
    return experiment, Weights.of(experiment, descent.scored(state))


def _apart(folder: Path, activation: str, precision: str) -> float:
    """Return the largest difference of a probability, after a strict `load_state_dict`."""
    experiment, weights = _trained(200, hidden=(8, 5), activation=(activation,), precision=precision)
    path = folder / f"{activation}.safetensors"
    save_weights(path, weights)
    X = experiment.problem.dataset.X
    ours = sigmoid(logits(weights.network, weights.parameters, experiment.problem.inputs(X)))[0]
    return float(np.abs(_pytorch(path, X) - ours).max())


def _pytorch(path: Path, X: Array) -> Array:
    """Return the probabilities (m,) of points X (n_x, m), from the file alone."""
    import torch
    from safetensors import safe_open
    from safetensors.torch import load_file

    with safe_open(path, "pt") as file:
        meta = json.loads(file.metadata()["meta"])
    tensors = load_file(path)
    linear = [tensor for name, tensor in tensors.items() if name.endswith("weight")]
    layers: list[Any] = []
    for depth, name in enumerate(meta["activations"]):
        n_out, n_in = tensors[f"{2 * depth}.weight"].shape
        layers += [torch.nn.Linear(n_in, n_out, dtype=linear[0].dtype), getattr(torch.nn, MODULES[name])()]
    network = torch.nn.Sequential(*layers)
    network.load_state_dict(tensors, strict=True)
    mean, scale = (np.array(meta["standardization"][name])[:, None] for name in ("mean", "scale"))
    with torch.no_grad():
        found: Array = network.double()(torch.tensor(((X - mean) / scale).T)).numpy()[:, 0]
    return found
