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
@pytest.mark.parametrize(
    ("samples", "share", "ones"),
    [
        *((400, share, round(400 * share)) for share in (0.01, 0.29, 0.3, 0.5, 0.51, 0.93, 0.99)),
        (399, 0.5, 199),
        (5, 0.5, 2),
        (5, 0.9, 4),
        (4, 0.01, 1),
        (4, 0.99, 3),
    ],
)
def test_the_class_balance_is_the_share_of_the_second_class_and_leaves_one_point_to_each(
    name, samples, share, ones
):
    assert generate(name, samples, 0.1, 0, share).counts == (samples - ones, ones)


@EVERY
def test_another_balance_changes_as_few_points_as_it_can(name):
    even, uneven = generate(name, 400, 0.1, 7), generate(name, 400, 0.1, 7, 0.35)
    changed = (even.Y != uneven.Y)[0]
    assert changed.sum() == 60
    np.testing.assert_array_equal(even.X[:, ~changed], uneven.X[:, ~changed])
    less = (even.Y != generate(name, 400, 0.1, 7, 0.4).Y)[0]
    assert less.sum() == 40 and not (less & ~changed).any()


@EVERY
@settings(max_examples=20)
@given(shares=st.tuples(st.floats(0, 1), st.floats(0, 1)), seed=st.integers(0, 2**31 - 1))
def test_label_noise_flips_that_share_of_each_class_and_a_larger_one_flips_more_of_the_same(
    name, shares, seed
):
    clean = generate(name, 90, 0.1, seed)
    few, many = (generate(name, 90, 0.1, seed, label_noise=share) for share in sorted(shares))
    for share, noisy in zip(sorted(shares), (few, many), strict=True):
        assert noisy.X.tobytes() == clean.X.tobytes()
        flipped = (noisy.Y != clean.Y)[0]
        assert [flipped[clean.Y[0] == label].sum() for label in (0, 1)] == [round(45 * share)] * 2
    assert not ((few.Y != clean.Y) & (many.Y == clean.Y)).any()


def test_which_labels_are_flipped_is_drawn_by_the_seed():
    flipped = [
        tuple(np.flatnonzero(generate("moons", 200, 0.1, seed, label_noise=0.2).Y[0] != np.arange(200) % 2))
        for seed in (0, 0, 1)
    ]
    assert flipped[0] == flipped[1] != flipped[2]
    assert len(flipped[0]) == 40


@EVERY
def test_a_rotation_turns_the_same_points_to_the_left(name):
    straight = generate(name, 50, 0.1, 3)
    turned = generate(name, 50, 0.1, 3, rotation=90.0)
    np.testing.assert_allclose(turned.X, np.stack([-straight.X[1], straight.X[0]]), atol=1e-15)
    assert turned.Y.tobytes() == straight.Y.tobytes()
    there = generate(name, 50, 0.1, 3, rotation=-37.0)
    np.testing.assert_allclose(np.hypot(*there.X), np.hypot(*straight.X), rtol=1e-14)


@EVERY
def test_without_any_of_these_the_points_are_the_plain_draw(name):
    assert same(generate(name, 101, 0.3, 9), generate(name, 101, 0.3, 9, 0.5, 0.0, 0.0))


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
