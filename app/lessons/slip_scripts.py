"""What the usual slips of each question give, in plain NumPy: the table `SLIP_SCRIPTS`, by the name in `QUESTIONS`.

A function takes what is given by its name, and returns what each slip gives, by the name that `names` has for it:
also of slips that an example leaves out, because there they change nothing. Its source stands in the script that
comes with a worksheet's key, so it needs nothing but `np`. To add one, add it to `_ROWS`; a test asks for one of
every question, and compares a hundred examples with the engine's slips.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from app.lessons.questions.made import Slip

SlipScript = Callable[..., dict[str, float]]

# The lines of a question and its slips stand in one script, so their functions have two names.
_ENDING: Final = "_slips"


def names(slips: Sequence[Slip]) -> list[str]:
    """Return what slips are called in a script: by their names, a second one of a name with `_2` after it."""
    seen: Counter[str] = Counter()
    called = []
    for slip in slips:
        seen[slip.name] += 1
        called.append(slip.name if seen[slip.name] == 1 else f"{slip.name}_{seen[slip.name]}")
    return called


def pixel_distance_slips(pixels: list[float], white: float) -> dict[str, float]:
    """Keep the signs, forget white, or count."""
    difference = np.array(pixels) - white
    return {
        "no_abs": difference.sum(),
        "no_white": np.sum(pixels),
        "counted": np.count_nonzero(difference),
    }


def neuron_z_slips(w1: float, w2: float, x1: float, x2: float, b: float) -> dict[str, float]:
    """Lose or turn the bias, exchange or forget the weights."""
    return {
        "no_bias": w1 * x1 + w2 * x2,
        "minus_bias": w1 * x1 + w2 * x2 - b,
        "crossed": w2 * x1 + w1 * x2 + b,
        "no_weights": x1 + x2 + b,
    }


def neuron_output_slips(w1: float, w2: float, x1: float, x2: float, b: float) -> dict[str, float]:
    """Send a wrong sum through ReLU, or the right one past it."""
    return {
        "no_bias": np.maximum(w1 * x1 + w2 * x2, 0.0),
        "minus_bias": np.maximum(w1 * x1 + w2 * x2 - b, 0.0),
        "crossed": np.maximum(w2 * x1 + w1 * x2 + b, 0.0),
        "no_weights": np.maximum(x1 + x2 + b, 0.0),
        "z_for_a": w1 * x1 + w2 * x2 + b,
    }


def parameter_count_slips(inputs: float, hidden: float, outputs: float) -> dict[str, float]:
    """Forget biases, give some to the inputs, or count neurons."""
    weights = inputs * hidden + hidden * outputs
    return {
        "no_biases": weights,
        "input_biases": weights + inputs + hidden + outputs,
        "units": hidden + outputs,
    }


def network_output_slips(**given: float) -> dict[str, float]:
    """Forget ReLU or the last bias, or take the weights the wrong way round."""
    weights = np.array([[given["w11"], given["w12"]], [given["w21"], given["w22"]]])
    biases, last = np.array([given["b1"], given["b2"]]), np.array([given["v1"], given["v2"]])
    x = np.array([given["x1"], given["x2"]])
    return {
        "no_relu": last @ (weights @ x + biases) + given["c"],
        "transposed": last @ np.maximum(weights.T @ x + biases, 0.0) + given["c"],
        "no_output_bias": last @ np.maximum(weights @ x + biases, 0.0),
    }


def squared_loss_slips(prediction: float, target: float) -> dict[str, float]:
    """Forget the square, halve it, or compare with the other target."""
    return {
        "no_square": np.abs(prediction - target),
        "halved": 0.5 * np.square(prediction - target),
        "wrong_target": np.square(prediction - (1.0 - target)),
    }


def secant_slips(at: float, nudge: float, nearby: float) -> dict[str, float]:
    """Do not divide, subtract the other way round, or do not subtract."""
    here, there = 0.5 * np.square([at, nearby])
    return {
        "no_division": there - here,
        "turned": (here - there) / nudge,
        "one_value": there / nudge,
    }


def squared_slope_slips(prediction: float, target: float) -> dict[str, float]:
    """Forget the 2, subtract the other way round, or take the loss."""
    return {
        "no_two": prediction - target,
        "wrong_sign": 2.0 * (target - prediction),
        "loss_for_slope": np.square(prediction - target),
    }


def weight_gradient_slips(w: float, x1: float, y1: float, x2: float, y2: float) -> dict[str, float]:
    """Forget the inputs, turn the sign, add up, or double."""
    x, y = np.array([x1, x2]), np.array([y1, y2])
    off = w * x - y
    return {
        "no_input": np.mean(off),
        "turned_sign": np.mean((y - w * x) * x),
        "summed": np.sum(off * x),
        "extra_two": np.mean(2.0 * off * x),
    }


def new_weight_slips(w: float, gradient: float, rate: float) -> dict[str, float]:
    """Go uphill, go too far, stop at the step, or forget the gradient."""
    return {
        "uphill": w + rate * gradient,
        "no_rate": w - gradient,
        "only_step": rate * gradient,
        "only_rate": w - rate,
    }


def bounce_limit_slips(slope1: float, slope2: float) -> dict[str, float]:
    """Divide 1 instead of 2, divide upside down or not at all, or divide by one slope."""
    bend = slope2 - slope1
    slips = {"one_over": 1.0 / bend, "half_bend": bend / 2.0, "bend_itself": bend}
    if slope2 != 0.0:
        slips["one_slope"] = 2.0 / slope2
    return slips


def output_gradient_slips(x: float, z: float, a: float, target: float) -> dict[str, float]:
    """Forget the sigmoid's slope or the input, turn the sign, put z for a, or double."""
    return {
        "no_derivative": (a - target) * x,
        "no_input_factor": (a - target) * a * (1.0 - a),
        "target_first": (target - a) * a * (1.0 - a) * x,
        "z_in_derivative": (a - target) * z * (1.0 - z) * x,
        "with_two": 2.0 * (a - target) * a * (1.0 - a) * x,
    }


def hidden_gradient_slips(x: float, a1: float, a2: float, rate: float, **given: float) -> dict[str, float]:
    """Take one path, weights crossed or of after the step, or forget the sigmoid's slope or the input."""
    deltas = np.array([given["d1"], given["d2"]])
    weights = np.array([[given["v11"], given["v12"]], [given["v21"], given["v22"]]])
    updated = weights - rate * np.outer(deltas, [a1, a2])
    slope = a1 * (1.0 - a1)
    return {
        "one_path": deltas[0] * weights[0, 0] * slope * x,
        "crossed_weights": deltas @ weights[0, :] * slope * x,
        "updated_weights": deltas @ updated[:, 0] * slope * x,
        "no_derivative": deltas @ weights[:, 0] * x,
        "no_input_factor": deltas @ weights[:, 0] * slope,
    }


def training_steps_slips(examples: float, size: float, epochs: float) -> dict[str, float]:
    """Leave out the smaller last batch or the other epochs, or count examples."""
    return {
        "no_last_batch": np.floor(examples / size) * epochs,
        "one_epoch": np.ceil(examples / size),
        "each_example": examples * epochs,
    }


def momentum_step_slips(w: float, gradient: float, v: float, rate: float, momentum: float) -> dict[str, float]:
    """Forget what was, keep all of it, go uphill, or go too far."""
    remembered = momentum * v + gradient
    return {
        "no_memory": w - rate * gradient,
        "whole_memory": w - rate * (v + gradient),
        "memory_uphill": w + rate * remembered,
        "no_rate_on_memory": w - remembered,
    }


def chain_product_slips(a: float, b: float, x: float) -> dict[str, float]:
    """Add the slopes, forget the inner one, take the outer one at x, or take the value."""
    u = a * x + b
    return {
        "added_links": 2.0 * u + a,
        "no_inner": 2.0 * u,
        "outer_at_x": 2.0 * x * a,
        "value_for_slope": u * u,
    }


def two_paths_slips(v1: float, v2: float, g1: float, g2: float) -> dict[str, float]:
    """Take one path or the other, multiply them, forget the weights, or exchange them."""
    return {
        "path_alone": v1 * g1,
        "path_alone_2": v2 * g2,
        "multiplied_paths": (v1 * g1) * (v2 * g2),
        "no_links": g1 + g2,
        "crossed_paths": v2 * g1 + v1 * g2,
    }


def chain_weight_slips(x: float, w_in: float, w_out: float, y: float) -> dict[str, float]:
    """Leave one factor of the way back out, or subtract the other way round."""
    z = x * w_in
    off, slope = np.maximum(z, 0.0) * w_out - y, np.heaviside(z, 0.0)
    return {
        "no_relu_slope": 2.0 * off * w_out * x,
        "no_chain_input": 2.0 * off * w_out * slope,
        "no_outer_weight": 2.0 * off * slope * x,
        "no_two": off * w_out * slope * x,
        "wrong_sign": 2.0 * -off * w_out * slope * x,
    }


def hidden_sum_slips(w1: float, w2: float, w3: float, b: float, pattern: list[float]) -> dict[str, float]:
    """Mirror the weights wrongly or not at all, lose or turn the bias."""
    return {
        "same_sign": np.dot([w1, w2, w3, w3, w2, w1], pattern) + b,
        "same_order": np.dot([w1, w2, w3, -w1, -w2, -w3], pattern) + b,
        "left_only": np.dot([w1, w2, w3], pattern[:3]) + b,
        "no_bias": np.dot([w1, w2, w3, -w3, -w2, -w1], pattern),
        "minus_bias": np.dot([w1, w2, w3, -w3, -w2, -w1], pattern) - b,
    }


def error_in_a_row_slips(a1: float, a2: float, w2: float, w3: float, error: float) -> dict[str, float]:
    """Forget both slopes, the first one or the weights, or put what is said for the slopes."""
    slope1, slope2 = a1 * (1.0 - a1), a2 * (1.0 - a2)
    return {
        "no_slopes": error * w3 * w2,
        "one_slope_missing": error * w3 * slope2 * w2,
        "no_row_weights": error * slope2 * slope1,
        "said_for_slope": error * w3 * a2 * w2 * a1,
    }


_ROWS: Final = (
    pixel_distance_slips,
    neuron_z_slips,
    neuron_output_slips,
    parameter_count_slips,
    network_output_slips,
    squared_loss_slips,
    secant_slips,
    squared_slope_slips,
    weight_gradient_slips,
    new_weight_slips,
    bounce_limit_slips,
    output_gradient_slips,
    hidden_gradient_slips,
    training_steps_slips,
    momentum_step_slips,
    chain_product_slips,
    two_paths_slips,
    chain_weight_slips,
    hidden_sum_slips,
    error_in_a_row_slips,
)

SLIP_SCRIPTS: Final[Mapping[str, SlipScript]] = MappingProxyType(
    {row.__name__.removesuffix(_ENDING): row for row in _ROWS}
)
