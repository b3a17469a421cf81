"""The menu behind the small button above each plot: save it or copy it, as a picture or as its data."""

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from engine.files.plots import SCALES
from gui import settings
from gui.views.view import View

Act = Callable[[View], object]


def add_picture_menu(view: View, save: Act, copy: Act, save_data: Act) -> None:
    """Give a view's button its menu."""
    button = view.picture_button
    menu = QMenu(button)
    menu.addAction("Save picture…", lambda: save(view))
    menu.addAction("Copy picture", lambda: copy(view))
    menu.addAction("Save data of this plot…", lambda: save_data(view))
    menu.addSeparator()
    sizes = QActionGroup(menu)
    for scale in SCALES:
        action = menu.addAction(f"{scale}× the size on the screen")
        action.setCheckable(True)
        action.setData(scale)
        action.triggered.connect(lambda _=False, scale=scale: settings.remember_picture_scale(scale))
        sizes.addAction(action)
    menu.aboutToShow.connect(
        lambda: sizes.actions()[settings.remembered_picture_scale() - 1].setChecked(True)
    )
    button.setMenu(menu)
    button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)
