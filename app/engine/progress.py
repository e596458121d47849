"""Whether a network as a whole still learns: between which two losses it stands, and whether the ground is flat.

Two losses are bounds to judge by. `least` is the lowest that any answers could have: each example its own best
answer, or one best answer for examples with the same inputs. `constant` is the lowest with one and the same answer
for all examples: what a network reaches that does not look at its inputs. Both take only answers that the last
activation can give. "left" below is how far the loss is above `least`.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from app.engine.activations import ACTIVATIONS
from app.engine.arrays import Array
from app.engine.losses import LOSSES
from app.engine.network import LayerBackward, LayerParameters, Network, Objective, divisor
from app.engine.pause import look_up

NetworkState = Literal["learnt", "plateau", "still"]

# Below this relative gradient (see `relative_gradient`) a layer may move its weights by their own size, and less
# than a hundredth of what is left of the loss is gained. Networks that learn are between 0.05 and 10.
FLAT_GRADIENT: Final = 1e-2
# Whoever is this near to one answer for all, as a share of the way from it to `least`, has learnt nothing yet.
NOTHING_LEARNT: Final = 1e-2
# And who has only this share of that way before them has learnt all.
ALL_LEARNT: Final = 1e-2

# Halvings of the interval in which the best answer lies: then it is known to the last bit.
HALVINGS: Final = 80
# Losses this near each other, as a share of the larger, differ by rounding only.
_ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest data loss there could be, and the lowest with one answer for all examples."""

    least: float
    constant: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Targets that the output can never give: `count` of `total` numbers lie beyond `lowest` … `highest`.

    `farthest` is the one that lies farthest beyond. Where the outputs of an example must add up to 1, as those of
    softmax, the numbers of examples whose targets do not are counted, too, and `farthest` may be their sum.
    """

    count: int
    total: int
    lowest: float
    highest: float
    farthest: float


@dataclass(frozen=True, slots=True)
class NetworkHealth:
    """How the network as a whole stands; `state` None: it learns, or its numbers no longer fit.

    "learnt": next to nothing is left of the loss. "plateau": all gradients are next to nothing and the answers no
    better than one for all. "still": all gradients are next to nothing; at the lowest place or on a plateau, which
    the gradients cannot tell.
    """

    state: NetworkState | None
    data_loss: float
    least_loss: float
    constant_loss: float
    unreachable: Unreachable | None


def bounds_of(network: Network, inputs: Array, targets: Array, objective: Objective) -> Bounds:
    """Return the two bounds for these examples; the penalty is not in them."""
    own = targets
    _, group, counts = np.unique(inputs, axis=0, return_inverse=True, return_counts=True)
    if counts.size < inputs.shape[0]:
        own = targets.copy()
        # The rows of each group together, in their order; of a row that stands alone its target is the best answer.
        together = np.split(np.argsort(group.ravel(), kind="stable"), np.cumsum(counts)[:-1])
        for members in together:
            if members.size > 1:
                look_up()
                own[members] = best_answer(targets[members], objective.loss)
    constant = np.broadcast_to(best_answer(targets, objective.loss), targets.shape)
    least, most = (_data_loss(_within(network, answers), targets, objective) for answers in (own, constant))
    return Bounds(least, most)


def best_answer(targets: Array, loss: str) -> Array:
    """Return the one answer, shape (outputs,), for which the loss of all `targets` (examples, outputs) is lowest.

    Losses are convex in the answer, so its derivative is halved in on. Where answers are shares of one whole the
    mean is best: no share can grow alone.
    """
    if LOSSES[loss].targets == "one_hot":
        mean: Array = targets.mean(axis=0)
        return mean
    low, high = targets.min(axis=0), targets.max(axis=0)
    with np.errstate(all="ignore"):
        for _ in range(HALVINGS):
            if (low == high).all():
                break
            middle = 0.5 * low + 0.5 * high
            rises = LOSSES[loss].derivative(np.broadcast_to(middle, targets.shape), targets).sum(axis=0) > 0.0
            low, high = np.where(rises, low, middle), np.where(rises, middle, high)
    best: Array = 0.5 * low + 0.5 * high
    return best


def _within(network: Network, answers: Array) -> Array:
    row = ACTIVATIONS[network.layers[-1].activation]
    return np.clip(answers, row.lowest, row.highest)


def _data_loss(answers: Array, targets: Array, objective: Objective) -> float:
    with np.errstate(all="ignore"):
        return float(LOSSES[objective.loss].parts(answers, targets).sum()) / divisor(targets, objective)


def unreachable(network: Network, targets: Array) -> Unreachable | None:
    """Return what of the targets lies beyond the output's range, or None where all of it can be given."""
    row = ACTIVATIONS[network.layers[-1].activation]
    beyond = np.maximum(row.lowest - targets, targets - row.highest)
    # Targets on the edge of the range, where rounding has put them just beyond it, are within it.
    is_beyond = beyond > _ROUNDING * np.maximum(1.0, np.abs(targets))
    far = targets
    if row.jacobian_product is not None:
        sums = targets.sum(axis=1, keepdims=True)
        is_off = np.abs(sums - 1.0) > 1e-6
        if not is_beyond.any():
            far, beyond = sums, np.abs(sums - 1.0)
        is_beyond = is_beyond | is_off
    if not is_beyond.any():
        return None
    farthest = float(far.ravel()[np.argmax(beyond)])
    return Unreachable(int(is_beyond.sum()), targets.size, row.lowest, row.highest, farthest)


def relative_gradient(own: LayerParameters, back: LayerBackward, left: float, *, trains_bias: bool) -> float:
    """Return by which share of what is `left` of the loss a layer could lower it, to first order.

    ‖∂L/∂θ‖ · s / left, where θ are the layer's trained numbers, and s is how far they are moved, straight downhill:
    as far as they are from 0, ‖θ‖, and at least √units, the usual size of a layer's first weights.
    """
    biases = (own.biases, back.db) if trains_bias else (np.zeros(0), np.zeros(0))
    size = max(_norm(own.weights, biases[0]), float(np.sqrt(own.biases.size)))
    return _share(_norm(back.dW, biases[1]) * size, left)


def straight_gradient(came_back: tuple[LayerBackward, ...], inputs: Array, left: float) -> float:
    """Return the relative gradient of a connection straight from inputs to outputs, were there one, all of it 0."""
    delta = came_back[-1].delta
    return _share(_norm(delta.T @ inputs, np.add.reduce(delta, axis=0)) * float(np.sqrt(delta.shape[1])), left)


def _norm(*arrays: Array) -> float:
    return float(np.sqrt(sum(np.vdot(array, array) for array in arrays)))


def _share(gain: float, left: float) -> float:
    # Where nothing is left there is no share of it to be lowered.
    return gain / left if left > 0.0 else float("inf")


@dataclass(frozen=True, slots=True)
class Ground:
    """What `state_of` judges by: bounds, data loss, every layer's relative gradient, and the straight one."""

    bounds: Bounds
    data_loss: float
    relative: tuple[float, ...]
    straight: float


def state_of(network: Network, objective: Objective, ground: Ground) -> NetworkState | None:
    """Return how the network stands."""
    bounds = ground.bounds
    whole, left = bounds.constant - bounds.least, ground.data_loss - bounds.least
    if not np.isfinite([whole, left]).all() or np.isnan(ground.relative).any():
        return None
    if left <= max(ALL_LEARNT * whole, _ROUNDING * abs(ground.data_loss)):
        return "learnt"
    if max(ground.relative) >= FLAT_GRADIENT:
        return None
    is_stuck = left >= (1.0 - NOTHING_LEARNT) * whole and not _may_do_no_more(network, objective, ground)
    return "plateau" if is_stuck else "still"


def _may_do_no_more(network: Network, objective: Objective, ground: Ground) -> bool:
    """Whether one answer for all may be the best there is: a penalty may hold it there, or its being linear."""
    if objective.l1 or objective.l2:
        return True
    is_linear = all(layer.activation == "identity" for layer in network.layers[:-1])
    return is_linear and ground.straight < FLAT_GRADIENT
