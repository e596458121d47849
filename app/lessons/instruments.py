"""What a lesson can be about: the table `INSTRUMENTS`, with what each can be told and what it tells.

To add one, add a row, and the script that draws it in `static/js/lessons`. The facts are what predictions
and tasks ask about: the state of the instrument, never a button that says "done".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app import limits
from app.engine.optimizers import OPTIMIZERS
from app.engine.surfaces import SURFACES
from app.lessons.settings import Numbers, OneOf, Setting, Several


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument by name; its settings and its facts, each a number or one of some words."""

    name: str
    settings: Mapping[str, Setting]
    facts: Mapping[str, tuple[str, ...]]


# No words: a number.
_NUMBER: Final = ()

_ACTIVATIONS: Final = ("step", "relu", "sigmoid", "identity")

_ROWS: Final = (
    Instrument(
        "pixels",
        {"stages": OneOf("shown", "hidden")},
        {
            "says": ("dog", "nothing"),
            "ink": _NUMBER,
            "stamp": ("dog", "cat", "dust", "blank", "own"),
            "total": _NUMBER,
        },
    ),
    Instrument(
        "neuron",
        {"points": OneOf("groups", "xor"), "activation": OneOf(*_ACTIVATIONS)},
        {"right": _NUMBER, "z": _NUMBER, "a": _NUMBER, "bias": _NUMBER, "activation": _ACTIVATIONS},
    ),
    Instrument("network", {}, {"right": _NUMBER, "first": _NUMBER, "second": _NUMBER}),
    Instrument(
        "slope",
        {"surface": OneOf("two_valleys", "inflection", "parabola")},
        {
            "at": _NUMBER,
            "slope": _NUMBER,
            "nudge": _NUMBER,
            "kind": ("rising", "falling", "minimum", "maximum", "inflection"),
        },
    ),
    Instrument("losses", {"target": OneOf("0", "1")}, {"prediction": _NUMBER, "target": _NUMBER}),
    Instrument(
        "race",
        {
            "surface": OneOf(*SURFACES),
            "rates": Numbers(0.0, 1e6, limits.RUNS),
            "optimizers": Several(*OPTIMIZERS),
            "steps": Numbers(1.0, limits.WALK_STEPS, 1),
            "start": Numbers(-1e6, 1e6, 2),
            "shows": Several("rate", "start", "curve", "ledger"),
            "limit": OneOf("shown", "hidden"),
        },
        {
            "step": _NUMBER,
            "lowest": _NUMBER,
            "outcome": ("converged", "slow", "oscillating", "diverged"),
            "rate": _NUMBER,
            "start": _NUMBER,
            "at": _NUMBER,
            "value": _NUMBER,
            "jumps": _NUMBER,
        },
    ),
    Instrument(
        "expression",
        {"formula": OneOf("chain", "twice", "own")},
        {
            "step": _NUMBER,
            "forward": _NUMBER,
            "done": _NUMBER,
            "value": _NUMBER,
            "gradient": _NUMBER,
            "zero": _NUMBER,
            "meets": _NUMBER,
            "operations": _NUMBER,
            "shared": _NUMBER,
        },
    ),
)

INSTRUMENTS: Final[Mapping[str, Instrument]] = MappingProxyType({row.name: row for row in _ROWS})
