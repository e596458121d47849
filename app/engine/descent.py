"""Gradient descent on a surface: several optimizers from one start, every number of every step kept.

The rules are the very rows of `OPTIMIZERS` that train networks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from app.engine.arrays import Array
from app.engine.optimizers import OPTIMIZERS
from app.engine.pause import look_up
from app.engine.surface import Surface
from app.engine.training import OptimizerChoice

Ending = Literal["converged", "slow", "oscillating", "diverged"]

# A gradient so small, beside the one at the start, has nowhere to go.
_ARRIVED: Final = 1e-3
# Of the last updates so many are looked at, and so many of their turns back make an oscillation.
_LAST: Final = 12
_TURNS: Final = 0.5
# Beyond this, times the size of what is shown, it has flown away, though the numbers may still fit.
_FAR: Final = 1e6


def reach(surface: Surface) -> float:
    """Return the coordinate beyond which a walk has left everything that is shown far behind."""
    return _FAR * max(high - low for low, high in (surface.x_range, surface.y_range or surface.x_range))


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """One run: after each of the updates, from the start on, its point, value and gradient.

    `points` and `gradients` (updates + 1, variables), `values` (updates + 1,), `moves` (updates, variables) the
    differences of points. `remembered` is what stands in the place of the gradient in each update (the velocity;
    Adam's corrected mean), `divisors` what it is divided by; None where the rule has no such thing.

    How it ended: "diverged" where it left everything that is shown far behind (`diverged_at` is the first such
    update); "converged" where the gradient is a thousandth of what it was at the start; "oscillating" where of
    its last dozen updates at least half go back on the one before; else "slow". `is_growing` says whether
    each of the last dozen moves was longer than the one before.
    """

    optimizer: str
    points: Array
    values: Array
    gradients: Array
    moves: Array
    remembered: Array | None
    divisors: Array | None
    outcome: Ending
    diverged_at: int | None
    is_growing: bool


def descend(surface: Surface, start: Sequence[float], optimizer: OptimizerChoice, steps: int) -> Walk:
    """Make `steps` updates from `start`, or as many as there are numbers for."""
    row = OPTIMIZERS[optimizer.name]
    point = np.array([start], dtype=np.float64)
    slots = tuple(np.zeros_like(point) for _ in row.slots)
    with np.errstate(all="ignore"):
        points, gradients, memories = [point], [surface.gradient(point)], []
        for t in range(1, steps + 1):
            look_up()
            after, slots = row.update(points[-1], gradients[-1], slots, optimizer.settings, t)
            if not np.isfinite(after).all():
                break
            points.append(after)
            gradients.append(surface.gradient(after))
            memories.append(slots)
        walked = np.concatenate(points)
        found = np.concatenate(gradients)
        remembered, divisors = _substeps(optimizer, gradients, memories)
        diverged_at = _left(surface, walked, steps)
        return Walk(
            optimizer.name,
            walked,
            surface.function(walked),
            found,
            np.diff(walked, axis=0),
            remembered,
            divisors,
            _ending(walked, found, diverged_at),
            diverged_at,
            _grows(walked),
        )


def _substeps(
    optimizer: OptimizerChoice, gradients: Sequence[Array], memories: Sequence[tuple[Array, ...]]
) -> tuple[Array | None, Array | None]:
    """Return what each update remembers, and what it is divided by, as the optimizer's row takes it apart."""
    row = OPTIMIZERS[optimizer.name]
    parts = [
        row.substeps(gradient, slots, optimizer.settings, t)
        for t, (gradient, slots) in enumerate(zip(gradients, memories, strict=False), start=1)
    ]
    return _joined([remembered for remembered, _ in parts]), _joined([divisor for _, divisor in parts])


def _joined(rows: Sequence[Array | None]) -> Array | None:
    there = [row for row in rows if row is not None]
    return np.concatenate(there) if there else None


def _left(surface: Surface, points: Array, steps: int) -> int | None:
    """Return the first update after which a point is far beyond what is shown, or the one that had no number."""
    gone = np.flatnonzero(np.abs(points).max(axis=1) > reach(surface))
    if gone.size:
        return int(gone[0])
    return points.shape[0] if points.shape[0] <= steps else None


def _ending(points: Array, gradients: Array, diverged_at: int | None) -> Ending:
    if diverged_at is not None:
        return "diverged"
    sizes = np.linalg.norm(gradients, axis=1)
    if sizes[-1] <= _ARRIVED * sizes[0]:
        return "converged"
    moves = np.diff(points, axis=0)[-_LAST:]
    turns = (moves[1:] * moves[:-1]).sum(axis=1) < 0.0
    return "oscillating" if turns.size and turns.mean() >= _TURNS else "slow"


def _grows(points: Array) -> bool:
    sizes = np.linalg.norm(np.diff(points, axis=0)[-_LAST:], axis=1)
    return bool(sizes.size > 1 and (np.diff(sizes) > 0.0).all())


def critical_learning_rate(surface: Surface, start: Sequence[float]) -> tuple[float | None, tuple[float, ...]]:
    """Return 2/λ_max and the place it is of: the minimum nearest to the start, or the start where there is none.

    None where the surface is not bent upwards there.
    """
    at = np.array([start], dtype=np.float64)
    with np.errstate(all="ignore"):
        if surface.minima:
            minima = np.array(surface.minima)
            at = minima[[int(np.argmin(((minima - at) ** 2).sum(axis=1)))]]
        hessian = surface.hessian(at)[0]
        largest = float(np.linalg.eigvalsh(hessian)[-1]) if np.isfinite(hessian).all() else 0.0
    return (2.0 / largest if largest > 0.0 else None), tuple(at[0].tolist())
