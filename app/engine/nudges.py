"""What the loss does when one parameter is moved: by a little, which gives its gradient, and over a whole line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.arrays import Array
from app.engine.flat import flatten, unflatten
from app.engine.gradient_check import nudged
from app.engine.network import Network, Objective, Parameters, loss_of
from app.engine.training import Examples


@dataclass(frozen=True, slots=True)
class Nudge:
    """The parameter moved by `h`: the loss there, and two slopes that tend to the gradient as h becomes small.

    `secant` = (L(w + h) − L(w)) / h, whose error is of order h; `central` = (L(w + h) − L(w − h)) / 2h, of h².
    """

    h: float
    loss: float
    secant: float
    central: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The loss at each of the `values` of one parameter, all others staying as they are."""

    values: Array
    losses: Array


def nudge(
    network: Network,
    parameters: Parameters,
    examples: Examples,
    objective: Objective,
    place: int,
    sizes: Sequence[float],
) -> tuple[Nudge, ...]:
    """Move number `place` of the flattened parameters by each of `sizes`, none of which is 0."""

    def loss(by: float) -> float:
        return nudged(network, parameters, examples, objective, place, by)

    here = loss(0.0)
    found = []
    for h in sizes:
        up, down = loss(h), loss(-h)
        found.append(Nudge(h, up, (up - here) / h, (up - down) / (2.0 * h)))
    return tuple(found)


def line(
    network: Network,
    parameters: Parameters,
    examples: Examples,
    objective: Objective,
    place: int,
    values: Array,
) -> Line:
    """Set number `place` of the flattened parameters to each of `values`, shape (points,)."""
    vector = flatten(parameters)
    losses = np.empty_like(values)
    for index, value in enumerate(values):
        vector[place] = value
        losses[index] = loss_of(network, unflatten(vector, network), examples.inputs, examples.targets, objective)
    return Line(values, losses)
