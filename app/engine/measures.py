"""How well a network does on a set of examples: the loss, how many it gets right, and what it takes for what.

With one output an answer is the side of the middle between the two targets it lies on; with several outputs,
one a class, it is the largest of them. What lies within rounding of the middle, or of another largest, is no
answer: it is undecided.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.engine.arrays import Array
from app.engine.losses import LOSSES
from app.engine.network import Network, Objective, Parameters, batch_loss, forward
from app.engine.rounding import rounding_of
from app.engine.training import Examples

Classes = NDArray[np.intp]

# Stands for the class of an answer that is none.
UNDECIDED: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """How a network does on `count` examples.

    `confusion[i][j]` counts the examples of class i that were answered as class j; `right` is its diagonal.
    `undecided` are those whose answer is within rounding of another: they are in neither, and `accuracy` is the
    share of all examples that are right. Those are None where there are no classes, or where an output is no number
    and so no answer. `outputs`, shape (examples, outputs), are the network's own, and `answers` (examples,) the
    classes they stand for, where they were asked for.
    """

    loss: float
    count: int
    right: int | None
    undecided: int | None
    accuracy: float | None
    confusion: NDArray[np.int64] | None
    outputs: Array | None
    answers: tuple[int | None, ...] | None


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


def answers_of(outputs: Array, rounding: Array, loss: str) -> Classes:
    """Return the class each row stands for, or `UNDECIDED`; outputs may be off by `rounding`, of their shape."""
    classes = classes_of(outputs, loss)
    return np.where(is_undecided(outputs, rounding, loss), UNDECIDED, classes)


def is_undecided(outputs: Array, rounding: Array, loss: str) -> NDArray[np.bool_]:
    """Return of each row whether rounding alone may have made the answer."""
    found: NDArray[np.bool_]
    if outputs.shape[1] == 1:
        found = np.abs(outputs[:, 0] - middle_of(loss)) <= rounding[:, 0]
        return found
    rows = np.arange(outputs.shape[0])
    order = np.argsort(outputs, axis=1)
    first, second = order[:, -1], order[:, -2]
    apart = outputs[rows, first] - outputs[rows, second]
    found = apart <= rounding[rows, first] + rounding[rows, second]
    return found


def confusion_of(answers: Classes, targets: Array, loss: str) -> NDArray[np.int64]:
    """Return how many examples of each class (row) were answered as each class (column), the undecided left out."""
    classes = max(2, targets.shape[1])
    decided = answers != UNDECIDED
    pairs = classes_of(targets, loss)[decided] * classes + answers[decided]
    counts: NDArray[np.int64] = np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
    return counts


def measures_of(
    outputs: Array,
    rounding: Array,
    targets: Array,
    loss_value: float,
    objective: Objective,
    *,
    has_classes: bool,
    keeps_outputs: bool = False,
) -> Measures:
    """Return the measures of a network's outputs, each off by at most `rounding`, whose loss is already known."""
    count = targets.shape[0]
    kept = outputs if keeps_outputs else None
    if not has_classes or np.isnan(outputs).any():
        return Measures(loss_value, count, None, None, None, None, kept, None)
    answers = answers_of(outputs, rounding, objective.loss)
    confusion = confusion_of(answers, targets, objective.loss)
    right = int(np.trace(confusion))
    undecided = int(np.count_nonzero(answers == UNDECIDED))
    told = tuple(None if one == UNDECIDED else one for one in answers.tolist()) if keeps_outputs else None
    return Measures(loss_value, count, right, undecided, right / count, confusion, kept, told)


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
    passed = forward(network, parameters, examples.inputs)
    last = passed[-1]
    loss = batch_loss(network, parameters, last, examples.targets, objective).loss
    return measures_of(
        last.a,
        rounding_of(network, parameters, passed)[-1],
        examples.targets,
        loss,
        objective,
        has_classes=has_classes,
        keeps_outputs=keeps_outputs,
    )
