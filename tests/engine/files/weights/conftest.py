"""Weights to write and to damage."""

import numpy as np
import pytest

from engine.files.weights import Weights
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization


@pytest.fixture
def weights():
    """Return a 2-3-1 network with numbers that are hard to write."""
    network = Network((2, 3, 1), ("tanh",))
    return Weights(
        network,
        Parameters.of(
            network,
            [
                (
                    np.array([[0.1, -1 / 3], [5e-324, 1.7e308], [-0.0, 2.0]]),
                    np.array([[0.0], [1e-9], [-7.0]]),
                ),
                (np.array([[1.0, 2.0, 3.0]]), np.array([[0.5]])),
            ],
        ),
        Standardization(np.array([[42.7], [18.0]]), np.array([[5.2], [1.1]])),
        3000,
        ("bill length (mm)", "bill depth (mm)"),
        ("Adelie", "Chinstrap"),
    )
