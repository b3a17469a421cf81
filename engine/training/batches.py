"""Which examples each iteration looks at: all of them, or a few in an order that is shuffled every epoch."""

import numpy as np
from numpy.typing import NDArray

SHUFFLE = 3  # the stream of random numbers, of all that a seed has, that orders the examples


def batches_per_epoch(m: int, size: int) -> int:
    """Return how many batches of `size` make an epoch of `m` examples; 1 where a batch is the whole set."""
    return 1 if size == 0 or size >= m else -(-m // size)


class Batches:
    """The examples of every iteration, from the seed alone: iteration k has the same ones whenever it is asked.

    An epoch is a shuffled pass over all `m` examples in batches of `size`; the last one may be smaller. The next
    epoch is shuffled afresh and takes nothing over.
    """

    def __init__(self, m: int, size: int, seed: int) -> None:
        """Take `size` examples of `m` each time; 0, or as many as there are, is the whole set in its own order."""
        self.whole = batches_per_epoch(m, size) == 1
        self._m = m
        self._size = m if self.whole else size
        self._seed = seed
        self._epoch = -1
        self._order: NDArray[np.intp] = np.arange(m)

    @property
    def per_epoch(self) -> int:
        """How many batches make an epoch."""
        return batches_per_epoch(self._m, self._size)

    def __getitem__(self, iteration: int) -> NDArray[np.intp]:
        """Return the places (n,) of the examples that iteration's gradient is taken from."""
        if self.whole:
            return self._order
        epoch, place = divmod(iteration, self.per_epoch)
        if epoch != self._epoch:
            self._order = np.random.default_rng((self._seed, SHUFFLE, epoch)).permutation(self._m)
            self._epoch = epoch
        return self._order[place * self._size : (place + 1) * self._size]
