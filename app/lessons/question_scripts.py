"""The way to each question's answer in plain NumPy: the table `SCRIPTS`, by the name in `QUESTIONS`.

A function takes what is given by its name, and returns the value of every line of the way, the answer last. Its
source stands in the script that comes with a worksheet's key, so it needs nothing but `np`. To add one, add it to
`_ROWS`; a test asks for one of every question, and compares a hundred examples with the engine's lines.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

Script = Callable[..., list[float]]


def pixel_distance(pixels: list[float], white: float) -> list[float]:
    """Add up how far each pixel is from white."""
    distance = np.abs(np.array(pixels) - white)
    return [*distance, distance.sum()]


def neuron_z(w1: float, w2: float, x1: float, x2: float, b: float) -> list[float]:
    """Weigh the inputs, add them up, add the bias."""
    return [w1 * x1, w2 * x2, np.dot([w1, w2], [x1, x2]) + b]


def neuron_output(w1: float, w2: float, x1: float, x2: float, b: float) -> list[float]:
    """Send the weighted sum through ReLU."""
    z = np.dot([w1, w2], [x1, x2]) + b
    return [w1 * x1, w2 * x2, z, np.maximum(z, 0.0)]


def parameter_count(inputs: float, hidden: float, outputs: float) -> list[float]:
    """Count the weights and biases of two layers."""
    first, last = np.ones((int(hidden), int(inputs))), np.ones((int(outputs), int(hidden)))
    return [first.size, hidden, last.size, outputs, first.size + hidden + last.size + outputs]


def network_output(**given: float) -> list[float]:
    """Pass two inputs through two hidden neurons to one output."""
    hidden_weights = np.array([[given["w11"], given["w12"]], [given["w21"], given["w22"]]])
    hidden_biases = np.array([given["b1"], given["b2"]])
    h = np.maximum(hidden_weights @ [given["x1"], given["x2"]] + hidden_biases, 0.0)
    return [*h, np.dot([given["v1"], given["v2"]], h) + given["c"]]


def squared_loss(prediction: float, target: float) -> list[float]:
    """Multiply how far off it is by itself."""
    return [np.abs(prediction - target), np.square(prediction - target)]


def secant(at: float, nudge: float, nearby: float) -> list[float]:
    """Divide the change of w²/2 by the nudge."""
    here, there = 0.5 * np.square([at, nearby])
    return [here, there, (there - here) / nudge]


def squared_slope(prediction: float, target: float) -> list[float]:
    """Double how far off it is."""
    return [prediction - target, 2.0 * (prediction - target)]


_ROWS: Final = (
    pixel_distance,
    neuron_z,
    neuron_output,
    parameter_count,
    network_output,
    squared_loss,
    secant,
    squared_slope,
)

SCRIPTS: Final[Mapping[str, Script]] = MappingProxyType({row.__name__: row for row in _ROWS})
