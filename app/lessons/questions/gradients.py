"""Questions about gradients inside a network: of a weight into an output, and of one into a hidden neuron.

Each example is a real network. Its outputs and errors are what is given, so inputs and targets are chosen to fit
them; what a slip gives is the same pass with that slip made.
"""

from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.network import Layer, LayerBackward, LayerParameters, Network, Objective, backward, forward
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip

_LOSS: Final = Objective("half_squared_error")
_OUTPUT: Final = Network(1, (Layer(1, "sigmoid"),))
_HIDDEN: Final = Network(1, (Layer(2, "sigmoid"), Layer(2, "identity")))


def _logit(a: Array) -> Array:
    """Return the z at which a sigmoid says a."""
    z: Array = np.log(a / (1.0 - a))
    return z


def _said(numbers: Numbers) -> float:
    """Draw what a sigmoid says, in tenths, but not the middle, where z is 0."""
    tenth = numbers.whole(1, 8)
    return (tenth if tenth < 5 else tenth + 1) / 10


def _back_through_output(a: float, target: float, x: float) -> LayerBackward:
    """Send the error back through one sigmoid neuron whose input is x and whose answer is a."""
    weight = _logit(np.array([[a]])) / x
    parameters = (LayerParameters(weight, np.zeros(1)),)
    passed = forward(_OUTPUT, parameters, np.array([[x]]))
    return backward(_OUTPUT, parameters, passed, np.array([[target]]), _LOSS)[0]


def _output_gradient(numbers: Numbers) -> Example:
    a, target, x = _said(numbers), float(numbers.whole(0, 1)), float(numbers.whole(2, 5))
    back = _back_through_output(a, target, x)
    da, derivative, delta = float(back.da[0, 0]), float(back.derivative[0, 0]), float(back.delta[0, 0])
    gradient = float(back.dW[0, 0])
    z = round(float(_logit(np.array(a))), 2)
    return Example(
        {"x": x, "z": z, "a": a, "target": target},
        (
            Line("how far off", "a − y", da),
            Line("the slope of the sigmoid", "f′(z) = a·(1 − a)", derivative),
            Line("the error at its z", "δ = (a − y)·f′(z)", delta),
            Line("the gradient of the weight", "δ·x", gradient),
        ),
        (
            Slip("no_derivative", da * x, 2),
            Slip("no_input_factor", delta, 3),
            Slip("target_first", -gradient, 0),
            Slip("z_in_derivative", da * z * (1.0 - z) * x, 1),
            Slip("with_two", 2.0 * gradient, 0),
        ),
    )


def _back_through_hidden(a: Array, deltas: Array, weights: Array, x: float) -> LayerBackward:
    """Send errors back through two outputs into two hidden neurons that say a."""
    parameters = (
        LayerParameters(_logit(a)[:, None] / x, np.zeros(2)),
        LayerParameters(weights, np.zeros(2)),
    )
    passed = forward(_HIDDEN, parameters, np.array([[x]]))
    targets = passed[1].a - deltas  # so that the errors are those that are given
    return backward(_HIDDEN, parameters, passed, targets, _LOSS)[0]


def _hidden_gradient(numbers: Numbers) -> Example:
    a = np.array([_said(numbers), _said(numbers)])
    deltas = np.array([numbers.tenth(9), numbers.tenth(9)])
    weights = np.array([[numbers.tenth(9) for _ in range(2)] for _ in range(2)])
    x, rate = float(numbers.whole(2, 5)), numbers.whole(1, 5) / 10

    def gradient(own: Array) -> float:
        return float(_back_through_hidden(a, deltas, own, x).dW[0, 0])

    back = _back_through_hidden(a, deltas, weights, x)
    da, derivative, delta = float(back.da[0, 0]), float(back.derivative[0, 0]), float(back.delta[0, 0])
    answer = float(back.dW[0, 0])
    first_only = weights * np.array([[1.0], [0.0]])
    updated = weights - rate * deltas[:, None] * a
    (v11, v12), (v21, v22) = weights.tolist()
    return Example(
        {
            **{"x": x, "a1": float(a[0]), "a2": float(a[1]), "d1": float(deltas[0]), "d2": float(deltas[1])},
            **{"v11": v11, "v12": v12, "v21": v21, "v22": v22, "rate": rate},
        },
        (
            Line("what comes back along both weights", "δ₁·v₁₁ + δ₂·v₂₁", da),
            Line("the slope of the sigmoid", "f′(z₁) = a₁·(1 − a₁)", derivative),
            Line("the error at its z", "(δ₁·v₁₁ + δ₂·v₂₁)·f′(z₁)", delta),
            Line("the gradient of the weight", "… · x", answer),
        ),
        (
            Slip("one_path", gradient(first_only), 0),
            Slip("crossed_weights", gradient(weights.T.copy()), 0),
            Slip("updated_weights", gradient(updated), 0),
            Slip("no_derivative", da * x, 2),
            Slip("no_input_factor", delta, 3),
        ),
    )


ROWS: Final = (
    Question("output_gradient", _output_gradient, 0.001),
    Question("hidden_gradient", _hidden_gradient, 0.001),
)

SLIPS: Final = {
    "no_derivative": "f′(z) was left out: on its way back the error is multiplied by the slope of the activation.",
    "no_input_factor": "The input was left out: a weight's gradient is the error at its neuron times what came in.",
    "target_first": "The sign is flipped; it should be what the network says minus what it should have said.",
    "z_in_derivative": "z was put where a belongs: the slope of the sigmoid is a·(1 − a), where a is what it says.",
    "with_two": "That is twice as much: the ½ of this loss and the 2 of its derivative cancel.",
    "one_path": "Only one of the two ways to the loss was taken: what comes back along both is added.",
    "crossed_weights": "The weights were taken the wrong way round: v₁₂ leads from hidden neuron 2, to output 1.",
    "updated_weights": "The next layer had been updated already: all gradients of a step are of one moment.",
}

LINES: Final = (
    "the slope of the sigmoid",
    "the error at its z",
    "the gradient of the weight",
    "what comes back along both weights",
)
