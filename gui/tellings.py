"""The sentences on what a change, or a moment of the run, means."""

from engine.data.dataset import Dataset
from engine.training.changes import told_then
from engine.training.commands import Frame
from engine.training.optimizers import OPTIMIZERS
from engine.training.spec import SETTINGS, Spec
from gui.change import Change


def new_run(change: Change, dataset: Dataset, network: str, running: bool) -> str:
    """Say that training starts again, with a `network` of that description."""
    going = "goes on" if running else "is ready"
    return f"{_what(change, dataset)}: training starts again with {network} and {going}.{_notes(change, dataset)}"


def one_class(dataset: Dataset) -> str:
    """Warn that there are points of one class alone; empty where there are of both, or none."""
    counts = dataset.counts
    if not dataset.m or min(counts):
        return ""
    full, empty = dataset.class_names if counts[0] else reversed(dataset.class_names)
    return f"All points belong to {full}: paint some of {empty}, or there is nothing to part."


def other_points(dataset: Dataset, looks_back: bool) -> str:
    """Say which points there are now."""
    there = f"{dataset.m:,} points: {_each_class(dataset)}." if dataset.m else "Empty: paint some points."
    return there + (" The newest iteration is shown again." if looks_back else "")


def other_settings(change: Change, spec: Spec, dataset: Dataset, iteration: int | None, running: bool) -> str:
    """Say how the run goes on with other settings, from an iteration or, with None, untrained."""
    goes = "ready"
    if iteration is not None:
        goes = f"goes on from the weights of iteration {iteration:,}"
        goes = f"training {goes}" if running else f"Space {goes}, R starts afresh"
    return f"{_what(change, dataset)}: {goes}.{_notes(change, dataset)}{_advice(change, spec)}"


def other_weights(done: str, frame: Frame, running: bool) -> str:
    """Say what weights that were set by hand change."""
    goes = "cost and boundary follow"
    if frame.looks_back:
        goes = f"this is at iteration {frame.last:,}, the newest, which is shown again"
    elif running:
        goes = "training goes on from there"
    return f"{done}: {goes}."


def past(frame: Frame) -> str:
    """Say which iteration a look back shows, and what was different then."""
    other = told_then(frame.experiment, frame.goes_on) if frame.goes_on is not None else ""
    then = f", with {other}" if other else ""
    return (
        f"Iteration {frame.state.iteration:,} of {frame.last:,}, as it was{then}. "
        "Space shows the run again from here; End goes to the newest."
    )


def steps(made: int) -> str:
    """Say how many iterations were made."""
    return "One iteration made." if made == 1 else f"{made:,} iterations made."


def _each_class(dataset: Dataset) -> str:
    pairs = zip(dataset.counts, dataset.class_names, strict=True)
    return ", ".join(f"{count:,} {name}" for count, name in pairs)


def _what(change: Change, dataset: Dataset) -> str:
    """Name what was changed; a table with another choice is another data set."""
    if "data" in change.settings:
        return f"New data set {dataset.title} ({_each_class(dataset)})"
    names = ", ".join(SETTINGS[name].spoken for name in SETTINGS if name in change.settings)
    return f"Undone, {names}" if change.undone else f"New {names}"


def _notes(change: Change, dataset: Dataset) -> str:
    """Say what was done to a table on the way here, and to what was there before."""
    notes = "; ".join(dataset.notes) if change.replaced else ""
    lost = " Painted points were replaced; undo brings them back." if change.painted_over else ""
    return (f" {notes[:1].upper()}{notes[1:]}." if notes else "") + lost


def _advice(change: Change, spec: Spec) -> str:
    """Say when the learning rate is far from what a new optimizer wants."""
    optimizer = OPTIMIZERS[spec.optimizer]
    if "optimizer" not in change.settings or spec.learning_rate <= 5 * optimizer.usual_rate:
        return ""
    return f" {optimizer.label} wants a smaller learning rate, such as {optimizer.usual_rate:g}."
