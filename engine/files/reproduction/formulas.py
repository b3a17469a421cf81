"""The functions of the script: the activations, and one pass forward and back, layer by layer as the papers write it.

Only what the experiment needs is written, and each line computes what `engine.model.passes` computes, in the same order.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from engine.files.source import filled, plain, source_of
from engine.model.activations import ACTIVATIONS
from engine.model.losses import LOSSES
from engine.model.network import Network
from engine.training.descent import HANDS, block_size
from engine.training.spec import Spec

Product = Callable[[str, str], str]


def identifier(name: str) -> str:
    """Return a registry's name so that a function may have it."""
    return re.sub(r"\W", "_", name)


def _places(network: Network) -> list[tuple[int, int, int, int]]:
    """Return for each layer where it begins and ends in theta, n_out and n_in."""
    places, first = [], 0
    for n_in, n_out in pairwise(network.sizes):
        last = first + n_out * (n_in + 1)
        places.append((first, last, n_out, n_in))
        first = last
    return places


def activation_lines(network: Network) -> list[str]:
    """Return a function for each activation of the hidden layers, and one for its derivative."""
    lines: list[str] = []
    for name in dict.fromkeys(network.hidden_activations):
        g = ACTIVATIONS[name]
        if not g.source_of_derivative:
            raise ValueError(f"{g.label} has no `source_of_derivative`, its slope as a line of NumPy")
        called = identifier(name)
        lines += [
            f"def {called}(Z):",
            f'    """{plain(g.label)}: {plain(g.formula)}."""',
            f"    return {source_of(g)}",
            "",
            "",
            f"def {called}_slope(Z, A):",
            '    """Its derivative g\'(Z), where A = g(Z)."""',
            f"    return {g.source_of_derivative}",
            "",
            "",
        ]
    return lines


def pass_lines(network: Network, loss: str, even: bool) -> list[str]:
    """Return the function `one_pass`; `even` is for units that start alike and are to stay so."""
    weigh: Product = (lambda W, A: f"np.vecmat({W}, {A})") if even else (lambda W, A: f"{W} @ {A}")
    correlate: Product = (
        (lambda dZ, A: f"np.vecdot({dZ}[:, None, :], {A})") if even else (lambda dZ, A: f"{dZ} @ {A}.T")
    )
    L = len(network.sizes) - 1
    layers = range(1, L + 1)
    called = [identifier(name) for name in network.hidden_activations]
    body = ["A0, ones = X, X[-1:]  # the last row of X is 1 as well"]
    if even:
        body.append(
            "# Units that start alike stay alike, for vecmat and vecdot round every row in the same way."
        )
    for l, (first, last, n_out, n_in) in enumerate(_places(network), 1):
        body.append(f"Wb{l} = theta[{first}:{last}].reshape({n_out}, {n_in + 1})  # [W[{l}] | b[{l}]]")
    body += ["", "# Forward"]
    for l in layers:
        body.append(
            f"Z{l} = {weigh(f'Wb{l}', f'A{l - 1}')}  # W[{l}] A[{l - 1}] + b[{l}], ({network.sizes[l]}, m)"
        )
        if l < L:
            body.append(f"A{l} = np.vstack([{called[l - 1]}(Z{l}), ones])")
    body += [
        "",
        "# Loss: u is how far z is on the wrong side of 0, so sigmoid(u) = |A - Y|",
        "signs = 1 - 2 * Y  # 1 for class 0, -1 for class 1",
        f"u = signs * Z{L}",
        *source_of(LOSSES[loss]).splitlines(),
        f"right = np.count_nonzero((Z{L} >= 0) == (Y == 1))",
        "",
        "# Backward",
        f"dZ{L} = signs * slope  # (1, m)",
    ]
    for l in reversed(layers):
        if l < L:
            dA = weigh(f"Wb{l + 1}[:, :-1].T", f"dZ{l + 1}")
            dA = dA if even else f"({dA})"
            body.append(
                f"dZ{l} = {dA} * {called[l - 1]}_slope(Z{l}, A{l}[:-1])  # W[{l + 1}]^T dZ[{l + 1}] * g'(Z[{l}])"
            )
        body.append(f"dWb{l} = {correlate(f'dZ{l}', f'A{l - 1}')}  # [dW[{l}] | db[{l}]], times m")
    return [
        "def one_pass(theta, X, Y):",
        '    """Return the summed loss of the examples, how many are right, and the gradient of the summed loss."""',
        *("    " + line if line else "" for line in body),
        *filled((f"dWb{l}.ravel()" for l in layers), "    g = np.concatenate([", "])", "        "),
        "    return float(loss[0].dot(ones[0])), right, g",
        "",
        "",
    ]


def cost_lines(spec: Spec, network: Network, most: int) -> list[str]:
    """Return the function `cost`, of means and penalty; `most` examples are looked at together."""
    body = ["m = Y.shape[1]", "total, right, g = one_pass(theta, X, Y)"]
    size = block_size(network)
    if most > size:
        body[1:] = [
            f"pieces = 1 if m <= {size} else {HANDS} * -(-m // {HANDS * size})  # each fits the processor's cache",
            "edges = [m * place // pieces for place in range(pieces + 1)]",
            "passes = [one_pass(theta, X[:, i:j], Y[:, i:j]) for i, j in zip(edges, edges[1:])]",
            "totals, rights, slopes = zip(*passes)",
            "total, right, g = math.fsum(totals), sum(rights), np.sum(slopes, axis=0)",
        ]
    body.append("J, g = total / m, g / m")
    values = ["l1 * float(np.abs(w).sum())"] * bool(spec.l1) + ["l2 / 2 * float(w.dot(w))"] * bool(spec.l2)
    slopes = ["l1 * np.sign(w)"] * bool(spec.l1) + ["l2 * w"] * bool(spec.l2)
    if values:
        body += [
            "w = theta.copy()  # biases are free",
            *(
                f"w[{first}:{last}].reshape({n_out}, -1)[:, -1] = 0"
                for first, last, n_out, _ in _places(network)
            ),
            f"J = J + {values[0]}" if len(values) == 1 else f"J = J + ({' + '.join(values)})",
            f"g = g + {slopes[0]}" if len(slopes) == 1 else f"g = g + ({' + '.join(slopes)})",
        ]
    return [
        "def cost(theta, X, Y):",
        '    """Return the cost J, the share of examples that are right, and the gradient g = dJ/dtheta."""',
        *("    " + line for line in body),
        "    return J, right / m, g",
        "",
        "",
    ]
