"""Backpropagation, whole, in the order it is taught: `forward`, `batch_loss`, `backward`.

Everything is a pure function of (parameters, data) that keeps every number it passes: each layer's input x,
pre-activation z, activation a, derivative f′(z), and on the way back ∂L/∂a, δ = ∂L/∂z, ∂L/∂W and ∂L/∂b. Rows
are examples, columns are units; `weights[j][i]` runs from unit i of the layer before to unit j.
"""

from dataclasses import dataclass
from math import nan

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array
from app.engine.losses import FUSED, LOSSES, Reduction
from app.engine.pause import look_up


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of `units` units; with `bias` False its biases are used but never trained."""

    units: int
    activation: str
    bias: bool = True


@dataclass(frozen=True, slots=True)
class Network:
    """The part of a network that training does not change: its topology and activations."""

    inputs: int
    layers: tuple[Layer, ...]

    @property
    def outputs(self) -> int:
        """The number of units of the last layer."""
        return self.layers[-1].units

    @property
    def fan_ins(self) -> tuple[int, ...]:
        """How many inputs each layer has."""
        return (self.inputs, *(layer.units for layer in self.layers[:-1]))

    @property
    def parameter_count(self) -> int:
        """The number of weights and biases, frozen biases included."""
        return sum(layer.units * (fan_in + 1) for layer, fan_in in zip(self.layers, self.fan_ins, strict=True))


@dataclass(frozen=True, slots=True)
class LayerParameters:
    """One layer's `weights`, shape (units, inputs), and `biases`, shape (units,); or their gradients."""

    weights: Array
    biases: Array


Parameters = tuple[LayerParameters, ...]


@dataclass(frozen=True, slots=True)
class Objective:
    """What is minimised: a loss, how a batch combines its examples' losses, and the penalties on weights."""

    loss: str
    reduction: Reduction = "mean"
    l1: float = 0.0
    l2: float = 0.0


@dataclass(frozen=True, slots=True)
class LayerForward:
    """What one layer did to a batch: its input x (examples, inputs), then z and a (examples, units)."""

    x: Array
    z: Array
    a: Array


@dataclass(frozen=True, slots=True)
class BatchLoss:
    """The loss of a batch: `loss` = `data_loss` + `penalty`; `parts` (examples, outputs) add up to `examples`."""

    parts: Array
    examples: Array
    data_loss: float
    penalty: float
    loss: float


@dataclass(frozen=True, slots=True)
class LayerBackward:
    """What came back through one layer, all of the batch loss: ∂L/∂a, f′(z), δ, ∂L/∂W and ∂L/∂b.

    `penalty_dW` is the part of `dW` that the penalties on the weights add, None where there is no penalty.
    """

    da: Array
    derivative: Array
    delta: Array
    dW: Array
    db: Array
    penalty_dW: Array | None


def forward(network: Network, parameters: Parameters, inputs: Array) -> tuple[LayerForward, ...]:
    """Send `inputs`, shape (examples, inputs), through the network, layer by layer."""
    passed = []
    x = inputs
    for layer, own in zip(network.layers, parameters, strict=True):
        look_up()
        z = x @ own.weights.T + own.biases
        a = ACTIVATIONS[layer.activation].function(z)
        passed.append(LayerForward(x, z, a))
        x = a
    return tuple(passed)


def batch_loss(
    network: Network, parameters: Parameters, last: LayerForward, targets: Array, objective: Objective
) -> BatchLoss:
    """Compare the last layer's output with `targets`, shape (examples, outputs)."""
    fused = FUSED.get((network.layers[-1].activation, objective.loss))
    parts = fused.parts(last.z, targets) if fused else LOSSES[objective.loss].parts(last.a, targets)
    examples = np.add.reduce(parts, axis=1)
    data_loss = float(np.add.reduce(examples)) / divisor(targets, objective)
    penalty = penalty_of(parameters, objective)
    return BatchLoss(parts, examples, data_loss, penalty, data_loss + penalty)


def backward(
    network: Network,
    parameters: Parameters,
    passed: tuple[LayerForward, ...],
    targets: Array,
    objective: Objective,
) -> tuple[LayerBackward, ...]:
    """Send the error back, last layer first; return the layers in forward order."""
    came_back: list[LayerBackward] = []
    for index in reversed(range(len(network.layers))):
        look_up()
        activation = ACTIVATIONS[network.layers[index].activation]
        x, z, a = passed[index].x, passed[index].z, passed[index].a
        derivative = activation.derivative(z, a)
        if not came_back:
            da, delta = _last_errors(network, passed[-1], derivative, targets, objective)
        else:
            # A unit acts on the loss through every unit of the next layer: its contributions add up.
            da = came_back[-1].delta @ parameters[index + 1].weights
            delta = activation.backward(da, derivative, a)
        penalty_dW = penalty_gradient(parameters[index].weights, objective)
        dW = delta.T @ x if penalty_dW is None else delta.T @ x + penalty_dW
        db = np.add.reduce(delta, axis=0)
        came_back.append(LayerBackward(da, derivative, delta, dW, db, penalty_dW))
    return tuple(reversed(came_back))


def _last_errors(
    network: Network, last: LayerForward, derivative: Array, targets: Array, objective: Objective
) -> tuple[Array, Array]:
    """Return ∂L/∂a and δ of the last layer, of the batch loss."""
    count = divisor(targets, objective)
    with np.errstate(all="ignore"):  # where a is 0 or 1 to the last bit, only the fused δ is finite
        da = LOSSES[objective.loss].derivative(last.a, targets) / count
        fused = FUSED.get((network.layers[-1].activation, objective.loss))
        if fused:
            return da, fused.delta(last.z, last.a, targets) / count
        return da, ACTIVATIONS[network.layers[-1].activation].backward(da, derivative, last.a)


def divisor(targets: Array, objective: Objective) -> int:
    """Return what the sum of the examples' losses is divided by: their number for "mean", 1 for "sum"."""
    return targets.shape[0] if objective.reduction == "mean" else 1


def penalty_of(parameters: Parameters, objective: Objective) -> float:
    """Return l1·Σ|w| + ½·l2·Σw² over all weights; biases are free."""
    penalty = 0.0
    for own in parameters:
        if objective.l1:
            penalty += float(np.add.reduce(objective.l1 * np.abs(own.weights), axis=None))
        if objective.l2:
            # Weighted before it is squared and added up: the square alone may overflow.
            penalty += 0.5 * float(np.add.reduce(objective.l2 * own.weights * own.weights, axis=None))
    return penalty


def penalty_gradient(weights: Array, objective: Objective) -> Array | None:
    """Return ∂penalty/∂W, of W's shape, or None where there is no penalty."""
    if objective.l1 == objective.l2 == 0.0:
        return None
    return objective.l1 * np.sign(weights) + objective.l2 * weights


def loss_of(network: Network, parameters: Parameters, inputs: Array, targets: Array, objective: Objective) -> float:
    """Return the batch loss alone, the function of the parameters that training lowers.

    NaN where a parameter is not finite, though a bounded activation may still give a finite prediction there.
    """
    if not all(np.isfinite(own.weights).all() and np.isfinite(own.biases).all() for own in parameters):
        return nan
    passed = forward(network, parameters, inputs)
    return batch_loss(network, parameters, passed[-1], targets, objective).loss


def shape_problem(network: Network, parameters: Parameters) -> tuple[int, str, str] | None:
    """Return (layer, field, sentence) for the first array whose shape does not fit, or None."""
    if len(parameters) != len(network.layers):
        return (-1, "", f"has {len(parameters)} layers, the network has {len(network.layers)}")
    for index, (layer, fan_in, own) in enumerate(zip(network.layers, network.fan_ins, parameters, strict=True)):
        for field, array, wanted in (
            ("weights", own.weights, (layer.units, fan_in)),
            ("biases", own.biases, (layer.units,)),
        ):
            if array.shape != wanted:
                return (index, field, f"has the shape {array.shape}, the network needs {wanted}")
    return None
