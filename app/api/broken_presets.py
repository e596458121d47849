"""Experiments that do not work, each for one reason that the survey names: rows of the table `PRESETS`.

A row breaks one thing only, so that the cure in its `look_for` is one change.
"""

from typing import Any, Final

import numpy as np

from app.api.preset import ALL_AT_ONCE, Preset, classifier, network, sgd
from app.engine.draws import Draws

_MOONS: Final = {"dataset": "moons", "samples": 120, "noise": 0.1, "seed": 2}

_HOUSES: Final = 36
_HOUSES_SEED: Final = 0


def _houses() -> dict[str, Any]:
    """Return houses made up by formula: area in m² and number of rooms, and the price in 100,000.

    price = 0.5 + 0.018 · area + 0.25 · rooms, about which it spreads by 0.1.
    """
    draws = Draws(_HOUSES_SEED)
    area = np.round(draws.uniform(30, 150, (_HOUSES,)))
    rooms = np.clip(np.round(area / 32 + draws.normal(0.5, (_HOUSES,))), 1, 5)
    price = np.round(0.5 + 0.018 * area + 0.25 * rooms + draws.normal(0.1, (_HOUSES,)), 2)
    return {"inputs": np.stack([area, rooms], axis=1).tolist(), "targets": price[:, None].tolist()}


BROKEN: Final = (
    Preset(
        "vanishing",
        "Vanishing gradients",
        "broken",
        "train",
        "A sigmoid passes back a quarter at most. After seven layers nothing is left, and the first stand still. "
        "Choose tanh for all seven.",
        {
            **classifier(_MOONS, [], rate=0.1, seed=5),
            "network": network(2, [4] * 7, "sigmoid", (1, "sigmoid")),
        },
    ),
    Preset(
        "exploding",
        "Exploding gradients",
        "broken",
        "train",
        "The first weights are too large: every layer enlarges the gradient, and after three steps no number fits. "
        "Choose He, normal.",
        {
            "network": network(1, [8] * 6, "leaky_relu", (1, "identity")),
            "data": {"dataset": "sine", "samples": 100, "noise": 0.1, "seed": 0},
            "loss": "mean_squared_error",
            "optimizer": sgd(0.01),
            "batch": ALL_AT_ONCE,
            "initializer": {"name": "normal", "std": 1.0, "seed": 1},
        },
    ),
    Preset(
        "dead",
        "Dead units",
        "broken",
        "train",
        "Biases of −3 keep every ReLU at 0 for every example: nothing comes back, so nothing will ever move them. "
        "Let the biases start at 0, or choose Leaky ReLU.",
        {
            **classifier(_MOONS, [], rate=0.5, seed=2),
            "network": network(2, [8], "relu", (1, "sigmoid")),
            "initializer": {"name": "he_normal", "bias": -3.0, "seed": 2},
        },
    ),
    Preset(
        "equal",
        "Equal units",
        "broken",
        "train",
        "All first weights are equal, so all gradients are: four units remain one unit, four times. "
        "Choose Xavier, uniform.",
        {
            **classifier({"dataset": "xor"}, [4], rate=0.5, seed=7),
            "initializer": {"name": "constant", "value": 0.5, "seed": 7},
        },
        example=1,
    ),
    Preset(
        "unscaled",
        "Inputs of different size",
        "broken",
        "train",
        "Area in m², rooms by the piece: a rate that is almost too high for the one is far too low for the other. "
        "Double it and the loss flies away. Adam, at 0.1, gives each weight a rate of its own.",
        {
            "network": network(2, [], "tanh", (1, "identity")),
            "data": _houses(),
            "loss": "mean_squared_error",
            "optimizer": sgd(1e-4),
            "batch": ALL_AT_ONCE,
            "initializer": {"name": "xavier_uniform", "seed": 3},
        },
    ),
)
