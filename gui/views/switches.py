"""What the switches around a view are set to, by their object names: so that a file can keep it and bring it back."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QDoubleSpinBox,
    QSpinBox,
    QWidget,
)

Switch = QComboBox | QAbstractButton | QAbstractSlider | QSpinBox | QDoubleSpinBox | QAction
FARTHEST = 1e300  # beyond, a plot cannot show anything
KINDS = (QComboBox, QAbstractButton, QAbstractSlider, QSpinBox, QDoubleSpinBox)


def settings_of(part: QWidget) -> dict[str, Any]:
    """Return what every switch in a part of the window, and in the menus of its buttons, is set to."""
    return {name: _setting(switch) for name, switch in _switches(part).items()}


def take_settings(part: QWidget, settings: Mapping[str, Any]) -> None:
    """Set the switches that there are to the settings that they can have; all others are left alone."""
    for name, switch in _switches(part).items():
        if name in settings and settings[name] != _setting(switch):
            _set(switch, settings[name])


def _switches(part: QWidget) -> dict[str, Switch]:
    widgets: list[Any] = [each for each in part.findChildren(QWidget) if isinstance(each, KINDS)]
    found = {}
    for each in (*widgets, *part.findChildren(QAction)):
        switchable = each.isCheckable() if isinstance(each, QAbstractButton | QAction) else True
        if switchable and each.objectName() and not each.objectName().startswith("qt_"):
            found[each.objectName()] = each
    return found


def _setting(switch: Switch) -> Any:
    if isinstance(switch, QComboBox):
        return _item(switch, switch.currentIndex())
    return switch.isChecked() if isinstance(switch, QAbstractButton | QAction) else switch.value()


def _item(combo: QComboBox, index: int) -> Any:
    """Return what an item stands for: the data that it carries, or else its words."""
    data = combo.itemData(index)
    return data if isinstance(data, str | int) else combo.itemText(index)


def _set(switch: Switch, value: Any) -> None:
    if isinstance(switch, QComboBox):
        for index in range(switch.count()):
            item = _item(switch, index)
            if type(item) is type(value) and item == value:
                switch.setCurrentIndex(index)
                switch.activated.emit(index)  # as a person's choice does
                return
    elif isinstance(switch, QAbstractButton | QAction):
        if isinstance(value, bool):
            switch.setChecked(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        low, high = switch.minimum(), switch.maximum()
        if low <= value <= high:
            switch.setValue(value if isinstance(switch, QDoubleSpinBox) else int(value))  # type: ignore[arg-type]


def numbers_in(value: Any, count: int) -> list[float] | None:
    """Return a list of so many finite numbers from JSON; None where it is something else."""
    if not isinstance(value, list) or len(value) != count:
        return None
    if not all(isinstance(each, int | float) and abs(each) < FARTHEST for each in value):
        return None
    return [float(each) for each in value]


def ranges_in(value: Any) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the parts of two axes from JSON; None where it is something else."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    x_range, y_range = (numbers_in(each, 2) for each in value)
    if x_range is None or y_range is None or x_range[0] >= x_range[1] or y_range[0] >= y_range[1]:
        return None
    return (x_range[0], x_range[1]), (y_range[0], y_range[1])
