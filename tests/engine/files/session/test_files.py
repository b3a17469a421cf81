"""The file of a session: written whole or not at all, exact for all that points can be, and of every version."""

import codecs
import errno
import json
import math
import os
import pickle
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.data.dataset import Dataset, Lineage
from engine.files.atomic import FileError
from engine.files.session import VERSION, Session, load_session, read_session, save_session
from engine.files.session.places import Place, Wrong
from engine.files.session.versions import MIGRATIONS, migrated
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.history import History
from engine.training.spec import SETTINGS, Spec
from tests.engine.files.session.living import as_bytes, points, saved, step
from tests.engine.training.driver import driven


def session_of(experiment):
    """Return a session of an experiment before any iteration."""
    with closing(Descent(experiment)) as descent:
        state = descent.first_state()
    history = History(2**16)
    history.begin(experiment, state)
    history.append(state)
    return Session(history.kept(0))


def test_it_is_json_that_names_what_it_is(make_experiment):
    with driven(make_experiment(samples=12)) as driver:
        step(driver, 3)
        content = saved(driver, window={"layout": "é"})
    file = json.loads(content.decode("ascii"))
    assert (file["format"], file["version"]) == ("descent-lab/session", VERSION)
    assert set(file["spec"]) == set(SETTINGS)
    assert file["window"] == {"layout": "é"} and file["run"]["shown"] == 3
    X = file["arrays"][file["datasets"][0]["X"]]
    assert (X["dtype"], X["shape"]) == ("<f8", [2, 12])


def test_how_the_window_looks_never_keeps_it_from_being_saved(make_experiment):
    session = session_of(make_experiment(samples=12))
    odd = {"ranges": [[math.nan, 1.0], (math.inf, 2)], "é\ud83d": {"a": -math.inf}}
    again = read_session(as_bytes(replace(session, window=odd)))
    assert again.window == {"ranges": [[None, 1.0], [None, 2]], "é\ud83d": {"a": None}}


def test_the_same_array_is_written_once_and_read_once(make_experiment):
    session = session_of(make_experiment(samples=12))
    again = read_session(as_bytes(session))
    first = again.dataset.lineage
    assert again.dataset.X is first.X and again.dataset.Y is first.Y and again.dataset.held is first.held
    assert not again.dataset.painted
    assert len(json.loads(as_bytes(session))["arrays"]) < 14


NUMBERS = st.floats(-1e300, 1e300) | st.sampled_from([5e-324, -0.0, 1.7e308, 0.1, 1 / 3])
NAMES = st.text(min_size=1, max_size=20)


@given(data=st.data(), n_x=st.integers(1, 4), m=st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_all_that_points_can_be_comes_back_to_the_last_bit(data, n_x, m):
    X = data.draw(hnp.arrays(np.float64, (n_x, m), elements=NUMBERS))
    Y = data.draw(hnp.arrays(np.bool_, (1, m))).astype(np.float64)
    ids = data.draw(st.lists(st.integers(0, 500), min_size=m, max_size=m, unique=True))
    held = data.draw(hnp.arrays(np.bool_, m))
    loaded = data.draw(st.integers(0, 10))
    first = Lineage(np.ones((n_x, loaded)), np.zeros((1, loaded)), np.zeros(loaded, dtype=bool))
    dataset = Dataset(
        X,
        Y,
        np.array(ids, dtype=np.int64),
        data.draw(NAMES),
        feature_names=tuple(data.draw(NAMES) for _ in range(n_x)),
        class_names=(data.draw(NAMES), data.draw(NAMES)),
        label_name=data.draw(NAMES),
        same_units=data.draw(st.booleans()),
        labels=tuple(data.draw(st.lists(NAMES, max_size=3))),
        image_shape=(1, n_x) if data.draw(st.booleans()) else None,
        loaded=loaded,
        notes=tuple(data.draw(st.lists(NAMES, max_size=2))),
        held=held,
        lineage=first,
    )
    experiment = Experiment.of(Spec(data="a file.csv", standardize=False, test_fraction=0.3), dataset)
    again = read_session(as_bytes(session_of(experiment)))
    assert points(again.dataset) == points(dataset)
    assert np.array_equal(again.run.experiment.problem.test, experiment.problem.test)


def test_names_with_half_of_a_surrogate_pair_come_back(make_experiment):
    experiment = make_experiment(samples=12)
    dataset = replace(experiment.problem.dataset, title="\ud83d half", class_names=("<b>", "é\n\x00"))
    session = session_of(Experiment.of(experiment.spec, dataset))
    assert points(read_session(as_bytes(session)).dataset) == points(dataset)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("work.json", "work.json must end in .descent."),
        ("work", "work must end in .descent."),
        ("folder.descent", "folder.descent is a folder, not a file."),
        ("missing/work.descent", "work.descent could not be written: there is no folder {}/missing."),
    ],
)
def test_where_it_cannot_be_written_it_says_so(make_experiment, tmp_path, name, expected):
    (tmp_path / "folder.descent").mkdir()
    with pytest.raises(FileError) as refused:
        save_session(tmp_path / name, session_of(make_experiment(samples=12)))
    assert str(refused.value) == expected.format(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["folder.descent"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_failing_write_leaves_the_old_file(make_experiment, tmp_path, monkeypatch, number):
    path = tmp_path / "work.descent"
    save_session(path, session_of(make_experiment(samples=12)))
    before = path.read_bytes()

    def fail(descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileError, match=rf"^work.descent could not be written: {os.strerror(number)}\.$"):
        save_session(path, session_of(make_experiment(samples=20)))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["work.descent"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("work.json", "work.json must end in .descent."),
        ("missing.descent", "missing.descent could not be read: No such file or directory."),
        ("folder.descent", "folder.descent is a folder, not a file."),
    ],
)
def test_where_there_is_none_to_read_it_says_so(tmp_path, name, expected):
    (tmp_path / "folder.descent").mkdir()
    with pytest.raises(FileError) as refused:
        load_session(tmp_path / name)
    assert str(refused.value) == expected


def test_what_an_editor_has_put_before_it_is_passed_over(make_experiment):
    session = session_of(make_experiment(samples=12))
    again = read_session(codecs.BOM_UTF8 + as_bytes(session))
    assert points(again.dataset) == points(session.dataset)


def test_where_there_is_no_memory_to_read_it_says_so(tmp_path, monkeypatch):
    path = tmp_path / "work.descent"
    path.write_bytes(b"{}")

    def fail(path):
        raise MemoryError

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(FileError, match=r"^work.descent: there is not enough memory to read it\.$"):
        load_session(path)


class Trap:
    """What runs when it is read as a pickle."""

    def __reduce__(self):
        return os.abort, ()


def test_no_pickle_is_read(tmp_path):
    path = tmp_path / "trap.descent"
    path.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(FileError, match="it is no session"):
        load_session(path)


def test_an_older_version_goes_through_all_later_steps():
    done = []

    def to_2(file):
        done.append(1)
        return {**file, "colour": file["color"]}

    def to_3(file):
        done.append(2)
        return {**file, "colour": file["colour"].upper()}

    old = {"format": "descent-lab/session", "version": 1, "color": "blue"}
    found = migrated(Place(old), 3, {1: to_2, 2: to_3})
    assert found["colour"].text() == "BLUE" and done == [1, 2]
    assert (
        migrated(Place({**old, "version": 2, "colour": "red"}), 3, {1: to_2, 2: to_3})["colour"].text()
        == "RED"
    )


def test_an_older_version_that_is_damaged_is_refused():
    old = Place({"format": "descent-lab/session", "version": 1})
    with pytest.raises(Wrong, match="it is of version 1 and damaged"):
        migrated(old, 2, {1: lambda file: {**file, "colour": file["color"]}})


def test_there_is_a_step_from_every_version():
    assert sorted(MIGRATIONS) == list(range(1, VERSION))


def test_a_setting_that_came_later_is_at_its_default(make_experiment):
    file = json.loads(as_bytes(session_of(make_experiment(samples=12, learning_rate=0.3))))
    del file["spec"]["schedule"], file["spec"]["decay"]
    spec = read_session(json.dumps(file).encode()).spec
    assert (spec.schedule, spec.decay, spec.learning_rate) == (Spec().schedule, Spec().decay, 0.3)


def test_every_setting_comes_back(make_experiment):
    chosen = {
        "columns": ("a, b", "c"),
        "label": "é",
        "classes": ("setosa", "*"),
        "data": "/somewhere/a table.csv",
        "features": ("x1_squared",),
        "hidden": (3, 2),
        "activation": ("relu", "tanh"),
        "stop_cost": 1e-7,
        "stop_after": 10**6,
        "learning_rate": 1 / 3,
    }
    experiment = make_experiment(samples=12)
    session = session_of(Experiment.of(replace(experiment.spec, **chosen), experiment.problem.dataset))
    assert read_session(as_bytes(session)).spec == session.spec
