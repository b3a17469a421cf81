"""Backpropagation, and the slow honest way to check it."""

import numpy as np

from engine.model.activations import ACTIVATIONS, Array
from engine.model.cost import cost
from engine.model.network import Forward, Layer, Network, Parameters, correlate, logits, weigh


def backward(network: Network, parameters: Parameters, passed: Forward, Y: Array) -> Parameters:
    """Return dJ/dW and dJ/db of every layer, for the values `passed` by the forward pass and Y (1, m).

    The chain starts with dZ[L] = A[L] - Y (Khalil, equation 23). dW[l] takes A[l-1], where Khalil's (34)
    prints Z[l-1], and divides by the number of examples, where Matt R's code (lines 53, 54) divides by the
    number of features.
    """
    m = max(1, Y.shape[1])  # without examples there is no slope: 0
    gradient: list[Layer] = []
    dZ = passed.A[-1] - Y  # (1, m)
    for depth in reversed(range(len(parameters))):
        A_prev = passed.A[depth]  # (n_in, m)
        dW = correlate(dZ, A_prev) / m  # (n_out, n_in)
        db = dZ.sum(axis=1, keepdims=True) / m  # (n_out, 1)
        gradient.append(Layer(dW, db))
        if depth > 0:
            g = ACTIVATIONS[network.hidden_activations[depth - 1]]
            dA_prev = weigh(parameters[depth].W.T, dZ)  # (n_in, m)
            dZ = dA_prev * g.derivative(passed.Z[depth - 1], A_prev)  # (n_in, m)
    return tuple(reversed(gradient))


def numerical_gradient(
    network: Network, parameters: Parameters, X: Array, Y: Array, h: float = 1e-5
) -> Parameters:
    """Return the gradient by central differences, (J(p + h) - J(p - h)) / 2h for each parameter p in turn.

    Two forward passes for each parameter, so for checking and teaching only.
    """
    changed = tuple(Layer(layer.W.copy(), layer.b.copy()) for layer in parameters)
    gradient = tuple(Layer(np.zeros_like(layer.W), np.zeros_like(layer.b)) for layer in parameters)
    for layer, slopes in zip(changed, gradient, strict=True):
        for values, slope in zip(layer, slopes, strict=True):
            for place in np.ndindex(values.shape):
                value = values[place]
                values[place] = value + h
                above = cost(logits(network, changed, X), Y)
                values[place] = value - h
                below = cost(logits(network, changed, X), Y)
                values[place] = value
                slope[place] = (above - below) / (2.0 * h)
    return gradient
