"""From an expression of NumPy to the nodes of an ONNX graph, so that an activation is written down once."""

import ast
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.model.activations import ACTIVATIONS, Array

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

OPERATORS = {ast.Add: "Add", ast.Sub: "Sub", ast.Mult: "Mul", ast.Div: "Div", ast.Pow: "Pow", ast.USub: "Neg"}
FUNCTIONS = {
    "abs": "Abs",
    "cos": "Cos",
    "exp": "Exp",
    "log": "Log",
    "maximum": "Max",
    "minimum": "Min",
    "sign": "Sign",
    "sin": "Sin",
    "sqrt": "Sqrt",
    "tanh": "Tanh",
}
WHOLE = {ACTIVATIONS["sigmoid"].source: "Sigmoid", ACTIVATIONS["relu"].source: "Relu"}
"""Expressions of Z that have a node of their own."""


class Builder:
    """Collects the nodes and the numbers of a graph. Raises ImportError where onnx is missing."""

    def __init__(self) -> None:
        import onnx

        self._helper, self._from_array = onnx.helper, onnx.numpy_helper.from_array
        self.nodes: list[NodeProto] = []
        self.numbers: list[TensorProto] = []
        self._constants: dict[float, str] = {}

    def number(self, name: str, array: Array) -> str:
        """Keep numbers as they are, and return the name that they have in double precision."""
        self.numbers.append(self._from_array(np.ascontiguousarray(array), name))
        if array.dtype != np.float32:
            return name
        return self.add(
            "Cast", [name], f"{name}_double", to=self._helper.np_dtype_to_tensor_dtype(np.dtype(float))
        )

    def add(self, kind: str, inputs: list[str], output: str = "", **attributes: Any) -> str:
        """Add a node and return the name of its output."""
        output = output or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(self._helper.make_node(kind, inputs, [output], output, **attributes))
        return output

    def expression(self, source: str, names: dict[str, str], output: str) -> str:
        """Add the nodes of an expression of NumPy, given what its variables are called in the graph."""
        if source in WHOLE:
            return self.add(WHOLE[source], [names["Z"]], output)
        self.add("Identity", [self._value(ast.parse(source, mode="eval").body, names, source)], output)
        return output

    def _value(self, node: ast.expr, names: dict[str, str], source: str) -> str:
        def of(each: ast.expr) -> str:
            return self._value(each, names, source)

        match node:
            case ast.Name(id=name) if name in names:
                return names[name]
            case ast.Constant(value=int() | float() as value):
                return self._constant(float(value))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return self.add(OPERATORS[type(op)], [of(left), of(right)])
            case ast.UnaryOp(op=ast.USub() as op, operand=operand):
                return self.add(OPERATORS[type(op)], [of(operand)])
            case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr="log1p"), args=[x], keywords=[]):
                return self.add("Log", [self.add("Add", [self._constant(1.0), of(x)])])
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="np"), attr=name), args=arguments, keywords=[]
            ) if name in FUNCTIONS:
                return self.add(FUNCTIONS[name], [*map(of, arguments)])
        raise ValueError(f"ONNX has no node for {ast.unparse(node)} in {source}")

    def _constant(self, value: float) -> str:
        if value not in self._constants:
            self._constants[value] = self.number(f"constant_{len(self._constants)}", np.array(value))
        return self._constants[value]
