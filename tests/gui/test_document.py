"""The document: every change goes through it, and every change can be taken back."""

import subprocess
import sys

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from engine.data.dataset import Dataset
from engine.data.editing import Remove
from engine.data.editing.regions import in_ellipse
from engine.training.spec import Spec
from gui.change import Change
from gui.document import Document
from tests.gui.comparing import same_points
from tests.gui.driving import ROOT

unit = st.floats(-1.5, 1.5, allow_nan=False)
edits = st.one_of(
    st.tuples(st.just("paint"), st.integers(1, 5), st.integers(0, 1), st.integers(0, 9999)),
    st.tuples(st.just("erase"), unit, unit, st.floats(0.01, 0.8)),
    st.tuples(st.just("clear")),
    st.tuples(st.just("gesture")),
    st.tuples(st.just("noise"), st.sampled_from([0.0, 0.05, 0.3])),
    st.tuples(st.just("hidden"), st.sampled_from([(3,), (8, 4), (2, 2, 2)])),
    st.tuples(st.just("learning_rate"), st.sampled_from([0.1, 0.5, 2.0])),
    st.tuples(st.just("data"), st.sampled_from(["circles", "xor", "moons"])),
)
State = tuple[Spec, Dataset]


def small() -> Document:
    return Document(Spec(samples=20))


def do(document: Document, edit: tuple) -> None:  # type: ignore[type-arg]
    """Make one of the random edits."""
    match edit:
        case ("paint", count, label, seed):
            document.paint(np.random.default_rng(seed).uniform(-1, 1, (2, count)), label)
        case ("erase", x, y, radius):
            under = in_ellipse(document.dataset.X, (x, y), (radius, radius))
            document.edit(Remove(np.flatnonzero(under)), "Erase")
        case ("clear",):
            document.clear()
        case ("gesture",):
            document.end_gesture()
        case (name, value):
            document.change(**{name: value})


def state(document: Document) -> State:
    return document.spec, document.dataset


def same(one: State, other: State) -> bool:
    return one[0] == other[0] and same_points(one[1], other[1]) and one[1].title == other[1].title


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits, max_size=14))
def test_undo_then_redo_is_the_identity_whatever_was_done(qapp: object, session: list) -> None:  # type: ignore[type-arg]
    document = small()
    stack = document.undo_stack
    first = state(document)
    after: dict[int, State] = {0: first}
    for edit in session:
        do(document, edit)
        after[stack.index()] = state(document)
    last = state(document)
    while stack.canUndo():
        document.undo()
        assert same(state(document), after[stack.index()])
    assert same(state(document), first)
    while stack.canRedo():
        document.redo()
        assert same(state(document), after[stack.index()])
    assert same(state(document), last)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits, min_size=1, max_size=8), st.integers(1, 6))
def test_an_edit_after_undo_forgets_what_was_undone(qapp: object, session: list, back: int) -> None:  # type: ignore[type-arg]
    document = small()
    for edit in session:
        do(document, edit)
    for _ in range(back):
        document.undo()
    before = state(document)
    document.end_gesture()
    document.paint(np.zeros((2, 1)), 0)
    assert not document.undo_stack.canRedo()
    document.undo()
    assert same(state(document), before)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits, max_size=12))
def test_ids_stay_unique_and_points_finite(qapp: object, session: list) -> None:  # type: ignore[type-arg]
    document = small()
    for edit in session:
        do(document, edit)
        dataset = document.dataset
        assert np.unique(dataset.ids).size == dataset.m
        assert np.isfinite(dataset.X).all()
        assert np.isin(dataset.Y, (0.0, 1.0)).all()


def test_one_gesture_is_one_step_and_two_are_two(qapp: object) -> None:
    document = small()
    document.end_gesture()
    for _ in range(5):
        document.paint(np.ones((2, 2)), 1)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Paint 10 points, class B"
    document.end_gesture()
    document.paint(np.ones((2, 1)), 1)
    assert document.undo_stack.count() == 2


def test_quick_changes_of_one_setting_are_one_step(qapp: object) -> None:
    document = small()
    for noise in (0.12, 0.14, 0.16):
        document.change(noise=noise)
    assert document.undo_stack.count() == 1
    document.undo()
    assert document.spec.noise == 0.1


def test_the_text_of_a_merged_step_tells_its_outcome(qapp: object) -> None:
    document = small()
    document.change(data="circles")
    document.change(data="xor")
    assert document.undo_stack.undoText() == "Open XOR"


def test_a_change_to_the_same_value_is_none(qapp: object, qtbot: QtBot) -> None:
    document = small()
    with qtbot.assertNotEmitted(document.changed):
        assert document.change(noise=0.1, hidden=(4,))
    assert document.undo_stack.count() == 0


def test_a_refused_change_changes_nothing_and_names_the_label(qapp: object, qtbot: QtBot) -> None:
    document = small()
    before = state(document)
    with qtbot.waitSignal(document.refused) as refused, qtbot.assertNotEmitted(document.changed):
        assert not document.change(learning_rate=-1.0)
    assert refused.args[0].startswith("Learning rate α -1 is outside (0, 10]")
    assert same(state(document), before)


def test_changed_tells_what_was_changed(qapp: object, qtbot: QtBot) -> None:
    document = small()
    changes: list[Change] = []
    document.changed.connect(changes.append)
    document.change(learning_rate=0.25)
    document.change(data="xor")
    document.paint(np.zeros((2, 1)), 0)
    document.undo()
    names = [sorted(change.settings) for change in changes]
    assert names == [["learning_rate"], ["data"], [], []]
    assert [change.replaced for change in changes] == [False, True, False, False]
    assert [change.edited for change in changes] == [False, False, True, True]


TOO_MANY = """
import gc
import numpy as np
import engine.data.dataset
from engine.training.spec import Spec
from gui.app import create_application
from gui.document import Document
engine.data.dataset.MAX_POINTS = 21
application = create_application(["test"])
document = Document(Spec(samples=20))
document.refused.connect(print)
for _ in range(3):
    document.paint(np.zeros((2, 1)), 0)
    document.end_gesture()
    gc.collect()
print(document.undo_stack.count(), document.dataset.m)
document.undo()
print(document.dataset.m)
"""


def test_more_points_than_can_be_used_are_refused_and_leave_no_step_to_undo() -> None:
    """In a process of its own: what raises inside a step of Qt's undo stack has crashed it."""
    done = subprocess.run(
        [sys.executable, "-c", TOO_MANY], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    *refused, steps, after = done.stdout.splitlines() or ["", "", ""]
    assert done.returncode == 0
    assert len(refused) == 2 and all("at most 21" in each for each in refused)
    assert (steps, after) == ("1 21", "20")


def test_a_document_without_any_window_reads_a_file(qapp: object, penguins: object) -> None:
    document = small()
    document.open_file(penguins)  # type: ignore[arg-type]
    assert document.dataset.title == "penguins"
    assert document.spec.data == str(penguins)


def test_a_weight_set_between_two_strokes_keeps_them_apart(qapp: object) -> None:
    document = Document()
    before = document.dataset.m
    document.paint(np.zeros((2, 1)), 0)
    document.set_weight(np.zeros(3), 0, 1.0, "W1[1,1]")
    document.paint(np.ones((2, 1)), 0)
    assert document.undo_stack.count() == 3
    document.undo()
    assert document.dataset.m == before + 1
    document.undo()
    document.undo()
    assert document.dataset.m == before
