"""Made-up points are balanced, repeatable, and can be learned."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.generators import GENERATORS, generate

EVERY = pytest.mark.parametrize("name", GENERATORS)


def same(a, b):
    return a.X.tobytes() == b.X.tobytes() and a.Y.tobytes() == b.Y.tobytes()


def test_the_registry_is_keyed_by_name():
    assert list(GENERATORS) == ["blobs", "moons", "circles", "xor", "spiral", "flower"]
    assert all(name == generator.name for name, generator in GENERATORS.items())
    assert all(generator.label and generator.help for generator in GENERATORS.values())


@EVERY
@pytest.mark.parametrize("samples", [4, 5, 400, 1_000_000])
def test_half_of_each_class(name, samples):
    dataset = generate(name, samples, 0.1, 0)
    assert dataset.X.shape == (2, samples)
    assert dataset.counts == (samples - samples // 2, samples // 2)
    assert dataset.title == GENERATORS[name].label
    assert dataset.same_units
    assert np.isfinite(dataset.X).all()


@EVERY
def test_without_noise_they_lie_on_a_canvas_of_about_1(name):
    X = generate(name, 4000, 0.0, 1).X
    assert np.abs(X).max() < (1.5 if name == "blobs" else 1.2)
    assert (X.max(axis=1) > 0.5).all()
    assert (X.min(axis=1) < -0.5).all()
    assert (np.abs(X.mean(axis=1)) < 0.1).all()


@EVERY
def test_one_seed_one_set(name):
    assert same(generate(name, 100, 0.1, 42), generate(name, 100, 0.1, 42))
    assert not same(generate(name, 100, 0.1, 42), generate(name, 100, 0.1, 43))


def test_the_global_random_numbers_are_left_alone():
    before = np.random.get_state()[1].tobytes()
    generate("moons", 50, 0.1, 9)
    assert np.random.get_state()[1].tobytes() == before


@EVERY
@settings(max_examples=20)
@given(noise=st.floats(1e-3, 2), seed=st.integers(0, 2**31 - 1))
def test_noise_moves_the_same_points_in_proportion(name, noise, seed):
    clean, unit, noisy = (generate(name, 60, n, seed) for n in (0.0, 1.0, noise))
    np.testing.assert_allclose(noisy.X - clean.X, noise * (unit.X - clean.X), rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(noisy.Y, clean.Y)


@EVERY
def test_noise_1_is_the_generators_spread(name):
    moved = generate(name, 20_000, 1.0, 0).X - generate(name, 20_000, 0.0, 0).X
    np.testing.assert_allclose(moved.std(axis=1), GENERATORS[name].spread, rtol=0.03)
    assert (np.abs(moved.mean(axis=1)) < 4 * GENERATORS[name].spread / np.sqrt(20_000)).all()


@EVERY
def test_a_network_learns_it(name, make_experiment, open_descent):
    experiment = make_experiment(data=name, hidden=(16, 16), activation=("tanh",), learning_rate=1.0)
    descent = open_descent(experiment)
    state = descent.first_state()
    for _ in range(4000):
        if state.scores.train_accuracy >= 0.95:
            break
        state = descent.step(state)
    assert state.scores.train_accuracy >= 0.95
    assert state.scores.test_accuracy >= 0.8
