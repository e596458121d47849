"""Training steps to be shown, drawn at random: every activation and loss at the end of a network."""

from collections.abc import Iterator
from itertools import cycle, pairwise
from typing import Any

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.features import FEATURES
from app.engine.losses import LOSSES
from app.engine.optimizers import OPTIMIZERS
from tests.engine.runs import LAST

SIZES = ([2, 3, 2], [2, 2], [3, 2, 1], [2, 2, 2, 3], [5, 5, 4], [2, 1])
EXAMPLES = (1, 3, 2, 12)
PENALTIES: tuple[dict[str, float], ...] = ({}, {"l2": 0.25}, {"l1": 0.125}, {"l1": 0.0625, "l2": 0.5})
HIDDEN = [name for name, row in ACTIVATIONS.items() if not row.last_layer_only]


def targets_of(draws: np.random.Generator, loss: str, shape: tuple[int, int]) -> np.ndarray:
    match LOSSES[loss].targets:
        case "minus_one_one":
            return draws.choice([-1.0, 1.0], size=shape)
        case "one_hot":
            return np.eye(shape[1])[draws.integers(0, shape[1], shape[0])]
    return draws.uniform(0.05, 0.95, size=shape) * (1.0 if loss == "binary_cross_entropy" else 2.0)


def drawn(draws: np.random.Generator, *shape: int) -> Any:
    """Numbers of either sign that are not near 0."""
    return (draws.choice([-1.0, 1.0], size=shape) * draws.uniform(0.2, 1.4, size=shape)).tolist()


def experiment(
    draws: np.random.Generator,
    sizes: list[int],
    names: list[str],
    loss: str,
    optimizer: str,
    examples: int,
    **more: Any,
) -> dict[str, Any]:
    layers = [
        {"units": units, "activation": name, "bias": bool(draws.random() < 0.8)}
        for units, name in zip(sizes[1:], names, strict=True)
    ]
    parameters = [
        {
            "weights": drawn(draws, units, entering),
            # A bias that is frozen need not be 0.
            "biases": drawn(draws, units),
        }
        for entering, units in pairwise(sizes)
    ]
    return {
        "network": {"inputs": sizes[0], "layers": layers},
        "data": {
            "inputs": drawn(draws, examples, sizes[0]),
            "targets": targets_of(draws, loss, (examples, sizes[-1])).tolist(),
        },
        "loss": loss,
        "optimizer": {"name": optimizer, "learning_rate": float(draws.uniform(0.05, 0.6))},
        "parameters": parameters,
        **more,
    }


def experiments() -> Iterator[dict[str, Any]]:
    draws = np.random.default_rng(11)
    every = zip(LAST, cycle(SIZES), cycle(EXAMPLES), cycle(PENALTIES[:3]), cycle(OPTIMIZERS), strict=False)
    hidden = cycle(HIDDEN)
    for index, ((last, loss), sizes, examples, penalties, optimizer) in enumerate(every):
        names = [*(next(hidden) for _ in sizes[2:]), last]
        # Plain descent is the one whose update is written out.
        name = "sgd" if index % 2 else optimizer
        reduction = "sum" if index % 5 == 0 else "mean"
        yield experiment(draws, sizes, names, loss, name, examples, reduction=reduction, **penalties)


def with_features() -> dict[str, Any]:
    """A step on inputs that are made of two."""
    made = experiment(np.random.default_rng(3), [len(FEATURES), 2, 1], ["tanh", "sigmoid"], "huber", "sgd", 4)
    return {**made, "data": {"dataset": "moons", "samples": 6, "noise": 0.1, "features": [*FEATURES]}}


def places(made: dict[str, Any], draws: np.random.Generator) -> list[dict[str, Any]]:
    """A weight of each layer, and a bias."""
    layers = made["network"]["layers"]
    entering = [made["network"]["inputs"], *(layer["units"] for layer in layers)]
    found = [
        {"layer": index, "unit": int(draws.integers(layer["units"])), "input": int(draws.integers(entering[index]))}
        for index, layer in enumerate(layers)
    ]
    bias = int(draws.integers(len(layers)))
    return [found[int(draws.integers(len(found)))], {**found[bias], "input": "bias"}]
