"""Wrong numbers, wrong files and diverging runs: one clear sentence, and the person's work stays."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.files.weights import Weights, save_weights
from engine.model.network import Parameters
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab

GOOD_ROWS = "1,2,a\n2,3,b\n3,1,a\n"


def is_a_sentence(text: str) -> bool:
    """Return whether a text is one sentence on one line, for people and not from Python."""
    return (
        text.endswith(".")
        and "\n" not in text
        and not any(word in text for word in ("Traceback", "Error", "Exception", "None", "errno", "np."))
    )


class Work:
    """What the person has when something wrong comes in."""

    def __init__(self, lab: Lab) -> None:
        lab.step(2)
        self._lab = lab
        self._before = self._now()
        self._weights = lab.weights

    def _now(self) -> tuple[object, ...]:
        lab = self._lab
        return lab.spec, lab.dataset, lab.iteration, lab.action("Undo").text()

    def is_untouched(self) -> bool:
        """Return whether all of it is still there, and no dialog is in the way."""
        self._lab.settle()
        return (
            self._now() == self._before
            and same_weights(self._lab.weights, self._weights)
            and not self._lab.dialogs()
        )

    def goes_on(self) -> bool:
        """Return whether training goes on from there."""
        self._lab.action("Step").trigger()
        self._lab.settle()
        return self._lab.iteration == 3


@pytest.fixture
def work(lab: Lab) -> Work:
    """The person's work, two iterations old."""
    return Work(lab)


OUT_OF_RANGE = (
    ("learningRateSpin", "1e9", ("Learning rate", "1e+09", "(0, 10]")),
    ("learningRateSpin", "0", ("Learning rate", " 0 ", "(0, 10]")),
    ("learningRateSpin", "-1", ("Learning rate", "-1", "(0, 10]")),
    ("learningRateSpin", "10.5", ("Learning rate", "10.5", "(0, 10]")),
    ("samplesSpin", "4000000000", ("Points", "4,000,000,000", "[4, 1,000,000]")),
    ("samplesSpin", "3", ("Points", " 3 ", "[4, 1,000,000]")),
    ("noiseSpin", "-0.1", ("Noise", "-0.1", "[0, 2]")),
    ("dataSeedSpin", "-1", ("Seed", "-1", "[0, 2,147,483,647]")),
    ("testFractionSpin", "0.95", ("Test share", "0.95", "[0, 0.9]")),
    ("initSeedSpin", "3000000000", ("Seed", "3,000,000,000", "[0, 2,147,483,647]")),
    ("hiddenLayersEdit", "x", ("Hidden layers", "'x'", "whole numbers")),
    ("hiddenLayersEdit", "0", ("Hidden layers", " 0 ", "[1, 1024]")),
    ("hiddenLayersEdit", "8,,4", ("Hidden layers", "'8,,4'", "whole numbers")),
    ("hiddenLayersEdit", "-3", ("Hidden layers", "-3", "[1, 1024]")),
    ("hiddenLayersEdit", "2.5", ("Hidden layers", "'2.5'", "whole numbers")),
    ("hiddenLayersEdit", "", ("Hidden layers", "''", "whole numbers")),
    ("hiddenLayersEdit", "4000000000", ("Hidden layers", "4000000000", "[1, 1024]")),
)


def test_a_value_out_of_range_is_refused_with_its_range(
    lab: Lab, work: Work, subtests: pytest.Subtests
) -> None:
    for name, typed, words in OUT_OF_RANGE:
        with subtests.test(name=name, typed=typed):
            before = lab.text_of(name)
            for _ in ("once", "and once more"):
                lab.fill(name, typed)
                assert lab.text_of(name) == before
                assert is_a_sentence(lab.status)
                assert all(word in lab.status for word in words), lab.status
                assert lab.find("statusMessage").styleSheet(), "it looks like the others"
                lab.find("statusMessage").setText("")  # type: ignore[attr-defined]
            assert work.is_untouched()
    assert work.goes_on()


NO_NUMBERS = (
    ("learningRateSpin", "abc"),
    ("learningRateSpin", "0,3"),
    ("learningRateSpin", "1e999"),
    ("learningRateSpin", "nan"),
    ("learningRateSpin", ""),
    ("samplesSpin", "many"),
    ("samplesSpin", "40.5"),
)


def test_what_is_not_a_number_is_refused_and_told(lab: Lab, work: Work, subtests: pytest.Subtests) -> None:
    for name, typed in NO_NUMBERS:
        with subtests.test(name=name, typed=typed):
            before = lab.text_of(name)
            lab.find("statusMessage").setText("")  # type: ignore[attr-defined]
            lab.fill(name, typed)
            assert lab.text_of(name) == before
            assert is_a_sentence(lab.status), "the person wonders where the typed text went"
            assert work.is_untouched()
    assert work.goes_on()


def test_a_refused_value_during_a_run_lets_the_run_go_on(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(20)
    reached = lab.iteration
    lab.fill("learningRateSpin", "1e9")
    assert "1e+09" in lab.status
    lab.settle()
    assert lab.is_running and lab.iteration >= reached
    assert lab.frame.experiment.spec.learning_rate == 0.5


def test_space_after_a_wrong_text_runs_and_still_says_what_was_wrong(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "8,,4", confirm=False)
    lab.run()
    lab.wait_for_iterations(1)
    assert "8,,4" in lab.status
    assert lab.sizes == "2-4-1"


TABLES = {
    "empty": ("", ["empty"]),
    "header alone": ("x,y,label\n", ["no points"]),
    "one class": ("x,y,label\n1,2,a\n2,3,a\n", ["label", "'a'", "two"]),
    "infinity": (GOOD_ROWS + "4,inf,b\n", ["line 4", "column 2", "inf"]),
    "text in a number": ("x,y,label\n" + GOOD_ROWS + "4,four,b\n", ["line 5", "column y", "'four'"]),
    "one column": ("1\n3\n", ["1", "label"]),
    "a missing cell": (GOOD_ROWS + "4,4\n", ["line 4", "2"]),
    "binary": ("\0\1\2\3" * 40, ["zero byte"]),
}


def test_a_wrong_table_is_refused_by_name_and_place(
    lab: Lab, work: Work, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    for name, (text, words) in TABLES.items():
        with subtests.test(name):
            path = tmp_path / f"{name.replace(' ', '-')}.csv"
            path.write_text(text)
            lab.drop(path, lab.window)
            assert lab.status.startswith(path.name)
            assert is_a_sentence(lab.status)
            assert all(word in lab.status for word in words), lab.status
            assert work.is_untouched()
    assert work.goes_on()


def test_files_that_are_no_tables_are_refused_by_name(
    lab: Lab, work: Work, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    picture, binary, folder = (tmp_path / name for name in ("photo.png", "binary.csv", "folder.csv"))
    picture.write_bytes(b"\x89PNG")
    binary.write_bytes(b"a,b,k\n1,2,\x81\n")
    folder.mkdir()
    for path in (picture, binary, folder, tmp_path / "missing.csv"):
        with subtests.test(path.name):
            lab.drop(path, lab.window)
            assert path.name in lab.status
            assert is_a_sentence(lab.status)
            assert work.is_untouched()
    assert work.goes_on()


def test_a_wrong_table_that_is_read_beside_the_window_is_refused_too(
    lab: Lab, work: Work, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    path.write_text("x,y,label\n" + GOOD_ROWS * 30_000 + "1,two,b\n")
    assert path.stat().st_size > 256 * 1024
    lab.drop(path, lab.window)
    lab.wait(lambda: "'two'" in lab.status)
    assert "large.csv" in lab.status and "line 90002" in lab.status
    assert work.is_untouched()
    assert work.goes_on()


def three_inputs(good: Weights) -> Weights:
    """Return weights for a table with three columns."""
    network = replace(good.network, sizes=(3, 4, 1))
    first, second = good.parameters
    return replace(
        good,
        network=network,
        parameters=Parameters.of(network, [first._replace(W=np.zeros((4, 3))), second]),
        standardization=replace(good.standardization, mean=np.zeros((3, 1)), scale=np.ones((3, 1))),
    )


def put(layer: int, name: str, value: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return a change of a JSON file's content: another value in a layer."""

    def change(content: dict[str, Any]) -> dict[str, Any]:
        content["layers"][layer][name] = value
        return content

    return change


ROW = [[1.0, 1.0]] * 3
SPOILT_BYTES: dict[str, Callable[[bytes], bytes]] = {
    "truncated.npz": lambda content: content[:300],
    "garbage.npz": lambda content: bytes(range(256)) * 4,
    "empty.npz": lambda content: b"",
    "half.json": lambda content: content[:200],
}
SPOILT_JSON: dict[str, Callable[[dict[str, Any]], object]] = {
    "foreign.json": lambda content: {"format": "something else"},
    "list.json": lambda content: [1, 2],
    "future.json": lambda content: {**content, "version": 99},
    "not-finite.json": put(0, "W", [*ROW, [1.0, float("nan")]]),
    "ragged.json": put(0, "W", [*ROW, [1.0]]),
    "words.json": put(0, "W", [*ROW, [1.0, "one"]]),
    "shape.json": put(1, "W", [[1.0, 2.0]]),
    "unknown.json": put(0, "activation", "cosine"),
    "huge.json": put(0, "W", [*ROW, [1.0, 10**400]]),
}


def test_wrong_weights_are_refused_by_name(
    lab: Lab, work: Work, tmp_path: Path, open_as: Callable[[object], None], subtests: pytest.Subtests
) -> None:
    good = Weights.of(lab.frame.experiment, lab.frame.state)
    for name in [*SPOILT_BYTES, *SPOILT_JSON]:
        save_weights(tmp_path / name, good)
    for name, spoil in SPOILT_BYTES.items():
        (tmp_path / name).write_bytes(spoil((tmp_path / name).read_bytes()))
    for name, change in SPOILT_JSON.items():
        (tmp_path / name).write_text(json.dumps(change(json.loads((tmp_path / name).read_text()))))
    save_weights(tmp_path / "three-inputs.npz", three_inputs(good))
    np.savez(tmp_path / "bare-arrays.npz", W1=np.zeros((1, 2)), b1=np.zeros((1, 1)))
    (tmp_path / "weights.txt").write_text("1 2 3")
    others = ["three-inputs.npz", "bare-arrays.npz", "weights.txt", "missing.npz"]
    for name in [*others, *SPOILT_BYTES, *SPOILT_JSON]:
        with subtests.test(name):
            open_as(tmp_path / name)
            lab.action("ImportWeights").trigger()
            assert name in lab.status
            assert is_a_sentence(lab.status)
            assert work.is_untouched()
    assert work.goes_on()


def test_a_picture_or_weights_that_cannot_be_written_are_told(
    lab: Lab, work: Work, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    weights = lab.action("ExportWeights").trigger
    for save, name in ((lab.save_picture, "plot.png"), (weights, "w.npz"), (weights, "w.json")):
        save_as(tmp_path / "no such folder" / name)
        save()
        assert name in lab.status and "could not be written" in lab.status
        assert is_a_sentence(lab.status)
        if save is weights:
            assert lab.close_unsaved() == lab.status
    assert work.is_untouched()
    assert work.goes_on()


@pytest.mark.parametrize("exponent", [60, 200])
def test_a_run_that_diverges_pauses_and_says_why(lab: Lab, tmp_path: Path, exponent: int) -> None:
    path = tmp_path / "enormous.csv"
    places = np.random.default_rng(0).normal(size=(40, 2))
    rows = [f"{a:.3f}e{exponent},{b:.3f}e{exponent},{'ab'[i % 2]}" for i, (a, b) in enumerate(places)]
    path.write_text("\n".join(rows) + "\n")
    lab.drop(path, lab.window)
    standardize = lab.find("standardizeCheck")
    standardize.click()  # type: ignore[attr-defined]
    lab.choose("activationCombo", "relu")
    lab.settle()
    lab.run()
    lab.wait(lambda: not lab.is_running)
    lab.settle()
    assert "finite" in lab.status and "tandardize" in lab.status, "what went wrong, and what to try"
    assert lab.status.endswith(".")
    for layer in lab.weights:
        assert np.isfinite(layer.W).all() and np.isfinite(layer.b).all()
    stopped = lab.iteration
    lab.step()
    assert lab.iteration == stopped, "no step leads on from here"
    assert "finite" in lab.status
    standardize.click()  # type: ignore[attr-defined]
    lab.settle()
    lab.run()
    lab.wait_for_iterations(10)


def test_a_run_that_diverges_under_way_keeps_the_last_good_weights(lab: Lab) -> None:
    lab.find("standardizeCheck").click()  # type: ignore[attr-defined]
    lab.choose("datasetCombo", "breast_cancer")
    lab.choose("activationCombo", "relu")
    lab.fill("hiddenLayersEdit", "64,64,64")
    lab.fill("learningRateSpin", "10")
    lab.settle()
    lab.run()
    lab.wait(lambda: not lab.is_running or lab.iteration > 300)
    assert all(np.isfinite(layer.W).all() for layer in lab.weights)
    assert np.isfinite(lab.value("trainCost"))
