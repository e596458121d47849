"""How steep a function of one variable is somewhere: its derivative, and the secant that comes near to it."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from app.engine.surface import Surface

Kind = Literal["rising", "falling", "minimum", "maximum", "inflection"]

# What is flatter than this counts as flat, and what bends less as straight: as near as one gets by hand.
_FLAT: Final = 0.08
_STRAIGHT: Final = 0.99


@dataclass(frozen=True, slots=True)
class Tangent:
    """Value, slope and bend (first and second derivative) at a place, and the secant to a place nearby.

    `kind` says whether it rises or falls there, or which of the three kinds of flat place it is.
    """

    value: float
    slope: float
    bend: float
    nudged_value: float
    secant: float
    kind: Kind


def tangent(surface: Surface, at: float, nudge: float) -> Tangent:
    """Return how steep a surface of one variable is at a place; the secant goes to `at + nudge`, nudge not 0."""
    with np.errstate(all="ignore"):
        place = np.array([[at]])
        value, nudged = (float(surface.function(x)[0]) for x in (place, place + nudge))
        slope = float(surface.gradient(place)[0, 0])
        bend = float(surface.hessian(place)[0, 0, 0])
    return Tangent(value, slope, bend, nudged, (nudged - value) / nudge, _kind(slope, bend))


def _kind(slope: float, bend: float) -> Kind:
    if not abs(slope) <= _FLAT:
        return "rising" if slope > 0.0 else "falling"
    if abs(bend) <= _STRAIGHT:
        return "inflection"
    return "minimum" if bend > 0.0 else "maximum"
