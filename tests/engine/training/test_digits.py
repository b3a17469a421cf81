"""An image is a vector of pixels: what logistic regression learns of digits can be read off its weights."""

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.data.sources import load_data
from engine.model.network import logits
from engine.training.experiment import Experiment, Problem
from engine.training.spec import Spec
from tests.engine.training.driver import after


def digits(first: int, second: int) -> Dataset:
    return load_data("digits", 4, 0.0, 0, classes=(str(first), str(second)))


def trained(spec, dataset, iterations):
    """Return the experiment and its state after so many iterations."""
    experiment = Experiment.of(spec, dataset)
    return experiment, after(experiment, iterations, scored=True)


def test_all_pixels_get_one_deviation_and_their_own_mean():
    dataset = digits(3, 8)
    problem = Problem.of(Spec(), dataset)
    scale = problem.standardization.scale
    assert (scale == scale[0]).all()
    pixels = dataset.X[:, ~problem.test]
    np.testing.assert_allclose(scale[0], np.sqrt(pixels.var(axis=1).mean()), rtol=1e-12)
    np.testing.assert_allclose(problem.standardization.mean[:, 0], pixels.mean(axis=1), rtol=1e-12)
    few = load_data("digits", 4, 0.0, 0, columns=("row_4_col_4", "row_1_col_6"))
    own = Problem.of(Spec(), few).standardization.scale
    assert own[0] != own[1], "two pixels are measurements like any others"


@pytest.mark.parametrize(("model", "iterations"), [("logistic", 300), ("network", 300)])
def test_a_3_is_told_from_an_8(model, iterations):
    _, state = trained(Spec(data="digits", model=model), digits(3, 8), iterations)
    assert state.scores.train_accuracy == 1.0
    assert state.scores.test_accuracy >= 0.97


def test_ink_in_the_middle_speaks_for_a_1_and_on_the_ring_for_a_0():
    experiment, state = trained(Spec(data="digits", model="logistic"), digits(0, 1), 300)
    W, b = experiment.problem.standardization.fold(*state.parameters[0])
    image = W.reshape(8, 8)
    assert image[3:5, 3:5].mean() > 0.05
    assert image[3:5, [2, 5]].mean() < -0.02
    X = experiment.problem.dataset.X
    expected = logits(experiment.network, state.parameters, experiment.problem.inputs(X))
    np.testing.assert_allclose(W @ X + b, expected, atol=1e-10)


def test_an_image_has_as_many_pixels_as_features():
    with pytest.raises(ValueError, match=r"^3 features are no image of \(2, 2\) pixels$"):
        Dataset.of(
            np.ones((3, 2)), np.array([0.0, 1.0]), "t", feature_names=("a", "b", "c"), image_shape=(2, 2)
        )
    made = Dataset.of(
        np.ones((4, 2)), np.array([0.0, 1.0]), "t", feature_names=tuple("abcd"), image_shape=(2, 2)
    )
    painted = made.with_points(made.X[:, :1], made.Y[:, :1], made.ids[:1])
    assert painted.image_shape == (2, 2)
