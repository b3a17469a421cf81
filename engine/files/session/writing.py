"""Writing a session: its records as JSON, and every array once at the end."""

import json
import math
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from engine.data.dataset import Dataset, Lineage
from engine.files.atomic import FileError, write_atomically
from engine.files.session.arrays import ArrayWriter
from engine.files.session.record import Session
from engine.files.session.versions import ENDING, FORMAT, VERSION
from engine.model.standardization import Standardization
from engine.training.comparison import KeptRun
from engine.training.kept import Checkpoint, Kept, Segment
from engine.training.spec import Spec

ROWS = 2**16  # of the curve, about 5 MB
CHECKPOINTS = 64
ROOM = 8 * 2**20  # bytes of all checkpoints, and of the trail


def save_session(path: Path, session: Session) -> None:
    """Write a session, which may take a while. Raises FileError, and leaves what was there, when that cannot be done."""
    if path.suffix.lower() != ENDING:
        raise FileError(f"{path.name} must end in {ENDING}.")
    if path.is_dir():
        raise FileError(f"{path.name} is a folder, not a file.")
    write_atomically(path, lambda file: write_session(file, session))


def write_session(file: BinaryIO, session: Session) -> None:
    """Write a session into a file that is open."""
    described = _Description(session)
    text = json.dumps(described.fields, allow_nan=False, indent=1)
    file.write(text.encode("ascii").rstrip().removesuffix(b"}").rstrip())
    file.write(b',\n "arrays": ')
    described.arrays.write(file)
    file.write(b"\n}\n")


class _Description:
    """A session as an object for JSON, in which arrays, data sets and their origins are named by their places."""

    def __init__(self, session: Session) -> None:
        self.arrays = ArrayWriter()
        self._datasets: dict[int, int] = {}
        self._described: list[dict[str, Any]] = []
        self._lineages: dict[int, int] = {}
        self._origins: list[dict[str, Any]] = []
        run = session.run.thinned(ROWS, CHECKPOINTS, ROOM)
        known = [each for each in run.segments if each.experiment is not None]
        self._spec = session.spec
        self.fields: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "made_by": {"descent-lab": "0.1.0", "numpy": np.__version__, "python": platform.python_version()},
            "spec": asdict(session.spec),
            "run": {
                "shown": run.shown,
                "segments": [self._segment(each) for each in known],
                "checkpoints": [self._checkpoint(run, each) for each in run.checkpoints],
                "curve": {"stride": run.stride, "columns": self.arrays.place(run.curve.columns)},
                "trail": self._trail(run),
                "marks": [each._asdict() for each in run.marks],
            },
            "start": None,
            "compared": [self._compared(each) for each in session.compared],
            "origins": self._origins,
            "datasets": self._described,
            "window": _finite(session.window),
        }
        if session.start is not None:
            self.fields["start"] = {
                "weights": self.arrays.place(session.start.parameters.vector),
                **self._standardization(session.start.standardization),
            }

    def _segment(self, segment: Segment) -> dict[str, Any]:
        experiment = segment.experiment
        assert experiment is not None
        problem, scale = experiment.problem, experiment.scale
        return {
            "first": segment.first,
            "dataset": self._dataset(problem.dataset),
            "settings": _differing(experiment.spec, self._spec),
            "start": self.arrays.place(experiment.start.vector),
            **self._standardization(problem.standardization),
            "scale": None if scale is None else self._standardization(scale),
        }

    def _checkpoint(self, run: Kept, checkpoint: Checkpoint) -> dict[str, Any]:
        vectors = np.frombuffer(checkpoint.vectors, run.experiment.problem.X.dtype)
        rows = vectors.reshape(-1, run.experiment.network.parameter_count)
        weights = {"iteration": checkpoint.iteration, "made": checkpoint.made}
        return {**weights, "weights": self.arrays.place(rows[0]), "memory": self.arrays.place(rows[1:])}

    def _trail(self, run: Kept) -> dict[str, Any]:
        return {
            "stride": run.trail_stride,
            "iterations": [each.iteration for each in run.trail],
            "weights": self.arrays.place(np.stack([each.parameters.vector for each in run.trail])),
            "gradients": self.arrays.place(np.stack([each.gradient.vector for each in run.trail])),
        }

    def _compared(self, run: KeptRun) -> dict[str, Any]:
        return {
            "settings": _differing(run.setup.spec, self._spec),
            "dataset": self._dataset(run.setup.dataset),
            "start": self.arrays.place(run.start.vector),
            "curve": self.arrays.place(run.curve.columns),
            "last": run.last,
            "scores": self.arrays.place(np.array(run.scores, np.float64)),
            "changed": run.changed,
        }

    def _standardization(self, standardization: Standardization) -> dict[str, int]:
        return {
            "mean": self.arrays.place(standardization.mean),
            "deviation": self.arrays.place(standardization.scale),
        }

    def _dataset(self, dataset: Dataset) -> int:
        if id(dataset) not in self._datasets:
            self._datasets[id(dataset)] = len(self._datasets)
            named = ("title", "feature_names", "class_names", "label_name", "same_units", "labels")
            more = ("chosen_labels", "image_shape", "loaded", "notes")
            origin = self._origin(dataset.lineage)
            facts = {name: getattr(dataset, name) for name in (*named, *more)}
            ids = self.arrays.place(dataset.ids)
            self._described.append({**facts, "origin": origin, **self._points(dataset), "ids": ids})
        return self._datasets[id(dataset)]

    def _origin(self, lineage: Lineage) -> int:
        if id(lineage) not in self._lineages:
            self._lineages[id(lineage)] = len(self._lineages)
            self._origins.append(self._points(lineage))
        return self._lineages[id(lineage)]

    def _points(self, points: Dataset | Lineage) -> dict[str, int]:
        """Name the arrays of points; a label needs no more than a byte."""
        return {
            "X": self.arrays.place(points.X),
            "Y": self.arrays.place(points.Y, "|u1"),
            "held": self.arrays.place(points.held),
        }


def _finite(value: Any) -> Any:
    """Return a JSON value without numbers that JSON does not have: how a window looks is no reason to save nothing."""
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _differing(spec: Spec, newest: Spec) -> dict[str, Any]:
    """Return the settings that were others than in the end."""
    return {name: value for name, value in asdict(spec).items() if value != getattr(newest, name)}
