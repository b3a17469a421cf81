"""The tools beside the plot and in the menu: one action each, with its key."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from gui.theme import GRID, Theme, icon
from gui.views.boundary import BoundaryView
from gui.views.painting.painter import Painter
from gui.views.painting.tools import TOOLS

SIDE = 20  # pixels of an icon


@dataclass(frozen=True)
class Deed:
    """Something to do with a key, besides the tools."""

    name: str
    text: str
    keys: tuple[str, ...]
    help: str
    icon: str = ""
    """Without one it is in the menu alone."""
    checkable: bool = False
    repeats: bool = False
    separator: bool = False
    """Whether a line is drawn above it."""


DEEDS: tuple[Deed, ...] = (
    Deed("ClassFirst", "Class {0}", ("1",), "The left button paints {0}; selected points get it.", "class-first", checkable=True, separator=True),
    Deed("ClassSecond", "Class {1}", ("2",), "The left button paints {1}; selected points get it.", "class-second", checkable=True),
    Deed("SwapClasses", "Swap classes", ("X",), "Paint the other class; selected points get the other one.", "swap"),
    Deed("ForTest", "For the test", ("T",), "Painted points are always held out for the test; so are selected ones.", "for-test", checkable=True),
    Deed("Larger", "Larger brush", ("]",), "The wheel does so too.", repeats=True, separator=True),
    Deed("Smaller", "Smaller brush", ("[",), "The wheel does so too.", repeats=True),
    Deed("SelectAll", "Select all", ("Ctrl+A",), "Select every point.", separator=True),
    Deed("Duplicate", "Duplicate", ("Ctrl+D",), "Copy the selected points, a little aside."),
    Deed("DeletePoints", "Delete", ("Del", "Backspace"), "Remove the selected points, or the one under the mouse."),
)  # fmt: skip


class Strip(QWidget):
    """A column of buttons: the tools, the class, and the use of what is painted."""

    def __init__(self, painter: Painter, view: BoundaryView) -> None:
        super().__init__()
        self.setObjectName("toolStrip")
        self._painter = painter
        self._view = view
        self._actions: dict[str, QAction] = {}
        self._icons: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID, GRID // 2, 0, GRID // 2)
        self._column.setSpacing(2)
        tools, classes = QActionGroup(self), QActionGroup(self)
        for tool in TOOLS.values():
            action = self._add(
                f"Tool{tool.name}", tool.label, (tool.key,), tool.help, f"tool-{tool.name.lower()}"
            )
            action.setCheckable(True)
            tools.addAction(action)
            action.triggered.connect(lambda _=False, name=tool.name: painter.take(name))
        slots = self._slots
        for deed in DEEDS:
            if deed.separator and deed.icon:
                self._column.addSpacing(GRID)
            action = self._add(deed.name, deed.text, deed.keys, deed.help, deed.icon)
            action.setCheckable(deed.checkable)
            action.setAutoRepeat(deed.repeats)
            action.triggered.connect(slots[deed.name])
            if deed.name.startswith("Class"):
                classes.addAction(action)
        self._column.addStretch(1)
        painter.changed.connect(self.show_state)
        view.points_shown.connect(self._show_names)
        self.show_state()

    @property
    def _slots(self) -> dict[str, Callable[..., object]]:
        painter, deeds = self._painter, self._painter.deeds
        return {
            "ClassFirst": lambda: deeds.choose_class(0),
            "ClassSecond": lambda: deeds.choose_class(1),
            "SwapClasses": deeds.swap_classes,
            "ForTest": deeds.toggle_test,
            "Larger": lambda: painter.resize(+1),
            "Smaller": lambda: painter.resize(-1),
            "SelectAll": deeds.select_all,
            "Duplicate": deeds.duplicate,
            "DeletePoints": deeds.remove,
        }

    def fill(self, menu: QMenu) -> None:
        """Put all actions into a menu."""
        separated = {deed.name for deed in DEEDS if deed.separator}
        for name, action in self._actions.items():
            if name in separated:
                menu.addSeparator()
            menu.addAction(action)

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        colours = {"class-first": theme.class_lines[0], "class-second": theme.class_lines[1]}
        for name, drawing in self._icons.items():
            self._actions[name].setIcon(icon(drawing, colours.get(drawing, theme.text)))

    def show_state(self) -> None:
        """Show which tool, class and use are chosen."""
        canvas = self._painter.canvas
        self._actions[f"Tool{self._painter.tool.name}"].setChecked(True)
        self._actions["ClassSecond" if canvas.label else "ClassFirst"].setChecked(True)
        self._actions["ForTest"].setChecked(canvas.held)

    def _add(self, name: str, text: str, keys: tuple[str, ...], help: str, drawing: str) -> QAction:
        """Make an action whose keys work on the plot, and its button if it has an icon."""
        action = QAction(text, self)
        action.setObjectName(f"action{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(f"{text} ({keys[0]}). {help}")
        self._view.plot.addAction(action)
        self._actions[name] = action
        if drawing:
            self._icons[name] = drawing
            button = QToolButton()
            button.setObjectName(f"button{name}")
            button.setDefaultAction(action)
            button.setAccessibleName(text)
            button.setIconSize(QSize(SIDE, SIDE))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the keys of the plot go on after a click
            self._column.addWidget(button)
        return action

    def _show_names(self) -> None:
        """Name the classes as the points do."""
        if self._view.dataset is None:
            return
        names = self._view.dataset.class_names
        for deed in DEEDS[:2]:
            action, text = self._actions[deed.name], deed.text.format(*names)
            if action.text() != text:
                action.setText(text)
                action.setToolTip(f"{text} ({deed.keys[0]}). {deed.help.format(*names)}")
