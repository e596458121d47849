"""Whether a gradient agrees with nudging, and if not, why: the judgement that stands beside every gradient check.

The slope that nudging finds is off for four reasons, and each leaves its own trace as the nudge becomes smaller.
Rounding grows, and is known beforehand from what was summed. A smooth bend goes away. At a corner the slopes to
both sides stay apart as they are. At a jump they grow without end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array
from app.engine.losses import FUSED, LOSSES
from app.engine.network import (
    Network,
    Objective,
    Parameters,
    backward,
    batch_loss,
    divisor,
    forward,
)
from app.engine.pause import look_up
from app.engine.training import Examples

Verdict = Literal["agrees", "corner", "jump", "bent", "hidden_corner", "differs", "overflow"]

# Two slopes this near each other, as a share of the larger, are one slope.
SAME: Final = 1e-5
# Units in the last place that one operation may be off by: the functions of a library are not exact.
_OPERATION: Final = 4.0
# Pairs of nudges, as shares of the one that is judged, at which the slopes to both sides are compared; the first
# pair is taken at whose smaller nudge rounding would leave enough of a corner to be seen.
_PAIRS: Final = ((0.01, 1.0), (0.1, 1.0), (1.0, 10.0))
# Beside a corner by less than this nothing of it is seen.
_BESIDE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Comparison:
    """A gradient beside the slopes that a nudge finds: `left` and `right` one way, `numerical` both ways.

    `closer` is found with a hundredth of the nudge. `rounding` is what `numerical` may be wrong by for rounding
    alone. `verdict`: "agrees", but for rounding and a
    bend of the loss; "bent": with a smaller nudge they agree; "corner" or "jump" of the loss at this very place;
    "hidden_corner": functions on the way stand at corners that cancel in the loss; "differs": none of these.
    """

    gradient: float
    numerical: float
    left: float
    right: float
    closer: float
    rounding: float
    verdict: Verdict


def rounding_of_loss(network: Network, parameters: Parameters, examples: Examples, objective: Objective) -> float:
    """Return what the loss of a batch may be wrong by for rounding, to first order.

    Each z is off by a few units in the last place of what it sums, each a by a few of its own; both act on the loss
    by their derivatives, ∂L/∂z and ∂L/∂a (Higham, Accuracy and Stability of Numerical Algorithms, chapter 3).
    """
    passed = forward(network, parameters, examples.inputs)
    loss = batch_loss(network, parameters, passed[-1], examples.targets, objective)
    came_back = backward(network, parameters, passed, examples.targets, objective)
    terms = float(np.add.reduce(np.abs(loss.parts), axis=None)) / divisor(loss.parts, objective) + abs(loss.penalty)
    total: float = (_OPERATION + loss.parts.shape[1]) * terms
    is_fused = (network.layers[-1].activation, objective.loss) in FUSED
    for index, (own, there, back) in enumerate(zip(parameters, passed, came_back, strict=True)):
        look_up()
        sums = np.abs(there.x) @ np.abs(own.weights).T + np.abs(own.biases)
        total += (own.weights.shape[1] + 2) * float(np.vdot(np.abs(back.delta), sums))
        if not (is_fused and index == len(passed) - 1):
            total += _OPERATION * float(np.vdot(np.abs(back.da), np.abs(there.a)))
    rounding: float = float(np.finfo(float).eps) / 2 * total
    return rounding


def compare(
    loss_at: Callable[[float], float], gradient: float, nudge: float, noise: float, *, is_at_corner: bool = False
) -> Comparison:
    """Judge a gradient by the loss at the parameter moved by any amount, `loss_at(amount)`.

    `noise` is what one loss may be wrong by for rounding; `is_at_corner` says that some function on the way stands
    at a corner.
    """
    here = loss_at(0.0)

    def slopes(h: float) -> Slopes:
        up, down = loss_at(h), loss_at(-h)
        return Slopes(h, (here - down) / h, (up - here) / h, (up - down) / (2.0 * h), noise)

    own, closer = slopes(nudge), slopes(0.01 * nudge)
    if not np.isfinite([gradient, own.both, own.bend, closer.bend]).all():
        verdict: Verdict = "overflow"
    else:
        verdict = _kink(slopes, own) or _smooth(slopes, own, closer, gradient)
        if verdict == "differs" and is_at_corner:
            verdict = "hidden_corner"
    return Comparison(gradient, own.both, own.left, own.right, closer.both, own.rounding, verdict)


@dataclass(frozen=True, slots=True)
class Slopes:
    """The slopes found with the nudge `h`, to the `left`, to the `right` and `both` ways."""

    h: float
    left: float
    right: float
    both: float
    noise: float

    @property
    def bend(self) -> float:
        """How far the slopes to both sides are apart."""
        return abs(self.right - self.left)

    @property
    def rounding(self) -> float:
        """What `both` may be wrong by for rounding; `bend` by four times as much."""
        return self.noise / self.h


def _kink(slopes: Callable[[float], Slopes], own: Slopes) -> Verdict | None:
    """Say whether the slopes to both sides stay apart as the nudge becomes smaller, and how.

    Of a smooth loss they come together as the nudge becomes smaller, in proportion; at a corner they stay as they
    are, at a jump they part, in proportion. The bounds lie halfway between, on a logarithmic scale.
    """
    pairs = ((slopes(small * own.h), slopes(large * own.h)) for small, large in _PAIRS)
    seen = (pair for pair in pairs if 8.0 * pair[0].rounding < own.bend)
    near, far = next(seen, (own, own))
    half = float(np.sqrt(far.h / near.h))
    if near.bend <= 4.0 * near.rounding or near.bend * half <= far.bend:
        return None
    return "jump" if near.bend > far.bend * half else "corner"


def _smooth(slopes: Callable[[float], Slopes], own: Slopes, closer: Slopes, gradient: float) -> Verdict:
    apart, size = abs(gradient - own.both), max(abs(gradient), abs(own.both))
    # The error of a smooth loss goes with the square of the nudge: ten times the nudge has 99 times more of it.
    bending = abs(slopes(10.0 * own.h).both - own.both) / 99.0
    if apart <= SAME * size + own.rounding + 2.0 * bending:
        return "agrees"
    near = abs(gradient - closer.both)
    return "bent" if near <= max(SAME * size, 0.1 * apart) and closer.rounding < apart else "differs"


def is_at_corner(network: Network, parameters: Parameters, examples: Examples, objective: Objective) -> bool:
    """Whether a function on the way to the loss stands where its slope is another to the left than to the right."""
    passed = forward(network, parameters, examples.inputs)
    for layer, there in zip(network.layers, passed, strict=True):
        look_up()
        row = ACTIVATIONS[layer.activation]
        sides = [row.derivative(there.z + by, row.function(there.z + by)) for by in (-_BESIDE, _BESIDE)]
        if row.jacobian_product is None and _differ(*sides):
            return True
    if objective.l1 and any(bool((own.weights == 0.0).any()) for own in parameters):
        return True
    if (network.layers[-1].activation, objective.loss) in FUSED:
        return False
    derivative = LOSSES[objective.loss].derivative
    return _differ(*(derivative(passed[-1].a + by, examples.targets) for by in (-_BESIDE, _BESIDE)))


def _differ(one: Array, other: Array) -> bool:
    size = np.maximum(np.abs(one), np.abs(other))
    return bool((np.abs(one - other) > 1e-3 * size).any())
