"""A pass: a 2-2-2 network, one example, one step of plain gradient descent, and every number of it as a named line.

Lines are named by what they are and where: `z_h1`, `loss_o2`, `dW_o1_h1` (from hidden unit 1 to output 1).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from app.engine.network import Layer, LayerBackward, Network, Objective, Parameters, backward, loss_of
from app.engine.training import Examples, OptimizerChoice, State, Step, first_state, take_step
from app.engine.walkthrough import Operation, Phase, walkthrough
from app.lessons.faded.stepping import stepped

NETWORK: Final = Network(2, (Layer(2, "sigmoid", bias=False), Layer(2, "sigmoid", bias=False)))
LOSS: Final = Objective("half_squared_error")
# How units are called in the names of lines: inputs, hidden units, outputs.
_UNITS: Final = (("x1", "x2"), ("h1", "h2"), ("o1", "o2"))

LineKind = Literal[
    "z", "a", "part", "loss", "da_loss", "da", "derivative", "delta", "dW", "weight", "loss_after"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One number of the pass: its name, when and where it is computed (layers and units from 0), its value."""

    name: str
    phase: Phase
    kind: LineKind
    value: float
    layer: int | None = None
    unit: int | None = None
    input: int | None = None


@dataclass(frozen=True)
class Pass:
    """The numbers that are given: one example, the first parameters, the learning rate; the rest follows."""

    examples: Examples
    parameters: Parameters
    rate: float

    @cached_property
    def optimizer(self) -> OptimizerChoice:
        """Plain gradient descent."""
        return OptimizerChoice("sgd", {"learning_rate": self.rate})

    @cached_property
    def step(self) -> Step:
        """The step, every number of it."""
        return take_step(NETWORK, self.examples, LOSS, self.optimizer, first_state(self.parameters, "sgd"))

    @cached_property
    def mistaken(self) -> Step:
        """The step of somebody who updates the output weights first, and sends the error back through those."""
        came_back = self.back_through((self.parameters[0], self.step.after.parameters[1]))
        after = State(1, stepped(self.parameters, came_back, self.rate), self.step.after.optimizer_state)
        return Step(self.step.before, self.step.passed, self.step.loss, came_back, after)

    def back_through(self, parameters: Parameters) -> tuple[LayerBackward, ...]:
        """Send the error of this pass back through other weights."""
        return backward(NETWORK, parameters, self.step.passed, self.examples.targets, LOSS)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every number, in the order in which it is computed."""
        return tuple(self._lines_of(self.step))

    @cached_property
    def updated(self) -> Mapping[str, float]:
        """What the mistaken step has in the place of the lines that it changes, by their names."""
        own = {line.name: line.value for line in self.lines}
        return {line.name: line.value for line in self._lines_of(self.mistaken) if line.value != own[line.name]}

    @cached_property
    def _values(self) -> Mapping[str, float]:
        return {line.name: line.value for line in self.lines}

    def value(self, name: str) -> float:
        """Return the number of a line."""
        return self._values[name]

    def _lines_of(self, step: Step) -> Iterator[Line]:
        for operation in walkthrough(NETWORK, LOSS, self.optimizer, step, self.examples.targets):
            yield from _named(operation)
        after = loss_of(NETWORK, step.after.parameters, self.examples.inputs, self.examples.targets, LOSS)
        yield Line("loss_after", "update", "loss_after", after)


def _named(operation: Operation) -> Iterator[Line]:
    """Yield the lines of an operation: those of the engine that do two things at once are taken apart."""
    phase, layer, unit, source = operation.phase, operation.layer, operation.unit, operation.input
    if layer is None or unit is None:
        for term in operation.terms:
            yield Line(f"loss_{_UNITS[2][term.index]}", phase, "part", term.product, 1, term.index)
        yield Line("loss", phase, "loss", operation.value)
        return
    place = _UNITS[layer + 1][unit]
    kind: LineKind = operation.kind  # type: ignore[assignment]  # this network has no other kinds
    if kind == "delta":
        yield Line(f"derivative_{place}", phase, "derivative", operation.terms[0].right, layer, unit)
    if source is not None:
        place = f"{place}_{_UNITS[layer][source]}"
    name = "da" if kind == "da_loss" else kind
    yield Line(f"{name}_{place}", phase, kind, operation.value, layer, unit, source)
