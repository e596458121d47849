"""Claims of the races."""

from itertools import product

import numpy as np

from app.api.races import RACES
from app.engine.descent import Walk, critical_learning_rate, descend
from app.engine.optimizers import OPTIMIZERS
from app.engine.surfaces import SURFACES
from app.engine.training import OptimizerChoice
from tests.claims.claim import MESSAGES, Claim
from tests.claims.runs import walk


def raced(name: str, start=None, steps: int | None = None) -> list[Walk]:
    body = RACES[name].body()
    runs = []
    for run in body["runs"]:
        settings = {setting.name: setting.default for setting in OPTIMIZERS[run["name"]].settings}
        choice = OptimizerChoice(
            run["name"], settings | {key: value for key, value in run.items() if key != "name"}
        )
        runs.append(descend(SURFACES[body["surface"]], start or body["start"], choice, steps or body["steps"]))
    return runs


def limit(surface: str) -> float:
    found, _ = critical_learning_rate(SURFACES[surface], SURFACES[surface].start)
    assert found is not None
    return found


def sooner_up_to_the_limit(last: int = 4) -> bool:
    runs = raced("rates")
    ends = [run.values[-1] for run in runs[:4]]
    return (
        ends == sorted(ends, reverse=True)
        and runs[last].is_growing
        and RACES["rates"].runs[last]["learning_rate"] > limit("ravine")
    )


def along_they_add_up_and_across_it_swings(number: int = 1) -> bool:
    runs = raced("momentum")
    plain, one = runs[0], runs[number]
    gone = [run.points[15, 0] - run.points[0, 0] for run in (plain, one)]
    same_way = len(set(np.sign(one.gradients[:10, 0]))) == 1
    turns = [int((np.diff(np.sign(run.points[:, 1])) != 0).sum()) for run in (plain, one)]
    return bool(same_way and gone[1] > 2.0 * gone[0] and turns[0] == 0 and turns[1] >= 3)


def too_much_swings_past(number: int = 3) -> bool:
    return raced("momentum")[number].points[:, 0].max() > 0.5


def into_the_valley_is_easy_along_it_slow(share: float = 0.05) -> bool:
    """Plain descent loses most of its loss in a few steps, and in a hundred times as many it has not arrived."""
    plain = raced("seven")[0]
    values = plain.values / plain.values[0]
    return (
        len(raced("seven")) == 7 and values[30] < 0.5 and values[-1] > 0.01 * share and plain.outcome != "converged"
    )


def bounces_below_two_and_grows_above(rates: tuple[int, int] = (2, 3)) -> bool:
    runs = raced("limit")
    below, above = (runs[number] for number in rates)
    bounces = (np.sign(below.points[1:, 0]) == -np.sign(below.points[:-1, 0])).all()
    return (
        limit("parabola") == 2.0
        and bool(bounces)
        and below.values[-1] < 1e-3 * below.values[0]
        and above.is_growing
    )


def small_rates_end_in_the_first_valley(largest: int = 2) -> bool:
    sides = [run.points[-1, 0] > 0.0 for run in raced("valleys")]
    return sides[:2] == [False, False] and bool(sides[largest]) and largest == 2


def ten_is_right_on_the_plain(rate: float = 10.0) -> bool:
    """From the plain a rate of 10 arrives within ten steps, one of 1 does not; from the wall it leaves the picture."""
    plain = walk("flat_then_steep", rate, 10, start=(-3.0,))
    slow = walk("flat_then_steep", 1.0, 10, start=(-3.0,))
    minimum, (low, high) = SURFACES["flat_then_steep"].minima[0][0], SURFACES["flat_then_steep"].x_range
    wall = walk("flat_then_steep", rate, 60).points[:, 0]
    is_out = (wall < low) | (wall > high)
    return bool(
        abs(plain.points[-1, 0] - minimum) < 0.1 < abs(slow.points[-1, 0] - minimum)
        and is_out[1]
        and is_out[2:4].all()
        and not is_out[-1]
    )


def stuck_at_the_inflection(number: int = 0) -> bool:
    runs = raced("inflection")
    at = np.array([[-1.0], [-10.0], [-100.0]])
    falls = (np.diff(SURFACES["inflection"].function(at)) < 0.0).all()
    return bool(
        falls and runs[number].points[-1, 0] > 0.0 and runs[2].points[-1, 0] < 0.0 and runs[3].points[-1, 0] < 0.0
    )


def who_divides_leaves_first(threshold: float = 0.5) -> bool:
    left = [int(np.argmax(np.abs(run.points[:, 1]) > threshold)) for run in raced("saddle")]
    divides = [run.divisors is not None for run in raced("saddle")]
    first = max(step for step, one in zip(left, divides, strict=True) if one)
    return first < min(step for step, one in zip(left, divides, strict=True) if not one)


def four_minima_equally_deep(surface: str = "himmelblau") -> bool:
    row = SURFACES[surface]
    values = row.function(np.array(row.minima))
    return len(values) == 4 and np.allclose(values, values[0], atol=1e-8)


def a_little_to_the_side_ends_far_apart(shift: float = 0.5) -> bool:
    x, y = SURFACES["himmelblau"].start
    ends = [
        run.points[-1]
        for dx, dy in product((-shift, 0.0, shift), repeat=2)
        for run in raced("himmelblau", (x + dx, y + dy))[:1]
    ]
    return max(np.linalg.norm(one - other) for one in ends for other in ends) > 3.0


def one_rate_does_not_suit_all(number: int = 1) -> bool:
    runs = raced("beale")
    return runs[number].outcome == "diverged" and all(run.outcome != "diverged" for run in runs[2:])


def all_end_in_the_nearest_dent(start: tuple[float, float] = (-1.8, 1.3)) -> bool:
    ends = [tuple(np.round(run.points[-1]).tolist()) for run in raced("rastrigin", start)]
    return set(ends) == {(float(round(start[0])), float(round(start[1])))}


def a_start_from_which_they_part(starts=((-1.5, 1.5), (-1.4, 0.5), (0.45, 1.45), (2.4, -1.55))) -> bool:
    return any(not all_end_in_the_nearest_dent(start) for start in starts)


CLAIMS = [
    Claim(
        "rates: up to the limit",
        MESSAGES,
        "The larger it is, the sooner it arrives, up to the limit 2/λ",
        "Чем она больше, тем скорее участник доходит, но лишь до предела 2/λ",
        sooner_up_to_the_limit,
        {"last": 3},
    ),
    Claim(
        "momentum: adds up along, swings across",
        MESSAGES,
        "Along the ravine all gradients point the same way and add up: with momentum a run is soon far ahead. Across it"
        " the run swings from wall to wall",
        "Вдоль оврага все градиенты смотрят в одну сторону и складываются: с импульсом участник быстро уходит вперёд."
        " Поперёк он качается от стены к стене",
        along_they_add_up_and_across_it_swings,
        {"number": 0},
    ),
    Claim(
        "momentum: too much of it",
        MESSAGES,
        "with too much momentum it swings past the minimum, too.",
        "а когда импульса слишком много, проскакивает и минимум.",
        too_much_swings_past,
        {"number": 0},
    ),
    Claim(
        "seven: into the valley is easy",
        MESSAGES,
        "Into the valley is easy, along it is slow.",
        "Попасть в долину легко, идти по ней долго.",
        into_the_valley_is_easy_along_it_slow,
        {"share": 100.0},
    ),
    Claim(
        "limit: the bend is 1",
        MESSAGES,
        "The bend of this valley is 1, so the limit is 2. Just below it a run bounces and still arrives; just above it"
        " every bounce is larger than the one before.",
        "Изгиб этой долины равен 1, значит, предел — 2. Чуть ниже него участник скачет и всё же доходит; чуть выше каждый"
        " скачок больше прежнего.",
        bounces_below_two_and_grows_above,
        {"rates": (1, 2)},
    ),
    Claim(
        "valleys: small rates end in the first",
        MESSAGES,
        "Small rates end in the first valley. A larger one jumps over the hill and finds the deeper one",
        "Малые скорости заканчивают в первой долине. Скорость побольше перепрыгивает холм и находит долину поглубже",
        small_rates_end_in_the_first_valley,
        {"largest": 1},
    ),
    Claim(
        "wall: right on the plain, too high at the wall",
        MESSAGES,
        "On the plain a rate of 10 is just right. From the wall, one step with it flies off the picture, and it takes"
        " several to come back.",
        "На равнине скорость 10 — в самый раз. У стены один такой шаг уводит за край рисунка, и возвращаться приходится в"
        " несколько шагов.",
        ten_is_right_on_the_plain,
        {"rate": 1.0},
    ),
    Claim(
        "inflection: stuck, and past",
        MESSAGES,
        "Plain descent gets stuck there, though farther left it would go down for ever; what remembers its speed gets"
        " past.",
        "Обычный спуск там застревает, хотя левее можно спускаться бесконечно; кто помнит свой разгон, проскакивает.",
        stuck_at_the_inflection,
        {"number": 2},
    ),
    Claim(
        "saddle: who divides leaves first",
        MESSAGES,
        "Those that divide by the size of the gradients leave it first",
        "Первыми уходят те, кто делит на величину градиентов",
        who_divides_leaves_first,
        {"threshold": 9.0},
    ),
    Claim(
        "himmelblau: four minima",
        MESSAGES,
        "Four minima, equally deep.",
        "Четыре минимума одинаковой глубины.",
        four_minima_equally_deep,
        {"surface": "saddle"},
    ),
    Claim(
        "himmelblau: how far apart the same runs end",
        MESSAGES,
        "Drag the start a little and see how far apart the same runs end.",
        "Чуть сдвиньте старт и посмотрите, как далеко разойдутся те же участники.",
        a_little_to_the_side_ends_far_apart,
        {"shift": 0.0},
    ),
    Claim(
        "beale: with momentum it flies off",
        MESSAGES,
        "with momentum a rate of 0.01 flies off the map, and those that divide by what they have met walk calmly.",
        "при скорости 0,01 участник с импульсом улетает с карты, а те, кто делит шаг на величину прежних градиентов, идут"
        " спокойно.",
        one_rate_does_not_suit_all,
        {"number": 0},
    ),
    Claim(
        "rastrigin: the nearest dent",
        MESSAGES,
        "All of them end in the nearest dent",
        "Все оказываются в ближайшей ямке",
        all_end_in_the_nearest_dent,
        {"start": (-1.5, 1.5)},
    ),
    Claim(
        "rastrigin: a start from which they part",
        MESSAGES,
        "look for one from which they part.",
        "найдите такой, с которого они разойдутся.",
        a_start_from_which_they_part,
        {"starts": ((-1.8, 1.3),)},
    ),
]
