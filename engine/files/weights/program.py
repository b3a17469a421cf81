"""Weights as a Python program that needs NumPy alone and gives the window's probabilities to the last bit.

To the last bit because each line computes what the engine computes, in the same order on arrays of the same shapes.
"""

import textwrap
from collections.abc import Sequence
from typing import BinaryIO

from engine.data.dataset import numbered_names
from engine.files.source import WIDTH, array_source, filled, named_in, plain, quoted, source_of
from engine.files.weights.trained import Weights
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.network import Network

MANY = 12  # features, beyond which they are not listed one on a line
MAIN = """
if __name__ == "__main__":
    usage = f"Usage: python {sys.argv[0]} EXAMPLE (a number for each of: {', '.join(FEATURES)})"
    try:
        x = [float(word) for word in sys.argv[1:]]
    except ValueError as error:
        x, usage = [], f"{error}. {usage}"
    if len(x) != len(FEATURES):
        print(usage, file=sys.stderr)
        sys.exit(2)
    print(float(predict_proba([x])[0]))
"""


def check_python(network: Network, features: tuple[str, ...]) -> None:
    """Raise ValueError for an activation or a made input that has no formula in NumPy."""
    for name in network.activations:
        source_of(ACTIVATIONS[name])
    for name in features:
        source_of(FEATURES[name])


def write_python(weights: Weights, file: BinaryIO) -> None:
    """Write the program."""
    file.write(python_source(weights).encode())


def python_source(weights: Weights) -> str:
    """Return a module with `predict_proba(X)` for X (n_samples, n_features) in the person's own units."""
    n_x, network = weights.n_x, weights.network
    inputs = weights.feature_names if len(weights.feature_names) == n_x else numbered_names(n_x)
    zero, one = weights.class_names if len(weights.class_names) == 2 else ("class 0", "class 1")
    lines = [
        f'"""{_filled(f"The probability of {plain(one)}, and not {plain(zero)}: {network.description}.")}',
        "",
        *([_filled(plain(weights.trained)), ""] if weights.trained else []),
        "X has a row for each sample, and a column for each feature in your own units:",
        "",
        *_listed(inputs),
        "",
        "Import predict_proba from this file, or run it in a terminal with a number for each feature:",
        "",
        f"    python NAME.py {_example(weights)}",
        "",
        "Made by Descent Lab; it needs NumPy and nothing else.",
        '"""',
        "",
        "import sys",
        "",
        "import numpy as np",
        "",
        *filled(map(quoted, inputs), "FEATURES = [", "]"),
        *filled(map(quoted, (zero, one)), "CLASSES = [", "]  # y = 0 and y = 1"),
        "",
    ]
    standardized = not weights.standardization.changes_nothing
    if standardized:
        lines += [
            array_source(
                "mean", weights.standardization.mean, f"({n_x}, 1); x is standardized to (x - mean) / scale"
            ),
            array_source("scale", weights.standardization.scale, f"({n_x}, 1)"),
            "",
        ]
    for depth, (W, b) in enumerate(weights.parameters, 1):
        n_out, n_in = W.shape
        lines += [
            array_source(f"W{depth}", W, f"({n_out}, {n_in})"),
            array_source(f"b{depth}", b, f"({n_out}, 1)"),
            "",
        ]
    lines += [
        "",
        *_function(weights, plain(one), standardized),
        "",
        MAIN.rstrip("\n").replace("EXAMPLE", _example(weights)),
        "",
    ]
    return "\n".join(lines)


def _function(weights: Weights, one: str, standardized: bool) -> list[str]:
    n_x, n_0 = weights.n_x, weights.network.sizes[0]
    body = [
        "X = np.asarray(X, dtype=float)",
        f"if X.ndim != 2 or X.shape[1] != {n_x}:",
        f'    raise ValueError(f"X {{X.shape}} must be (n_samples, {n_x})")',
        f"A0 = np.ascontiguousarray(X.T)  # ({n_x}, n_samples), a column for each sample as in the papers",
    ]
    if standardized:
        body.append("A0 = (A0 - mean) / scale")
    if weights.features:
        made = [source_of(FEATURES[name]) for name in weights.features]
        body += [
            "x1, x2 = A0[0], A0[1]",
            *filled(["A0", *made], "A0 = np.vstack([", f"])  # ({n_0}, n_samples)"),
        ]
    for depth, name in enumerate(weights.network.activations, 1):
        g = named_in(source_of(ACTIVATIONS[name]), Z=f"Z{depth}")
        body += [
            f"Z{depth} = W{depth} @ A{depth - 1} + b{depth}  # ({weights.network.sizes[depth]}, n_samples)",
            f"A{depth} = {g}",
        ]
    return [
        "def predict_proba(X):",
        f'    """Return the probability of {one} for each row of X (n_samples, {n_x}), shape (n_samples,)."""',
        *("    " + line for line in body[:3]),
        '    with np.errstate(over="ignore"):  # exp may overflow, and 1 / (1 + exp) is 0 then',
        *("        " + line for line in body[3:]),
        f"    return A{len(weights.parameters)}[0]",
    ]


def _filled(text: str) -> str:
    return textwrap.fill(text, WIDTH - 4, break_long_words=False)


def _listed(names: Sequence[str]) -> list[str]:
    """Return a line for each feature, or for many as few lines as hold them."""
    if len(names) <= MANY:
        return [f"    {number}. {plain(name)}" for number, name in enumerate(names, 1)]
    return filled(map(plain, names), "    ", "")


def _example(weights: Weights) -> str:
    """Return a number for each feature, its mean where that is known."""
    values = [f"{value:.4g}" for value in weights.standardization.mean[:MANY, 0]]
    return " ".join([*values, "…"] if weights.n_x > MANY else values)
