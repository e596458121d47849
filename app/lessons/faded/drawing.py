"""Where a pass has its numbers from: the published example, and friendlier numbers of the same kind from a seed."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from app.api.presets import PRESETS
from app.engine.datasets import examples, targets_for
from app.engine.network import LayerParameters
from app.engine.training import Examples
from app.lessons.faded.setup import Pass
from app.lessons.questions.made import Numbers

# So near to 0 or 1 an output is not, so that four digits of it are enough for its slope; so near to its target
# neither, so that they are enough for the difference; so small no number is that it looks like nothing.
_EDGE: Final = 0.03
_NEAR: Final = 0.05
_SMALL: Final = 0.001
# As a share of what is added up: below it the terms cancel, and four digits of each are not enough.
_CANCELLED: Final = 0.2


def worked() -> Pass:
    """Return the example that is published with all its figures, as the lab has it."""
    experiment = PRESETS["worked"].experiment
    parameters = tuple(
        LayerParameters(np.array(layer["weights"]), np.array(layer["biases"])) for layer in experiment["parameters"]
    )
    known = examples(experiment["data"]["dataset"])
    return Pass(
        Examples(known.inputs, targets_for(known, "zero_one")), parameters, experiment["optimizer"]["learning_rate"]
    )


def drawn(seed: int, most: int) -> Iterator[Pass]:
    """Yield passes from a seed that are good to calculate with, from at most so many draws."""
    numbers = Numbers(seed)
    for _ in range(most):
        made = _draw(numbers)
        if _is_friendly(made):
            yield made


def _draw(numbers: Numbers) -> Pass:
    inputs = [float(numbers.whole(1, 3)) for _ in range(2)]
    targets = [float(numbers.whole(0, 1)) for _ in range(2)]
    parameters = tuple(
        LayerParameters(
            np.array([[numbers.tenth(9) for _ in range(2)] for _ in range(2)]),
            np.full(2, numbers.tenth(9)),
        )
        for _ in range(2)
    )
    return Pass(Examples(np.array([inputs]), np.array([targets])), parameters, numbers.whole(1, 5) / 10)


def _is_friendly(made: Pass) -> bool:
    outputs, targets = made.step.passed[1].a[0], made.examples.targets[0]
    hidden, output = made.step.came_back
    terms = output.delta[0][:, None] * made.parameters[1].weights
    whole = np.abs(hidden.da[0]) >= _CANCELLED * np.abs(terms).sum(axis=0)
    return bool(
        (np.minimum(outputs, 1.0 - outputs) >= _EDGE).all()
        and (np.abs(outputs - targets) >= _NEAR).all()
        and whole.all()
        and all(abs(line.value) >= _SMALL for line in made.lines)
    )
