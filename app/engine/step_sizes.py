"""What every learning rate would do now: the loss after one update, as a function of η, and four zones of η.

Every optimizer's update is linear in the learning rate, so for all rates the parameters after it lie on one line:
the direction of an update with η = 1. For plain gradient descent that is −gradient.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.fast_landscape import losses_at, slopes_at
from app.engine.flat import flatten, frozen_biases
from app.engine.landscape import Landscape, Plane
from app.engine.network import LayerParameters, Network, Objective, loss_of
from app.engine.training import Examples, OptimizerChoice, State, take_step

# A rate is good that gains at least this share of what the best one does.
_GOOD: Final = 0.5
# A bracket about a place is parted into so many, so often: to a 10,000,000th of its width.
_PARTS: Final = 16
_ROUNDS: Final = 6


@dataclass(frozen=True, slots=True)
class Zones:
    """The rates at which zones end; None where that is not between the lowest and the highest rate looked at.

    Up to `slow_to` a step gains less than half of what the best rate would, since it goes less far. Up to
    `good_to` it gains at least half. Up to `bounces_to` it goes past the lowest place and so far up the other side
    that it gains less than half. Beyond, the loss is higher than before: it flies away.
    """

    slow_to: float | None
    good_to: float | None
    bounces_to: float | None


@dataclass(frozen=True, slots=True, eq=False)
class StepSizes:
    """The `losses` after one update with each of the `rates`, and the best rate; `loss` is that before it.

    `slope` is ∂(loss after)/∂η at η = 0. Where no rate lowers the loss, there is no best one and no zone.
    """

    rates: Array
    losses: Array
    loss: float
    slope: float
    best_rate: float | None
    best_loss: float | None
    zones: Zones


def step_sizes(
    network: Network,
    examples: Examples,
    objective: Objective,
    optimizer: OptimizerChoice,
    state: State,
    rates: Array,
) -> StepSizes:
    """Look at one update with each of `rates`, which rise."""
    with np.errstate(all="ignore"):
        line = _line(network, examples, objective, optimizer, state)

        def losses(some: Array) -> Array:
            return losses_at(line, some[:, None])

        now = loss_of(network, state.parameters, examples.inputs, examples.targets, objective)
        after = losses(rates)
        slope = float(slopes_at(line, np.zeros((1, 1))).slopes[0, 0])
        best = _best(rates, after, losses)
        if best is None or not best[1] < now:
            return StepSizes(rates, after, now, slope, None, None, Zones(None, None, None))
        return StepSizes(rates, after, now, slope, *best, _zones(rates, after, now, best, losses))


def _line(
    network: Network, examples: Examples, objective: Objective, optimizer: OptimizerChoice, state: State
) -> Landscape:
    """Return the line of all parameters that one update can lead to; its coordinate is η."""
    whole = replace(optimizer, settings={**optimizer.settings, "learning_rate": 1.0})
    step = take_step(network, examples, objective, whole, state)
    here = flatten(state.parameters)
    direction = flatten(step.after.parameters) - here
    if optimizer.name == "sgd":
        # Not as a difference, which would round.
        direction = -flatten(tuple(LayerParameters(back.dW, back.db) for back in step.came_back))
        direction[frozen_biases(network)] = 0.0
    return Landscape(network, objective, examples, Plane(here, (direction,), (0.0,)))


def _best(rates: Array, after: Array, losses: Callable[[Array], Array]) -> tuple[float, float] | None:
    """Return the rate of the lowest loss, refined between its neighbours, and that loss."""
    if not np.isfinite(after).any():
        return None
    for _ in range(_ROUNDS):
        place = int(np.nanargmin(np.where(np.isfinite(after), after, np.nan)))
        found = float(rates[place]), float(after[place])
        low, high = rates[max(0, place - 1)], rates[min(rates.size - 1, place + 1)]
        rates = np.sort(np.append(np.geomspace(low, high, _PARTS), found[0]))
        after = losses(rates)
    return found


def _zones(
    rates: Array, after: Array, now: float, best: tuple[float, float], losses: Callable[[Array], Array]
) -> Zones:
    best_rate, best_loss = best
    enough = now - _GOOD * (now - best_loss)

    def is_good(some: Array) -> Array:
        return np.asarray(losses(some) <= enough, dtype=np.float64)

    def is_lower(some: Array) -> Array:
        return np.asarray(losses(some) < now, dtype=np.float64)

    before, beyond = rates < best_rate, rates > best_rate
    slow = rates[before & (after > enough)]
    past, above = rates[beyond & ~(after <= enough)], rates[beyond & ~(after < now)]
    return Zones(
        _edge(float(slow[-1]), best_rate, is_good) if slow.size else None,
        _edge(best_rate, float(past[0]), is_good) if past.size else None,
        _edge(best_rate, float(above[0]), is_lower) if above.size else None,
    )


def _edge(low: float, high: float, is_so: Callable[[Array], Array]) -> float:
    """Return where, between two rates, something that holds at one of them ceases to hold."""
    for _ in range(_ROUNDS):
        some = np.geomspace(low, high, _PARTS)
        holds = is_so(some)
        place = int(np.argmax(holds != holds[0]))
        if place == 0:
            break
        low, high = float(some[place - 1]), float(some[place])
    return float(np.sqrt(low * high))
