"""The run in a session: its parts, its checkpoints, its curve and its trail, all checked against one another."""

from itertools import pairwise

import numpy as np

from engine.data.dataset import Dataset
from engine.files.session.arrays import ArrayReader
from engine.files.session.places import Place, Wrong
from engine.files.session.settings import read_spec
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from engine.training.changes import Mark, Setup
from engine.training.comparison import KeptRun
from engine.training.experiment import Experiment, Problem, Start
from engine.training.kept import COLUMNS, Checkpoint, Curve, Kept, Segment
from engine.training.optimizers import OPTIMIZERS
from engine.training.settings import SettingError
from engine.training.spec import SETTINGS, Spec
from engine.training.state import Scores
from engine.training.trail import Moment

FLOATS = "<f8 <f4"
MOST = 10_000  # entries of a list


class RunReader:
    """Reads a run whose newest settings are `spec`. All its methods raise Wrong."""

    def __init__(self, spec: Spec, datasets: list[Dataset], arrays: ArrayReader) -> None:
        self._spec = spec
        self._datasets = datasets
        self._arrays = arrays
        self._dtype = np.dtype(spec.dtype).newbyteorder("<").str
        self._problems: dict[tuple[object, ...], Problem] = {}
        self._standardizations: dict[tuple[int, int], Standardization] = {}
        self._network = Network((1, 1))

    def run(self, file: Place) -> Kept:
        """Return the run."""
        parts = file["segments"].items(MOST)
        if not parts:
            raise Wrong(f"{file['segments']} is empty")
        self._network = _network(self._spec, self._dataset(parts[-1]["dataset"]), "spec")
        segments = [self._segment(each) for each in parts]
        _ascend(file["segments"], [each.first for each in segments])
        if segments[-1].experiment.spec != self._spec:  # type: ignore[union-attr]
            raise Wrong(f"{parts[-1]['settings']} of the newest part must be empty")
        first_known = segments[0].first
        if first_known > 0:
            segments.insert(0, Segment(0, None))
        checkpoints = self._checkpoints(file["checkpoints"], segments)
        last = checkpoints[-1].iteration
        return Kept(
            tuple(segments),
            checkpoints,
            *self._curve(file["curve"], last),
            *self._trail(file["trail"], segments, last),
            tuple(
                Mark(each["iteration"].whole(0, last), each["words"].text())
                for each in file["marks"].items(MOST)
            ),
            shown=file["shown"].whole(first_known, last),
        )

    def start(self, file: Place) -> Start | None:
        """Return the first weights that were chosen; to be read after the run."""
        if file.is_null:
            return None
        weights = self._arrays.array(file["weights"], FLOATS, self._network.parameter_count)
        return Start(self._network, Parameters(self._network, weights), self._standardization(file))

    def compared(self, file: Place) -> tuple[KeptRun, ...]:
        """Return the runs that were kept to be compared."""
        return tuple(self._compared(each) for each in file.items(MOST))

    def _compared(self, file: Place) -> KeptRun:
        spec = read_spec(file["settings"], self._spec)
        dataset = self._dataset(file["dataset"])
        network = _network(spec, dataset, file["settings"])
        start = self._arrays.array(file["start"], FLOATS, network.parameter_count)
        last = file["last"].whole(0)
        scores = self._arrays.array(file["scores"], "<f8", len(Scores._fields)).tolist()
        return KeptRun(
            Setup(spec, dataset),
            Parameters(network, start),
            self._rows(file["curve"], last),
            last,
            Scores(*scores),
            file["changed"].flag(),
        )

    def _dataset(self, file: Place) -> Dataset:
        return self._datasets[file.whole(0, len(self._datasets) - 1)]

    def _segment(self, file: Place) -> Segment:
        spec = read_spec(file["settings"], self._spec)
        for name, setting in SETTINGS.items():
            if setting.restarts and getattr(spec, name) != getattr(self._spec, name):
                raise Wrong(f"{file['settings']}.{name} is no setting that can be changed in mid run")
        dataset = self._dataset(file["dataset"])
        if dataset.X.shape[0] != self._n_x:
            raise Wrong(
                f"{file['dataset']} has {dataset.X.shape[0]:,} features, and {self._n_x:,} are needed"
            )
        standardization = self._standardization(file)
        split = (spec.test_fraction, spec.split_seed)
        key = (id(dataset), id(standardization), *split)
        if key not in self._problems:
            self._problems[key] = Problem.of(spec, dataset, standardization)
        start = self._arrays.array(file["start"], FLOATS, self._network.parameter_count)
        scale = None if file["scale"].is_null else self._standardization(file["scale"])
        experiment = Experiment(
            self._network, self._problems[key], Parameters(self._network, start), spec, scale
        )
        return Segment(file["first"].whole(0), experiment)

    @property
    def _n_x(self) -> int:
        return self._network.sizes[0] - len(self._spec.features)

    def _standardization(self, file: Place) -> Standardization:
        mean, scale = (self._arrays.array(file[name], "<f8", self._n_x, 1) for name in ("mean", "deviation"))
        if not np.isfinite(mean).all():
            raise Wrong(f"{file['mean']} has a number that is not finite")
        if not (scale > 0).all():
            raise Wrong(f"{file['deviation']} has a number that is not positive")
        return self._standardizations.setdefault((id(mean), id(scale)), Standardization(mean, scale))

    def _checkpoints(self, file: Place, segments: list[Segment]) -> tuple[Checkpoint, ...]:
        places = file.items(MOST)
        iterations = [each["iteration"].whole(0) for each in places]
        _ascend(file, iterations)
        for segment in segments:
            if segment.experiment is not None and segment.first not in iterations:
                raise Wrong(f"{file} has none of iteration {segment.first:,}, at which something was changed")
        known = [each for each in segments if each.experiment is not None]
        if iterations[0] < known[0].first:
            raise Wrong(f"{places[0]} is of an iteration whose points are not kept")
        found = []
        for place, iteration in zip(places, iterations, strict=True):
            while len(known) > 1 and known[1].first <= iteration:
                known.pop(0)
            assert known[0].experiment is not None
            memories = OPTIMIZERS[known[0].experiment.spec.optimizer].memories
            count = self._network.parameter_count
            if self._arrays.length(place["weights"]) != count:
                length = self._arrays.length(place["weights"])
                described = f"{self._network.description} has {count:,}"
                raise Wrong(f"{place['weights']} has {length:,} numbers, and {described}")
            weights = self._arrays.array(place["weights"], self._dtype, count)
            if not np.isfinite(weights).all():
                raise Wrong(f"{place['weights']} has a number that is not finite")
            memory = self._arrays.array(place["memory"], self._dtype, memories, count)
            vectors = weights.tobytes() + memory.tobytes()
            found.append(Checkpoint(iteration, place["made"].whole(0, iteration), vectors))
        return tuple(found)

    def _curve(self, file: Place, last: int) -> tuple[Curve, int]:
        return self._rows(file["columns"], last), file["stride"].whole(1)

    def _rows(self, file: Place, last: int) -> Curve:
        columns = self._arrays.array(file, "<f8", len(COLUMNS), None)
        iterations = columns[0]
        if not ((iterations >= 0) & (iterations <= last)).all() or (np.diff(iterations) <= 0).any():
            raise Wrong(f"{file} has iterations that do not ascend from 0 to {last:,}")
        return Curve(columns)

    def _trail(self, file: Place, segments: list[Segment], last: int) -> tuple[tuple[Moment, ...], int]:
        iterations = [each.whole(0, last) for each in file["iterations"].items(MOST)]
        _ascend(file["iterations"], iterations)
        shape = len(iterations), self._network.parameter_count
        weights, gradients = (
            self._arrays.array(file[name], self._dtype, *shape) for name in ("weights", "gradients")
        )
        moments, left = [], list(segments)
        for iteration, vector, gradient in zip(iterations, weights, gradients, strict=True):
            while len(left) > 1 and left[1].first <= iteration:
                left.pop(0)
            parameters, slope = Parameters(self._network, vector), Parameters(self._network, gradient)
            moments.append(Moment(iteration, parameters, slope, left[0].experiment))
        return tuple(moments), file["stride"].whole(1)


def _network(spec: Spec, dataset: Dataset, named: Place | str) -> Network:
    try:
        return spec.network(dataset.X.shape[0])
    except SettingError as error:
        raise Wrong(f"{named}: {error}") from None


def _ascend(file: Place, iterations: list[int]) -> None:
    if not iterations:
        raise Wrong(f"{file} is empty")
    if any(later <= earlier for earlier, later in pairwise(iterations)):
        raise Wrong(f"{file} must be in the order of their iterations, each once")
