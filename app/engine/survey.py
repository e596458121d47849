"""What a network does with all the data at one moment: how well, what it answers where, and what ails it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.engine.health import LayerHealth, Moment, diagnose
from app.engine.measures import Measures, measure, measures_of
from app.engine.network import Network, Objective, Parameters, backward, batch_loss, forward
from app.engine.progress import Bounds, NetworkHealth, Unreachable, bounds_of, unreachable
from app.engine.responses import Grid, Responses, respond
from app.engine.rounding import rounding_of
from app.engine.training import Examples


@dataclass(frozen=True)
class Subject:
    """What is surveyed, all of it the same during a run: only the parameters change.

    `bounds` and `unreachable` follow from the rest; they are made once, when they are first asked for.
    """

    network: Network
    objective: Objective
    train: Examples
    test: Examples | None = None
    has_classes: bool = False
    grid: Grid | None = None

    @cached_property
    def bounds(self) -> Bounds:
        """The lowest loss there is, and that of one answer for all."""
        return bounds_of(self.network, self.train.inputs, self.train.targets, self.objective)

    @cached_property
    def unreachable(self) -> Unreachable | None:
        """What of the targets lies beyond the output's range."""
        return unreachable(self.network, self.train.targets)


@dataclass(frozen=True, slots=True)
class Survey:
    """One moment: measures on the training and test examples, pictures over the grid, the health of all of it."""

    train: Measures
    test: Measures | None
    responses: Responses | None
    network: NetworkHealth
    layers: tuple[LayerHealth, ...]


def survey(subject: Subject, parameters: Parameters, *, keeps_outputs: bool = False) -> Survey:
    """Look at everything once: one pass there and back over the training examples, one over the grid."""
    network, objective, examples = subject.network, subject.objective, subject.train
    asked = {"has_classes": subject.has_classes, "keeps_outputs": keeps_outputs}
    with np.errstate(all="ignore"):
        passed = forward(network, parameters, examples.inputs)
        loss = batch_loss(network, parameters, passed[-1], examples.targets, objective)
        came_back = backward(network, parameters, passed, examples.targets, objective)
        moment = Moment(examples.inputs, loss.data_loss, loss.loss, came_back, subject.bounds)
        found = diagnose(network, parameters, moment, objective)
        return Survey(
            measures_of(
                passed[-1].a,
                rounding_of(network, parameters, passed)[-1],
                examples.targets,
                loss.loss,
                objective,
                **asked,
            ),
            measure(network, parameters, subject.test, objective, **asked) if subject.test else None,
            _respond(subject, parameters),
            NetworkHealth(
                found.state, loss.data_loss, subject.bounds.least, subject.bounds.constant, subject.unreachable
            ),
            found.layers,
        )


def _respond(subject: Subject, parameters: Parameters) -> Responses | None:
    if subject.grid is None:
        return None
    loss = subject.objective.loss if subject.has_classes else None
    return respond(subject.network, parameters, subject.grid, loss=loss)
