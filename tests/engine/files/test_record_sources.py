"""What a record of a registry says as a line of NumPy is what its function computes, to the last bit."""

import math

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import INITIALIZATIONS
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES
from engine.training.spec import Spec

PRECISE = pytest.mark.parametrize("dtype", [np.float64, np.float32])
Z = np.concatenate([np.linspace(-40, 40, 1001), [-1e30, -800.0, -0.0, 0.0, 800.0, 1e30]]).reshape(1, -1)


def same(made, expected):
    """Tell whether two arrays are equal in kind and in every number; 0 and -0 are."""
    return made.dtype == expected.dtype and np.array_equal(made, expected)


def value(source, **names):
    with np.errstate(over="ignore"):
        return eval(source, {"np": np, "math": math}, names)


@PRECISE
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations(name, dtype):
    g, z = ACTIVATIONS[name], Z.astype(dtype)
    A = g.f(z)
    assert same(value(g.source, Z=z), A)
    assert same(value(g.source_of_derivative, Z=z, A=A), g.derivative(z, A))


@PRECISE
@pytest.mark.parametrize("name", FEATURES)
def test_features(name, dtype):
    x1, x2 = np.random.default_rng(0).standard_normal((2, 100)).astype(dtype)
    assert same(value(FEATURES[name].source, x1=x1, x2=x2), FEATURES[name].f(x1, x2))


@PRECISE
@pytest.mark.parametrize("name", LOSSES)
def test_losses(name, dtype):
    u = Z.astype(dtype)
    scope = {"np": np, "u": u.copy()}
    exec(LOSSES[name].source, scope)
    slope, loss = u.copy(), np.empty_like(u)
    with np.errstate(over="ignore"):
        LOSSES[name].write(slope, loss, np.empty_like(u))
    assert same(scope["loss"], loss)
    assert same(scope["slope"], slope)


@pytest.mark.parametrize("name", INITIALIZATIONS)
def test_initializations(name):
    for n_in, n_out in ((1, 1), (2, 8), (64, 3), (7, 7)):
        scheme = INITIALIZATIONS[name]
        assert value(scheme.source, n_in=n_in, n_out=n_out) == scheme.deviation(n_in, n_out)


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules(name):
    for k in (0, 1, 6, 7, 8, 100, 12345):
        for decay, period in ((0.5, 7), (0.9, 1000), (1.0, 1)):
            factor = value(SCHEDULES[name].source, k=k, decay=decay, period=period)
            assert factor == SCHEDULES[name].factor(k, decay, period)
            assert not isinstance(factor, np.generic), "it would change single precision into double"


@PRECISE
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizers(name, dtype):
    optimizer, spec = OPTIMIZERS[name], Spec(momentum=0.7, rms_decay=0.8, beta1=0.6, beta2=0.95, epsilon=1e-5)
    rng = np.random.default_rng(0)
    theta = rng.standard_normal(9).astype(dtype)
    memory = optimizer.start(theta)
    assert len(optimizer.remembers) == optimizer.memories
    scope = {"np": np, "theta": theta, "alpha": 0.03, **dict(zip(optimizer.remembers, memory, strict=True))}
    scope |= {choice: getattr(spec, choice) for choice in optimizer.uses}
    for made in range(5):
        g = rng.standard_normal(9).astype(dtype)
        theta, memory = optimizer.update(theta, g, memory, 0.03, made, spec)
        scope |= {"g": g, "t": made + 1}
        exec(optimizer.source, scope)
        assert same(scope["theta"], theta)
        assert all(same(scope[each], kept) for each, kept in zip(optimizer.remembers, memory, strict=True))
