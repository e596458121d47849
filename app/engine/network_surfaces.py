"""The losses of the two smallest networks, as surfaces: one weight, and a weight with a bias.

Their outputs are linear in the parameters, so the half squared error, averaged over the examples, is
½·mean((F·p − y)²) with one row of F an example: (x) or (x, 1). Gradient and second derivatives follow from it. A
test holds them equal to the network engine.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.surface import Surface

# Inputs and targets; small enough for a sheet of paper, and no line hits them all.
ONE_WEIGHT: Final = (np.array([1.0, 2.0]), np.array([2.0, 3.0]))
WEIGHT_AND_BIAS: Final = (np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 2.0]))


_Functions = tuple[Callable[[Array], Array], Callable[[Array], Array], Callable[[Array], Array]]


def _linear(factors: Array, targets: Array) -> _Functions:
    """Return the loss, its gradient, bend·p − pull, and its second derivatives, which are the same everywhere."""
    bend = factors.T @ factors / targets.size
    pull = factors.T @ targets / targets.size

    def function(p: Array) -> Array:
        off = p @ factors.T - targets
        loss: Array = 0.5 * (off * off).mean(axis=1)
        return loss

    def gradient(p: Array) -> Array:
        return p @ bend - pull

    def hessian(p: Array) -> Array:
        return np.broadcast_to(bend, (p.shape[0], *bend.shape)).copy()

    return function, gradient, hessian


NETWORK_SURFACES: Final = (
    Surface(
        "one_weight",
        "A network with one weight",
        "The loss of ŷ = w·x over two examples: 1 should give 2, and 2 should give 3.",
        *_linear(ONE_WEIGHT[0][:, None], ONE_WEIGHT[1]),
        (-1.0, 4.0),
        (-0.5,),
        minima=((1.6,),),
        names=("w", "b"),
    ),
    Surface(
        "weight_and_bias",
        "A weight and a bias",
        "The loss of ŷ = w·x + b over three examples that no straight line goes through.",
        *_linear(np.column_stack([WEIGHT_AND_BIAS[0], np.ones(3)]), WEIGHT_AND_BIAS[1]),
        (-2.0, 3.0),
        (-1.5, 3.2),
        (-1.0, 4.0),
        ((0.5, 1.5),),
        ("w", "b"),
    ),
)
