"""Questions whose answer is a number: the table `QUESTIONS`, and what the usual slips give.

To add one, add a row: `make(numbers)` draws friendly numbers and returns an `Example`. The answer and what each
slip would give are computed by the engine. Tests draw a hundred of each: every slip is recognised, and a right
answer is never taken for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.detector import detect
from app.engine.losses import LOSSES
from app.engine.network import Layer, LayerParameters, Network, forward
from app.engine.surfaces import SURFACES
from app.engine.tangent import tangent
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip
from app.lessons.questions.symmetry import HIDDEN_SUM

# Draws until no slip gives the right answer: a handful is enough, and an end there must be.
_MOST_DRAWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is to say of an answer: the slips it matches, and the lines that may be shown.

    Of a wrong answer the last line, which is the right one, has no value yet.
    """

    is_right: bool
    slips: tuple[Slip, ...]
    lines: tuple[tuple[str, str, float | None], ...]


# What is said of a slip, to whoever made it.
SLIPS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        name: MappingProxyType({"label": label})
        for name, label in (
            ("no_abs", "The differences were added with their signs: abs makes each of them positive first."),
            ("no_white", "The pixels themselves were added; what counts is how far each is from white."),
            (
                "counted",
                "The pixels that are not white were counted; the rule adds up how far they are from white.",
            ),
            ("no_bias", "The bias was left out: it is added to the weighted sum."),
            ("crossed", "The weights were exchanged: each input has its own, the first w₁, the second w₂."),
            ("minus_bias", "The bias was taken away; it is added, with its sign."),
            ("no_weights", "The inputs were added as they are: each is multiplied by its weight first."),
            ("z_for_a", "That is z, before the activation: what comes out is relu(z)."),
            ("no_biases", "The biases were left out: every neuron has one."),
            ("input_biases", "The inputs were given biases too; they are no neurons, they are only passed on."),
            ("units", "The neurons were counted; each has a weight for every one before it, and a bias."),
            ("no_relu", "The hidden sums were passed on as they are; each goes through relu first."),
            (
                "transposed",
                "The hidden weights were taken the wrong way round: w₁₂ leads to neuron 1, from input 2.",
            ),
            ("no_output_bias", "The bias of the output was left out."),
            ("no_square", "That is how far off it is; the squared error multiplies that by itself."),
            ("halved", "That is half of it: this loss has no ½ in front."),
            ("wrong_target", "That was compared with the other target: look at which one is right here."),
            ("no_division", "The values were subtracted, but not divided by how far apart the places are."),
            ("turned", "The values were taken the other way round: the later one minus the first."),
            ("one_value", "Only the later value was divided; what counts is how much it changed."),
            ("no_two", "The 2 is missing: the slope of a square is twice what is squared."),
            ("wrong_sign", "The sign is wrong: it is the prediction minus the target."),
            ("loss_for_slope", "That is the loss itself; what was asked for is how fast it changes."),
            ("same_sign", "The right half was given the signs of the left: behind the middle they turn round."),
            (
                "same_order",
                "The right half was read in the order of the left: in a mirror the last input has the weight of "
                "the first.",
            ),
            ("left_only", "Only the left half was added up; the right one is part of the sum too."),
        )
    }
)


# What lines are called.
LINES: Final = tuple(
    {"label": label}
    for label in (
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
        "the value there",
        "the value nearby",
        "the change, divided by the nudge",
        "how far off",
        "times itself",
        "twice that",
        "the left half",
        "the right half",
    )
)


def example(question: Question, seed: int) -> Example:
    """Return the example that a seed stands for: one in which no slip happens to give the right answer."""
    numbers = Numbers(seed)
    for _ in range(_MOST_DRAWS):
        made = question.make(numbers)
        if all(abs(slip.value - made.answer) > 2 * question.tolerance for slip in made.slips):
            return made
    problem = f"no example of {question.name} was found whose slips differ from its answer"
    raise ValueError(problem)


def judge(question: Question, seed: int, answer: float) -> Verdict:
    """Compare an answer with the right one and with what slips give.

    All lines are shown with a right answer; up to the slip with a wrong one that is known; else the first.
    """
    made = example(question, seed)
    if abs(answer - made.answer) <= question.tolerance:
        return Verdict(True, (), tuple((line.label, line.sign, line.value) for line in made.lines))
    slips = tuple(slip for slip in made.slips if abs(answer - slip.value) <= question.tolerance)
    last = min((slip.line for slip in slips), default=0)
    final = len(made.lines) - 1
    shown = enumerate(made.lines[: last + 1])
    return Verdict(
        False, slips, tuple((line.label, line.sign, None if at == final else line.value) for at, line in shown)
    )


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


def _prediction(numbers: Numbers) -> tuple[float, float]:
    """Draw a prediction in hundredths and a target, not too near to each other and not in the middle."""
    prediction = numbers.whole(11, 89) / 100
    if abs(prediction - 0.5) < 0.05:
        return _prediction(numbers)
    return prediction, float(numbers.whole(0, 1))


def _compared(loss: str, prediction: float, target: float) -> tuple[float, float]:
    """Return the loss of one prediction and its slope, as the engine has them."""
    a, y = np.array([[prediction]]), np.array([[target]])
    row = LOSSES[loss]
    return float(row.parts(a, y).sum()), float(row.derivative(a, y)[0, 0])


def _squared_loss(numbers: Numbers) -> Example:
    prediction, target = _prediction(numbers)
    off, _ = _compared("mean_absolute_error", prediction, target)
    loss, _ = _compared("mean_squared_error", prediction, target)
    return Example(
        {"prediction": prediction, "target": target},
        (Line("how far off", "abs(ŷ − y)", off), Line("times itself", "(ŷ − y)²", loss)),
        (
            Slip("no_square", off, 1),
            Slip("halved", _compared("half_squared_error", prediction, target)[0], 1),
            Slip("wrong_target", _compared("mean_squared_error", prediction, 1.0 - target)[0], 0),
        ),
    )


def _secant(numbers: Numbers) -> Example:
    at, nudge = float(numbers.whole(1, 9)), numbers.whole(1, 5) / 5
    found = tangent(SURFACES["parabola"], at, nudge)
    return Example(
        {"at": at, "nudge": nudge, "nearby": at + nudge},
        (
            Line("the value there", f"½·{at:g}²", found.value),
            Line("the value nearby", f"½·{at + nudge:g}²", found.nudged_value),
            Line("the change, divided by the nudge", "(f(x + h) − f(x)) ∕ h", found.secant),
        ),
        (
            *((Slip("no_division", found.nudged_value - found.value, 2),) if nudge != 1.0 else ()),
            Slip("turned", -found.secant, 2),
            Slip("one_value", found.nudged_value / nudge, 2),
        ),
    )


def _squared_slope(numbers: Numbers) -> Example:
    prediction, target = _prediction(numbers)
    loss, slope = _compared("mean_squared_error", prediction, target)
    _, half = _compared("half_squared_error", prediction, target)
    return Example(
        {"prediction": prediction, "target": target},
        (Line("how far off", "ŷ − y", half), Line("twice that", "2·(ŷ − y)", slope)),
        (Slip("no_two", half, 1), Slip("wrong_sign", -slope, 0), Slip("loss_for_slope", loss, 1)),
    )


_ROWS: Final = (
    Question("pixel_distance", _pixel_distance, 0.5),
    Question("neuron_z", _neuron_z, 0.005),
    Question("neuron_output", _neuron_output, 0.005),
    Question("parameter_count", _parameter_count, 0.5),
    Question("network_output", _network_output, 0.005),
    Question("squared_loss", _squared_loss, 0.002),
    Question("secant", _secant, 0.005),
    Question("squared_slope", _squared_slope, 0.002),
    HIDDEN_SUM,
)

QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType({row.name: row for row in _ROWS})
