"""What a network does with all the data at one moment: how well, what it answers where, and what ails it."""

from dataclasses import dataclass

import numpy as np

from app.engine.health import LayerHealth, diagnose
from app.engine.measures import Measures, measure, measures_of
from app.engine.network import Network, Objective, Parameters, backward, batch_loss, forward
from app.engine.responses import Grid, Responses, respond
from app.engine.training import Examples


@dataclass(frozen=True, slots=True)
class Subject:
    """What is surveyed, all of it the same during a run: only the parameters change."""

    network: Network
    objective: Objective
    train: Examples
    test: Examples | None = None
    has_classes: bool = False
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """One moment: measures on the training and test examples, pictures over the grid, every layer's health."""

    train: Measures
    test: Measures | None
    responses: Responses | None
    layers: tuple[LayerHealth, ...]


def survey(subject: Subject, parameters: Parameters, *, keeps_outputs: bool = False) -> Survey:
    """Look at everything once: one pass there and back over the training examples, one over the grid."""
    network, objective, examples = subject.network, subject.objective, subject.train
    asked = {"has_classes": subject.has_classes, "keeps_outputs": keeps_outputs}
    with np.errstate(all="ignore"):
        passed = forward(network, parameters, examples.inputs)
        loss = batch_loss(network, parameters, passed[-1], examples.targets, objective).loss
        came_back = backward(network, parameters, passed, examples.targets, objective)
        return Survey(
            measures_of(passed[-1].a, examples.targets, loss, objective, **asked),
            measure(network, parameters, subject.test, objective, **asked) if subject.test else None,
            respond(network, parameters, subject.grid, has_classes=subject.has_classes) if subject.grid else None,
            diagnose(network, parameters, came_back, objective),
        )
