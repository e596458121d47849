"""The features: columns made of two inputs x1 and x2, so that one neuron can do what else takes a layer.

To add one, add its row to `FEATURES`: the name as it is written in mathematics, and the function that
takes inputs (n, 2) to its column (n,). A menu lists them in the table's order.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.arrays import Array, frozen
from app.engine.choices import known, listed
from app.engine.points import DECIMALS


def _sine(x: Array) -> Array:
    sines: Array = np.sin(x, dtype=np.float64)
    return np.round(sines, DECIMALS)


FEATURES: Final[Mapping[str, Callable[[Array], Array]]] = MappingProxyType(
    {
        "x1": lambda x: x[:, 0],
        "x2": lambda x: x[:, 1],
        "x1^2": lambda x: x[:, 0] * x[:, 0],
        "x2^2": lambda x: x[:, 1] * x[:, 1],
        "x1*x2": lambda x: x[:, 0] * x[:, 1],
        "sin(x1)": lambda x: _sine(x[:, 0]),
        "sin(x2)": lambda x: _sine(x[:, 1]),
    }
)


def add_features(inputs: Array, features: Sequence[str]) -> Array:
    """Return the named columns (n, features) made of two inputs (n, 2), in the order asked for.

    Raises ValueError for other than two inputs, and for names that are unknown, repeated or none at all.
    """
    if inputs.ndim != 2 or inputs.shape[1] != 2:
        message = f"Features are made of two inputs, x1 and x2; these examples have {inputs.shape[-1]}."
        raise ValueError(message)
    if not features:
        message = f"Choose at least one feature: {listed(FEATURES)}."
        raise ValueError(message)
    if len(set(features)) != len(features):
        message = "Each feature can be chosen only once."
        raise ValueError(message)
    return frozen(np.stack([FEATURES[known(name, FEATURES, "feature")](inputs) for name in features], axis=1))
