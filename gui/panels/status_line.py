"""The sentence at the bottom of the window: what was just done, or a warning that must not be missed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.theme import GRID, Theme


class StatusLine(QLabel):
    """The newest sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("statusMessage")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(2 * GRID, 0, 0, GRID // 2)
        self._theme = theme
        self.warning = ""
        """The sentence that is shown, where it warns; else empty."""

    def tell(self, message: str) -> None:
        """Say something that is well."""
        self.warning = ""
        self.setStyleSheet("")
        self.setText(message)

    def warn(self, message: str) -> None:
        """Say something that is not, in another colour."""
        self.warning = message
        self.setStyleSheet(f"color: {self._theme.warning}; font-weight: 600;")
        self.setText(message)

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        if self.warning:
            self.warn(self.warning)
