"""The name that the dialog gives: its ending, none at all, and a file that is there already."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.export.images import PLOTS


def test_a_name_without_an_ending_gets_one(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    save_as(tmp_path / "plot")
    trained.save_picture()
    assert (tmp_path / "plot.png").exists()
    save_as(tmp_path / "weights", "JSON text (*.json)")
    trained.action("ExportWeights").trigger()
    assert json.loads((tmp_path / "weights.json").read_text())["format"] == "descent-lab/weights"


@pytest.mark.parametrize("name", ["rate 0.05", "1. try", "run 0.5 ä", "v2."])
def test_what_follows_a_dot_in_a_name_need_not_be_an_ending(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], name: str
) -> None:
    save_as(tmp_path / name, "JSON text (*.json)")
    trained.action("ExportWeights").trigger()
    assert json.loads((tmp_path / f"{name}.json").read_text())["format"] == "descent-lab/weights"
    save_as(tmp_path / name)
    trained.action("SaveSession").trigger()
    trained.wait((tmp_path / f"{name}.descent").exists)


def test_a_wrong_ending_is_told_and_writes_nothing(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    save_as(tmp_path / "plot.jpg")
    trained.save_picture()
    assert "plot.jpg" in trained.status and ".png" in trained.status
    save_as(tmp_path / "weights.txt")
    trained.action("ExportWeights").trigger()
    assert "weights.txt" in trained.status and ".npz" in trained.status
    assert trained.close_unsaved() == trained.status
    save_as(tmp_path / "session.txt")
    trained.action("SaveSession").trigger()
    assert trained.close_unsaved() == trained.status == "session.txt must end in .descent."
    assert not list(tmp_path.glob("*.*"))


def test_cancelled_dialogs_change_nothing(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    save_as(None)
    open_as(None)
    spec, dataset, weights, status = trained.spec, trained.dataset, trained.weights, trained.status
    for name in ("OpenData", "ImportWeights", "ExportWeights"):
        trained.action(name).trigger()
        trained.settle()
    trained.save_picture()
    for plot in PLOTS:
        trained.save_picture(plot)
    assert (trained.spec, trained.dataset, trained.status) == (spec, dataset, status)
    assert same_weights(trained.weights, weights)
    assert trained.iteration == 400
    assert not list(tmp_path.glob("*.*"))


def test_a_file_is_replaced_whole_or_not_at_all(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.npz"
    path.write_bytes(b"precious")
    save_as(path)

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full_disk)
    trained.action("ExportWeights").trigger()
    assert "w.npz" in trained.status and "No space left" in trained.status
    assert path.read_bytes() == b"precious"
    assert [each.name for each in tmp_path.glob("*.*")] == ["w.npz"]
