"""Which layers pass hardly any gradient on, in words: saturated on both ends of their activation, or dead."""

import numpy as np

from engine.model.activations import Array
from engine.model.network import Network
from engine.model.parts import flat_ends

MOST = 4  # layers that are named


def flat_words(network: Network, shares: tuple[Array, ...]) -> list[str]:
    """Return a sentence for each hidden layer, given the share of examples (n_l,) on which each unit is flat."""
    found = []
    for number, (name, each) in enumerate(zip(network.hidden_activations, shares, strict=True), start=1):
        layer = f"hidden layer {number}" if len(shares) > 1 else "hidden layer"
        low, high = flat_ends(name)
        if np.isinf(low) and np.isinf(high):
            words = "never flat"
        elif np.isinf(low) or np.isinf(high):
            words = f"{np.count_nonzero(each == 1)} of {each.size} units dead"
        else:
            words = f"{each.mean():.0%} saturated (|z| > {high:.2g})"
        found.append(f"{layer}: {words}")
    return found
