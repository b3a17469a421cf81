"""Gradient descent as the papers write it, to be read and to be compared with.

Twice: one example at a time, in loops over units, as Matt R and Prakhar begin; and as matrices, a column for each
example, as they and Khalil end. `passes` computes the same numbers faster, and the tests hold all three together.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.model.activations import ACTIVATIONS, Array
from engine.model.losses import LOSSES
from engine.model.network import Layer, Network, Parameters
from engine.model.registry import named


class Forward(NamedTuple):
    """Every value of one forward pass. `A[0]` is X; `Z[l]` belongs to `A[l + 1]`."""

    Z: tuple[Array, ...]  # each (n_l, m)
    A: tuple[Array, ...]  # each (n_l, m)


class Backward(NamedTuple):
    """Every value of one backward pass, the first layer first. The first layer's `dA` is that of its output."""

    dA: tuple[Array, ...]  # each (n_l, m)
    dZ: tuple[Array, ...]  # each (n_l, m)
    gradient: Parameters  # dW (n_l, n_{l-1}) and db (n_l, 1) of each layer


def forward(network: Network, parameters: Sequence[Layer], X: Array) -> Forward:
    """Return Z[l] = W[l] A[l-1] + b[l] and A[l] = g[l](Z[l]) for every layer (Khalil, equation 32).

    X has the shape (n_x, m), a column for each example.
    """
    if X.ndim != 2 or len(X) != network.sizes[0]:
        raise ValueError(f"X {X.shape} must be ({network.sizes[0]}, m) for a {network} network")
    Zs: list[Array] = []
    As: list[Array] = [X]
    for (W, b), name in zip(parameters, network.activations, strict=True):
        Zs.append(W @ As[-1] + b)  # (n_l, m)
        As.append(ACTIVATIONS[name].f(Zs[-1]))  # (n_l, m)
    return Forward(tuple(Zs), tuple(As))


def backward(
    network: Network, parameters: Parameters, passed: Forward, Y: Array, loss: str = "log"
) -> Backward:
    """Return dJ/dA, dJ/dZ, dJ/dW and dJ/db of every layer, for the values `passed` forward and Y (1, m).

    dA and dZ are those of each example's own loss; the mean is taken in dW and db. The chain starts with
    dZ[L] = A[L] - Y for the log loss (Khalil, equation 23). dW[l] takes A[l-1], where Khalil's (34) prints
    Z[l-1], and divides by the number of examples, where Matt R's code (lines 52, 54) divides by the number of
    features.
    """
    _check_labels(Y, passed.A[-1].shape)
    m = max(1, Y.shape[1])  # without examples there is no slope: 0
    layers: list[Layer] = []
    chosen = named(LOSSES, loss, "loss")
    dZ = chosen.derivative(passed.Z[-1], Y)  # (1, m)
    with np.errstate(divide="ignore", invalid="ignore"):  # where a is 0 or 1 to the last digit
        dAs, dZs = [chosen.slope_of_output(passed.A[-1], Y)], [dZ]  # each (1, m)
    for depth in reversed(range(len(parameters))):
        A_prev = passed.A[depth]  # (n_in, m)
        dW = dZ @ A_prev.T / m  # (n_out, n_in)
        db = dZ.sum(axis=1, keepdims=True) / m  # (n_out, 1)
        layers.append(Layer(dW, db))
        if depth > 0:
            g = ACTIVATIONS[network.hidden_activations[depth - 1]]
            dA_prev = parameters[depth].W.T @ dZ  # (n_in, m)
            dZ = dA_prev * g.derivative(passed.Z[depth - 1], A_prev)  # (n_in, m)
            dAs.append(dA_prev)
            dZs.append(dZ)
    gradient = Parameters.of(network, reversed(layers), passed.A[-1].dtype)
    return Backward(tuple(reversed(dAs)), tuple(reversed(dZs)), gradient)


def _check_labels(Y: Array, shape: tuple[int, ...]) -> None:
    if Y.shape != shape:
        raise ValueError(f"Y {Y.shape} must be {shape}, a label for each example")


def loop_gradient(
    network: Network, parameters: Parameters, X: Array, Y: Array, loss: str = "log"
) -> tuple[float, Parameters]:
    """Return the cost J and its gradient, one example after another and one unit after another.

    For X (n_x, m) and Y (1, m). The chain of one example is the papers': dz = a - y, dw_j = x_j dz, db = dz.
    """
    _check_labels(Y, (1, X.shape[1]))
    m = Y.shape[1]
    J = 0.0
    total = [Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in parameters]
    for i in range(m):
        a = [[float(x) for x in X[:, i]]]
        z: list[list[float]] = []
        for (W, b), name in zip(parameters, network.activations, strict=True):
            z_l = []
            for j in range(len(W)):
                z_l.append(float(b[j, 0]) + sum(float(W[j, k]) * a[-1][k] for k in range(W.shape[1])))
            z.append(z_l)
            a.append([float(ACTIVATIONS[name].f(np.array(each))) for each in z_l])
        output, y = np.array([z[-1]]), Y[:, i : i + 1]
        J += float(LOSSES[loss].f(output, y)[0, 0])
        dz = [float(LOSSES[loss].derivative(output, y)[0, 0])]
        for depth in reversed(range(len(parameters))):
            W, dW, db = parameters[depth].W, total[depth].W, total[depth].b
            da = [0.0] * W.shape[1]
            for j in range(len(W)):
                for k in range(W.shape[1]):
                    dW[j, k] += a[depth][k] * dz[j]
                    da[k] += float(W[j, k]) * dz[j]
                db[j, 0] += dz[j]
            if depth > 0:
                g = ACTIVATIONS[network.hidden_activations[depth - 1]]
                slopes = g.derivative(np.array(z[depth - 1]), np.array(a[depth]))
                dz = [da_k * float(slope) for da_k, slope in zip(da, slopes, strict=True)]
    return J / m, Parameters.of(network, [(dW / m, db / m) for dW, db in total])
