"""What an experiment ready to run is made of; the experiments themselves are in `presets.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Group = Literal["start", "gates", "points", "curves", "pictures", "history", "broken"]


@dataclass(frozen=True, slots=True)
class Preset:
    """An experiment by name; `look_for` says in a sentence what is worth seeing in it.

    `task` is where the lab opens it: walking through a step, or training. `example` is the row that is followed
    first: one whose numbers are not all 0.
    """

    name: str
    label: str
    group: Group
    task: Literal["step", "train", "inside"]
    look_for: str
    experiment: Mapping[str, Any]
    example: int = 0


ALL_AT_ONCE: Final = {"size": None, "shuffle": False, "seed": 0}


def layer(units: int, activation: str, *, bias: bool = True) -> dict[str, Any]:
    """Return a layer as a request has it."""
    return {"units": units, "activation": activation, "bias": bias}


def network(inputs: int, hidden: Sequence[int], activation: str, last: tuple[int, str]) -> dict[str, Any]:
    """Return a network of hidden layers of one activation, and a last layer (units, activation)."""
    return {"inputs": inputs, "layers": [*(layer(units, activation) for units in hidden), layer(*last)]}


def sgd(rate: float) -> dict[str, Any]:
    """Return plain gradient descent as a request has it."""
    return {"name": "sgd", "learning_rate": rate}


def classifier(data: dict[str, Any], hidden: Sequence[int], *, rate: float, seed: int) -> dict[str, Any]:
    """Return tanh layers and one sigmoid output, for two classes."""
    return {
        "network": network(2, hidden, "tanh", (1, "sigmoid")),
        "data": data,
        "loss": "binary_cross_entropy",
        "optimizer": sgd(rate),
        "batch": ALL_AT_ONCE,
        "initializer": {"name": "xavier_uniform", "seed": seed},
    }
