"""Experiments ready to run: the table `PRESETS`.

To add one, add a row. An experiment is a value: everything `POST /api/train` needs but the number of steps,
with `parameters` written out where they are not an initializer's.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from app.api.broken_presets import BROKEN
from app.api.preset import ALL_AT_ONCE, Preset, classifier, layer, network, sgd
from app.engine.datasets import DATASETS


def _gate(name: str, look_for: str, *, hidden: Sequence[int] = (), rate: float = 1.0, seed: int = 3) -> Preset:
    # In the first example both inputs are 0, and so is nearly every number of its walk.
    experiment = classifier({"dataset": name}, hidden, rate=rate, seed=seed)
    return Preset(name, DATASETS[name].label, "gates", "train", look_for, experiment, example=1)


_WORKED: Final = {
    "network": {
        "inputs": 2,
        "layers": [layer(2, "sigmoid", bias=False), layer(2, "sigmoid", bias=False)],
    },
    "data": {"dataset": "worked"},
    "loss": "half_squared_error",
    "optimizer": sgd(0.5),
    "batch": ALL_AT_ONCE,
    "parameters": [
        {"weights": [[0.15, 0.2], [0.25, 0.3]], "biases": [0.35, 0.35]},
        {"weights": [[0.4, 0.45], [0.5, 0.55]], "biases": [0.6, 0.6]},
    ],
}

_ROWS: Final = (
    Preset(
        "worked",
        "Worked example",
        "start",
        "step",
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
        "points",
        "train",
        "Two hidden layers bend the boundary between the tips; a higher rate gets there sooner, until it does not.",
        classifier({"dataset": "moons", "samples": 120, "noise": 0.1, "seed": 2}, [6, 6], rate=0.5, seed=2),
    ),
    Preset(
        "circles",
        DATASETS["circles"].label,
        "points",
        "train",
        "Given x1² and x2², one neuron draws a circle. Given x1 and x2 it never will: "
        "that would take a hidden layer.",
        classifier(
            {"dataset": "circles", "samples": 120, "noise": 0.05, "seed": 0, "features": ["x1^2", "x2^2"]},
            [],
            rate=1.0,
            seed=3,
        ),
    ),
    Preset(
        "blobs",
        DATASETS["blobs"].label,
        "points",
        "train",
        "Three outputs share one whole, and the largest share wins. For each, δ is its answer minus its target, "
        "divided by the number of examples.",
        {
            "network": network(2, [], "tanh", (3, "softmax")),
            "data": {"dataset": "blobs", "samples": 150, "noise": 0.1, "seed": 1, "classes": 3},
            "loss": "cross_entropy",
            "optimizer": sgd(0.2),
            "batch": ALL_AT_ONCE,
            "initializer": {"name": "xavier_uniform", "seed": 3},
        },
    ),
    Preset(
        "spiral",
        DATASETS["spiral"].label,
        "points",
        "train",
        "The first layer draws straight lines, the second winds them into arms. The loss is rough, since each step "
        "sees only 10 of the 200 examples.",
        {
            **classifier({"dataset": "spiral", "samples": 200, "noise": 0.02, "seed": 0}, [8, 8], rate=0.3, seed=3),
            "batch": {"size": 10, "shuffle": True, "seed": 0},
        },
    ),
    Preset(
        "sine",
        DATASETS["sine"].label,
        "curves",
        "train",
        "Eight bends add up to one wave. Take units away and see when it no longer follows; "
        "at three times the rate the loss begins to jump.",
        {
            "network": network(1, [8], "tanh", (1, "identity")),
            "data": {"dataset": "sine", "samples": 100, "noise": 0.1, "seed": 0},
            "loss": "mean_squared_error",
            "optimizer": sgd(0.1),
            "batch": ALL_AT_ONCE,
            "initializer": {"name": "xavier_uniform", "seed": 1},
        },
    ),
    Preset(
        "edge",
        "Edge of stability",
        "curves",
        "inside",
        "Look inside, and train: the sharpness rises until it meets 2/η, and there it stays. Halve the rate, "
        "and it rises on.",
        {
            "network": network(1, [16], "tanh", (1, "identity")),
            "data": {"dataset": "sine", "samples": 100, "noise": 0.1, "seed": 0},
            "loss": "mean_squared_error",
            "optimizer": sgd(0.2),
            "batch": ALL_AT_ONCE,
            "initializer": {"name": "xavier_uniform", "seed": 5},
        },
    ),
    Preset(
        "dogs",
        DATASETS["dogs"].label,
        "pictures",
        "train",
        "Blank, or a dog: what the rule of the first lesson had written into it, six neurons find by themselves. "
        "Ask one of them for its weights, and see which pixels count for it.",
        {
            "network": network(64, [6], "leaky_relu", (1, "sigmoid")),
            "data": {"dataset": "dogs", "samples": 200, "noise": 0.1, "seed": 0, "side": 8},
            "loss": "binary_cross_entropy",
            "optimizer": {"name": "adam", "learning_rate": 0.01},
            "batch": ALL_AT_ONCE,
            "initializer": {"name": "xavier_uniform", "seed": 1},
        },
        example=1,
    ),
    Preset(
        "digits",
        DATASETS["digits"].label,
        "pictures",
        "train",
        "One digit in five is kept for testing. Where the loss goes on falling and that of the test does not, "
        "the network learns its examples by heart.",
        {
            "network": network(64, [16], "relu", (10, "softmax")),
            "data": {"dataset": "digits", "samples": 500, "seed": 0},
            "loss": "cross_entropy",
            "optimizer": sgd(0.2),
            "batch": {"size": 32, "shuffle": True, "seed": 0},
            "initializer": {"name": "he_normal", "seed": 1},
            "test_fraction": 0.2,
        },
    ),
    Preset(
        "symmetry",
        DATASETS["symmetry"].label,
        "history",
        "train",
        "Rumelhart, Hinton and Williams, 1986: mirrored bits get opposite weights, of sizes 1 : 2 : 4, "
        "so that nothing but symmetry adds up to 0.",
        {
            "network": network(6, [2], "sigmoid", (1, "sigmoid")),
            "data": {"dataset": "symmetry"},
            "loss": "half_squared_error",
            "reduction": "sum",
            "optimizer": {"name": "momentum", "learning_rate": 0.1, "momentum": 0.9},
            "batch": ALL_AT_ONCE,
            "initializer": {"name": "uniform", "low": -0.3, "high": 0.3, "seed": 22},
        },
        example=1,
    ),
    *BROKEN,
)

PRESETS: Final[Mapping[str, Preset]] = MappingProxyType({row.name: row for row in _ROWS})
