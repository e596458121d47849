"""What a lesson can be about: the table `INSTRUMENTS`, with what each can be told and what it tells.

To add one, add a row, and the script that draws it in `static/js/lessons`. The facts are what predictions
and tasks ask about: the state of the instrument, never a button that says "done".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument by name; its settings and its facts, each a number or one of some words.

    `controls` are those that a link can fix, by the end of their id in its script, with their labels.
    """

    name: str
    settings: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[str, ...]]
    controls: Mapping[str, str] = field(default_factory=dict)


# No words: a number.
_NUMBER: Final = ()

_ACTIVATIONS: Final = ("step", "relu", "sigmoid", "identity")

_ROWS: Final = (
    Instrument(
        "pixels",
        {"stages": ("shown", "hidden")},
        {
            "says": ("dog", "nothing"),
            "ink": _NUMBER,
            "stamp": ("dog", "cat", "dust", "blank", "own"),
            "total": _NUMBER,
        },
    ),
    Instrument(
        "neuron",
        {"points": ("groups", "xor"), "activation": _ACTIVATIONS},
        {"right": _NUMBER, "z": _NUMBER, "a": _NUMBER, "bias": _NUMBER, "activation": _ACTIVATIONS},
        {"w1": "weight w₁", "w2": "weight w₂", "b": "bias b", "activation": "activation"},
    ),
    Instrument(
        "network",
        {},
        {"right": _NUMBER, "first": _NUMBER, "second": _NUMBER},
        {"w1": "weight w₁", "w2": "weight w₂", "b": "bias b"},
    ),
    Instrument(
        "slope",
        {"surface": ("two_valleys", "inflection", "parabola")},
        {
            "at": _NUMBER,
            "slope": _NUMBER,
            "nudge": _NUMBER,
            "kind": ("rising", "falling", "minimum", "maximum", "inflection"),
        },
        {"at": "weight w", "nudge": "nudge h"},
    ),
    Instrument(
        "losses",
        {"target": ("0", "1")},
        {"prediction": _NUMBER, "target": _NUMBER},
        {"prediction": "The network says"},
    ),
)

INSTRUMENTS: Final[Mapping[str, Instrument]] = MappingProxyType({row.name: row for row in _ROWS})
