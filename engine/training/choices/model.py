"""The model: its shape, its inputs and its first weights."""

from dataclasses import dataclass
from typing import Any

from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.network import INITIALIZATIONS
from engine.training.choices.data import MAX_SEED
from engine.training.settings import Choice, Choices, Number, Selection, Sizes, setting


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


WEIGHT = Number(
    label="Weight or bias",
    help="The value of one weight or bias. Training goes on from it.",
    group="",
    low=-1e6,
    high=1e6,
    step=0.1,
)  # set by hand, and so no field of the spec: training changes it at once


def has_hidden_layers(spec: Any) -> bool:
    """Tell whether the model has hidden layers."""
    return spec.model == "network"


@dataclass(frozen=True)
class ModelChoices:
    """The group Model."""

    model: str = setting(
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
    hidden: tuple[int, ...] = setting(
        (4,),
        Sizes(
            label="Hidden layers",
            help="Units in each hidden layer, with commas between: 8 is one layer, 8,4 are two.",
            group="Model",
            control="hiddenLayersEdit",
            useful=has_hidden_layers,
            restarts=True,
            high=1024,
            most=64,
        ),
    )
    activation: tuple[str, ...] = setting(
        ("tanh",),
        Choices(
            label="Activation",
            help="The function g that each hidden unit applies to z; without it all layers would collapse into one line.",
            group="Model",
            control="activationCombo",
            useful=has_hidden_layers,
            registry=ACTIVATIONS,
            restarts=True,
        ),
    )
    features: tuple[str, ...] = setting(
        (),
        Selection(
            label="More inputs",
            help="Inputs made from x₁ and x₂. With them even a straight line in the inputs is a curve on the plane.",
            group="Model",
            control="featuresEdit",
            registry=FEATURES,
            restarts=True,
        ),
    )
    init: str = setting(
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
    init_seed: int = setting(
        0,
        Number(
            label="Seed",
            help="Which draw of the first weights, and of the order of batches. The same number, the same run.",
            group="Model",
            control="initSeedSpin",
            low=0,
            high=MAX_SEED,
            integer=True,
            restarts=True,
        ),
    )
