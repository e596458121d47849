"""Claims of the lesson about the landscape."""

import numpy as np

from app.api.presets import PRESETS
from app.engine.fast_landscape import losses_at
from app.engine.flat import flatten
from app.engine.landscape import Landscape, plane_of_parameters, plane_of_path, seen_from
from app.engine.random_walks import random_walk_shares
from app.engine.surfaces import SURFACES
from app.lessons.values import VALUES
from tests.claims.claim import Claim
from tests.claims.runs import changed, preset_run, right, task_of, trained, walk

TRAINING, LANDSCAPE, LAB, TEACH = "training", "the-landscape", "the-lab", "/teach"


def the_map_holds_the_others_as_they_are_now(moment: int = 10) -> bool:
    """A path lies off a plane of two weights, except at the moment that the plane goes through."""
    task, run = preset_run("xor", 60, 3)
    path = [frame.state.parameters for frame in run.frames]
    plane = plane_of_parameters(task.network, path[-1], [(0, 0, 0), (0, 0, 1)])
    landscape = Landscape(task.network, task.objective, task.examples, plane)
    seen = seen_from(landscape, path)
    below = losses_at(landscape, seen.coordinates)
    return seen.distances[moment] > 0.01 and abs(below[moment] - seen.losses[moment]) > 1e-6


def share_of_xor(steps: int = 60) -> float:
    task, run = preset_run("xor", steps, 1)
    path = [frame.state.parameters for frame in run.frames]
    plane = plane_of_path(task.network, path[-1], path)
    assert plane.shares is not None
    places = np.array([flatten(one) for one in path])
    variances = np.linalg.eigvalsh(np.cov(places.T))
    assert np.isclose(sum(plane.shares), variances[-2:].sum() / variances.sum())
    return 100.0 * sum(plane.shares)


def xor_lies_in_its_plane(least: float = 99.0) -> bool:
    return share_of_xor() >= least and VALUES["plane_of_xor"]() == np.floor(share_of_xor())


def a_random_walk_lies_mostly_in_its_plane(dimensions: int = 17) -> bool:
    shares = random_walk_shares(61, dimensions)
    return round(100.0 * sum(shares)) == VALUES["plane_of_walk"]() and 75.0 < 100.0 * sum(shares) < 82.0


def three_of_four_hold_of_any_walk(share: float = 0.75) -> bool:
    return all(sum(random_walk_shares(moments, 100_000)) > share for moments in (10, 60, 100))


def nearly_every_level_place_is_a_saddle(dimensions: int = 17) -> bool:
    """Of random symmetric matrices of 17 dimensions none is bent upwards everywhere; of one dimension half are."""
    draws = np.random.default_rng(0)
    tables = draws.normal(size=(2000, dimensions, dimensions))
    eigenvalues = np.linalg.eigvalsh(tables + np.swapaxes(tables, 1, 2))
    return float((eigenvalues[:, 0] > 0.0).mean()) < 0.001


def on_the_ridge_it_stays(y: float = 0.0) -> bool:
    run = walk("saddle", 0.3, 60, start=(-1.8, y))
    return (
        run.outcome == "converged"
        and abs(run.values[-1]) < 1e-9
        and SURFACES["saddle"].gradient(run.points[-1:])[0, 1] == 0.0
    )


def beside_the_ridge_it_goes_down(y: float = 0.01) -> bool:
    return walk("saddle", 0.3, 60, start=(-1.8, y)).values[-1] < -0.249


def adam_is_lowest(steps: int = 60) -> bool:
    ends = [
        walk("ravine", rate, steps, name=name).values[-1]
        for name, rate in (("sgd", 0.02), ("momentum", 0.02), ("adam", 0.4))
    ]
    return int(np.argmin(ends)) == 2


def momentum_adds_up_along_the_ravine(momentum: str = "momentum") -> bool:
    """After ten steps it has gone more than three times as far along it as plain descent."""
    plain, other = (walk("ravine", 0.02, 10, name=name) for name in ("sgd", momentum))
    gone = [run.points[-1, 0] - run.points[0, 0] for run in (plain, other)]
    same_sign = len(set(np.sign(other.gradients[:8, 0]))) == 1
    return bool(same_sign and gone[1] > 3.0 * gone[0])


def momentum_swings_across_and_plain_descent_does_not(name: str = "momentum") -> bool:
    across, plain = (walk("ravine", 0.02, 60, name=one).points[:, 1] for one in (name, "sgd"))
    turns = int((np.diff(np.sign(across)) != 0.0).sum())
    return (
        turns >= 10
        and np.abs(across[3:]).max() > 0.6
        and bool((plain > 0.0).all() and (np.diff(plain) < 0.0).all())
    )


def momentum_swings_past_the_minimum(name: str = "momentum") -> bool:
    return walk("ravine", 0.02, 60, name=name).points[:, 0].max() > 1.0


def adams_first_step_is_as_long_along_as_across(name: str = "adam") -> bool:
    run = walk("ravine", 0.4, 1, name=name)
    along, across = np.abs(run.gradients[0])
    return np.isclose(*np.abs(run.moves[0]), rtol=1e-6) and 4.0 < across / along < 5.0


def none_is_best_everywhere(
    surfaces: tuple[str, ...] = ("ravine", "saddle", "rosenbrock", "bowl", "beale"),
) -> bool:
    winners = set()
    for surface in surfaces:
        ends = {
            name: min(
                walk(surface, rate, 60, name=name).values[-1]
                for rate in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
                if walk(surface, rate, 60, name=name).outcome != "diverged"
            )
            for name in ("sgd", "momentum", "adam")
        }
        winners.add(min(ends, key=lambda one: ends[one]))
    return len(winners) > 1


def speed_grows_to_several_times_the_gradient(momentum: float = 0.9) -> bool:
    speed = 0.0
    for _ in range(200):
        speed = momentum * speed + 1.0
    return speed > 5.0 and np.isclose(speed, 1.0 / (1.0 - momentum))


def small_networks_get_stuck(hidden: int = 2) -> bool:
    ends = []
    for seed in range(4):
        experiment = changed("xor", hidden=[hidden], initializer={"name": "xavier_uniform", "seed": seed})
        task, run = trained(experiment, 3000)
        ends.append(right(task, run.state.parameters))
    task, run = preset_run("equal", 2000)
    return min(ends) < 4 and 4 in ends and right(task, run.state.parameters) == 3


def as_many_directions_as_parameters(name: str = "xor") -> bool:
    task, start = task_of(PRESETS[name].experiment)
    return flatten(start.parameters).size == task.network.parameter_count == 17


def adam_may_be_second(surface: str = "bowl") -> bool:
    best = {
        name: min(walk(surface, rate, 60, name=name).values[-1] for rate in (0.01, 0.1, 0.3, 1.0))
        for name in ("sgd", "adam")
    }
    return best["sgd"] < best["adam"]


CLAIMS = [
    Claim(
        "as many directions as weights",
        LANDSCAPE,
        "this landscape does not have two directions to go in, but as many as there are weights.",
        "направлений в нём не два, а столько, сколько весов.",
        as_many_directions_as_parameters,
        {"name": "moons"},
    ),
    Claim(
        "the map holds all others as they are now",
        LANDSCAPE,
        "The map holds all other weights where they are *now*. Earlier they were elsewhere",
        "Все прочие веса карта держит такими, какие они *сейчас*.",
        the_map_holds_the_others_as_they_are_now,
        {"moment": -1},
    ),
    Claim(
        "the plane holds nearly all of the path",
        LANDSCAPE,
        "Of the first sixty steps of XOR it is nearly all, more than {=plane_of_xor} %.",
        "От первых шестидесяти шагов XOR — почти вся, больше {=plane_of_xor} %.",
        xor_lies_in_its_plane,
        {"least": 99.99},
    ),
    Claim(
        "so does a random walk",
        LANDSCAPE,
        "of a walk of as many steps in as many directions, each drawn by lot, the best plane holds about"
        " {=plane_of_walk} %",
        "у блуждания с тем же числом шагов и направлений, где каждый шаг выбран по жребию, на лучшую плоскость приходится"
        " около {=plane_of_walk} %",
        a_random_walk_lies_mostly_in_its_plane,
        {"dimensions": 8},
    ),
    Claim(
        "three quarters however many directions",
        LANDSCAPE,
        "and however many directions there are, it is three quarters",
        "и сколько бы направлений ни было, три четверти",
        three_of_four_hold_of_any_walk,
        {"share": 0.78},
    ),
    Claim(
        "nearly every level place is a saddle",
        LANDSCAPE,
        "In many dimensions nearly every level place is one",
        "Когда измерений много, почти любое ровное место — седло",
        nearly_every_level_place_is_a_saddle,
        {"dimensions": 1},
    ),
    Claim(
        "on the ridge nothing pushes it off",
        LANDSCAPE,
        "On the ridge itself the slope across is 0, so nothing pushes it off.",
        "На самом гребне наклон поперёк равен 0, и столкнуть вниз нечему.",
        on_the_ridge_it_stays,
        {"y": 0.01},
    ),
    Claim(
        "a hair's breadth to the side",
        LANDSCAPE,
        "A hair's breadth to the side, and it would have gone on down",
        "На волосок в сторону — и он пошёл бы дальше вниз",
        beside_the_ridge_it_goes_down,
        {"y": 0.0},
    ),
    Claim(
        "Adam is lowest after 60 steps",
        LANDSCAPE,
        "Adam: a rate for each direction",
        "Adam: у каждого направления своя скорость",
        adam_is_lowest,
        {"steps": 20},
    ),
    Claim(
        "along the ravine the pushes add up",
        LANDSCAPE,
        "Along the ravine all of momentum's pushes point the same way and add up, so it is soon far ahead of plain descent.",
        "Вдоль оврага все толчки импульса направлены в одну сторону и складываются, и он быстро уходит далеко вперёд.",
        momentum_adds_up_along_the_ravine,
        {"momentum": "sgd"},
    ),
    Claim(
        "across it momentum swings",
        LANDSCAPE,
        "Across it swings from wall to wall, where plain descent at this rate goes straight to the bottom",
        "Поперёк он качается от стены к стене, а обычный спуск при такой скорости идёт прямо на дно",
        momentum_swings_across_and_plain_descent_does_not,
        {"name": "sgd"},
    ),
    Claim(
        "it swings past the minimum",
        LANDSCAPE,
        "it swings past the minimum, as a ball would.",
        "минимум он проскакивает, как проскочил бы шарик.",
        momentum_swings_past_the_minimum,
        {"name": "sgd"},
    ),
    Claim(
        "Adam's first step is equally long both ways",
        LANDSCAPE,
        "Adam's first step is as long along the ravine as across it, though at the start that was set it is more than four"
        " times as steep across",
        "У Adam первый шаг вдоль оврага такой же длины, как поперёк, хотя на заданном старте поперёк вчетверо с лишним"
        " круче",
        adams_first_step_is_as_long_along_as_across,
        {"name": "sgd"},
    ),
    Claim(
        "none is the best everywhere",
        LANDSCAPE,
        "None is the best everywhere.",
        "Лучшего на все случаи нет.",
        none_is_best_everywhere,
        {"surfaces": ("bowl",)},
    ),
    Claim(
        "with a steady gradient v grows",
        LANDSCAPE,
        "With a gradient that stays the same, $v$ grows until it is several times as large",
        "Если градиент не меняется, $v$ растёт, пока не станет в несколько раз больше",
        speed_grows_to_several_times_the_gradient,
        {"momentum": 0.5},
    ),
    Claim(
        "small networks get stuck",
        LANDSCAPE,
        "In small networks it happens: in the next lesson you will meet one that stays stuck at three answers of four.",
        "С маленькими сетями это случается",
        small_networks_get_stuck,
        {"hidden": 8},
    ),
    Claim(
        "a surface on which Adam comes second",
        LANDSCAPE + TEACH,
        "Can you find a surface among the races on which it comes second?",
        "Найдётся ли среди забегов поверхность, на которой он придёт вторым?",
        adam_may_be_second,
        {"surface": "ravine"},
    ),
]
