"""One iteration with its cost, beside the papers' own forms and known packages, from the same points and weights.

All take turns in one process, a few milliseconds each, so that whatever else goes on here falls on all alike; each
time is the median of its turns. A ~ marks a ratio to be doubted, because somebody's turns differ much. The table is
printed line by line as it is measured.
"""

import itertools
import time
from dataclasses import dataclass

import numpy as np

from engine.data.dataset import Dataset
from engine.data.generators import generate
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from tests.benchmarks.peers import PEERS, Iterate, Peer, ours
from tests.benchmarks.report import Row, above, installed, median, plain

NETWORKS = ((4,), (8,), (32,), (16, 16))
POINTS = (200, 1000, 10_000, 100_000, 1_000_000)
PRECISIONS = ("single", "double")
TURNS = (5, 9)  # at least, and where an iteration is quick
BUDGET = 0.25  # seconds for each in a cell, but at least the turns
SETTLE = 0.02  # seconds in which the threads of the one before fall asleep
AGREED = {"single": 1e-4, "double": 1e-9}
UNSTEADY = 1.5  # how many times the fastest turn the median may be
WIDTHS = (10, 11, 10, 11, 20)  # characters of the columns; the last one for each peer
TITLES = ("precision", "network", "points", "ours")


@dataclass
class Contender:
    """One who takes turns."""

    name: str
    iterate: Iterate
    seconds: float = 0.0
    """What an iteration took at first, by which the turns are measured out."""

    def warm_up(self) -> list[float]:
        """Make a few iterations, untimed but for the last, and return their costs."""
        costs = [self.iterate(), self.iterate()]
        began = time.perf_counter()
        costs.append(self.iterate())
        self.seconds = time.perf_counter() - began
        return costs

    def turn(self, seconds: float) -> float:
        """Return the seconds that one iteration takes, measured over about `seconds`."""
        time.sleep(SETTLE)
        count = max(1, int(seconds / self.seconds))
        if count > 1:
            self.iterate()
        began = time.perf_counter()
        for _ in range(count):
            self.iterate()
        return (time.perf_counter() - began) / count


def measure() -> list[Row]:
    """Return how many times as fast ours is in the worst cell, for each peer."""
    here = [peer for peer in PEERS if peer.is_here]
    for peer in PEERS:
        if not peer.is_here:
            print(f"  {peer.name} is left out: {peer.package} is not installed.")
        elif peer.most < max(POINTS):
            print(f"  The {peer.name} only up to {peer.most:,} points: more would take minutes.")
    print(_heading(here), flush=True)
    ratios: dict[str, list[float]] = {peer.name: [] for peer in here}
    fastest: dict[str, list[float]] = {peer.name: [] for peer in here}
    doubts: dict[str, list[bool]] = {peer.name: [] for peer in here}
    for m in POINTS:
        dataset = generate("moons", m, 0.1, 0)
        for precision, hidden in itertools.product(PRECISIONS, NETWORKS):
            turns, network = _cell(dataset, precision, hidden, here)
            own = turns.pop("ours")
            for name, each in turns.items():
                ratios[name].append(median(each) / median(own))
                fastest[name].append(min(each) / min(own))
                doubts[name].append(_doubtful(own, each))
            print(_line((precision, network, f"{m:,}"), own, turns, here), flush=True)
    rows: list[Row] = []
    for peer in here:
        if peer.times is not None:
            rows += _summary(peer, peer.times, ratios[peer.name], fastest[peer.name], doubts[peer.name])
    return rows


def _cell(
    dataset: Dataset, precision: str, hidden: tuple[int, ...], peers: list[Peer]
) -> tuple[dict[str, list[float]], str]:
    """Return the seconds that an iteration took each of them, turn by turn, and the network."""
    experiment = Experiment.of(
        Spec(test_fraction=0.0, hidden=hidden, activation=("tanh",), precision=precision), dataset
    )
    iterate = ours(experiment)
    contenders = [Contender("ours", iterate)]
    contenders += [Contender(peer.name, peer.prepare(experiment)) for peer in peers if dataset.m <= peer.most]
    costs = {each.name: each.warm_up() for each in contenders}
    for name, found in costs.items():
        # Ours finds the cost that it reaches, the others the one that they leave.
        if name != "ours" and not np.allclose(found[1:], costs["ours"][:-1], rtol=AGREED[precision]):
            raise ArithmeticError(f"{name} does not do the same: costs {found} beside {costs['ours']}")
    slowest = max(each.seconds for each in contenders)
    turns = min(TURNS[1], max(TURNS[0], int(BUDGET / slowest)))
    times: dict[str, list[float]] = {each.name: [] for each in contenders}
    for turn in range(turns):
        first = turn % len(contenders)  # so that nobody always comes after the same one
        for each in contenders[first:] + contenders[:first]:
            times[each.name].append(each.turn(BUDGET / turns))
    iterate.close()  # type: ignore[attr-defined]
    return times, str(experiment.network)


def _doubtful(own: list[float], other: list[float]) -> bool:
    return any(median(each) > UNSTEADY * min(each) for each in (own, other))


def _summary(
    peer: Peer, goal: float, ratios: list[float], fastest: list[float], doubts: list[bool]
) -> list[Row]:
    reached = [doubt for ratio, doubt in zip(ratios, doubts, strict=True) if ratio >= goal]
    what = f"times as fast as {peer.name} {installed(peer.package)}, in the worst of {len(ratios)} cells"
    return [
        above(what, min(ratios), goal, "", f"median {median(ratios):.1f} times"),
        Row("  cells that reach the goal", f"{len(reached)} of {len(ratios)}"),
        Row("  of which in doubt", str(sum(reached))),
        plain("  by the fastest turn of each, worst cell", min(fastest), ""),
    ]


def _heading(peers: list[Peer]) -> str:
    goals = [f"{peer.name} ≥ {peer.times:g}" if peer.times else peer.name for peer in peers]
    return _in_columns([*TITLES, *goals])


def _line(
    cell: tuple[str, str, str], own: list[float], turns: dict[str, list[float]], peers: list[Peer]
) -> str:
    """Return a line of the table: the microseconds of ours, and how many times those the others take."""
    seconds = median(own)
    words = [*cell, f"{seconds * 1e6:,.{0 if seconds >= 1e-4 else 1}f} µs"]
    for peer in peers:
        if peer.name not in turns:
            words.append("—")
            continue
        ratio = median(turns[peer.name]) / seconds
        verdict = "" if peer.times is None else "met" if ratio >= peer.times else "MISSED"
        doubt = "~" if _doubtful(own, turns[peer.name]) else ""
        places = 0 if ratio >= 100 else 1 if ratio >= 10 else 2
        words.append(f"{doubt}{ratio:,.{places}f}× {verdict}".rstrip())
    return _in_columns(words)


def _in_columns(words: list[str]) -> str:
    widths = itertools.chain(WIDTHS, itertools.repeat(WIDTHS[-1]))
    return "".join(word.rjust(width) for word, width in zip(words, widths, strict=False))
