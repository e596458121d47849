"""Questions about pictures, neurons and networks: what comes out of them, and how many numbers they hold."""

from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.detector import detect
from app.engine.network import Layer, LayerParameters, Network, forward
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip


def _pixel_distance(numbers: Numbers) -> Example:
    # One pixel is white, and one is brighter than white is here, so that signs matter.
    white = 10.0 * numbers.whole(10, 19)
    brighter = white + 10.0 * numbers.whole(2, 4)
    darker = [white - 10.0 * numbers.whole(2, 8) for _ in range(2)]
    pixels = np.array(numbers.mixed([white, brighter, *darker]))
    found = detect(pixels, white)
    lines = [
        Line("", f"abs({pixel:g} − {white:g})", float(distance))
        for pixel, distance in zip(pixels, found.distance, strict=True)
    ]
    return Example(
        {"pixels": pixels.tolist(), "white": white},
        (*lines, Line("their sum", "sum(abs(pixel − white))", found.total)),
        (
            Slip("no_abs", float(found.difference.sum()), int(np.argmax(found.difference < 0.0))),
            Slip("no_white", float(pixels.sum()), 0),
            Slip("counted", float(np.count_nonzero(found.distance)), len(lines)),
        ),
    )


def _neuron(weights: list[float], inputs: list[float], bias: float) -> tuple[float, float]:
    """Return z and a of one neuron, as the engine computes them."""
    network = Network(len(weights), (Layer(1, "relu"),))
    parameters = (LayerParameters(np.array([weights]), np.array([bias])),)
    (record,) = forward(network, parameters, np.array([inputs]))
    return float(record.z[0, 0]), float(record.a[0, 0])


def _neuron_z(numbers: Numbers) -> Example:
    weights, inputs = [numbers.tenth(9), numbers.tenth(9)], [float(numbers.whole(1, 5)) for _ in range(2)]
    bias = numbers.tenth(9)
    z, _ = _neuron(weights, inputs, bias)
    products = [_neuron([weight], [value], 0.0)[0] for weight, value in zip(weights, inputs, strict=True)]
    return Example(
        {"w1": weights[0], "w2": weights[1], "x1": inputs[0], "x2": inputs[1], "b": bias},
        (
            Line("", "w₁·x₁", products[0]),
            Line("", "w₂·x₂", products[1]),
            Line("z, the weighted sum and the bias", "w₁·x₁ + w₂·x₂ + b", z),
        ),
        (
            Slip("no_bias", _neuron(weights, inputs, 0.0)[0], 2),
            Slip("minus_bias", _neuron(weights, inputs, -bias)[0], 2),
            Slip("crossed", _neuron(weights[::-1], inputs, bias)[0], 0),
            Slip("no_weights", _neuron([1.0, 1.0], inputs, bias)[0], 0),
        ),
    )


def _neuron_output(numbers: Numbers) -> Example:
    made = _neuron_z(numbers)
    z = made.answer
    a = _rectified(z)
    slips = [Slip(slip.name, _rectified(slip.value), slip.line) for slip in made.slips]
    # Where the activation changes nothing, forgetting it is no mistake; nor is a slip that it hides.
    told = [slip for slip in (*slips, Slip("z_for_a", z, 3)) if abs(slip.value - a) > 1e-9]
    return Example(made.given, (*made.lines, Line("what comes out", "relu(z)", a)), tuple(told))


def _rectified(z: float) -> float:
    return _neuron([1.0], [z], 0.0)[1]


def _parameter_count(numbers: Numbers) -> Example:
    sizes = [numbers.whole(2, 9) for _ in range(3)]
    inputs, hidden, outputs = sizes
    network = Network(inputs, (Layer(hidden, "relu"), Layer(outputs, "identity")))
    count = float(network.parameter_count)
    biases = float(hidden + outputs)
    return Example(
        {"inputs": float(inputs), "hidden": float(hidden), "outputs": float(outputs)},
        (
            Line("weights into the hidden layer", f"{inputs}·{hidden}", float(inputs * hidden)),
            Line("biases of the hidden layer", "", float(hidden)),
            Line("weights into the output layer", f"{hidden}·{outputs}", float(hidden * outputs)),
            Line("biases of the output layer", "", float(outputs)),
            Line("all of them", "", count),
        ),
        (
            Slip("no_biases", count - biases, 1),
            Slip("input_biases", count + inputs, 0),
            Slip("units", biases, 0),
        ),
    )


def _network_output(numbers: Numbers) -> Example:
    hidden = np.array([[numbers.tenth(9) for _ in range(2)] for _ in range(2)])
    hidden_biases = np.array([numbers.tenth(5), numbers.tenth(5)])
    output, output_bias = np.array([[numbers.tenth(9), numbers.tenth(9)]]), np.array([numbers.tenth(9)])
    inputs = np.array([[float(numbers.whole(1, 4)), float(numbers.whole(1, 4))]])

    def answer(activation: str, weights: Array, bias: Array) -> tuple[Array, float]:
        network = Network(2, (Layer(2, activation), Layer(1, "identity")))
        parameters = (LayerParameters(weights, hidden_biases), LayerParameters(output, bias))
        first, last = forward(network, parameters, inputs)
        return first.a[0], float(last.a[0, 0])

    a, y = answer("relu", hidden, output_bias)
    slips = [
        Slip("no_relu", answer("identity", hidden, output_bias)[1], int(np.argmin(a))),
        Slip("transposed", answer("relu", hidden.T.copy(), output_bias)[1], 0),
        Slip("no_output_bias", answer("relu", hidden, np.zeros(1))[1], 2),
    ]
    (w11, w12), (w21, w22) = hidden.tolist()
    return Example(
        {
            **{"w11": w11, "w12": w12, "w21": w21, "w22": w22},
            **{"b1": float(hidden_biases[0]), "b2": float(hidden_biases[1])},
            **{"v1": float(output[0, 0]), "v2": float(output[0, 1]), "c": float(output_bias[0])},
            **{"x1": float(inputs[0, 0]), "x2": float(inputs[0, 1])},
        },
        (
            Line("first hidden neuron", "relu(w₁₁·x₁ + w₁₂·x₂ + b₁)", float(a[0])),
            Line("second hidden neuron", "relu(w₂₁·x₁ + w₂₂·x₂ + b₂)", float(a[1])),
            Line("the output", "v₁·h₁ + v₂·h₂ + c", y),
        ),
        # A mistake that changes nothing here is none.
        tuple(slip for slip in slips if abs(slip.value - y) > 1e-9),
    )


ROWS: Final = (
    Question("pixel_distance", _pixel_distance, 0.5),
    Question("neuron_z", _neuron_z, 0.005),
    Question("neuron_output", _neuron_output, 0.005),
    Question("parameter_count", _parameter_count, 0.5),
    Question("network_output", _network_output, 0.005),
)

SLIPS: Final = {
    "no_abs": "The differences were added with their signs: abs makes each of them positive first.",
    "no_white": "The pixels themselves were added; what counts is how far each is from white.",
    "counted": "The pixels that are not white were counted; the rule adds up how far they are from white.",
    "no_bias": "The bias was left out: it is added to the weighted sum.",
    "crossed": "The weights were exchanged: each input has its own, the first w₁, the second w₂.",
    "minus_bias": "The bias was taken away; it is added, with its sign.",
    "no_weights": "The inputs were added as they are: each is multiplied by its weight first.",
    "z_for_a": "That is z, before the activation: what comes out is relu(z).",
    "no_biases": "The biases were left out: every neuron has one.",
    "input_biases": "The inputs were given biases too; they are not neurons, they are only passed on.",
    "units": "The neurons were counted; each has a weight for every one before it, and a bias.",
    "no_relu": "The hidden sums were passed on as they are; each goes through relu first.",
    "transposed": "The hidden weights were taken the wrong way round: w₁₂ leads to neuron 1, from input 2.",
    "no_output_bias": "The bias of the output was left out.",
}

LINES: Final = (
    "their sum",
    "z, the weighted sum and the bias",
    "what comes out",
    "weights into the hidden layer",
    "biases of the hidden layer",
    "weights into the output layer",
    "biases of the output layer",
    "all of them",
    "first hidden neuron",
    "second hidden neuron",
    "the output",
)
