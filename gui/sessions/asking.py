"""The questions of sessions: whether to save what would be lost, and whether to restore what was."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class Answer(Enum):
    """What is to become of changes that were not saved."""

    SAVE = "save"
    SAVE_AS = "save as"
    DISCARD = "discard"
    CANCEL = "cancel"


Ask = Callable[[str], Answer]
"""Given the name of a session with changes, returns what is to become of them."""


def discard(name: str) -> Answer:
    """Ask nobody: a window that a program drives must never wait for an answer."""
    return Answer.DISCARD


def replace_it(name: str) -> Answer:
    """Ask nobody, as above."""
    return Answer.SAVE


def asking_to_replace(window: QWidget) -> Ask:
    """Return a way to ask the person whether a file that another program has changed may be replaced."""

    def ask(name: str) -> Answer:
        box = question(window, "replaceQuestion", f"Replace {name}, which has changed?")
        box.setInformativeText(
            "Another program has written the file since it was opened or saved here. Save as keeps both."
        )
        replace = box.addButton("Replace", QMessageBox.ButtonRole.DestructiveRole)
        save_as = box.addButton("Save as…", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        for button, own in ((replace, "replaceButton"), (save_as, "replaceSaveAsButton")):
            button.setObjectName(own)
        box.setDefaultButton(save_as)
        box.exec()
        answers = ((replace, Answer.SAVE), (save_as, Answer.SAVE_AS))
        chosen = next((answer for button, answer in answers if button is box.clickedButton()), Answer.CANCEL)
        box.deleteLater()
        return chosen

    return ask


def asking(window: QWidget) -> Ask:
    """Return a way to ask the person before a window."""

    def ask(name: str) -> Answer:
        box = question(window, "unsavedQuestion", f"Save the changes in {name}?")
        box.setInformativeText("A session keeps the points, the settings, and the run with its way back.")
        buttons = {
            box.addButton(kind): answer
            for kind, answer in (
                (QMessageBox.StandardButton.Save, Answer.SAVE),
                (QMessageBox.StandardButton.Discard, Answer.DISCARD),
                (QMessageBox.StandardButton.Cancel, Answer.CANCEL),
            )
        }
        box.setDefaultButton(QMessageBox.StandardButton.Save)
        box.exec()
        chosen = next((answer for button, answer in buttons.items() if button is box.clickedButton()), None)
        box.deleteLater()
        return chosen or Answer.CANCEL

    return ask


def question(window: QWidget, name: str, words: str) -> QMessageBox:
    """Return a box that asks something, without its buttons."""
    box = QMessageBox(window)
    box.setObjectName(name)
    box.setWindowTitle("Descent Lab")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words)
    return box
