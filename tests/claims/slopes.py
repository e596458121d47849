"""Claims of the lessons about the slope and the way downhill."""

import numpy as np

from app.engine.network_surfaces import ONE_WEIGHT, WEIGHT_AND_BIAS
from app.engine.surfaces import SURFACES
from app.engine.tangent import tangent
from app.lessons.values import VALUES
from tests.claims.claim import Claim
from tests.claims.runs import walk

SLOPE, DOWNHILL, RATE = "the-slope", "downhill", "the-learning-rate"

TEACH = "/teach"


def gradient(surface: str, *at: float) -> np.ndarray:
    return SURFACES[surface].gradient(np.array([at]))[0]


def left_end_falls(up_to: float = -1.2) -> bool:
    low, _ = SURFACES["two_valleys"].x_range
    return all(gradient("two_valleys", at)[0] < 0.0 for at in np.linspace(low, up_to, 50))


def two_minima_and_a_maximum(surface: str = "two_valleys") -> bool:
    row = SURFACES[surface]
    at = np.linspace(*row.x_range, 4001)[:, None]
    signs = np.sign(row.gradient(at)[:, 0])
    turns = np.flatnonzero(np.diff(signs))
    return [signs[turn] < 0 for turn in turns] == [True, False, True]


def a_secant_is_more_by_half_the_nudge(share: float = 0.5) -> bool:
    return all(
        np.isclose(
            tangent(SURFACES["parabola"], at, nudge).slope,
            tangent(SURFACES["parabola"], at, nudge).secant - share * nudge,
        )
        and np.isclose(tangent(SURFACES["parabola"], at, nudge).slope, at)
        for at, nudge in ((1.0, 0.1), (-2.0, 0.5), (0.3, -0.2))
    )


def a_secant_becomes_the_tangent(nudge: float = 0.01) -> bool:
    row = SURFACES["two_valleys"]
    return all(
        abs(tangent(row, at, nudge).secant - tangent(row, at, nudge).slope) < 0.15 for at in (-1.6, -0.5, 1.2)
    )


def inflection_is_neither(surface: str = "inflection") -> bool:
    made = tangent(SURFACES[surface], 0.0, 0.1)
    beside = [SURFACES[surface].function(np.array([[at]]))[0] - made.value for at in (-0.1, 0.1)]
    return made.slope == 0.0 and beside[0] * beside[1] < 0.0


def halving_a_nudge_halves_both(surface: str = "one_weight") -> bool:
    """The change of the value and the nudge shrink together, so that their quotient stays."""
    whole, half = (tangent(SURFACES[surface], 1.0, nudge) for nudge in (0.002, 0.001))
    return 1.9 < (whole.nudged_value - whole.value) / (half.nudged_value - half.value) < 2.1


def steps_become_shorter(rate: float = 0.1) -> bool:
    moves = np.abs(walk("one_weight", rate, 16).moves[:, 0])
    return bool((np.diff(moves) < 0.0).all())


def would_like(index: int) -> float:
    """Return the weight with which one example of the first network is met."""
    inputs, targets = ONE_WEIGHT
    return float((targets[index] / inputs[index]).item())


def one_example_would_like_two_the_other_less(first: int = 0) -> bool:
    return would_like(first) == 2.0 > would_like(1 - first) == 1.5


def least_loss_is_not_nothing(surface: str = "one_weight") -> bool:
    least = SURFACES[surface].function(np.array(SURFACES[surface].minima)).min()
    return least > 0.0 and least == VALUES["least_one_weight"]()


def loss_of_the_first_network_is_half_the_square(half: float = 0.5) -> bool:
    inputs, targets = (np.array(one).ravel() for one in ONE_WEIGHT)
    return np.isclose(
        SURFACES["one_weight"].function(np.array([[0.7]]))[0], np.mean(half * (0.7 * inputs - targets) ** 2)
    )


def from_both_sides_to_one_place(start: float = 3.5) -> bool:
    ends = [walk("one_weight", 0.1, 200, start=(at,)).points[-1, 0] for at in (-0.5, start)]
    return start > 2.0 and gradient("one_weight", start)[0] > 0.0 and np.isclose(*ends)


def no_line_goes_through_all_three(last: float = 2.0) -> bool:
    inputs, targets = (np.array(one).ravel() for one in WEIGHT_AND_BIAS)
    assert list(zip(inputs.tolist(), targets.tolist(), strict=True)) == [(0.0, 1.0), (1.0, 3.0), (2.0, 2.0)]
    return not np.isclose(last - 3.0, 3.0 - 1.0)


def steepest_is_not_towards_the_minimum(surface: str = "weight_and_bias") -> bool:
    row = SURFACES[surface]
    start = np.array(row.start)
    down, to_minimum = -row.gradient(start[None])[0], np.array(row.minima[0]) - start
    return bool(down @ to_minimum / np.linalg.norm(down) / np.linalg.norm(to_minimum) < 0.95)


def first_across_then_along(surface: str = "weight_and_bias") -> bool:
    """Of the way to the minimum, the part across the valley is gone first."""
    row = SURFACES[surface]
    bends, axes = np.linalg.eigh(row.hessian(np.array(row.minima))[0])
    off = (walk(surface, 0.3, 40).points - np.array(row.minima[0])) @ axes
    arrived = [int(np.argmax(np.abs(off[:, axis]) < 0.1 * abs(off[0, axis]))) for axis in (1, 0)]
    return bends[1] > 5 * bends[0] and arrived[0] <= 3 and arrived[1] > 10


def a_hundredth_above_the_least(limit: float = 0.26) -> bool:
    least = VALUES["least_weight_and_bias"]()
    return np.isclose(limit - least, 0.01) and walk("weight_and_bias", 0.3, 40).values[-1] <= limit


def two_equations_give_the_minimum(rows: int = 3) -> bool:
    inputs, targets = (np.array(one).ravel() for one in WEIGHT_AND_BIAS)
    table = np.column_stack([inputs, np.ones(3)])[:rows]
    solved = np.linalg.solve(table.T @ table, table.T @ targets[:rows])
    return np.allclose(solved, SURFACES["weight_and_bias"].minima[0])


CLAIMS = [
    Claim(
        "the left end falls",
        SLOPE,
        "To the right it goes down, so the slope is below 0.",
        "Вправо кривая идёт вниз, значит, наклон меньше 0.",
        left_end_falls,
        {"up_to": -0.9},
    ),
    Claim(
        "a second minimum",
        SLOPE,
        "There is a second one here, and from inside the first nothing tells you of it.",
        "Минимумов здесь два, но изнутри первого о втором не узнать.",
        two_minima_and_a_maximum,
        {"surface": "parabola"},
    ),
    Claim(
        "the tangent is less by half the nudge",
        SLOPE,
        "The slope of the tangent is $w$ itself: less by half the nudge.",
        "А у касательной он равен самому $w$, то есть на половину сдвига меньше.",
        a_secant_is_more_by_half_the_nudge,
        {"share": 0.45},
    ),
    Claim(
        "the secant turns into the tangent",
        SLOPE,
        "Make the nudge $h$ small, a hundredth or less, and watch the dashed line turn into the solid one.",
        "Уменьшите сдвиг $h$ до одной сотой или ещё сильнее и смотрите, как штриховая прямая сливается со сплошной.",
        a_secant_becomes_the_tangent,
        {"nudge": 0.5},
    ),
    Claim(
        "neither a bottom nor a top",
        SLOPE,
        "An **inflection point**: the curve levels off, and then goes on the way it was going.",
        "Это **точка перегиба**: кривая выравнивается — и идёт дальше туда же, куда шла.",
        inflection_is_neither,
        {"surface": "parabola"},
    ),
    Claim(
        "halve the nudge",
        SLOPE + TEACH,
        "Halve the nudge. What happens to the change of the value? And to what you divide it by?",
        "Уменьшите сдвиг вдвое.",
        halving_a_nudge_halves_both,
    ),
    Claim(
        "steps become shorter",
        DOWNHILL,
        "A step is the rate times the slope, and near the bottom the slope is gentle.",
        "Шаг — это скорость обучения, умноженная на наклон, а у дна наклон невелик.",
        steps_become_shorter,
        {"rate": 0.85},
    ),
    Claim(
        "what the examples would like",
        DOWNHILL,
        "the first example would like a weight of 2, the second a smaller one",
        "первый пример хотел бы вес 2, второй — поменьше",
        one_example_would_like_two_the_other_less,
        {"first": 1},
    ),
    Claim(
        "what remains",
        DOWNHILL,
        "What remains is a loss of {=least_one_weight}.",
        "Остаётся {=least_one_weight}.",
        least_loss_is_not_nothing,
        {"surface": "weight_and_bias"},
    ),
    Claim(
        "the mean of half the square",
        DOWNHILL,
        "The loss is the mean of $\\frac{1}{2}(\\hat y - y)^2$ over both.",
        "Функция потерь — среднее от $\\frac{1}{2}(\\hat y - y)^2$ по обоим.",
        loss_of_the_first_network_is_half_the_square,
        {"half": 1.0},
    ),
    Claim(
        "the same place from both sides",
        DOWNHILL,
        "The same line of arithmetic walks to the same place from both sides.",
        "Одна и та же строчка арифметики приводит в одно и то же место с обеих сторон",
        from_both_sides_to_one_place,
        {"start": 1.9},
    ),
    Claim(
        "no line through all three",
        DOWNHILL,
        "No straight line goes through all three.",
        "Одной прямой через все три не провести.",
        no_line_goes_through_all_three,
        {"last": 5.0},
    ),
    Claim(
        "steepest is not towards the minimum",
        DOWNHILL,
        "That is not where the minimum is, and the minimum it cannot see.",
        "Минимум совсем не там, и видеть его он не может.",
        steepest_is_not_towards_the_minimum,
        {"surface": "bowl"},
    ),
    Claim(
        "first across, then along",
        DOWNHILL,
        "Across this valley it is steep, so it gets there soon; along it the ground is nearly flat, and it takes its time.",
        "Поперёк эта долина крутая, и дно находится быстро; вдоль неё почти ровно, и там он не спешит.",
        first_across_then_along,
        {"surface": "bowl"},
    ),
    Claim(
        "a hundredth above the least",
        DOWNHILL,
        "no more than a hundredth above the least there is, {=least_weight_and_bias}.",
        "выше наименьшей, {=least_weight_and_bias}, не больше чем на одну сотую",
        a_hundredth_above_the_least,
        {"limit": 0.27},
    ),
    Claim(
        "two equations, two unknowns",
        DOWNHILL,
        "For this network one could: two equations, two unknowns.",
        "Для этой сети можно: два уравнения, два неизвестных.",
        two_equations_give_the_minimum,
        {"rows": 2},
    ),
]
