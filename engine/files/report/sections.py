"""What a report says of a run, section by section."""

from dataclasses import dataclass

import numpy as np

from engine.files.report.markup import code, folded, listed, number, paragraph, percent, section, table, wide
from engine.files.reproduction.numbers import is_drawn
from engine.model.activations import ACTIVATIONS
from engine.model.classification import confusion
from engine.model.features import FEATURES
from engine.model.network import Network, logits
from engine.training.changes import OF_A_TABLE
from engine.training.commands import Frame
from engine.training.experiment import Problem
from engine.training.spec import SETTINGS, Spec

MANY_ROWS = 12  # of a table, beyond which it is folded
MOST_NUMBERS = 10_000  # of a layer; more are for a file of weights
LEADS = "leads"  # the kind of a paragraph that must not be parted from what follows


def result(frame: Frame) -> str:
    """Return the numbers that matter most, large."""
    scores, test = frame.state.scores, frame.experiment.problem.Y_test.size > 0
    cards = [
        ("training cost", number(scores.train_cost, 4)),
        *([("test cost", number(scores.test_cost, 4))] if test else []),
        ("training accuracy", percent(scores.train_accuracy)),
        *([("test accuracy", percent(scores.test_accuracy))] if test else []),
        ("iterations", f"{frame.state.iteration:,}"),
        ("parameters", f"{frame.experiment.network.parameter_count:,}"),
    ]
    made = "".join(f"<div><dt>{words}</dt><dd>{value}</dd></div>" for words, value in cards)
    return f'<dl class="cards">{made}</dl>'


def settings(frame: Frame) -> str:
    """Return all settings that mattered, and mark those that are not as usual."""
    spec, usual, drawn = frame.experiment.spec, Spec(), is_drawn(frame.experiment)
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for name, setting in SETTINGS.items():
        value, default = getattr(spec, name), getattr(usual, name)
        if setting.useful(spec) and not (name in OF_A_TABLE and (spec.is_generated or value == default)):
            shown = frame.experiment.problem.dataset.title if name == "data" else setting.shown(value)
            before = "" if value == default else setting.shown(default)
            if name == "init" and not drawn:
                shown, before = (
                    "none of a seed: read from a file, chosen or set by hand",
                    setting.shown(default),
                )
            groups.setdefault(setting.group, []).append((setting.label, shown, before))
    parts, others = [], False
    for group, rows in groups.items():
        marked = [bool(before) for *_, before in rows]
        columns = 3 if any(marked) else 2
        head, others = ("Setting", "Value", "Usually")[:columns], others or any(marked)
        parts.append(table(head, [row[:columns] for row in rows], columns, marked, group))
    note = "What is marked is not as at the first start; the usual value stands beside it."
    return section(
        "settings",
        "Settings",
        paragraph(note if others else "All is as at the first start.", f"note {LEADS}"),
        f'<div class="columns">{"".join(parts)}</div>',
    )


def data(frame: Frame, source: str) -> str:
    """Return where the points came from, how many there are of which kind, and the range of each feature."""
    problem = frame.experiment.problem
    dataset = problem.dataset
    held, ones = problem.test, dataset.Y[0] >= 0.5
    counts = [
        (name, *(f"{np.count_nonzero(kind & part):,}" for part in (~held, held, held | ~held)))
        for name, kind in zip((*dataset.class_names, "together"), (~ones, ones, ones | ~ones), strict=True)
    ]
    painted = "Some points were painted, moved or erased by hand." if dataset.painted else ""
    notes = listed([*dataset.notes, *filter(None, [painted])]) if dataset.notes or painted else ""
    return section(
        "data",
        "Data",
        paragraph(
            f"{dataset.title}: {dataset.m:,} points with {len(dataset.X):,} features. {source}".strip(), LEADS
        ),
        table(("Class", "training", "test", "all"), counts),
        notes,
        _features(problem),
    )


def _features(problem: Problem) -> str:
    dataset = problem.dataset
    if not dataset.m:
        return ""
    head = ["Feature", "smallest", "mean", "largest"]
    columns = [dataset.X.min(axis=1), dataset.X.mean(axis=1), dataset.X.max(axis=1)]
    scaled = not problem.standardization.changes_nothing
    if scaled:
        head += ["subtracted", "divided by"]
        columns += [problem.standardization.mean[:, 0], problem.standardization.scale[:, 0]]
    rows = [
        (name, *map(number, values))
        for name, *values in zip(dataset.feature_names, *(each.tolist() for each in columns), strict=True)
    ]
    words = "The network is trained on (x − what is subtracted) / what it is divided by." if scaled else ""
    made = ", ".join(FEATURES[name].label for name in problem.features)
    words += f" Inputs made from these: {made}." if made else ""
    inner = wide(table(head, rows)) + (paragraph(words.strip(), "note") if words else "")
    return folded(f"The {len(rows):,} features", inner, len(rows) > MANY_ROWS)


def metrics(frame: Frame, threshold: float) -> str:
    """Return costs, accuracies and who is taken for whom."""
    scores, problem = frame.state.scores, frame.experiment.problem
    rows = [
        ("cost J, the mean loss and the penalty", number(scores.train_cost), number(scores.test_cost)),
        ("of which the penalty", number(scores.penalty), number(scores.penalty)),
        ("accuracy", percent(scores.train_accuracy), percent(scores.test_accuracy)),
    ]
    if not np.isfinite(scores.test_cost):
        rows[1] = (*rows[1][:2], number(np.nan))
    gradient = f"The gradient is {number(scores.gradient_norm)} long."
    with np.errstate(over="ignore", invalid="ignore"):
        tables = [
            _confusion(frame, words, X, Y, threshold)
            for words, X, Y in (
                ("Training points", problem.X_train, problem.Y_train),
                ("Test points", problem.X_test, problem.Y_test),
            )
            if Y.size
        ]
    return section(
        "metrics",
        "How good it is",
        table(("", "training", "test"), rows),
        paragraph(gradient, "note"),
        paragraph(
            f"Points are called {problem.dataset.class_names[1]} from a probability of {threshold:g} on:",
            LEADS,
        ),
        f'<div class="columns">{"".join(tables)}</div>',
    )


def _confusion(frame: Frame, words: str, X: np.ndarray, Y: np.ndarray, threshold: float) -> str:
    zero, one = frame.experiment.problem.dataset.class_names
    made = confusion(logits(frame.experiment.network, frame.state.parameters, X), Y, threshold)
    rows = [
        (f"is {zero}", f"{made.true_negative:,}", f"{made.false_positive:,}"),
        (f"is {one}", f"{made.false_negative:,}", f"{made.true_positive:,}"),
    ]
    derived = (
        f"accuracy {percent(made.accuracy)}, precision {percent(made.precision)}, recall {percent(made.recall)}, "
        f"F₁ {percent(made.f1)}"
    )
    inner = table((words, f"called {zero}", f"called {one}"), rows)
    return f"<div>{inner}{paragraph(derived, 'note')}</div>"


def changes(frame: Frame) -> str:
    """Return what was changed while the run went on."""
    told = [f"After iteration {mark.iteration:,}: {mark.words}." for mark in frame.marks]
    return section("changes", "What was changed on the way", listed(told) if told else "")


def weights(frame: Frame) -> str:
    """Return every weight and bias, layer by layer."""
    network, problem = frame.experiment.network, frame.experiment.problem
    parts, inputs = [], [*problem.dataset.feature_names, *(FEATURES[name].label for name in problem.features)]
    for depth, (W, b) in enumerate(frame.state.parameters, start=1):
        title = f"W[{depth}] and b[{depth}]: {_layer(network, depth)}"
        if W.size > MOST_NUMBERS:
            parts.append(
                paragraph(f"{title}. {W.size:,} weights are too many for a page; save them as a file.")
            )
        else:
            units, sources = [f"unit {unit}" for unit in range(1, len(W) + 1)], ["bias b", *inputs]
            numbers = np.hstack([b, W])  # (n_out, 1 + n_in)
            for_each = "column"
            if len(units) > len(sources):
                units, sources, numbers, for_each = sources, units, numbers.T, "row"
            rows = [
                (source, *map(number, row)) for source, row in zip(sources, numbers.T.tolist(), strict=True)
            ]
            parts.append(f"<h3>{title}</h3>")
            long = len(rows) > MANY_ROWS + 1
            parts.append(
                folded(
                    f"{W.size + b.size:,} numbers, a {for_each} for each unit",
                    wide(table(["", *units], rows)),
                    long,
                )
            )
        inputs = [f"a{unit}" for unit in range(1, network.sizes[depth] + 1)]
    scaled = "" if problem.standardization.changes_nothing else "They are for standardized inputs. "
    note = f"{scaled}Six digits are shown; a saved file of weights has all of them."
    return section("weights", "Weights", paragraph(note, f"note {LEADS}"), *parts)


def _layer(network: Network, depth: int) -> str:
    n = network.sizes[depth]
    label = ACTIVATIONS[network.activations[depth - 1]].label
    return (
        f"{n:,} {label} unit{'s' if n > 1 else ''}"
        if depth < len(network.sizes) - 1
        else f"the output, {label}"
    )


@dataclass(frozen=True)
class Again:
    """How a run is made once more, or why not."""

    command: str = ""
    """The command line that does it; empty where there is none."""
    no_command: str = ""
    """Why there is none, in a sentence."""
    script: str = ""
    """The program that does it."""
    no_script: str = ""
    """Why there is none, in a sentence."""
    begins: int = 0
    """The iteration at which the program begins: the last at which something was changed."""


def reproduction(again: Again) -> str:
    """Return how the run is made once more."""
    parts = []
    if again.command:
        parts += [paragraph("In a terminal, in Descent Lab’s folder:", LEADS), code(again.command)]
    if again.no_command:
        parts.append(paragraph(again.no_command))
    if again.script:
        begins = f"begins at iteration {again.begins:,}, where the last change was made, and "
        words = (
            f"A program in plain NumPy, with the points in it, that {begins if again.begins else ''}prints the same "
            f"numbers ({len(again.script.splitlines()):,} lines)"
        )
        parts.append(folded(words, code(again.script)))
    if again.no_script:
        parts.append(paragraph(again.no_script))
    return section("reproduction", "How to make it once more", *parts)
