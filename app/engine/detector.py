"""The simplest world there is: a picture is blank, or it shows a dog.

    is_a_dog = is_non_zero(sum(abs(pixel − white)))

The expression has all the parts of a neuron: inputs (the pixels), a bias (the constant `white`), an activation
(`is_non_zero`) and an output. What it lacks are weights, and so there is nothing in it that could learn.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from app.engine.arrays import Array

WHITE: Final = 255.0


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """Every stage of the rule: `difference` and `distance` have the shape of the pixels; `total` is their sum."""

    difference: Array
    distance: Array
    total: float
    is_a_dog: bool


def detect(pixels: Array, white: float = WHITE) -> Detection:
    """Apply the rule to a picture: brightness 0 (black) to 255 (white), of any shape."""
    difference = pixels - white
    distance = np.abs(difference)
    total = float(distance.sum())
    return Detection(difference, distance, total, total != 0.0)
