"""Runs that claims are decided with: presets and their changed copies, trained by the engine; walks on surfaces."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from app.api.experiments import (
    batching_of,
    data_of,
    first_parameters,
    network_of,
    objective_of,
    optimizer_of,
    parameters_of,
)
from app.api.presets import PRESETS
from app.api.queries import TrainQuery
from app.engine.descent import Walk, descend
from app.engine.fast_training import train
from app.engine.network import Parameters, forward, loss_of
from app.engine.optimizers import OPTIMIZERS
from app.engine.surfaces import SURFACES
from app.engine.training import OptimizerChoice, Plan, Run, State, Task, first_state


def changed(name: str, **fields: Any) -> dict[str, Any]:
    """Return a preset's experiment with other fields; `rate=`, `hidden=` and `activation=` reach into them."""
    experiment = dict(PRESETS[name].experiment)
    *hidden, last = experiment["network"]["layers"]
    rate, activation = fields.pop("rate", None), fields.pop("activation", None)
    wanted = fields.pop("hidden", None)
    if wanted is not None:
        hidden = [{"units": units, "activation": "tanh", "bias": True} for units in wanted]
    if activation is not None:
        hidden = [{**layer, "activation": activation} for layer in hidden]
    experiment["network"] = {**experiment["network"], "layers": [*hidden, last]}
    if rate is not None:
        experiment["optimizer"] = {**experiment["optimizer"], "learning_rate": rate}
    return {**experiment, **fields}


def task_of(experiment: Mapping[str, Any]) -> tuple[Task, State]:
    """Return an experiment as the engine takes it: what stays the same, and the state it begins with."""
    body = {key: value for key, value in experiment.items() if key != "parameters"}
    query = TrainQuery.model_validate({**body, "steps": 0})
    network = network_of(query.network)
    data = data_of(network, query)
    choice = optimizer_of(query.optimizer)
    task = Task(network, data.train, objective_of(query), choice, batching_of(query.batch), data.test)
    if "parameters" in experiment:
        given = TrainQuery.model_validate({**body, "steps": 0, "state": {"parameters": experiment["parameters"]}})
        assert given.state is not None
        return task, first_state(parameters_of(network, given.state.parameters), choice.name)
    assert query.initializer is not None
    return task, first_state(first_parameters(network, query.initializer), choice.name)


def trained(experiment: Mapping[str, Any], steps: int, every: int | None = None) -> tuple[Task, Run]:
    """Train an experiment for so many steps; a frame is kept at every multiple of `every`."""
    task, start = task_of(experiment)
    with np.errstate(all="ignore"):
        return task, train(task, start, Plan(steps, record_every=every))


@lru_cache(maxsize=64)
def preset_run(name: str, steps: int, every: int | None = None) -> tuple[Task, Run]:
    """Train a preset as it stands."""
    return trained(PRESETS[name].experiment, steps, every)


def right(task: Task, parameters: Parameters) -> int:
    """Return how many answers are on the right side of ½, or have their class as the largest."""
    with np.errstate(all="ignore"):
        answers, targets = forward(task.network, parameters, task.examples.inputs)[-1].a, task.examples.targets
    if targets.shape[1] > 1:
        return int((answers.argmax(axis=1) == targets.argmax(axis=1)).sum())
    return int(((answers > 0.5) == (targets > 0.5)).all(axis=1).sum())


def loss(task: Task, parameters: Parameters) -> float:
    """Return the loss over all examples of a task."""
    with np.errstate(all="ignore"):
        return loss_of(task.network, parameters, task.examples.inputs, task.examples.targets, task.objective)


def walk(surface: str, rate: float, steps: int, *, start: Sequence[float] | None = None, name: str = "sgd") -> Walk:
    """Walk down a surface; an optimizer's other settings are its own."""
    row = OPTIMIZERS[name]
    settings = {setting.name: setting.default for setting in row.settings} | {"learning_rate": rate}
    return descend(SURFACES[surface], start or SURFACES[surface].start, OptimizerChoice(name, settings), steps)
