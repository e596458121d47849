"""Formulas drawn at random, and a second way to compute them: Python's own parser, and HIPS autograd."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import autograd.numpy as anp
import numpy as np
from autograd import grad

from app.engine.expression import CameBack, Graph, Passed, backward, forward
from app.engine.parsing import parse

NAMES = ("x", "w", "b", "w_in")
INFIX = ("+", "-", "*", "/", "**")
# Each written another way than in the engine, where there is another way.
FUNCTIONS: Mapping[str, Callable] = {
    "max": lambda a, b: 0.5 * (a + b + anp.abs(a - b)),
    "min": lambda a, b: 0.5 * (a + b - anp.abs(a - b)),
    "abs": anp.abs,
    "exp": anp.exp,
    "log": anp.log,
    "sqrt": lambda a: a**0.5,
    "tanh": lambda a: (anp.exp(2.0 * a) - 1.0) / (anp.exp(2.0 * a) + 1.0),
    "sigmoid": lambda a: anp.exp(a) / (1.0 + anp.exp(a)),
    "relu": lambda a: 0.5 * (a + anp.abs(a)),
    "sin": anp.sin,
    "cos": anp.cos,
}
# Beyond these the digits of a difference are lost: such a formula is drawn anew.
LARGEST, CORNER = 50.0, 1e-2


@dataclass(frozen=True)
class Drawn:
    text: str
    values: Mapping[str, float]

    @property
    def names(self) -> list[str]:
        return [name for name in NAMES if name in read(self.text).names]


def read(text: str) -> Graph:
    return parse(text, most_nodes=500, most_depth=100)


def passes(text: str, values: Mapping[str, float]) -> tuple[Graph, Passed, CameBack]:
    graph = read(text)
    passed = forward(graph, values)
    return graph, passed, backward(graph, passed)


def by_python(text: str, values: Mapping[str, float]) -> float:
    """What Python itself makes of the same text."""
    return eval(text, {"__builtins__": {}, **FUNCTIONS, **values})  # noqa: S307 - drawn here, and nothing but arithmetic


def by_autograd(drawn: Drawn) -> tuple[float, dict[str, float]]:
    """The value, and the gradient by each name, of the second implementation."""
    names = drawn.names

    def function(numbers):
        own = {name: numbers[index] for index, name in enumerate(names)}
        return by_python(drawn.text, {**drawn.values, **own}) + 0.0 * numbers[0]

    numbers = anp.array([drawn.values[name] for name in names])
    return float(function(numbers)), dict(zip(names, map(float, grad(function)(numbers)), strict=True))


def by_differences(drawn: Drawn, h: float = 1e-6) -> dict[str, float]:
    """The gradient by each name, as central differences of what Python computes."""

    def moved(name: str, by: float) -> float:
        return float(by_python(drawn.text, {**drawn.values, name: drawn.values[name] + by}))

    return {name: (moved(name, h) - moved(name, -h)) / (2 * h) for name in drawn.names}


def draw_text(draws: np.random.Generator, depth: int) -> str:
    if depth == 0 or draws.random() < 0.15:
        return str(draws.choice([*NAMES, "2", "0.5", "3"], p=[0.2, 0.2, 0.2, 0.2, 0.08, 0.07, 0.05]))
    one, other = draw_text(draws, depth - 1), draw_text(draws, depth - 1)
    kind = draws.random()
    if kind < 0.1:
        return f"-{one}" if one.isidentifier() else f"-({one})"
    if kind < 0.55:
        sign = str(draws.choice(INFIX, p=[0.25, 0.2, 0.3, 0.15, 0.1]))
        other = str(draws.choice(["2", "3", "-1", "0.5", other])) if sign == "**" else other
        return f"({one}){sign}({other})" if draws.random() < 0.7 or sign == "**" else f"{one} {sign} {other}"
    name = str(draws.choice(list(FUNCTIONS)))
    return f"{name}({one}, {other})" if name in ("max", "min") else f"{name}({one})"


def is_smooth(drawn: Drawn) -> bool:
    """Whether the formula has a value and digits to compare: nothing is large, and no corner is near."""
    graph, passed, came_back = passes(drawn.text, drawn.values)
    if not graph.names or any(passed.remarks) or not graph.nodes[-1].inputs:
        return False
    numbers = [*passed.values, *(one for slopes in passed.derivatives for one in slopes)]
    numbers += [one for one, node in zip(came_back.gradients, graph.nodes, strict=True) if node.varies]
    if not all(abs(one) < LARGEST for one in numbers if not np.isnan(one)):
        return False
    for node in graph.nodes:
        inputs = [passed.values[place] for place in node.inputs]
        if node.operation in ("relu", "abs", "sqrt", "log") and abs(inputs[0]) < CORNER:
            return False
        if node.operation in ("max", "min", "divide", "power") and abs(inputs[0] - inputs[1]) < CORNER:
            return False
        if node.operation in ("divide", "power") and abs(inputs[-1 if node.operation == "divide" else 0]) < CORNER:
            return False
    return True


def formulas(count: int, seed: int) -> list[Drawn]:
    draws = np.random.default_rng(seed)
    found: list[Drawn] = []
    while len(found) < count:
        values = {name: round(float(draws.uniform(-2.5, 2.5)), 3) for name in NAMES}
        one = Drawn(draw_text(draws, int(draws.integers(1, 6))), values)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            if one.text not in {other.text for other in found} and is_smooth(one):
                found.append(one)
    return found
