"""The options of `main.py train`, made from the spec's own settings."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.command_exports import Exports, add_exports, exports_of
from engine.command_parser import Parser, UsageError
from engine.files.weights import READABLE_FORMATS, Weights, load_weights
from engine.training.settings import Choice, Choices, Name, Number, Selection, Sizes, Switch
from engine.training.spec import SETTINGS, Spec

ITERATIONS = Number(
    label="Iterations",
    help="How many times the weights are updated.",
    group="Training",
    low=0,
    high=1e9,
    integer=True,
)
SEEDS = ("data_seed", "split_seed", "init_seed")  # what --seed sets
OWN_OPTION = {"split_seed"}  # of them, what has an option of its own as well
DEFAULT_ITERATIONS = 2000


@dataclass(frozen=True)
class Request:
    """What the command line asks for."""

    spec: Spec
    iterations: int
    initial: Weights | None
    initial_path: Path | None
    exports: Exports
    as_json: bool

    @property
    def initial_name(self) -> str:
        """The name of the file of first weights, where there is one."""
        return "" if self.initial_path is None else self.initial_path.name

    @property
    def read(self) -> list[tuple[str, Path]]:
        """The files that are read, each after its option."""
        named = [("--initial-weights", self.initial_path), ("--data", Path(self.spec.data))]
        return [(option, path) for option, path in named if path is not None]


def _parser() -> Parser:
    parser = Parser(prog="main.py train", description="Train without a window.", allow_abbrev=False)
    for name, setting in SETTINGS.items():
        option = option_of(name)
        if (name in SEEDS and name not in OWN_OPTION) or not option:
            continue
        default = getattr(Spec(), name)
        if isinstance(setting, Switch):
            parser.add_argument(
                option, dest=name, action=argparse.BooleanOptionalAction, help=_help(setting.help)
            )
        else:
            values = ""
            if isinstance(setting, Choice | Choices | Selection):
                one = "Some" if isinstance(setting, Selection) else "One"
                values = f" {one} of {', '.join(setting.registry)}."
            elif isinstance(setting, Name) and setting.registry:
                values = f" A file, or one of {', '.join(setting.registry)}."
            elif isinstance(setting, Number):
                values = f" In {setting.range}."
            elif isinstance(setting, Sizes):
                values = f" Each in [1, {setting.high}]."
            if name in SEEDS:
                values += " Without it: --seed."
            elif default:
                shown = ",".join(map(str, default)) if isinstance(default, tuple) else default
                values += f" Without it: {shown}."
            parser.add_argument(option, dest=name, metavar="X", help=_help(setting.help + values))
    seeds = SETTINGS["data_seed"]
    assert isinstance(seeds, Number)
    words = f"The draw of the data, the split and the first weights. In {seeds.range}. Without it: 0."
    parser.add_argument("--seed", metavar="N", help=words)
    words = f"{ITERATIONS.help} In {ITERATIONS.range}. Without it: {DEFAULT_ITERATIONS}."
    parser.add_argument("--iterations", metavar="N", default=str(DEFAULT_ITERATIONS), help=words)
    words = f"Start from saved weights, in a file that ends in one of {', '.join(READABLE_FORMATS)}."
    parser.add_argument("--initial-weights", metavar="FILE", type=Path, help=words)
    add_exports(parser)
    parser.add_argument("--json", action="store_true", help="Print the result as one JSON object.")
    parser.add_argument("--list", action="store_true", help="Print every name that an option knows.")
    return parser


def option_of(name: str) -> str:
    """Return the option for a setting, or nothing when the command line has another way."""
    named = SETTINGS[name].option
    return "--" + name.replace("_", "-") if named is None else named


def _help(text: str) -> str:
    return text.replace("%", "%%")


def parse(arguments: list[str]) -> Request:
    """Return what the options ask for. Raises UsageError, SettingError or FileError."""
    given = vars(_parser().parse_args(arguments))
    chosen: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        value, option = given.get(name), option_of(name)
        if value is None and name in SEEDS:
            value, option = given.get("seed"), "--seed"
        if value is not None:
            chosen[name] = value if isinstance(value, bool) else setting.parse(option, value)
    path = given["initial_weights"]
    initial = load_weights(path) if path is not None else None
    described = _described(path.name, initial, chosen) if initial is not None else {}
    return Request(
        Spec(**{**described, **chosen}),
        int(ITERATIONS.parse("--iterations", given["iterations"])),
        initial,
        path,
        exports_of(given),
        given["json"],
    )


def _described(name: str, weights: Weights, chosen: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that describe the network of saved weights; refuse options that contradict it."""
    network, layers = weights.network, weights.network.sizes[1:-1]
    held: dict[str, Any] = {"features": weights.features}
    if layers:
        held |= {"model": "network", "hidden": layers, "activation": network.hidden_activations}
    elif chosen.get("model") == "logistic":
        held |= {"model": "logistic"}
    else:
        held |= {"model": "logistic", "hidden": ()}
    for setting, value in held.items():
        given = chosen.get(setting, value)
        if setting == "activation" and len(given) == 1:
            given *= len(layers)
        if given != value:
            raise UsageError(
                f"--initial-weights {name} holds a {network} network ({', '.join(network.activations)}), "
                f"which --{setting} contradicts."
            )
    return {"loss": weights.loss, "precision": weights.precision} | {
        setting: value for setting, value in held.items() if value
    }
