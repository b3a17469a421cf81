"""A weight file that cannot be written leaves what was there."""

import pytest

from engine.files.atomic import FileError
from engine.files.weights import save_weights
from tests.engine.files.weights.checking import ENDINGS


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
    with pytest.raises(FileError, match="there is no folder "):
        save_weights(tmp_path / "missing" / f"w{ending}", weights)
