"""The losses of the two smallest networks, as surfaces: one weight, and a weight with a bias.

Their outputs are linear in the parameters, so the half squared error, averaged over the examples, is
½·mean((F·p − y)²) with one row of F an example: (x) or (x, 1). Gradient and second derivatives follow from it. A
test holds them equal to the network engine.
"""

from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.surface import Surface

# Inputs and targets; small enough for a sheet of paper, and no line hits them all.
ONE_WEIGHT: Final = (np.array([1.0, 2.0]), np.array([2.0, 3.0]))
WEIGHT_AND_BIAS: Final = (np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 2.0]))


def _linear(factors: Array, targets: Array) -> tuple[Array, Array]:
    """Return the matrix and the vector of the gradient, which is bend·p − pull."""
    count = targets.size
    return factors.T @ factors / count, factors.T @ targets / count


_W: Final = ONE_WEIGHT[0][:, None]
_WB: Final = np.column_stack([WEIGHT_AND_BIAS[0], np.ones(3)])
_BEND, _PULL = _linear(_W, ONE_WEIGHT[1])
_BENDS, _PULLS = _linear(_WB, WEIGHT_AND_BIAS[1])


def _one_weight(p: Array) -> Array:
    off = p @ _W.T - ONE_WEIGHT[1]
    loss: Array = 0.5 * (off * off).mean(axis=1)
    return loss


def _one_weight_gradient(p: Array) -> Array:
    return p @ _BEND - _PULL


def _one_weight_hessian(p: Array) -> Array:
    return np.broadcast_to(_BEND, (p.shape[0], 1, 1)).copy()


def _weight_and_bias(p: Array) -> Array:
    off = p @ _WB.T - WEIGHT_AND_BIAS[1]
    loss: Array = 0.5 * (off * off).mean(axis=1)
    return loss


def _weight_and_bias_gradient(p: Array) -> Array:
    return p @ _BENDS - _PULLS


def _weight_and_bias_hessian(p: Array) -> Array:
    return np.broadcast_to(_BENDS, (p.shape[0], 2, 2)).copy()


NETWORK_SURFACES: Final = (
    Surface(
        "one_weight",
        "A network with one weight",
        "The loss of ŷ = w·x over two examples: 1 should give 2, and 2 should give 3.",
        _one_weight,
        _one_weight_gradient,
        _one_weight_hessian,
        (-1.0, 4.0),
        (-0.5,),
        minima=((1.6,),),
        names=("w", "b"),
    ),
    Surface(
        "weight_and_bias",
        "A weight and a bias",
        "The loss of ŷ = w·x + b over three examples that no straight line goes through.",
        _weight_and_bias,
        _weight_and_bias_gradient,
        _weight_and_bias_hessian,
        (-2.0, 3.0),
        (-1.5, 3.2),
        (-1.0, 4.0),
        ((0.5, 1.5),),
        ("w", "b"),
    ),
)
