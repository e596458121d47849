"""One parameter alone: the loss along it, where the coming update takes it, and the updates after that.

The others stay where they are, so this is not what training does; what it does, all together, stands beside it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.fast_landscape import Slopes, losses_at, slopes_at
from app.engine.flat import flatten, frozen_biases
from app.engine.landscape import Landscape, range_about
from app.engine.network import loss_of
from app.engine.optimizers import OPTIMIZERS
from app.engine.training import OptimizerChoice, State, take_step

# How far a line goes to both sides, and how many times further it goes to hold the coming updates.
_REACH: Final = 1.5
_FURTHER: Final = 6.0
# Places between two updates at which the slope is looked at, for a minimum that was jumped over.
_BETWEEN: Final = 33


@dataclass(frozen=True, slots=True)
class Landing:
    """Where an update lands: the parameter, the loss, its slope there.

    `has_jumped`: on the way the loss fell and then rose, so a minimum of the line lies between; `is_off`: the
    place is beyond the line that is drawn.
    """

    value: float
    loss: float
    gradient: float
    has_jumped: bool
    is_off: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value of the parameter, and a loss."""

    value: float
    loss: float


@dataclass(frozen=True, slots=True, eq=False)
class Slope:
    """One parameter's line: `values` and `losses` over `range`, and what updates do on it.

    `ghosts` are the coming updates of this parameter alone, by the optimizer with its memory; `together` is where
    it lands when all parameters move, and the loss then, which is not on the line; `minimum` the line's lowest.
    """

    value: float
    loss: float
    gradient: float
    range: tuple[float, float]
    values: Array
    losses: Array
    ghosts: tuple[Landing, ...]
    together: Outcome
    minimum: Outcome


def slope(
    line: Landscape,
    optimizer: OptimizerChoice,
    state: State,
    *,
    steps: int,
    points: int,
    ends: tuple[float, float] | None = None,
) -> Slope:
    """Look along the one parameter that `line` (of one direction, through `state`) moves."""
    with np.errstate(all="ignore"):
        place = int(np.argmax(line.plane.directions[0]))
        value = line.plane.centre[0]
        here = _at(line, np.array([value]))
        walked = _alone(line, optimizer, state, place, steps)
        low, high = ends or _range(value, walked)
        values = np.linspace(low, high, points)
        losses = losses_at(line, values[:, None])
        lowest = (
            int(np.nanargmin(np.where(np.isfinite(losses), losses, np.nan))) if np.isfinite(losses).any() else 0
        )
        return Slope(
            value,
            float(here.losses[0]),
            float(here.slopes[0, 0]),
            (low, high),
            values,
            losses,
            _landings(line, value, walked, (low, high)),
            _together(line, optimizer, state, place),
            Outcome(float(values[lowest]), float(losses[lowest])),
        )


def _at(line: Landscape, values: Array) -> Slopes:
    return slopes_at(line, values[:, None])


def _alone(line: Landscape, optimizer: OptimizerChoice, state: State, place: int, steps: int) -> list[float]:
    """Return the parameter after each of some updates of it alone, by the optimizer's own rule and memory."""
    if place in frozen_biases(line.network):
        return [line.plane.centre[0]] * steps
    row = OPTIMIZERS[optimizer.name]
    slots = tuple(flatten(state.optimizer_state.slots[name])[place : place + 1] for name in row.slots)
    value = np.array(line.plane.centre)
    walked = []
    for t in range(state.optimizer_state.updates + 1, state.optimizer_state.updates + 1 + steps):
        value, slots = row.update(value, _at(line, value).slopes[0], slots, optimizer.settings, t)
        walked.append(float(value[0]))
    return walked


def _range(value: float, walked: list[float]) -> tuple[float, float]:
    """Return ends that show the surroundings, and the coming updates as long as they are not far away."""
    reach = max(_REACH, abs(value) / 4.0)
    near = [other for other in walked if abs(other - value) <= _FURTHER * reach]
    low, high = range_about(value, np.array(near))
    return min(low, value - reach), max(high, value + reach)


def _landings(line: Landscape, value: float, walked: list[float], ends: tuple[float, float]) -> tuple[Landing, ...]:
    found = _at(line, np.array(walked))
    landings = []
    for index, after in enumerate(walked):
        way = _at(line, np.linspace(value, after, _BETWEEN)).slopes[0] * np.sign(after - value)
        falls, rises = np.flatnonzero(way < 0.0), np.flatnonzero(way > 0.0)
        has_jumped = bool(falls.size and rises.size and falls[0] < rises[-1])
        is_off = not ends[0] <= after <= ends[1]
        landings.append(
            Landing(after, float(found.losses[index]), float(found.slopes[0, index]), has_jumped, is_off)
        )
        value = after
    return tuple(landings)


def _together(line: Landscape, optimizer: OptimizerChoice, state: State, place: int) -> Outcome:
    after = take_step(line.network, line.examples, line.objective, optimizer, state).after.parameters
    examples = line.examples
    return Outcome(
        float(flatten(after)[place]),
        loss_of(line.network, after, examples.inputs, examples.targets, line.objective),
    )
