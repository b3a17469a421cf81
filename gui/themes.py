"""The choice of a theme: light, dark, or as the desktop is, and kept for the next start."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QApplication

from gui import settings
from gui.theme import Theme, palette, stylesheet, theme_named

THEME_ACTIONS = {"system": "ThemeSystem", "light": "ThemeLight", "dark": "ThemeDark"}


class Themes(QObject):
    """Joins the actions, of which one is checked, and the desktop's own choice."""

    chosen = Signal(Theme)

    def __init__(self, actions: dict[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        group = QActionGroup(self)
        for name, action in THEME_ACTIONS.items():
            group.addAction(actions[action])
            actions[action].setChecked(settings.remembered_theme() == name)
            actions[action].triggered.connect(partial(self._choose, name))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _choose(self, name: str, _checked: bool = True) -> None:
        settings.remember_theme(name)
        self.chosen.emit(theme_named(name))

    def _follow_system(self) -> None:
        if settings.remembered_theme() == "system":
            self._choose("system")


def dress_application(theme: Theme) -> None:
    """Give the theme's colours to all that Qt draws by itself."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setPalette(palette(theme))
    application.setStyleSheet(stylesheet(theme))
