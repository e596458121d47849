"""All parameters end to end in one vector, and back: weights row by row, then biases, layer after layer."""

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array
from app.engine.network import LayerParameters, Network, Parameters


def flatten(parameters: Parameters) -> Array:
    """Return all numbers of `parameters` as one new vector, shape (parameters,)."""
    return np.concatenate([array.ravel() for own in parameters for array in (own.weights, own.biases)])


def unflatten(vector: Array, network: Network) -> Parameters:
    """Return views into `vector`, shape (parameters,), shaped as `network` needs them."""
    parameters, start = [], 0
    for layer, fan_in in zip(network.layers, network.fan_ins, strict=True):
        middle = start + layer.units * fan_in
        end = middle + layer.units
        weights = vector[start:middle].reshape(layer.units, fan_in)
        parameters.append(LayerParameters(weights, vector[middle:end]))
        start = end
    return tuple(parameters)


def frozen_biases(network: Network) -> NDArray[np.intp]:
    """Return the places of biases that are not trained, as integers, shape (frozen,)."""
    marks = unflatten(np.zeros(network.parameter_count), network)
    for layer, own in zip(network.layers, marks, strict=True):
        own.biases[:] = not layer.bias
    return np.flatnonzero(flatten(marks))


def place_in_vector(network: Network, layer: int, unit: int, source: int | None) -> int:
    """Return where the weight from `source` to `unit` of `layer`, or its bias (None), stands in the vector."""
    before = sum(
        earlier.units * (fan_in + 1)
        for earlier, fan_in in zip(network.layers[:layer], network.fan_ins[:layer], strict=True)
    )
    fan_in = network.fan_ins[layer]
    if source is None:
        return before + network.layers[layer].units * fan_in + unit
    return before + unit * fan_in + source


def place_at(network: Network, number: int) -> tuple[int, int, int | None]:
    """Return which parameter stands at `number` of the vector: its layer, unit and source (None: a bias)."""
    for layer, (own, fan_in) in enumerate(zip(network.layers, network.fan_ins, strict=True)):
        weights = own.units * fan_in
        if number < weights:
            return (layer, *divmod(number, fan_in))
        if number < weights + own.units:
            return layer, number - weights, None
        number -= weights + own.units
    message = "The network has fewer parameters."
    raise IndexError(message)
