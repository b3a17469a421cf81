"""The descent of one experiment, iteration by iteration: from a state to the next, and nothing else.

The examples are cut into blocks that fit the processor's cache, and large sets are shared by two threads, while NumPy
lets go of Python's lock. Where they are cut depends on the network and the number of examples alone, and the parts
are added in their order, so the result is the same to the last bit on one core and on two.
"""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model.activations import Array
from engine.model.network import Network, Parameters
from engine.model.passes import Judgement, Pass, has_twins
from engine.model.penalty import Penalty, which_are_weights
from engine.training.batches import Batches
from engine.training.experiment import Experiment
from engine.training.kept import Checkpoint
from engine.training.optimizers import OPTIMIZERS, Memory
from engine.training.state import Diverged, NoPoints, Scores, State, norm

CACHED = 1 << 18  # values of all hidden layers together in one block
BLOCK = (1024, 65536)  # examples in one block, at least and at most
JUDGED = 8192  # examples that are judged for each mini-batch, on average and at most
HANDS = 2  # threads

quiet = np.errstate(over="ignore", invalid="ignore")
"""What overflows becomes infinite, and is looked for at the end of a step."""


class Examples(NamedTuple):
    """Some examples, side by side."""

    X: Array  # (n_0 + 1, m)
    signs: Array  # (1, m), 1 for class 0 and -1 for class 1
    ties: Array  # (1, m), what the margin must stay below to be on the right side

    def columns(self, chosen: slice) -> "Examples":
        """Return some of them, without copying."""
        return Examples(self.X[:, chosen], self.signs[:, chosen], self.ties[:, chosen])

    def taken(self, places: NDArray[np.intp]) -> "Examples":
        """Return copies of those at places (n,)."""
        return Examples(*(np.take(each, places, axis=1) for each in self))


NOTHING = Judgement(0.0, 0)


def block_size(network: Network) -> int:
    """Return how many examples a block has at most."""
    return min(max(CACHED // max(1, sum(network.sizes[1:-1])), BLOCK[0]), BLOCK[1])


def block_edges(m: int, size: int) -> list[int]:
    """Return where m examples are cut into blocks of about one size, as many for each thread."""
    count = HANDS * -(-m // (HANDS * size))
    return [m * place // count for place in range(count + 1)]


class Descent:
    """Makes the states of one experiment, in arrays that it keeps. For one thread at a time; close it at last."""

    def __init__(self, experiment: Experiment, threaded: bool = True) -> None:
        """Prepare the experiment; without `threaded`, do all in the caller's thread."""
        self.experiment = experiment
        spec, network, problem = experiment.spec, experiment.network, experiment.problem
        dtype = problem.X.dtype
        self._optimizer = OPTIMIZERS[spec.optimizer]
        self._theta = np.empty(network.parameter_count, dtype)
        self._penalty = Penalty(spec.l1, spec.l2) if spec.l1 or spec.l2 else None
        self._even = has_twins(experiment.start)
        self._ones, self._flat = np.ones_like(self._theta), np.zeros_like(self._theta)
        self._weights = which_are_weights(network).astype(dtype)
        signs = 1.0 - 2.0 * problem.Y
        # z >= 0 counts as class 1, so a margin of 0 is right for class 1 and wrong for class 0.
        ties = np.where(problem.Y > 0.5, np.finfo(dtype).tiny, dtype.type(0))
        examples = Examples(problem.X, signs, ties)
        self._training = examples.columns(slice(0, problem.m_train))
        self._block = block_size(network)
        self._train_blocks = self._cut(self._training)
        self._test_blocks = self._cut(examples.columns(slice(problem.m_train, None)))
        self._batches = Batches(problem.m_train, spec.batch_size, spec.init_seed)
        self._score_every = 1 if self._batches.whole else -(-problem.dataset.m // JUDGED)
        self._passes: list[dict[int, Pass]] = [{} for _ in range(HANDS)]
        self._threaded = threaded and (os.cpu_count() or 1) > 1
        self._pool: ThreadPoolExecutor | None = None

    def close(self) -> None:
        """End the second thread, if there is one."""
        if self._pool is not None:
            self._pool.shutdown()

    def first_state(self) -> State:
        """Return the state before any update."""
        return self.state_at(self.experiment.start.vector, 0)

    def resumed(self, checkpoint: Checkpoint) -> State:
        """Return the state that a checkpoint was made of, to the same last bit, scored only where that is due."""
        vectors = np.frombuffer(checkpoint.vectors, self._theta.dtype)
        theta, *memory = vectors.reshape(-1, self._theta.size)
        return self.state_at(theta, checkpoint.iteration, tuple(memory), checkpoint.made, scored=False)

    @quiet
    def state_at(
        self, vector: Array, iteration: int, memory: Memory | None = None, made: int = 0, scored: bool = True
    ) -> State:
        """Return the state with the parameters `vector` (parameter_count,).

        It is `scored`, or only where that is due at the iteration. Without a `memory` the optimizer starts afresh.
        """
        self._check(vector)
        vector = vector.astype(self._theta.dtype)
        start = self._optimizer.start(vector) if memory is None else memory
        state = self._judge(vector, iteration, start, made, None)
        return self.scored(state) if scored else state

    @quiet
    def step(self, state: State) -> State:
        """Return the state after the optimizer's next update.

        Raises Diverged when the cost there is not finite, and NoPoints when there is nothing to train on.
        """
        experiment = self.experiment
        spec = experiment.spec
        if not experiment.problem.m_train:
            raise NoPoints
        vector, memory = self._optimizer.update(
            state.parameters.vector,
            state.gradient.vector,
            state.memory,
            spec.learning_rate_at(state.iteration),
            state.made,
            spec,
        )
        reached = self._judge(vector, state.iteration + 1, memory, state.made + 1, state)
        # A saturated unit can hide from the cost that a weight is not finite.
        if not math.isfinite(reached.scores.batch_cost + float(vector.dot(self._ones))):
            raise Diverged(state, spec, not experiment.problem.standardization.changes_nothing)
        return reached

    @quiet
    def logits_at(self, vector: Array) -> Array:
        """Return z of all points at a vector of parameters (parameter_count,): those that the scores count.

        Shape (1, m), the points to train on first, as in `Problem.X`.
        """
        self._check(vector)
        np.copyto(self._theta, vector)
        blocks = [*self._train_blocks, *self._test_blocks]
        found = [self._pass_for(0, block).logits(block.X).copy() for block in blocks]
        return np.hstack([np.empty((1, 0), self._theta.dtype), *found])

    def scored(self, state: State) -> State:
        """Return the state with the costs and accuracies of all points."""
        return state if state.is_scored else self._scored(state)

    def _check(self, vector: Array) -> None:
        if vector.shape != self._theta.shape:
            raise ValueError(f"parameters of shape {vector.shape} must be {self._theta.shape}")

    def _judge(self, vector: Array, iteration: int, memory: Memory, made: int, before: State | None) -> State:
        """Return the state at `vector`: its gradient, and its scores or, where they are not due, those before."""
        np.copyto(self._theta, vector)
        problem, whole = self.experiment.problem, self._batches.whole
        places = self._batches[iteration]
        blocks = self._train_blocks if whole else self._cut(self._training.taken(places))
        judged, slope = self._go_through(blocks, backward=True)
        trained = problem.m_train if whole else places.size
        slope = slope / max(1, trained)
        penalty = 0.0
        if self._penalty is not None:
            weights = vector * self._weights
            penalty = self._penalty.value(weights)
            slope += self._penalty.slope(weights)
        network = self.experiment.network
        parameters, gradient = Parameters(network, vector), Parameters(network, slope)
        batch_cost = judged.loss / trained + penalty if trained else math.nan
        if whole:
            scores = self._scores(judged, batch_cost, penalty, norm(slope))
            return State(iteration, parameters, gradient, scores, memory, made, iteration)
        known = before.scores[:4] if before is not None else (math.nan,) * 4
        scores = Scores(*known, batch_cost, penalty, norm(slope))
        scored_at = before.scored_at if before is not None else -1
        state = State(iteration, parameters, gradient, scores, memory, made, scored_at)
        return self._scored(state) if iteration % self._score_every == 0 else state

    @quiet
    def _scored(self, state: State) -> State:
        np.copyto(self._theta, state.parameters.vector)
        judged, _ = self._go_through(self._train_blocks, backward=False)
        return state._replace(scores=self._scores(judged, *state.scores[4:]), scored_at=state.iteration)

    def _scores(self, train: Judgement, batch_cost: float, penalty: float, gradient_norm: float) -> Scores:
        """Return the scores of theta, with `train` as it is judged on the training points."""
        m_train = self.experiment.problem.m_train
        m_test = self.experiment.problem.dataset.m - m_train
        test, _ = self._go_through(self._test_blocks, backward=False)
        return Scores(
            train.loss / m_train + penalty if m_train else math.nan,
            test.loss / m_test + penalty if m_test else math.nan,
            train.right / m_train if m_train else math.nan,
            test.right / m_test if m_test else math.nan,
            batch_cost,
            penalty,
            gradient_norm,
        )

    def _cut(self, examples: Examples) -> list[Examples]:
        m = examples.X.shape[1]
        if m <= self._block:
            return [examples] if m else []
        return [examples.columns(slice(*edges)) for edges in pairwise(block_edges(m, self._block))]

    def _go_through(self, blocks: Sequence[Examples], backward: bool) -> tuple[Judgement, Array]:
        """Return how all blocks together are judged and, `backward`, the gradient of their summed losses."""
        if not blocks:
            return NOTHING, self._flat
        if len(blocks) == 1:
            done = self._pass_for(0, blocks[0])
            return done.run(*blocks[0], backward), done.gradient
        judged = [NOTHING] * len(blocks)
        slopes = np.empty((len(blocks) if backward else 0, self._theta.size), self._theta.dtype)
        places = iter(range(len(blocks)))  # each thread takes the next one, and one alone gets it

        @quiet
        def work(hand: int) -> None:
            for place in places:
                done = self._pass_for(hand, blocks[place])
                judged[place] = done.run(*blocks[place], backward)
                if backward:
                    slopes[place] = done.gradient

        if self._threaded:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(HANDS - 1, "second hand")
            helping = self._pool.submit(work, 1)
            try:
                work(0)
            finally:
                helping.result()
        else:
            work(0)
        losses, right = zip(*judged, strict=True)
        return Judgement(math.fsum(losses), sum(right)), slopes.sum(axis=0)

    def _pass_for(self, hand: int, block: Examples) -> Pass:
        m = block.X.shape[1]
        found = self._passes[hand].get(m)
        if found is None:
            spec, network = self.experiment.spec, self.experiment.network
            found = self._passes[hand][m] = Pass(network, spec.loss, self._theta, m, self._even)
        return found
