"""The features: columns made of two inputs x1 and x2, so that one neuron can do what else takes a layer.

To add one, add its row to `FEATURES`: the name as it is written in mathematics, which input it is made of and,
for a product, which it is multiplied with. A menu lists them in the table's order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from app.engine.arrays import Array, frozen
from app.engine.choices import known
from app.engine.points import DECIMALS
from app.engine.sentences import counted, listed, said


def _sine(x: Array) -> Array:
    sines: Array = np.sin(x, dtype=np.float64)
    return np.round(sines, DECIMALS)


def _unchanged(x: Array) -> Array:
    return x


@dataclass(frozen=True, slots=True)
class Feature:
    """A column f(x), x being input `source` (0 or 1), times input `times` (None: times 1)."""

    name: str
    source: int
    times: int | None = None
    function: Callable[[Array], Array] = _unchanged

    def column(self, inputs: Array) -> Array:
        """Return the column (n,) made of inputs (n, 2)."""
        made = self.function(inputs[:, self.source])
        return made if self.times is None else made * inputs[:, self.times]


_ROWS: Final = (
    Feature("x1", 0),
    Feature("x2", 1),
    Feature("x1^2", 0, 0),
    Feature("x2^2", 1, 1),
    Feature("x1*x2", 0, 1),
    Feature("sin(x1)", 0, function=_sine),
    Feature("sin(x2)", 1, function=_sine),
)

FEATURES: Final[Mapping[str, Feature]] = MappingProxyType({row.name: row for row in _ROWS})


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Which `features` the inputs of a network are, and the `raw` inputs (n, 2) they were made of."""

    features: tuple[str, ...]
    raw: Array


def add_features(inputs: Array, features: Sequence[str]) -> Array:
    """Return the named columns (n, features) made of two inputs (n, 2), in the order asked for.

    Raises ValueError for other than two inputs, and for names that are unknown, repeated or none at all.
    """
    if inputs.ndim != 2 or inputs.shape[1] != 2:
        message = counted(
            "Features are made of two inputs, x1 and x2; these examples have {count}.",
            "Features are made of two inputs, x1 and x2; these examples have {count}.",
            inputs.shape[-1],
        )
        raise ValueError(message)
    if not features:
        message = said("Choose at least one feature: {names}.", names=listed(FEATURES))
        raise ValueError(message)
    if len(set(features)) != len(features):
        message = said("Each feature can be chosen only once.")
        raise ValueError(message)
    columns = [FEATURES[known(name, FEATURES, said("feature"))].column(inputs) for name in features]
    return frozen(np.stack(columns, axis=1))
