"""The script as a whole: what it is, the settings, the functions, the loop, and the numbers at the end."""

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from engine.files.atomic import FileError, write_atomically
from engine.files.reproduction.formulas import activation_lines, cost_lines, pass_lines
from engine.files.reproduction.numbers import data_lines, drawing_lines, is_drawn, numbers_source
from engine.files.source import WIDTH, filled, plain, source_of
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.passes import has_twins
from engine.training.batches import SHUFFLE, batches_per_epoch
from engine.training.experiment import Experiment
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES
from engine.training.state import State

Written = TypeVar("Written")

NOTATION = """
A column is an example: A[0] = X (n_x, m), labels Y (1, m). For the layers l = 1, …, L, the last a sigmoid:

    forward     Z[l] = W[l] A[l-1] + b[l]       A[l] = g[l](Z[l])
    backward    dW[l] = (1/m) dZ[l] A[l-1]^T    db[l] = (1/m) Σ dZ[l]    dZ[l-1] = W[l]^T dZ[l] * g'(Z[l-1])

A row of ones below A[l-1] lets one matrix Wb[l] = [W[l] | b[l]] do the work of both. theta is all Wb[l] in
one row of numbers, and g is the gradient dJ/dtheta.
"""


def save_reproduction(
    path: Path, experiment: Experiment, iterations: int, begun: State | None = None
) -> None:
    """Write the script. Raises FileError."""
    write_atomically(path, lambda file: file.write(reproduction(experiment, iterations, begun).encode()))


def reproduction(experiment: Experiment, iterations: int, begun: State | None = None) -> str:
    """Return a program that makes the run once more, up to `iterations`, and prints how good it is then.

    The experiment must not have been changed on the way; where it was, `begun` is the state at the last change.
    Raises FileError where a part of the experiment has no formula to be written down.
    """
    return _told(lambda: "\n".join(_Script(experiment, iterations, begun).lines()))


def check_reproducible(experiment: Experiment) -> None:
    """Raise FileError where a run could not be written as a program, before any time is spent on it."""
    _told(lambda: _Script(experiment, 0, None).code())


def _told(write: Callable[[], Written]) -> Written:
    try:
        return write()
    except ValueError as error:
        raise FileError(f"The run cannot be written as a program: {error}.") from error


class _Script:
    """Writes the parts, each only where the experiment needs it."""

    def __init__(self, experiment: Experiment, iterations: int, begun: State | None) -> None:
        self.experiment, self.iterations, self.begun = experiment, iterations, begun
        self.spec, self.network, self.problem = experiment.spec, experiment.network, experiment.problem
        self.optimizer, self.schedule = OPTIMIZERS[self.spec.optimizer], SCHEDULES[self.spec.schedule]
        self.batches = batches_per_epoch(self.problem.m_train, self.spec.batch_size)
        self.m_test = self.problem.dataset.m - self.problem.m_train
        self.drawn = begun is None and is_drawn(experiment)
        self.single = self.problem.X.dtype == np.float32

    def lines(self) -> list[str]:
        """Return the whole."""
        code = self.code()
        numbers = [*data_lines(self.experiment), *self._start_lines()]
        return [
            *self._head(),
            *self._imports("\n".join([*code, *numbers])),
            *self._quiet(),
            *self._settings(),
            "",
            "",
            *code,
            "# The numbers: the points in their own units; the first m_train of them are trained on.",
            *numbers,
            "",
            'if __name__ == "__main__":',
            "    main()",
            "",
        ]

    def code(self) -> list[str]:
        """Return the functions. Raises ValueError where a part has no formula, or there is nothing to train on."""
        if not self.problem.m_train:
            raise ValueError("there are no points to train on")
        return [*self._functions(), *self._train(), *self._main()]

    def _head(self) -> list[str]:
        dataset = self.problem.dataset
        zero, one = map(plain, dataset.class_names)
        what = f"{plain(dataset.title)}: {self.network.description} learns to tell {zero} (y = 0) from {one} (y = 1)."
        first = self.begun.iteration if self.begun is not None else 0
        span = f"iterations {first:,} to {self.iterations:,}" if first else f"{self.iterations:,} iterations"
        test = f"; the other {self.m_test:,} are the test" if self.m_test else ""
        how = (
            f"{self.optimizer.label}, {span}, on {self.problem.m_train:,} points{test}. This "
            f"program needs NumPy alone (made with {np.__version__}), and prints the very numbers that Descent Lab shows."
        )
        paragraphs = (textwrap.fill(text, WIDTH - 4) for text in ('"""' + what, how))
        return ["\n\n".join(paragraphs), *NOTATION.rstrip().splitlines(), '"""', ""]

    def _imports(self, code: str) -> list[str]:
        needed = [name for name in ("base64", "math", "zlib") if f"{name}." in code]
        cached = ["from functools import lru_cache"] if "@lru_cache" in code else []
        return [
            *(f"import {name}" for name in sorted([*needed, "os"])),
            *cached,
            "",
            'os.environ["OPENBLAS_NUM_THREADS"] = "1"  # one thread adds in one order, to the same last digit',
            "",
            "import numpy as np",
            "",
        ]

    def _quiet(self) -> list[str]:
        sources = [ACTIVATIONS[name].source for name in self.network.hidden_activations]
        if not any("exp(" in source for source in sources):
            return []
        return ['np.seterr(over="ignore")  # where exp is infinite, the sigmoid is 0', ""]

    def _settings(self) -> list[str]:
        spec = self.spec
        names = [*(["learning_rate", "decay", "period"] if self._scheduled else []), *self.optimizer.uses]
        names += [name for name in ("l1", "l2") if getattr(spec, name)]
        names += [*(["batch_size"] if self.batches > 1 else [])]
        names += ["init_seed"] if self.drawn or self.batches > 1 else []
        lines = [f"iterations = {self.iterations}"]
        lines += [] if self._scheduled else [f"alpha = {spec.learning_rate!r}  # the learning rate"]
        lines += [f"{name} = {getattr(spec, name)!r}" for name in names]
        lines.append(f"m_train = {self.problem.m_train}")
        if self.batches > 1:
            lines.append(f"per_epoch = {self.batches}  # batches")
        return lines

    @property
    def _scheduled(self) -> bool:
        return source_of(self.schedule) != "1"

    def _functions(self) -> list[str]:
        most = max(self.m_test, self.problem.m_train)
        lines = [
            *activation_lines(self.network),
            *pass_lines(self.network, self.spec.loss, has_twins(self.experiment.start)),
            *cost_lines(self.spec, self.network, most),
        ]
        if self.batches > 1:
            lines += [
                "@lru_cache(maxsize=1)",
                "def order(epoch):",
                '    """Return the columns of the points trained on, shuffled afresh for each epoch."""',
                f"    return np.random.default_rng((init_seed, {SHUFFLE}, epoch)).permutation(m_train)",
                "",
                "",
            ]
        return lines + (drawing_lines(self.network, self.spec.init) if self.drawn else [])

    def _train(self) -> list[str]:
        begun, optimizer = self.begun, self.optimizer
        start = "first_weights()" if self.drawn else "START"
        body = [f"theta = {start}{'.astype(np.float32)' if self.single and self.drawn else ''}"]
        for name in optimizer.remembers:
            made = begun is not None and begun.made
            body.append(f"{name} = {f'{name.upper()}_START' if made else 'np.zeros_like(theta)'}")
        update = source_of(optimizer).splitlines()
        first = begun.iteration if begun is not None else 0
        body.append(f"for k in range({f'{first}, ' if first else ''}iterations):")
        loop = []
        if self.batches > 1:
            loop += [
                "epoch, place = divmod(k, per_epoch)",
                "batch = order(epoch)[place * batch_size : (place + 1) * batch_size]",
                "_, _, g = cost(theta, np.take(X, batch, axis=1), np.take(Y, batch, axis=1))",
            ]
        else:
            loop.append("_, _, g = cost(theta, X, Y)")
        if self._scheduled:
            loop.append(f"# {plain(self.schedule.label)}: {plain(self.schedule.formula)}")
            loop.append(f"alpha = learning_rate * ({source_of(self.schedule)})")
        if any("t" in _names(line) for line in update):
            before = 1 - first + (begun.made if begun is not None else 0)
            loop.append(f"t = k {'-' if before < 0 else '+'} {abs(before)}")
        loop += [f"# {plain(optimizer.label)}: {plain(optimizer.formula)}", *update]
        return [
            "def train(X, Y):",
            '    """Return theta after the last iteration, for the points trained on."""',
            *("    " + line for line in body),
            *("        " + line for line in loop),
            "    return theta",
            "",
            "",
        ]

    def _main(self) -> list[str]:
        problem = self.problem
        standardized = not problem.standardization.changes_nothing
        body = [f"X, Y = {'(POINTS - MEAN) / SCALE' if standardized else 'POINTS'}, LABELS.astype(float)"]
        if problem.features:
            made = [source_of(FEATURES[name]) for name in problem.features]
            body += ["x1, x2 = X[0], X[1]", *filled(["X", *made], "X = np.vstack([", "])")]
        body.append("X = np.vstack([X, np.ones_like(Y)])")
        if self.single:
            body.append("X, Y = X.astype(np.float32), Y.astype(np.float32)")
        body.append("theta = train(X[:, :m_train], Y[:, :m_train])")
        body.append('print(f"{iterations:,} iterations")')
        body.append('show("train:", *cost(theta, X[:, :m_train], Y[:, :m_train]))')
        if self.m_test:
            body.append('show("test: ", *cost(theta, X[:, m_train:], Y[:, m_train:]))')
        else:
            body.append('print("test:  cost —, accuracy —")')
        return [
            "def show(name, J, right, g):",
            """    print(f"{name} cost {J:{'.6f' if J < 1e6 else '.6g'}}, accuracy {right:.1%}")""",
            "",
            "",
            "def main():",
            '    """Train, print what Descent Lab shows, and return theta."""',
            *("    " + line for line in body),
            "    return theta",
            "",
            "",
        ]

    def _start_lines(self) -> list[str]:
        if self.drawn:
            return []
        begun, dtype = self.begun, self.problem.X.dtype
        vector = begun.parameters.vector if begun is not None else self.experiment.start.vector
        lines = numbers_source("START", vector.astype(dtype), "theta before the first step")
        if begun is not None and begun.made:
            for name, array in zip(self.optimizer.remembers, begun.memory, strict=True):
                lines += numbers_source(f"{name.upper()}_START", array, f"{name} at the same time")
        return lines


def _names(line: str) -> set[str]:
    """Return the names that a line of Python uses."""
    return set(compile(line, "", "exec").co_names)
