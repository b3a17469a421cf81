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


class NoCommand(ValueError):
    """Options cannot say all of a run; the message says why, after `as`."""


def command_for(frame: Frame, changed: bool = False) -> str:
    """Return the command line that trains to this moment, unless it was `changed` on the way. Raises NoCommand."""
    experiment = frame.experiment
    reasons = [
        reason
        for reason, holds in (
            ("it was changed on the way", changed or bool(frame.marks)),
            ("some of its points were painted, moved or erased by hand", experiment.problem.dataset.painted),
            (
                "its first weights are not those of a seed (saved at iteration 0 as a file, they are what "
                "--initial-weights takes)",
                not is_drawn(experiment),
            ),
        )
        if holds
    ]
    if reasons:
        raise NoCommand(", and as ".join(reasons))
    words = _options(experiment.spec)
    if frame.state.iteration != DEFAULT_ITERATIONS:
        words += ["--iterations", str(frame.state.iteration)]
    return shlex.join(["python", "main.py", "train", *words])


def _options(spec: Spec) -> list[str]:
    """Return the options for all that is not as usual. Raises NoCommand where there are none for it.

    When a run ends is said by its iterations, which it may have gone beyond.
    """
    seed, usual, words = spec.data_seed, Spec(), []
    if spec.init_seed != seed:
        raise NoCommand("its points and its first weights have different seeds, and --seed sets both")
    if seed != usual.data_seed:
        words += ["--seed", str(seed)]
    for name, setting in SETTINGS.items():
        value, option = getattr(spec, name), option_of(name)
        default = seed if name in SEEDS else getattr(usual, name)
        if value == default or setting.group == ENDS or (name in SEEDS and name not in OWN_OPTION):
            continue
        if name == "data" and value not in DATA_SOURCES:
            if Path(value).suffix.lower() not in READERS:
                raise NoCommand("its points were pasted, and are in no file")
            value = Path(value).name  # where it lies on this machine is nobody's business
        if not option:
            if setting.useful(spec):
                raise NoCommand(f"there is no option for {setting.spoken}")
        elif isinstance(setting, Switch):
            words.append(option if value else option.replace("--", "--no-", 1))
        else:
            text = setting.text(value)
            words += [f"{option}={text}"] if text.startswith("-") else [option, text]
    return words
