"""The command line in a report makes the run once more."""

import shlex
from dataclasses import replace

import pytest

from engine.command_options import parse
from engine.command_text import NoCommand, command_for
from engine.data.editing import clear
from engine.training.changes import ENDS, Mark
from engine.training.commands import Frame
from engine.training.experiment import Experiment, Start
from engine.training.spec import SETTINGS, Spec
from tests.command_line.running import PENGUINS
from tests.engine.training.driver import after


def frame_of(spec, iterations=30, start=None):
    experiment = Experiment.of(spec, spec.load(), start)
    return Frame(experiment, after(experiment, iterations), None, running=False)


def why_none(frame):
    with pytest.raises(NoCommand) as caught:
        command_for(frame)
    return str(caught.value)


@pytest.mark.parametrize(
    "spec",
    [
        Spec(),
        Spec(hidden=(5, 3), activation=("tanh", "relu"), learning_rate=0.05, l2=0.001, init="he"),
        Spec(data="circles", samples=90, noise=0.25, data_seed=7, split_seed=7, init_seed=7),
        Spec(data_seed=7, split_seed=2, init_seed=7, optimizer="adam", batch_size=16, precision="single"),
        Spec(model="logistic", features=("x1_squared", "sin_x2"), loss="squared", standardize=False),
        Spec(data=str(PENGUINS), test_fraction=0.3),
        Spec(data="iris", columns=("petal_length_cm", "petal_width_cm"), classes=("virginica", "versicolor")),
        Spec(schedule="step", decay=0.5, period=10),
    ],
    ids=lambda spec: f"{spec.data[-8:]} {spec.model} {spec.optimizer} {spec.schedule} {spec.hidden}",
)
def test_the_options_are_read_back_as_the_same_settings(spec):
    words = shlex.split(command_for(frame_of(spec)))
    assert words[:3] == ["python", "main.py", "train"]
    request = parse(words[3:])
    assert request.iterations == 30
    for name, setting in SETTINGS.items():
        if setting.useful(spec) and setting.group != ENDS:
            wanted = getattr(spec, name)
            assert getattr(request.spec, name) == (PENGUINS.name if wanted == str(PENGUINS) else wanted), name


def test_pasted_points_have_no_command(tmp_path, monkeypatch):
    frame = frame_of(Spec(data=str(PENGUINS)))
    pasted = replace(frame.experiment, spec=replace(frame.experiment.spec, data="pasted table"))
    assert why_none(replace(frame, experiment=pasted)) == "its points were pasted, and are in no file"


def test_usual_settings_need_no_option():
    assert command_for(frame_of(Spec(), 2000)) == "python main.py train"


def test_there_is_none_where_options_cannot_say_it_and_it_says_why():
    frame = frame_of(Spec())
    assert command_for(frame)
    changed = replace(frame, marks=(Mark(3, "learning rate 0.5 → 0.05"),))
    assert why_none(changed) == "it was changed on the way"
    assert why_none(frame_of(Spec(init_seed=4))).endswith("different seeds, and --seed sets both")
    state = frame.state
    start = Start(frame.experiment.network, state.parameters, frame.experiment.problem.standardization)
    given = frame_of(Spec(), start=start)
    assert why_none(given).startswith("its first weights are not those of a seed (saved at iteration 0")
    both = why_none(replace(given, marks=changed.marks))
    assert both == f"it was changed on the way, and as {why_none(given)}"
    after, _ = clear(frame.experiment.problem.dataset).apply(frame.experiment.problem.dataset)
    cleared = replace(frame, experiment=Experiment.of(Spec(), after))
    assert why_none(cleared) == "some of its points were painted, moved or erased by hand"


def test_names_that_begin_like_options_are_read_back():
    frame = frame_of(Spec(data="iris"))
    named = replace(frame.experiment.spec, columns=("-a", "b"), classes=("-1", "1"))
    words = shlex.split(command_for(replace(frame, experiment=replace(frame.experiment, spec=named))))
    spec = parse(words[3:]).spec
    assert (spec.columns, spec.classes) == (("-a", "b"), ("-1", "1"))
