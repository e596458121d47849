"""The blanks of a pass, and what each usual slip puts into them: the table `BLANKS`; what is said then: `said.py`.

What a slip gives is the same pass with that slip made, by the engine where it can be.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array
from app.engine.losses import LOSSES
from app.engine.network import LayerBackward, LayerParameters, forward
from app.lessons.faded.setup import LOSS, NETWORK, Pass

# Three significant digits are enough: a number may be off by half a unit of the third.
TOLERANCE: Final = 0.005


@dataclass(frozen=True, slots=True)
class Slip:
    """What a usual mistake gives: its name in `said.py`, and the wrong answer."""

    name: str
    value: float


def slips_of(made: Pass, blank: str) -> tuple[Slip, ...]:
    """Return the slips of a blank whose answers can be told from the right one."""
    right = made.value(blank)
    return tuple(slip for slip in BLANKS[blank](made) if abs(slip.value - right) > 2.0 * TOLERANCE * abs(right))


def _sigmoid(z: float) -> tuple[float, float]:
    """Return the sigmoid at a place, and its slope there."""
    row, at = ACTIVATIONS["sigmoid"], np.array([[z]])
    a = row.function(at)
    return float(a[0, 0]), float(row.derivative(at, a)[0, 0])


def _forward_sum(made: Pass) -> tuple[Slip, ...]:
    first, inputs = made.parameters[0], made.examples.inputs

    def z(weights: Array, biases: Array) -> float:
        return float(forward(NETWORK, (LayerParameters(weights, biases), made.parameters[1]), inputs)[0].z[0, 0])

    return (
        Slip("no_bias", z(first.weights, np.zeros(2))),
        Slip("minus_bias", z(first.weights, -first.biases)),
        Slip("crossed_forward", z(first.weights.T.copy(), first.biases)),
        Slip("a_for_z", made.value("a_h1")),
    )


def _forward_output(made: Pass) -> tuple[Slip, ...]:
    z = made.value("z_o2")
    return (
        Slip("z_for_a", z),
        Slip("slope_for_a", _sigmoid(z)[1]),
        Slip("turned_exponent", _sigmoid(-z)[0]),
    )


def _part_of_loss(made: Pass) -> tuple[Slip, ...]:
    z, part, off = made.value("z_o1"), made.value("loss_o1"), made.value("da_o1")
    of_z = LOSSES[LOSS.loss].parts(np.array([[z]]), made.examples.targets[:, :1])
    return (
        Slip("no_half", 2.0 * part),
        Slip("not_squared", 0.5 * off),
        Slip("only_difference", off),
        Slip("z_in_loss", float(of_z[0, 0])),
        Slip("whole_loss", made.value("loss")),
    )


def _difference(made: Pass) -> tuple[Slip, ...]:
    z, target, off = made.value("z_o2"), float(made.examples.targets[0, 1]), made.value("da_o2")
    return (
        Slip("target_first", -off),
        Slip("with_two", 2.0 * off),
        Slip("z_in_difference", float(LOSSES[LOSS.loss].derivative(np.array([[z]]), np.array([[target]]))[0, 0])),
        Slip("loss_for_slope", made.value("loss_o2")),
    )


def _slope(made: Pass) -> tuple[Slip, ...]:
    z, a = made.value("z_o2"), made.value("a_o2")
    return (
        Slip("z_in_derivative", z * (1.0 - z)),
        Slip("a_in_derivative", _sigmoid(a)[1]),
        Slip("a_for_slope", a),
        Slip("one_minus_a", 1.0 - a),
    )


def _delta(made: Pass) -> tuple[Slip, ...]:
    z, off, delta = made.value("z_o1"), made.value("da_o1"), made.value("delta_o1")
    return (
        Slip("no_derivative", off),
        Slip("turned_sign", -delta),
        Slip("with_two", 2.0 * delta),
        Slip("z_in_derivative", off * z * (1.0 - z)),
        Slip("only_derivative", made.value("derivative_o1")),
    )


def _output_gradient(made: Pass) -> tuple[Slip, ...]:
    delta, gradient = made.value("delta_o1"), made.value("dW_o1_h1")
    return (
        Slip("no_input_factor", delta),
        Slip("no_derivative", made.value("da_o1") * made.value("a_h1")),
        Slip("turned_sign", -gradient),
        Slip("with_two", 2.0 * gradient),
        Slip("z_for_input", delta * made.value("z_h1")),
        Slip("input_of_all", delta * float(made.examples.inputs[0, 0])),
        Slip("step_for_gradient", made.rate * gradient),
    )


def _returned(made: Pass) -> tuple[tuple[str, LayerBackward], ...]:
    """Return what comes back to the hidden layer through output weights that are not the right ones."""
    weights = made.parameters[1].weights
    wrong = (
        ("one_path", weights * np.array([[1.0], [0.0]])),
        ("one_path", weights * np.array([[0.0], [1.0]])),
        ("crossed_weights", weights.T.copy()),
        ("updated_weights", made.step.after.parameters[1].weights),
    )
    biases = made.parameters[1].biases
    return tuple(
        (name, made.back_through((made.parameters[0], LayerParameters(one, biases)))[0]) for name, one in wrong
    )


def _hidden_error(made: Pass) -> tuple[Slip, ...]:
    without = made.step.came_back[1].da @ made.parameters[1].weights
    return (
        *(Slip(name, float(back.da[0, 0])) for name, back in _returned(made)),
        Slip("no_output_derivative", float(without[0, 0])),
        Slip("turned_sign", -made.value("da_h1")),
    )


def _hidden_gradient(made: Pass) -> tuple[Slip, ...]:
    delta, gradient = made.value("delta_h1"), made.value("dW_h1_x1")
    return (
        *(Slip(name, float(back.dW[0, 0])) for name, back in _returned(made)),
        Slip("no_derivative", made.value("da_h1") * float(made.examples.inputs[0, 0])),
        Slip("no_input_factor", delta),
        Slip("turned_sign", -gradient),
        Slip("with_two", 2.0 * gradient),
        Slip("own_output", delta * made.value("a_h1")),
        Slip("step_for_gradient", made.rate * gradient),
    )


# Each idea of a pass is asked for once; where a unit has a blank, its neighbour is worked out.
BLANKS: Final[Mapping[str, Callable[[Pass], tuple[Slip, ...]]]] = MappingProxyType(
    {
        "z_h1": _forward_sum,
        "a_o2": _forward_output,
        "loss_o1": _part_of_loss,
        "delta_o1": _delta,
        "dW_o1_h1": _output_gradient,
        "da_o2": _difference,
        "derivative_o2": _slope,
        "da_h1": _hidden_error,
        "dW_h1_x1": _hidden_gradient,
    }
)
