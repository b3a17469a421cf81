"""The command line that makes a run once more, for whoever reads a report."""

import shlex
from pathlib import Path

from engine.command_options import DEFAULT_ITERATIONS, OWN_OPTION, SEEDS, option_of
from engine.data.sources import DATA_SOURCES
from engine.data.tables import READERS
from engine.files.reproduction.numbers import is_drawn
from engine.training.changes import ENDS
from engine.training.commands import Frame
from engine.training.settings import Switch
from engine.training.spec import SETTINGS, Spec


def command_for(frame: Frame) -> str:
    """Return the command line that trains to this moment, or nothing where options cannot say all of it.

    So it is for runs that were changed on the way, painted points, and first weights that no seed draws.
    """
    experiment = frame.experiment
    if frame.marks or experiment.problem.dataset.painted or not is_drawn(experiment):
        return ""
    words = _options(experiment.spec)
    if words is None:
        return ""
    if frame.state.iteration != DEFAULT_ITERATIONS:
        words += ["--iterations", str(frame.state.iteration)]
    return shlex.join(["python", "main.py", "train", *words])


def _options(spec: Spec) -> list[str] | None:
    """Return the options for all that is not as usual; None where there are none for it.

    When a run ends is said by its iterations, which it may have gone beyond.
    """
    seed, usual, words = spec.data_seed, Spec(), []
    if spec.init_seed != seed:
        return None  # --seed sets both
    if seed != usual.data_seed:
        words += ["--seed", str(seed)]
    for name, setting in SETTINGS.items():
        value, option = getattr(spec, name), option_of(name)
        default = seed if name in SEEDS else getattr(usual, name)
        if value == default or setting.group == ENDS or (name in SEEDS and name not in OWN_OPTION):
            continue
        if name == "data" and value not in DATA_SOURCES:
            if Path(value).suffix.lower() not in READERS:
                return None  # it was pasted
            value = Path(value).name  # where it lies on this machine is nobody's business
        if not option:
            if setting.useful(spec):
                return None
        elif isinstance(setting, Switch):
            words.append(option if value else option.replace("--", "--no-", 1))
        else:
            words += [option, setting.text(value)]
    return words
