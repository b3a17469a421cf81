"""What the tests of weight files look at: their endings, their bits, and the sentence of a refusal."""

import warnings

import numpy as np
import pytest

from engine.files.atomic import FileError
from engine.files.weights import READABLE_FORMATS, WEIGHT_FORMATS, load_weights

ENDINGS = pytest.mark.parametrize("ending", WEIGHT_FORMATS)
READABLE = pytest.mark.parametrize("ending", READABLE_FORMATS)


def bits(weights):
    return [values.tobytes() for layer in weights.parameters for values in layer]


def refusal(path):
    """Return the sentence with which a file is refused; no warning may come with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(FileError) as caught:
            load_weights(path)
    sentence = str(caught.value)
    assert sentence.startswith(path.name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 400
    return sentence


def check_that_beginnings_are_refused(path, content, step):
    """Break the content of a file off after every so many bytes."""
    for length in range(0, len(content), step):
        path.write_bytes(content[:length])
        assert "does not hold weights" in refusal(path)


def count_refusals(path):
    """Return how often a file is refused of 300 times that three of its bytes were changed; else it is read in peace."""
    content, rng, refused = path.read_bytes(), np.random.default_rng(0), 0
    for _ in range(300):
        damaged = bytearray(content)
        for place in rng.integers(len(content), size=3):
            damaged[place] = rng.integers(256)
        path.write_bytes(damaged)
        try:
            load_weights(path)
        except FileError:
            refused += 1
    return refused
