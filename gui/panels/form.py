"""The panel on the left, made from the spec's own settings.

It knows a setting by name only where one depends on another.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.model.activations import ACTIVATIONS
from engine.training.settings import Choice, Choices, Name, Names, Setting, Sizes, Switch
from engine.training.spec import SETTINGS, Spec
from gui import settings
from gui.document import Document
from gui.panels import editors
from gui.panels.editors import ChoiceEditor, PairEditor
from gui.panels.group import Group, label_of, style
from gui.panels.keys import keep_keys
from gui.panels.source_editor import SourceEditor
from gui.theme import GRID, Theme

WIDTH = 280  # pixels
EDITORS: dict[type[Setting], Callable[..., QWidget]] = {**editors.EDITORS, Name: SourceEditor}


class Form(QScrollArea):
    """A group for each kind of choice, one row for each setting."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._editors: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._each: list[tuple[QLabel, ChoiceEditor]] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        panel = QWidget()
        panel.setObjectName("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # so that nothing moves
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        column.setSpacing(2 * GRID)
        self._groups: dict[str, Group] = {}
        for name, setting in SETTINGS.items():
            if setting.control:
                if setting.group not in self._groups:
                    self._groups[setting.group] = self._add_group(column, setting.group)
                self._add_row(self._groups[setting.group], name)
        self.open_button, self.clear_button = QPushButton("Open file…"), QPushButton("Clear")
        self.add_button = QPushButton("Add…")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.open_button, self.add_button, self.clear_button):
            keep_keys(button, Qt.Key.Key_Space)
            button.setSizePolicy(
                QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
            )  # equal parts of the width
            buttons.addWidget(button)
        self._groups["Data"].add_layout(buttons)
        column.addStretch(1)
        self.setWidget(panel)
        document.changed.connect(self.show_spec)
        document.refused.connect(self.show_spec)
        self.show_spec()

    def show_spec(self, *_: object) -> None:
        """Show the document's spec in every control."""
        spec = self._document.spec
        for name, editor in self._editors.items():
            editor.show_value(getattr(spec, name))  # type: ignore[attr-defined]
            useful = SETTINGS[name].useful(spec)
            for each in filter(None, (editor, self._labels.get(name))):
                each.setEnabled(useful)
                each.setVisible(useful or not SETTINGS[name].vanishes)
        self._offer_labels()
        self._show_each_layer(spec)

    def _offer_labels(self) -> None:
        """Offer the data's labels where there are more than two."""
        dataset = self._document.dataset
        for name, editor in self._editors.items():
            if isinstance(editor, PairEditor):
                editor.offer(dataset.labels, dataset.chosen_labels)
                for each in (editor, self._labels[name]):
                    each.setVisible(bool(dataset.labels))

    def use(self, actions: dict[str, QAction]) -> None:
        """Let the buttons do what these actions do."""
        for name, button in (
            ("OpenData", self.open_button),
            ("AddGenerated", self.add_button),
            ("Clear", self.clear_button),
        ):
            button.clicked.connect(actions[name].trigger)
            button.setToolTip(actions[name].toolTip())

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for editor in self._editors.values():
            if isinstance(editor, SourceEditor):
                editor.apply_theme(theme)

    def _add_group(self, column: QVBoxLayout, title: str) -> Group:
        group = Group(title, settings.is_folded(title))
        group.folded.connect(settings.remember_folded)
        # Once it has its height: what was unfolded is to be seen.
        group.folded.connect(
            lambda *_: QTimer.singleShot(0, group, lambda: self.ensureWidgetVisible(group, 0, 0))
        )
        column.addWidget(group)
        return group

    def _add_row(self, group: Group, name: str) -> None:
        setting = SETTINGS[name]
        editor = EDITORS[type(setting)](setting)
        editor.setObjectName(setting.control)
        editor.setAccessibleName(setting.label)
        editor.setToolTip(setting.help)
        label = None
        if isinstance(setting, Switch):
            editor.setText(setting.label)  # type: ignore[attr-defined]
        else:
            label = self._labels[name] = label_of(setting, editor)
        group.add_row(label, editor)
        if isinstance(setting, Choices):
            self._layers = QGridLayout()
            style(self._layers)
            group.add_layout(self._layers)
        editor.chosen.connect(lambda value: self._choose(name, value))  # type: ignore[attr-defined]
        self._editors[name] = editor

    def _choose(self, name: str, value: object) -> None:
        setting = SETTINGS[name]
        if isinstance(setting, Sizes | Names) and isinstance(value, str):
            self._document.change_text(name, value)
        elif name == "data" and value not in setting.registry:  # type: ignore[attr-defined]
            self._document.open_again()  # the file's own entry
        else:
            self._document.change(**{name: value})

    def _show_each_layer(self, spec: Spec) -> None:
        """With several hidden layers, show a row for each layer's own activation."""
        count = len(spec.hidden) if spec.model == "network" and len(spec.hidden) > 1 else 0
        while len(self._each) < count:
            self._add_layer_row(len(self._each))
        names = spec.activation * (count if len(spec.activation) == 1 else 1)
        for depth, (label, editor) in enumerate(self._each):
            label.setVisible(depth < count)
            editor.setVisible(depth < count)
            if depth < count:
                editor.show_value(names[depth])

    def _add_layer_row(self, depth: int) -> None:
        help = f"The activation of hidden layer {depth + 1}."
        editor = ChoiceEditor(Choice(label="", help="", group="", registry=ACTIVATIONS))
        editor.setObjectName(f"layerActivationCombo{depth + 1}")
        editor.setAccessibleName(f"Activation of layer {depth + 1}")
        editor.setToolTip(help)
        label = QLabel(f"  layer {depth + 1}")
        label.setObjectName("formLabel")
        self._layers.addWidget(label, depth, 0)
        self._layers.addWidget(editor, depth, 1)
        editor.chosen.connect(lambda name: self._choose_for_layer(depth, name))
        self._each.append((label, editor))

    def _choose_for_layer(self, depth: int, name: str) -> None:
        spec = self._document.spec
        names = list(spec.activation * (len(spec.hidden) if len(spec.activation) == 1 else 1))
        names[depth] = name
        self._document.change(activation=tuple(names) if len(set(names)) > 1 else (name,))
