"""Rows for maps of the loss: all points of a grid at once, beside a plain loop over them."""

import numpy as np

from app.engine.fast_landscape import grid_of, losses_at
from app.engine.initializers import initialize
from app.engine.landscape import Landscape, random_plane
from app.engine.network import Objective
from tests.bench import plain
from tests.bench.measure import Row, side_by_side
from tests.bench.steps import Problem, problems

SIDE = 51
# The plain loop of each problem, by its loss and depth.
LOOPS = {
    "spiral 2-8-8-1, all 200": plain.losses_two_hidden,
    "digits 64-32-10, all 1797": plain.losses_classes,
}


def landscape_of(problem: Problem) -> Landscape:
    """Return the problem's loss along two random directions."""
    parameters = initialize(problem.network, "xavier_uniform", 0)
    plane = random_plane(problem.network, parameters, 0, "filter")
    return Landscape(problem.network, Objective(problem.loss), problem.examples, plane)


def points_of(share: float) -> np.ndarray:
    """Return the points of a square grid, or the first of them."""
    axis = np.linspace(-1.0, 1.0, SIDE)
    points = grid_of(axis, axis)
    return points[: max(8, round(points.shape[0] * share))]


def plain_losses(problem: Problem, landscape: Landscape, points: np.ndarray) -> np.ndarray:
    """Return the loss at each point by the plain loop."""
    inputs, targets, plane = problem.examples.inputs, problem.examples.targets, landscape.plane
    shapes = [
        (layer.units, fan_in) for layer, fan_in in zip(problem.network.layers, problem.network.fan_ins, strict=True)
    ]
    return LOOPS[problem.name](inputs, targets, plane.origin, plane.directions, points, shapes)


def rows(*, repeats: int, share: float = 1.0) -> list[Row]:
    """Time a grid of 51 × 51 points, or the first `share` of them."""
    return [time_grid(problem, repeats, points_of(share)) for problem in problems() if problem.name in LOOPS]


def time_grid(problem: Problem, repeats: int, points: np.ndarray) -> Row:
    """Make sure that both ways compute the same losses, then time them."""
    landscape = landscape_of(problem)
    np.testing.assert_allclose(losses_at(landscape, points), plain_losses(problem, landscape, points), rtol=1e-12)
    name = problem.name.split(",", maxsplit=1)[0]
    return side_by_side(
        f"{SIDE} × {SIDE} points, {name}",
        {
            "plain loop": lambda _repeat: plain_losses(problem, landscape, points),
            "fast_landscape": lambda _repeat: losses_at(landscape, points),
        },
        count=len(points),
        repeats=repeats,
    )
