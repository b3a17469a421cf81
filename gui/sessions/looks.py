"""How the window looks: what the views show, and where they stand."""

import base64
import binascii
import zlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QByteArray

from engine.data.dataset import Dataset
from engine.training.commands import Frame
from gui.docks import Docks
from gui.document import Document
from gui.views import switches
from gui.views.cost import CostView
from gui.views.view import View

LARGEST = 2**20  # bytes that say where the docks stand; usually there are about a thousand


class Looks:
    """Reads how the views of a window look as JSON, and lets them look so again."""

    def __init__(self, document: Document, views: Mapping[str, View], docks: Docks) -> None:
        self._document = document
        self._views = views
        self._docks = docks

    @property
    def cost(self) -> CostView:
        """The view that holds the runs to compare with."""
        return next(view for view in self._views.values() if isinstance(view, CostView))

    def look(self) -> dict[str, Any]:
        """Return how everything looks."""
        layout = zlib.compress(self._docks.state().data())  # with a sum that tells whether it was damaged
        return {
            "views": {name: view.look() for name, view in self._views.items()},
            "threshold": self._document.threshold,
            "followed": self._document.followed_id,
            "layout": base64.b64encode(layout).decode("ascii"),
        }

    def switches(self) -> dict[str, Any]:
        """Return what the switches above each view are set to: how a person likes to look, at whatever there is."""
        return {name: switches.settings_of(view.header) for name, view in self._views.items()}

    def take_switches(self, chosen: Mapping[str, Any]) -> None:
        """Set the switches so, as far as they are there already and can be."""
        for name, view in self._views.items():
            wanted = chosen.get(name)
            if isinstance(wanted, dict):
                switches.take_settings(view.header, wanted)

    def take_look(self, look: Mapping[str, Any], frame: Frame) -> None:
        """Look so again, as far as there still is what was looked at, on a frame of the run that is shown."""
        layout = look.get("layout")
        if isinstance(layout, str):
            # Where the docks stand is no reason to refuse a session.
            with suppress(binascii.Error, zlib.error, ValueError):
                self._docks.take_state(QByteArray(_unpacked(base64.b64decode(layout))))
        threshold, followed = chosen_in(look, self._document.dataset)
        if threshold is not None:
            self._document.set_threshold(threshold)
        if followed is not None:
            self._document.follow(followed)
        for view in self._views.values():
            let_look(view, look, frame)


def chosen_in(look: Mapping[str, Any], dataset: Dataset) -> tuple[float | None, int | None]:
    """Return the threshold and the id of the point that is followed, each where it can be."""
    threshold, followed = look.get("threshold"), look.get("followed")
    is_threshold = isinstance(threshold, float) and 0.0 < threshold < 1.0
    is_followed = type(followed) is int and followed in dataset.ids.tolist()
    return threshold if is_threshold else None, followed if is_followed else None


def let_look(view: View, look: Mapping[str, Any], frame: Frame) -> None:
    """Let a view show what it showed, on a frame of the run."""
    views = look.get("views")
    wanted = views.get(view.name) if isinstance(views, dict) else None
    if isinstance(wanted, dict) and wanted != view.look():
        view.draw(frame)  # it may offer only now what is to be chosen
        view.take_look(wanted)


def _unpacked(data: bytes) -> bytes:
    """Return what was compressed, if it is no more than can be meant. ValueError and zlib.error for anything else."""
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(data, LARGEST)
    if not unpacking.eof:
        raise ValueError("it is cut off, or far too large")
    return unpacked
