"""The table of actions."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from gui.actions import ACTIONS, MENUS
from gui.theme import ASSETS
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, SHIFT


def keys() -> dict[str, QKeySequence]:
    """Return the key of each action that has one; a standard key may be none on this system."""
    made = {}
    for row in ACTIONS:
        for count, key in enumerate(row.key if isinstance(row.key, tuple) else (row.key,)):
            if key is not None:
                made[row.name + "+" * count] = QKeySequence(key)
    return {name: key for name, key in made.items() if not key.isEmpty()}


def test_no_two_actions_share_a_key(qapp: object) -> None:
    for (one, key), (other, same) in itertools.combinations(keys().items(), 2):
        assert key.matches(same) == QKeySequence.SequenceMatch.NoMatch, f"{one} and {other}"


def test_the_keys_of_the_issue(qapp: object) -> None:
    assert {name: keys()[name].toString() for name in ("Run", "Step", "StepMany", "Reset")} == {
        "Run": "Space",
        "Step": "Right",
        "StepMany": "Shift+Right",
        "Reset": "R",
    }


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.name)
def test_each_row_is_whole(row: object) -> None:
    assert row.menu in MENUS  # type: ignore[attr-defined]
    assert row.text and row.text[0].isupper()  # type: ignore[attr-defined]
    assert row.help.endswith(".") and row.help[0].isupper()  # type: ignore[attr-defined]
    assert not row.help.count("\n")  # type: ignore[attr-defined]


def test_names_and_texts_differ() -> None:
    assert len({row.name for row in ACTIONS}) == len({row.text for row in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize("name", sorted({row.icon for row in ACTIONS if row.icon} | {"pause"}))
def test_each_icon_is_there_and_takes_the_themes_colour(name: str) -> None:
    drawing = (ASSETS / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert drawing.lstrip().startswith(("<svg", "<?xml"))
    assert "#000000" in drawing, "the colour that the theme puts its own in place of"


def test_the_table_stands_in_the_menus_in_its_order() -> None:
    menus = [menu for menu, _ in itertools.groupby(row.menu for row in ACTIONS)]
    assert menus == [menu for menu in MENUS if menu != "Paint"], "the painting tools fill that one"


def test_redo_answers_both_keys(lab: Lab) -> None:
    for key, modifiers in ((Qt.Key.Key_Y, CONTROL), (Qt.Key.Key_Z, CONTROL | SHIFT)):
        lab.window.document.change(hidden=(7,))
        lab.action("Undo").trigger()
        lab.settle()
        assert lab.spec.hidden == (4,)
        lab.press(key, modifiers)
        lab.settle()
        assert lab.spec.hidden == (7,)
        lab.action("Undo").trigger()
