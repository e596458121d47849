"""The rules that turn a gradient into a step: the table `OPTIMIZERS`.

To add one, add a row: its settings, the names of what it remembers (its slots) and its update of one array.
The update is elementwise, so it serves a matrix of weights, a vector of biases or all of them end to end.
Conventions are PyTorch's to the letter (torch.optim), so that numbers agree with it to rounding.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.arrays import Array
from app.engine.setting import Setting

Slots = tuple[Array, ...]
Settings = Mapping[str, float]
Substeps = tuple[Array | None, Array | None]

LEARNING_RATE: Final = Setting("learning_rate", "Learning rate", 0.1, minimum=0.0, scale="log", slider=(1e-4, 1e2))
_MOMENTUM: Final = Setting("momentum", "Momentum", 0.9, minimum=0.0, maximum=1.0, slider=(0.0, 0.99))
_EPSILON: Final = Setting("epsilon", "Epsilon", 1e-8, minimum=0.0, scale="log", slider=(1e-12, 1e-2))
_BETAS: Final = (
    Setting("beta1", "β₁", 0.9, minimum=0.0, maximum=1.0, exclusive_maximum=True, slider=(0.0, 0.999)),
    Setting("beta2", "β₂", 0.999, minimum=0.0, maximum=1.0, exclusive_maximum=True, slider=(0.0, 0.9999)),
)


def _none(_g: Array, _slots: Slots, _settings: Settings, _t: int) -> Substeps:
    return None, None


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A rule w ← w − step.

    `update(w, g, slots, settings, t)` returns the new w and slots, all of w's shape; t counts updates from 1,
    slots start at 0. `substeps(g, slots, settings, t)` takes that update apart, with the slots after it: what
    stands in the place of the gradient, and what that is divided by; None where the rule has no such thing.
    """

    name: str
    label: str
    update: Callable[[Array, Array, Slots, Settings, int], tuple[Array, Slots]]
    settings: tuple[Setting, ...]
    slots: tuple[str, ...] = ()
    substeps: Callable[[Array, Slots, Settings, int], Substeps] = _none


def _sgd(w: Array, g: Array, _slots: Slots, settings: Settings, _t: int) -> tuple[Array, Slots]:
    return w - settings["learning_rate"] * g, ()


def _momentum(w: Array, g: Array, slots: Slots, settings: Settings, _t: int) -> tuple[Array, Slots]:
    v = settings["momentum"] * slots[0] + g
    return w - settings["learning_rate"] * v, (v,)


def _velocity(_g: Array, slots: Slots, _settings: Settings, _t: int) -> Substeps:
    return slots[0], None


def _nesterov(w: Array, g: Array, slots: Slots, settings: Settings, _t: int) -> tuple[Array, Slots]:
    v = settings["momentum"] * slots[0] + g
    return w - settings["learning_rate"] * (g + settings["momentum"] * v), (v,)


def _looked_ahead(g: Array, slots: Slots, settings: Settings, _t: int) -> Substeps:
    return g + settings["momentum"] * slots[0], None


def _adagrad(w: Array, g: Array, slots: Slots, settings: Settings, _t: int) -> tuple[Array, Slots]:
    s = slots[0] + g * g
    return w - settings["learning_rate"] * g / (np.sqrt(s) + settings["epsilon"]), (s,)


def _rmsprop(w: Array, g: Array, slots: Slots, settings: Settings, _t: int) -> tuple[Array, Slots]:
    s = settings["decay"] * slots[0] + (1.0 - settings["decay"]) * (g * g)
    return w - settings["learning_rate"] * g / (np.sqrt(s) + settings["epsilon"]), (s,)


def _root(_g: Array, slots: Slots, settings: Settings, _t: int) -> Substeps:
    return None, np.sqrt(slots[0]) + settings["epsilon"]


def _adam(w: Array, g: Array, slots: Slots, settings: Settings, t: int) -> tuple[Array, Slots]:
    beta1, beta2 = settings["beta1"], settings["beta2"]
    m = beta1 * slots[0] + (1.0 - beta1) * g
    v = beta2 * slots[1] + (1.0 - beta2) * (g * g)
    # Both averages start at 0 and are too small at first; the powers of β say by how much.
    corrected = np.sqrt(v) / (1.0 - beta2**t) ** 0.5 + settings["epsilon"]
    return w - settings["learning_rate"] / (1.0 - beta1**t) * m / corrected, (m, v)


def _corrected(_g: Array, slots: Slots, settings: Settings, t: int) -> Substeps:
    m, v = slots
    corrected = np.sqrt(v) / (1.0 - settings["beta2"] ** t) ** 0.5 + settings["epsilon"]
    return m / (1.0 - settings["beta1"] ** t), corrected


def _adamw(w: Array, g: Array, slots: Slots, settings: Settings, t: int) -> tuple[Array, Slots]:
    shrunk = w * (1.0 - settings["learning_rate"] * settings["weight_decay"])
    return _adam(shrunk, g, slots, settings, t)


_ADAM_RATE: Final = Setting("learning_rate", "Learning rate", 0.01, minimum=0.0, scale="log", slider=(1e-5, 1e1))

_ROWS: Final = (
    Optimizer("sgd", "SGD", _sgd, (LEARNING_RATE,)),
    Optimizer("momentum", "Momentum", _momentum, (LEARNING_RATE, _MOMENTUM), ("velocity",), _velocity),
    Optimizer("nesterov", "Nesterov", _nesterov, (LEARNING_RATE, _MOMENTUM), ("velocity",), _looked_ahead),
    Optimizer("adagrad", "AdaGrad", _adagrad, (LEARNING_RATE, _EPSILON), ("squares",), _root),
    Optimizer(
        "rmsprop",
        "RMSProp",
        _rmsprop,
        (
            _ADAM_RATE,
            Setting("decay", "Decay", 0.99, minimum=0.0, maximum=1.0, slider=(0.0, 0.999)),
            _EPSILON,
        ),
        ("squares",),
        _root,
    ),
    Optimizer("adam", "Adam", _adam, (_ADAM_RATE, *_BETAS, _EPSILON), ("mean", "squares"), _corrected),
    Optimizer(
        "adamw",
        "AdamW",
        _adamw,
        (
            _ADAM_RATE,
            *_BETAS,
            _EPSILON,
            Setting("weight_decay", "Weight decay", 0.01, minimum=0.0, slider=(0.0, 0.5)),
        ),
        ("mean", "squares"),
        _corrected,
    ),
)

OPTIMIZERS: Final[Mapping[str, Optimizer]] = MappingProxyType({row.name: row for row in _ROWS})
