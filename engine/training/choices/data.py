"""The points: where they come from, and which of them are held out."""

from dataclasses import dataclass
from typing import Any

from engine.data.dataset import Dataset
from engine.data.gaps import GAP_RULES
from engine.data.generators import GENERATORS
from engine.data.sources import DATA_SOURCES, load_data
from engine.training.settings import Choice, Name, Names, Number, Pair, Switch, setting

MAX_SEED = 2**31 - 1


def is_generated(spec: Any) -> bool:
    """Tell whether the points are made up, so that their number and noise can be chosen."""
    return spec.data in GENERATORS


def has_columns(spec: Any) -> bool:
    """Tell whether the points come from a table, so that its columns can be chosen."""
    return not is_generated(spec)


@dataclass(frozen=True)
class DataChoices:
    """The group Data."""

    data: str = setting(
        "moons",
        Name(
            label="Data set",
            help="Where the points come from: made up, measured, or your own file.",
            group="Data",
            control="datasetCombo",
            registry=DATA_SOURCES,
        ),
    )
    samples: int = setting(
        400,
        Number(
            label="Points",
            help="How many points are made up.",
            group="Data",
            control="samplesSpin",
            useful=is_generated,
            low=4,
            high=1_000_000,
            integer=True,
            step=50,
        ),
    )
    noise: float = setting(
        0.1,
        Number(
            label="Noise",
            help="How far the points scatter: 0 is clean, 0.1 is lifelike, above 0.5 little can be learned. "
            "The same points move; no new ones are drawn.",
            group="Data",
            control="noiseSpin",
            useful=is_generated,
            low=0,
            high=2,
            decimals=3,
            step=0.02,
        ),
    )
    data_seed: int = setting(
        0,
        Number(
            label="Seed",
            help="Another number draws other points; the same number, the same points.",
            group="Data",
            control="dataSeedSpin",
            useful=is_generated,
            low=0,
            high=MAX_SEED,
            integer=True,
        ),
    )
    test_fraction: float = setting(
        0.2,
        Number(
            label="Test share",
            help="The share of each class that training never sees. How well the network does there is the honest score.",
            group="Data",
            control="testFractionSpin",
            low=0,
            high=0.9,
            decimals=2,
            step=0.05,
        ),
    )
    split_seed: int = setting(
        0,
        Number(
            label="Split seed",
            help="Another number holds out other points for the test, and the points themselves stay as they are.",
            group="Data",
            control="splitSeedSpin",
            low=0,
            high=MAX_SEED,
            integer=True,
        ),
    )
    standardize: bool = setting(
        True,
        Switch(
            label="Standardize inputs",
            help="Train on inputs with mean 0 and deviation 1, so that one learning rate suits both. "
            "Axes and files stay in your own units.",
            group="Data",
            control="standardizeCheck",
            restarts=True,
        ),
    )
    columns: tuple[str, ...] | None = setting(
        None,
        Names(
            label="Columns",
            help="The table's columns that are the inputs, by name or number, such as x,y; * is every column of numbers. "
            "Without names, those of the set, or two likely ones.",
            group="Data",
            control="columnsEdit",
            useful=has_columns,
            vanishes=True,
            restarts=True,
        ),
    )
    label: str = setting(
        "", Name(label="Label", help="The table's column that holds the class.", group="Data")
    )
    classes: tuple[str, ...] | None = setting(
        None,
        Pair(
            label="Classes",
            help="The label of class 0 and that of class 1, such as setosa,virginica; * is all the others, as in "
            "setosa,*. Rows with neither are left out. Not needed where there are only two labels.",
            group="Data",
            control="classesEdit",
            useful=has_columns,
            vanishes=True,
            restarts=True,
            example="setosa,virginica or setosa,*",
        ),
    )
    gaps: str = setting(
        "refuse",
        Choice(
            label="Gaps",
            help="What happens to rows of a table with empty cells: refuse the table, skip them, or fill in the "
            "mean of the column.",
            group="Data",
            registry=GAP_RULES,
        ),
    )
    class_balance: float = setting(
        0.5,
        Number(
            label="Class balance",
            help="The share of the second class. A point that changes its class takes the same part of the other shape; "
            "all others stay.",
            group="Made-up points",
            control="classBalanceSpin",
            useful=is_generated,
            low=0.01,
            high=0.99,
            decimals=2,
            step=0.05,
        ),
    )
    label_noise: float = setting(
        0.0,
        Number(
            label="Label noise",
            help="The share of each class that gets the wrong label. A larger share flips the same points and more.",
            group="Made-up points",
            control="labelNoiseSpin",
            useful=is_generated,
            low=0,
            high=1,
            decimals=2,
            step=0.05,
        ),
    )
    rotation: float = setting(
        0.0,
        Number(
            label="Rotation",
            help="How far the same points are turned to the left, in degrees.",
            group="Made-up points",
            control="rotationSpin",
            useful=is_generated,
            low=-180,
            high=180,
            step=15,
        ),
    )

    @property
    def source(self) -> tuple[Any, ...]:
        """What decides the points before any painting."""
        made = (self.samples, self.noise, self.data_seed, self.class_balance, self.label_noise, self.rotation)
        table = (self.data, self.columns, self.label, self.classes, self.gaps)
        return (*table, *(made if is_generated(self) else ()))

    def load(self) -> Dataset:
        """Return the points. Raises DataError, with one sentence for the person."""
        return load_data(
            self.data,
            self.samples,
            self.noise,
            self.data_seed,
            self.columns,
            self.label,
            self.classes,
            self.gaps,
            self.class_balance,
            self.label_noise,
            self.rotation,
        )
