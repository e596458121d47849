"""How far every number of a forward pass may be off for rounding alone: what tells an answer from noise.

Each sum is off by a few units in the last place of what is summed, not of what is left of it (Higham, Accuracy and
Stability of Numerical Algorithms, chapter 3), and every layer passes on what it was given.
"""

from typing import Final

import numpy as np

from app.engine.activations import ACTIVATIONS, Activation
from app.engine.arrays import Array
from app.engine.network import LayerForward, Network, Parameters
from app.engine.pause import look_up

# Half a unit in the last place of 1: the error of one operation.
_UNIT: Final = float(np.finfo(float).eps) / 2.0
# The functions of a library are exact to a few units in the last place.
_FUNCTION: Final = 4.0


def rounding_of(network: Network, parameters: Parameters, passed: tuple[LayerForward, ...]) -> tuple[Array, ...]:
    """Return for each layer, shape (examples, units), what its a may be off by; the inputs are taken as exact."""
    found: list[Array] = []
    before: Array = np.zeros_like(passed[0].x)
    with np.errstate(all="ignore"):
        for layer, own, there in zip(network.layers, parameters, passed, strict=True):
            look_up()
            weights = np.abs(own.weights).T
            summed = np.abs(there.x) @ weights + np.abs(own.biases)
            of_z = before @ weights + (own.weights.shape[1] + 1) * _UNIT * summed
            before = _of_a(ACTIVATIONS[layer.activation], there, of_z) + _FUNCTION * _UNIT * np.abs(there.a)
            found.append(before)
    return tuple(found)


def _of_a(row: Activation, there: LayerForward, of_z: Array) -> Array:
    """Return what a may be off by where z may be off by `of_z`: as far as the function goes in between."""
    if row.jacobian_product is not None:
        # exp(z) is off by a share of at most the largest of these, and so is the sum it is divided by.
        shares: Array = 2.0 * of_z.max(axis=1, keepdims=True) * there.a
        return shares
    # A threshold says what z = 0 is: no. Nothing has to be told from noise there.
    margin = np.where(there.z == 0.0, 0.0, of_z) if row.steepest == 0.0 else of_z
    above, below = row.function(there.z + margin), row.function(there.z - margin)
    reached: Array = np.maximum(np.abs(above - there.a), np.abs(there.a - below))
    return reached
