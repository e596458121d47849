"""Claims of the surfaces."""

from itertools import product

import numpy as np

from app.engine.surfaces import SURFACES
from tests.claims.claim import MESSAGES, Claim
from tests.claims.races import (
    a_little_to_the_side_ends_far_apart,
    into_the_valley_is_easy_along_it_slow,
    limit,
    ten_is_right_on_the_plain,
)
from tests.claims.runs import walk


def parabola_below_and_above(share: float = 1.02) -> bool:
    below, above = (walk("parabola", factor * limit("parabola"), 2000) for factor in (0.98, share))
    return below.outcome == "converged" and above.outcome == "diverged"


def two_valleys_depend_on_start_and_rate(rate: float = 0.2) -> bool:
    ends = [walk("two_valleys", 0.05, 60, start=(at,)).points[-1, 0] for at in (-1.6, 1.0)]
    return ends[0] < 0.0 < ends[1] and walk("two_valleys", rate, 60).points[-1, 0] > 0.0


def every_step_is_smaller_and_never_past(start: float = 1.2) -> bool:
    run = walk("inflection", 0.1, 500, start=(start,))
    return bool((np.diff(np.abs(run.moves[:, 0])) < 0.0).all() and (run.points > 0.0).all())


def straight_way_down(surface: str = "bowl") -> bool:
    row = SURFACES[surface]
    start = np.array(row.start)
    down = -row.gradient(start[None])[0]
    return np.isclose(down @ -start / np.linalg.norm(down) / np.linalg.norm(start), 1.0)


def twenty_times_as_steep_across(surface: str = "ravine") -> bool:
    along, across = np.linalg.eigvalsh(SURFACES[surface].hessian(np.array([[1.0, 1.0]]))[0])
    return np.isclose(across / along, 20.0)


def a_saddle_is_slow_to_leave(y: float = 0.01) -> bool:
    bends = np.linalg.eigvalsh(SURFACES["saddle"].hessian(np.zeros((1, 2)))[0])
    run = walk("saddle", 0.1, 60, start=(-1.8, y))
    return bool(bends[0] < 0.0 < bends[1] and np.abs(run.points[20, 1]) < 0.1)


def a_flat_valley_between_steep_walls(surface: str = "beale") -> bool:
    row = SURFACES[surface]
    bends = np.linalg.eigvalsh(row.hessian(np.array(row.minima[:1]))[0])
    return bends[-1] > 50.0 * bends[0]


def many_dents(surface: str = "rastrigin") -> bool:
    row = SURFACES[surface]
    at = np.array(list(product((-2.0, -1.0, 1.0, 2.0), repeat=2)))
    return bool((np.linalg.eigvalsh(row.hessian(at)) > 0.0).all() and (np.abs(row.gradient(at)) < 5.0).all())


def first_networks(surface: str = "one_weight") -> bool:
    weights = np.array([[0.0], [1.0]])
    by_hand = [0.5 * np.mean([(w - 2.0) ** 2, (2.0 * w - 3.0) ** 2]) for w in weights[:, 0]]
    return SURFACES[surface].y_range is None and np.allclose(SURFACES[surface].function(weights), by_hand)


def weight_and_bias_by_hand(target: float = 3.0) -> bool:
    by_hand = 0.5 * np.mean([(0.5 - 1.0) ** 2, (1.5 + 0.5 - target) ** 2, (3.0 + 0.5 - 2.0) ** 2])
    return np.isclose(SURFACES["weight_and_bias"].function(np.array([[1.5, 0.5]]))[0], by_hand)


CLAIMS = [
    Claim(
        "parabola: below the limit every rate arrives",
        MESSAGES,
        "below the limit 2/λ every rate arrives, above it none does.",
        "ниже предела 2/λ доходит любая скорость, выше — никакая.",
        parabola_below_and_above,
        {"share": 0.99},
    ),
    Claim(
        "two valleys: start and rate",
        MESSAGES,
        "where one ends depends on where one starts, and on the rate.",
        "в какой окажешься, зависит от начала и от скорости.",
        two_valleys_depend_on_start_and_rate,
        {"rate": 0.1},
    ),
    Claim(
        "flat then steep: right on the plain",
        MESSAGES,
        "A rate that is right on the plain is far too high at the wall.",
        "Скорость, которая хороша на равнине, у стены слишком велика.",
        ten_is_right_on_the_plain,
        {"rate": 0.1},
    ),
    Claim(
        "inflection: every step becomes smaller",
        MESSAGES,
        "every step becomes smaller, and it never gets past.",
        "шаги становятся всё меньше, и дальше не пройти.",
        every_step_is_smaller_and_never_past,
        {"start": -0.1},
    ),
    Claim(
        "bowl: the straight way down",
        MESSAGES,
        "The same steepness from every side: the straight way down.",
        "Со всех сторон одинаково круто: прямой путь вниз.",
        straight_way_down,
        {"surface": "ravine"},
    ),
    Claim(
        "ravine: twenty times as steep",
        MESSAGES,
        "Twenty times as steep across as along",
        "Поперёк в двадцать раз круче, чем вдоль",
        twenty_times_as_steep_across,
        {"surface": "bowl"},
    ),
    Claim(
        "saddle: slow to leave",
        MESSAGES,
        "who starts on the ridge is slow to leave it.",
        "кто начал на гребне, уходит с него нескоро.",
        a_saddle_is_slow_to_leave,
        {"y": 0.5},
    ),
    Claim(
        "rosenbrock: slow to walk along",
        MESSAGES,
        "A bent, narrow valley: easy to get into, slow to walk along.",
        "Узкая изогнутая долина: попасть в неё легко, идти по ней долго.",
        into_the_valley_is_easy_along_it_slow,
        {"share": 100.0},
    ),
    Claim(
        "himmelblau: the start decides",
        MESSAGES,
        "Four minima, all equally deep: the start decides.",
        "Четыре минимума одинаковой глубины: всё решает начало.",
        a_little_to_the_side_ends_far_apart,
        {"shift": 0.0},
    ),
    Claim(
        "beale: a flat valley",
        MESSAGES,
        "A flat valley between steep walls",
        "Плоская долина между крутыми стенами",
        a_flat_valley_between_steep_walls,
        {"surface": "bowl"},
    ),
    Claim(
        "rastrigin: full of dents",
        MESSAGES,
        "A bowl full of dents: plain descent ends in the nearest one.",
        "Чаша, вся во вмятинах: обычный спуск кончается в ближайшей.",
        many_dents,
        {"surface": "saddle"},
    ),
    Claim(
        "one weight: two examples",
        MESSAGES,
        "The loss of ŷ = w·x over two examples: 1 should give 2, and 2 should give 3.",
        "Ошибка сети ŷ = w·x на двух примерах: на 1 надо ответить 2, на 2 — ответить 3.",
        first_networks,
        {"surface": "parabola"},
    ),
    Claim(
        "a weight and a bias: three examples",
        MESSAGES,
        "over three examples that no straight line goes through.",
        "на трёх примерах, через которые не провести одну прямую.",
        weight_and_bias_by_hand,
        {"target": 4.0},
    ),
]
