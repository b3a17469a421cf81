"""Weights come back from a file to the last bit, and a damaged file is refused in one sentence."""

import json
import pickle
import struct
import tempfile
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.files.atomic import FileError
from engine.files.weights import FORMAT, WEIGHT_FORMATS, Weights, load_weights, save_weights
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization

ENDINGS = pytest.mark.parametrize("ending", WEIGHT_FORMATS)
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


def bits(weights):
    return [values.tobytes() for layer in weights.parameters for values in layer]


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


@ENDINGS
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


def test_files_have_the_first_layer_for_the_persons_own_units_as_well(tmp_path):
    network = Network((3, 1))
    parameters = Parameters.of(network, [(np.array([[6.0, -1.0, 0.5]]), np.array([[1.0]]))])
    standardization = Standardization(np.array([[10.0], [4.0]]), np.array([[2.0], [0.5]]))
    weights = Weights(network, parameters, standardization, features=("x1_squared",))
    expected = {"W1_own_units": [[3.0, -2.0, 0.5]], "b1_own_units": [[-21.0]]}  # 1 - 3 * 10 + 2 * 4
    for ending in WEIGHT_FORMATS:
        save_weights(tmp_path / f"w{ending}", weights)
    with np.load(tmp_path / "w.npz") as arrays_of_file:
        assert {name: arrays_of_file[name].tolist() for name in expected} == expected
    text = json.loads((tmp_path / "w.json").read_text())
    assert {name: text[name] for name in expected} == expected
    for ending in WEIGHT_FORMATS:
        assert bits(load_weights(tmp_path / f"w{ending}")) == bits(weights), "what was trained is read back"


def test_a_first_layer_too_large_for_its_own_units_is_left_out(tmp_path):
    network = Network((1, 1))
    parameters = Parameters.of(network, [(np.array([[1e300]]), np.array([[0.0]]))])
    weights = Weights(network, parameters, Standardization(np.zeros((1, 1)), np.full((1, 1), 1e-20)))
    save_weights(tmp_path / "w.json", weights)
    assert "W1_own_units" not in json.loads((tmp_path / "w.json").read_text())
    assert bits(load_weights(tmp_path / "w.json")) == bits(weights)


def test_both_formats_hold_the_same(tmp_path, weights):
    for ending in WEIGHT_FORMATS:
        save_weights(tmp_path / f"w{ending}", weights)
    first, second = (load_weights(tmp_path / f"w{ending}") for ending in (".npz", ".json"))
    assert bits(first) == bits(second) == bits(weights)


def test_the_json_layout_is_the_public_one(tmp_path, weights):
    save_weights(tmp_path / "w.json", weights)
    text = (tmp_path / "w.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert content["format"] == FORMAT == "descent-lab/weights"
    assert content["version"] == 1
    assert content["layers"] == [
        {
            "W": [[0.1, -1 / 3], [5e-324, 1.7e308], [-0.0, 2.0]],
            "b": [[0.0], [1e-9], [-7.0]],
            "activation": "tanh",
        },
        {"W": [[1.0, 2.0, 3.0]], "b": [[0.5]], "activation": "sigmoid"},
    ]
    assert content["standardization"] == {"mean": [42.7, 18.0], "scale": [5.2, 1.1]}
    assert content["model"] == "network"
    assert content["loss"] == "log"
    assert content["features"] == []
    assert content["precision"] == "double"
    assert content["iterations"] == 3000
    assert set(content["versions"]) == {"descent-lab", "numpy", "python"}
    assert text.endswith("}\n")


def test_the_npz_layout_is_the_public_one(tmp_path, weights):
    save_weights(tmp_path / "w.npz", weights)
    with np.load(tmp_path / "w.npz", allow_pickle=False) as archive:
        arrays = dict(archive)
    assert set(arrays) == {"W1", "b1", "W2", "b2", "meta"}
    shapes = {name: arrays[name].shape for name in ("W1", "b1", "W2", "b2", "meta")}
    assert shapes == {"W1": (3, 2), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1), "meta": ()}
    meta = json.loads(str(arrays["meta"]))
    assert meta["model"] == "network"
    assert meta["activations"] == ["tanh", "sigmoid"]
    assert meta["loss"] == "log"
    assert meta["features"] == []
    assert meta["precision"] == "double"
    assert meta["standardization"] == {"mean": [42.7, 18.0], "scale": [5.2, 1.1]}
    assert meta["iterations"] == 3000
    assert set(meta["versions"]) == {"descent-lab", "numpy", "python"}


@ENDINGS
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


def test_a_file_written_by_hand_needs_only_the_contract(tmp_path):
    path = tmp_path / "hand.json"
    layers = [{"W": [[1, 2]], "b": [[3]], "activation": "sigmoid"}]
    content = {"format": "descent-lab/weights", "version": 1, "layers": layers, "standardization": None}
    path.write_text(json.dumps(content))
    loaded = load_weights(path)
    assert loaded.parameters[0].W.tolist() == [[1.0, 2.0]]
    assert loaded.parameters[0].W.dtype == np.float64
    assert loaded.parameters[0].b.tolist() == [[3.0]]
    assert (loaded.iterations, loaded.feature_names, loaded.class_names) == (0, (), ())
    assert (loaded.loss, loaded.features, loaded.n_x) == ("log", (), 2)


def test_the_ending_may_be_in_capitals(tmp_path, weights):
    save_weights(tmp_path / "W.NPZ", weights)
    assert bits(load_weights(tmp_path / "W.NPZ")) == bits(weights)
    assert [path.name for path in tmp_path.iterdir()] == ["W.NPZ"]


@ENDINGS
def test_a_failing_write_leaves_the_old_file(tmp_path, weights, monkeypatch, ending):
    path = tmp_path / f"w{ending}"
    save_weights(path, weights)
    before = path.read_bytes()

    def fail(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.files.atomic.os.fsync", fail)
    with pytest.raises(FileError, match=rf"^w\{ending} could not be written: No space left on device\.$"):
        save_weights(path, weights)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@ENDINGS
def test_a_folder_that_is_not_there(tmp_path, weights, ending):
    with pytest.raises(FileError, match="No such file or directory"):
        save_weights(tmp_path / "missing" / f"w{ending}", weights)


# Files that hold no weights


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


@pytest.mark.parametrize("name", ["w.txt", "w", "w.npz.bak", "w.pkl"])
def test_another_ending(tmp_path, weights, name):
    expected = f"{name} must end in one of .npz, .json."
    assert refusal(tmp_path / name) == expected
    with pytest.raises(FileError, match="must end in one of"):
        save_weights(tmp_path / name, weights)
    assert not list(tmp_path.iterdir())


@ENDINGS
def test_no_file_and_a_folder(tmp_path, ending):
    path = tmp_path / f"w{ending}"
    assert refusal(path) == f"{path.name} could not be read: No such file or directory."
    path.mkdir()
    assert refusal(path) == f"{path.name} could not be read: Is a directory."


@ENDINGS
@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\xff\xfe\x00\x01", b"\n\n", b"x,y,k\n1,2,A\n", b"null", b"[]", b"3", b'"text"', b"{}"],
    ids=["empty", "text", "binary", "blank", "csv", "null", "list", "number", "string", "object"],
)
def test_another_kind_of_content(tmp_path, ending, content):
    path = tmp_path / f"w{ending}"
    path.write_bytes(content)
    assert "does not hold weights that can be read: " in refusal(path)


@pytest.mark.parametrize("compressed", [False, True])
def test_an_archive_that_breaks_off(tmp_path, weights, compressed):
    path = tmp_path / "w.npz"
    save_weights(path, weights)
    if compressed:
        np.savez_compressed(path, **dict(np.load(path)))
        assert bits(load_weights(path)) == bits(weights)
    content = path.read_bytes()
    for length in range(0, len(content), 61):
        path.write_bytes(content[:length])
        assert "does not hold weights" in refusal(path)


@pytest.mark.parametrize("compressed", [False, True])
def test_an_archive_with_flipped_bytes_is_refused_or_read_in_peace(tmp_path, weights, compressed):
    path = tmp_path / "w.npz"
    save_weights(path, weights)
    if compressed:
        np.savez_compressed(path, **dict(np.load(path)))
    content = path.read_bytes()
    rng = np.random.default_rng(0)
    refused = 0
    for _ in range(300):
        damaged = bytearray(content)
        for place in rng.integers(len(content), size=3):
            damaged[place] = rng.integers(256)
        path.write_bytes(damaged)
        try:
            load_weights(path)
        except FileError:
            refused += 1
    assert refused > 30


def test_text_that_breaks_off(tmp_path, weights):
    path = tmp_path / "w.json"
    save_weights(path, weights)
    content = path.read_bytes().rstrip()
    for length in range(0, len(content), 23):
        path.write_bytes(content[:length])
        assert "does not hold weights" in refusal(path)


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


def arrays_of(weights, tmp_path):
    save_weights(tmp_path / "good.npz", weights)
    with np.load(tmp_path / "good.npz") as archive:
        return dict(archive)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"b1": None}, "the array b1 is missing"),
        ({"W2": None}, "it names the activations tanh, sigmoid for 1 layers"),
        ({"W1": None}, "it has no layers, or a W that is not a matrix"),
        ({"meta": None}, "the array meta is missing"),
        ({"meta": np.array("hello")}, "it is not JSON from line 1 on"),
        ({"meta": np.array("[]")}, "its JSON text is not an object"),
        ({"meta": np.array("{}")}, 'it does not say "format"'),
        ({"meta": np.array(3.0)}, "its JSON text is not an object"),
        ({"W1": np.full((3, 2), np.nan)}, "W1 holds a number that is not finite"),
        ({"b2": np.full((1, 1), np.inf)}, "b2 holds a number that is not finite"),
        ({"W1": np.ones((3, 2, 1))}, "it has no layers, or a W that is not a matrix"),
        ({"W1": np.ones((4, 2))}, "W1 (4, 2) and b1 (3, 1) must be (4, 2) and (4, 1)"),
        ({"b1": np.ones(3)}, "W1 (3, 2) and b1 (3,) must be (3, 2) and (3, 1)"),
        ({"W1": np.array([["a", "b"]] * 3)}, "W1 is not an array of numbers"),
        ({"W1": np.ones((3, 2)) + 1j}, "W1 is not an array of numbers"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_arrays_that_do_not_fit(tmp_path, weights, changed, reason):
    arrays = {
        name: each for name, each in (arrays_of(weights, tmp_path) | changed).items() if each is not None
    }
    np.savez(tmp_path / "w.npz", **arrays)
    assert refusal(tmp_path / "w.npz").startswith(f"w.npz does not hold weights that can be read: {reason}")


@pytest.mark.parametrize("dtype", [np.float32, np.int64, ">f8"])
def test_other_kinds_of_numbers_are_taken(tmp_path, weights, dtype):
    arrays = arrays_of(weights, tmp_path)
    arrays["W2"] = np.asfortranarray(np.array([[1, 2, 3]], dtype))
    np.savez(tmp_path / "w.npz", **arrays)
    loaded = load_weights(tmp_path / "w.npz").parameters[1].W
    assert loaded.dtype == np.float64
    assert loaded.tolist() == [[1.0, 2.0, 3.0]]


def test_a_single_array_under_the_name_of_an_archive(tmp_path):
    path = tmp_path / "w.npz"
    with path.open("wb") as file:
        np.save(file, np.ones((3, 2)))
    assert "it is not an .npz archive" in refusal(path)


def test_a_zip_of_something_else(tmp_path):
    path = tmp_path / "w.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
        archive.writestr("W1", "1.5")
    assert "the array meta is missing" in refusal(path)


def npy(header):
    """Return the bytes of a .npy file with this header and little after it."""
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + b"\0" * 64


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 1000)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000000000000000, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-3, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (",
        "{'descr': 'O', 'fortran_order': False, 'shape': (3, 2)}",
        "__import__('os').getcwd()",
        "",
    ],
    ids=[
        "8 petabytes",
        "beyond any number",
        "negative",
        "more than there is",
        "open",
        "objects",
        "code",
        "none",
    ],
)
def test_an_array_whose_header_lies(tmp_path, weights, header):
    save_weights(tmp_path / "good.npz", weights)
    path = tmp_path / "w.npz"
    with zipfile.ZipFile(tmp_path / "good.npz") as good, zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta.npy", good.read("meta.npy"))
        archive.writestr("W1.npy", npy(header))
    assert "does not hold weights that can be read: " in refusal(path)


def test_an_archive_with_a_password(tmp_path, weights):
    path = tmp_path / "w.npz"
    save_weights(path, weights)
    content = bytearray(path.read_bytes())
    # Bit 0 of the flags of each entry says that it is encrypted: here in the local header and in the directory.
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    path.write_bytes(content)
    assert "does not hold weights that can be read: " in refusal(path)


class Trap:
    """Creates a file when it is unpickled."""

    def __init__(self, marker):
        self.marker = str(marker)

    def __reduce__(self):
        return open, (self.marker, "w")


@pytest.mark.parametrize("place", ["W1", "b2", "meta", "extra"])
def test_a_pickle_inside_is_never_loaded(tmp_path, weights, place):
    marker = tmp_path / "sprung"
    arrays = arrays_of(weights, tmp_path)
    arrays[place] = np.array([[Trap(marker)]], dtype=object)
    np.savez(tmp_path / "w.npz", **arrays)
    assert "does not hold weights" in refusal(tmp_path / "w.npz")
    assert not marker.exists()
    # The trap is a real one.
    with np.load(tmp_path / "w.npz", allow_pickle=True) as archive:
        archive[place].item().close()
    assert marker.exists()


@ENDINGS
def test_a_bare_pickle_is_never_loaded(tmp_path, ending):
    marker = tmp_path / "sprung"
    path = tmp_path / f"w{ending}"
    path.write_bytes(pickle.dumps(Trap(marker)))
    assert "does not hold weights" in refusal(path)
    assert not marker.exists()
    pickle.loads(path.read_bytes()).close()
    assert marker.exists()
