"""The losses, the table `LOSSES`, and the pairs fused for numerical safety, the table `FUSED`.

To add a loss, add a row: the loss of each example, its derivative with respect to the prediction, and the
form its targets take. The gradient tests cover the new row with every activation.

A loss gives one number an example; `reduction` says how a batch makes one number of them, their mean or sum.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from app.engine.activations import ACTIVATIONS, Shares, shares
from app.engine.arrays import Array
from app.engine.sentences import Sentence, said

_sigmoid: Final = ACTIVATIONS["sigmoid"].function

Reduction = Literal["mean", "sum"]
Targets = Literal["zero_one", "minus_one_one", "one_hot"]


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss of predictions ŷ and targets y, both of shape (examples, outputs).

    `parts(ŷ, y)` is what each output adds to its example's loss, of ŷ's shape: the row sums are the losses of
    the examples. `derivative(ŷ, y)` is the derivative of an example's loss by each of its ŷ, of ŷ's shape.
    `second_derivative(ŷ, y)` is the derivative of that by the same ŷ, 0 at a corner: no output bends another's
    part. `targets` says what the targets of classes look like, `lowest` and `highest` for which ŷ it is defined.
    """

    name: str
    label: str
    parts: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array], Array]
    second_derivative: Callable[[Array, Array], Array]
    targets: Targets = "zero_one"
    task: Literal["any", "classification"] = "any"
    lowest: float = -inf
    highest: float = inf


@dataclass(frozen=True, slots=True)
class FusedLoss:
    """A last activation and a loss computed together, from z, where the product of both would overflow.

    `parts(z, y)` and `delta(z, a, y)` (∂ of one example's loss by z) are equal to what the two rows give one
    after the other wherever those are finite; a test proves it. `tangent(a_dot, y)` is how delta changes when a
    changes by `a_dot`; without it, the product rule on the two rows says so. `is_difference` says that δ is the
    difference a − y, which is then shown as one operation; any other pair is shown as the product it equals.
    """

    activation: str
    loss: str
    parts: Callable[[Array, Array], Array]
    delta: Callable[[Array, Array, Array], Array]
    tangent: Callable[[Array, Array], Array] | None = None
    is_difference: bool = False


def _outputs(predictions: Array) -> int:
    return int(predictions.shape[1])


def _squared(predictions: Array, targets: Array) -> Array:
    difference = predictions - targets
    # Divided before it is squared: the square alone may overflow.
    return difference * (difference / _outputs(predictions))


def _squared_derivative(predictions: Array, targets: Array) -> Array:
    return (predictions - targets) * (2.0 / _outputs(predictions))


def _squared_second(predictions: Array, _targets: Array) -> Array:
    return np.full_like(predictions, 2.0 / _outputs(predictions))


def _half_squared(predictions: Array, targets: Array) -> Array:
    difference = predictions - targets
    return 0.5 * difference * difference  # halved first: the square alone may overflow


def _half_squared_derivative(predictions: Array, targets: Array) -> Array:
    return predictions - targets


def _half_squared_second(predictions: Array, _targets: Array) -> Array:
    return np.ones_like(predictions)


def _straight_second(predictions: Array, _targets: Array) -> Array:
    return np.zeros_like(predictions)


def _absolute(predictions: Array, targets: Array) -> Array:
    return np.abs(predictions - targets) / _outputs(predictions)


def _absolute_derivative(predictions: Array, targets: Array) -> Array:
    return np.sign(predictions - targets) / _outputs(predictions)


def _huber(predictions: Array, targets: Array) -> Array:
    size = np.abs(predictions - targets)
    small = np.minimum(size, 1.0)
    # ½d² up to 1, then the straight line that continues it: d − ½.
    parts: Array = (0.5 * small * small + (size - small)) / _outputs(predictions)
    return parts


def _huber_derivative(predictions: Array, targets: Array) -> Array:
    return np.clip(predictions - targets, -1.0, 1.0) / _outputs(predictions)


def _huber_second(predictions: Array, targets: Array) -> Array:
    return np.where(np.abs(predictions - targets) < 1.0, 1.0, 0.0) / _outputs(predictions)


def _hinge(predictions: Array, targets: Array) -> Array:
    return np.maximum(0.0, 1.0 - targets * predictions) / _outputs(predictions)


def _hinge_derivative(predictions: Array, targets: Array) -> Array:
    return np.where(targets * predictions < 1.0, -targets, 0.0) / _outputs(predictions)


def _times_log(weights: Array, values: Array) -> Array:
    """Return weights · log(values), where a weight of 0 silences the infinite logarithm of 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weights == 0.0, 0.0, weights * np.log(values))


def _times_log_of_rest(weights: Array, values: Array) -> Array:
    """Return weights · log(1 − values), as `_times_log` does, with all digits where a value is near 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weights == 0.0, 0.0, weights * np.log1p(-values))


def _divided(weights: Array, values: Array) -> Array:
    """Return weights / values, where a weight of 0 gives 0 whatever it is divided by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weights == 0.0, 0.0, weights / values)


def _binary_cross_entropy(predictions: Array, targets: Array) -> Array:
    logs = _times_log(targets, predictions) + _times_log_of_rest(1.0 - targets, predictions)
    return -logs / _outputs(predictions)


def _binary_cross_entropy_derivative(predictions: Array, targets: Array) -> Array:
    quotients = _divided(1.0 - targets, 1.0 - predictions) - _divided(targets, predictions)
    return quotients / _outputs(predictions)


def _binary_cross_entropy_second(predictions: Array, targets: Array) -> Array:
    misses, hits = 1.0 - predictions, predictions
    # Divided twice: the square alone may underflow.
    quotients = _divided(_divided(1.0 - targets, misses), misses) + _divided(_divided(targets, hits), hits)
    return quotients / _outputs(predictions)


def _cross_entropy(predictions: Array, targets: Array) -> Array:
    return -_times_log(targets, predictions)


def _cross_entropy_derivative(predictions: Array, targets: Array) -> Array:
    return -_divided(targets, predictions)


def _cross_entropy_second(predictions: Array, targets: Array) -> Array:
    return _divided(_divided(targets, predictions), predictions)


def _log_one_plus(exponents: Array) -> Array:
    """Return log(1 + eᶻ) less max(z, 0): all that is left of the loss where the prediction is right."""
    tails: Array = np.log1p(np.exp(np.minimum(exponents, -exponents)))
    return tails


def _sigmoid_binary_cross_entropy(z: Array, targets: Array) -> Array:
    # −y log σ(z) − (1 − y) log σ(−z) = log(1 + eᶻ) − yz, the logarithm split so that its small part is added last.
    return (np.maximum(z, 0.0) - targets * z + _log_one_plus(z)) / _outputs(z)


def _sigmoid_binary_cross_entropy_delta(z: Array, a: Array, targets: Array) -> Array:
    # (1 − y) σ(z) − y σ(−z), which is a − y and keeps its digits where a is near 1.
    return ((1.0 - targets) * a - targets * _sigmoid(-z)) / _outputs(a)


def _sigmoid_binary_cross_entropy_tangent(a_dot: Array, _targets: Array) -> Array:
    return a_dot / _outputs(a_dot)


def _sigmoid_cross_entropy(z: Array, targets: Array) -> Array:
    # −y log σ(z) = y log(1 + e^−z).
    return targets * (np.maximum(-z, 0.0) + _log_one_plus(z))


def _sigmoid_cross_entropy_delta(z: Array, _a: Array, targets: Array) -> Array:
    return -targets * _sigmoid(-z)


def _sigmoid_cross_entropy_tangent(a_dot: Array, targets: Array) -> Array:
    return targets * a_dot


def _softmax_cross_entropy(z: Array, targets: Array) -> Array:
    made = shares(z)
    parts: Array = targets * (np.log1p(made.rest) - made.shifted)
    return parts


def _softmax_cross_entropy_delta(z: Array, a: Array, targets: Array) -> Array:
    # a Σy − y, with 1 − a for what y takes of it. The targets of an example sum to 1 but for rounding; written
    # out, the theorem holds for any sum.
    others = np.add.reduce(targets, axis=1, keepdims=True) - targets
    delta: Array = a * others - targets * shares(z).complement()
    return delta


def _softmax_cross_entropy_tangent(a_dot: Array, targets: Array) -> Array:
    tangent: Array = a_dot * targets.sum(axis=1, keepdims=True)
    return tangent


def _without_top(made: Shares) -> Shares:
    """Return the shares of all units but the largest, which keeps a share of 0."""
    shifted = made.shifted.copy()
    shifted.reshape(-1)[made.top] = -np.inf
    return shares(shifted)


def _softmax_binary_cross_entropy(z: Array, targets: Array) -> Array:
    # log a and log(1 − a) from z. Of the largest unit, 1 − a is the rest, which may underflow: its logarithm is
    # the second largest exponent and the logarithm of what the others are beside it.
    made = shares(z)
    log_total = np.log1p(made.rest)
    logs = made.shifted - log_total
    with np.errstate(divide="ignore"):
        logs_of_rest = np.log1p(-made.exponentials / made.total)
    if z.shape[1] > 1:
        below = _without_top(made)
        second = made.shifted.reshape(-1)[below.top] + np.log1p(below.rest[:, 0])
        logs_of_rest.reshape(-1)[made.top] = second - log_total[:, 0]
    else:
        logs_of_rest[:] = -np.inf
    return -(_weighed(targets, logs) + _weighed(1.0 - targets, logs_of_rest)) / _outputs(z)


def _weighed(weights: Array, logs: Array) -> Array:
    """Return weights · logs, where a weight of 0 silences −infinity."""
    with np.errstate(invalid="ignore"):
        return np.where(weights == 0.0, 0.0, weights * logs)


def _softmax_binary_cross_entropy_delta(z: Array, a: Array, targets: Array) -> Array:
    # δⱼ = (1 − yⱼ) aⱼ − yⱼ (1 − aⱼ) + Σₖ≠ⱼ [yₖ aⱼ − (1 − yₖ) aₖ aⱼ / (1 − aₖ)]. For the largest k, aⱼ / (1 − aₖ) is
    # the share of j among all but k; any other 1 − aₖ is at least a half.
    if z.shape[1] == 1:
        return np.zeros_like(z)  # one unit alone always has all
    made = shares(z)
    others = made.complement()
    missed = np.ascontiguousarray((1.0 - targets) * a)
    below = _without_top(made)
    beside = below.exponentials / below.total
    beside.reshape(-1)[made.top] = 0.0
    from_top = missed.reshape(-1)[made.top][:, None] * beside
    missed_below = missed.copy()
    missed_below.reshape(-1)[made.top] = 0.0
    small = _divided(missed_below, others)
    hits = np.add.reduce(targets, axis=1, keepdims=True) - targets
    misses = np.add.reduce(small, axis=1, keepdims=True) - small
    delta: Array = missed - targets * others + a * hits - a * misses - from_top
    return delta / _outputs(z)


_ROWS: Final = (
    Loss("mean_squared_error", "Mean squared error", _squared, _squared_derivative, _squared_second),
    Loss("half_squared_error", "Half squared error", _half_squared, _half_squared_derivative, _half_squared_second),
    Loss("mean_absolute_error", "Mean absolute error", _absolute, _absolute_derivative, _straight_second),
    Loss("huber", "Huber", _huber, _huber_derivative, _huber_second),
    Loss(
        "hinge",
        "Hinge",
        _hinge,
        _hinge_derivative,
        _straight_second,
        targets="minus_one_one",
        task="classification",
    ),
    Loss(
        "binary_cross_entropy",
        "Binary cross-entropy",
        _binary_cross_entropy,
        _binary_cross_entropy_derivative,
        _binary_cross_entropy_second,
        task="classification",
        lowest=0.0,
        highest=1.0,
    ),
    Loss(
        "cross_entropy",
        "Cross-entropy",
        _cross_entropy,
        _cross_entropy_derivative,
        _cross_entropy_second,
        targets="one_hot",
        task="classification",
        lowest=0.0,
        highest=1.0,
    ),
)

LOSSES: Final[Mapping[str, Loss]] = MappingProxyType({row.name: row for row in _ROWS})

# Every smooth last activation whose values stay between 0 and 1, with each loss that takes a logarithm of them. A
# step needs no row: its loss is 0 or infinite.
_FUSED_ROWS: Final = (
    FusedLoss(
        "sigmoid",
        "binary_cross_entropy",
        _sigmoid_binary_cross_entropy,
        _sigmoid_binary_cross_entropy_delta,
        _sigmoid_binary_cross_entropy_tangent,
        is_difference=True,
    ),
    FusedLoss(
        "softmax",
        "cross_entropy",
        _softmax_cross_entropy,
        _softmax_cross_entropy_delta,
        _softmax_cross_entropy_tangent,
        is_difference=True,
    ),
    FusedLoss(
        "sigmoid",
        "cross_entropy",
        _sigmoid_cross_entropy,
        _sigmoid_cross_entropy_delta,
        _sigmoid_cross_entropy_tangent,
    ),
    FusedLoss(
        "softmax",
        "binary_cross_entropy",
        _softmax_binary_cross_entropy,
        _softmax_binary_cross_entropy_delta,
    ),
)

FUSED: Final[Mapping[tuple[str, str], FusedLoss]] = MappingProxyType(
    {(row.activation, row.loss): row for row in _FUSED_ROWS}
)


def is_defined_for(loss: str, activation: str) -> bool:
    """Return whether a loss is defined for every value that an activation of the last layer can have."""
    row, output = LOSSES[loss], ACTIVATIONS[activation]
    return row.lowest <= output.lowest and output.highest <= row.highest


def outputs_defined_for(loss: str) -> list[str]:
    """Return the activations that the last layer can have with a loss."""
    return [name for name in ACTIVATIONS if is_defined_for(loss, name)]


def targets_problem(loss: str, targets: Array) -> Sentence | None:
    """Return why `targets` do not fit the loss, as a sentence, or None if they do."""
    if loss == "binary_cross_entropy" and not ((targets >= 0.0) & (targets <= 1.0)).all():
        return said('The loss "binary_cross_entropy" needs targets between 0 and 1.')
    if loss == "hinge" and not (np.abs(targets) == 1.0).all():
        return said('The loss "hinge" needs targets of −1 or 1.')
    if loss == "cross_entropy" and not (
        (targets >= 0.0).all() and np.allclose(targets.sum(axis=1), 1.0, rtol=0.0, atol=1e-6)
    ):
        return said(
            'The loss "cross_entropy" needs targets that are shares of one whole: none negative, '
            "each row adding up to 1."
        )
    return None


def shown_fused(activation: str, loss: str) -> bool:
    """Return whether δ of the last layer is one operation, a − y, rather than a product of two."""
    row = FUSED.get((activation, loss))
    return row is not None and row.is_difference
