"""The question about what is left of an error on its way back through sigmoids in a row."""

from typing import Final

import numpy as np

from app.engine.network import Layer, LayerParameters, Network, Objective, backward, forward
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip

_ROW: Final = Network(1, (Layer(1, "sigmoid"), Layer(1, "sigmoid"), Layer(1, "identity")))


def _errors(said: list[float], weights: list[float], error: float) -> tuple[list[float], list[float]]:
    """Return δ and f′(z) of neurons in a row; the first two say so much, the last has this error."""
    z1, z2 = (float(np.log(a / (1.0 - a))) for a in said)
    # Biases make the neurons say what they say, whatever the weights are.
    parameters = (
        LayerParameters(np.array([[z1]]), np.zeros(1)),
        LayerParameters(np.array([[weights[0]]]), np.array([z2 - weights[0] * said[0]])),
        LayerParameters(np.array([[weights[1]]]), np.zeros(1)),
    )
    passed = forward(_ROW, parameters, np.ones((1, 1)))
    targets = passed[-1].a - error
    layers = backward(_ROW, parameters, passed, targets, Objective("half_squared_error"))
    return [float(layer.delta[0, 0]) for layer in layers], [float(layer.derivative[0, 0]) for layer in layers]


def _error_in_a_row(numbers: Numbers) -> Example:
    said = [numbers.whole(6, 9) / 10 for _ in range(2)]
    weights = [numbers.whole(1, 4) / 2 for _ in range(2)]
    error = float(numbers.whole(1, 9))
    (first, second, _), (slope1, slope2, _) = _errors(said, weights, error)
    steep = error * weights[1] * weights[0]
    return Example(
        {"a1": said[0], "a2": said[1], "w2": weights[0], "w3": weights[1], "error": error},
        (
            Line("the error of the second neuron", "δ₂ = δ₃·w₃·a₂·(1 − a₂)", second),
            Line("the error of the first neuron", "δ₁ = δ₂·w₂·a₁·(1 − a₁)", first),
        ),
        tuple(
            slip
            for slip in (
                Slip("no_slopes", steep, 0),
                Slip("one_slope_missing", steep * slope2, 1),
                Slip("no_row_weights", error * slope1 * slope2, 0),
                Slip("said_for_slope", steep * said[0] * said[1], 0),
            )
            if abs(slip.value - first) > 1e-9
        ),
    )


ROWS: Final = (Question("error_in_a_row", _error_in_a_row, 0.002),)

SLIPS: Final = {
    "no_slopes": "f′ was left out: each sigmoid lets through only a·(1 − a) of what comes back.",
    "one_slope_missing": "The slope of the first neuron was left out: its own sigmoid is passed too.",
    "no_row_weights": "The weights were left out: an error is multiplied by each weight that it comes back along.",
    "said_for_slope": "What the neurons say was taken for their slopes; the slope is a·(1 − a).",
}

LINES: Final = ("the error of the second neuron", "the error of the first neuron")
