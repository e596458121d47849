"""The loss after one update, as a function of the learning rate η. Whether a rate is good is judged in `rates.py`.

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
from app.engine.network import LayerParameters, Network, Objective
from app.engine.rates import losses_of, rounding
from app.engine.training import Examples, OptimizerChoice, State, take_step

# A bracket about a place is parted into so many, so often: to a 10,000,000th of its width.
_PARTS: Final = 16
_ROUNDS: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class StepSizes:
    """The `losses` after one update with each of the `rates`, and the best rate; `loss` is that before it.

    `slope` is ∂(loss after)/∂η at η = 0. Where no rate lowers the loss by more than rounding, there is no best one.
    """

    rates: Array
    losses: Array
    loss: float
    slope: float
    best_rate: float | None
    best_loss: float | None


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

        now, largest = losses_of(network, state.parameters, examples, objective)
        after = losses(rates)
        slope = float(slopes_at(line, np.zeros((1, 1))).slopes[0, 0])
        best = _best(rates, after, losses)
        if best is None or not now - best[1] > rounding(now, largest):
            return StepSizes(rates, after, now, slope, None, None)
        return StepSizes(rates, after, now, slope, *best)


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
