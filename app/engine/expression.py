"""A formula as a computation graph: forward one node at a time, and backward by the chain rule.

The table `OPERATIONS` holds what can stand in a formula, the value beside its derivatives. To add one, add a row: a
function of one input can then be written by its name, and the gradient tests cover it by themselves. Formulas are
read by `parsing.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite, nan
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.activations import ACTIVATIONS

# What a node is that has no inputs: a number as it was written, or a value with a name.
NUMBER: Final = "number"
VALUE: Final = "value"


def _nothing(*_inputs: float) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Operation:
    """What a node does with its inputs.

    `value(*inputs)` is the forward step, `derivatives(*inputs, value)` the local derivatives, one for each input.
    `remark(*inputs)` is the name of what is special there, in `REMARKS`, or None. `is_function`: it is written by
    its name and brackets, else by its sign.
    """

    name: str
    sign: str
    value: Callable[..., float]
    derivatives: Callable[..., tuple[float, ...]]
    inputs: int = 1
    is_function: bool = True
    remark: Callable[..., str | None] = _nothing


# What is said where a formula has a corner, or no value.
REMARKS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        name: MappingProxyType({"label": label})
        for name, label in (
            ("relu_corner", "At exactly 0 relu has a corner; its derivative there is taken as 0."),
            ("abs_corner", "At exactly 0 abs has a corner; its derivative there is taken as 0."),
            ("tie", "Both values are equal, so each of them gets half of the gradient."),
            ("log_domain", "A logarithm needs a value above 0."),
            ("zero_division", "A division by 0 has no value."),
            ("root_domain", "A square root needs a value that is not below 0."),
            ("zero_power", "0 to a power below 0 is a division by 0: it has no value."),
            ("power_domain", "A value below 0 can only be raised to a whole number."),
            ("no_derivative", "There is a value here, but no derivative."),
            ("overflow", "This number is too large for a computer’s arithmetic."),
        )
    }
)


def _sigmoid(a: float) -> float:
    return float(ACTIVATIONS["sigmoid"].function(np.array(a)))


def _divide_derivatives(_a: float, b: float, value: float) -> tuple[float, float]:
    return np.divide(1.0, b), -np.divide(value, b)


def _power_derivatives(a: float, b: float, value: float) -> tuple[float, float]:
    by_base = 0.0 if b == 0.0 else b * np.power(a, b - 1.0)
    by_exponent = value * np.log(a) if a > 0.0 else 0.0 if a == 0.0 and b > 0.0 else nan
    return by_base, by_exponent


def _power_remark(a: float, b: float) -> str | None:
    if a == 0.0 and b < 0.0:
        return "zero_power"
    return "power_domain" if a < 0.0 and not b.is_integer() else None


def _no_divisor(_a: float, b: float) -> str | None:
    return "zero_division" if b == 0.0 else None


def _not_above_zero(a: float) -> str | None:
    return "log_domain" if a <= 0.0 else None


def _below_zero(a: float) -> str | None:
    return "root_domain" if a < 0.0 else None


def _at_zero(remark: str) -> Callable[[float], str | None]:
    return lambda a: remark if a == 0.0 else None


def _larger(a: float, b: float, _value: float) -> tuple[float, float]:
    """Give all of the gradient to the larger of two; at a tie each gets half."""
    return (0.5, 0.5) if a == b else (float(a > b), float(b > a))


def _tie(a: float, b: float) -> str | None:
    return "tie" if a == b else None


def _infix(
    name: str,
    sign: str,
    value: Callable[[float, float], float],
    derivatives: Callable[[float, float, float], tuple[float, float]],
    remark: Callable[..., str | None] = _nothing,
) -> Operation:
    return Operation(name, sign, value, derivatives, 2, False, remark)


def _function(
    name: str,
    value: Callable[[float], float],
    derivative: Callable[[float, float], float],
    remark: Callable[..., str | None] = _nothing,
) -> Operation:
    return Operation(name, name, value, lambda a, v: (derivative(a, v),), remark=remark)


_ROWS: Final = (
    _infix("add", "+", lambda a, b: a + b, lambda a, b, v: (1.0, 1.0)),
    _infix("subtract", "−", lambda a, b: a - b, lambda a, b, v: (1.0, -1.0)),
    _infix("multiply", "×", lambda a, b: a * b, lambda a, b, v: (b, a)),
    _infix("divide", "÷", np.divide, _divide_derivatives, _no_divisor),
    _infix("power", "^", np.power, _power_derivatives, _power_remark),
    Operation("negate", "−", lambda a: -a, lambda a, v: (-1.0,), is_function=False),
    Operation("max", "max", np.maximum, _larger, 2, remark=_tie),
    Operation("min", "min", np.minimum, lambda a, b, v: _larger(b, a, v), 2, remark=_tie),
    _function("abs", abs, lambda a, v: np.sign(a), _at_zero("abs_corner")),
    _function("exp", np.exp, lambda a, v: v),
    _function("log", np.log, lambda a, v: np.divide(1.0, a), _not_above_zero),
    _function("sqrt", np.sqrt, lambda a, v: np.divide(0.5, v), _below_zero),
    # Not 1 − tanh², whose digits are lost where tanh is nearly 1; nor σ·(1 − σ), for the same reason.
    _function("tanh", np.tanh, lambda a, v: np.cosh(a) ** -2.0),
    _function("sigmoid", _sigmoid, lambda a, v: v * _sigmoid(-a)),
    _function("relu", lambda a: np.maximum(a, 0.0), lambda a, v: float(a > 0.0), _at_zero("relu_corner")),
    _function("sin", np.sin, lambda a, v: np.cos(a)),
    _function("cos", np.cos, lambda a, v: -np.sin(a)),
)

OPERATIONS: Final[Mapping[str, Operation]] = MappingProxyType({row.name: row for row in _ROWS})


@dataclass(frozen=True, slots=True)
class Node:
    """A number, a named value, or an operation on earlier nodes (`inputs`, by their places in the graph).

    `label` is the node as it was written first, at `start` in the formula; `depth` is how many operations lie
    between it and what it is made of. What does not vary is made of numbers alone.
    """

    operation: str
    inputs: tuple[int, ...]
    label: str
    start: int
    depth: int
    varies: bool
    name: str | None = None
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes of a formula: each after its inputs, the last is the whole. What is written twice is one node."""

    nodes: tuple[Node, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the values, in the order they are written."""
        return tuple(node.name for node in self.nodes if node.name is not None)

    @property
    def order(self) -> tuple[int, ...]:
        """The order of the forward pass; that of the backward pass is the same, turned round."""
        return tuple(range(len(self.nodes)))


@dataclass(frozen=True, slots=True)
class Passed:
    """The forward pass: the value of each node, its local derivatives (one an input), and what is special there."""

    values: tuple[float, ...]
    derivatives: tuple[tuple[float, ...], ...]
    remarks: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What comes to a node along one path: the gradient of `node`, times its derivative by input number `input`."""

    node: int
    input: int
    gradient: float
    derivative: float
    value: float


@dataclass(frozen=True, slots=True)
class CameBack:
    """The backward pass: the gradient of the last node with respect to each, and what it is the sum of.

    `overflows` says where that is no longer a number, though all it is made of are.
    """

    gradients: tuple[float, ...]
    contributions: tuple[tuple[Contribution, ...], ...]
    overflows: tuple[bool, ...]


def forward(graph: Graph, given: Mapping[str, float]) -> Passed:
    """Compute the nodes one after another; `given` has a value for every name. What has no value is not finite."""
    values: list[float] = []
    derivatives: list[tuple[float, ...]] = []
    remarks: list[str | None] = []
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            inputs = [values[place] for place in node.inputs]
            row = OPERATIONS.get(node.operation)
            value = float(row.value(*inputs)) if row else _given(node, given)
            slopes = _slopes(row, inputs, value) if row else ()
            varying = [slope for slope, place in zip(slopes, node.inputs, strict=True) if graph.nodes[place].varies]
            remarks.append(_remark(row, inputs, value, varying) if row else None)
            values.append(value)
            derivatives.append(slopes)
    return Passed(tuple(values), tuple(derivatives), tuple(remarks))


def _given(node: Node, given: Mapping[str, float]) -> float:
    value = node.number if node.name is None else given[node.name]
    assert value is not None  # a node that is no operation has one of the two
    return float(value)


def _slopes(row: Operation, inputs: list[float], value: float) -> tuple[float, ...]:
    """Return the local derivatives; where there is no value at all, as of log(−1), there is none of them either."""
    if not isfinite(value) and row.remark(*inputs):
        return (nan,) * row.inputs
    return tuple(map(float, row.derivatives(*inputs, value)))


def _remark(row: Operation, inputs: list[float], value: float, slopes: list[float]) -> str | None:
    """Name what is special at a node; what has already been said of its inputs is not said again."""
    if not all(map(isfinite, inputs)):
        return None
    if not isfinite(value):
        return row.remark(*inputs) or "overflow"
    return row.remark(*inputs) or (None if all(map(isfinite, slopes)) else "no_derivative")


def backward(graph: Graph, passed: Passed) -> CameBack:
    """Apply the chain rule from the last node to the first; where paths meet, what they bring is added."""
    gradients = [nan] * len(graph.nodes)
    arriving: list[list[Contribution]] = [[] for _ in graph.nodes]
    for place in reversed(graph.order):
        is_last = place == graph.order[-1]
        gradients[place] = 1.0 if is_last else sum(one.value for one in arriving[place])
        for index, source in enumerate(graph.nodes[place].inputs):
            derivative = passed.derivatives[place][index]
            value = gradients[place] * derivative
            arriving[source].append(Contribution(place, index, gradients[place], derivative, value))
    overflows = [not isfinite(one) and _is_sound(made) for one, made in zip(gradients, arriving, strict=True)]
    return CameBack(tuple(gradients), tuple(map(tuple, arriving)), tuple(overflows))


def _is_sound(contributions: list[Contribution]) -> bool:
    return all(isfinite(one.gradient) and isfinite(one.derivative) for one in contributions)
