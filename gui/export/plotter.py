"""Plots for the command line, where there is no window."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QApplication

from engine.data.dataset import Dataset
from engine.files.animation import Film
from engine.files.plots import PlotStyle
from engine.files.session import Session
from engine.training.commands import Frame
from engine.training.history import History
from engine.training.series import frames
from engine.training.state import State
from gui.document import USUAL_THRESHOLD
from gui.export.animation import make_animation
from gui.export.formats import FORMATS, save_picture
from gui.export.pictures import SIZES, VIEWS, Picture, delete
from gui.export.report import make_report, views_of
from gui.export.window_picture import WINDOW, WindowPicture
from gui.export.window_plot import window_picture
from gui.sessions.looks import chosen_in, let_look
from gui.theme import LIGHT, PICTURE_THEMES
from gui.views.cost import CostView
from gui.views.view import View

USUALLY = PlotStyle()


class OffscreenPlotter:
    """Draws plots for the command line."""

    moving: ClassVar = {name: view.title for name, view in VIEWS.items()}
    titles: ClassVar = {**moving, WINDOW: WindowPicture.title}
    themes = tuple(PICTURE_THEMES)

    def __init__(self, application: QApplication) -> None:
        """Keep the application alive, without which nothing can be drawn."""
        self._application = application
        self._session: Session | None = None

    def look_like(self, session: Session) -> None:
        """Let the plots from now on show what the views of a session showed."""
        self._session = session

    def endings(self, name: str) -> list[str]:
        """Return the endings of the files that a plot can be written to: the window has no table."""
        return [ending for ending, form in FORMATS.items() if form.draws or name != WINDOW]

    def why_empty(self, name: str, dataset: Dataset) -> str:
        """Say why a view has nothing to show of a data set; nothing where it has."""
        return "" if name == WINDOW else VIEWS[name].why_empty(dataset)

    def save(self, name: str, path: Path, frame: Frame, history: History, style: PlotStyle = USUALLY) -> None:
        """Draw the named view of the frame into a file, or write its data there. Raises FileError.

        The `history` ends there.
        """
        if name == WINDOW:
            session = Session(history.kept(frame.state.iteration))
            if self._session is not None:
                session = replace(self._session, run=session.run)
            with window_picture(session, style) as whole:
                save_picture(whole, path, style.scale)
            return
        size = SIZES[name] if style.size is None else QSizeF(*style.size)
        theme = PICTURE_THEMES[style.theme]
        with self._models([name], frame) as models:
            clear, captioned = style.transparent, style.captioned
            picture = Picture(name, frame, theme, models.get(name), size, clear, captioned)
            save_picture(picture, path, style.scale)

    def animate(self, path: Path, film: Film, history: History, show: Callable[[int, int], object]) -> None:
        """Draw the run as an animation. Raises FileError."""
        (final,) = frames(history, [history.last])
        with self._models([film.view], final) as models:
            make_animation(path, film, history, show, models.get(film.view))

    def report(self, path: Path, frame: Frame, begun: State | None) -> None:
        """Write a page about the run, whose last change on the way was at `begun`. Raises FileError."""
        with self._models(views_of(frame), frame) as models:
            look = {} if self._session is None else self._session.window
            threshold, _ = chosen_in(look, frame.experiment.problem.dataset)
            make_report(path, frame, models, threshold or USUAL_THRESHOLD, begun)

    @contextmanager
    def _models(self, names: Iterable[str], frame: Frame) -> Iterator[dict[str, View]]:
        """Give views that show what those of the session showed, as far as it tells."""
        models: dict[str, View] = {}
        try:
            if self._session is not None:
                told = self._session.window.get("views")
                known = told if isinstance(told, dict) else {}
                models = {name: _model(name, self._session, frame) for name in names if name in known}
            yield models
        finally:
            for view in models.values():
                delete(view)


def _model(name: str, session: Session, frame: Frame) -> View:
    """Return a view that shows a frame as it was shown in a session."""
    view = VIEWS[name](LIGHT, sharp=True)
    view.resize(SIZES[name])
    threshold, view.followed_id = chosen_in(session.window, frame.experiment.problem.dataset)
    view.threshold = threshold or view.threshold
    if isinstance(view, CostView):
        view.show_runs(session.compared)
    view.draw(frame)
    let_look(view, session.window, frame)
    return view
