"""The question of the lesson about 1986: what a hidden unit adds up, its weights mirrored about the middle."""

from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.network import LayerParameters, forward
from app.engine.symmetry import NETWORK
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip

_RATIO: Final = (1.0, 2.0, 4.0)


def _sum(weights: Array, bias: float, pattern: list[float]) -> float:
    """Return z of the first hidden unit, with these weights into it."""
    rows = np.vstack([weights, np.zeros_like(weights)])
    parameters = (
        LayerParameters(rows, np.array([bias, 0.0])),
        LayerParameters(np.zeros((1, 2)), np.zeros(1)),
    )
    return float(forward(NETWORK, parameters, np.array([pattern]))[0].z[0, 0])


def _hidden_sum(numbers: Numbers) -> Example:
    size = numbers.whole(1, 3)
    left = np.array([size * one * (1 if numbers.whole(0, 1) else -1) for one in numbers.mixed(list(_RATIO))])
    bias = -numbers.whole(2, 9) / 10
    # Some of both halves is on, or half of the mistakes would change nothing.
    halves = [[float(bit) for bit in f"{numbers.whole(1, 6):03b}"] for _ in range(2)]
    pattern = [*halves[0], *halves[1]]
    nothing = np.zeros(3)
    weights = np.concatenate([left, -left[::-1]])
    z = _sum(weights, bias, pattern)
    slips = (
        Slip("same_sign", _sum(np.concatenate([left, left[::-1]]), bias, pattern), 1),
        Slip("same_order", _sum(np.concatenate([left, -left]), bias, pattern), 1),
        Slip("left_only", _sum(np.concatenate([left, nothing]), bias, pattern), 1),
        Slip("no_bias", _sum(weights, 0.0, pattern), 2),
        Slip("minus_bias", _sum(weights, -bias, pattern), 2),
    )
    w1, w2, w3 = left.tolist()
    return Example(
        {"w1": w1, "w2": w2, "w3": w3, "b": bias, "pattern": pattern},
        (
            Line("the left half", "w₁·x₁ + w₂·x₂ + w₃·x₃", _sum(np.concatenate([left, nothing]), 0.0, pattern)),
            Line(
                "the right half",
                "−w₃·x₄ − w₂·x₅ − w₁·x₆",
                _sum(np.concatenate([nothing, -left[::-1]]), 0.0, pattern),
            ),
            Line("z, the weighted sum and the bias", "", z),
        ),
        # A mistake that changes nothing here is none.
        tuple(slip for slip in slips if abs(slip.value - z) > 1e-9),
    )


ROWS: Final = (Question("hidden_sum", _hidden_sum, 0.005),)

SLIPS: Final = {
    "same_sign": "The right half was given the signs of the left: behind the middle they turn round.",
    "same_order": "The right half was read in the order of the left: in a mirror the last input has the weight of "
    "the first.",
    "left_only": "Only the left half was added up; the right one is part of the sum too.",
}

LINES: Final = ("the left half", "the right half")
