"""Claims of what is said of activations and losses."""

from math import exp, log

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.losses import FUSED, LOSSES
from tests.claims.claim import MESSAGES, Claim
from tests.claims.screen import gradient

Z = np.array([[-6.0], [-2.0], [-0.5], [0.5], [2.0], [6.0]])


def outputs(activation: str, z=Z) -> np.ndarray:
    return ACTIVATIONS[activation].function(z)


def slopes(activation: str, z=Z) -> np.ndarray:
    return (outputs(activation, z + 1e-6) - outputs(activation, z - 1e-6)) / 2e-6


def activation_and_loss_cancel(last: str = "sigmoid") -> bool:
    a, y = np.array([[0.7, 0.2]]), np.array([[1.0, 0.0]])
    loss = "binary_cross_entropy"
    delta = LOSSES[loss].derivative(a, y) * 2.0
    slope = a * (1.0 - a) if last == "sigmoid" else 1.0 - a * a
    fused = FUSED["sigmoid", loss].delta(np.log(a / (1.0 - a)), a, y) * 2.0
    return np.allclose(delta * slope, fused) and np.allclose(fused, a - y)


def step_is_one_if_positive(activation: str = "step") -> bool:
    return (outputs(activation) == (Z > 0.0)).all() and not slopes(activation).any()


def leaky_lets_a_hundredth_through(activation: str = "leaky_relu") -> bool:
    return np.allclose(outputs(activation), np.where(Z > 0.0, Z, Z / 100.0))


def relu_cuts_off(activation: str = "relu") -> bool:
    return np.allclose(outputs(activation), np.where(Z > 0.0, Z, 0.0))


def silu_is_z_times_its_sigmoid(activation: str = "silu") -> bool:
    return np.allclose(outputs(activation), [[z / (1.0 + exp(-z))] for z in Z[:, 0]])


def softplus_is_never_nought(activation: str = "softplus") -> bool:
    far = np.array([[-40.0], [40.0]])
    near = outputs(activation, far)
    return bool((outputs(activation) > 0.0).all() and 0.0 < near[0, 0] < 1e-15 and np.isclose(near[1, 0], 40.0))


def squeezes(activation: str, low: float, high: float) -> bool:
    far = outputs(activation, np.array([[-9.0], [9.0]]))[:, 0]
    found = outputs(activation)
    return bool((found > low).all() and (found < high).all() and np.allclose(far, [low, high], atol=1e-3))


def shares_of_one_whole(activation: str = "softmax") -> bool:
    found = outputs(activation, np.array([[1.0, -2.0, 0.5], [3.0, 3.0, 3.0]]))
    return bool((found > 0.0).all() and np.allclose(found.sum(axis=1), 1.0))


def every_output_depends_on_every_z(activation: str = "softmax") -> bool:
    z = np.array([[1.0, -2.0, 0.5]])
    moved = outputs(activation, z + np.array([[0.1, 0.0, 0.0]])) - outputs(activation, z)
    return bool((moved != 0.0).all())


def cost(loss: str, a: float, y: float) -> float:
    return float(LOSSES[loss].parts(np.array([[a]]), np.array([[y]])).sum())


def sure_and_wrong_costs_most(loss: str = "binary_cross_entropy") -> bool:
    return np.isclose(cost(loss, 0.99, 0.0), -log(0.01)) and cost(loss, 0.99, 0.0) > 4 * cost(loss, 0.6, 0.0)


def the_smaller_the_dearer(right: int = 1) -> bool:
    shares, target = np.array([[0.2, 0.5, 0.3], [0.2, 0.1, 0.7]]), np.array([[0.0, 1.0, 0.0]] * 2)
    found = LOSSES["cross_entropy"].parts(shares, target).sum(axis=1)
    return np.allclose(found, -np.log(shares[:, right]))


def nothing_beyond_one(margin: float = 1.0) -> bool:
    return cost("hinge", 1.2, 1.0) == 0.0 == cost("hinge", -1.0, -1.0) and np.isclose(
        cost("hinge", 0.4, 1.0), margin - 0.4
    )


def large_mistakes_count_more(loss: str = "mean_squared_error") -> bool:
    return np.isclose(cost(loss, 3.0, 0.0), 9.0 * cost(loss, 1.0, 0.0))


def plain_distance(loss: str = "mean_absolute_error") -> bool:
    return cost(loss, -3.0, 1.0) == 4.0


def half_added_up(half: float = 0.5) -> bool:
    a, y = np.array([[1.0, 3.0]]), np.array([[0.0, 1.0]])
    return np.isclose(LOSSES["half_squared_error"].parts(a, y).sum(), half * (1.0 + 4.0))


def huber_is_straight_when_large(loss: str = "huber") -> bool:
    small = cost(loss, 0.2, 0.0) / cost(loss, 0.1, 0.0)
    rises = [cost(loss, far + 1.0, 0.0) - cost(loss, far, 0.0) for far in (10.0, 100.0)]
    return np.isclose(small, 4.0) and np.isclose(*rises)


def relu_has_no_slope_at_nought(at: float = 0.0) -> bool:
    z = np.array([[at]])
    row = ACTIVATIONS["relu"]
    return bool(row.derivative(z, row.function(z))[0, 0] == 0.0) and gradient("relu(x)", x=at)["x"] == 0.0


CLAIMS = [
    Claim(
        "activation and loss cancel",
        MESSAGES,
        "their derivatives cancel, and what is left is [[output minus target]]",
        "в их производных всё лишнее сокращается, и остаётся [[выход минус цель]]",
        activation_and_loss_cancel,
        {"last": "tanh"},
    ),
    Claim(
        "all or nothing",
        MESSAGES,
        "the unit says [[1 if z is positive]], else 0. Its slope is 0",
        "нейрон выдаёт [[1, если z положительно]], иначе 0. Наклон у такой ступеньки нулевой",
        step_is_one_if_positive,
        {"activation": "sigmoid"},
    ),
    Claim(
        "ReLU's convention",
        MESSAGES,
        "its derivative at 0 is 0",
        "производная в нуле равна 0",
        relu_has_no_slope_at_nought,
        {"at": 1e-9},
    ),
    Claim(
        "a hundredth of the rest",
        MESSAGES,
        "lets [[a hundredth of the rest]] through.",
        "а от остального — [[только сотую долю]].",
        leaky_lets_a_hundredth_through,
        {"activation": "relu"},
    ),
    Claim(
        "ReLU cuts off the rest",
        MESSAGES,
        "ReLU passes positive z on and [[cuts off the rest]] at 0.",
        "ReLU пропускает положительное z как есть, а [[остальное срезает]] до 0.",
        relu_cuts_off,
        {"activation": "leaky_relu"},
    ),
    Claim(
        "SiLU",
        MESSAGES,
        "SiLU is [[z times its own sigmoid]]",
        "SiLU — это [[z, умноженное на собственную сигмоиду]]",
        silu_is_z_times_its_sigmoid,
        {"activation": "softplus"},
    ),
    Claim(
        "softplus",
        MESSAGES,
        "Softplus is [[a ReLU without the corner]]: never negative, never quite 0.",
        "Softplus — это [[ReLU без излома]]: в минус не уходит и до нуля не опускается.",
        softplus_is_never_nought,
        {"activation": "relu"},
    ),
    Claim(
        "tanh squeezes",
        MESSAGES,
        "Tanh [[squeezes z]] between −1 and 1",
        "Гиперболический тангенс [[сжимает z]] в промежуток от −1 до 1",
        lambda low=-1.0: squeezes("tanh", low, 1.0),
        {"low": 0.0},
    ),
    Claim(
        "the sigmoid squeezes",
        MESSAGES,
        "The sigmoid [[squeezes z]] between 0 and 1",
        "Сигмоида [[сжимает z]] в промежуток от 0 до 1",
        lambda low=0.0: squeezes("sigmoid", low, 1.0),
        {"low": -1.0},
    ),
    Claim(
        "softmax: shares of one whole",
        MESSAGES,
        "Softmax turns the outputs into [[shares of one whole]]: each is positive, together they are 1.",
        "Softmax превращает выходы в [[доли целого]]: каждая положительна, а вместе они дают 1.",
        shares_of_one_whole,
        {"activation": "sigmoid"},
    ),
    Claim(
        "softmax: every output depends on every z",
        MESSAGES,
        "Softmax lets every output depend on every z",
        "У softmax каждый выход зависит от каждого z",
        every_output_depends_on_every_z,
        {"activation": "sigmoid"},
    ),
    Claim(
        "sure and wrong costs most",
        MESSAGES,
        "[[sure and wrong costs most]]",
        "[[дороже всего — уверенно ошибаться]]",
        sure_and_wrong_costs_most,
        {"loss": "mean_absolute_error"},
    ),
    Claim(
        "the smaller the share, the dearer",
        MESSAGES,
        "Cross-entropy looks at the share given to [[the right class]]: the smaller, the dearer.",
        "Кросс-энтропия смотрит, какая доля досталась [[верному классу]]: чем она меньше, тем дороже ошибка.",
        the_smaller_the_dearer,
        {"right": 2},
    ),
    Claim(
        "hinge: nothing beyond 1",
        MESSAGES,
        "Nothing once the output is [[on the right side by 1]], else what is missing.",
        "Нисколько, если выход [[с верной стороны с запасом в 1]]; иначе — на то, чего не хватает.",
        nothing_beyond_one,
        {"margin": 0.9},
    ),
    Claim(
        "squared: large mistakes count more",
        MESSAGES,
        "[[squared]], so that large mistakes count more.",
        "[[в квадрате]], чтобы крупные промахи весили больше.",
        large_mistakes_count_more,
        {"loss": "mean_absolute_error"},
    ),
    Claim(
        "absolute: the plain distance",
        MESSAGES,
        "The plain [[distance]] between output and target.",
        "Просто [[расстояние]] между выходом и целью.",
        plain_distance,
        {"loss": "half_squared_error"},
    ),
    Claim(
        "half the squared difference, added up",
        MESSAGES,
        "[[Half the squared difference]] between output and target, added up over the outputs.",
        "[[Половина квадрата разности]] между выходом и целью, сложенная по всем выходам.",
        half_added_up,
        {"half": 0.25},
    ),
    Claim(
        "huber: straight when large",
        MESSAGES,
        "[[Squared while small, straight when large]]",
        "[[Малое — в квадрате, большое — как есть]]",
        huber_is_straight_when_large,
        {"loss": "mean_squared_error"},
    ),
]
