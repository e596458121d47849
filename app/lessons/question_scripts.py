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


def weight_gradient(w: float, x1: float, y1: float, x2: float, y2: float) -> list[float]:
    """Average what two examples say of one weight."""
    x, y = np.array([x1, x2]), np.array([y1, y2])
    each = (w * x - y) * x
    return [*each, each.mean()]


def new_weight(w: float, gradient: float, rate: float) -> list[float]:
    """Go one step against the gradient."""
    return [rate * gradient, w - rate * gradient]


def bounce_limit(slope1: float, slope2: float) -> list[float]:
    """Divide 2 by how much the slope grows over one unit."""
    bend = slope2 - slope1
    return [bend, 2.0 / bend]


def output_gradient(x: float, z: float, a: float, target: float) -> list[float]:
    """Send the error back through one sigmoid to the weight."""
    delta = (a - target) * a * (1.0 - a)
    return [a - target, a * (1.0 - a), delta, delta * x]


def hidden_gradient(x: float, a1: float, **given: float) -> list[float]:
    """Send two errors back through two weights and one sigmoid."""
    da = np.dot([given["d1"], given["d2"]], [given["v11"], given["v21"]])
    delta = da * a1 * (1.0 - a1)
    return [da, a1 * (1.0 - a1), delta, delta * x]


def training_steps(examples: float, size: float, epochs: float) -> list[float]:
    """Count the batches of an epoch, the smaller last one too."""
    batches = np.ceil(examples / size)
    return [batches, batches * epochs]


def momentum_step(w: float, gradient: float, v: float, rate: float, momentum: float) -> list[float]:
    """Go one step with momentum."""
    remembered = momentum * v + gradient
    return [remembered, w - rate * remembered]


def chain_product(a: float, b: float, x: float) -> list[float]:
    """Multiply the slopes of two links."""
    u = a * x + b
    return [u, a, 2.0 * u, 2.0 * u * a]


def two_paths(v1: float, v2: float, g1: float, g2: float) -> list[float]:
    """Add what comes back along two paths."""
    return [v1 * g1, v2 * g2, np.dot([v1, v2], [g1, g2])]


def chain_weight(x: float, w_in: float, w_out: float, y: float) -> list[float]:
    """Walk a chain of two layers forward, and then back."""
    z = x * w_in
    a = np.maximum(z, 0.0)
    slopes = np.cumprod([2.0 * (a * w_out - y), w_out, np.heaviside(z, 0.0), x])
    return [z, a, a * w_out, *slopes]


def hidden_sum(w1: float, w2: float, w3: float, b: float, pattern: list[float]) -> list[float]:
    """Add up a pattern by weights that are mirrored about the middle."""
    left, right = np.array([w1, w2, w3]), np.array([-w3, -w2, -w1])
    first, second = np.dot(left, pattern[:3]), np.dot(right, pattern[3:])
    return [first, second, first + second + b]


def error_in_a_row(a1: float, a2: float, w2: float, w3: float, error: float) -> list[float]:
    """Send an error back through two sigmoids in a row."""
    second = error * w3 * a2 * (1.0 - a2)
    return [second, second * w2 * a1 * (1.0 - a1)]


_ROWS: Final = (
    pixel_distance,
    neuron_z,
    neuron_output,
    parameter_count,
    network_output,
    squared_loss,
    secant,
    squared_slope,
    weight_gradient,
    new_weight,
    bounce_limit,
    output_gradient,
    hidden_gradient,
    training_steps,
    momentum_step,
    chain_product,
    two_paths,
    chain_weight,
    hidden_sum,
    error_in_a_row,
)

SCRIPTS: Final[Mapping[str, Script]] = MappingProxyType({row.__name__: row for row in _ROWS})
