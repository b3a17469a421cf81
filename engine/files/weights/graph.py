"""Weights as an ONNX model that takes the person's own units: standardization and made inputs are inside it.

All is computed in double precision, as the window does it when it tells a probability, whatever the precision of the
weights: with 32 bits a year such as 2026 would leave hardly a digit of its distance from the mean.
"""

import json
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from engine.files.source import plain, source_of
from engine.files.weights.description import describe
from engine.files.weights.expressions import Builder
from engine.files.weights.trained import Weights
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.network import Network

if TYPE_CHECKING:
    from onnx import ModelProto

OPSET, FORM = 17, 8  # of 2022, so that older programs read it as well


def write_onnx(weights: Weights, file: BinaryIO) -> None:
    """Write the model."""
    file.write(model_of(weights).SerializeToString())


def check_onnx(network: Network, features: tuple[str, ...]) -> None:
    """Raise ValueError for an activation or a made input that ONNX cannot express, and ImportError without onnx."""
    builder = Builder()
    for name in features:
        builder.expression(source_of(FEATURES[name]), {"x1": "x", "x2": "x"}, "made")
    for name in network.activations:
        builder.expression(source_of(ACTIVATIONS[name]), {"Z": "x"}, "A")


def model_of(weights: Weights) -> "ModelProto":
    """Return the model: input `x` (N, n_features), output `probability` (N, 1)."""
    from onnx import TensorProto, helper

    builder = Builder()
    A = _inputs(builder, weights)
    last = len(weights.parameters)
    for depth, ((W, b), name) in enumerate(
        zip(weights.parameters, weights.network.activations, strict=True), 1
    ):
        layer = [builder.number(f"W{depth}", W), builder.number(f"b{depth}", b[:, 0])]
        Z = builder.add("Gemm", [A, *layer], f"Z{depth}", transB=1)  # Z^T = A^T W^T + b^T, (N, n_l)
        output = "probability" if depth == last else f"A{depth}"
        A = builder.expression(source_of(ACTIVATIONS[name]), {"Z": Z}, output)
    n_x = weights.n_x
    names = ", ".join(map(plain, weights.feature_names)) or "the inputs"
    classes = [*map(plain, weights.class_names)]
    meaning = (
        f"The probability of {classes[1] if len(classes) > 1 else 'class 1'}, for {names} in their own units."
    )
    words = f"{meaning} {plain(weights.trained)}".rstrip()
    graph = helper.make_graph(
        builder.nodes,
        "descent_lab",
        [helper.make_tensor_value_info("x", TensorProto.DOUBLE, ["N", n_x], names)],
        [helper.make_tensor_value_info("probability", TensorProto.DOUBLE, ["N", 1], meaning)],
        builder.numbers,
        words,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=FORM,
        producer_name="Descent Lab",
        doc_string=words,
    )
    helper.set_model_props(model, {"meta": json.dumps(describe(weights))})
    return model


def _inputs(builder: Builder, weights: Weights) -> str:
    """Return the name of A[0], shape (N, n_0): what the network sees of x."""
    A, standardization = "x", weights.standardization
    if not standardization.changes_nothing:
        mean = builder.number("mean", standardization.mean[:, 0])
        scale = builder.number("scale", standardization.scale[:, 0])
        A = builder.add("Div", [builder.add("Sub", ["x", mean], "centred"), scale], "standardized")
    if weights.features:
        columns = {
            name: builder.add(
                "Gather", [A, builder.number(f"column_{name}", np.array([place]))], name, axis=1
            )
            for place, name in enumerate(("x1", "x2"))
        }
        made = [builder.expression(source_of(FEATURES[name]), columns, name) for name in weights.features]
        A = builder.add("Concat", [A, *made], "inputs", axis=1)
    return A
