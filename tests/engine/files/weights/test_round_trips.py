"""Weights come back from a file to the last bit."""

import json
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.files.weights import READABLE_FORMATS, Weights, load_weights, save_weights
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from tests.engine.files.weights.checking import READABLE, bits

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
POSITIVE = st.floats(min_value=5e-324, allow_infinity=False)


@st.composite
def any_weights(draw):
    """Draw a network of up to three hidden layers with any finite numbers in it, of either precision."""
    hidden = draw(st.lists(st.integers(1, 4), max_size=3))
    n_x = draw(st.integers(1, 4))
    chosen = draw(st.sets(st.sampled_from(list(FEATURES)))) if n_x > 1 else set()
    features = tuple(name for name in FEATURES if name in chosen)
    network = Network(
        (n_x + len(features), *hidden, 1),
        tuple(draw(st.sampled_from(list(ACTIVATIONS))) for _ in hidden),
    )
    count = network.parameter_count
    vectors = {
        np.float64: arrays(np.float64, count, elements=NUMBERS),
        np.float32: arrays(
            np.float32, count, elements=st.floats(allow_nan=False, allow_infinity=False, width=32)
        ),
    }
    parameters = Parameters(network, draw(vectors[draw(st.sampled_from(list(vectors)))]))
    standardization = Standardization.none(n_x)
    if draw(st.booleans()):
        standardization = Standardization(
            draw(arrays(np.float64, (n_x, 1), elements=NUMBERS)),
            draw(arrays(np.float64, (n_x, 1), elements=POSITIVE)),
        )
    texts = st.lists(st.text(max_size=8), max_size=3).map(tuple)
    iterations = draw(st.integers(0, 10**12))
    loss = draw(st.sampled_from(list(LOSSES)))
    return Weights(network, parameters, standardization, iterations, draw(texts), draw(texts), loss, features)


@READABLE
@settings(max_examples=60)
@given(weights=any_weights())
def test_every_bit_comes_back(ending, weights):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"w{ending}")
        save_weights(path, weights)
        loaded = load_weights(path)
    assert bits(loaded) == bits(weights)
    assert loaded.parameters.vector.dtype == weights.parameters.vector.dtype
    assert [layer.W.shape for layer in loaded.parameters] == [layer.W.shape for layer in weights.parameters]
    assert loaded.network == weights.network
    np.testing.assert_array_equal(loaded.standardization.mean, weights.standardization.mean)
    np.testing.assert_array_equal(loaded.standardization.scale, weights.standardization.scale)
    assert (loaded.loss, loaded.features, loaded.n_x) == (weights.loss, weights.features, weights.n_x)
    assert (loaded.iterations, loaded.feature_names, loaded.class_names) == (
        weights.iterations,
        weights.feature_names,
        weights.class_names,
    )


def test_all_formats_hold_the_same(tmp_path, weights):
    for ending in READABLE_FORMATS:
        save_weights(tmp_path / f"w{ending}", weights)
        assert bits(load_weights(tmp_path / f"w{ending}")) == bits(weights)


@READABLE
def test_logistic_regression_without_standardization(tmp_path, ending):
    parameters = Parameters(Network((2, 1)), np.array([1.0, 2.0, 3.0]))
    path = tmp_path / f"w{ending}"
    save_weights(path, Weights(Network((2, 1)), parameters, Standardization.none(2)))
    loaded = load_weights(path)
    assert loaded.network == Network((2, 1))
    assert loaded.standardization.changes_nothing
    if ending == ".json":
        content = json.loads(path.read_text())
        assert content["standardization"] is None
        assert content["model"] == "logistic"


def test_the_ending_may_be_in_capitals(tmp_path, weights):
    save_weights(tmp_path / "W.NPZ", weights)
    assert bits(load_weights(tmp_path / "W.NPZ")) == bits(weights)
    assert [path.name for path in tmp_path.iterdir()] == ["W.NPZ"]
