"""JSON that does not fit is refused with what is wrong in it."""

import json

import pytest

from engine.files.weights import save_weights
from engine.model.activations import ACTIVATIONS
from tests.engine.files.weights.checking import refusal


def put(*keys, value):
    """Return a change of the JSON content that sets one value."""

    def change(content):
        for key in keys[:-1]:
            content = content[key]
        content[keys[-1]] = value

    return change


def drop(*keys):
    """Return a change of the JSON content that takes one value away."""

    def change(content):
        for key in keys[:-1]:
            content = content[key]
        del content[keys[-1]]

    return change


DAMAGE = {
    "no format": (drop("format"), 'it does not say "format": "descent-lab/weights"'),
    "other format": (put("format", value="keras"), 'it does not say "format": "descent-lab/weights"'),
    "later version": (put("version", value=2), "it is of version 2, and this program reads version 1"),
    "no version": (drop("version"), "it is of version None, and this program reads version 1"),
    "no layers": (drop("layers"), "its layers are missing or not a list"),
    "layers empty": (put("layers", value=[]), "its layers are missing or not a list"),
    "layers a text": (put("layers", value="W"), "its layers are missing or not a list"),
    "layer a number": (put("layers", 0, value=7), "layer 1 is not an object with W, b and activation"),
    "no W": (drop("layers", 0, "W"), "layer 1 has no W"),
    "no b": (drop("layers", 1, "b"), "layer 2 has no b"),
    "no activation": (drop("layers", 1, "activation"), "layer 2 has no activation"),
    "unknown activation": (
        put("layers", 0, "activation", value="swish"),
        f"activation 'swish' is not one of {', '.join(ACTIVATIONS)}",
    ),
    "output not sigmoid": (
        put("layers", 1, "activation", value="tanh"),
        "it names the activations tanh, tanh",
    ),
    "activation of two lines": (put("layers", 1, "activation", value="a\nb"), "it names the activations"),
    "activation a list": (
        put("layers", 0, "activation", value=["tanh"]),
        f"is not one of {', '.join(ACTIVATIONS)}",
    ),
    "W of words": (put("layers", 0, "W", value=[["a", "b"]] * 3), "W1 is not an array of numbers"),
    "W ragged": (put("layers", 0, "W", value=[[1], [1, 2], [1]]), "W1 is not an array of numbers"),
    "W an object": (put("layers", 0, "W", value={}), "W1 is not an array of numbers"),
    "W a number": (put("layers", 0, "W", value=3), "it has no layers, or a W that is not a matrix"),
    "W flat": (put("layers", 0, "W", value=[1, 2]), "it has no layers, or a W that is not a matrix"),
    "W empty": (put("layers", 0, "W", value=[[], [], []]), "sizes (0, 3, 1) must hold"),
    "W with a gap": (put("layers", 0, "W", 0, value=[None, 1]), "W1 holds a number that is not finite"),
    "W too large to be a number": (put("layers", 0, "W", 0, value=[10**400, 1]), "W1 "),
    "W of another width": (
        put("layers", 1, "W", value=[[1, 2]]),
        "W2 (1, 2) and b2 (1, 1) must be (1, 3) and (1, 1)",
    ),
    "two outputs": (put("layers", 1, "W", value=[[1, 2, 3]] * 2), "sizes (2, 3, 2) must hold"),
    "b flat": (put("layers", 0, "b", value=[0, 0, 0]), "W1 (3, 2) and b1 (3,) must be (3, 2) and (3, 1)"),
    "b too short": (
        put("layers", 0, "b", value=[[0], [0]]),
        "W1 (3, 2) and b1 (2, 1) must be (3, 2) and (3, 1)",
    ),
    "unknown loss": (put("loss", value="hinge"), "its loss 'hinge' is not one of log, squared"),
    "unknown feature": (put("features", value=["x3"]), "its feature 'x3' is not one of x1_squared, "),
    "features in another order": (
        put("features", value=["x2_squared", "x1_squared"]),
        "its features x2_squared, x1_squared must be each there once, in the order x1_squared, ",
    ),
    "a feature twice": (
        put("features", value=["sin_x1", "sin_x1"]),
        "its features sin_x1, sin_x1 must be each ",
    ),
    "features a text": (put("features", value="x1_x2"), "its features are not a list"),
    "unknown precision": (
        put("precision", value="half"),
        "its precision 'half' is not one of double, single",
    ),
    "standardization a number": (put("standardization", value=3), "its standardization is neither null nor"),
    "no scale": (drop("standardization", "scale"), "its scale are missing or not a list"),
    "scale of 0": (
        put("standardization", "scale", value=[1, 0]),
        "the standardization's scale must be positive",
    ),
    "scale negative": (put("standardization", "scale", value=[1, -2]), "scale must be positive"),
    "mean too short": (put("standardization", "mean", value=[1]), "mean must be 2 finite numbers"),
    "mean of words": (put("standardization", "mean", value=["a", "b"]), "mean is not an array of numbers"),
    "mean too large": (put("standardization", "mean", value=[10**400, 0]), "mean "),
    "iterations a text": (
        put("iterations", value="many"),
        "its iterations are 'many', not a whole number from 0",
    ),
    "iterations negative": (put("iterations", value=-1), "its iterations are -1, not a whole number from 0"),
    "feature names a number": (put("feature_names", value=5), "feature"),
    "class names a number": (put("class_names", value=True), "class"),
}


@pytest.mark.parametrize(("change", "reason"), DAMAGE.values(), ids=list(DAMAGE))
def test_json_that_does_not_fit(tmp_path, weights, change, reason):
    path = tmp_path / "w.json"
    save_weights(path, weights)
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    sentence = refusal(path)
    assert sentence.startswith("w.json does not hold weights that can be read: ")
    assert reason in sentence


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_in_json_are_finite(tmp_path, weights, number):
    path = tmp_path / "w.json"
    save_weights(path, weights)
    path.write_text(path.read_text().replace("1.7e+308", number))
    assert refusal(path).endswith(": W1 holds a number that is not finite.")


def test_deep_and_huge_json(tmp_path):
    path = tmp_path / "w.json"
    for text in ("[" * 100_000, '{"a":' * 100_000, "[" * 900 + "]" * 900, '{"version": ' + "1" * 5000 + "}"):
        path.write_text(text)
        assert "does not hold weights that can be read: " in refusal(path)


def test_deep_json_in_the_place_of_a_matrix(tmp_path, weights):
    path = tmp_path / "w.json"
    save_weights(path, weights)
    content = json.loads(path.read_text())
    deep = 1
    for _ in range(200):
        deep = [deep]
    content["layers"][0]["W"] = deep
    path.write_text(json.dumps(content))
    assert "W1" in refusal(path)
