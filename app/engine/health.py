"""What ails a network: the tables `UNIT_RULES` and `LAYER_RULES`, and the numbers they judge by.

How the network as a whole stands is judged in `progress.py`.

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
from app.engine.progress import (
    ALL_LEARNT,
    FLAT_GRADIENT,
    NOTHING_LEARNT,
    Bounds,
    Ground,
    NetworkState,
    relative_gradient,
    state_of,
    straight_gradient,
)

UnitState = Literal["saturated", "dead", "alike"]
LayerState = Literal["vanishing", "exploding"]
# What may still bring a dead unit back.
Revival = Literal["layers", "penalty"]
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
# A rate that many would begin with; what is said of an exploding gradient says what it would do at this rate.
USUAL_RATE: Final = 0.1

HEALTH: Final = {
    "saturated_slope": SATURATED_SLOPE,
    "saturated_share": SATURATED_SHARE,
    "exploding_norm": EXPLODING_NORM,
    "vanishing_share": VANISHING_SHARE,
    "flat_gradient": FLAT_GRADIENT,
    "nothing_learnt": NOTHING_LEARNT,
    "all_learnt": ALL_LEARNT,
    "usual_rate": USUAL_RATE,
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
class LayerGradient:
    """A layer's gradient: its norm, and its relative size (see `progress.relative_gradient`)."""

    norm: float
    relative: float


@dataclass(frozen=True, slots=True)
class LayerRule:
    """An illness of a layer, told from its gradient and the largest norm of all layers."""

    name: LayerState
    holds: Callable[[LayerGradient, float], bool]


@dataclass(frozen=True, slots=True)
class UnitHealth:
    """A unit: its mean |f′| over the examples, the share of them where f′ is not 0, and what ails it.

    `revival` says of a dead unit what goes on changing its sums and so may bring it back: the "layers" before it
    or the "penalty" on weights; None: nothing does, unless the optimizer still remembers earlier steps.
    """

    slope: float
    active: float
    state: UnitState | None
    revival: Revival | None = None


@dataclass(frozen=True, slots=True)
class LayerHealth:
    """A layer: the Euclidean norm of its ∂L/∂W and ∂L/∂b together, what ails it, and its units.

    `relative_gradient` is by which share of what is left of the loss the layer could lower it (`progress.py`).
    """

    gradient_norm: float
    relative_gradient: float
    state: LayerState | None
    units: tuple[UnitHealth, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How the network as a whole stands, and the health of every layer."""

    state: NetworkState | None
    layers: tuple[LayerHealth, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a diagnosis is made from: one pass there and back over the training examples.

    `inputs` (examples, inputs); `data_loss`, and `loss` with the penalty; `bounds` to compare them with.
    """

    inputs: Array
    data_loss: float
    loss: float
    came_back: tuple[LayerBackward, ...]
    bounds: Bounds


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


def _is_exploding(gradient: LayerGradient, _largest: float) -> bool:
    return not gradient.norm <= EXPLODING_NORM


def _is_vanishing(gradient: LayerGradient, largest: float) -> bool:
    return gradient.norm < VANISHING_SHARE * largest or gradient.relative < FLAT_GRADIENT


UNIT_RULES: Final = (
    UnitRule("saturated", _is_saturated),
    UnitRule("dead", _is_dead),
    UnitRule("alike", _is_alike),
)
LAYER_RULES: Final = (LayerRule("exploding", _is_exploding), LayerRule("vanishing", _is_vanishing))


def diagnose(network: Network, parameters: Parameters, moment: Moment, objective: Objective) -> Diagnosis:
    """Return how the network and every layer of it are, from a pass over all training examples."""
    came_back = moment.came_back
    with np.errstate(all="ignore"):
        left = moment.loss - moment.bounds.least
        gradients = [
            LayerGradient(_norm(back), relative_gradient(own, back, left, trains_bias=layer.bias))
            for layer, own, back in zip(network.layers, parameters, came_back, strict=True)
        ]
        straight = straight_gradient(came_back, moment.inputs, left)
        ground = Ground(moment.bounds, moment.data_loss, tuple(own.relative for own in gradients), straight)
    state = state_of(network, objective, ground)
    return Diagnosis(state, _layer_healths(network, parameters, moment, objective, gradients, learns=state is None))


def _layer_healths(
    network: Network,
    parameters: Parameters,
    moment: Moment,
    objective: Objective,
    gradients: list[LayerGradient],
    *,
    learns: bool,
) -> tuple[LayerHealth, ...]:
    largest = max((own.norm for own in gradients if np.isfinite(own.norm)), default=0.0)
    # Where no layer learns any more, or all is learnt, none stands still while another learns.
    rules = [rule for rule in LAYER_RULES if learns or rule.name != "vanishing"]
    return tuple(
        LayerHealth(
            own.norm,
            own.relative,
            next((rule.name for rule in rules if rule.holds(own, largest)), None),
            _units(layer, _revivals(parameters, moment.came_back, objective, index)),
        )
        for index, (own, layer) in enumerate(
            zip(gradients, _layers(network, parameters, moment.came_back, objective), strict=True)
        )
    )


def _norm(back: LayerBackward) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sqrt(np.vdot(back.dW, back.dW) + np.vdot(back.db, back.db)))


def _revivals(
    parameters: Parameters, came_back: tuple[LayerBackward, ...], objective: Objective, index: int
) -> list[Revival | None]:
    """Return what may still change the sums of each unit of a layer, though no gradient comes through the unit."""
    count = parameters[index].biases.size
    # Where every example's error is 0 in a layer, no batch of them moves it.
    if any(back.delta.any() for back in came_back[:index]):
        return ["layers"] * count
    if not (objective.l1 or objective.l2):
        return [None] * count
    if index > 0:
        return ["penalty"] * count
    weights, biases = parameters[0].weights, parameters[0].biases
    # L2 alone shrinks all of a unit's weights in proportion: its sums go straight to its bias, which stays.
    may = np.any(weights != 0.0, axis=1) & ((objective.l1 > 0.0) | (biases > 0.0))
    return ["penalty" if one else None for one in may]


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


def _units(layer: Layer, revivals: list[Revival | None]) -> tuple[UnitHealth, ...]:
    count = layer.slopes.shape[0]
    states: list[UnitState | None] = [None] * layer.slopes.shape[1]
    for rule in reversed(UNIT_RULES):
        for unit in np.flatnonzero(rule.marks(layer)):
            states[unit] = rule.name
    slopes = np.add.reduce(layer.slopes, axis=0) / count
    active = np.add.reduce(layer.slopes > 0.0, axis=0) / count
    kept = [revival if state == "dead" else None for state, revival in zip(states, revivals, strict=True)]
    return tuple(map(UnitHealth, slopes.tolist(), active.tolist(), states, kept))
