"""How well a network does on a set of examples: the loss, how many it gets right, and what it takes for what.

With one output an answer is the side of the middle between the two targets it lies on; with several outputs,
one a class, it is the largest of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array
from app.engine.losses import LOSSES
from app.engine.network import Network, Objective, Parameters, batch_loss, forward
from app.engine.training import Examples

Classes = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """How a network does on `count` examples.

    `confusion[i][j]` counts the examples of class i that were answered as class j; `right` is its diagonal.
    Those three are None where there are no classes, or where an output is no number and so no answer.
    `outputs`, shape (examples, outputs), are the network's own, where they were asked for.
    """

    loss: float
    count: int
    right: int | None
    accuracy: float | None
    confusion: NDArray[np.int64] | None
    outputs: Array | None


def middle_of(loss: str) -> float:
    """Return the middle between the two targets that the loss compares one output with."""
    return 0.0 if LOSSES[loss].targets == "minus_one_one" else 0.5


def classes_of(outputs: Array, loss: str) -> Classes:
    """Return the class each row of outputs (or of targets), shape (examples, outputs), stands for."""
    classes: Classes
    if outputs.shape[1] == 1:
        classes = (outputs[:, 0] > middle_of(loss)).astype(np.intp)
    else:
        classes = np.argmax(outputs, axis=1)
    return classes


def confusion_of(outputs: Array, targets: Array, loss: str) -> NDArray[np.int64]:
    """Return how many examples of each class (row) were answered as each class (column)."""
    classes = max(2, targets.shape[1])
    pairs = classes_of(targets, loss) * classes + classes_of(outputs, loss)
    counts: NDArray[np.int64] = np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
    return counts


def measures_of(
    outputs: Array,
    targets: Array,
    loss_value: float,
    objective: Objective,
    *,
    has_classes: bool,
    keeps_outputs: bool = False,
) -> Measures:
    """Return the measures of a network's outputs, whose loss is already known."""
    count = targets.shape[0]
    confusion = None
    right = None
    if has_classes and not np.isnan(outputs).any():
        confusion = confusion_of(outputs, targets, objective.loss)
        right = int(np.trace(confusion))
    accuracy = None if right is None else right / count
    return Measures(loss_value, count, right, accuracy, confusion, outputs if keeps_outputs else None)


def measure(
    network: Network,
    parameters: Parameters,
    examples: Examples,
    objective: Objective,
    *,
    has_classes: bool,
    keeps_outputs: bool = False,
) -> Measures:
    """Send the examples through the network and return how it does."""
    last = forward(network, parameters, examples.inputs)[-1]
    loss = batch_loss(network, parameters, last, examples.targets, objective).loss
    return measures_of(
        last.a, examples.targets, loss, objective, has_classes=has_classes, keeps_outputs=keeps_outputs
    )
