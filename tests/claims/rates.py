"""Claims of the lesson about the learning rate."""

import json

import numpy as np

from app.engine.descent import critical_learning_rate
from app.engine.surfaces import SURFACES
from app.lessons.values import VALUES
from tests.claims.claim import Claim
from tests.claims.runs import walk
from tests.claims.slopes import gradient

SLOPE, DOWNHILL, RATE = "the-slope", "downhill", "the-learning-rate"

RACE = (0.02, 0.2, 0.7, 0.85)


def four_runs_end_as_told(rates: tuple[float, ...] = RACE) -> bool:
    slow, there, jumps, flies = (walk("one_weight", rate, 20) for rate in rates)
    least = VALUES["least_one_weight"]()
    sides = np.sign(jumps.points[:, 0] - SURFACES["one_weight"].minima[0][0])
    low, high = SURFACES["one_weight"].x_range
    outside = (flies.points[:, 0] < low) | (flies.points[:, 0] > high)
    return bool(
        slow.values[-1] > 10 * least
        and (np.diff(slow.values) < 0.0).all()
        and there.values[-1] - least < 1e-9
        and (sides[1:] == -sides[:-1]).all()
        and (np.diff(np.abs(jumps.moves[:, 0])) < 0.0).all()
        and (np.diff(np.abs(flies.moves[:, 0])) > 0.0).all()
        and outside[2:].all()
        and min(run.values[-1] for run in (slow, there, jumps, flies)) == there.values[-1]
    )


def at_the_limit_it_bounces_for_ever(rate: float = 0.8) -> bool:
    row = SURFACES["one_weight"]
    limit, _ = critical_learning_rate(row, row.start)
    far = np.abs(walk("one_weight", rate, 1000).points[:, 0] - row.minima[0][0])
    return limit == rate == VALUES["limit_one_weight"]() and np.allclose(far, far[0], rtol=1e-9)


def bend_is_what_the_slope_grows_by(step: float = 1.0) -> bool:
    grown = gradient("one_weight", 2.0 + step)[0] - gradient("one_weight", 2.0)[0]
    return np.isclose(grown, VALUES["bend_one_weight"]()) and 2.0 / grown == VALUES["limit_one_weight"]()


def steps_that_fly_become_longer(rate: float = 0.81) -> bool:
    moves = np.abs(walk("one_weight", rate, 40).moves[:, 0])
    slopes = np.abs(walk("one_weight", rate, 40).gradients[:, 0])
    return bool((np.diff(moves) > 0.0).all() and (np.diff(slopes) > 0.0).all())


def first_infinity_then_nan(grow: float = 1e200) -> bool:
    with np.errstate(all="ignore"):
        value = np.float64(grow)
        square = value * value
        return json.dumps(float(square)) == "Infinity" and np.isnan(square - square)


def a_longer_step_lands_beyond_the_hill(rate: float = 0.2) -> bool:
    left, hill, right = -1.0, 0.0, 1.0
    run = walk("two_valleys", rate, 40)
    stays = walk("two_valleys", 0.05, 40)
    assert abs(stays.points[-1, 0] - left) < 0.1 < right - hill
    return bool(run.points[1, 0] > hill and run.outcome == "converged" and run.values[-1] < stays.values[-1])


def a_little_less_or_more_is_no_luck(less: float = 0.14, more: float = 0.23, far: float = 0.35) -> bool:
    return bool(
        walk("two_valleys", less, 40).points[-1, 0] < 0.0
        and walk("two_valleys", more, 40).outcome == "oscillating"
        and walk("two_valleys", far, 40).outcome == "diverged"
    )


def right_valley_is_deeper(surface: str = "two_valleys") -> bool:
    left, right = SURFACES[surface].function(np.array(SURFACES[surface].minima))[:2]
    return bool(right < left) and SURFACES[surface].start[0] < -1.5


def the_sharpest_direction_sets_the_limit(share: float = 1.01) -> bool:
    row = SURFACES["ravine"]
    bends = np.linalg.eigvalsh(row.hessian(np.array(row.minima))[0])
    beyond, below = (walk("ravine", factor * 2.0 / bends[-1], 60) for factor in (share, 0.99))
    return bool(beyond.is_growing and not below.is_growing and bends[-1] > 10 * bends[0])


CLAIMS = [
    Claim(
        "how the four rates end",
        RATE,
        "The fourth jumps as well, but farther each time: from its second step on it is out of the picture, and it"
        " never comes back.",
        "Четвёртый тоже скачет, но с каждым разом дальше: со второго шага он за краем картинки и уже не вернётся.",
        four_runs_end_as_told,
        {"rates": (0.02, 0.2, 0.7, 0.79)},
    ),
    Claim(
        "at the limit it bounces for ever",
        RATE,
        "At {=limit_one_weight} it bounces for ever, always equally far.",
        "При {=limit_one_weight} он скачет вечно и всегда одинаково далеко.",
        at_the_limit_it_bounces_for_ever,
        {"rate": 0.79},
    ),
    Claim(
        "the bend is what the slope grows by",
        RATE,
        "how much the slope grows when $w$ grows by 1. Here $\\lambda$ is {=bend_one_weight}, and 2 divided by that is"
        " {=limit_one_weight}.",
        "насколько вырастает наклон, когда $w$ вырастает на 1. Здесь $\\lambda$ равна {=bend_one_weight}, а 2, делённое на"
        " это, — {=limit_one_weight}.",
        bend_is_what_the_slope_grows_by,
        {"step": 2.0},
    ),
    Claim(
        "each step is longer still",
        RATE,
        "Each step lands where it is steeper than before, so the next one is longer still.",
        "Каждый шаг попадает туда, где ещё круче, поэтому следующий ещё длиннее.",
        steps_that_fly_become_longer,
        {"rate": 0.79},
    ),
    Claim(
        "first Infinity, then NaN",
        RATE,
        "first it says `Infinity`, then `NaN`, “not a number”.",
        "сначала он говорит `Infinity`, «бесконечность», потом `NaN`, «не число»",
        first_infinity_then_nan,
        {"grow": 1e100},
    ),
    Claim(
        "the right valley is deeper",
        RATE,
        "This curve has two valleys, and the right one is deeper. The start is at the left end.",
        "У этой кривой две долины, и правая глубже. Старт — у левого края.",
        right_valley_is_deeper,
        {"surface": "himmelblau"},
    ),
    Claim(
        "a step that is long enough",
        RATE,
        "A step that is long enough does not go over the hill, it is simply on the other side.",
        "Достаточно длинный шаг не идёт через гору — он просто оказывается по ту сторону.",
        a_longer_step_lands_beyond_the_hill,
        {"rate": 0.1},
    ),
    Claim(
        "a little less, a little more",
        RATE,
        "a little less and it stays on the left, a little more and it never settles, or flies away.",
        "чуть меньше — останется слева, чуть больше — не остановится или вовсе улетит.",
        a_little_less_or_more_is_no_luck,
        {"less": 0.16},
    ),
    Claim(
        "the sharpest direction sets the limit",
        RATE,
        "the direction in which the loss is bent most strongly sets its limit. In the flattest direction that same rate"
        " is then far too small.",
        "предел ей ставит то направление, в котором функция потерь изогнута сильнее всего. В самом пологом направлении та"
        " же скорость уже слишком мала.",
        the_sharpest_direction_sets_the_limit,
        {"share": 0.98},
    ),
]
