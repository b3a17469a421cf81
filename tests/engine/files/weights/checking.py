"""What the tests of weight files look at: their endings, their bits, and the sentence of a refusal."""

import warnings

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
