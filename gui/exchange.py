"""What comes in from files and goes out to them: data, pictures and weights, with the dialogs that ask where."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.data.tables import READERS
from engine.files.atomic import FileError
from engine.files.points import DATA_FORMATS, save_data
from engine.files.session import ENDING
from engine.files.weights import READABLE_FORMATS, WEIGHT_FORMATS, Weights, load_weights, save_weights
from engine.files.weights.comparison import comparison, consequence
from engine.training.settings import SettingError
from gui import settings
from gui.dialogs.weights_preview import WeightsPreview
from gui.document import Document
from gui.export.dialog import ExportDialog
from gui.export.formats import FORMATS, PictureFormat, save_picture
from gui.export.pictures import Drawable, Picture, image_of
from gui.playback import Playback
from gui.theme import theme_named
from gui.views.view import View

IS_ENDING = re.compile(r"\.[^\W\d_]\w*")


class Exchange(QObject):
    """Opens and saves, and tells how it went."""

    told = Signal(str)
    warned = Signal(str)
    unsaved = Signal(str)
    """Why something could not be saved, in a sentence."""
    session_chosen = Signal(Path)
    """A file that was opened, dropped or pasted is a session."""

    def __init__(
        self, window: QWidget, document: Document, playback: Playback, views: Mapping[str, View]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._playback = playback
        self._views = views
        self.session: Path | None = None
        """The file of the session, which gives what is saved of it the beginning of its name, and its folder."""

    def open_data(self) -> None:
        """Ask for a table and read it."""
        path = self.ask_which("Open data", "Tables", READERS)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Read a table, or open a session."""
        if path.suffix.lower() == ENDING:
            self.session_chosen.emit(path)
            return
        settings.remember_folder(str(path.resolve().parent))
        if path.is_file():
            settings.remember_recent_file(str(path.resolve()))
        self._document.open_file(path)

    def paste(self) -> None:
        """Read the clipboard: cells of a spreadsheet, or a copied file."""
        data = QGuiApplication.clipboard().mimeData()
        path = one_file(data)
        if path is not None:
            self.open_file(path)
        elif data.text().strip():
            self._document.paste(data.text())
        else:
            self.warned.emit("The clipboard holds no table; copy some cells of a spreadsheet first.")

    def save_data(self) -> None:
        """Ask where, and save the points as they are."""
        formats = {each.ending: each.label for each in DATA_FORMATS.values()}
        path = self.ask_where("Save points", "points.csv", formats)
        if path is None:
            return
        dataset = self._document.dataset
        try:
            hint = save_data(path, dataset)
        except FileError as error:
            self.unsaved.emit(str(error))
        else:
            self.told.emit(f"{dataset.m:,} points saved as {path.name}.{hint}")

    def save_picture(self, view: View) -> None:
        """Ask how, with a preview, and save a view as it stands."""
        if self._is_empty(view):
            return
        dialog = ExportDialog(self._window, self._views, self._playback.frame, view.name)
        dialog.save_wanted.connect(partial(self._save_plot, dialog))
        dialog.copy_wanted.connect(partial(self._copy_plot, dialog))
        dialog.open()

    def copy_picture(self, view: View) -> None:
        """Put a view as it stands on the clipboard."""
        if not self._is_empty(view):
            self._copy_plot(None, self._picture(view), FORMATS[".png"], settings.remembered_picture_scale())

    def save_plot_data(self, view: View) -> None:
        """Ask where, and save what a view shows as a table."""
        if not self._is_empty(view):
            self._save_plot(None, self._picture(view), FORMATS[".csv"], 1.0)

    def _is_empty(self, view: View) -> bool:
        """Return whether a view has nothing to show of the points, and say why."""
        why = view.why_empty(self._playback.frame.experiment.problem.dataset)
        if why:
            self.warned.emit(why)
        return bool(why)

    def _save_plot(
        self, dialog: ExportDialog | None, picture: Drawable, form: PictureFormat, scale: float
    ) -> None:
        labels = {each.ending: each.label for each in (form, *FORMATS.values())}
        path = self.ask_where("Save picture", f"{picture.name}{form.ending}", labels)
        if path is None:
            return
        try:
            with self._playback.drawing():
                save_picture(picture, path, scale)
        except FileError as error:
            (self.unsaved if dialog is None else self.warned).emit(str(error))
            if dialog is not None:
                dialog.refuse(str(error))
            return
        form = FORMATS[path.suffix.lower()]
        size = f", {scale:g}× the size on the screen" if form.has_pixels else ""
        self.told.emit(f"{picture.title} saved as {path.name}{size}.")
        if dialog is not None:
            dialog.tell(f"Saved as {path.name} in {path.resolve().parent}.")

    def _copy_plot(
        self, dialog: ExportDialog | None, picture: Drawable, form: PictureFormat, scale: float
    ) -> None:
        try:
            if form.draws:
                QGuiApplication.clipboard().setImage(image_of(picture, scale))
            else:
                QGuiApplication.clipboard().setText(form.write(picture, scale).decode())
        except FileError as error:
            self.warned.emit(str(error))
            if dialog is not None:
                dialog.refuse(str(error))
            return
        told = f"{picture.title} copied as a {'picture' if form.draws else 'table'}."
        self.told.emit(told)
        if dialog is not None:
            dialog.tell(told)

    def save_weights(self) -> None:
        """Ask where, and save the weights of the moment shown."""
        formats = {each.ending: each.label for each in WEIGHT_FORMATS.values()}
        path = self.ask_where("Save weights", "weights.npz", formats)
        if path is None:
            return
        frame = self._playback.frame
        try:
            save_weights(path, Weights.of(frame.experiment, frame.state))
        except FileError as error:
            self.unsaved.emit(str(error))
        else:
            self.told.emit(f"Weights of iteration {frame.state.iteration:,} saved as {path.name}.")

    def load_weights(self) -> None:
        """Ask for a file and start from its weights."""
        path = self.ask_which("Load weights", "Weights", READABLE_FORMATS)
        if path is None:
            return
        settings.remember_folder(str(path.resolve().parent))
        try:
            weights = load_weights(path)
        except FileError as error:
            self.warned.emit(str(error))
        else:
            self._ask_about(weights, path.name)

    def _ask_about(self, weights: Weights, name: str) -> None:
        """Show what the weights will change, and use them if they are wanted."""
        frame, n_x = self._playback.frame, self._document.dataset.X.shape[0]
        if weights.n_x != n_x:
            self.warned.emit(f"{name} takes {weights.n_x} inputs, and the data has {n_x}.")
            return
        try:
            rows = comparison(weights, frame, self._document.spec, self._document.dataset)
        except SettingError as error:
            self.warned.emit(f"{name} cannot be used here: {error}")
            return
        note = weights.note_for(self._document.dataset.feature_names)
        theme, meant = theme_named(settings.remembered_theme()), consequence(frame.last)
        preview = WeightsPreview(self._window, name, weights.trained, note, meant, rows, theme)
        preview.accepted.connect(lambda: self._use(weights, name))
        preview.open()

    def _use(self, weights: Weights, name: str) -> None:
        if self._document.change(**weights.settings):
            self._playback.use_weights(weights)
            note = weights.note_for(self._document.dataset.feature_names)
            tell = self.warned if note else self.told
            tell.emit(f"Starting from the weights in {name}: {weights.network.description}. {note}".rstrip())

    def _picture(self, view: View) -> Picture:
        return Picture(view.name, self._playback.frame, view.theme, view)

    def _may_replace(self, path: Path) -> bool:
        answer = QMessageBox.question(self._window, "Descent Lab", f"{path.name} exists already. Replace it?")
        return answer == QMessageBox.StandardButton.Yes

    def ask_which(self, title: str, kind: str, endings: Iterable[str]) -> Path | None:
        """Ask for a file of a kind, and return it."""
        wanted = " ".join(f"*{ending}" for ending in endings)
        folder = _folder_used_last()
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, title, folder, f"{kind} ({wanted});;All files (*)"
        )
        return Path(chosen) if chosen else None

    def ask_where(self, title: str, name: str, formats: dict[str, str]) -> Path | None:
        """Return where to save something of the session: beside it and by its name, where it has one."""
        own = self.session
        return self.ask_path(title, name if own is None else f"{own.stem}-{name}", formats)

    def ask_path(self, title: str, name: str, formats: dict[str, str]) -> Path | None:
        """Return where to save; a name without an ending gets that of the kind picked in the dialog.

        What follows a dot in `rate 0.05` or `1. try` is no ending.
        """
        folder = _folder_used_last() if self.session is None else str(self.session.parent)
        start = str(Path(folder) / name)
        filters = {f"{label} (*{ending})": ending for ending, label in formats.items()}
        chosen, picked = QFileDialog.getSaveFileName(self._window, title, start, ";;".join(filters))
        if not chosen:
            return None
        path = Path(chosen)
        if not IS_ENDING.fullmatch(path.suffix):
            path = path.with_name(path.name + filters.get(picked, next(iter(formats))))
            if path.exists() and not self._may_replace(
                path
            ):  # the dialog asked about the name without ending
                return None
        settings.remember_folder(str(path.resolve().parent))
        return path


def _folder_used_last() -> str:
    """Return the folder of the last file, at first that of the person's documents."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return settings.remembered_folder() or QStandardPaths.writableLocation(documents)


def one_file(data: QMimeData) -> Path | None:
    """Return the file that was copied or dragged, where it is one and no more."""
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None
