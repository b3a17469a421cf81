"""The window that asks how a table is meant, and the hands and eyes of the person before it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListWidget, QPushButton, QWidget

from gui.dialogs.preview import Preview
from gui.views.dots import Dots
from gui.views.view import Key
from tests.gui.driving import Lab
from tests.gui.plots import LEFT

BIRDS = """id,species,island,bill,depth,flipper
1,Adelie,Dream,39,18,181
2,Gentoo,Biscoe,47,14,211
3,Chinstrap,Dream,46,17,192
4,Adelie,Dream,NA,19,190
5,Gentoo,Biscoe,50,15,220
6,Chinstrap,Dream,49,19,195
"""


class Options:
    """The window, and the hands and eyes of the person before it."""

    def __init__(self, lab: Lab) -> None:
        self.dialog = lab.options()
        self.lab = lab
        self.inputs = self.find(QListWidget, "importInputs")
        self.settle()

    def find(self, kind: type, name: str) -> QWidget:
        """Return the one control of that name."""
        (found,) = self.dialog.findChildren(kind, name)
        return found

    def settle(self) -> None:
        """Let what was chosen be shown."""
        QApplication.processEvents()
        QApplication.processEvents()

    def choose(self, name: str, data: str) -> None:
        """Choose an item of a box, as a click in its list does."""
        combo = self.find(QComboBox, name)
        assert combo.findData(data) >= 0, f"{name} offers no {data}"
        combo.setCurrentIndex(combo.findData(data))
        combo.activated.emit(combo.currentIndex())
        self.settle()

    def chosen(self, name: str) -> str:
        """Return what a box shows."""
        return self.find(QComboBox, name).currentData()

    def tick(self, name: str) -> None:
        """Click the small box of an input."""
        (item,) = self.inputs.findItems(name, Qt.MatchFlag.MatchExactly)
        area = self.inputs.visualItemRect(item)
        QTest.mouseClick(self.inputs.viewport(), LEFT, pos=QPoint(area.left() + 10, area.center().y()))
        self.settle()

    @property
    def ticked(self) -> list[str]:
        """The inputs that are chosen."""
        items = [self.inputs.item(row) for row in range(self.inputs.count())]
        return [
            item.text()
            for item in items
            if not item.isHidden() and item.checkState() == Qt.CheckState.Checked
        ]

    @property
    def problem(self) -> str:
        """The sentence that says what is wrong."""
        return self.find(QLabel, "importProblem").text()

    @property
    def summary(self) -> str:
        """The sentence that says what comes of it."""
        return self.find(QLabel, "importSummary").text()

    @property
    def drawn(self) -> list[int]:
        """How many points of each class the preview shows."""
        (preview,) = self.dialog.findChildren(Preview)
        (dots,) = [item for item in preview.plot.scene().items() if isinstance(item, Dots)]
        return [len(x) for x, _ in dots.places] if dots.isVisible() else []

    @property
    def legend(self) -> list[str]:
        """The words above the preview."""
        (preview,) = self.dialog.findChildren(Preview)
        (key,) = [item for item in preview.plot.scene().items() if isinstance(item, Key)]
        return [name for _, name in key._entries]

    @property
    def ok(self) -> QPushButton:
        """The button that takes the points."""
        return self.find(QPushButton, "importOk")
