"""Every choice has a default, a range, words, and one place."""

from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest

from engine.data.generators import GENERATORS
from engine.data.sources import DATA_SOURCES
from engine.model.network import Network
from engine.training.choices.model import MODELS
from engine.training.choices.training import PRECISIONS
from engine.training.settings import Choice, Choices, Number, Selection, SettingError
from engine.training.spec import SETTINGS, Spec

NUMBERS = {name: setting for name, setting in SETTINGS.items() if isinstance(setting, Number)}
CHOICES = {
    name: setting for name, setting in SETTINGS.items() if isinstance(setting, Choice | Choices | Selection)
}


def test_the_defaults_are_allowed_and_canonical():
    spec = Spec()
    assert (spec.data, spec.model, spec.hidden, spec.activation) == ("moons", "network", (4,), ("tanh",))
    for each in fields(Spec):
        value = getattr(spec, each.name)
        assert value == each.default
        assert type(value) is type(each.default) or isinstance(value, float)


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_has_words(name):
    setting = SETTINGS[name]
    assert setting.label
    assert setting.group
    assert setting.help.endswith(".")


def test_no_control_stands_for_two_settings():
    controls = [setting.control for setting in SETTINGS.values() if setting.control]
    assert len(set(controls)) == len(controls)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_keeps_to_its_range(name):
    setting = NUMBERS[name]
    step = 1 if setting.integer else 1e-3
    inside = setting.low + (step if setting.open_low else 0), setting.high
    outside = setting.low - (0 if setting.open_low else step), setting.high + step, float("nan"), float("inf")
    for value in inside:
        assert getattr(replace(Spec(), **{name: value}), name) == value
    for value in outside:
        with pytest.raises(SettingError) as caught:
            replace(Spec(), **{name: value})
        message = str(caught.value)
        short = f"{value:g}" if float(f"{value:g}") == value or not np.isfinite(value) else repr(value)
        shown = f"{value:,.0f}" if setting.integer and np.isfinite(value) else short
        assert message == f"{name} {shown} is outside {setting.range}."


@pytest.mark.parametrize("name", [name for name in NUMBERS if NUMBERS[name].integer])
def test_a_whole_number_is_whole(name):
    value = NUMBERS[name].low + 0.5
    with pytest.raises(SettingError, match=rf"^{name} {value} is not a whole number in \["):
        replace(Spec(), **{name: value})
    assert type(getattr(replace(Spec(), **{name: 6.0}), name)) is int


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_in_its_registry(name):
    setting = CHOICES[name]
    many = isinstance(setting, Choices | Selection)
    for each in setting.registry:
        assert getattr(replace(Spec(), **{name: (each,) if many else each}), name) in (each, (each,))
    with pytest.raises(SettingError) as caught:
        replace(Spec(), **{name: ("nothing",) if many else "nothing"})
    assert str(caught.value) == f"{name} 'nothing' is not one of {', '.join(setting.registry)}."


@pytest.mark.parametrize("hidden", [(), (0,), (1025,), (4, -1), (4,) * 65, (2.5,)])
def test_hidden_layers_keep_to_their_range(hidden):
    with pytest.raises(SettingError, match=r"^hidden .* \[1, (64|1024)\]"):
        Spec(hidden=hidden)


def test_activations_are_one_for_all_or_one_for_each_layer():
    with pytest.raises(SettingError) as caught:
        Spec(hidden=(8, 4, 2), activation=("tanh", "relu"))
    message = str(caught.value)
    assert message == "activation names 2 functions; give 1 for all or 3, one for each hidden layer."
    with pytest.raises(SettingError, match=r"^activation names 2 functions"):
        replace(Spec(hidden=(8, 4), activation=("tanh", "relu")), hidden=(8,))
    assert Spec(model="logistic", activation=("tanh", "relu")).network(2) == Network((2, 1))


def test_the_network_it_describes():
    assert Spec(model="logistic", hidden=(8,)).network(3) == Network((3, 1))
    assert Spec(hidden=(8, 4), activation=("relu",)).network(2) == Network((2, 8, 4, 1), ("relu", "relu"))
    mixed = Spec(hidden=(8, 4), activation=("tanh", "relu")).network(30)
    assert mixed == Network((30, 8, 4, 1), ("tanh", "relu"))
    assert Spec(model="logistic", features=("sin_x1", "x1_x2")).network(2) == Network((4, 1))


def test_it_is_frozen_hashable_and_equal_by_value():
    with pytest.raises(FrozenInstanceError):
        Spec().noise = 0.2
    assert Spec(hidden=[8, 4]) == Spec(hidden=(8, 4))
    assert hash(Spec(samples=40.0)) == hash(Spec(samples=40))
    assert replace(Spec(), noise=0.2) != Spec()


def test_what_is_made_up():
    assert all(Spec(data=name).is_generated for name in GENERATORS)
    assert not any(Spec(data=name).is_generated for name in set(DATA_SOURCES) - set(GENERATORS))
    assert not Spec(data="points.csv").is_generated


def test_what_starts_training_again():
    restarting = {name for name, setting in SETTINGS.items() if setting.restarts}
    assert restarting >= {"model", "hidden", "activation", "init", "init_seed", "standardize"}
    assert restarting >= {"features", "precision", "loss"}
    assert not restarting & {"learning_rate", "samples", "noise", "data", "data_seed", "test_fraction"}
    assert not restarting & {"split_seed", "class_balance", "label_noise", "rotation"}
    assert not restarting & {"optimizer", "momentum", "schedule", "batch_size", "l1", "l2", "stop_after"}


def test_models_are_keyed_by_name():
    assert list(MODELS) == ["logistic", "network"]
    assert list(PRECISIONS) == ["double", "single"]
    assert all(name == each.name and each.label and each.help for name, each in PRECISIONS.items())
    assert all(name == model.name and model.label and model.help for name, model in MODELS.items())
