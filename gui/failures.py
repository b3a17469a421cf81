"""What happens when something could not be saved, or goes wrong anywhere: it is shown calmly, and the window goes on."""

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget


def show_unsaved(window: QWidget, sentence: str) -> None:
    """Show why something was not saved, which nobody should miss. The window does not wait for an answer."""
    box = QMessageBox(
        QMessageBox.Icon.Warning, "Descent Lab", sentence, QMessageBox.StandardButton.Ok, window
    )
    box.setObjectName("unsavedBox")
    box.setTextFormat(Qt.TextFormat.PlainText)  # files may be called anything
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


class Failures(QObject):
    """Catches exceptions of every thread and shows them in a dialog, one at a time."""

    happened = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialog: QMessageBox | None = None
        self.happened.connect(self._show)

    def install(self) -> None:
        """Take over Python's hooks for exceptions that nobody caught."""
        sys.excepthook = self._caught
        threading.excepthook = lambda hook: self._caught(
            hook.exc_type, hook.exc_value or hook.exc_type(), hook.exc_traceback
        )

    def uninstall(self) -> None:
        """Give Python's own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, failure: BaseException) -> None:
        """Show an exception. May be called from any thread."""
        self._caught(type(failure), failure, failure.__traceback__)

    def _caught(self, kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        reason = f"{kind.__name__}: {failure}"
        self.happened.emit(reason, "".join(traceback.format_exception(kind, failure, trace)))

    def _show(self, reason: str, details: str) -> None:
        if self._dialog is not None:
            return  # one calm message is enough
        parent = self.parent()
        self._dialog = QMessageBox(
            QMessageBox.Icon.Warning,
            "Descent Lab",
            "Something unexpected went wrong. Your data and weights are still here, and you can go on.",
            QMessageBox.StandardButton.Ok,
            parent if isinstance(parent, QWidget) else None,
        )
        self._dialog.setInformativeText(reason)
        self._dialog.setDetailedText(details)
        self._dialog.setModal(False)
        self._dialog.finished.connect(self._closed)
        self._dialog.show()

    def _closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
