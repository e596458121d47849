"""Numbers of the lessons that networks of the lab give: parameters, prices of gradients, a step, a path."""

from functools import lru_cache
from typing import Final

import numpy as np

from app.api.presets import PRESETS
from app.engine import datasets
from app.engine.chain import Multiplications, count_multiplications
from app.engine.fast_training import train
from app.engine.initializers import initialize
from app.engine.landscape import Plane, plane_of_path
from app.engine.network import Layer, Network, Objective
from app.engine.training import Examples, OptimizerChoice, Plan, Task, first_state
from app.lessons.faded import pass_of

# Of the path of XOR that the lesson on the landscape speaks of.
_STEPS: Final = 60


def network_of(preset: str) -> Network:
    """Return the network of a preset."""
    wanted = PRESETS[preset].experiment["network"]
    return Network(wanted["inputs"], tuple(Layer(**layer) for layer in wanted["layers"]))


def price_of(preset: str) -> Multiplications:
    """Return what all gradients of a preset's network cost for one example, by three methods."""
    return count_multiplications(network_of(preset), Objective(PRESETS[preset].experiment["loss"]), 1)


def pass_cost(preset: str) -> int:
    """Return the multiplications of one forward pass for one example: one a weight."""
    network = network_of(preset)
    return sum(layer.units * fan_in for layer, fan_in in zip(network.layers, network.fan_ins, strict=True))


def worked_loss(is_mistaken: bool = False) -> float:
    """Return the loss of the worked example after its step; `is_mistaken`: with the updated output weights."""
    made = pass_of(0)
    return made.updated["loss_after"] if is_mistaken else made.value("loss_after")


@lru_cache(maxsize=1)
def plane_of_xor() -> Plane:
    """Return the plane of the path that the preset XOR walks."""
    experiment = PRESETS["xor"].experiment
    network, named = network_of("xor"), datasets.examples("xor")
    settings = dict(experiment["optimizer"])
    task = Task(
        network,
        Examples(named.inputs, datasets.targets_for(named, "zero_one")),
        Objective(experiment["loss"]),
        OptimizerChoice(settings.pop("name"), settings),
    )
    initializer = experiment["initializer"]
    start = first_state(initialize(network, initializer["name"], initializer["seed"]), task.optimizer.name)
    path = [frame.state.parameters for frame in train(task, start, Plan(_STEPS, record_every=1)).frames]
    return plane_of_path(network, path[-1], path)


def percent(shares: tuple[float, ...] | None) -> float:
    """Return the sum of shares in whole percent, rounded down."""
    return float(np.floor(100.0 * sum(shares or ())))
