"""Every choice a person makes, declared once: type, range, default, words, and where its control stands."""

from dataclasses import dataclass, field, fields
from typing import Any

from engine.data.generators import GENERATORS
from engine.data.sources import DATA_SOURCES
from engine.model.activations import ACTIVATIONS
from engine.model.network import INITIALIZATIONS, Network
from engine.training.settings import (
    Choice,
    Choices,
    Name,
    Number,
    Pair,
    Setting,
    SettingError,
    Sizes,
    Switch,
)


@dataclass(frozen=True)
class Model:
    """A family of models."""

    name: str
    label: str
    help: str


MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        Model(
            "logistic", "Logistic regression", "One neuron: a straight line, and a probability on both sides."
        ),
        Model(
            "network", "Neural network", "Hidden layers between the inputs and the output: the line may bend."
        ),
    )
}

MAX_SEED = 2**31 - 1


def _setting(default: Any, kind: Setting) -> Any:
    return field(default=default, metadata={"setting": kind})


@dataclass(frozen=True)
class Spec:
    """What is trained, on what, and how. Frozen; changed by `dataclasses.replace`, which checks again."""

    data: str = _setting(
        "moons",
        Name(
            label="Data set",
            help="Where the points come from: made up, measured, or your own file.",
            group="Data",
            control="datasetCombo",
            registry=DATA_SOURCES,
        ),
    )
    samples: int = _setting(
        400,
        Number(
            label="Points",
            help="How many points are made up, half of each class.",
            group="Data",
            control="samplesSpin",
            low=4,
            high=1_000_000,
            integer=True,
            step=50,
        ),
    )
    noise: float = _setting(
        0.1,
        Number(
            label="Noise",
            help="How far the points scatter: 0 is clean, 0.1 is lifelike, above 0.5 little can be learned. "
            "The same points move; no new ones are drawn.",
            group="Data",
            control="noiseSpin",
            low=0,
            high=2,
            decimals=3,
            step=0.02,
        ),
    )
    data_seed: int = _setting(
        0,
        Number(
            label="Seed",
            help="Another number draws other points and holds out others for the test; the same number, the same.",
            group="Data",
            control="dataSeedSpin",
            low=0,
            high=MAX_SEED,
            integer=True,
        ),
    )
    test_fraction: float = _setting(
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
    standardize: bool = _setting(
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
    columns: tuple[str, str] | None = _setting(
        None, Pair(label="Columns", help="The file's two columns for the axes, such as x,y.", group="Data")
    )
    label: str = _setting(
        "", Name(label="Label", help="The file's column that holds the class.", group="Data")
    )
    model: str = _setting(
        "network",
        Choice(
            label="Model",
            help="Logistic regression draws a straight line; a network can bend it.",
            group="Model",
            control="modelCombo",
            registry=MODELS,
            restarts=True,
        ),
    )
    hidden: tuple[int, ...] = _setting(
        (4,),
        Sizes(
            label="Hidden layers",
            help="Units in each hidden layer, with commas between: 8 is one layer, 8,4 are two.",
            group="Model",
            control="hiddenLayersEdit",
            restarts=True,
            high=1024,
            most=64,
        ),
    )
    activation: tuple[str, ...] = _setting(
        ("tanh",),
        Choices(
            label="Activation",
            help="The function g that each hidden unit applies to z; without it all layers would collapse into one line.",
            group="Model",
            control="activationCombo",
            registry=ACTIVATIONS,
            restarts=True,
        ),
    )
    init: str = _setting(
        "xavier",
        Choice(
            label="First weights",
            help="How the weights are drawn before the first step. With zeros, hidden units never part ways.",
            group="Model",
            control="initCombo",
            registry=INITIALIZATIONS,
            restarts=True,
        ),
    )
    init_seed: int = _setting(
        0,
        Number(
            label="Seed",
            help="Which draw of the first weights. The same number always starts at the same weights.",
            group="Model",
            control="initSeedSpin",
            low=0,
            high=MAX_SEED,
            integer=True,
            restarts=True,
        ),
    )
    learning_rate: float = _setting(
        0.5,
        Number(
            label="Learning rate α",
            help="How far each step goes downhill: too small crawls, too large overshoots. May be changed during a run.",
            group="Training",
            control="learningRateSpin",
            low=0,
            high=10,
            open_low=True,
            factor=10**0.25,
        ),
    )

    def __post_init__(self) -> None:
        for name, setting in SETTINGS.items():
            object.__setattr__(self, name, setting.check(name, getattr(self, name)))
        if self.model == "network" and len(self.activation) not in (1, len(self.hidden)):
            raise SettingError(
                f"activation names {len(self.activation)} functions; "
                f"give 1 for all or {len(self.hidden)}, one for each hidden layer."
            )

    @property
    def is_generated(self) -> bool:
        """Whether the points are made up, so that their number and noise can be chosen."""
        return self.data in GENERATORS

    def network(self, n_x: int) -> Network:
        """Return the shape of the model for n_x inputs."""
        if self.model == "logistic":
            return Network((n_x, 1))
        each = self.activation * len(self.hidden) if len(self.activation) == 1 else self.activation
        return Network((n_x, *self.hidden, 1), each)


SETTINGS: dict[str, Setting] = {each.name: each.metadata["setting"] for each in fields(Spec)}
