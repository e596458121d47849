"""Experiments ready to run: the table `PRESETS`.

To add one, add a row. An experiment is a value: everything `POST /api/train` needs but the number of steps,
with `parameters` written out where they are not an initializer's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from app.engine.datasets import DATASETS


@dataclass(frozen=True, slots=True)
class Preset:
    """An experiment by name; `look_for` says in a sentence what is worth seeing in it.

    `example` is the row that is followed first: one whose numbers are not all 0.
    """

    name: str
    label: str
    look_for: str
    experiment: Mapping[str, Any]
    example: int = 0


def _layer(units: int, activation: str, *, bias: bool = True) -> dict[str, Any]:
    return {"units": units, "activation": activation, "bias": bias}


def _classifier(dataset: dict[str, Any], hidden: Sequence[int], *, rate: float, seed: int) -> dict[str, Any]:
    """Return tanh layers and one sigmoid output, for two classes."""
    return {
        "network": {
            "inputs": 2,
            "layers": [*(_layer(units, "tanh") for units in hidden), _layer(1, "sigmoid")],
        },
        "data": dataset,
        "loss": "binary_cross_entropy",
        "optimizer": {"name": "sgd", "learning_rate": rate},
        "batch": {"size": None, "shuffle": False, "seed": 0},
        "initializer": {"name": "xavier_uniform", "seed": seed},
    }


def _gate(name: str, look_for: str, *, hidden: Sequence[int] = (), rate: float = 1.0, seed: int = 3) -> Preset:
    # In the first example both inputs are 0, and so is nearly every number of its walk.
    experiment = _classifier({"dataset": name}, hidden, rate=rate, seed=seed)
    return Preset(name, DATASETS[name].label, look_for, experiment, example=1)


_WORKED: Final = {
    "network": {
        "inputs": 2,
        "layers": [_layer(2, "sigmoid", bias=False), _layer(2, "sigmoid", bias=False)],
    },
    "data": {"dataset": "worked"},
    "loss": "half_squared_error",
    "optimizer": {"name": "sgd", "learning_rate": 0.5},
    "batch": {"size": None, "shuffle": False, "seed": 0},
    "parameters": [
        {"weights": [[0.15, 0.2], [0.25, 0.3]], "biases": [0.35, 0.35]},
        {"weights": [[0.4, 0.45], [0.5, 0.55]], "biases": [0.6, 0.6]},
    ],
}

_ROWS: Final = (
    Preset(
        "worked",
        "Worked example",
        "One example, eight weights, every number: the pass that can be checked with a pocket calculator.",
        _WORKED,
    ),
    _gate("and", "One neuron is enough: its line parts the one corner where both inputs are 1."),
    _gate("or", "One neuron is enough: only one corner answers 0."),
    _gate(
        "xor",
        "No single line parts these corners. Take the hidden layer away and watch the loss get stuck.",
        hidden=[4],
        rate=0.5,
        seed=7,
    ),
    _gate("nand", "AND turned about: the same neuron with its signs exchanged."),
    Preset(
        "moons",
        "Moons",
        "Two hidden layers bend the boundary between the tips; a higher rate gets there sooner, until it does not.",
        _classifier({"dataset": "moons", "samples": 120, "noise": 0.1, "seed": 2}, [6, 6], rate=0.5, seed=2),
    ),
)

PRESETS: Final[Mapping[str, Preset]] = MappingProxyType({row.name: row for row in _ROWS})
