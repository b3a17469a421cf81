"""README's recipe for an .npz with weights that another program has trained."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from engine.files.weights import load_weights
from engine.model.network import logits
from tests.engine.files.weights.checking import refusal

README = Path(__file__).parents[4] / "README.md"
ARRAYS = {"W1": [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], "b1": [[0.1], [0.2], [0.3]], "W2": [[1.0, -1.0, 0.5]]}


@pytest.fixture
def recipe(tmp_path, monkeypatch):
    """Follow the recipe in a folder of its own, and return its file."""
    monkeypatch.chdir(tmp_path)
    (lines,) = (
        each for each in re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.S) if "meta" in each
    )
    names = {"np": np, "json": json, "b2": np.array([[0.25]])}
    exec(lines, names | {name: np.array(values) for name, values in ARRAYS.items()})
    return tmp_path / "w.npz"


def test_readmes_recipe_is_taken(recipe):
    weights = load_weights(recipe)
    assert str(weights.network) == "2-3-1" and weights.standardization.changes_nothing
    x = np.array([[0.5], [-1.5]])
    W1, b1, W2 = (np.array(ARRAYS[name]) for name in ("W1", "b1", "W2"))
    expected = W2 @ np.tanh(W1 @ x + b1) + 0.25
    assert logits(weights.network, weights.parameters, x) == pytest.approx(expected, rel=1e-15)


def test_without_a_description_the_refusal_says_where_the_recipe_is(tmp_path):
    np.savez(tmp_path / "w.npz", **ARRAYS, b2=[[0.25]])
    assert refusal(tmp_path / "w.npz").endswith(
        "the array meta is missing, a JSON text that says what the numbers mean; README shows how to write one."
    )
