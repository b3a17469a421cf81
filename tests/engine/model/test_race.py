"""The loop and the matrices give the same gradient, and what each takes is measured."""

import numpy as np

from engine.model.network import Network, initialize
from engine.model.race import MOST, race


def test_both_forms_are_run_on_the_same_examples() -> None:
    generator = np.random.default_rng(0)
    network = Network((3, 4, 1), ("tanh",))
    parameters = initialize(network, "xavier", generator)
    X = generator.standard_normal((3, 3 * MOST))
    Y = (generator.random((1, 3 * MOST)) < 0.5).astype(float)
    for m, raced in ((7, 7), (3 * MOST, MOST)):
        outcome = race(network, parameters, X[:, :m], Y[:, :m])
        assert outcome.examples == raced
        assert outcome.difference < 1e-15
        assert outcome.loop_seconds > 0 and outcome.matrix_seconds > 0
        assert outcome.factor == outcome.loop_seconds / outcome.matrix_seconds
