"""Surfaces to walk down without a network: the table `SURFACES`.

To add one, add a row: its function, gradient and second derivatives, the part of it that is worth looking at, a
start and its minima. Menus, validation and the tests of every derivative read this table.

The functions of two variables are the usual test functions of optimization, in their usual form; see, for all
but the first three, Surjanovic and Bingham, "Virtual Library of Simulation Experiments: Test Functions".
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.network_surfaces import NETWORK_SURFACES
from app.engine.surface import Surface

_TURN: Final = 2.0 * np.pi


def _column(points: Array) -> Array:
    return points[:, 0]


def _pair(points: Array) -> tuple[Array, Array]:
    return points[:, 0], points[:, 1]


def _matrix(xx: Array | float, xy: Array | float, yy: Array | float, points: Array) -> Array:
    made = np.empty((points.shape[0], 2, 2))
    made[:, 0, 0], made[:, 1, 1] = xx, yy
    made[:, 0, 1] = made[:, 1, 0] = xy
    return made


def _one(second: Array) -> Array:
    return second[:, None, None]


# One variable


def _parabola(p: Array) -> Array:
    return 0.5 * _column(p) ** 2


def _parabola_gradient(p: Array) -> Array:
    return p.copy()


def _parabola_hessian(p: Array) -> Array:
    return _one(np.ones(p.shape[0]))


def _valleys(p: Array) -> Array:
    # Two valleys, the right one deeper by the tilt.
    x = _column(p)
    return (x * x - 1.0) ** 2 - 0.3 * x


def _valleys_gradient(p: Array) -> Array:
    return 4.0 * p * (p * p - 1.0) - 0.3


def _valleys_hessian(p: Array) -> Array:
    return _one(12.0 * _column(p) ** 2 - 4.0)


def _flat_then_steep(p: Array) -> Array:
    # A long gentle valley that ends, at 2, in a steep wall: a softplus.
    x = _column(p)
    value: Array = 0.02 * (x - 1.0) ** 2 + np.logaddexp(0.0, 6.0 * (x - 2.0))
    return value


def _flat_then_steep_gradient(p: Array) -> Array:
    return 0.04 * (p - 1.0) + 6.0 / (1.0 + np.exp(-6.0 * (p - 2.0)))


def _flat_then_steep_hessian(p: Array) -> Array:
    s = 1.0 / (1.0 + np.exp(-6.0 * (_column(p) - 2.0)))
    return _one(0.04 + 36.0 * s * (1.0 - s))


def _inflection(p: Array) -> Array:
    cube: Array = _column(p) ** 3
    return cube


def _inflection_gradient(p: Array) -> Array:
    return 3.0 * p * p


def _inflection_hessian(p: Array) -> Array:
    return _one(6.0 * _column(p))


# Two variables


def _bowl(p: Array) -> Array:
    x, y = _pair(p)
    return 0.5 * (x * x + y * y)


def _bowl_gradient(p: Array) -> Array:
    return p.copy()


def _bowl_hessian(p: Array) -> Array:
    return _matrix(1.0, 0.0, 1.0, p)


_RAVINE: Final = 20.0


def _ravine(p: Array) -> Array:
    x, y = _pair(p)
    return 0.5 * (x * x + _RAVINE * y * y)


def _ravine_gradient(p: Array) -> Array:
    gradient: Array = p * np.array([1.0, _RAVINE])
    return gradient


def _ravine_hessian(p: Array) -> Array:
    return _matrix(1.0, 0.0, _RAVINE, p)


def _saddle(p: Array) -> Array:
    # A saddle at 0 between two minima, at y = ±1.
    x, y = _pair(p)
    return 0.5 * x * x + 0.25 * y**4 - 0.5 * y * y


def _saddle_gradient(p: Array) -> Array:
    x, y = _pair(p)
    return np.stack([x, y**3 - y], axis=1)


def _saddle_hessian(p: Array) -> Array:
    return _matrix(1.0, 0.0, 3.0 * p[:, 1] ** 2 - 1.0, p)


def _rosenbrock(p: Array) -> Array:
    x, y = _pair(p)
    return (1.0 - x) ** 2 + 100.0 * (y - x * x) ** 2


def _rosenbrock_gradient(p: Array) -> Array:
    x, y = _pair(p)
    return np.stack([-2.0 * (1.0 - x) - 400.0 * x * (y - x * x), 200.0 * (y - x * x)], axis=1)


def _rosenbrock_hessian(p: Array) -> Array:
    x, y = _pair(p)
    return _matrix(2.0 - 400.0 * (y - 3.0 * x * x), -400.0 * x, 200.0, p)


def _himmelblau(p: Array) -> Array:
    x, y = _pair(p)
    return (x * x + y - 11.0) ** 2 + (x + y * y - 7.0) ** 2


def _himmelblau_gradient(p: Array) -> Array:
    x, y = _pair(p)
    u, v = x * x + y - 11.0, x + y * y - 7.0
    return np.stack([4.0 * x * u + 2.0 * v, 2.0 * u + 4.0 * y * v], axis=1)


def _himmelblau_hessian(p: Array) -> Array:
    x, y = _pair(p)
    return _matrix(12.0 * x * x + 4.0 * y - 42.0, 4.0 * (x + y), 12.0 * y * y + 4.0 * x - 26.0, p)


_BEALE: Final = ((1.5, 1), (2.25, 2), (2.625, 3))


def _beale(p: Array) -> Array:
    x, y = _pair(p)
    total: Array = sum(((c - x + x * y**n) ** 2 for c, n in _BEALE), np.zeros_like(x))
    return total


def _beale_gradient(p: Array) -> Array:
    x, y = _pair(p)
    dx, dy = np.zeros_like(x), np.zeros_like(x)
    for c, n in _BEALE:
        t = c - x + x * y**n
        dx += 2.0 * t * (y**n - 1.0)
        dy += 2.0 * t * n * x * y ** (n - 1)
    return np.stack([dx, dy], axis=1)


def _beale_hessian(p: Array) -> Array:
    x, y = _pair(p)
    xx, xy, yy = np.zeros_like(x), np.zeros_like(x), np.zeros_like(x)
    for c, n in _BEALE:
        t = c - x + x * y**n
        tx, ty = y**n - 1.0, n * x * y ** (n - 1)
        bent = n * (n - 1) * x * y ** (n - 2) if n > 1 else 0.0
        xx += 2.0 * tx * tx
        xy += 2.0 * (ty * tx + t * n * y ** (n - 1))
        yy += 2.0 * (ty * ty + t * bent)
    return _matrix(xx, xy, yy, p)


def _rastrigin(p: Array) -> Array:
    total: Array = (p * p - 10.0 * np.cos(_TURN * p) + 10.0).sum(axis=1)
    return total


def _rastrigin_gradient(p: Array) -> Array:
    return 2.0 * p + 10.0 * _TURN * np.sin(_TURN * p)


def _rastrigin_hessian(p: Array) -> Array:
    second = 2.0 + 10.0 * _TURN**2 * np.cos(_TURN * p)
    return _matrix(second[:, 0], 0.0, second[:, 1], p)


_ROWS: Final = (
    Surface(
        "parabola",
        "Parabola",
        "One valley, bent the same everywhere: below the limit 2/λ every rate arrives, above it none does.",
        _parabola,
        _parabola_gradient,
        _parabola_hessian,
        (-3.0, 3.0),
        (-2.5,),
        minima=((0.0,),),
    ),
    Surface(
        "two_valleys",
        "Two valleys",
        "A shallow valley and a deep one: where one ends depends on where one starts, and on the rate.",
        _valleys,
        _valleys_gradient,
        _valleys_hessian,
        (-1.8, 1.8),
        (-1.6,),
        minima=((-0.9601495555191055,), (1.0355787140888537,)),
    ),
    Surface(
        "flat_then_steep",
        "Flat, then steep",
        "A rate that is right on the plain is far too high at the wall.",
        _flat_then_steep,
        _flat_then_steep_gradient,
        _flat_then_steep_hessian,
        (-4.0, 3.0),
        (2.4,),
        minima=((0.8494665109306586,),),
    ),
    Surface(
        "inflection",
        "Inflection",
        "At 0 the slope is 0, and yet it is no minimum: every step becomes smaller, and it never gets past.",
        _inflection,
        _inflection_gradient,
        _inflection_hessian,
        (-1.5, 1.5),
        (1.2,),
    ),
    Surface(
        "bowl",
        "Bowl",
        "The same steepness from every side: the straight way down.",
        _bowl,
        _bowl_gradient,
        _bowl_hessian,
        (-3.0, 3.0),
        (-2.5, 1.5),
        (-3.0, 3.0),
        ((0.0, 0.0),),
    ),
    Surface(
        "ravine",
        "Ravine",
        "Twenty times as steep across as along: the rate is limited by the walls, and the way along it is long.",
        _ravine,
        _ravine_gradient,
        _ravine_hessian,
        (-4.0, 4.0),
        (-3.5, 0.8),
        (-1.5, 1.5),
        ((0.0, 0.0),),
    ),
    Surface(
        "saddle",
        "Saddle",
        "Down along one direction, up along the other: who starts on the ridge is slow to leave it.",
        _saddle,
        _saddle_gradient,
        _saddle_hessian,
        (-2.0, 2.0),
        (-1.8, 0.01),
        (-1.8, 1.8),
        ((0.0, -1.0), (0.0, 1.0)),
    ),
    Surface(
        "rosenbrock",
        "Rosenbrock",
        "A bent, narrow valley: easy to get into, slow to walk along.",
        _rosenbrock,
        _rosenbrock_gradient,
        _rosenbrock_hessian,
        (-2.0, 2.0),
        (-1.5, 2.0),
        (-1.0, 3.0),
        ((1.0, 1.0),),
    ),
    Surface(
        "himmelblau",
        "Himmelblau",
        "Four minima, all equally deep: the start decides.",
        _himmelblau,
        _himmelblau_gradient,
        _himmelblau_hessian,
        (-5.0, 5.0),
        (-0.5, -1.0),
        (-5.0, 5.0),
        ((3.0, 2.0), (-2.805118087, 3.131312518), (-3.77931025, -3.283185991), (3.584428340, -1.848126527)),
    ),
    Surface(
        "beale",
        "Beale",
        "A flat valley between steep walls: a step that suits one does not suit the other.",
        _beale,
        _beale_gradient,
        _beale_hessian,
        (-1.0, 4.0),
        (1.0, 1.5),
        (-1.5, 2.0),
        ((3.0, 0.5),),
    ),
    Surface(
        "rastrigin",
        "Rastrigin",
        "A bowl full of dents: plain descent ends in the nearest one.",
        _rastrigin,
        _rastrigin_gradient,
        _rastrigin_hessian,
        (-2.6, 2.6),
        (-1.8, 1.3),
        (-2.6, 2.6),
        ((0.0, 0.0),),
    ),
)

SURFACES: Final[Mapping[str, Surface]] = MappingProxyType({row.name: row for row in (*_ROWS, *NETWORK_SURFACES)})
