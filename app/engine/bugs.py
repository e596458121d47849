"""Mistakes that can be planted in one layer of the backward pass: the table `BUGS`, and the pass with one of them.

To add one, add a row: what it puts in the place of a line of the pass, and which layers it can stand in. A wrong
∂L/∂a or δ is sent on, so that all layers before are wrong, too; a wrong gradient stays where it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array
from app.engine.network import LayerBackward, LayerForward, Network, Objective, Parameters, backward, forward
from app.engine.training import Examples

OBJECTIVE: Final = Objective("half_squared_error")
# With which the next layer has already stepped where that is the mistake.
LEARNING_RATE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Pass:
    """A forward and the right backward pass over a batch, and the right backward pass over the batch before."""

    network: Network
    parameters: Parameters
    passed: tuple[LayerForward, ...]
    came_back: tuple[LayerBackward, ...]
    before: tuple[LayerBackward, ...]


Gradients = tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class Bug:
    """A mistake: what it is called, what is told when it was found, and where to look as long as it was not.

    It puts something else in the place of a line of the pass in its layer: `da(pass, layer)`, `delta(da, delta)`,
    or `gradients(pass, layer, delta)`, which are dW and db. It can stand in the layers that `fits` says.
    """

    name: str
    label: str
    description: str
    look_for: str
    fits: Callable[[Network, int], bool]
    da: Callable[[Pass, int], Array] | None = None
    delta: Callable[[Array, Array], Array] | None = None
    gradients: Callable[[Pass, int, Array], Gradients] | None = None
    is_easy: bool = False


def _anywhere(_network: Network, _layer: int) -> bool:
    return True


def _has_next(network: Network, layer: int) -> bool:
    return layer + 1 < len(network.layers)


def _has_square_next(network: Network, layer: int) -> bool:
    return _has_next(network, layer) and network.layers[layer + 1].units == network.layers[layer].units


def _has_several_next(network: Network, layer: int) -> bool:
    return _has_next(network, layer) and network.layers[layer + 1].units > 1


def _follows_a_curve(network: Network, layer: int) -> bool:
    return layer > 0 and network.layers[layer - 1].activation != "identity"


def _bends(network: Network, layer: int) -> bool:
    return network.layers[layer].activation != "identity"


def _updated(own: Pass, layer: int) -> Array:
    after = own.came_back[layer + 1]
    return after.delta @ (own.parameters[layer + 1].weights - LEARNING_RATE * after.dW)


def _transposed(own: Pass, layer: int) -> Array:
    return own.came_back[layer + 1].delta @ own.parameters[layer + 1].weights.T


def _without_a_path(own: Pass, layer: int) -> Array:
    return own.came_back[layer + 1].delta[:, 1:] @ own.parameters[layer + 1].weights[1:]


def _of(delta: Array, x: Array) -> Gradients:
    """Return ∂L/∂W and ∂L/∂b from the error at a layer and what came into it."""
    return delta.T @ x, np.add.reduce(delta, axis=0)


def _summed(own: Pass, layer: int, delta: Array) -> Gradients:
    dW, db = _of(delta, own.passed[layer].x)
    return dW * len(delta), db * len(delta)


def _without_biases(own: Pass, layer: int, delta: Array) -> Gradients:
    dW, db = _of(delta, own.passed[layer].x)
    return dW, np.zeros_like(db)


def _without_input(own: Pass, layer: int, delta: Array) -> Gradients:
    return _of(delta, np.ones_like(own.passed[layer].x))


def _with_z(own: Pass, layer: int, delta: Array) -> Gradients:
    return _of(delta, own.passed[layer - 1].z)


def _stale(own: Pass, layer: int, _delta: Array) -> Gradients:
    return own.before[layer].dW, own.before[layer].db


_ROWS: Final = (
    Bug(
        "wrong_sign",
        "the sign is flipped",
        "The error of this layer was sent on with the opposite sign: target minus prediction, for instance. All "
        "layers before it learn the wrong way round, too.",
        "Look at the sign of the ratios.",
        _anywhere,
        delta=lambda _da, delta: -delta,
        is_easy=True,
    ),
    Bug(
        "no_derivative",
        "f′(z) is missing",
        "The error was passed through as if the activation had no slope: δ is ∂L/∂a as it came.",
        "Compare ∂L/∂a with δ in the table of what the pass has computed: what should lie between them?",
        _bends,
        delta=lambda da, _delta: da,
        is_easy=True,
    ),
    Bug(
        "sum",
        "summed, not averaged",
        "The examples of the batch were added up and never divided by their number, in this layer alone.",
        "Is the ratio the same everywhere? And which number of this batch is it?",
        _anywhere,
        gradients=_summed,
        is_easy=True,
    ),
    Bug(
        "no_bias",
        "the biases are skipped",
        "The weights learn, the biases stay as they are: their gradient was never computed.",
        "Look at weights and biases apart: which of them pass?",
        _anywhere,
        gradients=_without_biases,
        is_easy=True,
    ),
    Bug(
        "no_input",
        "the input factor is missing",
        "A weight's gradient is the error at its neuron times what came in through it; here what came in was left "
        "out, and all weights into a neuron are given what is right for its bias.",
        "Compare the gradients of the weights into one neuron with each other, and with that of its bias.",
        _anywhere,
        gradients=_without_input,
        is_easy=True,
    ),
    Bug(
        "z_for_a",
        "z is used where a is due",
        "What came in was taken before the activation: z of the layer before, not a.",
        "The biases pass, the weights do not. So δ is right; what else is a factor in a weight's gradient?",
        _follows_a_curve,
        gradients=_with_z,
    ),
    Bug(
        "updated_weights",
        "the updated weights are used",
        "The next layer's weights had already made their step when the error was sent back through them. All have "
        "to be computed first, and only then changed.",
        "Work out ∂L/∂a of one neuron by hand, and then once more with the weights after the step.",
        _has_next,
        da=_updated,
    ),
    Bug(
        "transposed",
        "the weights are transposed",
        "The error came back through the next layer's weights with rows and columns exchanged: w₁₂ for w₂₁. As "
        "that table is square, nothing complained.",
        "Work out ∂L/∂a of one neuron by hand: each δ of the next layer times the weight that leads there.",
        _has_square_next,
        da=_transposed,
    ),
    Bug(
        "lost_path",
        "one path is left out",
        "A neuron acts on the loss through every neuron of the next layer, and the first of those was left out of "
        "the sum.",
        "Work out ∂L/∂a of one neuron by hand, as a sum over all neurons of the next layer: which terms are there?",
        _has_several_next,
        da=_without_a_path,
    ),
    Bug(
        "stale",
        "a gradient of the batch before",
        "This layer's gradient was not computed anew: it is that of the batch before.",
        "δ is right, and yet neither weights nor biases pass. Look at the last column of the table.",
        _anywhere,
        gradients=_stale,
    ),
)

BUGS: Final[Mapping[str, Bug]] = MappingProxyType({row.name: row for row in _ROWS})
EASY: Final = tuple(row.name for row in _ROWS if row.is_easy)


def right_pass(network: Network, parameters: Parameters, batch: Examples, before: Examples) -> Pass:
    """Return the passes as they should be, over a batch and over the one before it."""

    def back(examples: Examples) -> tuple[tuple[LayerForward, ...], tuple[LayerBackward, ...]]:
        passed = forward(network, parameters, examples.inputs)
        return passed, backward(network, parameters, passed, examples.targets, OBJECTIVE)

    return Pass(network, parameters, *back(batch), back(before)[1])


def broken_pass(own: Pass, bug: Bug | None, planted: int) -> tuple[LayerBackward, ...]:
    """Return what comes back with a mistake in layer `planted`; with none, what should."""
    made = list(own.came_back[planted + 1 :])
    for layer in reversed(range(planted + 1)):
        after = made[0] if made else None
        made.insert(0, _step_back(own, layer, after, bug if layer == planted else None))
    return tuple(made)


def _step_back(own: Pass, layer: int, after: LayerBackward | None, bug: Bug | None) -> LayerBackward:
    right, here = own.came_back[layer], own.passed[layer]
    # The last layer's error is that of the loss.
    da = right.da if after is None else after.delta @ own.parameters[layer + 1].weights
    if bug and bug.da:
        da = bug.da(own, layer)
    delta = ACTIVATIONS[own.network.layers[layer].activation].backward(da, right.derivative, here.a)
    if bug and bug.delta:
        delta = bug.delta(da, delta)
    dW, db = bug.gradients(own, layer, delta) if bug and bug.gradients else _of(delta, here.x)
    return LayerBackward(da, right.derivative, delta, dW, db, None)
