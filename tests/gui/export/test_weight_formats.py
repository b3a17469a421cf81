"""Every format of weights is offered where they are saved, and only those that can be read where they are loaded."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from PySide6.QtWidgets import QFileDialog

from engine.files.weights import READABLE_FORMATS, WEIGHT_FORMATS
from engine.model.activations import sigmoid
from engine.model.network import logits
from tests.gui.driving import Lab


def said(lab: Lab, X: np.ndarray) -> np.ndarray:
    """Return the probabilities (m,) that the window tells of points X (n_x, m)."""
    frame = lab.frame
    problem = frame.experiment.problem
    return sigmoid(logits(frame.experiment.network, frame.state.parameters, problem.inputs(X)))[0]


def test_the_models_that_are_saved_say_what_the_window_says(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    X = trained.frame.experiment.problem.dataset.X
    for ending in (".onnx", ".py"):
        save_as(tmp_path / f"w{ending}")
        trained.action("ExportWeights").trigger()
        assert f"Weights of iteration 400 saved as w{ending}." in trained.status
    session = onnxruntime.InferenceSession(tmp_path / "w.onnx", providers=["CPUExecutionProvider"])
    (probability,) = session.run(None, {"x": X.T.copy()})
    assert np.abs(probability[:, 0] - said(trained, X)).max() < 1e-12
    scope: dict[str, object] = {"__name__": "weights"}
    exec((tmp_path / "w.py").read_text(encoding="utf-8"), scope)
    assert scope["predict_proba"](X.T).tobytes() == said(trained, X).tobytes()  # type: ignore[operator]


def test_the_dialogs_offer_what_can_be_written_and_what_can_be_read(
    trained: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    filters: list[str] = []

    def ask(*arguments: str) -> tuple[str, str]:
        filters.append(arguments[3])
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    trained.action("ExportWeights").trigger()
    trained.action("ImportWeights").trigger()
    saved, loaded = filters
    assert saved.split(";;") == [f"{each.label} (*{each.ending})" for each in WEIGHT_FORMATS.values()]
    assert loaded.split(";;")[0] == f"Weights ({' '.join(f'*{ending}' for ending in READABLE_FORMATS)})"
    assert "*.onnx" not in loaded and "*.py" not in loaded


def test_a_model_that_cannot_be_read_is_told_and_changes_nothing(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    save_as(tmp_path / "w.onnx")
    trained.action("ExportWeights").trigger()
    before = trained.frame.experiment
    open_as(tmp_path / "w.onnx")
    trained.action("ImportWeights").trigger()
    trained.settle()
    assert f"w.onnx must end in one of {', '.join(READABLE_FORMATS)}." in trained.status
    assert "saved as .onnx, but not loaded" in trained.status
    assert trained.frame.experiment is before
