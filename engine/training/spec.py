"""Every choice a person makes, declared once, and checked whenever one is changed."""

from dataclasses import dataclass, fields
from typing import Any

from engine.model.network import Network
from engine.training.choices.data import DataChoices, is_generated
from engine.training.choices.model import ModelChoices
from engine.training.choices.training import PRECISIONS, TrainingChoices
from engine.training.schedules import SCHEDULES
from engine.training.settings import Setting, SettingError


@dataclass(frozen=True)
class Spec(TrainingChoices, ModelChoices, DataChoices):  # their fields come last group first
    """What is trained, on what, and how. Frozen; changed by `dataclasses.replace`, which checks again."""

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
        return is_generated(self)

    @property
    def dtype(self) -> Any:
        """NumPy's name for the precision."""
        return PRECISIONS[self.precision].dtype

    def network(self, n_x: int) -> Network:
        """Return the shape of the model for n_x measured inputs. SettingError where features need more of them."""
        if self.features and n_x < 2:
            raise SettingError(
                f"features {','.join(self.features)} need two columns, and the data has {n_x}."
            )
        n_0 = n_x + len(self.features)
        if self.model == "logistic":
            return Network((n_0, 1))
        each = self.activation * len(self.hidden) if len(self.activation) == 1 else self.activation
        return Network((n_0, *self.hidden, 1), each)

    def learning_rate_at(self, iteration: int) -> float:
        """Return α for the update that follows an iteration."""
        return self.learning_rate * SCHEDULES[self.schedule].factor(iteration, self.decay, self.period)


SETTINGS: dict[str, Setting] = {each.name: each.metadata["setting"] for each in fields(Spec)}
