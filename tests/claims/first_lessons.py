"""Claims of the lessons about pictures, one neuron and a network."""

from itertools import pairwise, product

import numpy as np

from app.api.presets import PRESETS
from app.engine.activations import ACTIVATIONS
from app.engine.detector import WHITE, detect
from app.engine.network import Layer, LayerParameters, Network, forward
from app.lessons.questions import QUESTIONS, example
from app.lessons.values import VALUES
from tests.claims.claim import Claim
from tests.claims.runs import changed, right, trained

PICTURES, NEURON, NETWORK, LOSS = "a-picture-is-numbers", "one-neuron", "a-network", "how-wrong"
ABSOLUTE, SQUARED, ENTROPY = "mean_absolute_error", "mean_squared_error", "binary_cross_entropy"

CORNERS = np.array(list(product((0.0, 1.0), repeat=2)))
XOR = np.array([0, 1, 1, 0])


def blank(side: int = 8):
    return np.full((side, side), WHITE)


def one_dot(brightness: float = 0.0) -> bool:
    picture = blank()
    picture[2, 3] = brightness
    return detect(picture).is_a_dog and detect(picture).total == WHITE - brightness


def only_blank_is_no_dog(brightness: float = WHITE) -> bool:
    picture = blank()
    picture[0, 0] = brightness
    return not detect(picture).is_a_dog


def grey_counts(brightness: float = WHITE - 1.0) -> bool:
    return not only_blank_is_no_dog(brightness)


def signs_would_cancel(lighter: float = 30.0) -> bool:
    pixels = np.array([WHITE / 2 - 30.0, WHITE / 2 + lighter])
    made = detect(pixels, WHITE / 2)
    return made.difference.sum() == 0.0 and made.is_a_dog


def threshold(weights, bias, points=CORNERS):
    return (points @ np.array(weights) + bias > 0.0).astype(int)


def bias_alone(weights: tuple[float, float] = (0.0, 0.0)) -> bool:
    points = np.random.default_rng(0).uniform(-9.0, 9.0, (500, 2))
    return bool(threshold(weights, 0.1, points).all())


def weights_turn_and_bias_shifts(changes_weights: bool = False) -> bool:
    """The line w·x + b = 0 is at right angles to the weights, and a bias leaves that direction as it is."""

    def direction(weights, bias):
        normal = np.array(weights)
        one, other = (
            -bias * normal / (normal @ normal) + along * np.array([-weights[1], weights[0]]) for along in (0, 1)
        )
        assert abs(one @ normal + bias) < 1e-12 > abs(other @ normal + bias)
        return (other - one) / np.linalg.norm(other - one)

    second = (2.0, 1.0) if changes_weights else (1.0, 2.0)
    return np.allclose(direction((1.0, 2.0), 0.5), direction(second, -3.0))


def best_of_one_neuron(targets=tuple(XOR)) -> int:
    """Return how many corners a neuron can have right at most: every way a line can part four corners is tried."""
    grid = np.linspace(-2.0, 2.0, 17)
    found = 0
    for w1, w2, b in product(grid, grid, grid + 0.01):
        found = max(found, int((threshold((w1, w2), b) == np.array(targets)).sum()))
    return found


def three_and_never_four(targets=tuple(XOR)) -> bool:
    # Four would need b ≤ 0, w1 + b > 0, w2 + b > 0 and w1 + w2 + b ≤ 0: the middle two add up to more than 0 − b.
    return best_of_one_neuron(targets) == 3


def linear_layers_collapse(activation: str = "identity") -> bool:
    draws = np.random.default_rng(1)
    first, second = draws.normal(size=(3, 2)), draws.normal(size=(1, 3))
    b, c = draws.normal(size=3), draws.normal(size=1)
    two = Network(2, (Layer(3, activation), Layer(1, "identity")))
    one = Network(2, (Layer(1, "identity"),))
    x = draws.normal(size=(9, 2))
    deep = forward(two, (LayerParameters(first, b), LayerParameters(second, c)), x)[-1].a
    flat = forward(one, (LayerParameters(second @ first, second @ b + c),), x)[-1].a
    return np.allclose(deep, flat)


def nine_parameters(biases: bool = True) -> bool:
    network = Network(2, (Layer(2, "step" if "step" in ACTIVATIONS else "sigmoid"), Layer(1, "sigmoid")))
    return (network.parameter_count if biases else 6) == 9


def one_neuron_can_be_or(weights=(1.0, 1.0), bias=-0.5) -> bool:
    return threshold(weights, bias).tolist() == [0, 1, 1, 1]


def or_without_and_is_xor(sign: float = -1.0) -> bool:
    at_least_one, both = threshold((1.0, 1.0), -0.5), threshold((1.0, 1.0), -1.5)
    hidden = np.stack([at_least_one, both], axis=1).astype(float)
    return threshold((1.0, sign), -0.5, hidden).tolist() == XOR.tolist()


def found_by_training_is_rarely_or_and_and(starts: int = 20) -> bool:
    """Of nets of the same size that solve XOR, few have one unit that says "at least one" and one "both"."""
    solved = same = 0
    for seed in range(starts):
        experiment = changed(
            "xor", hidden=[2], activation="sigmoid", rate=2.0, initializer={"name": "xavier_uniform", "seed": seed}
        )
        task, run = trained(experiment, 3000)
        if right(task, run.state.parameters) == 4:
            solved += 1
            hidden = forward(task.network, run.state.parameters, CORNERS)[0].a > 0.5
            same += sorted(map(tuple, hidden.T.astype(int).tolist())) == [(0, 0, 0, 1), (0, 1, 1, 1)]
    return solved >= 5 and same <= solved / 3


def digits_have_so_many_parameters(weights_only: bool = False) -> bool:
    wanted = PRESETS["digits"].experiment["network"]
    sizes = [wanted["inputs"], *(layer["units"] for layer in wanted["layers"])]
    count = sum((before + (not weights_only)) * after for before, after in pairwise(sizes))
    return count == VALUES["digits_parameters"]()


def mostly_weights(least: int = 1) -> bool:
    for seed in range(50):
        given = example(QUESTIONS["parameter_count"], seed).given
        hidden, outputs = int(given["hidden"]), int(given["outputs"])
        weights = hidden * (int(given["inputs"]) + outputs)
        if weights <= least * (hidden + outputs):
            return False
    return True


def xor_with_other_signs(signs: tuple[float, float, float] = (-1.0, -1.0, -1.0)) -> bool:
    """Both units may say no where they said yes, if the output turns about what it hears."""
    first, second, third = signs
    hidden = np.stack([threshold((first, first), 0.5), threshold((second, second), 1.5)], axis=1).astype(float)
    return threshold((third, 1.0), -0.5, hidden).tolist() == XOR.tolist()


CLAIMS = [
    Claim(
        "one dot is a dog",
        PICTURES,
        "One dot, and the rule saw a dog.",
        "Одна точка — и правило увидело собаку.",
        one_dot,
        {"brightness": WHITE},
    ),
    Claim(
        "anything not white is a dog",
        PICTURES,
        "Is anything there that is not white? Then it is a dog",
        "Есть хоть что-то не белое? Значит, собака",
        grey_counts,
        {"brightness": WHITE},
    ),
    Claim(
        "any number but 0",
        f"{PICTURES}/teach",
        "Is there any number but 0 for which `is_non_zero` says no?",
        "Есть ли число, кроме нуля, на которое `is_non_zero` ответит «нет»?",
        only_blank_is_no_dog,
        {"brightness": WHITE - 1e-9},
    ),
    Claim(
        "differences with their signs cancel",
        f"{PICTURES}/teach",
        "One pixel is a little darker than white, another just as much brighter.",
        "Один пиксель чуть темнее белого",
        signs_would_cancel,
        {"lighter": 31.0},
    ),
    Claim(
        "values of a byte",
        PICTURES,
        "a byte can hold {=byte_values} different numbers",
        "а разных значений у байта {=byte_values}",
        lambda bits=8: VALUES["byte_values"]() == 2**bits == WHITE + 1,
        {"bits": 7},
    ),
    Claim(
        "white in hexadecimal",
        PICTURES,
        "`0xFFFFFF`, which is 255 written three times over",
        "`0xFFFFFF` — на их языке это 255, записанное три раза подряд",
        lambda written="0xFFFFFF": list(int(written, 16).to_bytes(3, "big")) == [255] * 3,
        {"written": "0xFFFEFF"},
    ),
    Claim(
        "a bias alone",
        NEURON,
        "$z$ is then the bias itself, above 0 at every point, whatever the inputs are.",
        "Тогда $z$ — это само смещение: больше 0 в любой точке, какими бы ни были входы.",
        bias_alone,
        {"weights": (0.01, 0.02)},
    ),
    Claim(
        "weights turn the line, the bias shifts it",
        NEURON,
        "The line is where $z$ is exactly 0. The weights say which way it faces; the bias shifts it.",
        "Прямая проходит там, где $z$ в точности 0. Веса решают, куда она повёрнута; смещение её сдвигает.",
        weights_turn_and_bias_shifts,
        {"changes_weights": True},
    ),
    Claim(
        "three of four",
        NEURON,
        "Three, and never four.",
        "Три, и никогда не четыре.",
        three_and_never_four,
        {"targets": (0, 1, 1, 1)},
    ),
    Claim(
        "layers without activation collapse",
        NEURON,
        "Two layers without anything between them are one layer, with other numbers.",
        "Два слоя, между которыми ничего нет, — это один слой с другими числами.",
        linear_layers_collapse,
        {"activation": "tanh"},
    ),
    Claim("nine knobs", NETWORK, "Three times three.", "Трижды три.", nine_parameters, {"biases": False}),
    Claim(
        "one neuron can leave out a corner",
        NETWORK,
        "With the corner of two zeros left out, logic calls this OR",
        "Отсечён угол с двумя нулями: в логике это «или»",
        one_neuron_can_be_or,
        {"bias": 0.5},
    ),
    Claim(
        "the hint solves XOR",
        NETWORK,
        "let the first hidden neuron say “at least one”, the second “both”; the output wants the first and not the"
        " second.",
        "пусть первый скрытый нейрон говорит «хотя бы один», второй — «оба», а выходу нужен первый и не нужен второй.",
        or_without_and_is_xor,
        {"sign": 1.0},
    ),
    Claim(
        "a computer rarely finds this solution",
        NETWORK,
        "a computer that trains the same network rarely finds the one you found.",
        "компьютер, обучая ту же сеть, редко находит именно ваше.",
        found_by_training_is_rarely_or_and_and,
    ),
    Claim(
        "parameters of the digits",
        NETWORK,
        "The network in the lab that reads handwritten digits has {=digits_parameters} of them",
        "У сети из лаборатории, которая читает рукописные цифры, их {=digits_parameters}",
        digits_have_so_many_parameters,
        {"weights_only": True},
    ),
    Claim(
        "more weights than biases",
        NETWORK,
        "Most of them are nearly always weights",
        "Весов почти всегда больше, чем смещений",
        mostly_weights,
        {"least": 9},
    ),
    Claim(
        "a solution with other signs",
        f"{NETWORK}/teach",
        "those who are done early can look for a solution with other signs.",
        "кто закончил раньше, пусть ищет решение с другими знаками.",
        xor_with_other_signs,
        {"signs": (-1.0, -1.0, 1.0)},
    ),
]
