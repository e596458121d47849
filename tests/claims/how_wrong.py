"""Claims of the lesson about the loss."""

import numpy as np

from app.engine.losses import LOSSES
from tests.claims.claim import Claim

PICTURES, NEURON, NETWORK, LOSS = "a-picture-is-numbers", "one-neuron", "a-network", "how-wrong"
ABSOLUTE, SQUARED, ENTROPY = "mean_absolute_error", "mean_squared_error", "binary_cross_entropy"


def cost(loss: str, prediction: float, target: float = 0.0) -> float:
    return float(LOSSES[loss].parts(np.array([[prediction]]), np.array([[target]])).sum())


def slope(loss: str, prediction: float, target: float = 0.0) -> float:
    return float(LOSSES[loss].derivative(np.array([[prediction]]), np.array([[target]]))[0, 0])


def a_little_less(after: float = 0.55) -> bool:
    return 0.0 < cost(SQUARED, 0.57) - cost(SQUARED, after) < 0.03


def cross_entropy_has_no_end(loss: str = ENTROPY) -> bool:
    return cost(loss, 1.0 - 1e-12) > 25.0 and all(cost(SQUARED, p) <= 1.0 for p in np.linspace(0.0, 1.0, 101))


def cross_entropy_grows_most(start: float = 0.5) -> bool:
    growth = {loss: cost(loss, 0.99) - cost(loss, start) for loss in (ABSOLUTE, SQUARED, ENTROPY)}
    return max(growth, key=lambda one: growth[one]) == ENTROPY and start < 0.98


def absolute_is_equally_steep(loss: str = ABSOLUTE) -> bool:
    return len({round(slope(loss, p), 12) for p in (0.01, 0.3, 0.99)}) == 1


def a_fifth_as_steep(at: float = 0.1) -> bool:
    return np.isclose(slope(SQUARED, at), slope(ABSOLUTE, at) / 5.0)


def turned_around(target: float = 1.0) -> bool:
    return all(slope(loss, 0.6, target) < 0.0 for loss in (ABSOLUTE, SQUARED, ENTROPY))


def averaged_twice(loss: str = SQUARED) -> bool:
    predictions = np.array([[0.2, 0.9, 0.3], [0.4, 0.1, 0.8]])
    targets = np.array([[0.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    example_losses = LOSSES[loss].parts(predictions, targets).sum(axis=1)
    return np.allclose(example_losses, ((predictions - targets) ** 2).mean(axis=1))


def a_count_does_not_move(after: float = 0.55) -> bool:
    before, half = 0.57, 0.5
    return (before > half) == (after > half) and cost(SQUARED, after) < cost(SQUARED, before)


def a_square_is_smaller_below_one(mistake: float = 0.5) -> bool:
    return cost(SQUARED, mistake) < cost(ABSOLUTE, mistake)


CLAIMS = [
    Claim(
        "55 % costs a little less",
        LOSS,
        "the squared loss is {=squared_55}: a little less",
        "квадратичная ошибка станет {=squared_55}: чуть меньше",
        a_little_less,
        {"after": 0.58},
    ),
    Claim(
        "the squared error ends, cross-entropy does not",
        LOSS,
        "and it never gets above 1. Cross-entropy is {=entropy_99}, and on the last bit of the way it grows without end.",
        "а больше единицы ей не бывать. Кросс-энтропия — {=entropy_99}, и на последнем отрезке пути она растёт без конца.",
        cross_entropy_has_no_end,
        {"loss": SQUARED},
    ),
    Claim(
        "cross-entropy grows the most",
        LOSS,
        "Which of the three losses grows the most?",
        "Какая из трёх ошибок вырастет сильнее всех?",
        cross_entropy_grows_most,
    ),
    Claim(
        "the absolute error is equally steep",
        LOSS,
        "The absolute error is equally steep everywhere",
        "Абсолютная ошибка везде одинаково крута",
        absolute_is_equally_steep,
        {"loss": SQUARED},
    ),
    Claim(
        "a fifth as steep",
        LOSS,
        "a tenth off, it is only a fifth as steep as the absolute error.",
        "При промахе в одну десятую она впятеро положе абсолютной.",
        a_fifth_as_steep,
        {"at": 0.11},
    ),
    Claim(
        "for the other answer slopes are below 0",
        LOSS,
        "Everything has turned around: the slopes are below 0",
        "Всё перевернулось: наклоны меньше 0",
        turned_around,
        {"target": 0.0},
    ),
    Claim(
        "losses are averaged over outputs and examples",
        LOSS,
        "With several outputs these are averaged, and with several examples once more.",
        "Если выходов несколько, их ошибки усредняют; если несколько примеров — усредняют ещё раз.",
        averaged_twice,
        {"loss": "half_squared_error"},
    ),
    Claim(
        "a count does not notice a small change",
        LOSS,
        "At 57 % and at 55 % the answer is equally wrong",
        "Было 57 %, стало 55 % — ответ как был неверным, так и остался",
        a_count_does_not_move,
        {"after": 0.49},
    ),
    Claim(
        "a square can be smaller",
        LOSS + "/teach",
        "For which mistakes is the square smaller than the mistake?",
        "Для каких промахов квадрат меньше самого промаха?",
        a_square_is_smaller_below_one,
        {"mistake": 1.5},
    ),
]
