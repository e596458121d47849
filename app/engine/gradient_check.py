"""The proof that can be made without calculus: nudge a parameter both ways and see how the loss moves.

Shipped, not only tested with, since the page shows it beside every gradient.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.engine.agreement import Comparison, compare, is_at_corner, rounding_of_loss
from app.engine.arrays import Array
from app.engine.flat import flatten, unflatten
from app.engine.network import (
    LayerBackward,
    LayerParameters,
    Network,
    Objective,
    Parameters,
    loss_of,
)
from app.engine.training import Examples

# Halfway (on a log scale) between the error of the secant, of order h², and that of rounding, of order 1/h.
NUDGE: Final = 1e-5
# Two gradients both smaller than this are equal for every purpose; their ratio would be noise.
_NEGLIGIBLE: Final = 1e-7


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """Every gradient beside its numerical twin: `numerical` and `relative_errors` are shaped as the parameters.

    `worst` is the largest relative error, at place `worst_place` of the flattened parameters, and `comparison` says
    why it is one.
    """

    numerical: Parameters
    relative_errors: Parameters
    worst: float
    worst_place: int
    comparison: Comparison


def nudged(
    network: Network, parameters: Parameters, examples: Examples, objective: Objective, place: int, by: float
) -> float:
    """Return the loss with number `place` of the flattened parameters changed by `by`."""
    vector = flatten(parameters)
    vector[place] += by
    return loss_of(network, unflatten(vector, network), examples.inputs, examples.targets, objective)


def numerical_gradient(
    network: Network,
    parameters: Parameters,
    examples: Examples,
    objective: Objective,
    place: int,
    nudge: float = NUDGE,
) -> float:
    """Return (L(w + h) − L(w − h)) / 2h for number `place` of the flattened parameters, h = `nudge`."""
    up = nudged(network, parameters, examples, objective, place, nudge)
    down = nudged(network, parameters, examples, objective, place, -nudge)
    return (up - down) / (2.0 * nudge)


def relative_error(gradient: Array | float, numerical: Array | float) -> Array:
    """Return |g − n| / max(|g|, |n|), elementwise; 0 means equal, 2 means the opposite sign."""
    size = np.maximum(np.maximum(np.abs(gradient), np.abs(numerical)), _NEGLIGIBLE)
    return np.abs(np.subtract(gradient, numerical)) / size


def check_gradients(
    network: Network,
    parameters: Parameters,
    examples: Examples,
    objective: Objective,
    came_back: tuple[LayerBackward, ...],
    nudge: float = NUDGE,
) -> GradientCheck:
    """Compare every dW and db of `came_back` with central differences, frozen biases too."""
    numerical = np.array(
        [
            numerical_gradient(network, parameters, examples, objective, place, nudge)
            for place in range(network.parameter_count)
        ]
    )
    gradient = flatten(tuple(LayerParameters(back.dW, back.db) for back in came_back))
    errors = relative_error(gradient, numerical)
    worst = int(np.argmax(errors))
    found = compare_at(network, parameters, examples, objective, worst, float(gradient[worst]), nudge)
    return GradientCheck(
        unflatten(numerical, network), unflatten(errors, network), float(errors[worst]), worst, found
    )


def compare_at(
    network: Network,
    parameters: Parameters,
    examples: Examples,
    objective: Objective,
    place: int,
    gradient: float,
    nudge: float = NUDGE,
) -> Comparison:
    """Judge the gradient of number `place` of the flattened parameters by nudging it."""
    vector = flatten(parameters)

    def noise(by: float) -> float:
        moved = vector.copy()
        moved[place] += by
        return rounding_of_loss(network, unflatten(moved, network), examples, objective)

    with np.errstate(all="ignore"):
        return compare(
            lambda by: nudged(network, parameters, examples, objective, place, by),
            gradient,
            nudge,
            # At the bottom of a valley no rounding is left of the loss, but of the losses beside it.
            max(noise(0.0), noise(nudge), noise(-nudge)),
            is_at_corner=is_at_corner(network, parameters, examples, objective),
        )
