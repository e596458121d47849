"""What ails a network: the tables `UNIT_RULES` and `LAYER_RULES`, and the numbers they judge by.

To add an illness, add a rule: its name and the function that says of every unit of a layer (or of every layer)
whether it has it. Of several that hold, the first of the table is told: of a tanh that is ±1 to the last bit,
that it is saturated, not that it is dead. All numbers are those of one backward pass over the training examples.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS, Activation
from app.engine.arrays import Array
from app.engine.chain import is_one_step
from app.engine.network import LayerBackward, LayerParameters, Network, Objective, Parameters

UnitState = Literal["saturated", "dead", "alike"]
LayerState = Literal["vanishing", "exploding"]
Marks = NDArray[np.bool_]

# Each layer takes the gradient times f′. A tenth of what the function could pass on is little: two such units
# on the way, and a hundredth is left.
SATURATED_SLOPE: Final = 0.1
# A unit that sits at an end for a few examples is telling them apart. At nearly all of them, it tells nothing.
SATURATED_SHARE: Final = 0.9
# Weights and inputs are of about 1 here. A rate that is right for such gradients, 0.1 or so, would now move the
# weights by hundreds.
EXPLODING_NORM: Final = 1e3
# One rate serves all layers. Where this layer moves a thousand times slower than another, it stands still
# while that one learns.
VANISHING_SHARE: Final = 1e-3

HEALTH: Final = {
    "saturated_slope": SATURATED_SLOPE,
    "saturated_share": SATURATED_SHARE,
    "exploding_norm": EXPLODING_NORM,
    "vanishing_share": VANISHING_SHARE,
}


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What the rules look at: |f′(z)|, shape (examples, units), the weights in and, in a hidden layer, out.

    `takes_slope` says whether the gradient is multiplied by f′ here: not in a last layer that is differentiated
    in one step, where f′ cancels or is a whole matrix.
    """

    activation: Activation
    slopes: Array
    incoming: LayerParameters
    outgoing: Array | None
    takes_slope: bool


@dataclass(frozen=True, slots=True)
class UnitRule:
    """An illness of a unit, and how every unit of a layer is asked for it."""

    name: UnitState
    marks: Callable[[Layer], Marks]


@dataclass(frozen=True, slots=True)
class LayerRule:
    """An illness of a layer, told from its gradient's norm and the largest norm of all layers."""

    name: LayerState
    holds: Callable[[float, float], bool]


@dataclass(frozen=True, slots=True)
class UnitHealth:
    """A unit: its mean |f′| over the examples, the share of them where f′ is not 0, and what ails it."""

    slope: float
    active: float
    state: UnitState | None


@dataclass(frozen=True, slots=True)
class LayerHealth:
    """A layer: the Euclidean norm of its ∂L/∂W and ∂L/∂b together, what ails it, and its units."""

    gradient_norm: float
    state: LayerState | None
    units: tuple[UnitHealth, ...]


def _nowhere(layer: Layer) -> Marks:
    return np.zeros(layer.slopes.shape[1], dtype=np.bool_)


def _is_dead(layer: Layer) -> Marks:
    """Say where nothing comes back for any example, though the function has slopes somewhere."""
    if not layer.takes_slope or layer.activation.steepest == 0.0:
        return _nowhere(layer)
    marks: Marks = np.logical_and.reduce(layer.slopes == 0.0, axis=0)
    return marks


def _is_alike(layer: Layer) -> Marks:
    """Say where another hidden unit has the same weights in and out, to the bit, and so the same gradients."""
    if layer.outgoing is None:
        return _nowhere(layer)
    own = np.column_stack([layer.incoming.weights, layer.incoming.biases, layer.outgoing.T])
    rows = [row.tobytes() for row in own]
    times = Counter(rows)
    return np.array([times[row] > 1 for row in rows])


def _is_saturated(layer: Layer) -> Marks:
    """Say where a bounded function is nearly flat, at one of its ends, for nearly all examples."""
    row = layer.activation
    if not layer.takes_slope or not np.isfinite([row.lowest, row.highest]).all():
        return _nowhere(layer)
    is_flat = layer.slopes < SATURATED_SLOPE * row.steepest
    marks: Marks = np.add.reduce(is_flat, axis=0) >= SATURATED_SHARE * layer.slopes.shape[0]
    return marks


def _is_exploding(norm: float, _largest: float) -> bool:
    return not norm <= EXPLODING_NORM


def _is_vanishing(norm: float, largest: float) -> bool:
    return norm < VANISHING_SHARE * largest


UNIT_RULES: Final = (
    UnitRule("saturated", _is_saturated),
    UnitRule("dead", _is_dead),
    UnitRule("alike", _is_alike),
)
LAYER_RULES: Final = (LayerRule("exploding", _is_exploding), LayerRule("vanishing", _is_vanishing))


def diagnose(
    network: Network, parameters: Parameters, came_back: tuple[LayerBackward, ...], objective: Objective
) -> tuple[LayerHealth, ...]:
    """Return the health of every layer, from a backward pass over all training examples."""
    norms = [_norm(back) for back in came_back]
    largest = max((norm for norm in norms if np.isfinite(norm)), default=0.0)
    return tuple(
        LayerHealth(
            norm,
            next((rule.name for rule in LAYER_RULES if rule.holds(norm, largest)), None),
            _units(layer),
        )
        for norm, layer in zip(norms, _layers(network, parameters, came_back, objective), strict=True)
    )


def _norm(back: LayerBackward) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sqrt(np.vdot(back.dW, back.dW) + np.vdot(back.db, back.db)))


def _layers(
    network: Network, parameters: Parameters, came_back: tuple[LayerBackward, ...], objective: Objective
) -> list[Layer]:
    last = len(network.layers) - 1
    return [
        Layer(
            ACTIVATIONS[own.activation],
            np.abs(came_back[index].derivative),
            parameters[index],
            None if index == last else parameters[index + 1].weights,
            takes_slope=index < last or not is_one_step(network, objective),
        )
        for index, own in enumerate(network.layers)
    ]


def _units(layer: Layer) -> tuple[UnitHealth, ...]:
    count = layer.slopes.shape[0]
    states: list[UnitState | None] = [None] * layer.slopes.shape[1]
    for rule in reversed(UNIT_RULES):
        for unit in np.flatnonzero(rule.marks(layer)):
            states[unit] = rule.name
    slopes = np.add.reduce(layer.slopes, axis=0) / count
    active = np.add.reduce(layer.slopes > 0.0, axis=0) / count
    return tuple(map(UnitHealth, slopes.tolist(), active.tolist(), states))
