"""The questions of sessions: whether to save what would be lost, and whether to restore what was."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class Answer(Enum):
    """What is to become of changes that were not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


Ask = Callable[[str], Answer]
"""Given the name of a session with changes, returns what is to become of them."""


def discard(name: str) -> Answer:
    """Ask nobody: a window that a program drives must never wait for an answer."""
    return Answer.DISCARD


def asking(window: QWidget) -> Ask:
    """Return a way to ask the person before a window."""

    def ask(name: str) -> Answer:
        box = QMessageBox(window)
        box.setObjectName("unsavedQuestion")
        box.setWindowTitle("Descent Lab")
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Save the changes in {name}?")
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
