"""The numbers of the script: the points, and where the descent starts."""

import base64
import zlib

import numpy as np

from engine.files.source import WIDTH, array_source, filled, plain
from engine.model.activations import Array
from engine.model.network import INITIALIZATIONS, Network, initialize
from engine.training.experiment import START, Experiment

WRITTEN_OUT = 2000  # numbers; more of them would fill too many pages


def numbers_source(name: str, array: Array, note: str) -> list[str]:
    """Return lines that make the array to the last bit: as numbers that can be read or, for many, compressed."""
    if array.size <= WRITTEN_OUT:
        return [array_source(name, array, note)]
    kind = array.dtype.newbyteorder("<").str
    packed = base64.b64encode(zlib.compress(array.astype(kind).tobytes())).decode()
    return [
        f"# {note}, compressed: too many to be written out.",
        f'{name} = np.frombuffer(zlib.decompress(base64.b64decode("""',
        *(packed[first : first + WIDTH] for first in range(0, len(packed), WIDTH)),
        f'""")), dtype="{kind}").reshape{array.shape}',
    ]


def data_lines(experiment: Experiment) -> list[str]:
    """Return the points in the person's own units, those trained on first, and how they are standardized."""
    problem = experiment.problem
    dataset = problem.dataset
    X, Y = dataset.X[:, problem.rows], dataset.Y[:, problem.rows]
    lines = [
        *filled(map(plain, dataset.feature_names), "# The features: ", ".", "# "),
        *numbers_source("POINTS", X, f"({len(X)}, m), a row for each feature, a column for each example"),
        *numbers_source("LABELS", Y.astype(np.int8), "(1, m), the class of each example"),
    ]
    if not problem.standardization.changes_nothing:
        lines += [
            *numbers_source("MEAN", problem.standardization.mean, "x is standardized to (x - MEAN) / SCALE"),
            *numbers_source("SCALE", problem.standardization.scale, f"({len(X)}, 1)"),
        ]
    return lines


def is_drawn(experiment: Experiment) -> bool:
    """Tell whether the first weights are those that the seed draws, so that the script can draw them itself."""
    spec, network = experiment.spec, experiment.network
    generator = np.random.default_rng((spec.init_seed, START))
    return bool(INITIALIZATIONS[spec.init].source) and np.array_equal(
        initialize(network, spec.init, generator).vector, experiment.start.vector
    )


def drawing_lines(network: Network, init: str) -> list[str]:
    """Return the function `first_weights`, which draws what `engine.model.network.initialize` draws."""
    sizes = ", ".join(map(str, network.sizes))
    return [
        "def first_weights():",
        f'    """Return theta before the first step: {INITIALIZATIONS[init].label}, and biases of 0."""',
        f"    rng = np.random.default_rng((init_seed, {START}))",
        f"    sizes = [{sizes}]",
        "    layers = []",
        "    for n_in, n_out in zip(sizes, sizes[1:]):",
        f"        deviation = {INITIALIZATIONS[init].source}",
        "        W = rng.standard_normal((n_out, n_in)) * deviation",
        "        layers.append(np.hstack([W, np.zeros((n_out, 1))]).ravel())  # [W | b]",
        "    return np.concatenate(layers)",
        "",
        "",
    ]
