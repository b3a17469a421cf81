"""A set of labelled points that never changes; painting makes a new one."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

MAX_POINTS = 1_000_000
MAX_FEATURES = 1024
SPLIT = 1  # the stream of random numbers, of all that a seed has, that splits the points


class DataError(ValueError):
    """Data that cannot be used; the message is one sentence for the person."""


def numbered_names(n_x: int) -> tuple[str, ...]:
    """Return x₁, x₂ and so on, for features without a name of their own."""
    digits = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    return tuple(f"x{str(i).translate(digits)}" for i in range(1, n_x + 1))


@dataclass(frozen=True, eq=False)
class Lineage:
    """How a set was when it was made or read, before any painting."""

    X: NDArray[np.float64]  # (n_x, m)
    Y: NDArray[np.float64]  # (1, m)
    held: NDArray[np.bool_]  # (m,)


@dataclass(frozen=True, eq=False)
class Dataset:
    """m points with n_x features and one of two classes each. The arrays are read-only.

    `ids` name the points: a point keeps its id whatever is painted or erased around it, so its side of the
    train/test split stays too.
    """

    X: NDArray[np.float64]  # (n_x, m)
    Y: NDArray[np.float64]  # (1, m), 0 or 1
    ids: NDArray[np.int64]  # (m,), all different
    title: str
    feature_names: tuple[str, ...] = numbered_names(2)
    class_names: tuple[str, str] = ("A", "B")
    label_name: str = "label"
    """What the column of the classes is called."""
    same_units: bool = False
    """Whether a length along one axis may be compared with one along the other."""
    labels: tuple[str, ...] = ()
    """Every label of the table's column, where there are more than two to choose from."""
    chosen_labels: tuple[str, ...] = ()
    """Those that class 0 and class 1 are; `*` is all the others."""
    image_shape: tuple[int, int] | None = None
    """The rows and columns of pixels where a point is an image, its features being the pixels row by row."""
    loaded: int = 0
    """How many points there were before any painting; theirs are the ids below."""
    notes: tuple[str, ...] = ()
    """What was done to a table on the way here, such as `50 rows with other labels left out`."""
    held: NDArray[np.bool_] = None  # type: ignore[assignment]
    """(m,), which points are for the test whatever the split says; none when left out."""
    lineage: "Lineage" = None  # type: ignore[assignment]
    """The same for all sets that painting made from one another."""

    def __post_init__(self) -> None:
        n_x, m = self.X.shape
        if self.held is None:
            object.__setattr__(self, "held", np.zeros(m, dtype=bool))
        shapes = (self.Y.shape, self.ids.shape, self.held.shape)
        if shapes != ((1, m), (m,), (m,)) or len(self.feature_names) != n_x:
            raise ValueError(
                f"X {self.X.shape}, Y {self.Y.shape}, ids {self.ids.shape}, held {self.held.shape} "
                "do not belong together"
            )
        if self.image_shape is not None and self.image_shape[0] * self.image_shape[1] != n_x:
            raise ValueError(f"{n_x} features are no image of {self.image_shape} pixels")
        if m > MAX_POINTS:
            raise DataError(f"{self.title} has {m:,} points; at most {MAX_POINTS:,} can be used.")
        for array in (self.X, self.Y, self.ids, self.held):
            array.setflags(write=False)
        if self.lineage is None:
            object.__setattr__(self, "lineage", Lineage(self.X, self.Y, self.held))

    @classmethod
    def of(cls, X: NDArray[np.float64], Y: NDArray[np.float64], title: str, **names: object) -> Self:
        """Return the points X (n_x, m) with the labels Y (m,), numbered from 0."""
        m = X.shape[1]
        return cls(X, Y.reshape(1, -1), np.arange(m), title, loaded=m, **names)  # type: ignore[arg-type]

    @property
    def m(self) -> int:
        """The number of points."""
        return self.X.shape[1]

    @property
    def counts(self) -> tuple[int, int]:
        """How many points each class has."""
        ones = int(self.Y.sum())
        return self.m - ones, ones

    @property
    def painted(self) -> bool:
        """Whether any point is not as it was when the set was made or read."""
        if not self.m == self.next_id == self.loaded:
            return True
        first = self.lineage
        return not all(
            now is then or np.array_equal(now, then, equal_nan=now.dtype.kind == "f")
            for now, then in ((self.X, first.X), (self.Y, first.Y), (self.held, first.held))
        )

    @property
    def next_id(self) -> int:
        """An id that no point here has."""
        return max(self.loaded, int(self.ids.max()) + 1) if self.m else self.loaded

    def with_points(
        self,
        X: NDArray[np.float64],
        Y: NDArray[np.float64],
        ids: NDArray[np.int64],
        held: NDArray[np.bool_] | None = None,
    ) -> "Dataset":
        """Return a set with points painted or erased, and the same names. Without `held`, none is for the test alone."""
        return replace(self, X=X, Y=Y, ids=ids, held=held)  # type: ignore[arg-type]

    def rows_of(self, ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the rows, ascending, of the points with these ids; those that are gone have none."""
        return np.flatnonzero(among(self.ids, ids))


def among(ids: NDArray[np.int64], chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which ids are among the chosen ones; for ids, which are small numbers, faster than np.isin."""
    listed = np.zeros(1 + max(ids.max(initial=-1), chosen.max(initial=-1)), dtype=bool)
    listed[chosen] = True
    return listed[ids]


def held_out(dataset: Dataset, fraction: float, seed: int) -> NDArray[np.bool_]:
    """Return which points (m,) are kept for the test: `fraction` of each class, rounded, drawn by `seed`.

    The draw belongs to the point's id. A point painted or erased elsewhere moves at most one point of its
    class across the split, and a larger fraction only adds to the test set. At least one point of each
    class stays for training. Points painted for the test are in it besides, and move no other across.
    """
    test = dataset.held.copy()
    # Not `seed` alone: a generator draws its points from that, and the split must know nothing of them.
    draw = np.random.default_rng((seed, SPLIT)).random(dataset.next_id)[dataset.ids]  # (m,)
    for label in (0.0, 1.0):
        members = np.flatnonzero((dataset.Y[0] == label) & ~dataset.held)
        count = min(round(fraction * members.size), members.size - 1)
        if count > 0:
            test[members[np.argpartition(draw[members], count - 1)[:count]]] = True
    return test
