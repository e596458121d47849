"""Questions about training: how many steps some epochs are, and a step with momentum."""

from typing import Final

import numpy as np

from app.engine.optimizers import OPTIMIZERS
from app.engine.training import Batching, batch_indices
from app.lessons.questions.made import Example, Line, Numbers, Question, Slip


def _steps_of_an_epoch(count: int, size: int) -> int:
    """Return how many batches the engine makes of all examples: steps until it has seen each of them once."""
    seen: set[int] = set()
    steps = 0
    while len(seen) < count:
        indices = batch_indices(count, Batching(size, False, 0), steps)
        seen |= set(range(count)) if indices is None else {int(index) for index in indices}
        steps += 1
    return steps


def _training_steps(numbers: Numbers) -> Example:
    size = 5 * numbers.whole(2, 6)
    whole = numbers.whole(3, 9)
    count = size * whole + numbers.whole(1, size - 1)  # the last batch is a smaller one
    epochs = numbers.whole(2, 9)
    each = _steps_of_an_epoch(count, size)
    steps = float(each * epochs)
    return Example(
        {"examples": float(count), "size": float(size), "epochs": float(epochs)},
        (
            Line("batches in an epoch, the smaller last one too", "", float(each)),
            Line("steps of all epochs", "", steps),
        ),
        (
            Slip("no_last_batch", float(whole * epochs), 0),
            Slip("one_epoch", float(each), 1),
            Slip("each_example", float(count * epochs), 0),
        ),
    )


def _momentum_step(numbers: Numbers) -> Example:
    weight, gradient, before = numbers.tenth(20), numbers.tenth(20), numbers.tenth(20)
    rate, share = numbers.whole(1, 5) / 10, numbers.whole(5, 9) / 10

    def after(kept: float, share: float = share) -> tuple[float, float]:
        rule = OPTIMIZERS["momentum"].update
        settings = {"learning_rate": rate, "momentum": share}
        moved, (memory,) = rule(np.array([weight]), np.array([gradient]), (np.array([kept]),), settings, 1)
        return float(moved[0]), float(memory[0])

    moved, memory = after(before)
    return Example(
        {"w": weight, "gradient": gradient, "v": before, "rate": rate, "momentum": share},
        (
            Line("what is remembered now", "v ← μ·v + g", memory),
            Line("the new weight", "w − η·v", moved),
        ),
        (
            Slip("no_memory", after(0.0)[0], 0),
            Slip("whole_memory", after(before, 1.0)[0], 0),
            Slip("memory_uphill", weight + (weight - moved), 1),
            Slip("no_rate_on_memory", weight - memory, 1),
        ),
    )


ROWS: Final = (
    Question("training_steps", _training_steps, 0.5),
    Question("momentum_step", _momentum_step, 0.0005),
)

SLIPS: Final = {
    "no_last_batch": "The last batch of each epoch was left out: it is smaller, and it is a step all the same.",
    "one_epoch": "Those are the steps of one epoch.",
    "each_example": "Those are examples; a step takes a whole batch of them.",
    "no_memory": "That is a step without memory: what was remembered is added to the gradient first.",
    "whole_memory": "All of what was remembered was kept; each step keeps μ of it.",
    "memory_uphill": "The step was added; it goes against v, as it goes against a gradient.",
    "no_rate_on_memory": "v itself was taken away; it is multiplied by η first.",
}

LINES: Final = (
    "batches in an epoch, the smaller last one too",
    "steps of all epochs",
    "what is remembered now",
)
