"""What the network's picture says in words: of the whole, of the followed point, and of what the mouse is at."""

from typing import SupportsFloat

from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.network import Network, identical_units
from engine.model.parts import Parts
from engine.training.commands import Frame
from gui.views.network_layout import Kind, Layout, Meant
from gui.views.scales import said


def say(value: SupportsFloat) -> str:
    """Return a number with three digits."""
    return said(float(value)).replace("-", "−")


def short(value: SupportsFloat) -> str:
    """Return a number with two digits, for little room."""
    return said(float(value), 2).replace("-", "−")


def input_names(frame: Frame) -> tuple[str, ...]:
    """Return the names of all inputs, those made from others as well."""
    problem = frame.experiment.problem
    return (*problem.dataset.feature_names, *(FEATURES[name].label for name in problem.features))


def column_names(network: Network) -> list[tuple[str, str]]:
    """Return for each column what it is, and of what."""
    names = [("inputs", str(network.sizes[0]))]
    for depth, name in enumerate(network.hidden_activations, start=1):
        names.append((f"layer {depth}", f"{network.sizes[depth]} {ACTIVATIONS[name].label}"))
    return [*names, ("output", ACTIVATIONS[network.activations[-1]].label)]


def finding_of(frame: Frame) -> str:
    """Say which units are identical; nothing when none are."""
    found = [
        f"{' and '.join(map(str, groups))} units of layer {depth}"
        for depth, groups in enumerate(identical_units(frame.state.parameters), start=1)
        if groups
    ]
    if not found:
        return ""
    kind = "equal" if frame.experiment.start.vector.any() else "zero"
    return f"{', '.join(found)} are identical: {kind} weights never part them."


def words_of(frame: Frame, parts: Parts | None, row: int | None, colours: tuple[str, str, str]) -> str:
    """Say how the picture is to be read, and what becomes of the followed point, by its place in the data set."""
    low, high, back = colours
    if parts is None or row is None:
        return f"Nodes: each unit's map, {low} low, {high} high. Width: |w|."
    dataset = frame.experiment.problem.dataset
    label = int(dataset.Y[0, row])
    return (
        f"Followed: y = {label} ({dataset.class_names[label]}), ŷ = {say(parts.passed.A[-1][0, 0])}, "
        f"loss {say(parts.losses[0])}. At the nodes, where there is room: a, and dz in {back}. Broken lines: below 0."
    )


def told_of(frame: Frame, layout: Layout, parts: Parts | None, meant: Meant) -> str:
    """Say what is known of a weight, a bias or a unit."""
    network, vector, slopes = layout.network, frame.state.parameters.vector, frame.state.gradient.vector
    node = int(layout.targets[meant.which]) if meant.kind is Kind.EDGE else meant.which
    depth, unit = int(layout.depths[node]), int(layout.units[node])
    place = layout.parameter(meant)
    if place is not None:
        letter = "b" if meant.kind is Kind.BIAS else "W"
        told = f"{network.name_of(place)} = {say(vector[place])}, d{letter} = {say(slopes[place])}"
        if parts is None or meant.kind is Kind.BIAS:
            return told
        source = int(layout.units[layout.sources[meant.which]])
        w, a, dz = vector[place], parts.passed.A[depth - 1][source, 0], parts.back.dZ[depth - 1][unit, 0]
        return f"{told}\nthis point: w·a = {say(w * a)}, w·dz = {say(w * dz)}, dW = a·dz = {say(a * dz)}"
    if depth == 0:
        name = input_names(frame)[unit]
        return (
            name
            if parts is None
            else f"{name}\nthis point: {say(parts.passed.A[0][unit, 0])}, as the network sees it"
        )
    label = ACTIVATIONS[network.activations[depth - 1]].label
    told = (
        f"output, {label}"
        if depth == len(network.activations)
        else f"unit {unit + 1} of layer {depth}, {label}"
    )
    if parts is None:
        return told
    z, a, dz = (
        parts.passed.Z[depth - 1][unit, 0],
        parts.passed.A[depth][unit, 0],
        parts.back.dZ[depth - 1][unit, 0],
    )
    return f"{told}\nthis point: z = {say(z)}, a = {say(a)}, dz = {say(dz)}"
